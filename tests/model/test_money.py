"""Money is exact euros in a budget's own forms, and a percentage is a range of 0 to 100."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from elo_cli.model.money import (
    FORMS,
    MAX_EUROS,
    Money,
    NoSuchAmountError,
    NoSuchPercentageError,
    Percentage,
    plain_decimal,
)

MONEY = TypeAdapter(Money)
PERCENTAGE = TypeAdapter(Percentage)


@pytest.mark.parametrize(
    ("text", "plain", "canonical"),
    [
        ("24.3 M€", "24300000", "24.3 M€"),
        ("0.75 M€", "750000", "750 k€"),
        ("750 k€", "750000", "750 k€"),
        ("750000 €", "750000", "750 k€"),
        ("750 000 €", "750000", "750 k€"),
        ("750\u00a0000\u00a0€", "750000", "750 k€"),
        ("1 234 567.89 €", "1234567.89", "1234567.89 €"),
        ("1.2345 M€", "1234500", "1234.5 k€"),
        ("1.2 G€", "1200000000", "1.2 G€"),
        ("5€", "5", "5 €"),
        ("0 €", "0", "0 €"),
        ("0.01 €", "0.01", "0.01 €"),
        ("10.00 M€", "10000000", "10 M€"),
        ("9999 G€", "9999000000000", "9999 G€"),
    ],
)
def test_amount_is_exact(text: str, plain: str, canonical: str) -> None:
    """Each form gives its euros exactly, plain for programs and in the shortest form that people read rightly."""
    money = Money.parse(text)
    assert (money.plain, money.canonical, str(money)) == (plain, canonical, text)
    assert Money.parse(canonical) == money


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1,5 M€", "decimal comma; right would be 1.5 M€"),
        ("1e400 €", FORMS),
        ("1e3 €", FORMS),
        ("NaN €", FORMS),
        ("Infinity €", FORMS),
        ("-5 €", FORMS),
        ("+5 €", FORMS),
        ("5", FORMS),
        ("M€", FORMS),
        ("", FORMS),
        ("5 EUR", FORMS),
        ("€5", FORMS),
        ("5 m€", FORMS),
        ("5  €", FORMS),
        ("5 € ", FORMS),
        ("5 €\n", FORMS),
        (".5 M€", FORMS),
        ("5. M€", FORMS),
        ("1 23 €", FORMS),
        ("1234 567 €", FORMS),
        ("\u0665 €", FORMS),
        ("0.001 €", "finer than a cent"),
        ("0.000001 k€", "finer than a cent"),
        ("10000 G€", "the limit is 10 000 G€"),
        ("999999999999999 G€", "the limit is 10 000 G€"),
        ("9" * 5000 + " €", FORMS),
    ],
)
def test_text_that_is_no_amount_says_what_would_be_right(text: str, told: str) -> None:
    """What is no amount is refused with what would be right, and never with all of a long text."""
    with pytest.raises(NoSuchAmountError) as caught:
        Money.parse(text)
    assert told in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", [5, 5.5, pytest.param(10**6000, id="6000 digits")])
def test_number_lacks_its_unit(value: object) -> None:
    """A number alone is no amount: it could be euros or millions."""
    with pytest.raises(ValidationError, match="names its unit"):
        MONEY.validate_python(value)


@pytest.mark.parametrize("value", [None, True, [], {}])
def test_other_values_are_no_amount(value: object) -> None:
    """What is neither text nor number is refused with the right forms."""
    with pytest.raises(ValidationError, match="this is not an amount"):
        MONEY.validate_python(value)


def test_sums_are_exact() -> None:
    """A tenth and two tenths are three tenths, in millions too; the slides' own lines add up to 19.9 million."""
    assert Money.parse("0.1 M€") + Money.parse("0.2 M€") == Money.parse("0.3 M€")
    texts = ("2.6", "1.3", "5.1", "3.2", "5.8", "0.2", "1.7")
    total = Money(Decimal(0))
    for text in texts:
        total += Money.parse(f"{text} M€")
    assert total.plain == "19900000"
    assert str(total) == "19.9 M€"


EUROS = st.decimals(0, MAX_EUROS - 1, places=2, allow_nan=False, allow_infinity=False)


@given(EUROS)
def test_every_amount_is_read_again_as_itself(euros: Decimal) -> None:
    """The plain and the canonical form of any amount give the same euros."""
    money = Money(euros)
    assert Decimal(money.plain) == euros
    assert Money.parse(money.canonical) == money
    assert Money.parse(f"{money.plain} €") == money


@given(EUROS, EUROS)
def test_order_and_sum_are_those_of_the_euros(first: Decimal, second: Decimal) -> None:
    """Amounts compare and add as their euros do, whatever unit they were written in."""
    assert (Money(first) < Money(second)) is (first < second)
    assert (Money(first) + Money(second)).euros == first + second
    assert (Money(first, "a") == Money(second, "b")) is (first == second)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_is_refused(text: str) -> None:
    """No text fails in another way, and no amount is negative, endless or finer than a cent."""
    try:
        money = Money.parse(text)
    except NoSuchAmountError:
        return
    assert 0 <= money.euros < MAX_EUROS
    assert money.euros == round(money.euros, 2)


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        ("24300000", "24300000"),
        ("2.43E+7", "24300000"),
        ("0.50", "0.5"),
        ("100", "100"),
        ("0.00", "0"),
        ("-1.50", "-1.5"),
    ],
)
def test_plain_decimal_has_no_exponent_and_no_trailing_zeros(number: str, plain: str) -> None:
    """A number is written as people write it, with every digit that counts and no other."""
    assert plain_decimal(Decimal(number)) == plain


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30 %", "30", "30"),
        ("30%", "30", "30"),
        ("20-30 %", "20", "30"),
        ("20–30 %", "20", "30"),
        ("0.5 %", "0.5", "0.5"),
    ],
)
def test_percentage_is_one_share_or_a_range(text: str, low: str, high: str) -> None:
    """A share or a range, with a hyphen or an en dash, is read exactly."""
    share = Percentage.parse(text)
    assert (share.low, share.high, str(share)) == (Decimal(low), Decimal(high), text)
    assert PERCENTAGE.validate_python(share) is share


@pytest.mark.parametrize(
    "text", ["30", "30-20 %", "101 %", "20-101 %", "-5 %", "1,5 %", "% 30", "20--30 %", "", "\u0665 %"]
)
def test_text_that_is_no_percentage_says_what_would_be_right(text: str) -> None:
    """What is no share of a whole is refused with what would be right."""
    with pytest.raises(NoSuchPercentageError, match="30 % or 20-30 %"):
        Percentage.parse(text)


@pytest.mark.parametrize("value", [30, 0.3, None, True, []])
def test_percentage_is_text(value: object) -> None:
    """A number could be a share of 1 or of 100, so it is refused."""
    with pytest.raises(ValidationError, match="30 % or 20-30 %"):
        PERCENTAGE.validate_python(value)
