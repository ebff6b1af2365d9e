"""Sums of money that add only what can be added: one basis, one stage, top lines alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple, get_args

from elo_cli.model.money import Money
from elo_cli.model.records.base import Support
from elo_cli.model.records.funding import Basis, Funding, Stage
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.vocabulary import Instrument, Organisation
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overlaps import overlaps, twice

By = Literal["instrument", "stage", "measure", "organisation", "support"]
SHARED: Final = "shared"
"""The key of the row for lines of several measures: how much of it is for which, no source says."""

_STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
_BASES: Final = (*get_args(Basis), None)


class SumRow(NamedTuple):
    """One sum: the lines of one key at one stage on one basis, as they are and as they were promised.

    Present and promised amounts stand side by side, each where it belongs: 20 M€ promised as proposed of which 6 M€ is
    granted are `promised` of the proposed row and `amount` of the granted one, so that neither column adds a proposed
    amount to a granted one. Lines whose basis is not stated have a row of their own (`basis` None): whether such an
    amount is a total or comes every year is unknown, so it is added to neither.
    """

    key: str | None
    """The instrument, stage, measure, organisation or support; “shared” for several measures; None for none."""
    basis: Basis | None
    """None for amounts of which it is not stated, which are added to neither."""
    stage: Stage
    amount: Money | None
    """The sum of what is stated now; None when no line states an amount, which is never 0."""
    lines: int
    """How many lines the amount is made of."""
    unstated: int
    """How many further lines state no amount now; a part that states none is not among them."""
    promised: Money | None
    """The sum of what lines stated for this key, stage and basis when they were written."""
    approximate: bool
    """Whether a line of either sum is “about”."""
    inferred: int = 0
    """Of how many lines the stage or the basis does not stand in the source's words but was inferred."""
    overlapping: int = 0
    """How many lines may hold the same money as another top line."""
    twice: Money | None = None
    """How much of the amount may at most be in it twice, by lines of this very sum that may hold the same money."""
    older: int = 0
    """How many lines are money of a time that ended before the strategy's began."""
    undecided: int | None = None
    """In which year it was proposed, or to be decided, when the meeting has passed and nobody has told the decision."""


class Whole(NamedTuple):
    """A line with parts: what it says, and what its parts add up to on its own basis and at its own stage."""

    id: str
    depth: int
    """0 for a line that is no part itself, 1 for a part that has parts, and so on."""
    amount: Money | None
    basis: Basis | None
    stage: Stage
    approximate: bool
    parts_approximate: bool
    """Whether a part that is itemised is “about”."""
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
    undecided: int | None = None
    """In which year it was proposed, or to be decided, when nobody has told the decision."""


class Stated(NamedTuple):
    """What a line states: how much, on which basis, at which stage."""

    amount: Money | None
    basis: Basis | None
    stage: Stage
    approximate: bool
    undecided: int | None = None
    """In which year it was proposed, or to be decided, when nobody has told the decision."""


class Restatement(NamedTuple):
    """A line whose money is not what was promised."""

    id: str
    promised: Stated
    now: Stated


class Overlap(NamedTuple):
    """A line that may hold the same money as others."""

    id: str
    with_: tuple[str, ...]


class Sums(NamedTuple):
    """The whole answer."""

    by: By
    rows: tuple[SumRow, ...]
    totals: tuple[SumRow, ...]
    """The same money by stage and basis only; the key is None."""
    wholes: tuple[Whole, ...]
    """Every line that has parts, each above its parts."""
    changes: tuple[Restatement, ...]
    """The lines whose amount, basis or stage an update has changed."""
    uncounted: tuple[str, ...]
    """The lines whose money is not the strategy's."""
    overlaps: tuple[Overlap, ...]
    """Top lines that may hold the same money as others; the sums hold each of them."""


class _Piece(NamedTuple):
    """What one line brings to one row."""

    order: tuple[int, int, str]
    """Where the row stands among the others, and which key it is."""
    line: str
    key: str | None
    basis: Basis | None
    stage: Stage
    amount: Decimal | None = None
    promised: Decimal | None = None
    unstated: bool = False
    approximate: bool = False
    inferred: bool = False
    overlapping: bool = False
    older: bool = False
    undecided: int | None = None


