"""What follows from a payment request and is stored nowhere, as a program reads it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.request import PaymentRequest
from elo_cli.tracking.day.view import View
from elo_cli.tracking.requests import Readiness, RequestStep, request_answer


class ClockFact(NamedTuple):
    """A time that runs or ran on a payment request."""

    item: str
    """What is waited for: `assessment`, `observations`, `suspension`, `reduction`, or `question.` and its key."""
    article: str | None
    """The provision that sets it; null for a question, of which the Commission sets the day."""
    since: Period | None
    """When it began; null where no word says."""
    due: date | None
    """The last day; null where no day is named from which it could be counted."""
    ended: Period | None
    """The day of the word that ended it; null where none has."""
    running: bool
    """Whether something is still waited for, also when the last day has passed."""


class RequestMilestoneFact(NamedTuple):
    """A milestone of a payment request."""

    id: str
    due: Period | None
    readiness: Readiness
    missing: Sequence[str]
    """Keys of required evidence that nothing covers."""
    eu: str | None
    """Where the EU's assessment of it is."""
    requested: Money | None
    suspended: Money | None
    reduced: Money | None
    paid: Money | None


class RequestFacts(NamedTuple):
    """What follows from a payment request and its milestones, and is stored nowhere."""

    step: RequestStep
    requested: Money | None
    """How much is requested: as a whole, else as the sum of what is said of its milestones."""
    suspended: Money | None
    reduced: Money | None
    paid: Money | None
    outstanding: Money | None
    """What was requested and is neither paid nor lost."""
    missing: Sequence[str]
    """What is to be sent with it and no document covers."""
    clocks: Sequence[ClockFact]
    milestones: Sequence[RequestMilestoneFact]


def request_facts(view: View, request: PaymentRequest) -> RequestFacts:
    """What follows from a payment request on the view's day."""
    answer, running = request_answer(view, request), view.running(request)
    money = answer.money
    return RequestFacts(
        answer.step,
        money.requested,
        money.suspended,
        money.reduced,
        money.paid,
        money.outstanding,
        answer.attached,
        [
            ClockFact(clock.item, clock.article or None, clock.since, clock.due, clock.ended, clock in running)
            for clock in answer.clocks
        ],
        [
            RequestMilestoneFact(
                milestone.state.now.id,
                milestone.state.now.due,
                milestone.readiness,
                milestone.missing,
                milestone.state.now.eu,
                *milestone.money,
            )
            for milestone in answer.milestones
        ],
    )
