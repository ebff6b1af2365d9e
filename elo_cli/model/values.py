"""The small value types that fields are made of: ids, texts by language, days, addresses, numbers, references."""

import math
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, NamedTuple

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from elo_cli.model.characters import END
from elo_cli.model.errors import N_, InvalidValueError
from elo_cli.model.period import DAY_PATTERN, MONTH_DAY_PATTERN, READ_AS_DAY, parse_day

KEY_PATTERN: Final = rf"^[a-z0-9]+(-[a-z0-9]+)*{END}"
ID_PATTERN: Final = rf"^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9]+(-[a-z0-9]+)*{END}"
"""An id names a file or a page, and Windows keeps some names for devices: a clone with such a file fails there."""
LANGUAGE_PATTERN: Final = rf"^[a-z]{{2,3}}(-[A-Z]{{2}})?{END}"
ID_LIMIT: Final = 100
NAME_LIMIT: Final = 500
TEXT_LIMIT: Final = 10_000
_MONTH_DAY: Final = re.compile(r"(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


REFERS: Final = "x-refers"
"""What a JSON Schema says of a reference: the kinds that it may lead to."""


class Ref(NamedTuple):
    """Marks a field whose text is the id of another record, and says of which kinds that record may be."""

    kinds: tuple[str, ...]
    onward: bool
    """Whether it says before or above, and so may never lead back to where it began."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The schema of an id, with the kinds for whoever offers some: what has no form of an id is nobody's."""
        return {**handler(schema), "pattern": ID_PATTERN, "maxLength": ID_LIMIT, REFERS: list(self.kinds)}


def ref(*kinds: str, onward: bool = False) -> Ref:
    """The mark of a field that refers to a record of one of these kinds."""
    return Ref(kinds, onward)


class Called(NamedTuple):
    """Marks a type by what the manual calls its form, where Python's type does not tell it from another."""

    name: str


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LIMIT), Called("id")]
"""Kebab-case ASCII, unique over all kinds and vocabularies, for ever; no name of a device such as `aux`."""

Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=ID_LIMIT), Called("key")]
"""The declared identity of an entry in a map inside a record, kebab-case ASCII."""

LanguageCode = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN), Called("language code")]
"""A language as in BCP 47: `fi`, `sv`, `en`."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LIMIT)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LIMIT)]
_Code = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Codes = Annotated[
    list[_Code],
    Field(min_length=1, max_length=50),
    BeforeValidator(
        lambda value: [value] if isinstance(value, str) else value,
        json_schema_input_type=_Code | Annotated[list[_Code], Field(min_length=1, max_length=50)],
    ),
    Called("codes"),
]
"""Codes of a plan, as a list; one alone may be written as it is, as it was when there could be only one."""


class ByLanguage:
    """Language to text as one ready schema: texts are most fields, and building them was most of the start.

    As a mark on a field it says that the field is a text by language.
    """

    def __init__(self, limit: int) -> None:
        """Texts of at most `limit` characters."""
        self._schema = core_schema.dict_schema(
            core_schema.str_schema(pattern=LANGUAGE_PATTERN, regex_engine="python-re", strict=True),
            core_schema.str_schema(min_length=1, max_length=limit, strict=True),
            min_length=1,
            strict=True,
        )

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """The ready schema."""
        return self._schema


LocalText = Annotated[dict[str, str], ByLanguage(TEXT_LIMIT), Called("text by language")]
"""A text by language: `{fi: …, sv: …, en: …}`; the tracker's first language is required."""
LocalName = Annotated[dict[str, str], ByLanguage(NAME_LIMIT), Called("name by language")]
"""A name by language, at most 500 characters each."""


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_day(value)
    raise InvalidValueError(N_("this is not a day; right would be a form such as 2021-12-03"))


Day = Annotated[
    date,
    PlainValidator(_day),
    PlainSerializer(date.isoformat),
    WithJsonSchema(
        {
            "anyOf": [
                {
                    "type": "string",
                    "format": "date",
                    "pattern": f"^{DAY_PATTERN}{END}",
                    "patternErrorMessage": "This is no day that there is; right would be a form such as 2021-12-03.",
                },
                READ_AS_DAY,
            ],
            "examples": ["2021-12-03"],
        }
    ),
    Called("day"),
]
"""One day: `2021-12-03`."""


def _month_day(value: object) -> str:
    match = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if match is not None and isinstance(value, str):
        try:
            # 2023 is no leap year: a calendar that comes back every year has no 29 February.
            date(2023, int(match["month"]), int(match["day"]))
        except ValueError:
            pass
        else:
            return value
    raise InvalidValueError(N_("this is not a day of every year; right would be a form such as 04-30"))


MonthDay = Annotated[
    str,
    PlainValidator(_month_day),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{MONTH_DAY_PATTERN}{END}",
            "patternErrorMessage": "This is no day of every year; right would be a form such as 04-30.",
            "examples": ["04-30"],
        }
    ),
    Called("day of the year"),
]
"""A day that comes back every year: `04-30`."""


TIME_OF_DAY: Final = "time of day"
DayTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]" + END), Called(TIME_OF_DAY)]
"""A time of the day in the tracker's time zone: `13:00`."""


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float) and math.isfinite(value):
        # repr is the shortest text that gives the same float, which is what the file says.
        return Decimal(repr(value))
    raise InvalidValueError(N_("this is not a number; right would be a form such as 2000 or 0.5"))


Number = Annotated[
    Decimal,
    PlainValidator(_number),
    PlainSerializer(str),
    # No number of a file has more than 15 digits.
    WithJsonSchema({"type": "number", "minimum": 1 - 10**15, "maximum": 10**15 - 1}),
    Called("number"),
]
"""An exact number, written without unit or thousands separators."""

Address = Annotated[str, StringConstraints(pattern=r'^https?://[^\s<>"\\^`{|}]{1,2000}' + END), Called("address")]
"""A web address, http or https only, so that data never carries a script."""

ArchiveReference = Annotated[
    str,
    StringConstraints(pattern=r"^(?!/|[A-Za-z]:)(?!(.*/)?\.{1,2}(/|$))[^\\\x00-\x1f\x7f-\x9f]{1,500}" + END),
    Called("archive reference"),
]
"""Where an archive keeps a document: `VN/1234/2024`, or a path below a folder of evidence, never one out of it."""

Mailbox = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}" + END),
    Called("mailbox"),
]
"""A role mailbox, never a person's."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}" + END), Called("SHA-256")]
"""The SHA-256 of a document, 64 lower-case hexadecimal digits."""


def by_number(text: str) -> list[tuple[int, str]]:
    """A key that sorts ids and codes with their numbers as numbers: M1C1-9 before M1C1-51."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split("([0-9]+)", text)]
