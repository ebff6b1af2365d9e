"""Each language says dates, periods, money and numbers in its own form, and data takes no part in the wording."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.finding import Phrase
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.money import Money, Percentage
from elo_cli.model.period import Period
from elo_cli.render.words.language import Language

NBSP = "\u00a0"
FI, SV, EN = (Language(code) for code in ("fi", "sv", "en"))


@pytest.mark.parametrize(
    ("text", "fi", "sv", "en"),
    [
        ("2021-04-09", "9.4.2021", "9.4.2021", "9 April 2021"),
        ("2021-04", "huhtikuu 2021", "april 2021", "April 2021"),
        ("2021-Q4", "IV/2021", "4:e kvartalet 2021", "Q4 2021"),
        ("2021-spring", "kevät 2021", "våren 2021", "spring 2021"),
        ("2021-autumn", "syksy 2021", "hösten 2021", "autumn 2021"),
        ("2021", "2021", "2021", "2021"),
        ("2021/2024", "2021–2024", "2021–2024", "2021–2024"),
        ("2021/..", "2021–", "2021–", "2021–"),
        ("2021-Q3/2022-Q1", "III/2021–I/2022", "3:e kvartalet 2021–1:a kvartalet 2022", "Q3 2021–Q1 2022"),
    ],
)
def test_period(text: str, fi: str, sv: str, en: str) -> None:
    """A period is said as people of the language write it."""
    period = Period.parse(text)
    assert [language.period(period).replace(NBSP, " ") for language in (FI, SV, EN)] == [fi, sv, en]


@pytest.mark.parametrize(
    ("text", "fi", "sv", "en"),
    [
        ("24.3 M€", "24,3 milj. €", "24,3 mn €", "€24.3 million"),
        ("10 M€", "10 milj. €", "10 mn €", "€10 million"),
        ("0.75 M€", "750 000 €", "750 000 €", "€750,000"),
        ("1.25 M€", "1,25 milj. €", "1,25 mn €", "€1.25 million"),
        ("1234567.89 €", "1 234 567,89 €", "1 234 567,89 €", "€1,234,567.89"),
        ("1.2 G€", "1 200 milj. €", "1 200 mn €", "€1,200 million"),
        ("0 €", "0 €", "0 €", "€0"),
    ],
)
def test_money_is_never_rounded(text: str, fi: str, sv: str, en: str) -> None:
    """Millions where they are exact to two decimals, else every euro."""
    money = Money.parse(text)
    said = [language.money(money).replace(NBSP, " ").replace("\u202f", " ") for language in (FI, SV, EN)]
    assert said == [fi, sv, en]


@pytest.mark.parametrize(("code", "said"), [("fi", "28.2."), ("sv", "28.2"), ("en", "28 February")])
def test_day_of_every_year(code: str, said: str) -> None:
    """A day that comes back every year is written as the language writes days, without a year."""
    assert Language(code).month_day("02-28") == said


def test_about() -> None:
    """An amount that the source calls approximate is said to be about it."""
    money = Money.parse("20 M€")
    assert EN.money(money, approximate=True) == "about €20 million"
    assert FI.money(money, approximate=True).startswith("noin 20")


@pytest.mark.parametrize(("text", "fi", "en"), [("30 %", "30 %", "30%"), ("20-30 %", "20–30 %", "20–30%")])
def test_percentage(text: str, fi: str, en: str) -> None:
    """A share is said with the language's own spacing, a range with an en dash."""
    share = Percentage.parse(text)
    assert (FI.percentage(share).replace(NBSP, " "), EN.percentage(share)) == (fi, en)


@pytest.mark.parametrize(
    ("number", "fi", "en"),
    [
        (0, "0", "0"),
        (15000, f"15{NBSP}000", "15,000"),
        (Decimal("0.5"), "0,5", "0.5"),
        (Decimal("1234.5678"), f"1{NBSP}234,5678", "1,234.5678"),
    ],
)
def test_number_shows_all_of_its_decimals(number: int | Decimal, fi: str, en: str) -> None:
    """Separators are the language's own, and no decimal is dropped."""
    assert (FI.number(number), EN.number(number)) == (fi, en)


@given(
    st.sampled_from(list(LANGUAGES)),
    st.integers(-(10**15), 10**15) | st.decimals(-(10**12), 10**12, allow_nan=False, places=4).filter(bool),
)
def test_numbers_are_those_of_the_locale(code: str, number: int | Decimal) -> None:
    """Every number is written as Unicode's data of the language has it."""
    locale = LANGUAGES[code].locale
    assert Language(code).number(number) == format_decimal(number, locale=locale, decimal_quantization=False)


