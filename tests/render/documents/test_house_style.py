"""A house's own Word file gives a report its look, and nothing that is hostile in one is taken over."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm, Pt

from elo_cli.model.errors import EloError
from elo_cli.render.documents.docx import document
from elo_cli.render.documents.house_style import HouseStyle
from tests import bombs
from tests.running import Runner

DAY = date(2021, 4, 9)
REPORT = "# Title\n\n## Part\n\n- point\n\n1. number\n\n| Head |\n| --- |\n| cell |\n"


def house() -> bytes:
    """Return a Word file with a look of its own: margins, a header, a style, text, and fewer styles than ours."""
    made = Document()
    made.sections[0].left_margin = Cm(4)
    made.sections[0].header.paragraphs[0].text = "The Ministry"
    made.sections[0].footer.paragraphs[0].text = "Box 1"
    made.styles["Heading 1"].font.size = Pt(33)
    made.add_paragraph("A text that the house left")
    for name in ("List Bullet", "List Number", "Table Grid", "Heading 2"):
        style = made.styles[name].element
        style.getparent().remove(style)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def changed(content: bytes, parts: Mapping[str, Callable[[str], str]], more: Mapping[str, str] | None = None) -> bytes:
    """Return the package with some parts rewritten and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info.filename)
            change = parts.get(info.filename)
            new.writestr(info.filename, change(data.decode()) if change else data)
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return out.getvalue()


def relation(kind: str, target: str) -> Callable[[str], str]:
    """Return what adds a relation that leads outside to a part of relations."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    row = f'<Relationship Id="rId99" Type="{office}/{kind}" Target="{target}" TargetMode="External"/>'
    return lambda text: text.replace("</Relationships>", f"{row}</Relationships>")


def in_header(xml: str) -> bytes:
    """Return the house with this in the paragraph of its header."""
    return changed(house(), {"word/header1.xml": lambda text: text.replace("</w:p>", f"{xml}</w:p>", 1)})


def with_part(kind: str, content_type: str) -> bytes:
    """Return the house with a part of a harmless name, which its type and a relation say to be something else."""
    return changed(
        house(),
        {
            "[Content_Types].xml": lambda text: text.replace(
                "</Types>", f'<Override PartName="/word/a.dat" ContentType="{content_type}"/></Types>'
            ),
            "word/_rels/document.xml.rels": lambda text: text.replace(
                "</Relationships>", f'<Relationship Id="rId99" Type="http://x/{kind}" Target="a.dat"/></Relationships>'
            ),
        },
        {"word/a.dat": "x"},
    )


def field(*pieces: str) -> str:
    """Return a field whose code stands in these pieces."""
    code = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"{begin}{code}{end}"


def test_the_look_is_the_houses() -> None:
    """Margins, header, footer and styles are the house's, its text is gone, and what it lacks is completed."""
    made = Document(io.BytesIO(document(REPORT, "en", DAY, HouseStyle(house(), "house.docx"))))
    section = made.sections[0]
    assert section.left_margin is not None
    assert round(section.left_margin.cm) == 4
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("The Ministry", "Box 1")
    assert made.styles["Heading 1"].font.size == Pt(33)
    assert [paragraph.text for paragraph in made.paragraphs if paragraph.text] == ["Title", "Part", "point", "number"]
    assert made.tables[0].cell(1, 0).text == "cell"
    assert made.core_properties.title == "Title"


