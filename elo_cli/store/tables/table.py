"""Reading a table out of a file that someone else made: CSV, XLSX or ODS into rows of typed cells, nothing believed.

Whatever is wrong with the file as a whole is one TableProblem with one sentence; what is wrong with a cell stays in it.
"""

from pathlib import Path
from typing import Final

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.store.source import read_bounded
from elo_cli.store.tables.rows import LOCKED, Sheet, TableForm, TableLimits, TableProblem

MAX_BYTES: Final = 32 * 1024 * 1024
_LONGEST_NAME: Final = 100
_OLE: Final = b"\xd0\xcf\x11\xe0"


def open_table(path: Path, form: TableForm) -> list[Sheet]:
    """The sheets of a file, the wanted one alone where the form names one.

    Raises TableProblem when the file cannot be read as a table, UsageProblem when it has no such sheet.
    """
    name = path.name
    data = read_bounded(path, MAX_BYTES)
    if not data.strip():
        raise TableProblem(N_("“{file}” is empty"), file=name)
    bounds = TableLimits(name)
    if data.startswith(b"PK\x03\x04"):
        sheets = _workbook(data, name, bounds)
    elif data.startswith(_OLE):
        raise TableProblem(LOCKED, file=name)
    else:
        from elo_cli.store.tables.text import text_rows

        return [Sheet("", lambda: map(bounds.held, text_rows(data, name, form)))]
    if form.sheet is None:
        return sheets
    wanted = [sheet for sheet in sheets if sheet.name.casefold() == form.sheet.casefold()]
    if not wanted:
        raise UsageProblem(
            N_("“{file}” has no sheet “{sheet}”; it has {sheets}"),
            file=name,
            sheet=form.sheet,
            sheets=", ".join(sheet.name[:_LONGEST_NAME] for sheet in sheets),
        )
    return wanted


def _workbook(data: bytes, name: str, bounds: TableLimits) -> list[Sheet]:
    """The sheets of an XLSX or ODS file, told apart by what the package holds."""
    from elo_cli.store.tables.package import Package

    package = Package(data, name)
    if "content.xml" in package.parts:
        from elo_cli.store.tables.ods import ods_sheets as sheets_of
    elif "[Content_Types].xml" in package.parts:
        from elo_cli.store.tables.xlsx import xlsx_sheets as sheets_of
    else:
        raise TableProblem(N_("“{file}” is neither CSV, XLSX nor ODS"), file=name)
    return sheets_of(package, bounds)
