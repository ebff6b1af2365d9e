"""`elo report`: every report in every language and form, from the repository's data and from hostile data."""

import base64
import hashlib
import io
import re
import shlex
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from markdown_it import MarkdownIt

from elo_cli.model.languages import LANGUAGES
from tests import hostile, trackers
from tests.repositories import Repo
from tests.running import Runner

NAMES = ("summary", "meeting", "chase", "rrf", "progress", "funding")
FORUM = ("--meeting", "forum-2021-04-09")


def words(name: str) -> tuple[str, ...]:
    """Return the arguments for a report; the meeting is named, since none is to come in the tests' day."""
    return ("report", name, *(FORUM if name == "meeting" else ()))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_markdown_is_clean(elo: Runner, markdownlint: Callable[[str], list[str]], name: str, lang: str) -> None:
    """Each report passes markdownlint in each language, and ends with its own origin."""
    run = elo(*words(name), "--lang", lang)
    assert (run.code, run.err) == (0, "")
    assert markdownlint(run.out) == []
    assert run.out.rstrip().endswith("```")
    assert f"elo report {name}" in run.out.splitlines()[-2]


@pytest.mark.parametrize("name", NAMES)
def test_command_makes_it_again(elo: Runner, name: str) -> None:
    """The command at the end of a report makes the same report, byte for byte."""
    run = elo(*words(name), "--lang", "en")
    command = shlex.split(run.out.splitlines()[-2])
    assert command[0] == "elo"
    assert elo(*command[1:]).out == run.out


def test_brief_of_the_forum(elo: Runner) -> None:
    """The brief for the forum is of its day, and holds the agenda, what comes, the nine measures and what waits."""
    out = elo("report", "meeting", *FORUM, "--lang", "en").out
    assert "The situation as reported by 9 April 2021." in out
    assert "1. Presentation of the state of the Lifelong Guidance Strategy" in out
    annex = out[out.index("## Annex 1: Measures by goal") : out.index("## Annex 2")]
    assert len([line for line in annex.splitlines() if line.startswith("|")]) == 2 + 9
    due = "Finished descriptions of information needs from TEA working group members to VNK"
    assert f"| 17 May 2021 | {due} |" in out[: out.index("\n---\n")]
    waiting = out[out.index("## Decisions that are awaited") : out.index("\n---\n")]
    assert "- Mid-term policy review session 2021\n  - " in waiting
    assert "unreported" not in out


def test_meeting_by_default_is_the_next(elo: Runner) -> None:
    """Without a name the brief is for the next meeting; where none is to come, the message names some."""
    run = elo("report", "meeting", "--as-of", "2021-04-09", "--lang", "en")
    assert run.out.startswith("# Brief: National Lifelong Guidance Forum 9 April 2021\n")
    assert "--meeting forum-2021-04-09" in run.out
    none = elo("report", "meeting", "--lang", "en")
    assert (none.code, none.out) == (2, "")
    assert "no meeting is to come" in none.err


@pytest.mark.parametrize("name", NAMES)
def test_html_stands_alone(elo: Runner, name: str) -> None:
    """The HTML is one page without script or address, whose policy allows its own style and nothing else."""
    out = elo(*words(name), "--lang", "sv", "--format", "html").out
    assert out.startswith('<!DOCTYPE html>\n<html lang="sv">')
    assert "<script" not in out
    assert re.findall(r'(?:src|href|style)="', out) == []
    style = re.findall(r"<style>(.*?)</style>", out, re.DOTALL)
    assert len(style) == 1
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in out
    assert out.count("<h1>") == 1


@pytest.mark.parametrize("name", NAMES)
def test_docx_is_structured(elo: Runner, tmp_path: Path, name: str) -> None:
    """The Word document has a title, real headings and tables with repeated heads, and is the same when made again."""
    paths = [tmp_path / "one.docx", tmp_path / "two.docx"]
    for path in paths:
        assert elo(*words(name), "--lang", "fi", "--format", "docx", "-o", str(path)).code == 0
    made = Document(str(paths[0]))
    title = made.core_properties.title
    assert title
    styles = [paragraph.style.name for paragraph in made.paragraphs if paragraph.style is not None]
    assert styles[0] == "Title"
    assert made.paragraphs[0].text == title
    assert any(style.startswith("Heading") for style in styles if style)
    xml = zipfile.ZipFile(paths[0]).read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") == len(made.tables)
    with zipfile.ZipFile(paths[0]) as one, zipfile.ZipFile(paths[1]) as two:
        differing = [
            item for item in one.namelist() if item != "word/document.xml" and one.read(item) != two.read(item)
        ]
    assert differing == []


