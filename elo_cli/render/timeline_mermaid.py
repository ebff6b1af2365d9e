"""The timeline as a Mermaid Gantt chart, which GitHub and others draw from a fence in Markdown.

Every character that means something to Mermaid is written as an entity (https://mermaid.js.org/syntax/flowchart.html,
“Entity codes”), so that a name of the data is a name and never a direction, a link or the end of the fence.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.render.language import Language
from elo_cli.render.text import visible
from elo_cli.render.timeline import TimelineText
from elo_cli.tracking.timeline import Lane, Mark, Timeline, timeline
from elo_cli.tracking.view import View

_ACTIVE: Final = re.compile(r"[^\w .()/–-]")
_KEYWORD: Final = re.compile(
    r"(?i)(?:gantt|title|section|dateFormat|axisFormat|tickInterval|todayMarker|inclusiveEndDates|topAxis|includes"
    r"|excludes|weekday|weekend|click|href|call|acc|vert|style|classDef|end|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday)"
)
_LONGEST: Final = 90
"""Longer names would be set over one another, since Mermaid wraps none."""
_NAME: Final = 45
"""As much of a milestone's name as leaves room for its due."""
_OPEN_DAYS: Final = 366


def mermaid(language: Language, view: View, line: Timeline | None = None) -> str:
    """The chart of the view's day, without a fence around it."""
    return "\n".join(_lines(TimelineText(language, view), line or timeline(view))) + "\n"


def mermaid_text(text: str) -> str:
    """A text of the data for a name in Mermaid: one line, shortened, nothing in it active."""
    shown = visible(text)
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 1] + "…"
    shown = " ".join(shown.split()) or "-"
    safe = _ACTIVE.sub(_entity, shown)
    if _KEYWORD.match(safe):
        # A name that begins like a directive is taken for one, unless its first letter is an entity.
        safe = f"#{ord(safe[0])};{safe[1:]}"
    return safe


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"


def _entity(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"


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
            yield f"    {mermaid_text(texts.period(lane))} :{_bar(lane, line, number)}"
        for mark in lane.marks:
            number += 1
            name = mermaid_text(f"{_short(texts.names.long(mark.milestone.id))}: {texts.due(mark)}")
            yield f"    {name} :{_mark(mark, number)}"
    if line.lanes:
        say = texts.language.say
        yield f"    section {mermaid_text(say(N_('As of')))}"
        yield f"    {mermaid_text(texts.language.day(line.as_of))} :milestone, crit, day, {line.as_of.isoformat()}, 0d"


def _bar(lane: Lane, line: Timeline, number: int) -> str:
    period = lane.period
    if period is None:
        raise AssertionError
    end = period.end or max(line.last, period.start + timedelta(days=_OPEN_DAYS))
    tag = {"completed": "done, ", "in-progress": "active, "}.get(lane.status or "", "")
    # Mermaid's end is the day on which a bar stops, ours the last day that belongs to it.
    return f"{tag}t{number}, {period.start.isoformat()}, {(end + timedelta(days=1)).isoformat()}"


def _mark(mark: Mark, number: int) -> str:
    tag = {"done": "done, ", "overdue": "crit, ", "unreported": "crit, ", "contested": "crit, "}.get(mark.timing, "")
    return f"milestone, {tag}t{number}, {mark.end.isoformat()}, 0d"
