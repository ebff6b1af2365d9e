"""`elo deadlines`: what is late and what comes, for a person, a spreadsheet, a program and a scheduled run."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from elo_cli.model.languages import LANGUAGES
from tests import trackers
from tests.running import Runner

FORUM_DAY = "2021-04-09"


def squeezed(text: str) -> str:
    """Return the text without any space, so that wrapping does not matter."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("day", [FORUM_DAY, "2026-06-01"])
def test_every_deadline_is_on_the_screen(elo: Runner, lang: str, width: int, day: str) -> None:
    """At each width, in each language, no line is too long and every deadline of the JSON is told."""
    run = elo("deadlines", "--as-of", day, "--lang", lang, width=width)
    assert run.code == 0
    assert [line for line in run.lines if len(line) > width] == []
    rows = json.loads(elo("deadlines", "--as-of", day, "--format", "json").out)["deadlines"]
    assert rows
    for row in rows:
        if width < 120:
            assert squeezed(row["name"][lang]) in squeezed(run.out) or row["kind"] == "instrument"
        assert row["id"] in squeezed(run.out) or width >= 120
        assert all(squeezed(word) in squeezed(run.out) for word in row["name"][lang].split()) or row["item"]


def test_forum_day_knows_what_came(elo: Runner) -> None:
    """On the forum's day nothing was late, and the steps of the evaluation and the reporting days came."""
    rows = json.loads(elo("deadlines", "--as-of", FORUM_DAY, "--format", "json").out)["deadlines"]
    assert {row["timing"] for row in rows} == {"due-soon", "upcoming"}
    told = {row["id"]: row["days"] for row in rows}
    assert told["teas-information-needs"] == 38
    assert [row["days"] for row in rows] == sorted(row["days"] for row in rows)


@pytest.mark.parametrize(
    ("day", "fail_on", "code"),
    [
        (FORUM_DAY, "overdue", 0),
        (FORUM_DAY, "unreported", 0),
        (FORUM_DAY, "due-soon", 1),
        ("2026-11-24", "never", 0),
        ("2026-11-24", "overdue", 0),
        ("2026-11-24", "unreported", 1),
    ],
)
def test_exit_code_for_a_scheduled_run(elo: Runner, day: str, fail_on: str, code: int) -> None:
    """--fail-on makes the exit code 1 when something listed is as grave as asked, and the answer is the same."""
    run = elo("deadlines", "--as-of", day, "--fail-on", fail_on)
    assert run.code == code
    assert run.out == elo("deadlines", "--as-of", day).out


def test_csv_has_a_row_for_each(elo: Runner) -> None:
    """Ids, days as numbers and dates in ISO form, for a spreadsheet."""
    rows = list(csv.DictReader(io.StringIO(elo("deadlines", "--lang", "en", "--within", "all", "--format", "csv").out)))
    by_id = {row["Id"]: row for row in rows}
    assert (by_id["dsp-architecture"]["Due"], by_id["dsp-architecture"]["Last day"]) == ("2021-Q4", "2021-12-31")
    assert int(by_id["dsp-architecture"]["Days"]) == -1789


def test_markdown_is_a_table(elo: Runner) -> None:
    """A page with one table, for a meeting's paper."""
    lines = elo("deadlines", "--lang", "en", "--format", "markdown").lines
    assert lines[0].startswith("# Deadlines on 24 November 2026")
    assert lines[2] == "| Due | Timing | What | Measures | Responsible | Id |"


MOVED = """\
    name:
      en: '[red] =1+1 | <b>'
    type: national
    due: 2021-Q4
    updates:
      - date: 2021-12-01
        due: 2022-Q2
        decided_by: okm
        reason:
          en: The act came late
    """
FILES = {
    "vocabulary/organisations": "okm:\n  name:\n    en: OKM\n  type: ministry\n",
    "milestones/m": MOVED,
}


def test_moved_due_is_told_with_its_reason(elo: Runner, tmp_path: Path) -> None:
    """Beside a due that has moved stand the promised one, by how much, who decided and why; a name acts nowhere."""
    data = trackers.write(tmp_path, FILES)
    text = elo("deadlines", "--as-of", "2022-01-01", data=data, width=100).out
    assert "[red] =1+1 | <b>" in text
    assert "promised Q4 2021, moved 6 months later, decided by OKM: The act came late" in text.replace("\u00a0", " ")
    (row,) = json.loads(elo("deadlines", "--as-of", "2022-01-01", "--format", "json", data=data).out)["deadlines"]
    assert (row["promised"]["text"], row["slip"], row["decided_by"]) == ("2021-Q4", 181, "okm")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--within", "soon"), "90d, 2w, 6m, 1y"),
        (("--owner", "okn"), "okm"),
        (("--measure", "onnj"), "onni"),
        (("--fail-on", "late"), "--fail-on"),
    ],
)
def test_wrong_use_says_what_would_be_right(elo: Runner, words: tuple[str, ...], told: str) -> None:
    """A wrong word ends with exit code 2 and the nearest right one."""
    run = elo("deadlines", *words, "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert told in run.err


def test_nothing_to_tell(elo: Runner, tmp_path: Path) -> None:
    """A tracker without deadlines says so."""
    data = trackers.write(tmp_path, {"measures/m": ""})
    text = elo("deadlines", data=data).out
    assert "No open deadline has passed." in text
    assert "Nothing comes in this time." in text
