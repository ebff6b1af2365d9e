"""Spreadsheets for tests of the import, made by hand where no library would write what a hostile hand does."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests import trackers

MADE_UP = Path(__file__).parent / "data" / "imports"
"""Small files in the form of Italy's open data; every word in them is made up."""

ITALY = {
    "tracker": "format: 1\nname:\n  it: Prova\nlanguages:\n  - it\n",
    "vocabulary/documents": """\
        list-2:
          name:
            it: Elenco, versione 2
          date: 2022-10-10
          sources:
            - document: list-2
        list-3:
          name:
            it: Elenco, versione 3
          date: 2023-03-31
          sources:
            - document: list-3
        """,
}
"""A tracker whose first language is Italian, with the two documents that tables are taken from."""

_ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
_ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def italy(folder: Path) -> Path:
    """Write the Italian tracker below a folder, and return its data folder."""
    return trackers.write(folder / "data", ITALY)


def ods(path: Path, rows: str, *, before: str = "") -> Path:
    """Write an ODS file of one sheet whose rows are given as XML; `before` stands where a document type would."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", ods_xml(rows, before=before))
    return path


def ods_xml(rows: str, *, before: str = "") -> str:
    """Return the content of an ODS document of one sheet."""
    return f'{before}{_ODS_HEAD}<table:table table:name="Foglio">{rows}</table:table>{_ODS_TAIL}'


def ods_row(cells: Sequence[str]) -> str:
    """Return a row of texts as XML; the texts hold nothing that XML would want escaped."""
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"


def xlsx(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """Write a workbook with openpyxl; a text that begins with = is a formula, as in any workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path
