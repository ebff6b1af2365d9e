"""elo log: a record's life out of git, through renames, merges and moved folders."""

import json
from pathlib import Path

import pytest

from elo_cli.cli import main
from tests.repositories import Repo

MILESTONE = "name:\n  en: A milestone\ntype: national\ndue: 2022-Q3\n"
WORD = "updates:\n  - date: 2022-01-03\n    by: okm\n    status: in-progress\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Give a repository in which a milestone was written and then got a word, and stand in it."""
    repo = Repo(tmp_path / "repo")
    repo.commit(
        {"milestones/x": MILESTONE, "vocabulary/organisations": "okm:\n  type: ministry\n  name:\n    en: OKM\n"}
    )
    repo.commit({"milestones/x": MILESTONE + WORD}, "Word from the ministry")
    monkeypatch.chdir(repo.root)
    return repo


def life(
    capsys: pytest.CaptureFixture[str], record: str, *words: str, code: int = 0
) -> list[tuple[str | None, list[str]]]:
    """Give the subject of each recording with the rules of its changes."""
    assert main(["log", record, "--format", "json", *words]) == code
    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == "elo/log/1"
    return [(one["subject"], [change["rule"] for change in one["changes"]]) for one in answer["recordings"]]


FIRST = ("A change", ["record-added"])
SECOND = ("Word from the ministry", ["update-added", "status"])


def test_each_recording_says_who_when_and_what(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The oldest first; the day, the author, the commit, the subject, and a sentence for each change."""
    assert life(capsys, "x") == [FIRST, SECOND]
    assert main(["log", "x"]) == 0
    text = capsys.readouterr().out
    assert f"2 January 2022 · Test · {repo.git('rev-parse', 'HEAD')[:10]} · Word from the ministry" in text
    assert "Status: in progress" in text


def test_what_is_not_committed_comes_last(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The files hold more than git: that is named; with --rev only what was recorded by then."""
    repo.write({"milestones/x": MILESTONE.replace("Q3", "Q4") + WORD})
    assert life(capsys, "x")[-1] == (None, ["promise-rewritten"])
    assert life(capsys, "x", "--rev", "HEAD~1") == [FIRST]
    assert main(["log", "x"]) == 0
    assert "Not committed yet" in capsys.readouterr().out


def test_a_rename_and_a_moved_folder_are_followed(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The life under earlier ids and in earlier folders is the same life."""
    repo.commit({"milestones/x": None, "milestones/y": MILESTONE + WORD + "formerly: [x]\n"}, "Rename")
    repo.git("mv", "data", "tracker")
    repo.data = repo.root / "tracker"
    repo.commit(None, "Move")
    repo.commit({"milestones/y": MILESTONE.replace("Q3", "Q4") + WORD + "formerly: [x]\n"}, "Rewrite")
    expected = [FIRST, SECOND, ("Rename", ["record-renamed"]), ("Rewrite", ["promise-rewritten"])]
    assert life(capsys, "y", "--data", "tracker") == expected


def test_a_record_that_is_gone_still_has_its_life(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A deleted record answers to its id, and so does the old id of a renamed one."""
    repo.commit({"milestones/x": None}, "Delete")
    assert life(capsys, "x") == [FIRST, SECOND, ("Delete", ["record-removed"])]


def test_a_merge_tells_only_what_is_its_own(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Two branches change the record; their merge is no recording unless it changes something itself."""
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    repo.commit({"milestones/x": MILESTONE + "note:\n  en: Unclear\n"}, "A note")
    repo.git("checkout", "-q", "main")
    both = MILESTONE + "note:\n  en: Unclear\n" + WORD
    repo.git("merge", "-q", "--no-commit", "-X", "ours", "side")
    repo.commit({"milestones/x": both}, "Merge")
    assert life(capsys, "x") == [FIRST, SECOND, ("A note", ["wording"])]
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("merge", "-q", "--no-commit", "-X", "ours", "side")
    repo.commit({"milestones/x": both.replace("Q3", "Q4")}, "Merge")
    assert life(capsys, "x")[-1] == ("Merge", ["promise-rewritten"])


def test_an_entry_of_a_vocabulary_has_a_life_of_its_own(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Changes of other entries of the same file are not told."""
    okm = "okm:\n  type: ministry\n  name:\n    en: OKM\n"
    repo.commit({"vocabulary/organisations": f"{okm}tem:\n  type: ministry\n  name:\n    en: TEM\n"}, "Another")
    assert life(capsys, "okm") == [("A change", ["record-added"])]
    assert life(capsys, "tem") == [("Another", ["record-added"])]


def test_a_version_that_cannot_be_read_is_named(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A commit that broke the file says so, and the life goes on."""
    repo.commit({"milestones/x.yaml": b"id: [\n"}, "Break")
    repo.commit({"milestones/x": MILESTONE + WORD}, "Mend")
    assert life(capsys, "x") == [FIRST, SECOND, ("Break", []), ("Mend", [])]


def test_names_of_people_and_commits_are_text(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """An author or a subject with markup, colours or line breaks is shown and does nothing."""
    repo.write({"milestones/x": MILESTONE})
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "[/b] <b> @x :100644 \x1b[31m", "--author", "[red]Eve\x1b[31m :1 <e@example.org>")
    for form in ("table", "markdown", "csv"):
        assert main(["log", "x", "--format", form]) == 0
        text = capsys.readouterr().out
        assert "\x1b" not in text
        assert "Eve" in text
        assert form != "markdown" or ("<b>" not in text and "@x" not in text)


@pytest.mark.usefixtures("repo")
def test_an_unknown_record_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest id is offered; an id that is none is refused without a search in git."""
    for record in ("z", "../x", "-x", "*", "x\n"):
        assert main(["log", "--lang", "en", "--", record]) == 2
        assert capsys.readouterr().err.startswith("elo: ")
