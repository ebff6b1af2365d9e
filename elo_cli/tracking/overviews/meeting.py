"""What a meeting reads of the whole: where each goal stands, questions to several bodies once, what it decided."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.vocabulary import Document
from elo_cli.tracking.changes.change import Change
from elo_cli.tracking.changes.news import said_changes
from elo_cli.tracking.chase import Chased, ChaseItem
from elo_cli.tracking.day.state import updates_said
from elo_cli.tracking.day.view import View


class SharedQuestions(NamedTuple):
    """What is asked of some bodies together: each of them can answer."""

    organisations: tuple[str, ...]
    """Empty where nobody is named."""
    asked: Sequence[ChaseItem]


def asked_once(chased: Iterable[Chased]) -> list[SharedQuestions]:
    """Every question once, grouped by the bodies of which it is asked; what one body is asked alone comes first."""
    bodies: dict[tuple[str, ...], list[str]] = {}
    questions: dict[tuple[str, ...], ChaseItem] = {}
    for one in chased:
        for asked in one.asked:
            key = (asked.ask, asked.record.id, *(line.id for line in asked.also))
            questions[key] = asked
            asked_of = bodies.setdefault(key, [])
            if one.organisation is not None:
                asked_of.append(one.organisation)
    groups: dict[tuple[str, ...], list[ChaseItem]] = {}
    for key, asked in questions.items():
        groups.setdefault(tuple(bodies[key]), []).append(asked)
    order = sorted(groups, key=lambda organisations: (not organisations, len(organisations)))
    return [SharedQuestions(organisations, groups[organisations]) for organisations in order]


def decided(view: View, meeting: Meeting) -> list[Change]:
    """What changed by decision of a meeting, as far as it has been said."""
    before = view.state(meeting).now.date.start - timedelta(days=1)
    if before >= view.as_of:
        # Nothing has come of a meeting that is still to be held; what is said later would be told as taken back.
        return []
    return [
        change
        for change in said_changes(view, before)
        if change.update is not None and change.update.decided_by == meeting.id
    ]


def documents_read(view: View) -> list[Document]:
    """The documents from which anything that had been said was taken, in the vocabulary's order."""
    named: set[str] = set()
    for entry in view.tracker.entries.values():
        if not entry.kind.vocabulary and view.exists(entry.record):
            sources = [*(entry.record.sources or ())]
            for _, word in updates_said(entry.record, view.as_of):
                sources += word.sources or ()
            named.update(source.document for source in sources)
    return [document for document in view.tracker.of(Document) if document.id in named and view.exists(document)]
