"""The words for a payment request: what is waited for, how far it is, how ready its milestones are."""

from collections.abc import Mapping
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.model.records.request import PaymentRequest
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.tracking.day.clocks import ClockName
from elo_cli.tracking.requests import AMOUNTS, MilestoneMoney, Readiness, step

CLOCKS: Final[Mapping[ClockName, str]] = {
    "assessment": N_("preliminary assessment by the Commission"),
    "observations": N_("observations on the assessment"),
    "suspension": N_("action after the suspension"),
    "reduction": N_("observations on the reduction"),
    "question": N_("answer to the question “{key}”"),
}
"""What is waited for, as a part of a sentence."""
EXPECTED: Final = N_("to be sent")
READINESS: Final[Mapping[Readiness, str]] = {
    "ready": N_("ready"),
    "evidence-missing": N_("evidence missing"),
    "under-goal": N_("under the goal"),
    "unfinished": N_("not delivered"),
    "withdrawn": N_("withdrawn"),
}
ATTACHED: Final = {
    "management-declaration": N_("management declaration"),
    "audit-summary": N_("summary of audits"),
}


def clock_name(language: Language, item: str) -> str:
    """What is waited for, by the item of a time: `assessment`, `question.q1`, `expected`."""
    name, _, key = item.partition(".")
    message = next((text for clock, text in CLOCKS.items() if clock == name), EXPECTED)
    return language.say(message, key=key)


def step_text(language: Language, now: PaymentRequest) -> str:
    """How far a request is, given in its present state, in a word."""
    return terms.word(language, "request", step(now))


def milestone_amounts(language: Language, money: MilestoneMoney) -> str:
    """What is said of one milestone's money in its request; "" where nothing is."""
    # 0 € is how a suspension is lifted; of a milestone it says nothing that a reader waits for.
    return "; ".join(
        language.say(_OF_MILESTONE[name], amount=language.money(amount))
        for name, amount in zip(AMOUNTS, money, strict=True)
        if amount is not None and amount.euros > 0
    )


_OF_MILESTONE: Final = {
    "requested": N_("requested {amount}"),
    "suspended": N_("suspended {amount}"),
    "reduced": N_("reduced by {amount}"),
    "paid": N_("paid {amount}"),
}
