"""Every verb in every form on data that tries to be something else, read by the programs that such forms are for."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path
from typing import Final

import pytest

from elo_cli.model.kinds import KINDS as KINDS_OF_RECORDS
from tests import hostile, readers
from tests.repositories import Repo
from tests.running import Runner

DAY: Final = ("--as-of", "2022-06-01", "--lang", "en")
KINDS: Final = ("measure", "milestone", "doc", "request")
FOLDERS: Final = tuple(kind.folder for kind in KINDS_OF_RECORDS.values())
READERS: Final[Mapping[str, Callable[[str], None]]] = {
    "table": lambda _: None,
    "text": lambda _: None,
    "json": readers.data,
    "gitlab": readers.data,
    "sarif": readers.data,
    "csv": readers.comma,
    "markdown": readers.markdown,
    "html": readers.html,
    "svg": readers.picture,
    "mermaid": readers.chart,
}
FOUR: Final = ("table", "json", "csv", "markdown")
UNDATED: Final = frozenset({"find", "translate"})
FORMS: Final[Mapping[tuple[str, ...], tuple[str, ...]]] = {
    ("status",): FOUR,
    ("deadlines",): FOUR,
    **{("list", folder): FOUR for folder in FOLDERS},
    **{("funding", "--by", by): FOUR for by in ("instrument", "stage", "measure", "organisation")},
    **{("report", name): ("markdown", "html") for name in ("summary", "chase", "rrf", "funding", "progress")},
    ("report", "amendments", "2021-01-01..2022-06-01"): ("markdown", "html"),
    ("find", "e"): FOUR,
    ("translate",): FOUR,
    ("list", "milestones", "--timing", "done", "--due", "2022"): FOUR,
    ("status", "--all", "--owner", "org-x0"): FOUR,
    ("deadlines", "--past", "--within", "all"): FOUR,
    ("report", "meeting", "--meeting", "meeting"): ("markdown", "html"),
    ("timeline",): (*FOUR, "svg", "mermaid"),
    ("timeline", "--chart", "money"): ("table", "csv", "markdown", "svg"),
    ("check",): ("text", "json", "gitlab", "sarif"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a tracker whose every text is hostile."""
    return hostile.write(tmp_path_factory.mktemp("hostile") / "data")


@pytest.mark.parametrize("words", FORMS, ids=" ".join)
def test_every_form_is_text_to_its_reader(elo: Runner, data: Path, words: tuple[str, ...]) -> None:
    """No link, formula, command, markup or raw control character comes out of data, at any width."""
    language = ("en", "fi", "sv")[list(FORMS).index(words) % 3]
    asked = (*words, *(() if words[0] in UNDATED else DAY[:2]), "--lang", language)
    for form in FORMS[words]:
        for width in (43, 80) if form in {"table", "text"} else (80,):
            run = elo(*asked, "--format", form, data=data, width=width)
            assert run.code in {0, 1}, run.err
            readers.text(run.out)
            readers.text(run.err)
            READERS[form](run.out)


RECORDS: Final = [
    *(
        (f"{kind}-x{number}", "markdown")
        for number, kind in zip(range(len(hostile.ATTACKS)), cycle(KINDS), strict=False)
    ),
    *((f"{kind}-x14", form) for kind in KINDS for form in ("table", "json")),
]


@pytest.mark.parametrize(("record", "form"), RECORDS)
def test_every_record_is_text_to_its_reader(elo: Runner, data: Path, record: str, form: str) -> None:
    """A record whole, with its updates, sources and evidence, holds no more than its list."""
    run = elo("show", record, *DAY, "--format", form, data=data, width=60)
    assert run.code == 0, run.err
    readers.text(run.out)
    READERS[form](run.out)


def test_files_for_other_programs_are_text(elo: Runner, data: Path, tmp_path: Path) -> None:
    """Workbook, Word document, calendar and CSV hold no formula, link, field or attachment."""
    assert elo("export", str(tmp_path / "x.xlsx"), *DAY, data=data).code == 0
    readers.sheet((tmp_path / "x.xlsx").read_bytes())
    assert elo("export", str(tmp_path / "tables"), *DAY, data=data).code == 0
    for path in (tmp_path / "tables").glob("*.csv"):
        readers.text(path.read_text("utf-8"))
        readers.comma(path.read_text("utf-8"))
    assert elo("report", "summary", *DAY, "-o", str(tmp_path / "x.docx"), data=data).code == 0
    readers.document((tmp_path / "x.docx").read_bytes())
    run = elo("calendar", *DAY, data=data)
    readers.text(run.out.replace("\r\n", "\n"))
    readers.calendar(run.out.encode())


