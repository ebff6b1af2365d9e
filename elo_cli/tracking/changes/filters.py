"""Which changes are asked for: by field, by kind of record and by rule, and how many of each there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from elo_cli.model.config import TrackerConfig
from elo_cli.model.kinds import KINDS
from elo_cli.model.shape import EACH, KEYS, shape_of
from elo_cli.tracking.changes.change import CONFIG_ID, Change

TOLD: Final = (
    "record-added", "record-renamed", "promise-corrected", "correction-added", "update-added", "update-translated",
    "update-retracted", "source", "wording", "vocabulary", "settings", "due-moved", "status", "confidence",
    "funding-stage", "funding-amount", "translation", "evidence", "eu", "value", "meeting-moved", "decision",
    "link", "field",
)  # fmt: skip
"""Rules of changes that are told and break nothing; those that may not land are in `checks`."""


class ChangeFilters(NamedTuple):
    """What a change must be; without a word of one sort, anything. Several words of a sort are alternatives."""

    fields: tuple[str, ...] = ()
    """Fields, each with what lies below it: `indicator` is also `indicator.goal`."""
    kinds: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def keeps(self, change: Change) -> bool:
        """Whether a change is asked for."""
        field = change.field.removeprefix("updates.")
        return (
            (not self.fields or any(field == name or field.startswith(f"{name}.") for name in self.fields))
            and (not self.kinds or change.kind in self.kinds)
            and (not self.rules or change.rule in self.rules)
        )

    def kept(self, changes: Iterable[Change]) -> list[Change]:
        """The changes that are asked for, in their order."""
        return [change for change in changes if self.keeps(change)] if any(self) else list(changes)


class ChangeCount(NamedTuple):
    """How many changes there are of one sort."""

    rule: str
    field: str | None
    """None for a whole record or update."""
    changes: int
    records: int


def counts(changes: Sequence[Change]) -> list[ChangeCount]:
    """The changes by rule and field, the most frequent first."""
    numbers: Counter[tuple[str, str]] = Counter((change.rule, change.field) for change in changes)
    records: dict[tuple[str, str], set[str]] = {}
    for change in changes:
        records.setdefault((change.rule, change.field), set()).add(change.record)
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return [ChangeCount(rule, field or None, n, len(records[rule, field])) for (rule, field), n in ordered]


def known_fields() -> list[str]:
    """Every field that a change can name, with a point before what lies deeper."""
    return sorted({"updates", *_fields()})


def is_field(name: str) -> bool:
    """Whether a change can be of this field; below a map, such as that of required evidence, lie a file's own keys."""
    fields = {"updates": False, **_fields()}
    parts = name.split(".")
    return name in fields or any(fields.get(".".join(parts[:end])) for end in range(1, len(parts)))


@cache
def _fields() -> dict[str, bool]:
    """The fields of records and settings, and whether keys of a file's own lie below."""
    fields: dict[str, bool] = {}
    updates = (shape_of(kind.update) for kind in KINDS.values() if kind.update is not None)
    for shape in (*(kind.shape for kind in KINDS.values()), *updates, shape_of(TrackerConfig)):
        for path, place in shape.places():
            parts = [part for part in path if part not in {EACH, KEYS}]
            if parts and parts[0] != "updates":
                name = ".".join(parts)
                fields[name] = fields.get(name, False) or place.form == "map"
    return fields


def known_kinds() -> list[str]:
    """Every kind that a change can be of."""
    return [*KINDS, CONFIG_ID]
