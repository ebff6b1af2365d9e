"""JSON Schemas of the answers, made from their types and, for the fields of records, from the models.

pydantic would take a NamedTuple for an array, a period for its text, and a record for its file; an answer has them as
`render.forms.json.plain` writes them. So this walker says of every type what `plain` makes of it.
"""

import ast
import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from textwrap import dedent
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, PositiveInt

from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.money import Money, Percentage
from elo_cli.model.period import Period
from elo_cli.model.values import LANGUAGE_PATTERN, ByLanguage
from elo_cli.render.answers.diff import DiffAnswer
from elo_cli.render.answers.imports import ImportAnswer
from elo_cli.render.answers.log import LogAnswer
from elo_cli.render.answers.records_json import FindAnswer, ListAnswer, ShowAnswer
from elo_cli.render.answers.rules import RulesAnswer
from elo_cli.render.answers.status_json import StatusAnswer
from elo_cli.render.export.json import APART, ExportAnswer, Spoken, Timed
from elo_cli.render.export.translations import TranslateAnswer
from elo_cli.render.findings.check import CheckAnswer
from elo_cli.render.forms.json import NOT_STATE, Bounds, Days, Head, RecordForm, Stepped
from elo_cli.store.schemas import (
    DIALECT,
    IDS,
    RECORD,
    Schema,
    digest,
    file_schemas,
    schema_text,
    schemas_of,
    written,
)
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.deadlines import Deadlines
from elo_cli.tracking.funding import Sums
from elo_cli.tracking.timeline import Timeline

ANSWERS: Final[dict[str, type]] = {
    "status": StatusAnswer,
    "list": ListAnswer,
    "show": ShowAnswer,
    "find": FindAnswer,
    "check": CheckAnswer,
    "rules": RulesAnswer,
    "deadlines": Deadlines,
    "funding": Sums,
    "diff": DiffAnswer,
    "log": LogAnswer,
    "import": ImportAnswer,
    "translate": TranslateAnswer,
    "timeline": Timeline,
    "export": ExportAnswer,
}
"""What each verb that writes JSON answers with."""

