"""JSON Schemas of the answers, made from `render.answers` and, for the fields of records, from the models."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from pydantic import BaseModel

from elo_cli.model.kinds import KINDS, Kind
from elo_cli.model.money import Money, Percentage
from elo_cli.model.period import Period
from elo_cli.model.records.base import Correction, Update
from elo_cli.render.schemas import answers
from elo_cli.render.schemas.answers import ANSWERS, Doc, Head, Records, WithSchema
from elo_cli.store.schemas import DIALECT, Schema, file_schemas

_DECIMAL: Final[Schema] = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_SIMPLE: Final[Mapping[object, Schema]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    Decimal: _DECIMAL,
    Any: {},
}
_APART: Final = frozenset({"id", "name", "updates", "corrections"})
"""Fields of a record that its state in an answer has first, or in a place of their own."""


def all_schemas() -> dict[str, Schema]:
    """Every schema by its name: those of the files, and `output/<verb>` for each answer."""
    return {**file_schemas(), **{f"output/{verb}": answer_schema(verb) for verb in ANSWERS}}


def answer_schema(verb: str) -> Schema:
    """The JSON Schema (2020-12) of a verb's answer: strict, every property required."""
    return _Builder().answer(verb)


class _Builder:
    """Collects the definitions that a schema refers to."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def answer(self, verb: str) -> Schema:
        payload = ANSWERS[verb]
        properties = {**self._properties(Head), **self._properties(payload)}
        properties["schema"] = {"const": f"elo/{verb}/1", "description": properties["schema"]["description"]}
        return {
            "$schema": DIALECT,
            "title": f"elo {verb} --format json",
            **_object(properties),
            "$defs": {name: self.definitions[name] for name in sorted(self.definitions)},
        }

    def of(self, annotation: object) -> Schema:
        """The schema of a type as an answer carries it."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._annotated(arguments[0], arguments[1:])
        if origin is Literal:
            return _words(arguments)
        if origin in {Union, UnionType}:
            return _either([self.of(part) for part in arguments])
        if origin in {list, tuple}:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            return self._mapping(*arguments)
        return self._plain(annotation)

    def _plain(self, annotation: object) -> Schema:
        if annotation in _SIMPLE:
            return _SIMPLE[annotation]
        if annotation is Period:
            return self.of(answers.Period)
        if annotation is Money:
            return self.of(answers.Euros)
        if annotation is Percentage:
            return self._define("Percentage", {"text": _SIMPLE[str], "low": _DECIMAL, "high": _DECIMAL})
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return _words([member.value for member in annotation])
        if isinstance(annotation, type) and is_typeddict(annotation):
            return self._define(annotation.__name__, self._properties(annotation), annotation.__doc__ or "")
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self._define(annotation.__name__, self._fields(annotation), annotation.__doc__ or "")
        raise TypeError(annotation)

    def _annotated(self, inner: object, marks: Iterable[object]) -> Schema:
        schema: Schema | None = None
        text = ""
        for mark in marks:
            match mark:
                case WithSchema():
                    schema = mark.schema
                case Doc():
                    text = mark.text
                case Records():
                    schema = self._records(mark, inner if isinstance(inner, type) and is_typeddict(inner) else None)
        schema = schema if schema is not None else self.of(inner)
        return {**schema, "description": text} if text else schema

    def _mapping(self, key: object, value: object) -> Schema:
        names = self.of(key)
        schema: Schema = {"type": "object", "additionalProperties": self.of(value)}
        return schema if names == _SIMPLE[str] else {**schema, "propertyNames": names}

    def _records(self, mark: Records, beside: type | None) -> Schema:
        """Any of the kinds, with the properties that an answer puts beside the record's own."""
        kinds = [KINDS[name] for name in mark.kinds] or list(KINDS.values())
        match mark.form:
            case "state":
                return _either([self._state(kind, beside) for kind in kinds])
            case "promise":
                return _either([self._promise(kind) for kind in kinds])
            case "update":
                return _either([self._update(kind.name, kind.update) for kind in kinds if kind.update is not None])

    def _state(self, kind: Kind, beside: type | None) -> Schema:
        fields = self._fields(kind.record)
        properties = {
            "id": fields["id"],
            "kind": {"const": kind.name},
            "name": fields["name"],
            **{name: field for name, field in fields.items() if name not in _APART},
            "path": {"type": "string", "description": "The file, as it is named from the working folder."},
            **(self._properties(beside) if beside is not None else {}),
        }
        return self._define(kind.name, properties, f"How a record of the kind {kind.name} stands.")

    def _promise(self, kind: Kind) -> Schema:
        fields = {
            name: field for name, field in self._fields(kind.record).items() if name not in {"updates", "corrections"}
        }
        return self._define(f"{kind.name}-promise", fields, f"What a {kind.name} promised.", required=["id"])

    def _update(self, name: str, model: type[Update]) -> Schema:
        return self._define(f"{name}-update", self._fields(model), f"A dated word on a {name}.", required=["date"])

    def _fields(self, model: type[BaseModel]) -> dict[str, Schema]:
        """The fields of a model with the descriptions that it gives them."""
        if model is Correction:
            return self._properties(answers.CorrectionValue)
        return {
            name: {**self.of(info.annotation), "description": info.description or ""}
            for name, info in model.model_fields.items()
            if name not in {"updates", "corrections"}
        }

    def _properties(self, typed: type) -> dict[str, Schema]:
        return {name: self.of(hint) for name, hint in get_type_hints(typed, include_extras=True).items()}

    def _define(
        self, name: str, properties: Mapping[str, Schema], text: str = "", required: list[str] | None = None
    ) -> Schema:
        if name not in self.definitions:
            described = {"description": text} if text else {}
            self.definitions[name] = {**described, **_object(properties, required)}
        return {"$ref": f"#/$defs/{name}"}


def _object(properties: Mapping[str, Schema], required: list[str] | None = None) -> Schema:
    """An object with these properties and no other; all of them are there unless it is said which."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def _words(words: Iterable[object]) -> Schema:
    found = list(words)
    return {"const": found[0]} if len(found) == 1 else {"type": "string", "enum": found}


def _either(parts: list[Schema]) -> Schema:
    """Any of these; null beside a plain type is a second type, as people write it by hand."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and parts[1] == {"type": "null"} and isinstance(parts[0].get("type"), str):  # noqa: PLR2004 - a type and null
        first = parts[0]
        nullable = {**first, "type": [first["type"], "null"]}
        return {**nullable, "enum": [*first["enum"], None]} if "enum" in first else nullable
    return {"anyOf": parts}
