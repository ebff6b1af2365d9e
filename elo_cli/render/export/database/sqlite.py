"""A tracker whole as a SQLite database: real foreign keys, checks, and views that fold the updates up to a day.

`records.data` is each record as its file has it. Beside it stand the same facts as tables: what was promised in one
table a kind, the updates and what each changes, sources, corrections, links. The views `…_now` give the present state
on the day in `meta.as_of`; another day there, and they answer for that day.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Final

from pydantic import BaseModel

from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.records.base import Correction, Record, Source, Update
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.render.export.columns import Cell, Child, Column, cell, children_of, columns_of
from elo_cli.render.export.database.schema import APPLICATION_ID, Schema, quoted
from elo_cli.render.export.history import NO_HISTORY, History
from elo_cli.render.export.json import data_of
from elo_cli.render.export.tables import TableData
from elo_cli.render.forms import json as render_json
from elo_cli.render.forms.text import visible
from elo_cli.store.tracker import Entry, Tracker, shown_path
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.state import exists_from
from elo_cli.tracking.day.view import View
from elo_cli.tracking.requests import step

Value = str | int | float | None
PROMISE: Final = 0
"""The number that stands for the promise where an update would have its own."""


def write(view: View, history: History = NO_HISTORY) -> bytes:
    """The database as the bytes of its file, with what has been recorded up to now where that is known."""
    schema = Schema(view.tracker.config.languages)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("PRAGMA user_version = 2")
        database.execute("PRAGMA foreign_keys = ON")
        with database:
            # In one transaction, since a record may name one that comes later.
            database.execute("BEGIN")
            for statement in schema.statements():
                database.execute(statement)
            filler = _Filler(database, schema, view)
            filler.fill()
            for table in (history.values, history.revisions):
                database.execute(schema.table_of(table))
                filler.fill_table(table)
            database.execute("CREATE INDEX history_record ON history (record, field)")
        return database.serialize()


class _Filler:
    """Puts the records into the tables."""

    def __init__(self, database: sqlite3.Connection, schema: Schema, view: View) -> None:
        self.database = database
        self.languages = view.tracker.config.languages
        self.schema = schema
        self.view = view
        self.tracker: Tracker = view.tracker
        self.sources = columns_of(Source, self.languages)
        self.corrections = columns_of(Correction, self.languages)

    def fill(self) -> None:
        self._insert("meta", list(self._meta()))
        for kind in KINDS.values():
            columns, children = self.schema.columns[kind.name], children_of(kind.name, self.languages)
            for entry in self.tracker.by_kind[kind.name].values():
                self._record(kind, entry, columns, children)
        for origin, links in self.tracker.links.items():
            rows = dict.fromkeys((link.reference.field, link.target) for link in links)
            for field, target in rows:
                known = target in self.tracker.entries
                self._insert("links" if known else "unresolved", [(origin, field, target)])

    def fill_table(self, table: TableData) -> None:
        """Put rows of cells into their table."""
        self._insert(table.name, [tuple(map(_value, row)) for row in table.rows])

    def _meta(self) -> Iterator[tuple[str, str | None]]:
        from elo_cli import version

        yield "as_of", self.view.as_of.isoformat()
        yield "rev", self.tracker.source.revision
        yield "elo", version()
        yield "incomplete", json.dumps([visible(path) for path in self.tracker.incomplete_inside])
        yield "tracker", json.dumps(self.tracker.config.model_dump(mode="json"), ensure_ascii=False)

    def _record(self, kind: Kind, entry: Entry, columns: Sequence[Column], children: Sequence[Child]) -> None:
        record = entry.record
        known_from = exists_from(self.tracker, record)
        self._insert(
            "records",
            [
                (
                    entry.id,
                    kind.name,
                    shown_path(entry.path),
                    _value(known_from),
                    json.dumps(data_of(entry), ensure_ascii=False),
                )
            ],
        )
        self._insert(kind.folder, [self._row(record, columns)])
        self._children(entry.id, PROMISE, record, children)
        self._sources(entry.id, PROMISE, record.sources)
        self._insert(
            "corrections",
            [
                (entry.id, number, *self._row(correction, self.corrections))
                for number, correction in enumerate(record.corrections or (), 1)
            ],
        )
        for number, update in enumerate(record.all_updates, 1):
            self._update(entry, number, update, columns, children)
        if kind.update is not None:
            heard = recency(self.view, record).heard
            self._insert(
                "heard", [(entry.id, self.view.as_of.isoformat(), heard.said.text if heard is not None else None)]
            )
        if isinstance(record, Milestone) and (timing := self.view.timing(record)) is not None:
            self._insert(
                "timings", [(entry.id, self.view.as_of.isoformat(), timing.word, _value(timing.end), timing.days)]
            )

        if isinstance(record, PaymentRequest):
            self._insert("steps", [(entry.id, self.view.as_of.isoformat(), step(self.view.state(record).now))])

    def _update(
        self, entry: Entry, number: int, update: Update, columns: Sequence[Column], children: Sequence[Child]
    ) -> None:
        said = update.said_on.isoformat()
        retracted = None
        if update.retracted is not None:
            # What nobody had said counts on no day: it is taken back with the day from which it would have counted.
            retracted = said if update.retracted.ours else _value(update.retracted.date.word_day)
        self._insert("updates", [(entry.id, number, said, retracted, *self._row(update, self.schema.update_columns))])
        self._sources(entry.id, number, update.sources)
        names = entry.record.update_names
        changes = {names.get(name, name): value for name, value in update.changes().items()}
        # The values of an update are got by the columns of a record that would hold nothing else.
        holder = entry.record.model_copy(update={**dict.fromkeys(type(entry.record).model_fields), **changes})
        rows: list[tuple[Value, ...]] = [
            (entry.id, number, said, retracted, column.name, _value(column.get(holder)))
            for column in columns
            if column.path[0] in changes and _says(entry.record, changes[column.path[0]], column)
        ]
        # What has entries of its own, and what only an update says, is one value as JSON.
        apart = {child.path[0] for child in children} | changes.keys() - type(entry.record).model_fields.keys()
        for field, value in changes.items():
            if field in apart:
                text = json.dumps(render_json.plain(value), ensure_ascii=False)
                rows.append((entry.id, number, said, retracted, field, text))
        self._insert("changes", rows)
        self._children(entry.id, number, holder, children)

    def _children(self, record_id: str, number: int, holder: BaseModel, children: Sequence[Child]) -> None:
        for child in children:
            self._insert(
                child.name,
                [
                    (record_id, number, self._known(key, child.key_kinds), *self._row(item, child.columns))
                    for key, item in child.rows(holder)
                ],
            )

    def _sources(self, record_id: str, number: int, sources: Sequence[Source] | None) -> None:
        self._insert(
            "sources",
            [
                (record_id, number, position, *self._row(source, self.sources))
                for position, source in enumerate(sources or (), 1)
            ],
        )

    def _row(self, holder: object, columns: Iterable[Column]) -> tuple[Value, ...]:
        return tuple(self._of(column, column.get(holder)) for column in columns)

    def _of(self, column: Column, value: Cell) -> Value:
        return self._known(_value(value), column.kinds) if column.type == "id" else _value(value)

    def _known(self, value: Value, kinds: Sequence[str]) -> Value:
        """An id that a foreign key can hold; one that is not there, or of another kind, is in `unresolved` alone."""
        if not kinds or value is None:
            return value
        entry = self.tracker.entries.get(str(value))
        return value if entry is not None and entry.kind.name in kinds else None

    def _insert(self, table: str, rows: Sequence[Sequence[Value]]) -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self.database.executemany(f"INSERT INTO {quoted(table)} VALUES ({places})", rows)  # noqa: S608 - names of the model


def _says(record: Record, value: object, column: Column) -> bool:
    """Whether an update says this part of a field: any of a replaced one, of a merged one those that it names."""
    if column.path[0] in record.grows and isinstance(value, BaseModel):
        return column.path[1] in value.model_fields_set
    return True


def _value(value: object) -> Value:
    """A cell as SQLite holds it: a day as text, a decimal as a number."""
    held = cell(value)
    match held:
        case bool():
            return int(held)
        case Decimal():
            return int(held) if held == held.to_integral_value() else float(held)
        case date():
            return held.isoformat()
        case _:
            return held
