"""What a rule is: a function from a context to findings, with its id, level, meaning and remedy beside it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Final, NamedTuple, TypeVar, cast

from elo_cli.model.errors import N_, nearest
from elo_cli.model.finding import Level, Phrase, Problem, Where
from elo_cli.model.kinds import KIND_OF
from elo_cli.model.period import Period
from elo_cli.model.records.base import Record, Retraction, Update
from elo_cli.model.records.vocabulary import Document
from elo_cli.store.evidence import EvidenceFolder
from elo_cli.store.tracker import Entry, Tracker
from elo_cli.tracking.day.state import State, standing
from elo_cli.tracking.day.view import View

R = TypeVar("R", bound=Record)
T = TypeVar("T")


_COUNTED: Final = frozenset({"days", "ago"})
"""Values of messages that grow with every day, so that a finding told yesterday would be another one today."""


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
        """A name for this finding that stays the same when lines move and days pass: rule, file, record and values."""
        values = [(name, value) for name, value in self.identity[2] if name not in _COUNTED]
        text = "\0".join((self.rule, self.path, self.record or "", *(f"{name}={value}" for name, value in values)))
        return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]

    @property
    def identity(self) -> tuple[str, str | None, tuple[tuple[str, str], ...]]:
        """What makes a finding of a record the same before and after an edit: its rule, record and values."""
        return self.rule, self.record, tuple(sorted((name, str(value)) for name, value in self.args.items()))

    @property
    def message(self) -> str:
        """The message in English with its values."""
        return str(Phrase((RULES.get(self.rule) or CHANGE_RULES[self.rule]).message, self.args))


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
    outside: bool = False
    """Whether the path is none below the data folder, and is shown as it is."""


class Context:
    """What a rule may look at: the tracker, the day, and what several rules ask for, computed once."""

    def __init__(
        self, tracker: Tracker, as_of: date, today: date | None = None, evidence: EvidenceFolder | None = None
    ) -> None:
        """Judge this tracker as of this day; `today` is the real one, where that is another.

        Without a folder of evidence nothing is said of the files that records name.
        """
        self.tracker = tracker
        self.as_of = as_of
        self.today = today or as_of
        self.evidence = evidence
        self.view = View(tracker, as_of)
        self._found: dict[object, object] = {}
        self._standing: dict[str, Sequence[tuple[int, Update]]] = {}
        self._indexes: dict[str, Mapping[int, int]] = {}
        self._states_of: dict[type[Record], Sequence[tuple[Entry, State[Any]]]] = {}
        self._guesses = _GUESSES

    def once(self, find: Callable[["Context"], T]) -> T:
        """What a function finds in this context, for several rules that ask for the same."""
        if find not in self._found:
            self._found[find] = find(self)
        return cast("T", self._found[find])

    @cached_property
    def problems(self) -> Mapping[str, list[Problem]]:
        """What reading found wrong, by rule."""
        groups: dict[str, list[Problem]] = defaultdict(list)
        for problem in self.tracker.problems:
            groups[problem.rule].append(problem)
        return groups

    @cached_property
    def with_updates(self) -> list[Entry]:
        """The records that have updates; nothing about updates need be asked of the others."""
        return [entry for entry in self.tracker.entries.values() if entry.record.all_updates]

    @cached_property
    def updates(self) -> list[tuple[Entry, int, Update]]:
        """Every update that stands, with its record and its index."""
        return [(entry, index, update) for entry in self.with_updates for index, update in self.standing(entry.record)]

    @cached_property
    def retracted(self) -> list[tuple[Entry, int, Retraction, Update]]:
        """Every update that was or will be retracted."""
        return [
            (entry, index, update.retracted, update)
            for entry in self.with_updates
            for index, update in enumerate(entry.record.all_updates)
            if update.retracted is not None
        ]

    def setting(self, field: str) -> Sequence[tuple[Entry, int, Update]]:
        """The updates that stand and say something of a field: most rules are about one that few updates name."""
        return self._setting.get(field, ())

    @cached_property
    def _setting(self) -> Mapping[str, list[tuple[Entry, int, Update]]]:
        groups: dict[str, list[tuple[Entry, int, Update]]] = defaultdict(list)
        for found in self.updates:
            for field in found[2].model_fields_set:
                groups[field].append(found)
        return groups

    def standing(self, record: Record) -> Sequence[tuple[int, Update]]:
        """The updates of a record that are not retracted, with their index: the others need be right no more."""
        known = self._standing.get(record.id)
        if known is None:
            known = self._standing[record.id] = standing(record, self.as_of)
        return known

    def of(self, model: type[R]) -> Iterator[tuple[Entry, R]]:
        """The records of one kind with their entries, in the order of their files."""
        for entry in self.tracker.by_kind[KIND_OF[model].name].values():
            yield entry, cast("R", entry.record)

    def states(self, model: type[R]) -> Sequence[tuple[Entry, State[R]]]:
        """The same records as they stand on the day; some twenty rules go over them."""
        known = self._states_of.get(model)
        if known is None:
            known = self._states_of[model] = [(entry, self.view.state(record)) for entry, record in self.of(model)]
        return cast("Sequence[tuple[Entry, State[R]]]", known)

    def day_of(self, document_id: str | None) -> Period | None:
        """The date of a document of the vocabulary, when it has one."""
        document = self.tracker.get(Document, document_id)
        return document.date if document is not None else None

    def guess(self, name: str, known: Sequence[str]) -> Phrase | str:
        """Which of these names was probably meant, as the rest of a sentence; "" when none is near."""
        self._guesses -= len(known)
        near = nearest(name, known) if self._guesses >= 0 else None
        return Phrase(N_("; nearest is “{nearest}”"), {"nearest": near}) if near else ""

    def place(self, state: State[R], field: str) -> Where:
        """Where the present value of a field stands: in the last update that set it, else in the promise."""
        index = self.index_of(state.promise, state.set_by.get(field))
        return (field,) if index is None else ("updates", index, field)

    def index_of(self, record: Record, update: Update | None) -> int | None:
        """Which of a record's updates this is; None for the promise."""
        known = self._indexes.get(record.id)
        if known is None:
            # Updates are told apart by being the same object: two may say the same.
            known = self._indexes[record.id] = {id(other): index for index, other in enumerate(record.all_updates)}
        return known.get(id(update))

    def spot(self, entry: Entry, *where: str | int, at_key: bool = False, **args: object) -> Spot:
        """A place in a record, named from the record's own top."""
        return Spot(entry.path, (*entry.where, *where), args, entry.id, at_key=at_key)


