"""What is late, what nobody has said a word about, and what comes: records with a due, and the days of instruments."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple, TypedDict

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.period import Period, months_later
from elo_cli.model.records.base import Update
from elo_cli.model.records.measure import Confidence, Status
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.model.values import LocalText
from elo_cli.tracking.day.clocks import is_settled
from elo_cli.tracking.day.filters import EVERYTHING, Filters, passes, passes_apart
from elo_cli.tracking.day.forecast import Forecast, forecast
from elo_cli.tracking.day.responsibility import responsible
from elo_cli.tracking.day.state import known_from
from elo_cli.tracking.day.timing import ENDED, PRESSING, WAITING, TimingWord, timing_of
from elo_cli.tracking.day.view import PROPOSED, View
from elo_cli.tracking.day.waiting import Obstacle, waits_for

FailOn = Literal["overdue", "unreported", "due-soon", "never"]
DEFAULT_WINDOW: Final = "6m"
"""Half a year: the forum meets about twice a year, and the RRF is reported on twice a year (2021/2106 art. 2)."""

_WINDOW: Final = re.compile(r"(?P<number>[1-9][0-9]{0,3})(?P<unit>[dwmy])")
_KINDS: Final = ("milestone", "request", "meeting", "instrument")


class Deadline(NamedTuple):
    """A day that something is waited for on, and what the day asked about makes of it."""

    id: str
    kind: Literal["milestone", "request", "meeting", "instrument"]
    item: str | None
    """For an instrument, which of its days: a key of its reporting calendar, `last_day` or `last_payment_day`.

    For a payment request, what is waited for: `expected` (that it is sent), `assessment`, `observations`, `suspension`,
    `reduction`, or `question.` and the question's key.
    """
    name: LocalText
    due: Period
    end: date | None
    """The last day that counts: of the due, or the instrument's when that comes before it."""
    timing: TimingWord
    days: int | None
    """Days from the day asked about to the last day; negative when it has passed, None when the due is open."""
    measures: tuple[str, ...]
    responsible: tuple[str, ...]
    """Who is to be asked: those whom the milestone names, else those of its measures; a meeting's organisers."""
    responsible_from: Literal["record", "measures"] | None
    """Whether the record itself names them, or only its measures do; None when nobody is named."""
    promised: Period | None = None
    """The due of the promise, when an update has moved it."""
    slip: int | None = None
    """By how many days it has moved, positive when later; None where there are no two last days to compare."""
    reason: LocalText | None = None
    """Why it has moved."""
    decided_by: str | None = None
    status: Status | None = None
    confidence: Confidence | None = None
    forecast: Forecast | None = None
    """When a milestone is expected to be reached."""
    waits_for: tuple[Obstacle, ...] = ()
    """What is off track or overdue, and must be reached first."""
    article: str | None = None
    """The provision that sets the time, of a payment request."""


class Deadlines(NamedTuple):
    """The answer: what is listed, until when, and how much comes after that."""

    until: date | None
    """The last day of the window; None for all that is to come."""
    later: int
    """How many deadlines pass the filters and come after the window; a reporting calendar is not counted."""
    deadlines: tuple[Deadline, ...]
    filters: Filters = EVERYTHING
    """Which filters it is under, by the names of their options; empty without one."""


def window_end(text: str, as_of: date) -> date | None:
    """The last day of a window such as `90d`, `2w`, `6m`, `1y`; None for `all`.

    Months and years are the calendar's: from 31 August `6m` leads to the last day of February. Raises UsageProblem.
    """
    if text == "all":
        return None
    match = _WINDOW.fullmatch(text)
    if match is None:
        raise UsageProblem(N_("“{text}” is not a stretch of time; right would be 90d, 2w, 6m, 1y or all"), text=text)
    number = int(match["number"])
    try:
        if match["unit"] in "dw":
            return as_of + timedelta(days=number * (7 if match["unit"] == "w" else 1))
        return months_later(as_of, number * (12 if match["unit"] == "y" else 1))
    except (OverflowError, ValueError):
        # Later than the calendar's last year: nothing is left out.
        return None


