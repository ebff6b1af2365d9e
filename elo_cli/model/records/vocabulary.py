"""The vocabularies: what records refer to; one file a vocabulary, a map from id to entry."""

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from elo_cli.model.errors import N_
from elo_cli.model.period import Period
from elo_cli.model.records.base import Fields, Record, Strict, Update
from elo_cli.model.values import Address, Day, Key, Line, LocalName, Mailbox, MonthDay, ref

OrganisationType = Literal[
    "ministry",
    "agency",
    "regional-authority",
    "local-authority",
    "education-provider",
    "parliamentary-group",
    "network",
    "working-group",
    "private",
    "ngo",
    "union",
    "employer",
    "international",
    "other",
]
GoalType = Literal["strategic-goal", "goal-statement", "vision-statement"]
"""A heading that measures serve, a goal stated as a sentence, or a statement of a vision."""
InstrumentRules = Literal["rrf"]
"""The rules that an instrument's milestones are under: those of the Recovery and Resilience Facility (2021/241)."""


class GoalFields(Fields):
    """What a goal states, and an update may change: it was promised in these words."""

    promise_fields: ClassVar[frozenset[str]] = frozenset({"name", "description"})


class GoalUpdate(Update, GoalFields):
    """A dated word on a goal, such as that it is put in other words."""


class Goal(Record, GoalFields):
    """A goal of the strategy."""

    type: GoalType = Field(
        description=N_("A heading that measures serve, a goal in a sentence, or a statement of a vision.")
    )
    updates: list[GoalUpdate] | None = Field(None, min_length=1, description=N_("Dated updates, the oldest first."))


class OrganisationFields(Fields):
    """What is told of an organisation, and an update may change: no body has promised its name."""

    abbreviation: LocalName | None = Field(None, description=N_("The short name by language, such as OKM."))
    contact: Mailbox | None = Field(None, description=N_("A role mailbox that a source gives; never a person's."))
    part_of: Annotated[str, ref("organisation", onward=True)] | None = Field(
        None, description=N_("The organisation it belongs to.")
    )


class OrganisationUpdate(Update, OrganisationFields):
    """A dated word on an organisation, such as that it has another name."""


class Organisation(Record, OrganisationFields):
    """An organisation, or a kind of actor that a source names as one."""

    type: OrganisationType = Field(description=N_("What kind of body it is."))
    updates: list[OrganisationUpdate] | None = Field(
        None, min_length=1, description=N_("Dated updates, the oldest first.")
    )


class Programme(Record):
    """A government programme, project or reform that a measure belongs to."""

    part_of: Annotated[str, ref("programme", onward=True)] | None = Field(
        None, description=N_("The programme it belongs to.")
    )
    period: Period | None = Field(None, description=N_("Its term."))
    reference: Line | None = Field(None, description=N_("Its number or register entry."))


class ReportingDay(Strict):
    """A day of every year on which an instrument is reported on."""

    name: LocalName = Field(description=N_("What is reported."))
    day: MonthDay = Field(description=N_("The last day for it, every year."))
    set_by: list[Annotated[str, ref("document")]] | None = Field(
        None, min_length=1, description=N_("The acts that set the day; it is there once all of them were given.")
    )


class InstrumentFields(Fields):
    """What an instrument is called; its days are those of its acts."""

    abbreviation: LocalName | None = Field(None, description=N_("The short name by language, such as RRF."))


class InstrumentUpdate(Update, InstrumentFields):
    """A dated word on an instrument, such as that it has another name."""


class Instrument(Record, InstrumentFields):
    """Where money comes from, with the days that its rules set."""

    rules: InstrumentRules | None = Field(
        None,
        description=N_("rrf for money of the Recovery and Resilience Facility: its milestones are under its rules."),
    )
    last_day: Day | None = Field(
        None, description=N_("The last day on which a milestone can be reached under its rules.")
    )
    last_payment_day: Day | None = Field(None, description=N_("The last day for payments."))
    reporting: dict[Key, ReportingDay] | None = Field(
        None, min_length=1, description=N_("The reporting calendar, each day under a key of its own.")
    )
    updates: list[InstrumentUpdate] | None = Field(
        None, min_length=1, description=N_("Dated updates, the oldest first.")
    )


class Document(Record):
    """A document that facts are taken from."""

    # A schema says as much as the rule source-document-undated.
    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in ("date", "read")
            ]
        }
    )

    date: Period | None = Field(None, description=N_("When it was published or given."))
    read: Day | None = Field(
        None, description=N_("The day it was read; needed where it has no date, since its facts count from then.")
    )
    publisher: Annotated[str, ref("organisation")] | None = Field(None, description=N_("Who published it."))
    reference: Line | None = Field(None, description=N_("Its number or register entry."))
    address: Address | None = Field(None, description=N_("Its web address."))


class Function(Record):
    """A function of a support structure, or a part of the service system that a source draws."""
