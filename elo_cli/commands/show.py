"""elo show: one record whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import entry_of, named_entry
from elo_cli.commands.shared.options import AsOfOption, DataOption, LangOption, RevOption, ShowFormat, ShowFormatOption
from elo_cli.model.errors import N_
from elo_cli.store.tracker import Entry
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo show dsp-services", N_("a milestone: promise, updates, sources, and who refers to it")),
    ("elo show OKM --lang sv", N_("an organisation by its abbreviation, in Swedish")),
    ("elo show dsp-services --as-of 2022-01-01", N_("how it stood on that day")),
)


def run(
    record_id: Annotated[
        str,
        typer.Argument(metavar="ID", help=N_("The record's id, or its name or abbreviation where only one has it.")),
    ],
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: ShowFormatOption = "table",
) -> int:
    """Show one record: how it stands, every update, its sources, and the records that refer to it."""
    opened = session.open_session(data, lang, as_of, rev)
    view = View(opened.tracker, opened.as_of)
    from elo_cli.render.forms.write import write

    # A program that mistypes an id must not be shown another record.
    entry = entry_of(opened.tracker, record_id) if format == "json" else named_entry(opened.tracker, record_id)
    write(opened.screen, format, FORMS[format](opened, view, entry))
    return opened.leave()


def _blocks(opened: session.Session, view: View, entry: Entry) -> "Content":
    from elo_cli.render.answers.records import show
    from elo_cli.render.words.names import Names

    return show(Names(opened.language, view), entry, opened.tracker.backlinks.get(entry.id, []))


def _json(opened: session.Session, view: View, entry: Entry) -> "Content":
    from elo_cli.render.answers.records_json import show

    return opened.json("show", show(view, entry))


FORMS: Final[dict[ShowFormat, Callable[[session.Session, View, Entry], "Content"]]] = {
    "table": _blocks,
    "json": _json,
    "markdown": _blocks,
}
