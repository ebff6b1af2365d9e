"""Lists of records and one record whole, as JSON."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.records.base import Correction
from elo_cli.model.records.milestone import Evidence, Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.values import LocalText
from elo_cli.render.forms import json
from elo_cli.render.requests.facts import RequestFacts, request_facts
from elo_cli.store.tracker import Entry
from elo_cli.tracking.day.evidence import Standing, pieces, required
from elo_cli.tracking.day.filters import EVERYTHING, Filters
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.view import View
from elo_cli.tracking.listing import Listed
from elo_cli.tracking.texts.finding import Hit


class ListAnswer(NamedTuple):
    """`elo list`."""

    records: Sequence[json.State]
    filters: Filters = EVERYTHING
    """Which filters it is under, by the names of their options; empty without one."""


class DocumentFact(NamedTuple):
    """A document that was brought, in its last version."""

    document: Evidence
    standing: Standing
    """What became of it: `brought`, `verified` or `returned`."""
    day: Period | None
    """When it was verified or returned."""
    body: str | None
    """Who verified or returned it."""
    reason: LocalText | None
    """Why it was returned."""


class RequiredFact(NamedTuple):
    """A piece of evidence that the verification requires."""

    key: str
    standing: Standing
    """That of the best document that covers it; `missing` where none does."""


class EvidenceFacts(NamedTuple):
    """What follows from the evidence of a milestone and the words on it."""

    documents: Sequence[DocumentFact]
    required: Sequence[RequiredFact] | None
    """None where no list of required pieces is known."""


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
    evidence: EvidenceFacts | None = None
    """Of a milestone: what became of its evidence; null for other kinds."""


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


def listed(view: View, listing: Listed) -> ListAnswer:
    """The listed records as they stand."""
    return ListAnswer([json.record(view, row.entry, row.state.now) for row in listing.rows], listing.filters)


def show(view: View, entry: Entry) -> ShowAnswer:
    """One record: how it stands, what was promised and said, and the references on both sides."""
    tracker = view.tracker
    return ShowAnswer(
        json.record(view, entry, view.state(entry.record).now),
        json.promise(entry),
        [json.update(update) for update in entry.record.all_updates],
        entry.record.corrections or (),
        json.links(tracker, tracker.links.get(entry.id, []), outward=True),
        json.links(
            tracker, [link for link in tracker.backlinks.get(entry.id, ()) if view.is_made(link)], outward=False
        ),
        request_facts(view, entry.record) if isinstance(entry.record, PaymentRequest) else None,
        _evidence(view.state(entry.record)) if isinstance(entry.record, Milestone) else None,
    )


def _evidence(state: State[Milestone]) -> EvidenceFacts:
    wanted = required(state)
    return EvidenceFacts(
        [
            DocumentFact(
                piece.document,
                piece.standing,
                piece.day,
                piece.body,
                piece.judged.reason if piece.judged is not None and piece.standing == "returned" else None,
            )
            for piece in pieces(state)
        ],
        [RequiredFact(piece.key, piece.standing) for piece in wanted] if wanted is not None else None,
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
