"""From a row of a table to the plain values of a record's fields, by a mapping and the types of the model."""

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, NamedTuple, cast

from elo_cli.model.characters import short
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.money import plain_decimal
from elo_cli.model.shape import Shape
from elo_cli.model.values import ID_PATTERN
from elo_cli.model.words import known_words
from elo_cli.store.edit.values import ValueReader
from elo_cli.store.skeleton import slug
from elo_cli.store.tables.cells import CellProblem, number_of, period_of, plain_number, text_of
from elo_cli.store.tables.heads import Located
from elo_cli.store.tables.mapping import DECISION, PLACE, PROVENANCE, SOURCE, Mapping, Taken, field_shape
from elo_cli.store.tables.patterns import word_of
from elo_cli.store.tables.rows import MAX_CELL, Row, letters_of
from elo_cli.store.yaml.strict import Plain
from elo_cli.tracking.importing.nearest import nearest_day, nearest_number

PERIOD: Final = Shape("period")
MOST_ITEMS: Final = 1_000
"""Items of a list that one cell, or the rows of one id, may bring."""
_NUMBERS: Final = frozenset({"integer", "number"})
_ID: Final = re.compile(ID_PATTERN)
_YES: Final = frozenset({"true", "yes", "x", "1", "sì", "kyllä", "ja"})
_NO: Final = frozenset({"false", "no", "0", "ei", "nej"})


