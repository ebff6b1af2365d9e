"""`elo report meeting`: two pages and annexes at any size, and minutes of what was decided."""

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from benchmarks.generate import generate_plans
from elo_cli.model.languages import LANGUAGES
from tests import trackers
from tests.running import DATA, Runner

FORUM = ("report", "meeting", "--meeting", "forum-2021-04-09")
ANNEX = {"fi": "Liite 1", "sv": "Bilaga 1", "en": "Annex 1"}
SOURCE = "sources:\n  - document: paper\n    page: 1\n"
FILES = {
    "measures/one": f"key: true\n{SOURCE}",
    "milestones/step": (
        f"type: monitoring-step\nmeasures:\n  - one\ndue: 2021-12-31\n{SOURCE}"
        "updates:\n  - date: 2021-05-12\n    by: okm\n    due: 2022-06-30\n    reason:\n      fi: Syy\n"
        "    decided_by: council\n"
    ),
    "funding/line": f"measures:\n  - one\nstage: pending\namount: 2 M€\nbasis: total\ndecided_at: council\n{SOURCE}",
    "meetings/council": (
        "type: forum\ndate: 2021-05-10\nagenda:\n  opening:\n    fi: Avaus\n"
        "decides:\n  date:\n    fi: Uusi päivä\n  name:\n    fi: Uusi nimi\n"
        "updates:\n  - date: 2021-05-12\n    by: okm\n    decisions:\n      date:\n        fi: Päivä siirtyy\n"
        "    note:\n      fi: Pöytäkirja\n"
    ),
    "vocabulary/documents": "paper:\n  name:\n    fi: Paperi\n  date: 2021-01-01\n",
}


def pages(path: Path) -> list[str]:
    """Return the text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_pages_and_annexes(elo: Runner, tmp_path: Path, lang: str) -> None:
    """The forum's brief has two pages of A4 before its annexes, and the annex with the wide table lies on its side."""
    path = tmp_path / "brief.pdf"
    assert elo(*FORUM, "--lang", lang, "-o", str(path)).code == 0
    begins = [number for number, text in enumerate(pages(path)) if ANNEX[lang] in text]
    assert begins == [2]
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in PdfReader(path).pages]
    assert sizes[:3] == [(595, 842), (595, 842), (842, 595)]
    assert [f"{number}/{len(sizes)}" in text for number, text in enumerate(pages(path), 1)] == [True] * len(sizes)


def test_a_country_fits_on_two_pages(elo: Runner, tmp_path: Path) -> None:
    """Of 1,200 milestones the first few are told, how many more there are, and by which command they are seen."""
    data = generate_plans(tmp_path / "plan", 1)
    for name, day in (("before", "2024-06-01"), ("now", "2025-03-01")):
        (data / "meetings").mkdir(exist_ok=True)
        (data / "meetings" / f"{name}.yaml").write_text(
            f"id: {name}\ntype: forum\nname:\n  fi: Kokous {name}\ndate: {day}\n", "utf-8"
        )
    path = tmp_path / "brief.pdf"
    assert elo("report", "meeting", "--meeting", "now", "--lang", "en", "-o", str(path), data=data).code == 0
    told = pages(path)
    assert next(number for number, text in enumerate(told) if "Annex 1" in text) <= 2
    assert len(told) <= 8
    text = " ".join(" ".join(told).split())
    for command in (
        "elo deadlines --past",
        "elo diff --since 2024-06-01",
        "elo status --all",
        "elo deadlines --within",
    ):
        assert re.search(rf"and [\d,]+ more: {re.escape(command)}", text), command


def test_when_where_and_who(elo: Runner, tmp_path: Path) -> None:
    """Brief and minutes tell a meeting's hours, its place and who takes part; of several days, which hour is whose."""
    stated = (
        "starts: '13:00'\nends: '15:30'\nplace:\n  fi: Säätytalo\n"
        "attendees:\n  - organisation: okm\n    role:\n      fi: sihteeri\n"
    )
    council = FILES["meetings/council"]
    call = ("report", "meeting", "--meeting", "council", "--lang", "fi")
    data = trackers.write(tmp_path / "data", {**FILES, "meetings/council": stated + council})
    for minutes in ((), ("--minutes",)):
        out = elo(*call, *minutes, data=data).out
        assert "Foorumi, 10.5.2021 klo 13.00–15.30.\n\nPaikka: Säätytalo\n\nOsallistujat: okm (sihteeri)\n" in out
    long = council.replace("2021-05-10", "2021-05-10/2021-05-11")
    data = trackers.write(tmp_path / "long", {**FILES, "meetings/council": stated + long})
    assert "10.5.2021–11.5.2021, alkaa klo 13.00, päättyy klo 15.30." in elo(*call, data=data).out


