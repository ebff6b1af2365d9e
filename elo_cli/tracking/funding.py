"""Sums of money that add only what can be added: one basis, one stage, top lines alone (DESIGN section 3, Sums)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple, get_args

from elo_cli.model.funding import Basis, Funding, Stage
from elo_cli.model.measure import Measure
from elo_cli.model.money import Money
from elo_cli.model.vocabulary import Instrument, Organisation
from elo_cli.tracking.state import present_stage
from elo_cli.tracking.view import View

By = Literal["instrument", "stage", "measure", "organisation"]
SHARED: Final = "shared"
"""The key of the row for lines of several measures: how much of it is for which, no source says."""

_STAGES: Final = get_args(Stage)
_BASES: Final = (*get_args(Basis), None)


class Row(NamedTuple):
    """One sum: the lines of one key at one stage on one basis.

    Lines whose basis is not stated have a row of their own (`basis` None): whether such an amount is a total or comes
    every year is unknown, so it is added to neither.
    """

    key: str | None
    """The instrument, stage, measure or organisation; SHARED; None for lines that name none."""
    basis: Basis | None
    stage: str
    amount: Money | None
    """The sum of what is stated now; None when no line states an amount, which is never 0."""
    lines: int
    """How many lines the amount is made of."""
    unstated: int
    """How many further lines state no amount."""
    promised: Money | None
    """The sum of what the same lines stated when they were written, on the same basis."""
    approximate: bool
    """Whether a line of it is “about”."""


class Whole(NamedTuple):
    """A line with parts: what it says, and what its parts add up to on its own basis and at its own stage."""

    id: str
    depth: int
    """0 for a line that is no part itself, 1 for a part that has parts, and so on."""
    amount: Money | None
    basis: Basis | None
    stage: str
    approximate: bool
    parts: tuple[str, ...]
    parts_amount: Money | None
    """The sum of the parts themselves."""
    itemised: Money | None
    """The sum of the smallest lines: where a part has comparable parts of its own, those stand for it."""
    difference: Money | None
    """How much of the amount is not itemised; None when more is, or when there are no two amounts to compare."""
    exceeds: bool
    """Whether more is itemised than the amount."""
    unstated: int
    """How many parts state no amount."""
    not_compared: int
    """How many parts stand on another basis or at another stage and are left out."""


class Sums(NamedTuple):
    """The whole answer."""

    by: By
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]
    """The same money by stage and basis only; `key` is None."""
    wholes: tuple[Whole, ...]
    """Every line that has parts, each above its parts."""
    uncounted: tuple[str, ...]
    """The lines whose money is not the strategy's."""
    overlaps: Mapping[str, tuple[str, ...]]
    """Top lines that may hold the same money as others, with those others; the sums hold each of them."""


class _Piece(NamedTuple):
    """What one line brings to one row."""

    order: tuple[int, int, str]
    """Where the row stands among the others, and which key it is."""
    key: str | None
    line: Funding
    amount: Decimal | None
    promised: Decimal | None
    unstated: bool


def funding(view: View, by: By) -> Sums:
    """The sums on the view's day.

    Only top lines are added: a part stands beneath its whole, since the whole holds its money already. A part of money
    that is not the strategy's (`counted: false`) is a top line itself: its whole is in no sum, so the part would
    otherwise be lost, and it is exactly the share that is the strategy's.
    """
    tops = [line for line in view.lines if view.is_top(line)]
    return Sums(
        by,
        tuple(_rows(_pieces(view, tops, by))),
        tuple(_rows(_Piece((0, 0, ""), None, *piece[2:]) for piece in _pieces(view, tops, "stage"))),
        tuple(_wholes(view)),
        tuple(line.id for line in view.lines if view.state(line).now.counted is False),
        _overlaps(view, tops),
    )


def _pieces(view: View, tops: Iterable[Funding], by: By) -> Iterator[_Piece]:
    order = _Order(view, by)
    for line in tops:
        now = view.state(line).now
        if by == "organisation":
            yield from _by_organisation(line, now, order)
            continue
        match by:
            case "instrument":
                key: str | None = now.instrument
            case "stage":
                key = present_stage(now)
            case "measure":
                measures = now.measures or []
                key = SHARED if len(measures) > 1 else next(iter(measures), None)
        amount = now.amount.euros if now.amount is not None else None
        shared = by == "measure" and key == SHARED and len(now.measures or ()) > 1
        yield _Piece(order.of(key, shared=shared), key, now, amount, _promised(line, now), amount is None)


def _by_organisation(line: Funding, now: Funding, order: "_Order") -> Iterator[_Piece]:
    """A line's shares, and what no share says: the whole amount, or what the shares leave of it."""
    comparable = line.basis == now.basis
    shares, promised = now.shares or {}, (line.shares or {}) if comparable else {}
    for organisation in {**shares, **promised}:
        yield _Piece(
            order.of(organisation),
            organisation,
            now,
            shares[organisation].euros if organisation in shares else None,
            promised[organisation].euros if organisation in promised else None,
            unstated=False,
        )
    rest = _rest(now.amount, shares)
    promised_rest = _rest(line.amount, promised) if comparable else None
    unstated = now.amount is None and not shares
    if rest is not None or promised_rest is not None or unstated:
        yield _Piece(order.of(None), None, now, rest, promised_rest, unstated)


