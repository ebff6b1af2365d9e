"""elo report: what a meeting, a ministry or an auditor reads, from the same records."""

import shlex
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.filters import NOTHING, Asked, takes_filters
from elo_cli.commands.shared.lookup import meeting_of
from elo_cli.commands.shared.options import DataOption, ForceOption, LangOption, OutputOption, RevOption
from elo_cli.model.errors import N_, UsageProblem, nN_
from elo_cli.render.documents.forms import FORMS, ReportForm, Written, form_of
from elo_cli.tracking.changes.amendments import Grouping
from elo_cli.tracking.day.filters import OF_DUES
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from elo_cli.commands.shared.since import Span
    from elo_cli.model.period import Period
    from elo_cli.model.records.meeting import Meeting
    from elo_cli.render.documents.house_style import HouseStyle
    from elo_cli.render.reports.amendments import Amended
    from elo_cli.render.reports.template import Template
    from elo_cli.store.tracker import Tracker
    from elo_cli.tracking.changes.news import Recorded
    from elo_cli.tracking.day.filters import Filters

EXAMPLES = (
    ("elo report meeting --meeting forum-2021-04-09", N_("the brief for a meeting, as of its day")),
    ("elo report meeting --meeting forum-2021-04-09 -o aineisto.pdf", N_("the same as an accessible PDF")),
    ("elo report summary --lang sv --format docx -o läget.docx", N_("the strategy as a Word document, in Swedish")),
    ("elo report chase --owner okm", N_("what to ask a ministry")),
    (
        "elo report chase --email mail --answer-by 15.1.2027",
        N_("the same as messages with sheets, which nobody has sent"),
    ),
    ("elo report rrf --format html -o rrf.html", N_("the recovery facility, as one page")),
    ("elo report progress --as-of 2025-04-30 --format docx -o progress.docx", N_("the table of a progress report")),
    ("elo report amendments 2022-12-31..2023-12-31 -o muutokset.docx", N_("what was decided in a year, as a table")),
    ("elo report summary --template my.md.jinja", N_("with a template of your own")),
)
LAST_WORD = "last-word"
NameArgument = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help=N_("summary, meeting, chase, rrf, progress, amendments or funding.")),
]
RangeArgument = Annotated[
    str | None,
    typer.Argument(metavar="[A..B]", help=N_("For amendments: between two revisions, or two days such as 2022-12-31.")),
]
ByOption = Annotated[
    Grouping | None, typer.Option("--by", help=N_("For amendments: group them by this. Default: measure."))
]
MeetingOption = Annotated[
    str | None, typer.Option("--meeting", metavar="ID", help=N_("For which meeting. Default: the next one."))
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="MEETING|DATE|REV",
        help=N_("For meeting: from when news is told. Default: the previous meeting of the series."),
    ),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE", help=N_("A Jinja2 template of your own in the place of the report's.")),
]
MinutesOption = Annotated[
    bool, typer.Option("--minutes", help=N_("For meeting: what it decided, as a record of it after the meeting."))
]
DocxTemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--docx-template",
        metavar="FILE",
        help=N_("A Word file of your own (.docx, .dotx) whose styles, margins, header and footer a .docx takes."),
    ),
]
WithoutRevisionOption = Annotated[
    bool,
    typer.Option(
        "--without-revision",
        help=N_("Name the data by its fingerprint alone, for a report that is kept in git beside it."),
    ),
]
ReportDayOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help=N_(
            "How things stood on this day; last-word: on the day of the last word in the data. Default: today, and "
            "for a meeting that has passed its day."
        ),
    ),
]


