"""The tables of an export: one a kind with its present state, then updates, sources, corrections and entries."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from elo_cli.model.errors import N_
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.records.base import Correction, Record, Source, Update
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.shape import fields_of
from elo_cli.model.words import FIELDS
from elo_cli.render.export.columns import Cell, Child, Column, ColumnType, children_of, columns_of
from elo_cli.render.forms import json as render_json
from elo_cli.store.tracker import Entry, shown_path
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.state import updates_said
from elo_cli.tracking.day.timing import TimingWord
from elo_cli.tracking.day.view import View
from elo_cli.tracking.requests import RequestStep, step

_TIMINGS: Final = TimingWord.__args__  # type: ignore[attr-defined]  # a Literal's words
_STEPS: Final = RequestStep.__args__  # type: ignore[attr-defined]  # the same


PROMISED: Final = "promised_"
Row: TypeAlias = dict[str, Cell]
"""A row by the names of its columns."""


class TableData(NamedTuple):
    """One table: the file's name without suffix, what it is, its columns and rows."""

    name: str
    description: str
    """A msgid."""
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]
    key: tuple[str, ...]
    """The columns that name a row."""

    def named_rows(self) -> list[Row]:
        """The rows by the names of the columns."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def tables(view: View) -> Iterator[TableData]:
    """Every table, those of the kinds first; a record that did not exist on the day is in none."""
    languages = view.tracker.config.languages
    known = {
        name: [entry for entry in entries.values() if view.exists(entry.record)]
        for name, entries in view.tracker.by_kind.items()
    }
    for kind in KINDS.values():
        yield _kind_table(view, kind, known[kind.name], languages)
    for kind in KINDS.values():
        for child in children_of(kind.name, languages):
            yield _child_table(view, child, known[kind.name])
    everything = [entry for entries in known.values() for entry in entries]
    yield _updates(view, everything, languages)
    yield _sources(view, everything, languages)
    yield _corrections(everything, languages)


def file_of(kind: str) -> str:
    """The name of a kind's table."""
    return KINDS[kind].folder


def _kind_table(view: View, kind: Kind, entries: Sequence[Entry], languages: Sequence[str]) -> TableData:
    columns, promised, derived = kind_columns(kind, languages)
    rows = [
        (
            *(_present(view, column, view.state(entry.record).now) for column in columns),
            *(column.get(entry.record) for column in promised),
            *(column.get(_Seen(view, entry)) for column in derived),
        )
        for entry in entries
    ]
    return TableData(kind.folder, kind.about, (*columns, *promised, *derived), rows, ("id",))


class KindColumns(NamedTuple):
    """The columns of a kind's table: its fields, what was promised of some, and what follows."""

    fields: list[Column]
    promised: list[Column]
    derived: list[Column]


def kind_columns(kind: Kind, languages: Sequence[str]) -> KindColumns:
    """The columns of a kind's table, which are the same in every form."""
    fields = columns_of(kind.record, languages)
    promised = [
        column._replace(name=f"{PROMISED}{column.name}", required=False, description=N_("As it was promised."))
        for column in fields
        if kind.update is not None and _is_compared(kind, column.path[0])
    ]
    return KindColumns(fields, promised, list(_derived(kind)))


def _is_compared(kind: Kind, field: str) -> bool:
    """Whether a field's promised value stands beside the present one: when and how much, and what an amount is for."""
    return fields_of(kind.record)[field].form in {"period", "money"} or field == "basis"


class _Seen(NamedTuple):
    """A record with the view that it is seen in, for columns that are computed."""

    view: View
    entry: Entry


def _derived(kind: Kind) -> Iterator[Column]:
    if kind.name == "milestone":
        for name, type_, part, head, text in _OF_TIMING:
            words = _TIMINGS if type_ == "word" else ()
            get = partial(_timing, part=part)
            yield Column(name, type_, (name,), get, words=words, description=text, head=head)
    if kind.name == "request":
        text = N_("How far the payment request is.")
        yield Column("step", "word", ("request",), _step, words=_STEPS, description=text, head=FIELDS["stage"])
    if kind.promises:
        text = N_("The day or period of the last update; of a measure, its milestones’ and money’s too.")
        yield Column("last_word", "text", ("last_word",), _last_word, description=text, head=N_("Last update"))
    yield Column(
        "path",
        "text",
        ("path",),
        _path,
        description=N_("The file that holds it, below the tracker’s folder."),
        head=N_("File"),
    )


_OF_TIMING: Final[tuple[tuple[str, ColumnType, str, str, str], ...]] = (
    ("timing", "word", "word", N_("Timing"), N_("What the day makes of the due.")),
    ("last_day", "date", "end", N_("Last day"), N_("The last day that counts.")),
    ("days", "integer", "days", N_("Days"), N_("Days until then; negative when it has passed.")),
)


