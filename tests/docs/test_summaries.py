"""The summaries in docs/ are what `make summaries` writes from the data."""

import pytest

from elo_cli.model.languages import LANGUAGES
from tests.running import Runner
from tests.tools import ROOT


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary_is_fresh(elo: Runner, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """docs/summary.<language>.md says what the data says; when it does not: make summaries."""
    monkeypatch.chdir(ROOT)
    run = elo("report", "summary", "--lang", language, "--as-of", "last-word", "--without-revision", data=None)
    assert run.code == 0, run.err
    kept = (ROOT / "docs" / f"summary.{language}.md").read_text("utf-8")
    assert run.out == kept.replace(f" --output docs/summary.{language}.md", ""), "stale; right would be: make summaries"
