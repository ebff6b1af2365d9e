"""elo status: the strategy on one screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import NOTHING, Asked, takes_filters
from elo_cli.commands.shared.options import AsOfOption, DataOption, Format, FormatOption, LangOption, RevOption
from elo_cli.model.errors import N_
from elo_cli.tracking.day.filters import OF_DUES
from elo_cli.tracking.day.view import View
from elo_cli.tracking.status import Status, status

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo status", N_("where do we stand?")),
    ("elo status --as-of 2021-04-09", N_("where did we stand on that day?")),
    ("elo status --all --lang sv", N_("the related measures too, in Swedish")),
    ("elo status --component P3C2", N_("one component of the plan")),
    ("elo status --format json", N_("for a program")),
)


@takes_filters(*OF_DUES)
def run(
    all_measures: Annotated[
        bool, typer.Option("--all", help=N_("Show the related measures too, not only the key ones."))
    ] = False,
    asked: Asked = NOTHING,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: FormatOption = "table",
) -> int:
    """Show where the strategy stands: by goal, each measure with its bodies, status, money, next due and last word."""
    opened = session.open_session(data, lang, as_of, rev)
    view = View(opened.tracker, opened.as_of)
    standing = status(view, asked.on(opened.tracker, "elo status", OF_DUES, ("milestone", "measure")))
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](opened, view, standing, all_measures))
    return opened.leave()


def _table(opened: session.Session, view: View, standing: Status, all_measures: bool) -> "Content":
    from elo_cli.render.answers.status import screen

    screen(opened.screen, view, standing, all_measures=all_measures)
    return ()


def _rows(opened: session.Session, view: View, standing: Status, _all_measures: bool) -> "Content":
    from elo_cli.render.answers.status import table

    return [table(opened.language, view, standing)]


def _json(opened: session.Session, view: View, standing: Status, _all_measures: bool) -> "Content":
    from elo_cli.render.answers.status_json import answer

    return opened.json("status", answer(view, standing))


FORMS: Final[dict[Format, Callable[[session.Session, View, Status, bool], "Content"]]] = {
    "table": _table,
    "json": _json,
    "csv": _rows,
    "markdown": _rows,
}
