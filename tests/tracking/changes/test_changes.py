"""What a change of the data means: news, lawful changes, corrections and rewritten promises are told apart."""

from collections.abc import Mapping
from textwrap import dedent
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elo_cli.model.config import TrackerConfig
from elo_cli.store.git.changes import Changed
from elo_cli.tracking.changes.change import Change
from elo_cli.tracking.changes.files import Differences, differences_of
from tests.repositories import CONFIG, whole

MILESTONE = """\
type: national
due: 2022-Q3
responsible: [okm, tem]
sources:
  - document: slides
    slide: 3
"""
LINE = "stage: granted\namount: 2 M€\nmeasures: [m]\n"


def changes(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> Differences:
    """Compare two versions of files; a name without an end is a record's."""
    files = []
    for path in sorted({*old, *new}):
        before, after = (
            None if (text := side.get(path)) is None else whole(path, text).encode() for side in (old, new)
        )
        files.append(Changed(path if path.endswith(".yaml") else f"{path}.yaml", before, after))
    config = {"format": 1, "name": {"en": "S"}, "languages": ["en", "fi"]}
    return differences_of(files, TrackerConfig.model_validate(config))


def one(old: str | None, new: str | None, path: str = "milestones/x") -> list[Change]:
    """Compare two versions of one record."""
    return changes({path: old}, {path: new}).changes


def update(text: str) -> str:
    """Give the milestone with one update."""
    return f"{MILESTONE}updates:\n" + "".join(
        f"  {'- ' if not number else '  '}{line}\n" for number, line in enumerate(dedent(text).strip().splitlines())
    )


DECIDED = "\nreason: {en: Late}\ndecided_by: forum"


class Case(NamedTuple):
    """Two versions of a record, and the changes between them: rule, level, field."""

    old: str | None
    new: str | None
    expected: list[tuple[str, str, str]]
    path: str = "milestones/x"


ADDED = ("update-added", "note", "updates")
CASES = {
    "a new record": Case(None, MILESTONE, [("record-added", "note", "")]),
    "a removed record": Case(MILESTONE, None, [("record-removed", "warning", "")]),
    "another order of ids, keys and lines": Case(
        MILESTONE,
        "sources: [{slide: 3, document: slides}]\nresponsible:\n  # a comment\n  - tem\n  - okm\ndue: '2022-Q3'\n"
        "type: national\n",
        [],
    ),
    "the same due in another form": Case(MILESTONE, MILESTONE.replace("2022-Q3", "2022-07/2022-09"), []),
    "a rewritten due": Case(
        MILESTONE, MILESTONE.replace("2022-Q3", "2023-Q1"), [("promise-rewritten", "error", "due")]
    ),
    "a removed due": Case(MILESTONE, MILESTONE.replace("due: 2022-Q3\n", ""), [("promise-rewritten", "error", "due")]),
    "a rewritten type": Case(
        MILESTONE, MILESTONE.replace("national", "monitoring-step"), [("promise-rewritten", "error", "type")]
    ),
    "a due that had been left out": Case(
        MILESTONE.replace("due: 2022-Q3\n", ""), MILESTONE, [("promise-completed", "warning", "due")]
    ),
    "a corrected due": Case(
        MILESTONE,
        MILESTONE.replace("2022-Q3", "2023-Q1")
        + "corrections:\n  - {date: 2022-02-01, field: due, was: 2022-Q3, reason: {en: Misread}}\n",
        [("promise-corrected", "note", "due"), ("correction-added", "note", "corrections")],
    ),
    "a correction of another field": Case(
        MILESTONE,
        MILESTONE.replace("2022-Q3", "2023-Q1")
        + "corrections:\n  - {date: 2022-02-01, field: lead, was: null, reason: {en: Misread}}\n",
        [("promise-rewritten", "error", "due"), ("correction-added", "note", "corrections")],
    ),
    "a note that moves from one source to another": Case(
        MILESTONE + "    note: {en: Deduced}\n  - document: slides\n    slide: 4\n",
        MILESTONE + "  - document: slides\n    slide: 4\n    note: {en: Deduced}\n",
        [("source", "note", "sources.note"), ("source", "note", "sources.note")],
    ),
    "a source that is gone": Case(
        MILESTONE + "  - document: slides\n    slide: 4\n", MILESTONE, [("source-removed", "warning", "sources")]
    ),
    "a name marked as ours": Case(MILESTONE, MILESTONE + "own_words: true\n", [("wording", "note", "own_words")]),
    "a moved due": Case(
        MILESTONE,
        update("date: 2022-05-01\ndue: 2023-Q1" + DECIDED),
        [ADDED, ("due-moved", "note", "due")],
    ),
    "a target that a decision made a milestone": Case(
        MILESTONE + "indicator: {goal: 5}\n",
        update("date: 2022-05-01\ntype: rrf-milestone\nindicator: null" + DECIDED).replace(
            "updates:", "indicator: {goal: 5}\nupdates:"
        ),
        [ADDED, ("field", "note", "indicator.goal"), ("field", "note", "type")],
    ),
    "a field cleared without a word on why": Case(
        MILESTONE,
        update("date: 2022-05-01\nresponsible: null"),
        [ADDED, ("update-change-unexplained", "error", "responsible")],
    ),
    "a due moved without a word on why": Case(
        MILESTONE,
        update("date: 2022-05-01\ndue: 2023-Q1\nreason: {en: Late}"),
        [ADDED, ("update-due-unexplained", "error", "due")],
    ),
    "another promise field changed without a word on why": Case(
        MILESTONE,
        update("date: 2022-05-01\nresponsible: [oph]"),
        [ADDED, ("update-change-unexplained", "error", "responsible")],
    ),
    "a status": Case(MILESTONE, update("date: 2022-05-01\nstatus: in-progress"), [ADDED, ("status", "note", "status")]),
    "a note alone": Case(MILESTONE, update("date: 2022-05-01\nnote: {en: Nothing new}"), [ADDED]),
    "a status that goes back": Case(
        update("date: 2022-05-01\nstatus: completed"),
        update("date: 2022-05-01\nstatus: completed") + "  - date: 2022-06-01\n    status: in-progress\n",
        [ADDED, ("update-status-backwards", "error", "status")],
    ),
    "a status that goes back with a reason": Case(
        update("date: 2022-05-01\nstatus: completed"),
        update("date: 2022-05-01\nstatus: completed")
        + "  - date: 2022-06-01\n    status: in-progress\n    reason: {en: Reopened}\n",
        [ADDED, ("status", "note", "status")],
    ),
    "an edited update": Case(
        update("date: 2022-05-01\nby: okm\nstatus: completed"),
        update("date: 2022-05-01\nby: okm\nstatus: in-progress"),
        [("update-edited", "error", "updates.status")],
    ),
    "a translated update": Case(
        update("date: 2022-05-01\nnote: {en: Nothing new}"),
        update("date: 2022-05-01\nnote: {fi: Ei uutta, en: Nothing new}".replace(", ", ",\n  ")),
        [("update-translated", "note", "updates.note")],
    ),
    "an update whose translation is mended": Case(
        update("date: 2022-05-01\nnote: {en: Nothing new, fi: Ei uuta}".replace(", ", ",\n  ")),
        update("date: 2022-05-01\nnote: {en: Nothing new, fi: Ei uutta}".replace(", ", ",\n  ")),
        [("update-translated", "note", "updates.note")],
    ),
    "an update reworded in the first language": Case(
        update("date: 2022-05-01\nnote: {en: Nothing new, fi: Ei uutta}".replace(", ", ",\n  ")),
        update("date: 2022-05-01\nnote: {en: All is done, fi: Ei uutta}".replace(", ", ",\n  ")),
        [("update-edited", "error", "updates.note")],
    ),
    "a removed update": Case(
        update("date: 2022-05-01\nstatus: completed"), MILESTONE, [("update-removed", "error", "updates")]
    ),
    "a fulfilment undone": Case(
        update("date: 2022-05-01\neu: fulfilled"),
        update("date: 2022-05-01\neu: fulfilled") + "  - date: 2022-06-01\n    eu: negative\n",
        [ADDED, ("update-fulfilment-undone", "error", "eu")],
    ),
    "a fulfilment reversed": Case(
        update("date: 2022-05-01\neu: fulfilled"),
        update("date: 2022-05-01\neu: fulfilled") + "  - date: 2022-06-01\n    eu: reversed\n",
        [ADDED, ("eu", "note", "eu")],
    ),
    "evidence": Case(
        MILESTONE,
        update("date: 2022-05-01\nevidence:\n- {title: Report}"),
        [ADDED, ("evidence", "note", "evidence")],
    ),
    "evidence verified": Case(
        MILESTONE,
        update("date: 2022-05-01\nverified: [report]") + "  - date: 2022-06-01\n    verified: [list]\n",
        [ADDED, ("field", "note", "verified")] * 2,
    ),
    "a rewritten text in the first language": Case(
        MILESTONE + "description: {en: Old}\n",
        MILESTONE + "description: {en: New}\n",
        [("promise-wording", "warning", "description")],
    ),
    "a translation": Case(
        MILESTONE + "description: {en: Old}\n",
        MILESTONE + "description: {en: Old, fi: Vanha}\n".replace(", fi", "\n  , fi"),
        [("translation", "note", "description")],
    ),
    "a translation of a note": Case(
        MILESTONE + "note: {en: Unclear}\n",
        MILESTONE + "note: {en: Unclear, fi: Epäselvä}\n",
        [("translation", "note", "note")],
    ),
    "a translation of a correction that is mended": Case(
        MILESTONE + "corrections:\n  - {date: 2022, field: due, was: '2021', reason: {en: Misread, fi: Väärin}}\n",
        MILESTONE
        + "corrections:\n  - {date: 2022, field: due, was: '2021', reason: {en: Misread, fi: Luettu väärin}}\n",
        [("translation", "note", "corrections.reason")],
    ),
    "a translation in a source": Case(
        MILESTONE.replace("slide: 3", "slide: 3\n    note: {en: Unclear}"),
        MILESTONE.replace("slide: 3", "slide: 3\n    note: {en: Unclear, fi: Epäselvä}"),
        [("translation", "note", "sources.note")],
    ),
    "a correction whose reason was rewritten": Case(
        MILESTONE + "corrections:\n  - {date: 2022, field: due, was: '2021', reason: {en: Misread}}\n",
        MILESTONE + "corrections:\n  - {date: 2022, field: due, was: '2021', reason: {en: Another}}\n",
        [("record-correction-removed", "warning", "corrections.reason")],
    ),
    "an update that is retracted": Case(
        update("date: 2022-05-01\nby: okm\nstatus: completed"),
        update("date: 2022-05-01\nby: okm\nstatus: completed\nretracted: {date: 2022-06-01, reason: {en: Wrong}}"),
        [("update-retracted", "note", "updates.retracted")],
    ),
    "an update that is new and retracted": Case(
        MILESTONE,
        update("date: 2022-05-01\nby: okm\nstatus: completed\nretracted: {date: 2022-06-01, reason: {en: Wrong}}"),
        [ADDED, ("update-retracted", "note", "updates.retracted")],
    ),
    "a note": Case(MILESTONE, MILESTONE + "note: {en: Unclear}\n", [("wording", "note", "note")]),
    "a source": Case(MILESTONE, MILESTONE + "  - document: plan\n    page: 2\n", [("source", "note", "sources")]),
    "a source removed": Case(
        MILESTONE + "  - document: plan\n    page: 2\n", MILESTONE, [("source-removed", "warning", "sources")]
    ),
    "a granted amount lowered": Case(
        LINE,
        LINE + "updates:\n  - date: 2022-05-01\n    amount: 1.5 M€\n",
        [ADDED, ("update-grant-lowered", "error", "amount")],
        "funding/f",
    ),
    "a granted amount lowered by a decision": Case(
        LINE,
        LINE + "updates:\n  - date: 2022-05-01\n    amount: 1.5 M€\n    decided_by: vm\n",
        [ADDED, ("funding-amount", "note", "amount")],
        "funding/f",
    ),
    "the same amount in another form": Case(LINE, LINE.replace("2 M€", "2000000 €"), [], "funding/f"),
    "a word of a vocabulary": Case(
        "okm:\n  type: ministry\n  name: {en: Ministry}\n",
        "okm:\n  type: agency\n  name: {en: Ministry}\n",
        [("vocabulary", "note", "type")],
        "vocabulary/organisations",
    ),
    "settings": Case(CONFIG, CONFIG + "limits:\n  stale: 90\n", [("settings", "note", "limits.stale")], "tracker"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_named_for_what_it_is(name: str) -> None:
    """Each pair of versions gives exactly the changes that it means."""
    case = CASES[name]
    found = [(change.rule, str(change.level), change.field) for change in one(case.old, case.new, case.path)]
    assert found == case.expected


def test_an_update_tells_what_stood_before_it() -> None:
    """Old is the last word before the update in time, not the promise, and not the file's last line."""
    first = update("date: 2022-05-01\ndue: 2023-Q1" + DECIDED)
    later = first + "  - date: 2022-08-01\n    due: 2023-Q3\n    reason: {en: Later}\n    decided_by: forum\n"
    moved = one(first, later)[-1]
    assert (str(moved.old), str(moved.new)) == ("2023-Q1", "2023-Q3")


def test_a_record_that_is_renamed_keeps_its_life() -> None:
    """`formerly` makes it one record, and links that follow the new name are no change."""
    found = changes(
        {"measures/old": "status: planned\n", "milestones/x": MILESTONE + "measures: [old]\n"},
        {
            "measures/new": "name:\n  en: Old\nformerly: [old]\nstatus: planned\n",
            "milestones/x": MILESTONE + "measures: [new]\n",
        },
    )
    assert [(change.rule, change.record, change.also) for change in found.changes] == [("record-renamed", "new", "old")]


def test_an_id_that_changed_without_a_word_is_named() -> None:
    """The same promise under another id, without `formerly`, is an id that changed."""
    text = f"name:\n  en: The same\n{MILESTONE}"
    found = changes({"milestones/old": text}, {"milestones/new": text})
    assert [(change.rule, change.record) for change in found.changes] == [
        ("record-id-changed", "new"),
        ("record-removed", "old"),
    ]


def test_an_id_is_never_used_again() -> None:
    """A new record under another's former id, or of another kind, is an id used twice."""
    renamed = "name:\n  en: M\nformerly: [old]\n"
    found = changes(
        {"measures/m": renamed, "measures/old": None}, {"measures/m": renamed, "measures/old": "key: true\n"}
    )
    assert [change.rule for change in found.changes] == ["record-id-reused"]
    found = changes({"measures/x": "key: true\n"}, {"milestones/x": MILESTONE})
    assert [change.rule for change in found.changes] == ["record-id-reused"]


def test_a_file_that_cannot_be_read_is_named_and_not_guessed() -> None:
    """A broken side leaves the record out of the answer, and its path among what could not be read."""
    found = changes({"milestones/x": MILESTONE}, {"milestones/x": "id: [\n"})
    assert found.changes == []
    assert found.unreadable == ["milestones/x.yaml"]


def test_each_change_has_its_lines_on_both_sides() -> None:
    """A rewritten due is found where it stood and where it stands."""
    found = changes(
        {"milestones/x": MILESTONE}, {"milestones/x": "# new\n" + whole("milestones/x", MILESTONE).replace("Q3", "Q4")}
    )
    change = found.changes[0]
    assert found.texts.base(change.base).line + 1 == found.texts.head(change.head).line


_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["planned", "completed"]),
        "due": st.sampled_from(["2022-Q1", "2023"]),
        "responsible": st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True),
    },
)


