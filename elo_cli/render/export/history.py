"""The history as a table: every value of every field, with the days on which it held and the commits that recorded it.

A row is one value. It held from `valid_from` up to `valid_to`, by what had been said; and that is what stood in the
records from `recorded_from` up to `recorded_to`, by the commits along first parents. Ends are not among the days, and
an empty one is open. So the rows that hold on a day and had been recorded by a revision are what
`--as-of DAY --rev REV` answers. Fields have the names of the columns that the kinds' tables have.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.money import plain_decimal
from elo_cli.model.records.base import Record, Source, Update
from elo_cli.render.export.columns import Cell, Child, Column, children_of, columns_of
from elo_cli.render.export.tables import TableData, own_column
from elo_cli.store.git.source import RevisionSource, at_revision
from elo_cli.store.source import WorkTree
from elo_cli.store.tracker import Entry, Tracker
from elo_cli.tracking.recorded import Stretch, recorded, stretches


class History(NamedTuple):
    """What has been recorded up to a revision."""

    values: TableData
    revisions: TableData
    begins: datetime | None
    """Where the history at hand is cut off, as in a shallow clone: the moment from which it knows; else None."""


class _Field(NamedTuple):
    """A column by the name of its field in the table; of a field with entries, also what gives them."""

    name: str
    column: Column
    child: Child | None


class _Word(NamedTuple):
    """Who said a value: the promise, or the update that set it."""

    said: str | None = None
    by: str | None = None
    source: str | None = None
    decided_by: str | None = None
    inferred: bool | None = None


class _Fact(NamedTuple):
    """A value of a field, and the days on which it held."""

    kind: str
    field: str
    entry: str | None
    value: str
    number: Decimal | None
    day: date | None
    valid_from: date | None
    valid_to: date | None
    word: _Word


class _Row(NamedTuple):
    """A fact with the numbers of the revisions from which and up to which it stood in a record."""

    record: str
    fact: _Fact
    recorded: int
    replaced: int | None


def history_of(tracker: Tracker, only: frozenset[str] | None = None) -> History:
    """What has been recorded up to the revision that was read; of files as they are, up to the last commit.

    Raises UnreadableProblem where there is no repository, or nothing has been committed.
    """
    source = tracker.source
    if isinstance(source, WorkTree):
        source = at_revision(source.root, "HEAD")
    if not isinstance(source, RevisionSource):
        return NO_HISTORY
    return history(source, only)


def history(source: RevisionSource, only: frozenset[str] | None = None) -> History:
    """The table of all values up to a revision, of these records or of all, and the table of the revisions.

    Raises UnreadableProblem where git lacks an object that is needed.
    """
    rows: list[_Row] = []
    standing: dict[str, dict[_Fact, int]] = {}
    revisions: list[tuple[Cell, ...]] = []
    moments: list[datetime] = []
    later_ids: dict[str, str] = {}
    begins = None
    seconds = 0
    for number, commit in enumerate(recorded(source), 1):
        # A clock that was wrong must not make a later commit the earlier one.
        seconds = max(seconds, commit.recording.seconds)
        moments.append(datetime.fromtimestamp(seconds, UTC))
        if not commit.recording.begins:
            begins = moments[-1]
        revisions.append((number, commit.recording.commit, moments[-1], commit.recording.begins, commit.unread))
        for name, entry in commit.changed.items():
            fresh = dict.fromkeys(_facts(commit.tracker, entry), number) if entry is not None else {}
            before = standing.get(name, {})
            rows += [_Row(name, fact, since, number) for fact, since in before.items() if fact not in fresh]
            standing[name] = {fact: before.get(fact, number) for fact in fresh}
            if entry is not None:
                later_ids.update(dict.fromkeys(entry.record.formerly or (), name))
    for name, facts in standing.items():
        if facts:
            # Whatever another record says of itself, this one is there under its id.
            later_ids.pop(name, None)
    rows += [_Row(name, fact, since, None) for name, facts in standing.items() for fact, since in facts.items()]
    if only is not None:
        rows = [row for row in rows if _present_id(row.record, later_ids) in only]
    cells = sorted((_cells(row, moments, revisions, later_ids) for row in rows), key=_order)
    return History(
        TableData("history", _ABOUT, _COLUMNS, cells, ()),
        TableData("revisions", _ABOUT_REVISIONS, _REVISION_COLUMNS, revisions, ("revision",)),
        begins,
    )


def _facts(tracker: Tracker, entry: Entry) -> Iterator[_Fact]:
    """What a record says of its fields on every day, one fact a value and stretch of days."""
    running: dict[tuple[str, str | None], _Fact] = {}
    columns = _fields(entry.kind.name, tuple(tracker.config.languages))
    for stretch in stretches(tracker, entry.record):
        there = dict(_of_stretch(entry, stretch, columns))
        for key, fact in list(running.items()):
            if key not in there or not _goes_on(entry.record, fact, there[key]):
                yield running.pop(key)._replace(valid_to=stretch.first)
        for key, fact in there.items():
            running.setdefault(key, fact)
    yield from running.values()


def _goes_on(record: Record, before: _Fact, now: _Fact) -> bool:
    """Whether a value is the one that stood there: said again by another word it is another, unless a list grew."""
    same = (before.value, before.number, before.day) == (now.value, now.number, now.day)
    grows = any(before.field == name or before.field.startswith(f"{name}_") for name in record.grows)
    return same and (grows or before.word == now.word)


@cache
def _fields(kind: str, languages: tuple[str, ...]) -> Sequence[_Field]:
    """The columns of a kind's own fields, and of the entries in them."""
    own = [_Field(column.name, column, None) for column in columns_of(KINDS[kind].record, languages)]
    return [
        *own,
        *(
            _Field("_".join((*child.path, column.name)), column, child)
            for child in children_of(kind, languages)
            for column in child.columns
        ),
    ]


