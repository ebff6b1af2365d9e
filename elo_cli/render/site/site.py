"""The site: every page of every language as text, one after the other, so that memory holds one page."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from jinja2 import Template
from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.model.kinds import KINDS
from elo_cli.model.languages import LANGUAGES, SOURCE
from elo_cli.render.forms.html import Address
from elo_cli.render.reports.contents import Origin, origin_rows
from elo_cli.render.site.about import about
from elo_cli.render.site.feed import ADDRESSES, feed, sitemaps
from elo_cli.render.site.html import TEMPLATES, environment
from elo_cli.render.site.milestones import MilestoneLists, number_of, sets_of
from elo_cli.render.site.pages import Pages, Shared
from elo_cli.render.words.language import Language
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.calendar import calendar
from elo_cli.tracking.changes.news import News
from elo_cli.tracking.chase import chase
from elo_cli.tracking.day.view import View
from elo_cli.tracking.status import status

_POLICY: Final = "default-src 'none'; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"
"""`file:` because a browser that opens the folder from disk gives it no origin that 'self' could be."""
_LIST: Final = "index.html"
_AS_THEY_ARE: Final = ("style.css", "favicon.svg")
_BESIDE: Final = 2
"""Files that every language has beside its pages: the feed and the calendar."""
_DESCRIPTION: Final = 160


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
    script: Markup
    address: str | None
    """The page's own address, where the site's is known."""
    description: str


class File(NamedTuple):
    """A file of the site: its path below the folder, and its text."""

    path: str
    text: str


class Site:
    """All pages of a view of a tracker."""

    def __init__(
        self, view: View, origin: Origin, feedback: str | None, news: News | None = None, base: str | None = None
    ) -> None:
        """Pages of what existed on the view's day; `feedback` is the mailbox that the accessibility statement names.

        `base` is the address of the site's folder, with a slash at its end, where it is known.
        """
        self.base = base
        self.view = view
        self.origin = origin
        self.feedback = feedback
        tracker = view.tracker
        self.languages = languages_of(tracker)
        entries = {entry.id: entry for entry in tracker.entries.values() if view.exists(entry.record)}
        asked = {chased.organisation: chased for chased in chase(view)}
        self.shared = Shared(status(view), asked, tracker.backlinks, entries, news)
        self.folders = {entry.id: f"{entry.kind.folder}/{entry.id}.html" for entry in entries.values()}
        self.template = environment().get_template("page.html.jinja")
        self.start = environment().get_template("start.html.jinja")
        self.script = (TEMPLATES / "search.js").read_text("utf-8").strip()
        self.sets = sets_of(view)
        self.list_script = (TEMPLATES / "list.js").read_text("utf-8").strip() if self.sets else ""

    @property
    def number(self) -> int:
        """How many files there will be."""
        kinds = len(KINDS)
        pages = 1 + len(self.languages) * (len(self.folders) + kinds + _SINGLE + number_of(self.sets))
        maps = -(-pages // ADDRESSES) if self.base is not None else 0
        return len(_AS_THEY_ARE) + pages + len(self.languages) * _BESIDE + maps + (maps > 1)

    def files(self) -> Iterator[File]:
        """Every file of the site."""
        for name in _AS_THEY_ARE:
            yield File(name, (TEMPLATES / name).read_text("utf-8"))
        paths = ["index.html"]
        yield File("index.html", self._start())
        for code in self.languages:
            for file in _InLanguage(self, code, self.template).files():
                paths += [file.path] if file.path.endswith(".html") else []
                yield file
        if self.base is not None:
            yield from (File(path, text) for path, text in sitemaps(self.base, paths))

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
        return self.start.render(languages=languages, policy=_POLICY, base=self.base)

    @property
    def _preferred(self) -> tuple[str, ...]:
        return tuple(self.view.tracker.config.languages)

    def language(self, code: str) -> Language:
        """A language of the site, with the tracker's own as what is fallen back on."""
        return Language(code, self._preferred, links=True)


