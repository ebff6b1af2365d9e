"""What is news since a moment: by what was recorded since where git reaches back so far, else by what was said since.

A completion of 2021 that is reported today is news today; only the history of the files knows that.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from elo_cli.model.kinds import KINDS
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

    since: date
    clock: Clock
    changes: tuple[Change, ...]
    added: Mapping[str, tuple[str, ...]]
    """The records that are new, by kind."""
    first_recorded: Mapping[str, int]
    """By kind, how many records were written down for the first time although they are older than the day."""


def news(view: View, since: date, recorded: Recorded | None) -> News:
    """What has changed since a day; without `recorded`, by the day on which each update was said."""
    if recorded is not None:
        changes = changes_between(recorded.base, recorded.head, view.tracker.config).changes
    else:
        changes = said_changes(view, since)
    changes = [change for change in changes if (kind := KINDS.get(change.kind)) is not None and not kind.vocabulary]
    added: dict[str, list[str]] = defaultdict(list)
    first: Counter[str] = Counter()
    for change in changes:
        if change.rule != "record-added":
            continue
        entry = view.tracker.entries.get(change.record)
        known = view.exists_from(entry.record) if entry is not None else None
        if recorded is not None and known is not None and known <= since:
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
    for entry in view.tracker.entries.values():
        if entry.kind.vocabulary or not view.exists(entry.record):
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


def _is_ours(update: Update) -> bool:
    return update.retracted is not None and bool(update.retracted.ours)


def _as_told(written: object, update: Update) -> object:
    """An update as its file has it, without a retraction that came later."""
    if update.retracted is None and is_mapping(written):
        return {name: value for name, value in written.items() if name != "retracted"}
    return written