def _timing(seen: _Seen, part: str) -> Cell:
    timing = seen.view.timing(seen.entry.record) if isinstance(seen.entry.record, Milestone) else None
    value: Cell = getattr(timing, part) if timing is not None else None
    return value


def _step(seen: _Seen) -> Cell:
    now = seen.view.state(seen.entry.record).now
    return step(now) if isinstance(now, PaymentRequest) else None


def _last_word(seen: _Seen) -> Cell:
    heard = recency(seen.view, seen.entry.record).heard
    return heard.said.text if heard is not None else None


def _path(seen: _Seen) -> Cell:
    return shown_path(seen.entry.path)


def _present(view: View, column: Column, now: Record) -> Cell:
    if isinstance(now, Funding) and column.name == "stage":
        return view.stage(now)
    return column.get(now)


def own_column(name: str, type_: ColumnType, head: str, text: str, *, required: bool = True) -> Column:
    """A column that names a row, and whose cells the table itself fills."""
    return Column(name, type_, (name,), lambda row: row, required=required, description=text, head=head)


_RECORD: Final = own_column("record", "id", N_("Record"), N_("The record's id."))
_NUMBER: Final = own_column("number", "integer", N_("No."), N_("Which entry of the record it is, counted from 1."))
_WORD: Final = own_column(
    "update_number", "integer", N_("Update"), N_("The number of the update that says it; 0 for the promise.")
)
_KEY: Final = own_column("key", "text", N_("Key"), N_("The key that the record gives the entry."))


def _child_table(view: View, child: Child, entries: Sequence[Entry]) -> TableData:
    if child.key is None:
        key = _NUMBER
    elif child.key_kinds:
        key = _KEY._replace(name=child.key, path=(child.key,), type="id", kinds=child.key_kinds, head="")
    else:
        key = _KEY
    rows: list[tuple[Cell, ...]] = [
        (entry.id, name, *(column.get(item) for column in child.columns))
        for entry in entries
        for name, item in child.rows(view.state(entry.record).now)
    ]
    record = _RECORD._replace(kinds=(child.name.partition("_")[0],))
    return TableData(
        child.name,
        child.description,
        (record, key, *child.columns),
        rows,
        ("record", key.name),
    )


def _updates(view: View, entries: Sequence[Entry], languages: Sequence[str]) -> TableData:
    columns = columns_of(Update, languages)
    changes = Column(
        "changes",
        "text",
        ("changes",),
        _changes,
        description=N_("The fields that it sets, with their values, as JSON."),
        head=N_("Changes"),
    )
    rows = [
        (entry.id, number, *(column.get(update) for column in columns), _changes(update))
        for entry in entries
        for number, update in _told(view, entry)
    ]
    description = N_(
        "What has been said of records since they were promised, up to the day; what was retracted says so, and no "
        "longer counts."
    )
    return TableData("updates", description, (_RECORD, _NUMBER, *columns, changes), rows, ("record", "number"))


def _told(view: View, entry: Entry) -> Iterator[tuple[int, Update]]:
    """What had been said of a record by the day, numbered from 1 as `elo show` numbers it."""
    return ((index + 1, update) for index, update in updates_said(entry.record, view.as_of))


def _changes(update: Update) -> str:
    changes = update.changes()
    plain = {name: render_json.plain(changes[name]) for name in type(update).model_fields if name in changes}
    return json.dumps(plain, ensure_ascii=False)


def _sources(view: View, entries: Sequence[Entry], languages: Sequence[str]) -> TableData:
    columns = columns_of(Source, languages)
    rows: list[tuple[Cell, ...]] = []
    for entry in entries:
        said = ((number, update.sources) for number, update in _told(view, entry))
        for update, sources in ((0, entry.record.sources), *said):
            for number, source in enumerate(sources or (), 1):
                rows.append((entry.id, update, number, *(column.get(source) for column in columns)))
    description = N_("Where each promise and each update stands: the document and the place in it.")
    return TableData(
        "sources", description, (_RECORD, _WORD, _NUMBER, *columns), rows, ("record", "update_number", "number")
    )


def _corrections(entries: Sequence[Entry], languages: Sequence[str]) -> TableData:
    columns = [
        column._replace(get=_was) if column.name == "was" else column for column in columns_of(Correction, languages)
    ]
    rows = [
        (entry.id, number, *(column.get(correction) for column in columns))
        for entry in entries
        for number, correction in enumerate(entry.record.corrections or (), 1)
    ]
    description = N_("What had been written down wrongly, and when it was put right.")
    return TableData("corrections", description, (_RECORD, _NUMBER, *columns), rows, ("record", "number"))


def _was(correction: Correction) -> Cell:
    return json.dumps(correction.was, ensure_ascii=False)
