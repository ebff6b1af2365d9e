"""One change of meaning between two versions, with its place on both sides and a name that stays."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Final, NamedTuple

from pydantic import BaseModel

from elo_cli.model.finding import Level, Where
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.base import Update

CONFIG_ID: Final = "tracker"
"""Stands in the place of a record's id for changes of tracker.yaml."""


class Location(NamedTuple):
    """A place on one side of a comparison: the file below the data folder, and the place in it."""

    path: str
    where: Where = ()


class Change(NamedTuple):
    """One change of meaning; `old` and `new` are values of the model, None where there is none."""

    record: str
    kind: str
    rule: str
    level: Level
    field: str
    old: object
    new: object
    base: Location | None
    head: Location | None
    wording: bool = False
    """Whether only words differ, and no fact."""
    update: Update | None = None
    """The update that says so, where one does."""
    also: str = ""
    """The other id of a renamed record, or of the one that an id was taken from."""

    @property
    def fingerprint(self) -> str:
        """A name that stays the same from run to run and when lines move: rule, record, field and both values."""
        parts = (self.rule, self.record, self.field, canonical(self.old), canonical(self.new))
        update = canonical(self.update) if self.update is not None and self.rule != "update-added" else ""
        return sha256("\0".join((*parts, update)).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def canonical(value: object) -> str:
    """A value as text that depends on nothing but its meaning."""
    match value:
        case Period():
            return f"{value.start}/{value.stop or '..'}"
        case Money():
            return value.plain
        case Decimal():
            return format(value.normalize(), "f")
        case BaseModel():
            stated = {name: getattr(value, name) for name in value.model_fields_set}
            return canonical(stated)
        case Mapping():
            return "{" + ",".join(f"{dumps(key)}={canonical(value[key])}" for key in sorted(value)) + "}"
        case list() | tuple():
            return "[" + ",".join(canonical(item) for item in value) + "]"
        case str():
            # Quoted, so that no text can stand for more than itself.
            return dumps(value)
        case _:
            return f"{type(value).__name__}:{value}"


def gravest(changes: Iterable[Change]) -> Level | None:
    """The gravest level among changes; None for none."""
    return min((change.level for change in changes), key=lambda level: level.rank, default=None)
