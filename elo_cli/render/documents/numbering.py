"""The numbers and bullets of lists in a Word document: each list of numbers begins at 1, in every template."""

from typing import TYPE_CHECKING, Any, Final, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls
from docx.parts.numbering import NumberingPart

from elo_cli.render.documents.xml import element, qualified

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph

_LEVELS: Final = 3
_STEP: Final = 360
"""How far a level is set in, in twentieths of a point."""
_BULLET: Final = ("•", "–", "•")


class Numbering:
    """Two kinds of lists, with bullets and with numbers, and a number for each list of the document."""

    def __init__(self, made: "DocumentType") -> None:
        """Add both kinds to the document's definitions."""
        self._root: Any = _part(made).element
        self._bullets = self._define(numbered=False)
        self._numbers = self._define(numbered=True)
        self._plain: int | None = None

    def begin(self, *, numbered: bool) -> int:
        """The number of a new list; those with bullets are all one."""
        if not numbered:
            self._plain = self._plain or self._add(self._bullets)
            return self._plain
        return self._add(self._numbers, restart=True)

    @staticmethod
    def number(paragraph: "Paragraph", number: int, depth: int) -> None:
        """Make a paragraph a point of a list, whatever its style says."""
        properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no name for it
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = depth
        numbered.get_or_add_numId().val = number

    def _next(self, tag: str, attribute: str) -> int:
        return max((int(one.get(qualified(attribute))) for one in self._root.findall(qualified(tag))), default=0) + 1

    def _define(self, *, numbered: bool) -> int:
        name = self._next("w:abstractNum", "w:abstractNumId")
        made = element("w:abstractNum", abstractNumId=str(name))
        made.append(element("w:multiLevelType", val="multilevel"))
        for depth in range(_LEVELS):
            level = element("w:lvl", ilvl=str(depth))
            level.append(element("w:start", val="1"))
            level.append(element("w:numFmt", val="decimal" if numbered else "bullet"))
            level.append(element("w:lvlText", val=f"%{depth + 1}." if numbered else _BULLET[depth]))
            level.append(element("w:lvlJc", val="left"))
            place = element("w:pPr")
            place.append(element("w:ind", left=str(_STEP * (depth + 1)), hanging=str(_STEP)))
            level.append(place)
            made.append(level)
        # All definitions stand before the lists that follow them.
        lists = self._root.findall(qualified("w:num"))
        if lists:
            lists[0].addprevious(made)
        else:
            self._root.append(made)
        return name

    def _add(self, kind: int, *, restart: bool = False) -> int:
        made = self._root.add_num(kind)
        if restart:
            made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)


def _part(made: "DocumentType") -> NumberingPart:
    """The document's definitions of lists, new where it has none."""
    part = made.part
    try:
        return cast("NumberingPart", part.part_related_by(RELATIONSHIP_TYPE.NUMBERING))
    except KeyError:
        blob = f"<w:numbering {nsdecls('w')}/>".encode()
        name = PackURI("/word/numbering.xml")
        new: NumberingPart = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, blob, part.package)
        part.relate_to(new, RELATIONSHIP_TYPE.NUMBERING)
        return new
