"""How each goal stands, in numbers: the statuses of its measures, the timing of their milestones, and their money."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from elo_cli.tracking.day.filters import codes_of
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overlaps import overlaps
from elo_cli.tracking.overviews.overview import By, components
from elo_cli.tracking.status import MeasureStatus, MoneyAt, Status, money


class GroupNumbers(NamedTuple):
    """The measures of a goal, or of a component of the plan, in numbers."""

    key: str | None
    """None for the measures without a goal, or in no component."""
    measures: Sequence[MeasureStatus]
    status: Mapping[str, int]
    """How many measures have each status; “unstated” for none."""
    milestones: int
    """Without what is only said to be possible."""
    timing: Mapping[str, int]
    """How many milestones have each timing; “undated” for those without a due."""
    money: Sequence[MoneyAt]
    """Of the lines that are for measures of this group alone."""
    shared: int
    """How many lines are for measures of other groups too; how much of them is for which, no source says."""


def group_numbers(view: View, standing: Status) -> tuple[By, list[GroupNumbers]]:
    """The groups that have a measure, in the order of the status: by goal, by component where no measure has a goal."""
    groups: dict[str | None, list[MeasureStatus]] = {}
    by: By = "goal" if any(goal.goal is not None and goal.measures for goal in standing.goals) else "component"
    for goal in standing.goals:
        for measure in goal.measures:
            keys = [goal.goal.id if goal.goal is not None else None]
            if by == "component":
                keys = components(codes_of(view, measure.state.now)) or [None]
            for key in keys:
                groups.setdefault(key, []).append(measure)
    twice = frozenset(overlaps(view, [line for line in view.lines if view.is_top(line)]))
    return by, [_numbers(view, key, measures, twice) for key, measures in groups.items()]


def _numbers(view: View, key: str | None, measures: Sequence[MeasureStatus], twice: frozenset[str]) -> GroupNumbers:
    kept = {measure.state.now.id: None for measure in measures}
    # What is only possible is no milestone to count on, here as in the totals.
    milestones = {
        milestone.id: milestone
        for measure in kept
        for milestone in view.milestones_of.get(measure, ())
        if not view.state(milestone).now.possible
    }
    timings = [view.timing(milestone) for milestone in milestones.values()]
    lines = list({line.id: line for measure in kept for line in view.lines_of.get(measure, ())}.values())
    own = [line for line in lines if kept.keys() >= set(view.state(line).now.measures or ())]
    return GroupNumbers(
        key,
        measures,
        Counter(measure.state.now.status or "unstated" for measure in measures),
        len(milestones),
        Counter(timing.word if timing is not None else "undated" for timing in timings),
        tuple(money(view, own, twice)),
        sum(map(view.is_top, lines)) - sum(map(view.is_top, own)),
    )
