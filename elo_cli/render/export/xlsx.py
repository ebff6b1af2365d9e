"""A workbook for people: a sheet a kind with how things stand on the day, in the reader's language and with its words.

Names stand for ids, one language for all; what is nowhere stated has no column. The hidden first row of a
sheet names its columns as the CSV files do, for programs. CSV and JSON hold every field.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.model.kinds import RECORD_KINDS, VOCABULARIES
from elo_cli.model.period import Period
from elo_cli.model.words import FIELDS
from elo_cli.render.export.columns import Cell, Column
from elo_cli.render.export.sheets import SheetColumn, Sheets
from elo_cli.render.export.tables import PROMISED, TableData, tables
from elo_cli.render.words import terms
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.tracking.day.view import View

_ALWAYS: Final = frozenset({"name", "status", "due", "amount", "stage", "responsible"})
"""Columns that are there although nothing is stated in them: that nothing is, is worth seeing."""
_PARTS: Final = {
    "start": N_("{field}: first day"),
    "end": N_("{field}: last day"),
    "low": N_("{field}: at least, %"),
    "high": N_("{field}: at most, %"),
}


class _Sheet(NamedTuple):
    """One column of a sheet: its head, and its cells in the order of the rows."""

    column: SheetColumn
    cells: list[Cell]
    field: str


def write(language: Language, view: View) -> bytes:
    """The workbook as the bytes of its file."""
    config = view.tracker.config
    sheets = Sheets(language, language.text(config.name))
    by_name = {table.name: table for table in tables(view)}
    titles = _sheets()
    used = [name for name in titles if by_name[name].rows]
    _about(sheets, language, view, [(titles[name], by_name[name].description) for name in used])
    names = Names(language, view)
    for name in used:
        columns = _columns(names, by_name[name])
        present = {column.field: column.cells for column in columns}
        kept = [column for column in columns if _worth_it(column, present)]
        rows = list(zip(*(column.cells for column in kept), strict=True))
        sheets.add(language.say(titles[name]), [column.column for column in kept], rows)
    return sheets.content()


def _sheets() -> dict[str, str]:
    """The tables that are sheets, in the order of the sheets, with their names as msgids."""
    return {
        **{kind.folder: kind.names.sheet or kind.names.many for kind in RECORD_KINDS},
        "updates": FIELDS["updates"],
        **{f"{kind.name}_{field}": FIELDS[field] for kind in RECORD_KINDS for field in kind.sheets},
        **{kind.folder: kind.names.sheet or kind.names.many for kind in VOCABULARIES},
        "sources": FIELDS["sources"],
        "corrections": FIELDS["corrections"],
    }


def _worth_it(column: _Sheet, present: Mapping[str, list[Cell]]) -> bool:
    """Whether a column says something: a stated value, and of a promise something else than the present."""
    if column.field.startswith(PROMISED):
        return column.cells != present[column.field.removeprefix(PROMISED)]
    return column.field in _ALWAYS or any(cell is not None for cell in column.cells)


def _about(sheets: Sheets, language: Language, view: View, used: Sequence[tuple[str, str]]) -> None:
    """The first sheet: what this is, of which day, and what each sheet holds."""
    from elo_cli import version

    say, config = language.say, view.tracker.config
    rows: list[tuple[Cell, Cell]] = [
        (say(N_("Strategy")), language.text(config.name)),
        (say(N_("As of")), view.as_of),
        (say(N_("Revision")), view.tracker.source.revision),
        (say(N_("Could not be read")), ", ".join(view.tracker.incomplete_inside) or None),
        (say(N_("Written by")), f"elo {version()}"),
        (say(N_("Note")), language.text(config.translations) or None),
    ]
    rows = [row for row in rows if row[1] is not None]
    rows += [(say(title), say(about)) for title, about in used]
    sheets.add(say(N_("About")), [SheetColumn(say(N_("What"))), SheetColumn(say(N_("Content")))], rows)


def _columns(names: Names, table: TableData) -> list[_Sheet]:
    """The columns of a sheet: a text in one language, an id as a name, a word in the reader's own."""
    sheets: list[_Sheet] = []
    texts: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for index, column in enumerate(table.columns):
        if column.language is not None:
            prefix = ("promised",) if column.name.startswith(PROMISED) else ()
            texts.setdefault((*prefix, *column.path), []).append((column.language, index))
    for index, column in enumerate(table.columns):
        named = column
        if column.language is None and column.field in _SAID:
            cells = [_SAID[column.field](names, *row[:2]) for row in table.rows]
        elif column.language is None:
            cells = [_cell(names, column, row[index]) for row in table.rows]
        else:
            group = texts.pop(column.path, None)
            if group is None:
                continue
            # The column of the language that is tried first.
            places = dict(group)
            named = table.columns[next((places[code] for code in names.language.preferred if code in places), index)]
            cells = [
                names.language.text({code: str(row[place]) for code, place in group if row[place] is not None}) or None
                for row in table.rows
            ]
        head = SheetColumn(_head(names.language, column), column.type == "money", named.name)
        sheets.append(_Sheet(head, cells, column.name))
    return sheets


def _head(language: Language, column: Column) -> str:
    say = language.say
    head = say(column.head) if column.head else terms.head(language, column.field)
    if len(column.path) > 1:
        head = f"{terms.head(language, column.path[0])}: {head}"
    if column.part is not None:
        head = say(_PARTS[column.part], field=head)
    if column.name.startswith(PROMISED):
        head = say(N_("{field}, promised"), field=head)
    return head


def _changes(names: Names, record: Cell, number: Cell) -> Cell:
    """What an update sets, in sentences; its number is counted from 1."""
    update = names.tracker.entries[str(record)].record.all_updates[int(str(number)) - 1]
    return "\n".join(FieldText(names).changes(update)) or None


def _was(names: Names, record: Cell, number: Cell) -> Cell:
    """What a correction says had stood there, as a reader sees such a value."""
    correction = (names.tracker.entries[str(record)].record.corrections or ())[int(str(number)) - 1]
    return FieldText(names).one(correction.field, correction.was)


_SAID: Final = {"changes": _changes, "was": _was}
"""Columns that hold JSON for programs, and sentences for people."""


def _cell(names: Names, column: Column, value: Cell) -> Cell:
    if not isinstance(value, str):
        return value
    match column.type:
        case "word":
            return terms.word(names.language, column.field, value)
        case "period":
            return names.language.period(Period.parse(value))
        case "id":
            return names.short(value)
        case "ids" if column.kinds:
            return names.shorts(value.split())
        case _:
            return value
