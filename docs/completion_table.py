"""The words that a shell completes, from the program: verbs with options and arguments, fields with their values."""

import json
from typing import Any, cast

from elo_cli.checks.manual import EVERY_RULE
from elo_cli.cli import VERBS, load_verb
from elo_cli.model.kinds import KINDS
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.records.base import Update
from elo_cli.model.shape import Shape, fields_of, shape_of
from elo_cli.store.yaml.order import key_order

# Options of the reading verbs that take an id, by their names.
BY_NAME = {
    "goal": ["goals"],
    "owner": ["organisations"],
    "measure": ["measures"],
    "instrument": ["instruments"],
    "source": ["documents"],
}


def folders(kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return where the ids of these kinds are found."""
    return {"folders": [KINDS[kind].folder for kind in kinds]} if kinds else {}


def fields() -> dict[str, dict[str, Any]]:
    """Return the fields of each kind that `elo set` can change, with the words or ids that they hold."""
    return {
        kind.folder: {
            name: described(fields_of(kind.record)[name])
            for name in key_order(kind.record)
            if name not in {"id", "formerly", "corrections", "updates"}
        }
        for kind in KINDS.values()
    }


def described(shape: Shape) -> dict[str, Any]:
    """Return the words of a closed list, or where the ids are, that a field of this shape holds."""
    if shape.words:
        return {"values": list(shape.words)}
    return folders(shape.item.kinds if shape.form == "list" and shape.item is not None else shape.kinds)


def field_values() -> dict[str, dict[str, Any]]:
    """Return what options that are named for fields take."""
    found: dict[str, dict[str, Any]] = {}
    models = [
        Update,
        *(kind.update or kind.record for kind in KINDS.values()),
        *(kind.record for kind in KINDS.values()),
    ]
    for model in models:
        for name, shape in fields_of(model).items():
            found.setdefault(name, described(shape))
    return found


def option(parameter: Any, by_field: dict[str, dict[str, Any]]) -> dict[str, Any]:  # noqa: ANN401 - typer's are private
    """Return what an option takes."""
    if parameter.is_flag:
        return {"flag": True}
    if words := shape_of(parameter.type_descriptor.annotation).words:
        return {"values": list(words)}
    if parameter.name in BY_NAME:
        return {"folders": BY_NAME[parameter.name]}
    if parameter.name == "lang":
        return {"values": list(LANGUAGES)}
    return by_field.get(parameter.name, {})


def argument(verb: str, parameter: Any) -> dict[str, Any]:  # noqa: ANN401 - typer's are private
    """Return what an argument is: an id, a kind, a field of the record before it, or a word of a list."""
    name, many = parameter.name, {"many": True} if parameter.nargs == -1 else {}
    if words := shape_of(parameter.type_descriptor.annotation).words:
        return {"values": list(words)}
    if verb == "rules":
        return {"values": list(EVERY_RULE)}
    if name in {"record_id", "record_ids"}:
        return {"folders": [], **many}
    if verb == "list":
        return {"values": [kind.folder for kind in KINDS.values()]}
    if verb == "new":
        return {"values": list(KINDS)}
    if verb == "set":
        return {"field": "name"} if name == "field" else {"field": "value", **many}
    return {}


def completion_table() -> str:
    """Return elo_cli/commands/completion.json."""
    by_field = field_values()
    verbs: dict[str, Any] = {}
    for verb in VERBS:
        parameters = [cast("Any", parameter) for parameter in load_verb(verb).params]
        verbs[verb] = {
            "arguments": [argument(verb, one) for one in parameters if one.param_type_name == "argument"],
            "options": {
                name: option(one, by_field)
                for one in parameters
                if one.param_type_name == "option" and not one.hidden
                for name in (*one.opts, *one.secondary_opts)
                if name.startswith("--")
            },
        }
    return json.dumps({"verbs": verbs, "fields": fields()}, indent=1, ensure_ascii=False) + "\n"
