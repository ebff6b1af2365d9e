"""elo site: the strategy as static pages."""

import gc
import re
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import AsOfOption, DataOption, ForceOption, LangOption, RevOption
from elo_cli.model.errors import N_, UsageProblem, nN_
from elo_cli.tracking.day.view import View

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from elo_cli.render.site.site import File, Site
    from elo_cli.render.words.language import Language
    from elo_cli.tracking.changes.recording import Recordings

EXAMPLES = (
    ("elo site public", N_("pages in all languages of the tracker, to be opened from disk or put on a server")),
    ("elo site public --base-url https://example.org/strategy/", N_("with the address where it will stand")),
    ("elo site public --watch", N_("to look at while editing: written again when the data changes")),
    ("elo site then --as-of 2021-04-09", N_("how things stood on that day")),
)
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
_PATIENCE: Final = 1.0
"""Seconds after which a progress bar appears."""
_MANY: Final = 500
"""Files from which on other processes help: that many take a second, and a process is begun in hundredths."""


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
    watch: Annotated[
        bool,
        typer.Option("--watch", help=N_("Show the pages on this computer, written again as the data changes.")),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=1, max=65535, help=N_("The port for --watch. Default: a free one.")),
    ] = None,
    force: ForceOption = False,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
) -> int:
    """Write static pages: overview, lists, deadlines, money, changes, search, data, and a page for every record.

    The pages need no server, no script and nothing from outside. Their addresses are made of ids and stay the same.
    The old pages stay until the new ones are whole.
    """
    _check_mailbox(feedback)
    if port is not None and not watch:
        raise UsageProblem(N_("--port is for --watch"))
    if watch and rev is not None:
        raise UsageProblem(N_("a revision does not change, and --watch has nothing to follow; leave out --rev"))
    wanted = _Wanted(folder, feedback, since, _checked_address(base_url), data, lang, as_of, rev)
    if not watch:
        return _build(wanted, force=force)
    from elo_cli.commands.serving import serve, stamp
    from elo_cli.store.source import find_data

    root = find_data(data)
    seen = stamp(root)
    code = _build(wanted, force=force)
    serve(folder, root, port or 0, seen, lambda: _build(wanted))
    return code


class _Wanted(NamedTuple):
    """Which pages are to be written, and where."""

    folder: Path
    feedback: str | None
    since: str | None
    base: str | None
    data: Path | None
    lang: str | None
    as_of: str | None
    rev: str | None

    def command(self, day: date) -> str:
        """The command that makes the same pages again."""
        words = ["elo", "site", self.folder.name or "site", "--as-of", day.isoformat()]
        given = {"rev": self.rev, "feedback": self.feedback, "base-url": self.base, "since": self.since}
        for name, value in given.items():
            words += [f"--{name}", value] if value is not None else []
        return shlex.join(words)


def _build(wanted: _Wanted, *, force: bool = False) -> int:
    """Write the pages of the data as it is now."""
    from elo_cli.commands.shared.origin import origin
    from elo_cli.commands.shared.since import news_moment
    from elo_cli.render.site import downloads
    from elo_cli.render.site.site import Publication, Site, site_language
    from elo_cli.store.disk.output import write_folder
    from elo_cli.store.git.source import RevisionSource
    from elo_cli.store.source import WorkTree
    from elo_cli.tracking.changes.news import news
    from elo_cli.tracking.reports import last_meeting

    data, rev = wanted.data, wanted.rev
    opened = session.open_session(data, wanted.lang, wanted.as_of, rev)
    source = opened.tracker.source
    if isinstance(source, WorkTree | RevisionSource):
        # Who reads the pages is not on this machine: the files are named from the data folder on.
        source.label = Path(source.label).name
    view = View(opened.tracker, opened.as_of)
    moment = news_moment(opened.tracker, data, opened.as_of, last_meeting(view), wanted.since)
    made = origin(opened.tracker, data, rev, opened.as_of, wanted.command(opened.as_of))
    # What follows makes much garbage, and elo starts with its collection off.
    gc.enable()
    with write_folder(wanted.folder, force=force, tell=session.tell_note) as target:
        told = news(view, *moment) if moment is not None else None
        files = cache(partial(downloads.write, site_language(opened.tracker), view, target, wanted.base))
        about = Publication(made, files, wanted.base, wanted.feedback, told, _recorded(opened, data))
        number = _write(Site(view, about), target, opened.language) + files().number
    session.tell(
        opened.language.count(
            *nN_("{n} file written to {target}", "{n} files written to {target}"), number, target=wanted.folder
        )
    )
    return opened.leave()


def _recorded(opened: session.Session, data: Path | None) -> "Recordings | None":
    """When each update was recorded, for the feed; of a day that has passed one tells what had been said by then."""
    from elo_cli.commands.shared.since import repository_of
    from elo_cli.model.errors import UnreadableProblem
    from elo_cli.store.git.source import RevisionSource
    from elo_cli.tracking.changes.recording import first_recorded

    if opened.as_of < session.today(opened.tracker.config):
        return None
    source = opened.tracker.source
    try:
        if not isinstance(source, RevisionSource):
            repository = repository_of(data)
            if repository is None:
                return None
            source = RevisionSource(repository, repository.resolve("HEAD"), "HEAD")
        return first_recorded(source, opened.tracker.entries.values())
    except UnreadableProblem:
        # Nothing has been committed yet, or the tracker was never in the repository around it.
        return None


def _write(site: "Site", target: Path, language: "Language") -> int:
    """Write every file, on all processors where there are many; a bar on the terminal says how far it is."""
    from elo_cli.commands.processes import processors, shared_out

    started = time.monotonic()
    bar: tuple[Progress, TaskID] | None = None
    number = 0
    parts = list(site.parts())
    paths: dict[int, list[str]] = {}
    own = [place for place, part in enumerate(parts) if part.tells_downloads]
    writing = [partial(_written, part.files, target) for part in parts]
    try:
        for place, written in shared_out(writing, processors() if site.number >= _MANY else 1, own):
            paths[place] = written
            number += len(written)
            if bar is None and sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
                bar = _bar(language, site.number)
            if bar is not None:
                bar[0].update(bar[1], completed=number)
    finally:
        if bar is not None:
            bar[0].stop()
    in_order = [path for place in sorted(paths) for path in paths[place]]
    return number + len(_written(lambda: site.sitemaps(in_order), target))


def _written(files: "Callable[[], Iterator[File]]", target: Path) -> list[str]:
    """Write files, and give their paths."""
    paths = []
    made: set[str] = set()
    for file in files():
        folder = file.path.rpartition("/")[0]
        if folder not in made:
            (target / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        (target / file.path).write_text(file.text, "utf-8", newline="")
        paths.append(file.path)
    return paths


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
