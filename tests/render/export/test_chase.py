"""The chase sheet goes out, is filled in, and comes back as updates; filled in badly, with a line for each reason."""

import csv
import json
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from elo_cli.model.languages import LANGUAGES
from elo_cli.model.words import VALUES
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.store.tables.chase_columns import CHASE_COLUMNS, REFUSED_HEAD
from elo_cli.store.tables.mapping_file import shipped
from tests import trackers
from tests.running import Run, Runner

FILES = {
    "vocabulary/organisations": """\
        okm:
          name: {en: Ministry of Education}
          type: ministry
        tem:
          name: {en: Ministry of Labour}
          type: ministry
        """,
    "measures/guidance": "responsible: [okm]\nstatus: in-progress\n",
    "measures/other": "responsible: [tem]\n",
    "milestones/pilots": "type: national\nname:\n  en: '=cmd|x'\nmeasures: [guidance]\ndue: 2021-Q4\n",
    "milestones/over": "type: national\nmeasures: [guidance]\nstatus: completed\n",
    "milestones/trained": """\
        type: rrf-target
        name: {en: Trained}
        responsible: [okm]
        due: 2022-Q4
        indicator: {unit: {en: persons}, goal: 120}
        rrf: {cid_number: "41"}
        """,
    "funding/line": """\
        name: {en: The grant}
        measures: [guidance]
        stage: proposed
        amount: 2 M€
        basis: total
        """,
}
DAY = ("--as-of", "2026-11-24")
FIRST = 4


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a tracker in which a measure, two milestones and money are waited for from one ministry."""
    return trackers.write(tmp_path / "data", FILES)


@pytest.fixture
def file(elo: Runner, data: Path, tmp_path: Path) -> Path:
    """Give the sheet of that ministry, in Finnish."""
    target = tmp_path / "chase.xlsx"
    assert elo("export", str(target), "--owner", "okm", "--lang", "fi", *DAY, data=data).code == 0
    return target


def columns(sheet: Worksheet) -> dict[str, int]:
    """Return the place of each column by the hidden names."""
    return {str(cell.value): cell.column for cell in sheet[2] if cell.value}


def fill(file: Path, rows: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
    """Write into the rows of these records, and return the number of each row."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    places = columns(sheet)
    numbers = {str(sheet.cell(number, 1).value): number for number in range(FIRST, sheet.max_row + 1)}
    for record, said in rows.items():
        for field, value in said.items():
            sheet.cell(numbers[record], places[field]).value = value  # type: ignore[assignment]
    book.save(file)
    return numbers


def take_in(elo: Runner, data: Path, file: Path, *words: str) -> Run:
    """Import a sheet that okm has filled in."""
    return elo("import", str(file), "--mapping", "chase", "--by", "okm", *words, data=data, env={"ELO_TODAY": DAY[1]})


