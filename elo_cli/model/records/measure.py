"""A measure: something that the strategy promises to do."""

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from elo_cli.model.errors import N_
from elo_cli.model.period import Period
from elo_cli.model.records.base import Fields, PersonYears, Record, Strict, Update
from elo_cli.model.values import Key, LocalText, ref

Status = Literal["planned", "in-preparation", "in-progress", "completed", "suspended", "withdrawn"]
"""How far the work is, in the words of the one who does it."""
FINISHED: Final = frozenset({"completed", "withdrawn"})
"""The statuses after which nobody works on it any more."""
Confidence = Literal["on-track", "at-risk", "off-track"]
"""Whether the goal will be reached; without a common definition, so a reason stands beside the last two."""


class Role(Strict):
    """What one organisation does in one function of a support structure."""

    organisation: Annotated[str, ref("organisation")] | None = Field(
        None, description=N_("Who does it; absent where the source cannot be read.")
    )
    one_of: list[Annotated[str, ref("organisation")]] | None = Field(
        None, min_length=2, description=N_("The organisations that it can be, where the source does not show which.")
    )
    function: Annotated[str, ref("function")] | None = Field(
        None, description=N_("The function it belongs to; absent where the source names none.")
    )
    task: LocalText = Field(description=N_("What it does there."))
    inferred: bool | None = Field(None, description=N_("True when the organisation was deduced; the note says how."))
    note: LocalText | None = Field(None, description=N_("How it was deduced, or what is unclear."))


class LegalBasis(Strict):
    """The act or proposal that a measure rests on."""

    identity: ClassVar[tuple[str, ...]] = ("document", "section")
    """The fields that tell two items of a list apart."""

    document: Annotated[str, ref("document")] = Field(description=N_("The act, proposal or decision."))
    section: str | None = Field(None, min_length=1, max_length=200, description=N_("The section, such as 2 §."))


class MeasureFields(Fields):
    """What a measure states."""

    promise_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "description",
            "key",
            "goal",
            "programmes",
            "responsible",
            "lead",
            "period",
            "legal_basis",
            "person_years",
        }
        | {"actions", "roles"}
    )

    key: bool | None = Field(
        None, description=N_("True for one of the strategy's key measures, false for a related one.")
    )
    goal: Annotated[str, ref("goal")] | None = Field(None, description=N_("The strategic goal it serves."))
    programmes: list[Annotated[str, ref("programme")]] | None = Field(
        None, min_length=1, description=N_("Government programmes and reforms it belongs to.")
    )
    responsible: list[Annotated[str, ref("organisation")]] | None = Field(
        None, min_length=1, description=N_("Responsible organisations, in the source's order.")
    )
    lead: Annotated[str, ref("organisation")] | None = Field(
        None, description=N_("The one that leads, if the source says so.")
    )
    period: Period | None = Field(None, description=N_("When it is carried out."))
    status: Status | None = Field(None, description=N_("How far the work is."))
    confidence: Confidence | None = Field(
        None, description=N_("Whether it will be reached; at-risk and off-track need a reason.")
    )
    person_years: PersonYears | None = Field(None, description=N_("Work in person-years."))
    legal_basis: list[LegalBasis] | None = Field(None, min_length=1, description=N_("Acts and proposals it rests on."))
    actions: dict[Key, LocalText] | None = Field(
        None, min_length=1, description=N_("Aims, actions and statutory tasks, each under a key of its own.")
    )
    roles: dict[Key, Role] | None = Field(
        None, min_length=1, description=N_("Who does what in which function, each under a key of its own.")
    )


class MeasureUpdate(Update, MeasureFields):
    """A dated word on a measure."""


class Measure(Record, MeasureFields):
    """A measure and its updates; the file is `data/measures/<id>.yaml`."""

    updates: list[MeasureUpdate] | None = Field(None, min_length=1, description=N_("Dated updates, the oldest first."))
