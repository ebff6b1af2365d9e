"""How much sooner `elo check` and `elo site` are done on all processors than on one."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.measure import ELO, Row, interleaved

RECORDS = 10_000
LARGE = 100_000
SITE = 2_000
GOAL = 1.7
"""How many times as quick two processors should be; a row has its inverse, so that less is better."""
_ON_ONE = "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); os.execv(sys.argv[1], sys.argv[1:])"


def rows(*, large: bool = False) -> Iterator[Row]:
    """Yield the time on all processors against that on one; with `large` a check of 100,000 records."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = LARGE if large else RECORDS
        data = generate(folder / "check", records)
        yield _row(f"elo check, {records:,} records", [ELO, "check", "--data", data, "--level", "error"])
        data = generate(folder / "site", SITE)
        yield _row(f"elo site, {SITE:,} records", [ELO, "site", folder / "pages", "--data", data, "--force"])


def _row(name: str, command: Sequence[str | Path]) -> Row:
    one = [sys.executable, "-c", _ON_ONE, *command]
    costs = interleaved({"all": command, "one": one}, runs=3, accept=(0, 1))
    every, alone = costs["all"].seconds, costs["one"].seconds
    detail = f"all {every:.2f} s, one {alone:.2f} s: {alone / every:.2f} times as quick"
    return Row(f"all processors : one, {name}", every / alone, 1 / GOAL, detail)
