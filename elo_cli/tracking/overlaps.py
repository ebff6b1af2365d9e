"""Which lines of money may pay the same cost, and how much of a sum may so be in it twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from elo_cli.model.money import Money
from elo_cli.model.records.funding import Funding, Stage
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.tracking.day.view import View

_DECIDED: Final[frozenset[Stage]] = frozenset({"granted", "paid"})
_MOST_OF_ONE: Final = 50
"""Of so many lines that name one milestone each pair is told; of more only neighbours, so that no file costs hours."""


class Double(NamedTuple):
    """Two decided lines from two instruments that may pay the same cost."""

    line: Funding
    other: Funding
    """Both as they stand; `line` is the one that comes later in the order of the files."""
    declared: bool
    """Whether one of them says so itself (`may_overlap`)."""
    milestones: tuple[str, ...]
    """The milestones whose cost both name."""
    amount: Money | None
    """The most that can be paid twice: the smaller amount; None without two amounts on one basis."""
    of_rrf: bool
    """Whether one of the two is of the RRF, which forbids it (2021/241 art. 9)."""


class SameMeasure(NamedTuple):
    """Two decided lines for one measure and time, one of them from the RRF; whether the cost is one nothing says."""

    line: Funding
    other: Funding
    measure: str


def double_funding(view: View) -> Iterator[Double]:
    """The pairs of decided lines from different instruments that say that they may hold the same, or pay one milestone.

    Lines whose periods are both stated and share no day pay different costs, and so do a whole and its parts.
    """
    for first, second in sorted(_pairs(view)):
        line, other = (view.state(line).now for line in (_line(view, first), _line(view, second)))
        if _may_be_same(view, line, other, named=True):
            shared = tuple(sorted({*(line.milestones or ())} & {*(other.milestones or ())}))
            of_rrf = _is_rrf(view, line.instrument) or _is_rrf(view, other.instrument)
            yield Double(other, line, _declares(line, other), shared, most_twice(line, other), of_rrf)


def same_measure(view: View) -> Iterator[SameMeasure]:
    """Decided lines of one measure whose stated periods overlap, one from the RRF and one from another instrument.

    Each line is told with one other at most. Lines that both name milestones pay what they name.
    """
    told = {frozenset({double.line.id, double.other.id}) for double in double_funding(view)}
    for measure, lines in view.lines_of.items():
        states = [now for line in lines if (now := view.state(line).now).stage in _DECIDED and now.period is not None]
        # Of each side the line that lasts longest: if that has ended before another begins, so have all before it.
        longest: dict[bool, Funding] = {}
        for now in sorted(states, key=_begins):
            side = _is_rrf(view, now.instrument)
            other = longest.get(not side)
            if other is not None and _may_be_same(view, now, other) and frozenset({now.id, other.id}) not in told:
                yield SameMeasure(now, other, measure)
            if side not in longest or _ends(now) >= _ends(longest[side]):
                longest[side] = now


def most_twice(line: Funding, other: Funding) -> Money | None:
    """The most that two lines can hold of the same money; None without two amounts on one basis that is stated."""
    if line.amount is None or other.amount is None or line.basis is None or line.basis != other.basis:
        return None
    return Money(min(line.amount.euros, other.amount.euros))


def overlaps(view: View, tops: Iterable[Funding]) -> dict[str, tuple[str, ...]]:
    """Which top lines may hold money of which others, said from both sides: a source seldom says it at each of them.

    What a line says itself counts, and two instruments that pay the cost of one milestone.
    """
    known = {line.id for line in tops}
    partners: dict[str, dict[str, None]] = {}
    said = [(line.id, other) for line in view.lines for other in view.state(line).now.may_overlap or ()]
    for first, other in (*said, *((double.line.id, double.other.id) for double in double_funding(view))):
        if first in known and other in known and first != other:
            partners.setdefault(first, {})[other] = None
            partners.setdefault(other, {})[first] = None
    return {line: tuple(sorted(partners[line])) for line in sorted(partners)}


def twice(amounts: Mapping[str, Decimal], overlapping: Mapping[str, Sequence[str]]) -> Decimal:
    """How much of the sum of these lines can at most be in it twice: no order of them makes it more.

    What a line adds to those before it is at least its amount without theirs, as far as they may hold the same.
    """
    doubled, before = Decimal(0), dict[str, Decimal]()
    for line, amount in sorted(amounts.items(), key=lambda item: (-item[1], item[0])):
        held = sum((before[other] for other in overlapping.get(line, ()) if other in before), Decimal(0))
        doubled += min(amount, held)
        before[line] = amount
    return doubled


def _pairs(view: View) -> set[tuple[str, str]]:
    """The ids of every two lines that say it, or name one milestone, in the order of the ids."""
    pairs: set[tuple[str, str]] = set()
    of_milestone: dict[str, list[str]] = defaultdict(list)
    for line in view.lines:
        now = view.state(line).now
        for other in now.may_overlap or ():
            there = view.tracker.get(Funding, other)
            if there is not None and view.exists(there) and other != line.id:
                pairs.add((min(line.id, other), max(line.id, other)))
        if now.stage in _DECIDED:
            for milestone in now.milestones or ():
                of_milestone[milestone].append(line.id)
    for lines in of_milestone.values():
        ids = sorted(set(lines))
        pairs.update(combinations(ids, 2) if len(ids) <= _MOST_OF_ONE else pairwise(ids))
    return pairs


def _line(view: View, line_id: str) -> Funding:
    line = view.tracker.get(Funding, line_id)
    assert line is not None  # noqa: S101 - pairs are made of lines that are there
    return line


def _may_be_same(view: View, line: Funding, other: Funding, *, named: bool = False) -> bool:
    """Whether nothing says that two lines pay different costs; `named` is for two that say that they may."""
    return (
        _decided_by_two(line, other)
        and not _apart(line, other)
        and not _related(view, line, other)
        and (named or not (line.milestones and other.milestones))
    )


def _decided_by_two(line: Funding, other: Funding) -> bool:
    """Whether both are granted or paid, from different instruments."""
    instruments = {line.instrument, other.instrument}
    return line.stage in _DECIDED and other.stage in _DECIDED and None not in instruments and len(instruments) > 1


def _apart(line: Funding, other: Funding) -> bool:
    """Whether both periods are stated and share no day."""
    return line.period is not None and other.period is not None and not line.period.overlaps(other.period)


def _related(view: View, line: Funding, other: Funding) -> bool:
    """Whether one is a part of the other, at any depth."""
    for low, high in ((line, other), (other, line)):
        seen: set[str] = set()
        current: Funding | None = low
        while current is not None and current.part_of is not None and current.id not in seen:
            if current.part_of == high.id:
                return True
            seen.add(current.id)
            whole = view.tracker.get(Funding, current.part_of)
            current = view.state(whole).now if whole is not None else None
    return False


def _declares(line: Funding, other: Funding) -> bool:
    return other.id in (line.may_overlap or ()) or line.id in (other.may_overlap or ())


def _is_rrf(view: View, instrument_id: str | None) -> bool:
    instrument = view.tracker.get(Instrument, instrument_id)
    return instrument is not None and instrument.rules == "rrf"


def _begins(now: Funding) -> tuple[date, str]:
    return (now.period.start if now.period is not None else date.min, now.id)


def _ends(now: Funding) -> date:
    return now.period.end or date.max if now.period is not None else date.min
