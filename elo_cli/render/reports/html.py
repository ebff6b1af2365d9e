"""A report's Markdown as one HTML page that stands alone: its style inside, no script, no address outside."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from itertools import groupby
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

import elo_cli
from elo_cli.render.forms.escape import html_text

STYLE: Final = elo_cli.FOLDER / "templates" / "site" / "style.css"
_LANGUAGE: Final = re.compile('<span lang="([A-Za-z0-9-]+)">')
_END: Final = "</span>"


def reader() -> MarkdownIt:
    """A reader of the Markdown that our templates write: CommonMark with tables."""
    return MarkdownIt("commonmark").enable("table").disable("html_block")


def parsed(markdown: str) -> list[Token]:
    """The Markdown's tokens, in which HTML is text but for what says that words are in another language."""
    tokens = reader().parse(markdown)
    for token in tokens:
        depth = 0
        for child in token.children or ():
            if child.type != "html_inline":
                continue
            if _LANGUAGE.fullmatch(child.content):
                depth += 1
            elif child.content == _END and depth:
                depth -= 1
            else:
                child.type = "text"
        # Only a template of a user's can leave one open.
        (token.children or []).extend(Token("html_inline", "", 0, content=_END) for _ in range(depth))
    return tokens


def stretches(token: Token) -> list[tuple[str, str]]:
    """The words of a line, and the language of each stretch where it is marked, else ""; breaks are spaces."""
    languages = [""]
    pieces: list[tuple[str, str]] = []
    for child in token.children or []:
        if child.type == "html_inline":
            opening = _LANGUAGE.fullmatch(child.content)
            languages = [*languages, opening[1]] if opening else languages[:-1]
        elif child.type in {"text", "text_special", "code_inline"}:
            pieces.append((languages[-1], child.content))
        elif child.type in {"softbreak", "hardbreak"}:
            pieces.append((languages[-1], " "))
    # What stands in pieces because of escapes is one.
    return [
        ("".join(words for _, words in of), language) for language, of in groupby(pieces, key=lambda piece: piece[0])
    ]


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
    tokens = parsed(markdown)
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
    heading = next((token for at, token in enumerate(tokens) if at and tokens[at - 1].tag == "h1"), None)
    title = words_of(heading) if heading is not None else "elo"
    look = style()
    return (
        f'<!DOCTYPE html>\n<html lang="{html_text(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(look)}">\n'
        f"<title>{html_text(title)}</title>\n<style>{look}</style>\n</head>\n<body>\n<main>\n{body}</main>\n"
        "</body>\n</html>\n"
    )


def words_of(token: Token) -> str:
    """The words of a line alone."""
    return "".join(words for words, _ in stretches(token))