@pytest.mark.parametrize("code", LANGUAGES)
def test_months_and_lists_are_those_of_the_locale(code: str) -> None:
    """Months and lists are written as Unicode's data of the language has them."""
    language, locale = Language(code), Locale.parse(LANGUAGES[code].locale)
    assert language.record.months.split() == list(locale.months["stand-alone"]["wide"].values())
    if "{month_name}" in language.record.day + language.record.month_day:
        assert language.record.months.split() == list(locale.months["format"]["wide"].values())
    for items in ([], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]):
        assert language.join(items) == (format_list(items, locale=locale) if items else "")


@pytest.mark.parametrize(
    ("days", "en"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (2, "2 days"),
        (59, "59 days"),
        (60, "2 months"),
        (365, "12 months"),
        (700, "23 months"),
        (731, "2 years"),
        (800, "over 2 years"),
        (1789, "over 4 years"),
        (1827, "5 years"),
    ],
)
def test_distance_in_time_stays_short(days: int, en: str) -> None:
    """Days, then months, then years: as exact as a person would say it."""
    assert EN.days(days) == en


@pytest.mark.parametrize(
    ("day", "en"),
    [("2021-04-09", "today"), ("2021-05-01", "today"), ("2021-04-08", "1 day ago"), ("2020-04-09", "12 months ago")],
)
def test_age(day: str, en: str) -> None:
    """How long ago a day was; what is dated later than the day asked about is not in the past."""
    assert EN.age(date.fromisoformat(day), date(2021, 4, 9)) == en


def test_data_takes_no_part_in_the_wording() -> None:
    """A value with braces, percent signs or the name of another place is put in as it is."""
    hostile = "{id} {0} %s {id.__class__} {{"
    assert EN.say("there is no record “{id}”; nearest is {nearest}", id=hostile, nearest="{id}") == (
        f"there is no record “{hostile}”; nearest is {{id}}"
    )


def test_sentence_in_a_sentence_is_said_in_the_same_language() -> None:
    """A Phrase among the values is translated as the outer sentence is."""
    outer = "{text}"
    assert FI.say(outer, text=Phrase("today")) == "tänään"
    assert EN.say(outer, text=Phrase("there is no day {text}", {"text": "x"})) == "there is no day x"


def test_plural_form_follows_the_number() -> None:
    """One line, two lines; in Finnish the noun changes too."""
    forms = ("{n} line", "{n} lines")
    assert [EN.count(*forms, n) for n in (0, 1, 2, 1000)] == ["0 lines", "1 line", "2 lines", "1,000 lines"]
    assert FI.count("{n} day", "{n} days", 1) != FI.count("{n} day", "{n} days", 2)


@pytest.mark.parametrize(
    ("code", "fallbacks", "text", "said"),
    [
        ("sv", ("fi", "sv"), {"fi": "yksi", "sv": "ett"}, ("ett", "sv")),
        ("sv", ("fi",), {"fi": "yksi", "en": "one"}, ("yksi", "fi")),
        ("en", (), {"fi": "yksi", "sv": "ett"}, ("yksi", "fi")),
        ("se", ("fi",), {"se": "okta", "fi": "yksi"}, ("okta", "se")),
        ("fi", (), {}, None),
        ("fi", (), None, None),
    ],
)
def test_text_of_the_data_in_the_first_language_that_it_has(
    code: str, fallbacks: tuple[str, ...], text: dict[str, str] | None, said: tuple[str, str] | None
) -> None:
    """The reader's language, then the tracker's in order, then any; and which language that is."""
    language = Language(code, fallbacks)
    assert language.part(text) == said
    assert language.text(text, "none") == (said[0] if said else "none")


def test_language_that_elo_does_not_speak_is_spoken_in_english() -> None:
    """A reader of Northern Sámi gets elo's words in English and the data in Sámi."""
    assert Language("se").code == "en"
    assert Language("se").say("today") == "today"


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a ja b"), (["a", "b", "c"], "a, b ja c")]
)
def test_list_of_things(items: list[str], said: str) -> None:
    """A list is joined as the language joins it."""
    assert FI.join(items) == said


@given(st.sampled_from(list(LANGUAGES)), st.decimals(0, 10**12, places=2), st.text(max_size=20))
def test_every_amount_and_every_word_can_be_said(code: str, euros: Decimal, text: str) -> None:
    """No amount and no message, translated or not, makes a language fail; all digits of an amount are there."""
    language = Language(code)
    said = language.money(Money(euros))
    assert "€" in said
    digits = "".join(filter(str.isdigit, said))
    assert digits.strip("0") == "".join(filter(str.isdigit, f"{euros:f}")).strip("0")
    unknown = f"¤{text}"  # no message begins so
    assert language.say(unknown) == unknown
