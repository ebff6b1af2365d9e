"""The answers of the reading verbs as JSON: the contract that other programs rely on (DESIGN section 5).

One truth: these types say what each verb writes after `--format json`; `schemas/output/` is made from them, and a test
holds every verb to it. A record's own fields are not repeated here: they follow from the model (`answer_schemas`).
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, NamedTuple, TypedDict

from elo_cli.model.finding import Level
from elo_cli.model.kinds import KindName
from elo_cli.model.records.funding import Basis, Stage
from elo_cli.model.records.measure import Confidence, Status
from elo_cli.tracking.day.timing import TimingWord


@dataclass(frozen=True, slots=True, eq=False)
class WithSchema:
    """The JSON Schema of a type that Python's own types do not say exactly; a mark is equal to itself only."""

    schema: dict[str, Any]


class Doc(NamedTuple):
    """What a field means."""

    text: str


class Records(NamedTuple):
    """Stands for what the models say of a record: its present state, its promise, or an update."""

    form: Literal["state", "promise", "update"]
    kinds: tuple[str, ...] = ()
    """The kinds that it may be of; none for every kind."""


Euros = Annotated[str, WithSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"})]
"""Euros as a plain decimal without trailing zeros: `"24300000"`."""
Day = Annotated[str, WithSchema({"type": "string", "format": "date"})]
"""A day: `2021-12-03`."""
Texts = Annotated[
    dict[str, str],
    WithSchema(
        {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Z]{2})?$"},
            "additionalProperties": {"type": "string"},
        }
    ),
]
"""A text by language."""
State = Annotated[dict[str, Any], Records("state")]
Promise = Annotated[dict[str, Any], Records("promise")]
Word = Annotated[dict[str, Any], Records("update")]


class Period(TypedDict):
    """A stretch of days."""

    text: Annotated[str, Doc("As it is written: 2021-Q4.")]
    start: Annotated[Day, Doc("The first day.")]
    end: Annotated[Day | None, Doc("The last day; null when it is open.")]


class Head(TypedDict):
    """What every answer begins with."""

    schema: Annotated[str, Doc("The answer's name and version: elo/<verb>/1.")]
    as_of: Annotated[Day | None, Doc("The day that the answer is for; null where no day matters.")]
    rev: Annotated[str | None, Doc("The git revision that was read; null for the files as they are.")]
    incomplete: Annotated[list[str], Doc("Paths of files that could not be read whole.")]


class MoneyAt(TypedDict):
    """The money of one instrument at one stage on one basis."""

    instrument: str | None
    stage: Stage
    basis: Basis | None
    amount: Annotated[Euros | None, Doc("Null when no line states an amount, which is never 0.")]
    lines: Annotated[int, Doc("How many lines the amount is made of.")]
    unstated: Annotated[int, Doc("How many further lines state no amount.")]
    approximate: Annotated[bool, Doc("Whether a line of it is “about”.")]
    shared: Annotated[bool, Doc("Whether it is for other measures too.")]


class NextDue(TypedDict):
    """The earliest milestone of a measure that is not done."""

    id: str
    name: Texts | None
    due: Period
    days: Annotated[int | None, Doc("Days to its last day, negative when it has passed.")]


class LastWord(TypedDict):
    """When something was last heard, a note included."""

    date: Annotated[Period, Doc("The day, or the period where the source names no day.")]
    record: Annotated[str, Doc("The record that the update stands in.")]


class MeasureStanding(TypedDict):
    """What status says of a measure beside its fields."""

    next_due: NextDue | None
    timing: TimingWord | None
    last_word: Annotated[LastWord | None, Doc("The last update on the measure, its milestones or its money.")]
    state_as_of: Annotated[Period | None, Doc("The day of the update, or of the promise, that set the status.")]
    funding: list[MoneyAt]


class GoalStanding(TypedDict):
    """A goal and the measures that serve it."""

    id: Annotated[str | None, Doc("Null for the measures without a goal.")]
    name: Texts | None
    measures: list[Annotated[MeasureStanding, Records("state", ("measure",))]]


class StatusTotals(TypedDict):
    """The strategy in numbers."""

    measures: int
    key_measures: int
    status: Annotated[dict[str, int], Doc("How many measures have each status; “unstated” for none.")]
    milestones: Annotated[dict[str, int], Doc("How many milestones have each timing; “undated” without a due.")]
    last_word: Period | None
    funding: list[MoneyAt]


class StatusAnswer(TypedDict):
    """`elo status`."""

    goals: list[GoalStanding]
    totals: StatusTotals


class ListAnswer(TypedDict):
    """`elo list`."""

    records: list[State]


class Link(TypedDict):
    """A reference by the field that makes it."""

    field: str
    id: str
    kind: Annotated[KindName | None, Doc("Null when the record is not there.")]


class CorrectionValue(TypedDict):
    """A field that had been written down wrongly."""

    date: Period
    field: str
    was: Any
    reason: Texts


