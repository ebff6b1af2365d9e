"""The instrument whose rules a table's milestones are under: an import makes it where the tracker has none."""

from collections.abc import Sequence

from elo_cli.store.skeleton_rrf import InLanguages, rrf_records
from elo_cli.store.tables.mapping import Mapping
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.importing.rows import Plan, Planned


def with_instrument(
    plan: Plan, mapping: Mapping, tracker: Tracker, languages: Sequence[str], texts: InLanguages
) -> Plan:
    """The plan with the instrument that the mapping’s `rules` ask for, and the acts behind it, where none is there."""
    if mapping.rules is None or not any(record.kind.name == "milestone" for record in plan.planned):
        return plan
    taken = {record.id for record in plan.planned}
    made = [
        Planned(str(record["id"]), kind, "new", (), record, (), tuple(record))
        for kind, record in rrf_records(tracker, languages, texts)
    ]
    if not taken.isdisjoint(instrument.id for instrument in made):
        return plan
    return plan._replace(planned=(*made, *plan.planned))