def test_same_facts_in_every_form(elo: Runner, tmp_path: Path) -> None:
    """What the Markdown says the HTML and the Word document say too, word for word."""
    call = (*words("meeting"), "--lang", "fi", "--without-revision")
    markdown = elo(*call).out
    html = elo(*call, "--format", "html").out
    path = tmp_path / "brief.docx"
    elo(*call, "--format", "docx", "-o", str(path))
    made = Document(str(path))
    said = [paragraph.text for paragraph in made.paragraphs]
    said += [cell.text for table in made.tables for row in table.rows for cell in row.cells]

    def told(text: str) -> list[str]:
        # The foot tells the command, which names the form.
        return re.findall(r"[^\W\d_]{3,}", text.partition("SHA-256")[0])

    from_markdown = told(" ".join(flat(markdown)))
    assert told(unescape(re.sub(r"<[^>]+>", " ", html[html.index("<main>") :]))) == from_markdown
    assert set(from_markdown) <= set(re.findall(r"[^\W\d_]{3,}", " ".join(said)))


def flat(markdown: str) -> list[str]:
    """Return the words of a text of Markdown as a reader gets them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inline = [child for token in tokens for child in token.children or []]
    return [child.content.replace("\u200b", "") for child in inline]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_data_is_text(elo: Runner, tmp_path: Path, name: str) -> None:
    """Data that carries HTML, Markdown, templates, formulas and marks of direction is shown, and does nothing."""
    data = hostile.write(tmp_path / "data")
    call = (
        "report",
        name,
        "--lang",
        "en",
        "--as-of",
        "2022-06-01",
        *(("--meeting", "meeting") if name == "meeting" else ()),
    )
    run = elo(*call, data=data)
    assert run.code == 0, run.err
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(run.out)
    for made in (html, elo(*call, "--format", "html", data=data).out):
        body = made[made.find("<main>") if "<main>" in made else 0 :]
        tags = set(re.findall(r"<([a-z][a-z0-9]*)", body))
        assert tags <= {
            "h1",
            "h2",
            "h3",
            "h4",
            "p",
            "ul",
            "ol",
            "li",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "div",
            "hr",
        } | {
            "pre",
            "code",
            "main",
            "span",
        }
        assert "49" not in re.findall(r"\b49\b", body)
    path = tmp_path / "hostile.docx"
    assert elo(*call, "--format", "docx", "-o", str(path), data=data).code == 0
    assert Document(io.BytesIO(path.read_bytes())).paragraphs


def test_fallback_shows_its_language(elo: Runner, tmp_path: Path) -> None:
    """A text without a translation carries the code of its language in Markdown, and `lang` in HTML and Word."""
    data = trackers.write(
        tmp_path / "data",
        {
            "measures/one": "name:\n  fi: Suomeksi vain\nkey: true\n",
            "tracker": "format: 1\nname:\n  fi: Strategia\n  en: Strategy\nlanguages:\n  - fi\n  - en\n",
        },
    )
    call = ("report", "summary", "--lang", "en")
    assert "### Suomeksi vain (fi)\n" in elo(*call, data=data).out
    assert '<h3><span lang="fi">Suomeksi vain</span></h3>' in elo(*call, "--format", "html", data=data).out
    path = tmp_path / "out.docx"
    elo(*call, "--format", "docx", "-o", str(path), data=data)
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert re.search(r'<w:lang w:val="fi-FI"/>[^/]*</w:rPr><w:t>Suomeksi vain</w:t>', xml)


def test_template_of_ones_own(elo: Runner, tmp_path: Path) -> None:
    """A template of the user's takes the place of the report's; Markdown and HTML are each escaped by their rule."""
    data = trackers.write(tmp_path / "data", {"measures/one": "name:\n  en: A *b* <i>\nkey: true\n"})
    markdown = tmp_path / "mine.md.jinja"
    markdown.write_text(
        "# Mine\n\n{% for goal in goals %}{% for one in goal.measures %}{{ one.name }}{% endfor %}{% endfor %}\n"
    )
    html = tmp_path / "mine.html"
    html.write_text(
        "<p>{% for goal in goals %}{% for one in goal.measures %}{{ one.name }}{% endfor %}{% endfor %}</p>"
    )
    call = ("report", "summary", "--lang", "en", "--template")
    assert elo(*call, str(markdown), data=data).out == "# Mine\n\nA \\*b\\* \\<i\\>\n"
    assert elo(*call, str(html), data=data).out == "<p>A *b* &lt;i&gt;</p>"
    refused = elo(*call, str(html), "--format", "docx", data=data)
    assert refused.code == 2
    assert "--format html" in refused.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n{% if %}", "line 2"),
        ("{{ nobody }}", "nobody"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "division"),
        ("{% for i in range(1000000000) %}{% endfor %}", "range"),
        ("{% include '../../cli.py' %}", "cli.py"),
        ("{{ title | safe }}", "safe"),
    ],
)
def test_template_that_fails(elo: Runner, tmp_path: Path, text: str, said: str) -> None:
    """A template that fails, or reaches out of its sandbox, is the user's to mend: exit 2, and it is said where."""
    path = tmp_path / "bad.md.jinja"
    path.write_text(text, "utf-8")
    run = elo("report", "summary", "--lang", "en", "--template", str(path))
    assert (run.code, run.out) == (2, "")
    assert "bad.md.jinja" in run.err or "cli.py" in run.err
    assert said in run.err


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("report",), 2),
        (("report", "sumary"), 2),
        (("report", "meeting", "--meeting", "nowhere"), 2),
        (("report", "chase", "--owner", "nobody"), 2),
        (("report", "summary", "--template", "no-such-file.md.jinja"), 3),
        (("report", "summary", "-o", "no-such-folder/report.md"), 3),
        (("report", "--list"), 0),
    ],
)
def test_exit_codes(
    elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...], code: int
) -> None:
    """What is wrong is said with the exit code of its kind, and what would be right."""
    monkeypatch.chdir(tmp_path)
    run = elo(*call)
    assert run.code == code
    assert bool(run.out) is (code == 0)
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    ("name", "options", "right"),
    [
        ("muistio.odt", (), "muistio.md | muistio.html | muistio.htm | muistio.docx | muistio.pdf"),
        ("muistio", (), "muistio.md"),
        ("muistio.pdf", ("--format", "docx"), "right would be muistio.docx"),
        ("muistio.txt", ("--format", "docx"), "right would be muistio.docx"),
        ("muistio.docx", ("--format", "markdown"), "right would be muistio.md"),
    ],
)
@pytest.mark.parametrize("report", NAMES)
def test_ending_decides_the_form(
    elo: Runner, tmp_path: Path, report: str, name: str, options: tuple[str, ...], right: str
) -> None:
    """A name whose ending says no form, or another than was asked for, is refused with what would be right."""
    run = elo(*words(report), "--lang", "en", *options, "-o", str(tmp_path / name))
    assert (run.code, run.out) == (2, "")
    assert right in run.err
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("md", b"# "), ("HTML", b"<!DOCTYPE"), ("htm", b"<!DOCTYPE"), ("docx", b"PK"), ("pdf", b"%PDF-")],
)
def test_form_follows_the_ending(elo: Runner, tmp_path: Path, ending: str, begins: bytes) -> None:
    """Without `--format` the file's ending says what is written into it."""
    path = tmp_path / f"brief.{ending}"
    assert elo(*words("meeting"), "-o", str(path)).code == 0
    assert path.read_bytes().startswith(begins)