@takes_filters(*OF_DUES)
def run(
    name: NameArgument = None,
    between: RangeArgument = None,
    list_all: Annotated[bool, typer.Option("--list", help=N_("List the reports and what each is for."))] = False,
    meeting: MeetingOption = None,
    asked: Asked = NOTHING,
    everything: Annotated[
        bool, typer.Option("--all", help=N_("For summary: each measure, however many there are."))
    ] = False,
    since: SinceOption = None,
    by: ByOption = None,
    minutes: MinutesOption = False,
    template: TemplateOption = None,
    docx_template: DocxTemplateOption = None,
    format: Annotated[ReportForm | None, typer.Option("--format", help=N_("The form. Default: markdown."))] = None,
    output: OutputOption = None,
    email: Annotated[
        Path | None,
        typer.Option(
            "--email",
            metavar="DIR",
            help=N_("For chase: write a message a body with its sheet (.eml) into this folder; nothing is sent."),
        ),
    ] = None,
    answer_by: Annotated[
        str | None, typer.Option("--answer-by", metavar="DATE", help=N_("For --email: the day to answer by."))
    ] = None,
    force: ForceOption = False,
    without_revision: WithoutRevisionOption = False,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: ReportDayOption = None,
    rev: RevOption = None,
) -> int:
    """Write a report: Markdown, one HTML page, a Word document, or a PDF.

    Every report ends with the day, the revision and the fingerprint of the data, the version of elo, and the command
    that makes it again.
    """
    from elo_cli.commands.shared.origin import origin, shown_data, shown_path
    from elo_cli.commands.shared.since import news_moment
    from elo_cli.render.reports.contents import REPORTS, Wanted, contents
    from elo_cli.render.reports.template import built_in, rendered
    from elo_cli.tracking.day.heard import last_word
    from elo_cli.tracking.reports import previous_meeting

    if list_all:
        return _list(data, lang)
    if name not in REPORTS:
        raise _no_report(name, list(REPORTS))
    span = _span(name, between, by, rev)
    if span is not None:
        rev, as_of = span.revision or rev, as_of or span.until
    chosen = _template(template) if template is not None else built_in(name)
    if name == "chase" and output is not None and output.suffix.lower() == ".xlsx":
        raise UsageProblem(
            N_("the sheet that an organisation fills in is an export: elo export {name} --owner ID"), name=output.name
        )
    form = form_of(format, output, chosen, to_terminal=sys.stdout.isatty())
    if minutes and name != "meeting":
        raise UsageProblem(N_("minutes are of a meeting: elo report meeting --meeting ID --minutes"))
    opened = session.open_session(data, lang, None if as_of == LAST_WORD else as_of, rev)
    # Now what is wrong with it is said in the tracker's language.
    house = _house(docx_template, form)
    filters = asked.on(opened.tracker, f"elo report {name}", REPORTS[name].filters)
    day = last_word(opened.tracker, opened.as_of) if as_of == LAST_WORD else opened.as_of
    if email is not None or answer_by is not None:
        if email is None or name != "chase":
            raise UsageProblem(N_("messages are written for the chase list: elo report chase --email DIR"))
        return _emails(opened, View(opened.tracker, day), filters, email, answer_by, force=force)
    about = None
    news: tuple[Period | None, Recorded | None] | None = None
    if name == "meeting":
        about, day = _meeting(opened.tracker, day, meeting, given=as_of is not None, minutes=minutes)
        news = news_moment(opened.tracker, data, day, previous_meeting(View(opened.tracker, day), about), since)
    amended = _amended(span, opened.tracker, data, day, by) if span is not None else None
    words = [
        *("elo", "report", name, *([between] if between else []), *_option("--by", by)),
        *(*_option("--meeting", about.id if about else None), *asked.words, *(["--all"] if everything else [])),
        *(["--minutes"] if minutes else []),
        *(*_option("--since", since), *_option("--template", shown_path(template)), *_option("--format", form)),
        *(*_option("--docx-template", shown_path(docx_template)),),
        *(*_option("--output", shown_path(output)), *_option("--data", shown_data(data))),
        *("--lang", opened.language.code),
        *("--as-of", day.isoformat(), *_option("--rev", rev)),
        *(["--without-revision"] if without_revision else []),
    ]
    view = View(opened.tracker, day)
    values = contents(
        name,
        opened.language,
        view,
        Wanted(about, filters, *(news or (None, None)), everything, amended, minutes),
        origin(opened.tracker, data, rev, day, shlex.join(words), with_revision=not without_revision),
    )
    text = rendered(chosen, values, opened.language, "markdown" if form == "markdown" else "html")
    about_form = Written(opened.language.code, day, house)
    content = text.encode() if chosen.writes_html else FORMS[form](text, about_form)
    _write(opened, output, content, force=force)
    return opened.leave()


