"""What the brief for a meeting and the report on the facility are made of."""

from datetime import date

import pytest

from elo_cli.model.period import Period
from elo_cli.model.records.meeting import Meeting
from elo_cli.tracking.changes.news import news
from elo_cli.tracking.day.view import View
from elo_cli.tracking.reports import brief, next_meeting, pending, previous_meeting, rrf, slips
from tests import trackers

MEETINGS = {
    "meetings/spring": "type: forum\ndate: 2021-04-09\n",
    "meetings/autumn": "type: forum\ndate: 2021-autumn\n",
    "meetings/series": "type: working-group\ndate: 2021-01/2022-12\n",
}


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2021-01-01", "spring"), ("2021-04-09", "spring"), ("2021-04-10", "autumn"), ("2022-01-01", None)],
)
def test_next_meeting(day: str, expected: str | None) -> None:
    """The next meeting is the first that has not ended; a series under way is none."""
    found = next_meeting(View(trackers.tracker(MEETINGS), date.fromisoformat(day)))
    assert (found.id if found is not None else None) == expected


def test_previous_meeting() -> None:
    """The previous meeting is the last one that ended before; the first has none."""
    tracker = trackers.tracker(MEETINGS)
    view = View(tracker, date(2021, 4, 9))
    spring, autumn = tracker.get(Meeting, "spring"), tracker.get(Meeting, "autumn")
    assert spring is not None
    assert autumn is not None
    assert previous_meeting(view, spring) is None
    found = previous_meeting(view, autumn)
    assert found is not None
    assert found.id == "spring"


def test_previous_meeting_is_of_the_same_series() -> None:
    """A session of the Government comes before no forum, and neither does a forum that others hold."""
    tracker = trackers.tracker(
        {
            "meetings/session": "type: budget-session\ndate: 2021-09-01\norganisers: [government]\n",
            "meetings/theirs": "type: forum\ndate: 2021-09-02\norganisers: [government]\n",
            "meetings/ours": "type: forum\ndate: 2021-04-09\norganisers: [elo-forum]\n",
            "meetings/next": "type: forum\ndate: 2021-11-01\norganisers: [elo-forum]\n",
            "vocabulary/organisations": (
                "government:\n  type: other\n  name:\n    en: G\nelo-forum:\n  type: network\n  name:\n    en: F\n"
            ),
        }
    )
    view, meeting = View(tracker, date(2021, 10, 1)), tracker.get(Meeting, "next")
    assert meeting is not None
    found = previous_meeting(view, meeting)
    assert found is not None
    assert found.id == "ours"


def test_news_is_what_was_said_between() -> None:
    """A word said after the earlier day and until the later one is news, in the words of diff; others are not."""
    tracker = trackers.tracker(
        {
            "milestones/m": (
                "type: national\ndue: 2021\nupdates:\n"
                "  - date: 2021-02-01\n    status: in-progress\n"
                "  - date: 2021-06-01\n    due: 2022\n    reason:\n      en: Delay\n    decided_by: okm\n"
                "  - date: 2022-06-01\n    status: completed\n"
            ),
            "vocabulary/organisations": "okm:\n  type: ministry\n  name:\n    en: Ministry\n",
        }
    )
    told = news(View(tracker, date(2021, 12, 31)), Period.parse("2021-04-09"), None)
    assert [(change.rule, change.field) for change in told.changes if change.rule == "due-moved"] == [
        ("due-moved", "due")
    ]
    assert not any("status" in change.field for change in told.changes)
    assert told.added == {}


def test_new_records_are_counted() -> None:
    """A record whose first source is dated between the two days is new; all that began the tracker is only counted."""
    tracker = trackers.tracker(
        {
            "vocabulary/documents": (
                "plan:\n  name:\n    en: Plan\n  date: 2020-12-03\n"
                "slides:\n  name:\n    en: Slides\n  date: 2021-04-09\n"
            ),
            "measures/a": "sources:\n  - document: slides\n",
            "measures/b": "sources:\n  - document: plan\n",
        }
    )
    seen = View(tracker, date(2021, 4, 9))
    assert news(seen, Period.parse("2021-04-08"), None).added == {"measure": ("a",)}
    before = news(seen, Period.parse("2020-09"), None)
    assert (before.added, before.first_recorded) == ({}, {"measure": 2})


