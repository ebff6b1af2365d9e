"""`elo import` of tables that mean ill, at one and at four times their size: what four times as much costs."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.measure import ELO, Row, interleaved

LIMIT: Final = 4.5
"""Four times as much costs four times as much, and a little for the noise; the start of elo is within both."""
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns"
_HEAD: Final = (
    f'<o:document xmlns:o="{_OFFICE}:office:1.0" xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0">'
    "<table:table>"
)
_TAIL: Final = "</table:table></o:document>"

# Each makes so many bytes of XML or CSV, roughly; a bound ends most of them, some are read to the end.
_SHAPES: Final[Mapping[str, Callable[[int], str]]] = {
    "empty rows": lambda size: "<table:table-row/>" * (size // 18),
    "rows that repeat": lambda size: '<table:table-row table:number-rows-repeated="40000000"/>' * (size // 56),
    "empty cells": lambda size: f"<table:table-row>{'<table:table-cell/>' * (size // 19)}</table:table-row>",
    "sheets": lambda size: "</table:table><table:table>" * (size // 27),
    "one text": lambda size: (
        f"<table:table-row><table:table-cell><text:p>{'x' * size}</text:p></table:table-cell></table:table-row>"
    ),
    "one tag": lambda size: f'<text:a b="{"x" * size}"/>',
    "depth": lambda size: "<a>" * (size // 3),
    "csv, one line": lambda size: "a;" * (size // 2),
    "csv, one quote": lambda size: '"' + "x\n" * (size // 2),
    "csv, empty lines": lambda size: "a;b\n" + "\n" * size,
}


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield for each shape the cost of 4 MB (16 MB with `large`) against a quarter of that."""
    size = (16 if large else 4) * 1024 * 1024
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        (folder / "data" / "tracker.yaml").write_text("format: 1\nname:\n  en: x\nlanguages:\n  - en\n", "utf-8")
        for shape, make in _SHAPES.items():
            commands: dict[str, Sequence[str | Path]] = {}
            for title, bytes_ in (("large", size), ("small", size // 4)):
                file = folder / f"{title}.table"
                content = make(bytes_)
                if shape.startswith("csv"):
                    file.write_text(content, "utf-8")
                else:
                    with ZipFile(file, "w", ZIP_DEFLATED) as package:
                        package.writestr("content.xml", f"{_HEAD}{content}{_TAIL}")
                commands[title] = [ELO, "import", file, "--mapping", "chase", "--data", folder / "data"]
            costs = interleaved(commands, runs=3, accept=(2, 3))
            much, little = costs["large"], costs["small"]
            detail = f"{much.seconds * 1000:.0f} ms, {little.seconds * 1000:.0f} ms, {much.memory / 1024:.0f} MB"
            yield Row(f"import, {shape}, {size >> 20} MB : a quarter", much.seconds / little.seconds, LIMIT, detail)
