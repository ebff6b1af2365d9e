"""The timeline as a picture: bars for the periods of measures, a shape and a word for each milestone.

Nothing is said by colour alone: each timing has its own shape and its word beside it. Promised dues are hollow, with a
dashed line to where they have moved.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.render.pictures.svg import BAR, DAY, INK, LINE, PALE, SOFT, Drawing, width_of, wrapped
from elo_cli.render.pictures.timeline import BAR_SILENT, BAR_STATED, OPEN_END, PRESSING, TimelineText
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.overview import MANY
from elo_cli.tracking.timeline import Bundle, Lane, Mark, Timeline, bundles, quarter_end, timeline

WIDTH: Final = 1120
LEFT: Final = 380
"""Where the axis begins; names stand to the left of it."""
_MARGIN: Final = 16
_RIGHT: Final = WIDTH - _MARGIN
_ROW: Final = 26
_HEAD: Final = 98
_FEW_YEARS: Final = 12
"""Up to this many years the quarters are drawn too."""
RADIUS: Final = 6.0
_INDENT: Final = 16
_LINE: Final = 16
_FADING: Final = 36
"""How far the dashes reach that stand where the end of a period is not stated."""
_SAMPLE: Final = 40
"""The width of a bar in the legend."""
_BARS: Final = frozenset({"stated", "silent", "open"})


def timeline_svg(language: Language, view: View, line: Timeline | None = None, *, everything: bool = True) -> str:
    """The picture of the view's day, for a page or a file of its own.

    Of many measures a row each goal or component, unless `everything` is asked for.
    """
    return _Picture(language, view, line or timeline(view), everything=everything).svg()


class _Row(NamedTuple):
    """A row of the picture: a measure, a milestone of the measure above it, or a goal or component."""

    lane: Lane | Bundle
    mark: Mark | None
    name: list[str]
    """Its name in at most two lines."""
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where bars and marks stand."""
        return self.top + self.height / 2


