"""The one table of kinds: models, folders, names, columns and examples; and a kind by its name, folder or path."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from elo_cli.model.errors import N_, nN_
from elo_cli.model.finding import Phrase
from elo_cli.model.kind import VOCABULARY_FOLDER, Kind, KindNames, Reference
from elo_cli.model.records.base import Record
from elo_cli.model.records.funding import Funding, FundingUpdate
from elo_cli.model.records.measure import Measure, MeasureUpdate
from elo_cli.model.records.meeting import Meeting, MeetingUpdate
from elo_cli.model.records.milestone import Milestone, MilestoneUpdate
from elo_cli.model.records.request import PaymentRequest, PaymentRequestUpdate
from elo_cli.model.records.vocabulary import (
    Document,
    Function,
    Goal,
    GoalUpdate,
    Instrument,
    InstrumentUpdate,
    Organisation,
    OrganisationUpdate,
    Programme,
)
from elo_cli.model.shape import KEYS

_STRATEGY: Final = "strategy-document"
_BODY: Final = "lead-ministry"


def _page(number: int) -> list[Mapping[str, object]]:
    """The source of an example."""
    return [{"document": _STRATEGY, "page": number}]


_RECORDS: Final = (
    Kind(
        "measure",
        "measures",
        Measure,
        MeasureUpdate,
        KindNames(
            N_("measure"),
            N_("a measure"),
            N_("Measures"),
            nN_("{n} measure", "{n} measures"),
            nN_("{n} new measure", "{n} new measures"),
        ),
        N_("The measures, as they stand on the day."),
        columns=("status", "responsible", "period"),
        sheets=("roles",),
        example={
            "id": "first-measure",
            "key": True,
            "name": Phrase(N_("First measure")),
            "goal": "first-goal",
            "programmes": ["first-programme"],
            "responsible": [_BODY],
            "lead": _BODY,
            "period": "{year}/{later}",
            "status": "planned",
            "sources": _page(1),
        },
    ),
    Kind(
        "funding",
        "funding",
        Funding,
        FundingUpdate,
        KindNames(
            N_("funding line"),
            N_("a funding line"),
            N_("Funding lines"),
            nN_("{n} funding line", "{n} funding lines"),
            nN_("{n} new funding line", "{n} new funding lines"),
            sheet=N_("Funding"),
        ),
        N_("The funding lines, as they stand on the day."),
        columns=("stage", "amount", "instrument", "period"),
        rare_columns=("support",),
        sheets=("shares",),
        owners=("shares", "proposed_by"),
        example={
            "id": "first-funding",
            "name": Phrase(N_("Money for the first measure")),
            "measures": ["first-measure"],
            "instrument": "national-budget",
            "stage": "granted",
            "amount": "1.5 M€",
            "basis": "total",
            "period": "{year}/{later}",
            "sources": _page(2),
        },
    ),
    Kind(
        "milestone",
        "milestones",
        Milestone,
        MilestoneUpdate,
        KindNames(
            N_("milestone"),
            N_("a milestone"),
            N_("Milestones"),
            nN_("{n} milestone", "{n} milestones"),
            nN_("{n} new milestone", "{n} new milestones"),
        ),
        N_("The milestones and targets, as they stand on the day."),
        columns=("due", "status", "responsible"),
        rare_columns=("support",),
        sheets=("evidence",),
        owners=("coordinator", "verifier", "implementing_body"),
        example={
            "id": "first-milestone",
            "type": "national",
            "name": Phrase(N_("The service is in use")),
            "measures": ["first-measure"],
            "due": "{next}-Q4",
            "responsible": [_BODY],
            "lead": _BODY,
            "sources": _page(3),
            "updates": [
                {
                    # Not today: a second word of the same day could contradict it.
                    "date": "{month_ago}",
                    "by": _BODY,
                    "status": "in-progress",
                    "confidence": "on-track",
                    "note": Phrase(N_("The work has begun.")),
                }
            ],
        },
    ),
    Kind(
        "meeting",
        "meetings",
        Meeting,
        MeetingUpdate,
        KindNames(
            N_("meeting"),
            N_("a meeting"),
            N_("Meetings"),
            nN_("{n} meeting", "{n} meetings"),
            nN_("{n} new meeting", "{n} new meetings"),
        ),
        N_("The meetings, as they stand on the day."),
        columns=("type", "date"),
        rare_columns=("series",),
        owners=("organisers",),
        example={
            "id": "first-meeting",
            "type": "forum",
            "name": Phrase(N_("Meeting of the forum")),
            "date": "{next}-spring",
            "organisers": [_BODY],
            "agenda": {"overview": Phrase(N_("How the measures stand"))},
            "sources": _page(4),
        },
    ),
    Kind(
        "request",
        "requests",
        PaymentRequest,
        PaymentRequestUpdate,
        KindNames(
            N_("payment request"),
            N_("a payment request"),
            N_("Payment requests"),
            nN_("{n} payment request", "{n} payment requests"),
            nN_("{n} new payment request", "{n} new payment requests"),
        ),
        N_("The payment requests, as they stand on the day."),
        columns=("number", "instrument", "support", "amount"),
        sheets=("questions",),
    ),
)
_VOCABULARIES: Final = (
    Kind(
        "goal",
        "goals",
        Goal,
        GoalUpdate,
        KindNames(
            N_("goal"), N_("a goal"), N_("Goals"), nN_("{n} goal", "{n} goals"), nN_("{n} new goal", "{n} new goals")
        ),
        N_("The goals of the strategy."),
        columns=("type",),
        example={"id": "first-goal", "type": "strategic-goal", "name": Phrase(N_("First goal")), "sources": _page(1)},
        vocabulary=True,
    ),
    Kind(
        "organisation",
        "organisations",
        Organisation,
        OrganisationUpdate,
        KindNames(
            N_("organisation"),
            N_("an organisation"),
            N_("Organisations"),
            nN_("{n} organisation", "{n} organisations"),
            nN_("{n} new organisation", "{n} new organisations"),
        ),
        N_("The organisations."),
        columns=("abbreviation", "type"),
        example={"id": _BODY, "type": "ministry", "name": Phrase(N_("The ministry in the lead")), "sources": _page(1)},
        vocabulary=True,
        sourced=False,
    ),
    Kind(
        "programme",
        "programmes",
        Programme,
        None,
        KindNames(
            N_("programme"),
            N_("a programme"),
            N_("Programmes"),
            nN_("{n} programme", "{n} programmes"),
            nN_("{n} new programme", "{n} new programmes"),
        ),
        N_("The programmes that measures belong to."),
        example={"id": "first-programme", "name": Phrase(N_("First programme")), "sources": _page(1)},
        vocabulary=True,
        sourced=False,
    ),
    Kind(
        "instrument",
        "instruments",
        Instrument,
        InstrumentUpdate,
        KindNames(
            N_("instrument"),
            N_("an instrument"),
            N_("Instruments"),
            nN_("{n} instrument", "{n} instruments"),
            nN_("{n} new instrument", "{n} new instruments"),
        ),
        N_("Where money comes from."),
        columns=("rules", "last_day"),
        example={"id": "national-budget", "name": Phrase(N_("State budget")), "sources": _page(2)},
        vocabulary=True,
    ),
    Kind(
        "document",
        "documents",
        Document,
        None,
        KindNames(
            N_("document"),
            N_("a document"),
            N_("Source documents"),
            nN_("{n} document", "{n} documents"),
            nN_("{n} new document", "{n} new documents"),
            sheet=N_("Documents"),
        ),
        N_("The documents that facts are taken from."),
        columns=("date", "publisher", "reference"),
        example={"id": _STRATEGY, "date": "{two_months_ago}", "publisher": _BODY, "sources": [{"document": _STRATEGY}]},
        vocabulary=True,
        sourced=False,
    ),
    Kind(
        "function",
        "functions",
        Function,
        None,
        KindNames(
            N_("function"),
            N_("a function"),
            N_("Functions"),
            nN_("{n} function", "{n} functions"),
            nN_("{n} new function", "{n} new functions"),
        ),
        N_("The functions of the support structure."),
        example={"id": "coordination", "name": Phrase(N_("Coordination")), "sources": _page(1)},
        vocabulary=True,
        sourced=False,
    ),
)
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in (*_RECORDS, *_VOCABULARIES)}
"""Every kind by its name."""
BY_FOLDER: Final[Mapping[str, Kind]] = {kind.folder: kind for kind in KINDS.values()}
"""Every kind by its folder, or by the vocabulary file's name without .yaml."""
KIND_OF: Final[Mapping[type[Record], Kind]] = {kind.record: kind for kind in KINDS.values()}
"""Every kind by the model of its records."""
RECORD_KINDS: Final = _RECORDS
FOLDERS: Final = (*(kind.folder for kind in RECORD_KINDS), VOCABULARY_FOLDER)
"""The folders below a data folder that are read; nothing lies deeper."""
VOCABULARIES: Final = _VOCABULARIES
if TYPE_CHECKING:
    KindName = str
else:
    KindName = Literal[tuple(KINDS)]
"""The name of a kind, for pydantic and the schemas of answers, which know the words from the table above."""


def id_at(path: str) -> str:
    """The id that the name of a file gives its record."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def kind_at(path: str) -> Kind | None:
    """The kind of record that a file below the data folder holds; None for one that holds none."""
    folder, _, name = path.rpartition("/")
    among = folder == VOCABULARY_FOLDER
    kind = BY_FOLDER.get(name.removesuffix(".yaml") if among else folder) if name.endswith(".yaml") else None
    return kind if kind is not None and kind.vocabulary == among else None


@cache
def referring() -> frozenset[str]:
    """The names of the fields that hold the id of another record, or several."""
    return frozenset(reference.field.rpartition(".")[2] for reference in _references() if reference.path[-1] != KEYS)


@cache
def keyed_by_ids() -> frozenset[str]:
    """The names of the fields that hold a map whose keys are ids of other records."""
    return frozenset(reference.path[-2] for reference in _references() if reference.path[-1] == KEYS)


def _references() -> Iterator[Reference]:
    return (reference for kind in KINDS.values() for reference in kind.references)
