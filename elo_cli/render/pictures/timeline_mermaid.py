"""The timeline as a Mermaid Gantt chart, which GitHub and others draw from a fence in Markdown.

Every character that means something to Mermaid is written as an entity (https://mermaid.js.org/syntax/flowchart.html,
“Entity codes”), so that a name of the data is a name and never a direction, a link or the end of the fence.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.render.forms.escape import mermaid_text
from elo_cli.render.pictures.timeline import TimelineText
from elo_cli.render.words.language import Language
from elo_cli.tracking.day.view import View
from elo_cli.tracking.timeline import Lane, Mark, Timeline, timeline

_NAME: Final = 45
"""As much of a milestone's name as leaves room for its due."""


def mermaid(language: Language, view: View, line: Timeline | None = None) -> str:
    """The chart of the view's day, without a fence around it."""
    drawn = line or timeline(view)
    return "\n".join(_lines(TimelineText(language, view, drawn.filters), drawn)) + "\n"


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"


def _lines(texts: TimelineText, line: Timeline) -> Iterator[str]:
    yield "gantt"
    yield f"    title {mermaid_text(texts.title())}"
    yield "    dateFormat YYYY-MM-DD"
    yield "    axisFormat %Y"
    # The day asked about, and not the day on which somebody opens the page.
    yield "    todayMarker off"
    number = 0
    for lane in line.lanes:
        yield f"    section {mermaid_text(texts.lane(lane))}"
        if lane.period is not None:
            number += 1
            yield f"    {mermaid_text(texts.period(lane))} :{_bar(lane, number)}"
        for mark in lane.milestones:
            number += 1
            name = mermaid_text(f"{_short(texts.names.long(mark.id))}: {texts.due(mark)}")
            yield f"    {name} :{_mark(mark, number)}"
    if line.lanes:
        say = texts.language.say
        yield f"    section {mermaid_text(say(N_('As of')))}"
        yield f"    {mermaid_text(texts.language.day(line.as_of))} :milestone, crit, day, {line.as_of.isoformat()}, 0d"
        if line.shows_end and line.strategy_end is not None:
            yield f"    {mermaid_text(texts.end(line))} :milestone, end, {line.strategy_end.isoformat()}, 0d"


def _bar(lane: Lane, number: int) -> str:
    period = lane.period
    if period is None:
        raise AssertionError
    # Where no end is stated, the bar says no more than is known, and its words that the end is open.
    end = period.end or lane.known_until or period.start
    tag = {"completed": "done, ", "in-progress": "active, "}.get(lane.status or "", "")
    # Mermaid's end is the day on which a bar stops, ours the last day that belongs to it.
    return f"{tag}t{number}, {period.start.isoformat()}, {(end + timedelta(days=1)).isoformat()}"


def _mark(mark: Mark, number: int) -> str:
    tag = {"done": "done, ", "overdue": "crit, ", "unreported": "crit, ", "contested": "crit, "}.get(mark.timing, "")
    return f"milestone, {tag}t{number}, {mark.end.isoformat()}, 0d"
