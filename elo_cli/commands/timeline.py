"""elo timeline: measures and milestones along time, and money by stage, as a picture, a table or a chart."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import NOTHING, Asked, takes_filters
from elo_cli.commands.shared.options import AsOfOption, DataOption, ForceOption, LangOption, OutputOption, RevOption
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.tracking.day.filters import OF_DUES
from elo_cli.tracking.day.view import View
from elo_cli.tracking.timeline import Timeline, timeline

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo timeline", N_("measures and milestones along time, in the terminal")),
    ("elo timeline -o timeline.svg --lang sv", N_("as a picture, in Swedish")),
    ("elo timeline -o money.svg --chart money", N_("funding by instrument and stage")),
    ("elo timeline --format mermaid", N_("for a page of Markdown")),
    ("elo timeline --chart money --format mermaid --basis per-year", N_("the sums for each year, the same way")),
)

Chart = Literal["measures", "money"]
ChartBasis = Literal["total", "per-year", "unstated"]
TimelineFormat = Literal["table", "json", "csv", "markdown", "svg", "mermaid"]
SUFFIXES: Final[dict[str, TimelineFormat]] = {
    ".svg": "svg",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".md": "markdown",
}


@takes_filters(*OF_DUES)
def run(
    output: OutputOption = None,
    chart: Annotated[
        Chart, typer.Option("--chart", help=N_("What to show: measures along time, or money by stage."))
    ] = "measures",
    basis: Annotated[
        ChartBasis | None,
        typer.Option(
            "--basis",
            help=N_("With --chart money --format mermaid: sums in total, per year, or of no stated basis."),
        ),
    ] = None,
    asked: Asked = NOTHING,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help=N_("In the terminal and as SVG: each measure and milestone, however many there are.")
        ),
    ] = False,
    format: Annotated[
        TimelineFormat | None,
        typer.Option("--format", help=N_("The form. Default: what the file's name ends with, else table.")),
    ] = None,
    force: ForceOption = False,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
) -> int:
    """Show measures and milestones along time: from when to when, promised and moved, done and passed in silence.

    In the terminal it is drawn with characters; SVG is a picture for a page, Mermaid a chart for Markdown. What has no
    date is named, not drawn.
    """
    form = format or _form(output)
    if output is not None and form == "table":
        # A file has no width.
        form = "markdown"
    if chart == "money" and (form not in MONEY_FORMS or asked):
        raise UsageProblem(
            N_(
                "the chart of money has no such form and no filters; "
                "right would be --format table, csv, markdown, svg or mermaid"
            )
        )
    if basis is not None and (chart, form) != ("money", "mermaid"):
        raise UsageProblem(N_("--basis is for --chart money --format mermaid"))
    opened = session.open_session(data, lang, as_of, rev)
    filters = asked.on(opened.tracker, "elo timeline", OF_DUES)
    view = View(opened.tracker, opened.as_of)
    if chart == "money":
        content = MONEY_FORMS[form](opened, view, basis)
    else:
        content = FORMS[form](opened, view, timeline(view, filters), everything)
    from elo_cli.render.forms.write import text, write

    if output is None or output == Path("-"):
        write(opened.screen, form, content)
    else:
        from elo_cli.store.disk.output import write_file

        write_file(output, text(form, content).encode(), force=force, tell=session.tell_note)
        session.tell(opened.language.say(N_("{target} written"), target=output))
    return opened.leave()


def _form(output: Path | None) -> TimelineFormat:
    """The form that a file's name says; UsageProblem where it says none."""
    if output is None:
        return "table"
    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        raise UsageProblem(
            N_("“{target}” does not say in which form; right would be a name that ends with {right}, or --format"),
            target=str(output),
            right=", ".join(SUFFIXES),
        )
    return form


def _table(opened: session.Session, view: View, line: Timeline, everything: bool) -> "Content":
    from elo_cli.render.pictures.timeline import screen

    screen(opened.screen, view, line, everything=everything)
    return ()


def _markdown(opened: session.Session, view: View, line: Timeline, _everything: bool) -> "Content":
    from elo_cli.render.pictures.timeline import blocks

    return blocks(opened.language, view, line)


def _csv(opened: session.Session, view: View, line: Timeline, _everything: bool) -> "Content":
    from elo_cli.render.pictures.timeline import timeline_table

    return [timeline_table(opened.language, view, line)]


def _json(opened: session.Session, _view: View, line: Timeline, _everything: bool) -> "Content":
    return opened.json("timeline", line)


def _svg(opened: session.Session, view: View, line: Timeline, everything: bool) -> "Content":
    from elo_cli.render.pictures.timeline_svg import timeline_svg

    return timeline_svg(opened.language, view, line, everything=everything)


def _mermaid(opened: session.Session, view: View, line: Timeline, _everything: bool) -> "Content":
    from elo_cli.render.pictures.timeline_mermaid import mermaid

    chart = mermaid(opened.language, view, line)
    if len(chart) > _LONGEST_CHART:
        text = N_("Mermaid draws no chart of more than {n} characters; a filter, such as --goal, makes it shorter")
        session.tell(opened.language.say(text, n=_LONGEST_CHART))
    return chart


def _money(opened: session.Session, view: View, _basis: ChartBasis | None) -> "Content":
    from elo_cli.render.pictures.money import money_table

    return [money_table(opened.language, view)]


def _money_svg(opened: session.Session, view: View, _basis: ChartBasis | None) -> "Content":
    from elo_cli.render.pictures.money import money_svg

    return money_svg(opened.language, view)


def _money_mermaid(opened: session.Session, view: View, basis: ChartBasis | None) -> "Content":
    from elo_cli.render.pictures.money import money_bases, money_mermaid

    bases = money_bases(view)
    chosen = bases[0] if basis is None and bases else None if basis is None or basis == "unstated" else basis
    if basis is None and (others := [other or "unstated" for other in bases if other != chosen]):
        options = ", ".join(f"--basis {other}" for other in others)
        session.tell(opened.language.say(N_("a chart has one scale; the other sums: {options}"), options=options))
    return money_mermaid(opened.language, view, chosen)


_LONGEST_CHART: Final = 50_000
"""Mermaid’s own limit, `maxTextSize`."""
FORMS: Final[dict[TimelineFormat, Callable[[session.Session, View, Timeline, bool], "Content"]]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
    "svg": _svg,
    "mermaid": _mermaid,
}
MONEY_FORMS: Final[dict[TimelineFormat, Callable[[session.Session, View, ChartBasis | None], "Content"]]] = {
    "table": _money,
    "csv": _money,
    "markdown": _money,
    "svg": _money_svg,
    "mermaid": _money_mermaid,
}
"""The forms of the chart of money."""
