"""Sums hold only what can be added, and say what they leave out."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elo_cli.model.money import Money
from elo_cli.model.records.funding import Stage
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import SHARED, By, SumRow, Sums, funding, wholes
from elo_cli.tracking.status import status
from tests.trackers import tracker

ORGANISATIONS = "okm:\n  name:\n    en: OKM\n  type: ministry\ntem:\n  name:\n    en: TEM\n  type: ministry\n"
DAY = date(2021, 4, 9)
BYS: tuple[By, ...] = get_args(By)


def sums(lines: Mapping[str, str], by: By = "stage", day: date = DAY) -> Sums:
    """Return the sums over funding lines given as `{id: yaml}`; organisations and measures are there."""
    files = {f"funding/{name}": text for name, text in lines.items()}
    others = {"vocabulary/organisations": ORGANISATIONS, "measures/first": "", "measures/second": ""}
    return funding(View(tracker({**others, **files}), day), by)


def seen(rows: tuple[SumRow, ...]) -> list[str]:
    """Return each row on one line: key, stage, basis, amount, lines+unstated."""
    return [f"{row.key} {row.stage} {row.basis} {plain(row)} {row.lines}+{row.unstated}" for row in rows]


def euros(amount: Money | None) -> Decimal:
    """Return the euros of an amount, none for one that is not stated."""
    return amount.euros if amount is not None else Decimal(0)


def plain(row: SumRow) -> str:
    """Return the amount of a row in plain euros."""
    return row.amount.plain if row.amount is not None else "-"


def test_sum_never_mixes_bases_or_stages() -> None:
    """A total, a yearly amount, one of an unstated basis, a proposed and a granted one: each has its own row."""
    found = sums(
        {
            "a": "amount: 1 M€\nbasis: total\nstage: granted\n",
            "b": "amount: 2 M€\nbasis: total\nstage: granted\n",
            "c": "amount: 4 M€\nbasis: per-year\nstage: granted\n",
            "d": "amount: 8 M€\nstage: granted\n",
            "e": "amount: 16 M€\nbasis: total\nstage: proposed\n",
            "f": "amount: 32 M€\nbasis: total\n",
        }
    )
    assert seen(found.rows) == [
        "unstated unstated total 32000000 1+0",
        "proposed proposed total 16000000 1+0",
        "granted granted total 3000000 2+0",
        "granted granted per-year 4000000 1+0",
        "granted granted None 8000000 1+0",
    ]


def test_amount_that_is_not_stated_is_counted_and_never_zero() -> None:
    """Lines without an amount are counted; where no line states one, there is no amount."""
    found = sums({"a": "stage: granted\nbasis: total\n", "b": "stage: granted\nbasis: total\namount: 0 €\n", "c": ""})
    assert seen(found.rows) == ["unstated unstated None - 0+1", "granted granted total 0 1+1"]


def test_part_is_in_the_sum_of_its_whole_and_not_counted_beside_it() -> None:
    """Neither the amount of a part nor its lack of one is in a row; it stands beneath its whole."""
    found = sums(
        {
            "whole": "amount: 10 M€\nbasis: total\n",
            "part": "amount: 3 M€\nbasis: total\npart_of: whole\n",
            "silent": "basis: total\npart_of: whole\n",
        }
    )
    assert seen(found.rows) == ["unstated unstated total 10000000 1+0"]
    (whole,) = found.wholes
    assert (whole.parts, whole.unstated, whole.difference is not None and whole.difference.plain) == (
        ("part", "silent"),
        1,
        "7000000",
    )


def test_uncounted_line_is_in_no_sum_and_its_counted_part_is_a_top_line() -> None:
    """Money that is not the strategy's is named apart; the share of it that is the strategy's is added."""
    found = sums(
        {
            "whole": "amount: 235 M€\nbasis: total\ncounted: false\n",
            "part": "amount: 5 M€\nbasis: total\npart_of: whole\n",
            "outside": "amount: 7 M€\nbasis: total\npart_of: whole\ncounted: false\n",
        }
    )
    assert seen(found.rows) == ["unstated unstated total 5000000 1+0"]
    assert found.uncounted == ("outside", "whole")
    assert found.wholes == ()


def test_line_of_several_measures_goes_to_the_shared_row() -> None:
    """How much of it is for which measure nobody says, so it is neither doubled nor divided."""
    found = sums(
        {
            "own": "amount: 1 M€\nmeasures:\n  - first\n",
            "both": "amount: 2 M€\nmeasures:\n  - first\n  - second\n",
            "none": "amount: 4 M€\n",
        },
        "measure",
    )
    assert seen(found.rows) == [
        "first unstated None 1000000 1+0",
        f"{SHARED} unstated None 2000000 1+0",
        "None unstated None 4000000 1+0",
    ]


def test_sums_by_organisation_come_from_shares_only() -> None:
    """A share goes to its organisation, what the shares leave to nobody, and so does money without shares."""
    found = sums(
        {
            "shared": "amount: 7 M€\nbasis: total\nshares:\n  tem: 4 M€\n  okm: 2 M€\n",
            "whole": "amount: 5 M€\nbasis: total\nproposed_by: okm\n",
            "silent": "proposed_by: okm\n",
            "only-shares": "basis: total\nshares:\n  okm: 1 M€\n",
        },
        "organisation",
    )
    assert seen(found.rows) == [
        "okm unstated total 3000000 2+0",
        "tem unstated total 4000000 1+0",
        "None unstated total 6000000 2+0",
        "None unstated None - 0+1",
    ]


def test_grants_and_loans_are_sums_of_their_own() -> None:
    """By support a grant is never added to a loan, nor to what does not say which it is."""
    found = sums(
        {
            "loan": "amount: 1 M€\nbasis: total\nsupport: loan\n",
            "grant": "amount: 2 M€\nbasis: total\nsupport: grant\n",
            "silent": "amount: 4 M€\nbasis: total\n",
        },
        "support",
    )
    assert seen(found.rows) == [
        "grant unstated total 2000000 1+0",
        "loan unstated total 1000000 1+0",
        "None unstated total 4000000 1+0",
    ]


PROPOSED_THEN_GRANTED = {
    "a": """\
        amount: 20 M€
        basis: total
        stage: proposed
        updates:
          - date: 2022-01-01
            amount: 6 M€
            stage: granted
        """,
    "b": "amount: 20 M€\nbasis: total\nstage: granted\n",
}


def test_promised_and_present_amount_stand_side_by_side() -> None:
    """Each is in the row of its own stage: what was proposed is not added to what was granted, then or now."""
    found = sums(PROPOSED_THEN_GRANTED, day=date(2022, 1, 1))
    assert [
        (row.stage, row.amount and row.amount.plain, row.promised and row.promised.plain) for row in found.rows
    ] == [
        ("proposed", None, "20000000"),
        ("granted", "26000000", "20000000"),
    ]
    (change,) = found.changes
    assert (change.id, change.promised.stage, change.now.stage) == ("a", "proposed", "granted")
    assert change.now.amount is not None
    assert change.now.amount.plain == "6000000"
    before = sums(PROPOSED_THEN_GRANTED, day=date(2021, 12, 31))
    assert before.changes == ()
    assert all(row.amount == row.promised for row in before.rows)


def test_proposed_line_with_a_meeting_that_decides_is_pending() -> None:
    """The stage of a sum is the one that the meeting gives the line."""
    lines = {"a": "amount: 1 M€\nstage: proposed\ndecided_at: review\n"}
    files = {"meetings/review": "type: mid-term-review\ndate: 2021\n", "funding/a": lines["a"]}
    assert [row.key for row in funding(View(tracker(files), DAY), "stage").rows] == ["pending"]


def test_whole_is_compared_with_its_parts_on_equal_basis_and_stage() -> None:
    """Parts on another basis or at another stage are not compared but counted; the smallest lines are itemised."""
    found = sums(
        {
            "whole": "amount: 24.3 M€\nbasis: per-year\nstage: granted\napproximate: true\n",
            "middle": "amount: 20 M€\nbasis: per-year\nstage: granted\npart_of: whole\n",
            "leaf": "amount: 19.9 M€\nbasis: per-year\nstage: granted\npart_of: middle\n",
            "other": "amount: 4.3 M€\nbasis: per-year\nstage: granted\npart_of: whole\n",
            "once": "amount: 50 M€\nbasis: total\nstage: granted\npart_of: whole\n",
            "wish": "amount: 60 M€\nbasis: per-year\nstage: proposed\npart_of: whole\n",
        }
    )
    whole, middle = found.wholes
    assert (whole.id, whole.depth, middle.id, middle.depth) == ("whole", 0, "middle", 1)
    assert [money and money.plain for money in (whole.parts_amount, whole.itemised, whole.difference)] == [
        "24300000",
        "24200000",
        "100000",
    ]
    assert (whole.exceeds, whole.not_compared) == (False, 2)


def test_parts_that_exceed_their_whole_are_told() -> None:
    """More itemised than there is has no difference left and is said."""
    found = sums({"whole": "amount: 1 M€\nbasis: total\n", "part": "amount: 2 M€\nbasis: total\npart_of: whole\n"})
    assert [(whole.exceeds, whole.difference) for whole in found.wholes] == [(True, None)]


def test_circle_of_parts_ends() -> None:
    """Two lines that are parts of each other, which check reports, bring no sum and no endless walk."""
    found = sums({"a": "amount: 1 M€\npart_of: b\n", "b": "amount: 1 M€\npart_of: a\n"})
    assert (found.rows, found.wholes) == ((), ())


def test_overlap_is_said_from_both_sides() -> None:
    """Money that may be in two top lines is in both sums, and each names the other, whichever of them says it."""
    found = sums({"a": "amount: 1 M€\nmay_overlap:\n  - b\n", "b": "amount: 1 M€\n", "c": "part_of: a\n"})
    assert found.overlaps == (("a", ("b",)), ("b", ("a",)))


AMOUNT = st.one_of(st.none(), st.integers(0, 10**12).map(lambda cents: f"{cents // 100}.{cents % 100:02} €"))


@st.composite
def lines(draw: st.DrawFn) -> dict[str, str]:
    """Draw some lines: any stage, basis, amount and measures; a part is only ever of an earlier line."""
    found: dict[str, str] = {}
    for number in range(draw(st.integers(0, 7))):
        text = f"stage: {draw(st.sampled_from(get_args(Stage)))}\n"
        if basis := draw(st.sampled_from(["", "total", "per-year"])):
            text += f"basis: {basis}\n"
        if amount := draw(AMOUNT):
            text += f"amount: {amount}\n"
        if measures := draw(st.sampled_from([(), ("first",), ("first", "second")])):
            text += "measures:\n" + "".join(f"  - {name}\n" for name in measures)
        if number and draw(st.booleans()):
            text += f"part_of: line-{draw(st.integers(0, number - 1))}\n"
        if draw(st.integers(0, 4)) == 0:
            text += "counted: false\n"
        if draw(st.booleans()):
            text += f"updates:\n  - date: 2021-01-01\n    stage: {draw(st.sampled_from(get_args(Stage)))}\n"
        found[f"line-{number}"] = text
    return found


@given(lines())
@settings(max_examples=50)
def test_sums_hold_the_same_money_whatever_they_are_made_by(drawn: dict[str, str]) -> None:
    """By whatever key, each stage and basis has the same money and as many lines."""
    answers = {by: sums(drawn, by) for by in BYS}
    first = answers["stage"]
    for answer in answers.values():
        now: dict[tuple[str, str | None], Decimal] = defaultdict(Decimal)
        promised: dict[tuple[str, str | None], Decimal] = defaultdict(Decimal)
        counts: Counter[tuple[str, str | None]] = Counter()
        for row in answer.rows:
            place = (row.stage, row.basis)
            now[place] += euros(row.amount)
            promised[place] += euros(row.promised)
            counts[place] += row.lines + row.unstated
        # Amounts of an unstated basis are added to nothing, so that several totals can stand side by side.
        for place in {(row.stage, row.basis) for row in first.totals}:
            totals = [row for row in first.totals if (row.stage, row.basis) == place]
            assert now[place] == sum(euros(row.amount) for row in totals)
            assert promised[place] == sum(euros(row.promised) for row in totals)
            assert counts[place] == sum(row.lines + row.unstated for row in totals)
        assert set(now) == {(row.stage, row.basis) for row in first.totals}
        assert answer.totals == first.totals


@given(lines(), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_order_of_the_files_does_not_matter(drawn: dict[str, str], random: Random) -> None:
    """Other names of the files, and so another order, give the same sums."""
    names = list(drawn)
    shuffled = [f"other-{number}" for number in range(len(names))]
    random.shuffle(shuffled)
    renamed = dict(zip(names, shuffled, strict=True))
    others = {renamed[name]: _renamed(text, renamed) for name, text in drawn.items()}
    assert sums(drawn).rows == sums(others).rows


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return "".join(
        f"part_of: {names[line.removeprefix('part_of: ')]}\n" if line.startswith("part_of: ") else f"{line}\n"
        for line in text.splitlines()
    )


@pytest.mark.parametrize("by", BYS)
def test_no_lines_no_sums(by: By) -> None:
    """A tracker without funding has an empty answer."""
    found = sums({}, by)
    assert (found.rows, found.totals, found.wholes, found.changes) == ((), (), (), ())


def test_status_keeps_an_unstated_basis_apart() -> None:
    """Money of which nobody says whether it is a total stands beside totals in the status, and is added to none."""
    files = {
        "measures/m": "",
        "funding/a": "measures: [m]\namount: 1 M€\nbasis: total\n",
        "funding/b": "measures: [m]\namount: 2 M€\nbasis: total\n",
        "funding/c": "measures: [m]\namount: 4 M€\n",
    }
    view = View(tracker(files), date(2022, 1, 1))
    (standing,) = status(view).goals[0].measures
    assert {(at.basis, at.amount.plain if at.amount else None) for at in standing.money} == {
        ("total", "3000000"),
        (None, "4000000"),
    }


def test_parts_may_lie_as_deep_as_data_says() -> None:
    """A line below a line below a line, thousands deep, is added up as a shallow one is."""
    head = "stage: paid\nbasis: total\n"
    files = {f"funding/f{number}": f"{head}part_of: f{number - 1}\n" for number in range(1, 2000)}
    files["funding/f0"] = f"{head}amount: 3 M€\n"
    files["funding/f2000"] = f"{head}amount: 2 M€\npart_of: f1999\n"
    lines = list(wholes(View(tracker(files), date(2022, 1, 1))))
    assert len(lines) == 2000
    assert (lines[0].id, lines[0].depth, lines[0].itemised) == ("f0", 0, Money(Decimal(2_000_000)))
    assert lines[-1].depth == 1999
