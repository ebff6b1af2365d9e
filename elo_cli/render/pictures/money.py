"""Money by instrument and stage as a picture: one bar a sum, totals and yearly amounts apart, never one upon another.

Money at different stages is not added, so no bar is made of several; each says its stage and amount in words, and its
filling repeats how far the money is.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, UsageProblem, nN_
from elo_cli.model.money import Money, plain_decimal
from elo_cli.model.records.funding import Basis
from elo_cli.render.forms.blocks import Table
from elo_cli.render.forms.escape import mermaid_text
from elo_cli.render.pictures.svg import INK, LINE, SOFT, Drawing, element, width_of, wrapped
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import SumRow, funding

WIDTH: Final = 960
_NARROW: Final = 320
"""The width of a picture for a telephone, in which names and sums stand above their bars."""
_MARGIN: Final = 16
_LEFT: Final = 330
_ROW: Final = 26
_SAMPLE: Final = 28
"""The width of a filling in the legend."""
_FILLS: Final = {
    "unstated": ("#ffffff", "dots"),
    "to-be-proposed": ("#ffffff", "thin"),
    "proposed": ("#dfe7ee", "thin"),
    "pending": ("#c3d2df", "thick"),
    "appropriated": ("#7f9db6", None),
    "open-call": ("#6c8fad", None),
    "granted": ("#41688a", None),
    "paid": ("#1f3c57", None),
    "rejected": ("#ffffff", "cross"),
}
"""The further the money is the darker; what is not decided is hatched, so that grey tells it too."""
_NAME: Final = 36
"""As much of an instrument's name as leaves room for the sum."""
_SETTINGS: Final = (
    "---",
    "config:",
    "    xyChart:",
    "        width: 1000",
    "        titleFontSize: 16",
    "        xAxis:",
    "            labelFontSize: 12",
    "---",
)
"""Mermaid leaves out labels that take more than half of a chart, so it is wide, and its letters are small."""
_MILLION: Final = Decimal(1_000_000)
_BASES: Final[Mapping[Basis | None, str]] = {
    "total": N_("In total"),
    "per-year": N_("Per year"),
    None: N_("Not stated whether in total or per year"),
}


class _Bar(NamedTuple):
    """One sum and the words beside it."""

    name: str
    stage: str
    amount: Money
    words: str


def money_svg(language: Language, view: View, *, narrow: bool = False) -> str:
    """The picture of the view's day, for a page or a file of its own; a narrow one for the screen of a telephone."""
    return _Picture(language, view, narrow=narrow).svg()


def money_mermaid(language: Language, view: View, basis: Basis | None) -> str:
    """The sums of one basis as a Mermaid chart, without a fence around it; UsageProblem where there are none.

    A chart has one scale, and sums of several bases have none in common.
    """
    picture = _Picture(language, view, narrow=False)
    bars = list(picture.bars(basis))
    if not bars:
        raise UsageProblem(N_("no amount is stated that could be drawn so; right would be another --basis"))
    head = language.say(_BASES[basis])
    # A long name is shortened at its end.
    title = f"{head}, {language.day(view.as_of)} · {picture.title()}"
    scale = " · ".join((language.say(N_("million euros")), *picture.notes()))
    names = ", ".join(f'"{mermaid_text(f"{_short(bar.name)}: {bar.words}")}"' for bar in bars)
    sums = [plain_decimal(bar.amount.euros / _MILLION) for bar in bars]
    lines = [
        *_SETTINGS,
        "xychart-beta horizontal",
        f'    title "{mermaid_text(title)}"',
        f"    x-axis [{names}]",
        f'    y-axis "{mermaid_text(scale)}" 0 --> {max(map(Decimal, sums)) or 1}',
        f"    bar [{', '.join(sums)}]",
    ]
    return "\n".join(lines) + "\n"


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"


def money_bases(view: View) -> list[Basis | None]:
    """The bases of which a sum can be drawn, in the order of the picture."""
    drawn = {row.basis for row in funding(view, "instrument").rows if row.amount is not None}
    return [basis for basis in _BASES if basis in drawn]