@given(_FIELDS, _FIELDS)
@settings(max_examples=60)
def test_no_change_without_a_difference_and_no_difference_without_a_change(
    old: dict[str, object], new: dict[str, object]
) -> None:
    """There is a change exactly where the values differ, and its fingerprint is the same in every run."""
    texts = [
        "type: national\n" + "".join(f"{name}: {value}\n".replace("'", "") for name, value in side.items())
        for side in (old, new)
    ]
    first, second = one(*texts), one(*texts)
    differ = {
        name
        for name in {*old, *new}
        if (sorted(old.get(name, "")) if name == "responsible" else old.get(name))  # type: ignore[call-overload]
        != (sorted(new.get(name, "")) if name == "responsible" else new.get(name))  # type: ignore[call-overload]
    }
    assert {change.field for change in first} == differ
    assert [change.fingerprint for change in first] == [change.fingerprint for change in second]


def test_a_translation_of_who_attends() -> None:
    """A role of a body that attends may be translated like any other text; another body is no translation."""
    stated = "type: forum\ndate: 2022-05-10\nattendees:\n  - organisation: okm\n    role: {en: Chair%s}\n"
    (change,) = one(stated % "", stated % ", fi: Puheenjohtaja", "meetings/x")
    assert change.rule == "translation"
    other = one(stated % "", (stated % "").replace("okm", "tem"), "meetings/x")
    assert "translation" not in {change.rule for change in other}
