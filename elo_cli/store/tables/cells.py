"""What a cell says: texts without what a screen would obey, numbers and periods in the forms that offices write."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from elo_cli.model.characters import CONTROL, short, without_invisible
from elo_cli.model.errors import N_, InvalidValueError
from elo_cli.model.finding import Phrase
from elo_cli.model.money import plain_decimal
from elo_cli.model.period import Period
from elo_cli.store.tables.mapping import Numbers
from elo_cli.store.tables.rows import Cell, NoValue

_QUOTED: Final = re.compile(r"^'(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))'(?=[^\w;\t\r\n]*[=+\-@＝＋－＠])")  # noqa: RUF001 - full-width forms, which spreadsheets read too
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_WORD: Final = r"(?:trimestre|trim\.?|quarter|neljännes|kvartal(?:et)?)"
_QUARTERS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[QT] ?(?P<quarter>[1-4])[ /.\-–]{0,3}(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})[ /.\-–]{0,3}[QT] ?(?P<quarter>[1-4])",
        r"(?P<roman>IV|III|II|I)[ /.\-–]{1,3}(?P<year>[0-9]{4})",
        rf"(?P<roman>IV|III|II|I)\.? ?{_WORD} (?P<year>[0-9]{{4}})",
        rf"(?P<quarter>[1-4])(?:\.|°|º|st|nd|rd|th)? ?{_WORD} (?P<year>[0-9]{{4}})",
    )
)
_DATE: Final = re.compile(r"(?P<first>[0-9]{1,2})(?P<sign>[./-])(?P<second>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})")


class CellProblem(ValueError):
    """The cell does not say what the field needs; `phrase` tells why."""

    def __init__(self, message: str, **values: object) -> None:
        """Keep the sentence and its values apart, for translation."""
        super().__init__(message)
        self.phrase = Phrase(message, values)


def text_of(cell: Cell, *, paragraphs: bool = False) -> str:
    """A cell as text, "" for nothing: without what nobody sees, spaces made one, line breaks kept if asked for.

    The apostrophes that an export puts before what looks like a formula are taken off. CellProblem for a formula.
    """
    match cell:
        case None:
            return ""
        case NoValue():
            raise CellProblem(
                N_("the cell holds a formula or its error ({text}); put the value there"), text=short(cell.text)
            )
        case bool():
            return "true" if cell else "false"
        case date():
            return cell.isoformat()
        case Decimal():
            return plain_decimal(cell)
        case int():
            return str(cell)
    text = _QUOTED.sub("", cell) if "'" in cell else cell
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = without_invisible(CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
    if paragraphs:
        return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)
    return " ".join(text.split())


def number_of(text: str, numbers: Numbers) -> Decimal:
    """An exact number in the table's own signs. CellProblem for anything else, since 1.234 may be two numbers."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-").strip()  # noqa: RUF001 - a minus sign
    whole = r"[0-9]{1,15}"
    if numbers.thousands:
        whole = rf"(?:[0-9]{{1,3}}(?:{re.escape(numbers.thousands)}[0-9]{{3}}){{1,4}}|[0-9]{{1,15}})"
    match = re.fullmatch(
        rf"(?P<sign>-?)(?P<whole>{whole})(?:{re.escape(numbers.decimal)}(?P<part>[0-9]{{1,10}}))?", plain
    )
    if match is None:
        raise CellProblem(
            N_("“{text}” is not a number as this table writes them, such as {example}"),
            text=short(text),
            example=f"1{numbers.thousands}234{numbers.decimal}5",
        )
    digits = match["whole"].replace(numbers.thousands, "") if numbers.thousands else match["whole"]
    return Decimal(f"{match['sign']}{digits}.{match['part'] or '0'}")


def plain_number(number: Decimal) -> int | float:
    """A number as a YAML file holds it; CellProblem when it has more digits than that keeps exactly."""
    if number == number.to_integral_value():
        return int(number)
    result = float(number)
    if Decimal(repr(result)) != number:
        raise CellProblem(N_("{number} has more digits than can be kept exactly"), number=number)
    return result


def period_of(text: str, *, month_first: bool = False) -> str:
    """A period in the form of a record: a quarter (T4 2021, Q4/2021, IV/2021), a date (31.12.2021), or elo's own forms.

    CellProblem for anything else, and for a date that does not exist.
    """
    for form in _QUARTERS:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            roman = parts.get("roman")
            return f"{match['year']}-Q{_ROMAN[roman.upper()] if roman else parts['quarter']}"
    if match := _DATE.fullmatch(text):
        day, month = (match["second"], match["first"]) if month_first else (match["first"], match["second"])
        text = f"{match['year']}-{int(month):02}-{int(day):02}"
    try:
        return Period.parse(text).text
    except InvalidValueError as error:
        raise CellProblem(error.message, **error.values) from None
