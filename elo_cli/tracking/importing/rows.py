"""What an import would do: rows, a mapping and a tracker in; new, changed and unchanged records and refused rows out.

Several rows of one id are one record: lists collect, and single fields must agree. A record that is there is compared
as it stands after its updates, and what differs becomes one update; what a row does not say is left as it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from pydantic import ValidationError

from elo_cli.model.characters import short
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.finding import Phrase
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.values import ID_PATTERN
from elo_cli.store.edit.update import wrong_value
from elo_cli.store.schema_problems import problems_of
from elo_cli.store.tables.cells import CellProblem
from elo_cli.store.tables.mapping import RecordRule
from elo_cli.store.tables.patterns import fits
from elo_cli.store.tables.rows import Row
from elo_cli.store.tracker import Tracker, links_in
from elo_cli.store.yaml.strict import Plain
from elo_cli.tracking.importing.changes import Provenance, alike, change_of
from elo_cli.tracking.importing.gone import gone, is_withdrawn, restoration, withdrawals
from elo_cli.tracking.importing.values import MOST_ITEMS, FieldReader, RowReader, field_reader, put

Action = Literal["new", "changed", "unchanged"]
_ID: Final = re.compile(ID_PATTERN)
_LONGEST: Final = 100


class Refusal(NamedTuple):
    """A row that gives no record: its number, the heads of the column where there is one, the id, and the reason.

    The number is 0 for a record that the table does not have.
    """

    row: int
    column: str
    record: str | None
    reason: Phrase
    cell: str = ""
    """The cell, or the cells of several rows, as a spreadsheet names them: F4; "" where it is the row as a whole."""


class Planned(NamedTuple):
    """What happens to one record: a new one whole, or updates for the one that is there."""

    id: str
    kind: Kind
    action: Action
    rows: tuple[int, ...]
    record: Plain | None = None
    updates: tuple[Plain, ...] = ()
    fields: tuple[str, ...] = ()
    promise: bool = False
    """Whether an update changes what was promised."""
    cleared: tuple[str, ...] = ()
    """The fields that the table no longer states, and that the update clears."""


class Plan(NamedTuple):
    """All that an import would do, and what it would not."""

    rows: int
    planned: tuple[Planned, ...]
    refused: tuple[Refusal, ...]
    gone: tuple[str, ...] = ()
    """Ids of records that the table was the source of, and no longer has; those that are withdrawn already are none."""
    withdrawn: tuple[str, ...] = ()
    """Those of them that this import withdraws by decision."""
    returned: tuple[str, ...] = ()
    """Ids of records that the table has, and that are withdrawn."""
    restored: tuple[str, ...] = ()
    """Those of them that stand again by this import."""
    answers: bool = False
    """Whether each row is an answer about a record that is there, and so can be told as one."""
    unowned: tuple[str, ...] = ()
    """Ids of records of the table that its mapping does not call the table's own, so that nobody would miss them."""

    def of(self, action: Action) -> list[Planned]:
        """The records to which this happens."""
        return [planned for planned in self.planned if planned.action == action]


class _Group:
    """The rows of one id."""

    def __init__(self, record_id: str, words: str) -> None:
        self.id = record_id
        self.words = words
        self.rows: list[int] = []
        self.values: dict[str, object] = {}
        self.first: dict[str, int] = {}
        self.refusals: list[Refusal] = []
        self.silent: Counter[str] = Counter()
        """In how many of the rows a field is empty."""

    def take(self, field: FieldReader, value: object, row: int, column: str) -> None:
        """Add what a row says of a field."""
        old = self.values.get(field.name)
        if old is None:
            self.values[field.name] = value
            self.first[field.name] = row
        elif isinstance(old, list) and isinstance(value, list):
            old.extend(item for item in value if item not in old)
            if len(old) > MOST_ITEMS:
                del old[MOST_ITEMS:]
                self.refuse(row, column, N_("the rows of this id have more than {limit} values here"), limit=MOST_ITEMS)
        elif not alike(old, value):
            self.refuse(
                row,
                column,
                N_("row {other} of the same id says “{old}”, and this one “{new}”"),
                other=self.first[field.name],
                old=_shown(old),
                new=_shown(value),
            )

    def refuse(self, row: int, column: str, message: str, **values: object) -> None:
        """Note why the record cannot be made."""
        self.refusals.append(Refusal(row, column, self.id, Phrase(message, values)))


