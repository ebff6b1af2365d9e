"""Money, percentages and numbers as people write them, and as elo prints them in each language."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.money import Money, NoSuchAmountError, NoSuchPercentageError, Percentage, plain_decimal
from elo_cli.render.words.language import Language

_EURO: Final = re.compile(r"(?:\b|(?<=[0-9kMG]))(?:EUR|euroa?|euros?)\b")
_THREE: Final = re.compile(r"(?P<before>-?[1-9][0-9]{0,2})[.,](?P<after>[0-9]{3})")
"""A point or comma before three digits: of thousands or of decimals, as the writer's country has it."""
_GROUPS: Final = re.compile(r"[1-9][0-9]{0,2}(?:(?P<sign>[.,])[0-9]{3})(?:(?P=sign)[0-9]{3})+")
"""Of several of them nobody can mistake what they part."""
_UNITS: Final = {"": Decimal(1), "k": Decimal(1_000), "M": Decimal(1_000_000), "G": Decimal(1_000_000_000)}
_PLACE: Final = "\0"


class _Signs(NamedTuple):
    """How a language writes a number."""

    decimal: str
    group: str


class _Unit(NamedTuple):
    """What stands before and after a number of money in a language, and what the number is to be multiplied by."""

    before: str
    after: str
    times: Decimal


def amounts(text: str, languages: Sequence[Language]) -> list[str]:
    """Every amount that a text may mean, in the form of a file; one that a file may hold means itself."""
    plain = _EURO.sub("€", " ".join(text.replace("\u2019", "'").split()))
    bare = plain.replace("€", "", 1).strip() if plain.count("€") == 1 else ""
    english = plain.startswith("€") and any(language.code == "en" for language in languages)
    if not english and (match := _THREE.fullmatch(bare)) is not None:
        return _valid([f"{match['before']}{match['after']}", f"{match['before']}.{match['after']}"])
    if _GROUPS.fullmatch(bare):
        return _valid([re.sub("[.,]", "", bare)])
    try:
        Money.parse(plain)
    except NoSuchAmountError:
        pass
    else:
        return [plain]
    meant: dict[Money, None] = {}
    for language in languages:
        for unit in _units(language.code):
            if (inner := _within(plain, unit)) is None:
                continue
            for number in _numbers(inner, _signs(language.code)):
                meant.update(dict.fromkeys(_money(number * unit.times)))
    return [money.canonical for money in meant]


def _valid(numbers: Sequence[str]) -> list[str]:
    return [money.canonical for number in numbers for money in _money(Decimal(number))]


def _money(euros: Decimal) -> Iterator[Money]:
    try:
        yield Money(Money.parse(f"{plain_decimal(euros)} €").euros)
    except NoSuchAmountError:
        return


def _within(text: str, unit: _Unit) -> str | None:
    """The number between what stands before and after it; points and spaces of a unit may be left out."""
    before, after = (re.escape(part).replace(r"\.", r"\.?").replace(r"\ ", " ?") for part in (unit.before, unit.after))
    match = re.fullmatch(f"{before} ?(?P<number>[0-9][0-9 .,']*?) ?{after}", text)
    return match["number"].strip() if match is not None else None


def percentages(text: str, languages: Sequence[Language]) -> list[str]:
    """Every percentage, or range of them, that a text may mean, in the form of a file."""
    plain = " ".join(text.split())
    try:
        Percentage.parse(plain)
    except NoSuchPercentageError:
        pass
    else:
        return [plain]
    if not plain.endswith("%"):
        return []
    meant: dict[str, None] = {}
    for language in languages:
        ends = [list(_numbers(part.strip(), _signs(language.code))) for part in re.split("[–-]", plain[:-1])]
        if all(len(end) == 1 for end in ends):
            meant["-".join(plain_decimal(end[0]) for end in ends) + " %"] = None
    return list(meant)


def numbers(text: str, languages: Sequence[Language]) -> list[str]:
    """Every number that a text may mean, with a point before its decimals."""
    plain = " ".join(text.replace("−", "-").split())  # noqa: RUF001 - a minus sign
    if (match := _THREE.fullmatch(plain)) is not None:
        return [f"{match['before']}{match['after']}", f"{match['before']}.{match['after']}"]
    if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", plain):
        return [plain]
    if _GROUPS.fullmatch(plain):
        return [re.sub("[.,]", "", plain)]
    return list(
        dict.fromkeys(
            plain_decimal(number) for language in languages for number in _numbers(plain, _signs(language.code))
        )
    )


def _numbers(text: str, signs: _Signs) -> Iterator[Decimal]:
    """The number that a text is in a language, if it is one: groups of three, or no groups."""
    group, decimal = re.escape(signs.group), re.escape(signs.decimal)
    pattern = rf"(?P<whole>-?(?:[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|[0-9]+))(?:{decimal}(?P<part>[0-9]+))?"
    if (match := re.fullmatch(pattern, text)) is not None:
        yield Decimal(f"{match['whole'].replace(signs.group, '')}.{match['part'] or '0'}")


@cache
def _signs(code: str) -> _Signs:
    record = LANGUAGES[code]
    return _Signs(record.decimal, record.group.strip() or " ")


@cache
def _units(code: str) -> tuple[_Unit, ...]:
    """How a language writes money, by what `Language.money` prints; and a file's units with the language's numbers."""
    say = Language(code).say
    printed = [
        (say(N_("€{number} million"), number=_PLACE), Decimal(1_000_000)),
        (say(N_("€{number}"), number=_PLACE), Decimal(1)),
        *((f"{_PLACE} {name}€", times) for name, times in _UNITS.items()),
    ]
    units = []
    for text, times in printed:
        before, _, after = " ".join(text.split()).partition(_PLACE)
        units.append(_Unit(before.strip(), after.strip(), times))
    return tuple(dict.fromkeys(units))
