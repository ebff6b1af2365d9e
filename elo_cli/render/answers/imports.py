"""What an import did or would do: in numbers, what changes, what was refused and why, and what is gone."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.model.kinds import KindName
from elo_cli.render.forms.blocks import Block, Heading, Items, Paragraph, Table
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.store.tables.mapping_file import MappingFile
from elo_cli.tracking.importing.rows import Action, Plan, Planned, Refusal

_SHOWN_ROWS = 5
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


class RefusedRow(NamedTuple):
    """A row that gives no record, or a part of one that cannot be read."""

    row: int
    column: str | None
    """The head of the column; None for the row as a whole."""
    id: str | None
    reason: str
    """In English."""


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
    """Records that the table was the source of, and no longer has."""
    deleted: Sequence[str]


def blocks(language: Language, answer: Import) -> list[Block]:
    """The report for people: everything but the records that are new or unchanged, of which the number is told."""
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
    changed = plan.of("changed")
    if changed:
        parts.append(Heading(say(N_("Changed"))))
        parts.append(
            Table(
                [say(N_("Id")), say(N_("Fields")), say(N_("Rows"))],
                [[record.id, _fields(language, record), _rows(record.rows)] for record in changed],
            )
        )
    if plan.refused:
        parts.append(Heading(say(N_("Refused"))))
        parts.append(_refusals(language, plan.refused))
    if plan.gone:
        parts.append(Heading(say(N_("Gone from the file"))))
        deleted = set(answer.deleted)
        parts.append(Items([f"{name} ({say(N_('deleted'))})" if name in deleted else name for name in plan.gone]))
    parts.append(Paragraph(_ending(language, answer), style="bold"))
    return parts


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
            language.say_all(*refusal.reason),
        ]
        for refusal in plan.refused
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
            )
            for record in plan.planned
        ],
        [
            RefusedRow(refusal.row, refusal.column or None, refusal.record, str(refusal.reason))
            for refusal in plan.refused
        ],
        plan.gone,
        done.deleted,
    )


def shipped_mappings(language: Language, mappings: Mapping[str, MappingFile]) -> list[Block]:
    """The mappings that come with elo, and what each is for."""
    lines = [[name, language.text(file.mapping.title)] for name, file in mappings.items() if file.mapping is not None]
    return [Table([language.say(N_("Mapping")), language.say(N_("For"))], lines)]


def _count(plan: Plan, kind: str, action: Action) -> int:
    return sum(1 for record in plan.planned if record.kind.name == kind and record.action == action)


def _refusals(language: Language, refused: Sequence[Refusal]) -> Table:
    say = language.say
    return Table(
        [say(N_("Row")), say(N_("Column")), say(N_("Id")), say(N_("Reason"))],
        [
            [str(refusal.row), refusal.column or "–", refusal.record or "–", language.say_all(*refusal.reason)]
            for refusal in refused
        ],
        (0,),
    )


def _fields(language: Language, record: Planned) -> str:
    return ", ".join(terms.head(language, field) for field in record.fields) if record.action == "changed" else ""


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
