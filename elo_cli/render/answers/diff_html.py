"""An answer's blocks as one HTML page that stands alone: no script, no address, text of the data escaped."""

from collections.abc import Iterator, Sequence
from typing import Final

from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Struck, Table
from elo_cli.render.forms.escape import html_text

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}h2{margin-top:2rem;border-bottom:1px solid #767676}p{margin:.75rem 0 .25rem}ul{margin:0}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#1a1a1a}}"
)


def page(blocks: Sequence[Block], language: str) -> str:
    """The blocks as a whole document in a language (`fi`, `sv`, `en`); its title is the first heading."""
    title = next((block.text for block in blocks if isinstance(block, Heading)), "elo")
    body = "\n".join(part for block in blocks for part in _parts(block))
    return (
        f'<!DOCTYPE html>\n<html lang="{html_text(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{html_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _parts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level}>{html_text(text)}</h{level}>"
        case Paragraph(text):
            yield f"<p>{html_text(text)}</p>"
        case Items(lines) if lines:
            yield "<ul>\n" + "\n".join(f"<li>{_line(line)}</li>" for line in lines) + "\n</ul>"
        case Pairs(rows):
            yield "<dl>\n" + "\n".join(_pair(head, values) for head, values in rows) + "\n</dl>"
        case Table(heads, rows):
            head = "".join(f'<th scope="col">{html_text(text)}</th>' for text in heads)
            lines = ["<tr>" + "".join(f"<td>{html_text(cell)}</td>" for cell in row) + "</tr>" for row in rows]
            yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(lines) + "\n</tbody>\n</table>"
        case _:
            pass


def _line(line: str) -> str:
    return f"<del>{html_text(line)}</del>" if isinstance(line, Struck) else html_text(line)


def _pair(head: str, values: Sequence[str]) -> str:
    return f"<dt>{html_text(head)}</dt>" + "".join(f"<dd>{html_text(value)}</dd>" for value in values)