def _rest(amount: Money | None, shares: Mapping[str, Money]) -> Decimal | None:
    """What the shares leave of an amount; None for nothing."""
    if amount is None:
        return None
    rest = amount.euros - sum((share.euros for share in shares.values()), Decimal(0))
    return rest if rest > 0 or not shares else None


def _promised(line: Funding, now: Funding) -> Decimal | None:
    """What the line stated when it was written, if that can stand beside what it states now."""
    return line.amount.euros if line.amount is not None and line.basis == now.basis else None


class _Order:
    """The order of rows: as the vocabulary has them, then ids that it does not know, then the shared and the unnamed."""

    def __init__(self, view: View, by: By) -> None:
        known: Iterable[str]
        match by:
            case "instrument":
                known = (record.id for record in view.tracker.of(Instrument))
            case "organisation":
                known = (record.id for record in view.tracker.of(Organisation))
            case "measure":
                known = (record.id for record in view.tracker.of(Measure))
            case "stage":
                known = _STAGES
        self._places = {key: place for place, key in enumerate(known)}

    def of(self, key: str | None, *, shared: bool = False) -> tuple[int, int, str]:
        if key is None:
            return (3, 0, "")
        if shared:
            return (2, 0, "")
        place = self._places.get(key)
        return (1, 0, key) if place is None else (0, place, key)


def _rows(pieces: Iterable[_Piece]) -> Iterator[Row]:
    groups: dict[tuple[tuple[int, int, str], int, int], list[_Piece]] = {}
    for piece in pieces:
        stage, basis = present_stage(piece.line), piece.line.basis
        groups.setdefault((piece.order, _STAGES.index(stage), _BASES.index(basis)), []).append(piece)
    for (_, stage, basis), group in sorted(groups.items()):
        amounts = [piece.amount for piece in group if piece.amount is not None]
        yield Row(
            group[0].key,
            _BASES[basis],
            _STAGES[stage],
            _sum(amounts),
            len(amounts),
            sum(piece.unstated for piece in group),
            _sum([piece.promised for piece in group if piece.promised is not None]),
            any(piece.line.approximate for piece in group if piece.amount is not None),
        )


def _sum(amounts: Sequence[Decimal]) -> Money | None:
    return Money(sum(amounts, Decimal(0))) if amounts else None


def _wholes(view: View) -> Iterator[Whole]:
    """The lines with parts, each above its parts; a circle of parts, which check reports, has no top and is left out."""
    for line in view.lines:
        if view.is_top(line):
            yield from _whole(view, line, 0)


def _whole(view: View, line: Funding, depth: int) -> Iterator[Whole]:
    parts = _counted_parts(view, line)
    if not parts:
        return
    now = view.state(line).now
    comparable, sums = _comparable(view, now, parts), (_itemised(view, part) for part in parts)
    itemised = _sum(
        [amount for part, amount in zip(parts, sums, strict=True) if part in comparable and amount is not None]
    )
    stated = [amount.euros for part in comparable if (amount := view.state(part).now.amount) is not None]
    difference = now.amount.euros - itemised.euros if now.amount is not None and itemised is not None else None
    yield Whole(
        line.id,
        depth,
        now.amount,
        now.basis,
        present_stage(now),
        bool(now.approximate),
        tuple(part.id for part in parts),
        _sum(stated),
        itemised,
        Money(difference) if difference is not None and difference >= 0 else None,
        difference is not None and difference < 0,
        sum(view.state(part).now.amount is None for part in parts),
        sum(view.state(part).now.amount is not None for part in parts if part not in comparable),
    )
    for part in parts:
        yield from _whole(view, part, depth + 1)


def _counted_parts(view: View, line: Funding) -> list[Funding]:
    return [part for part in view.parts_of.get(line.id, ()) if view.state(part).now.counted is not False]


def _comparable(view: View, whole: Funding, parts: Iterable[Funding]) -> list[Funding]:
    """The parts that can be added up to be compared with the whole: on its basis and at its stage."""
    states = [(part, view.state(part).now) for part in parts]
    return [part for part, now in states if now.basis == whole.basis and present_stage(now) == present_stage(whole)]


def _itemised(view: View, line: Funding) -> Decimal | None:
    """The sum of the smallest comparable lines of a line: its own amount when it has none."""
    now = view.state(line).now
    found = [_itemised(view, part) for part in _comparable(view, now, _counted_parts(view, line))]
    amounts = [amount for amount in found if amount is not None]
    if amounts:
        return sum(amounts, Decimal(0))
    return now.amount.euros if now.amount is not None else None


def _overlaps(view: View, tops: Iterable[Funding]) -> dict[str, tuple[str, ...]]:
    """Which top lines may hold money of which others, said from both sides: a source seldom says it at each of them."""
    known = {line.id for line in tops}
    found: dict[str, dict[str, None]] = {}
    for line in view.lines:
        for other in view.state(line).now.may_overlap or ():
            if line.id in known and other in known and line.id != other:
                found.setdefault(line.id, {})[other] = None
                found.setdefault(other, {})[line.id] = None
    return {line: tuple(sorted(found[line])) for line in sorted(found)}
