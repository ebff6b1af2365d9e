"""Reports as PDF: accessible, the same when made again, and no text of the data is code."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import page
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from elo_cli.model.languages import LANGUAGES
from elo_cli.render.documents import pdf
from tests import hostile
from tests.running import Runner

NAMES = ("summary", "meeting", "chase", "rrf", "progress", "funding")
DAY = date(2021, 4, 9)


def elements(content: bytes) -> list[Any]:
    """Return the elements of the structure, in the order in which they are read out."""

    def below(reference: PdfObject | None) -> Iterator[Any]:
        node = reference.get_object() if reference is not None else None
        if isinstance(node, ArrayObject):
            for child in node:
                yield from below(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            yield from below(node.get("/K"))

    return list(below(PdfReader(io.BytesIO(content)).root_object["/StructTreeRoot"]))


def text(content: bytes) -> str:
    """Return the words of all pages, without what a break of a line brings in."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(one.extract_text().split()) for one in pages).replace("\u200b", "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_report_keeps_pdf_ua(elo: Runner, tmp_path: Path, name: str, lang: str) -> None:
    """Each report in each language passes the rules of PDF/UA-1 that a program can judge, and says its language."""
    path = tmp_path / "report.pdf"
    about = ("--meeting", "forum-2021-04-09") if name == "meeting" else ()
    assert elo("report", name, *about, "--lang", lang, "-o", str(path)).code == 0
    content = path.read_bytes()
    judged = page.validate_pdf_bytes(content, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in judged.failures] == []
    root: Any = PdfReader(path).root_object
    assert root["/Lang"] == LANGUAGES[lang].tag
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert str(tmp_path) not in text(content)
    assert str(tmp_path).encode() not in content


def test_structure_is_told() -> None:
    """Title, headings by level, lists and heads of columns are elements of their own; a fallback says its language."""
    markdown = (
        '# Title\n\n## Part\n\n### Piece\n\nText <span lang="fi">suomeksi</span>.\n\n1. one\n   - inner\n\n'
        "| Head | Number |\n| --- | ---: |\n| a | 1 |\n| b | 2 |\n\n---\n\n## Annex\n"
    )
    content = pdf.document(markdown, "en", DAY)
    told = elements(content)
    kinds = [one["/S"] for one in told]
    assert [kind for kind in kinds if kind in {"/Title", "/H1", "/H2"}] == ["/Title", "/H1", "/H2", "/H1"]
    assert (kinds.count("/Table"), kinds.count("/TH"), kinds.count("/TD"), kinds.count("/L")) == (1, 2, 4, 2)
    heads = [one for one in told if one["/S"] == "/TH"]
    assert all(any(said.get("/Scope") == "/Column" for said in one["/A"]) for one in heads)
    reader = PdfReader(io.BytesIO(content))
    drawn = reader.pages[0].get_contents()
    assert drawn is not None
    assert drawn.get_data().count(b"/Lang(fi-FI)") == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "Title"
    assert len(reader.pages) == 2


def test_no_level_of_headings_is_left_out() -> None:
    """A template that leaves a level out gives a PDF all the same, which PDF/UA would else refuse."""
    content = pdf.document("# Title\n\n#### Deep\n\n###### Deeper\n\n## Next\n", "en", DAY)
    assert [kind for node in elements(content) if (kind := node["/S"]) in {"/H1", "/H2", "/H3"}] == [
        "/H1",
        "/H2",
        "/H1",
    ]


def test_wide_tables_lie_on_their_side() -> None:
    """A section with six columns of text has a page on its side, one with columns of numbers has not."""
    wide = "| a | b | c | d | e | f |\n| --- | --- | --- | --- | --- | --- |\n| 1 | 2 | 3 | 4 | 5 | 6 |\n"
    content = pdf.document(f"# T\n\n{wide}\n---\n\n{wide.replace('---', '---:')}", "fi", DAY)
    sizes = [one.mediabox for one in PdfReader(io.BytesIO(content)).pages]
    assert [size.width > size.height for size in sizes] == [True, False]


def test_heads_come_again_and_rows_stay_whole() -> None:
    """The head of a long table stands on each of its pages."""
    rows = "".join(f"| row {number} | text |\n" for number in range(120))
    content = pdf.document(f"# T\n\n| Name of it | Other |\n| --- | --- |\n{rows}", "en", DAY)
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) > 1
    assert ["Name of it" in one.extract_text() for one in pages] == [True] * len(pages)


def test_same_report_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes follow from the report and its day alone, and a zone of time does not matter."""
    one = pdf.document("# T\n\nÄiti\n", "fi", DAY)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert pdf.document("# T\n\nÄiti\n", "fi", DAY) == one
    assert b"D:20210409" in one


@pytest.mark.parametrize(
    "attack",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.0": *',
        "#sys.inputs",
        "$x^2$ _a_ *b* `c` <d> @e",
        '")] #panic("x") #[',
        "\\u{41} // comment /* more",
        "= Heading",
    ],
)
def test_text_is_no_code(attack: str) -> None:
    """What Typst would run, import, read or set off is text where it stands, in any place."""
    escaped = "".join(f"\\{sign}" if sign in '\\`*_{}[]<>()#+-.!|@$=/"&' else sign for sign in attack)
    content = pdf.document(
        f"# {escaped}\n\n{escaped}\n\n- {escaped}\n\n| {escaped} |\n| --- |\n| {escaped} |\n", "en", DAY
    )
    assert text(content).count("".join(attack.split())) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_hostile_data_is_set(elo: Runner, tmp_path: Path, name: str) -> None:
    """A report of texts that attack, of emoji and of letters in no font, is set, tagged, and says PDF/UA of itself."""
    data = hostile.write(tmp_path / "data")
    path = tmp_path / "report.pdf"
    about = ("--meeting", "meeting") if name == "meeting" else ()
    call = ("report", name, *about, "--lang", "en", "--as-of", "2022-06-01", "-o", str(path))
    assert elo(*call, data=data).code == 0
    assert elements(path.read_bytes())
    assert b"pdfuaid" in path.read_bytes()


def test_letters_without_a_font_are_told_by_number() -> None:
    """A letter that no font has is not left out: its number stands for it."""
    assert "x[U+0378]y" in text(pdf.document("# T\n\nx\u0378y\n", "en", DAY))


def test_long_addresses_stay_on_the_page() -> None:
    """A word without end is broken, so that none of it lies outside the page."""
    address = "https://example.org/" + "/".join(["osa"] * 60)
    content = pdf.document(f"# T\n\n{address}{'x' * 300}\n", "fi", DAY)
    assert text(content).count("x" * 300) == 1
    edges: list[float] = []

    def seen(words: str, _cm: object, place: list[float], _font: object, _size: object) -> None:
        if words.strip():
            edges.append(place[4])

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=seen)
    assert max(edges) < 595
