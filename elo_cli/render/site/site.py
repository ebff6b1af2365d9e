"""The site: every page of every language as text, in parts that can be written apart; memory holds one page of each."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, partial
from typing import Final, NamedTuple

from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.model.languages import LANGUAGES, SOURCE
from elo_cli.render.forms.html import Address
from elo_cli.render.reports.contents import Origin, origin_rows
from elo_cli.render.site.about import about
from elo_cli.render.site.downloads import Downloads
from elo_cli.render.site.downloads import page as downloads_page
from elo_cli.render.site.feed import ADDRESSES, feed, sitemaps
from elo_cli.render.site.html import TEMPLATES, environment, page_part
from elo_cli.render.site.lists import Lists, Rows, path_of, rows_of
from elo_cli.render.site.overview import Overview
from elo_cli.render.site.pages import Pages, Shared
from elo_cli.render.site.search import INDEX, TEXTS, Search, texts
from elo_cli.render.site.statuses import statuses
from elo_cli.render.words.language import Language
from elo_cli.store.tracker import Entry, Tracker
from elo_cli.tracking.calendar import calendar
from elo_cli.tracking.changes.news import News
from elo_cli.tracking.changes.recording import Recordings
from elo_cli.tracking.chase import chase
from elo_cli.tracking.day.view import View
from elo_cli.tracking.status import status

_POLICY: Final = "default-src 'none'; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"
"""`file:` because a browser that opens the folder from disk gives it no origin that 'self' could be."""
_SCRIPTS: Final = "; script-src 'self' file:"
"""Only where a page has a script, and then only files of the site."""
_AS_THEY_ARE: Final = ("style.css", "favicon.svg", "list.js", "search.js")
_BESIDE: Final = 3
"""Files that every language has beside its pages: the feed, the calendar and the index of the search."""
_SINGLE: Final = 6
"""Pages that every language has once: overview, money, changes, downloads, about, search."""
_DESCRIPTION: Final = 160
_SLICES: Final = 32
"""Parts of one language's records at most, and records of a part at least: the start of a part is work, too."""


class Link(NamedTuple):
    """A name and where it leads, from the language's own folder."""

    name: str
    address: str


class Tongue(NamedTuple):
    """A language that the page can be read in."""

    code: str
    name: str
    address: str
    whole: str
    """With the address of the site before it, "" where that is not known."""
    current: bool


class Page(NamedTuple):
    """What the template is given about one page."""

    language: str
    title: str
    body: Markup
    top: str
    """The way to the site's own folder: `../` for each folder between."""
    home: str
    """The way to the language's folder."""
    section: str
    is_section: bool
    crumbs: Sequence[Link]
    languages: Sequence[Tongue]
    policy: str
    scripts: Sequence[str]
    """The scripts of the page, from its own folder."""
    address: str | None
    """The page's own address, where the site's is known."""
    description: str


class File(NamedTuple):
    """A file of the site: its path below the folder, and its text."""

    path: str
    text: str


class Part(NamedTuple):
    """Files that can be written apart from the others."""

    files: Callable[[], Iterator[File]]
    tells_downloads: bool = False
    """Whether it tells of the files for downloading, which have to be written before it."""


class Publication(NamedTuple):
    """What the pages say beside how things stood on the day."""

    origin: Origin
    downloads: Callable[[], Downloads]
    """Writes the files for downloading when it is called for the first time."""
    base: str | None = None
    """The address of the site's folder, with a slash at its end, where it is known."""
    feedback: str | None = None
    """The mailbox that the accessibility statement names."""
    news: News | None = None
    """What is news since the last meeting."""
    recorded: Recordings | None = None
    """When each update was recorded, where the history of the files says so."""


