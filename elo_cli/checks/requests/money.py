"""Rules about the money of payment requests: parts against wholes, and each amount against what it is taken from."""

from collections.abc import Iterator

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level
from elo_cli.model.money import Money
from elo_cli.model.records.request import PaymentRequest
from elo_cli.tracking.day.clocks import amount_of, parts_of
from elo_cli.tracking.requests import AMOUNTS


@rule(
    "request-parts-exceed-whole",
    Level.ERROR,
    message=N_("“{field}” comes to {parts} for the single milestones, and to {whole} in all"),
    meaning=N_("What is said of the milestones is a part of what is said of the request, so it cannot be more."),
    remedy=N_("Compare the amounts with the letter; each is the whole of it on that day, not what was added."),
)
def parts_exceed_whole(context: Context) -> Iterator[Spot]:
    """Amounts whose parts by milestone come to more than their whole."""
    for entry, state in context.states(PaymentRequest):
        for name in AMOUNTS:
            whole: Money | None = getattr(state.now, name)
            parts = parts_of(state.now, name)
            if whole is not None and parts is not None and parts > whole:
                where = context.place(state, name)
                yield context.spot(entry, *where, field=name, parts=parts, whole=whole)


@rule(
    "request-over-decision",
    Level.ERROR,
    message=N_("requested {requested}, and the instalment in the decision is {amount}"),
    meaning=N_("An instalment has the amount that the Council’s decision gives it; more cannot be paid for it."),
    remedy=N_("Mend the amount; where the decision was amended, an update with reason and decider changes it."),
)
def over_decision(context: Context) -> Iterator[Spot]:
    """Requests that ask for more than the decision holds for their instalment."""
    for entry, state in context.states(PaymentRequest):
        requested = amount_of(state.now, "requested")
        if requested is not None and state.now.amount is not None and requested > state.now.amount:
            field = "requested" if state.now.requested is not None else "requested_for"
            where = context.place(state, field)
            yield context.spot(entry, *where, requested=requested, amount=state.now.amount)


@rule(
    "request-over-requested",
    Level.ERROR,
    message=N_("paid, suspended and reduced come to {taken}, and {requested} was requested"),
    meaning=N_(
        "What is suspended or lost is not paid, and all of it together is at most what was requested. Each amount is "
        "the whole of it on the day: what was lost after a suspension is no longer suspended."
    ),
    remedy=N_("Compare the amounts with the letters; say what is still suspended, 0 € when nothing is."),
)
def over_requested(context: Context) -> Iterator[Spot]:
    """Requests of which more is paid, suspended and lost than was requested."""
    for entry, state in context.states(PaymentRequest):
        requested = amount_of(state.now, "requested")
        taken = [(name, amount_of(state.now, name)) for name in AMOUNTS[1:]]
        stated = [(name, amount) for name, amount in taken if amount is not None]
        total = Money(sum((amount.euros for _, amount in stated), Money.parse("0 €").euros))
        if requested is not None and stated and total > requested:
            name = stated[-1][0]
            field = name if getattr(state.now, name) is not None else f"{name}_for"
            yield context.spot(entry, *context.place(state, field), taken=total, requested=requested)


@rule(
    "request-milestone-over-requested",
    Level.ERROR,
    message=N_("“{milestone}”: paid, suspended and reduced come to {taken}, and {requested} was requested for it"),
    meaning=N_("For a milestone no more can be paid, suspended and lost than was requested for it."),
    remedy=N_(
        "Compare the amounts of the milestone with the letters; say what is still suspended, 0 € when nothing is."
    ),
)
def milestone_over_requested(context: Context) -> Iterator[Spot]:
    """Milestones for which more is paid, suspended and lost than was requested for them."""
    for entry, state in context.states(PaymentRequest):
        for milestone, requested in (state.now.requested_for or {}).items():
            parts = [
                part
                for name in AMOUNTS[1:]
                if (part := (getattr(state.now, f"{name}_for") or {}).get(milestone)) is not None
            ]
            total = Money(sum((part.euros for part in parts), Money.parse("0 €").euros))
            if total > requested:
                where = context.place(state, "requested_for")
                yield context.spot(entry, *where, milestone=milestone, taken=total, requested=requested)


@rule(
    "request-paid-falls",
    Level.WARNING,
    message=N_("paid {paid} in all, and {before} had been paid before"),
    meaning=N_(
        "The amount paid is what has been paid in all by the day, so a second payment makes it larger. One that falls "
        "is mostly the second payment alone."
    ),
    remedy=N_("Add both payments up; where money was recovered, the note says so."),
)
def paid_falls(context: Context) -> Iterator[Spot]:
    """Updates that say less paid than one before them, and say nothing of why."""
    for entry, request in context.of(PaymentRequest):
        before = request.paid
        for index, update in context.standing(request):
            paid: Money | None = update.changes().get("paid")
            if paid is not None and before is not None and paid < before and update.note is None:
                yield context.spot(entry, "updates", index, "paid", paid=paid, before=before)
            before = paid or before


@rule(
    "request-withdrawn-paid",
    Level.ERROR,
    message=N_("the request was taken back (sent: false), and {paid} has been paid for it"),
    meaning=N_("What was taken back counts in no sum, so the money that was paid for it would be in none."),
    remedy=N_("Say sent: true where it stands; or paid: 0 € where nothing was paid, or all of it was paid back."),
)
def withdrawn_paid(context: Context) -> Iterator[Spot]:
    """Requests that were taken back although something was paid for them."""
    for entry, state in context.states(PaymentRequest):
        paid = amount_of(state.now, "paid")
        if state.now.sent is False and paid is not None and paid.euros > 0:
            yield context.spot(entry, *context.place(state, "sent"), paid=paid)
