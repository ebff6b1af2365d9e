"""A report's Markdown as a Word document: real headings, lists and tables, so that a screen reader finds its way."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from elo_cli.model.languages import LANGUAGES, tag_of
from elo_cli.render.reports.html import parsed, stretches, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph
    from markdown_it.token import Token

_INK: Final = RGBColor(0x16, 0x20, 0x2B)
_FONT: Final = "Calibri"
_LEVELS: Final = 3
_PAGE: Final = 17.0
"""Centimetres between the margins."""
_LETTER: Final = 0.19
_BOLD: Final = 1.15
_PADDING: Final = 0.5
"""Centimetres for a letter of a cell's text, how much wider a bold one is, and the room around it."""
_LONG_WORD: Final = 16


def document(markdown: str, language: str, day: date) -> bytes:
    """The report as the bytes of a .docx; the same report gives the same bytes."""
    made = Document()
    _prepare(made, language, day)
    _Writer(made).write(parsed(markdown))
    stream = BytesIO()
    made.save(stream)
    return _without_times(stream.getvalue())


class _Writer:
    """Walks the reader's tokens and adds what they open."""

    def __init__(self, made: "DocumentType") -> None:
        self.made = made
        self.lists: list[str] = []
        self.titled = False

    def write(self, tokens: "Sequence[Token]") -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(place for place in range(at, len(tokens)) if tokens[place].type == "table_close")
                self._table(tokens[at : end + 1])
                at = end
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                self.lists.append("List Bullet" if token.type.startswith("bullet") else "List Number")
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                self.lists.pop()
            elif token.type == "fence":
                self._code(token.content)
            elif token.type == "inline":
                self._inline(tokens[at - 1], token)
            at += 1

    def _inline(self, opening: "Token", token: "Token") -> None:
        if opening.type == "heading_open":
            level = int(opening.tag[1:])
            paragraph = self.made.add_heading("", level - 1 if self.titled else 0)
            if not self.titled and level == 1:
                self.made.core_properties.title = words_of(token)[:250]
            self.titled = True
        elif self.lists:
            depth = min(len(self.lists), _LEVELS)
            paragraph = self.made.add_paragraph(style=self.lists[-1] + (f" {depth}" if depth > 1 else ""))
        else:
            paragraph = self.made.add_paragraph()
        _runs(paragraph, token)

    def _code(self, content: str) -> None:
        paragraph = self.made.add_paragraph()
        run = paragraph.add_run(content.rstrip("\n"))
        run.font.name = "Consolas"
        run.font.size = Pt(9)

    def _table(self, tokens: "Sequence[Token]") -> None:
        rows: list[list[tuple[Token, bool]]] = []
        for at, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append((token, tokens[at - 1].attrGet("style") == "text-align:right"))
        table = self.made.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        table.autofit = False
        widths = _widths([[words_of(token) for token, _ in row] for row in rows])
        for column, width in zip(table.columns, widths, strict=False):
            column.width = width
        for number, row in enumerate(rows):
            cells = table.rows[number].cells
            for cell, width, (token, right) in zip(cells, widths, row, strict=False):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                if right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                _runs(paragraph, token, bold=number == 0, size=9)
        # The heads come again on every page, and no row is torn by one.
        for number, row in enumerate(table.rows):
            properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for these
            properties.append(_element("w:cantSplit"))
            if number == 0:
                properties.append(_element("w:tblHeader"))
        self.made.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(rows: list[list[str]]) -> list[Cm]:
    """Widths that leave the longest word of each column whole, and share what is left by how much the columns hold."""
    columns = list(zip(*rows, strict=False))
    # The heads are bold, and so wider.
    longest = [
        max((len(word) * (1 if row else _BOLD) for row, text in enumerate(column) for word in text.split()), default=1)
        for column in columns
    ]
    least = [min(word, _LONG_WORD) * _LETTER + _PADDING for word in longest]
    means = [min(sum(map(len, column)) / len(column), 80) + 1 for column in columns]
    left = max(_PAGE - sum(least), 0)
    shares = [base + left * mean / sum(means) for base, mean in zip(least, means, strict=True)]
    return [Cm(_PAGE * share / sum(shares)) for share in shares]


def _runs(paragraph: "Paragraph", token: "Token", *, bold: bool = False, size: float | None = None) -> None:
    """The words of a line, each stretch with the language that it is in."""
    for words, language in stretches(token):
        run = paragraph.add_run(words)
        run.bold = bold or None
        if size is not None:
            run.font.size = Pt(size)
        if language:
            run._r.get_or_add_rPr().append(_element("w:lang", val=tag_of(language)))  # noqa: SLF001


def _prepare(made: "DocumentType", language: str, day: date) -> None:
    """The language's page and tag, one font, dark text, and properties that do not change from run to run."""
    section = made.sections[0]
    section.page_width, section.page_height = (Cm(length) for length in LANGUAGES[language].page)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    styles: Any = made.styles
    for name in ("Normal", "Title", *(f"Heading {level}" for level in range(1, 5))):
        font = styles[name].font
        font.name = _FONT
        font.color.rgb = _INK
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            # The theme's font would win over the one that is named.
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        fonts.set(qn("w:hAnsi"), _FONT)
        fonts.set(qn("w:cs"), _FONT)
    for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 15), ("Heading 2", 12.5)):
        styles[name].font.size = Pt(size)
    normal = styles["Normal"].element.get_or_add_rPr()
    normal.append(_element("w:lang", val=tag_of(language)))
    properties = made.core_properties
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties.author = properties.last_modified_by = "elo"
    properties.comments = ""
    properties.language = tag_of(language)
    properties.created = properties.modified = moment
    properties.revision = 1


def _element(name: str, **attributes: str) -> Any:  # noqa: ANN401 - lxml elements have no type here
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _without_times(content: bytes) -> bytes:
    """The same archive with fixed times in it, so that the same report is the same file."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), old.read(info.filename), ZIP_DEFLATED)
    return stream.getvalue()
