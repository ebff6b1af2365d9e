"""The rules of what may change: for each a change that it names and one that it lets be, in real repositories."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from elo_cli.checks.changes import changes_since
from elo_cli.checks.rule import CHANGE_RULES, Finding
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from tests.repositories import Repo, whole

Files = Mapping[str, str | None]
MILESTONE = "type: national\ndue: 2022-Q3\nresponsible: [okm]\nstatus: in-progress\n"
WORD = "updates:\n  - date: 2022-01-02\n    by: okm\n"
NAMED = "name:\n  en: {}\n" + MILESTONE
CORRECTED = "corrections:\n  - date: 2022-01-03\n    field: {}\n    was: {}\n    reason:\n      en: Misread\n"
LINE = "stage: granted\namount: 2 M€\n"
DECIDED = "    reason:\n      en: Late\n    decided_by: forum\n"
SOURCES = "sources:\n  - document: slides\n    slide: 3\n  - document: slides\n    slide: 4\n"


GOAL = "g:\n  type: strategic-goal\n  name:\n    en: {}\n"
SETTINGS = "format: 1\nname:\n  en: T\n  fi: T\n  sv: T\nlanguages:\n  - {}\n  - {}\n"


class Example(NamedTuple):
    """Two versions of files; `text` of the line that a bad one points at, None for a good one."""

    old: Files
    new: Files
    line: str | None = None
    path: str = "milestones/x.yaml"


def x(old: str | None, new: str | None, line: str | None = None, path: str = "milestones/x.yaml") -> Example:
    """Give two versions of one file."""
    return Example({path: old}, {path: new}, line, path)


REFERRED = {"measures/m": "status: planned\n", "milestones/x": f"{MILESTONE}measures: [m]\n"}
RENAMED = {"measures/m": None, "measures/n": "name:\n  en: M\nformerly: [m]\nstatus: planned\n"}

TRANSLATED = "name:\n  en: {}\n  sv: {}\n" + MILESTONE
RETRACTED = "    retracted:\n      date: 2022-01-04\n      reason:\n        en: {}\n"

BAD: dict[str, Example] = {
    "translation-old": x(
        TRANSLATED.format("Old", "Gammal"),
        TRANSLATED.format("New", "Gammal") + CORRECTED.format("name", "Old"),
        "name:",
    ),
    "update-retraction-changed": x(
        f"{MILESTONE}{WORD}    status: completed\n{RETRACTED.format('Wrong')}",
        f"{MILESTONE}{WORD}    status: completed\n",
        "  - date: 2022-01-02",
    ),
    "promise-rewritten": x(MILESTONE, MILESTONE.replace("Q3", "Q4"), "due: 2022-Q4"),
    "promise-wording": x(NAMED.format("Old"), NAMED.format("New"), "name:"),
    "promise-completed": x(MILESTONE, f"{MILESTONE}lead: okm\n", "lead: okm"),
    "update-edited": x(
        f"{MILESTONE}{WORD}    status: completed\n",
        f"{MILESTONE}{WORD}    status: suspended\n",
        "    status: suspended",
    ),
    "update-removed": x(f"{MILESTONE}{WORD}    status: completed\n", MILESTONE, "id: x"),
    "update-due-unexplained": x(MILESTONE, f"{MILESTONE}{WORD}    due: 2023-Q1\n", "    due: 2023-Q1"),
    "update-change-unexplained": x(MILESTONE, f"{MILESTONE}{WORD}    responsible: [tem]\n", "    responsible: [tem]"),
    "update-status-backwards": x(MILESTONE, f"{MILESTONE}{WORD}    status: planned\n", "    status: planned"),
    "update-grant-lowered": x(LINE, f"{LINE}{WORD}    amount: 1 M€\n", "    amount: 1 M€", "funding/f.yaml"),
    "update-fulfilment-undone": x(
        f"{MILESTONE}eu: fulfilled\n", f"{MILESTONE}eu: fulfilled\n{WORD}    eu: negative\n", "    eu: negative"
    ),
    "record-id-changed": Example(
        {"milestones/a": NAMED.format("Same")},
        {"milestones/a": None, "milestones/x": NAMED.format("Same")},
        "id: x",
    ),
    "record-id-reused": Example(
        {"milestones/x": MILESTONE},
        {"milestones/x": None, "measures/x": "key: true\n"},
        "id: x",
        "measures/x.yaml",
    ),
    "record-removed": x(MILESTONE, None, ""),
    "record-removed-referenced": Example(REFERRED, {"measures/m": None}, "", "measures/m.yaml"),
    "record-correction-removed": x(f"{MILESTONE}{CORRECTED.format('due', '2021')}", MILESTONE, "id: x"),
    "source-removed": x(
        f"{MILESTONE}{SOURCES}", f"{MILESTONE}{SOURCES}".replace("  - document: slides\n    slide: 4\n", ""), "sources:"
    ),
    "promise-vocabulary": x(GOAL.format("Aim"), GOAL.format("Another"), "  name:", "vocabulary/goals.yaml"),
    "promise-language-changed": x(
        SETTINGS.format("en", "fi"), SETTINGS.format("fi", "en"), "languages:", "tracker.yaml"
    ),
    "record-unreadable": x(MILESTONE, "id: x\nname: [\n", "id: x"),
}
GOOD: dict[str, Example] = {
    "translation-old": x(
        TRANSLATED.format("Old", "Gammal"), TRANSLATED.format("New", "Ny") + CORRECTED.format("name", "Old")
    ),
    "update-retraction-changed": x(
        f"{MILESTONE}{WORD}    status: completed\n{RETRACTED.format('Wrong')}",
        f"{MILESTONE}{WORD}    status: completed\n{RETRACTED.format('Wrong')}        fi: Väärin\n",
    ),
    "promise-rewritten": x(MILESTONE, MILESTONE.replace("Q3", "Q4") + CORRECTED.format("due", "2022-Q3")),
    "promise-wording": x(NAMED.format("Old"), NAMED.format("New") + CORRECTED.format("name", "Old")),
    "promise-completed": x(MILESTONE, f"{MILESTONE}lead: okm\n{CORRECTED.format('lead', 'null')}"),
    "update-edited": x(
        f"{MILESTONE}{WORD}    status: completed\n",
        f"{MILESTONE}{WORD}    status: completed\n"
        "  - date: 2022-01-05\n    status: suspended\n    reason:\n      en: Why\n",
    ),
    "update-removed": x(
        f"{MILESTONE}{WORD}    status: completed\n    note:\n      en: Done\n",
        f"{MILESTONE}updates:\n# moved\n"
        "  - note: {en: Done}\n    status: 'completed'\n    by: okm\n    date: 2022-01-02\n",
    ),
    "update-due-unexplained": x(MILESTONE, f"{MILESTONE}{WORD}    due: 2023-Q1\n{DECIDED}"),
    "update-change-unexplained": x(MILESTONE, f"{MILESTONE}{WORD}    responsible: [tem]\n{DECIDED}"),
    "update-status-backwards": x(MILESTONE, f"{MILESTONE}{WORD}    status: planned\n    reason:\n      en: Why\n"),
    "update-grant-lowered": x(LINE, f"{LINE}{WORD}    amount: 1 M€\n    decided_by: forum\n", None, "funding/f.yaml"),
    "update-fulfilment-undone": x(f"{MILESTONE}eu: fulfilled\n", f"{MILESTONE}eu: fulfilled\n{WORD}    eu: reversed\n"),
    "record-id-changed": Example(
        {"milestones/a": NAMED.format("Same")},
        {"milestones/a": None, "milestones/x": NAMED.format("Same") + "formerly: [a]\n"},
    ),
    "record-id-reused": x(None, MILESTONE),
    "record-removed": Example({"measures/m": "status: planned\n"}, RENAMED),
    "record-removed-referenced": Example(REFERRED, {**RENAMED, "milestones/x": f"{MILESTONE}measures: [n]\n"}),
    "record-correction-removed": x(
        f"{MILESTONE}{CORRECTED.format('due', '2021')}", f"# moved\n{CORRECTED.format('due', '2021')}{MILESTONE}"
    ),
    "source-removed": x(f"{MILESTONE}{SOURCES}", f"{MILESTONE}{SOURCES}  - document: plan\n    page: 2\n"),
    "promise-vocabulary": x(GOAL.format("Aim"), GOAL.format("Aim\n    sv: Mål"), None, "vocabulary/goals.yaml"),
    "promise-language-changed": x(SETTINGS.format("en", "fi"), SETTINGS.format("en", "sv"), None, "tracker.yaml"),
    "record-unreadable": x("id: x\nname: [\n", MILESTONE),
}


def findings(tmp_path: Path, example: Example) -> tuple[Repo, list[Finding]]:
    """Commit the old version on main and the new one on a branch, while main goes on, and compare."""
    repo = Repo(tmp_path / "repo")
    repo.commit(
        {
            "measures/other": "status: planned\n",
            **{name: text for name, text in example.old.items() if text is not None},
        }
    )
    repo.git("checkout", "-q", "-b", "branch")
    repo.commit(example.new)
    repo.git("checkout", "-q", "main")
    repo.commit({"measures/other": "status: completed\n"})
    repo.git("checkout", "-q", "branch")
    return repo, changes_since(repo.data, "main", load(WorkTree(repo.data)))


@pytest.mark.parametrize("rule", sorted(BAD))
def test_a_bad_change_is_named_where_it_stands(rule: str, tmp_path: Path) -> None:
    """The rule names the change, in its file and on its line, and what main did meanwhile is no part of it."""
    example = BAD[rule]
    repo, found = findings(tmp_path, example)
    assert [one.rule for one in found] == [rule]
    assert found[0].level is CHANGE_RULES[rule].level
    assert found[0].path.endswith(f"/{example.path}")
    path = repo.data / example.path
    line = path.read_text("utf-8").splitlines()[found[0].line - 1] if path.exists() else ""
    assert line == example.line
    assert "{" not in found[0].message


@pytest.mark.parametrize("rule", sorted(BAD))
def test_a_good_change_is_let_be(rule: str, tmp_path: Path) -> None:
    """The same news told lawfully is no finding of the rule."""
    _, found = findings(tmp_path, GOOD[rule])
    assert rule not in {one.rule for one in found}


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("    status: completed\n", f"    status: completed\n{RETRACTED.format('Wrong')}", []),
        (
            "    status: completed\n",
            f"    status: suspended\n{RETRACTED.format('Wrong')}",
            ["update-edited"],
        ),
        (
            f"    status: completed\n{RETRACTED.format('Wrong')}",
            f"    status: completed\n{RETRACTED.format('Another')}",
            ["update-retraction-changed"],
        ),
        (
            f"    status: completed\n{RETRACTED.format('Wrong')}",
            f"    status: completed\n{RETRACTED.format('Wrong').replace('01-04', '01-03')}",
            ["update-retraction-changed"],
        ),
        (
            f"    status: completed\n{RETRACTED.format('Wrong')}",
            f"    status: completed\n{RETRACTED.format('Wrong')}      ours: true\n",
            [],
        ),
        (
            f"    status: completed\n{RETRACTED.format('Wrong')}      ours: true\n",
            f"    status: completed\n{RETRACTED.format('Wrong')}",
            ["update-retraction-changed"],
        ),
        (
            # A due that a retraction brings back has moved by no update.
            "    due: 2023-Q1\n    reason:\n      en: Late\n    decided_by: forum\n",
            f"    due: 2023-Q1\n    reason:\n      en: Late\n    decided_by: forum\n{RETRACTED.format('Wrong')}",
            [],
        ),
    ],
)
def test_a_retraction_is_accepted_and_nothing_with_it(tmp_path: Path, old: str, new: str, rules: list[str]) -> None:
    """A published update may be retracted; with it nothing else changes, and it is never taken back or altered."""
    _, found = findings(tmp_path, x(f"{MILESTONE}{WORD}{old}", f"{MILESTONE}{WORD}{new}"))
    assert [finding.rule for finding in found] == rules


def test_an_id_of_a_record_that_was_removed_is_not_used_again(tmp_path: Path) -> None:
    """A new record under the id of one deleted long ago is named; one that comes back as it was is not."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"measures/m": NAMED.format("First").replace("type: national\ndue: 2022-Q3\n", "")})
    text = whole("measures/m", NAMED.format("First").replace("type: national\ndue: 2022-Q3\n", ""))
    repo.commit({"measures/m": None})
    repo.commit({"measures/m": "name:\n  en: Another\n"})
    tracker = load(WorkTree(repo.data))
    assert [one.rule for one in changes_since(repo.data, "HEAD~1", tracker)] == ["record-id-reused"]
    repo.write({"measures/m.yaml": text.encode()})
    repo.commit()
    assert changes_since(repo.data, "HEAD~2", load(WorkTree(repo.data))) == []