def test_no_path_of_the_machine(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that makes a report again names data, file and template without where they lie on this machine."""
    repository = Repo(tmp_path / "secret" / "tracker")
    repository.commit({"measures/one": "key: true\n"})
    template = tmp_path / "secret" / "mine.md.jinja"
    template.write_text('{% include "origin.md.jinja" %}', "utf-8")
    call = ("report", "summary", "--lang", "en", "--data", str(repository.data), "--template", str(template))
    place = tmp_path / "elsewhere"
    place.mkdir()
    for folder in (place, repository.data.parent):
        monkeypatch.chdir(folder)
        target = tmp_path / "secret" / f"{folder.name}.md"
        assert elo(*call, "-o", str(target)).code == 0
        text = target.read_text("utf-8")
        assert "secret" not in text
        command = shlex.split(text.splitlines()[-2])
        assert command[command.index("--data") + 1] == repository.data.name
        assert command[command.index("--output") + 1] == target.name


def test_origin_names_the_revision(elo: Runner, tmp_path: Path) -> None:
    """The report names the commit, and says when the files differ from it; --rev stays in the command."""
    repository = Repo(tmp_path / "repository")
    repository.commit({"measures/one": "key: true\n"})
    call = ("report", "summary", "--lang", "en")
    clean = elo(*call, data=repository.data).out
    assert re.search(r"^- Revision of the data: [0-9a-f]{10}$", clean, re.MULTILINE)
    (repository.data / "measures" / "one.yaml").write_text("id: one\nname:\n  en: Other\n", "utf-8")
    dirty = elo(*call, data=repository.data).out
    assert "with uncommitted changes" in dirty
    then = elo(*call, "--rev", "HEAD", data=repository.data).out
    assert "--rev HEAD" in then
    prints = [re.findall(r"SHA-256 ([0-9a-f]{16})", text) for text in (clean, dirty, then)]
    assert prints[0] == prints[2] != prints[1]


def test_the_sheet_of_questions_is_an_export(elo: Runner) -> None:
    """Who asks the report for the sheet that is filled in is told the command that writes it."""
    run = elo("report", "chase", "--owner", "okm", "-o", "okm.xlsx", "--lang", "en")
    assert run.code == 2
    assert "elo export okm.xlsx --owner ID" in run.err
