"""What elo prints, it reads: every word, period, amount and number in each language, and nothing is guessed."""

import re
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.characters import folded
from elo_cli.model.errors import UsageProblem
from elo_cli.model.kinds import KINDS
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.money import MAX_EUROS, Money, Percentage
from elo_cli.model.period import Period
from elo_cli.model.shape import Shape, fields_of
from elo_cli.model.words import FIELDS, VALUES
from elo_cli.render.reading import words
from elo_cli.render.reading.reader import AmbiguousProblem, Reader
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.tracking.day.timing import TimingWord

EVERY = [Language(code) for code in LANGUAGES]
FINNISH = Reader(Language("fi", ("fi", "sv", "en")))


def lists() -> dict[str, Shape]:
    """Return every closed list of the models, and that of timing, by the field and kind that have it."""
    found = {
        f"{kind.name}.{'.'.join(path)}": shape
        for kind in KINDS.values()
        for path, shape in kind.shape.places()
        if shape.form == "word" and path[-1] in VALUES
    }
    return {**found, "timing": Shape("word", words=get_args(TimingWord))}


@pytest.mark.parametrize("place", lists())
@pytest.mark.parametrize("language", EVERY, ids=LANGUAGES)
def test_every_word_of_a_list_is_read_back(place: str, language: Language) -> None:
    """The word that a language prints for a value means that value and no other."""
    shape = lists()[place]
    field = place.rpartition(".")[2]
    said = {word: terms.word(language, field, word) for word in shape.words}
    assert {word: Reader(language).value(shape, text) for word, text in said.items()} == {word: word for word in said}


def test_other_words_say_nothing_that_a_language_prints() -> None:
    """A word in the table of other words is none that elo prints for another value of the same list."""
    for field, table in words.ALSO.items():
        printed = {folded(language.say(text)): word for language in EVERY for word, text in VALUES[field].items()}
        assert {text for text, word in table.items() if printed.get(folded(text), word) != word} == set()
        assert set(table.values()) <= VALUES[field].keys()


@pytest.mark.parametrize("language", EVERY, ids=LANGUAGES)
def test_every_heading_of_a_field_is_read_back(language: Language) -> None:
    """The heading of a field means that field of its kind, or is told to be unclear; never another field."""
    for kind in KINDS.values():
        for name in fields_of(kind.record).keys() & FIELDS.keys():
            assert Reader(language).field(kind.record, terms.head(language, name)) == name


DAYS = st.dates(min_value=Period.parse("1900").start, max_value=Period.parse("2199-12-31").start)
SINGLE = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y}-Q{(day.month + 2) // 3}"),
    DAYS.map(lambda day: f"{day:%Y}-{'spring' if day.month < 7 else 'autumn'}"),
    DAYS.map(lambda day: f"{day:%Y}"),
)


def ranges(pair: tuple[str, str]) -> str:
    """Return the range from the earlier to the later of two periods, or one of them where they have no order."""
    first, last = sorted(map(Period.parse, pair))
    return f"{first}/{last}" if first.start <= last.start and first.end <= last.end else str(first)  # type: ignore[operator]


PERIODS = st.one_of(SINGLE, st.tuples(SINGLE, SINGLE).map(ranges), SINGLE.map(lambda text: f"{text}/.."))


@given(PERIODS, st.sampled_from(EVERY))
def test_every_period_is_read_back(text: str, language: Language) -> None:
    """A period of any unit, a range or an open one means the same days when its printed form is read."""
    period = Period.parse(text)
    assert Period.parse(Reader(language).value(Shape("period"), language.period(period))) == period


EUROS = st.decimals(min_value=0, max_value=MAX_EUROS - 1, places=2) | st.integers(0, 10**9).map(Decimal)


@given(EUROS, st.sampled_from(EVERY))
def test_every_amount_is_read_back(euros: Decimal, language: Language) -> None:
    """An amount means the same euros when its printed form is read; only three digits after a sign are asked back."""
    money = Money.parse(f"{euros:f} €")
    said = language.money(money)
    if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}\s*€", said):
        with pytest.raises(AmbiguousProblem):
            Reader(language).value(Shape("money"), said)
    else:
        assert Money.parse(Reader(language).value(Shape("money"), said)) == money