class _Picture:
    def __init__(self, language: Language, view: View, line: Timeline, *, everything: bool) -> None:
        self.language = language
        self.line = line
        self.many = len(line.lanes) > MANY and not everything
        self.by, self.bundles = bundles(view, line) if self.many else ("goal", ())
        self.texts = TimelineText(language, view, line.filters)
        self.drawing = Drawing("timeline", WIDTH)
        self.above = Drawing("", 0)
        """Words, which stand above every line."""
        self.rows = list(self.laid_out())
        self.bottom = (self.rows[-1].top + self.rows[-1].height if self.rows else _HEAD) + 6

    def laid_out(self) -> Iterator[_Row]:
        top = float(_HEAD)
        room = LEFT - 2 * _MARGIN
        for bundle in self.bundles:
            name = wrapped(self.texts.bundle(bundle, self.by), room, bold=True, most=1)
            name += wrapped(self.texts.counts(bundle), room, 11, most=2)
            height = _ROW + (len(name) - 1) * _LINE
            yield _Row(bundle, None, name, top, height)
            top += height
        for lane in self.line.lanes if not self.many else ():
            for mark in (None, *lane.milestones):
                text = self.texts.lane(lane) if mark is None else self.texts.names.long(mark.id)
                room = LEFT - 2 * _MARGIN - (0 if mark is None else _INDENT)
                name = wrapped(text, room, bold=mark is None, most=2)
                height = _ROW + (len(name) - 1) * _LINE if name else _ROW
                yield _Row(lane, mark, name, top, height)
                top += height

    def x(self, place: float) -> float:
        return LEFT + place * (_RIGHT - LEFT)

    def svg(self) -> str:
        drawing = self.drawing
        drawing.text(_MARGIN, 28, self.texts.title(), bold=True, size=16, room=WIDTH - 2 * _MARGIN)
        self.stripes()
        if self.rows:
            self.axis()
        for row in self.rows:
            if isinstance(row.lane, Bundle):
                self.bundle(row, row.lane)
            elif row.mark is None:
                self.name(row, row.lane)
                self.bar(row, row.lane)
            else:
                self.name(row, row.lane)
                self.mark(row, row.mark)
        if self.rows:
            self.days()
        drawing.extend(self.above)
        height = self.notes(self.legend(self.bottom + 26))
        return drawing.svg(height + _MARGIN, self.texts.title(), self.description(), self.language.code)

    def description(self) -> str:
        """What someone who cannot see the picture has to know: what is in it, and where it stands in words."""
        marks = [mark for lane in self.line.lanes for mark in lane.milestones]
        say, language = self.language.say, self.language
        measures = sum(lane.id is not None for lane in self.line.lanes)
        parts = [
            say(N_("From {first} to {last}."), first=language.day(self.line.first), last=language.day(self.line.last)),
            language.count(*nN_("{n} measure.", "{n} measures."), measures),
        ]
        for word in terms.TIMING:
            if count := sum(mark.timing == word for mark in marks):
                counted = language.count(*nN_("{n} milestone", "{n} milestones"), count)
                parts.append(f"{counted}: {terms.word(language, 'timing', word)}.")
        parts += [self.texts.outside(self.line), self.texts.undated(self.line) if not self.many else ""]
        return " ".join(part for part in parts if part)

    def stripes(self) -> None:
        """A pale ground behind every second measure, so that the eye keeps to its row."""
        number = -1
        for row in self.rows:
            number += row.mark is None
            if number % 2 == 0:
                self.drawing.rect(_MARGIN / 2, row.top, WIDTH - _MARGIN, row.height, "#f5f7f9", rx=0)

    def axis(self) -> None:
        line = self.line
        years = line.last.year - line.first.year + 1
        step = 1 if (_RIGHT - LEFT) / years >= width_of("0000 ", bold=True) else 5
        start = line.first
        while start <= line.last:
            end = quarter_end(start)
            x, stop = self.x(line.place(start)), self.x(line.stop_place(end))
            january = start.month == 1
            if january or start == line.first or years <= _FEW_YEARS:
                self.drawing.line(x, _HEAD - (22 if january else 8), x, self.bottom, LINE if january else PALE)
            if years <= _FEW_YEARS and stop - x >= width_of("IV", 10):
                text = self.texts.names.language.quarter(start.month)
                self.above.text((x + stop) / 2, _HEAD - 8, text, anchor="middle", fill=SOFT, size=10)
            if (january or start == line.first) and start.year % step == 0:
                self.above.text(x + 3, _HEAD - 24, str(start.year), bold=True, room=self.x(1) - x, halo=True)
            start = date.fromordinal(end.toordinal() + 1)

    def bundle(self, row: _Row, bundle: Bundle) -> None:
        """A goal or component: its name, its numbers, and all its milestones, what presses most on top."""
        y = row.middle + 4.5 - (len(row.name) - 1) * _LINE / 2
        for number, text in enumerate(row.name):
            self.above.text(_MARGIN, y + number * _LINE, text, bold=not number, size=11 if number else 13)
        inner = Drawing("", 0)
        for mark in sorted(bundle.marks, key=lambda mark: -PRESSING.index(mark.timing)):
            shape(inner, mark.timing, self.x(self.line.stop_place(mark.end)), row.middle)
        self.drawing.group(f"{self.texts.bundle(bundle, self.by)}: {self.texts.counts(bundle)}", inner)

    def name(self, row: _Row, lane: Lane) -> None:
        """The name of a row, whole in a tooltip where two lines do not hold it."""
        mark = row.mark
        whole = self.texts.lane(lane) if mark is None else self.texts.names.long(mark.id)
        lines = Drawing("", 0)
        y = row.middle + 4.5 - (len(row.name) - 1) * _LINE / 2
        for number, text in enumerate(row.name):
            lines.text(_MARGIN + (0 if mark is None else _INDENT), y + number * _LINE, text, bold=mark is None)
        if " ".join(row.name) == " ".join(whole.split()):
            self.above.extend(lines)
        else:
            self.above.group(whole, lines)

    def bar(self, row: _Row, lane: Lane) -> None:
        middle = row.middle
        if lane.period is None:
            if lane.id is not None:
                self.above.text(LEFT + 4, middle + 4, self.texts.period(lane), fill=SOFT, size=11, halo=True)
            return
        inner = Drawing("", 0)
        start = self.x(self.line.place(lane.period.start))
        stop = self.x(self.line.stop_place(lane.period.end or lane.known_until or lane.period.start))
        bar_shape(inner, start, max(3.0, stop - start), middle, stated=lane.status is not None)
        if lane.period.end is None:
            # What comes after the last word, nobody has said.
            stop = min(max(stop, start + 3.0) + _FADING, _RIGHT)
            open_end(inner, stop - _FADING, middle)
        self.drawing.group(f"{self.texts.lane(lane)}: {self.texts.period(lane)}", inner)
        fill = "#ffffff" if lane.status is not None else INK
        self.beside(self.texts.period(lane), start, stop, middle, on_bar=fill)

    def beside(self, text: str, start: float, stop: float, middle: float, *, on_bar: str | None = None) -> None:
        """Words beside a bar or a mark: to the right where there is room, on a long bar in its colour, else left."""
        width = width_of(text, 11)
        if stop + 10 + width <= _RIGHT:
            self.above.text(stop + 10, middle + 4, text, size=11, halo=True)
        elif on_bar is not None and width_of(text, 11, bold=True) + 12 <= stop - start:
            self.above.text(start + 6, middle + 4, text, fill=on_bar, size=11, bold=True)
        else:
            self.above.text(max(start - 10, LEFT + width), middle + 4, text, anchor="end", size=11, halo=True)

    def mark(self, row: _Row, mark: Mark) -> None:
        middle, here = row.middle, self.x(self.line.stop_place(mark.end))
        inner = Drawing("", 0)
        left = right = here
        start = self.x(self.line.place(mark.due.start))
        if here - start > RADIUS:
            # The stretch of the due itself: a quarter, a season, some years.
            inner.line(start, middle, here, middle, SOFT, 2)
            left = start
        if mark.moved_end is not None:
            there = self.x(self.line.stop_place(mark.moved_end))
            inner.line(there, middle, here, middle, INK, 1.5, "3 3")
            shape(inner, "promised", there, middle)
            left, right = min(left, there - 5), max(right, there + 5)
        shape(inner, mark.timing, here, middle)
        words = self.texts.due(mark)
        self.drawing.group(f"{self.texts.names.long(mark.id)}: {words}", inner)
        self.beside(words, left, right, middle)

    def days(self) -> None:
        """The day asked about and the strategy's last one, as lines through everything but the words."""
        line, taken = self.line, (0.0, 0.0)
        if line.shows_day:
            text = self.texts.day(line)
            taken = self.upright(self.x(line.place(line.as_of)), text, DAY, "6 3", _HEAD - 40)
        if line.shows_end and line.strategy_end is not None:
            x, text = self.x(line.stop_place(line.strategy_end)), self.texts.end(line)
            left, right = self.label(x, text)
            # Two labels that would lie upon each other stand in two lines.
            y = _HEAD - 40 if right < taken[0] or left > taken[1] else _HEAD - 53
            self.upright(x, text, INK, "1 4", y)

    @staticmethod
    def label(x: float, text: str) -> tuple[float, float]:
        """From where to where the label of a line reaches."""
        width = width_of(text, 11, bold=True)
        return (x + 4, x + 4 + width) if x + 4 + width <= _RIGHT else (x - 4 - width, x - 4)

    def upright(self, x: float, text: str, colour: str, dash: str, y: float) -> tuple[float, float]:
        """A line at a day with its label; from where to where the label reaches."""
        left, right = self.label(x, text)
        self.drawing.line(x, y + 2, x, self.bottom, colour, 1.5, dash)
        place, anchor = (left, "start") if left > x else (right, "end")
        self.above.text(place, y, text, anchor=anchor, fill=colour, size=11, bold=True)
        return left, right

    def bars(self) -> Iterator[tuple[str, str]]:
        """How the bars that were used look, each with its words."""
        say = self.language.say
        lanes = [lane for lane in self.line.lanes if lane.period is not None] if not self.many else []
        if any(lane.status is not None for lane in lanes):
            yield "stated", say(BAR_STATED)
        if any(lane.status is None for lane in lanes):
            yield "silent", say(BAR_SILENT)
        if any(lane.known_until is not None for lane in lanes):
            yield "open", say(OPEN_END)

    def legend(self, y: float) -> float:
        """Each shape that was used, with its word."""
        marks = [mark for lane in self.line.lanes for mark in lane.milestones]
        used = {mark.timing for mark in marks}
        words: list[str] = [word for word in terms.TIMING if word in used]
        if not self.many and any(mark.moved_end is not None for mark in marks):
            words.append("promised")
        say = self.language.say
        told = [
            (word, say(N_("promised")) if word == "promised" else terms.word(self.language, "timing", word))
            for word in words
        ]
        x = float(_MARGIN + 8)
        for word, text in (*self.bars(), *told):
            room = _SAMPLE if word in _BARS else 13
            width = room + 11 + width_of(text, 12)
            if x + width > _RIGHT and x > _MARGIN + 8:
                x, y = float(_MARGIN + 8), y + 22
            if word == "open":
                open_end(self.drawing, x - 6, y - 4)
            elif word in _BARS:
                bar_shape(self.drawing, x - 6, _SAMPLE - 6, y - 4, stated=word == "stated")
            else:
                shape(self.drawing, word, x, y - 4)
            self.drawing.text(x + room, y, text, size=12)
            x += width + 14
        return y + 6 if told or x > _MARGIN + 8 else y - 22

    def notes(self, y: float) -> float:
        undated = self.texts.rest(self.line) if self.many else self.texts.undated(self.line)
        for note in (self.texts.outside(self.line), undated):
            for text in wrapped(note, WIDTH - 2 * _MARGIN, 12):
                y += 18
                self.drawing.text(_MARGIN, y, text, size=12, fill=SOFT)
        return y