MANY_RULE: Final = "file-many-findings"
"""The rule whose finding stands for others of its file, and says how many of each level (`checks.run.shortened`)."""
_GUESSES: Final = 200_000
"""How many ids a check compares with mistyped ones; a hundred thousand mistyped ones get no answer each."""
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
CHANGE_RULES: Final[dict[str, Rule]] = {}
"""The rules that compare with an earlier revision, by id, filled by `checks.rules.changes`; `find` finds nothing."""


def rule(
    rule_id: str, level: Level, *, message: str, meaning: str, remedy: str
) -> Callable[[RuleFunction], RuleFunction]:
    """Register the decorated function as a rule; ids are kebab-case and begin with the rule's group."""

    def register(function: RuleFunction) -> RuleFunction:
        if rule_id in RULES:
            raise ValueError(rule_id)
        RULES[rule_id] = Rule(rule_id, level, message, meaning, remedy, function)
        return function

    return register


def reading_rule(rule_id: str, level: Level, *, message: str, meaning: str, remedy: str) -> None:
    """Register a rule whose findings come from reading the files: `store` names them, nothing is looked for again."""

    @rule(rule_id, level, message=message, meaning=meaning, remedy=remedy)
    def found(context: Context) -> Iterator[Spot]:
        for problem in context.problems.get(rule_id, ()):
            yield Spot(
                problem.path,
                problem.where,
                problem.args,
                problem.record,
                at_key=rule_id in _ON_KEYS,
                line=problem.line,
                column=problem.column,
            )


_ON_KEYS: Final = frozenset({"schema-unknown-field", "yaml-key-not-text", "schema-duplicate-id"})
"""Rules whose finding is about the key, not about what stands behind it."""
