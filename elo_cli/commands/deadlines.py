"""elo deadlines: what is unreported, overdue and coming."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import known_ids
from elo_cli.commands.shared.options import AsOfOption, DataOption, Format, FormatOption, LangOption, RevOption
from elo_cli.model.errors import N_, Exit
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import DEFAULT_WINDOW, DeadlineFilters, Deadlines, FailOn, deadlines, fails, window_end
from elo_cli.tracking.listing import Filters

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo deadlines", N_("what has passed without being done, and what comes in half a year")),
    ("elo deadlines --within 90d --owner okm", N_("what a ministry has to do in 90 days")),
    ("elo deadlines --as-of 2021-04-09 --within all", N_("every deadline as it was known on that day")),
    ("elo deadlines --fail-on overdue", N_("exit code 1 when something is overdue, for a scheduled run")),
)


def run(
    within: Annotated[
        str,
        typer.Option(
            "--within",
            metavar="TIME",
            help=N_("How far ahead: days, weeks, months or years (90d, 2w, 6m, 1y), or all."),
        ),
    ] = DEFAULT_WINDOW,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="ID", help=N_("Only what this organisation answers for."))
    ] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="ID", help=N_("Only what belongs to this measure."))
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help=N_("Exit code 1 when something listed is as grave as this, or graver."))
    ] = "never",
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: FormatOption = "table",
) -> int:
    """Show what has passed without being done, and what comes: milestones, meetings and reporting days.

    A due that has passed is unreported while nobody has said a word about it since, and overdue once someone has said
    that it is not finished. A meeting that has passed is listed when a decision is awaited from it. An instrument's
    reporting calendar is listed up to its last day for payments.
    """
    opened = session.open_session(data, lang, as_of, rev)
    filters = known_ids(opened.tracker, Filters(owner=owner, measure=measure))
    view = View(opened.tracker, opened.as_of)
    answer = deadlines(view, window_end(within, opened.as_of), DeadlineFilters(filters.owner, filters.measure))
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](opened, view, answer))
    return opened.leave(Exit.FINDINGS if fails(answer.deadlines, fail_on) else Exit.FINE)


def _table(opened: session.Session, view: View, answer: Deadlines) -> "Content":
    from elo_cli.render.answers.deadlines import screen

    screen(opened.screen, view, answer)
    return ()


def _markdown(opened: session.Session, view: View, answer: Deadlines) -> "Content":
    from elo_cli.render.answers.deadlines import blocks

    return blocks(opened.language, view, answer)


def _csv(opened: session.Session, view: View, answer: Deadlines) -> "Content":
    from elo_cli.render.answers.deadlines import csv

    return csv(opened.language, view, answer)


def _json(opened: session.Session, _view: View, answer: Deadlines) -> "Content":
    from elo_cli.render.forms.json import document

    return document("deadlines", opened.tracker, opened.as_of, answer)


FORMS: Final[dict[Format, Callable[[session.Session, View, Deadlines], "Content"]]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
}
