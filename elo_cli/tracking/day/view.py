"""A tracker seen on a day: each record's state computed once, and who belongs to whom on that day."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar

from elo_cli.model.records.base import Record
from elo_cli.model.records.funding import Funding, Stage
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.day.state import State, exists_from, state
from elo_cli.tracking.day.timing import Timing, timing

R = TypeVar("R", bound=Record)

PROPOSED: Final[frozenset[Stage]] = frozenset({"to-be-proposed", "proposed", "pending"})
"""The stages of money about which nothing has been decided."""


class View:
    """What had been said by `as_of` about the records that existed by then."""

    def __init__(self, tracker: Tracker, as_of: date) -> None:
        """A view of this tracker on this day; nothing is computed before it is asked for."""
        self.tracker = tracker
        self.as_of = as_of
        self._states: dict[str, State[Any]] = {}
        self._timings: dict[str, Timing | None] = {}

    def state(self, record: R) -> State[R]:
        """The record's state on the day."""
        known = self._states.get(record.id)
        if known is None:
            known = self._states[record.id] = state(record, self.as_of)
        return known

    def timing(self, milestone: Milestone) -> Timing | None:
        """What the day makes of the milestone's due; None when it has none."""
        if milestone.id not in self._timings:
            self._timings[milestone.id] = timing(self.tracker, self.state(milestone), self.as_of)
        return self._timings[milestone.id]

    def exists(self, record: Record) -> bool:
        """Whether the record existed on the day: its first dated source is not later."""
        first = exists_from(self.tracker, record)
        return first is None or first <= self.as_of

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that existed, as promised, in the order of their files."""
        return tuple(measure for measure in self.tracker.of(Measure) if self.exists(measure))

    @cached_property
    def lines(self) -> tuple[Funding, ...]:
        """The funding lines that existed."""
        return tuple(line for line in self.tracker.of(Funding) if self.exists(line))

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """The milestones that existed."""
        return tuple(milestone for milestone in self.tracker.of(Milestone) if self.exists(milestone))

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings that were known, by date."""
        known = [meeting for meeting in self.tracker.of(Meeting) if self.exists(meeting)]
        return tuple(sorted(known, key=lambda meeting: self.state(meeting).now.date))

    @cached_property
    def milestones_of(self) -> Mapping[str, list[Milestone]]:
        """The milestones of each measure, by due; those without a due come last."""
        groups: dict[str, list[Milestone]] = defaultdict(list)
        for milestone in self.milestones:
            for measure in self.state(milestone).now.measures or ():
                groups[measure].append(milestone)
        for group in groups.values():
            group.sort(key=self._due_key)
        return groups

    @cached_property
    def lines_of(self) -> Mapping[str, list[Funding]]:
        """The funding lines of each measure, in the order of their files."""
        groups: dict[str, list[Funding]] = defaultdict(list)
        for line in self.lines:
            for measure in self.state(line).now.measures or ():
                groups[measure].append(line)
        return groups

    @cached_property
    def parts_of(self) -> Mapping[str, list[Funding]]:
        """The parts of each funding line."""
        groups: dict[str, list[Funding]] = defaultdict(list)
        for line in self.lines:
            whole = self.state(line).now.part_of
            if whole is not None:
                groups[whole].append(line)
        return groups

    def pays_for(self, instrument_id: str, measure_id: str) -> bool:
        """Whether money of a measure comes from an instrument, so that the instrument's days concern it."""
        return any(self.state(line).now.instrument == instrument_id for line in self.lines_of.get(measure_id, ()))

    def is_top(self, line: Funding) -> bool:
        """Whether a line counts in sums: it is the strategy's money, and no part of a line that counts.

        A part of money that is not the strategy's is a top line itself: its whole stands in no sum that could hold it.
        """
        now = self.state(line).now
        if now.counted is False:
            return False
        whole = self.tracker.get(Funding, now.part_of)
        return whole is None or not self.exists(whole) or self.state(whole).now.counted is False

    def stage(self, now: Funding) -> Stage:
        """The stage of a line, given in its present state: pending while the meeting that decides is still to come.

        Where it has passed without a word on the decision, the stage is again what the source calls it.
        """
        stage: Stage = now.stage or "unstated"
        if stage not in PROPOSED or now.decided_at is None:
            return stage
        return stage if self.is_undecided(now) else "pending"

    def is_undecided(self, now: Funding) -> bool:
        """Whether the meeting that was to decide on a line has passed, and nobody has said what came of it."""
        if now.stage not in PROPOSED or (meeting := self.tracker.get(Meeting, now.decided_at)) is None:
            return False
        return self.state(meeting).now.date.passed(self.as_of)

    def stage_year(self, line: Funding) -> int | None:
        """The year in which the present stage of a line was said; None when no source of it has a day."""
        word = self.state(line).set_by.get("stage")
        day = word.said_on if word is not None else exists_from(self.tracker, line)
        return day.year if day is not None else None

    def _due_key(self, milestone: Milestone) -> tuple[date, str]:
        due = self.state(milestone).now.due
        return (due.end or date.max if due is not None else date.max, milestone.id)
