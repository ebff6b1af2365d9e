"""`elo funding`: the sums as a person, a spreadsheet and a program get them."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from elo_cli.model.languages import LANGUAGES
from tests import trackers
from tests.running import Runner

BYS = ("instrument", "stage", "measure", "organisation")
FORUM_DAY = "2021-04-09"


def squeezed(text: str) -> str:
    """Return the text with every run of spaces and line breaks as one space."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("width", [40, 80, 160])
def test_every_sum_is_on_the_screen(elo: Runner, lang: str, by: str, width: int) -> None:
    """At each width, in each language, no line is too long and every sum of the JSON is told."""
    words = ("funding", "--by", by, "--as-of", FORUM_DAY)
    run = elo(*words, "--lang", lang, width=width)
    assert run.code == 0
    assert [line for line in run.lines if len(line) > width] == []
    answer = json.loads(elo(*words, "--format", "json").out)
    numbers = {
        f"{float(row['amount']) / 1_000_000:.15g}"
        for row in answer["rows"]
        if row["amount"] and float(row["amount"]) >= 1e6
    }
    assert numbers
    told = run.out.replace(",", ".")
    assert [number for number in numbers if number not in told] == []


def test_forum_day_holds_the_figures_of_the_slides(elo: Runner) -> None:
    """The slides' own figures: the permanent money with its parts, the RRF's ten million, and what is not counted."""
    text = squeezed(elo("funding", "--lang", "en", "--as-of", FORUM_DAY, "--by", "measure", width=120).out)
    for told in (
        "permanent funding (granted): about €24.3 million/year, of which itemised at the same stage about",
        "permanent funding of guidance (granted): about €20 million/year, of which itemised about €19.9 million/year",
        "€235 million, stage not stated, 2019–2022",
        "€10 million, of which itemised €10 million",
    ):
        assert told in text


def test_total_of_digivisio_stands_beside_what_was_promised(elo: Runner) -> None:
    """20 million proposed and 6 granted are two lines that may overlap; that they are one nobody said, on no day."""
    text = squeezed(elo("funding", "--lang", "en", "--as-of", "2023-01-01", width=160).out)
    assert "€56 million (3 lines, 2 with an inferred stage or basis)" in text
    assert "first stated €20 million" not in text
    text = squeezed(elo("funding", "--lang", "en", "--format", "markdown").out)
    assert "€56 million | €56 million | 3 lines, 2 with an inferred stage or basis, 1 that may overlap" in text
    assert "€6 million | €6 million | 1 line, 1 with an inferred stage or basis, 1 that may overlap" in text
    assert "first stated €20 million" not in text


def test_an_amount_alone_says_that_its_basis_is_open(elo: Runner) -> None:
    """Where an amount stands by itself it does not pass for a total when no source says that it is one."""
    for words in (
        ("show", "onni-funding"),
        ("list", "funding"),
        ("report", "funding"),
        ("report", "meeting", "--meeting", "forum-2021-04-09"),
    ):
        assert "€2.5 million (in total or per year?)" in squeezed(elo(*words, "--lang", "en").out), words


def test_nothing_is_pending_before_a_meeting_that_is_over(elo: Runner) -> None:
    """The slides call a line pending; years after the meeting it was to be decided, and nobody knows more."""
    for words in (("funding",), ("report", "funding"), ("status", "--all"), ("report", "summary")):
        assert "pending a decision" not in elo(*words, "--lang", "en").out, words
    assert "pending a decision" in elo("funding", "--lang", "en", "--as-of", FORUM_DAY).out


def test_csv_is_for_counting(elo: Runner) -> None:
    """Euros are plain numbers, ids stand beside names, and the amounts add up to the totals of the JSON."""
    run = elo("funding", "--lang", "en", "--as-of", FORUM_DAY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.out)))
    granted = [row for row in rows if row["Stage"] == "granted" and row["Basis"] == "in total" and row["Euros"]]
    assert sum(int(row["Euros"]) for row in granted) == 17_300_000
    assert {row["Id"] for row in granted} == {"national-budget", "government-grant", ""}


def test_markdown_is_one_table_with_what_explains_it(elo: Runner) -> None:
    """The table has a column for what was promised, and lists follow it."""
    lines = elo("funding", "--lang", "en", "--format", "markdown", "--as-of", "2023-01-01").lines
    assert lines[0] == "# Funding on 1 January 2023, by instrument"
    assert lines[2] == "| Instrument | Stage | Amount | First stated | Lines |"
    assert (
        "| RRF | proposed 2021, no update on the decision | €56 million | €56 million "
        "| 3 lines, 2 with an inferred stage or basis |"
    ) in lines


HOSTILE = "=HYPERLINK(1) [/b] <script>alert(1)</script> | `a` @okm \\x"


def test_names_of_the_data_act_nowhere(elo: Runner, tmp_path: Path) -> None:
    """A name with markup, a formula or HTML is shown as it is on the screen and harmless elsewhere."""
    files = {
        "vocabulary/instruments": f"i:\n  name:\n    en: '{HOSTILE}'\n",
        "funding/f": f"name:\n  en: '{HOSTILE}'\ninstrument: i\namount: 1 M€\n",
        "funding/g": f"name:\n  en: '{HOSTILE}'\npart_of: f\namount: 2 M€\n",
        "funding/h": "instrument: nowhere\n",
    }
    data = trackers.write(tmp_path, files)
    assert HOSTILE in elo("funding", data=data, width=160).out
    markdown = elo("funding", "--format", "markdown", data=data).out
    assert "<script>" not in markdown
    assert "[/b]" not in markdown
    assert elo("funding", "--format", "csv", data=data).out.splitlines()[1].startswith("i,'=HYPERLINK")
    assert json.loads(elo("funding", "--format", "json", data=data).out)["rows"][0]["key"] == "i"


def test_tracker_without_funding(elo: Runner, tmp_path: Path) -> None:
    """A tracker without any money has an answer without any sum, in every form."""
    data = trackers.write(tmp_path, {"measures/m": ""})
    for form in ("table", "csv", "markdown"):
        assert elo("funding", "--format", form, data=data).code == 0
    assert json.loads(elo("funding", "--format", "json", data=data).out)["rows"] == []


@pytest.mark.parametrize("words", [("--by", "nothing"), ("--format", "pdf"), ("--as-of", "x")])
def test_wrong_use(elo: Runner, words: tuple[str, ...]) -> None:
    """A wrong option ends with exit code 2 and one message."""
    run = elo("funding", *words)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("elo: ")
