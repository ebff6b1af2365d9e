"""A milestone or target: what shall have been reached by when, and how it is shown.

Source of the terms: Regulation (EU) 2021/241 art. 2(4); the Council implementing decision's annex and the operational
arrangements give the columns.
"""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, cast

from pydantic import Field

from elo_cli.model.errors import N_
from elo_cli.model.period import Period
from elo_cli.model.records.base import Fields, Record, Strict, Support, Update
from elo_cli.model.records.measure import Confidence, Status
from elo_cli.model.values import Address, ArchiveReference, Codes, Key, Line, LocalText, Number, Sha256, ref

MilestoneType = Literal["rrf-milestone", "rrf-target", "monitoring-step", "national"]
"""Qualitative (milestone) or quantitative (target) achievement of the RRF, a monitoring step, or a national one."""
EuTrack = Literal["not-requested", "requested", "positive", "negative", "fulfilled", "suspended", "reduced", "reversed"]
"""Where the EU's assessment is (2021/241 art. 24), apart from delivery: “not fulfilled” is not “not completed”."""
Direction = Literal["up", "down"]
"""Whether more or less is better."""


class Indicator(Strict):
    """How it is measured: in words for a milestone; unit, baseline and goal for a target."""

    text: LocalText | None = Field(None, description=N_("The qualitative indicator."))
    unit: LocalText | None = Field(None, description=N_("The unit of measurement."))
    baseline: Number | None = Field(None, description=N_("Where it starts from."))
    goal: Number | None = Field(None, description=N_("What shall be reached."))
    direction: Direction | None = Field(
        None, description=N_("Whether more or less is better, where baseline and goal do not show it.")
    )

    @property
    def falls(self) -> bool:
        """Whether less is better: the goal lies below the baseline; where the two do not show it, as is stated."""
        if self.baseline is not None and self.goal is not None and self.baseline != self.goal:
            return self.baseline > self.goal
        return self.direction == "down"

    def reached(self, value: Decimal) -> bool | None:
        """Whether a value reaches the goal; None without a goal."""
        if self.goal is None:
            return None
        return value <= self.goal if self.falls else value >= self.goal


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

    plan_measure: Codes | None = Field(
        None, description=N_("The plan's measure, such as P3C2I1, or a list where it serves several.")
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
    label: Key | None = Field(
        None,
        description=N_("A short label by which updates name it; a document with the same label is its next version."),
    )
    uri: Address | None = Field(None, description=N_("Its web address, http or https."))
    archive: ArchiveReference | None = Field(
        None,
        description=N_("Where it is kept: a reference such as VN/1234/2024, or its path below the folder of evidence."),
    )
    date: Period | None = Field(None, description=N_("The document's date."))
    sha256: Sha256 | None = Field(None, description=N_("The SHA-256 of the file, so that it cannot be swapped."))
    covers: list[Key] | None = Field(None, min_length=1, description=N_("Which of the required pieces it covers."))

    @property
    def identity(self) -> str:
        """What makes it the same document: its label, else where it is, else its title."""
        return self.label or self.uri or self.archive or self.title


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
            "continues",
        }
        | {"instrument", "support", "coordinator", "verifier", "implementing_body"}
    )
    grows: ClassVar[frozenset[str]] = frozenset({"rrf", "evidence", "verified", "returned"})

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
    instrument: Annotated[str, ref("instrument")] | None = Field(
        None,
        description=N_(
            "Whose rules it is under; without it an RRF one is under those of the tracker's only instrument of the RRF."
        ),
    )
    support: Support | None = Field(None, description=N_("Whether a grant or a loan is paid for it."))
    coordinator: Annotated[str, ref("organisation")] | None = Field(
        None,
        description=N_("Who coordinates and answers to the Commission, such as the ministry that requests payment."),
    )
    verifier: Annotated[str, ref("organisation")] | None = Field(
        None, description=N_("Who verifies that it was reached, apart from those who carry it out.")
    )
    implementing_body: Annotated[str, ref("organisation")] | None = Field(
        None, description=N_("Who carries it out and reports on it, such as the authority that grants the aid.")
    )
    depends_on: list[Annotated[str, ref("milestone", onward=True)]] | None = Field(
        None, min_length=1, description=N_("Milestones that must be reached first.")
    )
    continues: Annotated[str, ref("milestone", onward=True)] | None = Field(
        None, description=N_("The stage before it, of a target that counts on from another one.")
    )
    expected: Period | None = Field(
        None, description=N_("When those who do it expect it to be reached: a forecast, which moves no deadline.")
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
    """A dated word on a milestone; `verified` and `returned` say what became of evidence that was brought before.

    The day is the update's, the body the one that decided it or said it, and the reason the update's.
    """

    verified: list[Key] | None = Field(
        None,
        min_length=1,
        description=N_("Evidence that was verified: labels of documents, or keys of the required pieces they cover."),
    )
    returned: list[Key] | None = Field(
        None,
        min_length=1,
        description=N_("Evidence that was returned: labels of documents, or keys of the required pieces they cover."),
    )

    # Without None in its type, since a record is always of some type: null cannot clear it.
    type: MilestoneType = Field(
        default_factory=lambda: cast("MilestoneType", None),
        description=N_("What it is from now on: a decision may make a target of a milestone, and the reverse."),
    )


class Milestone(Record, MilestoneFields):
    """A milestone or target and its updates; the file is `data/milestones/<id>.yaml`."""

    @property
    def instalment(self) -> int | None:
        """The instalment that it belongs to, of one of the RRF where it is known."""
        return self.rrf.instalment if self.rrf is not None else None

    type: MilestoneType = Field(
        description=N_("What it is: an RRF milestone or target, a monitoring step, or national.")
    )
    updates: list[MilestoneUpdate] | None = Field(
        None, min_length=1, description=N_("Dated updates, the oldest first.")
    )
