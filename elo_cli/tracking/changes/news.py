"""What is news since a moment: by what was recorded since where git reaches back so far, else by what was said since.

A completion of 2021 that is reported today is news today; only the history of the files knows that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from elo_cli.model.kinds import KINDS
from elo_cli.model.period import Period
from elo_cli.model.records.base import Update
from elo_cli.store.git.source import RevisionSource
from elo_cli.store.source import FileSource
from elo_cli.store.tracker import Entry
from elo_cli.store.yaml.strict import is_mapping
from elo_cli.tracking.changes.change import Change
from elo_cli.tracking.changes.compare import Comparison, compare
from elo_cli.tracking.changes.files import changes_between
from elo_cli.tracking.day.state import updates_said
from elo_cli.tracking.day.view import View

Clock = Literal["recorded", "said"]


class Recorded(NamedTuple):
    """Two versions of the files: what was recorded by the moment that is asked about, and since."""

    base: RevisionSource
    head: FileSource


class News(NamedTuple):
    """What has changed since a day, and by which clock that is told."""

    since: Period
    """The day after which, or the period of the meeting since which it is told; a period counts from its last day."""
    clock: Clock
    changes: tuple[Change, ...]
    added: Mapping[str, tuple[str, ...]]
    """The records that are new, by kind."""
    first_recorded: Mapping[str, int]
    """By kind, how many records were written down for the first time although they are older than the day, or with
    which the tracker began."""


def news(view: View, since: Period, recorded: Recorded | None) -> News:
    """What has changed since a day; without `recorded`, by the day on which each update was said."""
    day = since.word_day
    # What the first document of all tells is no news beside what had been said before: nothing had.
    begins = not any(View(view.tracker, day).exists(entry.record) for entry in _told(view))
    if recorded is not None:
        changes = changes_between(recorded.base, recorded.head, view.tracker.config).changes
    else:
        changes = said_changes(view, day)
    changes = [change for change in changes if (kind := KINDS.get(change.kind)) is not None and not kind.vocabulary]
    added: dict[str, list[str]] = defaultdict(list)
    first: Counter[str] = Counter()
    for change in changes:
        if change.rule != "record-added":
            continue
        entry = view.tracker.entries.get(change.record)
        known = view.exists_from(entry.record) if entry is not None else None
        if begins if recorded is None else known is not None and known <= day:
            first[change.kind] += 1
        else:
            added[change.kind].append(change.record)
    return News(
        since,
        "said" if recorded is None else "recorded",
        tuple(change for change in changes if change.rule != "record-added"),
        {kind: tuple(ids) for kind, ids in added.items()},
        dict(first),
    )


def said_changes(view: View, since: date) -> list[Change]:
    """What was said after a day and until the view's, by the day of each update, as `diff` tells it."""
    old, new = _said(View(view.tracker, since)), _said(view)
    return compare(Comparison(old, new, view.tracker.config.first_language))


def _said(view: View) -> dict[str, Entry]:
    """The records that existed, each with what had been said of it by the view's day."""
    entries = {}
    for entry in _told(view):
        if not view.exists(entry.record):
            continue
        # What was only our mistake was never said, and is no news.
        updates = [said for said in updates_said(entry.record, view.as_of) if not _is_ours(said[1])]
        if len(updates) == len(entry.record.all_updates) and all(
            update is entry.record.all_updates[index] for index, update in updates
        ):
            entries[entry.id] = entry
            continue
        written = entry.data["updates"]
        assert isinstance(written, list)  # noqa: S101 - a record with updates has a list of them
        entries[entry.id] = entry._replace(
            record=entry.record.model_copy(update={"updates": [update for _, update in updates] or None}),
            data={**entry.data, "updates": [_as_told(written[index], update) for index, update in updates]},
        )
    return entries


def _told(view: View) -> Iterator[Entry]:
    """The records of which news is told: what other records only refer to is none."""
    return (entry for entry in view.tracker.entries.values() if not entry.kind.vocabulary)


def _is_ours(update: Update) -> bool:
    return update.retracted is not None and bool(update.retracted.ours)


def _as_told(written: object, update: Update) -> object:
    """An update as its file has it, without a retraction that came later."""
    if update.retracted is None and is_mapping(written):
        return {name: value for name, value in written.items() if name != "retracted"}
    return written
