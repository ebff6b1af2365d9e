"""What elo undo takes back, in the sentences of elo diff."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from elo_cli.model.errors import N_
from elo_cli.render.answers.diff import lines, record_line
from elo_cli.render.forms.blocks import Block, Heading, Items, Paragraph, Space
from elo_cli.render.words.changes import Sentences
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.changes.files import Differences
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from elo_cli.tracking.changes.change import Change


def blocks(language: Language, tracker: Tracker, differences: Differences, names: Mapping[str, str]) -> list[Block]:
    """The changes that would be gone, by record; files without a change in meaning are named, too."""
    if not names:
        return [Paragraph(language.say(N_("Nothing has changed since the last commit.")))]
    sentences = Sentences(Names(language, View(tracker, date.max)))
    found: list[Block] = [Heading(language.say(N_("What is taken back")), 1)]
    by_record: dict[str, list[Change]] = {}
    for change in differences.changes:
        by_record.setdefault(change.record, []).append(change)
    for record_id, changes in by_record.items():
        found += [Paragraph(record_line(sentences, record_id, changes[0]), 1), Items(lines(sentences, changes), 1)]
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
    return [*found, *([Items(rest)] if rest else []), Space()]
