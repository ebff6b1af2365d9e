"""What pydantic found wrong with a record, said in elo's words: the rule, the place, and what would be right."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from elo_cli.model.characters import short
from elo_cli.model.errors import N_, InvalidValueError, nearest
from elo_cli.model.finding import Phrase, Problem, Where
from elo_cli.model.shape import fields_of, shape_of

_TYPES: Final = {
    "string_type": N_("a text"),
    "int_type": N_("a whole number"),
    "bool_type": N_("true or false"),
    "int_from_float": N_("a whole number"),
    "float_type": N_("a number"),
    "decimal_type": N_("a number"),
    "list_type": N_("a list"),
    "dict_type": N_("a mapping"),
    "model_type": N_("a mapping"),
    "model_attributes_type": N_("a mapping"),
}
_BOUNDS: Final = {
    "string_too_short": N_("it is empty"),
    "string_too_long": N_("it is longer than {max_length} characters"),
    "too_short": N_("it is empty; leave the field out instead"),
    "too_long": N_("it has more than {max_length} entries"),
    "greater_than": N_("it is not more than {gt}"),
    "less_than": N_("it is not less than {lt}"),
    "greater_than_equal": N_("it is less than {ge}"),
    "less_than_equal": N_("it is more than {le}"),
}
_PATTERNS: Final = (
    # Each pattern takes the first beginning that is its own, so the longer ones come first.
    (
        "^(?!/",
        N_(
            "a place in an archive is a reference such as VN/1234/2024, or a path below the folder of evidence: "
            "it begins with no / and leads through no . or .. and has no backslash"
        ),
    ),
    (
        "^(?!",
        N_(
            "an id is kebab-case ASCII: small letters, digits and single hyphens, such as dsp-pilots; "
            "no name that Windows keeps for a device: con, prn, aux, nul, com0 to com9, lpt0 to lpt9"
        ),
    ),
    ("^[a-z0-9]", N_("an id is kebab-case ASCII: small letters, digits and single hyphens, such as dsp-pilots")),
    ("^[a-z]{2,3}", N_("a language is a code such as fi, sv or en")),
    ("^https", N_("an address begins with https:// or http:// and has no spaces")),
    ("^[0-9a-f]{64}", N_("a SHA-256 is 64 small hexadecimal digits")),
    ("^[A-Za-z0-9._%+-]", N_("a role mailbox has the form office@example.fi")),
)


def problems_of(
    error: ValidationError, model: type[BaseModel], path: str, prefix: Where, record: str | None
) -> list[Problem]:
    """One problem for each thing that is wrong, in pydantic's order; a flow-style comma is named once, not thrice."""
    details = error.errors(include_url=False)
    commas = {where[:-1] for where in _split_texts(details)}
    problems: list[Problem] = []
    for detail in details:
        where = _where(detail["loc"])
        if where[:-1] in commas:
            continue
        rule, args = _say(detail, model, where)
        problems.append(
            Problem(rule, path, (*prefix, *where), args={"field": field_name(where), **args}, record=record)
        )
    problems.extend(
        Problem("schema-flow-comma", path, (*prefix, *comma), args={"field": field_name(comma)}, record=record)
        for comma in sorted(commas, key=str)
    )
    return problems


def field_name(where: Iterable[str | int]) -> str:
    """A place as a person would say it: `updates.2.due`, list items counted from one."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in where)


def _where(loc: tuple[int | str, ...]) -> Where:
    return tuple(part for part in loc if part != "[key]")


def _split_texts(details: list[ErrorDetails]) -> Iterator[Where]:
    """Places where `{fi: yksi, kaksi}` made the word after the comma a key without a value."""
    bad_keys = {_where(detail["loc"]) for detail in details if detail["loc"] and detail["loc"][-1] == "[key]"}
    for detail in details:
        where = _where(detail["loc"])
        if detail["type"] == "string_type" and detail["input"] is None and where in bad_keys and len(where) > 1:
            yield where


def _say(detail: ErrorDetails, model: type[BaseModel], where: Where) -> tuple[str, dict[str, object]]:
    kind = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    given = detail["input"]
    if kind == "extra_forbidden":
        place = shape_of(model).at(where[:-1])
        fields = list(fields_of(place.model)) if place is not None and place.model is not None else []
        return "schema-unknown-field", {"detail": _right_field(str(where[-1]), fields)}
    if kind == "missing":
        return "schema-missing-field", {}
    if kind == "string_type" and isinstance(given, int | float):
        return "schema-quote-text", {"given": short(given)}
    if kind in _TYPES:
        return "schema-type", {"expected": Phrase(_TYPES[kind]), "found": Phrase(found_type(given))}
    return "schema-value", {"given": short(given), "detail": _detail(kind, context, given)}


def _detail(kind: str, context: Mapping[str, Any], given: object) -> Phrase:
    error = context.get("error")
    if isinstance(error, InvalidValueError):
        return Phrase(error.message, error.values)
    if kind == "literal_error":
        choices = [part.strip("'") for part in str(context["expected"]).replace(" or ", ", ").split(", ")]
        if near := nearest(str(given), choices):
            return Phrase(
                N_("right would be one of {choices}; nearest is {nearest}"),
                {"choices": ", ".join(choices), "nearest": near},
            )
        return Phrase(N_("right would be one of {choices}"), {"choices": ", ".join(choices)})
    if kind == "string_pattern_mismatch" and (said := pattern_message(str(context["pattern"]))):
        return Phrase(said)
    if kind in _BOUNDS:
        return Phrase(
            _BOUNDS[kind],
            {name: value for name, value in context.items() if name in {"max_length", "ge", "le", "gt", "lt"}},
        )
    # What pydantic says further is English, and about Python.
    return Phrase(N_("this is not a value that it can have"))


def pattern_message(pattern: str) -> str:
    """What a text with this pattern looks like (a msgid); "" where nothing is said of the pattern."""
    return next((said for start, said in _PATTERNS if pattern.startswith(start)), "")


def _right_field(name: str, fields: Iterable[str]) -> Phrase:
    if near := nearest(name, fields):
        return Phrase(N_("nearest is “{nearest}”"), {"nearest": near})
    return Phrase(N_("right would be one of {fields}"), {"fields": ", ".join(fields)})


def found_type(value: object) -> str:
    """What a plain value is, as a person would say it (a msgid)."""
    for types, name in (
        (bool, N_("true or false")),
        (str, N_("a text")),
        ((int, float), N_("a number")),
        (list, N_("a list")),
        (dict, N_("a mapping")),
    ):
        if isinstance(value, types):
            return name
    return N_("nothing")
