"""HTML of pages: blocks of answers and parts of pages, by macros of the templates, which escape every text."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import elo_cli
from elo_cli.render.forms.blocks import Block, Space, Struck
from elo_cli.render.forms.html import Address, html_words

TEMPLATES: Final = elo_cli.FOLDER / "templates" / "site"
_BETWEEN: Final = Markup(" · ")
_LINK: Final = Markup('<a href="{0}" rel="noreferrer">{0}</a>')
_WEB: Final = re.compile(r'https?://[^\s<>"\\^`{|}]{1,2000}')


@cache
def environment() -> Environment:
    """The templates of the site, each compiled once; every value that is no HTML already is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        # Else each page asks the disk whether its template has changed.
        auto_reload=False,
    )
    made.filters["words"] = html_words
    made.filters["linked"] = words
    made.tests["struck"] = lambda line: isinstance(line, Struck)
    return made


def html(blocks: Iterable[Block], address: Address) -> Markup:
    """The blocks one after the other; headings keep their level."""
    written = (
        _macro("blocks", type(block).__name__.lower(), block, address=address)
        for block in blocks
        if not isinstance(block, Space)
    )
    return stacked(*written)


def page_part(name: str, *values: object, address: Address | None = None) -> Markup:
    """A part of a page, by the name of its macro; with an address, one whose texts have links and languages."""
    named = {"address": address} if address is not None else {}
    return _macro("parts", name, *values, **named)


def page_body(name: str, /, address: Address, **values: object) -> Markup:
    """What stands on a page, by the name of its template, which links texts to the addresses of records."""
    template = environment().get_template(f"{name}.html.jinja")
    return Markup(template.render(values, address=address))  # noqa: S704 - the template escapes


def stacked(*parts: Markup) -> Markup:
    """Parts of a page, each on lines of its own; one that is empty has none."""
    # By the join of strings, since that of Markup escapes each part once more.
    return Markup("\n".join(part for part in parts if part))  # noqa: S704 - HTML already, as their type says


def words(text: str, address: Address) -> Markup:
    """A text with its links and languages; a part that is a web address and nothing else is a link to it."""
    if "://" not in text:
        return html_words(text, address)
    parts: list[Markup] = []
    place = 0
    for plain in text.split(_BETWEEN):
        part = text[place : place + len(plain)]
        parts.append(_LINK.format(html_words(plain)) if _WEB.fullmatch(plain) else html_words(part, address))
        place += len(plain) + len(_BETWEEN)
    return _BETWEEN.join(parts)


@cache
def _module(template: str) -> object:
    return environment().get_template(f"{template}.html.jinja").module


def _macro(template: str, name: str, *values: object, **named: object) -> Markup:
    made: Markup = getattr(_module(template), name)(*values, **named)
    return made
