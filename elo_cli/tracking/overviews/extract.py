"""A part of a tracker that stands by itself: the records that pass a filter, and all that they refer to."""

from elo_cli.store.tracker import Tracker
from elo_cli.tracking.day.filters import EVERYTHING, Filters, passes
from elo_cli.tracking.day.view import View


def extract(view: View, filters: Filters) -> View:
    """The records that existed on the view's day and pass, and what they lead to, so that no reference is broken."""
    if filters == EVERYTHING:
        return view
    tracker = view.tracker
    waiting = [
        entry.id
        for entry in tracker.entries.values()
        if view.exists(entry.record) and passes(view, entry.record, filters)
    ]
    kept: set[str] = set()
    while waiting:
        record = waiting.pop()
        if record not in kept and record in tracker.entries:
            kept.add(record)
            waiting += [link.target for link in tracker.links.get(record, ())]
    part = Tracker(tracker.source, tracker.config if tracker.config_read else None)
    part.entries = {name: entry for name, entry in tracker.entries.items() if name in kept}
    part.broken = dict(tracker.broken)
    for path in tracker.incomplete_paths:
        part.mark_incomplete(path)
    return view.of_part(part)
