"""When those who do it expect a milestone to be reached, and what the day asked about makes of that."""

from typing import NamedTuple

from elo_cli.model.period import Period
from elo_cli.model.records.milestone import Milestone
from elo_cli.tracking.day.timing import effective_end, is_done
from elo_cli.tracking.day.view import View


class Forecast(NamedTuple):
    """A forecast of a milestone that is still waited for."""

    expected: Period
    said: Period | None
    """The day of the word; None for the promise itself."""
    late: bool
    """Whether it lies after the last day of the due, whichever of its days is meant."""
    passed: bool
    """Whether it has itself passed, although nobody has said that the milestone was reached."""

    @property
    def is_late(self) -> bool:
        """Whether it still says something, and that is: later than due."""
        return self.late and not self.passed


def forecast(view: View, milestone: Milestone) -> Forecast | None:
    """The forecast that holds on the day; None without one, and for what is done, withdrawn, or only possible."""
    state = view.state(milestone)
    now = state.now
    if now.expected is None or is_done(now) or now.possible:
        return None
    end, update = effective_end(view.tracker, now), state.set_by.get("expected")
    return Forecast(
        now.expected,
        update.date if update is not None else None,
        # A year that holds the due says nothing of being late.
        late=end is not None and now.expected.start > end,
        passed=now.expected.passed(view.as_of),
    )
