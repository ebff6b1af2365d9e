"""The words that a shell completes, from the program: verbs with options and arguments, fields with their values."""

import json
from typing import Any, cast

from elo_cli.checks.manual import CHANGE_RULES, EVERY_RULE
from elo_cli.cli import VERBS, load_verb
from elo_cli.commands.shared.field_options import option as option_of
from elo_cli.commands.shared.filters import FILTERS, words_of
from elo_cli.commands.shared.settings import FIXED, SETTINGS
from elo_cli.model.config import TrackerConfig
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.records.base import Update
from elo_cli.model.shape import Shape, fields_of, shape_of
from elo_cli.render.reports.contents import REPORTS
from elo_cli.render.schemas.schemas import all_schemas
from elo_cli.store.edit.values import NOTHING
from elo_cli.store.tables.mapping_file import shipped
from elo_cli.store.yaml.order import key_order
from elo_cli.tracking.calendar import EVENT_KINDS
from elo_cli.tracking.changes.filters import TOLD, known_fields, known_kinds
from elo_cli.tracking.day.filters import answered

REVISIONS: dict[str, Any] = {"revisions": True}
MEETINGS: dict[str, Any] = {"folders": ["meetings"]}
# Options that take the same wherever they stand, by their names.
BY_NAME: dict[str, dict[str, Any]] = {
    "goal": {"folders": ["goals"]},
    "owner": {"folders": ["organisations"]},
    "measure": {"folders": ["measures"]},
    "instrument": {"folders": ["instruments"]},
    "source": {"folders": ["documents"]},
    "lang": {"values": list(LANGUAGES)},
    "languages": {"values": list(LANGUAGES)},
    "to": {"languages": True},
    "rev": REVISIONS,
    "against": REVISIONS,
    "since": MEETINGS | REVISIONS,
    "since_meeting": MEETINGS,
    "meeting": MEETINGS,
    "component": {"components": True},
    "instalment": {"instalments": True},
    "mapping": {"values": list(shipped())},
    "write_mapping": {"values": list(shipped())},
    "only": {"values": list(EVENT_KINDS)},
    "field": {"values": known_fields()},
    "kind": {"values": known_kinds()},
    "rule": {"values": [*TOLD, *CHANGE_RULES]},
}
# What else an option of one verb takes: a goal of a new tracker has a name and no id yet.
BY_VERB: dict[tuple[str, str], dict[str, Any]] = {("init", "goal"): {}}
ARGUMENTS: dict[tuple[str, str], dict[str, Any]] = {
    ("list", "folder"): {"values": [kind.folder for kind in KINDS.values()]},
    ("new", "kind"): {"values": list(KINDS)},
    ("update", "record_id"): {"folders": [kind.folder for kind in KINDS.values() if kind.update is not None]},
    ("set", "record_id"): {"folders": [], "values": [SETTINGS]},
    ("set", "field"): {"field": "name"},
    ("set", "values"): {"field": "value"},
    ("retract", "update"): {"updates": True},
    ("rules", "rule_id"): {"values": list(EVERY_RULE)},
    ("report", "name"): {"values": list(REPORTS)},
    ("report", "between"): REVISIONS | {"after": "amendments"},
    ("diff", "revisions"): REVISIONS,
    ("schema", "name"): {"values": list(all_schemas())},
}


def folders(kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return where the ids of these kinds are found."""
    return {"folders": [KINDS[kind].folder for kind in kinds]} if kinds else {}


def fields() -> dict[str, dict[str, Any]]:
    """Return the fields of each kind that `elo set` can change, with the words or ids that they hold."""
    found = {
        kind.folder: {
            name: described(fields_of(kind.record)[name])
            for name in key_order(kind.record)
            if name not in {"id", "formerly", "corrections", "updates"}
        }
        for kind in KINDS.values()
    }
    settings = {name: described(shape) for name, shape in fields_of(TrackerConfig).items() if name not in FIXED}
    return found | {SETTINGS: settings}


def described(shape: Shape) -> dict[str, Any]:
    """Return the words of a closed list, or where the ids are, that a field of this shape holds."""
    if shape.words:
        return {"values": list(shape.words)}
    return folders(shape.item.kinds if shape.form == "list" and shape.item is not None else shape.kinds)


def of_kinds(verb: str, name: str) -> dict[str, Any]:
    """Return what an option that is a field takes for records of each kind; nothing where it is no field of any."""
    found: dict[str, Any] = {}
    for kind in KINDS.values():
        model = kind.update if verb == "update" else kind.record
        if model is None or name not in fields_of(model):
            continue
        spec = described(fields_of(model)[name])
        if verb == "update" and "values" in spec and name in kind.changeable:
            spec = {"values": [*spec["values"], NOTHING]}
        found[kind.folder] = {"flag": True} if fields_of(model)[name].form == "boolean" else spec
    return {"of": found} if found else {}


def option(verb: str, parameter: Any) -> dict[str, Any]:  # noqa: ANN401 - typer's are private
    """Return what an option takes."""
    name = parameter.name
    if (verb, name) in BY_VERB:
        return BY_VERB[verb, name]
    if verb in {"new", "update"} and option_of(name) in parameter.opts and (found := of_kinds(verb, name)):
        return found
    if parameter.is_flag:
        return {"flag": True}
    if verb == "list" and name in FILTERS:
        return {"of": {kind.folder: filtered(name, kind) for kind in KINDS.values() if name in answered(kind)}}
    if words := shape_of(parameter.type_descriptor.annotation).words:
        return {"values": list(words)}
    if name in FILTERS:
        return filtered(name, KINDS["milestone"])
    if name in BY_NAME:
        return BY_NAME[name]
    return described(fields_of(Update)[name]) if name in fields_of(Update) else {}


def filtered(name: str, kind: Kind) -> dict[str, Any]:
    """Return what a filter of records of a kind takes."""
    return BY_NAME.get(name) or ({"values": words} if (words := words_of(name, [kind])) else {})


def argument(verb: str, parameter: Any) -> dict[str, Any]:  # noqa: ANN401 - typer's are private
    """Return what an argument is: an id, a kind, a field of the record before it, or a word of a list."""
    name, many = parameter.name, {"many": True} if parameter.nargs == -1 else {}
    if (verb, name) in ARGUMENTS:
        return ARGUMENTS[verb, name] | many
    if words := shape_of(parameter.type_descriptor.annotation).words:
        return {"values": list(words)}
    return {"folders": [], **many} if name in {"record_id", "record_ids"} else {}


def completion_table() -> str:
    """Return elo_cli/commands/completion.json."""
    verbs: dict[str, Any] = {}
    for verb in VERBS:
        parameters = [cast("Any", parameter) for parameter in load_verb(verb).params]
        verbs[verb] = {
            "arguments": [argument(verb, one) for one in parameters if one.param_type_name == "argument"],
            "options": {
                name: option(verb, one)
                for one in parameters
                if one.param_type_name == "option" and not one.hidden
                for name in (*one.opts, *one.secondary_opts)
                if name.startswith("--")
            },
        }
    kinds = {kind.name: kind.folder for kind in KINDS.values()}
    return json.dumps({"verbs": verbs, "fields": fields(), "kinds": kinds}, indent=1, ensure_ascii=False) + "\n"
