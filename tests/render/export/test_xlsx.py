"""The workbook: typed cells, text that stays text, heads and words in the reader's language."""

import io
from datetime import date, datetime
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from elo_cli.render.export import xlsx as export_xlsx
from elo_cli.render.export.sheets import SheetColumn, Sheets, sheet_name
from elo_cli.render.forms.escape import sheet_text
from elo_cli.render.words.language import Language
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.tracking.day.view import View
from tests.render.export.test_lossless import AWKWARD
from tests.tools import ROOT
from tests.trackers import tracker

HOSTILE = ['=cmd|"/c calc"!A0', "+1", "-1+1", "@SUM(A1)", "#N/A", "_x000D_ _x0041_", "'", " =1", "＝1", "🎓 <b>&amp;"]  # noqa: RUF001


@pytest.mark.parametrize(
    ("code", "sheet", "head", "due"),
    [
        ("en", "Milestones", "Due", "Q4 2021"),
        ("fi", "Välitavoitteet", "Määräaika", "IV/2021"),
        ("sv", "Delmål", "Tidsfrist", "4:e kvartalet 2021"),
    ],
)
def test_workbook_speaks_the_readers_language(code: str, sheet: str, head: str, due: str) -> None:
    """Sheets, heads, words and periods are the language's own; dates are dates."""
    view = View(load(WorkTree(ROOT / "data")), date(2021, 4, 9))
    book = openpyxl.load_workbook(io.BytesIO(export_xlsx.write(Language(code, ("fi", "sv", "en")), view)))
    rows = list(book[sheet].values)
    heads = list(rows[1])
    assert rows[0][heads.index(head)] == "due"
    assert book[sheet].row_dimensions[1].hidden
    assert rows[2][heads.index(head)] == due
    last = next(value for value in rows[2] if isinstance(value, datetime))
    assert last == datetime(2021, 10, 1)  # noqa: DTZ001 - a day of a spreadsheet has no zone
    assert book[sheet].freeze_panes == "B3"
    assert book[sheet].auto_filter.ref == f"A2:{book[sheet].dimensions.split(':')[1]}"
    assert len(book.sheetnames) > 10


def test_amounts_are_numbers() -> None:
    """An amount is a number of euros with a format, to the cent."""
    view = View(tracker(AWKWARD), date(2021, 4, 9))
    book = openpyxl.load_workbook(io.BytesIO(export_xlsx.write(Language("en"), view)))
    heads = [cell.value for cell in book["Funding"][2]]
    cell = book["Funding"][3][heads.index("Amount")]
    assert (cell.data_type, cell.value, "€" in cell.number_format) == ("n", 750000.55, True)


def test_text_never_runs() -> None:
    """No cell of a workbook is a formula or an error, whatever the text, and the text comes back as it was."""
    sheets = Sheets(Language("en"), "=1")
    sheets.add("=1", [SheetColumn("=1")], [[text] for text in HOSTILE])
    content = sheets.content()
    with ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    cells: list[Any] = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value.replace("_x005F_", "_") for cell in cells] == HOSTILE
    assert [bool(cell.quotePrefix) for cell in cells][:4] == [True] * 4


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("a/b:c", "a b c"),
        ("x" * 40, "x" * 31),
        ("", "-"),
        ("'quoted'", "quoted"),
        ("Sama", "Sama 2"),
        ("SAMA", "SAMA 2"),
    ],
)
def test_sheet_names_are_such_as_excel_opens(name: str, right: str) -> None:
    """A sheet's name is short, without the signs that Excel refuses, and no other sheet's."""
    assert sheet_name(name, ["Sama"]) == right


def test_control_characters_are_shown_by_number() -> None:
    """What XLSX cannot hold is written as its number, and a line break stays."""
    assert sheet_text("a\x00b\x1bc\nd") == "a<U+0000>b<U+001B>c\nd"