def _emails(
    opened: session.Session, view: View, filters: "Filters", target: Path, answer_by: str | None, *, force: bool
) -> int:
    from elo_cli.render.reports.emails import messages
    from elo_cli.render.reports.facts import Facts
    from elo_cli.store.disk.output import write_folder

    day = session.parse_day(answer_by) if answer_by is not None else None
    language = opened.language
    written = list(messages(Facts(language, view), filters, day))
    with write_folder(target, force=force, tell=session.tell_note) as folder:
        for message in written:
            (folder / f"{message.organisation}.eml").write_bytes(message.content)
    nobody = [message.organisation for message in written if not message.addressed]
    if nobody:
        session.tell(language.say(N_("no mailbox is known of {names}: elo set ID contact …"), names=", ".join(nobody)))
    session.tell(
        language.count(
            *nN_("{n} message written to {target}", "{n} messages written to {target}"),
            len(written),
            target=str(target),
        )
    )
    return opened.leave()


def _span(name: str, between: str | None, by: Grouping | None, rev: str | None) -> "Span | None":
    """Between what amendments are asked for; None for any other report, which takes no such words."""
    from elo_cli.commands.shared.since import span_of

    if name != "amendments":
        if between is not None or by is not None:
            raise UsageProblem(N_("A..B and --by are for amendments: elo report amendments A..B"))
        return None
    span = span_of(between)
    if rev is not None and not span.by_day:
        raise UsageProblem(N_("the range names the revisions; --rev goes with a range of days"))
    return span


def _amended(span: "Span", tracker: "Tracker", data: Path | None, day: date, by: Grouping | None) -> "Amended":
    from elo_cli.commands.shared.since import changes_in
    from elo_cli.render.reports.amendments import Amended

    changes = changes_in(span, tracker, data, day)
    if span.by_day:
        return Amended(session.parse_day(span.base), day, changes, by or "measure")
    return Amended(span.base, span.head, changes, by or "measure")


def _list(data: Path | None, lang: str | None) -> int:
    from elo_cli.render.reports.contents import REPORTS

    language = session.open_language(data, lang)
    session.write("\n".join(f"{name:<10} {language.say(report.does)}" for name, report in REPORTS.items()))
    return 0


def _write(opened: session.Session, output: Path | None, content: bytes, *, force: bool) -> None:
    if output is None or output == Path("-"):
        session.write_bytes(content)
    else:
        from elo_cli.store.disk.output import write_file

        write_file(output, content, force=force, tell=session.tell_note)
        session.tell(opened.language.say(N_("written: {paths}"), paths=output))


def _template(path: Path) -> "Template":
    from elo_cli.render.reports.template import Template
    from elo_cli.store.source import MAX_BYTES, read_bounded

    try:
        return Template(path.name, read_bounded(path, MAX_BYTES).decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise UsageProblem(N_("the template {path} is not UTF-8 text"), path=path) from None


def _house(path: Path | None, form: ReportForm) -> "HouseStyle | None":
    from elo_cli.store.source import read_bounded

    if path is None:
        return None
    if form != "docx":
        raise UsageProblem(N_("--docx-template is for a Word document; right would be -o report.docx"))
    from elo_cli.render.documents.house_style import MAX_BYTES, HouseStyle

    return HouseStyle(read_bounded(path, MAX_BYTES), path.name)


def _meeting(
    tracker: "Tracker", day: date, wanted: str | None, *, given: bool, minutes: bool
) -> "tuple[Meeting, date]":
    """The meeting that the report is for, and its as-of day: a passed meeting's own unless another one is given.

    Minutes are as of the day on which its decisions had been said.
    """
    from elo_cli.tracking.reports import next_meeting

    view = View(tracker, day)
    if wanted is None:
        meeting = next_meeting(view)
        if meeting is None:
            known = [meeting.id for meeting in view.meetings if meeting.date.unit != "range"][-3:]
            raise UsageProblem(
                N_("no meeting is to come; name one: --meeting {known}"), known=" | ".join(known) or "ID"
            )
        return meeting, day
    meeting = meeting_of(tracker, wanted)
    state = view.state(meeting)
    if minutes and not given:
        word = state.set_by.get("decisions")
        return meeting, word.said_on if word is not None else day
    end = state.now.date.end
    return meeting, day if given or end is None or end > day else end


def _option(name: str, value: object) -> list[str]:
    return [name, str(value)] if value is not None else []


def _no_report(name: str | None, known: list[str]) -> UsageProblem:
    if name is None:
        return UsageProblem(N_("which report? Right would be one of {known}"), known=", ".join(known))
    return UsageProblem(
        N_("there is no report “{name}”; right would be one of {known}"), name=name, known=", ".join(known)
    )
