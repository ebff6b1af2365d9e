"""Sheets of a workbook: typed cells, text that stays text, heads that stay in sight, columns as wide as needed."""

import io
import re
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from elo_cli.render.export.columns import Cell
from elo_cli.render.forms.bundle import bundled, unbundled
from elo_cli.render.forms.escape import is_formula, sheet_text
from elo_cli.render.forms.text import visible
from elo_cli.render.words.language import Language

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.styles import Alignment
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

_PROPERTIES: Final = "docProps/core.xml"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_WIDEST: Final = 60
_NARROWEST: Final = 9
_LONG: Final = 45
"""From this many characters on a cell is wrapped."""


class SheetColumn(NamedTuple):
    """A column of a sheet: its head, whether its numbers are euros, and its name for programs, if it has one."""

    head: str
    money: bool = False
    name: str = ""


class Sheets:
    """A workbook that grows sheet by sheet."""

    def __init__(self, language: Language, title: str) -> None:
        """An empty workbook in this language."""
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font, PatternFill

        self.language = language
        self.book: Workbook = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.book.properties.title = sheet_text(title)
        self.book.properties.creator = "elo"
        self.book.properties.language = language.code
        # Made once: a workbook has many cells and few looks.
        self.top = Alignment(vertical="top")
        self.wrapped = Alignment(vertical="top", wrap_text=True)
        self.bold = Font(bold=True)
        self.grey = PatternFill("solid", fgColor="FFE3E8EC")
        self._looks: dict[tuple[object, ...], StyleArray] = {}

    def add(self, name: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[Cell]]) -> "Worksheet":
        """A sheet with filters and a head row that stays in sight; the first column does too.

        Names for programs stand in a hidden row above the heads.
        """
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        held = [list(row) for row in rows]
        sheet: Worksheet = self.book.create_sheet(sheet_name(name, [sheet.title for sheet in self.book.worksheets]))
        top = 2 if any(column.name for column in columns) else 1
        sheet.freeze_panes = f"B{top + 1}"
        sheet.auto_filter.ref = f"A{top}:{get_column_letter(max(len(columns), 1))}{len(held) + top}"
        sheet.print_title_rows = f"{top}:{top}"
        sheet.row_dimensions[1].hidden = top > 1
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for index, column in enumerate(columns, 1):
            cells = [row[index - 1] for row in held]
            sheet.column_dimensions[get_column_letter(index)].width = _width(column.head, cells)
            self.head(sheet.cell(top, index), column.head)
            if top > 1:
                self.fill(sheet.cell(1, index), column.name)
            for number, value in enumerate(cells, top + 1):
                if value is not None:
                    self.fill(sheet.cell(number, index), value, money=column.money)
        return sheet

    def head(self, cell: "SheetCell | MergedCell", text: str) -> None:
        """Make a cell a head: bold on grey, wrapped."""
        self.fill(cell, text)
        cell.font = self.bold
        cell.fill = self.grey
        cell.alignment = self.wrapped

    def fill(self, cell: "SheetCell | MergedCell", value: Cell, *, money: bool = False) -> None:
        """Give a cell a value with its type: a day, a number, yes or no, or text that never runs."""
        if not isinstance(value, str):
            cell.value = value
            form = "General"
            if isinstance(value, date):
                form = self.language.record.sheet_day
            elif isinstance(value, Decimal | int) and not isinstance(value, bool):
                form = _number_format(value, money=money)
            self._look(cell, self.top, form)
            return
        cell.value = sheet_text(value)
        # openpyxl takes a text that begins with = for a formula, and #N/A for an error; every text here is text.
        cell.data_type = "s"
        # What the apostrophe says that people type: text, also after someone has edited the cell.
        self._look(cell, self.wrapped if len(value) >= _LONG or "\n" in value else self.top, quoted=is_formula(value))

    def _look(
        self, cell: "SheetCell | MergedCell", alignment: "Alignment", form: str = "General", *, quoted: bool = False
    ) -> None:
        """Give a cell its look, which openpyxl works out once for all cells that have the same."""
        key = (alignment.wrap_text, form, quoted)
        known = self._looks.get(key)
        if known is not None:
            # Its public names compare the look with all others, cell by cell.
            cast("Any", cell)._style = copy(known)  # noqa: SLF001 - as the comment says
            return
        cell.alignment, cell.number_format = alignment, form
        if quoted:
            cell.quotePrefix = True
        self._looks[key] = copy(cast("Any", cell)._style)  # noqa: SLF001 - as above

    def content(self) -> bytes:
        """The workbook as the bytes of its file; it says of no moment that it was written then."""
        from openpyxl.writer.excel import ExcelWriter

        out = io.BytesIO()
        ExcelWriter(self.book, ZipFile(out, "w")).save()
        files = unbundled(out.getvalue())
        return bundled((name, _timeless(part) if name == _PROPERTIES else part) for name, part in files)


def _timeless(properties: bytes) -> bytes:
    """The properties of a workbook without the moments of writing that openpyxl puts there."""
    root = ET.fromstring(properties)  # noqa: S314 - openpyxl has just written it
    for moment in root.findall(f"{_TERMS}created") + root.findall(f"{_TERMS}modified"):
        root.remove(moment)
    return ET.tostring(root)


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name that a sheet can have: at most 31 characters, no other sheet's, without what Excel refuses in one."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", visible(name)).strip("' ")[:31] or "-"
    used = {other.casefold() for other in taken}
    number, name = 1, plain
    while name.casefold() in used:
        number += 1
        name = f"{plain[: 31 - len(str(number)) - 1]} {number}"
    return name


def _number_format(value: Decimal | int, *, money: bool) -> str:
    whole = value == int(value)
    if money:
        return '#,##0\\ "€"' if whole else '#,##0.00\\ "€"'
    return "0" if whole else "General"


def _width(head: str, cells: Sequence[Cell]) -> float:
    longest = max((len(line) for cell in cells for line in _shown(cell).split("\n")), default=0)
    # A head wraps at its spaces, so its longest word has to fit, and the sign of the filter beside it.
    word = max((len(part) for part in head.split()), default=0) + 4
    return float(min(_WIDEST, max(_NARROWEST, word, longest + 2)))


def _shown(cell: Cell) -> str:
    if isinstance(cell, date):
        return "00.00.0000"
    if isinstance(cell, Decimal | int):
        return f"{cell:,} €"
    return cell or ""
