"""Lists hold the records of a kind that pass every filter, as they stood on the day."""

from datetime import date
from typing import Any

import pytest

from elo_cli.model.kinds import BY_FOLDER
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.day.view import View
from elo_cli.tracking.listing import listing
from tests.trackers import tracker

ORGANISATIONS = "".join(
    f"{name}:\n  name:\n    en: {name}\n  type: ministry\n" for name in ("okm", "tem", "oph", "vm", "vk", "keha")
)
FILES = {
    "vocabulary/organisations": ORGANISATIONS,
    "vocabulary/goals": "aim:\n  name:\n    en: Goal\n  type: strategic-goal\n",
    "vocabulary/instruments": "rrf:\n  name:\n    en: RRF\n",
    "measures/a": "goal: aim\nresponsible:\n  - okm\nstatus: planned\n",
    "measures/b": "lead: tem\nupdates:\n  - date: 2021-06-01\n    status: completed\n",
    "funding/f": "measures:\n  - a\ninstrument: rrf\nstage: proposed\ndecided_at: review\nproposed_by: tem\n",
    "funding/g": "measures:\n  - b\nstage: proposed\nshares:\n  oph: 1 M€\n",
    "milestones/m": "type: national\ndue: 2021-Q1\nmeasures:\n  - a\n",
    "milestones/n": "type: national\ndue: 2022\nmeasures:\n  - b\nresponsible:\n  - oph\n",
    "milestones/o": "type: national\nmeasures:\n  - b\n",
    "milestones/roles": (
        "type: rrf-target\nresponsible: [oph]\ncoordinator: vm\nverifier: vk\nimplementing_body: keha\n"
    ),
    "meetings/review": "type: mid-term-review\ndate: 2021\norganisers:\n  - tem\n",
}


@pytest.mark.parametrize(
    ("folder", "filters", "ids"),
    [
        ("measures", {}, ["a", "b"]),
        ("measures", {"goal": "aim"}, ["a"]),
        ("measures", {"status": "completed"}, ["b"]),
        ("measures", {"status": "planned"}, ["a"]),
        ("measures", {"owner": "okm"}, ["a"]),
        ("measures", {"owner": "tem"}, ["b"]),
        ("measures", {"measure": "a"}, ["a"]),
        ("measures", {"goal": "aim", "owner": "tem"}, []),
        ("funding", {"instrument": "rrf"}, ["f"]),
        ("funding", {"stage": "pending"}, ["f"]),
        ("funding", {"stage": "proposed"}, ["f", "g"]),
        ("funding", {"owner": "oph"}, ["g"]),
        ("funding", {"goal": "aim"}, ["f"]),
        ("milestones", {"timing": "unreported"}, ["m"]),
        ("milestones", {"timing": "upcoming"}, ["n"]),
        ("milestones", {"owner": "okm"}, ["m"]),
        ("milestones", {"owner": "oph"}, ["n", "roles"]),
        ("milestones", {"owner": "vm"}, ["roles"]),
        ("milestones", {"owner": "vk"}, ["roles"]),
        ("milestones", {"owner": "keha"}, ["roles"]),
        ("milestones", {"owner": "tem"}, ["o"]),
        ("milestones", {"measure": "b"}, ["n", "o"]),
        ("meetings", {"owner": "tem"}, ["review"]),
        ("meetings", {"status": "planned"}, []),
        ("organisations", {}, ["okm", "tem", "oph", "vm", "vk", "keha"]),
        ("organisations", {"timing": "done"}, []),
    ],
)
def test_filters(folder: str, filters: dict[str, Any], ids: list[str]) -> None:
    """A record is listed when every filter holds for its present state; a filter that cannot hold lets nothing pass."""
    view = View(tracker(FILES), date(2021, 7, 1))
    assert [row.entry.id for row in listing(view, BY_FOLDER[folder], Filters(**filters)).rows] == ids


def test_filters_ask_about_the_day() -> None:
    """A measure completed in June is not completed in May."""
    view = View(tracker(FILES), date(2021, 5, 1))
    assert listing(view, BY_FOLDER["measures"], Filters(status="completed")).rows == []
