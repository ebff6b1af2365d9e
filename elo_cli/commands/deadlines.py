"""elo deadlines: what is unreported, overdue and coming."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import NOTHING, Asked, takes_filters
from elo_cli.commands.shared.options import AsOfOption, DataOption, Format, FormatOption, LangOption, RevOption
from elo_cli.model.errors import N_, Exit
from elo_cli.tracking.day.filters import OF_DUES
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import DEFAULT_WINDOW, Deadlines, FailOn, deadlines, fails, window_end

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo deadlines", N_("what comes in half a year, and what has passed without being done")),
    ("elo deadlines --within 90d --owner okm", N_("what a ministry has to do in 90 days")),
    ("elo deadlines --as-of 2021-04-09 --within all", N_("every deadline as it was known on that day")),
    ("elo deadlines --fail-on overdue", N_("exit code 1 when something is overdue, for a scheduled run")),
)


@takes_filters(*OF_DUES)
def run(
    within: Annotated[
        str,
        typer.Option(
            "--within",
            metavar="TIME",
            help=N_("How far ahead: days, weeks, months or years (90d, 2w, 6m, 1y), or all."),
        ),
    ] = DEFAULT_WINDOW,
    past: Annotated[
        bool, typer.Option("--past", help=N_("List all that has passed, also where it is more than a dozen."))
    ] = False,
    asked: Asked = NOTHING,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help=N_("Exit code 1 when something listed is as grave as this, or graver."))
    ] = "never",
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: FormatOption = "table",
) -> int:
    """Show what comes, and what has passed without being done: milestones, meetings and reporting days.

    On the screen more than a dozen that have passed are counted, and listed with --past; the other forms list all.

    A due that has passed is unreported while nobody has said since whether it was reached, and overdue once someone
    has said that it was not. A meeting that has passed is listed when a decision is awaited from it. An
    instrument's reporting calendar is listed up to its last day for payments.
    """
    opened = session.open_session(data, lang, as_of, rev)
    filters = asked.on(opened.tracker, "elo deadlines", OF_DUES)
    view = View(opened.tracker, opened.as_of)
    answer = deadlines(view, window_end(within, opened.as_of), filters)
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](opened, view, answer, past))
    return opened.leave(Exit.FINDINGS if fails(answer.deadlines, fail_on) else Exit.FINE)


def _table(opened: session.Session, view: View, answer: Deadlines, past: bool) -> "Content":
    from elo_cli.render.answers.deadlines import screen

    screen(opened.screen, view, answer, past=past)
    return ()


def _markdown(opened: session.Session, view: View, answer: Deadlines, _past: bool) -> "Content":
    from elo_cli.render.answers.deadlines import blocks

    return blocks(opened.language, view, answer)


def _csv(opened: session.Session, view: View, answer: Deadlines, _past: bool) -> "Content":
    from elo_cli.render.answers.deadlines import csv

    return csv(opened.language, view, answer)


def _json(opened: session.Session, _view: View, answer: Deadlines, _past: bool) -> "Content":
    return opened.json("deadlines", answer)


FORMS: Final[dict[Format, Callable[[session.Session, View, Deadlines, bool], "Content"]]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
}
