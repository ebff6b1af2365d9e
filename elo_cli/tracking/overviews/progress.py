"""The progress on a plan that is reported twice a year, by 30 April and 15 October (2021/2106 art. 2)."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from elo_cli.model.period import Period, months_later
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.values import LocalText
from elo_cli.tracking.day.filters import EVERYTHING, Filters, passes
from elo_cli.tracking.day.forecast import forecast
from elo_cli.tracking.day.instruments import is_rrf
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import ENDED, Timing, effective_end, is_done, reached_in, slip_days
from elo_cli.tracking.day.view import View

MONTHS: Final = 12
"""How far the report looks back and ahead."""


class ProgressRow(NamedTuple):
    """A milestone or target with what the report says of it."""

    state: State[Milestone]
    timing: Timing | None
    when: Period | None
    """When it was reached, or is expected."""
    reason: LocalText | None = None
    """Why it is delayed, as whoever said so gives it."""


class Progress(NamedTuple):
    """Each row by instalment and day; a milestone may be expected and delayed at once."""

    since: date
    """After the end of this day something counts as reached in the last twelve months."""
    until: date
    reached: tuple[ProgressRow, ...]
    expected: tuple[ProgressRow, ...]
    delayed: tuple[ProgressRow, ...]
    """Said to be unfinished after its last day, moved to a later one, or expected after it."""
    unreported: tuple[ProgressRow, ...]
    """Passed, and nobody has said since whether it was reached: silence is no delay."""


def progress(view: View, filters: Filters = EVERYTHING) -> Progress:
    """What was reached in the last twelve months, is expected in the next twelve, is delayed, or passed in silence."""
    since, until = months_later(view.as_of, -MONTHS), months_later(view.as_of, MONTHS)
    rows = list(_rows(view, filters))
    return Progress(
        since,
        until,
        tuple(row._replace(when=when) for row in rows if (when := _reached(row, since, view.as_of)) is not None),
        tuple(row._replace(when=when) for row in rows if (when := _expected(view, row, until)) is not None),
        tuple(row._replace(reason=_reason(row.state)) for row in rows if _is_delayed(view, row)),
        tuple(row for row in rows if row.timing is not None and row.timing.word == "unreported"),
    )


def _rows(view: View, filters: Filters) -> Iterator[ProgressRow]:
    chosen = [
        ProgressRow(state, view.timing(milestone), state.now.due)
        for milestone in view.milestones
        if is_rrf(view.tracker, (state := view.state(milestone)).now) and passes(view, milestone, filters)
    ]
    yield from sorted(chosen, key=_order)


def _order(row: ProgressRow) -> tuple[int, date, str]:
    now = row.state.now
    instalment = now.instalment
    end = row.timing.end if row.timing is not None else None
    # What has no number comes last: no plan has a hundred instalments.
    return (instalment or 100, end or date.max, now.id)


def _reached(row: ProgressRow, since: date, as_of: date) -> Period | None:
    """When it was reached, where that lies in the window; a period that begins before it may have been earlier."""
    if not is_done(row.state.now) or row.state.now.status == "withdrawn":
        return None
    update = row.state.set_by.get("status") or row.state.set_by.get("eu")
    when = reached_in(update) if update is not None else None
    return when if when is not None and since < when.start <= as_of else None


def _expected(view: View, row: ProgressRow, until: date) -> Period | None:
    """When it is expected, by forecast or else by its due, where that lies ahead and in the window."""
    now = row.state.now
    if row.timing is None or row.timing.word in ENDED or now.due is None:
        return None
    when, end = now.due, effective_end(view.tracker, now)
    if now.expected is not None:
        when, end = now.expected, now.expected.end
    return when if end is not None and view.as_of < end <= until else None


def _is_delayed(view: View, row: ProgressRow) -> bool:
    if row.timing is None or row.timing.word in ENDED:
        return False
    moved = (slip_days(row.state.promise, view.as_of) or 0) > 0
    expected = forecast(view, row.state.promise)
    return row.timing.word == "overdue" or moved or (expected is not None and expected.is_late)


def _reason(state: State[Milestone]) -> LocalText | None:
    """The reason that the last word on its forecast, confidence, status or due gives."""
    updates = [state.set_by[name] for name in ("expected", "confidence", "status", "due") if name in state.set_by]
    given = [update for update in updates if update.reason]
    return max(given, key=lambda update: update.said_on).reason if given else None
