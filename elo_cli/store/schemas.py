"""JSON Schemas (2020-12) of the files of a tracker, made from the models, for editors and for checks without elo."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from elo_cli.model.config import TrackerConfig
from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS, RECORD_KINDS
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.records.base import Update
from elo_cli.model.values import ID_PATTERN, LANGUAGE_PATTERN, NAME_LIMIT, REFERS
from elo_cli.store.disk.output import write_file
from elo_cli.store.source import reason_of

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SUFFIX: Final = ".schema.json"
IDS: Final = "ids"
"""The name of the schema that holds the ids of one tracker."""
_LANGUAGES: Final = "x-languages"
NULL_MEANS_UNKNOWN: Final = frozenset({"cid_number"})
"""Fields in which null says that someone has looked and not found, so that it stands in a promise too."""
_SHARED: Final = {
    "LocalText": "A text by language; the tracker's first language is required.",
    "LocalName": "A name by language; the tracker's first language is required.",
    "Period": "A day, month, quarter, season, year, a range of these, or open: 2021-Q4, 2021/2024, 2021/..",
    "Money": "An amount with its unit: 24.3 M€, 200 k€, 750000 €",
}


def file_schemas() -> dict[str, Schema]:
    """The schema of every kind of file by its name, such as measure, vocabulary-goals or tracker."""
    return {name: _finished(schema, tuple(LANGUAGES), offered=False) for name, schema in _marked_schemas().items()}


def schemas_of(languages: Sequence[str], ids: Mapping[str, Iterable[str]]) -> dict[str, Schema]:
    """The same for one tracker: an editor offers its languages, and at each reference the ids of its kinds.

    The ids stand in a schema of their own, an id a line: a new record changes that one, and none of the others.
    An id that is not in it is none of the editor's business; `elo check` knows what there is.
    """
    schemas = {name: _finished(schema, languages, offered=True) for name, schema in _marked_schemas().items()}
    # Some validators find another schema by its name in it alone, and take no list of nothing.
    offered: Schema = {
        "$schema": DIALECT,
        "$id": f"{IDS}{SUFFIX}",
        "title": "ids",
        "description": "The ids of this tracker by kind, for editors to offer; elo schema --write writes them anew.",
        "$defs": {name: {"enum": sorted(known)} if (known := ids.get(name)) else {"not": {}} for name in KINDS},
    }
    return {**schemas, IDS: offered}


def _marked_schemas() -> dict[str, Schema]:
    """The schemas with the mark of a reference where a text is one."""
    schemas = {kind.schema: _kind_schema(kind) for kind in KINDS.values()}
    return {**schemas, "tracker": _model_schema(TrackerConfig)}


def _finished(schema: Schema, languages: Sequence[str], *, offered: bool) -> Schema:
    """A schema with these languages in its texts, and its references as texts, or with the ids to offer for them."""
    done: Schema = {name: _inner(value, languages, offered=offered) for name, value in schema.items() if name != REFERS}
    if _LANGUAGES in done:
        text = done.pop(_LANGUAGES)
        names = {
            code: {**text, "description": LANGUAGES[code].name if code in LANGUAGES else code} for code in languages
        }
        done |= {"properties": names, "additionalProperties": text}
    if offered and REFERS in schema:
        known = [{"$ref": f"{IDS}{SUFFIX}#/$defs/{kind}"} for kind in schema[REFERS]]
        done = {"anyOf": [*known, {"type": done.pop("type", "string")}], **done}
    return done


def _inner(value: object, languages: Sequence[str], *, offered: bool) -> object:
    if isinstance(value, dict):
        return _finished(value, languages, offered=offered)
    return [_inner(part, languages, offered=offered) for part in value] if isinstance(value, list) else value


def schema_text(schema: Schema) -> str:
    """A schema as its file holds it: the same bytes for the same schema."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def outdated(folder: Path, schemas: Mapping[str, Schema]) -> dict[Path, bytes]:
    """What the files below a folder should hold and do not, `output/status` in `output/status.schema.json`.

    Raises UnreadableProblem where the disk refuses.
    """
    wanted = {folder / f"{name}{SUFFIX}": schema_text(schema).encode() for name, schema in schemas.items()}
    try:
        return {path: text for path, text in wanted.items() if not (path.is_file() and path.read_bytes() == text)}
    except OSError as error:
        raise UnreadableProblem(
            N_("“{path}” could not be read: {reason}"), path=str(folder), reason=reason_of(error)
        ) from None


def write_schemas(folder: Path, schemas: Mapping[str, Schema]) -> list[Path]:
    """Write these schemas below a folder; gives the files that changed.

    Raises UnreadableProblem where the disk refuses.
    """
    changed = outdated(folder, schemas)
    for path, text in changed.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnreadableProblem(
                N_("“{path}” could not be written: {reason}"), path=str(path), reason=reason_of(error)
            ) from None
        write_file(path, text, force=True)
    return list(changed)


