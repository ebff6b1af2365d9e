"""Reports as Word documents: pages, numbers of lists and pages, hyphenation."""

import io
import zipfile
from datetime import date

from docx import Document
from docx.enum.section import WD_ORIENT

from elo_cli.render.documents.docx import document

DAY = date(2021, 4, 9)
WIDE = "| a | b | c | d | e | f |\n| --- | --- | --- | --- | --- | --- |\n| 1 | 2 | 3 | 4 | 5 | 6 |\n"


def part(content: bytes, name: str) -> str:
    """Return the XML of a part."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def test_a_rule_begins_a_page_and_a_wide_table_turns_it() -> None:
    """What stands behind `---` is a section of its own, on its side where six columns of text need it."""
    made = Document(io.BytesIO(document(f"# T\n\ntext\n\n---\n\n{WIDE}\n---\n\ntext\n", "fi", DAY)))
    assert [section.orientation for section in made.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    sizes = [(round(one.page_width.cm, 1), round(one.page_height.cm, 1)) for one in made.sections]  # type: ignore[union-attr]
    assert sizes == [(21.0, 29.7), (29.7, 21.0), (21.0, 29.7)]


def test_each_list_of_numbers_begins_at_one() -> None:
    """A second list does not go on with the numbers of the first."""
    content = document("# T\n\n1. a\n1. b\n\ntext\n\n1. c\n", "en", DAY)
    made = Document(io.BytesIO(content))
    found = [paragraph._p.xpath("./w:pPr/w:numPr/w:numId/@w:val") for paragraph in made.paragraphs]  # noqa: SLF001 - python-docx has no name for it
    numbers = [one[0] for one in found if one]
    assert numbers[0] == numbers[1] != numbers[2]
    assert part(content, "word/numbering.xml").count('<w:startOverride w:val="1"/>') == 2


def test_pages_are_numbered_and_words_hyphenated() -> None:
    """The foot tells the title and which page of how many; long words are broken by the rules of the language."""
    content = document("# Otsikko\n\ntext\n", "fi", DAY)
    made = Document(io.BytesIO(content))
    foot = made.sections[0].footer.paragraphs[0]
    assert foot.text.startswith("Otsikko · ")
    assert [name in foot._p.xml for name in ("PAGE", "NUMPAGES")] == [True, True]  # noqa: SLF001 - as above
    assert '<w:autoHyphenation w:val="true"/>' in part(content, "word/settings.xml")
    assert 'w:lang w:val="fi-FI"' in part(content, "word/styles.xml")


def test_columns_fill_the_page_and_keep_words_whole() -> None:
    """A table is as wide as the text, and a column of dates is no narrower than a date."""
    rows = "| When | What |\n| --- | --- |\n| 26.5.2021 | " + "words of text " * 30 + "|\n"
    table = Document(io.BytesIO(document(f"# T\n\n{rows}", "fi", DAY))).tables[0]
    widths = [column.width.cm for column in table.columns]
    assert round(sum(widths), 1) == 17.0
    assert 1.5 < widths[0] < 4
