"""The timeline in words: the table beside the picture, and the lines of a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from elo_cli.model.errors import N_, nN_
from elo_cli.model.kinds import KINDS
from elo_cli.render.forms.blocks import Block, Heading, Paragraph, Table
from elo_cli.render.forms.screen import Screen
from elo_cli.render.words import terms
from elo_cli.render.words.filters import filter_options, filter_text
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.tracking.day.filters import EVERYTHING, Filters
from elo_cli.tracking.day.timing import TimingWord
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.overview import MANY, By
from elo_cli.tracking.timeline import Bundle, Lane, Mark, Timeline, bundles

OPEN_END: Final = N_("end not stated")
BAR_STATED: Final = N_("measure, to its end or to the last word on it")
BAR_SILENT: Final = N_("the same, no status stated")
_FADING: Final = 3
"""Characters after the last word on a measure whose end is not stated."""


class TimelineText:
    """Says the parts of a timeline in the reader's language."""

    def __init__(self, language: Language, view: View, filters: Filters = EVERYTHING) -> None:
        """Say them with the names of the view's day."""
        self.filters = filters
        self.language = language
        self.names = Names(language, view)
        self.view = view

    def title(self) -> str:
        """What the picture shows, and under which filters."""
        name = self.language.text(self.view.tracker.config.name)
        title = self.language.say(N_("{name}: timeline on {day}"), name=name, day=self.language.day(self.view.as_of))
        return " · ".join(part for part in (title, filter_text(self.names, self.filters)) if part)

    def lane(self, lane: Lane) -> str:
        """A measure's name, or what stands for it."""
        if lane.id is None:
            return self.language.say(N_("Without a measure"))
        return self.names.long(lane.id)

    def period(self, lane: Lane) -> str:
        """A measure's period and status in words, and that its end or its status is not stated."""
        say = self.language.say
        if lane.period is None:
            parts = [say(N_("period not stated"))]
        else:
            parts = [self.language.period(lane.period)]
            if lane.period.end is None:
                parts.append(say(OPEN_END))
        if lane.id is not None:
            parts.append(self.status(lane.status))
        return ", ".join(parts)

    def status(self, status: str | None) -> str:
        """A status, or that none is stated."""
        return self.language.say(terms.STATUS.get(status or "", terms.NO_STATUS).word)

    def day(self, line: Timeline) -> str:
        """The label of the day asked about."""
        return self.language.say(N_("as of {day}"), day=line.as_of)

    def end(self, line: Timeline) -> str:
        """The label of the strategy's last day; "" where that is not on the axis."""
        if not line.shows_end:
            return ""
        return self.language.say(N_("the strategy ends {day}"), day=line.strategy_end)

    def due(self, mark: Mark) -> str:
        """A milestone's due, the promised one before it where it has moved, and what the day makes of it."""
        due = self.language.period(mark.due)
        if mark.moved is not None:
            due = f"{self.language.period(mark.moved)} → {due}"
        return f"{due}, {self.timing(mark)}"

    def timing(self, mark: Mark) -> str:
        """What the day makes of a due: the word alone."""
        return terms.word(self.language, "timing", mark.timing)

    def undated(self, line: Timeline) -> str:
        """What could not be drawn, by name; "" when there is nothing."""
        if not line.undated:
            return ""
        names = ", ".join(self.names.long(record_id) for record_id in line.undated)
        return self.language.count(
            *nN_("No date is stated for {n}: {names}", "No date is stated for {n}: {names}"),
            len(line.undated),
            names=names,
        )

    def bundle(self, bundle: Bundle, by: By) -> str:
        """The name of a goal or component, or what stands for it."""
        if bundle.key is not None:
            return self.names.long(bundle.key) if by == "goal" else bundle.key
        return self.language.say(N_("Goal not stated") if by == "goal" else N_("Without a component"))

    def counts(self, bundle: Bundle) -> str:
        """How many measures, and how many of the milestones have each timing."""
        number = Counter(mark.timing for mark in bundle.marks)
        timings = [f"{terms.word(self.language, 'timing', word)} {number[word]}" for word in PRESSING if number[word]]
        measures = self.language.count(*KINDS["measure"].names.counted, bundle.measures)
        return ", ".join((measures, *timings))

    def rest(self, line: Timeline) -> str:
        """How the measures themselves are seen, and what has no date."""
        told = f"elo timeline{filter_options(self.filters)} --all"
        if not line.undated:
            return self.language.say(N_("each measure: {command}"), command=told)
        text = nN_("each measure, and {n} without a date: {command}", "each measure, and {n} without a date: {command}")
        return self.language.count(*text, len(line.undated), command=told)

    def outside(self, line: Timeline) -> str:
        """That the day asked about is not on the axis; "" when it is."""
        if line.shows_day:
            return ""
        return self.language.say(N_("{day} is outside the years shown."), day=self.language.day(line.as_of))


