"""A reader's language: the catalogues' messages, and dates, periods, money and numbers in the language's own form.

How to say a thing: mark the English text with N_ and say it with `language.say(N_("…"), name=value)`; with a plural,
`language.count(*nN_("…", "…"), n, name=value)`. Places are `{named}`. The English text is the msgid, and English needs
no catalogue at run time. Values are put in after translation, so data never takes part in formatting. A text of the
data is `language.text(local_text)`. Texts and names carry marks (`marked`), which messages and lists keep.
"""

import gettext
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import elo_cli
from elo_cli.model.errors import N_, nN_
from elo_cli.model.finding import Phrase
from elo_cli.model.languages import LANGUAGES, SOURCE
from elo_cli.render.words.marked import fill, joined, marked, marks_of

if TYPE_CHECKING:
    from elo_cli.model.money import Money, Percentage
    from elo_cli.model.period import Period

DOMAIN: Final = "elo"
"""The name of every language's catalogue."""
_FOLDER: Final = elo_cli.FOLDER / "locales"
_MILLION: Final = Decimal(1_000_000)


class LocalPart(NamedTuple):
    """A text of the data as it can be shown: the words, and the language that they are in."""

    text: str
    language: str


class Language:
    """One reader's language; `code` is what elo speaks, `preferred` the order in which texts of the data are tried."""

    def __init__(self, code: str, fallbacks: tuple[str, ...] = (), *, links: bool = False) -> None:
        """A language by its code; one that elo does not speak is preferred in the data, and the sources' is spoken."""
        self.code = code if code in LANGUAGES else SOURCE
        self.record = LANGUAGES[self.code]
        self.preferred = (code, *(other for other in fallbacks if other != code))
        self._said: dict[str, str] = {}
        self.links = links
        """Whether a record's name leads to its page, so that its id need not stand beside it."""

    # Messages

    def say(self, message: str, /, **values: object) -> str:
        """A message in this language with its values; a value that is a Phrase is said in this language too."""
        return self.say_all(message, values)

    def say_all(self, message: str, values: Mapping[str, object]) -> str:
        """Like `say`, for values that come in a mapping, such as a finding's."""
        text = self._said.get(message)
        if text is None:
            text = self._said[message] = self._lookup(message)
        return fill(text, **{name: self._value(value) for name, value in values.items()}) if values else text

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """A message in the plural form that `n` asks for; the place {n} holds the number in the language's form."""
        text = self._lookup_plural(singular, plural, n)
        shown = {name: self._value(value) for name, value in values.items()}
        return fill(text, n=self.number(n), **shown)

    def _value(self, value: object) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, Phrase):
            return self.say_all(value.message, value.values)
        if isinstance(value, date):
            return self.day(value)
        # Their classes are imported by whoever made the values, and cost nothing here.
        match type(value).__name__:
            case "Period":
                return self.period(cast("Period", value))
            case "Money":
                return self.money(cast("Money", value))
            case _:
                return str(value)

    def _lookup(self, message: str) -> str:
        return self._catalogue.gettext(message) if message else message

    def _lookup_plural(self, singular: str, plural: str, n: int) -> str:
        return self._catalogue.ngettext(singular, plural, n)

    @cached_property
    def _catalogue(self) -> gettext.NullTranslations:
        if self.code == SOURCE:
            return gettext.NullTranslations()
        return gettext.translation(DOMAIN, _FOLDER, [self.code], fallback=True)

    # Texts of the data

    def part(self, text: Mapping[str, str] | None) -> LocalPart | None:
        """A text of the data in the first preferred language that it has, and which one that is."""
        if not text:
            return None
        for code in self.preferred:
            if code in text:
                return LocalPart(text[code], code)
        code = next(iter(text))
        return LocalPart(text[code], code)

    def text(self, text: Mapping[str, str] | None, default: str = "") -> str:
        """A text of the data, marked with its language when that is not the reader's; `default` when there is none."""
        part = self.part(text)
        return self.in_its_language(part) if part else default

    def in_its_language(self, part: LocalPart) -> str:
        """A text, marked with its language when that is not the reader's."""
        return part.text if part.language == self.code else marked(part.text, "language", part.language)

    def refer(self, record_id: str, name: str) -> str:
        """A record's name, marked with the record; what names one already stays."""
        named = any(mark.kind == "record" for mark in marks_of(name))
        return name if named else marked(name, "record", record_id)

    # Forms

    def number(self, number: int | Decimal) -> str:
        """A number with the language's own separators; all of its decimals are shown."""
        # As a Decimal, since a float would round and the sign be counted among the figures.
        whole, _, decimals = f"{Decimal(number).copy_abs():,f}".partition(".")
        decimals = decimals.rstrip("0")
        text = whole.replace(",", self.record.group) + (self.record.decimal + decimals if decimals else "")
        return f"-{text}" if number < 0 else text

    def money(self, amount: "Money", *, approximate: bool = False) -> str:
        """An amount as the language writes it: `24,3 milj. €`, `24,3 mn €`, `€24.3 million`; never rounded."""
        millions = amount.euros / _MILLION
        exact = millions >= 1 and millions * 100 == int(millions * 100)
        number = self.number(millions.normalize() + 0 if exact else amount.euros)
        # Translators: amounts of money, in millions of euros and in euros
        text = self.say(N_("€{number} million") if exact else N_("€{number}"), number=number)
        return self.say(N_("about {amount}"), amount=text) if approximate else text

    def percentage(self, share: "Percentage") -> str:
        """A share or a range of shares: `30 %`, `20–30 %`, in English `30%`."""
        low, high = self.number(share.low), self.number(share.high)
        return self.say(N_("{number}%"), number=low if low == high else f"{low}–{high}")

    def day(self, day: date) -> str:
        """A day: `9.4.2021` in Finnish and Finland Swedish, `9 April 2021` in English."""
        return self._dated(self.record.day, day.day, day.month, day.year)

    def clock(self, text: str) -> str:
        """A time of the day, given as `09:00`: `9.00` in Finnish and Swedish, `9:00` in English."""
        hour, _, minute = text.partition(":")
        return self.record.clock.format(hour=int(hour), minute=minute)

    def month_day(self, text: str) -> str:
        """A day of every year, given as `02-28`: `28.2.` in Finnish, `28.2` in Swedish, `28 February` in English."""
        month, day = (int(part) for part in text.split("-"))
        return self._dated(self.record.month_day, day, month)

    def _dated(self, form: str, day: int, month: int, year: int | None = None) -> str:
        """A day in one of the record's forms."""
        return form.format(day=day, month=month, month_name=self._month(month), year=year)

    def period(self, period: "Period") -> str:
        """A period: `IV/2021`, `4:e kvartalet 2021`, `Q4 2021`; ranges with an en dash."""
        if period.first is not None:
            return f"{self.period(period.first)}–{self.period(period.last) if period.last is not None else ''}"
        year = period.start.year
        if period.unit == "day":
            return self.day(period.start)
        if period.unit == "month":
            return f"{self._month(period.start.month)} {year}"
        if period.unit == "quarter":
            # Translators: a quarter of a year: IV/2021 in Finnish, 4:e kvartalet 2021 in Swedish, Q4 2021 in English
            return self.say(N_("{quarter} {year}"), quarter=self.quarter(period.start.month), year=year)
        if period.unit == "season":
            return self.say(N_("spring {year}") if period.start.month == 1 else N_("autumn {year}"), year=year)
        return str(year)

    def quarter(self, month: int) -> str:
        """The quarter that a month lies in, without its year: `IV`, `4:e`, `Q4`."""
        return self.record.quarters[(month - 1) // 3]

    def _month(self, month: int) -> str:
        return self.record.months.split()[month - 1]

    def days(self, days: int) -> str:
        """A number of days in words that stay short: days, then months, then years."""
        if days < _DAYS_IN_WORDS:
            return self.count(*nN_("{n} day", "{n} days"), days)
        months = round(days / 30.44)
        if months < _MONTHS_IN_WORDS:
            return self.count(*nN_("{n} month", "{n} months"), months)
        years, rest = divmod(days, 365.25)
        if rest > _ABOUT_A_YEAR:
            return self.count(*nN_("over {n} year", "over {n} years"), int(years))
        return self.count(*nN_("{n} year", "{n} years"), int(years))

    def age(self, day: date, as_of: date) -> str:
        """How long ago a day was."""
        days = (as_of - day).days
        return self.say(N_("today")) if days <= 0 else self.say(N_("{time} ago"), time=self.days(days))

    def join(self, items: list[str]) -> str:
        """A list as the language writes it: `a, b ja c`."""
        if len(items) < 2:  # noqa: PLR2004 - two or more make a list
            return joined("", items)
        # Translators: the end of a list; the items before it stand with commas
        return self.say(N_("{items} and {last}"), items=joined(", ", items[:-1]), last=items[-1])


_DAYS_IN_WORDS: Final = 60
_MONTHS_IN_WORDS: Final = 24
_ABOUT_A_YEAR: Final = 15
