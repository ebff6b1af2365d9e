"""Records as tables: which columns a kind has, found in its model, so that no field can be forgotten in an export.

A text has one column a language (`name_fi`), a period its text and its two days (`due`, `due_start`, `due_end`), an
amount its euros, a model inside a record one column a field (`rrf_plan_measure`). Lists of ids are ids with spaces
between. What has entries of its own (roles, shares, evidence, the items of an agenda …) is a table of its own: a Child.
"""

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from elo_cli.model.kinds import KINDS
from elo_cli.model.money import Money, Percentage
from elo_cli.model.period import Period
from elo_cli.model.values import Ref

Cell = str | int | Decimal | date | bool | None
"""What a column holds: exact, and None for what is not stated."""
ColumnType = Literal["text", "word", "id", "ids", "date", "period", "money", "number", "integer", "boolean"]

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
    owner = _owner(model, path)
    info = owner.model_fields[path[-1]]
    inner, refs = _unwrap(info.annotation, info.metadata)
    name = "_".join(path)
    common: dict[str, Any] = {"path": path, "description": info.description or ""}
    required = info.is_required() and len(path) == 1
    origin = get_origin(inner)
    if origin is dict:
        if get_args(inner) == (str, str):
            for code in languages:
                yield Column(
                    f"{name}_{code.replace('-', '_').lower()}", "text", get=_text(path, code), language=code, **common
                )
    elif origin is list:
        item, refs = _unwrap(get_args(inner)[0], ())
        if item is str:
            yield Column(name, "ids", get=_ids(path), kinds=refs, **common)
    elif origin is Literal:
        yield Column(name, "word", get=_plain(path), words=get_args(inner), required=required, **common)
    elif inner is Period:
        yield Column(name, "period", get=_plain(path), required=required, **common)
        yield Column(f"{name}_start", "date", get=_part(path, "start"), part="start", **common)
        yield Column(f"{name}_end", "date", get=_part(path, "end"), part="end", **common)
    elif inner is Percentage:
        yield Column(f"{name}_low", "number", get=_part(path, "low"), part="low", **common)
        yield Column(f"{name}_high", "number", get=_part(path, "high"), part="high", **common)
    elif isinstance(inner, type) and issubclass(inner, BaseModel):
        for field in inner.model_fields:
            yield from _columns(model, (*path, field), languages)
    else:
        kind = "id" if refs else _SIMPLE.get(inner, "text")
        yield Column(name, kind, get=_plain(path), kinds=refs, required=required, **common)


_SIMPLE: Final[dict[Any, ColumnType]] = {
    bool: "boolean",
    int: "integer",
    Decimal: "number",
    date: "date",
    Money: "money",
}


def _children(model: type[BaseModel], name: str, path: tuple[str, ...], languages: Sequence[str]) -> Iterator[Child]:
    for field, info in model.model_fields.items():
        if field in APART:
            continue
        inner, _ = _unwrap(info.annotation, info.metadata)
        origin, arguments = get_origin(inner), get_args(inner)
        here, called, about = (*path, field), f"{name}_{field}", info.description or ""
        if origin is dict and arguments != (str, str):
            _, key_refs = _unwrap(arguments[0], ())
            yield Child(
                called, here, key_refs[0] if key_refs else "key", key_refs, _entry(arguments[1], languages), about
            )
        elif origin is list and _is_model(item := _unwrap(arguments[0], ())[0]):
            yield Child(called, here, None, (), tuple(columns_of(item, languages)), about)
        elif _is_model(inner):
            yield from _children(inner, called, here, languages)


def _entry(annotation: Any, languages: Sequence[str]) -> tuple[Column, ...]:  # noqa: ANN401 - a type of any form
    """The columns of a map's values: a model's, one text a language, or one amount."""
    inner, _ = _unwrap(annotation, ())
    if _is_model(inner):
        return tuple(columns_of(inner, languages))
    if get_origin(inner) is dict:
        return tuple(
            Column(f"text_{code.replace('-', '_').lower()}", "text", ("text",), _own_text(code), language=code)
            for code in languages
        )
    return (Column("amount", "money", ("amount",), _own),)


def _is_model(inner: Any) -> bool:  # noqa: ANN401 - a type of any form
    return isinstance(inner, type) and issubclass(inner, BaseModel)


def _owner(model: type[BaseModel], path: tuple[str, ...]) -> type[BaseModel]:
    """The model that the last field of a path belongs to."""
    for field in path[:-1]:
        info = model.model_fields[field]
        model = _unwrap(info.annotation, info.metadata)[0]
    return model


def _unwrap(annotation: Any, metadata: Sequence[object]) -> tuple[Any, tuple[str, ...]]:  # noqa: ANN401 - a type of any form
    """A type without None and marks, and the kinds that a mark says it refers to."""
    refs = next((mark.kinds for mark in metadata if isinstance(mark, Ref)), ())
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *marks = get_args(annotation)
            refs = refs or next((mark.kinds for mark in marks if isinstance(mark, Ref)), ())
        elif origin in {Union, types.UnionType}:
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            return annotation, refs


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
