"""The templates of the site, compiled once; every value that is no HTML already is escaped."""

from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

import elo_cli

FOLDER: Final = elo_cli.FOLDER / "templates" / "site"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def template(name: str) -> Template:
    """A template by the name of its file."""
    return _environment().get_template(name)


def filled(name: str, /, **values: object) -> Markup:
    """A part of a page from its template."""
    return Markup(template(name).render(values))  # noqa: S704 - the template escapes what it is given
