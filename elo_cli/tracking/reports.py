"""What a meeting's brief and the report on the recovery facility are made of, as answers without words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.records.base import Support
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.changes.news import News, Recorded, news
from elo_cli.tracking.chase import Chased, chase
from elo_cli.tracking.day.evidence import Lack, lacks, missing_evidence
from elo_cli.tracking.day.filters import EVERYTHING, Filters, passes
from elo_cli.tracking.day.forecast import Forecast, forecast
from elo_cli.tracking.day.instruments import is_rrf, rrf_instruments
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import OBJECTION_MONTHS, WAITING, Timing
from elo_cli.tracking.day.view import PROPOSED, View
from elo_cli.tracking.day.waiting import Obstacle, waits_for
from elo_cli.tracking.deadlines import Deadline, Deadlines, deadlines
from elo_cli.tracking.requests import MilestoneMoney, money_of
from elo_cli.tracking.status import Status, status
from elo_cli.tracking.timeline import quarter_end

_NOT_COUNTED_FROM: Final = frozenset({"budget-session", "mid-term-review", "preparation"})
"""The types of meetings and days that no news is counted from: nobody came together there to follow the strategy."""


class Pending(NamedTuple):
    """What waits for a decision, and the meeting that takes it; None where no meeting is named."""

    meeting: str | None
    lines: tuple[Funding, ...]
    """The funding lines, as they stand."""
    questions: tuple[str, ...]
    """The keys of what the meeting itself lists as to be decided."""


class Slip(NamedTuple):
    """A milestone whose due is no longer the promised one."""

    state: State[Milestone]
    timing: Timing | None


class Brief(NamedTuple):
    """Everything that one wants to know before a meeting."""

    meeting: State[Meeting]
    previous: State[Meeting] | None
    standing: Status
    news: News | None
    late: tuple[Deadline, ...]
    coming: tuple[Deadline, ...]
    until: date
    """The last day of what is listed as coming: the end of the quarter after the present one."""
    pending: tuple[Pending, ...]
    slips: tuple[Slip, ...]
    chased: tuple[Chased, ...]


class RrfRow(NamedTuple):
    """A milestone or target of the facility, with its timing and the evidence that is still missing."""

    state: State[Milestone]
    timing: Timing | None
    missing: tuple[str, ...] | None
    """Keys of required evidence that nothing covers; empty when no list is known and there is none at all."""
    disagree: bool
    """Whether what its doer says and what the EU says do not go together."""
    lacks: tuple[Lack, ...]
    """What stands in the way of asking for its payment."""
    forecast: Forecast | None = None
    waits_for: tuple[Obstacle, ...] = ()
    """What is off track or overdue, and must be reached first."""
    money: MilestoneMoney | None = None
    """What its payment request says of its money."""
    requested: bool = False
    """Whether its payment request was sent."""

    @property
    def late_forecast(self) -> bool:
        """Whether those who do it expect it after its last day."""
        return self.forecast is not None and self.forecast.is_late

    @property
    def proof_missing(self) -> bool:
        """Whether it was reported as completed, and evidence that is required is missing, or all of it."""
        return "not-completed" not in self.lacks and not {"none", "missing", "returned"}.isdisjoint(self.lacks)

    @property
    def under_goal(self) -> bool:
        """Whether it was reported as completed with a value that does not reach the goal."""
        return "not-completed" not in self.lacks and "under-goal" in self.lacks

    @property
    def contested(self) -> bool:
        """Whether the EU objects: to what was reported as completed, or by holding back what was requested for it."""
        return (self.timing is not None and self.timing.word == "contested") or (
            self.money is not None and self.money.objected
        )

    @property
    def ready(self) -> bool:
        """Whether it can be requested: completed, proven, up to its goal, and not requested yet."""
        return not self.lacks and not self.requested and self.state.now.eu in {None, "not-requested"}


class Instalment(NamedTuple):
    """The milestones and targets of an instalment, of its grant or its loan where they say which."""

    number: int | None
    """None for those whose instalment is not known; they come last."""
    support: Support | None
    rows: tuple[RrfRow, ...]
    request: str | None
    """The payment request that asks for it."""


class RrfAnswer(NamedTuple):
    """The facility's milestones by instalment, and the days that its rules set."""

    instalments: tuple[Instalment, ...]
    last_days: tuple[tuple[date, tuple[str, ...]], ...]
    """Each last day for milestones and targets, the earliest first, with the instruments whose it is."""
    days: tuple[Deadline, ...]
    """The last days and the reporting days to come, within a year."""


def brief(view: View, meeting: Meeting, since: Period | None = None, recorded: Recorded | None = None) -> Brief:
    """The brief for a meeting: as things had been said by the view's day, and what is news since another one.

    `since` is the day of the previous meeting of the series unless another is given; without it there is no news.
    """
    before = previous_meeting(view, meeting)
    until = quarter_end(quarter_end(view.as_of) + timedelta(days=1))
    answer: Deadlines = deadlines(view, until)
    rows = [row for row in answer.deadlines if row.id != meeting.id]
    return Brief(
        view.state(meeting),
        view.state(before) if before is not None else None,
        status(view),
        news(view, since, recorded) if since is not None else None,
        tuple(row for row in rows if row.timing in WAITING),
        tuple(row for row in rows if row.timing not in WAITING),
        until,
        tuple(pending(view)),
        tuple(slips(view)),
        chase(view),
    )