class ShowAnswer(TypedDict):
    """`elo show`."""

    record: State
    promise: Annotated[Promise, Doc("What was promised: only what is stated.")]
    updates: Annotated[list[Word], Doc("Every update, each with what it says only.")]
    corrections: list[CorrectionValue]
    links: list[Link]
    backlinks: list[Link]


class DeadlineRow(TypedDict):
    """A day that something is waited for on."""

    id: str
    kind: Literal["milestone", "meeting", "instrument"]
    item: Annotated[str | None, Doc("For an instrument, which of its days.")]
    name: Texts
    due: Period
    end: Annotated[Day | None, Doc("The last day that counts: of the due, or the instrument's when that is earlier.")]
    timing: TimingWord
    days: Annotated[int | None, Doc("Days to the last day, negative when it has passed; null for an open due.")]
    measures: list[str]
    responsible: list[str]
    responsible_from: Annotated[
        Literal["record", "measures"] | None, Doc("Whether the record names them or only its measures.")
    ]
    promised: Annotated[Period | None, Doc("The due of the promise, when an update has moved it.")]
    slip: Annotated[int | None, Doc("By how many days it has moved, positive when later.")]
    reason: Texts | None
    decided_by: str | None
    status: Status | None
    confidence: Confidence | None


class DeadlinesAnswer(TypedDict):
    """`elo deadlines`."""

    until: Annotated[Day | None, Doc("The last day of the window; null for all that is to come.")]
    later: Annotated[int, Doc("How many come after the window.")]
    deadlines: list[DeadlineRow]


class FundingRow(TypedDict):
    """One sum: the lines of one key at one stage on one basis."""

    key: Annotated[
        str | None,
        Doc("The instrument, stage, measure or organisation; “shared” for lines of several measures; null for none."),
    ]
    basis: Annotated[Basis | None, Doc("Null for amounts of which it is not stated, which are added to neither.")]
    stage: Stage
    amount: Annotated[Euros | None, Doc("Null when no line states an amount, which is never 0.")]
    lines: Annotated[int, Doc("How many lines the amount is made of.")]
    unstated: Annotated[int, Doc("How many further lines state no amount.")]
    promised: Annotated[Euros | None, Doc("What lines stated for this key, stage and basis when they were written.")]
    approximate: Annotated[bool, Doc("Whether a line of either sum is “about”.")]
    inferred: Annotated[int, Doc("Of how many lines the stage or the basis was inferred.")]
    overlapping: Annotated[int, Doc("How many lines may hold the same money as another top line.")]
    older: Annotated[int, Doc("How many lines are money of a time before the strategy’s.")]


class WholeRow(TypedDict):
    """A line with parts, compared with those on its own basis and at its own stage."""

    id: str
    depth: Annotated[int, Doc("0 for a line that is no part itself.")]
    amount: Euros | None
    basis: Basis | None
    stage: Stage
    approximate: bool
    parts_approximate: Annotated[bool, Doc("Whether a part that is itemised is “about”.")]
    parts: list[str]
    parts_amount: Annotated[Euros | None, Doc("The sum of the parts themselves.")]
    itemised: Annotated[Euros | None, Doc("The sum of the smallest lines.")]
    difference: Annotated[Euros | None, Doc("How much of the amount is not itemised.")]
    exceeds: Annotated[bool, Doc("Whether more is itemised than the amount.")]
    unstated: Annotated[int, Doc("How many parts state no amount.")]
    not_compared: Annotated[int, Doc("How many parts are on another basis or at another stage.")]


class StatedMoney(TypedDict):
    """What a line states of its money."""

    amount: Euros | None
    basis: Basis | None
    stage: Stage
    approximate: bool


class ChangedLine(TypedDict):
    """A line whose money is not what was promised."""

    id: str
    promised: StatedMoney
    now: StatedMoney


Overlap = TypedDict("Overlap", {"id": str, "with": list[str]})


class FundingAnswer(TypedDict):
    """`elo funding`."""

    by: Literal["instrument", "stage", "measure", "organisation"]
    rows: list[FundingRow]
    totals: Annotated[list[FundingRow], Doc("The same money by stage and basis only; the key is null.")]
    wholes: list[WholeRow]
    changes: Annotated[list[ChangedLine], Doc("Lines whose amount, basis or stage an update has changed.")]
    uncounted: Annotated[list[str], Doc("Lines whose money is not the strategy's.")]
    overlaps: Annotated[list[Overlap], Doc("Lines that may hold the same money; the sums hold each of them.")]


class FindingRow(TypedDict):
    """What a rule found."""

    path: str
    line: Annotated[int, WithSchema({"type": "integer", "minimum": 1})]
    column: Annotated[int, WithSchema({"type": "integer", "minimum": 1})]
    level: Level
    rule: str
    message: Annotated[str, Doc("In English.")]
    args: Annotated[dict[str, Any], Doc("The values in the message.")]
    record: str | None
    fingerprint: Annotated[str, Doc("Stays the same when lines move.")]


