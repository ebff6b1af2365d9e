"""Events as an iCalendar file (RFC 5545, RFC 7986) that a calendar takes up again and again without doubling anything.

An event is known by its UID, made from the tracker, the record and what of it the event is; a record that was renamed
keeps the UID of its first id. SEQUENCE counts the updates and corrections of the record and of those that it names,
whose texts the event shows too, so a later file is taken for the newer one.
Nothing depends on the moment of writing: the same data gives the same bytes.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from elo_cli.model.errors import N_
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.render.answers.deadlines import DAY_OF_INSTRUMENT
from elo_cli.render.forms.text import visible
from elo_cli.render.requests.words import clock_name
from elo_cli.render.words import terms
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.filters import filter_text
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.render.words.timing import forecast_text
from elo_cli.tracking.calendar import CalendarAnswer, CalendarEvent
from elo_cli.tracking.day.clocks import CLOCK_RULES
from elo_cli.tracking.day.forecast import forecast
from elo_cli.tracking.day.view import PROPOSED, View

if TYPE_CHECKING:
    from icalendar import Alarm, Event

PRODUCT: Final = "-//elo//elo calendar//EN"
_CATEGORIES: Final = {
    "milestone": N_("Deadlines"),
    "request": N_("Payment requests"),
    "meeting": N_("Meetings"),
    "reporting": N_("Reporting days"),
    "payment": N_("Payments"),
}


def write(language: Language, view: View, answer: CalendarAnswer, alarm: int | None = None) -> bytes:
    """The calendar as the bytes of its file; `alarm` reminds that many days before what is still to come."""
    from icalendar import Calendar, vDuration, vText

    config = view.tracker.config
    filters = filter_text(Names(language, view), answer.filters)
    name = visible(" · ".join(part for part in (language.text(config.name), filters) if part))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", f"calendar.{config.key}@elo")
    calendar.add("name", vText(name, params={"LANGUAGE": language.code}))
    # What calendars read that are older than RFC 7986.
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", config.time_zone)
    if (about := language.text(config.description)) != "":
        calendar.add("description", vText(_plain(about), params={"LANGUAGE": language.code}))
    calendar.add("refresh-interval", vDuration(timedelta(days=1)), parameters={"VALUE": "DURATION"})
    writer = _Writer(language, view, alarm)
    for event in answer.events:
        calendar.add_component(writer.event(event))
    content: bytes = calendar.to_ical(sorted=False)
    return content


class _Writer:
    """Says events in the reader's language."""

    def __init__(self, language: Language, view: View, alarm: int | None) -> None:
        self.language = language
        self.view = view
        self.alarm = alarm
        self.names = Names(language, view)
        self.texts = FieldText(self.names)
        self.tracker = view.tracker.config.key

    def event(self, event: CalendarEvent) -> "Event":
        from icalendar import Event, vText

        stamp = datetime.combine(event.changed_on, time(), UTC)
        spoken = {"LANGUAGE": self.language.code}
        entry = Event()
        entry.add("uid", self._uid(event))
        entry.add("sequence", event.sequence)
        entry.add("dtstamp", stamp)
        entry.add("last-modified", stamp)
        for name, moment in self._span(event):
            entry.add(name, moment)
        entry.add("summary", vText(visible(self._summary(event)), params=spoken))
        entry.add("description", vText(_plain("\n".join(self._description(event))), params=spoken))
        entry.add("categories", [self.language.say(_CATEGORIES[event.kind])])
        entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED" if event.certain else "TENTATIVE")
        now = self.view.state(event.record).now
        if isinstance(now, Meeting) and now.place:
            entry.add("location", vText(visible(self.language.text(now.place)), params=spoken))
        # Nobody is busy all day because something is due.
        entry.add("transp", "TRANSPARENT")
        if self.alarm is not None and not (event.cancelled or event.done) and event.last >= self.view.as_of:
            entry.add_component(self._reminder(event, self.alarm))
        return entry

    def _span(self, event: CalendarEvent) -> Iterator[tuple[str, date]]:
        """When it begins and ends: a meeting by the clock where that is known, anything else all day."""
        now = self.view.state(event.record).now
        starts, ends = (now.starts, now.ends) if isinstance(now, Meeting) and event.certain else (None, None)
        if starts is None:
            yield "dtstart", event.first
            # The end is the day after the last one (RFC 5545, 3.6.1).
            yield "dtend", event.last + timedelta(days=1)
            return
        yield "dtstart", self._moment(event.first, starts)
        if ends is not None and (event.first, starts) < (event.last, ends):
            yield "dtend", self._moment(event.last, ends)

    def _moment(self, day: date, clock: str) -> datetime:
        """A time of the tracker's zone in UTC, which every calendar knows."""
        return datetime.combine(day, time.fromisoformat(clock), self.view.tracker.config.zone).astimezone(UTC)

    def _uid(self, event: CalendarEvent) -> str:
        first_id = (event.record.formerly or [event.record.id])[0]
        return f"{event.item}.{first_id}.{self.tracker}@elo"

    def _reminder(self, event: CalendarEvent, days: int) -> "Alarm":
        from icalendar import Alarm

        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", visible(self._summary(event)))
        reminder.add("trigger", timedelta(days=-days))
        return reminder

    def _summary(self, event: CalendarEvent) -> str:
        say, name = self.language.say, self.names.long(event.record.id)
        if isinstance(event.record, Instrument):
            return f"{self.names.short(event.record.id)}: {self._day_name(event, event.record)}"
        if event.kind == "request":
            # What a time is called has at most two parts: its name, and the key of a question.
            clock = clock_name(self.language, self._clock_item(event))
            name = f"{name}: {clock}"
        if event.cancelled:
            return say(N_("{name} (withdrawn)"), name=name)
        if event.kind in {"milestone", "request"} and event.done:
            return say(N_("{name} (done)"), name=name)
        if not event.certain:
            period = self.view.state(event.record).now.date  # type: ignore[attr-defined]  # only meetings are uncertain
            return say(N_("{name} ({period}, day not known)"), name=name, period=self.language.period(period))
        return name

    @staticmethod
    def _clock_item(event: CalendarEvent) -> str:
        """The item of the time that an event is, without the day from which it runs."""
        return event.item if event.item.startswith("question.") else event.item.partition(".")[0]

    def _day_name(self, event: CalendarEvent, instrument: Instrument) -> str:
        if event.item in DAY_OF_INSTRUMENT:
            return self.language.say(DAY_OF_INSTRUMENT[event.item])
        key = event.item.rpartition(".")[0]
        reporting = (instrument.reporting or {}).get(key)
        return self.language.text(reporting.name, key) if reporting is not None else key

    def _description(self, event: CalendarEvent) -> Iterator[str]:
        say, now = self.language.say, self.view.state(event.record).now
        pair = N_("{head}: {value}")
        if isinstance(now, Milestone):
            yield terms.word(self.language, "type", now.type)
            if now.due is not None:
                yield say(pair, head=terms.head(self.language, "due"), value=self.language.period(now.due))
            yield from self._moved(event, now)
            if (outlook := forecast(self.view, now)) is not None:
                yield _sentence(forecast_text(self.language, outlook))
            if now.status is not None:
                yield say(
                    pair,
                    head=terms.head(self.language, "status"),
                    value=terms.word(self.language, "status", now.status),
                )
        elif isinstance(now, PaymentRequest):
            yield terms.kind_word(self.language, "request")
            if (rule := CLOCK_RULES.get(self._clock_item(event))) is not None:  # type: ignore[call-overload]  # a question has none
                yield rule.article
        elif isinstance(now, Meeting):
            if now.type != "other":
                yield terms.word(self.language, "type", now.type)
            for field in ("agenda", "decides", "decisions"):
                lines = self.texts.lines(field, getattr(now, field)) if getattr(now, field) else []
                if lines:
                    yield f"{terms.head(self.language, field)}:"
                    yield from (f"- {line}" for line in lines)
            yield from self._waiting(event)
        if event.responsible:
            head = "organisers" if isinstance(now, Meeting) else "responsible"
            yield say(pair, head=terms.head(self.language, head), value=self.names.shorts(event.responsible))
        if event.measures and event.kind != "request":
            names = ", ".join(self.names.long(measure) for measure in event.measures)
            yield say(pair, head=terms.head(self.language, "measures"), value=names)
        if now.description:
            yield self.language.text(now.description)
        yield say(pair, head=terms.head(self.language, "id"), value=event.record.id)

    def _moved(self, event: CalendarEvent, now: Milestone) -> Iterator[str]:
        """The due of the promise where it has moved, with why and by whose decision."""
        promised = event.record.due if isinstance(event.record, Milestone) else None
        if promised is None or promised == now.due:
            return
        say = self.language.say
        yield say(N_("Promised: {due}"), due=self.language.period(promised))
        update = self.view.state(event.record).set_by.get("due")
        if update is not None:
            yield from self.texts.grounds(update)

    def _waiting(self, event: CalendarEvent) -> Iterator[str]:
        """The funding lines that wait for the meeting's decision."""
        lines = [
            now
            for line in self.view.lines
            for now in [self.view.state(line).now]
            if now.decided_at == event.record.id and now.stage in PROPOSED
        ]
        if lines:
            yield self.language.say(N_("Funding to be decided on:"))
            for line in lines:
                yield f"- {self.language.text(line.name, line.id)}: {self.texts.amount(line)}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _plain(text: str) -> str:
    """A text of the data without control characters; folding and escaping are the library's business."""
    return visible(text, keep_lines=True).replace("\r", "")
