"""The days of a strategy as events of a calendar: deadlines, meetings, and what an instrument's rules set."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from elo_cli.model.period import Period
from elo_cli.model.records.base import Record, Update
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.tracking.day.filters import EVERYTHING, Filters, passes, passes_apart
from elo_cli.tracking.day.instruments import last_day
from elo_cli.tracking.day.responsibility import responsible
from elo_cli.tracking.day.state import State, updates_said
from elo_cli.tracking.day.timing import effective_end, is_done
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import deadlines

EventKind = Literal["milestone", "request", "meeting", "reporting", "payment"]
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
    """What of the record it is: `due`, `meeting`, `last_day`, `last_payment_day`, a reporting day with its year, or a
    time of a payment request with the day from which it runs."""
    first: date
    last: date
    certain: bool
    """False where only a longer period is known, and the event stands on its first day."""
    cancelled: bool
    done: bool
    sequence: int
    """How many updates, retractions and corrections there have been of the record and of those that it names; it never
    falls as the day asked about goes on."""
    changed_on: date
    """The day of the last of them, else of the promise."""
    responsible: tuple[str, ...]
    measures: tuple[str, ...]


class CalendarAnswer(NamedTuple):
    """The events by day, and the records that have no day to stand on."""

    events: tuple[CalendarEvent, ...]
    undated: tuple[str, ...]
    filters: Filters = EVERYTHING


def calendar(view: View, filters: Filters = EVERYTHING, only: Sequence[EventKind] = EVENT_KINDS) -> CalendarAnswer:
    """The events of the records that existed on the view's day, of these kinds, as far as they have a day."""
    undated: list[str] = []
    events = [
        *_milestones(view, undated),
        *_requests(view),
        *_meetings(view, undated),
        *_instruments(view),
    ]
    kept = [event for event in events if event.kind in only and _passes(view, event, filters)]
    kept.sort(key=lambda event: (event.first, EVENT_KINDS.index(event.kind), event.record.id, event.item))
    return CalendarAnswer(tuple(kept), _undated(view, undated, filters) if "milestone" in only else (), filters)


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
            sequence=_sequence(view, milestone),
            changed_on=_changed_on(view, milestone),
            responsible=responsible(view, state.now).ids,
            measures=tuple(state.now.measures or ()),
        )


def _requests(view: View) -> Iterator[CalendarEvent]:
    """The times of payment requests that name a day, also those that have ended, so that a calendar keeps them."""
    for request in view.requests:
        state, running = view.state(request), view.running(request)
        measures = {
            measure
            for milestone in view.milestones_of_request[request.id]
            for measure in view.state(milestone).now.measures or ()
        }
        for clock in view.clocks(request):
            if clock.due is None:
                continue
            # A question is known by its key; a time of the same name can run twice, each from its own day.
            since = "" if clock.key is not None or clock.since is None else f".{clock.since.text}"
            yield CalendarEvent(
                "request",
                request,
                f"{clock.item}{since}",
                clock.due,
                clock.due,
                certain=True,
                cancelled=clock.ended is None and clock not in running,
                done=clock.ended is not None,
                sequence=_sequence(view, request),
                changed_on=_changed_on(view, request),
                responsible=(state.now.lead,) if state.now.lead is not None else (),
                measures=tuple(sorted(measures)),
            )


def _last_end(view: View, milestone: Milestone, state: State[Milestone]) -> date | None:
    """The last day that a due had before it was taken back."""
    dues = [milestone.due, *(update.changes().get("due") for update in state.updates)]
    ends = [due.end for due in dues if isinstance(due, Period) and due.end is not None]
    if not ends:
        return None
    last = last_day(view.tracker, state.now)
    return ends[-1] if last is None else min(ends[-1], last)


def _meetings(view: View, undated: list[str]) -> Iterator[CalendarEvent]:
    """Meetings; a series that goes on for months, such as a working group's, has no day of its own."""
    measures: dict[str, dict[str, None]] = {}
    said: Counter[str] = Counter()
    for line in view.lines:
        now, updates = view.state(line).now, _words(view, line)
        if now.decided_at is not None:
            measures.setdefault(now.decided_at, {}).update(dict.fromkeys(now.measures or ()))
        # The event tells what money waits for the meeting, so words on that money change it, also those that move it.
        for decider in {line.decided_at, *(update.changes().get("decided_at") for update in updates)} - {None}:
            said[str(decider)] += _count(updates)
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
            sequence=_sequence(view, meeting) + said[meeting.id],
            changed_on=_changed_on(view, meeting),
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
        yield CalendarEvent(
            "payment" if row.item == "last_payment_day" else "reporting",
            instrument,
            row.item if fixed else f"{row.item}.{row.end.year}",
            row.end,
            row.end,
            certain=True,
            cancelled=False,
            done=False,
            sequence=_sequence(view, instrument),
            changed_on=_changed_on(view, instrument),
            responsible=(),
            measures=(),
        )


def _passes(view: View, event: CalendarEvent, filters: Filters) -> bool:
    if event.kind == "milestone":
        return passes(view, event.record, filters)
    if isinstance(event.record, PaymentRequest):
        when, rest = filters.only(("due",)), filters.without(("due",))
        return passes_apart(view, when, (), (), event.last) and passes(view, event.record, rest)
    measures = view.paid_by(event.record.id) if isinstance(event.record, Instrument) else event.measures
    return passes_apart(view, filters, event.responsible, measures, event.last)


def _undated(view: View, ids: Iterable[str], filters: Filters) -> tuple[str, ...]:
    """Those without a day that pass, meetings as far as they can."""
    return tuple(record_id for record_id in ids if passes(view, view.tracker.entries[record_id].record, filters))


def _words(view: View, record: Record) -> Sequence[Update]:
    """The updates of a record that had been said, those included that were retracted."""
    return [update for _, update in updates_said(record, view.as_of)]


def _count(updates: Sequence[Update]) -> int:
    """How often updates changed what an event says: by being said, and again by being retracted."""
    return len(updates) + sum(update.retracted is not None for update in updates)


def _sequence(view: View, record: Record) -> int:
    """How often what an event of the record says has changed: by words on it, or on what it names and so shows.

    What only a later word names counts from the beginning, so that the number never falls.
    """
    return sum(_count(_words(view, said)) + len(said.corrections or ()) for said in (record, *_named(view, record)))


def _named(view: View, record: Record) -> list[Record]:
    """The records that a record names in any of its words."""
    entries = view.tracker.entries
    links = view.tracker.links.get(record.id, ())
    names = dict.fromkeys(link.target for link in links if link.target in entries and link.target != record.id)
    return [entries[name].record for name in names]


def _changed_on(view: View, record: Record) -> date:
    """The day of the last update, retraction or correction, else of the promise, else of the event's own first day."""
    days = [day for said in (record, *_named(view, record)) for day in _changes(view, said)]
    known = view.exists_from(record)
    own = record.date.start if isinstance(record, Meeting) else EPOCH
    # What the record names may have changed before the record was.
    return max([*days, *([known] if known is not None else [])], default=own)


def _changes(view: View, record: Record) -> Iterator[date]:
    for update in _words(view, record):
        yield update.said_on
        if update.retracted is not None:
            yield update.retracted.date.word_day
    yield from (correction.date.word_day for correction in record.corrections or ())
