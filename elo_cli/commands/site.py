"""elo site: the strategy as static pages."""

import gc
import re
import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import AsOfOption, DataOption, ForceOption, LangOption, RevOption
from elo_cli.model.errors import N_, UsageProblem, nN_
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from elo_cli.render.site.site import Site
    from elo_cli.render.words.language import Language

EXAMPLES = (
    ("elo site public", N_("pages in all languages of the tracker, to be opened from disk or put on a server")),
    ("elo site public --base-url https://example.org/strategy/", N_("with the address where it will stand")),
    ("elo site then --as-of 2021-04-09", N_("how things stood on that day")),
)
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
_PATIENCE: Final = 1.0
"""Seconds after which a progress bar appears."""


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=N_("The folder to write; one that elo wrote is replaced."))
    ],
    feedback: Annotated[
        str | None,
        typer.Option(
            "--feedback", metavar="ADDRESS", help=N_("The role mailbox that the accessibility statement names.")
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="MEETING|DATE|REV",
            help=N_("From when the page of changes tells news. Default: the last meeting."),
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            metavar="URL",
            help=N_("The address that the folder will have: for search engines, the feed and a sitemap."),
        ),
    ] = None,
    force: ForceOption = False,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
) -> int:
    """Write static pages: overview, measures, deadlines, money, changes, sources, and a page for every record.

    The pages need no server, no script and nothing from outside. Their addresses are made of ids and stay the same.
    The old pages stay until the new ones are whole.
    """
    from elo_cli.commands.shared.origin import origin
    from elo_cli.commands.shared.since import news_moment
    from elo_cli.render.site.site import Site
    from elo_cli.store.disk.output import write_folder
    from elo_cli.tracking.changes.news import news
    from elo_cli.tracking.reports import last_meeting

    _check_mailbox(feedback)
    base = _checked_address(base_url)
    opened = session.open_session(data, lang, as_of, rev)
    words = ["elo", "site", folder.name or "site", "--as-of", opened.as_of.isoformat()]
    words += ["--rev", rev] if rev is not None else []
    words += ["--feedback", feedback] if feedback is not None else []
    words += ["--base-url", base] if base is not None else []
    words += ["--since", since] if since is not None else []
    view = View(opened.tracker, opened.as_of)
    moment = news_moment(opened.tracker, data, opened.as_of, last_meeting(view), since)
    made = origin(opened.tracker, data, rev, opened.as_of, shlex.join(words))
    # What follows makes much garbage, and elo starts with its collection off.
    gc.enable()
    with write_folder(folder, force=force) as target:
        site = Site(view, made, feedback, news(view, *moment) if moment is not None else None, base)
        number = _write(site, target, opened.language)
    session.tell(
        opened.language.count(
            *nN_("{n} file written to {target}", "{n} files written to {target}"), number, target=folder
        )
    )
    return opened.leave()


def _write(site: "Site", target: Path, language: "Language") -> int:
    """Write every file; a bar on the terminal says how far it is when it takes long."""
    started = time.monotonic()
    bar: tuple[Progress, TaskID] | None = None
    number = 0
    made: set[Path] = set()
    try:
        for file in site.files():
            path = target / file.path
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_text(file.text, "utf-8", newline="")
            number += 1
            if bar is None and sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
                bar = _bar(language, site.number)
            if bar is not None:
                bar[0].update(bar[1], completed=number)
    finally:
        if bar is not None:
            bar[0].stop()
    return number


def _bar(language: "Language", total: int) -> "tuple[Progress, TaskID]":
    from rich.console import Console
    from rich.progress import Progress

    progress = Progress(console=Console(stderr=True), transient=True)
    task = progress.add_task(language.say(N_("Writing pages")), total=total)
    progress.start()
    return progress, task


def _checked_address(address: str | None) -> str | None:
    """The address with a slash at its end."""
    if address is not None and not _ADDRESS.fullmatch(address):
        raise UsageProblem(
            N_("“{text}” is no address of a site; right would be a form such as https://example.org/strategy/"),
            text=address,
        )
    return None if address is None else f"{address.rstrip('/')}/"


def _check_mailbox(address: str | None) -> None:
    from pydantic import ConfigDict, TypeAdapter, ValidationError

    from elo_cli.model.values import Mailbox

    try:
        TypeAdapter(Mailbox | None, config=ConfigDict(regex_engine="python-re")).validate_python(address)
    except ValidationError:
        raise UsageProblem(
            N_("“{text}” is no mailbox; right would be a form such as registry@example.org"), text=address
        ) from None
