"""`elo site`: the folder as a whole, its addresses, its links, and what hostile data becomes in it."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from defusedxml import ElementTree

from elo_cli.model.languages import LANGUAGES
from tests import hostile, trackers
from tests.repositories import Repo
from tests.running import Runner

DAY = ("--as-of", "2026-11-24")
ALLOWED = frozenset(
    {"html", "head", "meta", "title", "link", "body", "header", "nav", "main", "footer", "section", "div", "span", "a"}
    | {"h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "figure", "code", "form", "label", "input", "script"}
    | {"table", "caption", "thead", "tbody", "tr", "th", "td", "del", "ol", "details", "summary", "svg", "rect", "text"}
)
SCRIPTS = frozenset({"list.js", "search.js", "search-texts.js", "search-index.js"})


class Reader(HTMLParser):
    """Reads a page: its elements, its links and its ids."""

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.sources: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is and where it leads."""
        self.tags.add(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            if name == "src":
                self.sources.append(value or "")
            if name.startswith("on") or name == "style":
                self.handlers.append(name)


def read(path: Path) -> Reader:
    """Return what a browser finds in a file."""
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    return reader


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the repository's data, written once."""
    from elo_cli.cli import main
    from tests.running import DATA

    folder = tmp_path_factory.mktemp("site") / "public"
    assert main(["site", str(folder), "--data", str(DATA), "--lang", "en", *DAY]) == 0
    return folder


def pages(site: Path) -> Iterator[Path]:
    """Yield every page."""
    yield from sorted(site.rglob("*.html"))


def test_every_record_has_its_page(site: Path) -> None:
    """Each record's page stands under its language, its folder and its id, in all three languages."""
    from elo_cli.store.loading import load
    from elo_cli.store.source import WorkTree
    from tests.running import DATA

    for entry in load(WorkTree(DATA)).entries.values():
        for language in LANGUAGES:
            assert (site / language / entry.kind.folder / f"{entry.id}.html").exists()


def test_links_are_relative_and_lead_somewhere(site: Path) -> None:
    """Every link is relative and leads to a page of the site; only addresses of documents lead out, by http(s)."""
    for page in pages(site):
        found = read(page)
        # A script is a file of the site, and a page has no other source.
        for source in found.sources:
            assert source.rpartition("/")[2] in SCRIPTS
            assert (page.parent / source).exists(), f"{page}: {source}"
        for link in found.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in {"http", "https"}
                assert "/documents/" in str(page) or "/milestones/" in str(page) or "changes" in page.name
                continue
            assert not link.startswith("/")
            target = page.parent / unquote(parts.path) if parts.path else page
            assert target.exists(), f"{page}: {link}"


def test_each_page_says_what_it_is(site: Path) -> None:
    """Each page has one heading of the first level, a title, its language, a policy, and the ways to the others."""
    for page in pages(site):
        text = unescape(page.read_text("utf-8"))
        assert text.count("<h1>") == 1, page
        assert re.search(r"<title>[^<]+</title>", text)
        assert "default-src 'none'" in text
        if page.parent != site:
            language = page.relative_to(site).parts[0]
            assert text.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')
            assert text.count('rel="alternate" hreflang') == 2
            assert text.count('rel="alternate" type="application/atom+xml"') == 1
            assert "SHA-256" in text


def test_every_fact_leads_to_its_document(site: Path) -> None:
    """A record's page links its sources' documents, and a document's page links back with the slide."""
    milestone = (site / "en/milestones/dsp-services.html").read_text("utf-8")
    assert '<a href="../documents/forum-slides-2021-04-09.html">' in milestone
    assert "slide 15" in milestone
    document = (site / "en/documents/forum-slides-2021-04-09.html").read_text("utf-8")
    assert '<a href="../milestones/dsp-services.html">' in document
    assert "slide 15" in document


def test_same_call_same_site(elo: Runner, tmp_path: Path) -> None:
    """The same data on the same day gives the same files, byte for byte, wherever they are written."""
    data = hostile.write(tmp_path / "data")
    made = []
    for place in ("one", "other"):
        folder = tmp_path / place / "public"
        assert elo("site", str(folder), "--as-of", "2022-06-01", data=data).code == 0
        made.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert made[0] == made[1]


def test_old_pages_go_and_foreign_files_stay(elo: Runner, tmp_path: Path) -> None:
    """A second run takes away what no longer belongs; a folder that holds something else is refused and untouched."""
    data = trackers.write(tmp_path / "data", {"measures/one": "key: true\n", "measures/two": "key: true\n"})
    folder = tmp_path / "public"
    assert elo("site", str(folder), data=data).code == 0
    assert (folder / "en/measures/two.html").exists()
    (data / "measures/two.yaml").unlink()
    assert elo("site", str(folder), data=data).code == 0
    assert not (folder / "en/measures/two.html").exists()
    (folder / "mine.txt").write_text("mine", "utf-8")
    before = sorted(folder.rglob("*"))
    refused = elo("site", str(folder), data=data)
    assert (refused.code, refused.out) == (2, "")
    assert "mine.txt" in refused.err
    assert sorted(folder.rglob("*")) == before
    assert elo("site", str(folder), "--force", data=data).code == 0
    assert not (folder / "mine.txt").exists()


def test_no_measure_is_called_related_that_nobody_called_so(elo: Runner, tmp_path: Path) -> None:
    """Where the data does not tell key measures from related ones, neither does the overview."""
    files = {"measures/one": "key: true\n", "measures/two": "key: false\n", "measures/three": ""}
    data = trackers.write(tmp_path / "data", files)
    assert elo("site", str(tmp_path / "public"), data=data).code == 0
    cards = (tmp_path / "public/en/index.html").read_text("utf-8").split("<h3>")[1:]
    related = {name: any(f"{name}.html" in card and "related measure" in card for card in cards) for name in NAMES}
    assert related == {"one": False, "two": True, "three": False}


NAMES = ("one", "two", "three")


def test_as_of_leaves_out_what_was_not_known(elo: Runner, tmp_path: Path) -> None:
    """A record whose first source is later has no page, and nothing leads to it."""
    data = trackers.write(
        tmp_path / "data",
        {
            "vocabulary/documents": "new:\n  name:\n    en: New\n  date: 2022-01-01\n",
            "measures/one": "key: true\n",
            "measures/two": "key: true\nsources:\n  - document: new\n",
        },
    )
    folder = tmp_path / "public"
    assert elo("site", str(folder), "--as-of", "2021-12-31", data=data).code == 0
    assert [path.name for path in sorted((folder / "en/measures").iterdir())] == ["index.html", "one.html"]
    assert not any("two.html" in page.read_text("utf-8") for page in pages(folder))


def test_what_an_update_replaces_is_told_with_it(elo: Runner, tmp_path: Path) -> None:
    """Texts, lists and days say what they were before; what is only added to, and what is said again, is told alone."""
    milestone = """\
        type: national
        name: {en: Test}
        description: {en: As promised}
        responsible: [okm]
        due: 2021-Q4
        updates:
          - date: 2021-05-01
            due: 2022-Q1
            responsible: [okm, tem]
            description: {en: As decided}
            evidence: [{title: First}]
            verified: [first]
          - date: 2021-05-02
            due: 2022-Q1
            evidence: [{title: Second}]
        """
    data = trackers.write(tmp_path / "data", {"milestones/test": milestone})
    assert elo("site", str(tmp_path / "public"), "--as-of", "2021-06-01", data=data).code == 0
    told = unescape(re.sub("<[^>]*>", "", (tmp_path / "public/en/changes.html").read_text("utf-8")))
    for line in (
        "Due: Q4 2021 → Q1 2022",
        "Responsible: okm → okm; tem",
        "Description: As promised → As decided",
        "Evidence: First",
        "Evidence: Second",
    ):
        assert line in told, told
    assert told.count("→") == 3


def test_hostile_data_is_text(elo: Runner, tmp_path: Path) -> None:
    """No text of the data makes an element, an attribute or an address, on any page."""
    folder = tmp_path / "public"
    run = elo("site", str(folder), "--as-of", "2022-06-01", data=hostile.write(tmp_path / "data"))
    assert run.code == 0, run.err
    for page in pages(folder):
        found = read(page)
        svg = {"svg", "g", "rect", "line", "path", "circle", "text", "desc", "defs", "pattern"}
        assert found.tags <= ALLOWED | (svg if page.name in {"deadlines.html", "money.html"} else set()), page
        assert found.handlers == []
        assert {urlsplit(link).scheme for link in found.links} <= {"", "http", "https"}
        # Only a list and the search have scripts, and all of them are files.
        assert ("script" in found.tags) is bool(found.sources), page


@pytest.mark.parametrize(
    ("call", "code"),
    [(("site",), 2), (("site", "out", "--feedback", "<script>"), 2), (("site", "out", "--rev", "nowhere"), 3)],
)
def test_exit_codes(
    elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...], code: int
) -> None:
    """Wrong use is said before anything is written."""
    monkeypatch.chdir(tmp_path)
    run = elo(*call)
    assert (run.code, run.out) == (code, "")
    assert list(tmp_path.iterdir()) == []