def bar_shape(drawing: Drawing, x: float, width: float, middle: float, *, stated: bool) -> None:
    """The bar of a period: filled where the measure has a status, hollow where none is stated."""
    left, right = round(x, 1), round(x + width, 1)
    outline = f"M{left} {middle - 6:.1f} H{right} v12 H{left} z"
    drawing.path(outline, BAR if stated else "#ffffff", BAR, 1.5)


def open_end(drawing: Drawing, x: float, middle: float) -> None:
    """What follows a bar whose end is not stated: dashes that become fewer, and stop."""
    for place, width in ((2, 8), (14, 6), (25, 4), (34, 2)):
        drawing.line(x + place, middle, x + place + width, middle, BAR, 4)


def shape(drawing: Drawing, word: str, x: float, y: float) -> None:
    """The shape of a timing: all differ in outline or filling, so that a copy without colours says the same."""
    r, x, y = RADIUS, round(x, 1), round(y, 1)
    diamond = f"M{x} {y - r - 1:.1f} l{r + 1} {r + 1} l{-r - 1} {r + 1} l{-r - 1} {-r - 1} z"
    match word:
        case "done":
            drawing.circle(x, y, r, "#1d6b3a", INK, 1.8)
            drawing.path(f"M{x - 3:.1f} {y} l2.2 2.4 l4 -4.8", "none", "#ffffff", 1.8)
        case "overdue":
            drawing.path(f"M{x} {y - r - 1:.1f} l{r + 1.5} {2 * r + 1} h{-2 * r - 3} z", DAY, INK, 1.8)
            drawing.path(f"M{x} {y - 2.5:.1f} v4.5 m0 1.6 v1.4", "none", "#ffffff", 1.8)
        case "contested":
            drawing.circle(x, y, r, "#ffffff", INK, 1.8)
            drawing.path(f"M{x - 4:.1f} {y - 2} h8 m-8 4 h8 m-1.5 -6 l-5 8", "none", DAY, 1.6)
        case "unreported":
            drawing.path(f"M{x - r:.1f} {y - r:.1f} h{2 * r} v{2 * r} h{-2 * r} z", "#f6c945", INK, 1.8)
            drawing.text(x, y + 4.2, "?", anchor="middle", size=12, bold=True)
        case "due-soon":
            drawing.path(diamond, "#f6c945", INK, 1.8)
            drawing.circle(x, y, 1.8, INK)
        case "withdrawn":
            cross = f"M{x - r:.1f} {y - r:.1f} l{2 * r} {2 * r} m0 {-2 * r} l{-2 * r} {2 * r}"
            drawing.path(cross, "none", SOFT, 2.4)
        case "promised":
            drawing.circle(x, y, 4.5, "#ffffff", INK, 1.5)
        case _:
            drawing.path(diamond, "#ffffff", INK, 1.8)
