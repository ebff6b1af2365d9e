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
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.values import by_number
from elo_cli.store.tracker import Link, Tracker
from elo_cli.tracking.day.clocks import OF_OBJECTION, Clock, clocks, is_settled
from elo_cli.tracking.day.instruments import instrument_of, is_rrf, may_share_support, rrf_instruments
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
        self._exists_from: dict[str, date | None] = {}
        self._timings: dict[str, Timing | None] = {}
        self._clocks: dict[str, tuple[Clock, ...]] = {}

    def state(self, record: R) -> State[R]:
        """The record's state on the day."""
        known = self._states.get(record.id)
        if known is None:
            known = self._states[record.id] = state(record, self.as_of)
        return known

    def timing(self, milestone: Milestone) -> Timing | None:
        """What the day makes of the milestone's due; None when it has none."""
        if milestone.id not in self._timings:
            by_due = timing(self.tracker, self.state(milestone), self.as_of)
            self._timings[milestone.id] = self._answered_by_request(milestone, by_due)
        return self._timings[milestone.id]

    def of_part(self, part: Tracker) -> "View":
        """A view of some of the records, of which it says what is said here: of a part alone it would be another."""
        view = View(part, self.as_of)
        for milestone in self.milestones:
            self.timing(milestone)
        view._states, view._timings = self._states, self._timings
        view.milestones_of, view.lines_of = self.milestones_of, self.lines_of
        return view

    def _answered_by_request(self, milestone: Milestone, by_due: Timing | None) -> Timing | None:
        """The timing of what is contested by the clock of its payment request, where that has one: told once."""
        if by_due is None or by_due.word != "contested" or (clock := self.objection_clock(milestone)) is None:
            return by_due
        due = clock.due if clock.ended is None and not self._is_lifted(milestone) else None
        return by_due._replace(end=due, days=(due - self.as_of).days if due is not None else None)

    def _is_lifted(self, milestone: Milestone) -> bool:
        """Whether its payment request says that nothing is suspended for a milestone any more."""
        held = (self.state(self.request_of[milestone.id]).now.suspended_for or {}).get(milestone.id)
        return self.state(milestone).now.eu == "suspended" and held is not None and held.euros == 0

    def objection_clock(self, milestone: Milestone) -> Clock | None:
        """The clock of its payment request that the EU's objection to a milestone is answered by; None without one."""
        request, name = self.request_of.get(milestone.id), OF_OBJECTION.get(self.state(milestone).now.eu or "")
        if request is None or name is None:
            return None
        return next((clock for clock in reversed(self.clocks(request)) if clock.name == name), None)

    def clocks(self, request: PaymentRequest) -> tuple[Clock, ...]:
        """The times that run or ran on a payment request."""
        if request.id not in self._clocks:
            self._clocks[request.id] = clocks(self.state(request))
        return self._clocks[request.id]

    def running(self, request: PaymentRequest) -> list[Clock]:
        """The times of a payment request that nothing has ended, by their last day; those without one come last.

        When it is settled, only observations on a reduction are still waited for; when it was taken back, nothing is.
        """
        now = self.state(request).now
        settled = is_settled(now)
        waiting = [
            clock
            for clock in self.clocks(request)
            if clock.ended is None and (not settled or (clock.name == "reduction" and now.sent is not False))
        ]
        return sorted(waiting, key=lambda clock: (clock.due or date.max, clock.item))

    def exists(self, record: Record) -> bool:
        """Whether the record existed on the day: its first dated source is not later."""
        first = self.exists_from(record)
        return first is None or first <= self.as_of

    def exists_from(self, record: Record) -> date | None:
        """The day from which a record exists; None when it has always existed."""
        if record.id not in self._exists_from:
            self._exists_from[record.id] = exists_from(self.tracker, record)
        return self._exists_from[record.id]

    def is_made(self, link: Link) -> bool:
        """Whether a reference was made by the day: by a record that existed, in an update by one said by then."""
        record = self.tracker.entries[link.origin].record
        if not self.exists(record):
            return False
        match link.where:
            case ("updates", int(number), *_):
                return record.all_updates[number].said_on <= self.as_of
        return True

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
    def requests(self) -> tuple[PaymentRequest, ...]:
        """The payment requests that existed, by number."""
        known = [request for request in self.tracker.of(PaymentRequest) if self.exists(request)]
        return tuple(sorted(known, key=lambda request: (self.state(request).now.number, request.id)))

    @cached_property
    def milestones_of_request(self) -> Mapping[str, list[Milestone]]:
        """The milestones of each payment request, by due: those of its instalment, instrument and support."""
        if not self.requests:
            return {}
        # By instrument too: of several countries' plans each request looks at its own milestones alone.
        groups: dict[tuple[int, str | None], list[Milestone]] = defaultdict(list)
        for milestone in self.milestones:
            now = self.state(milestone).now
            if now.instalment is not None and is_rrf(self.tracker, now):
                own = instrument_of(self.tracker, now)
                groups[now.instalment, own.id if own is not None else None].append(milestone)
        # One whose instrument is not known may be asked for from each of the RRF's.
        open_to = {instrument.id for instrument in rrf_instruments(self.tracker)}
        by_request: dict[str, list[Milestone]] = {}
        for request in self.requests:
            asked = self.state(request).now
            known = groups.get((asked.number, asked.instrument), [])
            unknown = groups.get((asked.number, None), []) if asked.instrument in open_to else []
            shared = [
                milestone for milestone in (*known, *unknown) if may_share_support(asked, self.state(milestone).now)
            ]
            by_request[request.id] = sorted(
                shared, key=lambda milestone: (self._due_key(milestone)[0], by_number(milestone.id))
            )
        return by_request

    @cached_property
    def request_of(self) -> Mapping[str, PaymentRequest]:
        """The payment request of each milestone that is in one; of several the one that was not taken back."""
        by_milestone: dict[str, PaymentRequest] = {}
        for request in sorted(self.requests, key=lambda request: self.state(request).now.sent is not False):
            by_milestone.update((milestone.id, request) for milestone in self.milestones_of_request[request.id])
        return by_milestone

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
    def milestones_under(self) -> Mapping[str, list[Milestone]]:
        """The milestones under each instrument's rules, in the order of their files."""
        groups: dict[str, list[Milestone]] = defaultdict(list)
        for milestone in self.milestones:
            instrument = instrument_of(self.tracker, self.state(milestone).now)
            if instrument is not None:
                groups[instrument.id].append(milestone)
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
    def continued_by(self) -> Mapping[str, list[Milestone]]:
        """The targets that count on from each, in the order of their files."""
        groups: dict[str, list[Milestone]] = defaultdict(list)
        for milestone in self.milestones:
            before = self.state(milestone).now.continues
            if before is not None:
                groups[before].append(milestone)
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

    def paid_by(self, instrument_id: str) -> tuple[str, ...]:
        """The measures whose money comes from an instrument, so that the instrument's days concern them."""
        now = (self.state(line).now for line in self.lines)
        return tuple(dict.fromkeys(m for line in now if line.instrument == instrument_id for m in line.measures or ()))

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

        Where it has passed without a word on the decision, the stage is again what the source calls it: a proposal that
        nobody made is none.
        """
        stage: Stage = now.stage or "unstated"
        if stage not in PROPOSED or now.decided_at is None:
            return stage
        return stage if self.undecided(now) is not None else "pending"

    def undecided(self, line: Funding) -> int | None:
        """The year of a proposal whose meeting has passed, when nobody has said what came of it; None otherwise.

        Of what the source only calls to be decided, and of a proposal without a day, it is the year of the meeting. A
        proposal that names no meeting has its year once it is older than the tracker's limit.
        """
        if line.stage not in PROPOSED:
            return None
        promise = self.tracker.get(Funding, line.id)
        said = self.stage_day(promise) if promise is not None and line.stage != "pending" else None
        if (meeting := self.tracker.get(Meeting, line.decided_at)) is None:
            old = said is not None and (self.as_of - said).days > self.tracker.config.limits.proposal
            return said.year if said is not None and old else None
        held = self.state(meeting).now.date
        return (said or held.start).year if held.passed(self.as_of) else None

    def stage_day(self, line: Funding) -> date | None:
        """The day on which the present stage of a line was said; None when no source of it has a day."""
        update = self.state(line).set_by.get("stage")
        return update.said_on if update is not None else self.exists_from(line)

    def _due_key(self, milestone: Milestone) -> tuple[date, str]:
        due = self.state(milestone).now.due
        return (due.end or date.max if due is not None else date.max, milestone.id)