def refusals(elo: Runner, data: Path, file: Path) -> dict[str, str]:
    """Return the reason of each refused cell."""
    answer = json.loads(take_in(elo, data, file, "--format", "json", "--lang", "fi").out)
    return {row["cell"]: row["reason"] for row in answer["refused"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sheet_is_a_form(elo: Runner, data: Path, tmp_path: Path, lang: str) -> None:
    """What cannot be answered is locked, what is asked is open with choices and hints, in the reader's language."""
    run = elo(
        "export", str(tmp_path / "c.xlsx"), "--owner", "okm", "--answer-by", "15.1.2027", "--lang", lang, data=data
    )
    assert run.code == 0, run.err
    sheet = load_workbook(tmp_path / "c.xlsx").worksheets[0]
    language = Language(lang)
    told, names, heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert language.day(date(2027, 1, 15)) in str(told[0])
    assert sheet.row_dimensions[2].hidden
    assert heads == [language.say(column.head) for column in CHASE_COLUMNS if column.field in names]
    assert [row[0] for row in rows] == ["pilots", "trained", "line", "guidance"]
    assert sheet["C4"].data_type == "s"
    assert sheet.protection.sheet
    places = columns(sheet)
    open_cells = {
        row[0]: {name for name, place in places.items() if not sheet.cell(FIRST + at, place).protection.locked}
        for at, row in enumerate(rows)
    }
    always = {"effective", "date", "note"}
    measure = always | {"new_status", "confidence", "reason"}
    milestone = measure | {"expected", "evidence_title", "evidence_uri"}
    assert open_cells == {
        "pilots": milestone,
        "trained": milestone | {"value"},
        "line": always | {"new_stage", "amount"},
        "guidance": measure,
    }
    target = {name: rows[1][place - 1] for name, place in places.items()}
    assert (target["number"], target["unit"], target["goal"]) == ("41", "persons", 120)
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert lists == {
        '"' + ",".join(map(language.say, VALUES[field].values())) + '"' for field in ("status", "confidence", "stage")
    }
    for rule in sheet.data_validations.dataValidation:
        assert rule.promptTitle
        assert rule.showInputMessage
        # Excel refuses a workbook with more than these.
        assert len(rule.formula1 or "") <= 257
        assert len(rule.prompt or "") <= 255


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_row_asks_its_question(elo: Runner, data: Path, tmp_path: Path, lang: str) -> None:
    """The question stands in a column of its own, as in the report and without the name; money is asked about, too."""
    file = tmp_path / "c.xlsx"
    assert elo("export", str(file), "--owner", "okm", "--lang", lang, *DAY, data=data).code == 0
    sheet = load_workbook(file).worksheets[0]
    place = columns(sheet)["ask"]
    asked = {sheet.cell(row, 1).value: sheet.cell(row, place).value for row in range(FIRST, sheet.max_row + 1)}
    report = elo("report", "chase", "--owner", "okm", "--format", "html", "--lang", lang, *DAY, data=data).out
    for record in ("pilots", "trained", "line"):
        question = str(asked[record])
        assert question[1:] in report, question


def test_columns_that_no_row_needs_are_absent(elo: Runner, tmp_path: Path) -> None:
    """Where nothing is measured and no money is asked about, the sheet has no columns for them."""
    files = {name: text for name, text in FILES.items() if name not in {"funding/line", "milestones/trained"}}
    data = trackers.write(tmp_path / "data", files)
    assert elo("export", str(tmp_path / "c.xlsx"), "--owner", "okm", data=data).code == 0
    names = columns(load_workbook(tmp_path / "c.xlsx").worksheets[0]).keys()
    assert not names & {"number", "unit", "goal", "value", "new_stage", "amount"}
    assert {"new_status", "expected"} <= names


def test_sheet_says_where_to_send_it(elo: Runner, tmp_path: Path) -> None:
    """The tracker's mailbox stands on the sheet, and answers to its message go there."""
    data = trackers.write(tmp_path / "data", FILES)
    (data / "tracker.yaml").write_text(
        (data / "tracker.yaml").read_text("utf-8") + "contact: elo@okm.example\n", "utf-8"
    )
    assert elo("export", str(tmp_path / "c.xlsx"), "--owner", "okm", data=data).code == 0
    assert "elo@okm.example" in str(load_workbook(tmp_path / "c.xlsx").worksheets[0]["A1"].value)
    assert elo("report", "chase", "--email", str(tmp_path / "mail"), data=data).code == 0
    assert b"Reply-To: elo@okm.example" in (tmp_path / "mail" / "okm.eml").read_bytes()


def test_mapping_knows_every_head_in_every_language() -> None:
    """A sheet that has lost its hidden row is read by its heads, whatever language it was written in."""
    mapping = shipped()["chase"].mapping
    assert mapping is not None
    for language in map(Language, LANGUAGES):
        for column in CHASE_COLUMNS:
            assert {column.field, language.say(column.head)} <= set(mapping.columns[column.field].heads)
        assert language.say(REFUSED_HEAD) in mapping.columns["refused"].heads


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", terms.STATUS)
def test_filled_rows_come_back_as_updates(elo: Runner, data: Path, tmp_path: Path, lang: str, status: str) -> None:
    """A status chosen in any language, a day, evidence and a note become one dated update; empty rows nothing."""
    file = tmp_path / "chase.xlsx"
    assert elo("export", str(file), "--owner", "okm", "--lang", lang, data=data).code == 0
    empty = take_in(elo, data, file, "--format", "json")
    assert json.loads(empty.out)["counts"] == {"new": 0, "changed": 0, "unchanged": 0, "refused": 0, "gone": 0}
    fill(
        file,
        {
            "pilots": {
                "new_status": Language(lang).say(terms.STATUS[status].word),
                "date": date(2022, 3, 1),
                "effective": date(2022, 2, 1),
                "evidence_title": "Report",
                "evidence_uri": "https://example.org/report",
                "note": "As agreed",
            },
            "trained": {"value": 12.5},
            "line": {"new_stage": Language(lang).say(VALUES["stage"]["granted"]), "amount": 1_500_000.5},
        },
    )
    run = take_in(elo, data, file, "--yes", "--format", "json")
    assert run.code == 0, run.err + run.out
    told = json.loads(elo("show", "pilots", "--format", "json", data=data).out)
    assert told["record"]["status"] == status
    (update,) = told["updates"]
    assert (update["by"], update["date"]["text"], update["effective"]["text"]) == ("okm", "2022-03-01", "2022-02-01")
    assert update["evidence"][0]["title"] == "Report"
    assert update["evidence"][0]["uri"] == "https://example.org/report"
    line = json.loads(elo("show", "line", "--format", "json", *DAY, data=data).out)["record"]
    assert (line["stage"], line["amount"]) == ("granted", "1500000.5")


def test_preview_is_told_in_sentences(elo: Runner, data: Path, file: Path) -> None:
    """Before anything is written each answer is a sentence: from what to what, when it happened, and who said it."""
    fill(
        file,
        {
            "pilots": {"new_status": "valmis", "date": date(2023, 6, 20)},
            "guidance": {"new_status": "valmis", "effective": "kesäkuu 2023", "date": date(2023, 7, 1)},
        },
    )
    run = take_in(elo, data, file, "--lang", "en")
    assert run.code == 0, run.out
    told = " ".join(run.out.split())
    assert "Status: not stated → completed, on 20 June 2023, said by Ministry of Education" in told
    assert "(happened: June 2023; said: 1 July 2023, Ministry of Education)" in told
    assert "Nothing was written yet" in told


@pytest.mark.parametrize(
    ("record", "said", "cell", "reason"),
    [
        ("pilots", {"new_status": "toteutunt"}, "new_status", "nearest: “toteutunut”"),
        ("pilots", {"new_status": "valmiss"}, "new_status", "nearest: “toteutunut”"),
        ("pilots", {"new_status": '=IF(1,"valmis","")'}, "new_status", "formula"),
        ("pilots", {"new_status": "valmis", "date": "20.6.23"}, "date", "nearest: 20.6.2023"),
        ("pilots", {"new_status": "valmis", "date": "31.6.2023"}, "date", "nearest: 30.6.2023"),
        ("pilots", {"new_status": "valmis", "date": "tiistaina 20.6.2023"}, "date", "nearest: 20.6.2023"),
        ("pilots", {"new_status": "valmis", "date": "45097"}, "date", "nearest: 20.6.2023"),
        ("pilots", {"new_status": "valmis", "date": date(2033, 6, 20)}, "date", "has not come yet"),
        ("pilots", {"new_status": "valmis", "effective": "kesä 2033"}, "effective", "kesä 2033"),
        ("pilots", {"new_status": "valmis", "effective": date(2033, 6, 20)}, "effective", "has not come yet"),
        ("pilots", {"id": "pilotz", "name": None, "new_status": "valmis"}, "id", "nearest: “pilots”"),
        ("trained", {"id": "something-else", "new_status": "valmis"}, "id", "nearest: “trained”"),
        ("trained", {"value": "noin 85"}, "value", "nearest: 85"),
        ("trained", {"value": "12.5"}, "value", "nearest: 12,5"),
        ("pilots", {"evidence_title": "R", "evidence_uri": "www.okm.fi"}, "evidence_uri", "www.okm.fi"),
        ("line", {"new_status": "valmis"}, "new_status", "has no such field"),
        ("pilots", {"reason": "Kiire"}, "id", "a reason alone"),
    ],
)
def test_bad_answer_is_told_at_its_cell(
    elo: Runner, data: Path, file: Path, record: str, said: dict[str, object], cell: str, reason: str
) -> None:
    """What cannot be read is one line at its own cell, with the nearest right value where there is one."""
    numbers = fill(file, {record: said})
    sheet = load_workbook(file).worksheets[0]
    place = sheet.cell(numbers[record], columns(sheet)[cell]).coordinate
    found = refusals(elo, data, file)
    assert list(found) == [place]
    assert reason in found[place]
    line = next(line for line in take_in(elo, data, file, "--lang", "fi").lines if place in line)
    assert line.strip().startswith(f"{sheet.title}, {place} (")


def test_numbers_and_days_as_people_write_them(elo: Runner, data: Path, file: Path) -> None:
    """Days and numbers as text, with commas and spaces, and words of another language are read as what they are."""
    fill(
        file,
        {
            "pilots": {"new_status": "Completed", "date": "20.6.2023", "expected": "II/2027"},
            "trained": {"value": "1 012,5", "new_status": "slutfört", "date": "2023-06-20"},
            "line": {"amount": "24,5 milj. €", "date": "20/6/2023"},
        },
    )
    run = take_in(elo, data, file, "--yes", "--format", "json", "--lang", "fi")
    assert run.code == 0, run.out
    assert "value: 1012.5" in (data / "milestones/trained.yaml").read_text("utf-8")
    assert json.loads(elo("show", "line", "--format", "json", *DAY, data=data).out)["record"]["amount"] == "24500000"


def test_merged_cells_are_not_guessed(elo: Runner, data: Path, file: Path) -> None:
    """An answer in cells of several rows that are one is taken for none of them, and told once."""
    numbers = fill(file, {"pilots": {"new_status": "valmis"}})
    book = load_workbook(file)
    sheet = book.worksheets[0]
    first, place = numbers["pilots"], columns(sheet)["new_status"]
    sheet.merge_cells(start_row=first, end_row=first + 1, start_column=place, end_column=place)
    book.save(file)
    run = take_in(elo, data, file, "--lang", "en")
    assert run.code == 1
    letter = get_column_letter(place)
    assert sum(line.strip().startswith(f"Tiedot, {letter}4:{letter}5") for line in run.lines) == 1
    assert {row["row"] for row in json.loads(take_in(elo, data, file, "--format", "json").out)["refused"]} == {4, 5}


@pytest.mark.parametrize("keep", [True, False])
def test_renamed_moved_and_added_columns(elo: Runner, data: Path, file: Path, *, keep: bool) -> None:
    """Columns are found wherever they stand; one whose head nobody knows is told, and nothing in it is lost unseen."""
    fill(file, {"pilots": {"new_status": "valmis"}})
    old = load_workbook(file).worksheets[0]
    rows = [list(row) for row in old.iter_rows(values_only=True)]
    names = rows[1]
    place = names.index("new_status")
    rows[2][place] = "Uusi tilanne"
    if not keep:
        del rows[1]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tiedot"
    for row in rows:
        sheet.append(list(reversed(row)))
    book.save(file)
    answer = json.loads(take_in(elo, data, file, "--format", "json").out)
    if keep:
        assert (answer["counts"]["changed"], answer["refused"]) == (1, [])
    else:
        (refused,) = answer["refused"]
        assert (refused["column"], refused["row"]) == ("Uusi tilanne", 2)
        assert refused["reason"].endswith("nearest: “Uusi tila”")


def test_sheet_saved_as_csv(elo: Runner, data: Path, file: Path, tmp_path: Path) -> None:
    """A sheet that somebody has saved as CSV says the same, and its empty columns are nothing."""
    fill(file, {"pilots": {"new_status": "valmis", "date": "20.6.2023"}})
    sheet = load_workbook(file).worksheets[0]
    rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    table = tmp_path / "chase.csv"
    with table.open("w", encoding="cp1252", newline="") as target:
        csv.writer(target, delimiter=";").writerows([*row, "", ""] for row in rows)
    answer = json.loads(take_in(elo, data, table, "--format", "json").out)
    assert (answer["counts"]["changed"], answer["refused"]) == (1, [])


def test_added_and_empty_rows(elo: Runner, data: Path, file: Path) -> None:
    """Rows that somebody added are told where they stand; empty ones between them are nothing."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    note = columns(sheet)["note"]
    sheet.cell(20, 1).value, sheet.cell(20, note).value = "brand-new", "An added row"
    sheet.cell(22, note).value = "A row without an id"
    book.save(file)
    found = refusals(elo, data, file)
    assert set(found) == {"A20", "A22"}
    assert "there is no record “brand-new”" in found["A20"]


def test_refused_rows_come_back(elo: Runner, data: Path, file: Path, tmp_path: Path) -> None:
    """The rows that were refused are a sheet with their reasons that, mended, is imported; nothing is written over."""
    back = tmp_path / "back.xlsx"
    fill(file, {"pilots": {"new_status": "valmiss", "note": "=1+1"}, "trained": {"value": 3}})
    assert take_in(elo, data, file, "--yes", "--refused", str(tmp_path / "back.ods")).code == 2
    run = take_in(elo, data, file, "--yes", "--refused", str(back), "--lang", "fi")
    assert run.code == 1
    assert "value: 3" in (data / "milestones/trained.yaml").read_text("utf-8")
    book = load_workbook(back)
    sheet = book.worksheets[0]
    heads, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert heads[0] == "Miksi rivi hylättiin"
    assert "toteutunut" in str(row[0])
    assert all(cell.data_type != "f" for cell in sheet[2])
    status, note = heads.index("Uusi tila") + 1, heads.index("Huomautus") + 1
    sheet.cell(2, status).value, sheet.cell(2, note).value = "toteutunut", "Yksi"
    book.save(back)
    before = back.read_bytes()
    assert take_in(elo, data, file, "--refused", str(back)).code == 2
    assert back.read_bytes() == before
    mended = json.loads(take_in(elo, data, back, "--yes", "--format", "json").out)
    assert (mended["counts"]["changed"], mended["refused"]) == (1, [])
    assert take_in(elo, data, back, "--refused", str(tmp_path / "none.xlsx")).code == 0
    assert not (tmp_path / "none.xlsx").exists()


def test_sheet_survives_another_program(elo: Runner, data: Path, file: Path, tmp_path: Path) -> None:
    """LibreOffice saves the filled sheet as ODS and as XLSX again; both say what the first one said."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not here")
    fill(file, {"pilots": {"new_status": "valmis", "date": date(2023, 6, 20), "effective": "kesäkuu 2023"}})
    said = json.loads(take_in(elo, data, file, "--format", "json").out)["records"]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for source, form in ((file, "ods"), (tmp_path / "out" / "chase.ods", "xlsx")):
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "out"), str(source)]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
        target = tmp_path / "out" / f"chase.{form}"
        if not target.exists():
            pytest.skip("LibreOffice is here without Calc, and converts no sheet")
        again = json.loads(take_in(elo, data, target, "--format", "json").out)
        assert (again["records"], again["refused"]) == (said, [])


def test_unknown_owner(elo: Runner, data: Path, tmp_path: Path) -> None:
    """An organisation that is not there is told with exit code 2, and nothing is written."""
    run = elo("export", str(tmp_path / "chase.xlsx"), "--owner", "okn", data=data)
    assert run.code == 2
    assert "okm" in run.err
    assert not (tmp_path / "chase.xlsx").exists()
    assert elo("export", str(tmp_path / "all.xlsx"), "--answer-by", "2027-01-15", data=data).code == 2
