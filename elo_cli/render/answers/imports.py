"""What an import did or would do: in numbers, what changes, what was refused and why, and what is gone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.model.kinds import KindName
from elo_cli.render.forms.blocks import Block, Heading, Items, Paragraph, Table
from elo_cli.render.words import terms
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.store.tables.mapping_file import MappingFile
from elo_cli.tracking.day.state import state
from elo_cli.tracking.importing.rows import Action, Plan, Planned, Refusal

_SHOWN_ROWS = 5
_SHOWN_IDS = 10
_SHOWN_GONE = 50
_SHOWN_SAID = 100
_ACTIONS: dict[Action, str] = {
    # Translators: what happens to a record
    "new": N_("new"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
}


class Import(NamedTuple):
    """An import: the plan, and what became of it."""

    plan: Plan
    file: str
    sheet: str
    mapping: str
    written: bool
    deleted: Sequence[str]


class ImportedRow(NamedTuple):
    """What happens to one record."""

    id: str
    kind: KindName
    action: Action
    rows: Sequence[int]
    """The rows that it comes from, as a spreadsheet numbers them."""
    fields: Sequence[str]
    """The fields that the update sets."""
    cleared: Sequence[str]
    """The fields, or parts of fields, that the table no longer states and the update clears."""


class RefusedRow(NamedTuple):
    """A row that gives no record, or a part of one that cannot be read."""

    row: int
    """As a spreadsheet numbers it; 0 for a record that the table does not have."""
    column: str | None
    """The head of the column; None for the row as a whole."""
    id: str | None
    reason: str
    """In English."""
    cell: str | None
    """The cell, or the merged cells, as a spreadsheet names them, such as F4."""


class Counts(NamedTuple):
    """The import in numbers."""

    new: int
    changed: int
    unchanged: int
    refused: int
    gone: int


class ImportAnswer(NamedTuple):
    """`elo import`."""

    file: str
    sheet: str | None
    mapping: str
    written: bool
    rows: int
    counts: Counts
    records: Sequence[ImportedRow]
    refused: Sequence[RefusedRow]
    gone: Sequence[str]
    """Records that the table was the source of, and no longer has; those already withdrawn are not among them."""
    withdrawn: Sequence[str]
    """Those of them that are withdrawn by decision."""
    returned: Sequence[str]
    """Records that the table has although they are withdrawn."""
    restored: Sequence[str]
    """Those of them that stand again by decision."""
    unowned: Sequence[str]
    """Records of the table that its mapping’s `owns` does not cover, so that they would never be told as gone."""
    deleted: Sequence[str]


def blocks(names: Names, answer: Import) -> list[Block]:
    """The report for people: everything but the records that are new or unchanged, of which the number is told."""
    language = names.language
    plan, say = answer.plan, language.say
    title = say(N_("Import of {file}"), file=f"{answer.file} · {answer.sheet}" if answer.sheet else answer.file)
    kinds = list(dict.fromkeys(record.kind.name for record in plan.planned))
    counts = [
        [terms.kind_word(language, kind), *(language.number(_count(plan, kind, action)) for action in _ACTIONS)]
        for kind in kinds
    ]
    parts: list[Block] = [Heading(title, 1)]
    parts.append(Paragraph(language.count(*nN_("{n} row read", "{n} rows read"), plan.rows)))
    if counts:
        heads = [say(N_("Kind")), *(say(word).capitalize() for word in _ACTIONS.values())]
        parts.append(Table(heads, counts, (1, 2, 3)))
    parts += _said(names, plan.of("changed")) if plan.answers else _changed(language, plan.of("changed"))
    if plan.refused:
        parts.append(Heading(say(N_("Refused"))))
        parts.append(Items(_refusals(language, answer.sheet, plan.refused)))
    parts += _gone(language, answer)
    parts += _returned(language, plan)
    if plan.unowned:
        text = nN_(
            "{n} id of the file is not one of those that the mapping “owns”, and would not be missed: {ids}",
            "{n} ids of the file are not among those that the mapping “owns”, and would not be missed: {ids}",
        )
        parts.append(Paragraph(language.count(*text, len(plan.unowned), ids=_some(plan.unowned))))
    parts.append(Paragraph(_ending(language, answer), style="bold"))
    return parts


def _said(names: Names, changed: Sequence[Planned]) -> list[Block]:
    """What was answered, record by record, as sentences; beyond the first hundred records they are counted."""
    texts = FieldText(names)
    parts: list[Block] = [Heading(names.language.say(N_("Changed")))] if changed else []
    for record in changed[:_SHOWN_SAID]:
        parts.append(Paragraph(names.with_id(record.id)))
        parts.append(Items(list(_sentences(texts, record))))
    if len(changed) > _SHOWN_SAID:
        parts.append(Paragraph(f"… (+{len(changed) - _SHOWN_SAID})"))
    return parts


def _sentences(texts: FieldText, record: Planned) -> Iterator[str]:
    """Each update of a record that is there, with what it changes from: as it stood on the update's own day."""
    held = texts.names.view.tracker.entries[record.id].record
    if record.kind.update is None:
        return
    news = [record.kind.update.model_validate(update) for update in record.updates]
    for word in sorted(news, key=lambda word: word.said_on):
        now = state(held, word.said_on).now
        before = {name: getattr(now, name) for name in word.changes() if name not in held.grows and hasattr(now, name)}
        yield texts.sentence(word, before)