class Site:
    """All pages of a view of a tracker."""

    def __init__(self, view: View, about: Publication) -> None:
        """Pages of what existed on the view's day."""
        self.view = view
        self.base = about.base
        self.origin = about.origin
        self.feedback = about.feedback
        self.recorded = about.recorded
        tracker = view.tracker
        self.languages = languages_of(tracker)
        entries = {entry.id: entry for entry in tracker.entries.values() if view.exists(entry.record)}
        asked = {chased.organisation: chased for chased in chase(view)}
        self.shared = Shared(status(view), asked, tracker.backlinks, entries, about.news)
        self.folders = {entry.id: f"{entry.kind.folder}/{entry.id}.html" for entry in entries.values()}
        self.rows = rows_of(view)
        self.downloads = about.downloads

    @property
    def number(self) -> int:
        """How many files there will be."""
        lists = sum(rows.files for rows in self.rows)
        pages = 1 + len(self.languages) * (len(self.folders) + lists + _SINGLE)
        maps = -(-pages // ADDRESSES) if self.base is not None else 0
        beside = len(_AS_THEY_ARE) + 1
        return beside + pages + len(self.languages) * _BESIDE + maps + (maps > 1)

    def parts(self) -> Iterator[Part]:
        """The parts that are every page of the site, in the order of the sitemap, and the files beside the pages."""
        yield Part(self._beside)
        for code in self.languages:
            yield from self._in_language[code].parts()

    def sitemaps(self, paths: Sequence[str]) -> Iterator[File]:
        """The maps of the site with these files; none where its address is not known."""
        if self.base is not None:
            pages = [path for path in paths if path.endswith(".html")]
            yield from (File(path, text) for path, text in sitemaps(self.base, pages))

    def _beside(self) -> Iterator[File]:
        for name in _AS_THEY_ARE:
            yield File(name, (TEMPLATES / name).read_text("utf-8"))
        yield File(TEXTS, texts(list(self.shared.entries.values())))
        yield File("index.html", self._start())

    @cached_property
    def _in_language(self) -> "dict[str, _InLanguage]":
        return {code: _InLanguage(self, code) for code in self.languages}

    def _start(self) -> str:
        names = self.view.tracker.config.name
        languages = [
            {
                "code": code,
                "name": LANGUAGES[code].name,
                "strategy": self.language(code).text(names),
            }
            for code in self.languages
        ]
        return (
            environment().get_template("start.html.jinja").render(languages=languages, policy=_POLICY, base=self.base)
        )

    def language(self, code: str) -> Language:
        """A language of the site, with the tracker's own as what is fallen back on."""
        return site_language(self.view.tracker, code)


class _InLanguage:
    """The pages of one language."""

    def __init__(self, site: Site, code: str) -> None:
        self.site = site
        self.code = code
        self.template = environment().get_template("page.html.jinja")
        self.language = site.language(code)
        self.pages = Pages(self.language, site.view, site.shared)
        self.lists = Lists(self.pages, self._address)
        say = self.language.say
        sections = [
            Link(say(N_("Overview")), "index.html"),
            Link(say(N_("Measures")), "measures/index.html"),
            *([Link(say(N_("Milestones")), "milestones/index.html")] if site.view.milestones else []),
            *([Link(say(N_("Payment requests")), "requests/index.html")] if site.view.requests else []),
            Link(say(N_("Deadlines")), "deadlines.html"),
            Link(say(N_("Funding")), "money.html"),
            *([Link(say(N_("Funding lines")), "funding/index.html")] if site.view.lines else []),
            Link(say(N_("Changes")), "changes.html"),
            Link(say(N_("Meetings")), "meetings/index.html"),
            Link(say(N_("Organisations")), "organisations/index.html"),
            Link(say(N_("Sources")), "documents/index.html"),
            Link(say(N_("Downloads")), "downloads.html"),
            Link(say(N_("Search")), "search.html"),
        ]
        config = site.view.tracker.config
        self.frame = {
            "name": self.language.text(config.name),
            "skip": say(N_("Skip to content")),
            "languages_label": say(N_("Language")),
            "sections_label": say(N_("Main menu")),
            "crumbs_label": say(N_("You are here")),
            "sections": sections,
            "translations": self.language.text(config.translations),
            "origin": origin_rows(self.language, site.origin),
            "command_label": say(N_("Made with:")),
            "command": site.origin.command,
            "about": say(N_("About the data and accessibility")),
            "feed": say(N_("Feed of updates (Atom)")),
            "calendar": say(N_("Calendar of deadlines and meetings (iCalendar)")),
            "base": site.base or "",
        }
        # The same on hundreds of pages, so made once for each folder and section.
        self.menu = cache(partial(page_part, "menu", self.frame))
        self.footer = cache(partial(page_part, "footer", self.frame))
        self.descriptions: dict[str, str] = {}
        """Of pages that have one of their own, by path."""
        self.description = _short(self.language.text(config.description))

    def parts(self) -> Iterator[Part]:
        """The pages of the language in the order of the sitemap."""
        yield Part(self._beside)
        yield Part(self._first)
        yield Part(self._downloads, tells_downloads=True)
        yield Part(self._search)
        for rows in self.site.rows:
            yield Part(partial(self._list, rows))
        entries = list(self.site.shared.entries.values())
        size = max(_SLICES, -(-len(entries) // _SLICES))
        for start in range(0, len(entries), size):
            yield Part(partial(self._records, entries[start : start + size]))

    def _first(self) -> Iterator[File]:
        name = self.language.text(self.site.view.tracker.config.name)
        say, top = self.language.say, self._address("")
        yield self._file("index.html", name, Overview(self.pages, top, self.lists.groups(self.site.rows)).body())
        yield self._file("money.html", say(N_("Funding")), self.pages.money(top))
        yield self._file("changes.html", say(N_("Changes")), self.pages.changes(top))

    def _downloads(self) -> Iterator[File]:
        body = downloads_page(self.language, self.site.downloads())
        yield self._file("downloads.html", self.language.say(N_("Data for downloading")), body)

    def _search(self) -> Iterator[File]:
        say, top = self.language.say, self._address("")
        title = say(N_("About the data and accessibility"))
        yield self._file("about.html", title, about(self.language, self.site.view, self.site.feedback, top))
        search = Search(self.pages)
        scripts = (f"../{TEXTS}", INDEX, "../search.js")
        yield self._file("search.html", say(N_("Search and list of all pages")), search.body(top), scripts=scripts)
        yield File(f"{self.code}/{INDEX}", search.index(self.site.folders))

    def _list(self, rows: Rows) -> Iterator[File]:
        of = self._list_of[rows.name]
        for page in self.lists.pages_of(rows):
            script = "../../list.js" if "/" in page.path else "../list.js"
            yield self._file(page.path, page.title, page.body, None if page.is_list else of, [script])

    def _records(self, entries: Sequence[Entry]) -> Iterator[File]:
        below = self._address("../")
        for entry in entries:
            title = self.language.text(self.site.view.state(entry.record).now.name, entry.id)
            body = self.pages.record(entry, below, statuses(self.pages, entry, below))
            told = self.language.text(getattr(entry.record, "description", None))
            self.descriptions[self.site.folders[entry.id]] = _short(told)
            yield self._file(self.site.folders[entry.id], title, body, self._list_of[entry.kind.name])

    @cached_property
    def _list_of(self) -> dict[str, Link]:
        """The first page of each list, by its kind."""
        return {rows.name: Link(self.lists.title(rows), path_of(rows)) for rows in self.site.rows}

    def _beside(self) -> Iterator[File]:
        """What programs read: the feed and the calendar."""
        from elo_cli.render.export.calendar import write

        view, base = self.site.view, self.site.base
        home = f"{base}{self.code}/" if base is not None else None
        yield File(
            f"{self.code}/feed.atom",
            feed(self.language, self.pages.facts, self.pages.sayings, home, self.site.recorded),
        )
        events = write(self.language, view, calendar(view))
        yield File(f"{self.code}/calendar.ics", events.decode())

    def _file(self, path: str, title: str, body: Markup, of: Link | None = None, scripts: Sequence[str] = ()) -> File:
        home = "../" if "/" in path else ""
        top = home + "../"
        section = of.address if of is not None else path
        page = Page(
            self.code,
            title,
            body,
            top,
            home,
            section,
            of is None,
            [Link(self.language.say(N_("Overview")), "index.html"), *([of] if of is not None else [])]
            if path != "index.html"
            else [],
            [
                Tongue(
                    code,
                    LANGUAGES[code].name,
                    f"{top}{code}/{path}",
                    f"{self.site.base}{code}/{path}" if self.site.base is not None else "",
                    code == self.code,
                )
                for code in self.site.languages
            ],
            _POLICY + (_SCRIPTS if scripts else ""),
            scripts,
            f"{self.site.base}{self.code}/{path}" if self.site.base is not None else None,
            self.descriptions.get(path) or self.description or title,
        )
        menu, footer = self.menu(home, section, of is None), self.footer(home)
        return File(f"{self.code}/{path}", self.template.render(page=page, site=self.frame, menu=menu, footer=footer))

    def _address(self, home: str) -> Address:
        folders = self.site.folders

        def address(record_id: str) -> str | None:
            path = folders.get(record_id)
            return None if path is None else home + path

        return address


def languages_of(tracker: Tracker) -> list[str]:
    """The languages of the site: those of the tracker that elo speaks, in its order; English when it speaks none."""
    return [code for code in tracker.config.languages if code in LANGUAGES] or [SOURCE]


def site_language(tracker: Tracker, code: str | None = None) -> Language:
    """A language of the site, by default its first, with the tracker's own as what is fallen back on."""
    return Language(code or languages_of(tracker)[0], tuple(tracker.config.languages), links=code is not None)


def _short(text: str) -> str:
    """A text as a search engine shows it, ended at a word."""
    line = " ".join(text.split())
    return line if len(line) <= _DESCRIPTION else line[:_DESCRIPTION].rsplit(" ", 1)[0] + " …"
