"""JSON Schemas (2020-12) of the files of a tracker, made from the models, for editors and for checks without elo.

Making them takes longer than checking a tracker. So the schema of the ids says what the others were made from, with
digests of them, and `difference` tells by it whether they would be written again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from elo_cli.model.config import TrackerConfig
from elo_cli.model.errors import N_, UnreadableProblem
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.languages import LANGUAGES, name_of
from elo_cli.model.values import ID_PATTERN, LANGUAGE_PATTERN, NAME_LIMIT, REFERS
from elo_cli.store.schema_problems import pattern_message
from elo_cli.store.source import read_regular, reason_of

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FOLDER: Final = "schemas"
"""The folder beside the data folder where each data file looks for its schema."""
SUFFIX: Final = ".schema.json"
IDS: Final = "ids"
"""The name of the schema that holds the ids of one tracker."""
RECORD: Final = "x-written"
"""What the schema of the ids says of how all were made."""
_MOST_FILES: Final = 1_000
MODELS: Final = Path(__file__).with_name("schemas.sha256")
"""The digest of all schemas without a tracker, which `make docs` writes: another one, and every tracker's are old."""
_LANGUAGES: Final = "x-languages"
_SHARED: Final = {
    "LocalText": "A text by language; the tracker's first language is required.",
    "LocalName": "A name by language; the tracker's first language is required.",
    "Period": "A day, month, quarter, season, year, a range of these, or open: 2021-Q4, 2021/2024, 2021/..",
    "Money": "An amount with its unit: 24.3 M€, 200 k€, 750000 €",
    "Day": "One day: 2021-12-03",
    "Reference": "The id of a record or of an entry of a vocabulary.",
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
    first, *others = languages
    for name, schema in schemas.items():
        # What tracker.yaml is called may be written before its languages are.
        for texts in ("LocalText", "LocalName") if others and name != "tracker" else ():
            schema["$defs"].get(texts, {})["dependentRequired"] = {other: [first] for other in others}
    # Some validators find another schema by the name that stands in it, and by nothing else.
    offered: Schema = {
        "$schema": DIALECT,
        "$id": f"{IDS}{SUFFIX}",
        "title": "ids",
        "description": "The ids of this tracker by kind, for editors to offer; elo schema --write writes them anew.",
        "$defs": ids_by_kind(ids),
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
        names = {code: {**text, "description": name_of(code)} for code in languages}
        # An editor offers a name of its own for additional properties, and none for a pattern.
        done |= {"properties": names, "patternProperties": {LANGUAGE_PATTERN: text}, "additionalProperties": False}
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
    from elo_cli.store.disk.output import write_file

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


def ids_by_kind(ids: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """The schema of the ids of each kind."""
    # ajv refuses a list of words without words.
    return {name: {"enum": sorted(found)} if (found := list(ids.get(name, ()))) else {"not": {}} for name in KINDS}


def digest(texts: Iterable[bytes]) -> str:
    """One digest of several texts in this order."""
    whole = sha256()
    for text in texts:
        whole.update(text)
    return whole.hexdigest()


def written(languages: Sequence[str], texts: Mapping[str, bytes]) -> dict[str, object]:
    """What is written down of schemas with these texts, made for these languages."""
    return {
        "models": MODELS.read_text("ascii").strip(),
        "languages": list(languages),
        "files": {name: digest([text]) for name, text in texts.items()},
    }


def difference(root: Path, languages: Sequence[str], ids: Mapping[str, Iterable[str]] | None) -> str:
    """How the schemas beside a data folder differ from those that would be written (a msgid); "" where they do not.

    A folder without schemas of elo differs in nothing. Without ids nobody asks for those.
    """
    beside = root.parent
    try:
        found: Any = json.loads(read_regular(beside, f"{FOLDER}/{IDS}{SUFFIX}"))
        made: dict[str, Any] = found[RECORD]
        files: dict[str, str] = made["files"]
        if len(files) > _MOST_FILES:
            return N_("they are of another version of elo")
        if made["models"] != MODELS.read_text("ascii").strip():
            return N_("they are of another version of elo")
        if made["languages"] != list(languages):
            return N_("the tracker has other languages")
        for name, wanted in files.items():
            if digest([read_regular(beside, f"{FOLDER}/{name}{SUFFIX}")]) != wanted:
                return N_("a file is not as it was written")
        return N_("the tracker has other ids") if ids is not None and found["$defs"] != ids_by_kind(ids) else ""
    except FileNotFoundError:
        return N_("a file is not as it was written") if (beside / FOLDER / f"tracker{SUFFIX}").exists() else ""
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return N_("they are of another version of elo")


def _kind_schema(kind: Kind) -> Schema:
    schema = _model_schema(kind.record)
    if kind.sourced:
        schema["required"] = [*schema["required"], "sources"]
        schema["properties"]["sources"] |= {"type": "array"}
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
    shared: Schema = {}
    schema = _clean(raw, shared)
    cleaned = {name: _clean(definition, shared) for name, definition in sorted(definitions.items())}
    return {
        "$schema": DIALECT,
        "title": schema.pop("title"),
        "description": schema.pop("description"),
        **schema,
        "$defs": {**cleaned, **shared},
    }


def _clean(raw: Schema, shared: Schema) -> Schema:
    """An object's schema without what pydantic adds for itself: titles of fields, defaults of null."""
    schema = dict(raw)
    if "properties" in schema:
        schema["properties"] = {name: _field(field, shared) for name, field in schema["properties"].items()}
        schema.setdefault("required", [])
    return schema


def _field(raw: Schema, shared: Schema) -> Schema:
    """What a field may hold; null where it may be left out, since both say that it is not stated."""
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
    for inner in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(inner), dict):
            schema[inner] = _field(schema[inner], shared)
    if "default" in raw and raw["default"] is not None:
        schema["default"] = raw["default"]
    schema = _told(schema)
    return _nullable(schema) if nullable else schema


def _told(schema: Schema) -> Schema:
    """The same with a sentence that editors show in the place of a pattern."""
    said = pattern_message(schema.get("pattern", ""))
    return {**schema, "patternErrorMessage": f"{said[0].upper()}{said[1:]}."} if said else schema


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
    outer = {
        key: schema[key] for key in ("description", REFERS, *(["type"] if name == "Reference" else [])) if key in schema
    }
    definition = {key: value for key, value in schema.items() if key not in outer}
    if name in {"LocalText", "LocalName"}:
        definition = _by_language(definition)
    shared[name] = {"description": _SHARED[name], **_told(definition)}
    return {"$ref": f"#/$defs/{name}", **outer}


def _shared_name(schema: Schema) -> str | None:
    if LANGUAGE_PATTERN in schema.get("patternProperties", {}):
        limit = schema["patternProperties"][LANGUAGE_PATTERN]["maxLength"]
        return "LocalName" if limit == NAME_LIMIT else "LocalText"
    if REFERS in schema:
        return "Reference"
    examples = schema.get("examples", [""])
    return {"2021-12-03, 2021-12": "Period", "2021-12-03": "Day", "24.3 M€, 200 k€": "Money"}.get(
        ", ".join(examples[:2])
    )


def _by_language(schema: Schema) -> Schema:
    """A text of any language, with the mark of where an editor's languages go."""
    text = schema["patternProperties"][LANGUAGE_PATTERN]
    rest = {name: value for name, value in schema.items() if name != "patternProperties"}
    return {**rest, _LANGUAGES: text}
