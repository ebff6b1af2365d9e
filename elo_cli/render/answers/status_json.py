"""The status answer as JSON: the payload of DESIGN section 5."""

from typing import Any

from elo_cli.render.forms import json
from elo_cli.tracking.day.heard import Heard
from elo_cli.tracking.day.view import View
from elo_cli.tracking.status import MeasureStatus, MoneyAt, Status


def payload(view: View, standing: Status) -> dict[str, Any]:
    """The JSON payload of DESIGN section 5: goals with their measures, and totals."""
    totals = standing.totals
    return {
        "goals": [
            {
                "id": goal.goal.id if goal.goal is not None else None,
                "name": json.plain(goal.goal.name) if goal.goal is not None else None,
                "measures": [_measure(view, measure) for measure in goal.measures],
            }
            for goal in standing.goals
        ],
        "totals": {
            "measures": totals.measures,
            "key_measures": totals.key_measures,
            "status": totals.status,
            "milestones": totals.milestones,
            "last_word": json.plain(totals.heard.said) if totals.heard is not None else None,
            "funding": [_money(at) for at in totals.money],
        },
    }


def _measure(view: View, standing: MeasureStatus) -> dict[str, Any]:
    milestone, timing = standing.next_due, standing.timing
    next_due = None
    if milestone is not None and timing is not None:
        now = view.state(milestone).now
        next_due = {"id": milestone.id, "name": json.plain(now.name), "due": json.plain(now.due), "days": timing.days}
    return {
        **json.record(view, standing.entry, standing.state.now),
        "next_due": next_due,
        "timing": timing.word if timing is not None else None,
        "last_word": _heard(standing.recency.heard),
        "state_as_of": json.plain(standing.recency.state_as_of),
        "funding": [_money(at) for at in standing.money],
    }


def _heard(heard: Heard | None) -> dict[str, Any] | None:
    return None if heard is None else {"date": json.plain(heard.said), "record": heard.record}


def _money(at: MoneyAt) -> dict[str, Any]:
    return {
        "instrument": at.instrument,
        "stage": at.stage,
        "basis": at.basis,
        "amount": json.plain(at.amount),
        "lines": at.lines,
        "unstated": at.unstated,
        "approximate": at.approximate,
        "shared": at.shared,
    }
