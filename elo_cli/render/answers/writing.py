"""What a writing verb shows before and after: the change as a diff, and the findings that stand in its way."""

import difflib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from elo_cli.model.errors import N_
from elo_cli.render.forms.blocks import Block, Heading, Items, Paragraph, Space
from elo_cli.render.forms.screen import Screen
from elo_cli.render.forms.text import visible

if TYPE_CHECKING:
    from elo_cli.checks.rule import Finding
    from elo_cli.model.records.base import Update
    from elo_cli.render.words.fields import FieldText
    from elo_cli.render.words.language import Language
    from elo_cli.render.words.names import Names
    from elo_cli.store.tracker import Entry, Tracker
    from elo_cli.tracking.changes.change import Change
    from elo_cli.tracking.changes.files import Differences

_STYLES: Final = {"+": "green", "-": "red", "@": "cyan"}


def diff(label: str, old: bytes | None, new: bytes | None) -> list[str]:
    """A change of one file as a unified diff, line by line; None stands for a file that is not there."""
    return [
        line.rstrip("\r\n")
        for line in difflib.unified_diff(
            _lines(old),
            _lines(new),
            "/dev/null" if old is None else f"a/{label}",
            "/dev/null" if new is None else f"b/{label}",
        )
    ]


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").removeprefix("\ufeff").splitlines(keepends=True)


def show_diffs(screen: Screen, files: Mapping[str, tuple[bytes | None, bytes | None]]) -> None:
    """Every file's change, the added lines green and the removed ones red where there is colour."""
    for label, (old, new) in files.items():
        for line in diff(label, old, new):
            text = visible(line, keep_lines=False)
            if screen.colour:
                screen.console.print(screen.text(text, _STYLES.get(line[:1], "")), soft_wrap=True)
            else:
                screen.file.write(f"{text}\n")


def findings_text(language: "Language", findings: Iterable["Finding"]) -> list[str]:
    """Findings as lines, with their place and their rule."""
    from elo_cli.checks.rule import RULES
    from elo_cli.render.words.terms import LEVEL

    return [
        f"{finding.path}:{finding.line}:{finding.column}: {language.say(LEVEL[finding.level].word)} {finding.rule} "
        + language.say_all(RULES[finding.rule].message, finding.args)
        for finding in findings
    ]


def update_told(names: "Names", entry: "Entry", word: "Update") -> "list[Block]":
    """An update as sentences: what changes, from what to what, on which day, and who says so."""
    from elo_cli.render.words.changes import Sentences
    from elo_cli.render.words.fields import FieldText

    say, texts, sentences = names.language.say, FieldText(names), Sentences(names)
    now, record, changes = names.view.state(entry.record).now, entry.record, word.changes()
    lines = []
    for field in (name for name in type(word).model_fields if name in changes):
        before, after = getattr(now, record.update_names.get(field, field), None), changes[field]
        if field in record.grows:
            message = N_("{field}: added {after}, on {day}, {who}")
        else:
            message = N_("{field}: {before} → {after}, on {day}, {who}")
        lines.append(
            say(
                message,
                field=sentences.label(field),
                before=texts.stated(field, before),
                after=texts.stated(field, after),
                day=word.date,
                who=_who(texts, word),
            )
        )
    if word.effective is not None:
        lines.append(say(N_("happened on {day}"), day=word.effective))
    if word.note:
        lines.append(
            say(N_("{day}, {who}: {note}"), day=word.date, who=_who(texts, word), note=names.language.text(word.note))
        )
    lines += sentences.grounds(word)
    return [Space(), Heading(names.with_id(entry.id)), Items(lines), Space()]


def _who(texts: "FieldText", word: "Update") -> str:
    """Who says something, or where it stands."""
    from elo_cli.render.words.marked import joined

    say = texts.language.say
    if word.by is not None:
        return say(N_("said by {who}"), who=texts.names.short(word.by))
    return say(N_("source: {source}"), source=joined("; ", (texts.source(source) for source in word.sources or ())))


def record_told(names: "Names", entry: "Entry") -> "list[Block]":
    """A new record as it would be shown."""
    from elo_cli.render.answers.records import show

    return [Space(), *show(names, entry, ()), Space()]


def taken_back(
    language: "Language", tracker: "Tracker", differences: "Differences", names: Mapping[str, str]
) -> list[Block]:
    """The changes that would be gone, by record; files without a change in meaning are named, too."""
    from datetime import date

    from elo_cli.render.answers.diff import lines, record_line
    from elo_cli.render.words.changes import Sentences
    from elo_cli.render.words.names import Names
    from elo_cli.tracking.day.view import View

    if not names:
        return [Paragraph(language.say(N_("Nothing has changed since the last commit.")))]
    sentences = Sentences(Names(language, View(tracker, date.max)))
    parts: list[Block] = [Heading(language.say(N_("What is taken back")), 1)]
    by_record: dict[str, list[Change]] = {}
    for change in differences.changes:
        by_record.setdefault(change.record, []).append(change)
    for record_id, changes in by_record.items():
        parts += [Paragraph(record_line(sentences, record_id, changes[0]), 1), Items(lines(sentences, changes), 1)]
    told = {place.path for change in differences.changes for place in (change.base, change.head) if place is not None}
    unread = set(differences.unreadable)
    rest = [
        language.say(
            N_("{path}: it cannot be read, so that nobody can say what is taken back")
            if path in unread
            else N_("{path}: only how it is written, and nothing in meaning"),
            path=name,
        )
        for path, name in names.items()
        if path in unread or path not in told
    ]
    return [*parts, *([Items(rest)] if rest else []), Space()]
