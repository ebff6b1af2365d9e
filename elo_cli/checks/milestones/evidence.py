"""Rules about what shows that a milestone was reached: what is required, what was brought, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, cast

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase, Where
from elo_cli.model.records.base import Record
from elo_cli.model.records.milestone import Evidence, Milestone, MilestoneUpdate
from elo_cli.model.records.request import ATTACHED, PaymentRequest
from elo_cli.tracking.day.evidence import Piece, pieces
from elo_cli.tracking.day.instruments import is_rrf
from elo_cli.tracking.day.state import State, standing

if TYPE_CHECKING:
    from elo_cli.store.tracker import Entry


@rule(
    "evidence-list-missing",
    Level.NOTE,
    message=N_("{where} with a verification mechanism and no list of the evidence that it requires: {n}"),
    meaning=N_(
        "The mechanism says in words which documents shall show that a milestone was reached. Until they stand in a "
        "list, each under a key, nobody can say which of them is missing. It is said once an instalment, at the first "
        "of its milestones."
    ),
    remedy=N_(
        "Read the mechanism, and set verification.evidence.KEY to the name of each document with elo set, or by a "
        "mapping."
    ),
)
def list_missing(context: Context) -> Iterator[Spot]:
    """RRF milestones with a mechanism and without a list, once an instalment, unless nothing is waited for any more."""
    groups: dict[int | None, list[tuple[Entry, State[Milestone]]]] = defaultdict(list)
    for entry, state in context.states(Milestone):
        now = state.now
        verification = now.verification
        if verification is None or now.eu == "fulfilled" or now.status == "withdrawn":
            continue
        if not is_rrf(context.tracker, now):
            continue
        if verification.mechanism is not None and verification.evidence is None:
            groups[now.instalment].append((entry, state))
    for instalment, group in groups.items():
        where = (
            Phrase(N_("milestones and targets without an instalment"))
            if instalment is None
            else Phrase(N_("milestones and targets of instalment {number}"), {"number": instalment})
        )
        entry, state = group[0]
        place = context.place(state, "verification")
        yield context.spot(entry, *place, at_key=True, where=where, n=len(group))


@rule(
    "evidence-covers-unknown",
    Level.WARNING,
    message=N_("“{key}” is none of the pieces that are required: {known}{guess}"),
    meaning=N_(
        "A document covers pieces of evidence by the keys that verification.evidence gives them; one of a payment "
        "request covers what is sent with it (Regulation (EU) 2021/241, Article 22(2)(c))."
    ),
    remedy=N_("Mend the key in covers; or add the piece to verification.evidence, if it is required."),
)
def covers_unknown(context: Context) -> Iterator[Spot]:
    """Documents that cover a key which is not in the list of required pieces."""
    for entry, record in evidenced(context):
        known = _required(context, record)
        if known is None:
            continue
        stand = {index for index, _ in context.standing(record)}
        for where, document in documents(record):
            if where[0] == "updates" and where[1] not in stand:
                continue
            for place, key in enumerate(document.covers or ()):
                if key not in known:
                    guess = context.guess(key, list(known))
                    yield context.spot(entry, *where, "covers", place, key=key, known=", ".join(known), guess=guess)


def _required(context: Context, record: Milestone | PaymentRequest) -> Iterable[str] | None:
    if isinstance(record, PaymentRequest):
        return ATTACHED
    verification = context.view.state(record).now.verification
    return verification.evidence if verification is not None else None


@rule(
    "evidence-not-brought",
    Level.WARNING,
    message=N_("“{key}” was {word}, and no document under that label, or that covers it, had been brought by then"),
    meaning=N_("An update verifies or returns what an earlier one, the promise or itself has brought."),
    remedy=N_(
        "Mend the key: a label of a document in evidence, or a key that its covers names; or record the document."
    ),
)
def not_brought(context: Context) -> Iterator[Spot]:
    """Updates that verify or return what nobody had brought."""
    brought: dict[str, dict[str, set[tuple[date, date]]]] = {}
    for field, word in _JUDGED.items():
        for entry, index, update in context.setting(field):
            for place, key in enumerate(getattr(update, field) or ()):
                if entry.id not in brought:
                    brought[entry.id] = _brought(cast("Milestone", entry.record))
                times = brought[entry.id].get(key, ())
                if not any(since <= update.said_on < until for since, until in times):
                    yield context.spot(entry, "updates", index, field, place, key=key, word=word)


def _brought(milestone: Milestone) -> dict[str, set[tuple[date, date]]]:
    """When something stood under each key, a label or a covered piece: since the word, until it was retracted."""
    times: dict[str, set[tuple[date, date]]] = defaultdict(set)
    words = [(milestone.evidence, date.min, date.max)]
    for update in milestone.all_updates:
        if update.is_retracted(date.min):
            continue
        until = update.retracted.date.word_day if update.retracted is not None else date.max
        words.append((update.changes().get("evidence"), update.said_on, until))
    for documents_of_word, since, until in words:
        for document in documents_of_word or ():
            for key in (document.label, *(document.covers or ())):
                if key is not None:
                    times[key].add((since, until))
    return times


_JUDGED = {"verified": Phrase(N_("verified")), "returned": Phrase(N_("returned"))}


@rule(
    "evidence-judged-twice",
    Level.ERROR,
    message=N_("“{key}” is both verified and returned by updates of {day}"),
    meaning=N_("Which of the two holds, nobody can tell."),
    remedy=N_("Keep the one that holds, or give the later one its own day."),
)
def judged_twice(context: Context) -> Iterator[Spot]:
    """Evidence that is verified and returned on one day."""
    verified = {
        (entry.id, update.said_on, key)
        for entry, _, update in context.setting("verified")
        for key in cast("MilestoneUpdate", update).verified or ()
    }
    for entry, index, update in context.setting("returned"):
        for place, key in enumerate(cast("MilestoneUpdate", update).returned or ()):
            if (entry.id, update.said_on, key) in verified:
                yield context.spot(entry, "updates", index, "returned", place, key=key, day=update.date)


@rule(
    "evidence-verified-by-other",
    Level.WARNING,
    message=N_("“{title}” was verified by {body}, {why}"),
    meaning=N_(
        "Evidence shows something when somebody else than those who bring it has looked at it: the verifier that the "
        "milestone names, or without one any body but the one that brought it."
    ),
    remedy=N_(
        "Ask the verifier, and record the answer by an update of its own. If another body verifies now, an update sets "
        "verifier, with reason and decided_by; a verification that was none is taken back by elo retract."
    ),
)
def verified_by_other(context: Context) -> Iterator[Spot]:
    """Evidence that was verified by another body than the one that has that task, or by the one that brought it."""
    judged = {entry.id for entry, _, _ in context.setting("verified")}
    for entry, state in context.states(Milestone):
        if entry.id not in judged:
            continue
        named = [
            (update.said_on, update.changes()["verifier"]) for update in state.updates if "verifier" in update.changes()
        ]
        for piece in pieces(state):
            body = piece.body
            if piece.standing != "verified" or piece.judged is None or body is None:
                continue
            # The one that had the task on that day: it may be another body's today.
            had = [verifier for day, verifier in named if day <= piece.judged.said_on]
            verifier = had[-1] if had else state.promise.verifier
            own = piece.update is not None and body == piece.update.by
            if body == verifier or (verifier is None and not own):
                continue
            why = (
                Phrase(N_("which brought it itself"))
                if own
                else Phrase(N_("and the verifier is {verifier}"), {"verifier": verifier})
            )
            index = context.index_of(state.promise, piece.judged)
            assert index is not None  # noqa: S101 - what judged it is one of the updates
            where = ("updates", index, "verified")
            yield context.spot(entry, *where, at_key=True, title=piece.document.title, body=body, why=why)


@rule(
    "evidence-returned-without-reason",
    Level.WARNING,
    message=N_("“{keys}” was returned, and no reason is given"),
    meaning=N_("Whoever has to bring a document again has to know what it lacked."),
    remedy=N_("Add reason to the update."),
)
def returned_without_reason(context: Context) -> Iterator[Spot]:
    """Updates that return evidence without saying why."""
    for entry, index, update in context.setting("returned"):
        keys = cast("MilestoneUpdate", update).returned
        if keys and update.reason is None:
            yield context.spot(entry, "updates", index, "returned", at_key=True, keys=", ".join(keys))


@rule(
    "evidence-place-missing",
    Level.NOTE,
    message=N_("“{title}” has neither an address nor an archive reference"),
    meaning=N_("A document that nobody can find shows nothing to an auditor."),
    remedy=N_("Record it again with uri, or with archive: a reference such as VN/1234/2024 or a path."),
)
def place_missing(context: Context) -> Iterator[Spot]:
    """Documents of which nobody says where they are."""
    for entry, record in evidenced(context):
        for piece in pieces(context.view.state(record)):
            if piece.document.uri is None and piece.document.archive is None:
                yield context.spot(entry, *place_of(context, record, piece), title=piece.document.title)


def evidenced(context: Context) -> "Iterator[tuple[Entry, Milestone | PaymentRequest]]":
    """The records with which documents are recorded, or may be."""
    brought = {entry.id for entry, _, _ in context.setting("evidence")}
    yield from ((entry, record) for entry, record in context.of(Milestone) if record.evidence or entry.id in brought)
    yield from (
        (entry, record) for entry, record in context.of(PaymentRequest) if record.evidence or entry.id in brought
    )


def place_of(context: Context, record: Record, piece: Piece) -> Where:
    """Where a document stands in the file of its record."""
    index = context.index_of(record, piece.update)
    return ("evidence", piece.place) if index is None else ("updates", index, "evidence", piece.place)


def documents(record: Milestone | PaymentRequest) -> Iterator[tuple[tuple[str | int, ...], Evidence]]:
    """Every document of a record with its place: the promise's, and then what each update brings."""
    for index, document in enumerate(record.evidence or ()):
        yield ("evidence", index), document
    for number, update in standing(record, date.max):
        for index, document in enumerate(update.changes().get("evidence") or ()):
            yield ("updates", number, "evidence", index), document
