"""A payment request: one instalment of the RRF, what is asked for it, and what the Commission makes of that.

Source of the terms: Regulation (EU) 2021/241 art. 24; art. 22(2)(c) for what is sent with it. Which milestones belong
to it is never stored: their own instalment says it.
"""

from typing import Annotated, ClassVar, Final, Literal, cast

from pydantic import Field

from elo_cli.model.errors import N_
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.base import Fields, Record, Strict, Support, Update
from elo_cli.model.records.milestone import Evidence
from elo_cli.model.values import Day, Key, LocalText, ref

Assessment = Literal["positive", "negative", "partly"]
"""What the Commission makes of the milestones: all fulfilled, none, or some (2021/241 art. 24(3), (5), (6))."""
ATTACHED: Final = ("management-declaration", "audit-summary")
"""What is sent with a request (2021/241 art. 22(2)(c)), as the keys that its evidence can cover."""
Amounts = dict[Annotated[str, ref("milestone")], Money]


class Question(Strict):
    """A question of the Commission on a request."""

    text: LocalText | None = Field(None, description=N_("What is asked."))
    asked: Day | None = Field(None, description=N_("The day on which it was asked."))
    due: Day | None = Field(None, description=N_("The last day for the answer."))
    answered: Day | None = Field(None, description=N_("The day on which it was answered."))
    answered_by: Annotated[str, ref("organisation")] | None = Field(None, description=N_("Who answers it."))


class PaymentRequestFields(Fields):
    """What a payment request states; each amount is the whole of it on the day of the word, and not what was added."""

    promise_fields: ClassVar[frozenset[str]] = frozenset(
        {"name", "description", "number", "instrument", "support", "amount", "expected", "lead"}
    )
    grows: ClassVar[frozenset[str]] = frozenset(
        {"requested_for", "suspended_for", "reduced_for", "paid_for", "evidence", "questions"}
    )

    number: int | None = Field(None, ge=1, le=99, description=N_("The number of the instalment that it asks for."))
    instrument: Annotated[str, ref("instrument")] | None = Field(None, description=N_("Where the money comes from."))
    support: Support | None = Field(None, description=N_("Whether it is a grant or a loan; absent for both."))
    amount: Money | None = Field(None, description=N_("The amount of the instalment in the decision."))
    expected: Period | None = Field(None, description=N_("When it is expected to be sent."))
    lead: Annotated[str, ref("organisation")] | None = Field(None, description=N_("Who prepares and sends it."))
    sent: bool | None = Field(
        None, description=N_("True when it was sent, on the day of the update; false when it was taken back.")
    )
    requested: Money | None = Field(None, description=N_("How much is requested."))
    requested_for: Amounts | None = Field(
        None, min_length=1, description=N_("How much is requested for which milestone.")
    )
    assessment: Assessment | None = Field(None, description=N_("The Commission’s preliminary assessment."))
    observations: bool | None = Field(
        None, description=N_("True when observations on the assessment or reduction were sent, false when none will.")
    )
    suspended: Money | None = Field(
        None, description=N_("How much is suspended on that day; 0 € when the suspension was lifted.")
    )
    suspended_for: Amounts | None = Field(
        None, min_length=1, description=N_("How much is suspended for which milestone.")
    )
    reduced: Money | None = Field(None, description=N_("By how much the payment is reduced in all."))
    reduced_for: Amounts | None = Field(
        None, min_length=1, description=N_("By how much it is reduced for which milestone.")
    )
    paid: Money | None = Field(None, description=N_("How much has been paid in all by that day."))
    paid_for: Amounts | None = Field(None, min_length=1, description=N_("How much has been paid for which milestone."))
    evidence: list[Evidence] | None = Field(
        None,
        min_length=1,
        description=N_(
            "Documents sent with it; they cover management-declaration and audit-summary. What updates bring is added."
        ),
    )
    questions: dict[Key, Question] | None = Field(
        None,
        min_length=1,
        description=N_("The Commission’s questions, each under a key; an update adds one, or says more of one."),
    )


class PaymentRequestUpdate(Update, PaymentRequestFields):
    """A dated word on a payment request."""

    # Without None in their types, since a request always has both: null cannot clear them.
    number: int = Field(
        default_factory=lambda: cast("int", None),
        ge=1,
        le=99,
        description=N_("The number of the instalment that it asks for."),
    )
    instrument: Annotated[str, ref("instrument")] = Field(
        default_factory=lambda: cast("str", None), description=N_("Where the money comes from.")
    )


class PaymentRequest(Record, PaymentRequestFields):
    """A payment request and its updates; the file is `data/requests/<id>.yaml`."""

    number: int = Field(ge=1, le=99, description=N_("The number of the instalment that it asks for."))
    instrument: Annotated[str, ref("instrument")] = Field(description=N_("Where the money comes from."))
    updates: list[PaymentRequestUpdate] | None = Field(
        None, min_length=1, description=N_("Dated updates, the oldest first.")
    )
