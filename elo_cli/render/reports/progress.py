"""The progress report in words: what was reached, what is expected, what is delayed and why."""

from collections.abc import Mapping, Sequence

from elo_cli.model.errors import N_
from elo_cli.render.reports.facts import Facts
from elo_cli.render.reports.rrf import code
from elo_cli.render.words.marked import joined
from elo_cli.render.words.timing import forecast_text
from elo_cli.tracking.day.filters import Filters
from elo_cli.tracking.day.forecast import forecast
from elo_cli.tracking.overviews.progress import ProgressRow, progress


def progress_values(facts: Facts, filters: Filters) -> Mapping[str, object]:
    """What the template of the report is given."""
    say, day = facts.language.say, facts.language.day
    answer = progress(facts.view, filters)
    parts = (
        (
            say(N_("Reached after {since}"), since=day(answer.since)),
            say(N_("Reached")),
            answer.reached,
            say(N_("Nothing was reported as reached in the last twelve months.")),
        ),
        (
            say(N_("Expected by {until}"), until=day(answer.until)),
            say(N_("Expected")),
            answer.expected,
            say(N_("Nothing is expected in the next twelve months.")),
        ),
        (say(N_("Delayed")), say(N_("Due")), answer.delayed, say(N_("Nothing is known to be delayed."))),
        (
            say(N_("Passed, outcome not known")),
            say(N_("Due")),
            answer.unreported,
            say(N_("Nothing has passed without a report.")),
        ),
    )
    return {
        "title": say(N_("Recovery and Resilience Facility: progress on {day}"), day=day(facts.view.as_of)),
        "figures": [(name, facts.language.number(len(rows))) for name, _, rows, _ in parts],
        "parts": [
            (name, _heads(facts, when, delayed=rows is answer.delayed), _rows(facts, rows, answer.delayed), none)
            for name, when, rows, none in parts
        ],
    }


def _heads(facts: Facts, when: str, *, delayed: bool) -> list[str]:
    texts = [N_("Instalment"), N_("No."), N_("Milestone or target"), N_("Measures")]
    heads = [*(facts.language.say(text) for text in texts), when]
    return [*heads, facts.language.say(N_("Timing")), facts.language.say(N_("Reason"))] if delayed else heads


def _rows(facts: Facts, rows: Sequence[ProgressRow], delayed: Sequence[ProgressRow]) -> list[tuple[str, ...]]:
    language = facts.language
    lines = []
    for row in rows:
        now = row.state.now
        instalment = now.instalment
        cells: tuple[str, ...] = (
            language.number(instalment) if instalment is not None else "–",
            code(now) or "–",
            facts.names.long(now.id),
            joined(", ", (facts.names.long(measure) for measure in now.measures or ())) or "–",
            language.period(row.when) if row.when is not None else "–",
        )
        if rows is delayed:
            fact = facts.milestone(row.state.promise)
            expected = forecast(facts.view, row.state.promise)
            told = "; ".join([fact.timing, *([forecast_text(language, expected)] if expected is not None else [])])
            cells = (*cells, told, language.text(row.reason, language.say(N_("no reason given"))))
        lines.append(cells)
    return lines
