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
        raise _no_style(house)
    _judge(house)
    try:
        made = Document(BytesIO(_as_document(house.content)))
        _clear(made)
    except Exception:  # noqa: BLE001 - python-docx and lxml raise whatever they meet in a file that is no document
        raise _no_style(house) from None
    return made


def _no_style(house: HouseStyle) -> UsageProblem:
    return UsageProblem(
        N_("“{file}” is no Word document; right would be a file of Word’s own, .docx or .dotx"), file=house.name
    )


def _judge(house: HouseStyle) -> None:
    package = Package(house.content, house.name)
    if any(_PROGRAM.search(part) for part in package.parts):
        raise UsageProblem(
            N_("“{file}” holds a program or another file inside; right would be one without, saved as .docx"),
            file=house.name,
        )
    for part in sorted(package.parts):
        if part.endswith((".xml", ".rels")):
            relations = _Outside()
            package.parse(part, relations)
            if part.endswith(".rels") and relations.found is not None:
                raise UsageProblem(
                    N_(
                        "“{file}” takes in something from outside itself ({kind}); right would be one that stands alone"
                    ),
                    file=house.name,
                    kind=relations.found,
                )


class _Outside(PartReader):
    """Finds a relation that brings in what does not lie in the file."""

    def __init__(self) -> None:
        self.found: str | None = None

    def start(self, name: str, attributes: "Mapping[str, str]") -> None:
        kind = attributes.get("Type", "")
        if (
            name == "Relationship"
            and attributes.get("TargetMode") == "External"
            and not kind.endswith(_ALLOWED_OUTSIDE)
        ):
            self.found = kind.rpartition("/")[2][:40]


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
