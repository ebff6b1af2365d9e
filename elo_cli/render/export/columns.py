"""Records as tables: which columns a kind has, found in its model, so that no field can be forgotten in an export.

A text has one column a language (`name_fi`), a period its text and its two days (`due`, `due_start`, `due_end`), an
amount its euros, a model inside a record one column a field (`rrf_plan_measure`). Lists of ids are ids with spaces
between. What has entries of its own (roles, shares, evidence, the items of an agenda …) is a table of its own: a Child.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel

from elo_cli.model.kinds import KINDS
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.shape import Form, Shape, fields_of

Cell = str | int | Decimal | date | bool | None
"""What a column holds: exact, and None for what is not stated; a moment is a datetime in UTC."""
ColumnType = Literal["text", "word", "id", "ids", "date", "period", "money", "number", "integer", "boolean", "moment"]

APART: Final = frozenset({"updates", "sources", "corrections"})
"""Fields with a table of their own for all kinds together."""


class Column(NamedTuple):
    """One column: its name, what it holds, and how to get it from a record (or from an entry of one)."""

    name: str
    type: ColumnType
    path: tuple[str, ...]
    """The fields from the record to the value."""
    get: Callable[[Any], Cell]
    language: str | None = None
    """Of a text: the language of this column."""
    part: Literal["start", "end", "low", "high"] | None = None
    kinds: tuple[str, ...] = ()
    """Of an id: the kinds that it may name."""
    words: tuple[str, ...] = ()
    """Of a word: the closed list that it is from."""
    required: bool = False
    description: str = ""
    """A msgid."""
    head: str = ""
    """A msgid; "" where the field's own name is the head."""

    @property
    def field(self) -> str:
        """The innermost field, under whose name the terms know it."""
        return self.path[-1]


class Child(NamedTuple):
    """The entries of one field, one row each: `measure_roles`, `funding_shares`, `milestone_verification_evidence`."""

    name: str
    path: tuple[str, ...]
    key: str | None
    """The column of the key that the record gives an entry; None where entries are numbered."""
    key_kinds: tuple[str, ...]
    """The kinds that the key names, where it is an id."""
    columns: tuple[Column, ...]
    description: str
    """A msgid: what the model says of the field."""

    def rows(self, record: BaseModel) -> Iterator[tuple[str | int, Any]]:
        """The entries of a record with their keys, or with their numbers from 1."""
        value = _walk(record, self.path)
        if isinstance(value, Mapping):
            yield from value.items()
        elif value is not None:
            yield from enumerate(value, 1)


def columns_of(model: type[BaseModel], languages: Sequence[str], skip: frozenset[str] = APART) -> list[Column]:
    """The columns of a model, in the order of its fields, without the fields in `skip`."""
    order = sorted(model.model_fields, key=lambda name: _FIRST.get(name, len(_FIRST)))
    return [column for name in order if name not in skip for column in _columns(model, (name,), languages)]


def children_of(kind: str, languages: Sequence[str]) -> list[Child]:
    """The tables of a kind's entries."""
    return list(_children(KINDS[kind].record, kind, (), languages))


_FIRST: Final = {name: place for place, name in enumerate(("id", "type", "name", "description"))}


def _columns(model: type[BaseModel], path: tuple[str, ...], languages: Sequence[str]) -> Iterator[Column]:
    info, shape = model.model_fields[path[-1]], fields_of(model)[path[-1]]
    name = "_".join(path)
    common: dict[str, Any] = {"path": path, "description": info.description or ""}
    required = info.is_required() and len(path) == 1
    match shape.form:
        case "texts":
            for code in languages:
                yield Column(f"{name}_{_suffix(code)}", "text", get=_text(path, code), language=code, **common)
        case "list" if shape.item is not None and shape.item.form in {"id", "text"}:
            yield Column(name, "ids", get=_ids(path), kinds=shape.item.kinds, **common)
        case "map" | "list":
            # What has entries of its own is a Child.
            return
        case "period":
            yield Column(name, "period", get=_plain(path), required=required, **common)
            yield Column(f"{name}_start", "date", get=_part(path, "start"), part="start", **common)
            yield Column(f"{name}_end", "date", get=_part(path, "end"), part="end", **common)
        case "percentage":
            yield Column(f"{name}_low", "number", get=_part(path, "low"), part="low", **common)
            yield Column(f"{name}_high", "number", get=_part(path, "high"), part="high", **common)
        case "model" if shape.model is not None:
            for field in shape.model.model_fields:
                yield from _columns(shape.model, (*path, field), languages)
        case form:
            of: dict[str, Any] = {"kinds": shape.kinds, "words": shape.words, "required": required}
            yield Column(name, _TYPES.get(form, "text"), get=_plain(path), **of, **common)


_TYPES: Final[Mapping[Form, ColumnType]] = {
    "id": "id",
    "word": "word",
    "boolean": "boolean",
    "integer": "integer",
    "number": "number",
    "day": "date",
    "money": "money",
}


def _suffix(code: str) -> str:
    """A language at the end of a column's name."""
    return code.replace("-", "_").lower()


def _children(model: type[BaseModel], name: str, path: tuple[str, ...], languages: Sequence[str]) -> Iterator[Child]:
    for field, shape in fields_of(model).items():
        if field in APART:
            continue
        here, called, about = (*path, field), f"{name}_{field}", model.model_fields[field].description or ""
        if shape.form == "map" and shape.key is not None and shape.item is not None:
            kinds = shape.key.kinds
            yield Child(called, here, kinds[0] if kinds else "key", kinds, _entry(shape.item, languages), about)
        elif shape.form == "list" and shape.item is not None and shape.item.model is not None:
            yield Child(called, here, None, (), tuple(columns_of(shape.item.model, languages)), about)
        elif shape.model is not None:
            yield from _children(shape.model, called, here, languages)


def _entry(shape: Shape, languages: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a map's values: a model's, one text a language, or one value."""
    if shape.model is not None:
        return tuple(columns_of(shape.model, languages))
    if shape.form == "texts":
        return tuple(
            Column(f"text_{_suffix(code)}", "text", ("text",), _own_text(code), language=code) for code in languages
        )
    name = "amount" if shape.form == "money" else "value"
    return (Column(name, _TYPES.get(shape.form, "text"), (name,), _own, kinds=shape.kinds, words=shape.words),)


def _walk(record: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - the value of any field
    for name in path:
        if record is None:
            return None
        record = getattr(record, name)
    return record


def cell(value: object) -> Cell:
    """A value as a cell holds it: a period's text, an amount's euros."""
    match value:
        case Period():
            return value.text
        case Money():
            return value.euros
        case None | str() | bool() | int() | Decimal() | date():
            return value
        case _:
            return str(value)


def _plain(path: tuple[str, ...]) -> Callable[[Any], Cell]:
    return lambda record: cell(_walk(record, path))


def _text(path: tuple[str, ...], code: str) -> Callable[[Any], Cell]:
    return lambda record: (_walk(record, path) or {}).get(code)


def _ids(path: tuple[str, ...]) -> Callable[[Any], Cell]:
    return lambda record: " ".join(_walk(record, path) or ()) or None


def _part(path: tuple[str, ...], part: str) -> Callable[[Any], Cell]:
    def get(record: Any) -> Cell:  # noqa: ANN401 - any record
        value = _walk(record, path)
        return None if value is None else cell(getattr(value, part))

    return get


def _own_text(code: str) -> Callable[[Any], Cell]:
    return lambda entry: entry.get(code)


def _own(entry: object) -> Cell:
    return cell(entry)