def _of_stretch(
    entry: Entry, stretch: Stretch, columns: Sequence[_Field]
) -> Iterator[tuple[tuple[str, str | None], _Fact]]:
    """The values that stood in a stretch of days."""
    words: dict[str, _Word] = {}
    entries: dict[tuple[str, ...], list[tuple[str | int, object]]] = {}
    for name, column, child in columns:
        top = (child.path if child is not None else column.path)[0]
        if child is None:
            held: list[tuple[str | int | None, object]] = [(None, stretch.now)]
        else:
            if child.path not in entries:
                entries[child.path] = list(child.rows(stretch.now))
            held = [*entries[child.path]]
        for key, holder in held:
            cell = column.get(holder)
            if cell is None:
                continue
            if top not in words:
                words[top] = _word(entry.record, stretch.set_by.get(top), top)
            place = (name, None if key is None else str(key))
            yield place, _fact(entry.kind, place, cell, stretch, words[top])


def _fact(kind: Kind, place: tuple[str, str | None], cell: Cell, stretch: Stretch, word: _Word) -> _Fact:
    number = Decimal(cell) if isinstance(cell, Decimal | int) and not isinstance(cell, bool) else None
    day = cell if isinstance(cell, date) else None
    return _Fact(kind.name, *place, value_text(cell), number, day, stretch.first, None, word)


