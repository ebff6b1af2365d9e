"""Where the strategy stands on a day: by goal, each measure with its money, next due and last word."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.funding import Basis, Funding, Stage
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.records.vocabulary import Goal
from elo_cli.model.values import LocalName
from elo_cli.store.tracker import Entry
from elo_cli.tracking.day.clocks import is_settled
from elo_cli.tracking.day.filters import EVERYTHING, Filters, measures_of, passes
from elo_cli.tracking.day.heard import Recency, last_heard, recency
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import ENDED, WAITING, Timing
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import is_inferred, is_older
from elo_cli.tracking.overlaps import overlaps
from elo_cli.tracking.requests import RequestStep, step


class MoneyAt(NamedTuple):
    """The money of one instrument at one stage on one basis: its sum, and how many lines state an amount or none.

    What several measures share stands apart from what is a measure's own.
    """

    instrument: str | None
    stage: Stage
    basis: Basis | None
    amount: Money | None
    """None when no line states an amount, which is never 0."""
    lines: int
    """How many lines the amount is made of."""
    unstated: int
    """How many further lines state no amount."""
    approximate: bool
    """Whether a line of it is “about”."""
    shared: bool
    """Whether it is for other measures too; how much of it is for which, no source says."""
    inferred: int = 0
    """Of how many of its lines the stage or the basis does not stand in the source's words but was inferred."""
    overlapping: int = 0
    """How many of its lines may hold the same money as another line that is added up."""
    older: int = 0
    """How many of its lines are money of a time that ended before the strategy's began."""
    undecided: int | None = None
    """In which year it was proposed, or to be decided, when the meeting has passed and nobody has told the decision."""


class MeasureStatus(NamedTuple):
    """How one measure stands."""

    entry: Entry
    state: State[Measure]
    next_due: Milestone | None
    """The earliest milestone for which something is waited."""
    timing: Timing | None
    recency: Recency
    """When something was last heard of the measure, its milestones or its money, and of which day its status is."""
    money: tuple[MoneyAt, ...]
    waiting: int
    """How many of its milestones are unreported, overdue or contested."""


class GoalStatus(NamedTuple):
    """A goal and the measures that serve it; None for the measures without a goal."""

    goal: Goal | None
    measures: tuple[MeasureStatus, ...]


class Totals(NamedTuple):
    """The strategy in numbers."""

    measures: int
    key_measures: int
    related_measures: int
    """Measures that say of themselves that they are no key measures; one that does not say is neither."""
    status: dict[str, int]
    """How many measures have each status; “unstated” for none."""
    milestones: dict[str, int]
    """How many milestones have each timing; “undated” for those without a due."""
    last_word: Period | None
    """The day of the last update on a measure, its milestones or its money, or on a payment request."""
    funding: tuple[MoneyAt, ...]


class RequestStatus(NamedTuple):
    """A payment request that something is waited for: how far it is, and what comes first."""

    id: str
    number: int
    name: LocalName | None
    step: RequestStep
    item: str | None
    """What is waited for first, as in `elo deadlines`; None where nothing with a day is."""
    due: date | None
    days: int | None
    """Days until then, negative when it has passed."""
    article: str | None
    """The provision that sets the time."""
    questions: int
    """How many questions of the Commission are open."""


class Status(NamedTuple):
    """The whole answer."""

    goals: tuple[GoalStatus, ...]
    totals: Totals
    requests: tuple[RequestStatus, ...] = ()
    """Those of which something is still waited for, by number."""
    filters: Filters = EVERYTHING
    """Which filters it is under, by the names of their options; empty without one."""


def status(view: View, filters: Filters = EVERYTHING) -> Status:
    """Where the strategy stands on the view's day; goals in the vocabulary's order, measures in that of their files.

    Under a filter: the measures that pass, the milestones that pass, and the money of these measures alone.
    """
    by_goal: dict[str | None, list[MeasureStatus]] = {}
    twice = frozenset(overlaps(view, [line for line in view.lines if view.is_top(line)]))
    for measure in view.measures:
        if not passes(view, measure, filters):
            continue
        standing = measure_status(view, measure, twice)
        by_goal.setdefault(standing.state.now.goal, []).append(standing)
    goals = [
        GoalStatus(view.state(goal).now, tuple(by_goal.pop(goal.id, ())))
        for goal in view.tracker.of(Goal)
        if view.exists(goal)
    ]
    # What is left has no goal, or one that the vocabulary does not hold.
    without = tuple(standing for group in by_goal.values() for standing in group)
    if without:
        goals.append(GoalStatus(None, without))
    everything = [standing for goal in goals for standing in goal.measures]
    if filters != EVERYTHING:
        goals = [goal for goal in goals if goal.measures]
    return Status(tuple(goals), _totals(view, everything, filters, twice), tuple(_requests(view, filters)), filters)


