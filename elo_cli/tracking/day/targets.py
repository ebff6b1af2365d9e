"""Targets as a series of values: what was measured when, who says so, and how much of the goal that is."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.records.base import Update
from elo_cli.model.records.milestone import Indicator, Milestone, MilestoneUpdate
from elo_cli.model.values import LocalText
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.view import View


class Value(NamedTuple):
    """A value of an indicator."""

    value: Decimal
    date: Period | None
    """When it held: the day on which it happened, else that of the word; None for what the promise states."""
    share: Decimal | None
    """How much of the way from the baseline to the goal that is; None where one cannot say."""
    update: Update | None
    """The word that says so, with its sources; None for the promise."""


class Stages(NamedTuple):
    """The targets that count on from one another, the first one first."""

    targets: tuple[Milestone, ...]
    """As they stand."""
    value: Decimal | None
    """The value that was said last of any of them."""
    share: Decimal | None
    """How much of the last goal that is."""


def series(state: State[Milestone]) -> tuple[Value, ...]:
    """The values of a target in the order in which they were said, each measured by the goal that holds now."""
    return tuple(_series(state))


def _series(state: State[Milestone]) -> Iterator[Value]:
    indicator = state.now.indicator
    if state.promise.value is not None:
        yield Value(state.promise.value, None, share(indicator, state.promise.value), None)
    for update in state.updates:
        if isinstance(update, MilestoneUpdate) and update.value is not None:
            yield Value(update.value, update.effective or update.date, share(indicator, update.value), update)


def share(indicator: Indicator | None, value: Decimal) -> Decimal | None:
    """How much of the way from the baseline to the goal a value is, 1 for the goal; None where one cannot say.

    Without a baseline a goal that rises is counted from 0; of one that falls nobody knows where it begins.
    """
    if indicator is None or indicator.goal is None:
        return None
    start = indicator.baseline
    if start is None and not indicator.falls:
        start = Decimal(0)
    if start is None or start == indicator.goal:
        return None
    return (value - start) / (indicator.goal - start)


def stages(view: View, milestone: Milestone) -> Stages | None:
    """The stages that a target is one of; None where nothing is continued. Where two continue one, it ends there."""
    order, known = [milestone], {milestone.id}
    while (before := view.tracker.get(Milestone, view.state(order[0]).now.continues)) and before.id not in known:
        order.insert(0, before)
        known.add(before.id)
    while len(after := view.continued_by.get(order[-1].id, [])) == 1 and after[0].id not in known:
        order.append(after[0])
        known.add(after[0].id)
    if len(order) == 1:
        return None
    said = [
        (value.update.said_on, place, value.value)
        for place, target in enumerate(order)
        for value in series(view.state(target))
        if value.update is not None
    ]
    last = max(said)[2] if said else None
    targets = tuple(view.state(target).now for target in order)
    indicator, start = targets[-1].indicator, targets[0].indicator
    if indicator is not None and start is not None:
        # The stages count from where the first one began.
        indicator = indicator.model_copy(update={"baseline": start.baseline})
    counts_on = _counts_on([target.indicator for target in targets])
    return Stages(targets, last, share(indicator, last) if last is not None and counts_on else None)


def _counts_on(stages: Sequence[Indicator | None]) -> bool:
    """Whether the stages have one unit and each goal lies beyond the one before; else a share of the last is none."""
    goals = [stage.goal for stage in stages if stage is not None and stage.goal is not None]
    falls = any(stage is not None and stage.falls for stage in stages)
    units = [stage.unit for stage in stages if stage is not None and stage.unit]
    return goals == sorted(goals, reverse=falls) and all(same_unit(units[0], unit) for unit in units)


def same_unit(unit: LocalText, other: LocalText) -> bool:
    """Whether two units are called the same in some language, or no language is there in both."""
    shared = unit.keys() & other.keys()
    return not shared or any(unit[code].casefold() == other[code].casefold() for code in shared)
