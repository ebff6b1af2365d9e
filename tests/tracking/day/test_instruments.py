"""Which instrument's rules a milestone is under: its own, else the only one with the RRF's; never a guess."""

from datetime import date

import pytest

from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.instruments import instrument_of, is_rrf, last_day
from elo_cli.tracking.day.view import View
from tests.trackers import tracker

GRANTS = "grants:\n  name:\n    en: Grants\n  rules: rrf\n  last_day: 2026-08-31\n"
LOANS = "loans:\n  name:\n    en: Loans\n  rules: rrf\n  last_day: 2026-06-30\n"
OTHER = "rrf:\n  name:\n    en: Called rrf, and not under its rules\n  last_day: 2020-01-01\n"


@pytest.mark.parametrize(
    ("milestone", "instruments", "expected", "under_rrf", "last"),
    [
        ("type: rrf-target", GRANTS, "grants", True, "2026-08-31"),
        ("type: rrf-milestone", GRANTS + OTHER, "grants", True, "2026-08-31"),
        ("type: rrf-target", GRANTS + LOANS, None, True, None),
        ("type: rrf-target\ninstrument: loans", GRANTS + LOANS, "loans", True, "2026-06-30"),
        ("type: rrf-target\ninstrument: rrf", GRANTS + OTHER, "rrf", True, "2020-01-01"),
        ("type: rrf-target\ninstrument: unknown", GRANTS, None, True, None),
        ("type: rrf-target", OTHER, None, True, None),
        ("type: rrf-target", "", None, True, None),
        ("type: monitoring-step", GRANTS, None, False, None),
        ("type: monitoring-step\ninstrument: grants", GRANTS, "grants", True, "2026-08-31"),
        ("type: national\ninstrument: rrf", OTHER, "rrf", False, "2020-01-01"),
    ],
)
def test_instrument_of_a_milestone(
    milestone: str, instruments: str, expected: str | None, under_rrf: bool, last: str | None
) -> None:
    """The declared property of the instrument decides, not its id; among several the milestone must name its own."""
    read = tracker({"milestones/m": f"{milestone}\ndue: 2026\n", "vocabulary/instruments": instruments or "{}\n"})
    record = next(read.of(Milestone))
    instrument, day = instrument_of(read, record), last_day(read, record)
    assert (instrument and instrument.id, is_rrf(read, record), day and day.isoformat()) == (expected, under_rrf, last)


def test_instrument_changes_by_an_update() -> None:
    """What an update says of the instrument counts from its day on, for the last day and for the instrument's page."""
    read = tracker(
        {
            "milestones/m": (
                "type: rrf-target\ndue: 2026-Q3\ninstrument: grants\nupdates:\n"
                "  - date: 2024-01-01\n    instrument: loans\n"
            ),
            "vocabulary/instruments": GRANTS + LOANS,
        }
    )
    before, after = View(read, date(2023, 1, 1)), View(read, date(2024, 1, 1))
    assert [list(view.milestones_under) for view in (before, after)] == [["grants"], ["loans"]]
    ends = [timing.end for view in (before, after) if (timing := view.timing(next(read.of(Milestone))))]
    assert ends == [date(2026, 8, 31), date(2026, 9, 30)]
