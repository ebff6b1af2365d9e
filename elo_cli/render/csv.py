"""Rows as CSV that spreadsheets open without running anything: RFC 4180 in UTF-8, with LF at the end of lines."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from elo_cli.model.money import plain_decimal
from elo_cli.render.text import visible

Cell = str | int | Decimal | None
"""A text, a number (written plainly, so that a spreadsheet can count with it), or nothing."""

_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")  # noqa: RUF001 - full-width forms, which spreadsheets read too


def write_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as CSV, heads first; a text that a spreadsheet would run as a formula gets an apostrophe before it.

    That is any text that begins, after spaces, with = + - @ or with a tab or line break (OWASP, “CSV injection”). The
    apostrophe is what people type in a spreadsheet to say “this is text”; a program that reads the file takes it off. A
    number is never touched: -5 stays -5. Control characters are shown by their number.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([csv_text(head) for head in heads])
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue()


def csv_text(text: str) -> str:
    """A text of the data for a cell of a spreadsheet: never a formula, never a control character."""
    neutral = f"'{text}" if _FORMULA.match(text) else text
    return visible(neutral, keep_lines=True)


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return csv_text(cell)
        case Decimal():
            return plain_decimal(cell)
        case int():
            return str(cell)
