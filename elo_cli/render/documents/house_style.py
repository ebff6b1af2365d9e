"""A Word file of the user's whose styles, margins, header and footer a report takes: judged before it is opened."""

import re
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from elo_cli.model.errors import N_, UsageProblem
from elo_cli.render.documents.xml import qualified
from elo_cli.store.tables.package import Package, PartReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as DocumentType

MAX_BYTES: Final = 16 * 1024 * 1024
"""A larger file is not read."""
_NEEDED: Final = ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Table Grid")
"""The styles that a report is written in; a house that lacks one gets ours."""
_PROGRAM: Final = re.compile(r"vbaProject|activeX|/embeddings/|\.bin$", re.IGNORECASE)
_RELATIONS: Final = frozenset(
    {
        "classificationlabels",
        "comments",
        "commentsExtended",
        "commentsExtensible",
        "commentsIds",
        "core-properties",
        "custom-properties",
        "customXml",
        "customXmlProps",
        "endnotes",
        "extended-properties",
        "font",
        "fontTable",
        "footer",
        "footnotes",
        "glossaryDocument",
        "header",
        "hyperlink",
        "image",
        "numbering",
        "officeDocument",
        "people",
        "settings",
        "styles",
        "stylesWithEffects",
        "theme",
        "thumbnail",
        "webSettings",
    }
)
"""What a part of the written document may be to another one: nothing among it runs or brings in a file."""
_FIELDS: Final = frozenset(
    {
        "AUTHOR",
        "COMMENTS",
        "CREATEDATE",
        "DATE",
        "DOCPROPERTY",
        "DOCVARIABLE",
        "EDITTIME",
        "FILENAME",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "HYPERLINK",
        "IF",
        "KEYWORDS",
        "LASTSAVEDBY",
        "NUMCHARS",
        "NUMPAGES",
        "NUMWORDS",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "REF",
        "REVNUM",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "STYLEREF",
        "SUBJECT",
        "SYMBOL",
        "TIME",
        "TITLE",
        "TOC",
        "USERNAME",
    }
)
"""Fields that tell of the document; others start a program or fetch a file, such as DDEAUTO and INCLUDEPICTURE."""
_FIELD_NAME: Final = re.compile(r"[\s\\]")
_ADDRESSES: Final = frozenset({"src", "href", "althref"})
"""Attributes by which a drawing (VML) names a picture without a relation."""
_OUTSIDE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]{2}", re.IGNORECASE)
_XML: Final = (".xml", ".rels")
_TYPES: Final = "[Content_Types].xml"
_TEMPLATE_TYPE: Final = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE: Final = b"wordprocessingml.document.main+xml"
_ATTACHED: Final = "/attachedTemplate"
_ALLOWED_OUTSIDE: Final = ("/hyperlink", _ATTACHED)
"""Relations that may lead out of the file: links that a reader follows, and where Word took the template from, which
is left out of what is written."""


class HouseStyle(NamedTuple):
    """A .docx or .dotx by its bytes, and its name as messages show it."""

    content: bytes
    name: str


def opened(house: HouseStyle) -> "DocumentType":
    """The house's document without its text.

    UsageProblem when it is no Word file, is made to grow, holds a program, or takes in something from outside;
    TableProblem when the package is damaged.
    """
    if not house.content.startswith(b"PK"):
        raise no_style(house)
    _judge(house)
    try:
        made = Document(BytesIO(_as_document(house.content)))
        _clear(made)
        stream = BytesIO()
        made.save(stream)
    except Exception:  # noqa: BLE001 - python-docx and lxml raise whatever they meet in a file that is no document
        raise no_style(house) from None
    _judge_rest(house, stream.getvalue())
    return made


def no_style(house: HouseStyle) -> UsageProblem:
    """What to say of a file that Word, or python-docx, could not open or write in."""
    return UsageProblem(
        N_("“{file}” is no Word document; right would be a file of Word’s own, .docx or .dotx"), file=house.name
    )


def _judge(house: HouseStyle) -> None:
    """Refuse what must not even be opened: an archive or XML made to grow, programs, and what comes from outside."""
    package = Package(house.content, house.name)
    if any(_PROGRAM.search(part) for part in package.parts):
        raise _foreign(house, "program")
    for part in sorted(package.parts):
        if part == _TYPES:
            package.parse(part, _Types())
        elif part.endswith(_XML):
            _judge_part(house, package, part, _Relations(_ALLOWED_OUTSIDE, None))


def _judge_rest(house: HouseStyle, content: bytes) -> None:
    """Refuse what would stand in every report: of the house's text nothing is left by now."""
    package = Package(content, house.name)
    for part in sorted(package.parts):
        if part.endswith(".rels"):
            _judge_part(house, package, part, _Relations(_ALLOWED_OUTSIDE[:1], _RELATIONS))
        elif part.endswith(".xml"):
            _judge_part(house, package, part, _Fields())