class CheckAnswer(TypedDict):
    """`elo check`."""

    findings: list[FindingRow]
    counts: dict[Level, int]


class RuleRow(TypedDict):
    """A rule of check."""

    id: str
    group: str
    level: Level
    message: Annotated[str, Doc("In English, with places for a finding's values.")]
    meaning: str
    remedy: str


class RulesAnswer(TypedDict):
    """`elo rules`."""

    rules: list[RuleRow]


class Spot(TypedDict):
    """A place in a file."""

    path: str
    line: Annotated[int, WithSchema({"type": "integer", "minimum": 1})]


class ChangeRow(TypedDict):
    """One change of meaning between two versions of a record."""

    id: str
    kind: Annotated[str, Doc("The record's kind; “tracker” for tracker.yaml.")]
    rule: Annotated[str, Doc("What the change is; a rewritten promise's begins with promise.")]
    level: Level
    field: Annotated[str | None, Doc("The field, with a point before what lies deeper; null for a whole record.")]
    old: Annotated[Any, Doc("The value before; null where there was none.")]
    new: Annotated[Any, Doc("The value now; null where there is none.")]
    wording: Annotated[bool, Doc("Whether only words differ, and no fact.")]
    message: Annotated[str, Doc("In English.")]
    base: Annotated[Spot | None, Doc("Where it stood; null where it did not stand.")]
    head: Annotated[Spot | None, Doc("Where it stands; null where it does not.")]
    fingerprint: Annotated[str, Doc("Stays the same from run to run, and when lines move.")]


class DiffAnswer(TypedDict):
    """`elo diff`."""

    clock: Annotated[
        Literal["recorded", "said"],
        Doc("Whether the base is a revision, or what had been said by a day because the history begins later."),
    ]
    base: Annotated[str | None, Doc("The commit that was compared with.")]
    head: Annotated[str | None, Doc("The commit that was compared; null for the files as they are.")]
    changes: list[ChangeRow]


class RecordingRow(TypedDict):
    """One commit of a record's life."""

    commit: Annotated[str | None, Doc("Null for what is not committed yet.")]
    date: Day | None
    author: str | None
    subject: str | None
    changes: list[ChangeRow]


class LogAnswer(TypedDict):
    """`elo log`."""

    id: str
    kind: str | None
    name: Texts | None
    recordings: list[RecordingRow]


class ImportedRow(TypedDict):
    """What happens to one record."""

    id: str
    kind: KindName
    action: Literal["new", "changed", "unchanged"]
    rows: Annotated[list[int], Doc("The rows that it comes from, as a spreadsheet numbers them.")]
    fields: Annotated[list[str], Doc("The fields that the update sets.")]


class RefusedRow(TypedDict):
    """A row that gives no record, or a part of one that cannot be read."""

    row: int
    column: Annotated[str | None, Doc("The head of the column; null for the row as a whole.")]
    id: str | None
    reason: Annotated[str, Doc("In English.")]


class ImportCounts(TypedDict):
    """The import in numbers."""

    new: int
    changed: int
    unchanged: int
    refused: int
    gone: int


class ImportAnswer(TypedDict):
    """`elo import`."""

    file: str
    sheet: str | None
    mapping: str
    written: bool
    rows: int
    counts: ImportCounts
    records: list[ImportedRow]
    refused: list[RefusedRow]
    gone: Annotated[list[str], Doc("Records that the table was the source of, and no longer has.")]
    deleted: list[str]


class TimelineMark(TypedDict):
    """A milestone on the line."""

    id: str
    name: Texts | None
    due: Period
    end: Annotated[Day, Doc("Its effective last day.")]
    promised: Annotated[Period | None, Doc("The due of the promise.")]
    timing: TimingWord
    status: Status | None


class TimelineLane(TypedDict):
    """A measure with its milestones; milestones that belong to none have a lane with null."""

    id: str | None
    name: Texts | None
    period: Period | None
    promised: Annotated[Period | None, Doc("The period of the promise.")]
    status: Status | None
    milestones: list[TimelineMark]


class TimelineAnswer(TypedDict):
    """`elo timeline`."""

    first: Annotated[Day, Doc("Where the axis begins.")]
    last: Annotated[Day, Doc("Where it ends.")]
    lanes: list[TimelineLane]
    undated: Annotated[list[str], Doc("Measures and milestones without a date, which no line can show.")]


ANSWERS: Final[dict[str, type]] = {
    "status": StatusAnswer,
    "list": ListAnswer,
    "show": ShowAnswer,
    "check": CheckAnswer,
    "rules": RulesAnswer,
    "deadlines": DeadlinesAnswer,
    "funding": FundingAnswer,
    "diff": DiffAnswer,
    "log": LogAnswer,
    "import": ImportAnswer,
    "timeline": TimelineAnswer,
}
"""The payload of each verb that answers in JSON."""
