"""What each organisation is asked."""

from datetime import date

import pytest

from elo_cli.tracking.chase import chase
from elo_cli.tracking.day.evidence import missing_evidence
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.day.view import View
from tests import trackers

DAY = date(2022, 6, 1)
VOCABULARY = """\
tem:
  type: ministry
  name:
    en: Second
okm:
  type: ministry
  name:
    en: First
"""


def asked(files: dict[str, str], owner: str | None = None) -> dict[str | None, list[tuple[str, str]]]:
    """Return each organisation's records with what is asked about them."""
    tracker = trackers.tracker({"vocabulary/organisations": VOCABULARY, **files})
    return {
        one.organisation: [(item.record.id, item.ask) for item in one.asked]
        for one in chase(View(tracker, DAY), Filters(owner=owner))
    }


def test_passed_dues_are_asked() -> None:
    """Silence after a due asks whether it is done, a word that it is not asks when it will be; done asks nothing."""
    found = asked(
        {
            "milestones/silent": "type: national\ndue: 2021\nresponsible: [okm]\n",
            "milestones/late": (
                "type: national\ndue: 2020\nresponsible: [okm]\n"
                "updates:\n  - date: 2021-06-01\n    status: in-progress\n"
            ),
            "milestones/done": "type: national\ndue: 2021\nresponsible: [okm]\nstatus: completed\n",
            "milestones/coming": "type: national\ndue: 2023\nresponsible: [okm]\n",
        }
    )
    assert found == {"okm": [("late", "overdue"), ("silent", "unreported")]}


def test_each_responsible_is_asked() -> None:
    """A record of two organisations is asked of both, in the vocabulary's order; what nobody answers for comes last."""
    found = asked(
        {
            "milestones/a": "type: national\ndue: 2021\nresponsible: [okm, tem]\n",
            "milestones/b": "type: national\ndue: 2021\n",
        }
    )
    assert list(found) == ["tem", "okm", None]
    assert found[None] == [("b", "unreported")]


def test_one_owner() -> None:
    """Asked for one organisation, nothing of the others is told; one that is asked nothing has an empty list."""
    files = {"milestones/a": "type: national\ndue: 2021\nresponsible: [okm]\n"}
    assert asked(files, "okm") == {"okm": [("a", "unreported")]}
    assert asked(files, "tem") == {"tem": []}


def test_evidence_is_asked_piece_by_piece() -> None:
    """A completed milestone lacks the required pieces that no document covers."""
    tracker = trackers.tracker(
        {
            "milestones/m": (
                "type: national\nstatus: completed\nverification:\n  evidence:\n    report:\n      en: A report\n"
                "    list:\n      en: A list\nevidence:\n  - title: The report\n    covers: [report]\n"
            ),
            "milestones/bare": ("type: national\nstatus: completed\nverification:\n  mechanism:\n    en: A copy\n"),
            "milestones/free": "type: national\nstatus: completed\n",
        }
    )
    view = View(tracker, DAY)
    missing = {one.id: missing_evidence(view.state(one)) for one in view.milestones}
    assert missing == {"m": ("list",), "bare": (), "free": None}
    assert [item.ask for one in chase(view) for item in one.asked] == ["evidence", "evidence"]


def test_money_that_waits() -> None:
    """A meeting that has passed is asked what it decided, an old proposal whether it was granted; new ones wait."""
    found = asked(
        {
            "meetings/session": "type: budget-session\ndate: 2022-04-01\n",
            "meetings/next": "type: budget-session\ndate: 2022-09-01\n",
            "funding/decided": "stage: proposed\namount: 1 M€\ndecided_at: session\n",
            "funding/waits": "stage: proposed\namount: 1 M€\ndecided_at: next\n",
            "funding/old": "stage: proposed\nupdates:\n  - date: 2020-01-01\n    amount: 1 M€\n",
            "funding/new": "stage: proposed\nupdates:\n  - date: 2022-05-01\n    amount: 1 M€\n",
            "funding/foreign": "stage: proposed\ncounted: false\ndecided_at: session\n",
        }
    )
    assert found == {None: [("decided", "decision"), ("old", "proposal")]}


def test_old_words_are_asked() -> None:
    """A measure of which nobody has said a word for long is asked about, unless it has ended."""
    found = asked(
        {
            "measures/old": "responsible: [okm]\nupdates:\n  - date: 2021-01-01\n    status: in-progress\n",
            "measures/fresh": "responsible: [okm]\nupdates:\n  - date: 2022-05-01\n    status: in-progress\n",
            "measures/ended": "responsible: [okm]\nupdates:\n  - date: 2021-01-01\n    status: completed\n",
        }
    )
    assert found == {"okm": [("old", "stale")]}


