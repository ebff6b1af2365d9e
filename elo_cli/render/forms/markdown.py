"""Answers as GitHub Flavored Markdown: blocks and tables whose text is data and never markup."""

from collections.abc import Iterable, Iterator, Sequence

from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Space, Struck, Table
from elo_cli.render.forms.escape import Markdown, markdown_cell, markdown_text


def page(blocks: Iterable[Block]) -> Markdown:
    """An answer's blocks as a page; an empty line stands between any two, as Markdown wants it."""
    return Markdown("\n".join(part for block in blocks for part in _parts(block)))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> Markdown:
    """A table; every cell is escaped unless it is Markdown already; the columns in `right` are set flush right."""
    numbers = set(right)
    rules = ["---:" if index in numbers else "---" for index in range(len(heads))]
    lines = [_row(heads), _row([Markdown(rule) for rule in rules]), *(_row(row) for row in rows)]
    return Markdown("\n".join(lines) + "\n")


def _parts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {_words(text)}\n"
        case Paragraph(text):
            yield f"{text if isinstance(text, Markdown) else markdown_text(text, keep_lines=True)}\n"
        case Items(lines):
            if lines:
                yield "".join(f"- {_line(line)}\n" for line in lines)
        case Pairs(rows):
            if kept := [_pair(head, values) for head, values in rows if values]:
                yield "".join(kept)
        case Table(heads, rows, right):
            yield table(heads, rows, right=right)
        case Space():
            pass


def _pair(head: str, values: Sequence[str]) -> str:
    """A list item with the head, and the values beside or, when there are several, below it."""
    if len(values) == 1:
        return f"- **{_words(head)}**: {_words(values[0])}\n"
    return f"- **{_words(head)}**:\n" + "".join(f"  - {_words(value)}\n" for value in values)


def _line(text: str) -> str:
    """A line of a list, struck through where it holds no longer."""
    return f"~~{_words(str(text))}~~" if isinstance(text, Struck) else _words(text)


def _words(text: str) -> Markdown:
    """One line of text, escaped unless it is Markdown already."""
    return markdown_cell(text)


def _row(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {text} |" if (text := markdown_cell(cell)) else " |" for cell in cells)