class RowReader:
    """Reads the rows of one table as its mapping says."""

    def __init__(
        self,
        mapping: Mapping,
        located: Located,
        languages: Sequence[str],
        documents: Map[str, str | None],
        reading: ValueReader,
    ) -> None:
        """Read texts for a tracker of these languages, as the first where the mapping is silent.

        `documents` fill the places that no column fills: SOURCE and DECISION. `reading` understands what people write.
        """
        self.reading = reading
        self.mapping = mapping
        self.located = located
        self.language = mapping.language or languages[0]
        self.languages = languages
        self.documents = {SOURCE: documents.get(SOURCE) or "", DECISION: documents.get(DECISION) or ""}
        self._empty = {_plain(word) for word in mapping.empty}
        self._row: Row | None = None
        self._texts: dict[tuple[str, bool], str] = {}
        self._known: dict[int, dict[str, str]] = {}

    def cell(self, row: Row, name: str, *, paragraphs: bool = False) -> str:
        """What a column of the row says, "" when it says nothing. CellProblem for a formula."""
        if name in PROVENANCE:
            return self.documents[name]
        # Several fields ask for one cell, and a row's cells are asked for together.
        if row is not self._row:
            self._row, self._texts = row, {}
        if (name, paragraphs) not in self._texts:
            self._texts[name, paragraphs] = self._said(row, name, paragraphs=paragraphs)
        return self._texts[name, paragraphs]

    def _said(self, row: Row, name: str, *, paragraphs: bool) -> str:
        place = self.located.columns.get(name)
        if place is None or place >= len(row.cells):
            return ""
        text = text_of(row.cells[place], paragraphs=paragraphs)
        return "" if text and _plain(text) in self._empty else text

    def filled(self, row: Row, template: str, *, paragraphs: bool = False) -> str | None:
        """A template with the row's words in its places; None when one of them says nothing."""
        words: dict[str, str] = {}
        for name in PLACE.findall(template):
            words[name] = self.cell(row, name, paragraphs=paragraphs)
            if not words[name]:
                return None
        if sum(len(words[name]) for name in PLACE.findall(template)) > MAX_CELL:
            raise CellProblem(N_("more than {limit} characters come of this row"), limit=MAX_CELL)
        # Filled in one pass, so that a word that looks like a place is none.
        return PLACE.sub(lambda match: words[match["column"]], template)

    def plain(self, text: str) -> int | float:
        """A number in the table's own signs. CellProblem, with the number that may be meant, for anything else."""
        try:
            return plain_number(number_of(text, self.mapping.numbers))
        except CellProblem:
            if (near := nearest_number(text, self.mapping.numbers)) is None:
                raise
            raise CellProblem(
                N_("“{text}” is no number as this table writes them; nearest: {nearest}"),
                text=short(text),
                nearest=near,
            ) from None

    def number(self, row: Row, rule: Taken) -> int | float | None:
        """The number of a cell that holds one, and not a text; None for any other cell."""
        match = PLACE.fullmatch(rule.take)
        place = self.located.columns.get(match["column"]) if match else None
        cell = row.cells[place] if place is not None and place < len(row.cells) else None
        return plain_number(Decimal(cell)) if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else None

    def applies(self, row: Row, when: Map[str, list[str]] | None) -> bool:
        """Whether each column of a condition holds one of its words."""
        return all(_plain(self.cell(row, name)) in self._plainly(words) for name, words in (when or {}).items())

    def understood(self, shape: Shape, text: str) -> str:
        """What people write in the form that a file holds. CellProblem where it may be several things."""
        try:
            return self.reading.value(shape, text)
        except UsageProblem as problem:
            raise CellProblem(problem.message, **problem.values) from None

    def period(self, text: str) -> str:
        """A period in the table's own order of day and month, else as elo prints it. CellProblem for anything else."""
        try:
            return period_of(text, month_first=self.mapping.dates == "month-first")
        except CellProblem:
            if (read := self.understood(PERIOD, text)) == text:
                day = nearest_day(text, month_first=self.mapping.dates == "month-first")
                if day is not None:
                    raise CellProblem(
                        N_("“{text}” is no day or period; nearest: {nearest}"), text=short(text), nearest=day
                    ) from None
                raise
            return read

    def money(self, text: str, shape: Shape, rule: Taken) -> str:
        """An amount: a number in the table's own signs and the mapping's unit, else as elo prints it. CellProblem."""
        try:
            return f"{number_of(text, self.mapping.numbers)} {rule.unit}"
        except CellProblem:
            if (read := self.understood(shape, text)) == text:
                raise
            return read

    def id(self, row: Row, rule: Taken) -> tuple[str, str] | None:
        """The id of the row's record and the words that it was made of; None when the row names none."""
        text = self.filled(row, rule.take)
        if text is None:
            return None
        word = self.mapped(text, rule)
        # What is an id already stays as it is: a long one would be cut.
        return (word if _ID.fullmatch(word) else slug(word)), text

    def mapped(self, text: str, rule: Taken) -> str:
        """The record's word for the table's; the text itself where the field has no map. CellProblem when unknown."""
        words = self.mapping.maps[rule.shared_map] if rule.shared_map is not None else rule.map
        if words is None:
            return text
        word = words.get(text)
        if word is None:
            word = self._plainly(words).get(_plain(text))
        if word is None:
            raise CellProblem(N_("the mapping does not know “{text}”"), text=short(text))
        return word

    def _plainly(self, words: Map[str, str] | list[str]) -> dict[str, str]:
        """The words of a map or a list in the form in which words are compared, made once for all rows."""
        if id(words) not in self._known:
            known: dict[str, str] = {}
            for word in words:
                known.setdefault(_plain(word), word if isinstance(words, list) else words[word])
            self._known[id(words)] = known
        return self._known[id(words)]

    def head(self, rule: Taken) -> str:
        """The heads of the columns that a field is taken from, for people."""
        return self.head_of(rule.take)

    def head_of(self, template: str) -> str:
        """The heads of the columns in a template."""
        return ", ".join(self.located.heads.get(name, name) for name in PLACE.findall(template))

    def cell_of(self, row: Row, template: str) -> str:
        """The first cell of a row that a template is filled from, as a spreadsheet names it: F4; "" for none."""
        places = (self.located.columns.get(name) for name in PLACE.findall(template))
        place = next((place for place in places if place is not None), None)
        return f"{letters_of(place + 1)}{row.number}" if place is not None else ""