def value_text(cell: Cell) -> str:
    """A value as text: a day as 2021-12-31, an amount with a point and without zeros at its end, true or false."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return plain_decimal(cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _word(record: Record, update: Update | None, field: str) -> _Word:
    sources: Sequence[Source] = (record if update is None else update).sources or ()
    told = [name for source in sources for name in source.inferred or ()]
    inferred = any(name == field or name.startswith(f"{field}.") for name in told)
    documents = " ".join(dict.fromkeys(source.document for source in sources)) or None
    if update is None:
        return _Word(source=documents, inferred=inferred)
    return _Word(update.date.text, update.by, documents, update.decided_by, inferred)


def _present_id(name: str, later_ids: Mapping[str, str]) -> str:
    """The id that a record has now, or had when it was last there."""
    seen = {name}
    while (later := later_ids.get(name)) is not None and later not in seen:
        seen.add(later)
        name = later
    return name


def _cells(
    row: _Row, moments: Sequence[datetime], revisions: Sequence[tuple[Cell, ...]], later_ids: Mapping[str, str]
) -> tuple[Cell, ...]:
    fact = row.fact
    return (
        row.record,
        fact.kind,
        _present_id(row.record, later_ids),
        *fact[1:6],
        fact.valid_from,
        fact.valid_to,
        moments[row.recorded - 1],
        moments[row.replaced - 1] if row.replaced is not None else None,
        row.recorded,
        row.replaced,
        # Of what stood in the oldest commit of a shallow clone nobody here knows since when.
        revisions[row.recorded - 1][3],
        *fact.word,
    )


def _order(cells: tuple[Cell, ...]) -> tuple[object, ...]:
    """By kind, record and field, and of a field by revision and day."""
    return (*(str(cells[index] or "") for index in (1, 0, 3, 4)), cells[12], str(cells[8] or ""), str(cells[5]))


_ABOUT: Final = N_(
    "Every value of every field: the days on which it held by what had been said, the commits between which it stood "
    "in the records, and who said it. Ends are not among the days, and an empty one is open."
)
_ABOUT_REVISIONS: Final = N_("The commits that recorded it, along first parents, the oldest first.")
_RECORD_ID: Final = own_column("record", "text", N_("Record"), N_("The record's id at that revision."))
_COLUMNS: Final = (
    _RECORD_ID,
    own_column("record_kind", "word", N_("Kind"), N_("Its kind."))._replace(words=tuple(KINDS)),
    own_column("present_id", "text", N_("Present id"), N_("The id that it has now, where it was renamed since.")),
    own_column("field", "text", N_("Field"), N_("The field: the name of a column of the kind’s table.")),
    own_column(
        "entry", "text", N_("Entry"), N_("The key or the number of the entry, in a field with entries."), required=False
    ),
    own_column("value", "text", N_("Value"), N_("The value, as the CSV files write it.")),
    own_column("number", "number", N_("Number"), N_("The value as a number, where it is one."), required=False),
    own_column("day", "date", N_("Day"), N_("The value as a day, where it is one."), required=False),
    own_column(
        "valid_from",
        "date",
        N_("Held from"),
        N_("The first day on which it held; empty where no source has a day."),
        required=False,
    ),
    own_column(
        "valid_to",
        "date",
        N_("Held until"),
        N_("The day on which it no longer held; empty where it still does."),
        required=False,
    ),
    own_column("recorded_from", "moment", N_("Recorded from"), N_("When the commit that brought it was made, in UTC.")),
    own_column(
        "recorded_to",
        "moment",
        N_("Recorded until"),
        N_("When the commit that took it away was made; empty where it stands."),
        required=False,
    ),
    own_column("revision_from", "integer", N_("From revision"), N_("The number of the commit that brought it.")),
    own_column(
        "revision_to", "integer", N_("To revision"), N_("The number of the commit that took it away."), required=False
    ),
    own_column(
        "since_known",
        "boolean",
        N_("Beginning known"),
        N_("False where the history at hand is cut off there, as in a shallow clone: it may be older."),
    ),
    own_column(
        "said",
        "text",
        N_("Said"),
        N_("The day or period of the update that set it; empty for the promise."),
        required=False,
    ),
    own_column("by", "text", N_("Said by"), N_("The organisation that said it."), required=False),
    own_column("source", "text", N_("Source"), N_("The documents in which it stands."), required=False),
    own_column(
        "decided_by",
        "text",
        N_("Decided by"),
        N_("Who decided it: an organisation, a meeting or a document."),
        required=False,
    ),
    own_column(
        "inferred", "boolean", N_("Inferred"), N_("True where it does not stand in the source’s words."), required=False
    ),
)
_REVISION_COLUMNS: Final = (
    own_column("revision", "integer", N_("Revision"), N_("The number of the commit, counted from 1.")),
    own_column("commit", "text", N_("Commit"), N_("The commit’s full name.")),
    own_column(
        "recorded", "moment", N_("Recorded"), N_("When it was made, in UTC; never before the commit that it follows.")
    ),
    own_column(
        "since_known",
        "boolean",
        N_("Beginning known"),
        N_("False where the history at hand is cut off there, as in a shallow clone: it may be older."),
    ),
    own_column("unread", "integer", N_("Not read"), N_("How many files could not be read there.")),
)
NO_HISTORY: Final = History(
    TableData("history", _ABOUT, _COLUMNS, [], ()),
    TableData("revisions", _ABOUT_REVISIONS, _REVISION_COLUMNS, [], ()),
    None,
)
"""Where there is no repository, or nothing has been committed."""
