"""A funding line: an amount of money at a stage of being decided, from an instrument, for measures."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from elo_cli.model.errors import N_
from elo_cli.model.money import Money, Percentage
from elo_cli.model.period import Period
from elo_cli.model.records.base import Fields, Record, Strict, Support, Update
from elo_cli.model.values import LocalText, ref

Stage = Literal[
    "unstated", "to-be-proposed", "proposed", "pending", "appropriated", "open-call", "granted", "rejected", "paid"
]
"""How far the money is: not said, esitetään, esitetty, päätettävä (at a named meeting), haettavana, myönnetty …"""
Basis = Literal["total", "per-year"]
"""Whether the amount is for the whole period or for each year of it."""


class Recipients(Strict):
    """Who receives the money."""

    count: int | None = Field(None, ge=1, le=1_000_000, description=N_("How many receive it."))
    text: LocalText | None = Field(None, description=N_("Who they are and on which condition."))


class FundingFields(Fields):
    """What a funding line states."""

    promise_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "description",
            "measures",
            "instrument",
            "basis",
            "approximate",
            "period",
            "part_of",
            "follows",
            "may_overlap",
        }
        | {"support", "milestones", "request"}
        | {"programme", "permanent", "counted", "shares", "own_contribution", "recipients", "proposed_by"}
    )

    measures: list[Annotated[str, ref("measure")]] | None = Field(
        None, min_length=1, description=N_("The measures it pays for.")
    )
    programme: Annotated[str, ref("programme")] | None = Field(
        None, description=N_("The programme that the money belongs to.")
    )
    permanent: bool | None = Field(None, description=N_("True for money that comes every year without an end."))
    instrument: Annotated[str, ref("instrument")] | None = Field(None, description=N_("Where the money comes from."))
    support: Support | None = Field(
        None, description=N_("Whether it is a grant or a loan, where the instrument gives both.")
    )
    milestones: list[Annotated[str, ref("milestone")]] | None = Field(
        None, min_length=1, description=N_("The milestones and targets whose cost it pays.")
    )
    request: Annotated[str, ref("request")] | None = Field(
        None, description=N_("The payment request by which the EU pays it.")
    )
    stage: Stage | None = Field(None, description=N_("How far the decision is; unstated when the source does not say."))
    amount: Money | None = Field(None, description=N_("How much; absent is not stated, which is never 0."))
    basis: Basis | None = Field(None, description=N_("Whether the amount is the total or for each year."))
    approximate: bool | None = Field(None, description=N_("True when the source says “about”."))
    period: Period | None = Field(None, description=N_("The years it is for."))
    part_of: Annotated[str, ref("funding", onward=True)] | None = Field(
        None, description=N_("The line that this is a part of.")
    )
    follows: Annotated[str, ref("funding", onward=True)] | None = Field(
        None, description=N_("The earlier line that this continues.")
    )
    may_overlap: list[Annotated[str, ref("funding")]] | None = Field(
        None,
        min_length=1,
        description=N_("Lines that may hold the same money; the source does not say how they relate."),
    )
    counted: bool | None = Field(
        None, description=N_("False for money that is not the strategy's and stays out of sums.")
    )
    shares: dict[Annotated[str, ref("organisation")], Money] | None = Field(
        None, min_length=1, description=N_("How much of the amount comes from which organisation.")
    )
    own_contribution: Percentage | None = Field(
        None, description=N_("What the recipients pay themselves, in per cent.")
    )
    recipients: Recipients | None = Field(None, description=N_("Who receives the money."))
    proposed_by: Annotated[str, ref("organisation")] | None = Field(None, description=N_("Who proposed it."))
    decided_at: Annotated[str, ref("meeting")] | None = Field(
        None, description=N_("The meeting that decides; it makes a proposed line pending.")
    )


class FundingUpdate(Update, FundingFields):
    """A dated word on a funding line."""


class Funding(Record, FundingFields):
    """A funding line and its updates; the file is `data/funding/<id>.yaml`."""

    updates: list[FundingUpdate] | None = Field(None, min_length=1, description=N_("Dated updates, the oldest first."))