def test_a_template_of_word_serves_too() -> None:
    """A .dotx gives a document, and where Word took the template from is not told."""
    content = changed(
        house(),
        {
            "[Content_Types].xml": lambda text: text.replace("document.main+xml", "template.main+xml"),
            "word/settings.xml": lambda text: text.replace(
                "<w:zoom",
                '<w:attachedTemplate r:id="rId99" xmlns:r="http://schemas.openxmlformats.org/officeDocument'
                '/2006/relationships"/><w:zoom',
                1,
            ),
        },
        {
            "word/_rels/settings.xml.rels": relation("attachedTemplate", "file:///D:/office/someone/house.dotx")(
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
            )
        },
    )
    made = document(REPORT, "en", DAY, HouseStyle(content, "house.dotx"))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert b"someone" not in b"".join(package.read(name) for name in package.namelist())
        assert b"attachedTemplate" not in package.read("word/settings.xml")
        assert b"wordprocessingml.document.main+xml" in package.read("[Content_Types].xml")


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "no Word file": (lambda: b"plain text", "is no Word document"),
    "a workbook": (lambda: bombs.xlsx(""), "is no Word document"),
    "a broken package": (lambda: house()[:2000], "damaged"),
    "a program": (lambda: changed(house(), {}, {"word/vbaProject.bin": "x"}), "(program)"),
    "a control": (lambda: changed(house(), {}, {"word/activeX/activeX1.xml": "<a/>"}), "(program)"),
    "a file inside": (lambda: changed(house(), {}, {"word/embeddings/a.xlsx": "x"}), "(program)"),
    "a picture from outside": (
        lambda: changed(house(), {"word/_rels/document.xml.rels": relation("image", "http://evil.example/a.png")}),
        "from outside itself (image)",
    ),
    "entities": (
        lambda: changed(
            house(),
            {
                "word/styles.xml": lambda text: text.replace(
                    "<w:styles", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:styles', 1
                )
            },
        ),
        "document type",
    ),
    "a part that unpacks to much": (
        lambda: changed(house(), {}, {"word/media/a.xml": " " * (65 * 1024 * 1024)}),
        "unpacks to more than 64 MB",
    ),
    "depth": (lambda: changed(house(), {}, {"word/a.xml": "<a>" * 1000 + "</a>" * 1000}), "levels"),
    "a field that runs": (lambda: in_header(field("DDE", 'AUTO c:\\\\cmd.exe "/k x"')), "(DDEAUTO)"),
    "a field in one piece": (
        lambda: in_header('<w:fldSimple w:instr=" includepicture http://e "/>'),
        "(includepicture)",
    ),
    "a field that is worked out": (
        lambda: in_header('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("PAGE")),
        "(field)",
    ),
    "a picture without a relation": (
        lambda: in_header('<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="\\\\evil.example\\a.png"/>'),
        "from outside itself (imagedata)",
    ),
    "letters' data": (
        lambda: changed(house(), {"word/settings.xml": lambda text: text.replace("<w:zoom", "<w:mailMerge/><w:zoom")}),
        "(mailMerge)",
    ),
    "a program by another name": (
        lambda: with_part("vbaProject", "application/vnd.ms-office.vbaProject"),
        "(vbaProject)",
    ),
    "a page by another name": (lambda: with_part("aFChunk", "message/rfc822"), "(aFChunk)"),
    "XML that is not judged": (lambda: with_part("styles", "application/x+xml"), "damaged"),
    "a style of another type": (
        lambda: changed(
            house(),
            {
                "word/styles.xml": lambda text: text.replace(
                    'w:type="paragraph" w:styleId="ListNumber2"', 'w:type="table" w:styleId="ListNumber2"'
                ).replace('w:val="List Number 2"', 'w:val="List Number"')
            },
        ),
        "is no Word document",
    ),
    "a page without a size": (
        lambda: changed(house(), {"word/document.xml": lambda text: text.replace('w:w="12240"', 'w:w="x"')}),
        "is no Word document",
    ),
    **{
        name: (made, "damaged")
        for name, (made, said) in bombs.BOMBS.items()
        if name.startswith("zip,") and said == "overlap"
    },
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str) -> None:
    """What would run, fetch, grow or break is refused in a sentence before anything of it is used."""
    make, said = HOSTILE[name]
    with pytest.raises(EloError) as raised:
        document(REPORT, "en", DAY, HouseStyle(make(), "house.docx"))
    assert said in str(raised.value)


def test_fields_of_the_document_itself_stay() -> None:
    """A header may number its pages and name the document."""
    made = document(REPORT, "en", DAY, HouseStyle(in_header(field("PAGE ", "\\* MERGEFORMAT")), "house.docx"))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert b"<w:instrText>PAGE </w:instrText>" in package.read("word/header1.xml")


def test_only_a_word_document_has_a_house_style(elo: Runner, tmp_path: Path) -> None:
    """The option goes with .docx alone, stands in the command at the foot, and a file that is none is told as such."""
    path = tmp_path / "house.docx"
    path.write_bytes(house())
    call = ("report", "summary", "--lang", "en", "--docx-template", str(path))
    assert elo(*call).code == 2
    assert elo(*call, "-o", str(tmp_path / "report.pdf")).code == 2
    target = tmp_path / "report.docx"
    assert elo(*call, "-o", str(target)).code == 0
    made = Document(str(target))
    assert made.sections[0].header.paragraphs[0].text == "The Ministry"
    assert "--docx-template house.docx" in made.paragraphs[-1].text
    path.write_text("no document", "utf-8")
    run = elo(*call, "-o", str(target))
    assert run.code == 2
    assert "“house.docx” is no Word document" in run.err
    assert elo(*call[:-1], str(tmp_path / "absent.docx"), "-o", str(target)).code == 3
