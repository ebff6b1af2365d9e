"""When updates were recorded: the first commit that holds each, under every id that the record has had."""

from pathlib import Path

from elo_cli.store.git.source import at_revision
from elo_cli.store.loading import load
from elo_cli.tracking.changes.recording import first_recorded
from tests.repositories import Repo

FIRST = "updates:\n  - date: 2021-06-01\n    note:\n      en: First\n"
LATE = f"""\
updates:
  - date: 2020-01-01
    note:
      en: Late
{FIRST.removeprefix("updates:").strip(chr(10))}, mended
"""


def moments(repo: Repo, rev: str = "HEAD") -> dict[tuple[str, str, int], str] | None:
    """Return the day on which each update was recorded, by record, day and number."""
    source = at_revision(repo.data, rev)
    found = first_recorded(source, load(source).entries.values())
    if found is None:
        return None
    return {(key.record, key.day, key.number): moment.date().isoformat() for key, moment in found.items()}


def test_a_late_word_is_recorded_when_it_comes_in(tmp_path: Path) -> None:
    """An update counts from the commit that brought it, also on an old day; mending its text is no new recording."""
    repo = Repo(tmp_path)
    repo.commit({"measures/one": FIRST})
    repo.commit({"measures/two": "key: true\n"})
    repo.commit({"measures/one": LATE})
    assert moments(repo, "HEAD~1") == {("one", "2021-06-01", 1): "2022-01-01"}
    assert moments(repo) == {("one", "2021-06-01", 1): "2022-01-01", ("one", "2020-01-01", 1): "2022-01-03"}


def test_a_renamed_record_keeps_its_moments(tmp_path: Path) -> None:
    """What was recorded under an earlier id was recorded then."""
    repo = Repo(tmp_path)
    repo.commit({"measures/one": FIRST})
    repo.commit({"measures/one": None, "measures/other": f"formerly: [one]\n{FIRST}"})
    assert moments(repo) == {("other", "2021-06-01", 1): "2022-01-01"}


def test_a_cut_history_tells_nothing(tmp_path: Path) -> None:
    """In a shallow clone the oldest commit holds what is older, so that no moment is claimed."""
    repo = Repo(tmp_path / "whole")
    repo.commit({"measures/one": FIRST})
    repo.commit({"measures/one": LATE})
    repo.git("clone", "-q", "--depth", "1", repo.root.as_uri(), str(tmp_path / "cut"))
    cut = at_revision(tmp_path / "cut" / "data", "HEAD")
    assert first_recorded(cut, load(cut).entries.values()) is None
