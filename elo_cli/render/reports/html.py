"""A report's Markdown as one HTML page that stands alone: its style inside, no script, no address outside."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Final

from markdown_it import MarkdownIt

import elo_cli
from elo_cli.render.forms.escape import html_text
from elo_cli.render.reports.template import CLOSE, OPEN

STYLE: Final = elo_cli.FOLDER / "templates" / "site" / "style.css"
_LANGUAGE: Final = re.compile(f"{OPEN}([A-Za-z-]+){CLOSE}")


def reader() -> MarkdownIt:
    """A reader of the Markdown that our templates write: CommonMark with tables, and HTML is text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@cache
def style() -> str:
    """The style of pages and reports."""
    return STYLE.read_text("utf-8")


def policy(content: str) -> str:
    """The content security policy of a page whose only style is this one: it may load nothing and run nothing."""
    digest = b64encode(sha256(content.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def page(markdown: str, language: str) -> str:
    """A report as a whole document in a language (`fi`, `sv`, `en`); its title is the first heading."""
    tokens = reader().parse(markdown)
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.attrGet("style") == "text-align:right":
            # The policy lets no style attribute act.
            del token.attrs["style"]
            token.attrSet("class", "right")
    body = reader().renderer.render(tokens, reader().options, {})
    body = body.replace("<pre>", '<pre tabindex="0">')
    body = body.replace("<table>", '<div class="scroll" tabindex="0">\n<table>').replace("</table>", "</table>\n</div>")
    body = _LANGUAGE.sub(r'<span lang="\1">', body).replace(f"{OPEN}{CLOSE}", "</span>")
    heading = next((token.content for at, token in enumerate(tokens) if at and tokens[at - 1].tag == "h1"), "elo")
    title = _words(heading)
    look = style()
    return (
        f'<!DOCTYPE html>\n<html lang="{html_text(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(look)}">\n'
        f"<title>{html_text(title)}</title>\n<style>{look}</style>\n</head>\n<body>\n<main>\n{body}</main>\n"
        "</body>\n</html>\n"
    )


def _words(markdown: str) -> str:
    """The words of a line of Markdown, without marks."""
    children = reader().parseInline(markdown)[0].children or []
    text = "".join(child.content for child in children if child.type in {"text", "text_special", "code_inline"})
    return _LANGUAGE.sub("", text).replace(f"{OPEN}{CLOSE}", "")
