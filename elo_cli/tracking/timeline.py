"""Measures and their milestones along time: from when to when, promised and moved; what has no date is named apart."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.records.measure import Measure, Status
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.values import LocalName
from elo_cli.tracking.day.filters import EVERYTHING, Filters, codes_of, passes
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.timing import TimingWord, effective_end
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.overview import By, components, group_of

LONGEST_AXIS: Final = 40
"""More years than this are not drawn: a mistyped year must not press everything else together."""


class Mark(NamedTuple):
    """A milestone on the line."""

    id: str
    name: LocalName | None
    due: Period
    end: date
    """The last day that counts."""
    promised: Period | None
    """The due of the promise."""
    timing: TimingWord
    status: Status | None

    @property
    def moved(self) -> Period | None:
        """The due of the promise, when an update has moved it."""
        return self.promised if self.promised != self.due else None

    @property
    def moved_end(self) -> date | None:
        """The last day of the promise's due, when it has moved and has one."""
        return self.moved.end if self.moved is not None else None


class Lane(NamedTuple):
    """A measure with its period, and the milestones of it that have a date; None for milestones without a measure."""

    id: str | None
    """None for milestones that belong to no measure."""
    name: LocalName | None
    period: Period | None
    promised: Period | None
    """The period of the promise."""
    status: Status | None
    milestones: tuple[Mark, ...]
    known_until: date | None = None
    """Of a period without an end: the day of the last word on it, or its first day; None for a period that ends."""

    @property
    def days(self) -> Iterator[date]:
        """Every day that has to have its place on the axis."""
        if self.period is not None:
            yield self.period.start
            if self.period.end is not None:
                yield self.period.end
            if self.known_until is not None:
                yield self.known_until
        for mark in self.milestones:
            yield from (day for day in (mark.due.start, mark.end, mark.moved_end) if day is not None)


class Timeline(NamedTuple):
    """The whole answer."""

    as_of: date
    """The day that the answer is for."""
    first: date
    """The first day of the axis, the first of a quarter."""
    last: date
    """The last day of the axis, the last of a quarter."""
    lanes: tuple[Lane, ...]
    undated: tuple[str, ...]
    """Measures and milestones that existed and have no date to stand on."""
    filters: Filters = EVERYTHING
    """Which filters it is under, by the names of their options; empty without one."""
    strategy_end: date | None = None
    """The last day of the strategy, where that is stated."""

    @property
    def shows_end(self) -> bool:
        """Whether the strategy's last day lies on the axis."""
        return self.strategy_end is not None and self.first <= self.strategy_end <= self.last

    @property
    def shows_day(self) -> bool:
        """Whether the day asked about lies on the axis."""
        return self.first <= self.as_of <= self.last

    def place(self, day: date) -> float:
        """Where a day lies on the axis, from 0 to 1."""
        days = (self.last - self.first).days + 1
        return min(1.0, max(0.0, (day - self.first).days / days))

    def stop_place(self, day: date) -> float:
        """Where the end of a day lies on the axis."""
        return self.place(day + timedelta(days=1))


def timeline(view: View, filters: Filters = EVERYTHING) -> Timeline:
    """The line of the view's day: measures in the order of their goals, each with its milestones by due.

    Under a filter: the measures and milestones that pass, and the measures to which such milestones belong.
    """
    milestones = [milestone for milestone in view.milestones if passes(view, milestone, filters)]
    above = {measure for milestone in milestones for measure in view.state(milestone).now.measures or ()}
    asked = {measure.id for measure in view.measures if passes(view, measure, filters)}
    if filters.goal is not None or filters.measure is not None:
        # A milestone of several measures belongs to others too, and those are not asked for.
        above &= {measure.id for measure in view.measures if passes(view, measure, filters.only(("goal", "measure")))}
    measures = [measure for measure in view.measures if measure.id in asked | above]
    order = {goal: place for place, goal in enumerate(view.tracker.by_kind["goal"])}
    measures.sort(key=lambda measure: order.get(view.state(measure).now.goal or "", len(order)))
    kept = {measure.id for measure in measures}
    groups: dict[str | None, list[Milestone]] = {}
    for milestone in milestones:
        own = view.state(milestone).now.measures or []
        # A milestone of several measures stands once, under the first of them that is asked for.
        under = next((measure for measure in own if measure in kept), None)
        if under is not None or not own:
            groups.setdefault(under, []).append(milestone)
    undated: list[str] = []
    lanes = [
        lane
        for measure in [*measures, None]
        if (lane := _lane(view, measure, groups.get(measure.id if measure else None, ()), undated)) is not None
    ]
    period = view.tracker.config.period
    ends = [period.end] if period is not None and period.end is not None else []
    first, last = _axis([day for lane in lanes for day in lane.days], [view.as_of, *ends])
    return Timeline(view.as_of, first, last, tuple(lanes), tuple(undated), filters, next(iter(ends), None))


