"""What each organisation is to be asked, once: what is unreported, overdue, contested, old, undecided or unproven.

Who has answered, were it only by a note, is not asked again within the tracker's limit for old words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.measure import FINISHED, Measure
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.evidence import missing_evidence, pieces
from elo_cli.tracking.day.filters import EVERYTHING, Filters, measures_of, passes
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.responsibility import Responsible, responsible
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import effective_end
from elo_cli.tracking.day.view import PROPOSED, View

Ask = Literal[
    "overdue", "contested", "unreported", "evidence", "verification", "decision", "to-propose", "proposal", "stale",
]  # fmt: skip
"""Why someone is asked: a due has passed with or without a word that it is unfinished, the EU objects, what shows
completion is missing or waits to be verified, a meeting has passed without its decision, money was to be proposed or a
proposal is long open, or nobody has said a word for long."""
_ASKS: Final[dict[str, Ask]] = {"overdue": "overdue", "contested": "contested", "unreported": "unreported"}
_OUTCOME: Final = frozenset({"status", "confidence", "value", "evidence", "eu", "stage", "amount"})
"""Fields that say what came of a promise; a code, a name or a moved due says nothing of that."""


class ChaseItem(NamedTuple):
    """One thing to ask about a record."""

    record: Measure | Milestone | Funding
    """As it stands on the day."""
    ask: Ask
    since: Period | None
    """The day that has passed, of the last word or of the promise; None where no day is known."""
    missing: tuple[str, ...] = ()
    """For `evidence`: the keys of what verification requires and nothing covers; empty when there is none at all."""
    named_by: Literal["record", "measures"] | None = None
    also: tuple[Funding, ...] = ()
    """For `decision` and `proposal`: further lines about which the same question is asked."""


class Chased(NamedTuple):
    """An organisation and what it is asked; None for what nobody is named for."""

    organisation: str | None
    asked: tuple[ChaseItem, ...]


def chase(view: View, filters: Filters = EVERYTHING) -> tuple[Chased, ...]:
    """What is asked of each organisation, or of this one, in the order of the vocabulary; what nobody answers for last.

    A record of several organisations is asked of each of them: which one knows, no source says. A measure is asked
    about only where nothing of it is, and one that nobody answers for only where nothing of it is asked of anybody.
    Lines of money that wait for the same are one question.
    """
    by_organisation: dict[str | None, list[ChaseItem]] = {}
    # Who is asked is not always who is responsible, so the owner is whoever is asked.
    owner, about = filters.owner, filters.without(("owner",))
    for asked in (*_milestones(view), *_funding(view), *_measures(view)):
        if not passes(view, asked.record, about):
            continue
        who = _who(view, asked.ask, asked.record)
        for organisation in who.ids or (None,):
            by_organisation.setdefault(organisation, []).append(asked._replace(named_by=who.named_by))
    order = {organisation: place for place, organisation in enumerate(view.tracker.by_kind["organisation"])}
    wanted = by_organisation
    if owner is not None:
        wanted = {owner: by_organisation.get(owner, [])}
    everybody = [question for questions in by_organisation.values() for question in questions]
    chased = {
        organisation: tuple(_once(view, questions, questions if organisation else everybody))
        for organisation, questions in wanted.items()
    }
    return tuple(
        Chased(organisation, chased[organisation])
        for organisation in sorted(
            chased,
            key=lambda organisation: (
                organisation is None,
                order.get(organisation or "", len(order)),
                organisation or "",
            ),
        )
        if chased[organisation] or owner is not None
    )


_ANSWERS: Final[Mapping[Ask, str]] = {
    "overdue": "implementing_body",
    "unreported": "implementing_body",
    "evidence": "implementing_body",
    "verification": "verifier",
    "contested": "coordinator",
}
"""Whose role it is to answer what is asked about a milestone, where it names one: whoever carries it out reports on it
(act 537/2022), and whoever coordinates answers the Commission (2021/241 art. 24(6))."""


def _who(view: View, ask: Ask, now: Measure | Milestone | Funding) -> Responsible:
    """Who can answer: of money whoever proposed it, of a milestone whoever has the role, where the source says so."""
    role = getattr(now, _ANSWERS[ask], None) if ask in _ANSWERS else None
    if role is not None:
        return Responsible((role,), "record")
    if isinstance(now, Funding) and now.proposed_by is not None:
        return Responsible((now.proposed_by,), "record")
    return responsible(view, now)


def _once(view: View, questions: Sequence[ChaseItem], asked: Iterable[ChaseItem]) -> Iterator[ChaseItem]:
    """The questions to one organisation without those that one of these asks already."""
    about: set[str] = set()
    for question in asked:
        if question.ask != "stale":
            about.update(measures_of(question.record))
    groups: dict[tuple[str, str | None, str | None], list[ChaseItem]] = {}
    for question in questions:
        if question.ask == "stale" and question.record.id in about:
            continue
        key: tuple[str, str | None, str | None] = (question.ask, question.record.id, None)
        if isinstance(question.record, Funding):
            meeting = view.tracker.get(Meeting, question.record.decided_at)
            # What was proposed and what a meeting was only to decide are told in different words.
            key = (
                f"{question.ask} {question.record.stage}",
                meeting.id if meeting is not None else question.record.instrument,
                question.since.text if question.since is not None else None,
            )
        groups.setdefault(key, []).append(question)
    for first, *others in groups.values():
        lines = tuple(other.record for other in others if isinstance(other.record, Funding))
        yield first._replace(also=lines)


def _milestones(view: View) -> Iterator[ChaseItem]:
    asks = []
    for milestone in view.milestones:
        state, timing = view.state(milestone), view.timing(milestone)
        now = state.now
        if timing is not None and (ask := _ASKS.get(timing.word)) is not None:
            # An objection is itself the last that was heard, and asks from its own day.
            passed = effective_end(view.tracker, now)
            if ask == "contested" or not _answered(view, state, passed):
                asks.append(ChaseItem(now, ask, now.due))
        if now.status == "completed" and (missing := missing_evidence(state)) is not None:
            asks.append(ChaseItem(now, "evidence", recency(view, milestone).last_said, missing))
        elif (brought := _to_verify(state)) is not None:
            asks.append(ChaseItem(now, "verification", brought))
    yield from sorted(asks, key=lambda asked: (asked.since.word_day if asked.since else date.max, asked.record.id))


def _to_verify(state: State[Milestone]) -> Period | None:
    """When the first evidence came that waits to be verified by whoever has that task; None when none waits.

    What the EU has assessed waits for nobody here any more.
    """
    now = state.now
    if now.verifier is None or now.status != "completed" or now.eu not in {None, "not-requested"}:
        return None
    updates = [piece.update for piece in pieces(state) if piece.standing == "brought" and piece.update is not None]
    return min((update.date for update in updates), key=lambda day: day.word_day, default=None)


def _answered(view: View, state: State[Any], passed: date | None) -> bool:
    """Whether a body has said something since a day has passed, or how it stands has changed, within the limit.

    A document that tells something else about the record, such as a code of the plan, is no answer.
    """
    limit = view.tracker.config.limits.stale
    return any(
        (passed is None or update.said_on > passed)
        and (view.as_of - update.said_on).days <= limit
        and (update.by is not None or _OUTCOME & update.changes().keys())
        for update in state.updates
    )


def _funding(view: View) -> Iterator[ChaseItem]:
    """Money that waits for a decision: the whole alone, since its parts are decided with it."""
    for line in view.lines:
        state = view.state(line)
        now = state.now
        if not view.is_top(line) or now.stage not in PROPOSED:
            continue
        meeting = view.tracker.get(Meeting, now.decided_at)
        held = view.state(meeting).now.date if meeting is not None else None
        age = recency(view, line)
        if held is not None:
            if held.passed(view.as_of) and not _answered(view, state, held.end):
                yield ChaseItem(now, "decision", held)
        elif age.last_day is not None and (view.as_of - age.last_day).days > view.tracker.config.limits.proposal:
            yield ChaseItem(now, "to-propose" if now.stage == "to-be-proposed" else "proposal", age.last_said)


def _measures(view: View) -> Iterator[ChaseItem]:
    for measure in view.measures:
        now, age = view.state(measure).now, recency(view, measure)
        old = age.last_day is None or (view.as_of - age.last_day).days > view.tracker.config.limits.stale
        # Of what was never a key measure and whose time is over, nobody is asked how it stands.
        over = now.status in FINISHED or (not now.key and now.period is not None and now.period.passed(view.as_of))
        if old and not over:
            yield ChaseItem(now, "stale", age.last_said)
