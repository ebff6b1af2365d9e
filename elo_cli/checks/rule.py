"""What a rule is: a function from a context to findings, with its id, level, meaning and remedy beside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, NamedTuple

from elo_cli.model.finding import Level, Said, Where
from elo_cli.store.tracker import Entry, Tracker


class Finding(NamedTuple):
    """What a rule found: where, how grave, which rule, and the values for its message; sorts by place."""

    path: str
    """The file as people name it, with the data folder's name before it."""
    line: int
    column: int
    level: Level
    rule: str
    args: Mapping[str, object]
    record: str | None

    @property
    def fingerprint(self) -> str:
        """A name for this finding that stays the same when lines move: rule, file, record and values."""
        values = sorted((name, str(value)) for name, value in self.args.items())
        text = "\0".join((self.rule, self.path, self.record or "", *(f"{name}={value}" for name, value in values)))
        return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]

    @property
    def message(self) -> str:
        """The message in English with its values."""
        return str(Said(RULES[self.rule].message, self.args))


class Spot(NamedTuple):
    """What a rule yields: a place in a file and the values of the message; line and column are looked up later.

    `at_key` puts the finding on the key rather than on its value; a fixed line wins over the place.
    """

    path: str
    where: Where = ()
    args: Mapping[str, object] = {}
    record: str | None = None
    at_key: bool = False
    line: int | None = None
    column: int | None = None


class Context(NamedTuple):
    """What a rule may look at: the tracker, the day, and the states of all records on that day."""

    tracker: Tracker
    as_of: date

    def spot(self, entry: Entry, *where: str | int, at_key: bool = False, **args: object) -> Spot:
        """A place in a record, named from the record's own top."""
        return Spot(entry.path, (*entry.where, *where), args, entry.id, at_key=at_key)


RuleFunction = Callable[[Context], Iterator[Spot]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `message` is a msgid with places for the finding's values; `meaning` and `remedy` are its manual page."""

    id: str
    level: Level
    message: str
    meaning: str
    remedy: str
    find: RuleFunction


RULES: Final[dict[str, Rule]] = {}
"""Every rule by its id, filled when the modules of rules are imported (`checks.all_rules`)."""


def rule(rule_id: str, level: Level, *, message: str, meaning: str, remedy: str) -> Callable[[RuleFunction], RuleFunction]:
    """Register the decorated function as a rule; ids are kebab-case and begin with the rule's group."""

    def register(function: RuleFunction) -> RuleFunction:
        if rule_id in RULES:
            raise ValueError(rule_id)
        RULES[rule_id] = Rule(rule_id, level, message, meaning, remedy, function)
        return function

    return register
