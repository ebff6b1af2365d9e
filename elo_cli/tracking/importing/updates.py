"""Rows that come back as updates: each one that says something is a dated word on the record that it names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from elo_cli.model.characters import short
from elo_cli.model.errors import N_, UsageProblem, nearest
from elo_cli.model.finding import Phrase
from elo_cli.model.kind import Kind
from elo_cli.model.period import Period
from elo_cli.model.shape import shape_of
from elo_cli.store.edit.record import same
from elo_cli.store.tables.cells import CellProblem
from elo_cli.store.tables.mapping import UpdateRule
from elo_cli.store.tables.rows import Row, letters_of
from elo_cli.store.tracker import Entry, Tracker, links_in
from elo_cli.store.yaml.strict import Plain, is_mapping
from elo_cli.tracking.day.state import standing
from elo_cli.tracking.importing.changes import Provenance
from elo_cli.tracking.importing.rows import Plan, Planned, Refusal, former_ids, refused_by
from elo_cli.tracking.importing.values import RowReader, field_reader, put

_MOST_ROWS: Final = 50
"""Each is compared with all that the record says, and one that is new writes the record anew."""


def plan_updates(  # noqa: PLR0913, PLR0917 - what the table is, and what it is compared with
    tracker: Tracker, reader: RowReader, rule: UpdateRule, rows: Sequence[Row], provenance: Provenance, today: date
) -> Plan:
    """The plan of a mapping whose rows are updates; a row that says nothing new is passed over.

    A day after `today`, on which something has happened or was said, refuses its row.
    """
    planned: dict[str, Planned] = {}
    refused = list(_unread(reader, rows)) if reader.mapping.complete else []
    rows_read = _Rows(tracker, reader, rule, provenance, today)
    for row in rows:
        try:
            record = rows_read.planned(row)
        except _RefusedError as refusal:
            refused.append(refusal.refusal)
            continue
        if record is not None:
            planned[record.id] = _joined(planned.get(record.id), record)
    return Plan(len(rows), tuple(planned.values()), tuple(refused), answers=True)


def _unread(reader: RowReader, rows: Sequence[Row]) -> Iterator[Refusal]:
    """What stands in columns whose heads nobody knows, a refusal a column."""
    located = reader.located
    known, heads = set(located.columns.values()), dict(located.others)
    filled = {
        place for row in rows for place, cell in enumerate(row.cells) if cell is not None and str(cell).strip()
    } - known
    wanted = {
        head.casefold(): head
        for name, column in reader.mapping.columns.items()
        if name not in located.columns
        for head in column.heads
    }
    for place in sorted(filled):
        head = heads.get(place, "")
        near = nearest(head.casefold(), wanted)
        message = N_("this column has no head that is known, so that nothing in it is read")
        if near is not None:
            message = N_("this column has no head that is known, so that nothing in it is read; nearest: “{nearest}”")
        said = Phrase(message, {"nearest": wanted[near]} if near is not None else {})
        yield Refusal(located.head_row, head, None, said, f"{letters_of(place + 1)}{located.head_row}")


class _RefusedError(Exception):
    """The row cannot be an update."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal.reason))
        self.refusal = refusal


def _joined(before: Planned | None, more: Planned) -> Planned:
    """What two rows say of one record."""
    if before is None:
        return more
    new = tuple(update for update in more.updates if not any(same(update, other) for other in before.updates))
    return before._replace(
        action="changed" if before.updates or new else "unchanged",
        rows=before.rows + more.rows,
        updates=before.updates + new,
        fields=tuple(dict.fromkeys(before.fields + more.fields)),
        promise=before.promise or more.promise,
    )


