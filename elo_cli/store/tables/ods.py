"""ODS as rows of typed cells: a cell that says that it stands a billion times is counted before it is made.

Formulas are known by `table:formula`. All sheets stand in one part and are read at once; one that breaks a limit says
so when it is asked for, so that it keeps nobody from reading those before it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from elo_cli.store.tables.package import Package, PartReader, number_in
from elo_cli.store.tables.rows import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Merge,
    NoValue,
    Row,
    Sheet,
    TableLimits,
    TableProblem,
    letters_of,
    with_merges,
)

_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_NUMBERS: Final = frozenset({"float", "percentage", "currency"})
_MOST_SPACES: Final = 1_000


def ods_sheets(package: Package, bounds: TableLimits) -> list[Sheet]:
    """The sheets of a document, in their order. Raises TableProblem when it is damaged."""
    reader = _Document(bounds)
    package.parse("content.xml", reader, skip="annotation")
    return [Sheet(table.title, table.given) for table in reader.tables]


class _Table:
    """One sheet: its rows, or what is wrong with it."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[Row] = []
        self.merges: list[Merge] = []
        self.number = 0
        self.problem: TableProblem | None = None

    def given(self) -> Iterable[Row]:
        if self.problem is not None:
            raise self.problem
        return with_merges(self.rows, self.merges)

    def merge(self, column: int, rows: int, columns: int) -> None:
        """Cells of the next row and those below it that are one, beginning in this column, counted from 1."""
        first, last = self.number + 1, self.number + rows
        if rows > 1 and len(self.merges) < MAX_ROWS:
            text = f"{letters_of(column)}{first}:{letters_of(column + columns - 1)}{last}"
            self.merges.append(Merge(first, last, text))

    def add(self, cells: tuple[Cell, ...], repeated: int, bounds: TableLimits) -> None:
        try:
            for more in range(1, min(repeated, MAX_ROWS + 1) + 1 if cells else 0):
                self.rows.append(bounds.held(Row(self.number + more, cells)))
        except TableProblem as problem:
            self.problem, self.rows = problem, []
        self.number += repeated


class _Document(PartReader):
    """Takes the elements of content.xml; a table within a cell is no part of its sheet."""

    def __init__(self, bounds: TableLimits) -> None:
        self.tables: list[_Table] = []
        self._bounds = bounds
        self._within = 0
        """Levels below the row that is being read; 0 outside of one, 1 for its cells, 2 for their paragraphs."""
        self._cells: list[Cell] = []
        self._empty = self._rows = self._columns = 0
        self._cell: Mapping[str, str] = {}
        self._pieces: list[str] = []
        self._paragraphs = 0
        self._in_paragraph = False
        self._size = 0
        """Characters of the cell so far: a tag of twenty bytes may stand for a thousand spaces."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._within:
            if name == "table":
                self._bounds.sheet()
                self.tables.append(_Table(attributes.get(f"{_TABLE}name", "")))
            elif name == "table-row" and self.tables:
                self._within, self._cells, self._empty = 1, [], 0
                self._rows = _repeated(attributes, "rows")
            return
        self._within += 1
        if self._within == 2:  # noqa: PLR2004 - see the attribute
            self._cell, self._pieces = attributes, []
            self._paragraphs = self._size = 0
            self._columns = _repeated(attributes, "columns")
        elif self._within == 3:  # noqa: PLR2004
            self._in_paragraph = name == "p"
            if self._in_paragraph and self._paragraphs:
                self.text("\n")
            self._paragraphs += self._in_paragraph
        elif name == "s":
            count = attributes.get(f"{_TEXT}c", "1")[:4]
            self.text(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        elif name in {"line-break", "tab"}:
            self.text("\n" if name == "line-break" else "\t")

    def text(self, data: str) -> None:
        if self._in_paragraph and self._size <= MAX_CELL:
            self._size += len(data)
            self._pieces.append(data)

    def end(self, name: str) -> None:
        if not self._within:
            return
        self._within -= 1
        if self._within == 2:  # noqa: PLR2004
            self._in_paragraph = False
        elif self._within == 1 and name in {"table-cell", "covered-table-cell"}:
            self._take()
        elif not self._within and self.tables[-1].problem is None:
            self.tables[-1].add(tuple(self._cells), self._rows, self._bounds)

    def _take(self) -> None:
        if f"{_TABLE}number-rows-spanned" in self._cell:
            place = len(self._cells) + self._empty + 1
            spans = (_count(self._cell, f"number-{what}-spanned") for what in ("rows", "columns"))
            self.tables[-1].merge(place, *spans)
        value = self._value()
        if value is None:
            self._empty += self._columns
        elif len(self._cells) <= MAX_COLUMNS:
            # One more than allowed is enough for the table to be refused.
            self._cells.extend([None] * min(self._empty, MAX_COLUMNS + 1))
            self._cells.extend([value] * min(self._columns, MAX_COLUMNS + 1))
            self._empty = 0

    def _value(self) -> Cell:
        of = self._cell.get
        if (formula := of(f"{_TABLE}formula")) is not None:
            return NoValue(formula)
        kind = of(f"{_OFFICE}value-type")
        value: Cell = None
        if kind in _NUMBERS:
            value = number_in(of(f"{_OFFICE}value", ""))
        elif kind == "date":
            try:
                return date.fromisoformat(of(f"{_OFFICE}date-value", "")[:10])
            except ValueError:
                pass
        elif kind == "boolean":
            value = of(f"{_OFFICE}boolean-value") == "true"
        return value if value is not None else "".join(self._pieces) or None


def _repeated(attributes: Mapping[str, str], what: str) -> int:
    return _count(attributes, f"number-{what}-repeated")


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(f"{_TABLE}{name}", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1  # noqa: PLR2004 - more digits are no count
