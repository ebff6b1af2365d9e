"""elo diff: between revisions, since a day or a meeting, in every form and language; data stays text."""

import json
from pathlib import Path

import pytest

from elo_cli.cli import main
from tests.repositories import Repo, whole

MILESTONE = "type: national\ndue: 2022-Q3\nmeasures: [m]\nresponsible: [okm]\n"
MOVED = (
    MILESTONE
    + """\
updates:
  - date: 2022-01-03
    by: okm
    due: 2023-Q1
    status: in-progress
    reason:
      en: The law is late
    decided_by: forum
"""
)
BASE = {
    "vocabulary/organisations": "okm:\n  type: ministry\n  name:\n    en: Ministry\n  abbreviation:\n    en: MIN\n",
    "vocabulary/goals": "g:\n  type: strategic-goal\n  name:\n    en: A goal\n",
    "measures/m": "goal: g\nresponsible: [okm]\n",
    "milestones/x": MILESTONE,
    "meetings/forum": "type: forum\ndate: 2022-01-01\n",
}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Give a repository of two commits, of 1 and 2 January 2022, and stand in it."""
    repo = Repo(tmp_path / "repo")
    repo.commit(BASE)
    repo.commit({"milestones/x": MOVED})
    monkeypatch.chdir(repo.root)
    return repo


def elo(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """Run elo here and give what it writes to stdout, or to stderr when it fails."""
    assert main(["diff", *arguments]) == code
    out = capsys.readouterr()
    return out.out or out.err


def rows(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[dict[str, object]]:
    """Give the changes as JSON."""
    found = json.loads(elo(capsys, *arguments, "--format", "json", code=code))["changes"]
    assert isinstance(found, list)
    return found


def test_a_moved_deadline_is_a_sentence(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """From when to when, by how much, why, and who decided it; under the goal and the record."""
    text = " ".join(elo(capsys, "HEAD~1", "--lang", "en").split())
    assert "A goal" in text
    assert "update of 3 January 2022, MIN" in text
    assert "deadline moved from Q3 2022 to Q1 2023, 2 quarters later; reason: The law is late; decided by Forum" in text
    assert "Status: in progress" in text
    repo.write({"milestones/x": MILESTONE})
    assert "published update of" in elo(capsys)


def test_what_is_said_of_a_source_is_no_new_source(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A note that a source gets is told as one; only a source of its own is added."""
    source = "sources:\n  - document: slides\n    slide: 3\n"
    repo.commit({"measures/m": f"goal: g\n{source}"})
    repo.write({"measures/m": f"goal: g\n{source}    note:\n      en: Deduced\n  - document: slides\n    slide: 4\n"})
    text = " ".join(elo(capsys, "--lang", "en").split())
    assert "Sources (Note): Deduced" in text
    assert text.count("source added") == 1


