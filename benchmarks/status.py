"""How long a user waits for `elo status`, against a program that imports the same packages and does nothing."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import ELO, ROOT, Row, compare, interleaved

FLOOR = '''\
"""A program with one option that imports what elo stands on."""

import babel.dates
import babel.numbers
import rich.console
import rich.table
import typer
import yaml_rs
from pydantic import BaseModel, TypeAdapter

app = typer.Typer()


@app.command()
def main(name: str = "") -> None:
    """Do nothing."""


def script() -> None:
    """Start as an installed program does."""
    app()
'''


def rows(*, large: bool = False, runs: int = 25) -> Iterator[Row]:
    """Yield the one row; `large` changes nothing."""
    del large
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "floor.py").write_text(FLOOR, "utf-8")
        # Two files, as an installed program has, so that both are read from bytecode.
        start = Path(folder) / "start.py"
        start.write_text("from floor import script\n\nscript()\n", "utf-8")
        costs = interleaved(
            {"elo status": [ELO, "status", "--data", ROOT / "data"], "floor": [sys.executable, start]},
            runs=runs,
            warm=3,
        )
    yield compare("elo status : bare imports", costs, limit=1.5)
