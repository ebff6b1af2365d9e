"""Lists of records and one record whole, as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.base import Correction
from elo_cli.model.records.request import PaymentRequest
from elo_cli.render.forms import json
from elo_cli.store.tracker import Entry
from elo_cli.tracking.day.filters import EVERYTHING, Filters
from elo_cli.tracking.day.view import View
from elo_cli.tracking.listing import Listed
from elo_cli.tracking.requests import Readiness, RequestStep, request_answer
from elo_cli.tracking.texts.finding import Hit


class ListAnswer(NamedTuple):
    """`elo list`."""

    records: Sequence[json.State]
    filters: Filters = EVERYTHING
    """Which filters it is under, by the names of their options; empty without one."""


class ClockFact(NamedTuple):
    """A time that runs or ran on a payment request."""

    item: str
    """What is waited for: `assessment`, `observations`, `suspension`, `reduction`, or `question.` and its key."""
    article: str | None
    """The provision that sets it; null for a question, of which the Commission sets the day."""
    since: Period | None
    """When it began; null where no word says."""
    due: date | None
    """The last day; null where no day is named from which it could be counted."""
    ended: Period | None
    """The day of the word that ended it; null where none has."""
    running: bool
    """Whether something is still waited for, also when the last day has passed."""


class RequestMilestoneFact(NamedTuple):
    """A milestone of a payment request."""

    id: str
    due: Period | None
    readiness: Readiness
    missing: Sequence[str]
    """Keys of required evidence that nothing covers."""
    eu: str | None
    """Where the EU's assessment of it is."""
    requested: Money | None
    suspended: Money | None
    reduced: Money | None
    paid: Money | None


class RequestFacts(NamedTuple):
    """What follows from a payment request and its milestones, and is stored nowhere."""

    step: RequestStep
    requested: Money | None
    """How much is requested: as a whole, else as the sum of what is said of its milestones."""
    suspended: Money | None
    reduced: Money | None
    paid: Money | None
    outstanding: Money | None
    """What was requested and is neither paid nor lost."""
    missing: Sequence[str]
    """What is to be sent with it and no document covers."""
    clocks: Sequence[ClockFact]
    milestones: Sequence[RequestMilestoneFact]


class ShowAnswer(NamedTuple):
    """`elo show`."""

    record: json.State
    promise: json.Promise
    """What was promised: only what is stated."""
    updates: Sequence[json.Word]
    """Every update, each with what it says only."""
    corrections: Sequence[Correction]
    links: Sequence[json.Linked]
    backlinks: Sequence[json.Linked]
    request: RequestFacts | None = None
    """Of a payment request: what follows from it; null for other kinds."""


class FoundRecord(NamedTuple):
    """A record that holds every word."""

    id: str
    kind: str
    name: Mapping[str, str]
    """By language, as it was promised."""
    field: str
    """The place of the text in which a word was found: `name.fi`, `updates.0.note.sv`."""
    text: str


class FindAnswer(NamedTuple):
    """`elo find`."""

    records: Sequence[FoundRecord]
    """The best first: by id, then by name or abbreviation, then by other texts."""


def listed(view: View, found: Listed) -> ListAnswer:
    """The listed records as they stand."""
    return ListAnswer([json.record(view, row.entry, row.state.now) for row in found.rows], found.filters)


def show(view: View, entry: Entry) -> ShowAnswer:
    """One record: how it stands, what was promised and said, and the references on both sides."""
    tracker = view.tracker
    return ShowAnswer(
        json.record(view, entry, view.state(entry.record).now),
        json.promise(entry),
        [json.update(update) for update in entry.record.all_updates],
        entry.record.corrections or (),
        json.links(tracker, tracker.links.get(entry.id, []), outward=True),
        json.links(tracker, tracker.backlinks.get(entry.id, []), outward=False),
        _request(view, entry.record) if isinstance(entry.record, PaymentRequest) else None,
    )


def _request(view: View, request: PaymentRequest) -> RequestFacts:
    answer, running = request_answer(view, request), view.running(request)
    money = answer.money
    return RequestFacts(
        answer.step,
        money.requested,
        money.suspended,
        money.reduced,
        money.paid,
        money.outstanding,
        answer.attached,
        [
            ClockFact(clock.item, clock.article or None, clock.since, clock.due, clock.ended, clock in running)
            for clock in answer.clocks
        ],
        [
            RequestMilestoneFact(
                one.state.now.id, one.state.now.due, one.readiness, one.missing, one.state.now.eu, *one.money
            )
            for one in answer.milestones
        ],
    )


def found(hits: Sequence[Hit]) -> FindAnswer:
    """What was found, as JSON."""
    return FindAnswer(
        [
            FoundRecord(
                hit.entry.id, hit.entry.kind.name, hit.entry.record.name or {}, ".".join(map(str, hit.where)), hit.text
            )
            for hit in hits
        ]
    )
