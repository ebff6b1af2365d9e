"""elo retract: a published update that was wrong is taken back where everyone can see it."""

import shutil
from pathlib import Path

import pytest

from tests.repositories import Repo
from tests.running import Runner

TEXT = """\
type: national
due: 2022-Q3
updates:
  # the first word
  - date: 2022-01-02
    by: okm
    status: completed
  - date: 2022-01-02
    by: okm
    note: {en: A note}
  - date: 2022-02
    by: okm
    due: 2023-Q1
    reason: {en: Late}
    decided_by: okm
"""
OKM = "okm:\n  type: ministry\n  name:\n    en: OKM\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository with a milestone of three updates."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"milestones/x": "type: national\ndue: 2022-Q3\n", "vocabulary/organisations": OKM})
    repo.commit({"milestones/x": TEXT})
    return repo


def test_an_update_is_retracted_by_number_and_told_everywhere(elo: Runner, repo: Repo) -> None:
    """The file gets the retraction and nothing else, the status goes, and every verb says so in words."""
    path = repo.data / "milestones/x.yaml"
    before = path.read_text("utf-8")
    run = elo("retract", "x", "1", "--reason", "Of another *milestone*", data=repo.data)
    assert run.code == 0, run.err
    after = path.read_text("utf-8")
    added = "    retracted:\n      date: 2026-11-24\n      reason:\n        en: Of another *milestone*\n"
    assert after == before.replace("    status: completed\n", f"    status: completed\n{added}")
    shown = elo("show", "x", data=repo.data, width=200).out
    assert "1. 2 January 2022 OKM – retracted 24 November 2026: Of another *milestone*" in shown
    assert "2. 2 January 2022 OKM\n" in shown
    assert "completed" not in shown.partition("Updates")[0]
    assert "completed" in elo("show", "x", "--as-of", "2026-11-23", data=repo.data).out.partition("Updates")[0]
    assert "update of 2 January 2022, OKM retracted, 24 November 2026" in elo("diff", data=repo.data, width=200).out
    log = elo("log", "x", data=repo.data, width=200).out
    assert "1. update of 2 January 2022, OKM – retracted 24 November 2026: Of another *milestone*" in log
    assert (
        "- ~~1\\. update of 2 January 2022, OKM – retracted"
        in elo("log", "x", "--format", "markdown", data=repo.data).out
    )
    found = elo("check", "--against", "HEAD", data=repo.data).out
    assert "source-missing" in found
    assert "update-" not in found


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("x", "2022-02", "--reason", "Wrong"), 0, "date: 2026-11-24"),
        (("x", "3", "--reason", "Wrong", "--date", "2022-03-01"), 0, "date: 2022-03-01"),
        (("x", "3", "--reason", "Wrong", "--reason", "sv=Fel"), 2, "given twice"),
        (("x", "2022-01-02", "--reason", "Wrong"), 2, "several updates of 2022-01-02; right would be the number"),
        (("x", "2 January 2022", "--reason", "Wrong"), 2, "several updates of 2022-01-02"),
        (("x", "4", "--reason", "Wrong"), 2, "1 (2022-01-02), 2 (2022-01-02), 3 (2022-02)"),
        (("x", "0", "--reason", "Wrong"), 2, "no update 0"),
        (("x", "3"), 2, "--reason"),
        (("y", "1", "--reason", "Wrong"), 2, "no record “y”"),
        (("okm", "1", "--reason", "Wrong"), 2, "has no updates"),
        (("x", "3", "--reason", "Wrong", "--date", "2022-01-31"), 1, "date-retracted-before-said"),
        (("x", "3", "--reason", "Wrong", "--dry-run"), 0, "+    retracted:"),
    ],
)
def test_what_is_named_is_retracted_and_what_is_not_is_asked_for(
    elo: Runner, repo: Repo, words: tuple[str, ...], code: int, said: str
) -> None:
    """A number or a date that only one update has names it; all else is refused in words, the file untouched."""
    path = repo.data / "milestones/x.yaml"
    before = path.read_bytes()
    run = elo("retract", *words, data=repo.data)
    assert (run.code, said in run.out + run.err) == (code, True), run.out + run.err
    assert (path.read_bytes() != before) is (code == 0 and "--dry-run" not in words)


