"""A report's Markdown as an outline: sections of blocks, which Word and PDF both write."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from markdown_it.token import Token

from elo_cli.render.reports.html import parsed, stretches

_WIDE: Final = 6
"""So many columns of text need a page that lies on its side; columns of numbers are narrow."""
_LETTER: Final = 0.175
_BOLD: Final = 1.25
_PADDING: Final = 0.4
"""Centimetres for a letter of a cell's text, how much wider a bold one is, and the room around it."""
_LONGEST: Final = 16
"""Letters of a word that is left whole; a longer one is hyphenated."""
_PROSE: Final = 80
"""Letters, beyond which a cell asks for no wider column."""


class Span(NamedTuple):
    """Words in one language."""

    text: str
    language: str = ""
    """The code of the language where it is not the report's."""


Line = tuple[Span, ...]


class Heading(NamedTuple):
    """A heading; level 1 is the report's title."""

    level: int
    line: Line


class Paragraph(NamedTuple):
    """Running text."""

    line: Line


class Point(NamedTuple):
    """A point of a list, and the lists within it."""

    line: Line
    inner: Sequence["Points"] = ()


class Points(NamedTuple):
    """A list, with numbers or without."""

    numbered: bool
    points: Sequence[Point]


class Table(NamedTuple):
    """A table whose first row holds the heads."""

    rows: Sequence[Sequence[Line]]
    right: frozenset[int]
    """The columns that hold numbers."""

    def widths(self, room: float) -> list[float]:
        """Widths in centimetres that fill the room: long words whole if they can be, the rest by how much there is."""
        columns = list(zip(*[[words(cell) for cell in row] for row in self.rows], strict=False))
        longest = [
            max(
                (len(word) * (1 if row else _BOLD) for row, text in enumerate(column) for word in text.split()),
                default=1,
            )
            for column in columns
        ]
        for place in self.right:
            # The head of a column of numbers gets no more than two lines, and a number one.
            head, *cells = columns[place]
            longest[place] = max(longest[place], (len(head) / 2 + 3) * _BOLD, *map(len, cells))
        least = [0.0 for _ in columns]
        for cap in range(_LONGEST, 1, -1):
            least = [min(word, cap) * _LETTER + _PADDING for word in longest]
            if sum(least) <= room:
                break
        texts = [
            0.0 if place in self.right else min(sum(map(len, column)) / len(column), _PROSE) + 1
            for place, column in enumerate(columns)
        ]
        left, all_text = max(room - sum(least), 0), sum(texts)
        shares = [base + (left * text / all_text if all_text else 0) for base, text in zip(least, texts, strict=True)]
        return [room * share / sum(shares) for share in shares]


class Code(NamedTuple):
    """Lines that are copied as they are."""

    text: str


Block = Heading | Paragraph | Points | Table | Code


class Section(NamedTuple):
    """What stands between two lines of `---`, which begin a new page each."""

    blocks: Sequence[Block]

    @property
    def is_wide(self) -> bool:
        """Whether a table of it needs a page that lies on its side."""
        return any(isinstance(block, Table) and len(block.rows[0]) - len(block.right) >= _WIDE for block in self.blocks)


class Outline(NamedTuple):
    """The whole report."""

    title: str
    sections: Sequence[Section]


def outline(markdown: str) -> Outline:
    """The outline of what our templates write; its title is the first heading."""
    sections: list[list[Block]] = [[]]
    for block in _blocks(iter(parsed(markdown))):
        if block is None:
            sections.append([])
        else:
            sections[-1].append(block)
    kept = [Section(blocks) for blocks in sections if blocks]
    title = next(
        (words(block.line) for section in kept for block in section.blocks if isinstance(block, Heading)), "elo"
    )
    return Outline(title, kept)


def words(line: Line) -> str:
    """The words of a line alone."""
    return "".join(span.text for span in line)


def _blocks(tokens: Iterator[Token]) -> Iterator[Block | None]:
    """The blocks up to the end; None where a new page begins."""
    for token in tokens:
        if token.type == "heading_open":
            yield Heading(int(token.tag[1:]), _line(next(tokens)))
        elif token.type == "paragraph_open":
            yield Paragraph(_line(next(tokens)))
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            yield _points(token, tokens)
        elif token.type == "table_open":
            yield _table(tokens)
        elif token.type in {"fence", "code_block"}:
            yield Code(token.content.rstrip("\n"))
        elif token.type == "hr":
            yield None


def _points(opening: Token, tokens: Iterator[Token]) -> Points:
    points: list[Point] = []
    lines: list[Span] = []
    inner: list[Points] = []
    for token in tokens:
        if token.type == "list_item_open":
            lines, inner = [], []
        elif token.type == "inline":
            # Further paragraphs of a point stand behind its first.
            lines += [Span(" "), *_line(token)] if lines else _line(token)
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            inner.append(_points(token, tokens))
        elif token.type == "list_item_close":
            points.append(Point(tuple(lines), inner))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            break
    return Points(opening.type == "ordered_list_open", points)


def _table(tokens: Iterator[Token]) -> Table:
    rows: list[list[Line]] = []
    right: set[int] = set()
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"} and token.attrGet("style") == "text-align:right":
            right.add(len(rows[-1]))
        elif token.type == "inline":
            rows[-1].append(_line(token))
    return Table(rows, frozenset(right))


def _line(token: Token) -> Line:
    """The words of a line, each stretch with the language that it is in."""
    return tuple(Span(text, language) for text, language in stretches(token) if text)