def test_feedback_stands_in_the_statement(elo: Runner, tmp_path: Path) -> None:
    """The mailbox that is given stands in the accessibility statement."""
    data = trackers.write(tmp_path / "data", {"measures/one": "key: true\n"})
    assert elo("site", str(tmp_path / "public"), "--feedback", "registry@example.org", data=data).code == 0
    assert "registry@example.org" in (tmp_path / "public/en/about.html").read_text("utf-8")


ATOM = "{http://www.w3.org/2005/Atom}"
LATEST = 50
"""How many updates a feed holds, of more that a hostile tracker has."""


def test_the_feed_is_sound_and_its_ids_stay(elo: Runner, tmp_path: Path) -> None:
    """Hostile texts are text in the feed, ids are unique and the same with an address, which alone brings addresses."""
    data = hostile.write(tmp_path / "data")
    ids = []
    for name, more in (("bare", ()), ("placed", ("--base-url", "https://example.org/s"))):
        folder = tmp_path / name
        assert elo("site", str(folder), "--as-of", "2022-06-01", *more, data=data).code == 0
        root = ElementTree.fromstring((folder / "en/feed.atom").read_text("utf-8").encode())
        entries = root.findall(f"{ATOM}entry")
        assert len(entries) == LATEST
        assert {child.tag for child in root.iter()} - {root.tag} <= {
            ATOM + name for name in ("id", "title", "subtitle", "updated", "author", "name", "link", "entry", "content")
        }
        ids.append([entry.findtext(f"{ATOM}id") for entry in entries])
        assert len(set(ids[-1])) == len(entries)
        links = [link.get("href", "") for link in root.iter(f"{ATOM}link")]
        assert len(links) == (len(entries) + 2 if more else 0)
        assert all(link.startswith("https://example.org/s/en/") for link in links)
    assert ids[0] == ids[1]


