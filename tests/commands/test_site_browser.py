"""The pages in a real browser, opened from disk: accessible, quiet, usable without a mouse or scripts, on paper."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from elo_cli.cli import main
from elo_cli.model.kinds import KINDS
from elo_cli.model.languages import LANGUAGES
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.tracking.texts.finding import find
from tests import hostile, trackers
from tests.running import DATA

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_EACH_KIND = (
    "index.html",
    "deadlines.html",
    "money.html",
    "changes.html",
    "about.html",
    "search.html",
    "downloads.html",
    "measures/index.html",
    "measures-by/goal-goal-digital.html",
    "measures-by/order-status.html",
    "deadlines-by/timing-unreported.html",
    "funding/index.html",
    "measures/digital-service-package.html",
    "milestones/index.html",
    "milestones/dsp-services.html",
    "funding/digivisio-rrf.html",
    "meetings/forum-2021-04-09.html",
    "organisations/okm.html",
    "goals/goal-digital.html",
    "documents/forum-slides-2021-04-09.html",
)
"""A page of every kind; the others have the same parts."""
_AT_ONCE = 80


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the repository's data, written once."""
    folder = tmp_path_factory.mktemp("site") / "public"
    assert main(["site", str(folder), "--data", str(DATA), "--lang", "en", "--as-of", "2026-11-24"]) == 0
    return folder


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of hostile data."""
    base = tmp_path_factory.mktemp("attacked")
    data = hostile.write(base / "data")
    assert main(["site", str(base / "public"), "--data", str(data), "--lang", "en", "--as-of", "2022-06-01"]) == 0
    return base / "public"


class Watched:
    """A page that notes every word on the console and every request that is not for a file of the folder."""

    def __init__(self, page: "Page", folder: Path) -> None:
        """Watch this page."""
        self.page = page
        self.folder = folder
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._request(request.url))

    def _request(self, url: str) -> None:
        if not url.startswith(f"{self.folder.as_uri()}/"):
            self.said.append(f"requested {url}")

    def open(self, path: str) -> None:
        """Open a page of the folder from disk."""
        self.page.goto(f"{self.folder.as_uri()}/{path}")


@pytest.fixture
def watched(browser: "Browser", site: Path) -> Iterator[Watched]:
    """Yield a page of 1280 pixels, on which nothing may be said and nothing asked from outside."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = Watched(context.new_page(), site)
    yield page
    context.close()
    assert page.said == []


def axe(page: "Page") -> list[str]:
    """Return what axe-core finds at WCAG 2.2 A and AA; it is put in past the page's policy, which would stop it."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    # Without preload: it would fetch the style, which the page's policy stops.
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False}
    answer: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in answer["violations"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_accessible(watched: Watched, language: str) -> None:
    """axe-core finds nothing on a page of every kind; in the dark, where only colours differ, on the most colourful."""
    found = []
    for path in OF_EACH_KIND:
        watched.open(f"{language}/{path}")
        found += axe(watched.page)
    watched.page.emulate_media(color_scheme="dark")
    for path in ("index.html", "deadlines.html", "measures/digital-service-package.html", "measures/index.html"):
        watched.open(f"{language}/{path}")
        found += axe(watched.page)
    watched.open("index.html")
    assert found + axe(watched.page) == []


def test_every_page_is_quiet(watched: Watched, site: Path) -> None:
    """No page of any language says a word on the console or asks for anything from outside the folder."""
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    # Many at once, in frames of a page beside them: one after the other takes a minute.
    beside = site / "frames.html"
    for start in range(0, len(paths), _AT_ONCE):
        batch = paths[start : start + _AT_ONCE]
        beside.write_text("".join(f'<iframe src="{path}"></iframe>' for path in batch), "utf-8")
        watched.open(beside.name)
        frames = watched.page.frames[1:]
        assert sorted(frame.url.removeprefix(f"{site.as_uri()}/") for frame in frames) == batch
        # A style that the policy had stopped would leave the browser's own margin.
        assert {frame.evaluate("getComputedStyle(document.body).margin") for frame in frames} == {"0px"}
    beside.unlink()


def test_narrow(browser: "Browser", site: Path) -> None:
    """At 320 pixels nothing makes the page scroll sideways; wide tables and pictures scroll by themselves."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    wide = []
    for language in LANGUAGES:
        for path in OF_EACH_KIND:
            page.goto(f"{site.as_uri()}/{language}/{path}")
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(page.url)
    context.close()
    assert wide == []


