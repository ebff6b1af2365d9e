"""Rules about money: that parts fit into their wholes, and that a stage has what it needs."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase, Where
from elo_cli.model.money import Money
from elo_cli.model.records.funding import Funding
from elo_cli.model.words import said
from elo_cli.tracking.day.view import PROPOSED
from elo_cli.tracking.funding import wholes
from elo_cli.tracking.overlaps import double_funding, same_measure

TOLERANCE: Final = Decimal("0.05")
"""By how much sums may differ where the source says “about”: that is how far round figures of one digit lie apart."""


@rule(
    "money-parts-exceed-whole",
    Level.ERROR,
    message=N_("the parts add up to {parts}, and the whole is {whole}"),
    meaning=N_(
        "A part stands in its whole. Parts that are more than it belong to something else, or one figure is wrong."
    ),
    remedy=N_("Compare the amounts, their basis and part_of with the sources."),
)
def parts_exceed_whole(context: Context) -> Iterator[Spot]:
    """Lines whose parts, on their basis and at their stage, are more than they; 5 % more where one is approximate."""
    view = context.view
    for whole in wholes(view):
        parts, amount = whole.parts_amount, whole.amount
        if parts is None or amount is None:
            continue
        lines = [context.tracker.get(Funding, part) for part in whole.parts]
        about = whole.approximate or any(line is not None and view.state(line).now.approximate for line in lines)
        if parts.euros > amount.euros * (1 + TOLERANCE if about else 1):
            entry = context.tracker.entries[whole.id]
            line = context.tracker.get(Funding, whole.id)
            where = context.place(view.state(line), "amount") if line is not None else ("amount",)
            yield context.spot(entry, *where, parts=parts, whole=amount)


@rule(
    "money-shares-sum",
    Level.ERROR,
    message=N_("the shares add up to {shares}, and the amount is {amount}"),
    meaning=N_("Shares say who brings how much of the amount, so together they are the amount."),
    remedy=N_("Compare the shares and the amount with the source."),
)
def shares_sum(context: Context) -> Iterator[Spot]:
    """Shares that are not the amount; 5 % more or less where it is approximate."""
    for entry, state in context.states(Funding):
        now = state.now
        if now.shares is None or now.amount is None:
            continue
        total = sum((share.euros for share in now.shares.values()), Decimal(0))
        allowed = now.amount.euros * TOLERANCE if now.approximate else Decimal(0)
        if abs(total - now.amount.euros) > allowed:
            where = context.place(state, "shares")
            yield context.spot(entry, *where, at_key=True, shares=Money(total), amount=now.amount)


@rule(
    "money-granted-without-amount",
    Level.NOTE,
    message=N_("the money is {stage}, and no amount is stated"),
    meaning=N_(
        "Money that is decided has an amount, and somebody knows it. Where the source does not give it, the sum of "
        "what is decided is too small, and says so."
    ),
    remedy=N_("Ask whoever decided; add the amount by an update with its source."),
)
def granted_without_amount(context: Context) -> Iterator[Spot]:
    """Granted, appropriated or paid lines without an amount."""
    for entry, state in context.states(Funding):
        if state.now.stage in {"granted", "appropriated", "paid"} and state.now.amount is None:
            where = context.place(state, "stage")
            yield context.spot(entry, *where, stage=said("stage", state.now.stage))


@rule(
    "money-pending-without-meeting",
    Level.WARNING,
    message=N_("a decision is pending, and no meeting is named that takes it"),
    meaning=N_("Pending means that a known meeting decides. Without it nobody can say when there will be an answer."),
    remedy=N_("Add decided_at with the meeting, or say proposed if no meeting is known."),
)
def pending_without_meeting(context: Context) -> Iterator[Spot]:
    """Lines at the stage `pending` without `decided_at`."""
    for entry, state in context.states(Funding):
        # A part is decided with its whole.
        if context.view.is_top(state.promise) and state.now.stage == "pending" and state.now.decided_at is None:
            yield context.spot(entry, *context.place(state, "stage"))


@rule(
    "money-proposal-open",
    Level.NOTE,
    message=N_("{stage} since {day}, {days} days ago, and nothing has been said of a decision"),
    meaning=N_("A proposal that stays open for so long was mostly decided somewhere, and nobody wrote it down."),
    remedy=N_("Ask whoever proposed it what became of it, and record that by an update."),
)
def proposal_open(context: Context) -> Iterator[Spot]:
    """Open proposals whose stage was last said more days ago than the tracker's limit."""
    limit = context.tracker.config.limits.proposal
    for entry, state in context.states(Funding):
        stage = context.view.stage(state.now)
        if stage not in PROPOSED or not context.view.is_top(state.promise):
            continue
        since = context.view.stage_day(state.promise)
        if since is not None and (days := (context.as_of - since).days) > limit:
            yield context.spot(entry, *context.place(state, "stage"), stage=said("stage", stage), day=since, days=days)


@rule(
    "money-double-funding",
    Level.WARNING,
    message=N_("may pay the same cost as “{other}”, decided too and from {instrument}{milestones}{most}"),
    meaning=N_(
        "The RRF may be joined with other programmes of the Union as long as they do not pay the same cost (Regulation "
        "(EU) 2021/241, Article 9). These two lines are granted or paid, one of them from the RRF. They say themselves "
        "that they may hold the same money, or name the same milestone."
    ),
    remedy=N_(
        "Ask both who grant the money. When the costs are apart, take may_overlap out, or name in each line its own "
        "milestones or years."
    ),
)
def double_funded(context: Context) -> Iterator[Spot]:
    """Two granted or paid lines, one of them of the RRF, for what may be the same cost; at the later id."""
    for double in double_funding(context.view):
        if not double.of_rrf:
            continue
        milestones = ", ".join(double.milestones)
        yield context.spot(
            context.tracker.entries[double.line.id],
            *_at(context, double.line.id, "milestones" if milestones else "may_overlap"),
            other=double.other.id,
            instrument=double.other.instrument,
            milestones=Phrase(N_(" (milestones: {ids})"), {"ids": milestones}) if milestones else "",
            most=Phrase(N_("; at most {amount}"), {"amount": double.amount}) if double.amount else "",
        )


@rule(
    "money-two-instruments",
    Level.NOTE,
    message=N_(
        "for the same measure and time as “{other}” from {instrument}, and nothing says that the costs are apart"
    ),
    meaning=N_(
        "One of the two is of the RRF, whose money must not pay a cost that another programme of the Union pays "
        "(Regulation (EU) 2021/241, Article 9). Whether it does, no field says."
    ),
    remedy=N_("Name in each line the milestones whose cost it pays; or may_overlap where the source leaves it open."),
)
def two_instruments(context: Context) -> Iterator[Spot]:
    """Decided lines of the RRF and of another instrument for one measure and overlapping periods."""
    for pair in same_measure(context.view):
        entry = context.tracker.entries[pair.line.id]
        where = _at(context, pair.line.id, "measures")
        yield context.spot(entry, *where, other=pair.other.id, instrument=pair.other.instrument)


def _at(context: Context, line_id: str, field: str) -> Where:
    """The place of a field of a line; of its instrument where the field is not stated there."""
    line = context.tracker.get(Funding, line_id)
    assert line is not None  # noqa: S101 - what is told is there
    state = context.view.state(line)
    return context.place(state, field if getattr(state.now, field) is not None else "instrument")
