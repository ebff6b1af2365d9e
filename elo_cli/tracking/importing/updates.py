"""Rows that come back as updates: each one that says something is a dated word on the record that it names."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from elo_cli.model.characters import short
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.kind import Kind
from elo_cli.model.shape import shape_of
from elo_cli.store.edit.record import same
from elo_cli.store.tables.cells import CellProblem
from elo_cli.store.tables.mapping import PLACE, UpdateRule
from elo_cli.store.tables.rows import Row
from elo_cli.store.tracker import Entry, Tracker, links_in
from elo_cli.store.yaml.strict import Plain, is_mapping
from elo_cli.tracking.day.state import standing
from elo_cli.tracking.importing.changes import Provenance
from elo_cli.tracking.importing.rows import Plan, Planned, Refusal, former_ids, refused_by
from elo_cli.tracking.importing.values import RowReader, field_reader, put

_MOST_ROWS: Final = 50
"""Each is compared with all that the record says, and one that is new writes the record anew."""


def plan_updates(
    tracker: Tracker, reader: RowReader, rule: UpdateRule, rows: Sequence[Row], provenance: Provenance
) -> Plan:
    """The plan of a mapping whose rows are updates; a row that says nothing new is passed over."""
    planned: dict[str, Planned] = {}
    refused: list[Refusal] = []
    former = former_ids(tracker)
    seen: Counter[str | None] = Counter()
    for row in rows:
        try:
            record = _update(tracker, reader, rule, row, provenance, former, seen)
        except _RefusedError as refusal:
            refused.append(refusal.refusal)
            continue
        if record is not None:
            planned[record.id] = _joined(planned.get(record.id), record)
    return Plan(len(rows), tuple(planned.values()), tuple(refused))


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


def _update(  # noqa: PLR0913, PLR0917 - one row with all that it is judged by
    tracker: Tracker,
    reader: RowReader,
    rule: UpdateRule,
    row: Row,
    provenance: Provenance,
    former: dict[str, str],
    seen: "Counter[str | None]",
) -> Planned | None:
    """What a row says of its record; None when it says nothing."""
    record_id: str | None = None
    column = reader.head(rule.id)
    said: Plain = {}
    unfit = ""
    try:
        # `M1C1-51` names the record that a mapping with records has made of it.
        made, record_id = reader.id(row, rule.id) or (None, None)
        entry = tracker.entries.get(former.get(made, made)) if made is not None else None
        record_id = entry.id if entry is not None else record_id
        _hold_rows(seen, record_id)
        model = entry.kind.update if entry is not None else None
        for name, value in rule.fields.items():
            column = reader.head(value)
            field = field_reader(shape_of(model), name, value) if model is not None else None
            if field is not None:
                if (cell := field.value(reader, row)) is not None:
                    put(said, field.paths, cell)
            elif reader.applies(row, value.when) and reader.filled(row, value.take) is not None:
                unfit = unfit or name
        column = _heads(reader, rule.date or "")
        day = reader.filled(row, rule.date) if rule.date is not None else None
        if not said and not unfit and day is None:
            return None
        day = reader.period(day) if day is not None else None
        column = ""
        return _planned(tracker, _judged(entry, record_id, said, unfit), said, day, row.number, provenance)
    except CellProblem as problem:
        raise _RefusedError(Refusal(row.number, column, record_id, problem.phrase)) from None
    except UsageProblem as problem:
        raise _RefusedError(Refusal(row.number, column, record_id, refused_by(problem))) from None


def _hold_rows(seen: "Counter[str | None]", record_id: str | None) -> None:
    """CellProblem when too many rows name one record."""
    seen[record_id] += 1
    if record_id is not None and seen[record_id] > _MOST_ROWS:
        raise CellProblem(N_("more than {limit} rows are news of one record"), limit=_MOST_ROWS)


def _heads(reader: RowReader, template: str) -> str:
    return ", ".join(reader.located.heads.get(name, name) for name in PLACE.findall(template))


def _judged(entry: Entry | None, record_id: str | None, said: Plain, unfit: str) -> Entry:
    """The record that a row names. CellProblem when there is none, or when the row says nothing that it can be told."""
    if record_id is None:
        raise CellProblem(N_("the row does not say which record it is"))
    if entry is None:
        raise CellProblem(N_("there is no record “{id}”"), id=short(record_id))
    if unfit:
        raise CellProblem(N_("a record of the kind “{kind}” has no “{field}”"), kind=entry.kind.name, field=unfit)
    if said.keys() <= {"effective"}:
        raise CellProblem(N_("a date alone says nothing: what happened on it?"))
    return entry


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
