"""The times that run on a payment request: each from the day of one word to the day of another.

Source: Regulation (EU) 2021/241 art. 24. Nothing is counted from a month or a quarter: then no day is named.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from elo_cli.model.money import Money
from elo_cli.model.period import Period, months_later
from elo_cli.model.records.base import Update
from elo_cli.model.records.request import PaymentRequest
from elo_cli.tracking.day.state import Fold, State

ClockName = Literal["assessment", "observations", "suspension", "reduction", "question"]
AmountName = Literal["requested", "suspended", "reduced", "paid"]


class ClockRule(NamedTuple):
    """How long a time is, and which provision sets it."""

    months: int
    article: str


REGULATION: Final = "2021/241 art. "
CLOCK_RULES: Final[Mapping[ClockName, ClockRule]] = {
    "assessment": ClockRule(2, f"{REGULATION}24(3)"),
    "observations": ClockRule(1, f"{REGULATION}24(6)"),
    "suspension": ClockRule(6, f"{REGULATION}24(8)"),
    "reduction": ClockRule(2, f"{REGULATION}24(8)"),
}
"""From the request to the assessment; from a negative one to observations; from a suspension until what was missing is
done; from the conclusions on a reduction to observations. The Commission itself sets the day of a question."""
OF_OBJECTION: Final[Mapping[str, ClockName]] = {
    "negative": "observations",
    "suspended": "suspension",
    "reduced": "reduction",
}
"""Which of these times is the one that the EU's objection to a milestone leaves to answer."""


class Clock(NamedTuple):
    """A time that runs or ran: since when, until which day, and by a word of which day it ended."""

    name: ClockName
    since: Period | None
    """None where no word says when it began."""
    due: date | None
    """The last day; None where no day is named from which it could be counted."""
    ended: Period | None = None
    """None while it runs, also when its last day has passed."""
    key: str | None = None
    """Of a question, its key."""

    @property
    def item(self) -> str:
        """What tells it from the other times of its request: `assessment`, `question.q1`."""
        return f"{self.name}.{self.key}" if self.key is not None else self.name

    @property
    def article(self) -> str:
        """The provision that sets it; "" for a question."""
        return CLOCK_RULES[self.name].article if self.name in CLOCK_RULES else ""


def clocks(request: State[PaymentRequest]) -> tuple[Clock, ...]:
    """Every time that has begun by the state's day, in the order in which they began, the questions last."""
    times = _Times()
    now = request.promise
    if now.sent:
        times.begin("assessment", None)
    fold = Fold(request.promise)
    for update in request.updates:
        after = now.model_copy(update={name: fold[name] for name in fold.add(update)})
        _judge(times, update, (now, after))
        now = after
    return (*times.clocks, *_questions(now))


def amount_of(request: PaymentRequest, name: AmountName) -> Money | None:
    """An amount of a request: as a whole, else the sum of what is said of its milestones; None when neither is."""
    whole: Money | None = getattr(request, name)
    return whole if whole is not None else parts_of(request, name)


def parts_of(request: PaymentRequest, name: AmountName) -> Money | None:
    """The sum of what is said of the single milestones; None when nothing is."""
    parts: Mapping[str, Money] | None = getattr(request, f"{name}_for")
    return Money(sum((part.euros for part in parts.values()), Decimal(0))) if parts is not None else None


def is_settled(request: PaymentRequest) -> bool:
    """Whether nothing more is waited for: all that was requested has been paid, or the payment was reduced by it."""
    if request.sent is False:
        return True
    asked, paid = amount_of(request, "requested"), amount_of(request, "paid")
    lost = amount_of(request, "reduced")
    if asked is None or paid is None:
        return False
    return paid.euros + (lost.euros if lost is not None else 0) >= asked.euros


class _Times:
    """The times of one request: those that have ended stay in their place."""

    def __init__(self) -> None:
        self.clocks: list[Clock] = []

    def begin(self, name: ClockName, since: Period | None) -> None:
        due = None
        if since is not None and since.unit == "day":
            due = months_later(since.start, CLOCK_RULES[name].months)
        self.clocks.append(Clock(name, since, due))

    def end(self, day: Period, *names: ClockName) -> None:
        self.clocks = [
            clock._replace(ended=day) if clock.name in names and clock.ended is None else clock for clock in self.clocks
        ]


def _judge(times: _Times, update: Update, requests: tuple[PaymentRequest, PaymentRequest]) -> None:
    """What one word begins and ends, given the request before and after it."""
    said, day = update.changes(), update.effective or update.date
    before, after = requests
    if after.sent and not before.sent:
        times.begin("assessment", day)
    if "assessment" in said:
        times.end(day, "assessment", "observations")
        if after.assessment == "positive":
            times.end(day, "suspension")
        elif after.assessment is not None:
            times.begin("observations", day)
    held_before, held = _euros(before, "suspended"), _euros(after, "suspended")
    if held and not held_before:
        # Who suspends has assessed, and later than that has heard what there was to say.
        times.end(day, "assessment", *(() if "assessment" in said else ("observations",)))
        times.begin("suspension", day)
    elif held_before and not held:
        times.end(day, "suspension")
    lost_before, lost = _euros(before, "reduced"), _euros(after, "reduced")
    if lost > lost_before:
        times.end(day, "observations", "suspension", "reduction")
        times.begin("reduction", day)
    elif lost < lost_before:
        times.end(day, "reduction")
    if "observations" in said:
        times.end(day, "observations", "reduction")
    if _euros(after, "paid") > _euros(before, "paid"):
        times.end(day, "assessment")
    if is_settled(after) and not (lost > lost_before):
        times.end(day, *CLOCK_RULES)


def _euros(request: PaymentRequest, name: AmountName) -> Decimal:
    amount = amount_of(request, name)
    return amount.euros if amount is not None else Decimal(0)


def _questions(now: PaymentRequest) -> list[Clock]:
    """The questions, each with its own days."""
    return [
        Clock(
            "question",
            Period.of_day(question.asked) if question.asked is not None else None,
            question.due,
            Period.of_day(question.answered) if question.answered is not None else None,
            key,
        )
        for key, question in (now.questions or {}).items()
    ]
