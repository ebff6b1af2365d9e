"""elo list: records of one kind on a day, with filters on their present state."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import FILTERS, NOTHING, Asked, takes_filters
from elo_cli.commands.shared.lookup import kind_of_folder
from elo_cli.commands.shared.options import AsOfOption, DataOption, Format, FormatOption, LangOption, RevOption
from elo_cli.model.errors import N_
from elo_cli.tracking.day.filters import answered
from elo_cli.tracking.day.view import View
from elo_cli.tracking.listing import Listed, listing

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo list measures", N_("all measures")),
    ("elo list milestones --timing unreported", N_("milestones that have passed in silence")),
    ("elo list funding --stage proposed --format csv", N_("proposed funding as a table for a spreadsheet")),
    ("elo list milestones --owner okm --as-of 2023-01-01", N_("what a ministry answered for on a day")),
    ("elo list measures --timing overdue", N_("the measures that have an overdue milestone")),
)


@takes_filters(*FILTERS)
def run(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER",
            help=N_("measures, funding, milestones, meetings, requests, or a vocabulary such as goals."),
        ),
    ],
    asked: Asked = NOTHING,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: FormatOption = "table",
) -> int:
    """List the records of one kind: how each stands on the day, in the order of its file's name."""
    kind = kind_of_folder(folder)
    opened = session.open_session(data, lang, as_of, rev)
    filters = asked.on(opened.tracker, f"elo list {kind.folder}", answered(kind), [kind.name])
    view = View(opened.tracker, opened.as_of)
    answer = listing(view, kind, filters)
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](opened, view, answer))
    return opened.leave()


def _blocks(opened: session.Session, view: View, rows: Listed) -> "Content":
    from elo_cli.render.answers.records import listed

    return listed(opened.language, view, rows)


def _json(opened: session.Session, view: View, rows: Listed) -> "Content":
    from elo_cli.render.answers.records_json import listed

    return opened.json("list", listed(view, rows))


FORMS: Final[dict[Format, Callable[[session.Session, View, Listed], "Content"]]] = {
    "table": _blocks,
    "json": _json,
    "csv": _blocks,
    "markdown": _blocks,
}
