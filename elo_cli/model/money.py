"""Money as a budget writes it: exact euros with a unit, and the percentages that stand beside them."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache, total_ordering
from typing import Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from elo_cli.model.characters import END
from elo_cli.model.errors import N_, InvalidValueError

_UNITS: Final = {"": Decimal(1), "k": Decimal(1_000), "M": Decimal(1_000_000), "G": Decimal(1_000_000_000)}
_MONEY: Final = re.compile(
    r"(?P<number>[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,15}(?:\.[0-9]{1,15})?)"
    r"[ \u00a0\u202f]?(?P<unit>[kMG]?)€"
)
_PERCENT: Final = re.compile(
    r"(?P<low>[0-9]{1,3}(?:\.[0-9]{1,4})?)(?:[-–](?P<high>[0-9]{1,3}(?:\.[0-9]{1,4})?))?[ \u00a0\u202f]?%"
)
MAX_EUROS: Final = Decimal(10) ** 13
FORMS: Final = "24.3 M€, 200 k€, 750000 €"


class NoSuchAmountError(InvalidValueError):
    """The text is no amount of money; the message says what would be right."""


class NoSuchPercentageError(InvalidValueError):
    """The text is no percentage; the message says what would be right."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An exact number of euros; equal when the euros are.

    Forms: `24.3 M€`, `200 k€`, `750000 €`, `1.2 G€`; a point before decimals, spaces between thousands allowed.
    Never negative, never finer than a cent, below 10 000 G€. `parse` raises NoSuchAmountError for anything else.
    """

    euros: Decimal
    text: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read an amount from its text; a NoSuchAmountError says what would be right."""
        return _parse_money(text)

    @property
    def plain(self) -> str:
        """The euros as a plain decimal without trailing zeros, as JSON and CSV carry them: `24300000`."""
        return plain_decimal(self.euros)

    @property
    def canonical(self) -> str:
        """The shortest form that is read back as the same euros: `24.3 M€`, `750 k€`, `5 €`."""
        for unit in ("G", "M", "k"):
            scaled = self.euros / _UNITS[unit]
            # 100 keeps `1.25 M€` and refuses `1.2345 M€`, which people read wrongly.
            if scaled >= 1 and scaled * 100 == int(scaled * 100):
                return f"{plain_decimal(scaled)} {unit}€"
        return f"{self.plain} €"

    def __str__(self) -> str:
        """The text as it was written, or the canonical form of a computed amount."""
        return self.text or self.canonical

    def __lt__(self, other: "Money") -> bool:
        """By euros."""
        return self.euros < other.euros

    def __add__(self, other: "Money") -> "Money":
        """The exact sum."""
        return Money(self.euros + other.euros)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read an amount from text."""
        return core_schema.no_info_plain_validator_function(
            validate_money, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, object]:
        """The form that editors check, with what is too much or finer than a cent for each unit."""
        spaces = " \u00a0\u202f"
        space = f"[{spaces}]"
        beyond = "".join(
            rf"(?![0{spaces}]*[1-9]({space}?[0-9]){{{len(str(MAX_EUROS // size)) - 1},}}(\.[0-9]+)?{space}?{unit}€)"
            rf"(?![^.]*\.[0-9]{{{len(str(size)) + 1}}}[0-9]*[1-9][0-9]*{space}?{unit}€)"
            for unit, size in _UNITS.items()
        )
        return {
            "type": "string",
            "pattern": (
                rf"^{beyond}([0-9]{{1,3}}({space}[0-9]{{3}})+(\.[0-9]+)?|[0-9]{{1,15}}(\.[0-9]{{1,15}})?)"
                f"{space}?[kMG]?€{END}"
            ),
            # Editors show this in the place of the pattern.
            "patternErrorMessage": f"This is no amount; right would be one of {FORMS}.",
            "examples": FORMS.split(", "),
        }


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share or a range of shares in per cent: `30 %`, `20-30 %`; 0 to 100, the lower first."""

    low: Decimal
    high: Decimal
    text: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> "Percentage":
        """Read a percentage from its text; a NoSuchPercentageError says what would be right."""
        match = _PERCENT.fullmatch(text)
        if match is None:
            raise NoSuchPercentageError(
                N_("“{text}” is not a percentage; right would be 30 % or 20-30 %"), text=text[:60]
            )
        low = Decimal(match["low"])
        high = Decimal(match["high"] or match["low"])
        if not low <= high <= 100:  # noqa: PLR2004 - per cent
            raise NoSuchPercentageError(
                N_("“{text}” does not rise from 0 to 100; right would be 30 % or 20-30 %"), text=text[:60]
            )
        return cls(low, high, text)

    def __str__(self) -> str:
        """The text as it was written."""
        return self.text or f"{plain_decimal(self.low)}-{plain_decimal(self.high)} %"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read a percentage from text."""
        return core_schema.no_info_plain_validator_function(
            validate_percentage, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, object]:
        """The form that editors check."""
        one = r"(0?[0-9]{1,2}(\.[0-9]{1,4})?|100(\.0{1,4})?)"
        return {
            "type": "string",
            "pattern": rf"^{one}([-–]{one})?[ \u00a0\u202f]?%{END}",
            "patternErrorMessage": "This is no percentage; right would be 30 % or 20-30 %.",
            "examples": ["30 %", "20-30 %"],
        }


def plain_decimal(number: Decimal) -> str:
    """A number without exponent and without trailing zeros: `24300000`, `0.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def validate_money(value: object) -> Money:
    """Money from what YAML gave: text, or Money already."""
    if isinstance(value, str):
        return _parse_money(value)
    if isinstance(value, Money):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise NoSuchAmountError(N_("an amount names its unit; right would be one of {forms}"), forms=FORMS)
    raise NoSuchAmountError(N_("this is not an amount; right would be one of {forms}"), forms=FORMS)


def validate_percentage(value: object) -> Percentage:
    """A Percentage from what YAML gave: text, or a Percentage already."""
    if isinstance(value, str):
        return Percentage.parse(value)
    if isinstance(value, Percentage):
        return value
    raise NoSuchPercentageError(N_("this is not a percentage; right would be 30 % or 20-30 %"))


@lru_cache(maxsize=8192)
def _parse_money(text: str) -> Money:
    match = _MONEY.fullmatch(text)
    if match is None:
        with_point = text.replace(",", ".")
        if "," in text and _MONEY.fullmatch(with_point):
            raise NoSuchAmountError(
                N_("“{text}” has a decimal comma; right would be {right}"), text=text, right=with_point
            )
        raise NoSuchAmountError(
            N_("“{text}” is not an amount; right would be one of {forms}"), text=text[:60], forms=FORMS
        )
    euros = Decimal(re.sub(r"[ \u00a0\u202f]", "", match["number"])) * _UNITS[match["unit"]]
    if euros >= MAX_EUROS:
        raise NoSuchAmountError(N_("“{text}” is larger than any budget; the limit is 10 000 G€"), text=text[:60])
    if euros * 100 != int(euros * 100):
        raise NoSuchAmountError(N_("“{text}” is finer than a cent"), text=text[:60])
    return Money(euros, text)
