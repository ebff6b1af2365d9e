"""What files that were made to be slow cost `elo check`: the time a byte is the same for a large one as for a small."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.generate import generate
from benchmarks.measure import Row
from elo_cli.checks.run import check, shortened
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree

SIZES: Final = (64 * 1024, 256 * 1024, 1024 * 1024 - 1024)
LEAST: Final = 0.05
"""Seconds; what is quicker is all noise, and is counted as so much."""
HEAD: Final = "id: hostile\ntype: national\nname: {en: A, sv: A}\nsources:\n  - document: plan\n"

Make = Callable[[int], bytes]


def _repeated(piece: str, before: str = HEAD, after: str = "\n", start: str = "") -> Make:
    """A file of so many bytes that is one piece over and over, with {n} counted up."""

    def make(size: int) -> bytes:
        room = size - len((before + start + after).encode())
        if "{n}" not in piece:
            return (before + start + piece * (room // len(piece.encode())) + after).encode()
        parts, number = [], 0
        while room > 0:
            part = piece.replace("{n}", f"{number:06}")
            room -= len(part.encode())
            parts.append(part)
            number += 1
        return (before + start + "".join(parts[:-1]) + after).encode()

    return make


_UPDATE: Final = "  - date: 2022-01-01\n    by: okm\n"

SHAPES: Final[Mapping[str, tuple[str, Make]]] = {
    "brackets in a comment": ("milestones/hostile.yaml", _repeated("[", start="# ")),
    "braces in a comment": ("milestones/hostile.yaml", _repeated("{ ", start="# ")),
    "brackets in a text": ("milestones/hostile.yaml", _repeated("[", start='note: {en: "', after='"}\n')),
    "open brackets": ("milestones/hostile.yaml", _repeated("[", start="note: ")),
    "pairs of brackets": ("milestones/hostile.yaml", _repeated("[],", start="note: [", after="]\n")),
    "commas": ("milestones/hostile.yaml", _repeated("a,", start="note: [", after="]\n")),
    "spaces": ("milestones/hostile.yaml", _repeated(" ", start="note: {en: a", after="}\n")),
    "spaces behind brackets": ("milestones/hostile.yaml", _repeated("[          ", start="# ")),
    "blank lines": ("milestones/hostile.yaml", _repeated("\n")),
    "lines of comments": ("milestones/hostile.yaml", _repeated("# a\n", start="x: &a 1\n")),
    "hashes": ("milestones/hostile.yaml", _repeated(" #", start="note: &a 1\n")),
    "single quotes": ("milestones/hostile.yaml", _repeated("''", start="note: {en: '", after="'}\n")),
    "double quotes": ("milestones/hostile.yaml", _repeated('\\"', start='note: {en: "', after='"}\n')),
    "escapes": ("milestones/hostile.yaml", _repeated("\\u0041", start='note: {en: "', after='"}\n')),
    "quotes in a line": ("milestones/hostile.yaml", _repeated("' ", start="note: ")),
    "colons": ("milestones/hostile.yaml", _repeated(": ", start="note: ")),
    "questions": ("milestones/hostile.yaml", _repeated("? ", start="note: ")),
    "dashes": ("milestones/hostile.yaml", _repeated("- ", start="note:\n  ")),
    "unknown fields": ("milestones/hostile.yaml", _repeated("field-{n}: 1\n")),
    "unknown fields in flow": ("milestones/hostile.yaml", _repeated("f{n}: 1, ", start="rrf: {", after="a: 1}\n")),
    "one field again": ("milestones/hostile.yaml", _repeated("note: 1\n")),
    "wrong updates": ("milestones/hostile.yaml", _repeated("  - date: 2022-13-{n}\n", start="updates:\n")),
    "updates of one day": (
        "milestones/hostile.yaml",
        _repeated(_UPDATE + "    status: completed\n", start="updates:\n"),
    ),
    "updates that contradict": (
        "milestones/hostile.yaml",
        _repeated(_UPDATE + "    status: completed\n" + _UPDATE + "    status: planned\n", start="updates:\n"),
    ),
    "evidence": (
        "milestones/hostile.yaml",
        _repeated(_UPDATE + "    evidence:\n      - title: {en: a{n}}\n", start="updates:\n"),
    ),
    "moved dues": (
        "milestones/hostile.yaml",
        _repeated(_UPDATE + "    due: 2022-Q4\n" + _UPDATE + "    due: 2023-Q4\n", start="due: 2021\nupdates:\n"),
    ),
    "unknown references": ("milestones/hostile.yaml", _repeated("ref-{n}, ", start="measures: [", after="a]\n")),
    "unknown documents": (
        "milestones/hostile.yaml",
        _repeated("  - document: doc-{n}\n", before="id: hostile\ntype: national\nname: {en: A, sv: A}\nsources:\n"),
    ),
    "inferred fields": ("milestones/hostile.yaml", _repeated("f{n}, ", start="    inferred: [", after="a]\n")),
    "languages": ("milestones/hostile.yaml", _repeated("  aa-AA: x\n", start="note:\n")),
    "anchors": ("milestones/hostile.yaml", _repeated("- &a{n} 1\n", start="note:\n")),
    "aliases": ("milestones/hostile.yaml", _repeated("- *a\n", start="note:\n")),
    "tags": ("milestones/hostile.yaml", _repeated("- !t 1\n", start="note:\n")),
    "documents": ("milestones/hostile.yaml", _repeated("---\n")),
    "block texts": ("milestones/hostile.yaml", _repeated("- |\n  a\n", start="note:\n")),
    "a folded text": ("milestones/hostile.yaml", _repeated("    a\n", start="note:\n  en: >\n")),
    "a plain text of many lines": ("milestones/hostile.yaml", _repeated("    a\n", start="note:\n  en: a\n")),
    "a quoted text of many lines": (
        "milestones/hostile.yaml",
        _repeated("    a\n", start='note:\n  en: "\n', after='"\n'),
    ),
    "indentation": (
        "milestones/hostile.yaml",
        lambda size: (HEAD + "".join(" " * n + "x:\n" for n in range(1, int((2 * size) ** 0.5) - 100))).encode()[:size],
    ),
    "numbers": ("milestones/hostile.yaml", _repeated("1e400, ", start="note: [", after="1]\n")),
    "a long number": ("milestones/hostile.yaml", _repeated("9", start="note: ")),
    "long keys": ("milestones/hostile.yaml", _repeated("x" * 1000 + "{n}: 1\n")),
    "invisible characters": ("milestones/hostile.yaml", _repeated("\u200b", start="note: {en: a", after="}\n")),
    "marks": ("milestones/hostile.yaml", _repeated("\u0301", start="note: {en: a", after="}\n")),
    "carriage returns": ("milestones/hostile.yaml", _repeated("\r\n")),
    "wrong entries": ("vocabulary/functions.yaml", _repeated("f{n}: 1\n", before="")),
    "unknown fields of entries": ("vocabulary/functions.yaml", _repeated("f{n}: {x: 1}\n", before="")),
    "entries without a translation": ("vocabulary/functions.yaml", _repeated("f{n}: {name: {en: a}}\n", before="")),
    "entries of one id": (
        "vocabulary/functions.yaml",
        _repeated("pilots{n}: {name: {en: a}, part_of: x}\n", before=""),
    ),
    "organisations": ("vocabulary/functions.yaml", _repeated("guidance: {name: {en: a}}\n", before="")),
}


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield for each shape the time a byte of 1 MiB against that of 256 kB; `large` changes nothing."""
    del large
    with tempfile.TemporaryDirectory() as name:
        data = generate(Path(name) / "tracker", 100)
        for shape, (path, make) in SHAPES.items():
            taken = [_seconds(data, data / path, make(size)) for size in SIZES]
            detail = ", ".join(f"{size // 1024:,} kB {one:.2f} s" for size, one in zip(SIZES, taken, strict=True))
            ratio = max(taken[2], LEAST) / max(taken[1], LEAST) * SIZES[1] / SIZES[2]
            yield Row(f"elo check : {shape}, 1 MiB : 256 kB a byte", ratio, 2.0, detail)


def _seconds(data: Path, file: Path, content: bytes) -> float:
    """How long a check of a small tracker takes when one file holds this."""
    before = file.read_bytes() if file.exists() else None
    file.write_bytes(content)
    try:
        started = time.perf_counter()
        shortened(check(load(WorkTree(data)), date(2026, 1, 15)))
        return time.perf_counter() - started
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
