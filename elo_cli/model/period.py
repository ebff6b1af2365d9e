"""A stretch of days as a strategy writes it: a day, month, quarter, season, year, a range of these, or open-ended."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import Any, Final, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from elo_cli.model.characters import END, short
from elo_cli.model.errors import N_, InvalidValueError

Unit = Literal["day", "month", "quarter", "season", "year", "range", "open"]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""The years of every date, in a file and in an option: a day before or after can be counted from each."""
_YEAR: Final = "(19|20|21)[0-9]{2}"
MONTH_DAY_PATTERN: Final = "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
"""The days that every year has, as a JSON Schema says them."""
DAY_PATTERN: Final = f"({_YEAR}-{MONTH_DAY_PATTERN}|((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)-02-29)"
"""The days that there are, 29 February in leap years only."""
READ_AS_DAY: Final[dict[str, Any]] = {
    "$comment": "What a reader of YAML 1.1 makes of a bare day: no value of JSON, or an object without properties.",
    "not": {"type": ["string", "number", "boolean", "null", "array"]},
    "maxProperties": 0,
}
"""In a JSON Schema a day without quotation marks, as PyYAML and js-yaml give it to a validator."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEASONS: Final = {"spring": (1, 6), "autumn": (7, 12)}
_SINGLE: Final = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-(?:(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|Q(?P<quarter>[0-9])|(?P<season>spring|autumn)))?"
)
FORMS: Final = "2021-12-03, 2021-12, 2021-Q4, 2021-spring, 2021-autumn, 2021, 2021/2024, 2021/.."


class NoSuchPeriodError(InvalidValueError):
    """The text is no period that exists; the message says what would be right."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to but not including `stop` (None when open); equal when they cover the same days.

    Forms: `2021-12-03`, `2021-12`, `2021-Q4`, `2021-spring` (January to June), `2021-autumn` (July to December),
    `2021`, ranges `2021/2024` and `2021-Q3/2022-Q1` (both ends included), open `2021/..`. Years 1900 to 2199.
    Raises NoSuchPeriodError from `parse` for anything else.
    """

    text: str = field(compare=False)
    start: date
    stop: date | None
    unit: Unit = field(compare=False)
    first: "Period | None" = field(default=None, compare=False, repr=False)
    last: "Period | None" = field(default=None, compare=False, repr=False)
    end: date | None = field(init=False, compare=False, repr=False)
    """The last day that belongs to the period, None when it is open."""
    word_day: date = field(init=False, compare=False, repr=False)
    """The day from which a word dated with this period counts: its last day; of an open period its first one."""

    def __post_init__(self) -> None:
        """Compute once what is asked for most."""
        end = None if self.stop is None else self.stop - timedelta(days=1)
        object.__setattr__(self, "end", end)
        object.__setattr__(self, "word_day", end or self.start)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period from its text; a NoSuchPeriodError says what would be right."""
        return _parse(text)

    @classmethod
    def of_day(cls, day: date) -> "Period":
        """The period that is one day."""
        return _parse(day.isoformat())

    @property
    def has_day(self) -> bool:
        """Whether its first and last day are meant as such, so that days to them can be counted.

        “Spring 2021” and “2021–2023” are work over a time, and no day.
        """
        units = {part.unit for part in (self.first, self.last) if part is not None} or {self.unit}
        return units <= {"day", "month", "quarter"}

    def passed(self, day: date) -> bool:
        """Whether the whole period lies before `day`; `2021-Q4` has passed from 2022-01-01."""
        return self.stop is not None and self.stop <= day

    def covers(self, other: "Period") -> bool:
        """Whether every day of `other` lies within this period."""
        return self.start <= other.start and (self.stop is None or (other.stop is not None and other.stop <= self.stop))

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return (other.stop is None or self.start < other.stop) and (self.stop is None or other.start < self.stop)

    def __str__(self) -> str:
        """The text as it was written."""
        return self.text

    def __lt__(self, other: "Period") -> bool:
        """By first day, then by last day; an open period comes after a closed one."""
        return (self.start, self.stop or date.max) < (other.start, other.stop or date.max)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read a period from text, or from a bare year that YAML gave as a number."""
        return core_schema.no_info_plain_validator_function(
            validate_period, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, object]:
        """The form that editors check: every single form, and two of them around a slash."""
        single = f"({DAY_PATTERN}|{_YEAR}(-(0[1-9]|1[0-2]|Q[1-4]|spring|autumn))?)"
        return {
            "anyOf": [
                {
                    "type": ["string", "integer"],
                    "pattern": f"^{single}(/({single}|\\.\\.))?{END}",
                    "patternErrorMessage": f"This is no period that there is; right would be one of {FORMS}",
                    "minimum": FIRST_YEAR,
                    "maximum": LAST_YEAR,
                },
                READ_AS_DAY,
            ],
            "examples": FORMS.split(", "),
        }


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month: from 31 August six months lead to February's end.

    Raises ValueError past the calendar's last year.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse_day(text: str) -> date:
    """One day from its text, `2021-12-03`, within the years of all dates; a NoSuchPeriodError says what is wrong."""
    if _DAY.fullmatch(text) is None:
        raise NoSuchPeriodError(N_("this is not a day; right would be a form such as 2021-12-03"))
    year = int(text[:4])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _outside(text[:4])
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchPeriodError(N_("there is no day {text}"), text=text) from None


def _outside(year: str) -> NoSuchPeriodError:
    return NoSuchPeriodError(
        N_("the year {year} is outside {first} to {last}"), year=year, first=FIRST_YEAR, last=LAST_YEAR
    )


def validate_period(value: object) -> Period:
    """A Period from what YAML gave: text, a bare year, or a Period already."""
    if isinstance(value, str):
        return _parse(value)
    if isinstance(value, Period):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        # A year alone is a number to YAML; anything else that is a number is not a period.
        return _parse(str(value) if FIRST_YEAR <= value <= LAST_YEAR else "0")
    raise NoSuchPeriodError(N_("this is not a period; right would be one of {forms}"), forms=FORMS)


@lru_cache(maxsize=8192)
def _parse(text: str) -> Period:
    first_text, slash, last_text = text.partition("/")
    first = _single(first_text, text)
    if not slash:
        return first
    if last_text == "..":
        return Period(text, first.start, None, "open", first)
    last = _single(last_text, text)
    if last.start < first.start or _stop(last) < _stop(first):
        raise NoSuchPeriodError(
            N_("the period “{text}” ends before it begins; right would be {swapped}"),
            text=text,
            swapped=f"{last_text}/{first_text}",
        )
    return Period(text, first.start, last.stop, "range", first, last)


def _stop(period: Period) -> date:
    return period.stop or date.max


def _single(text: str, whole: str) -> Period:
    match = _SINGLE.fullmatch(text)
    if match is None:
        raise NoSuchPeriodError(
            N_("“{text}” is not a period; right would be one of {forms}"), text=short(whole), forms=FORMS
        )
    year = int(match["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _outside(match["year"])
    if match["quarter"]:
        quarter = int(match["quarter"])
        if not 1 <= quarter <= 4:  # noqa: PLR2004 - a year has four quarters
            raise NoSuchPeriodError(
                N_("there is no quarter {quarter} in “{text}”; quarters are Q1 to Q4"), quarter=quarter, text=whole
            )
        return _months(text, year, 3 * quarter - 2, 3 * quarter, "quarter")
    if match["season"]:
        return _months(text, year, *_SEASONS[match["season"]], "season")
    if not match["month"]:
        return _months(text, year, 1, 12, "year")
    month = int(match["month"])
    if not 1 <= month <= 12:  # noqa: PLR2004 - a year has twelve months
        raise NoSuchPeriodError(
            N_("there is no month {month} in “{text}”; months are 01 to 12"), month=match["month"], text=whole
        )
    if not match["day"]:
        return _months(text, year, month, month, "month")
    last_day = calendar.monthrange(year, month)[1]
    if not 1 <= int(match["day"]) <= last_day:
        raise NoSuchPeriodError(
            N_("there is no day {text}; the last day of that month is {last}"),
            text=text,
            last=date(year, month, last_day).isoformat(),
        )
    start = date(year, month, int(match["day"]))
    return Period(text, start, start + timedelta(days=1), "day")


def _months(text: str, year: int, first: int, last: int, unit: Unit) -> Period:
    stop = date(year + 1, 1, 1) if last == 12 else date(year, last + 1, 1)  # noqa: PLR2004 - December
    return Period(text, date(year, first, 1), stop, unit)
