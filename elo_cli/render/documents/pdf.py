"""A report as a tagged PDF (PDF/UA-1): title, language, headings, lists and table heads for a screen reader.

typst sets it, which is the extra `pdf`: it is larger than everything else that elo needs together.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

import elo_cli
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.languages import LANGUAGES, tag_of
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

FOLDER: Final = elo_cli.FOLDER / "templates" / "documents"
_MARGINS: Final = 4.0
"""Centimetres beside the text, both sides together; the template has them too."""
_FONTS: Final = ("Libertinus Serif", "DejaVu Sans Mono")
"""Those that typst brings, so that the same report is the same file on every machine."""
_LONG: Final = re.compile(r"[^\s\u200b]{41,}")
_BREAKS: Final = re.compile(r"([/?&=._-]+)|([^/?&=._-]{40})")
"""Where a word without end, such as an address, may be broken."""
_NO_LETTER: Final = re.compile(r'the text `"(?:\\u\{(?P<code>[0-9a-f]+)\}|(?P<letters>.+?))"` could not be displayed')
_MOST_LETTERS: Final = 200
"""As many letters without a font are replaced; each asks for the report to be set once more."""


def document(markdown: str, language: str, day: date) -> bytes:
    """The report as the bytes of a PDF; the same report gives the same bytes.

    A letter that typst's own fonts lack is taken from the fonts of the machine; where these lack it too, its number
    stands for it.
    """
    import typst

    told = json.dumps(_told(outline(markdown), language), ensure_ascii=False)
    machine = False
    for _ in range(_MOST_LETTERS):
        try:
            return _made(told, day, machine=machine)
        except typst.TypstError as error:
            missing = _NO_LETTER.search(error.message)
            if missing is None:
                raise
            if machine:
                letters = chr(int(missing["code"], 16)) if missing["code"] else missing["letters"]
                told = told.replace(letters, "".join(f"[U+{ord(letter):04X}]" for letter in letters))
            machine = True
    raise UsageProblem(N_("the report has too many letters for which there is no font; right would be -o report.docx"))


def _made(told: str, day: date, *, machine: bool) -> bytes:
    """The report's JSON set by the template, with the fonts of the machine or without them."""
    import typst

    compiler = typst.Compiler(
        (FOLDER / "report.typ").read_bytes(),
        root=FOLDER,
        ignore_system_fonts=not machine,
        sys_inputs={"report": told},
    )
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    content = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=moment)
    assert isinstance(content, bytes)  # noqa: S101 - without an output file these are the bytes
    return content


def _told(told: Outline, language: str) -> Mapping[str, object]:
    """What the template is given."""
    page = LANGUAGES[language].page
    code, region = _tag(language)
    return {
        "title": told.title,
        "language": code,
        "region": region,
        "page": page,
        "fonts": _FONTS,
        "sections": [_section(section, page) for section in _stepwise(told.sections)],
    }


def _stepwise(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections with no heading more than a level below the one before: a PDF/UA must leave none out."""
    last = 1
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Heading) and block.level > 1:
                last = min(block.level, last + 1)
                blocks.append(block._replace(level=last))
            else:
                blocks.append(block)
        yield section._replace(blocks=blocks)


def _tag(language: str) -> tuple[str, str | None]:
    code, _, region = tag_of(language).partition("-")
    return code, region or None


def _section(section: Section, page: tuple[float, float]) -> Mapping[str, object]:
    room = (max(page) if section.is_wide else min(page)) - _MARGINS
    return {"wide": section.is_wide, "blocks": [_block(block, room) for block in section.blocks]}


def _block(block: Block, room: float) -> Mapping[str, object]:
    match block:
        case Heading(1, line):
            return {"kind": "title", "line": _line(line)}
        case Heading(level, line):
            return {"kind": "heading", "level": level - 1, "line": _line(line)}
        case Paragraph(line):
            return {"kind": "paragraph", "line": _line(line)}
        case Points():
            return {"kind": "points", **_points(block)}
        case Table(rows, right):
            cells = [[_line(cell) for cell in row] for row in rows]
            return {"kind": "table", "rows": cells, "right": sorted(right), "widths": block.widths(room)}
        case Code(text):
            return {"kind": "code", "text": text}


def _points(points: Points) -> Mapping[str, object]:
    return {
        "numbered": points.numbered,
        "points": [
            {"line": _line(point.line), "inner": [_points(inner) for inner in point.inner]} for point in points.points
        ],
    }


def _line(line: Line) -> Sequence[Mapping[str, str | None]]:
    spans = []
    for span in line:
        code, region = _tag(span.language) if span.language else ("", None)
        text = _LONG.sub(lambda word: _BREAKS.sub("\\g<0>\u200b", word[0]), span.text)
        spans.append({"text": text, "language": code, "region": region})
    return spans