def test_what_is_decided_and_what_is_open(elo: Runner, tmp_path: Path) -> None:
    """Before the meeting the brief says what it shall decide, apart from what others decide."""
    data = trackers.write(tmp_path / "data", FILES)
    out = elo("report", "meeting", "--meeting", "council", "--lang", "fi", data=data).out
    assert out.startswith("# Kokousaineisto: ")
    asked = out[out.index("## Päätettävänä tässä kokouksessa") : out.index("## Tilannekuva")]
    assert "- Uusi päivä\n- Uusi nimi\n" in asked
    assert "2\u00a0milj.\u00a0€, päätettävänä" in asked
    assert "päätettävänä" not in out[out.index("## Odotettavat päätökset") : out.index("## Liite 1")]


def test_minutes_tell_the_decisions(elo: Runner, tmp_path: Path) -> None:
    """Minutes are as of the day on which the decisions were told: what was decided, what that changed, what is open."""
    data = trackers.write(tmp_path / "data", FILES)
    out = elo("report", "meeting", "--meeting", "council", "--minutes", "--lang", "fi", data=data).out
    assert out.startswith("# Muistio: ")
    assert "- Päivä siirtyy\n" in out
    assert "Kirjattu 12.5.2021, okm: Pöytäkirja\n" in out
    changed = out[out.index("## Mitä päätökset muuttivat") : out.index("## Jäi avoimeksi")]
    assert "30.6.2022" in changed
    left = out[out.index("## Jäi avoimeksi") : out.index("## Tilannekuva")]
    assert "- Uusi nimi\n" in left
    assert "Uusi päivä" not in left
    assert "--minutes" in out.splitlines()[-2]
    assert "--as-of 2021-05-12" in out.splitlines()[-2]


def test_what_was_left_open_without_money(elo: Runner, tmp_path: Path) -> None:
    """An item that was not decided is told although the meeting has passed, whether or not money waits for it."""
    data = trackers.write(tmp_path / "data", {name: text for name, text in FILES.items() if name != "funding/line"})
    out = elo("report", "meeting", "--meeting", "council", "--minutes", "--lang", "fi", data=data).out
    assert "## Jäi avoimeksi\n\n- Uusi nimi\n" in out


def test_no_minutes_without_a_decision(elo: Runner) -> None:
    """Where no decision is recorded, and for any other report, minutes are refused with what would be right."""
    run = elo(*FORUM, "--minutes", "--lang", "en", data=DATA)
    assert (run.code, run.out) == (2, "")
    assert "elo update forum-2021-04-09 --decisions" in run.err
    other = elo("report", "summary", "--minutes", "--lang", "en")
    assert (other.code, other.out) == (2, "")
    assert "elo report meeting --meeting ID --minutes" in other.err


def test_a_question_stands_once(elo: Runner, tmp_path: Path) -> None:
    """What several bodies could answer is asked of them together, once."""
    files = {
        "measures/one": f"key: true\nresponsible:\n  - okm\n  - tem\n{SOURCE}",
        "meetings/later": "type: forum\ndate: 2022-05-10\n",
        "vocabulary/documents": FILES["vocabulary/documents"],
    }
    data = trackers.write(tmp_path / "data", files)
    out = elo("report", "meeting", "--meeting", "later", "--lang", "fi", data=data).out
    asked = out[out.index("## Liite 2") : out.index("## Liite 3")]
    assert "- okm, tem\n" in asked
    assert asked.count("\n  - ") == 1


def test_a_measure_that_is_neither_is_told_apart(elo: Runner, tmp_path: Path) -> None:
    """Beside key measures one that is not said to be key or related is another; alone it is a measure."""
    call = ("report", "meeting", "--meeting", "council", "--lang", "fi")
    both = trackers.write(tmp_path / "both", {**FILES, "measures/two": SOURCE})
    assert "- Toimenpiteet: 1 keskeinen toimenpide, 1 muu toimenpide\n" in elo(*call, data=both).out
    alone = trackers.write(tmp_path / "alone", {**FILES, "measures/one": SOURCE})
    assert "- Toimenpiteet: 1 toimenpide\n" in elo(*call, data=alone).out


def test_minutes_of_decisions_told_before_the_meeting(elo: Runner, tmp_path: Path) -> None:
    """Where decisions are told before the day of the meeting, what is said after them is not told as taken back."""
    files = {
        **FILES,
        "meetings/council": FILES["meetings/council"].replace("2021-05-10", "2021-06-10"),
        "milestones/step": FILES["milestones/step"].replace("2021-05-12", "2021-05-20"),
    }
    data = trackers.write(tmp_path / "data", files)
    out = elo("report", "meeting", "--meeting", "council", "--minutes", "--lang", "fi", data=data).out
    assert "- Päivä siirtyy\n" in out
    assert "## Mitä päätökset muuttivat" not in out
