"""To which goal, measure or organisation a changed record belongs."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from elo_cli.model.base import Record
from elo_cli.model.funding import Funding
from elo_cli.model.measure import Measure
from elo_cli.model.milestone import Milestone
from elo_cli.model.vocabulary import Goal, Organisation
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.state import state

By = Literal["goal", "measure", "organisation"]


def groups_of(tracker: Tracker, record_id: str, by: By) -> Sequence[str]:
    """The ids of the groups that a record belongs to, as last said; none for what stands apart, such as documents."""
    record = _now(tracker, record_id)
    match by, record:
        case ("goal", Goal()) | ("measure", Measure()) | ("organisation", Organisation()):
            return (record_id,)
        case "measure", Milestone() | Funding():
            return tuple(record.measures or ())
        case "goal", Measure():
            return (record.goal,) if record.goal is not None else ()
        case "goal", Milestone() | Funding():
            return _of_measures(tracker, record, "goal")
        case "organisation", Measure() | Milestone() if record.responsible or record.lead:
            return _unique((*(record.responsible or ()), *((record.lead,) if record.lead else ())))
        case "organisation", Milestone() | Funding():
            return _of_measures(tracker, record, "organisation")
        case _:
            return ()


def _of_measures(tracker: Tracker, record: Milestone | Funding, by: By) -> Sequence[str]:
    """The groups of a record's measures; what stands there and is no measure, the record itself among it, has none."""
    measures = [one for one in record.measures or () if isinstance(_now(tracker, one), Measure)]
    return _unique(group for one in measures for group in groups_of(tracker, one, by))


def _now(tracker: Tracker, record_id: str) -> Record | None:
    entry = tracker.entries.get(record_id)
    return None if entry is None else state(entry.record, date.max).now


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
