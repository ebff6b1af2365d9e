"""Finding a mapping's columns in a table by their heads, wherever these stand and whatever they were called before."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.store.tables.cells import CellProblem, text_of
from elo_cli.store.tables.mapping import Mapping
from elo_cli.store.tables.rows import Cell, NoValue, Row, Sheet

_LOOKED_AT: Final = 50
"""Rows among which the heads are looked for; above them a sheet has titles and explanations."""
_REPEATED: Final = 2


class Located(NamedTuple):
    """A table whose columns are found: where each stands, what its head says, and the rows below."""

    sheet: str
    columns: dict[str, int]
    heads: dict[str, str]
    rows: Iterator[Row]


def locate(sheets: Sequence[Sheet], mapping: Mapping, file: str) -> Located:
    """The first sheet that has every column that the mapping needs, and its rows below the heads.

    UsageProblem, with the columns that are missing in the sheet that has most of them, when there is none.
    """
    names: dict[str, list[str]] = {}
    for name, column in mapping.columns.items():
        for head in dict.fromkeys(map(_plain, column.heads)):
            names.setdefault(head, []).append(name)
    needed = {name for name, column in mapping.columns.items() if not column.optional}
    missing, seen = needed, False
    for sheet in sheets:
        rows = iter(sheet.rows())
        first = list(islice(rows, _LOOKED_AT))
        seen = seen or bool(first)
        for index in range(len(first)):
            for cells in _candidates(first, index):
                columns, twice = _columns(cells, names)
                if needed <= columns.keys():
                    if twice:
                        raise UsageProblem(
                            N_("“{file}” has the column “{head}” twice"), file=file, head=_text(cells[columns[twice]])
                        )
                    heads = {name: _text(cells[place]) for name, place in columns.items()}
                    below = chain(first[index + 1 :], rows)
                    return Located(sheet.name, columns, heads, _below(below, columns, names))
                if len(needed - columns.keys()) < len(missing):
                    missing = needed - columns.keys()
    if not seen:
        raise UsageProblem(N_("“{file}” has no rows"), file=file)
    raise UsageProblem(
        N_("“{file}” does not fit this mapping: there is no column {heads}"),
        file=file,
        heads="; ".join(
            " / ".join(f"“{head}”" for head in mapping.columns[name].heads)
            for name in mapping.columns
            if name in missing
        ),
    )


def _candidates(first: Sequence[Row], index: int) -> Iterator[Sequence[Cell]]:
    """A row as heads: on its own, and with the row above where heads stand in two rows and some span both."""
    cells = first[index].cells
    yield cells
    if index:
        above = first[index - 1].cells
        size = max(len(cells), len(above))
        yield [_at(cells, place) if _text(_at(cells, place)) else _at(above, place) for place in range(size)]


def _columns(cells: Sequence[Cell], names: dict[str, list[str]]) -> tuple[dict[str, int], str | None]:
    """Where each column stands, and one that stands there twice."""
    columns: dict[str, int] = {}
    twice = None
    for place, cell in enumerate(cells):
        for name in names.get(_plain(_text(cell)), ()):
            twice = name if name in columns else twice
            columns.setdefault(name, place)
    return columns, twice


def _below(rows: Iterator[Row], columns: dict[str, int], names: dict[str, list[str]]) -> Iterator[Row]:
    """The rows below the heads, without those that repeat them in other words, as the chase sheet's second row does."""
    for row in rows:
        told = {name: text for name, place in columns.items() if (text := _text(_at(row.cells, place)))}
        if not told:
            continue
        if len(told) >= _REPEATED and all(name in names.get(_plain(text), ()) for name, text in told.items()):
            continue
        yield row


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _text(cell: Cell) -> str:
    try:
        return text_of(cell)
    except CellProblem:
        return cell.text if isinstance(cell, NoValue) else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
