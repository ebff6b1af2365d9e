"""The one table of kinds: models, folders, names, columns and examples; whoever needs to know a kind asks here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.model.finding import Phrase
from elo_cli.model.records.base import Record, Update
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
from elo_cli.model.shape import EACH, KEYS, TEXT, Shape, shape_of

VOCABULARY_FOLDER: Final = "vocabulary"


class Reference(NamedTuple):
    """A place in a kind's data whose text is an id: the path to it and the kinds that it may name."""

    path: tuple[str, ...]
    kinds: tuple[str, ...]
    onward: bool
    """Whether it says before or above, and so may never lead back to where it began."""

    @property
    def field(self) -> str:
        """The field's name as a person would say it: `roles.organisation`, `updates.lead`."""
        return ".".join(part for part in self.path if part not in {EACH, KEYS})


class KindNames(NamedTuple):
    """What a kind is called, as msgids."""

    one: str
    """As a label: `funding line`."""
    a: str
    """In a sentence: `a funding line`."""
    many: str
    """As a heading: `Funding lines`."""
    counted: tuple[str, str]
    """Counted: `{n} funding line` and its plural."""
    new: tuple[str, str]
    """Counted when they are new: `{n} new funding line` and its plural."""
    sheet: str = ""
    """As the name of a sheet, where the heading would be long."""


def _tree(leaves: Iterable[tuple[tuple[str, ...], object]]) -> dict[str, Any]:
    """Paths as nested dicts; under "" stands what a path leads to."""
    tree: dict[str, Any] = {}
    for path, leaf in leaves:
        node = tree
        for part in path:
            node = node.setdefault(part, {})
        node[""] = leaf
    return tree


@dataclass(eq=False, repr=False)
class Kind:
    """One kind of record: all that the rest of elo must know of it; a vocabulary is a folder of one file."""

    name: str
    folder: str
    """Its folder below the data folder and in the pages of the site; of a vocabulary, the file without .yaml."""
    record: type[Record]
    update: type[Update] | None
    names: KindNames
    about: str
    """What a table of all its records holds, as a msgid."""
    columns: tuple[str, ...] = ()
    """The fields that a list shows beside id and name."""
    rare_columns: tuple[str, ...] = ()
    """Further ones, which a list shows where one of its rows has them."""
    sheets: tuple[str, ...] = ()
    """The fields whose entries are a sheet of their own in a workbook."""
    owners: tuple[str, ...] = ()
    """Fields with organisations that answer for a record, besides the lead and those responsible."""
    example: Mapping[str, object] | None = None
    """A record for a new tracker, in plain values: texts are Phrase, `{year}` and the like are put in.

    Without a name it is called as the tracker is.
    """
    vocabulary: bool = False
    sourced: bool = True
    """Whether its records state facts, and so need sources."""

    def __repr__(self) -> str:
        """The kind's name, for a debugger."""
        return f"<Kind {self.name}>"

    @property
    def promises(self) -> bool:
        """Whether one waits to hear what became of its records; a vocabulary only says what things are called."""
        return self.update is not None and not self.vocabulary

    @property
    def schema(self) -> str:
        """The name of the schema of its files."""
        return f"vocabulary-{self.folder}" if self.vocabulary else self.name

    @property
    def first_line(self) -> str:
        """The first line of its files, by which an editor finds the schema."""
        return f"# yaml-language-server: $schema=../../schemas/{self.schema}.schema.json"

    @cached_property
    def shape(self) -> Shape:
        """What a record of this kind may hold."""
        return shape_of(self.record)

    @cached_property
    def file(self) -> Shape:
        """What a file of this kind may hold: a record, or the entries of a vocabulary by id."""
        return Shape("map", key=TEXT, item=self.shape) if self.vocabulary else self.shape

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every place in this kind's data that names another record."""
        return tuple(
            Reference(path, place.kinds, place.onward) for path, place in self.shape.places() if place.form == "id"
        )

    @cached_property
    def reference_tree(self) -> dict[str, Any]:
        """The references by the parts of their paths, as nested dicts, so that one walk of the data finds them all."""
        return _tree((reference.path, reference) for reference in self.references)

    @cached_property
    def text_tree(self) -> dict[str, Any]:
        """The same for texts by language."""
        return _tree((path, place) for path, place in self.shape.places() if place.form == "texts")

    def path(self, record_id: str = "<id>") -> str:
        """The file of a record of this kind, below the data folder."""
        return f"{VOCABULARY_FOLDER}/{self.folder}.yaml" if self.vocabulary else f"{self.folder}/{record_id}.yaml"

    @cached_property
    def changeable(self) -> tuple[str, ...]:
        """The fields that an update of this kind may set, in the model's order."""
        if self.update is None:
            return ()
        return tuple(name for name in self.update.model_fields if name not in Update.meta_fields)


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