def funding(view: View, by: By, lines: Iterable[Funding] | None = None) -> Sums:
    """The sums on the view's day, of all lines or of these.

    Only top lines are added: a part stands beneath its whole, since the whole holds its money already. A part of money
    that is not the strategy's (`counted: false`) is a top line itself: its whole is in no sum, so the part would
    otherwise be lost, and it is exactly the share that is the strategy's.
    """
    tops = [line for line in (view.lines if lines is None else lines) if view.is_top(line)]
    overlapping = overlaps(view, tops)
    by_stage = (piece._replace(order=(0, 0, ""), key=None) for piece in _pieces(view, tops, "stage", overlapping))
    return Sums(
        by,
        tuple(_rows(_pieces(view, tops, by, overlapping), overlapping)),
        tuple(_rows(by_stage, overlapping)),
        tuple(wholes(view)),
        tuple(_changes(view)),
        tuple(line.id for line in view.lines if view.state(line).now.counted is False),
        tuple(Overlap(line, others) for line, others in overlapping.items()),
    )


def stated(view: View, line: Funding) -> Stated:
    """What this version of a line, its promise or its present state, says of its money."""
    return Stated(line.amount, line.basis, view.stage(line), bool(line.approximate), view.undecided(line))


def _pieces(view: View, tops: Sequence[Funding], by: By, overlapping: Mapping[str, Sequence[str]]) -> Iterator[_Piece]:
    """What each line brings: its present money to the row where it stands now, its promised to where it stood."""
    order = _Order(view, by)
    for line in tops:
        now = view.state(line).now
        for key, shared, amount in _divided(view, now, by):
            yield _Piece(
                order.of(key, shared=shared),
                line.id,
                key,
                now.basis,
                view.stage(now),
                amount,
                unstated=amount is None,
                approximate=amount is not None and bool(now.approximate),
                inferred=is_inferred(view, line),
                overlapping=line.id in overlapping,
                older=is_older(view, now),
                undecided=view.undecided(now),
            )
        for key, shared, amount in _divided(view, line, by):
            if amount is not None:
                place = order.of(key, shared=shared)
                about, undecided = bool(line.approximate), view.undecided(line)
                piece = _Piece(place, line.id, key, line.basis, view.stage(line), promised=amount, approximate=about)
                yield piece._replace(undecided=undecided)


def _divided(view: View, line: Funding, by: By) -> Iterator[tuple[str | None, bool, Decimal | None]]:
    """A line's money under the keys that it belongs to: the key, whether several share it, and the euros if stated."""
    euros = line.amount.euros if line.amount is not None else None
    match by:
        case "instrument":
            yield line.instrument, False, euros
        case "stage":
            yield view.stage(line), False, euros
        case "support":
            yield line.support, False, euros
        case "measure":
            measures = line.measures or []
            if len(measures) > 1:
                yield SHARED, True, euros
            else:
                yield next(iter(measures), None), False, euros
        case "organisation":
            shares = line.shares or {}
            for organisation, share in shares.items():
                yield organisation, False, share.euros
            # What no share says: the whole amount, or what the shares leave of it.
            rest = euros - sum((share.euros for share in shares.values()), Decimal(0)) if euros is not None else None
            if not shares or (rest is not None and rest > 0):
                yield None, False, rest


class _Order:
    """The order of rows: as the vocabulary has them, then ids that it lacks, then the shared and the unnamed."""

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
            case "support":
                known = get_args(Support)
        self._places = {key: place for place, key in enumerate(known)}

    def of(self, key: str | None, *, shared: bool = False) -> tuple[int, int, str]:
        if key is None:
            return (3, 0, "")
        if shared:
            return (2, 0, "")
        place = self._places.get(key)
        return (1, 0, key) if place is None else (0, place, key)


def _rows(pieces: Iterable[_Piece], overlapping: Mapping[str, Sequence[str]]) -> Iterator[SumRow]:
    groups: dict[tuple[tuple[int, int, str], int, int, int, tuple[object, ...]], list[_Piece]] = {}
    for piece in pieces:
        # What is not said to be a total or yearly is added to nothing, not even to another such amount.
        amount = piece.amount if piece.amount is not None else piece.promised
        alone = () if piece.basis is not None or amount is None else (amount, piece.approximate, piece.line)
        place = (piece.order, _STAGES.index(piece.stage), piece.undecided or 0, _BASES.index(piece.basis), alone)
        groups.setdefault(place, []).append(piece)
    for (_, stage, undecided, basis, _alone), group in sorted(groups.items()):
        amounts = [piece.amount for piece in group if piece.amount is not None]
        yield SumRow(
            group[0].key,
            _BASES[basis],
            _STAGES[stage],
            _sum(amounts),
            len(amounts),
            sum(piece.unstated for piece in group),
            _sum([piece.promised for piece in group if piece.promised is not None]),
            any(piece.approximate for piece in group),
            sum(piece.inferred for piece in group),
            sum(piece.overlapping for piece in group),
            _twice(group, overlapping),
            sum(piece.older for piece in group),
            undecided or None,
        )


