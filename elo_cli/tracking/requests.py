"""Payment requests on a day: their milestones and whether these are ready, the times that run, and the money.

Nothing here is stored: milestones follow from their instalment, times from the days of words, sums from amounts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, Literal, NamedTuple, get_args

from elo_cli.model.money import Money
from elo_cli.model.records.base import Support
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import ATTACHED, PaymentRequest
from elo_cli.tracking.day.clocks import AmountName, Clock, amount_of, is_settled
from elo_cli.tracking.day.evidence import Lack, lacks, missing_evidence
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import Timing
from elo_cli.tracking.day.view import View

RequestStep = Literal[
    "preparing", "sent", "positive", "negative", "partly", "suspended", "reduced", "partly-paid", "paid", "withdrawn"
]
"""How far a request is, the last thing that holds; the words for it stand under `request`."""
Readiness = Literal["ready", "evidence-missing", "under-goal", "unfinished", "withdrawn"]
"""Whether payment can be asked for a milestone: delivered and shown; else the gravest that stands in the way."""
AMOUNTS: Final[tuple[AmountName, ...]] = get_args(AmountName)


class MilestoneMoney(NamedTuple):
    """What is said of one milestone's money in a request; None where nothing is."""

    requested: Money | None
    suspended: Money | None
    reduced: Money | None
    paid: Money | None

    @property
    def objected(self) -> bool:
        """Whether its payment is suspended, or was reduced."""
        return any(amount is not None and amount.euros > 0 for amount in (self.suspended, self.reduced))


class RequestMilestone(NamedTuple):
    """A milestone of a request: how it stands, whether it is ready, and its money."""

    state: State[Milestone]
    timing: Timing | None
    readiness: Readiness
    missing: tuple[str, ...]
    """Keys of required evidence that nothing covers."""
    lacks: tuple[Lack, ...]
    """All that stands in the way of asking for its payment."""
    money: MilestoneMoney


class RequestMoney(NamedTuple):
    """The amounts of a request, or of several together; None is not stated, which is never 0."""

    amount: Money | None
    """Of the decision."""
    requested: Money | None
    suspended: Money | None
    reduced: Money | None
    paid: Money | None

    @property
    def outstanding(self) -> Money | None:
        """What was requested and is neither paid nor lost; None while nothing is requested, or where more was paid."""
        if self.requested is None:
            return None
        left = self.requested.euros - sum(money.euros for money in (self.paid, self.reduced) if money is not None)
        return Money(left) if left >= 0 else None


class RequestAnswer(NamedTuple):
    """A payment request on a day."""

    state: State[PaymentRequest]
    step: RequestStep
    money: RequestMoney
    milestones: tuple[RequestMilestone, ...]
    """By due."""
    clocks: tuple[Clock, ...]
    """Every time that has begun, the questions last."""
    attached: tuple[str, ...]
    """The keys of what is to be sent with it that no document covers (2021/241 art. 22(2)(c))."""

    def ready(self, *readiness: Readiness) -> list[RequestMilestone]:
        """The milestones that are as ready as one of these words says."""
        return [milestone for milestone in self.milestones if milestone.readiness in readiness]


class RequestSum(NamedTuple):
    """The money of the requests of one instrument and one kind of support."""

    instrument: str
    support: Support | None
    requests: tuple[str, ...]
    money: RequestMoney
    unstated: int
    """Of how many requests it is not stated how much they ask for."""


def request_answer(view: View, request: PaymentRequest) -> RequestAnswer:
    """A payment request as it stood on the view's day."""
    state = view.state(request)
    now = state.now
    covered = {piece for document in now.evidence or () for piece in document.covers or ()}
    return RequestAnswer(
        state,
        step(now),
        money(now),
        tuple(_milestone(view, now, milestone) for milestone in view.milestones_of_request.get(request.id, ())),
        view.clocks(request),
        tuple(piece for piece in ATTACHED if piece not in covered),
    )


def step(now: PaymentRequest) -> RequestStep:
    """How far a request is, given in its present state: what is settled or suspended says more than the assessment."""
    if now.sent is False:
        return "withdrawn"
    paid, suspended, reduced = (_positive(now, name) for name in ("paid", "suspended", "reduced"))
    if is_settled(now) or (paid and not suspended and amount_of(now, "requested") is None):
        return "paid" if paid else "reduced"
    if suspended:
        return "suspended"
    if paid:
        return "partly-paid"
    if reduced:
        return "reduced"
    return now.assessment or ("sent" if now.sent else "preparing")


def money(now: PaymentRequest) -> RequestMoney:
    """The amounts of a request, given in its present state."""
    return RequestMoney(now.amount, *(amount_of(now, name) for name in AMOUNTS))


def sums(view: View) -> list[RequestSum]:
    """What is requested, suspended, reduced and paid, by instrument and support; what was taken back counts nowhere."""
    groups: dict[tuple[str, Support | None], list[PaymentRequest]] = defaultdict(list)
    for request in view.requests:
        now = view.state(request).now
        if now.sent is not False:
            groups[now.instrument, now.support].append(now)
    return [
        RequestSum(
            instrument,
            support,
            tuple(request.id for request in group),
            _added(money(request) for request in group),
            sum(amount_of(request, "requested") is None for request in group),
        )
        for (instrument, support), group in groups.items()
    ]


def readiness(now: Milestone, lacking: tuple[Lack, ...]) -> Readiness:
    """Whether payment can be asked for a milestone, given in its present state, with all that it lacks."""
    if now.status == "withdrawn":
        return "withdrawn"
    if "not-completed" in lacking:
        return "unfinished"
    if lacking == ("under-goal",):
        return "under-goal"
    return "evidence-missing" if lacking else "ready"


def _milestone(view: View, request: PaymentRequest, milestone: Milestone) -> RequestMilestone:
    state = view.state(milestone)
    lacking = lacks(state)
    return RequestMilestone(
        state,
        view.timing(milestone),
        readiness(state.now, lacking),
        missing_evidence(state) or (),
        lacking,
        _money_of(request, milestone),
    )


def money_of(view: View, milestone: Milestone) -> MilestoneMoney | None:
    """What the payment request of a milestone says of its money; None where it belongs to none."""
    request = view.request_of.get(milestone.id)
    return _money_of(view.state(request).now, milestone) if request is not None else None


def _money_of(request: PaymentRequest, milestone: Milestone) -> MilestoneMoney:
    return MilestoneMoney(*((getattr(request, f"{name}_for") or {}).get(milestone.id) for name in AMOUNTS))


def _positive(now: PaymentRequest, name: AmountName) -> bool:
    amount = amount_of(now, name)
    return amount is not None and amount.euros > 0


def _added(parts: Iterable[RequestMoney]) -> RequestMoney:
    return RequestMoney(*(_sum(amounts) for amounts in zip(*parts, strict=True)))


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    stated = list(_stated(amounts))
    return Money(sum(stated, Decimal(0))) if stated else None


def _stated(amounts: Iterable[Money | None]) -> Iterator[Decimal]:
    return (amount.euros for amount in amounts if amount is not None)