_DECIMAL: Final[Schema] = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_SIMPLE: Final[Mapping[object, Schema]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    PositiveInt: {"type": "integer", "minimum": 1},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    Decimal: _DECIMAL,
    # Euros as a plain decimal without trailing zeros: "24300000".
    Money: {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"},
    Any: {},
    # The names of the options that were given, each with the word behind it.
    Filters: {"type": "object", "additionalProperties": {"type": "string"}},
}
_TEXTS: Final[Schema] = {
    "type": "object",
    "propertyNames": {"pattern": LANGUAGE_PATTERN},
    "additionalProperties": {"type": "string"},
}
_WRITTEN_AS: Final[Mapping[object, type]] = {Period: Days, Percentage: Bounds}
"""Values that `plain` writes as an object of their own."""


def all_schemas() -> dict[str, Schema]:
    """Every schema by its name: those of the files, and `output/<verb>` for each answer."""
    return {**file_schemas(), **_answer_schemas()}


def schemas_beside(tracker: Tracker) -> dict[str, Schema]:
    """What `schemas/` beside a data folder holds: the same, with what an editor can offer of this tracker."""
    ids = {name: list(entries) for name, entries in tracker.by_kind.items()}
    schemas = {**schemas_of(tracker.config.languages, ids), **_answer_schemas()}
    texts = {name: schema_text(schema).encode() for name, schema in schemas.items() if name != IDS}
    return {**schemas, IDS: {**schemas[IDS], RECORD: written(tracker.config.languages, texts)}}


def models_digest() -> str:
    """One digest of every schema as it is without a tracker, for whoever asks whether others are old."""
    return digest(schema_text(schema).encode() for schema in all_schemas().values()) + "\n"


def _answer_schemas() -> dict[str, Schema]:
    return {f"output/{verb}": answer_schema(verb) for verb in ANSWERS}


def answer_schema(verb: str) -> Schema:
    """The JSON Schema (2020-12) of a verb's answer: strict, every property required."""
    return _Builder().answer(verb)


class _Builder:
    """Collects the definitions that a schema refers to."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def answer(self, verb: str) -> Schema:
        properties = {**self._properties(Head), **self._properties(ANSWERS[verb])}
        properties["schema"] = {"const": f"elo/{verb}/1", "description": properties["schema"]["description"]}
        return {
            "$schema": DIALECT,
            "title": "elo export as JSON" if verb == "export" else f"elo {verb} --format json",
            **_object(properties),
            "$defs": {name: self.definitions[name] for name in sorted(self.definitions)},
        }

    def of(self, annotation: object) -> Schema:
        """The schema of a type as an answer carries it."""
        if annotation in _SIMPLE:
            return _SIMPLE[annotation]
        annotation = _WRITTEN_AS.get(annotation, annotation)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._marked(arguments[0], arguments[1:])
        if origin is Literal:
            return _words(arguments)
        if origin in {Union, UnionType}:
            return _either([self.of(part) for part in arguments])
        if origin in {list, tuple, Sequence}:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin in {dict, Mapping}:
            return self._mapping(*arguments)
        if not isinstance(annotation, type):
            raise TypeError(annotation)
        if issubclass(annotation, Enum):
            return _words([member.value for member in annotation])
        if issubclass(annotation, BaseModel):
            return self._define(annotation.__name__, self._fields(annotation), annotation.__doc__ or "")
        return self._define(annotation.__name__, self._properties(annotation), annotation.__doc__ or "")

    def _marked(self, inner: object, marks: Iterable[object]) -> Schema:
        for mark in marks:
            match mark:
                case ByLanguage():
                    return _TEXTS
                case RecordForm():
                    kinds = [KINDS[mark.kind]] if mark.kind is not None else KINDS.values()
                    return _either([self._record(kind, mark) for kind in kinds if _has(kind, mark)])
        return self.of(inner)

    def _mapping(self, key: object, value: object) -> Schema:
        names = self.of(key)
        schema: Schema = {"type": "object"}
        if value is not Any:
            schema["additionalProperties"] = self.of(value)
        return schema if names == _SIMPLE[str] else {**schema, "propertyNames": names}

    def _record(self, kind: Kind, mark: RecordForm) -> Schema:
        match mark.form:
            case "promise":
                fields = self._fields(kind.record)
                return self._define(f"{kind.name}-promise", fields, f"What a {kind.name} promised.", ["id"])
            case "update":
                fields = self._fields(kind.update or kind.record)
                return self._define(f"{kind.name}-update", fields, f"A dated word on a {kind.name}.", ["date"])
            case "standing":
                fields = {name: field for name, field in self._state(kind).items() if name not in APART}
                fields |= self._properties(Spoken) if kind.promises else {}
                fields |= self._properties(Timed) if kind.name == "milestone" else {}
                return self._define(kind.name, fields, f"How a record of the kind {kind.name} stood.")
            case "state":
                fields = {**self._state(kind), **(self._properties(mark.beside) if mark.beside is not None else {})}
                return self._define(kind.name, fields, f"How a record of the kind {kind.name} stands.")

    def _state(self, kind: Kind) -> dict[str, Schema]:
        fields = self._fields(kind.record)
        return {
            "id": fields["id"],
            "kind": {"const": kind.name},
            "name": fields["name"],
            **{name: field for name, field in fields.items() if name not in NOT_STATE},
            **(self._properties(Stepped) if kind.name == "request" else {}),
            "path": {"type": "string", "description": "The file, as it is named from the working folder."},
        }

    def _fields(self, model: type[BaseModel]) -> dict[str, Schema]:
        """The fields of a model with the descriptions that it gives them."""
        return {
            # pydantic takes the outermost Annotated apart and keeps its marks beside the type.
            name: {**self._marked(info.annotation, info.metadata), "description": info.description or ""}
            for name, info in model.model_fields.items()
            if name not in {"updates", "corrections"}
        }

    def _properties(self, typed: type) -> dict[str, Schema]:
        """The fields of a NamedTuple with the texts below them as descriptions."""
        texts = _texts(typed)
        return {
            name.rstrip("_"): {**self.of(hint), **({"description": texts[name]} if name in texts else {})}
            for name, hint in get_type_hints(typed, include_extras=True).items()
        }

    def _define(
        self, name: str, properties: Mapping[str, Schema], text: str, required: list[str] | None = None
    ) -> Schema:
        definition = {"description": _of_json(text.partition("\n\n")[0]), **_object(properties, required)}
        if self.definitions.setdefault(name, definition) != definition:
            # Two types of one name would describe each other.
            raise TypeError(name)
        return {"$ref": f"#/$defs/{name}"}


@cache
def _texts(typed: type) -> Mapping[str, str]:
    """The text below each field of a class that has one, as its source has it: Python keeps none of them."""
    (definition,) = ast.parse(dedent(inspect.getsource(typed))).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - the source of a class
    texts = {}
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                texts[name] = _of_json(text)
    return texts


def _of_json(text: str) -> str:
    """A docstring in one line, with JSON's word for None."""
    line = " ".join(text.split())
    return re.sub(r"(^|\. )None\b", r"\1Null", line).replace("None", "null")


def _has(kind: Kind, mark: RecordForm) -> bool:
    return mark.form != "update" or kind.update is not None


def _object(properties: Mapping[str, Schema], required: list[str] | None = None) -> Schema:
    """An object with these properties and no other; all of them are there unless it is said which."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def _words(words: Iterable[object]) -> Schema:
    listed = list(words)
    return {"const": listed[0]} if len(listed) == 1 else {"type": "string", "enum": listed}


def _either(parts: list[Schema]) -> Schema:
    """Any of these; null beside a plain type is a second type, as people write it by hand."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and parts[1] == {"type": "null"} and isinstance(parts[0].get("type"), str):  # noqa: PLR2004 - a type and null
        first = parts[0]
        nullable = {**first, "type": [first["type"], "null"]}
        return {**nullable, "enum": [*first["enum"], None]} if "enum" in first else nullable
    return {"anyOf": parts}
