"""The files of mappings, those that come with elo and a person's own: read, or every problem with its place."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.finding import Phrase, Problem, Where
from elo_cli.model.kinds import KINDS, RECORD_KINDS
from elo_cli.model.shape import shape_of
from elo_cli.store.source import read_bounded
from elo_cli.store.tables.mapping import PLACE, PROVENANCE, Mapping, RecordRule, Taken, UpdateRule, field_shape
from elo_cli.store.tables.patterns import is_pattern
from elo_cli.store.yaml.limits import MAX_BYTES
from elo_cli.store.yaml.strict import parse

_FOLDER: Final = "mappings"
_OURS: Final = frozenset({"id", "formerly", "updates", "corrections", "sources"})
"""Fields that an import sets itself."""
NO_PATTERN: Final = N_("this is no pattern that elo reads; look-around, references and counts in braces are none")


class MappingFile(NamedTuple):
    """What a mapping file says, or what is wrong with it; `text` is for finding the places."""

    mapping: Mapping | None
    path: str
    text: str
    problems: tuple[Problem, ...]


def shipped() -> dict[str, MappingFile]:
    """The mappings that come with elo, by name."""
    folder = resources.files("elo_cli").joinpath(_FOLDER)
    mappings = {file.name.removesuffix(".yaml"): file for file in folder.iterdir() if file.name.endswith(".yaml")}
    return {name: _understood(mappings[name].read_bytes(), mappings[name].name) for name in sorted(mappings)}


def shipped_text(name: str) -> bytes:
    """The bytes of a mapping that comes with elo. Raises UsageProblem when there is none of this name."""
    file = resources.files("elo_cli").joinpath(_FOLDER, f"{name}.yaml")
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        known = ", ".join(shipped())
        raise UsageProblem(N_("there is no mapping “{mapping}”; elo has {known}"), mapping=name, known=known)
    return file.read_bytes()


def read_mapping_file(name: str) -> MappingFile:
    """A mapping by its name when it comes with elo, else the file. Raises EloError when there is none."""
    if re.fullmatch(r"[a-z0-9-]+", name):
        file = resources.files("elo_cli").joinpath(_FOLDER, f"{name}.yaml")
        if file.is_file():
            return _understood(file.read_bytes(), f"{name}.yaml")
        if not Path(name).exists():
            raise UsageProblem(
                N_("there is no mapping “{name}”; elo import --list shows those that come with elo"), name=name
            )
    return _understood(read_bounded(Path(name), MAX_BYTES), name)


def _understood(data: bytes, path: str) -> MappingFile:
    parsed = parse(data, path)
    if parsed.value is None:
        return MappingFile(None, path, parsed.text, parsed.problems)
    try:
        mapping = Mapping.model_validate(parsed.value)
    except ValidationError as error:
        from elo_cli.store.schema_problems import problems_of

        return MappingFile(None, path, parsed.text, tuple(problems_of(error, Mapping, path, (), None)))
    wrong = tuple(_problems_in(mapping, path))
    return MappingFile(None if wrong else mapping, path, parsed.text, wrong)


def _problems_in(mapping: Mapping, path: str) -> Iterator[Problem]:
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
        if not PLACE.fullmatch(f"{{{name}}}") or name in PROVENANCE:
            yield ("columns", name), name, Phrase(N_("a column’s name is made of small letters, digits and _"))
    known = sorted({*mapping.columns, *PROVENANCE})
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
    if mapping.updates is not None:
        yield ("updates", "id"), mapping.updates.id
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
    yield from _template(rule.id, (*where, "id"), known)
    if rule.date is not None:
        yield from _template(Taken(take=rule.date), (*where, "date"), known)
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
