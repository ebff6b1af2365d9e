"""Finds what was meant by what was typed: a kind by its folder, a record by its id; else names the nearest word."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.nearest import all_near, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elo_cli.checks.rule import Rule
    from elo_cli.model.kinds import Kind
    from elo_cli.model.records.meeting import Meeting
    from elo_cli.store.schemas import Schema
    from elo_cli.store.tracker import Entry, Tracker

_SHOWN: Final = 12
"""Right words in a message, where none of them is near."""


def kind_of_folder(name: str) -> "Kind":
    """The kind whose folder or own name was typed; UsageProblem with the right names otherwise."""
    from elo_cli.model.kinds import BY_FOLDER, KINDS

    kind = BY_FOLDER.get(name) or KINDS.get(name)
    if kind is None:
        raise UsageProblem(
            N_("there is no kind “{given}”; right would be one of {known}"),
            given=name,
            known=right_words(name, BY_FOLDER),
        )
    return kind


def entry_of(tracker: "Tracker", record_id: str) -> "Entry":
    """The record with this id; UsageProblem with the nearest id when there is none or it could not be read."""
    from elo_cli.model.errors import UnreadableProblem

    entry = tracker.entries.get(record_id)
    if entry is not None:
        return entry
    if record_id in tracker.broken:
        raise UnreadableProblem(N_("the record “{id}” cannot be read; elo check says why"), id=record_id)
    for other in tracker.entries.values():
        if record_id in (other.record.formerly or ()):
            raise UsageProblem(N_("“{id}” is now called {now}"), id=record_id, now=other.id)
    raise no_record(record_id, tracker.entries)


def meeting_of(tracker: "Tracker", meeting_id: str) -> "Meeting":
    """The meeting with this id; UsageProblem with the meetings that there are otherwise."""
    from elo_cli.model.records.meeting import Meeting

    meeting = tracker.get(Meeting, meeting_id)
    if meeting is None:
        known = right_words(meeting_id, tracker.by_kind["meeting"])
        raise UsageProblem(N_("there is no meeting “{id}”; right would be one of {known}"), id=meeting_id, known=known)
    return meeting


def no_record(record_id: str, known: Iterable[str]) -> UsageProblem:
    """That no record has this id, with the nearest of the ids that are known."""
    if near := nearest(record_id, known):
        return UsageProblem(N_("there is no record “{id}”; nearest is {nearest}"), id=record_id, nearest=near)
    return UsageProblem(N_("there is no record “{id}”; elo list measures shows what there is"), id=record_id)


def right_words(given: str, known: Iterable[str]) -> str:
    """What may have been meant: the nearest of the right words, else the first of them, as many as a line holds."""
    words = list(known)
    near = all_near(given, words, 3)
    if len(words) <= _SHOWN:
        return ", ".join(dict.fromkeys((*near, *words)))
    if near:
        return ", ".join(near)
    return ", ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


def rule_of(rule_id: str) -> "Rule":
    """The rule with this id; UsageProblem with the nearest id when there is none."""
    from elo_cli.checks.manual import EVERY_RULE

    rule = EVERY_RULE.get(rule_id)
    if rule is None:
        if near := nearest(rule_id, EVERY_RULE):
            raise UsageProblem(N_("there is no rule “{id}”; nearest is {nearest}"), id=rule_id, nearest=near)
        raise UsageProblem(N_("there is no rule “{id}”; elo rules lists them"), id=rule_id)
    return rule


def schema_called(name: str, schemas: "Mapping[str, Schema]") -> "Schema":
    """The schema with this name, or of the kind or folder with it; UsageProblem with the nearest name otherwise."""
    from elo_cli.model.kinds import BY_FOLDER, KINDS

    kind = KINDS.get(name) or BY_FOLDER.get(name)
    schema = schemas.get(kind.schema if kind is not None else name.removesuffix(".schema.json"))
    if schema is None:
        if near := nearest(name, [*schemas, *KINDS]):
            raise UsageProblem(N_("there is no schema “{name}”; nearest is {nearest}"), name=name, nearest=near)
        raise UsageProblem(N_("there is no schema “{name}”; elo schema lists them"), name=name)
    return schema
