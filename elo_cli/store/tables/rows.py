"""Rows of typed cells, the shape of every table that someone else made, and the limits to what is taken of one."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, UnreadableProblem

MAX_SHEETS: Final = 250
MAX_COLUMNS: Final = 1_000
MAX_ROWS: Final = 100_000
MAX_CELLS: Final = 1_000_000
MAX_TEXT: Final = 32 * 1024 * 1024
"""Characters of all cells together: one text may be written once in the file, and stand in every cell."""
MAX_CELL: Final = 100_000
"""Characters of one cell; a spreadsheet itself allows 32,767."""
LOCKED: Final = N_("“{file}” is an old or a locked workbook; save it as XLSX without a password, ODS or CSV")


class TableProblem(UnreadableProblem):
    """The file is no table that can be read; nothing was taken from it."""


class NoValue(NamedTuple):
    """A cell that holds a formula or the error of one, and so nothing that someone wrote."""

    text: str


Cell = str | int | Decimal | bool | date | NoValue | None


class Row(NamedTuple):
    """A row and its number as a spreadsheet shows it, from 1."""

    number: int
    cells: tuple[Cell, ...]
    merged: str = ""
    """Cells of several rows that are one, of which this row has a part: `F4:F6`; the first has the value."""


class Sheet(NamedTuple):
    """A sheet by its name, and its rows, read when asked for; a CSV file is one sheet without a name."""

    name: str
    rows: Callable[[], Iterable[Row]]


class Merge(NamedTuple):
    """Cells of several rows that are one: the first and the last row, and the range as a spreadsheet names it."""

    first: int
    last: int
    text: str


def with_merges(rows: Iterable[Row], merges: Iterable[Merge]) -> Iterator[Row]:
    """The rows, each with the longest of the merges that it has a part of; rows are in their order."""
    waiting = sorted(merges, reverse=True)
    open_: Merge | None = None
    for row in rows:
        while waiting and waiting[-1].first <= row.number:
            following = waiting.pop()
            if open_ is None or following.last > open_.last:
                open_ = following
        yield row._replace(merged=open_.text) if open_ is not None and open_.last >= row.number else row


def letters_of(column: int) -> str:
    """The letters of a column by its number from 1: AB for 28."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class TableForm(NamedTuple):
    """How to read a file where it does not say so itself; None means: find out."""

    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    expected_encoding: str | None = None
    """What a mapping expects where the bytes leave it open."""


class TableLimits:
    """Counts what is taken of one file, whatever its sheets, and ends it at the limits."""

    def __init__(self, name: str) -> None:
        """Begin to count, for the file with this name."""
        self.name = name
        self._sheets = self._rows = self._cells = self._text = 0

    def sheet(self) -> None:
        """One sheet more. Raises TableProblem."""
        self._sheets += 1
        if self._sheets > MAX_SHEETS:
            raise TableProblem(N_("“{file}” has more than {limit} sheets"), file=self.name, limit=MAX_SHEETS)

    def held(self, row: Row) -> Row:
        """The row, when there is still room for it. Raises TableProblem."""
        self._rows += 1
        self._cells += len(row.cells)
        if len(row.cells) > MAX_COLUMNS:
            raise TableProblem(
                N_("“{file}”, row {row}: more than {limit} columns"), file=self.name, row=row.number, limit=MAX_COLUMNS
            )
        for cell in row.cells:
            if isinstance(cell, str | NoValue):
                size = len(cell if isinstance(cell, str) else cell.text)
                self._text += size
                if size > MAX_CELL:
                    raise TableProblem(
                        N_("“{file}”, row {row}: a cell has more than {limit} characters"),
                        file=self.name,
                        row=row.number,
                        limit=MAX_CELL,
                    )
        for count, limit, message in (
            (self._rows, MAX_ROWS, N_("“{file}” has more than {limit} rows")),
            (self._cells, MAX_CELLS, N_("“{file}” has more than {limit} cells")),
            (self._text, MAX_TEXT, N_("“{file}” has more than {limit} characters")),
        ):
            if count > limit:
                raise TableProblem(message, file=self.name, limit=limit)
        return row
