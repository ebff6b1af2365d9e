"""The kinds of record, where their files lie, and which of their fields refer to which kinds."""

import types
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Final, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from elo_cli.model.base import Record, Update
from elo_cli.model.funding import Funding, FundingUpdate
from elo_cli.model.measure import Measure, MeasureUpdate
from elo_cli.model.meeting import Meeting, MeetingUpdate
from elo_cli.model.milestone import Milestone, MilestoneUpdate
from elo_cli.model.values import ByLanguage, Ref
from elo_cli.model.vocabulary import Document, Function, Goal, Instrument, Organisation, Programme

M = TypeVar("M")

EACH: Final = "*"
"""In a reference's path: every item of a list, or every value of a map."""
KEYS: Final = "<keys>"
"""In a reference's path: the keys of the map themselves are ids."""


class Reference(NamedTuple):
    """A place in a kind's data whose text is an id: the path to it and the kinds that it may name."""

    path: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def field(self) -> str:
        """The field's name as a person would say it: `roles.organisation`, `updates.lead`."""
        return ".".join(part for part in self.path if part not in {EACH, KEYS})


class Kind:
    """One kind of record: its name, its folder, its models; a vocabulary is a folder of one file."""

    def __init__(
        self, name: str, folder: str, record: type[Record], update: type[Update] | None, *, vocabulary: bool = False
    ) -> None:
        """Tie the names that people use to the models that read the files."""
        self.name = name
        self.folder = folder
        self.record = record
        self.update = update
        self.vocabulary = vocabulary

    def __repr__(self) -> str:
        """The kind's name, for a debugger."""
        return f"<Kind {self.name}>"

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every place in this kind's data that names another record, found in the models' own marks."""
        return tuple(Reference(path, mark.kinds) for path, mark in _marked(self.record, (), Ref))

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The path to every text by language in this kind's data, found in the models' own marks."""
        return tuple(path for path, _ in _marked(self.record, (), ByLanguage))

    @property
    def file_hint(self) -> str:
        """Where a record of this kind lies, below the data folder."""
        return f"vocabulary/{self.folder}.yaml" if self.vocabulary else f"{self.folder}/<id>.yaml"

    @cached_property
    def changeable(self) -> tuple[str, ...]:
        """The fields that an update of this kind may set, in the model's order."""
        if self.update is None:
            return ()
        return tuple(name for name in self.update.model_fields if name not in Update.meta_fields)


_RECORDS: Final = (
    Kind("measure", "measures", Measure, MeasureUpdate),
    Kind("funding", "funding", Funding, FundingUpdate),
    Kind("milestone", "milestones", Milestone, MilestoneUpdate),
    Kind("meeting", "meetings", Meeting, MeetingUpdate),
)
_VOCABULARIES: Final = (
    Kind("goal", "goals", Goal, None, vocabulary=True),
    Kind("organisation", "organisations", Organisation, None, vocabulary=True),
    Kind("programme", "programmes", Programme, None, vocabulary=True),
    Kind("instrument", "instruments", Instrument, None, vocabulary=True),
    Kind("document", "documents", Document, None, vocabulary=True),
    Kind("function", "functions", Function, None, vocabulary=True),
)
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in (*_RECORDS, *_VOCABULARIES)}
"""Every kind by its name."""
BY_FOLDER: Final[Mapping[str, Kind]] = {kind.folder: kind for kind in KINDS.values()}
"""Every kind by its folder, or by the vocabulary file's name without .yaml."""
RECORD_KINDS: Final = _RECORDS
VOCABULARIES: Final = _VOCABULARIES


def _marked(model: type[BaseModel], path: tuple[str, ...], mark: type[M]) -> Iterator[tuple[tuple[str, ...], M]]:
    """Every place in a model whose type carries a mark of this class, with the mark."""
    for name, info in model.model_fields.items():
        # pydantic takes the outermost Annotated apart and keeps its marks here.
        for found in info.metadata:
            if isinstance(found, mark):
                yield (*path, name), found
        yield from _in_type(info.annotation, (*path, name), mark)


def _in_type(
    annotation: Any,  # noqa: ANN401 - a type of any form
    path: tuple[str, ...],
    mark: type[M],
) -> Iterator[tuple[tuple[str, ...], M]]:
    origin = get_origin(annotation)
    arguments = get_args(annotation)
    if origin is Annotated:
        for found in arguments[1:]:
            if isinstance(found, mark):
                yield path, found
        yield from _in_type(arguments[0], path, mark)
    elif origin is list:
        yield from _in_type(arguments[0], (*path, EACH), mark)
    elif origin is dict:
        yield from _in_type(arguments[0], (*path, KEYS), mark)
        yield from _in_type(arguments[1], (*path, EACH), mark)
    elif origin in {Union, types.UnionType}:
        for part in arguments:
            yield from _in_type(part, path, mark)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _marked(annotation, path, mark)
