"""What decisions changed in what was promised, between two versions or two days: a table to go with a decision."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from elo_cli.model.kinds import KINDS
from elo_cli.model.records.base import Update
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.values import by_number
from elo_cli.tracking.changes.change import Change
from elo_cli.tracking.day.filters import codes_of, component_of
from elo_cli.tracking.day.view import View

Grouping = Literal["measure", "component"]
Sort = Literal["changed", "new", "withdrawn", "restored"]
_TOLD: Final = frozenset({"measure", "milestone"})
"""Kinds whose new records a decision brings; others, such as a document, come with the work on it."""


class Amendment(NamedTuple):
    """A field of a record that a decision changed, or a record that it brought, withdrew or restored."""

    record: str
    kind: str
    number: str | None
    """The number in the decision's annex, as it was where the decision took it away."""
    sort: Sort
    field: str
    old: object
    new: object
    update: Update | None
    """The update that says so; None for a record that is new."""


class AmendmentCount(NamedTuple):
    """How many amendments there are of one sort or field."""

    sort: Sort
    field: str
    amendments: int
    records: int


class Amendments(NamedTuple):
    """All amendments, by group, and what else the same changes hold."""

    groups: Sequence[tuple[str | None, Sequence[Amendment]]]
    """By the measure's id or the component; None for those that belong to none, at the end."""
    counts: Sequence[AmendmentCount]
    confirmed: int
    """Records of which nothing is new but the version of the decision that they stand in."""
    undecided: int
    """Changes of promises without a decider, which are no amendments."""


def amendments(view: View, changes: Iterable[Change], by: Grouping) -> Amendments:
    """The amendments among changes; `view` sees the version in which they have been made."""
    held = list(changes)
    made = [amendment for change in held if (amendment := _amendment(view, change)) is not None]
    groups: dict[str | None, list[Amendment]] = {}
    for amendment in made:
        groups.setdefault(_group(view, amendment, by), []).append(amendment)
    for rows in groups.values():
        rows.sort(key=lambda amendment: (by_number(amendment.number or amendment.record), amendment.record))
    ordered = sorted(groups.items(), key=lambda item: (item[0] is None, by_number(item[0] or "")))
    versions = {change.record for change in held if change.field == _VERSION and change.update is not None}
    told = {amendment.record for amendment in made}
    undecided = sum(change.rule.startswith(("promise-", "update-due-un", "update-change-un")) for change in held)
    return Amendments(ordered, _counts(made), len(versions - told), undecided)


_VERSION: Final = "rrf.cid_version"


def _amendment(view: View, change: Change) -> Amendment | None:
    kind = KINDS.get(change.kind)
    if kind is None or kind.vocabulary:
        return None
    number = _number(view, change)
    if change.rule == "record-added" and change.kind in _TOLD:
        return Amendment(change.record, change.kind, number, "new", "", None, change.new, None)
    update = change.update
    if update is None or not update.is_explained or change.rule in _APART or change.field == _VERSION:
        return None
    if change.field == "status" and change.new == "withdrawn":
        return Amendment(change.record, change.kind, number, "withdrawn", "status", change.old, change.new, update)
    if change.field == "status" and change.old == "withdrawn":
        return Amendment(change.record, change.kind, number, "restored", "status", change.old, change.new, update)
    if change.field.split(".")[0] not in kind.record.promise_fields:
        return None
    return Amendment(change.record, change.kind, number, "changed", change.field, change.old, change.new, update)


_APART: Final = frozenset({"update-added", "update-edited", "update-removed", "update-translated", "update-retracted"})
"""Rules of changes that are about an update as a whole."""


def _number(view: View, change: Change) -> str | None:
    milestone = view.tracker.get(Milestone, change.record)
    if milestone is None:
        return None
    now = view.state(milestone).now.rrf
    first = now.cid_number if now is not None else None
    return first or (milestone.rrf.cid_number if milestone.rrf is not None else None)


def _group(view: View, amendment: Amendment, by: Grouping) -> str | None:
    if amendment.kind == "measure" and by == "measure":
        return amendment.record
    entry = view.tracker.entries.get(amendment.record)
    now = view.state(entry.record).now if entry is not None else None
    measures: Sequence[str] = getattr(now, "measures", None) or ()
    if by == "measure":
        return measures[0] if measures else None
    codes = (*(codes_of(view, now) if now is not None else ()), amendment.number or "", amendment.record, *measures)
    return next((component for code in codes if (component := component_of(code.upper())) is not None), None)


def _counts(made: Sequence[Amendment]) -> list[AmendmentCount]:
    records: dict[tuple[Sort, str], list[str]] = {}
    for amendment in made:
        records.setdefault((amendment.sort, amendment.field), []).append(amendment.record)
    order: dict[str, int] = {"new": 0, "withdrawn": 1, "restored": 2, "changed": 3}
    counted = [AmendmentCount(sort, field, len(names), len(set(names))) for (sort, field), names in records.items()]
    return sorted(counted, key=lambda count: (order[count.sort], -count.amendments, count.field))
