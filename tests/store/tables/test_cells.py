"""Cells in the forms that offices write: quarters, dates, numbers, texts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.characters import CONTROL, invisible
from elo_cli.store.tables.cells import CellProblem, number_of, period_of, plain_number, text_of
from elo_cli.store.tables.mapping import Numbers
from elo_cli.store.tables.rows import NoValue

ITALIAN = Numbers(decimal=",", thousands=".")
ENGLISH = Numbers(decimal=".", thousands=",")
FINNISH = Numbers(decimal=",", thousands=" ")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Q4 2021", "2021-Q4"),
        ("T4 2021", "2021-Q4"),
        ("Q4/2021", "2021-Q4"),
        ("q4-2021", "2021-Q4"),
        ("IV/2021", "2021-Q4"),
        ("I 2021", "2021-Q1"),
        ("2021 Q4", "2021-Q4"),
        ("2021-Q4", "2021-Q4"),
        ("2021/T2", "2021-Q2"),
        ("3. neljännes 2022", "2022-Q3"),
        ("II trimestre 2022", "2022-Q2"),
        ("2nd quarter 2022", "2022-Q2"),
        ("kvartal", None),
        ("31.12.2021", "2021-12-31"),
        ("3/4/2021", "2021-04-03"),
        ("31.2.2021", None),
        ("2021-12", "2021-12"),
        ("2021", "2021"),
        ("Q5 2021", None),
        ("4 2021", None),
        ("V/2021", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    """Each form of a quarter or date is read, and what may mean two things is not."""
    if period is None:
        with pytest.raises(CellProblem):
            period_of(text)
    else:
        assert period_of(text) == period


def test_month_first_is_declared() -> None:
    """3/4/2021 is 4 March only where the mapping says so."""
    assert period_of("3/4/2021", month_first=True) == "2021-03-04"


@pytest.mark.parametrize(
    ("text", "numbers", "value"),
    [
        ("42.300.000,00", ITALIAN, 42_300_000),
        ("100", ITALIAN, 100),
        ("1.234", ITALIAN, 1234),
        ("12,5", ITALIAN, 12.5),
        ("-9", ITALIAN, -9),
        ("1.23", ITALIAN, None),
        ("1,234", ENGLISH, 1234),
        ("1.234", ENGLISH, 1.234),
        ("65\u00a0000\u00a0000", FINNISH, 65_000_000),
        ("1.5", FINNISH, None),
        ("12,34,5", ITALIAN, None),
        ("", ITALIAN, None),
        ("١٢", ITALIAN, None),
        ("1e9", ENGLISH, None),
        ("circa 10", ITALIAN, None),
    ],
)
def test_numbers(text: str, numbers: Numbers, value: float | None) -> None:
    """A number is read in the table's own signs, exactly, and anything else is refused rather than guessed."""
    if value is None:
        with pytest.raises(CellProblem):
            number_of(text, numbers)
    else:
        found = plain_number(number_of(text, numbers))
        assert found == value
        assert type(found) is type(value)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_numbers_in_italian_form_come_back(number: Decimal) -> None:
    """Whatever is written with points for thousands and a comma is read as the same number."""
    text = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    assert number_of(text, ITALIAN) == number


def test_more_digits_than_can_be_kept_are_refused() -> None:
    """A number that YAML would round is told, not rounded."""
    with pytest.raises(CellProblem, match="more digits"):
        plain_number(Decimal("123456789012345.1234567891"))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  a \t b\r\nc ", "a b c"),
        ("'=1+1", "=1+1"),
        ("x;'=1+1; '-2", "x;=1+1; '-2"),
        ("'tis", "'tis"),
        ("a\u202eb\x07c", "a b c"),
        ("enti \u200b\u200bprivati", "enti privati"),
        ("Auf\u00adgabe", "Auf\u00adgabe"),
        (date(2021, 12, 3), "2021-12-03"),
        (Decimal("1.50"), "1.5"),
        (3, "3"),
        (None, ""),
    ],
)
def test_texts(cell: object, text: str) -> None:
    """Spaces become one, what nobody sees goes, and an export's apostrophe is taken off again."""
    assert text_of(cell) == text  # type: ignore[arg-type]


def test_formula_is_no_value() -> None:
    """What a formula gave last is nothing that someone wrote."""
    with pytest.raises(CellProblem, match="formula"):
        text_of(NoValue("=1+1"))


@given(st.text())
def test_no_text_keeps_a_control_character(text: str) -> None:
    """Whatever a cell holds, its text is one that a record may hold."""
    assert CONTROL.search(text_of(text)) is None
    assert CONTROL.search(text_of(text, paragraphs=True)) is None


@given(st.text(st.sampled_from("a 1\u00ad\u200b\u200d\u0301\ufe0f\u2060\U0001f3f4\U000e0067\U000e007f")))
def test_no_text_keeps_what_nobody_sees(text: str) -> None:
    """`elo check` finds nothing hidden in what an import has taken from a cell."""
    assert list(invisible(text_of(text))) == []