def timeline_table(language: Language, view: View, line: Timeline) -> Table:
    """The picture's content as a table: every measure and milestone of it, and those without a date."""
    texts = TimelineText(language, view, line.filters)
    say = language.say
    heads = [
        say(N_("What")),
        say(N_("Measure")),
        say(N_("Period or due")),
        say(N_("Promised")),
        say(N_("How it stands")),
        say(N_("Id")),
    ]
    rows: list[list[str]] = []
    for lane in line.lanes:
        if lane.id is not None:
            rows.append(_lane_row(texts, lane))
        rows += [_mark_row(texts, lane, mark) for mark in lane.milestones]
    for record_id in line.undated:
        now: Any = view.state(view.tracker.entries[record_id].record).now
        status = texts.status(now.status)
        measure = ", ".join(texts.names.long(name) for name in getattr(now, "measures", None) or ())
        rows.append([texts.names.long(record_id), measure, say(N_("not stated")), "", status, record_id])
    return Table(heads, rows)


def _lane_row(texts: TimelineText, lane: Lane) -> list[str]:
    language = texts.language
    period = language.period(lane.period) if lane.period is not None else language.say(N_("not stated"))
    moved = language.period(lane.promised) if lane.promised is not None and lane.promised != lane.period else ""
    return [
        texts.lane(lane),
        "",
        period,
        moved,
        texts.status(lane.status),
        lane.id or "",
    ]


def _mark_row(texts: TimelineText, lane: Lane, mark: Mark) -> list[str]:
    language = texts.language
    return [
        texts.names.long(mark.id),
        texts.lane(lane) if lane.id is not None else "",
        language.period(mark.due),
        language.period(mark.moved) if mark.moved is not None else "",
        texts.timing(mark),
        mark.id,
    ]


def blocks(language: Language, view: View, line: Timeline) -> list[Block]:
    """The timeline as a table with its title, for Markdown."""
    return [Heading(TimelineText(language, view, line.filters).title(), 1), timeline_table(language, view, line)]


PRESSING: Final[tuple[TimingWord, ...]] = (
    "overdue", "contested", "unreported", "due-soon", "upcoming", "done", "withdrawn",
)  # fmt: skip
"""Which sign stands in a column that several dues share: what presses more."""


def screen(screen: Screen, view: View, line: Timeline, *, everything: bool = False) -> None:
    """The timeline as lines of characters: bars for periods, signs for dues, a stroke for the day, and words.

    Of many measures a row each goal or component, unless `everything` is asked for.
    """
    texts = TimelineText(screen.language, view, line.filters)
    chart = _Chart(screen, line, texts)
    screen.heading(texts.title())
    screen.line()
    if line.lanes:
        for axis in chart.axis():
            screen.line(axis, hang=0)
    many = len(line.lanes) > MANY and not everything
    if many:
        by, grouped = bundles(view, line)
        for bundle in grouped:
            chart.row(texts.bundle(bundle, by), texts.counts(bundle), chart.marks(bundle))
    for lane in line.lanes if not many else ():
        chart.row(texts.lane(lane), texts.period(lane), chart.bar(lane), bold=True)
        for mark in lane.milestones:
            chart.row(texts.names.long(mark.id), texts.due(mark), chart.mark(mark), indent=2)
    screen.line()
    undated = texts.undated(line)
    if many:
        undated = texts.rest(line)
    for note in (*chart.legend(moved=not many), texts.outside(line), undated):
        if note:
            screen.write([Paragraph(note, style="dim")])


SIGNS: Final = {
    "full": ("━", "="),
    "silent": ("─", ":"),
    "open": ("┈", ","),
    "day": ("│", "|"),
    "end": ("┊", ";"),
    "was": ("□", "["),
    "path": ("┄", "-"),
}
"""What a chart is drawn with beside the signs of timings, in Unicode and in ASCII; none of them means anything else."""