def _judge_part(house: HouseStyle, package: Package, part: str, found: "_Finds") -> None:
    package.parse(part, found)
    if found.foreign is not None:
        raise _foreign(house, found.foreign)
    if found.outside is not None:
        raise UsageProblem(
            N_("“{file}” takes in something from outside itself ({kind}); right would be one that stands alone"),
            file=house.name,
            kind=found.outside,
        )


def _foreign(house: HouseStyle, kind: str) -> UsageProblem:
    return UsageProblem(
        N_(
            "“{file}” holds what may run a program or bring in another file ({kind}); right would be one without, "
            "saved as .docx"
        ),
        file=house.name,
        kind=kind,
    )


class _Types(PartReader):
    """Refuses to take a part for XML whose name does not say so: it would be opened without being judged."""

    def start(self, name: str, attributes: "Mapping[str, str]") -> None:
        del name
        kind = attributes.get("ContentType", "").casefold()
        place = attributes.get("PartName", "." + attributes.get("Extension", ""))
        if kind.startswith("application/") and kind.endswith("xml") and not place.endswith(_XML):
            raise ValueError(place)


class _Finds(PartReader):
    """Finds what a house must not have: in the words of the file, what runs or brings in, and what lies outside."""

    foreign: str | None = None
    outside: str | None = None


class _Relations(_Finds):
    """Finds a relation that brings in what does not lie in the file, or that is none of those that may be."""

    def __init__(self, outside: tuple[str, ...], known: frozenset[str] | None) -> None:
        self._outside, self._known = outside, known

    def start(self, name: str, attributes: "Mapping[str, str]") -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "")
        short = kind.rpartition("/")[2]
        if attributes.get("TargetMode") == "External" and not kind.endswith(self._outside):
            self.outside = short[:40]
        elif self._known is not None and short not in self._known:
            self.foreign = short[:40]


class _Fields(_Finds):
    """Finds a field that does more than tell of the document, the data of letters, and a picture by its address."""

    def __init__(self) -> None:
        self._codes: list[str | None] = []
        """Of each field that is open, what it does, in as many pieces as Word made of it; None after that."""
        self._reads = False

    def start(self, name: str, attributes: "Mapping[str, str]") -> None:
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "mailMerge":
            self.foreign = name
        elif name == "fldSimple":
            self._field(values.get("instr", ""))
        elif name == "fldChar":
            self._boundary(values.get("fldCharType"))
        self._reads = name in {"instrText", "delInstrText", "t"}
        if any(name in _ADDRESSES and _OUTSIDE.match(value.strip()) for name, value in values.items()):
            self.outside = name[:40]

    def text(self, data: str) -> None:
        if self._reads and self._codes and self._codes[-1] is not None:
            self._codes[-1] += data

    def end(self, name: str) -> None:
        del name
        self._reads = False

    def _boundary(self, kind: str | None) -> None:
        if kind == "begin":
            if self._codes and self._codes[-1] is not None and not self._codes[-1].strip():
                # What it does would be worked out.
                self.foreign = "field"
            self._codes.append("")
        elif self._codes:
            if self._codes[-1] is not None:
                self._field(self._codes[-1])
            self._codes[-1] = None
            if kind == "end":
                self._codes.pop()

    def _field(self, code: str) -> None:
        name = _FIELD_NAME.split(code.strip(), maxsplit=1)[0]
        if name and not name.startswith("=") and name.upper() not in _FIELDS:
            self.foreign = name[:40]


def _as_document(content: bytes) -> bytes:
    """A template (.dotx) as the document that it is but for its declared type."""
    with ZipFile(BytesIO(content)) as old:
        if _TEMPLATE_TYPE not in old.read(_TYPES):
            return content
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as new:
            for info in old.infolist():
                part = old.read(info.filename)
                new.writestr(
                    info.filename, part.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE) if info.filename == _TYPES else part
                )
    return stream.getvalue()


def _clear(made: "DocumentType") -> None:
    """Leave the page, the styles, the header and the footer: no text, and not where the template came from."""
    body: Any = made.element.body
    for child in list(body):
        if child.tag != qualified("w:sectPr"):
            body.remove(child)
    settings: Any = made.settings.element
    for attached in settings.findall(qualified("w:attachedTemplate")):
        settings.remove(attached)
    relations = made.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith(_ATTACHED)]:
        del relations[name]
    _complete(made)


def _complete(made: "DocumentType") -> None:
    """Our styles where the house has none of that name, based on the house's own text."""
    styles: Any = made.styles
    missing = [name for name in _NEEDED if name not in {style.name for style in styles}]
    if not missing:
        return
    ours: Any = Document().styles
    base = styles.default(1)
    for name in missing:
        copied = deepcopy(ours[name].element)
        for tag in ("w:link", "w:next"):
            for child in copied.findall(qualified(tag)):
                copied.remove(child)
        based = copied.find(qualified("w:basedOn"))
        if based is not None and base is not None and name != "Table Grid":
            based.set(qualified("w:val"), base.style_id)
        styles.element.append(copied)
