"""What is wrong with a mapping beyond its types: unknown columns, fields that a kind does not have, bad patterns."""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.model.finding import Phrase, Problem, Where
from elo_cli.model.kinds import KINDS, RECORD_KINDS
from elo_cli.model.shape import shape_of
from elo_cli.store.tables.mapping import PLACE, SOURCE, Mapping, RecordRule, Taken, UpdateRule, field_shape
from elo_cli.store.tables.patterns import is_pattern

_OURS: Final = frozenset({"id", "formerly", "updates", "corrections", "sources"})
"""Fields that an import sets itself."""
NO_PATTERN: Final = N_("this is no pattern that elo reads; look-around, references and counts in braces are none")


def problems_in(mapping: Mapping, path: str) -> Iterator[Problem]:
    """Every problem with its place, in the order of the file's sections."""
    for where, given, detail in _wrong(mapping):
        yield Problem(
            "schema-value", path, where, args={"field": ".".join(map(str, where)), "given": given, "detail": detail}
        )


_Wrong = Iterator[tuple[Where, str, Phrase]]


def _wrong(mapping: Mapping) -> _Wrong:
    if (mapping.records is None) == (mapping.updates is None):
        yield (), "records", Phrase(N_("a mapping has either records or updates"))
    if mapping.numbers.decimal == mapping.numbers.thousands:
        yield ("numbers",), mapping.numbers.decimal, Phrase(N_("one sign cannot be both"))
    for name in mapping.columns:
        if not PLACE.fullmatch(f"{{{name}}}") or name == SOURCE:
            yield ("columns", name), name, Phrase(N_("a column’s name is made of small letters, digits and _"))
    known = sorted({*mapping.columns, SOURCE})
    for where, value in _values(mapping):
        if value.shared_map is not None and value.shared_map not in mapping.maps:
            given = value.shared_map
            yield (*where, "shared_map"), given, Phrase(N_("there is no such map among “maps”"))
        if value.match is not None and not is_pattern(value.match):
            yield (*where, "match"), value.match, Phrase(NO_PATTERN)
    for index, rule in enumerate(mapping.records or ()):
        yield from _records(rule, ("records", index), known)
    if mapping.updates is not None:
        yield from _updates(mapping.updates, ("updates",), known)


def _values(mapping: Mapping) -> Iterator[tuple[Where, Taken]]:
    for index, rule in enumerate(mapping.records or ()):
        yield ("records", index, "id"), rule.id
        for name, value in rule.fields.items():
            yield ("records", index, "fields", name), value
    for name, value in (mapping.updates.fields if mapping.updates is not None else {}).items():
        yield ("updates", "fields", name), value


def _records(rule: RecordRule, where: Where, known: list[str]) -> _Wrong:
    yield from _template(rule.id, (*where, "id"), known)
    yield from _conditions(rule.when, (*where, "when"), known)
    if rule.owns is not None and not is_pattern(rule.owns):
        yield (*where, "owns"), rule.owns, Phrase(NO_PATTERN)
    model = KINDS[rule.kind].record
    for name, value in rule.fields.items():
        yield from _template(value, (*where, "fields", name), known)
        if name in _OURS or field_shape(KINDS[rule.kind].shape, name) is None:
            fields = ", ".join(field for field in model.model_fields if field not in _OURS)
            yield (*where, "fields", name), name, Phrase(N_("right would be one of {fields}"), {"fields": fields})


def _updates(rule: UpdateRule, where: Where, known: list[str]) -> _Wrong:
    for name in ("id", "date"):
        if (template := getattr(rule, name)) is not None:
            yield from _template(Taken(take=template), (*where, name), known)
    shapes = [shape_of(kind.update) for kind in RECORD_KINDS if kind.update is not None]
    for name, value in rule.fields.items():
        yield from _template(value, (*where, "fields", name), known)
        if name == "date" or all(field_shape(shape, name) is None for shape in shapes):
            yield (*where, "fields", name), name, Phrase(N_("no update has this field"))


def _template(value: Taken, where: Where, known: list[str]) -> _Wrong:
    for name in PLACE.findall(value.take):
        if name not in known:
            yield where, name, _no_column(known)
    yield from _conditions(value.when, (*where, "when"), known)


def _conditions(when: Map[str, list[str]] | None, where: Where, known: list[str]) -> _Wrong:
    for name in when or ():
        if name not in known:
            yield (*where, name), name, _no_column(known)


def _no_column(known: list[str]) -> Phrase:
    return Phrase(N_("there is no such column; right would be one of {known}"), {"known": ", ".join(known)})
