"""The status answer as JSON: goals with their measures, and totals."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.values import LocalName
from elo_cli.render.forms import json
from elo_cli.tracking.day.filters import EVERYTHING, Filters
from elo_cli.tracking.day.timing import TimingWord
from elo_cli.tracking.day.view import View
from elo_cli.tracking.status import MeasureStatus, MoneyAt, RequestStatus, Status, Totals


class NextDue(NamedTuple):
    """The earliest milestone of a measure that is not done."""

    id: str
    name: LocalName | None
    due: Period
    days: int | None
    """Days to its last day, negative when it has passed."""


class LastWord(NamedTuple):
    """When something was last heard, a note included."""

    date: Period
    """The day, or the period where the source names no day."""
    record: str
    """The record that the update stands in."""


class Standing(NamedTuple):
    """What status says of a measure beside its fields."""

    next_due: NextDue | None
    timing: TimingWord | None
    last_word: LastWord | None
    """The last update on the measure, its milestones or its money."""
    state_as_of: Period | None
    """The day of the update, or of the promise, that set the status."""
    funding: Sequence[MoneyAt]


class GoalStanding(NamedTuple):
    """A goal and the measures that serve it."""

    id: str | None
    """None for the measures without a goal."""
    name: LocalName | None
    measures: Sequence[Annotated[Mapping[str, Any], json.RecordForm("state", "measure", Standing)]]


class StatusAnswer(NamedTuple):
    """`elo status`."""

    goals: Sequence[GoalStanding]
    totals: Totals
    requests: Sequence[RequestStatus]
    """The payment requests of which something is still waited for, by number."""
    filters: Filters = EVERYTHING
    """Which filters it is under, by the names of their options; empty without one."""


def answer(view: View, status: Status) -> StatusAnswer:
    """The status by goal, each measure with its fields as in `elo list`."""
    goals = [
        GoalStanding(
            goal.goal.id if goal.goal is not None else None,
            goal.goal.name if goal.goal is not None else None,
            [
                json.record(view, measure.entry, measure.state.now, _standing(view, measure))
                for measure in goal.measures
            ],
        )
        for goal in status.goals
    ]
    return StatusAnswer(goals, status.totals, status.requests, status.filters)


def _standing(view: View, measure: MeasureStatus) -> Standing:
    milestone, timing, heard = measure.next_due, measure.timing, measure.recency.heard
    next_due = None
    if milestone is not None and timing is not None:
        now = view.state(milestone).now
        assert now.due is not None  # noqa: S101 - a milestone with a timing has a due
        next_due = NextDue(milestone.id, now.name, now.due, timing.days)
    return Standing(
        next_due,
        timing.word if timing is not None else None,
        LastWord(heard.said, heard.record) if heard is not None else None,
        measure.recency.state_as_of,
        measure.money,
    )
