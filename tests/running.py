"""Runs elo in this process, as a person at a terminal or a program at a pipe would."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from elo_cli.cli import main

DATA = Path(__file__).parents[1] / "data"
"""The repository's own data."""


class Run(NamedTuple):
    """What one run of elo gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The answer, line by line."""
        return self.out.splitlines()


Runner = Callable[..., Run]


@pytest.fixture
def elo(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Return a function that runs elo on a data folder (default: the repository's) in a pipe of 80 columns."""

    def run(*words: str, data: Path | None = DATA, width: int = 80, env: Mapping[str, str] | None = None) -> Run:
        with monkeypatch.context() as patch:
            patch.setenv("COLUMNS", str(width))
            patch.setenv("ELO_TODAY", "2026-11-24")
            if data is not None:
                patch.setenv("ELO_DATA", str(data))
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            capsys.readouterr()
            code = main(words)
            return Run(code, *capsys.readouterr())

    return run
