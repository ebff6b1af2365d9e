"""Forms in a real terminal, as a person fills them."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from tests.running import DATA

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
Terminal = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the repository's data."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def terminal(data: Path, tmp_path: Path) -> Terminal:
    """Return a function that starts elo in a terminal of 100 columns, in Finnish."""

    def start(*words: str, **env: str) -> "pexpect.spawn[str]":
        own = {"ELO_DATA": str(data), "ELO_TODAY": "2026-11-24", "ELO_LANG": "fi", "TERM": "xterm-256color"}
        own |= {"XDG_STATE_HOME": str(tmp_path / "state"), "PROMPT_TOOLKIT_NO_CPR": "1", "PYTHONIOENCODING": "utf-8"}
        return pexpect.spawn(
            sys.executable,
            ["-m", "elo_cli", *words],
            env={**os.environ, **own, **env},
            encoding="utf-8",
            dimensions=(40, 100),
            timeout=30,
        )

    return start


def answer(child: "pexpect.spawn[str]", *steps: tuple[str, str]) -> None:
    """Wait for each question and answer it."""
    for question, text in steps:
        child.expect(question)
        child.send(f"{text}\r")


def left(child: "pexpect.spawn[str]") -> int | None:
    """Wait for the end; the exit code."""
    child.expect(pexpect.EOF)
    child.close()
    status: int | None = child.exitstatus
    return status


def test_an_update_is_told_in_a_sentence_and_written(terminal: Terminal, data: Path) -> None:
    """Names, dates and words are typed in Finnish, one goes back by a key, and a sentence is agreed to."""
    child = terminal("update", "dsp-pilots")
    answer(
        child, ("Ajankohta", "20.6.2023"), ("Ilmoittaja", "OKM"), ("Mikä on muuttunut", "Tila"), ("Tila", "käynnissä")
    )
    child.expect("Mikä on muuttunut")
    child.send("\x1b[Z")
    answer(child, ("Tila", "valmis"), ("Mikä on muuttunut", ""), ("Tapahtuma-aika", ""), (r"\[fi\]", "Valmis."))
    answer(child, (r"\[sv\]", ""), (r"\[en\]", ""))
    child.expect("Tila: ei ilmoitettu → toteutunut, 20.6.2023, ilmoittaja OKM")
    answer(child, ("Kirjoitetaanko", "k"))
    assert left(child) == 0
    text = (data / "milestones/dsp-pilots.yaml").read_text("utf-8")
    assert text.endswith("  - date: 2023-06-20\n    by: okm\n    status: completed\n    note:\n      fi: Valmis.\n")


def test_a_form_goes_on_where_it_was_left(terminal: Terminal, data: Path, tmp_path: Path) -> None:
    """After Ctrl+C the answers lie outside the tracker for this user alone, --resume goes on, and then they are gone.

    The document that the record rests on is made on the way, and both are written together.
    """
    documents = (data / "vocabulary/documents.yaml").read_bytes()
    child = terminal("new", "milestone", TERM="dumb")
    answer(child, ("Tyyppi", "kansallinen"), (r"\[fi\]", "Palvelu on avattu"), (r"\[sv\]", ""), (r"\[en\]", ""))
    answer(child, ("Lähteet", "uusi asiakirja"), (r"\[fi\]", "Vuosikatsaus"), (r"\[sv\]", ""), (r"\[en\]", ""))
    answer(child, ("Ajankohta", "20.6.2026"))
    child.expect(r"Julkaisija: $")
    child.sendintr()
    child.expect("elo new milestone --resume")
    assert left(child) == 130
    assert (data / "vocabulary/documents.yaml").read_bytes() == documents
    (kept,) = (tmp_path / "state/elo").glob("*/forms/*")
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0

    child = terminal("new", "--resume", TERM="dumb")
    answer(
        child, ("Julkaisija", "OKM"), ("Verkko-osoite", ""), ("Tunnus", ""), ("Sivu", "7"), ("Dia", ""), ("Kohta", "")
    )
    answer(child, ("Lähteet", ""), ("Toimenpiteet", "digivisio"), ("Toimenpiteet", ""), ("Määräaika", "II/2027"))
    answer(child, ("Vastuutahot", ""), ("Tila", ""), ("Tiedetäänkö muuta", ""), ("Tunnus", ""), ("Kirjoitetaanko", "k"))
    child.expect("kirjoitettu: .*documents.yaml")
    assert left(child) == 0
    assert "vuosikatsaus:\n  name:\n    fi: Vuosikatsaus\n  date: 2026-06-20\n  publisher: okm\n" in (
        data / "vocabulary/documents.yaml"
    ).read_text("utf-8")
    assert "- document: vuosikatsaus\n    page: 7\n" in (data / "milestones/palvelu-on-avattu.yaml").read_text("utf-8")
    assert not kept.exists()


def test_answers_survive_a_file_that_cannot_be_written(terminal: Terminal, data: Path) -> None:
    """What a rule or the disk refuses costs no answer: one goes back, or on later with --resume."""
    child = terminal("update", "dsp-pilots", NO_COLOR="1")
    answer(child, ("Ajankohta", "1.1.1999"), ("Ilmoittaja", "OKM"), ("Mikä on muuttunut", "Tila"), ("Tila", "4"))
    answer(
        child, ("Mikä on muuttunut", ""), ("Tapahtuma-aika", ""), (r"\[fi\]", ""), ("date-update-before-promise", "")
    )
    # Enter goes back to the last question, and < from there to those before it.
    answer(child, (r"Huomautus \[fi\]:", "<"), ("Tapahtuma-aika.*:", "<"), (r"muuttunut\?.*:", "<"), ("Tila", "<"))
    answer(child, (r"muuttunut\?.*:", "<"), ("Ilmoittaja.*:", "<"), (r"Ajankohta \[1.1.1999\]", "20.6.2023"))
    answer(child, (r"Ilmoittaja.*\[OKM\]", ""), (r"\[Tila\]", ""), (r"Tila \[", ""), ("muuttunut", ""))
    answer(child, ("Tapahtuma-aika", ""), (r"\[fi\]", ""), ("Kirjoitetaanko", "k"))
    assert left(child) == 0
    assert "  - date: 2023-06-20\n    by: okm\n    status: completed\n" in (
        data / "milestones/dsp-pilots.yaml"
    ).read_text("utf-8")


def test_answers_that_cannot_be_kept_stop_no_form(terminal: Terminal, data: Path, tmp_path: Path) -> None:
    """Where the state folder cannot be written to, it is told once, and the form goes on."""
    (tmp_path / "state").write_bytes(b"no folder")
    child = terminal("update", "dsp-pilots", NO_COLOR="1")
    answer(child, ("Ajankohta", ""), ("kirjoitettua ei voida säilyttää.*Ilmoittaja", "OKM"), ("Mikä on", ""))
    answer(child, (r"\[fi\]", "<"), (r"muuttunut\?", ""), (r"\[fi\]", "Huomio."), (r"\[sv\]", ""), (r"\[en\]", ""))
    child.expect("Kirjoitetaanko")
    assert "säilyttää" not in str(child.before)
    child.send("k\r")
    assert left(child) == 0
    assert (data / "milestones/dsp-pilots.yaml").read_text("utf-8").endswith("      fi: Huomio.\n")


def test_a_form_lands_in_a_file_that_was_changed_meanwhile(terminal: Terminal, data: Path) -> None:
    """What someone else wrote while the form stood open is not written over; --resume judges and lands the answers."""
    child = terminal("update", "dsp-pilots", NO_COLOR="1")
    answer(child, ("Ajankohta", "20.6.2023"), ("Ilmoittaja", "OKM"), ("Mikä on", ""), (r"\[fi\]", "Huomio."))
    answer(child, (r"\[sv\]", ""), (r"\[en\]", ""))
    child.expect("Kirjoitetaanko")
    path = data / "milestones/dsp-pilots.yaml"
    path.write_text("# Toisen sana\n" + path.read_text("utf-8"), "utf-8")
    child.send("k\r")
    child.expect("elo update dsp-pilots --resume")
    assert left(child) == 3
    child = terminal("update", "--resume", NO_COLOR="1")
    answer(child, ("Kirjoitetaanko", "k"))
    assert left(child) == 0
    text = path.read_text("utf-8")
    assert text.startswith("# Toisen sana\n")
    assert text.endswith("      fi: Huomio.\n")
