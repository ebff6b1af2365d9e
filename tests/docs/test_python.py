"""The page on Python is true: its examples are run, and give what they show."""

import doctest
from pathlib import Path

import pytest

from tests.tools import ROOT


@pytest.mark.parametrize("page", ["python.md"])
def test_examples_give_what_they_show(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of the page runs in the repository, one after the other, and gives the answer below it."""
    if not (ROOT / ".git").exists():
        pytest.skip("not in a git repository: this is an unpacked source distribution")
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ELO_LANG", "en")
    failed, tried = doctest.testfile(str(Path(ROOT) / "docs" / page), module_relative=False, encoding="utf-8")
    assert tried > 10
    assert failed == 0