def test_keyboard(watched: Watched) -> None:
    """The first key leads past the menu, every stop is seen, and links and search work without a mouse."""
    watched.open("en/index.html")
    page = watched.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals/*.html")
    watched.open("en/measures/index.html")
    page.get_by_role("main").focus()
    order: list[str] = []
    while not order or order[-1] != "words":
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    # The filters come before the field, and the field before the rows, as they stand on the page.
    assert order.index("SUMMARY") < len(order) - 1 < 40
    page.keyboard.type("digi")
    assert page.locator("#rows tbody tr:visible").count() < page.locator("#rows tbody tr").count()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#rows thead th").first.get_attribute("aria-sort") == "descending"
    watched.open("sv/search.html")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "query":
            break
    page.keyboard.type("opetusHALLITUS")
    assert page.locator("#results li").first.inner_text().startswith("Utbildningsstyrelsen ")
    assert not page.locator("#all").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/organisations/oph.html")


def test_language_switch(watched: Watched) -> None:
    """The switch leads to the same record in the other language."""
    watched.open("fi/milestones/dsp-services.html")
    watched.page.get_by_role("link", name="Svenska").click()
    assert watched.page.url.endswith("/sv/milestones/dsp-services.html")
    assert watched.page.locator("html").get_attribute("lang") == "sv"


def test_without_scripts(browser: "Browser", site: Path) -> None:
    """Without scripts the search page is the list of all pages, and offers no field that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/fi/search.html")
    hidden = page.locator("#search").is_hidden()
    names = page.locator("#all section li").count()
    page.get_by_role("link", name="Ohjaus- ja kartoituspalvelut on kehitetty").click()
    url = page.url
    context.close()
    assert hidden
    folders = [site / "fi" / kind.folder for kind in KINDS.values()]
    assert names == sum(1 for folder in folders for page in folder.glob("*.html")) - len(KINDS)
    assert url.endswith("/fi/milestones/dsp-services.html")


def test_search_finds_what_elo_finds(watched: Watched) -> None:
    """The search finds the records that `elo find` finds, in all texts and however the words are spelt."""
    tracker = load(WorkTree(DATA))
    for language, words in (
        ("fi", "jatkuva oppiminen"),
        ("sv", "KEHITTAMINEN"),
        ("en", "treasury-2022"),
        ("fi", "ä 2021"),
    ):
        watched.open(f"{language}/search.html")
        watched.page.fill("#query", words)
        links = watched.page.locator("#results a")
        found = [str(link.get_attribute("href")) for link in links.all()]
        hits = find(tracker, words.split())
        assert len(found) == min(len(hits), 100)
        assert {f"{hit.entry.kind.folder}/{hit.entry.id}.html" for hit in hits} >= set(found)
        assert watched.page.locator("#found").inner_text().split(".")[0].endswith(str(len(hits)))
        assert found[0] == f"{hits[0].entry.kind.folder}/{hits[0].entry.id}.html"


def test_prints(browser: "Browser", site: Path) -> None:
    """On paper the menus are gone and the words are there, and nothing is cut off at the side."""
    context = browser.new_context(viewport={"width": 700, "height": 900})
    page = context.new_page()
    page.emulate_media(media="print")
    for path in ("index.html", "measures/digital-service-package.html", "money.html"):
        page.goto(f"{site.as_uri()}/en/{path}")
        assert page.locator("nav").first.is_hidden()
        assert page.locator("h1").is_visible()
        assert page.pdf(format="A4").startswith(b"%PDF")
    context.close()


def test_hostile_data_does_nothing(browser: "Browser", attacked: Path) -> None:
    """On pages of hostile data no script runs, nothing is requested, and every text is shown letter by letter."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = Watched(context.new_page(), attacked)
    for path in sorted((attacked / "en").rglob("*.html")):
        page.open(path.relative_to(attacked).as_posix())
        assert page.page.title() != "owned"
        assert page.page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.page.locator("h1").count() == 1
    page.open("en/measures/measure-x0.html")
    assert page.page.locator("h1").inner_text() == hostile.ATTACKS[0]
    page.open("en/measures/measure-x5.html")
    assert page.page.locator("h1").inner_text() == hostile.ATTACKS[5]
    assert axe(page.page) == []
    context.close()
    assert page.said == []


def test_reports_are_accessible(browser: "Browser", tmp_path: Path) -> None:
    """The reports' HTML pages are as accessible as the site's, and as quiet."""
    context = browser.new_context()
    page = Watched(context.new_page(), tmp_path)
    found = []
    for name in ("summary", "meeting", "chase", "rrf", "funding"):
        call = [
            "report",
            name,
            "--data",
            str(DATA),
            "--lang",
            "fi",
            "--as-of",
            "2022-12-31",
            "-o",
            str(tmp_path / f"{name}.html"),
        ]
        assert main([*call, *(["--meeting", "forum-2021-04-09"] if name == "meeting" else [])]) == 0
        page.open(f"{name}.html")
        found += axe(page.page)
    context.close()
    assert found + page.said == []


def test_a_long_list_on_a_phone(browser: "Browser", tmp_path: Path) -> None:
    """Hundreds of rows are cards without sideways scrolling, with nothing for axe to find, and a field narrows them."""
    data = trackers.large(tmp_path / "data")
    folder = tmp_path / "site"
    assert main(["site", str(folder), "--data", str(data), "--as-of", "2026-11-24"]) == 0
    for width, scheme in ((375, "light"), (375, "dark"), (1280, "light")):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        page.goto((folder / "en" / "milestones" / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert axe(page) == []
        page.fill("#words", "c1-m1")
        assert page.locator("#rows tbody tr:visible").count() == 5
        page.fill("#words", "")
        assert page.evaluate("document.documentElement.scrollHeight") < 16_000
        context.close()