def money_table(language: Language, view: View) -> Table:
    """The picture's content as a table, with the sums that no amount is stated for."""
    say, names = language.say, Names(language, view)
    heads = [say(N_("Instrument")), say(N_("Stage")), say(N_("Basis")), say(N_("Amount")), say(N_("Lines"))]
    rows = [
        [
            _instrument(names, row),
            terms.stage(language, row.stage, row.undecided),
            terms.word(language, "basis", row.basis),
            language.money(row.amount, approximate=row.approximate)
            if row.amount is not None
            else say(N_("amount not stated")),
            language.number(row.lines + row.unstated),
        ]
        for row in funding(view, "instrument").rows
    ]
    return Table(heads, rows, right=(4,))


def _instrument(names: Names, row: SumRow) -> str:
    return names.short(row.key) if row.key is not None else names.language.say(N_("Instrument not stated"))


class _Picture:
    def __init__(self, language: Language, view: View, *, narrow: bool) -> None:
        self.language = language
        self.names = Names(language, view)
        self.view = view
        self.rows: Sequence[SumRow] = funding(view, "instrument").rows
        self.narrow = narrow
        self.width = _NARROW if narrow else WIDTH
        # Both can stand on a page, and what is not shown has no fillings to lend.
        self.drawing = Drawing("money-narrow" if narrow else "money", self.width)

    def svg(self) -> str:
        say, drawing = self.language.say, self.drawing
        title = self.title()
        drawing.add("defs", "".join(_patterns(drawing.name)))
        y, drawn = 8.0, False
        for text in wrapped(title, self.width - 2 * _MARGIN, 16, bold=True):
            y += 20
            drawing.text(_MARGIN, y, text, bold=True, size=16)
        y += 16
        for basis, head in _BASES.items():
            bars = list(self.bars(basis))
            if bars:
                for line in wrapped(say(head), self.width - 2 * _MARGIN, 14, bold=True):
                    drawing.text(_MARGIN, y + 18, line, bold=True, size=14)
                    y += 20
                y, drawn = (self.column if self.narrow else self.panel)(bars, y + 8) + 10, True
        if not drawn:
            drawing.text(_MARGIN, y + 18, say(N_("No amount is stated.")))
            y += 28
        y = self.legend(y + 8)
        for note in self.notes():
            for line in wrapped(note, self.width - 2 * _MARGIN, 12):
                y += 18
                drawing.text(_MARGIN, y, line, size=12, fill=SOFT)
        return drawing.svg(y + _MARGIN, title, self.description(), self.language.code)

    def title(self) -> str:
        name = self.language.text(self.view.tracker.config.name)
        day = self.language.day(self.view.as_of)
        return self.language.say(N_("{name}: funding by instrument and stage on {day}"), name=name, day=day)

    def bars(self, basis: str | None) -> Iterator[_Bar]:
        for row in self.rows:
            if row.basis == basis and row.amount is not None:
                amount = self.language.money(row.amount, approximate=row.approximate)
                stage = terms.stage(self.language, row.stage, row.undecided)
                yield _Bar(_instrument(self.names, row), row.stage, row.amount, f"{amount}, {stage}")

    def panel(self, bars: Sequence[_Bar], y: float) -> float:
        """The bars of one basis on one scale from 0; scales of different bases are not alike, and each says its own."""
        drawing = self.drawing
        most = max(bar.amount.euros for bar in bars) or Decimal(1)
        room = WIDTH - _LEFT - _MARGIN - max(width_of(bar.words, 12) for bar in bars) - 12
        room = max(room, 120.0)
        drawing.line(_LEFT, y - 2, _LEFT, y + len(bars) * _ROW + 2, LINE)
        before = ""
        for bar in bars:
            middle = y + _ROW / 2
            if bar.name != before:
                drawing.text(_LEFT - 10, middle + 4, bar.name, anchor="end", room=_LEFT - 2 * _MARGIN)
                before = bar.name
            width = max(2.0, float(bar.amount.euros / most) * room)
            self.bar(bar, _LEFT, middle - 8, width)
            drawing.text(_LEFT + width + 8, middle + 4, bar.words, size=12, room=WIDTH - _LEFT - width - 16)
            y += _ROW
        return y

    def column(self, bars: Sequence[_Bar], y: float) -> float:
        """The same bars where there is no room beside them: each below its sum, and those of a name below it."""
        drawing, room = self.drawing, self.width - 2 * _MARGIN
        most = max(bar.amount.euros for bar in bars) or Decimal(1)
        before = ""
        for bar in bars:
            for line in wrapped(bar.name, room) if bar.name != before else ():
                y += 20
                drawing.text(_MARGIN, y, line)
            before = bar.name
            for line in wrapped(bar.words, room, 12):
                y += 17
                drawing.text(_MARGIN, y, line, size=12, fill=SOFT)
            self.bar(bar, _MARGIN, y + 5, max(2.0, float(bar.amount.euros / most) * room))
            y += _ROW
        return y

    def bar(self, bar: _Bar, x: float, y: float, width: float) -> None:
        """A bar, whose tooltip says what it is."""
        inner = Drawing(self.drawing.name, 0)
        _filled(inner, bar.stage, x, y, round(width, 1))
        self.drawing.group(f"{bar.name}: {bar.words}", inner)

    def legend(self, y: float) -> float:
        """Each filling that was used, with the stage that it stands for."""
        used = {row.stage for row in self.rows if row.amount is not None}
        x, drawing = float(_MARGIN), self.drawing
        for stage in (stage for stage in _FILLS if stage in used):
            text = terms.word(self.language, "stage", stage)
            width = _SAMPLE + 8 + width_of(text, 12)
            if x + width > self.width - _MARGIN and x > _MARGIN:
                x, y = float(_MARGIN), y + 22
            _filled(drawing, stage, x, y, _SAMPLE)
            drawing.text(x + _SAMPLE + 8, y + 11, text, size=12)
            x += width + 18
        return y + 14 if used else y

    def notes(self) -> Iterator[str]:
        """What the bars leave out: lines without an amount."""
        unstated = sum(row.unstated for row in self.rows)
        if unstated:
            yield self.language.count(
                *nN_("{n} line states no amount and is not drawn.", "{n} lines state no amount and are not drawn."),
                unstated,
            )

    def description(self) -> str:
        """The same sums in words."""
        parts = []
        for basis, head in _BASES.items():
            bars = list(self.bars(basis))
            if bars:
                said = "; ".join(f"{bar.name}: {bar.words}" for bar in bars)
                parts.append(f"{self.language.say(head)}: {said}.")
        return " ".join([*parts, *self.notes()])


def _filled(drawing: Drawing, stage: str, x: float, y: float, width: float) -> None:
    """A rectangle with the filling of a stage."""
    fill, pattern = _FILLS[stage]
    for paint in (fill, f"url(#{drawing.name}-{pattern})" if pattern is not None else None):
        if paint is not None:
            drawing.add("rect", x=round(x, 1), y=round(y, 1), width=width, height=16, fill=paint, stroke=INK)


def _patterns(of: str) -> Iterator[str]:
    """Hatchings of a drawing, which a copy in grey keeps."""
    for name, size, lines, width in (
        ("thin", 8, ("M-1 9 L9 -1",), 1.0),
        ("thick", 6, ("M-1 7 L7 -1",), 2.0),
        ("cross", 8, ("M0 0 L8 8 M8 0 L0 8",), 1.0),
        ("dots", 6, ("M3 2 v2",), 2.0),
    ):
        paths = "".join(element("path", d=line, stroke="#41688a", stroke_width=width, fill="none") for line in lines)
        yield element("pattern", paths, id=f"{of}-{name}", width=size, height=size, patternUnits="userSpaceOnUse")