def deadlines(view: View, until: date | None, filters: Filters = EVERYTHING) -> Deadlines:
    """What has passed without being done, the oldest first, and then what comes until that day, the next first."""
    listed = [
        deadline
        for deadline in (*_milestones(view), *_requests(view), *_meetings(view), *_instruments(view, until))
        if _passes(view, deadline, filters)
    ]
    late = [deadline for deadline in listed if deadline.timing in WAITING]
    coming = [deadline for deadline in listed if deadline.timing not in WAITING]
    shown = [deadline for deadline in coming if until is None or (deadline.end is not None and deadline.end <= until)]
    return Deadlines(until, len(coming) - len(shown), (*sorted(late, key=_order), *sorted(shown, key=_order)), filters)


def fails(rows: Iterable[Deadline], fail_on: FailOn) -> bool:
    """Whether something is as grave as asked: due-soon is less than unreported, that less than contested or overdue."""
    if fail_on == "never":
        return False
    grave = PRESSING[: PRESSING.index(fail_on) + 1]
    return any(row.timing in grave for row in rows)


def _order(deadline: Deadline) -> tuple[date, int, str, str]:
    return (deadline.end or date.max, _KINDS.index(deadline.kind), deadline.id, deadline.item or "")


def _milestones(view: View) -> Iterator[Deadline]:
    for milestone in view.milestones:
        state, timing = view.state(milestone), view.timing(milestone)
        now = state.now
        if timing is None or timing.word in ENDED or now.due is None:
            continue
        if timing.word == "contested" and timing.end is not None and view.objection_clock(milestone) is not None:
            # Its payment request tells of the same time, once for all its milestones.
            continue
        who = responsible(view, now)
        yield Deadline(
            milestone.id,
            "milestone",
            None,
            now.name or {},
            now.due,
            timing.end,
            timing.word,
            timing.days,
            tuple(now.measures or ()),
            *who,
            **_moved(milestone.due, now.due, state.set_by.get("due")),
            status=now.status,
            confidence=now.confidence,
            forecast=forecast(view, milestone),
            waits_for=waits_for(view, milestone),
        )


def _requests(view: View) -> Iterator[Deadline]:
    """What is waited for of payment requests; a time for which no day is named has no place among days."""
    for request in view.requests:
        now = view.state(request).now
        lead = (now.lead,) if now.lead is not None else ()
        waited = [
            (clock.item, Period.of_day(clock.due), clock.article or None)
            for clock in view.running(request)
            if clock.due is not None
        ]
        if now.expected is not None and not (now.sent or now.assessment or is_settled(now)):
            waited.append(("expected", now.expected, None))
        for item, due, article in waited:
            timing = timing_of(view.tracker, due.end, view.as_of)
            moved = _moved(request.expected, due, view.state(request).set_by.get("expected"))
            yield Deadline(
                request.id,
                "request",
                item,
                now.name or {},
                due,
                timing.end,
                timing.word,
                timing.days,
                (),
                lead,
                "record" if lead else None,
                **(moved if item == "expected" else _moved(None, due, None)),
                article=article,
            )


def _meetings(view: View) -> Iterator[Deadline]:
    """Meetings to come, and those that have passed although something waits for their decision and nobody has said it.

    A series that is under way, such as a working group that meets from April to April, is no deadline, and neither is
    one without an end.
    """
    waiting = _waiting(view)
    for meeting in view.meetings:
        state = view.state(meeting)
        now, measures = state.now, waiting.get(meeting.id)
        timing = timing_of(view.tracker, now.date.end, view.as_of)
        under_way = now.date.unit == "range" and now.date.start < view.as_of
        if timing.end is None or now.decisions or (under_way and timing.end >= view.as_of):
            continue
        if timing.word == "unreported" and measures is None and not now.decides:
            continue
        organisers = tuple(now.organisers or ())
        yield Deadline(
            meeting.id,
            "meeting",
            None,
            now.name or {},
            now.date,
            timing.end,
            timing.word,
            timing.days,
            tuple(measures or ()),
            organisers,
            "record" if organisers else None,
            **_moved(meeting.date, now.date, state.set_by.get("date")),
        )


