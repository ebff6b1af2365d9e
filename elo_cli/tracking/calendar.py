"""The days of a strategy as events of a calendar: deadlines, meetings, and what an instrument's rules set."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from elo_cli.model.period import Period
from elo_cli.model.records.base import Record, Update
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.tracking.day.responsibility import responsible
from elo_cli.tracking.day.state import State, exists_from, is_rrf
from elo_cli.tracking.day.timing import effective_end, is_done, last_day
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import deadlines

EventKind = Literal["milestone", "meeting", "reporting", "payment"]
EVENT_KINDS: Final[tuple[EventKind, ...]] = get_args(EventKind)
LONGEST_MEETING: Final = 14
"""Up to this many days a meeting's period is when it is held; a longer one only says when its day will lie."""

EPOCH: Final = date(1970, 1, 1)
"""When a record was changed of which nothing says when."""


class CalendarEvent(NamedTuple):
    """One event: which day or days, of which record, and how often what it says has changed."""

    kind: EventKind
    record: Record
    item: str
    """What of the record it is: `due`, `meeting`, `last_day`, `last_payment_day`, or a reporting day with its year."""
    first: date
    last: date
    certain: bool
    """False where only a longer period is known, and the event stands on its first day."""
    cancelled: bool
    done: bool
    sequence: int
    """How many updates and corrections there have been; it never falls as the day asked about goes on."""
    changed_on: date
    """The day of the last of them, else of the promise."""
    responsible: tuple[str, ...]
    measures: tuple[str, ...]


class CalendarFilters(NamedTuple):
    """Which events are wanted: an organisation's, a measure's, of some kinds; None leaves all in."""

    owner: str | None = None
    measure: str | None = None
    only: tuple[EventKind, ...] = EVENT_KINDS


class CalendarAnswer(NamedTuple):
    """The events by day, and the records that have no day to stand on."""

    events: tuple[CalendarEvent, ...]
    undated: tuple[str, ...]


def calendar(view: View, filters: CalendarFilters | None = None) -> CalendarAnswer:
    """The events of the records that existed on the view's day, as far as they have a day."""
    wanted = filters or CalendarFilters()
    undated: list[str] = []
    events = [*_milestones(view, undated), *_meetings(view, undated), *_instruments(view)]
    kept = [event for event in events if _passes(view, event, wanted)]
    kept.sort(key=lambda event: (event.first, EVENT_KINDS.index(event.kind), event.record.id, event.item))
    return CalendarAnswer(tuple(kept), tuple(undated) if "milestone" in wanted.only else ())


def _milestones(view: View, undated: list[str]) -> Iterator[CalendarEvent]:
    for milestone in view.milestones:
        state = view.state(milestone)
        end = effective_end(view.tracker, state.now)
        # A due that has been taken back is cancelled on the day that calendars have it on.
        taken_back = _last_end(view, milestone, state) if end is None else None
        day = end or taken_back
        if day is None:
            undated.append(milestone.id)
            continue
        yield CalendarEvent(
            "milestone",
            milestone,
            "due",
            day,
            day,
            certain=True,
            cancelled=taken_back is not None or state.now.status == "withdrawn",
            done=is_done(state.now),
            sequence=_sequence(milestone, state.updates),
            changed_on=_changed_on(view, milestone, state.updates),
            responsible=responsible(view, state.now).ids,
            measures=tuple(state.now.measures or ()),
        )


def _last_end(view: View, milestone: Milestone, state: State[Milestone]) -> date | None:
    """The last day that a due had before it was taken back."""
    dues = [milestone.due, *(update.changes().get("due") for update in state.updates)]
    ends = [due.end for due in dues if isinstance(due, Period) and due.end is not None]
    if not ends:
        return None
    last = last_day(view.tracker) if is_rrf(milestone) else None
    return ends[-1] if last is None else min(ends[-1], last)


def _meetings(view: View, undated: list[str]) -> Iterator[CalendarEvent]:
    """Meetings; a series that goes on for months, such as a working group's, has no day of its own."""
    measures: dict[str, dict[str, None]] = {}
    said: Counter[str] = Counter()
    for line in view.lines:
        state_of_line = view.state(line)
        now, updates = state_of_line.now, state_of_line.updates
        if now.decided_at is not None:
            measures.setdefault(now.decided_at, {}).update(dict.fromkeys(now.measures or ()))
        # The event tells what money waits for the meeting, so words on that money change it, also those that move it.
        for decider in {line.decided_at, *(update.changes().get("decided_at") for update in updates)} - {None}:
            said[str(decider)] += len(updates)
    for meeting in view.meetings:
        state = view.state(meeting)
        period = state.now.date
        certain = period.end is not None and (period.end - period.start).days < LONGEST_MEETING
        if not certain and (period.end is None or period.unit in {"range", "open"}):
            undated.append(meeting.id)
            continue
        yield CalendarEvent(
            "meeting",
            meeting,
            "meeting",
            period.start,
            period.end if certain and period.end is not None else period.start,
            certain=certain,
            cancelled=False,
            done=bool(state.now.decisions),
            sequence=_sequence(meeting, state.updates) + said[meeting.id],
            changed_on=_changed_on(view, meeting, state.updates),
            responsible=tuple(state.now.organisers or ()),
            measures=tuple(measures.get(meeting.id, ())),
        )


def _instruments(view: View) -> Iterator[CalendarEvent]:
    """An instrument's days to come, one event an occurrence, so that each keeps its identity for ever."""
    for row in deadlines(view, None).deadlines:
        instrument = view.tracker.get(Instrument, row.id) if row.kind == "instrument" else None
        if instrument is None or row.end is None or row.item is None:
            continue
        fixed = row.item in {"last_day", "last_payment_day"}
        state = view.state(instrument)
        yield CalendarEvent(
            "payment" if row.item == "last_payment_day" else "reporting",
            instrument,
            row.item if fixed else f"{row.item}.{row.end.year}",
            row.end,
            row.end,
            certain=True,
            cancelled=False,
            done=False,
            sequence=_sequence(instrument, state.updates),
            changed_on=_changed_on(view, instrument, state.updates),
            responsible=(),
            measures=(),
        )


def _passes(view: View, event: CalendarEvent, wanted: CalendarFilters) -> bool:
    if event.kind not in wanted.only or (wanted.owner is not None and wanted.owner not in event.responsible):
        return False
    if wanted.measure is None or wanted.measure in event.measures:
        return True
    return isinstance(event.record, Instrument) and view.pays_for(event.record.id, wanted.measure)


def _sequence(record: Record, updates: Sequence[Update]) -> int:
    return len(updates) + len(record.corrections or ())


def _changed_on(view: View, record: Record, updates: Sequence[Update]) -> date:
    """The day of the last update or correction, else of the promise, else of the event's own first day."""
    days = [update.said_on for update in updates]
    days += [correction.date.word_day for correction in record.corrections or ()]
    known = exists_from(view.tracker, record)
    own = record.date.start if isinstance(record, Meeting) else EPOCH
    return max(days, default=known or own)