class FieldReader(NamedTuple):
    """One field of a mapping with what its type asks for."""

    name: str
    rule: Taken
    paths: tuple[str | int, ...]
    """Where the value stands in the record: an item of a list of mappings is its first one."""
    shape: Shape
    """What the field holds."""

    def value(self, reader: RowReader, row: Row) -> object:
        """The plain value that the row gives the field, None when it says nothing. Raises CellProblem."""
        rule = self.rule
        if rule.when and not reader.applies(row, rule.when):
            return None
        text = reader.filled(row, rule.take, paragraphs=rule.form == "paragraphs")
        several = self.shape.form == "list" and rule.split is not None
        if text is not None and rule.match is not None and not several:
            text = word_of(rule.match, text)
        if not text:
            return None
        if (number := reader.number(row, rule)) is not None:
            if self.shape.form in _NUMBERS:
                return number
            if self.shape.form == "money":
                # A cell that holds a number says it without the table's signs.
                return f"{plain_decimal(Decimal(str(number)))} {rule.unit}"
        if self.shape.form == "list":
            pieces = [piece.strip() for piece in text.split(rule.split, MOST_ITEMS)] if rule.split else [text]
            if len(pieces) > MOST_ITEMS:
                raise CellProblem(N_("the cell holds more than {limit} values"), limit=MOST_ITEMS)
            if several and rule.match is not None:
                pieces = [word_of(rule.match, piece) or "" for piece in pieces]
            return list(dict.fromkeys(self._one(reader, piece) for piece in pieces if piece)) or None
        if self.shape.form == "texts":
            instead = {code: words for code, words in (rule.instead or {}).items() if code in reader.languages}
            return {**instead, rule.language or reader.language: reader.mapped(text, rule)}
        return self._one(reader, text)

    def is_empty(self, reader: RowReader, row: Row) -> bool:
        """Whether the table has the columns of this field, and the row says that there is no such thing.

        All of them are empty then, or the field is not taken from such a row at all.
        """
        columns = [name for name in PLACE.findall(self.rule.take) if name not in PROVENANCE]
        if not reader.located.columns.keys() >= {*columns, *(self.rule.when or ())}:
            return False
        if self.rule.when and not reader.applies(row, self.rule.when):
            return True
        return bool(columns) and not any(reader.cell(row, name) for name in columns)

    def _one(self, reader: RowReader, text: str) -> object:
        rule = self.rule
        text = reader.mapped(text, rule)
        if rule.form == "id":
            return slug(text)
        shape = self.shape.item if self.shape.form == "list" and self.shape.item is not None else self.shape
        form = shape.form
        if form == "period":
            if rule.form == "quarter" and re.match("[1-4] ", text):
                text = f"Q{text}"
            return reader.period(text)
        if form == "money":
            return reader.money(text, shape, rule)
        if form == "boolean":
            if text.casefold() in _YES | _NO:
                return text.casefold() in _YES
            raise CellProblem(N_("“{text}” is neither yes nor no"), text=short(text))
        if form in _NUMBERS:
            return reader.plain(text)
        read = reader.understood(shape, text)
        if form == "word" and rule.map is None and rule.shared_map is None and read not in shape.words:
            known = known_words(shape.words)
            near = reader.reading.nearest(shape, text)
            if near is None:
                raise CellProblem(N_("“{text}” is no word of this list: {known}"), text=short(text), known=known)
            raise CellProblem(
                N_("“{text}” is no word of this list: {known}; nearest: “{nearest}”"),
                text=short(text),
                known=known,
                nearest=near,
            )
        return read


def field_reader(record: Shape, name: str, rule: Taken) -> FieldReader | None:
    """The reader of a field of a record of this shape; None when it has no such field."""
    shape = field_shape(record, name)
    if shape is None:
        return None
    path: list[str | int] = []
    current: Shape | None = record
    for part in name.split("."):
        if current is not None and current.form == "list":
            path.append(0)
        path.append(part)
        current = field_shape(current, part) if current is not None else None
    return FieldReader(name, rule, tuple(path), shape)


def put(record: Plain, path: tuple[str | int, ...], value: object) -> None:
    """Set the value at a place of a record, making what stands above it."""
    target: Any = record
    for part, following in pairwise(path):
        if isinstance(target, list):
            if not target:
                target.append({})
            target = target[0]
        else:
            target = target.setdefault(part, [] if isinstance(following, int) else {})
    cast("Plain", target)[cast("str", path[-1])] = value


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