def _changed(language: Language, changed: Sequence[Planned]) -> list[Block]:
    """What changes, record by record; those of which nothing but the version of the decision is new are counted."""
    say = language.say
    told = [record for record in changed if not _confirmed(record)]
    parts: list[Block] = []
    if told:
        heads = [say(N_("Id")), say(N_("Fields")), say(N_("Rows"))]
        parts.append(Heading(say(N_("Changed"))))
        parts.append(Table(heads, [[record.id, _fields(language, record), _rows(record.rows)] for record in told]))
    if confirmed := len(changed) - len(told):
        text = nN_(
            "{n} record stays as it is, and gets the version of the decision",
            "{n} records stay as they are, and get the version of the decision",
        )
        parts.append(Paragraph(language.count(*text, confirmed)))
    if cleared := sum(len(record.cleared) for record in changed):
        text = nN_(
            "{n} value is empty in the file now, and is cleared",
            "{n} values are empty in the file now, and are cleared",
        )
        parts.append(Paragraph(language.count(*text, cleared)))
    return parts


def _confirmed(record: Planned) -> bool:
    """Whether an update says no more than which version of the decision the record stands in."""
    return record.fields == ("rrf",) and all(
        isinstance(rrf := update.get("rrf"), Mapping) and rrf.keys() == {"cid_version"} for update in record.updates
    )


def _gone(language: Language, answer: Import) -> list[Block]:
    """What the file no longer has, what becomes of it, and what can be done where nothing does."""
    say, plan = language.say, answer.plan
    if not plan.gone:
        return []
    marks = dict.fromkeys(answer.deleted, say(N_("deleted"))) | dict.fromkeys(plan.withdrawn, say(N_("withdrawn")))
    names = [f"{name} ({marks[name]})" if name in marks else name for name in plan.gone]
    parts: list[Block] = [Heading(say(N_("Gone from the file"))), Items([_some(names, _SHOWN_GONE)])]
    if len(marks) < len(names):
        text = N_(
            "Nothing happens to them. --withdraw-gone, with --reason and --decided-by, writes that they are withdrawn "
            "by decision."
        )
        parts.append(Paragraph(say(text)))
    return parts


def _returned(language: Language, plan: Plan) -> list[Block]:
    """What the file has although it is withdrawn, what becomes of it, and what can be done where nothing does."""
    say = language.say
    if not plan.returned:
        return []
    # Translators: of a withdrawn milestone that a later decision has again
    stands = say(N_("stands again"))
    marked = [f"{name} ({stands})" if name in plan.restored else name for name in plan.returned]
    parts: list[Block] = [Heading(say(N_("In the file, and withdrawn"))), Items([_some(marked)])]
    if len(plan.restored) < len(plan.returned):
        text = N_(
            "They stay withdrawn. --restore-returned, with --reason and --decided-by, writes that they stand again by "
            "decision."
        )
        parts.append(Paragraph(say(text)))
    return parts


def _some(names: Sequence[str], shown: int = _SHOWN_IDS) -> str:
    """The first few names, and how many more there are."""
    more = f" … (+{len(names) - shown})" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more


def rows(language: Language, answer: Import) -> list[Block]:
    """The whole plan as one table, for a spreadsheet: a line for each record and for each refusal."""
    say, plan = language.say, answer.plan
    lines = [
        [
            say(_ACTIONS[record.action]),
            record.kind.name,
            record.id,
            _rows(record.rows, len(record.rows)),
            _fields(language, record),
            "",
        ]
        for record in plan.planned
    ]
    lines += [
        [
            say(N_("refused")),
            "",
            refusal.record or "",
            str(refusal.row),
            refusal.column,
            f"{refusal.cell}: {reason}" if refusal.cell else reason,
        ]
        for refusal in plan.refused
        for reason in (language.say_all(*refusal.reason),)
    ]
    lines += [[say(N_("gone")), "", name, "", "", ""] for name in plan.gone]
    heads = [N_("What"), N_("Kind"), N_("Id"), N_("Rows"), N_("Fields"), N_("Reason")]
    return [Table([say(head) for head in heads], lines)]