def test_pending_by_meeting() -> None:
    """What waits is told by the meeting that decides it, what names none last; a decided question waits no more."""
    tracker = trackers.tracker(
        {
            "meetings/session": (
                "type: budget-session\ndate: 2022-04-01\ndecides:\n  one:\n    en: One\n  two:\n    en: Two\n"
                "updates:\n  - date: 2022-01-01\n    decisions:\n      two:\n        en: Yes\n"
            ),
            "funding/a": "stage: proposed\ndecided_at: session\n",
            "funding/b": "stage: to-be-proposed\n",
            "funding/c": "stage: granted\n",
        }
    )
    found = [
        (one.meeting, [line.id for line in one.lines], one.questions)
        for one in pending(View(tracker, date(2022, 2, 1)))
    ]
    assert found == [("session", ["a"], ("one",)), (None, ["b"], ())]


def test_slips_and_brief() -> None:
    """The brief holds the moved dates, what has passed and what comes until the end of the next quarter."""
    tracker = trackers.tracker(
        {
            **MEETINGS,
            "milestones/moved": (
                "type: national\ndue: 2021-Q2\n"
                "updates:\n  - date: 2021-03-01\n    due: 2021-Q3\n    reason:\n      en: Delay\n"
            ),
            "milestones/passed": "type: national\ndue: 2020\n",
            "milestones/later": "type: national\ndue: 2023\n",
        }
    )
    view = View(tracker, date(2021, 4, 9))
    assert [slip.state.now.id for slip in slips(view)] == ["moved"]
    meeting = tracker.get(Meeting, "spring")
    assert meeting is not None
    told = brief(view, meeting)
    assert told.until == date(2021, 9, 30)
    assert [row.id for row in told.late] == ["passed"]
    assert [row.id for row in told.coming] == ["moved"]


@pytest.mark.parametrize(
    ("status", "eu", "disagree"),
    [
        ("completed", "negative", True),
        ("completed", "requested", False),
        ("in-progress", "fulfilled", True),
        ("completed", "fulfilled", False),
        (None, "fulfilled", False),
        ("in-progress", "not-requested", False),
    ],
)
def test_tracks_that_disagree(status: str | None, eu: str, disagree: bool) -> None:
    """Delivery and assessment contradict each other only where one denies what the other says."""
    said = f"status: {status}\n" if status else ""
    tracker = trackers.tracker({"milestones/m": f"type: rrf-milestone\ndue: 2022\neu: {eu}\n{said}"})
    (instalment,) = rrf(View(tracker, date(2022, 6, 1))).instalments
    assert [row.disagree for row in instalment.rows] == [disagree]


def test_rrf_tells_every_last_day() -> None:
    """Instruments with one last day share it, another one has its own; the days of both are listed."""
    named = "  name:\n    en: I\n  rules: rrf\n  last_day: "
    instruments = f"a:\n{named}2026-08-31\nb:\n{named}2026-06-30\nc:\n{named}2026-08-31\nother:\n  name:\n    en: O\n"
    tracker = trackers.tracker({"vocabulary/instruments": f"{instruments}  last_day: 2026-05-01\n"})
    answer = rrf(View(tracker, date(2026, 1, 1)))
    assert answer.last_days == ((date(2026, 6, 30), ("b",)), (date(2026, 8, 31), ("a", "c")))
    assert {row.id for row in answer.days} == {"a", "b", "c"}