class _Chart:
    """The characters of the line: one a column, the same columns in every row."""

    def __init__(self, screen: Screen, line: Timeline, texts: TimelineText) -> None:
        self.screen = screen
        self.line = line
        self.texts = texts
        self.side = screen.is_wide
        self.left = screen.width * 3 // 10 if self.side else 4
        self.right = screen.width * 3 // 10 if self.side else 0
        self.columns = max(10, screen.width - self.left - self.right - 2)
        signs = [screen.sign(*sign) for sign in SIGNS.values()]
        self.full, self.silent, self.open, self.day, self.end, self.was, self.path = signs

    def at(self, place: float) -> int:
        return min(self.columns - 1, int(place * self.columns))

    def axis(self) -> Iterator[str]:
        """The years, and below them a stroke at each year's beginning."""
        years, strokes = [" "] * self.columns, [self.screen.sign("─", "-")] * self.columns
        free = 0
        for year in range(self.line.first.year, self.line.last.year + 1):
            start = self.at(self.line.place(self.line.first.replace(year=year, month=1, day=1)))
            strokes[start] = self.screen.sign("┬", "+")
            if start >= free and start + 4 <= self.columns:
                years[start : start + 4] = str(year)
                free = start + 5
        for cells in (years, strokes):
            yield (" " * self.left + "".join(cells)).rstrip()

    def empty(self) -> list[str]:
        cells = [" "] * self.columns
        if self.line.shows_end and self.line.strategy_end is not None:
            cells[self.at(self.line.place(self.line.strategy_end))] = self.end
        if self.line.shows_day:
            cells[self.at(self.line.place(self.line.as_of))] = self.day
        return cells

    def bar(self, lane: Lane) -> str:
        cells = self.empty()
        if lane.period is not None:
            start = self.at(self.line.place(lane.period.start))
            end = lane.period.end or lane.known_until or lane.period.start
            stop = self.at(self.line.place(end))
            full = self.full if lane.status is not None else self.silent
            cells[start : stop + 1] = [full] * (stop + 1 - start)
            if lane.period.end is None:
                # What comes after the last word, nobody has said.
                open_ = range(stop + 1, min(stop + 1 + _FADING, self.columns))
                cells[stop + 1 : stop + 1 + len(open_)] = [self.open] * len(open_)
        return "".join(cells)

    def mark(self, mark: Mark) -> str:
        cells = self.empty()
        here = self.at(self.line.place(mark.end))
        if mark.moved_end is not None:
            there = self.at(self.line.place(mark.moved_end))
            low, high = sorted((here, there))
            cells[low : high + 1] = [self.path] * (high + 1 - low)
            cells[there] = self.was
        sign = self.sign(mark)
        cells[min(here, self.columns - len(sign)) : here + len(sign)] = list(sign)
        return "".join(cells)

    def marks(self, bundle: Bundle) -> str:
        """The dues of several measures in one row; of those in one column the sign of what presses most."""
        cells = self.empty()
        for mark in sorted(bundle.marks, key=lambda mark: -PRESSING.index(mark.timing)):
            sign = self.sign(mark)
            here = min(self.at(self.line.place(mark.end)), self.columns - len(sign))
            cells[here : here + len(sign)] = list(sign)
        return "".join(cells)

    def sign(self, mark: Mark) -> str:
        term = terms.TIMING[mark.timing]
        return self.screen.sign(term.sign, term.plain)

    def row(self, name: str, words: str, cells: str, *, bold: bool = False, indent: int = 0) -> None:
        """A row: side by side where there is room, else the line below its words."""
        style = "bold" if bold else ""
        if not self.side:
            self.screen.line(f"{name}: {words}", style=style, indent=indent, hang=indent + 2)
            self.screen.file.write((" " * self.left + cells).rstrip() + "\n")
            return
        from rich.cells import cell_len, chop_cells

        from elo_cli.render.forms.text import visible

        lines = list(_folded(visible(name), self.left - indent - 2, cell_len, chop_cells))
        said = list(_folded(visible(words), self.right, cell_len, chop_cells))
        blank = "".join(self.empty())
        for number in range(max(len(lines), len(said), 1)):
            left = " " * indent + (lines[number] if number < len(lines) else "")
            pad = " " * max(0, self.left - cell_len(left))
            right = said[number] if number < len(said) else ""
            text = f"{left}{pad}{cells if number == 0 else blank}  {right}".rstrip()
            self.screen.print(self.screen.text(text, style if number == 0 else ""))

    def legend(self, *, moved: bool = True) -> Iterator[str]:
        """What each sign that was used means, in lines that break between two of them."""
        from rich.cells import cell_len

        text = ""
        for part in self.signs(moved=moved):
            longer = f"{text}   {part}" if text else part
            if text and cell_len(longer) > self.screen.width:
                yield text
                longer = part
            text = longer
        yield text

    def signs(self, *, moved: bool) -> Sequence[str]:
        """Each sign that was used, with its words."""
        language = self.screen.language
        used = {mark.timing for lane in self.line.lanes for mark in lane.milestones}
        parts = [
            f"{self.screen.sign(term.sign, term.plain)} {language.say(term.word)}"
            for word, term in terms.TIMING.items()
            if word in used
        ]
        if moved and any(mark.moved_end is not None for lane in self.line.lanes for mark in lane.milestones):
            parts.append(f"{self.was} {language.say(N_('promised'))}")
        lanes = [lane for lane in self.line.lanes if lane.period is not None] if moved else []
        if any(lane.status is not None for lane in lanes):
            parts.append(f"{self.full} {language.say(BAR_STATED)}")
        if any(lane.status is None for lane in lanes):
            parts.append(f"{self.silent} {language.say(BAR_SILENT)}")
        if any(lane.known_until is not None for lane in lanes):
            parts.append(f"{self.open} {language.say(OPEN_END)}")
        if self.line.shows_day and self.line.lanes:
            parts.append(f"{self.day} {self.texts.day(self.line)}")
        if self.line.shows_end and self.line.lanes:
            parts.append(f"{self.end} {self.texts.end(self.line)}")
        return parts


def _folded(text: str, width: int, length: Any, chop: Any) -> Iterator[str]:  # noqa: ANN401 - rich's own functions
    """A text in lines of a width in cells, broken at spaces where there are any."""
    line = ""
    for word in text.split():
        pieces: Sequence[str] = chop(word, width) if length(word) > width else [word]
        for piece in pieces:
            if line and length(line) + 1 + length(piece) > width:
                yield line
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    if line:
        yield line
