"""A record's life as blocks for the screen and Markdown, as a table for CSV, and as JSON."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.model.languages import SOURCE
from elo_cli.render.answers.diff import change_row, lines
from elo_cli.render.forms.blocks import Block, Heading, Items, Paragraph, Space, Table
from elo_cli.render.forms.json import plain
from elo_cli.render.words import terms
from elo_cli.render.words.changes import Sentences
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.changes.history import NOT_YET, Life, Recording
from elo_cli.tracking.day.view import View


class Answer(NamedTuple):
    """Everything that `elo log` says."""

    tracker: Tracker
    """The records as they are now, read as their names are needed."""
    life: Life
    zone: tzinfo


def blocks(language: Language, answer: Answer) -> list[Block]:
    """Every recording with who made it when, and below it what changed, the oldest first."""
    sentences = _sentences(language, answer)
    record_id = answer.life.id
    found: list[Block] = [
        Heading(sentences.names.long(record_id), 1),
        Paragraph(" · ".join(_what(language, answer)), style="dim"),
    ]
    for recording in answer.life.recordings:
        found += [
            Space(),
            Heading(_head(language, answer, recording)),
            Items(
                lines(sentences, recording.changes)
                or [language.say(N_("the file could not be read at this revision; what it changed is not known"))]
            ),
        ]
    return found


def rows(language: Language, answer: Answer) -> list[Block]:
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


def payload(answer: Answer) -> Mapping[str, object]:
    """The recordings as JSON carries them; `commit` is null for what is not committed yet."""
    sentences = _sentences(Language(SOURCE), answer)
    entry = answer.life.entries[0] if answer.life.entries else None
    return {
        "id": answer.life.id,
        "kind": entry.kind.name if entry is not None else None,
        "name": plain(entry.record.name) if entry is not None else None,
        "recordings": [
            {
                "commit": recording.commit.id or None,
                "date": None if recording.commit is NOT_YET else _day(answer, recording).isoformat(),
                "author": recording.commit.author or None,
                "subject": recording.commit.subject or None,
                "changes": [
                    change_row(sentences, answer.tracker, recording.differences.texts, change)
                    for change in recording.changes
                ],
            }
            for recording in answer.life.recordings
        ],
    }


def _sentences(language: Language, answer: Answer) -> Sentences:
    return Sentences(Names(language, View(answer.tracker, date.max)))


def _what(language: Language, answer: Answer) -> list[str]:
    committed = [one for one in answer.life.recordings if one.commit is not NOT_YET]
    parts = [answer.life.id]
    if answer.life.entries:
        parts.append(terms.kind_word(language, answer.life.entries[0].kind.name))
    parts.append(language.count(*nN_("recorded {n} time", "recorded {n} times"), len(committed)))
    if committed:
        days = [_day(answer, one) for one in committed]
        parts.append(f"{language.day(min(days))}–{language.day(max(days))}" if len(days) > 1 else language.day(days[0]))
    return parts


def _head(language: Language, answer: Answer, recording: Recording) -> str:
    if recording.commit is NOT_YET:
        return language.say(N_("Not committed yet"))
    commit = recording.commit
    parts = (language.day(_day(answer, recording)), commit.author, commit.id[:10], commit.subject)
    return " · ".join(part for part in parts if part)


def _day(answer: Answer, recording: Recording) -> date:
    return datetime.fromtimestamp(recording.commit.seconds, answer.zone).date()
