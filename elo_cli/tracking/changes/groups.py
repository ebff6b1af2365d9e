"""To which goal, measure or organisation a changed record belongs."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from elo_cli.model.records.measure import Measure
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.day.responsibility import unique
from elo_cli.tracking.day.state import state

By = Literal["goal", "measure", "organisation"]


def groups_of(tracker: Tracker, record_id: str, by: By) -> Sequence[str]:
    """The ids of the groups that a record belongs to, as last said; none for what stands apart, such as documents."""
    entry = tracker.entries.get(record_id)
    if entry is None:
        return ()
    if entry.kind.name == by:
        return (record_id,)
    now = state(entry.record, date.max).now
    own = [getattr(now, name, None) for name in _OWN[by]]
    if named := unique(group for value in own for group in ([value] if isinstance(value, str) else value or ())):
        return named
    # What stands there and is no measure, the record itself among it, has no groups.
    measures = [
        measure for measure in getattr(now, "measures", None) or () if tracker.get(Measure, measure) is not None
    ]
    return unique(group for measure in measures for group in groups_of(tracker, measure, by))


_OWN: Final = {"goal": ("goal",), "measure": ("measures",), "organisation": ("responsible", "lead")}
"""The fields in which a record names its groups itself; where it names none, those of its measures hold."""