def _waiting(view: View) -> dict[str, dict[str, None]]:
    """For each meeting that money waits for: the measures which that money is for, each once."""
    waiting: dict[str, dict[str, None]] = {}
    for line in view.lines:
        now = view.state(line).now
        if now.decided_at is not None and now.stage in PROPOSED:
            waiting.setdefault(now.decided_at, {}).update(dict.fromkeys(now.measures or ()))
    return waiting


def _instruments(view: View, until: date | None) -> Iterator[Deadline]:
    """The days that an instrument's rules set: its last days, and its reporting calendar in the window.

    Nobody reports here that a report was given, so only days to come are listed, and a day of the calendar only once
    the acts that set it were given. The calendar ends with the
    instrument's last payment day: the rules that were read name no reporting after the payments (2021/241 art. 24(1),
    2021/2106 art. 2), and a calendar that went on would be invented. Without such a day and without a window each day
    of the calendar is listed once, at its next coming.
    """
    for instrument in view.tracker.of(Instrument):
        if not view.exists(instrument):
            continue
        for item, last in (("last_day", instrument.last_day), ("last_payment_day", instrument.last_payment_day)):
            if last is not None and last >= view.as_of:
                yield _day_of(view, instrument, item, view.state(instrument).now.name or {}, last)
        for key, reporting in (instrument.reporting or {}).items():
            given = (known_from(view.tracker, act) for act in reporting.set_by or ())
            if any(day is not None and day > view.as_of for day in given):
                continue
            for day in _occurrences(reporting.day, view.as_of, instrument.last_payment_day, until):
                yield _day_of(view, instrument, key, reporting.name, day)


def _occurrences(month_day: str, first: date, end: date | None, until: date | None) -> Iterator[date]:
    """The days `month_day` (04-30) of every year from `first` on; one only when no last day and no window ends them."""
    month, day = (int(part) for part in month_day.split("-"))
    last = min((stop for stop in (end, until) if stop is not None), default=None)
    for year in range(first.year, date.max.year + 1):
        occurrence = date(year, month, day)
        if last is not None and occurrence > last:
            return
        if occurrence >= first:
            yield occurrence
            if last is None:
                return


def _day_of(view: View, instrument: Instrument, item: str, name: LocalText, day: date) -> Deadline:
    timing = timing_of(view.tracker, day, view.as_of)
    return Deadline(
        instrument.id, "instrument", item, name, Period.of_day(day), day, timing.word, timing.days, (), (), None
    )


def _passes(view: View, deadline: Deadline, filters: Filters) -> bool:
    record = view.tracker.entries[deadline.id].record
    if deadline.kind == "milestone":
        return passes(view, record, filters)
    if deadline.kind == "request":
        # When a time of its own ends is not when its milestones are due.
        when = filters.only(("due", "timing"))
        rest = filters.without(("due", "timing"))
        return passes_apart(view, when, (), (), deadline.end, deadline.timing) and passes(view, record, rest)
    return passes_apart(view, filters, deadline.responsible, _concerned(view, deadline), deadline.end, deadline.timing)


def _concerned(view: View, deadline: Deadline) -> tuple[str, ...]:
    """The measures that a deadline is about: of an instrument's day, those that its money pays for."""
    return view.paid_by(deadline.id) if deadline.kind == "instrument" else deadline.measures


class _Moved(TypedDict):
    promised: Period | None
    slip: int | None
    reason: LocalText | None
    decided_by: str | None


def _moved(promised: Period | None, due: Period, update: Update | None) -> _Moved:
    """How far a due lies from the promised one, and why and by whose decision it was moved."""
    if promised is None or promised == due:
        return {"promised": None, "slip": None, "reason": None, "decided_by": None}
    both = promised.end is not None and due.end is not None
    return {
        "promised": promised,
        "slip": (due.end - promised.end).days if both else None,  # type: ignore[operator]  # both have an end
        "reason": update.reason if update is not None else None,
        "decided_by": update.decided_by if update is not None else None,
    }
