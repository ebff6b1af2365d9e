"""A milestone or target: what shall have been reached by when, and how it is shown.

Source of the terms: Regulation (EU) 2021/241 art. 2(4); the Council implementing decision's annex and the operational
arrangements give the columns.
"""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, cast

from pydantic import Field

from elo_cli.model.errors import N_
from elo_cli.model.period import Period
from elo_cli.model.records.base import Fields, Record, Strict, Update
from elo_cli.model.records.measure import Confidence, Status
from elo_cli.model.values import Address, Key, Line, LocalText, Number, Sha256, ref

MilestoneType = Literal["rrf-milestone", "rrf-target", "monitoring-step", "national"]
"""Qualitative (milestone) or quantitative (target) achievement of the RRF, a monitoring step, or a national one."""
EuTrack = Literal["not-requested", "requested", "positive", "negative", "fulfilled", "suspended", "reduced", "reversed"]
"""Where the EU's assessment is (2021/241 art. 24), apart from delivery: “not fulfilled” is not “not completed”."""


class Indicator(Strict):
    """How it is measured: in words for a milestone; unit, baseline and goal for a target."""

    text: LocalText | None = Field(None, description=N_("The qualitative indicator."))
    unit: LocalText | None = Field(None, description=N_("The unit of measurement."))
    baseline: Number | None = Field(None, description=N_("Where it starts from."))
    goal: Number | None = Field(None, description=N_("What shall be reached."))

    def reached(self, value: Decimal) -> bool | None:
        """Whether a value reaches the goal, which lies below the baseline where less is better; None without a goal."""
        if self.goal is None:
            return None
        falling = self.baseline is not None and self.baseline > self.goal
        return value <= self.goal if falling else value >= self.goal


class Verification(Strict):
    """How the operational arrangements verify it."""

    mechanism: LocalText | None = Field(None, description=N_("The verification mechanism."))
    evidence: dict[Key, LocalText] | None = Field(
        None, min_length=1, description=N_("The evidence required, each piece under a key that evidence can cover.")
    )
    further_specification: LocalText | None = Field(
        None, description=N_("Further specification in the operational arrangements.")
    )


class Rrf(Strict):
    """Where it stands in the recovery and resilience plan."""

    plan_measure: str | None = Field(
        None, min_length=1, max_length=50, description=N_("The plan's measure, such as P3C2I1.")
    )
    cid_version: Annotated[str, ref("document")] | None = Field(
        None, description=N_("The version of the Council implementing decision.")
    )
    cid_number: str | None = Field(
        None,
        min_length=1,
        max_length=50,
        description=N_("The number in the decision's annex, as text; null when not known."),
    )
    instalment: int | None = Field(None, ge=1, le=99, description=N_("The instalment it belongs to."))


class Evidence(Strict):
    """A document that shows that it was reached."""

    title: Line = Field(description=N_("The document's title."))
    uri: Address | None = Field(None, description=N_("Its web address, http or https."))
    date: Period | None = Field(None, description=N_("The document's date."))
    sha256: Sha256 | None = Field(None, description=N_("The SHA-256 of the file, so that it cannot be swapped."))
    covers: list[Key] | None = Field(None, min_length=1, description=N_("Which of the required pieces it covers."))


class MilestoneFields(Fields):
    """What a milestone states."""

    promise_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "name",
            "description",
            "measures",
            "due",
            "possible",
            "responsible",
            "lead",
            "indicator",
            "verification",
            "rrf",
            "depends_on",
        }
    )
    grows: ClassVar[frozenset[str]] = frozenset({"rrf", "evidence"})

    measures: list[Annotated[str, ref("measure")]] | None = Field(
        None, min_length=1, description=N_("The measures it belongs to.")
    )
    due: Period | None = Field(None, description=N_("When it shall have been reached: by the last day of this period."))
    possible: bool | None = Field(
        None, description=N_("True when the source says that it can be done, not that it will be: nobody waits for it.")
    )
    responsible: list[Annotated[str, ref("organisation")]] | None = Field(
        None, min_length=1, description=N_("Responsible organisations, in the source's order.")
    )
    lead: Annotated[str, ref("organisation")] | None = Field(
        None, description=N_("The one that leads, if the source says so.")
    )
    indicator: Indicator | None = Field(None, description=N_("How it is measured."))
    verification: Verification | None = Field(
        None, description=N_("How it is verified and which evidence that requires.")
    )
    rrf: Rrf | None = Field(None, description=N_("Its place in the recovery and resilience plan."))
    depends_on: list[Annotated[str, ref("milestone", onward=True)]] | None = Field(
        None, min_length=1, description=N_("Milestones that must be reached first.")
    )
    status: Status | None = Field(None, description=N_("How far the work is."))
    confidence: Confidence | None = Field(
        None, description=N_("Whether it will be reached; at-risk and off-track need a reason.")
    )
    value: Number | None = Field(None, description=N_("The indicator's value on the day of the update."))
    evidence: list[Evidence] | None = Field(
        None, min_length=1, description=N_("Documents that show it; what updates bring is added, never replaced.")
    )
    eu: EuTrack | None = Field(None, description=N_("Where the EU's assessment is, for RRF milestones and targets."))


class MilestoneUpdate(Update, MilestoneFields):
    """A dated word on a milestone."""

    # Without None in its type, since a record is always of some type: null cannot clear it.
    type: MilestoneType = Field(
        default_factory=lambda: cast("MilestoneType", None),
        description=N_("What it is from now on: a decision may make a target of a milestone, and the reverse."),
    )


class Milestone(Record, MilestoneFields):
    """A milestone or target and its updates; the file is `data/milestones/<id>.yaml`."""

    type: MilestoneType = Field(
        description=N_("What it is: an RRF milestone or target, a monitoring step, or national.")
    )
    updates: list[MilestoneUpdate] | None = Field(
        None, min_length=1, description=N_("Dated updates, the oldest first.")
    )
