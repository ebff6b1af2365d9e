"""elo list: records of one kind on a day, with filters on their present state."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import kind_of_folder, known_ids
from elo_cli.commands.shared.options import AsOfOption, DataOption, Format, FormatOption, LangOption, RevOption
from elo_cli.model.errors import N_
from elo_cli.model.kinds import Kind
from elo_cli.tracking.day.view import View
from elo_cli.tracking.listing import Filters, ListedRecord, listing

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo list measures", N_("all measures")),
    ("elo list milestones --timing unreported", N_("milestones that have passed in silence")),
    ("elo list funding --stage proposed --format csv", N_("proposed money as a table for a spreadsheet")),
    ("elo list milestones --owner okm --as-of 2023-01-01", N_("what a ministry answered for on a day")),
)


def run(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER", help=N_("measures, funding, milestones, meetings, or a vocabulary such as goals.")
        ),
    ],
    goal: Annotated[str | None, typer.Option("--goal", metavar="ID", help=N_("Only what serves this goal."))] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="ID", help=N_("Only what this organisation answers for."))
    ] = None,
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS", help=N_("Only with this status."))] = None,
    instrument: Annotated[
        str | None, typer.Option("--instrument", metavar="ID", help=N_("Only money from this instrument."))
    ] = None,
    stage: Annotated[str | None, typer.Option("--stage", metavar="STAGE", help=N_("Only money at this stage."))] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="ID", help=N_("Only what belongs to this measure."))
    ] = None,
    timing: Annotated[
        str | None,
        typer.Option(
            "--timing", metavar="WORD", help=N_("Only done, upcoming, due-soon, unreported or overdue milestones.")
        ),
    ] = None,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: FormatOption = "table",
) -> int:
    """List the records of one kind: how each stands on the day, in the order of its file's name."""
    kind = kind_of_folder(folder)
    opened = session.open_session(data, lang, as_of, rev)
    filters = known_ids(opened.tracker, Filters(goal, owner, status, instrument, stage, measure, timing))
    view = View(opened.tracker, opened.as_of)
    rows = listing(view, kind, filters)
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](opened, view, kind, rows))
    return opened.leave()


def _blocks(opened: session.Session, view: View, kind: Kind, rows: Sequence[ListedRecord]) -> "Content":
    from elo_cli.render.answers.records import listed

    return listed(opened.language, view, kind, rows)


def _json(opened: session.Session, view: View, _kind: Kind, rows: Sequence[ListedRecord]) -> "Content":
    from elo_cli.render.answers.records_json import listed
    from elo_cli.render.forms.json import document

    return document("list", opened.tracker, opened.as_of, listed(view, rows))


FORMS: Final[dict[Format, Callable[[session.Session, View, Kind, Sequence[ListedRecord]], "Content"]]] = {
    "table": _blocks,
    "json": _json,
    "csv": _blocks,
    "markdown": _blocks,
}