REWRITTEN = MILESTONE.replace("Q3", "Q4")


@pytest.mark.parametrize("decoy", ["data/data", "examples/data"])
def test_a_data_folder_that_moves_hides_no_rewritten_promise(decoy: str, tmp_path: Path) -> None:
    """Whichever other tracker lies about, the one whose records went away is named."""
    repo = Repo(tmp_path / "repo", "strategy" if decoy.startswith("examples") else "data")
    repo.commit({"milestones/x": MILESTONE})
    other = repo.root / decoy
    other.mkdir(parents=True)
    (other / "tracker.yaml").write_bytes((repo.data / "tracker.yaml").read_bytes())
    repo.commit()
    inner = repo.data / "data"
    inner.mkdir(exist_ok=True)
    repo.git("mv", "-f", f"{repo.data.name}/tracker.yaml", f"{repo.data.name}/milestones", f"{repo.data.name}/data")
    (inner / "milestones/x.yaml").write_text(whole("milestones/x", REWRITTEN), "utf-8")
    repo.commit()
    found = {one.rule for one in changes_since(inner, "HEAD~1", load(WorkTree(inner)))}
    assert found & {"record-tracker-gone", "promise-rewritten"}


@pytest.mark.parametrize("kind", ["measures", "meetings", "milestones"])
def test_a_folder_in_a_records_place_hides_nothing(kind: str, tmp_path: Path) -> None:
    """A folder with the name of a record's file, in its place or in that of another kind, is no cover."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"milestones/x": MILESTONE})
    if kind == "milestones":
        (repo.data / "milestones/x.yaml").unlink()
    else:
        repo.write({"milestones/x": REWRITTEN})
    place = repo.data / kind / "x.yaml"
    place.mkdir(parents=True)
    (place / "k").write_text("", "utf-8")
    repo.commit()
    found = {one.rule for one in changes_since(repo.data, "HEAD~1", load(WorkTree(repo.data)))}
    assert "record-unreadable" in found
    assert kind == "milestones" or "promise-rewritten" in found


@pytest.mark.parametrize(
    ("field", "was"), [("due", "2029-Q3"), ("due", "null"), ("due.x", "null"), ("lead", "2022-Q3"), ("name", "2022-Q3")]
)
def test_a_correction_that_says_what_never_stood_there_corrects_nothing(field: str, was: str, tmp_path: Path) -> None:
    """A promise is corrected only by an entry that names the field and what it really was."""
    _, found = findings(tmp_path, x(MILESTONE, REWRITTEN + CORRECTED.format(field, was)))
    assert "promise-rewritten" in {one.rule for one in found}


@pytest.mark.parametrize("place", ["measures/y", "vocabulary/functions"])
def test_a_record_does_not_become_one_of_another_kind(place: str, tmp_path: Path) -> None:
    """`formerly` declares a rename within a kind; to another kind it would leave the promise behind."""
    text = "formerly: [x]\n" if place == "measures/y" else "y:\n  name:\n    en: Y\n  formerly: [x]\n"
    _, found = findings(tmp_path, Example({"milestones/x": MILESTONE}, {"milestones/x": None, place: text}))
    assert {"record-id-reused", "record-removed"} <= {one.rule for one in found}


def test_published_words_are_official_in_the_language_of_their_day(tmp_path: Path) -> None:
    """Whoever puts another language first and rewrites a name is told of both."""
    names = "name:\n  en: {}\n  fi: Nimi\n" + MILESTONE
    _, found = findings(
        tmp_path,
        Example(
            {"tracker.yaml": SETTINGS.format("en", "fi"), "milestones/x": names.format("Old")},
            {"tracker.yaml": SETTINGS.format("fi", "en"), "milestones/x": names.format("New")},
        ),
    )
    assert {"promise-language-changed", "promise-wording"} <= {one.rule for one in found}


def test_a_tracker_that_is_new_has_nothing_to_hold_to(tmp_path: Path) -> None:
    """The first pull request with data compares with a revision without any."""
    repo = Repo(tmp_path / "repo")
    (repo.root / "README.md").write_text("Nothing yet", "utf-8")
    repo.commit()
    repo.commit({"measures/m": "status: planned\n"})
    assert changes_since(repo.data, "HEAD~1", load(WorkTree(repo.data))) == []


def test_every_change_rule_has_its_page() -> None:
    """Message, meaning and remedy are whole sentences, and the remedy says what to do."""
    assert CHANGE_RULES.keys() - {"record-tracker-gone"} == BAD.keys() == GOOD.keys()
    for rule in CHANGE_RULES.values():
        assert rule.meaning.endswith(".")
        assert rule.remedy.endswith(".")
