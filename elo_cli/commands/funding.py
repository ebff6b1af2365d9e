"""elo funding: sums of money that add only what can be added."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import AsOfOption, DataOption, Format, FormatOption, LangOption, RevOption
from elo_cli.model.errors import N_
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import By, Sums, funding

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo funding", N_("how much comes from where, and how far it is decided")),
    ("elo funding --by measure --as-of 2021-04-09", N_("the money of each measure as it was known on that day")),
    ("elo funding --by organisation", N_("whose funding it is, as far as shares are stated")),
    ("elo funding --by stage --format csv", N_("for a spreadsheet")),
)


def run(
    by: Annotated[By, typer.Option("--by", help=N_("What the sums are made by."))] = "instrument",
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: FormatOption = "table",
) -> int:
    """Add up the money: only what is alike, by instrument, stage, measure, organisation or support (grant or loan).

    A sum holds amounts of one basis and one stage: never a yearly amount with a total, never a proposed with a granted
    one. A part of a line is in the sum of its whole. Money for several measures has a row of its own, and sums by
    organisation are made of stated shares alone. A line without an amount is counted, not guessed. What was promised
    stands beside what is now.
    """
    opened = session.open_session(data, lang, as_of, rev)
    view = View(opened.tracker, opened.as_of)
    sums = funding(view, by)
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](opened, view, sums))
    return opened.leave()


def _table(opened: session.Session, view: View, sums: Sums) -> "Content":
    from elo_cli.render.answers.funding import screen

    return screen(opened.screen, view, sums)


def _markdown(opened: session.Session, view: View, sums: Sums) -> "Content":
    from elo_cli.render.answers.funding import blocks

    return blocks(opened.language, view, sums)


def _csv(opened: session.Session, view: View, sums: Sums) -> "Content":
    from elo_cli.render.answers.funding import csv

    return csv(opened.language, view, sums)


def _json(opened: session.Session, _view: View, sums: Sums) -> "Content":
    return opened.json("funding", sums)


FORMS: Final[dict[Format, Callable[[session.Session, View, Sums], "Content"]]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
}
