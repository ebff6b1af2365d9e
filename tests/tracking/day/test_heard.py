"""When something was last heard, and of which day a state is, are two things; both are computed in one place."""

from datetime import date

import pytest

from elo_cli.model.records.measure import Measure
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.view import View
from tests import trackers

DOCUMENTS = "plan:\n  name:\n    en: Plan\n  date: 2021-04-09\n"
MEASURE = "status: planned\nsources:\n  - document: plan\n"
NOTE = "updates:\n  - date: 2026-06\n    note:\n      en: Still under way\n"


@pytest.mark.parametrize(
    ("files", "heard", "state_as_of"),
    [
        ({"measures/m": MEASURE}, None, "2021-04-09"),
        ({"measures/m": f"{MEASURE}{NOTE}"}, ("2026-06", "m"), "2021-04-09"),
        ({"measures/m": MEASURE.replace("status: planned\n", "")}, None, None),
        (
            {"measures/m": MEASURE, "milestones/s": f"type: national\nmeasures: [m]\n{NOTE}"},
            ("2026-06", "s"),
            "2021-04-09",
        ),
        (
            {"measures/m": MEASURE, "funding/f": "measures: [m]\nupdates:\n  - date: 2022\n    stage: granted\n"},
            ("2022", "f"),
            "2021-04-09",
        ),
        (
            {"measures/m": f"{MEASURE}updates:\n  - date: 2022\n    status: in-progress\n"},
            ("2022", "m"),
            "2022",
        ),
        (
            {
                "measures/m": f"{MEASURE}updates:\n  - date: 2022\n    status: in-progress\n",
                "milestones/s": "type: national\nmeasures: [m]\nupdates:\n  - date: 2021-12-01\n    value: 3\n",
            },
            ("2022", "m"),
            "2022",
        ),
    ],
)
def test_heard_is_any_update_and_the_state_has_its_own_day(
    files: dict[str, str], heard: tuple[str, str] | None, state_as_of: str | None
) -> None:
    """A note on a measure, its milestones or its money is heard; the day of the status is that of whoever set it."""
    tracker = trackers.tracker({"vocabulary/documents": DOCUMENTS, **files})
    found = recency(View(tracker, date(2026, 11, 24)), next(tracker.of(Measure)))
    assert (found.heard and (found.heard.said.text, found.heard.record)) == heard
    assert (found.state_as_of and found.state_as_of.text) == state_as_of


def test_what_is_said_later_is_not_heard_yet() -> None:
    """On a day before an update nothing has been heard of it."""
    tracker = trackers.tracker({"vocabulary/documents": DOCUMENTS, "measures/m": f"{MEASURE}{NOTE}"})
    assert recency(View(tracker, date(2026, 6, 29)), next(tracker.of(Measure))).heard is None