class _Rows:
    """Reads rows one by one, with all that each is judged by."""

    def __init__(
        self, tracker: Tracker, reader: RowReader, rule: UpdateRule, provenance: Provenance, today: date
    ) -> None:
        self.tracker, self.reader, self.rule = tracker, reader, rule
        self.provenance, self.today = provenance, today
        self.former = former_ids(tracker)
        self.seen: Counter[str | None] = Counter()

    def planned(self, row: Row) -> Planned | None:
        """What a row says of its record; None when it says nothing. Raises _RefusedError."""
        reader, rule = self.reader, self.rule
        record_id: str | None = None
        taken = rule.id.take
        said: Plain = {}
        unfit = ""
        try:
            _hold_unmerged(row)
            # `M1C1-51` names the record that a mapping with records has made of it.
            made, record_id = reader.id(row, rule.id) or (None, None)
            entry = self.tracker.entries.get(self.former.get(made, made)) if made is not None else None
            record_id = entry.id if entry is not None else record_id
            _hold_rows(self.seen, record_id)
            model = entry.kind.update if entry is not None else None
            for name, value in rule.fields.items():
                taken = value.take
                field = field_reader(shape_of(model), name, value) if model is not None else None
                if field is not None:
                    if (cell := field.value(reader, row)) is not None:
                        put(said, field.paths, cell)
                        self.hold_past(cell if name == "effective" else None)
                elif reader.applies(row, value.when) and reader.filled(row, value.take) is not None:
                    unfit = unfit or value.take
            taken = rule.date or ""
            day = reader.filled(row, rule.date) if rule.date is not None else None
            if not said and not unfit and day is None:
                return None
            day = reader.period(day) if day is not None else None
            self.hold_past(day)
            taken = unfit if entry is not None and unfit else rule.id.take
            entry = self.judged(entry, record_id, said, row, unfit)
            taken = ""
            return _planned(self.tracker, entry, said, day, row.number, self.provenance)
        except CellProblem as problem:
            raise self.refused(row, taken, record_id, problem.phrase) from None
        except UsageProblem as problem:
            taken = self.taken(str(problem.values.get("field", "")))
            raise self.refused(row, taken, record_id, refused_by(problem)) from None

    def refused(self, row: Row, taken: str, record_id: str | None, reason: Phrase) -> _RefusedError:
        """The refusal of a row, with the column and the cell that a template takes."""
        column, cell = self.reader.head_of(taken), self.reader.cell_of(row, taken)
        if row.merged:
            column, cell = "", row.merged
        return _RefusedError(Refusal(row.number, column, record_id, reason, cell))

    def taken(self, field: str) -> str:
        """The template of a field by its name in a finding; "" when no column is named."""
        first, *_, last = [*field.split("."), *field.split(".")]
        for name, value in self.rule.fields.items():
            parts = name.split(".")
            if (parts[0], parts[-1]) == (first, last):
                return value.take
        return ""

    def hold_past(self, period: object) -> None:
        """CellProblem when a day on which something was, or was said, has not come."""
        if isinstance(period, str) and (read := Period.parse(period)).start > self.today:
            raise CellProblem(N_("{day} has not come yet, and of a day to come nobody can tell"), day=read)

    def judged(self, entry: Entry | None, record_id: str | None, said: Plain, row: Row, unfit: str) -> Entry:
        """The record that a row names. CellProblem when there is none, or when the row says nothing that it can be."""
        if record_id is None:
            raise CellProblem(N_("the row does not say which record it is"))
        if entry is None:
            near = self.near(record_id, row)
            if near is None:
                raise CellProblem(N_("there is no record “{id}”"), id=short(record_id))
            raise CellProblem(N_("there is no record “{id}”; nearest: “{nearest}”"), id=short(record_id), nearest=near)
        if unfit:
            raise CellProblem(N_("a record of the kind “{kind}” has no such field"), kind=Phrase(entry.kind.names.one))
        if said.keys() <= {"effective"}:
            raise CellProblem(N_("a date alone says nothing: what happened on it?"))
        if said.keys() <= {"effective", "reason"}:
            raise CellProblem(N_("a reason alone says nothing: what is it the reason for?"))
        return entry

    def near(self, record_id: str, row: Row) -> str | None:
        """The id that was probably meant: of the record that the row calls by its name, else the nearest one."""
        if "name" in self.reader.located.columns and (name := self.reader.cell(row, "name")):
            found = [
                entry.id
                for entry in self.tracker.entries.values()
                if is_mapping(texts := entry.data.get("name")) and name in texts.values()
            ]
            if len(found) == 1:
                return found[0]
        return nearest(record_id, self.tracker.entries)


def _hold_unmerged(row: Row) -> None:
    """CellProblem when a cell of the row is one with cells of other rows."""
    if row.merged:
        raise CellProblem(
            N_(
                "the cells {cells} are merged, and nobody can tell which row their answer is for; unmerge and fill each"
            ),
            cells=row.merged,
        )


def _hold_rows(seen: "Counter[str | None]", record_id: str | None) -> None:
    """CellProblem when too many rows name one record."""
    seen[record_id] += 1
    if record_id is not None and seen[record_id] > _MOST_ROWS:
        raise CellProblem(N_("more than {limit} rows are news of one record"), limit=_MOST_ROWS)


def _planned(tracker: Tracker, entry: Entry, said: Plain, day: str | None, row: int, provenance: Provenance) -> Planned:  # noqa: PLR0913, PLR0917 - as above
    kind = entry.kind
    update, promise = provenance.update(kind, said, day)
    for link in links_in(kind, said, entry.id):
        if link.target not in tracker.entries:
            raise CellProblem(N_("there is no record “{id}” to refer to"), id=link.target)
    if _there(entry.data, update, dated=day is not None or provenance.given):
        return Planned(entry.id, kind, "unchanged", (row,))
    _hold_same_day(entry, kind, update)
    return Planned(entry.id, kind, "changed", (row,), None, (update,), tuple(said), promise)


def _there(record: Plain, update: Plain, *, dated: bool) -> bool:
    """Whether the record has this update; a day that nobody named is not compared."""
    words = record.get("updates")
    for other in words if isinstance(words, list) else ():
        if is_mapping(other) and same(_bare(other, dated=dated), _bare(update, dated=dated)):
            return True
    return False


def _bare(update: Plain, *, dated: bool) -> Plain:
    # What was said and then retracted is there: a sheet that comes back does not say it again.
    return {name: value for name, value in update.items() if name != "retracted" and (dated or name != "date")}


def _hold_same_day(entry: Entry, kind: Kind, update: Plain) -> None:
    """CellProblem when an update of the same day says something else of the same field."""
    if kind.update is None:
        return
    new = kind.update.model_validate(update)
    for _, other in standing(entry.record, date.max):
        for field, value in new.changes().items():
            if other.said_on == new.said_on and field != "evidence" and other.changes().get(field, value) != value:
                raise CellProblem(
                    N_("an update of {date} says something else of “{field}”"), date=other.date.text, field=field
                )
