"""A mapping file: which column of a table is which field of a record, and how its cells are to be read."""

import re
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from elo_cli.model.kinds import KindName
from elo_cli.model.records.base import Strict
from elo_cli.model.records.vocabulary import InstrumentRules
from elo_cli.model.shape import Shape
from elo_cli.model.values import LanguageCode, LocalText

PLACE: Final = re.compile(r"\{(?P<column>[a-z][a-z0-9_]*)\}")
DELIMITER: Final = r"^[\t !#-~]$"
SOURCE: Final = "source"
"""The place in a template that stands for the document that the table is taken from."""
DECISION: Final = "decision"
"""The place that stands for the document that --decided-by names, which the table’s contents come from."""
PROVENANCE: Final = frozenset({SOURCE, DECISION})
"""Places that no column of the table fills."""


class MappedColumn(Strict):
    """A column by the heads that it has had; a table without an optional one is read all the same."""

    heads: list[str] = Field(min_length=1)
    optional: bool = False


class MappedTable(Strict):
    """How the file is to be read where it does not say so itself."""

    delimiter: str | None = Field(None, pattern=DELIMITER)
    encoding: str | None = None
    sheet: str | None = None


class Numbers(Strict):
    """The signs of the table's numbers: `42.300.000,00` has a comma for decimals and points for thousands."""

    decimal: Literal[".", ","] = "."
    thousands: Literal["", ".", ",", " ", "'"] = ""


class Taken(Strict):
    """A field's value: a template of columns, and what is made of it."""

    take: str = Field(min_length=1, max_length=500)
    map: dict[str, str] | None = None
    """Words of the table to words of the record; a word that is not here is refused."""
    shared_map: str | None = None
    """The name of one of the mapping's `maps`, for words that several fields need."""
    form: Literal["id", "paragraphs", "quarter"] | None = None
    """`id` makes an id of the text, `paragraphs` keeps its line breaks, `quarter` reads `4 2021` as a quarter too;
    the field's type decides the rest."""
    match: str | None = Field(None, max_length=200)
    """A pattern (`store.tables.patterns`): only the word that fits it is taken; nothing where none does."""
    split: str | None = Field(None, min_length=1, max_length=5)
    """Where the cell holds several values of a list: the sign between them."""
    unit: Literal["€", "k€", "M€"] = "€"
    """What an amount of money is counted in."""
    language: LanguageCode | None = None
    instead: LocalText | None = None
    """What stands in the other languages of a text that the table has in `language` alone."""
    known: bool = False
    """Of ids: only those of records that there are; an unknown one is passed over, and refuses no row."""
    when: dict[str, list[str]] | None = None
    """The field is taken only where each of these columns holds one of these words."""


AnyColumn = Annotated[
    MappedColumn, BeforeValidator(lambda value: {"heads": value} if isinstance(value, list) else value)
]
"""A column, for which a list of heads is enough."""
AnyTaken = Annotated[Taken, BeforeValidator(lambda value: {"take": value} if isinstance(value, str) else value)]
"""A value, for which a template is enough."""
Fields = Annotated[dict[str, AnyTaken], Field(min_length=1)]


class RecordRule(Strict):
    """The records of one kind that the table holds: several rows of one id are one record."""

    kind: KindName
    id: AnyTaken
    owns: str | None = Field(None, max_length=200)
    """A pattern of the ids that this table is the source of; what it no longer has is listed as gone."""
    when: dict[str, list[str]] | None = None
    fields: Fields


class UpdateRule(Strict):
    """Each row that says something is an update of the record that it names."""

    id: AnyTaken
    date: str | None = None
    fields: Fields


class Promise(Strict):
    """What a changed promise says of itself when the command does not say otherwise."""

    reason: LocalText | None = None
    decided_by: str | None = None


class Mapping(Strict):
    """A mapping file; `format: 1` keeps older ones readable when the model moves on."""

    format: Literal[1]
    title: LocalText
    language: LanguageCode | None = None
    """The language of the table's texts; the tracker's first one where the mapping is silent."""
    table: MappedTable = Field(default_factory=MappedTable)
    empty: list[str] = Field(default_factory=list)
    """Words that stand for an empty cell."""
    numbers: Numbers = Field(default_factory=Numbers)
    dates: Literal["day-first", "month-first"] = "day-first"
    rules: InstrumentRules | None = None
    """The rules that the table’s milestones are under: an instrument with them is made where the tracker has none."""
    source: str | None = None
    """The id of the document that the table is, when --source does not name another."""
    is_decision: bool = False
    """Whether the table is a decision itself: where --decided-by names no document, {decision} is the source."""
    promise: Promise = Field(default_factory=Promise)
    complete: bool = False
    """Whether `columns` are all that the table has: another one that is filled in is refused, not passed over."""
    maps: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Maps that several fields share, by name."""
    columns: dict[str, AnyColumn] = Field(min_length=1, max_length=200)
    records: list[RecordRule] | None = Field(None, min_length=1, max_length=20)
    updates: UpdateRule | None = None


def field_shape(shape: Shape, name: str) -> Shape | None:
    """The shape of a field by its name with points, through lists of mappings; None when there is no such field."""
    current: Shape | None = shape
    for part in name.split("."):
        if current is not None and current.item is not None and current.item.form == "model" and current.form == "list":
            current = current.item
        current = current.step(part) if current is not None and current.form != "texts" else None
    return current
