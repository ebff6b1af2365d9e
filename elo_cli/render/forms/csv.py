"""Rows as CSV that spreadsheets open without running anything: RFC 4180 in UTF-8, with LF at the end of lines."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from elo_cli.model.money import plain_decimal

Cell = str | int | Decimal | None
"""A text, a number (written plainly, so that a spreadsheet can count with it), or nothing."""


def write_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as CSV, heads first; a text that a spreadsheet would run as a formula gets an apostrophe before it.

    The apostrophe is what people type in a spreadsheet to say “this is text”; a program that reads the file takes it
    off. A number is never touched: -5 stays -5. Control characters are shown by their number.
    """
    # The forms of an answer share a module, and the screen needs no escapes.
    from elo_cli.render.forms.escape import csv_text

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([csv_text(head) for head in heads])
    for row in rows:
        writer.writerow([csv_text(cell) if isinstance(cell, str) else _number(cell) for cell in row])
    return out.getvalue()


def _number(cell: int | Decimal | None) -> str:
    return "" if cell is None else plain_decimal(cell) if isinstance(cell, Decimal) else str(cell)
