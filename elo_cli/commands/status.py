"""elo status: the strategy on one screen."""

from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import AsOfOption, DataOption, FormatOption, LangOption, RevOption
from elo_cli.model.errors import N_
from elo_cli.tracking.day.view import View
from elo_cli.tracking.status import status

EXAMPLES = (
    ("elo status", N_("where do we stand?")),
    ("elo status --as-of 2021-04-09", N_("where did we stand on that day?")),
    ("elo status --all --lang sv", N_("the related measures too, in Swedish")),
    ("elo status --format json", N_("for a program")),
)


def run(
    all_measures: Annotated[
        bool, typer.Option("--all", help=N_("Show the related measures too, not only the key ones."))
    ] = False,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: FormatOption = "table",
) -> int:
    """Show where the strategy stands: by goal, each measure with its bodies, status, money, next due and last word."""
    opened = session.open_session(data, lang, as_of, rev)
    view = View(opened.tracker, opened.as_of)
    standing = status(view)
    if format == "json":
        from elo_cli.render.answers.status_json import payload
        from elo_cli.render.forms import json

        session.write(json.document("status", opened.tracker, opened.as_of, payload(view, standing)))
    elif format == "table":
        from elo_cli.render.answers.status import screen

        screen(opened.screen, view, standing, all_measures=all_measures)
    else:
        from elo_cli.render.answers.status import table
        from elo_cli.render.forms import write as forms

        forms.write(opened.screen, format, [table(opened.language, view, standing)])
    return opened.leave()
