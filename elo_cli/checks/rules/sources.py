"""Rules about sources: no source, no fact."""

from collections.abc import Iterator

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.checks.rules.links import missing_documents
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Where
from elo_cli.model.records.base import Source
from elo_cli.model.records.vocabulary import Document
from elo_cli.store.tracker import Entry


@rule(
    "source-missing",
    Level.ERROR,
    message=N_("the record names no source"),
    meaning=N_("No source, no fact: without a document nobody can tell whether this was ever promised."),
    remedy=N_(
        "Add sources with the document and the place in it; a document that is missing goes into the vocabulary."
    ),
)
def missing(context: Context) -> Iterator[Spot]:
    """Records without sources, of the kinds that state facts."""
    for entry in context.tracker.entries.values():
        if entry.kind.sourced and entry.record.sources is None:
            yield context.spot(entry)


@rule(
    "source-unknown-document",
    Level.ERROR,
    message=N_("there is no document “{target}” in the vocabulary{hint}"),
    meaning=N_("A reader cannot follow the fact to where it stands."),
    remedy=N_("Mend the id, or add the document to vocabulary/documents.yaml with its title, date and publisher."),
)
def unknown_document(context: Context) -> Iterator[Spot]:
    """References to documents that the vocabulary does not hold."""
    for _, spot in missing_documents(context):
        yield spot


@rule(
    "source-document-undated",
    Level.ERROR,
    message=N_("the document has neither a date nor the day it was read"),
    meaning=N_(
        "What a document says counts from its date; without one, from the day on which somebody read it. With neither, "
        "a grant would appear in years in which nobody knew of it."
    ),
    remedy=N_("Add the document’s date; where it has none, add read with the day on which it was read."),
)
def document_undated(context: Context) -> Iterator[Spot]:
    """Documents without `date` and without `read`."""
    for entry, document in context.of(Document):
        if document.date is None and document.read is None:
            yield context.spot(entry, at_key=True)


@rule(
    "source-update-unsigned",
    Level.WARNING,
    message=N_("the update of {date} does not say who said it or where it stands"),
    meaning=N_("An update is somebody’s word. Without by and without sources nobody answers for it."),
    remedy=N_("Add by with the organisation that reported it, or sources with the document."),
)
def update_unsigned(context: Context) -> Iterator[Spot]:
    """Updates with neither `by` nor `sources`."""
    for entry, index, update in context.updates:
        if update.by is None and update.sources is None:
            yield context.spot(entry, "updates", index, date=update.date)


@rule(
    "source-inferred-without-note",
    Level.WARNING,
    message=N_("{fields} follow from the source, and no note says how"),
    meaning=N_(
        "What is not in the source’s own words is somebody’s reading of it, and a reader must be able to judge that."
    ),
    remedy=N_("Add a note to the source that says what was inferred and how."),
)
def inferred_without_note(context: Context) -> Iterator[Spot]:
    """Sources with `inferred` where neither they nor their record or update have a note."""
    for entry, where, source, fields, noted in context.once(_inferring):
        if source.note is None and not noted:
            yield context.spot(entry, *where, "inferred", fields=", ".join(fields))


@rule(
    "source-inferred-unknown-field",
    Level.WARNING,
    message=N_("“{field}” is said to be inferred, and there is no such field here{hint}"),
    meaning=N_("The mark on a field that follows from the source is lost when the field’s name is wrong."),
    remedy=N_(
        "Write the name of the field as it stands in the record; a part of a field is written such as rrf.instalment."
    ),
)
def inferred_unknown_field(context: Context) -> Iterator[Spot]:
    """Names under `inferred` that are no fields of the kind."""
    for entry, where, _, fields, _ in context.once(_inferring):
        model = entry.kind.update if where[0] == "updates" else entry.kind.record
        known = list(model.model_fields) if model is not None else []
        for index, field in enumerate(fields):
            name = field.partition(".")[0]
            if name not in known:
                yield context.spot(entry, *where, "inferred", index, field=field, hint=context.guess(name, known))


def _inferring(context: Context) -> list[tuple[Entry, Where, Source, list[str], bool]]:
    """Sources from which something was inferred: where they stand, what, and whether a note stands with them."""
    sources: list[tuple[Entry, Where, Source, list[str], bool]] = []
    for entry in context.tracker.entries.values():
        record = entry.record
        for index, source in enumerate(record.sources or ()):
            if source.inferred:
                sources.append((entry, ("sources", index), source, source.inferred, record.note is not None))
    for entry, number, update in context.setting("sources"):
        for index, source in enumerate(update.sources or ()):
            if source.inferred:
                where = ("updates", number, "sources", index)
                sources.append((entry, where, source, source.inferred, update.note is not None))
    return sources
