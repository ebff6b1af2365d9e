"""Which lines may pay the same cost, and how much of a sum may be in it twice."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.money import Money
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import funding
from elo_cli.tracking.overlaps import double_funding, same_measure, twice
from tests.trackers import tracker

INSTRUMENTS = (
    "rrf:\n  name:\n    en: RRF\n  rules: rrf\nesf:\n  name:\n    en: ESF+\nbudget:\n  name:\n    en: Budget\n"
)
MILESTONES = {f"milestones/{name}": "type: rrf-target\nmeasures: [m]\n" for name in ("x", "y")}
RRF = "instrument: rrf\nstage: granted\nbasis: total\namount: 10 M€\nperiod: 2021/2024\n"
ESF = "instrument: esf\nstage: paid\nbasis: total\namount: 4 M€\nperiod: 2022/2023\n"


def view(files: dict[str, str]) -> View:
    """Return a view of a tracker with the instruments, a measure and these lines."""
    lines = {f"funding/{name}": text for name, text in files.items()}
    return View(
        tracker({"vocabulary/instruments": INSTRUMENTS, "measures/m": "", **MILESTONES, **lines}), date(2025, 1, 1)
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (RRF, f"{ESF}may_overlap: [a]\n", ("b", "a", True, (), "4000000")),
        (f"{RRF}may_overlap: [b]\n", ESF, ("b", "a", True, (), "4000000")),
        (f"{RRF}milestones: [x, y]\n", f"{ESF}milestones: [y]\n", ("b", "a", False, ("y",), "4000000")),
        (RRF, f"{ESF}may_overlap: [a]\n".replace("basis: total", "basis: per-year"), ("b", "a", True, (), None)),
        (RRF.replace("period: 2021/2024\n", ""), f"{ESF}may_overlap: [a]\n", ("b", "a", True, (), "4000000")),
        # Nothing is known to be one cost.
        (RRF, ESF, None),
        (f"{RRF}milestones: [x]\n", f"{ESF}milestones: [y]\n", None),
        # Other years, the same instrument, no instrument, not decided, a part of the other.
        (RRF, f"{ESF}may_overlap: [a]\n".replace("2022/2023", "2025/2026"), None),
        (RRF, f"{ESF}may_overlap: [a]\n".replace("esf", "rrf"), None),
        (RRF, f"{ESF}may_overlap: [a]\n".replace("instrument: esf\n", ""), None),
        (RRF, f"{ESF}may_overlap: [a]\n".replace("paid", "proposed"), None),
        (RRF, f"{ESF}may_overlap: [a]\npart_of: a\n", None),
    ],
)
def test_double_funding(one: str, other: str, expected: tuple[object, ...] | None) -> None:
    """Two decided lines from two instruments for one cost are a pair, told once; what is known to be apart is none."""
    found = [
        (
            d.line.id,
            d.other.id,
            d.declared,
            d.milestones,
            f"{d.amount.euros:f}" if d.amount else None,
        )
        for d in double_funding(view({"a": one, "b": other}))
    ]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a": RRF, "b": ESF}, [("b", "a")]),
        ({"a": RRF, "b": ESF.replace("2022/2023", "2025")}, []),
        ({"a": RRF, "b": ESF.replace("period: 2022/2023\n", "")}, []),
        ({"a": RRF.replace("rrf", "budget"), "b": ESF}, []),
        ({"a": f"{RRF}milestones: [x]\n", "b": f"{ESF}milestones: [y]\n"}, []),
        ({"a": RRF, "b": f"{ESF}may_overlap: [a]\n"}, []),
        (
            {"a": RRF, "b": ESF, "c": ESF.replace("esf", "budget").replace("2022/2023", "2021-06/2021-07")},
            [("c", "a"), ("b", "a")],
        ),
    ],
)
def test_two_instruments_for_one_measure(files: dict[str, str], expected: list[tuple[str, str]]) -> None:
    """A line of the RRF and one of another for one measure and time are told, unless something parts them."""
    found = same_measure(view({name: f"{text}measures: [m]\n" for name, text in files.items()}))
    assert [(pair.line.id, pair.other.id) for pair in found] == expected


def test_sums_say_how_much_may_be_in_them_twice() -> None:
    """The figure stands at the sum that holds both lines, and at no sum that holds one of them."""
    seen = view({"a": RRF, "b": f"{ESF}may_overlap: [a]\n".replace("paid", "granted")})
    answer = funding(seen, "instrument")
    assert [(row.key, row.overlapping, row.twice) for row in answer.rows] == [("rrf", 1, None), ("esf", 1, None)]
    (total,) = answer.totals
    assert (total.amount, total.twice) == (Money(Decimal(14_000_000)), Money(Decimal(4_000_000)))


def test_one_milestone_of_two_instruments_is_seen_by_the_sums() -> None:
    """Lines that name one milestone are told as what may hold the same money, although neither says so."""
    seen = view({"a": f"{RRF}milestones: [x]\n", "b": f"{ESF}milestones: [x]\n"})
    assert funding(seen, "stage").overlaps == (("a", ("b",)), ("b", ("a",)))


@pytest.mark.parametrize(
    ("amounts", "pairs", "expected"),
    [
        ({"a": 10, "b": 4}, [("a", "b")], 4),
        ({"a": 10, "b": 4}, [], 0),
        ({"a": 10, "b": 4, "c": 5}, [("b", "a"), ("b", "c")], 4),
        ({"a": 4, "b": 4, "c": 4}, [("a", "b"), ("b", "c"), ("a", "c")], 8),
        ({"a": 4}, [("a", "b")], 0),
    ],
)
def test_at_most_twice(amounts: dict[str, int], pairs: list[tuple[str, str]], expected: int) -> None:
    """Of two lines at most the smaller is there twice, of one that lies in two others at most itself."""
    assert twice({name: Decimal(amount) for name, amount in amounts.items()}, _both(pairs)) == expected


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), min_size=2, max_size=4),
    st.sets(st.sampled_from([("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")])),
)
def test_never_less_than_what_can_be_twice(amounts: dict[str, int], pairs: set[tuple[str, str]]) -> None:
    """However lines that may hold the same lie in each other, no more is doubled than the figure says."""
    found = twice({name: Decimal(amount) for name, amount in amounts.items()}, _both(sorted(pairs)))
    total, linked = sum(amounts.values()), {frozenset(pair) for pair in pairs}
    # Lines that all may hold the same are one money at most: a way to lie is to part the lines into such groups.
    for order in permutations(amounts):
        groups: list[list[str]] = []
        for name in order:
            fitting = next((g for g in groups if all(frozenset({name, one}) in linked for one in g)), None)
            if fitting is None:
                groups.append([name])
            else:
                fitting.append(name)
        assert total - sum(max(amounts[name] for name in group) for group in groups) <= found <= total


def _both(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found
