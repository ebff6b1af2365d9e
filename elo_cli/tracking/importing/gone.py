"""Records that a table no longer has, or has again: told, and on request withdrawn or restored by decision."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from elo_cli.model.finding import Phrase
from elo_cli.store.edit.update import present
from elo_cli.store.tables.cells import CellProblem
from elo_cli.store.tracker import Entry, Tracker
from elo_cli.store.yaml.strict import Plain
from elo_cli.tracking.day.state import exists_from
from elo_cli.tracking.importing.changes import Provenance, change_of

WITHDRAWN = "withdrawn"


class Withdrawal(NamedTuple):
    """What becomes of a record that is gone: the update, or why there can be none."""

    entry: Entry
    update: dict[str, object] | None
    reason: Phrase | None


def gone(tracker: Tracker, owned: Iterable[str], there: Collection[str], provenance: Provenance) -> list[str]:
    """Those of the owned records that a table lacks, does not follow, and nobody has withdrawn yet."""
    return [
        name
        for name in owned
        if name not in there and not is_withdrawn(tracker.entries[name]) and _is_older(tracker, name, provenance)
    ]


def is_withdrawn(entry: Entry) -> bool:
    """Whether the last word on a record’s status is that it was withdrawn."""
    return "status" in entry.kind.changeable and present(entry.kind, entry.data, "status") == WITHDRAWN


def withdrawals(tracker: Tracker, names: Iterable[str], provenance: Provenance) -> list[Withdrawal]:
    """The updates that withdraw records by decision; what has no status, such as an organisation, is passed over."""
    withdrawals_of_file = []
    for name in names:
        entry = tracker.entries[name]
        if "status" not in entry.kind.changeable:
            continue
        try:
            change = change_of(entry, {"status": WITHDRAWN}, provenance, decided=True)
        except CellProblem as problem:
            withdrawals_of_file.append(Withdrawal(entry, None, problem.phrase))
            continue
        if change is not None:
            withdrawals_of_file.append(Withdrawal(entry, change.update, None))
    return withdrawals_of_file


def restoration(entry: Entry, provenance: Provenance) -> Plain:
    """The update by which a withdrawn record stands again: its status is not stated. CellProblem as `change_of`."""
    change = change_of(entry, {"status": None}, provenance, decided=True)
    return change.update if change is not None else {}


def _is_older(tracker: Tracker, name: str, provenance: Provenance) -> bool:
    """Whether a record existed on the table's day: an older table cannot lack what came later."""
    first = exists_from(tracker, tracker.entries[name].record)
    return first is None or first <= provenance.day