def test_a_retraction_is_made_once(elo: Runner, repo: Repo) -> None:
    """A retraction is never made anew, and so neither its day nor its reason is replaced."""
    assert elo("retract", "x", "3", "--reason", "Wrong", data=repo.data).code == 0
    before = (repo.data / "milestones/x.yaml").read_bytes()
    run = elo("retract", "x", "3", "--reason", "Another", data=repo.data)
    assert (run.code, "retracted already" in run.err) == (2, True)
    assert (repo.data / "milestones/x.yaml").read_bytes() == before


def test_an_update_may_come_after_one_that_was_retracted(elo: Runner, repo: Repo) -> None:
    """What was retracted contradicts nobody: the right word of the same day is recorded, and holds."""
    assert elo("update", "x", "--date", "2022-01-02", "--by", "okm", "--status", "planned", data=repo.data).code == 1
    assert elo("retract", "x", "1", "--reason", "Wrong", data=repo.data).code == 0
    run = elo("update", "x", "--date", "2022-01-02", "--by", "okm", "--status", "planned", data=repo.data)
    assert run.code == 0, run.err
    assert "planned" in elo("show", "x", data=repo.data).out.partition("Updates")[0]


def test_a_status_goes_back_to_not_stated(elo: Runner, repo: Repo) -> None:
    """With none and a reason an update takes a status back; without a reason `check --against` names it."""
    run = elo("update", "x", "--status", "none", "--by", "okm", "--reason", "Nobody knows", data=repo.data)
    assert run.code == 0, run.err
    assert "+    status: null\n" in run.out
    assert "Status: completed → not stated" in elo("diff", data=repo.data, width=200).out
    shown = elo("show", "x", data=repo.data).out
    assert "Status" not in shown.partition("Updates")[0]
    assert "Status: not stated" in shown
    assert "update-status-backwards" not in elo("check", "--against", "HEAD", data=repo.data).out
    assert elo("undo", "x", data=repo.data).code == 0
    assert elo("update", "x", "--status", "none", "--by", "okm", data=repo.data).code == 0
    assert "update-status-backwards" in elo("check", "--against", "HEAD", data=repo.data).out


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (("--due", "none"), "due: null\n"),
        (("--description", "none"), "description: null\n"),
        (("--description", "en=none"), "description:\n      en: none\n"),
        (("--note", "none"), "note:\n      en: none\n"),
        (("--indicator", "goal=none,unit=none"), "indicator:\n      unit: null\n      goal: null\n"),
        (("--name", "none"), None),
        (("--type", "none"), None),
    ],
)
def test_none_takes_back_whatever_may_be_absent(
    elo: Runner, repo: Repo, words: tuple[str, ...], written: str | None
) -> None:
    """Text, word, list or a part of a mapping: each goes back to not stated; what no record can lack is refused."""
    reason = ("--reason", "Given up", "--decided-by", "okm", "--by", "okm", "--date", "2022-05-01")
    before = (repo.data / "milestones/x.yaml").read_text("utf-8")
    run = elo("update", "x", *words, *reason, "--lang", "en", data=repo.data)
    after = (repo.data / "milestones/x.yaml").read_text("utf-8")
    if written is None:
        assert (run.code, "no record can be without it" in run.err, after) == (2, True, before)
    else:
        assert (run.code, written in after) == (0, True), run.err


def test_the_exports_say_it(elo: Runner, repo: Repo, tmp_path: Path) -> None:
    """The table of updates keeps what was retracted, with its day and reason in columns of their own."""
    assert elo("retract", "x", "1", "--reason", "Wrong", data=repo.data).code == 0
    for day, expected in (("2026-11-24", "2026-11-24"), ("2026-11-23", "")):
        folder = tmp_path / day
        assert elo("export", str(folder), "--format", "csv", "--as-of", day, data=repo.data).code == 0
        head, first, *_ = (folder / "updates.csv").read_text("utf-8").splitlines()
        row = dict(zip(head.split(","), first.split(","), strict=False))
        assert row["retracted_date"] == expected
        shutil.rmtree(folder)


def test_an_update_is_not_set(elo: Runner, repo: Repo) -> None:
    """Who would mend an update is told what takes it back."""
    run = elo("set", "x", "updates.0.status", "planned", "--reason", "Wrong", data=repo.data)
    assert run.code == 2
    assert "elo retract" in run.err