def next_meeting(view: View) -> Meeting | None:
    """The meeting that ends first on the view's day or later; a series that is under way is no meeting to prepare."""
    for meeting in sorted(
        view.meetings, key=lambda meeting: (view.state(meeting).now.date.end or date.max, meeting.id)
    ):
        held = view.state(meeting).now.date
        if held.end is not None and held.end >= view.as_of and not (held.unit == "range" and held.start < view.as_of):
            return meeting
    return None


def last_meeting(view: View) -> Meeting | None:
    """The last meeting of those who follow the strategy that has passed; a day of its preparation is none."""
    passed = [
        (held.end, meeting.id, meeting)
        for meeting in view.meetings
        if (held := view.state(meeting).now.date).end is not None
        and held.end < view.as_of
        and held.unit != "range"
        and meeting.type not in _NOT_COUNTED_FROM
    ]
    return max(passed, key=lambda meeting: meeting[:2])[2] if passed else None


def previous_meeting(view: View, meeting: Meeting) -> Meeting | None:
    """The last meeting of the same series that ended before this one began.

    A working group that meets for months has no day to count from.
    """
    now = view.state(meeting).now
    start = now.date.start
    ended = [
        (held.end, other.id, other)
        for other in view.meetings
        if (held := view.state(other).now.date).end is not None
        and held.end < start
        and held.unit != "range"
        and other.id != meeting.id
        and _same_series(now, view.state(other).now)
    ]
    return max(ended, key=lambda meeting: meeting[:2])[2] if ended else None


def _same_series(meeting: Meeting, other: Meeting) -> bool:
    """Whether two meetings name one series; where neither names any, are of one type and share an organiser."""
    if meeting.series is not None or other.series is not None:
        return meeting.series == other.series
    if meeting.type != other.type:
        return False
    return not (meeting.organisers and other.organisers) or not set(meeting.organisers).isdisjoint(other.organisers)


def pending(view: View) -> Iterator[Pending]:
    """What waits for a decision, by the meeting that takes it, the next one first; what names no meeting comes last."""
    lines: dict[str | None, list[Funding]] = defaultdict(list)
    for line in view.lines:
        now = view.state(line).now
        # A part is decided with its whole and stands beneath it.
        if view.is_top(line) and now.stage in PROPOSED:
            lines[now.decided_at].append(now)
    for meeting in view.meetings:
        now_meeting = view.state(meeting).now
        decided = now_meeting.decisions or {}
        questions = tuple(key for key in now_meeting.decides or {} if key not in decided)
        waiting = lines.pop(meeting.id, [])
        # An item of the agenda that goes by the id of a line is that line.
        questions = tuple(key for key in questions if key not in {line.id for line in waiting})
        if waiting or (questions and not (decided and (now_meeting.date.end or date.max) < view.as_of)):
            yield Pending(meeting.id, tuple(waiting), questions)
    for left, waiting in sorted(lines.items(), key=lambda item: (item[0] is None, item[0] or "")):
        yield Pending(left, tuple(waiting), ())


def slips(view: View) -> Iterator[Slip]:
    """The milestones whose due has moved, by their present due."""
    moved = []
    for milestone in view.milestones:
        state = view.state(milestone)
        if milestone.due is not None and state.now.due is not None and state.now.due != milestone.due:
            moved.append(Slip(state, view.timing(milestone)))
    yield from sorted(moved, key=lambda slip: (slip.state.now.due or slip.state.promise.due, slip.state.now.id))


def rrf(view: View, filters: Filters = EVERYTHING) -> RrfAnswer:
    """The facility's milestones and targets by instalment and due, and the days that its rules set within a year."""
    groups: dict[tuple[int | None, Support | None], list[RrfRow]] = defaultdict(list)
    for milestone in view.milestones:
        state = view.state(milestone)
        if not is_rrf(view.tracker, state.now) or not passes(view, milestone, filters):
            continue
        groups[state.now.instalment, state.now.support].append(
            RrfRow(
                state,
                view.timing(milestone),
                missing_evidence(state),
                _disagree(state.now),
                lacks(state),
                forecast(view, milestone),
                waits_for(view, milestone),
                money_of(view, milestone),
                (request := view.request_of.get(milestone.id)) is not None and view.state(request).now.sent is True,
            )
        )
    for group in groups.values():
        group.sort(key=lambda row: (_end(row), row.state.now.id))
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0, item[0][1] or ""))
    coming = deadlines(view, view.as_of + timedelta(days=366)).deadlines
    instruments = list(rrf_instruments(view.tracker))
    last_days: dict[date, list[str]] = defaultdict(list)
    for instrument in instruments:
        if instrument.last_day is not None:
            last_days[instrument.last_day].append(instrument.id)
    ids = {instrument.id for instrument in instruments}
    return RrfAnswer(
        tuple(Instalment(*key, tuple(rows), _request_of(view, rows)) for key, rows in ordered),
        tuple((day, tuple(those)) for day, those in sorted(last_days.items())),
        tuple(row for row in coming if row.kind == "instrument" and row.id in ids),
    )


def _request_of(view: View, rows: Iterable[RrfRow]) -> str | None:
    """The payment request of the milestones, where they have the same one."""
    requests = {request.id for row in rows if (request := view.request_of.get(row.state.now.id)) is not None}
    return next(iter(requests)) if len(requests) == 1 else None


def _end(row: RrfRow) -> date:
    return row.timing.end if row.timing is not None and row.timing.end is not None else date.max


def _disagree(now: Milestone) -> bool:
    """Delivery and assessment are two things; they contradict each other only where one denies what the other says."""
    if now.eu in {"positive", "fulfilled"}:
        return now.status is not None and now.status != "completed"
    return now.status == "completed" and now.eu in OBJECTION_MONTHS