def answer(done: Import) -> ImportAnswer:
    """The plan as JSON carries it."""
    plan = done.plan
    return ImportAnswer(
        done.file,
        done.sheet or None,
        done.mapping,
        done.written,
        plan.rows,
        Counts(
            len(plan.of("new")),
            len(plan.of("changed")),
            len(plan.of("unchanged")),
            len(plan.refused),
            len(plan.gone),
        ),
        [
            ImportedRow(
                record.id,
                record.kind.name,
                record.action,
                record.rows,
                record.fields if record.action == "changed" else (),
                record.cleared,
            )
            for record in plan.planned
        ],
        [
            RefusedRow(refusal.row, refusal.column or None, refusal.record, str(refusal.reason), refusal.cell or None)
            for refusal in plan.refused
        ],
        plan.gone,
        plan.withdrawn,
        plan.returned,
        plan.restored,
        plan.unowned,
        done.deleted,
    )


def shipped_mappings(language: Language, mappings: Mapping[str, MappingFile]) -> list[Block]:
    """The mappings that come with elo, and what each is for."""
    lines = [[name, language.text(file.mapping.title)] for name, file in mappings.items() if file.mapping is not None]
    return [Table([language.say(N_("Mapping")), language.say(N_("What it is for"))], lines)]


def _count(plan: Plan, kind: str, action: Action) -> int:
    return sum(1 for record in plan.planned if record.kind.name == kind and record.action == action)


def _refusals(language: Language, sheet: str, refused: Sequence[Refusal]) -> list[str]:
    """A line for each reason: where in the sheet, which records, and why; JSON and CSV have each row."""
    same: dict[tuple[str, str], list[Refusal]] = {}
    for refusal in refused:
        same.setdefault((refusal.column, language.say_all(*refusal.reason)), []).append(refusal)
    return [f"{_place(language, sheet, column, ones)}: {reason}" for (column, reason), ones in same.items()]


def _place(language: Language, sheet: str, column: str, ones: Sequence[Refusal]) -> str:
    """Where something was refused: the sheet, the cells or rows, the column's head, and the records."""
    cells = list(dict.fromkeys(refusal.cell for refusal in ones if refusal.cell))
    numbers = list(dict.fromkeys(refusal.row for refusal in ones if refusal.row))
    where = _some(cells, _SHOWN_ROWS)
    if not cells and numbers:
        where = language.count(*nN_("row {rows}", "rows {rows}"), len(numbers), rows=_rows(numbers))
    ids = _some(list(dict.fromkeys(refusal.record for refusal in ones if refusal.record)), _SHOWN_ROWS)
    place = f"{where} ({column})" if where and column else where or column
    parts = (sheet if where else "", place, ids)
    return ", ".join(part for part in parts if part)


def _fields(language: Language, record: Planned) -> str:
    """The fields that an update sets, those that it clears marked as that."""
    if record.action != "changed":
        return ""
    cleared: dict[str, list[str]] = {}
    for name in record.cleared:
        field, *parts = name.split(".")
        cleared.setdefault(field, []).extend(parts)
    return ", ".join(_field(language, field, cleared.get(field)) for field in record.fields)


def _field(language: Language, field: str, cleared: Sequence[str] | None) -> str:
    head = terms.head(language, field)
    if cleared is None:
        return head
    if not cleared:
        return language.say(N_("{field} (cleared)"), field=head)
    parts = ", ".join(terms.head(language, part) for part in cleared)
    return language.say(N_("{field} (cleared: {parts})"), field=head, parts=parts)


def _rows(numbers: Sequence[int], shown: int = _SHOWN_ROWS) -> str:
    text = ", ".join(map(str, numbers[:shown]))
    return f"{text} …" if len(numbers) > shown else text


def _ending(language: Language, answer: Import) -> str:
    new, changed = len(answer.plan.of("new")), len(answer.plan.of("changed"))
    if not new and not changed and not answer.deleted:
        return language.say(N_("Nothing to write."))
    if answer.written:
        return language.say(N_("Written: {new} new, {changed} changed."), new=new, changed=changed)
    return language.say(N_("Nothing was written yet; --yes writes this."))
