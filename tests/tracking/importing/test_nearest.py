"""What a cell that cannot be read was probably meant to be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.store.tables.mapping import Numbers
from elo_cli.tracking.importing.nearest import nearest_day, nearest_number

FINNISH = Numbers(decimal=",", thousands=" ")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20.6.23", "20.6.2023"),
        ("31.6.2023", "30.6.2023"),
        ("29.2.2023", "28.2.2023"),
        ("ti 20.6.2023 klo 9", "20.6.2023"),
        ("2023/6/20", "20.6.2023"),
        ("45097", "20.6.2023"),
        ("20.13.2023", None),
        ("0.6.2023", None),
        ("syksyllä", None),
        ("1.2.3.4.5", None),
        ("99999", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    """A day with two digits of its year, with words around it, or later than its month is; nothing for what is none."""
    assert nearest_day(text) == day


def test_days_of_a_table_that_puts_the_month_first() -> None:
    """There the first number is the month, and the answer leaves no doubt."""
    assert nearest_day("6/20/23", month_first=True) == "2023-06-20"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("noin 85", "85"),
        ("85 %", "85"),
        ("12.5", "12,5"),
        ("1 012,5 kpl", "1 012,5"),
        ("10-20", None),
        ("1.2.3", None),
        ("ei", None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    """The one number in a text, in the signs of its table; of two numbers none is nearer."""
    assert nearest_number(text, FINNISH) == number


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)), st.text(alphabet="abc äö", max_size=5))
def test_a_day_that_is_right_is_its_own_nearest(day: date, words: str) -> None:
    """Whatever words stand before and after it."""
    written = f"{day.day}.{day.month}.{day.year}"
    assert nearest_day(f"{words} {written} {words}") == written


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    """Nothing that somebody writes makes it fail."""
    nearest_day(text)
    nearest_number(text, FINNISH)
