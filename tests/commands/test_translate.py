"""`elo translate`, and translations that are no corrections."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from elo_cli.commands.shared import asking
from tests.repositories import Repo
from tests.running import DATA, Runner


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the repository's data in which Swedish is missing in three texts of two files."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    for name in ("onni", "digivisio"):
        path = folder / f"measures/{name}.yaml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith("  sv: ")), "utf-8")
    return folder


def missing(elo: Runner, data: Path) -> list[tuple[str, str]]:
    """Return the record and field of each text that is missing."""
    answer = json.loads(elo("translate", "--format", "json", data=data).out)
    return [(one["record"], one["field"]) for one in answer["missing"]]


WANTED = [("digivisio", "name"), ("onni", "name"), ("onni", "description")]


def test_what_is_missing_is_listed(elo: Runner, data: Path) -> None:
    """Counts first, then every text with its file and field; nothing is missing in a language that has all."""
    assert missing(elo, data) == WANTED
    run = elo("translate", "--lang", "en", data=data, width=160)
    assert run.lines[0] == "sv: 3 texts"
    assert "Description" in run.out
    assert ",description," in elo("translate", "--format", "csv", data=data).out
    assert "measures/digivisio.yaml" in elo("translate", "--format", "csv", data=data).out
    assert "No translation is missing." in elo("translate", "--to", "en", "--lang", "en", data=data).out
    assert elo("translate", "--to", "fi", data=data).code == 2


def test_check_has_one_note_a_file_and_counts_at_the_end(elo: Runner, data: Path) -> None:
    """Missing languages are a note for each file, and their number stands in the summary."""
    run = elo("check", "--lang", "en", "--fail-on", "warning", data=data)
    assert run.code == 0
    assert [line.rpartition(" ")[2] for line in run.lines if "language-missing" in line] == ["1", "2"]
    assert "translations are missing: sv 3" in run.err


def filled(path: Path, **cells: str) -> None:
    """Fill the Swedish column of a sheet, and other cells by their place."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 4, f"Översatt {row}")
    for place, text in cells.items():
        sheet[place] = text
    book.save(path)


def test_a_sheet_goes_out_and_comes_back(elo: Runner, data: Path, tmp_path: Path) -> None:
    """Reading shows what would be written; --yes writes it, without a correction, and nothing is missing then."""
    sheet = tmp_path / "sv.xlsx"
    assert elo("translate", "--to", "sv", "--sheet", str(sheet), data=data).code == 0
    filled(sheet)
    shown = elo("translate", "--read", str(sheet), data=data)
    assert shown.code == 0, shown.err
    assert "+  sv: Översatt 2" in shown.out
    assert missing(elo, data) == WANTED
    assert elo("translate", "--read", str(sheet), "--yes", data=data).code == 0
    assert missing(elo, data) == []
    assert "correction" not in shown.out
    assert elo("check", data=data).code == 0
    assert "nothing to change" in elo("translate", "--read", str(sheet), "--yes", "--lang", "en", data=data).err


@pytest.mark.parametrize(
    ("place", "text", "reason"),
    [
        ("C2", "Muu teksti", "has changed since the sheet was written"),
        ("A2", "nobody", "there is no record “nobody”"),
        ("B2", "name.x", "has no text “name.x”"),
        ("B2", "responsible", "has no text “responsible”"),
        ("D2", "=1+1", "formula"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_alone(
    elo: Runner, data: Path, tmp_path: Path, place: str, text: str, reason: str
) -> None:
    """The row is named with its reason, the others are written, and the exit code is 1."""
    sheet = tmp_path / "sv.xlsx"
    elo("translate", "--sheet", str(sheet), "--to", "sv", data=data)
    filled(sheet, **{place: text})
    run = elo("translate", "--read", str(sheet), "--yes", "--lang", "en", data=data)
    assert run.code == 1
    assert "row 2: " in run.err
    assert reason in run.err
    assert missing(elo, data) == WANTED[:1]


def test_another_table_is_refused(elo: Runner, data: Path, tmp_path: Path) -> None:
    """A file without the right heads is no sheet of translations."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", "utf-8")
    run = elo("translate", "--read", str(tmp_path / "x.csv"), "--lang", "en", data=data)
    assert run.code == 2
    assert "record, field, fi, sv, en" in run.err


def test_a_terminal_is_asked_text_by_text(elo: Runner, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer is written at once, and an empty one passes the text over."""
    answers = iter(["Digivisionen", "", "Beskrivning"])
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    monkeypatch.setattr(asking, "yes", lambda *_, **__: True)
    monkeypatch.setattr(asking, "line", lambda *_: next(answers))
    assert elo("translate", data=data).code == 0
    monkeypatch.undo()
    assert missing(elo, data) == [("onni", "name")]
    assert "sv: Digivisionen" in (data / "measures/digivisio.yaml").read_text("utf-8")


def test_set_needs_no_reason_for_a_translation(elo: Runner, data: Path) -> None:
    """Another language than the first comes, changes and goes without a reason, and no correction is written."""
    for words in (("name", "sv=ONNI"), ("name.sv", "ONNI igen"), ("name.sv", "--remove")):
        run = elo("set", "onni", *words, data=data)
        assert run.code == 0, run.err
        assert "corrections" not in run.out
    run = elo("set", "onni", "name", "ONNI", "--lang", "en", data=data)
    assert run.code == 2
    assert "--reason is needed" in run.err
    assert elo("set", "onni", "name.fi", "ONNI", data=data).code == 2
    assert elo("set", "onni", "name", "ONNI", "--reason", "x", data=data).code == 0


def test_a_translation_of_an_earlier_text_is_told(elo: Runner, tmp_path: Path) -> None:
    """Against a revision, a first-language text that changed marks the translations that did not."""
    repo = Repo(tmp_path)
    repo.commit({"measures/a": "name: {en: One, fi: Yksi, sv: Ett}\n"})
    data = repo.data
    path = data / "measures/a.yaml"
    path.write_text(path.read_text("utf-8").replace("One", "Two").replace("Ett", "Två"), "utf-8")
    run = elo("check", "--against", "HEAD", "--lang", "en", data=data)
    assert "translation-old" in run.out
    assert "of the earlier text: fi" in run.out