def _twice(group: Sequence[_Piece], overlapping: Mapping[str, Sequence[str]]) -> Money | None:
    """How much of a sum may be in it twice; None when none of it may."""
    # By organisation a line comes to several sums, and only its shares to each.
    amounts = {piece.line: piece.amount for piece in group if piece.amount is not None and piece.overlapping}
    doubled = twice(amounts, overlapping)
    return Money(doubled) if doubled else None


def is_inferred(view: View, line: Funding) -> bool:
    """Whether the present stage or basis of a line was inferred, by whoever said it last."""
    state = view.state(line)
    for field in ("stage", "basis"):
        update = state.set_by.get(field)
        sources = (update.sources if update is not None else line.sources) or ()
        if any(field in (source.inferred or ()) for source in sources):
            return True
    return False


def is_older(view: View, now: Funding) -> bool:
    """Whether a line is money of a time that ended before the strategy's began."""
    begins = view.tracker.config.period
    return begins is not None and now.period is not None and now.period.passed(begins.start)


def _changes(view: View) -> Iterator[Restatement]:
    for line in view.lines:
        promised, now = stated(view, line), stated(view, view.state(line).now)
        if promised != now:
            yield Restatement(line.id, promised, now)


def _sum(amounts: Sequence[Decimal]) -> Money | None:
    return Money(sum(amounts, Decimal(0))) if amounts else None


def wholes(view: View) -> Iterator[Whole]:
    """The lines with parts, each above them; a circle of parts, which check reports, has no top and is left out."""
    smallest: dict[str, Decimal | None] = {}
    # Without recursion: how deep parts lie is for data to say.
    waiting = [(line, 0) for line in reversed(view.lines) if view.is_top(line)]
    while waiting:
        line, depth = waiting.pop()
        parts = _counted_parts(view, line)
        if parts:
            _itemise(view, line, smallest)
            yield _whole(view, line, depth, parts, smallest)
            waiting += [(part, depth + 1) for part in reversed(parts)]


def _whole(
    view: View, line: Funding, depth: int, parts: Sequence[Funding], smallest: Mapping[str, Decimal | None]
) -> Whole:
    now = view.state(line).now
    comparable = _comparable(view, now, parts)
    itemised = _sum([euros for part in comparable if (euros := smallest[part.id]) is not None])
    stated = [amount.euros for part in comparable if (amount := view.state(part).now.amount) is not None]
    difference = now.amount.euros - itemised.euros if now.amount is not None and itemised is not None else None
    return Whole(
        line.id,
        depth,
        now.amount,
        now.basis,
        view.stage(now),
        bool(now.approximate),
        any(view.state(part).now.approximate for part in comparable),
        tuple(part.id for part in parts),
        _sum(stated),
        itemised,
        Money(difference) if difference is not None and difference >= 0 else None,
        difference is not None and difference < 0,
        sum(view.state(part).now.amount is None for part in parts),
        sum(view.state(part).now.amount is not None for part in parts if part not in comparable),
        view.undecided(now),
    )


def _counted_parts(view: View, line: Funding) -> list[Funding]:
    return [part for part in view.parts_of.get(line.id, ()) if view.state(part).now.counted is not False]


def _comparable(view: View, whole: Funding, parts: Iterable[Funding]) -> list[Funding]:
    """The parts that can be added up to be compared with the whole: on its basis and at its stage."""
    states = [(part, view.state(part).now) for part in parts]
    stage = view.stage(whole) if states else None
    return [part for part, now in states if now.basis == whole.basis and view.stage(now) == stage]


def _itemise(view: View, top: Funding, smallest: dict[str, Decimal | None]) -> None:
    """Find the sums of the smallest comparable lines of a line and all below it: of one without them its own amount."""
    below: list[tuple[Funding, list[Funding]]] = []
    waiting = [top]
    while waiting:
        line = waiting.pop()
        if line.id not in smallest:
            parts = _counted_parts(view, line)
            below.append((line, _comparable(view, view.state(line).now, parts)))
            waiting += parts
    for line, parts in reversed(below):
        amounts = [amount for part in parts if (amount := smallest[part.id]) is not None]
        own = view.state(line).now.amount
        stated = own.euros if own is not None else None
        smallest[line.id] = sum(amounts, Decimal(0)) if amounts else stated
