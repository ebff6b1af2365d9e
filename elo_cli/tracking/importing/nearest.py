"""What a cell that cannot be read was probably meant to be, written as its table would write it."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from elo_cli.model.period import FIRST_YEAR, LAST_YEAR
from elo_cli.store.tables.cells import CellProblem, number_of
from elo_cli.store.tables.mapping import Numbers

_DAY: Final = re.compile(r"(?<![0-9])([0-9]{1,2})[./ -]{1,2}([0-9]{1,2})[./ -]{1,2}([0-9]{4}|[0-9]{2})(?![0-9])")
_YEAR_FIRST: Final = re.compile(r"(?<![0-9])([0-9]{4})[./ -]([0-9]{1,2})[./ -]([0-9]{1,2})(?![0-9])")
_SERIAL: Final = re.compile(r"[3-6][0-9]{4}")
"""A day as spreadsheets count them, from 1982 to 2091: what is left where a cell has lost its format."""
_SPREADSHEET: Final = date(1899, 12, 30)
_NUMBER: Final = re.compile(r"[-−]?[0-9](?:[0-9.,'\u00a0\u202f ]*[0-9])?")  # noqa: RUF001 - a minus sign
_CENTURY: Final = 2000


def nearest_day(text: str, *, month_first: bool = False) -> str | None:
    """The day in a text, such as `20.6.23` or `June: 31.6.2023`; of a day that a month lacks its last one."""
    if _SERIAL.fullmatch(text):
        day = _SPREADSHEET + timedelta(int(text))
        return f"{day.day}.{day.month}.{day.year}"
    if match := _YEAR_FIRST.search(text):
        year, month, number = map(int, match.groups())
    elif match := _DAY.search(text):
        number, month, year = map(int, match.groups())
        number, month = (month, number) if month_first else (number, month)
        year += _CENTURY if year < 100 else 0  # noqa: PLR2004 - two digits
    else:
        return None
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and number):  # noqa: PLR2004 - December
        return None
    last = min(number, monthrange(year, month)[1])
    return f"{year}-{month:02}-{last:02}" if month_first else f"{last}.{month}.{year}"


def nearest_number(text: str, numbers: Numbers) -> str | None:
    """The one number in a text, such as `85 %` or `12.5` where a comma stands before decimals; None for several."""
    found = [match[0].strip() for match in _NUMBER.finditer(text)]
    if len(found) != 1:
        return None
    other = "." if numbers.decimal == "," else ","
    for said in (found[0], found[0].replace(other, numbers.decimal)):
        try:
            number_of(said, numbers)
        except CellProblem:
            continue
        return said
    return None