@given(st.decimals(min_value=0, max_value=100, places=1), st.sampled_from(EVERY))
def test_every_percentage_and_number_is_read_back(number: Decimal, language: Language) -> None:
    """A share and a number mean the same when their printed forms are read."""
    share = Percentage(number, number)
    assert Percentage.parse(Reader(language).value(Shape("percentage"), language.percentage(share))).low == number
    assert Decimal(Reader(language).value(Shape("number"), language.number(number))) == number


@pytest.mark.parametrize(
    ("form", "text", "meant"),
    [
        ("period", "20.6.2023", "2023-06-20"),
        ("period", "20.06.2023", "2023-06-20"),
        ("period", "II/2027", "2027-Q2"),
        ("period", "kevat 2027", "2027-spring"),
        ("period", "Våren 2027", "2027-spring"),
        ("period", "juni 2026", "2026-06"),
        ("period", "20. kesäkuuta 2023", "2023-06-20"),
        ("period", "7/2027", "2027-07"),
        ("period", "13/02/2023", "2023-02-13"),
        ("period", "2021-2023", "2021/2023"),
        ("day", "9.4.2021", "2021-04-09"),
        ("money", "26 milj. €", "26 M€"),
        ("money", "26 milj €", "26 M€"),
        ("money", "26 milj. euroa", "26 M€"),
        ("money", "24,5 M€", "24.5 M€"),
        ("money", "26 mn €", "26 M€"),
        ("money", "1\u00a0500\u202f000\u00a0€", "1 500 000 €"),
        ("money", "1.500.000 €", "1.5 M€"),
        ("number", "1,5", "1.5"),
        ("number", "0,125", "0.125"),
        ("percentage", "7,5 %", "7.5 %"),
        ("boolean", "kyllä", "yes"),
        # What says nothing is left to whoever judges the field.
        ("period", "joskus", "joskus"),
        ("period", "31.2.2023", "31.2.2023"),
        ("day", "kevät 2027", "kevät 2027"),
        ("money", "26", "26"),
    ],
)
def test_what_people_write(form: str, text: str, meant: str) -> None:
    """What offices write means one thing, in the form of a file; what means nothing stays as it is."""
    assert FINNISH.value(Shape(form), text) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "text", "choices"),
    [
        ("period", "3/2027", ["2027-03", "2027-Q3"]),
        ("period", "01/02/2023", ["2023-02-01", "2023-01-02"]),
        ("money", "1.500 €", ["1.5 k€", "1.5 €"]),
        ("money", "1,500 €", ["1.5 k€", "1.5 €"]),
        ("money", "24,375 M€", ["24375 k€", "24375 M€"]),
        ("number", "1.500", ["1500", "1.500"]),
    ],
)
def test_nothing_is_guessed(form: str, text: str, choices: list[str]) -> None:
    """What may be two things is told with both."""
    with pytest.raises(AmbiguousProblem) as told:
        FINNISH.value(Shape(form), text)  # type: ignore[arg-type]
    assert told.value.choices == choices
    assert isinstance(told.value, UsageProblem)


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [
        ("status", "valmis", "completed"),
        ("status", "Toteutunut", "completed"),
        ("status", "pågår", "in-progress"),
        ("status", "in progress", "in-progress"),
        ("stage", "myönnetty", "granted"),
        ("stage", "myonnetty", "granted"),
        ("stage", "beviljat", "granted"),
        ("confidence", "enligt planen", "on-track"),
        ("status", "ehkä", "ehkä"),
    ],
)
def test_words_of_every_language(field: str, text: str, meant: str) -> None:
    """A word of a list is read in any of elo's languages, whatever its case and accents."""
    kind = KINDS["funding" if field == "stage" else "measure"]
    assert FINNISH.value(fields_of(kind.record)[field], text) == meant