def test_rrf_by_instalment() -> None:
    """Milestones stand by instalment and due, those without one last; the facility's days are those to come."""
    tracker = trackers.tracker(
        {
            "vocabulary/instruments": (
                "rrf:\n  name:\n    en: Facility\n  rules: rrf\n  last_day: 2026-08-31\n  reporting:\n    progress:\n"
                "      name:\n        en: Progress\n      day: 04-30\n"
            ),
            "milestones/a": "type: rrf-milestone\ndue: 2023\nrrf:\n  instalment: 2\n",
            "milestones/b": "type: rrf-target\ndue: 2022\nrrf:\n  instalment: 1\n",
            "milestones/c": "type: rrf-target\ndue: 2022\n",
            "milestones/d": "type: national\ndue: 2022\n",
        }
    )
    answer = rrf(View(tracker, date(2026, 1, 1)))
    assert [(one.number, [row.state.now.id for row in one.rows]) for one in answer.instalments] == [
        (1, ["b"]),
        (2, ["a"]),
        (None, ["c"]),
    ]
    assert answer.last_days == ((date(2026, 8, 31), ("rrf",)),)
    assert [(row.item, row.end) for row in answer.days] == [
        ("progress", date(2026, 4, 30)),
        ("last_day", date(2026, 8, 31)),
    ]


DOCUMENT = "evidence:\n  - title: Act\n"
EVIDENCE = "verification:\n  evidence:\n    act:\n      en: The act\n"


@pytest.mark.parametrize(
    ("milestone", "figures"),
    [
        ("status: completed\n", {"proof_missing"}),
        (f"status: completed\n{DOCUMENT}", {"ready"}),
        ("status: in-progress\n", set()),
        (f"status: completed\neu: requested\n{DOCUMENT}", set()),
        (f"status: completed\n{EVIDENCE}", {"proof_missing"}),
        (f"status: completed\n{EVIDENCE}evidence:\n  - title: Act\n    covers: [act]\n", {"ready"}),
        (f"status: in-progress\n{EVIDENCE}", set()),
        (f"status: completed\nindicator: {{goal: 10}}\nvalue: 9\n{DOCUMENT}", {"under_goal"}),
        (f"status: completed\nindicator: {{goal: 10}}\nvalue: 10\n{DOCUMENT}", {"ready"}),
        ("status: in-progress\nindicator: {goal: 10}\nvalue: 9\n", set()),
        (f"status: completed\neu: suspended\n{DOCUMENT}", {"contested"}),
        ("status: in-progress\nexpected: 2023-Q1\n", {"late_forecast"}),
        ("status: in-progress\nexpected: 2022-Q4\n", set()),
        (f"status: completed\nexpected: 2023-Q1\n{DOCUMENT}", {"ready"}),
    ],
)
def test_figures_of_an_instalment(milestone: str, figures: set[str]) -> None:
    """What is counted of a milestone: only what was said of it, and nothing is ready that cannot be proven."""
    tracker = trackers.tracker({"milestones/m": f"type: rrf-target\ndue: 2022-Q4\n{milestone}"})
    (instalment,) = rrf(View(tracker, date(2022, 6, 1))).instalments
    (row,) = instalment.rows
    names = ("ready", "proof_missing", "under_goal", "contested", "late_forecast")
    assert {name for name in names if getattr(row, name)} == figures


def test_grants_and_loans_stand_apart() -> None:
    """An instalment has a group for its grant and one for its loan, where milestones say which they are."""
    tracker = trackers.tracker(
        {
            f"milestones/{support}": f"type: rrf-target\ndue: 2022\nsupport: {support}\nrrf:\n  instalment: 1\n"
            for support in ("loan", "grant")
        }
    )
    assert [(one.number, one.support) for one in rrf(View(tracker, date(2022, 6, 1))).instalments] == [
        (1, "grant"),
        (1, "loan"),
    ]


def test_a_series_by_name_goes_before_type_and_organisers() -> None:
    """The meeting before is the last of the same series by name; one of another series is none, whatever its type."""
    files = {
        "meetings/first": "type: forum\ndate: 2021-01-15\nseries: plan\n",
        "meetings/between": "type: forum\ndate: 2021-03-15\nseries: other\n",
        "meetings/unnamed": "type: forum\ndate: 2021-04-15\n",
        "meetings/last": "type: working-group\ndate: 2021-05-15\nseries: plan\n",
    }
    view = View(trackers.tracker(files), date(2021, 6, 1))
    last, unnamed = (view.tracker.get(Meeting, name) for name in ("last", "unnamed"))
    assert last is not None
    assert unnamed is not None
    found = previous_meeting(view, last)
    assert found is not None
    assert found.id == "first"
    assert previous_meeting(view, unnamed) is None
