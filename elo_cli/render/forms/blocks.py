"""An answer as blocks: headings, paragraphs, pairs and tables, the same for the screen, Markdown and HTML.

A renderer that builds blocks writes each answer once; how a block looks is the business of the form it goes to.
"""

from collections.abc import Sequence
from typing import NamedTuple, Self

from elo_cli.render.words.marked import Marked, marks_of


class Heading(NamedTuple):
    """A heading; level 1 is the answer's own."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Running text; `depth` sets it in by steps, `style` is a hint for screens (bold, dim or a colour's name)."""

    text: str
    depth: int = 0
    style: str = ""


class Struck(Marked):
    """A line that holds no longer: struck through where a form can do that, never by colour alone.

    `word` says so in the reader's language to whoever does not see the stroke.
    """

    __slots__ = ("word",)
    word: str

    def __new__(cls, text: str, word: str) -> Self:
        """A line with the word for why it is struck."""
        made = super().__new__(cls, text, marks_of(text))
        made.word = word
        return made


class Items(NamedTuple):
    """A list of lines of equal rank, some of which may be `Struck`."""

    lines: Sequence[str]
    depth: int = 0


class Pairs(NamedTuple):
    """Heads with the values that belong to them, one line a value."""

    rows: Sequence[tuple[str, Sequence[str]]]
    depth: int = 0


class Table(NamedTuple):
    """A table with heads; the columns in `right` hold numbers."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()


class Space(NamedTuple):
    """An empty line on the screen; other forms space by themselves."""


Block = Heading | Paragraph | Items | Pairs | Table | Space


def paragraphs(*texts: str) -> list[Paragraph]:
    """A paragraph for each text that says something."""
    return [Paragraph(text) for text in texts if text]
