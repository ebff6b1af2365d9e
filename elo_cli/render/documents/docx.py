"""A report as a Word document: real headings, lists and tables, so that a screen reader finds its way."""

import warnings
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from elo_cli.model.languages import LANGUAGES, tag_of
from elo_cli.render.documents.house_style import no_style, opened
from elo_cli.render.documents.numbering import Numbering
from elo_cli.render.documents.outline import (
    Block,
    Code,
    Heading,
    Line,
    Outline,
    Paragraph,
    Points,
    Section,
    Table,
    outline,
)
from elo_cli.render.documents.xml import element, qualified

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.section import Section as PageSection
    from docx.text.paragraph import Paragraph as WordParagraph

    from elo_cli.render.documents.house_style import HouseStyle

_INK: Final = RGBColor(0x16, 0x20, 0x2B)
_FONT: Final = "Calibri"
_SHADE: Final = "E9EDF2"
"""Behind the heads of a table."""
_LEVELS: Final = 3
_LEVEL_OF_HEADINGS: Final = 4
_SHORT: Final = 9
"""A table of no more rows stays on one page."""
_TITLE_LENGTH: Final = 250
_AFTER_HYPHENATION: Final = (
    "w:consecutiveHyphenLimit w:hyphenationZone w:doNotHyphenateCaps w:showEnvelope w:summaryLength "
    "w:clickAndTypeStyle w:defaultTableStyle w:evenAndOddHeaders w:bookFoldRevPrinting w:bookFoldPrinting "
    "w:bookFoldPrintingSheets w:drawingGridHorizontalSpacing w:drawingGridVerticalSpacing "
    "w:displayHorizontalDrawingGridEvery w:displayVerticalDrawingGridEvery w:doNotUseMarginsForDrawingGridOrigin "
    "w:drawingGridHorizontalOrigin w:drawingGridVerticalOrigin w:doNotShadeFormData w:noPunctuationKerning "
    "w:characterSpacingControl w:printTwoOnOne w:strictFirstAndLastChars w:noLineBreaksAfter w:noLineBreaksBefore "
    "w:savePreviewPicture w:doNotValidateAgainstSchema w:saveInvalidXml w:ignoreMixedContent "
    "w:alwaysShowPlaceholderText w:doNotDemarcateInvalidXml w:saveXmlDataOnly w:useXSLTWhenSaving "
    "w:saveThroughXslt w:showXMLTags w:alwaysMergeEmptyNamespace w:updateFields w:hdrShapeDefaults w:footnotePr "
    "w:endnotePr w:compat w:docVars w:rsids m:mathPr w:attachedSchema w:themeFontLang w:clrSchemeMapping "
    "w:doNotIncludeSubdocsInStats w:doNotAutoCompressPictures w:forceUpgrade w:captions w:readModeInkLockDown "
    "w:smartTagType sl:schemaLibrary w:shapeDefaults w:doNotEmbedSmartTags w:decimalSymbol w:listSeparator"
)
"""The settings that stand behind that of hyphenation (ISO/IEC 29500-1, 17.15.1.78)."""


def document(markdown: str, language: str, day: date, house: "HouseStyle | None" = None) -> bytes:
    """The report as the bytes of a .docx, in the style of the house where one is given.

    The same report gives the same bytes. UsageProblem when the house's file is none that Word could open.
    """
    told = outline(markdown)
    if house is None:
        made = Document()
        _look(made, language)
        return _written(made, told, language, day)
    with warnings.catch_warnings():
        # For programmers and in English; what matters of them is refused.
        warnings.simplefilter("ignore")
        made = opened(house)
        try:
            return _written(made, told, language, day)
        except Exception:  # noqa: BLE001 - python-docx raises whatever it meets in styles and numbers that are none
            raise no_style(house) from None


def _written(made: "DocumentType", told: Outline, language: str, day: date) -> bytes:
    _describe(made, told, language, day)
    _Writer(made).write(told)
    stream = BytesIO()
    made.save(stream)
    return _without_times(stream.getvalue())


