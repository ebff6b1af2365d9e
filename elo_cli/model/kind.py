"""What a kind of record is: its models, folder, names and columns, and the references and texts in its data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from elo_cli.model.records.base import Record, Update
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