def plan_records(  # noqa: PLR0913 - what the table is, and what is to become of what it lacks or has again
    tracker: Tracker,
    reader: RowReader,
    rows: Sequence[Row],
    provenance: Provenance,
    *,
    withdraw_gone: bool = False,
    restore_returned: bool = False,
) -> Plan:
    """The plan of a mapping that makes records. The rows are read once for each kind that the mapping names."""
    planned: dict[str, Planned] = {}
    refused: list[Refusal] = []
    lacking: list[str] = []
    unowned: list[str] = []
    former = former_ids(tracker)
    for rule in reader.mapping.records or ():
        kind = KINDS[rule.kind]
        fields = [field for name, value in rule.fields.items() if (field := field_reader(kind.shape, name, value))]
        groups, unnamed = _grouped(reader, rule, fields, rows)
        refused.extend(unnamed)
        for group in groups.values():
            record = (
                None
                if group.refusals
                else _planned(tracker, kind, group, rule, fields, reader, provenance, former, planned)
            )
            if group.refusals or record is None:
                refused.extend(group.refusals)
            else:
                planned[record.id] = record
        if rule.owns is not None:
            there = {former.get(name, name) for name in groups}
            owned = [name for name in tracker.by_kind[kind.name] if fits(rule.owns, name)]
            lacking += gone(tracker, owned, there, provenance)
            unowned += [name for name in there if not fits(rule.owns, name)]
    withdrawn = _withdrawn(tracker, lacking if withdraw_gone else (), provenance, refused)
    planned |= {record.id: record for record in withdrawn}
    entries = tracker.entries
    returned = [
        record.id
        for record in planned.values()
        if record.rows and record.id in entries and is_withdrawn(entries[record.id])
    ]
    restored = _restored(tracker, [planned[name] for name in returned if restore_returned], provenance, refused)
    planned |= {record.id: record for record in restored}
    return Plan(
        len(rows),
        tuple(planned.values()),
        tuple(sorted(refused, key=lambda refusal: (refusal.row, refusal.column))),
        tuple(lacking),
        tuple(record.id for record in withdrawn),
        tuple(returned),
        tuple(record.id for record in restored),
        unowned=tuple(unowned),
    )


def _withdrawn(tracker: Tracker, names: Iterable[str], provenance: Provenance, refused: list[Refusal]) -> list[Planned]:
    """What withdraws records by decision; where nothing can, the reason joins the refusals."""
    planned = []
    for withdrawal in withdrawals(tracker, names, provenance):
        if withdrawal.update is None:
            refused.append(Refusal(0, "", withdrawal.entry.id, withdrawal.reason or Phrase("")))
            continue
        updates = (withdrawal.update,)
        planned.append(
            Planned(withdrawal.entry.id, withdrawal.entry.kind, "changed", (), None, updates, ("status",), promise=True)
        )
    return planned


def _restored(
    tracker: Tracker, returned: Iterable[Planned], provenance: Provenance, refused: list[Refusal]
) -> list[Planned]:
    """What lets withdrawn records stand again, with all else that the table says of each, in one update."""
    restored = []
    for record in returned:
        try:
            update = restoration(tracker.entries[record.id], provenance)
        except CellProblem as problem:
            refused.append(Refusal(record.rows[0], "", record.id, problem.phrase))
            continue
        updates = ({**(record.updates[0] if record.updates else {}), **update},)
        fields = tuple(dict.fromkeys((*record.fields, "status")))
        restored.append(record._replace(action="changed", updates=updates, fields=fields, promise=True))
    return restored


def former_ids(tracker: Tracker) -> dict[str, str]:
    """The present id of every record under the ids that it had before."""
    return {old: entry.id for entry in tracker.entries.values() for old in entry.record.formerly or ()}


def _grouped(
    reader: RowReader, rule: RecordRule, fields: Sequence[FieldReader], rows: Sequence[Row]
) -> tuple[dict[str, _Group], list[Refusal]]:
    """The rows by the id of their record, and those that name none that can be one."""
    groups: dict[str, _Group] = {}
    refused: list[Refusal] = []
    heads = {field.name: reader.head(field.rule) for field in fields}
    for row in rows:
        column, cell = reader.head(rule.id), reader.cell_of(row, rule.id.take)
        try:
            if not reader.applies(row, rule.when):
                continue
            identity = reader.id(row, rule.id)
        except CellProblem as problem:
            refused.append(Refusal(row.number, column, None, problem.phrase, cell))
            continue
        if identity is None:
            refused.append(
                Refusal(row.number, column, None, Phrase(N_("the row does not say which record it is")), cell)
            )
            continue
        record_id, words = identity
        if not _ID.fullmatch(record_id) or len(record_id) > _LONGEST:
            said = Phrase(N_("“{text}” makes no id"), {"text": short(words)})
            refused.append(Refusal(row.number, column, None, said, cell))
            continue
        group = groups.setdefault(record_id, _Group(record_id, words))
        if group.words != words:
            group.refuse(
                row.number,
                column,
                N_("“{text}” and “{other}” make the same id"),
                text=short(words),
                other=short(group.words),
            )
        group.rows.append(row.number)
        for field in fields:
            try:
                value = field.value(reader, row)
            except CellProblem as problem:
                group.refusals.append(
                    Refusal(
                        row.number, heads[field.name], record_id, problem.phrase, reader.cell_of(row, field.rule.take)
                    )
                )
                continue
            if value is not None:
                group.take(field, value, row.number, heads[field.name])
            elif field.is_empty(reader, row):
                group.silent[field.name] += 1
    return groups, refused


