"""Values of a target in a row, the share of the goal that they are, and the stages that count on."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.records.milestone import Indicator, Milestone
from elo_cli.tracking.day.targets import series, share, stages
from elo_cli.tracking.day.view import View
from tests.trackers import tracker


def view(**targets: str) -> View:
    """Return a view of these targets, long after everything was said."""
    return View(
        tracker({f"milestones/{name}": f"type: rrf-target\n{text}" for name, text in targets.items()}), date(2030, 1, 1)
    )


def of(seen: View, record_id: str) -> Milestone:
    """Return a target of a view."""
    found = seen.tracker.get(Milestone, record_id)
    assert found is not None
    return found


def indicator(baseline: int | None, goal: int | None, direction: str | None = None) -> Indicator:
    """Return an indicator."""
    return Indicator.model_validate({"baseline": baseline, "goal": goal, "direction": direction})


@pytest.mark.parametrize(
    ("measured", "value", "expected"),
    [
        (indicator(0, 10), 5, "0.5"),
        (indicator(None, 10), 5, "0.5"),
        (indicator(100, 200), 150, "0.5"),
        (indicator(200, 100), 150, "0.5"),
        (indicator(200, 100), 250, "-0.5"),
        (indicator(None, 100, "down"), 150, None),
        (indicator(10, 10), 5, None),
        (indicator(None, 0), 5, None),
        (indicator(0, None), 5, None),
        (None, 5, None),
    ],
)
def test_share_of_the_goal(measured: Indicator | None, value: int, expected: str | None) -> None:
    """A share is of the way from baseline to goal, and unknown where there is no such way."""
    found = share(measured, Decimal(value))
    assert found == (Decimal(expected) if expected is not None else None)


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_a_whole_share_is_the_goal_reached(baseline: int, goal: int, value: int) -> None:
    """Wherever there is a share, it is 1 or more exactly where the goal is reached."""
    measured = indicator(baseline, goal)
    found = share(measured, Decimal(value))
    if found is not None:
        assert (found >= 1) is measured.reached(Decimal(value))


def test_values_stand_with_their_day_and_source() -> None:
    """Each value has the day on which it held and the update that says so, and is measured by the present goal."""
    seen = view(
        m="indicator: {baseline: 0, goal: 10}\nvalue: 1\nupdates:\n"
        "  - {date: 2022-02-01, effective: 2022-01-15, value: 5}\n"
        "  - {date: 2022-03, note: {en: x}}\n"
        "  - {date: 2022-04-01, value: 6, indicator: {baseline: 0, goal: 20}}\n"
    )
    found = [(one.value, one.date and one.date.text, one.share) for one in series(seen.state(of(seen, "m")))]
    assert found == [
        (Decimal(1), None, Decimal("0.05")),
        (Decimal(5), "2022-01-15", Decimal("0.25")),
        (Decimal(6), "2022-04-01", Decimal("0.3")),
    ]


STAGE = "indicator: {{baseline: {}, goal: {}}}\n"


def test_stages_stand_in_a_row_whichever_is_asked() -> None:
    """Each stage knows the whole row, and how much of the last goal the last value is."""
    seen = view(
        c=STAGE.format(20, 40) + "continues: b\n",
        a=STAGE.format(0, 10) + "updates: [{date: 2022-01-01, value: 9}]\n",
        b=STAGE.format(10, 20) + "continues: a\nupdates: [{date: 2023-01-01, value: 12}]\n",
    )
    for asked in "abc":
        found = stages(seen, of(seen, asked))
        assert found is not None
        assert [one.id for one in found.targets] == ["a", "b", "c"]
        assert (found.value, found.share) == (Decimal(12), Decimal("0.3"))


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("{baseline: 0, goal: 10}", "{baseline: 10, goal: 20}", "0.25"),
        ("{baseline: 90, goal: 50}", "{baseline: 50, goal: 10}", "1.0625"),
        ("{baseline: 9000, goal: 11450}", "{baseline: 2700, goal: 7000}", None),
        ("{goal: 10, unit: {en: schools}}", "{goal: 20, unit: {en: people}}", None),
        ("{goal: 10, unit: {en: People}}", "{goal: 20, unit: {en: people}}", "0.25"),
        ("{text: {en: A law}}", "{goal: 20}", "0.25"),
    ],
)
def test_a_share_is_of_stages_that_count_on(first: str, then: str, expected: str | None) -> None:
    """Of stages that fall back or have another unit, which check reports, nobody can say how much is reached."""
    seen = view(
        a=f"indicator: {first}", b=f"indicator: {then}\ncontinues: a\nupdates: [{{date: 2022-01-01, value: 5}}]"
    )
    found = stages(seen, of(seen, "a"))
    assert found is not None
    assert found.share == (Decimal(expected) if expected is not None else None)


@pytest.mark.parametrize(
    ("targets", "row"),
    [
        ({"a": ""}, None),
        ({"a": "continues: gone\n"}, None),
        ({"a": "continues: a\n"}, None),
        ({"a": "continues: b\n", "b": "continues: a\n"}, ["b", "a"]),
        ({"a": "", "b": "continues: a\n", "c": "continues: a\n"}, None),
    ],
)
def test_a_row_of_stages_ends(targets: dict[str, str], row: list[str] | None) -> None:
    """A circle, a gap or a fork, which check reports, is no reason to go on for ever or to choose."""
    seen = view(**targets)
    found = stages(seen, of(seen, "a"))
    assert (found and [one.id for one in found.targets]) == row