def _requests(view: View, filters: Filters) -> Iterator[RequestStatus]:
    for request in _requests_under(view, filters):
        now, running = view.state(request).now, view.running(request)
        if is_settled(now) and not running:
            continue
        first = next((clock for clock in running if clock.due is not None), None)
        yield RequestStatus(
            request.id,
            now.number,
            now.name,
            step(now),
            first.item if first is not None else None,
            first.due if first is not None else None,
            (first.due - view.as_of).days if first is not None and first.due is not None else None,
            (first.article or None) if first is not None else None,
            sum(clock.name == "question" for clock in running),
        )


def _requests_under(view: View, filters: Filters) -> list[PaymentRequest]:
    """The payment requests that an answer tells of: status and confidence are asked of measures there."""
    theirs = filters.without(("status", "confidence"))
    return [request for request in view.requests if passes(view, request, theirs)]


def measure_status(view: View, measure: Measure, twice: frozenset[str] = frozenset()) -> MeasureStatus:
    """How one measure stands on the view's day; `twice` are the lines that may hold the money of others."""
    milestones = view.milestones_of.get(measure.id, [])
    lines = view.lines_of.get(measure.id, [])
    timed = [(milestone, timing) for milestone in milestones if (timing := view.timing(milestone)) is not None]
    undone = [(milestone, timing) for milestone, timing in timed if timing.word not in ENDED]
    next_due, timing = min(undone, key=lambda pair: pair[1].end or date.max, default=(None, None))
    return MeasureStatus(
        view.tracker.entries[measure.id],
        view.state(measure),
        next_due,
        timing,
        recency(view, measure),
        tuple(money(view, lines, twice)),
        sum(timing.word in WAITING for _, timing in undone),
    )


def money(view: View, lines: Iterable[Funding], twice: frozenset[str]) -> Iterator[MoneyAt]:
    """The top lines among these, added up by instrument, stage and basis; amounts of different bases never meet.

    Of one measure's lines a part whose whole is none of them is a top line: the whole holds money of other measures.
    """
    groups: dict[tuple[bool, str | None, Stage, int | None, Basis | None, str], list[Funding]] = {}
    lines = tuple(lines)
    promised = {line.id: line for line in lines}
    for line in lines:
        now = view.state(line).now
        if view.is_top(line) or (now.counted is not False and now.part_of not in promised):
            shared = len(now.measures or ()) > 1
            # What is not said to be a total or yearly is added to nothing, and a share to no amount of one's own.
            alone = now.id if now.basis is None and now.amount is not None else ""
            key = (shared, now.instrument, view.stage(now), view.undecided(now), now.basis, alone)
            groups.setdefault(key, []).append(now)
    for (shared, instrument, stage, undecided, basis, _), group in sorted(groups.items(), key=lambda item: item[0][0]):
        stated = [line.amount.euros for line in group if line.amount is not None]
        yield MoneyAt(
            instrument,
            stage,
            basis,
            Money(sum(stated, Decimal(0))) if stated else None,
            len(stated),
            len(group) - len(stated),
            any(line.approximate for line in group),
            shared,
            sum(is_inferred(view, promised[line.id]) for line in group),
            sum(line.id in twice for line in group),
            sum(is_older(view, line) for line in group),
            undecided,
        )


def milestones_under(view: View, filters: Filters, measures: Collection[str]) -> list[Milestone]:
    """The milestones that an answer about these measures counts: status and confidence are asked of measures there."""
    theirs = filters.without(("status", "confidence"))
    chosen = [milestone for milestone in view.milestones if passes(view, milestone, theirs)]
    if theirs == filters:
        return chosen
    return [milestone for milestone in chosen if not set(measures).isdisjoint(measures_of(view.state(milestone).now))]


def lines_under(view: View, filters: Filters, measures: Collection[str]) -> list[Funding]:
    """The lines of money that belong to these measures and no others; what is shared is not theirs alone."""
    if filters == EVERYTHING:
        return list(view.lines)
    return [line for line in view.lines if (own := view.state(line).now.measures) and set(own) <= set(measures)]


def _totals(view: View, measures: list[MeasureStatus], filters: Filters, twice: frozenset[str]) -> Totals:
    kept = {standing.state.now.id for standing in measures}
    statuses: Counter[str] = Counter(standing.state.now.status or "unstated" for standing in measures)
    timings: Counter[str] = Counter(
        timing.word if (timing := view.timing(milestone)) is not None else "undated"
        for milestone in milestones_under(view, filters, kept)
    )
    heard = [standing.recency.heard for standing in measures]
    heard.append(last_heard(view, _requests_under(view, filters)))
    latest = max(filter(None, heard), key=lambda last: last.day, default=None)
    return Totals(
        len(measures),
        sum(standing.state.now.key is True for standing in measures),
        sum(standing.state.now.key is False for standing in measures),
        dict(statuses),
        dict(timings),
        latest.said if latest is not None else None,
        tuple(money(view, lines_under(view, filters, kept), twice)),
    )
