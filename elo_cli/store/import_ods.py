"""ODS as rows of typed cells, read as a stream with limits of its own.

A package of ten kilobytes can say of one cell that it stands a billion times, and libraries for ODS write every one of
them down. Here a repeated cell is counted before it is made. Formulas are known by `table:formula`.
"""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from elo_cli.store.import_table import MAX_COLUMNS, MAX_ROWS, Cell, NoValue, Row, Sheet, bounded, damaged

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_NUMBERS: Final = frozenset({"float", "percentage", "currency"})


def ods_sheets(content: bytes, name: str) -> list[Sheet]:
    """The sheets of a document's content.xml, in their order. Raises TableProblem when it is damaged."""
    titles = [
        element.get(f"{_TABLE}name", "")
        for event, element in _events(content, name)
        if event == "start" and element.tag == f"{_TABLE}table"
    ]
    return [
        Sheet(title, lambda index=index: bounded(_rows(content, index, name), name))  # type: ignore[misc]
        for index, title in enumerate(titles)
    ]


def _events(content: bytes, name: str) -> "Iterator[tuple[str, Element]]":
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    try:
        yield from iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise damaged(name, error) from None


def _rows(content: bytes, wanted: int, name: str) -> Iterator[Row]:
    """The rows of one sheet; empty ones count and are not given."""
    index, number = -1, 0
    for event, element in _events(content, name):
        if element.tag == f"{_TABLE}table":
            if event == "start":
                index += 1
            elif index == wanted:
                return
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            if index == wanted:
                cells = _cells(element)
                repeated = _repeated(element, "rows")
                if cells:
                    for more in range(1, min(repeated, MAX_ROWS + 1) + 1):
                        yield Row(number + more, cells)
                number += repeated
            element.clear()


def _cells(row: "Element") -> tuple[Cell, ...]:
    """The cells of a row up to its last one that holds something."""
    cells: list[Cell] = []
    empty = 0
    for element in row:
        if element.tag not in _CELLS:
            continue
        repeated = _repeated(element, "columns")
        value = _value(element)
        if value is None:
            empty += repeated
            continue
        # One more than allowed is enough for the table to be refused.
        cells.extend([None] * min(empty, MAX_COLUMNS + 1))
        cells.extend([value] * min(repeated, MAX_COLUMNS + 1))
        empty = 0
    return tuple(cells)


def _repeated(element: "Element", what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1  # noqa: PLR2004 - more digits are no count


def _value(element: "Element") -> Cell:
    if (formula := element.get(f"{_TABLE}formula")) is not None:
        return NoValue(formula)
    kind = element.get(f"{_OFFICE}value-type")
    if kind in _NUMBERS:
        try:
            number = Decimal(element.get(f"{_OFFICE}value", ""))
            return int(number) if number == number.to_integral_value() else number
        except (InvalidOperation, OverflowError, ValueError):
            return _text(element)
    if kind == "date":
        try:
            return date.fromisoformat(element.get(f"{_OFFICE}date-value", "")[:10])
        except ValueError:
            return _text(element)
    if kind == "boolean":
        return element.get(f"{_OFFICE}boolean-value") == "true"
    return _text(element)


def _text(element: "Element") -> str | None:
    """The paragraphs of a cell, one a line; comments on it are not part of it."""
    text = "\n".join(_paragraph(part) for part in element if part.tag == f"{_TEXT}p")
    return text or None


def _paragraph(element: "Element") -> str:
    pieces = [element.text or ""]
    for part in element:
        if part.tag == f"{_TEXT}s":
            count = part.get(f"{_TEXT}c", "1")
            pieces.append(" " * min(int(count) if count.isdecimal() else 1, 1000))
        elif part.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif part.tag == f"{_TEXT}tab":
            pieces.append("\t")
        else:
            pieces.append(_paragraph(part))
        pieces.append(part.tail or "")
    return "".join(pieces)
