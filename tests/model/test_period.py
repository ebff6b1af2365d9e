"""A period is exact, half-open inside, and says what would be right when it is none."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from elo_cli.model.period import FORMS, NoSuchPeriodError, Period

ADAPTER = TypeAdapter(Period)


@pytest.mark.parametrize(
    ("text", "start", "end", "unit"),
    [
        ("2021-12-03", "2021-12-03", "2021-12-03", "day"),
        ("2021-12", "2021-12-01", "2021-12-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2021-Q1", "2021-01-01", "2021-03-31", "quarter"),
        ("2021-Q4", "2021-10-01", "2021-12-31", "quarter"),
        ("2021-spring", "2021-01-01", "2021-06-30", "season"),
        ("2021-autumn", "2021-07-01", "2021-12-31", "season"),
        ("2021", "2021-01-01", "2021-12-31", "year"),
        ("2021/2024", "2021-01-01", "2024-12-31", "range"),
        ("2021-Q3/2022-Q1", "2021-07-01", "2022-03-31", "range"),
        ("2021-05-31/2021-06-30", "2021-05-31", "2021-06-30", "range"),
        ("2021/..", "2021-01-01", None, "open"),
        ("2021-Q3/..", "2021-07-01", None, "open"),
        ("1900", "1900-01-01", "1900-12-31", "year"),
        ("2199", "2199-01-01", "2199-12-31", "year"),
    ],
)
def test_period_covers_the_days_that_its_text_says(text: str, start: str, end: str | None, unit: str) -> None:
    """Each form has its first and its last day, and is written again as it was read."""
    period = Period.parse(text)
    assert (period.start.isoformat(), period.end and period.end.isoformat(), period.unit) == (start, end, unit)
    assert str(period) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", FORMS),
        ("2024-02-30", "the last day of that month is 2024-02-29"),
        ("2021-02-29", "the last day of that month is 2021-02-28"),
        ("2021-04-31", "the last day of that month is 2021-04-30"),
        ("2021-01-00", "there is no day 2021-01-00"),
        ("2021-13", "months are 01 to 12"),
        ("2021-00", "months are 01 to 12"),
        ("2021-Q5", "quarters are Q1 to Q4"),
        ("2021-Q0", "quarters are Q1 to Q4"),
        ("1899", "outside 1900 to 2199"),
        ("2200", "outside 1900 to 2199"),
        ("2024/2021", "2021/2024"),
        ("2021/2021-Q1", "2021-Q1/2021"),
        ("2021/", FORMS),
        ("/2021", FORMS),
        ("../2021", FORMS),
        ("2021/2022/2023", FORMS),
        ("2021-4", FORMS),
        ("2021-Q", FORMS),
        ("2021-summer", FORMS),
        ("2021-Spring", FORMS),
        ("9.4.2021", FORMS),
        (" 2021", FORMS),
        ("2021\n", FORMS),
        ("٢٠٢١", FORMS),
        ("\uff12\uff10\uff12\uff11", FORMS),
        ("-2021", FORMS),
        ("9" * 5000, FORMS),
    ],
)
def test_text_that_is_no_period_says_what_would_be_right(text: str, told: str) -> None:
    """What does not exist is refused with the form or the value that does, and never with all of a long text."""
    with pytest.raises(NoSuchPeriodError) as caught:
        Period.parse(text)
    assert told in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("value", [2021, "2021"])
def test_bare_year_may_be_a_number(value: object) -> None:
    """YAML gives a bare year as a number, and that is the year."""
    assert ADAPTER.validate_python(value) == Period.parse("2021")


@pytest.mark.parametrize(
    "value", [21, 20211203, 2021.5, True, None, [], date(2021, 1, 1), pytest.param(10**6000, id="6000 digits")]
)
def test_other_values_are_no_period(value: object) -> None:
    """A number that is no year, and anything that is no text, is refused with the right forms."""
    with pytest.raises(ValidationError, match="2021-Q4"):
        ADAPTER.validate_python(value)


def test_due_has_passed_from_the_day_after_its_last_day() -> None:
    """`2021-Q4` has passed from 2022-01-01; an open period never passes."""
    quarter = Period.parse("2021-Q4")
    assert not quarter.passed(date(2021, 12, 31))
    assert quarter.passed(date(2022, 1, 1))
    assert not Period.parse("2021/..").passed(date.max)


@pytest.mark.parametrize(
    ("outer", "inner", "covers", "overlaps"),
    [
        ("2021", "2021-Q4", True, True),
        ("2021-Q4", "2021", False, True),
        ("2021", "2021", True, True),
        ("2021", "2022", False, False),
        ("2021/..", "2030", True, True),
        ("2021/..", "2022/..", True, True),
        ("2022/..", "2021/..", False, True),
        ("2021", "2021/..", False, True),
        ("2021-Q1", "2021-Q2", False, False),
        ("2021-12-31", "2021-12", False, True),
    ],
)
def test_cover_and_overlap(outer: str, inner: str, covers: bool, overlaps: bool) -> None:
    """One period covers another when each of its days is in it, and overlaps it when one is."""
    first, second = Period.parse(outer), Period.parse(inner)
    assert first.covers(second) is covers
    assert first.overlaps(second) is overlaps
    assert second.overlaps(first) is overlaps


def test_word_counts_from_its_last_day() -> None:
    """A word dated with a stretch of days counts from the last of them, and from the first when it has no last."""
    assert Period.parse("2021-Q4").word_day == date(2021, 12, 31)
    assert Period.parse("2021/..").word_day == date(2021, 1, 1)


def test_equal_when_the_days_are() -> None:
    """Two texts of the same days are the same period."""
    assert Period.parse("2021") == Period.parse("2021-Q1/2021-Q4") == Period.parse("2021-01-01/2021-12-31")
    assert len({Period.parse("2021"), Period.parse("2021-01/2021-12")}) == 1


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
SINGLE = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    st.builds("{}-Q{}".format, st.integers(1900, 2199), st.integers(1, 4)),
    st.builds("{}-{}".format, st.integers(1900, 2199), st.sampled_from(["spring", "autumn"])),
    st.integers(1900, 2199).map(str),
)


@given(SINGLE, SINGLE)
def test_range_begins_with_its_first_and_ends_with_its_last(first: str, last: str) -> None:
    """A range of any two forms holds the days of both and all between, or says that it ends before it begins."""
    begin, end = Period.parse(first), Period.parse(last)
    if end.start < begin.start or (end.end or date.max) < (begin.end or date.max):
        with pytest.raises(NoSuchPeriodError, match="ends before it begins"):
            Period.parse(f"{first}/{last}")
        return
    whole = Period.parse(f"{first}/{last}")
    assert (whole.start, whole.end) == (begin.start, end.end)
    assert whole.covers(begin)
    assert whole.covers(end)


@given(st.lists(st.one_of(SINGLE, SINGLE.map("{}/..".format)), min_size=2, max_size=6))
def test_order_is_by_first_day_and_then_by_last(texts: list[str]) -> None:
    """Sorting is total: no period stands before one that begins earlier, and an open one comes after closed ones."""
    ordered = sorted(Period.parse(text) for text in texts)
    keys = [(period.start, period.end or date.max) for period in ordered]
    assert keys == sorted(keys)


@given(SINGLE, DAYS)
def test_a_day_is_before_in_or_after(text: str, day: date) -> None:
    """Every day lies before a period, in it, or after it; it has passed only in the last case."""
    period = Period.parse(text)
    assert period.end is not None
    inside = period.overlaps(Period.of_day(day))
    assert [day < period.start, inside, day > period.end].count(True) == 1
    assert period.passed(day) is (day > period.end)


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_is_refused(text: str) -> None:
    """No text fails in another way, and what is accepted consists of plain ASCII."""
    try:
        period = Period.parse(text)
    except NoSuchPeriodError:
        return
    assert text.isascii()
    assert period.end is None or period.start <= period.end < date.max
    assume(period.stop is not None)
    assert period.stop == period.end + timedelta(days=1)  # type: ignore[operator]  # it has an end
