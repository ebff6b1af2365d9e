"""The chase sheet goes out, is filled in, and comes back as updates."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from elo_cli.model.languages import LANGUAGES
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.store.tables.chase_columns import CHASE_COLUMNS
from tests import trackers
from tests.running import Runner

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
}
FIELDS = [column.field for column in CHASE_COLUMNS]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a tracker in which two records are waited for from one ministry."""
    return trackers.write(tmp_path / "data", FILES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sheet_is_a_form(elo: Runner, data: Path, tmp_path: Path, lang: str) -> None:
    """What the tracker says is locked, what is asked is open with its choices, heads are in the reader's language."""
    run = elo("export", str(tmp_path / "chase.xlsx"), "--owner", "okm", "--lang", lang, data=data)
    assert run.code == 0, run.err
    sheet = load_workbook(tmp_path / "chase.xlsx").worksheets[0]
    names, heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert names == FIELDS
    assert sheet.row_dimensions[1].hidden
    assert heads == [Language(lang).say(column.head) for column in CHASE_COLUMNS]
    assert [row[0] for row in rows if row[0]] == ["pilots", "guidance"]
    assert sheet["C3"].data_type == "s"
    assert sheet.protection.sheet
    assert [sheet.cell(3, index).protection.locked for index in range(1, len(FIELDS) + 1)] == [
        not column.asked for column in CHASE_COLUMNS
    ]
    choices = {rule.type: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert choices["list"] == '"' + ",".join(Language(lang).say(term.word) for term in terms.STATUS.values()) + '"'
    assert set(choices) == {"list", "date", "decimal"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", terms.STATUS)
def test_filled_rows_come_back_as_updates(elo: Runner, data: Path, tmp_path: Path, lang: str, status: str) -> None:
    """A status chosen in any language, a day, evidence and a note become one dated update; empty rows nothing."""
    file = tmp_path / "chase.xlsx"
    assert elo("export", str(file), "--owner", "okm", "--lang", lang, data=data).code == 0
    empty = elo("import", str(file), "--mapping", "chase", "--by", "okm", "--format", "json", data=data)
    assert json.loads(empty.out)["counts"] == {"new": 0, "changed": 0, "unchanged": 0, "refused": 0, "gone": 0}
    book = load_workbook(file)
    sheet = book.worksheets[0]
    filled: dict[str, str | date] = {
        "new_status": Language(lang).say(terms.STATUS[status].word),
        "date": date(2022, 3, 1),
        "evidence_title": "Report",
        "evidence_uri": "https://example.org/report",
        "note": "As agreed",
    }
    for field, value in filled.items():
        sheet.cell(3, FIELDS.index(field) + 1).value = value
    book.save(file)
    run = elo("import", str(file), "--mapping", "chase", "--by", "okm", "--yes", "--format", "json", data=data)
    assert run.code == 0, run.err + run.out
    told = json.loads(elo("show", "pilots", "--format", "json", data=data).out)
    assert told["record"]["status"] == status
    (update,) = told["updates"]
    assert (update["by"], update["date"]["text"]) == ("okm", "2022-03-01")
    assert update["evidence"][0]["title"] == "Report"
    assert update["evidence"][0]["uri"] == "https://example.org/report"


def test_unknown_owner(elo: Runner, data: Path, tmp_path: Path) -> None:
    """An organisation that is not there is told with exit code 2, and nothing is written."""
    run = elo("export", str(tmp_path / "chase.xlsx"), "--owner", "okn", data=data)
    assert run.code == 2
    assert "okm" in run.err
    assert not (tmp_path / "chase.xlsx").exists()
