"""Foreign readers of every form that elo writes: what they would make of it must be text and nothing else."""

import csv
import io
import json
import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from typing import Final
from zipfile import ZipFile

import cmarkgfm
import comrak
from defusedxml.ElementTree import fromstring
from icalendar import Calendar
from openpyxl import load_workbook

ZERO_WIDTH: Final = "\u200b"
_RAW: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_COMMAND: Final = re.compile(r"(?im)^\s*::[a-z]|##[a-z]*\[")
_MARKDOWN_TAGS: Final = frozenset(
    "h1 h2 h3 h4 h5 h6 hr p ul ol li table thead tbody tr th td code pre strong br del".split()  # noqa: SIM905 - reads better
)
_SHAPES: Final = {"svg", "g", "defs", "pattern", "rect", "line", "path", "circle", "polygon", "text", "title", "desc"}
_REFERENCES: Final = {
    "address": re.compile(r"(?i)[a-z][a-z0-9+.-]*://|www\.|(?:mailto|xmpp):\w"),
    "mention": re.compile(r"@\w"),
    "reference": re.compile(r"[#!$&][0-9]|%[\w\"{]|~[\w\"]|(?i:gh|gl)-[0-9]"),
    "emoji": re.compile(r":[a-z0-9_+-]{1,50}:"),
    "commit": re.compile(r"(?<![0-9A-Za-z])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7,40}(?![0-9A-Za-z])"),
    "filter": re.compile(r"\[\w+:[0-9]|\[TOC\]|\[\[|[\[{][+-]|\*iteration:"),
}
"""What GitHub and GitLab make of the text that is left when the Markdown has been read."""
_SPREADSHEET: Final = re.compile(r"[\s\x00-\x20\u200b-\u200f\u2060\u2800\u3164\ufeff\"]*[=+\-@＝＋－＠]")  # noqa: RUF001 - full-width forms
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DIRECTIVE: Final = re.compile(
    r"(?i)(gantt|title|section|date|axis|tick|today|inclusive|top|include|exclude|week|click|end|acc|[0-9%:;#])"
)


class _Page(HTMLParser):
    """Collects the elements with their attributes, and the text outside code."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        self.code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        """Note the end of code."""
        self.code -= tag == "code"

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if not self.code:
            self.texts.append(data)


def text(answer: str, *, commands: bool = False) -> None:
    """Hold an answer to what any screen and any log may be sent."""
    assert not (found := _RAW.search(answer)), (found, _around(answer, found))
    assert commands or not (found := _COMMAND.search(answer)), _around(answer, found)


def markdown(answer: str) -> None:
    """Hold Markdown to elements of our own, and its words to what neither GitHub nor GitLab links."""
    for html in rendered(answer):
        page = _Page()
        page.feed(html)
        tags = [tag for tag, _ in page.elements]
        assert set(tags) <= _MARKDOWN_TAGS, (set(tags) - _MARKDOWN_TAGS, html[:2000])
        # A brief begins a new page before each of its two annexes.
        assert tags.count("hr") <= 2
        joined = re.sub("SHA-256 [0-9a-f]{16}$", "", "\n".join(page.texts), flags=re.MULTILINE)
        for name, pattern in _REFERENCES.items():
            found = pattern.search(joined)
            assert not found, (name, _around(joined, found))


def rendered(answer: str) -> Iterator[str]:
    """Give the HTML that GitHub's reader and GitLab's make of Markdown."""
    yield str(cmarkgfm.github_flavored_markdown_to_html(answer))
    extensions, parsing = comrak.ExtensionOptions(), comrak.ParseOptions()
    for name in (
        *("autolink", "strikethrough", "table", "tasklist", "footnotes", "description_lists", "math_dollars"),
        *("math_code", "shortcodes", "alerts", "multiline_block_quotes", "wikilinks_title_after_pipe"),
    ):
        setattr(extensions, name, True)
    parsing.relaxed_autolinks = True
    yield comrak.render_markdown(answer, extension_options=extensions, parse_options=parsing)


def html(answer: str, *, own: Collection[str] = ()) -> None:
    """Hold HTML to no script but files of these names, no handler, and addresses within or that are what they say."""
    page = _Page()
    page.feed(answer)
    scripts = [attributes.get("src") or "" for tag, attributes in page.elements if tag == "script"]
    assert {src.rpartition("/")[2] for src in scripts} <= set(own)
    assert [src for src in scripts if ":" in src or src.startswith("/")] == []
    assert not {tag for tag, _ in page.elements} & {"img", "iframe", "object", "embed", "base"}
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        address = attributes.get("href") or attributes.get("src") or ""
        assert "javascript" not in address
        assert ":" not in address or address.startswith(("http://", "https://")), address


def comma(answer: str) -> None:
    """Hold CSV to cells that no program runs, whether it reads commas, semicolons or lines."""
    for row in csv.reader(io.StringIO(answer, newline=""), strict=True):
        for cell in row:
            assert _NUMBER.fullmatch(cell) or not _SPREADSHEET.match(cell), cell
    for line in answer.splitlines():
        for cell in line.split(";"):
            assert not _SPREADSHEET.match(cell), cell


def sheet(content: bytes) -> None:
    """Hold a workbook to texts, numbers and days: no formula and no link."""
    for page in load_workbook(io.BytesIO(content)):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d", "b"}, cell.value
                assert cell.hyperlink is None


def document(content: bytes) -> None:
    """Hold a Word document to well-formed XML without links or objects, and no field but those that number pages."""
    with ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        for name in names:
            if name.endswith((".xml", ".rels")):
                root = fromstring(archive.read(name))
                found = {one.tag.rpartition("}")[2] for one in root.iter()}
                assert not found & {"hyperlink", "fldSimple", "object", "altChunk"}, name
                fields = {one.text for one in root.iter() if one.tag.endswith("}instrText")}
                assert fields <= {"PAGE", "NUMPAGES"}, name
                assert not [one for one in root.iter() if one.get("TargetMode") == "External"], name


def picture(answer: str) -> None:
    """Hold an SVG to shapes and text."""
    root = fromstring(answer)
    found = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert found <= _SHAPES, found
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on") or "href" in name]


def calendar(content: bytes) -> None:
    """Hold a calendar to events without addresses, attachments or people."""
    for event in Calendar.from_ical(content.decode()).walk():
        assert not {"URL", "ATTACH", "ATTENDEE", "ORGANIZER", "X-ALT-DESC"} & set(event)


def data(answer: str) -> None:
    """Hold JSON to what every reader of it takes."""
    json.loads(answer).__class__.__name__.encode()
    json.dumps(json.loads(answer), ensure_ascii=False).encode()


def chart(answer: str) -> None:
    """Hold a Mermaid chart to the lines of its grammar: a name begins like no directive, date or comment."""
    first, title, *lines = answer.splitlines()
    assert (first, title[:10]) == ("gantt", "    title ")
    for line in lines[3:]:
        found = re.fullmatch(
            r"    (?:section (?P<section>.+)|(?P<name>.+) :[a-z0-9, -]+)", re.sub(r"#[0-9]+;", "\u2022", line)
        )
        assert found, line
        name = found["section"] or found["name"]
        assert re.fullmatch(r"[\w •.()/–-]+", name), line
        assert not _DIRECTIVE.match(name), line


def _around(answer: str, found: re.Match[str] | None) -> str:
    return answer[max(found.start() - 60, 0) : found.end() + 60] if found else ""
