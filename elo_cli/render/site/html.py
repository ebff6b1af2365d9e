"""Blocks of an answer as HTML for a page: tables that can be read aloud, facts as pairs, names as links."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Struck, Table
from elo_cli.render.forms.escape import html_text
from elo_cli.render.forms.html_marks import html_marked, plain_text

Address = Callable[[str], str | None]
"""Gives the address of a record's page from the page that is written; None for a record that has none."""
_MANY: Final = 40
"""Rows of a table that is long."""
_BETWEEN: Final = " · "
_WEB: Final = re.compile(r'https?://[^\s<>"\\^`{|}\x02\x03]{1,2000}')


def html(blocks: Iterable[Block], address: Address) -> str:
    """The blocks one after the other; headings keep their level."""
    return "\n".join(part for block in blocks for part in _parts(block, address))


def words(text: str, address: Address) -> str:
    """A text with its links and languages; a part that is a web address and nothing else is a link to it."""
    if "://" not in text:
        return html_marked(text, address)
    return _BETWEEN.join(
        f'<a href="{html_text(part)}" rel="noreferrer">{html_text(part)}</a>'
        if _WEB.fullmatch(part)
        else html_marked(part, address)
        for part in text.split(_BETWEEN)
    )


def _parts(block: Block, address: Address) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level}>{words(text, address)}</h{level}>"
        case Paragraph(text, _, style):
            soft = ' class="soft"' if style == "dim" else ""
            yield f"<p{soft}>{words(text, address)}</p>"
        case Items(lines) if lines:
            yield "<ul>\n" + "\n".join(f"<li>{_line(line, address)}</li>" for line in lines) + "\n</ul>"
        case Pairs(rows):
            if kept := [_pair(head, values, address) for head, values in rows if values]:
                yield '<dl class="facts">\n' + "\n".join(kept) + "\n</dl>"
        case Table(heads, rows, right) if rows:
            yield _table(heads, rows, frozenset(right), address)
        case _:
            pass


def _line(line: str, address: Address) -> str:
    """A line of a list; that it is struck through is said, too, since screen readers pass over the stroke."""
    if not isinstance(line, Struck):
        return words(line, address)
    return f'<del><span class="unseen">{html_text(line.word)}: </span>{words(line, address)}</del>'


def _pair(head: str, values: Sequence[str], address: Address) -> str:
    shown = [words(value, address) for value in values]
    inside = shown[0] if len(shown) == 1 else "".join(f"<p>{value}</p>" for value in shown)
    return f"<dt>{words(head, address)}</dt><dd>{inside}</dd>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int], address: Address) -> str:
    """A table whose first column names the row; it scrolls by itself, by keyboard too, where the screen is narrow."""
    flush = [' class="right"' if column in right else "" for column in range(len(heads))]
    head = "".join(
        f'<th scope="col"{side}>{words(text, address)}</th>' for text, side in zip(heads, flush, strict=True)
    )
    lines = []
    # A long table is a card a row on a phone: each cell says its head there, and the roles that the layout takes away.
    many = len(rows) > _MANY
    names = [f' data-head="{html_text(plain_text(text))}" role="cell"' if many else "" for text in heads]
    row_role, head_role = (' role="row"', ' role="rowheader"') if many else ("", "")
    for first, *rest in rows:
        cells = "".join(
            f"<td{side}{name}>{words(text, address)}</td>"
            for text, side, name in zip(rest, flush[1:], names[1:], strict=False)
        )
        lines.append(f'<tr{row_role}><th scope="row"{head_role}>{words(first, address)}</th>{cells}</tr>')
    label = html_text(plain_text(", ".join(heads)))
    table, group = (' class="many" role="table"', ' role="rowgroup"') if many else ("", "")
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">\n<table{table}>\n'
        f"<thead{group}><tr{row_role}>{head}</tr></thead>\n<tbody{group}>\n"
        + "\n".join(lines)
        + "\n</tbody>\n</table>\n</div>"
    )