class _Writer:
    """Adds the blocks of an outline."""

    def __init__(self, made: "DocumentType") -> None:
        self.made = made
        self.numbering = Numbering(made)

    def write(self, told: Outline) -> None:
        for number, section in enumerate(told.sections):
            page = self.made.sections[-1] if number == 0 else self.made.add_section(WD_SECTION.NEW_PAGE)
            _turn(page, wide=section.is_wide)
            self._section(section, page)
        first = self.made.sections[0]
        if first.footer.is_linked_to_previous:
            # A house has its own.
            _foot(first.footer.paragraphs[0], told.title)

    def _section(self, section: Section, page: "PageSection") -> None:
        assert page.page_width is not None  # noqa: S101 - `_turn` has set it
        room = page.page_width - (page.left_margin or 0) - (page.right_margin or 0)
        for block in section.blocks:
            self._block(block, room / Cm(1))

    def _block(self, block: Block, room: float) -> None:
        match block:
            case Heading(level, line):
                _runs(self.made.add_heading("", min(level - 1, _LEVEL_OF_HEADINGS)), line)
            case Paragraph(line):
                _runs(self.made.add_paragraph(), line)
            case Points():
                self._points(block, 0)
            case Table():
                self._table(block, room)
            case Code(text):
                run = self.made.add_paragraph().add_run(text)
                run.font.name = "Consolas"
                run.font.size = Pt(9)

    def _points(self, points: Points, depth: int) -> None:
        number = self.numbering.begin(numbered=points.numbered)
        depth = min(depth, _LEVELS - 1)
        name = ("List Number" if points.numbered else "List Bullet") + (f" {depth + 1}" if depth else "")
        styles = {style.name for style in self.made.styles}
        for point in points.points:
            paragraph = self.made.add_paragraph(style=name if name in styles else None)
            self.numbering.number(paragraph, number, depth)
            paragraph.paragraph_format.space_after = Pt(2)
            _runs(paragraph, point.line)
            for inner in point.inner:
                self._points(inner, depth + 1)

    def _table(self, block: Table, room: float) -> None:
        table = self.made.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
        table.autofit = False
        widths = [Cm(width) for width in block.widths(room)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, row in enumerate(block.rows):
            made = table.rows[number]
            for place, (cell, width, line) in enumerate(zip(made.cells, widths, row, strict=False)):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.paragraph_format.keep_with_next = number + 1 < len(block.rows) <= _SHORT
                if place in block.right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                _runs(paragraph, line, bold=number == 0, size=9)
                if number == 0:
                    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=_SHADE))  # noqa: SLF001 - python-docx has no name for it
            # The heads come again on every page, and no row is torn by one.
            properties = made._tr.get_or_add_trPr()  # noqa: SLF001 - as above
            properties.append(element("w:cantSplit"))
            if number == 0:
                properties.append(element("w:tblHeader"))
        after = self.made.add_paragraph().paragraph_format
        after.space_after = Pt(0)
        after.line_spacing = Pt(8)


def _runs(paragraph: "WordParagraph", line: Line, *, bold: bool = False, size: float | None = None) -> None:
    """The words of a line, each stretch with the language that it is in."""
    for span in line:
        run = paragraph.add_run(span.text)
        run.bold = bold or None
        if size is not None:
            run.font.size = Pt(size)
        if span.language:
            run._r.get_or_add_rPr().append(element("w:lang", val=tag_of(span.language)))  # noqa: SLF001 - as above


def _turn(page: "PageSection", *, wide: bool) -> None:
    """The page of a section upright, or on its side."""
    short, long = sorted((page.page_width or Cm(0), page.page_height or Cm(0)))
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (long, short) if wide else (short, long)


def _foot(paragraph: "WordParagraph", title: str) -> None:
    """The title, and which page of how many."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(f"{title} · ")
    _field(paragraph, "PAGE")
    paragraph.add_run("/")
    _field(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size = Pt(9)


def _field(paragraph: "WordParagraph", name: str) -> None:
    """A number that Word works out."""
    for kind in ("begin", "separate", "end"):
        paragraph.add_run()._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001 - as above
        if kind == "begin":
            code = element("w:instrText")
            code.text = name
            paragraph.add_run()._r.append(code)  # noqa: SLF001 - as above
        elif kind == "separate":
            paragraph.add_run("1")


def _look(made: "DocumentType", language: str) -> None:
    """Our own look: the language's page, one font, dark text."""
    page = made.sections[0]
    page.page_width, page.page_height = (Cm(length) for length in LANGUAGES[language].page)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    page.footer_distance = Cm(1)
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
        fonts.set(qualified("w:hAnsi"), _FONT)
        fonts.set(qualified("w:cs"), _FONT)
    for name, size, before, after in (
        ("Normal", 10, 0, 4),
        ("Title", 18, 0, 6),
        ("Heading 1", 13, 10, 3),
        ("Heading 2", 11.5, 8, 2),
        ("Heading 3", 10.5, 6, 2),
    ):
        styles[name].font.size = Pt(size)
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.space_after = Pt(after)


def _describe(made: "DocumentType", told: Outline, language: str, day: date) -> None:
    """The language, whose rules break long words, and properties that do not change from run to run."""
    tag = tag_of(language)
    styles: Any = made.styles
    normal = styles["Normal"].element.get_or_add_rPr()
    for old in normal.findall(qualified("w:lang")):
        normal.remove(old)
    normal.append(element("w:lang", val=tag))
    settings: Any = made.settings.element
    if settings.find(qualified("w:autoHyphenation")) is None:
        settings.insert_element_before(element("w:autoHyphenation", val="true"), *_AFTER_HYPHENATION.split())
    properties = made.core_properties
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties.title = told.title[:_TITLE_LENGTH]
    properties.author = properties.last_modified_by = "elo"
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.language = tag
    properties.created = properties.modified = moment
    properties.revision = 1


def _without_times(content: bytes) -> bytes:
    """The same archive with fixed times in it, so that the same report is the same file."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), old.read(info.filename), ZIP_DEFLATED)
    return stream.getvalue()
