"""What each organisation is to be asked: what is unreported, overdue, old, undecided or without evidence."""

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal, NamedTuple

from elo_cli.model.funding import Funding
from elo_cli.model.measure import Measure
from elo_cli.model.meeting import Meeting
from elo_cli.model.milestone import Milestone
from elo_cli.tracking.responsibility import responsible
from elo_cli.tracking.state import exists_from, present_stage
from elo_cli.tracking.status import measure_status
from elo_cli.tracking.view import View

Ask = Literal["overdue", "unreported", "evidence", "decision", "proposal", "stale"]
"""Why someone is asked: a due has passed with or without a later word, what shows completion is missing, a meeting has
passed without its decision, a proposal is long open, or nobody has said a word for long."""
_ASKS: Final[dict[str, Ask]] = {"overdue": "overdue", "unreported": "unreported"}
_ENDED: Final = frozenset({"completed", "withdrawn"})


class Asked(NamedTuple):
    """One thing to ask about a record."""

    record: Measure | Milestone | Funding
    """As it stands on the day."""
    ask: Ask
    since: date | None
    """The day that has passed, of the last word or of the promise; None where no day is known."""
    missing: tuple[str, ...] = ()
    """For `evidence`: the keys of what verification requires and nothing covers; empty when there is none at all."""
    named_by: Literal["record", "measures"] | None = None


class Chased(NamedTuple):
    """An organisation and what it is asked; None for what nobody is named for."""

    organisation: str | None
    asked: tuple[Asked, ...]


def chase(view: View, owner: str | None = None) -> tuple[Chased, ...]:
    """What is asked of each organisation, or of this one, in the order of the vocabulary; what nobody answers for last.

    A record of several organisations is asked of each of them: which one knows, no source says.
    """
    by_organisation: dict[str | None, list[Asked]] = {}
    for asked in (*_milestones(view), *_funding(view), *_measures(view)):
        who = responsible(view, asked.record)
        for organisation in who.ids or (None,):
            by_organisation.setdefault(organisation, []).append(asked._replace(named_by=who.named_by))
    order = {organisation: place for place, organisation in enumerate(view.tracker.by_kind["organisation"])}
    wanted = by_organisation
    if owner is not None:
        wanted = {owner: by_organisation.get(owner, [])}
    return tuple(
        Chased(organisation, tuple(wanted[organisation]))
        for organisation in sorted(wanted, key=lambda one: (one is None, order.get(one or "", len(order)), one or ""))
    )


def missing_evidence(now: Milestone) -> tuple[str, ...] | None:
    """Which required pieces of evidence nothing covers; None when nothing is missing.

    Without a list of required pieces nothing is known to be missing as long as there is one document.
    """
    required = now.verification.evidence if now.verification is not None else None
    if required is None:
        return () if not now.evidence and now.verification is not None else None
    covered = {piece for document in now.evidence or () for piece in document.covers or ()}
    return tuple(piece for piece in required if piece not in covered) or None


def _milestones(view: View) -> Iterator[Asked]:
    found = []
    for milestone in view.milestones:
        now, timing = view.state(milestone).now, view.timing(milestone)
        if timing is not None and (ask := _ASKS.get(timing.word)) is not None:
            found.append(Asked(now, ask, timing.end))
        if now.status == "completed" and (missing := missing_evidence(now)) is not None:
            found.append(Asked(now, "evidence", view.state(milestone).last_word, missing))
    yield from sorted(found, key=lambda asked: (asked.since or date.max, asked.record.id))


def _funding(view: View) -> Iterator[Asked]:
    for line in view.lines:
        state = view.state(line)
        now, stage = state.now, present_stage(state.now)
        if stage not in {"to-be-proposed", "proposed", "pending"} or now.counted is False:
            continue
        meeting = view.tracker.get(Meeting, now.decided_at)
        decided = view.state(meeting).now.date.end if meeting is not None else None
        if decided is not None:
            if decided < view.as_of:
                yield Asked(now, "decision", decided)
            continue
        said = state.last_word or exists_from(view.tracker, line)
        if said is not None and (view.as_of - said).days > view.tracker.config.limits.proposal:
            yield Asked(now, "proposal", said)


def _measures(view: View) -> Iterator[Asked]:
    for measure in view.measures:
        standing = measure_status(view, measure)
        said = standing.last_word or standing.promised
        old = said is None or (view.as_of - said).days > view.tracker.config.limits.stale
        if old and standing.state.now.status not in _ENDED:
            yield Asked(standing.state.now, "stale", said)
