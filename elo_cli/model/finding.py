"""A finding: what a rule found, where, and with which values; a value that is collected and sorted, never raised."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

MANY: Final = 200
"""Findings of one file that are told one by one; what there is above that is told as a number."""


class Level(StrEnum):
    """Error must not land; warning, someone should mend the data; note, a fact about the world."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorting puts it first."""
        return ("error", "warning", "note").index(self.value)


class Phrase(NamedTuple):
    """A sentence inside a sentence: an English msgid with its values, translated where the outer one is."""

    message: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        """The sentence in English."""
        return self.message.format(**self.values) if self.values else self.message


Where = tuple[str | int, ...]
"""A place in a file's data: keys and list indexes from the top, such as ("updates", 0, "due")."""


class Problem(NamedTuple):
    """What reading a file found wrong with it, before any rule judges the tracker: the rule's id and its values."""

    rule: str
    path: str
    where: Where = ()
    line: int | None = None
    column: int | None = None
    args: Mapping[str, object] = {}
    record: str | None = None