def test_an_address_gives_a_sitemap_of_every_page(elo: Runner, tmp_path: Path) -> None:
    """With an address the map holds each page once, and a page names itself; without one there is neither."""
    data = trackers.write(tmp_path / "data", {"measures/one": "key: true\n"})
    folder = tmp_path / "public"
    assert elo("site", str(folder), "--base-url", "https://example.org/s/", data=data).code == 0
    root = ElementTree.fromstring((folder / "sitemap.xml").read_text("utf-8").encode())
    listed = sorted(place.text or "" for place in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"))
    assert listed == sorted(f"https://example.org/s/{page.relative_to(folder).as_posix()}" for page in pages(folder))
    page = (folder / "en/measures/one.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/s/en/measures/one.html">' in page
    assert elo("site", str(folder), data=data).code == 0
    assert not (folder / "sitemap.xml").exists()
    assert "canonical" not in (folder / "en/measures/one.html").read_text("utf-8")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://", "https://a b", "https://a/?q", 'https://a/"x', "https://u:p@a/"]
)
def test_what_is_no_address_is_refused(elo: Runner, tmp_path: Path, address: str) -> None:
    """An address with anything but a host and folders is refused before anything is written."""
    data = trackers.write(tmp_path / "data", {"measures/one": "key: true\n"})
    run = elo("site", str(tmp_path / "public"), "--base-url", address, data=data)
    assert (run.code, run.out) == (2, "")
    assert not (tmp_path / "public").exists()


def test_the_feed_says_by_which_clock_it_goes(elo: Runner, tmp_path: Path) -> None:
    """Under git the feed begins with what was recorded last; without it, or as of a day, with what was said last."""
    repo = Repo(tmp_path / "repo")
    word = "updates:\n  - date: {}\n    note:\n      en: A word\n"
    repo.commit({"measures/first": word.format("2021-12-24")})
    repo.commit({"measures/late": word.format("2020-01-01")})
    plain = trackers.write(
        tmp_path / "plain", {"measures/first": word.format("2021-12-24"), "measures/late": word.format("2020-01-01")}
    )
    told = {}
    for name, data, more in (
        ("recorded", repo.data, ()),
        ("said", plain, ()),
        ("then", repo.data, ("--as-of", "2022-06-01")),
    ):
        folder = tmp_path / name
        assert elo("site", str(folder), *more, data=data).code == 0
        root = ElementTree.fromstring((folder / "en/feed.atom").read_text("utf-8").encode())
        titles = [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]
        told[name] = (titles, root.findtext(f"{ATOM}updated"), (root.findtext(f"{ATOM}subtitle") or "")[:6])
    assert told["recorded"] == (["Late", "First"], "2022-01-02T12:00:00Z", "In the")
    assert told["said"] == told["then"] == (["First", "Late"], "2021-12-24T00:00:00Z", "By the")
