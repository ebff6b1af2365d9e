"""elo show: one record whole."""

from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import entry_of
from elo_cli.commands.shared.options import AsOfOption, DataOption, LangOption, RevOption, ShowFormatOption
from elo_cli.model.errors import N_
from elo_cli.tracking.day.view import View

EXAMPLES = (
    ("elo show dsp-services", N_("a milestone: promise, updates, sources, and who refers to it")),
    ("elo show okm --lang sv", N_("an organisation, in Swedish")),
    ("elo show dsp-services --as-of 2022-01-01", N_("how it stood on that day")),
)


def run(
    record_id: Annotated[str, typer.Argument(metavar="ID", help=N_("The record's id: its file's name without .yaml."))],
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: ShowFormatOption = "table",
) -> int:
    """Show one record: how it stands, every update, its sources, and the records that refer to it."""
    opened = session.open_session(data, lang, as_of, rev)
    tracker = opened.tracker
    entry = entry_of(tracker, record_id)
    view = View(tracker, opened.as_of)
    backlinks = tracker.backlinks.get(entry.id, [])
    if format == "json":
        from elo_cli.render.forms import json

        payload = {
            "record": json.record(view, entry, view.state(entry.record).now),
            "promise": json.promise(entry),
            "updates": [json.update(word) for word in entry.record.all_updates],
            "corrections": json.plain(entry.record.corrections or []),
            "links": json.links(tracker, tracker.links.get(entry.id, []), outward=True),
            "backlinks": json.links(tracker, backlinks, outward=False),
        }
        session.write(json.document("show", tracker, opened.as_of, payload))
    else:
        from elo_cli.render.answers.records import show
        from elo_cli.render.forms import write as forms

        forms.write(opened.screen, format, show(opened.language, view, entry, backlinks))
    return opened.leave()