class _InLanguage:
    """The pages of one language."""

    def __init__(self, site: Site, code: str, template: Template) -> None:
        self.site = site
        self.code = code
        self.template = template
        self.language = site.language(code)
        self.pages = Pages(self.language, site.view, site.shared)
        say = self.language.say
        sections = [
            Link(say(N_("Overview")), "index.html"),
            Link(say(N_("Measures")), "measures/index.html"),
            *([Link(say(N_("Milestones")), "milestones/index.html")] if site.sets else []),
            *([Link(say(N_("Payment requests")), "requests/index.html")] if site.view.requests else []),
            Link(say(N_("Deadlines")), "deadlines.html"),
            Link(say(N_("Funding")), "money.html"),
            Link(say(N_("Changes")), "changes.html"),
            Link(say(N_("Meetings")), "meetings/index.html"),
            Link(say(N_("Organisations")), "organisations/index.html"),
            Link(say(N_("Sources")), "documents/index.html"),
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
            "feed": say(N_("Feed of what has been said (Atom)")),
            "calendar": say(N_("Calendar of deadlines and meetings (iCalendar)")),
            "base": site.base or "",
        }
        self.descriptions: dict[str, str] = {}
        """Of pages that have one of their own, by path."""
        self.description = _short(self.language.text(config.description))

    def files(self) -> Iterator[File]:
        pages, say = self.pages, self.language.say
        name = self.language.text(self.site.view.tracker.config.name)
        yield from self._beside()
        top = self._address("")
        below = self._address("../")
        yield self._file("index.html", name, pages.overview(top))
        yield self._file("deadlines.html", say(N_("Deadlines")), pages.deadlines(top))
        yield self._file("money.html", say(N_("Funding")), pages.money(top))
        yield self._file("changes.html", say(N_("Changes")), pages.changes(top))
        title = say(N_("About the data and accessibility"))
        yield self._file("about.html", title, about(self.language, self.site.view, self.site.feedback, top))
        yield self._file("search.html", say(N_("Search")), pages.all_names(top), script=self.site.script)
        lists = {}
        for kind in KINDS.values():
            lists[kind.name] = Link(say(kind.names.many), f"{kind.folder}/{_LIST}")
            if kind.name == "milestone" and self.site.sets:
                yield from self._milestones(lists[kind.name], below)
                continue
            yield self._file(f"{kind.folder}/{_LIST}", lists[kind.name].name, pages.list_of(kind.name, below))
        for entry in self.site.shared.entries.values():
            title = self.language.text(self.site.view.state(entry.record).now.name, entry.id)
            body = pages.record(entry, below)
            told = self.language.text(getattr(entry.record, "description", None))
            self.descriptions[self.site.folders[entry.id]] = _short(told)
            yield self._file(self.site.folders[entry.id], title, body, lists[entry.kind.name])

    def _beside(self) -> Iterator[File]:
        """What programs read: the feed and the calendar."""
        from elo_cli.render.export.calendar import write

        view, base = self.site.view, self.site.base
        home = f"{base}{self.code}/" if base is not None else None
        yield File(f"{self.code}/feed.atom", feed(self.language, self.pages.facts, self.pages.sayings, home))
        events = write(self.language, view, calendar(view))
        yield File(f"{self.code}/calendar.ics", events.decode())

    def _milestones(self, of: Link, below: Address) -> Iterator[File]:
        """The list of milestones with its sets and orders."""
        lists = MilestoneLists(self.pages, self.site.sets)
        yield self._file(of.address, of.name, lists.body(None, below), script=self.site.list_script)
        for part in lists.parts():
            yield self._file(part.path, part.title, lists.body(part, below), of, script=self.site.list_script)

    def _file(self, path: str, title: str, body: Markup, of: Link | None = None, script: str = "") -> File:
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
            _POLICY + (f"; script-src '{_digest(script)}'" if script else ""),
            Markup(script),  # noqa: S704 - our own script
            f"{self.site.base}{self.code}/{path}" if self.site.base is not None else None,
            self.descriptions.get(path) or self.description or title,
        )
        return File(f"{self.code}/{path}", self.template.render(page=page, site=self.frame))

    def _address(self, home: str) -> Address:
        folders = self.site.folders

        def address(record_id: str) -> str | None:
            path = folders.get(record_id)
            return None if path is None else home + path

        return address


def languages_of(tracker: Tracker) -> list[str]:
    """The languages of the site: those of the tracker that elo speaks, in its order; English when it speaks none."""
    return [code for code in tracker.config.languages if code in LANGUAGES] or [SOURCE]


def _short(text: str) -> str:
    """A text as a search engine shows it, ended at a word."""
    line = " ".join(text.split())
    return line if len(line) <= _DESCRIPTION else line[:_DESCRIPTION].rsplit(" ", 1)[0] + " …"


def _digest(script: str) -> str:
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


_SINGLE: Final = 6
"""Pages that every language has once: overview, deadlines, money, changes, about, search."""