def _kind_schema(kind: Kind) -> Schema:
    schema = _model_schema(kind.record)
    if not kind.vocabulary:
        return schema
    definitions = schema.pop("$defs", {})
    entry = {name: value for name, value in schema.items() if name not in {"$schema", "title"}}
    # The key is the id; a second one could only contradict it.
    entry["properties"] = {name: field for name, field in entry["properties"].items() if name != "id"}
    entry["required"] = [name for name in entry["required"] if name != "id"]
    title = kind.record.__name__
    return {
        "$schema": DIALECT,
        "title": kind.folder,
        "description": f"A map from id to entry: {entry['description']}",
        "type": "object",
        "propertyNames": {"pattern": ID_PATTERN, "maxLength": 100},
        "additionalProperties": {"$ref": f"#/$defs/{title}"},
        "$defs": {**definitions, title: entry},
    }


def _model_schema(model: type[BaseModel]) -> Schema:
    raw = model.model_json_schema()
    definitions = raw.pop("$defs", {})
    updates = {update.__name__ for kind in KINDS.values() if (update := kind.update) is not None}
    # Where updates say only what is new of a mapping, null takes back one of its parts.
    parts = {
        shape.model.__name__
        for kind in RECORD_KINDS
        for name in kind.record.grows
        if (shape := kind.shape.step(name)) is not None and shape.model is not None
    }
    shared: Schema = {}
    schema = _clean(raw, shared, nulls=False)
    cleaned = {
        name: _clean(definition, shared, nulls=name in updates | parts)
        for name, definition in sorted(definitions.items())
    }
    return {
        "$schema": DIALECT,
        "title": schema.pop("title"),
        "description": schema.pop("description"),
        **schema,
        "$defs": {**cleaned, **shared},
    }


def _clean(raw: Schema, shared: Schema, *, nulls: bool) -> Schema:
    """An object's schema without what pydantic adds for itself: titles of fields, defaults of null, null as a type.

    An absent field is not stated, so null says nothing in a promise. In an update it takes back what was stated.
    """
    schema = dict(raw)
    if "properties" in schema:
        schema["properties"] = {
            name: _field(field, shared, null=name in NULL_MEANS_UNKNOWN or (nulls and name not in Update.meta_fields))
            for name, field in schema["properties"].items()
        }
        schema.setdefault("required", [])
    return schema


def _field(raw: Schema, shared: Schema, *, null: bool) -> Schema:
    schema = {name: value for name, value in raw.items() if name not in {"title", "default"}}
    nullable = False
    if "anyOf" in schema:
        parts = [part for part in schema.pop("anyOf") if part != {"type": "null"}]
        nullable = len(parts) < len(raw["anyOf"])
        schema = {**(parts[0] if len(parts) == 1 else {"anyOf": parts}), **schema}
    schema = _shared(schema, shared)
    if "patternProperties" in schema:
        ((pattern, value),) = schema.pop("patternProperties").items()
        schema |= {"propertyNames": {"pattern": pattern}, "additionalProperties": value}
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), dict):
            schema[inner] = _field(schema[inner], shared, null=False)
    if "default" in raw and raw["default"] is not None:
        schema["default"] = raw["default"]
    return _nullable(schema) if null and nullable else schema


def _nullable(schema: Schema) -> Schema:
    if "enum" in schema:
        return {**schema, "type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    described = {name: schema[name] for name in ("description",) if name in schema}
    return {
        "anyOf": [{name: value for name, value in schema.items() if name not in described}, {"type": "null"}],
        **described,
    }


def _shared(schema: Schema, shared: Schema) -> Schema:
    """A reference to a definition of its own for what many fields hold: texts by language, periods, money."""
    name = _shared_name(schema)
    if name is None:
        return schema
    outer = {key: schema[key] for key in ("description",) if key in schema}
    definition = {key: value for key, value in schema.items() if key not in outer}
    if name in {"LocalText", "LocalName"}:
        definition = _by_language(definition)
    shared[name] = {"description": _SHARED[name], **definition}
    return {"$ref": f"#/$defs/{name}", **outer}


def _shared_name(schema: Schema) -> str | None:
    if LANGUAGE_PATTERN in schema.get("patternProperties", {}):
        limit = schema["patternProperties"][LANGUAGE_PATTERN]["maxLength"]
        return "LocalName" if limit == NAME_LIMIT else "LocalText"
    examples = schema.get("examples", [])
    if "2021-Q4" in examples:
        return "Period"
    return "Money" if "24.3 M€" in examples else None


def _by_language(schema: Schema) -> Schema:
    """A text of any language, with the mark of where an editor's languages go."""
    text = schema["patternProperties"][LANGUAGE_PATTERN]
    rest = {name: value for name, value in schema.items() if name != "patternProperties"}
    return {**rest, "propertyNames": {"pattern": LANGUAGE_PATTERN}, _LANGUAGES: text}