def _planned(  # noqa: PLR0913, PLR0917 - one step of the plan with all that it looks at
    tracker: Tracker,
    kind: Kind,
    group: _Group,
    rule: RecordRule,
    fields: Sequence[FieldReader],
    reader: RowReader,
    provenance: Provenance,
    former: dict[str, str],
    planned: dict[str, Planned],
) -> Planned | None:
    """What happens to the record of a group; None, and the reason in the group, when nothing can."""
    said: Plain = {}
    for field in fields:
        value = group.values.get(field.name)
        if field.rule.known and isinstance(value, list):
            ids = (former.get(name, name) for name in value)
            value = [name for name in ids if name in tracker.entries or name in planned] or None
        if value is not None:
            put(said, field.paths, value)
    heads = {field.name: reader.head(field.rule) for field in fields}
    record_id = former.get(group.id, group.id)
    entry = tracker.entries.get(record_id)
    if record_id in tracker.broken:
        group.refuse(group.rows[0], "", N_("the record is there and cannot be read; elo check says why"))
        return None
    if record_id in planned or (entry is not None and entry.kind is not kind):
        other = planned[record_id].kind if record_id in planned else entry.kind if entry is not None else kind
        group.refuse(
            group.rows[0], heads.get("id", ""), N_("“{id}” is already a {kind}"), id=record_id, kind=other.name
        )
        return None
    for place, target, reason in _unknown(tracker, kind, said, record_id, planned):
        first = next((name for name in heads if name.split(".")[0] == place.split(".")[0]), "")
        group.refuse(group.first.get(first, group.rows[0]), heads.get(first, ""), reason, id=target)
    if group.refusals:
        return None
    if entry is None:
        return _new(kind, group, said, heads, provenance)
    # Only what the table is the source of can it take back by its silence.
    silent = [field.paths for field in fields if group.silent[field.name] == len(group.rows)]
    try:
        change = change_of(entry, said, provenance, silent if rule.owns and fits(rule.owns, record_id) else ())
    except CellProblem as problem:
        group.refusals.append(Refusal(group.rows[0], "", record_id, problem.phrase))
        return None
    if change is None:
        return Planned(record_id, kind, "unchanged", tuple(group.rows))
    lines, updates = tuple(group.rows), (change.update,)
    return Planned(record_id, kind, "changed", lines, None, updates, change.fields, change.promise, change.cleared)


def _unknown(
    tracker: Tracker, kind: Kind, said: Plain, record_id: str, planned: dict[str, Planned]
) -> Iterator[tuple[str, str, str]]:
    """The references of a record that lead nowhere: the field, the id, and what to say."""
    for link in links_in(kind, said, record_id):
        entry = tracker.entries.get(link.target)
        other = (
            entry.kind.name if entry is not None else planned[link.target].kind.name if link.target in planned else None
        )
        if other is None:
            yield link.reference.field, link.target, N_("there is no record “{id}” to refer to")
        elif other not in link.reference.kinds:
            yield link.reference.field, link.target, N_("“{id}” is a record of another kind")


def _new(kind: Kind, group: _Group, said: Plain, heads: dict[str, str], provenance: Provenance) -> Planned | None:
    record: Plain = {"id": group.id, **said}
    if provenance.source is not None:
        record["sources"] = [{"document": provenance.source}]
    try:
        kind.record.model_validate(record)
    except ValidationError as error:
        for problem in problems_of(error, kind.record, "", (), group.id):
            first = str(problem.where[0]) if problem.where else ""
            name = next((name for name in heads if name.split(".")[0] == first), "")
            usage = wrong_value(problem)
            group.refuse(group.first.get(name, group.rows[0]), heads.get(name, ""), usage.message, **usage.values)
        return None
    return Planned(group.id, kind, "new", tuple(group.rows), record, (), tuple(said))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    return short(str(value))


def refused_by(problem: UsageProblem) -> Phrase:
    """What a model has against an update, as the reason of a refusal."""
    return Phrase(problem.message, problem.values)
