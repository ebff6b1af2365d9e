"""XLSX as rows of typed cells: a formula is not its last result, a date is a date, and nothing in it ever runs."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from elo_cli.store.import_table import Cell, NoValue, Row, Sheet, bounded, damaged

if TYPE_CHECKING:
    from openpyxl import Workbook

_ERROR: Final = "e"
_FORMULA: Final = "f"


def xlsx_sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets that show, in their order. Raises TableProblem when the workbook is damaged."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # What openpyxl cannot keep when it writes, such as drop-down lists, matters to no reader of cells.
            warnings.simplefilter("ignore")
            book: Workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever its parsers meet in a damaged file
        raise damaged(name, error) from None
    return [
        Sheet(title, lambda title=title: bounded(_rows(book, title, name), name))  # type: ignore[misc]
        for title in book.sheetnames
        if getattr(book[title], "sheet_state", "visible") == "visible"
    ]


def _rows(book: "Workbook", title: str, name: str) -> Iterator[Row]:
    sheet = book[title]
    # The size that a file states of itself is not believed.
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, cells in enumerate(sheet.iter_rows(), 1):
                values = tuple(_value(cell.value, cell.data_type) for cell in cells)
                if any(value is not None for value in values):
                    yield Row(number, values)
    except Exception as error:  # noqa: BLE001 - as above
        raise damaged(name, error) from None


def _value(value: object, data_type: str) -> Cell:
    if data_type in {_ERROR, _FORMULA}:
        return NoValue(str(value))
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            # A day with a time of 0:00 is how a spreadsheet keeps a day.
            return value.date()
        case date():
            return value
        case float():
            return int(value) if value == int(value) else Decimal(repr(value))
        case _:
            return str(value)
