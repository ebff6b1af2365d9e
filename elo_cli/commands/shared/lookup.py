"""Finds what was meant by what was typed: a kind by its folder, a record by its id; else names the nearest word."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from elo_cli.model.errors import N_, UsageProblem, all_near, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from elo_cli.checks.rule import Rule
    from elo_cli.model.kind import Kind
    from elo_cli.model.records.meeting import Meeting
    from elo_cli.render.export.tables import TableData
    from elo_cli.store.schemas import Schema
    from elo_cli.store.tracker import Entry, Tracker

_SHOWN: Final = 12
"""Right words in a message, where none of them is near."""
_CANDIDATES: Final = 5
"""Records that a name may mean, in a message."""


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
    entry = _entry(tracker, record_id)
    if entry is None:
        raise no_record(tracker, record_id)
    return entry


def named_entry(tracker: "Tracker", text: str) -> "Entry":
    """The record with this id, else the one record that this names, which is told; UsageProblem with all that may be.

    For reading only: what is written is written to a record whose id was typed.
    """
    from elo_cli.commands.shared import session
    from elo_cli.tracking.texts.finding import called

    if (entry := _entry(tracker, text)) is not None:
        return entry
    hits = called(tracker, text)
    language = session.language()
    if len(hits) > 1:
        raise UsageProblem(
            N_("“{text}” names several records: {known}; elo find shows them all"),
            text=text,
            known=_labels(tracker, [hit.entry.id for hit in hits[:_CANDIDATES]], len(hits)),
        )
    if not hits:
        raise no_record(tracker, text)
    entry = hits[0].entry
    session.tell(
        language.say(
            N_("no record has the id “{text}”; this is {id}: {name}"),
            text=text,
            id=entry.id,
            name=language.text(_name(entry), entry.id),
        )
    )
    return entry


def _name(entry: "Entry") -> "Mapping[str, str] | None":
    """What a record is called now, after all that has been said."""
    from datetime import date

    from elo_cli.tracking.day.state import state

    return state(entry.record, date.max).now.name


def _entry(tracker: "Tracker", record_id: str) -> "Entry | None":
    """The record with this id; UsageProblem with its new one, UnreadableProblem when it could not be read."""
    from elo_cli.model.errors import UnreadableProblem

    entry = tracker.entries.get(record_id)
    if entry is not None:
        return entry
    if record_id in tracker.broken:
        raise UnreadableProblem(N_("the record “{id}” cannot be read; elo check says why"), id=record_id)
    for other in tracker.entries.values():
        if record_id in (other.record.formerly or ()):
            raise UsageProblem(N_("“{id}” is now called {now}"), id=record_id, now=other.id)
    return None


def meeting_of(tracker: "Tracker", meeting_id: str) -> "Meeting":
    """The meeting with this id; UsageProblem with the meetings that there are otherwise."""
    from elo_cli.model.records.meeting import Meeting

    meeting = tracker.get(Meeting, meeting_id)
    if meeting is None:
        known = right_words(meeting_id, tracker.by_kind["meeting"])
        raise UsageProblem(N_("there is no meeting “{id}”; right would be one of {known}"), id=meeting_id, known=known)
    return meeting


def no_record(tracker: "Tracker", record_id: str) -> UsageProblem:
    """That no record has this id, with those whose name it may be, or whose id is nearest."""
    from elo_cli.model.characters import folded
    from elo_cli.tracking.texts.finding import akin, called

    hits = called(tracker, record_id) or akin(tracker, record_id)
    near = [hit.entry.id for hit in hits[:_CANDIDATES]]
    if not near:
        names = {
            folded(text): entry.id
            for entry in tracker.entries.values()
            for text in (*(entry.record.name or {}).values(), entry.id)
        }
        near = [names[name] for name in all_near(folded(record_id), names, 1)]
    if near:
        return UsageProblem(
            N_("there is no record “{id}”; nearest is {nearest}"),
            id=record_id,
            nearest=_labels(tracker, near, max(len(hits), len(near))),
        )
    return UsageProblem(N_("there is no record “{id}”; elo list measures shows what there is"), id=record_id)


def _labels(tracker: "Tracker", ids: "Sequence[str]", count: int) -> str:
    """Records by their ids and names, with a mark where there are more of them."""
    from elo_cli.commands.shared import session

    language = session.language()
    shown = [f"{record_id} ({language.text(_name(tracker.entries[record_id]), record_id)})" for record_id in ids]
    return ", ".join(shown) + (" …" if count > len(ids) else "")


def right_words(given: str, known: Iterable[str]) -> str:
    """What may have been meant: the nearest of the right words, else the first of them, as many as a line holds."""
    from elo_cli.model.characters import first_of

    words = list(known)
    near = all_near(given, words, 3)
    if len(words) <= _SHOWN:
        return ", ".join(dict.fromkeys((*near, *words)))
    if near:
        return ", ".join(near)
    return first_of(words, _SHOWN)


def rule_of(rule_id: str) -> "Rule":
    """The rule with this id; UsageProblem with the nearest id when there is none."""
    from elo_cli.checks.manual import EVERY_RULE

    rule = EVERY_RULE.get(rule_id)
    if rule is None:
        if near := nearest(rule_id, EVERY_RULE):
            raise UsageProblem(N_("there is no rule “{id}”; nearest is {nearest}"), id=rule_id, nearest=near)
        raise UsageProblem(N_("there is no rule “{id}”; elo rules lists them"), id=rule_id)
    return rule


def table_called(name: str, tables: "Mapping[str, TableData]") -> "TableData":
    """The table of an export with this name; UsageProblem with the right names otherwise."""
    table = tables.get(name)
    if table is None:
        raise UsageProblem(
            N_("there is no table “{name}”; right would be one of {known}"), name=name, known=right_words(name, tables)
        )
    return table


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