def test_annotations_are_the_only_commands(elo: Runner, data: Path) -> None:
    """A log of `check --format github` has as many commands as findings are shown."""
    run = elo("check", *DAY, "--format", "github", data=data)
    readers.text(run.out, commands=True)
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in run.lines)
    assert "##[" not in run.out


def test_pages_are_text(elo: Runner, data: Path, tmp_path: Path) -> None:
    """A page has no script but those of lists and search, and links nowhere but to addresses of the data."""
    assert elo("site", str(tmp_path / "site"), *DAY[:2], data=data).code in {0, 1}
    for path in (tmp_path / "site" / "en").rglob("*.html"):
        readers.html(path.read_text("utf-8"), own={"list.js", "search.js", "search-index.js", "search-texts.js"})


def test_changes_are_text(elo: Runner, tmp_path: Path) -> None:
    """A change, a commit's message and its author are told as text, in every form of `diff` and `log`."""
    repository = Repo(tmp_path / "repository")
    files = hostile.files()
    repository.commit(files)
    renamed = {name: text.replace('en: "', 'en: "y ') for name, text in files.items() if "vocabulary" in name}
    repository.write(renamed)
    message = f"{hostile.ATTACKS[14]}\n\n{hostile.ATTACKS[15]} \x1b]8;;http:e.example\x07"
    repository.commit(
        {"milestones/milestone-x1": files["milestones/milestone-x1"].replace("2021-Q4", "2022-Q2")}, message
    )
    for words, forms in (
        (("diff", "HEAD~1..HEAD"), ("table", "json", "markdown", "html")),
        (("log", "milestone-x1"), FOUR),
        (("check", "--against", "HEAD~1"), ("text", "json", "gitlab", "sarif")),
    ):
        for form in forms:
            run = elo(*words, "--lang", "en", "--format", form, data=repository.data)
            assert run.code in {0, 1}, run.err
            assert "y " in run.out or words[0] != "diff"
            readers.text(run.out)
            READERS[form](run.out)


NAMES: Final = (
    b"\n::error file=a::owned\n.yaml",
    b"##[error]owned.yaml",
    b"\x9b31m\xe2\x80\xae\x7f\x1b]8;;http:evil.example\x07x.yaml",
    b"caf\xe9.yaml",
    b"_https:\xe2\x88\x95evil.example @someone #1 =1+1.yaml",
)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="such names of files cannot exist here")
def test_names_of_files_are_text(data: Path, tmp_path: Path) -> None:
    """A hostile name of a file is shown by every verb that comes upon it, and never obeyed, nor a fault of elo."""
    folder = tmp_path / "data"
    for kind in ("measures", "vocabulary"):
        (folder / kind).mkdir(parents=True)
    (folder / "tracker.yaml").write_bytes((data / "tracker.yaml").read_bytes())
    for kind in ("measures", "vocabulary"):
        for name in NAMES:
            Path(os.fsdecode(os.fsencode(folder / kind) + b"/" + name)).write_bytes(b"name:   {en: x}\n")
    for words, form in (
        (("fmt", "--check"), "text"),
        (("fmt", "--diff"), "text"),
        (("status", "--format", "json"), "json"),
        (("list", "measures"), "text"),
        (("export", "-", "--format", "json"), "json"),
        (("report", "summary"), "markdown"),
        *((("check", "--format", form), form) for form in ("text", "json", "gitlab", "sarif")),
        (("check", "--format", "github"), "github"),
    ):
        run = subprocess.run(
            (sys.executable, "-m", "elo_cli", *words, "--data", folder, "--lang", "en"),
            capture_output=True,
            check=False,
        )
        out, err = run.stdout.decode(), run.stderr.decode()
        assert run.returncode in {0, 1, 2}, (words, err)
        readers.text(out, commands=form == "github")
        readers.text(err)
        if form == "github":
            assert all(
                line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in out.splitlines()
            )
        else:
            READERS[form](out)
        if form == "json":
            json.loads(out)