class Bundle(NamedTuple):
    """The lanes of a goal, or of a component of the plan, drawn as one."""

    key: str | None
    """None for what has no goal, or lies in no component."""
    measures: int
    marks: tuple[Mark, ...]


def bundles(view: View, line: Timeline) -> tuple[By, tuple[Bundle, ...]]:
    """The lanes by goal, or by component where no measure has a goal; each milestone where `elo status` counts it."""
    names = [*(lane.id for lane in line.lanes), *line.undated]
    measures = [view.state(measure).now for name in names if (measure := view.tracker.get(Measure, name)) is not None]
    by: By = "goal" if any(now.goal is not None for now in measures) else "component"
    numbers: Counter[str | None] = Counter()
    marks: dict[str | None, list[Mark]] = {}
    for now in measures:
        keys = [now.goal] if by == "goal" else components(codes_of(view, now)) or [None]
        numbers.update(keys)
    for mark in (mark for lane in line.lanes for mark in lane.milestones):
        milestone = view.tracker.get(Milestone, mark.id)
        key = group_of(view, milestone, by) if milestone is not None else None
        marks.setdefault(key, []).append(mark)
    order = {goal: place for place, goal in enumerate(view.tracker.by_kind["goal"])} if by == "goal" else {}
    keys = sorted(numbers.keys() | marks.keys(), key=lambda key: (key is None, order.get(key or "", 0), key or ""))
    return by, tuple(Bundle(key, numbers[key], tuple(marks.get(key, ()))) for key in keys)


def _lane(view: View, measure: Measure | None, milestones: Iterable[Milestone], undated: list[str]) -> Lane | None:
    marks: list[Mark] = []
    now = view.state(measure).now if measure is not None else None
    period = now.period if now is not None else None
    later: list[str] = []
    for milestone in milestones:
        mark = _mark(view, milestone)
        if mark is None and view.state(milestone).now.due is None:
            later.append(milestone.id)
        elif mark is None:
            # A due that is only possible, or open, is a date without a place on the line.
            continue
        else:
            marks.append(mark)
    if measure is not None and period is None and not marks:
        undated.append(measure.id)
    undated.extend(later)
    if period is None and not marks:
        return None
    marks.sort(key=lambda mark: (mark.end, mark.id))
    if measure is None or now is None:
        return Lane(None, None, None, None, None, tuple(marks))
    known = _known_until(view, measure, period) if period is not None and period.end is None else None
    return Lane(measure.id, now.name, period, measure.period, now.status, tuple(marks), known)


def _known_until(view: View, measure: Measure, period: Period) -> date:
    """Until when something is known of a period without an end: nobody has said more than the last word on it."""
    heard = recency(view, measure).last_day
    return max(period.start, min(heard, view.as_of)) if heard is not None else period.start


def _mark(view: View, milestone: Milestone) -> Mark | None:
    now, timing = view.state(milestone).now, view.timing(milestone)
    end = effective_end(view.tracker, now)
    if now.due is None or timing is None or end is None:
        return None
    return Mark(milestone.id, now.name, now.due, end, milestone.due, timing.word, now.status)


def _axis(days: list[date], marked: list[date]) -> tuple[date, date]:
    """Whole quarters around every day, and around those that are marked where that does not stretch the axis too far.

    The first that is marked is the day asked about.
    """
    as_of = marked[0]
    first, last = min(days, default=as_of), max(days, default=as_of)
    if last.year - first.year > LONGEST_AXIS:
        first = max(first, date(max(as_of.year - LONGEST_AXIS // 2, 1), 1, 1))
        last = min(last, date(first.year + LONGEST_AXIS, 12, 31))
    for day in marked:
        if 0 <= max(last, day).year - min(first, day).year <= LONGEST_AXIS:
            first, last = min(first, day), max(last, day)
    return quarter_start(first), quarter_end(last)


def quarter_start(day: date) -> date:
    """The first day of the quarter that a day lies in."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarter_end(day: date) -> date:
    """The last day of the quarter that a day lies in."""
    start = quarter_start(day)
    month = start.month + 3
    return (date(start.year + 1, 1, 1) if month > 12 else date(start.year, month, 1)) - timedelta(days=1)  # noqa: PLR2004 - December
