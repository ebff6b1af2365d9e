"""A record's life as blocks for the screen and Markdown, as a table for CSV, and as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.model.records.base import Update
from elo_cli.model.values import LocalName
from elo_cli.render.answers.diff import ChangeRow, change_rows, chosen, english, lines, tally
from elo_cli.render.forms.blocks import Block, Heading, Items, Paragraph, Space, Table
from elo_cli.render.words import terms
from elo_cli.render.words.changes import Sentences
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.changes.change import canonical
from elo_cli.tracking.changes.filters import ChangeFilters
from elo_cli.tracking.changes.history import NOT_YET, Life, Recording
from elo_cli.tracking.day.view import View

_UNREADABLE: Final = N_("the file could not be read at this revision; what it changed is not known")
_CUT_OFF: Final = N_("this clone begins here: what it held then may have been recorded earlier")


class ToldLife(NamedTuple):
    """Everything that `elo log` says."""

    tracker: Tracker
    """The records as they are now, read as their names are needed."""
    life: Life
    zone: tzinfo
    filters: ChangeFilters = ChangeFilters()
    """What the changes were chosen by."""


class RecordingRow(NamedTuple):
    """One commit of a record's life."""

    commit: str | None
    """None for what is not committed yet."""
    date: date | None
    author: str | None
    subject: str | None
    since_known: bool
    """False where the history at hand is cut off there, as in a shallow clone: what stood then may be older."""
    changes: Sequence[ChangeRow]


class LogAnswer(NamedTuple):
    """`elo log`."""

    id: str
    kind: str | None
    name: LocalName | None
    recordings: Sequence[RecordingRow]


def blocks(language: Language, answer: ToldLife) -> list[Block]:
    """Every recording with who made it when, and below it what changed, the oldest first."""
    sentences, numbered = _sentences(language, answer), _numbered(answer)
    record_id = answer.life.id
    parts: list[Block] = [
        Heading(sentences.names.long(record_id), 1),
        Paragraph(" · ".join(_what(language, answer)), style="dim"),
        *tally(sentences, [change for recording in answer.life.recordings for change in recording.changes]),
        *chosen(language, answer.filters),
    ]
    for recording in answer.life.recordings:
        parts += [
            Space(),
            Heading(_head(language, answer, recording)),
            Items(
                lines(sentences, recording.changes, numbered)
                or [language.say(_UNREADABLE if recording.since_known else _CUT_OFF)]
            ),
        ]
    return parts


def _numbered(answer: ToldLife) -> Mapping[str, tuple[int, Update]]:
    """The updates that the record has now, by what they say, with the numbers that `elo retract` knows them by."""
    updates = answer.life.entries[0].record.all_updates if answer.life.entries else ()
    return {canonical(update.without_retraction): (number, update) for number, update in enumerate(updates, 1)}


def rows(language: Language, answer: ToldLife) -> list[Block]:
    """The same as one table, a line a change."""
    say = language.say
    sentences = _sentences(language, answer)
    heads = [say(N_("Commit")), say(N_("Recorded on")), say(N_("Recorded by")), say(N_("Level")), say(N_("Rule"))]
    table = [
        [
            recording.commit.id,
            "" if recording.commit is NOT_YET else _day(answer, recording).isoformat(),
            recording.commit.author,
            change.level,
            change.rule,
            change.field,
            sentences.say(change),
        ]
        for recording in answer.life.recordings
        for change in recording.changes
    ]
    return [Table([*heads, say(N_("Field")), say(N_("Change"))], table)]


def answer(asked: ToldLife) -> LogAnswer:
    """The recordings as JSON carries them."""
    sentences = english(asked.tracker)
    entry = asked.life.entries[0] if asked.life.entries else None
    return LogAnswer(
        asked.life.id,
        entry.kind.name if entry is not None else None,
        entry.record.name if entry is not None else None,
        [
            RecordingRow(
                recording.commit.id or None,
                None if recording.commit is NOT_YET else _day(asked, recording),
                recording.commit.author or None,
                recording.commit.subject or None,
                recording.since_known,
                change_rows(sentences, asked.tracker, recording.differences, recording.changes),
            )
            for recording in asked.life.recordings
        ],
    )


def _sentences(language: Language, answer: ToldLife) -> Sentences:
    return Sentences(Names(language, View(answer.tracker, date.max)))


def _what(language: Language, answer: ToldLife) -> list[str]:
    committed = [recording for recording in answer.life.recordings if recording.commit is not NOT_YET]
    parts = [answer.life.id]
    if answer.life.entries:
        parts.append(terms.kind_word(language, answer.life.entries[0].kind.name))
    if all(recording.since_known for recording in committed):
        parts.append(language.count(*nN_("recorded {n} time", "recorded {n} times"), len(committed)))
    else:
        parts.append(language.count(*nN_("recorded at least {n} time", "recorded at least {n} times"), len(committed)))
    if committed:
        days = [_day(answer, recording) for recording in committed]
        parts.append(f"{language.day(min(days))}–{language.day(max(days))}" if len(days) > 1 else language.day(days[0]))
    return parts


def _head(language: Language, answer: ToldLife, recording: Recording) -> str:
    if recording.commit is NOT_YET:
        return language.say(N_("Not committed yet"))
    commit = recording.commit
    parts = (language.day(_day(answer, recording)), commit.author, commit.id[:10], commit.subject)
    return " · ".join(part for part in parts if part)


def _day(answer: ToldLife, recording: Recording) -> date:
    return datetime.fromtimestamp(recording.commit.seconds, answer.zone).date()
