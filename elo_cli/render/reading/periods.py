"""Periods as people write them, and as elo prints them in each language; every one that a text may mean."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from elo_cli.model.characters import folded
from elo_cli.model.errors import N_
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.period import NoSuchPeriodError, Period
from elo_cli.render.words.language import Language

_YEAR: Final = "(?P<year>[0-9]{4})"
_DAY: Final = "(?P<day>[0-9]{1,2})"
_MONTH: Final = "(?P<month>[0-9]{1,2})"
_QUARTERS: Final = (
    re.compile(rf"q(?P<quarter>[1-4])[ /-]?{_YEAR}"),
    re.compile(rf"{_YEAR}[ /-]?q(?P<quarter>[1-4])"),
)
"""A quarter in figures, as offices of every language write it."""
_EITHER: Final = re.compile(rf"(?P<first>[0-9]{{1,2}})(?P<sign>[/-])(?P<second>[0-9]{{1,2}})(?P=sign){_YEAR}")
"""A day of which nobody can tell whether the month comes first."""
_NUMBERED: Final = re.compile(rf"(?P<number>[0-9]{{1,2}}) ?/ ?{_YEAR}")
"""A month or a quarter of a year."""
_DASHES: Final = re.compile(" ?[–—-] ?")


class _Form(NamedTuple):
    """How a language writes a unit of time, and what such a text is as a period."""

    pattern: re.Pattern[str]
    period: Callable[[re.Match[str]], str]


_CLOCK: Final = re.compile(r"(?:kl|klo|at)?[.]? ?(?P<hour>[01]?[0-9]|2[0-3])(?:[.:](?P<minute>[0-5][0-9]))?")


def times(text: str) -> list[str]:
    """A time of the day as people write it: `13:00`, `klo 13.00`, `kl. 13`; nothing where the text is none."""
    match = _CLOCK.fullmatch(folded(text))
    return [f"{int(match['hour']):02}:{match['minute'] or '00'}"] if match is not None else []


def periods(text: str, languages: Sequence[Language]) -> list[str]:
    """Every period that a text may mean, in the form of a file; elo's own form means itself alone."""
    plain = " ".join(text.split())
    if _exists(plain):
        return [plain]
    meant = dict.fromkeys(_single(plain, languages))
    for dash in _DASHES.finditer(plain):
        first = _single(plain[: dash.start()], languages)
        rest = plain[dash.end() :]
        last = _single(rest, languages) if rest else [".."]
        meant.update(dict.fromkeys(f"{begin}/{end}" for begin in first for end in last))
    return [period for period in meant if _exists(period)]


def _single(text: str, languages: Sequence[Language]) -> list[str]:
    """Every period without a range that a text may mean."""
    if _exists(text):
        return [text] if "/" not in text else []
    plain = folded(text)
    meant = [
        form.period(match)
        for language in languages
        for form in _forms(language.code)
        if (match := form.pattern.fullmatch(plain)) is not None
    ]
    meant += [_quarter(match) for form in _QUARTERS if (match := form.fullmatch(plain)) is not None]
    if (match := _EITHER.fullmatch(plain)) is not None:
        first, second = int(match["first"]), int(match["second"])
        meant += [f"{match['year']}-{b:02}-{a:02}" for a, b in ((first, second), (second, first))]
    if (match := _NUMBERED.fullmatch(plain)) is not None:
        meant += [f"{match['year']}-{int(match['number']):02}", f"{match['year']}-Q{match['number']}"]
    return [period for period in dict.fromkeys(meant) if _exists(period)]


def _quarter(match: re.Match[str]) -> str:
    return f"{match['year']}-Q{match['quarter']}"


def _exists(text: str) -> bool:
    try:
        Period.parse(text)
    except NoSuchPeriodError:
        return False
    return True


@cache
def _forms(code: str) -> tuple[_Form, ...]:
    """The forms of one language, made from what `Language.period` prints."""
    return tuple(_made(Language(code)))


def _made(language: Language) -> Iterator[_Form]:
    months = _months(language)
    names = f"(?P<name>{'|'.join(re.escape(name) for name in months)})"

    def month(match: re.Match[str]) -> str:
        return f"{match['year']}-{months[match['name']]:02}"

    def day(match: re.Match[str]) -> str:
        number = int(match["month"]) if "month" in match.re.groupindex else months[match["name"]]
        return f"{match['year']}-{number:02}-{int(match['day']):02}"

    written = LANGUAGES[language.code].day
    yield _Form(_pattern(written, day=_DAY, month=_MONTH, month_name=names, year=_YEAR), day)
    # In Finnish a month beside a day has an ending: 20. kesäkuuta 2023.
    yield _Form(re.compile(rf"{_DAY}\.? {names}(?:ta)? {_YEAR}"), day)
    yield _Form(re.compile(f"{names} {_YEAR}"), month)
    quarters = [folded(language.quarter(number)) for number in (1, 4, 7, 10)]

    def quarter(match: re.Match[str]) -> str:
        return f"{match['year']}-Q{quarters.index(match['called']) + 1}"

    called = f"(?P<called>{'|'.join(map(re.escape, quarters))})"
    yield _Form(_pattern(language.say(N_("{quarter} {year}")), quarter=called, year=_YEAR), quarter)
    yield _Form(_pattern(language.say(N_("spring {year}")), year=_YEAR), lambda match: f"{match['year']}-spring")
    yield _Form(_pattern(language.say(N_("autumn {year}")), year=_YEAR), lambda match: f"{match['year']}-autumn")


def _months(language: Language) -> dict[str, int]:
    """The number of each month by its name."""
    return {folded(name): number for number, name in enumerate(LANGUAGES[language.code].months.split(), 1)}


def _pattern(form: str, **places: str) -> re.Pattern[str]:
    """The pattern of a form of a language, with a pattern in each of its places."""
    pieces = re.split(r"\{(\w+)\}", form)
    return re.compile(
        "".join(places[piece] if number % 2 else _literal(piece) for number, piece in enumerate(pieces)).strip()
    )


def _literal(text: str) -> str:
    """What stands between the places, as `folded` leaves it, with spaces around it where there are some."""
    inner = folded(text)
    before, after = text[:1].isspace(), text[-1:].isspace() and bool(inner)
    return f"{' ' if before else ''}{re.escape(inner)}{' ' if after else ''}"