def test_without_words_it_compares_the_last_commit_with_the_files(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing, then a new file that git does not follow, then the same committed."""
    assert rows(capsys) == []
    repo.write({"measures/new": "goal: g\n"})
    assert [(row["rule"], row["id"]) for row in rows(capsys)] == [("record-added", "new")]
    repo.commit()
    assert rows(capsys) == []
    assert [row["id"] for row in rows(capsys, "HEAD~1..HEAD")] == ["new"]


@pytest.mark.usefixtures("repo")
def test_a_day_and_a_meeting_pick_the_revision_that_was_current(capsys: pytest.CaptureFixture[str]) -> None:
    """The commit of 2 January is news since the meeting of 1 January, and none since 2 January."""
    news = {"update-added", "due-moved", "status"}
    for words in (
        ["--since", "2022-01-01"],
        ["--since", "forum"],
        ["--since", "HEAD~1"],
        ["--since-meeting", "forum"],
        ["HEAD~1.."],
        ["HEAD~1...HEAD"],
    ):
        assert {row["rule"] for row in rows(capsys, *words)} == news, words
    assert rows(capsys, "--since", "2022-01-02") == []
    assert "right would be one of forum" in elo(capsys, "--since-meeting", "forun", code=2)


@pytest.mark.usefixtures("repo")
def test_before_the_history_begins_the_day_of_the_update_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """Since a day that git does not know, what was said since is told, and that it is told by that clock."""
    news = {"update-added", "due-moved", "status"}
    assert {row["rule"] for row in rows(capsys, "--since", "2021-12-31")} == news
    assert "the history of the files does not reach back so far" in elo(capsys, "--since", "2021-12-31", "--lang", "en")
    assert "history of the files" not in elo(capsys, "--since", "2022-01-01", "--lang", "en")


def test_what_happened_long_ago_and_is_recorded_today_is_news(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A completion of last year that is committed after the meeting is news since the meeting."""
    repo.commit(
        {"measures/m": BASE["measures/m"] + "updates:\n  - date: 2021-06-01\n    by: okm\n    status: completed\n"}
    )
    assert ("m", "status") in {(row["id"], row["rule"]) for row in rows(capsys, "--since", "forum")}


def test_first_recordings_are_counted_and_are_no_news(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A measure of before the meeting that is written down after it is counted, and not listed as new."""
    slides = "slides:\n  name:\n    en: Slides\n  date: 2021-04-09\n"
    repo.commit(
        {
            "vocabulary/documents": slides,
            "measures/old": "goal: g\nname:\n  en: An old one\nsources:\n  - document: slides\n",
            "meetings/later": "type: working-group\ndate: 2022-06-01\n",
        }
    )
    capsys.readouterr()
    words = ["report", "meeting", "--meeting", "later", "--since", "forum", "--lang", "en", "--as-of", "2022-06-01"]
    assert main(words) == 0
    brief = capsys.readouterr().out
    changed = brief[brief.index("## What has changed") : brief.index("## What comes next")]
    assert "recorded for the first time: 1 measure" in changed
    assert "An old one" not in changed


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--", "-x"], 2),
        (["HEAD..HEAD..HEAD"], 2),
        (["HEAD", "HEAD"], 2),
        (["HEAD", "--since", "2022-01-01"], 2),
        (["--since", "yesterday"], 2),
        (["nowhere"], 3),
        (["HEAD~9..HEAD"], 3),
    ],
)
def test_wrong_words_are_one_clear_line(
    repo: Repo, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    """A range given twice, a revision that could be an option, a day that is none."""
    text = elo(capsys, *words, "--lang", "en", code=code)
    assert text.startswith("elo: ")
    assert "fault" not in text
    assert repo.root.exists()


def test_exit_codes_follow_what_was_asked(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """--exit-code knows any change, --fail-on its level."""
    elo(capsys, "HEAD~1", "--exit-code", code=1)
    elo(capsys, "--exit-code")
    elo(capsys, "HEAD~1", "--fail-on", "error")
    repo.write({"milestones/x": MOVED.replace("2022-Q3", "2022-Q4")})
    elo(capsys, "--fail-on", "error", code=1)
    elo(capsys, "--fail-on", "never")


def test_json_has_both_places_and_a_lasting_fingerprint(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A rewritten promise: rule, values, path and line on both sides; a line above moves the line only."""
    text = whole("milestones/x", MOVED)
    path = repo.data / "milestones/x.yaml"
    path.write_text(text.replace("due: 2022-Q3", "due: 2022-Q4"), "utf-8")
    first = rows(capsys)
    path.write_text("# a comment\n" + text.replace("due: 2022-Q3", "due: 2022-Q4"), "utf-8")
    second = rows(capsys)
    assert [row["rule"] for row in first] == ["promise-rewritten"]
    assert first[0]["fingerprint"] == second[0]["fingerprint"]
    assert first[0]["old"] == {"text": "2022-Q3", "start": "2022-07-01", "end": "2022-09-30"}
    line = text.splitlines().index("due: 2022-Q3") + 1
    assert first[0]["base"] == {"path": "data/milestones/x.yaml", "line": line}
    assert second[0]["head"] == {"path": "data/milestones/x.yaml", "line": line + 1}


def test_groups_are_goals_measures_or_organisations(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The milestone stands under the goal of its measure, under the measure, and under who is responsible."""
    assert repo.data.exists()
    for by, name in (("goal", "A goal"), ("measure", "M"), ("organisation", "Ministry")):
        assert f"\n## {name}\n" in elo(capsys, "HEAD~1", "--by", by, "--format", "markdown")


def test_what_cannot_be_read_is_said_and_makes_the_answer_incomplete(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken file and a link are named, and the exit code is 1."""
    repo.write({"milestones/x.yaml": b"id: [\n"})
    (repo.data / "measures/link.yaml").symlink_to("/etc/hostname")
    assert main(["diff", "--format", "json"]) == 1
    out = capsys.readouterr()
    assert json.loads(out.out)["incomplete"] == ["data/measures/link.yaml", "data/milestones/x.yaml"]
    assert "incomplete" in out.err


HOSTILE = "@someone [/b] <script>alert(1)</script> [x](http://evil.example) \x1b[31m ::error::x\n\n# head `c`"


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_hostile_text_stays_text(repo: Repo, capsys: pytest.CaptureFixture[str], form: str) -> None:
    """Names with markup, mentions, links, escape sequences and commands are shown and do nothing."""
    repo.write({"measures/evil": f"goal: g\nname:\n  en: {json.dumps(HOSTILE.replace(chr(27), 'ESC'))}\n"})
    text = elo(capsys, "--format", form)
    assert "evil" in text
    assert "\x1b" not in text
    if form == "table":
        assert "[/b]" in text.replace("\n", " ")
    if form == "markdown":
        assert "@someone" not in text
        assert "[x](http" not in text
        assert "<script>" not in text
        assert "\n# head" not in text
    if form == "html":
        assert "<script>" not in text


def test_a_folder_that_moved_is_the_same_folder(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Moving the data folder is no change, committed or not."""
    repo.git("mv", "data", "tracker")
    assert rows(capsys, "--data", "tracker") == []
    repo.git("commit", "-q", "-m", "Move")
    assert rows(capsys, "HEAD~1..HEAD", "--data", "tracker") == []


def test_a_bare_clone_compares_two_revisions(
    repo: Repo, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without files two revisions are compared, and one is too few."""
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    monkeypatch.chdir(tmp_path / "bare")
    assert {row["id"] for row in rows(capsys, "HEAD~1..HEAD")} == {"x"}
    assert "elo diff A..B" in elo(capsys, code=2)
