"""elo calendar: deadlines, meetings and reporting days for the calendar on one's phone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import NOTHING, OF_EVENTS, Asked, takes_filters
from elo_cli.commands.shared.options import AsOfOption, DataOption, ForceOption, LangOption, OutputOption, RevOption
from elo_cli.model.errors import N_, UsageProblem, nN_
from elo_cli.tracking.calendar import EVENT_KINDS, EventKind, calendar
from elo_cli.tracking.day.view import View

EXAMPLES = (
    ("elo calendar -o strategy.ics", N_("every deadline, meeting and reporting day")),
    ("elo calendar -o okm.ics --owner okm --alarm 14", N_("a ministry's own, with a reminder two weeks before")),
    ("elo calendar -o meetings.ics --only meeting --lang sv", N_("the meetings, in Swedish")),
)


@takes_filters(*OF_EVENTS)
def run(
    output: OutputOption = None,
    asked: Asked = NOTHING,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="KIND",
            help=N_("Only milestone, request, meeting, reporting or payment events; may be given several times."),
        ),
    ] = None,
    alarm: Annotated[
        int | None,
        typer.Option("--alarm", metavar="DAYS", help=N_("Remind this many days before. Default: no reminder.")),
    ] = None,
    force: ForceOption = False,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
) -> int:
    """Write deadlines, times of payment requests, meetings and reporting days as a calendar (.ics).

    Importing a newer file into the same calendar updates what changed and doubles nothing. A deadline stands on its
    last day, a meeting whose day is not known on the first day that it can be, marked as tentative.
    """
    if alarm is not None and not 0 <= alarm <= 3650:  # noqa: PLR2004 - ten years
        raise UsageProblem(N_("a reminder comes 0 to 3650 days before; {days} is outside"), days=alarm)
    opened = session.open_session(data, lang, as_of, rev)
    filters = asked.on(opened.tracker, "elo calendar", OF_EVENTS)
    view = View(opened.tracker, opened.as_of)
    answer = calendar(view, filters, _kinds(only))
    from elo_cli.render.export.calendar import write

    content = write(opened.language, view, answer, alarm)
    if output is None or output == Path("-"):
        # As bytes, since lines of a calendar end with CR LF everywhere.
        session.write_bytes(content)
        return opened.leave()
    from elo_cli.store.disk.output import write_file

    write_file(output, content, force=force, tell=session.tell_note)
    session.tell(
        opened.language.count(
            *nN_("{n} event written to {target}", "{n} events written to {target}"), len(answer.events), target=output
        )
    )
    _tell_undated(opened, answer.undated)
    return opened.leave()


def _tell_undated(opened: session.Session, undated: Sequence[str]) -> None:
    if undated:
        session.tell(
            opened.language.count(
                *nN_("{n} record has no day to stand on: {ids}", "{n} records have no day to stand on: {ids}"),
                len(undated),
                ids=", ".join(undated),
            )
        )


def _kinds(given: list[str] | None) -> tuple[EventKind, ...]:
    """The kinds of event that are asked for, all without a word; UsageProblem for a word that is none."""
    if unknown := set(given or ()) - set(EVENT_KINDS):
        raise UsageProblem(
            N_("there is no event of kind “{kind}”; right would be one of {known}"),
            kind=min(unknown),
            known=", ".join(EVENT_KINDS),
        )
    return tuple(kind for kind in EVENT_KINDS if not given or kind in given)
