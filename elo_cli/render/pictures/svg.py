"""Pictures as SVG: elements whose text is data and never markup, in colours that hold in grey and on any page."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from elo_cli.render.forms.escape import html_text
from elo_cli.render.forms.text import visible

FONT: Final = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
INK: Final = "#1c2630"
SOFT: Final = "#53606c"
"""5.9 to 1 on the panel: for lesser words, and never for less than words need."""
LINE: Final = "#c9d1d8"
BAR: Final = "#5f7f9d"
PALE: Final = "#e9eef2"
DAY: Final = "#a4161a"
SIZE: Final = 13
_EM: Final = 0.57
_EM_BOLD: Final = 0.64
"""The mean width of a letter in ems of the widest of the fonts above (DejaVu Sans); too wide is on the safe side."""


class Drawing:
    """A picture that grows element by element; its panel is its own, so that it can be read on a dark page too."""

    def __init__(self, name: str, width: int) -> None:
        """An empty picture; `name` begins the ids of its title and description, so that two fit on one page."""
        self.name = name
        self.width = width
        self._parts: list[str] = []

    def add(self, tag: str, content: str = "", **attributes: object) -> None:
        """An element; the content is SVG already, the attributes' values are escaped."""
        self._parts.append(element(tag, content, **attributes))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1, dash: str | None = None
    ) -> None:
        """A straight line, dashed where a dash is given."""
        ends = {"x1": _number(x1), "y1": _number(y1), "x2": _number(x2), "y2": _number(y2)}
        self.add("line", **ends, stroke=stroke, stroke_width=width, stroke_dasharray=dash)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, rx: float = 2) -> None:
        """A filled rectangle."""
        box = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
        self.add("rect", **box, fill=fill, rx=rx)

    def path(self, d: str, fill: str, stroke: str | None = None, width: float | None = None) -> None:
        """A shape of any outline."""
        self.add("path", d=d, fill=fill, stroke=stroke, stroke_width=width)

    def circle(
        self, x: float, y: float, r: float, fill: str, stroke: str | None = None, width: float | None = None
    ) -> None:
        """A circle."""
        self.add("circle", cx=_number(x), cy=_number(y), r=r, fill=fill, stroke=stroke, stroke_width=width)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        room: float | None = None,
        anchor: str = "start",
        fill: str = INK,
        bold: bool = False,
        size: int = SIZE,
        halo: bool = False,
    ) -> None:
        """A text of the data on one line; where it has no room it is shortened, and whole in its tooltip.

        A halo keeps it readable where lines pass beneath it.
        """
        whole = visible(text)
        shown = whole if room is None else shortened(whole, room, size, bold=bold)
        title = element("title", html_text(whole)) if shown != whole else ""
        around = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": 3} if halo else {}
        self.add(
            "text",
            title + html_text(shown),
            x=_number(x),
            y=_number(y),
            fill=fill,
            text_anchor=anchor if anchor != "start" else None,
            font_size=size if size != SIZE else None,
            font_weight=600 if bold else None,
            **around,
        )

    def extend(self, other: "Drawing") -> None:
        """Another drawing's elements on top of these."""
        self._parts.extend(other.parts)

    def group(self, title: str, parts: "Drawing") -> None:
        """Another drawing's elements as a group with a tooltip."""
        self.add("g", element("title", html_text(visible(title))) + "".join(parts.parts))

    @property
    def parts(self) -> Sequence[str]:
        """The elements so far."""
        return self._parts

    def svg(self, height: float, title: str, description: str, language: str) -> str:
        """The picture whole: named and described for those who cannot see it, without script or outside address."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {_number(height)}" '
            f'width="{self.width}" height="{_number(height)}" role="img" '
            # Without xml: it is no attribute of a picture in HTML.
            f'xml:lang="{html_text(language)}" aria-labelledby="{self.name}-title {self.name}-desc" '
            f'font-family="{html_text(FONT)}" font-size="{SIZE}">'
        )
        lines = [
            head,
            element("title", html_text(visible(title)), id=f"{self.name}-title"),
            element("desc", html_text(visible(description)), id=f"{self.name}-desc"),
            element("rect", width="100%", height="100%", fill="#ffffff", stroke=LINE, rx=4),
            *self._parts,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


def element(tag: str, content: str = "", **attributes: object) -> str:
    """An element of SVG; an underscore in an attribute's name stands for a hyphen."""
    said = "".join(
        f' {name.replace("_", "-")}="{html_text(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{said}>{content}</{tag}>" if content else f"<{tag}{said}/>"


def width_of(text: str, size: int = SIZE, *, bold: bool = False) -> float:
    """About how wide a text is in pixels, rather too wide than too narrow."""
    return sum(_width(character) for character in text) * size * (_EM_BOLD if bold else _EM)


def shortened(text: str, room: float, size: int = SIZE, *, bold: bool = False) -> str:
    """As much of a text as has room, with … for the rest."""
    if width_of(text, size, bold=bold) <= room:
        return text
    used, kept = width_of("…", size, bold=bold), ""
    for character in text:
        used += width_of(character, size, bold=bold)
        if used > room:
            break
        kept += character
    return kept.rstrip() + "…"


def wrapped(text: str, room: float, size: int = SIZE, *, bold: bool = False, most: int | None = None) -> list[str]:
    """A text in lines that have room, broken at spaces; a longer word, and what is over `most` lines, is shortened."""
    lines: list[str] = []
    words = visible(text).split()
    for number, word in enumerate(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= room:
            lines[-1] = longer
        elif most is not None and len(lines) == most:
            lines[-1] = shortened(" ".join([lines[-1], *words[number:]]), room, size, bold=bold)
            break
        else:
            lines.append(shortened(word, room, size, bold=bold))
    return lines


def _width(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0.0
    return 1.9 if unicodedata.east_asian_width(character) in "WF" else 1.0


def _number(value: float) -> str:
    """A length without more digits than a screen can show."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
