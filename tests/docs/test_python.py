"""The page on Python is true: its examples are run, and give what they show."""

import ast
import doctest
import json
from pathlib import Path

import polars as pl
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


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every code cell of the notebook runs after the one before it, and ends with something to look at."""
    # Executed as they are: a kernel and its client would be thirty packages for six cells.
    if not (ROOT / ".git").exists():
        pytest.skip("not in a git repository: this is an unpacked source distribution")
    monkeypatch.chdir(ROOT / "docs")
    notebook = json.loads((ROOT / "docs" / "analysis.ipynb").read_text("utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 5
    assert all(cell["outputs"] == [] for cell in notebook["cells"] if cell["cell_type"] == "code")
    values: dict[str, object] = {}
    for cell in cells:
        tree = ast.parse(cell)
        last = tree.body.pop()
        assert isinstance(last, ast.Expr)
        exec(compile(tree, "analysis.ipynb", "exec"), values)  # noqa: S102 - our own cells
        shown = eval(compile(ast.Expression(last.value), "analysis.ipynb", "eval"), values)  # noqa: S307 - the same
        assert len(repr(shown)) > 10
        if isinstance(shown, pl.DataFrame):
            assert len(shown) > 0
