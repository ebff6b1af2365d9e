"""Names as links and fallbacks with their language: on every page and in every report, of texts of any kind."""

import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document

from tests import hostile, trackers
from tests.running import Runner

DAY = ("--as-of", "2022-06-01")
WORD = "Qz"
"""Stands in each text of the data, all of which are in English."""
REPORTS = (
    *(("summary", "--all"), ("meeting", "--meeting", "meeting"), ("chase",), ("rrf",), ("progress",), ("funding",)),
    ("amendments", "2021-01-01..2022-06-01"),
)
VOID = frozenset({"meta", "link", "input"})


class Marks(HTMLParser):
    """Collects the texts with the word that no element says to be English; a title and a picture cannot say it."""

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.unmarked: list[str] = []
        self.links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that holds others."""
        self.links += tag == "a"
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over an element of a picture that holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Close the last element, which must be this one."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Note a text in the language of the page that is not in it."""
        languages = [language for tag, language in self.open if language is not None and tag != "svg"]
        if WORD in data and languages[-1:] != ["en"] and not {"title", "svg"} & {tag for tag, _ in self.open}:
            self.unmarked.append(data)


def marks(page: str) -> Marks:
    """Hold a page to what any page is, and return its marks."""
    assert not re.search("[\x00-\x08\x0b-\x1f]", page)
    assert "&lt;a href" not in page
    assert "&lt;span" not in page
    reader = Marks()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a tracker in English whose every text is hostile, to be read in Finnish."""
    config = trackers.CONFIG.replace("  - en\n", "  - en\n  - fi\n")
    texts = {name: text.replace('en: "', f'en: "{WORD} ') for name, text in hostile.files().items()}
    return trackers.write(tmp_path_factory.mktemp("marks") / "data", {**texts, "tracker": config})


def test_pages(elo: Runner, data: Path, tmp_path: Path) -> None:
    """On every page each English text is said to be English, and a name leads to its record from wherever it stands."""
    assert elo("site", str(tmp_path / "site"), *DAY, data=data).code == 0
    for path in sorted((tmp_path / "site" / "fi").rglob("*.html")):
        assert marks(path.read_text("utf-8")).unmarked == [], path
    measure = (tmp_path / "site/fi/measures/measure-x0.html").read_text("utf-8")
    for target in ("goals/goal-x0", "organisations/org-x0", "documents/doc-x0", "milestones/milestone-x0"):
        assert f'<a href="../{target}.html"><span lang="en">{WORD} &lt;script&gt;' in measure, target
    for name in ("index", "deadlines", "money", "changes", "search"):
        assert f'.html"><span lang="en">{WORD} ' in (tmp_path / f"site/fi/{name}.html").read_text("utf-8"), name


@pytest.mark.parametrize("words", REPORTS, ids=lambda words: str(words[0]))
def test_reports(elo: Runner, data: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    """In HTML and in Word each English text is said to be English, in Markdown it is followed by the code."""
    call = ("report", *words, *DAY, "--lang", "fi", "--without-revision")
    html = elo(*call, "--format", "html", data=data).out
    assert marks(html).unmarked == []
    assert f'<span lang="en">{WORD} ' in html
    markdown = elo(*call, data=data).out
    assert markdown.count("(en)") >= html.count('<span lang="en">')
    path = tmp_path / "report.docx"
    assert elo(*call, "-o", str(path), data=data).code == 0
    for language, text in _runs(path):
        assert WORD not in text or language == "en-GB", text


def _runs(path: Path) -> Iterator[tuple[str, str]]:
    """The stretches of a document, each with the language that it names."""
    document = zipfile.ZipFile(path).read("word/document.xml").decode()
    for run in re.findall("<w:r>(.*?)</w:r>", document, re.DOTALL):
        language = re.search('<w:lang w:val="([^"]*)"', run)
        yield language[1] if language else "", "".join(re.findall("<w:t[^>]*>([^<]*)", run))
    assert Document(str(path)).paragraphs


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "<span lang='fi'>", "</span>", '<span lang="fi" onclick="x">', "<!-- x -->"]
)
def test_only_a_language_is_an_element(elo: Runner, data: Path, tmp_path: Path, text: str) -> None:
    """Whatever HTML a template writes into Markdown is text; an element that says a language is closed at the line."""
    template = tmp_path / "t.md.jinja"
    template.write_text(
        f'# A {text}\n\n{text}\n\nB <span lang="sv">{text} **C**\n\n| d {text} |\n| --- |\n| e |\n', "utf-8"
    )
    page = elo("report", "summary", "--template", str(template), *DAY, "--format", "html", data=data).out
    reader = marks(page.replace("&lt;span", "&lt;"))
    assert reader.links == 0
    # The heading is the title, too, and an end ends the language that was open.
    assert page.count("&lt;") == page.count("&gt;") == 5 * text.count("<") - (text == "</span>")
    assert page.count('<span lang="sv">') == 1