NOTE = "updates:\n  - date: {day}\n    by: okm\n    note:\n      en: We come back to it\n"


@pytest.mark.parametrize(("day", "asks"), [("2022-02-01", []), ("2021-06-01", ["unreported"])])
def test_who_has_answered_is_not_asked_again(day: str, asks: list[str]) -> None:
    """A note after the due answers for as long as the limit says; one from before it answers nothing."""
    text = "type: national\ndue: 2021\nresponsible: [okm]\n" + NOTE.format(day=day)
    found = asked({"milestones/m": text})
    assert [ask for _, ask in found.get("okm", [])] == asks


def test_an_old_answer_is_asked_about_again() -> None:
    """What was answered longer ago than the limit is asked again."""
    text = "type: national\ndue: 2020\nresponsible: [okm]\n" + NOTE.format(day="2021-06-01")
    assert asked({"milestones/m": text}) == {"okm": [("m", "unreported")]}


def test_proposals_of_one_instrument_are_one_question() -> None:
    """Lines that wait for the same are asked about once, and a part is asked about with its whole."""
    old = "stage: proposed\ninstrument: rrf\nproposed_by: okm\nupdates:\n  - date: 2020-01-01\n    amount: 1 M€\n"
    found = asked(
        {
            "vocabulary/instruments": "rrf:\n  name:\n    en: RRF\n",
            "funding/a": old,
            "funding/b": old,
            "funding/part": f"part_of: a\n{old}",
        }
    )
    assert found == {"okm": [("a", "proposal")]}


def test_a_measure_is_not_asked_about_beside_its_milestones() -> None:
    """Whoever is asked about a milestone is not asked how its measure stands as well."""
    found = asked(
        {
            "measures/m": "responsible: [okm]\nupdates:\n  - date: 2021-01-01\n    status: in-progress\n",
            "milestones/s": "type: national\nmeasures: [m]\ndue: 2021\n",
        }
    )
    assert found == {"okm": [("s", "unreported")]}


def test_objections_are_asked_about() -> None:
    """What was delivered and is objected to is asked about, also when the objection is the last that was heard."""
    text = (
        "type: rrf-milestone\ndue: 2021\nresponsible: [okm]\nupdates:\n  - date: 2021-12-01\n    status: completed\n"
        "  - date: 2022-05-01\n    eu: suspended\n"
    )
    assert asked({"milestones/m": text}) == {"okm": [("m", "contested")]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("due: 2021\nresponsible: [okm]\nimplementing_body: oph\n", {"oph": [("m", "unreported")]}),
        ("due: 2021\nimplementing_body: oph\nmeasures: [measure]\n", {"oph": [("m", "unreported")]}),
        ("due: 2021\nresponsible: [okm]\ncoordinator: vm\nverifier: vk\n", {"okm": [("m", "unreported")]}),
        (
            (
                "due: 2021\nresponsible: [okm]\nimplementing_body: oph\ncoordinator: vm\nstatus: completed\n"
                "eu: negative\nverification:\n  mechanism:\n    en: A report\n"
            ),
            {"vm": [("m", "contested")], "oph": [("m", "evidence")]},
        ),
    ],
)
def test_a_role_answers_for_what_is_its_task(text: str, expected: dict[str, list[tuple[str, str]]]) -> None:
    """Whoever carries it out is asked for the outcome and evidence, the coordinator about objections of the EU."""
    found = asked({"milestones/m": f"type: rrf-milestone\n{text}", "measures/measure": "responsible: [okm]\n"})
    assert {who: rest for who, what in found.items() if (rest := [of for of in what if of[1] != "stale"])} == expected


@pytest.mark.parametrize(
    ("further", "asks"),
    [
        ("", [("m", "verification")]),
        ("  - date: 2022-03-01\n    by: vk\n    verified: [report]\n", []),
        ("  - date: 2022-03-01\n    eu: requested\n", []),
        ("  - date: 2022-03-01\n    status: in-progress\n", []),
    ],
)
def test_who_verifies_is_asked_for_it(further: str, asks: list[tuple[str, str]]) -> None:
    """Evidence of what is completed waits for whoever verifies, until it is verified or the EU's turn has come."""
    found = asked(
        {
            "milestones/m": (
                "type: rrf-milestone\ndue: 2023\nresponsible: [okm]\nverifier: vk\n"
                "verification:\n  evidence:\n    report:\n      en: A report\n"
                "updates:\n  - date: 2022-02-01\n    status: completed\n"
                f"    evidence:\n      - title: Report\n        covers: [report]\n{further}"
            )
        }
    )
    assert found.get("vk", []) == asks
    assert "okm" not in found
