"""Reading a table out of a file that someone else made: CSV, XLSX or ODS into rows of typed cells, nothing believed.

Whatever is wrong with the file as a whole is one TableProblem with one sentence; what is wrong with a cell stays in it.
"""

import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem
from elo_cli.store.source import reason_of

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_UNPACKED: Final = 256 * 1024 * 1024
"""What a spreadsheet may hold when it is unpacked: some hundred times the largest that people keep by hand."""
MAX_COLUMNS: Final = 1_000
MAX_ROWS: Final = 200_000
MAX_CELL: Final = 100_000
"""Characters of one cell; a spreadsheet itself allows 32,767."""
_OLE: Final = b"\xd0\xcf\x11\xe0"


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


class Sheet(NamedTuple):
    """A sheet by its name, and its rows, read when asked for; a CSV file is one sheet without a name."""

    name: str
    rows: Callable[[], Iterator[Row]]


class TableForm(NamedTuple):
    """How to read a file where it does not say so itself; None means: find out."""

    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None


def open_table(path: Path, form: TableForm) -> list[Sheet]:
    """The sheets of a file, the wanted one alone where the form names one.

    Raises TableProblem when the file cannot be read as a table, UsageProblem when it has no such sheet.
    """
    data = _read(path)
    name = path.name
    if data.startswith(b"PK\x03\x04"):
        sheets = _workbook(data, name)
    elif data.startswith(_OLE):
        raise TableProblem(
            N_("“{file}” is an old or a locked workbook; save it as XLSX without a password, ODS or CSV"), file=name
        )
    else:
        from elo_cli.store.import_text import text_rows

        return [Sheet("", lambda: bounded(text_rows(data, name, form), name))]
    if form.sheet is None:
        return sheets
    wanted = [sheet for sheet in sheets if sheet.name.casefold() == form.sheet.casefold()]
    if not wanted:
        raise UsageProblem(
            N_("“{file}” has no sheet “{sheet}”; it has {sheets}"),
            file=name,
            sheet=form.sheet,
            sheets=", ".join(sheet.name for sheet in sheets),
        )
    return wanted


def bounded(rows: Iterator[Row], name: str) -> Iterator[Row]:
    """The rows, as long as they are no more than a table of records can have."""
    for seen, row in enumerate(rows, 1):
        if seen > MAX_ROWS:
            raise TableProblem(N_("“{file}” has more than {limit} rows"), file=name, limit=MAX_ROWS)
        if len(row.cells) > MAX_COLUMNS:
            raise TableProblem(
                N_("“{file}”, row {row}: more than {limit} columns"), file=name, row=row.number, limit=MAX_COLUMNS
            )
        for cell in row.cells:
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                raise TableProblem(
                    N_("“{file}”, row {row}: a cell has more than {limit} characters"),
                    file=name,
                    row=row.number,
                    limit=MAX_CELL,
                )
        yield row


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UnreadableProblem(
            N_("“{file}” cannot be read: {reason}"), file=str(path), reason=reason_of(error)
        ) from None
    if len(data) > MAX_BYTES:
        raise TableProblem(N_("“{file}” is larger than {limit} MB"), file=path.name, limit=MAX_BYTES // (1024 * 1024))
    if not data.strip():
        raise TableProblem(N_("“{file}” is empty"), file=path.name)
    return data


def _workbook(data: bytes, name: str) -> list[Sheet]:
    """The sheets of an XLSX or ODS file, told apart by what the package says it is."""
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            names = {member.filename for member in members}
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise TableProblem(
                    N_("“{file}” unpacks to more than {limit} MB; that is no table of records"),
                    file=name,
                    limit=MAX_UNPACKED // (1024 * 1024),
                )
            if "content.xml" in names:
                from elo_cli.store.import_ods import ods_sheets

                return ods_sheets(package.read("content.xml"), name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise damaged(name, error) from None
    if "[Content_Types].xml" not in names:
        raise TableProblem(N_("“{file}” is neither CSV, XLSX nor ODS"), file=name)
    from elo_cli.store.import_xlsx import xlsx_sheets

    return xlsx_sheets(data, name)


def damaged(name: str, error: Exception) -> TableProblem:
    """What to say of a package that does not hold what it should."""
    return TableProblem(
        N_("“{file}” is damaged and cannot be read ({reason})"),
        file=name,
        reason=f"{type(error).__name__}: {error}"[:120],
    )
