"""How each goal stands in numbers."""

from datetime import date

from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.groups import group_numbers
from elo_cli.tracking.status import status
from tests import trackers

FILES = {
    "vocabulary/goals": "".join(f"{key}:\n  name:\n    en: {key}\n  type: strategic-goal\n" for key in "ab"),
    "measures/one": "goal: a\nstatus: completed\n",
    "measures/two": "goal: a\n",
    "measures/three": "goal: b\n",
    "milestones/done": "type: national\nmeasures: [one]\ndue: 2021-12\nstatus: completed\n",
    "milestones/both": "type: national\nmeasures: [one, two]\ndue: 2030-12\n",
    "funding/own": "measures: [one]\namount: 2 M€\nbasis: total\nstage: granted\n",
    "funding/shared": "measures: [two, three]\namount: 5 M€\nbasis: total\nstage: granted\n",
}


def test_numbers_of_a_goal_hold_no_money_of_others() -> None:
    """A milestone of two measures counts once; money that is for another goal too is counted apart and never added."""
    view = View(trackers.tracker(FILES), date(2024, 1, 1))
    by, groups = group_numbers(view, status(view))
    first, second = groups
    assert (by, first.key, second.key) == ("goal", "a", "b")
    assert dict(first.status) == {"completed": 1, "unstated": 1}
    assert (first.milestones, dict(first.timing)) == (2, {"done": 1, "upcoming": 1})
    assert [(at.stage, str(at.amount.euros) if at.amount else None) for at in first.money] == [("granted", "2000000")]
    assert (first.shared, second.shared, list(second.money)) == (1, 1, [])
