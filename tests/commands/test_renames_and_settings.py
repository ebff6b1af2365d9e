"""Names that hold from a day on, settings of the tracker, meetings and goals: all without an editor."""

import shutil
from pathlib import Path

import pytest

from tests.running import DATA, Runner


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the repository's data to write to."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def renamed(elo: Runner, data: Path) -> Path:
    """Return data in which a ministry has another name from 2023 on."""
    act = ("new", "document", "--name", "Asetus ministeriöistä", "--date", "1.5.2023")
    assert elo(*act, data=data).code == 0
    words = ("--name", "Sivistysministeriö", "--name", "sv=Bildningsministeriet", "--abbreviation", "SM")
    run = elo("update", "okm", *words, "--date", "1.5.2023", "--source", "asetus-ministerioista", data=data)
    assert run.code == 0, run.err
    return data


@pytest.mark.parametrize("words", ["status", "show guidance-counselling-programme", "report summary", "list measures"])
def test_a_renamed_body_keeps_its_old_name_before(elo: Runner, renamed: Path, words: str) -> None:
    """On a day before the renaming every answer has the old name, and afterwards the new one."""
    before = elo(*words.split(), "--as-of", "2021-12-31", "--lang", "fi", data=renamed, width=200).out
    after = elo(*words.split(), "--lang", "fi", data=renamed, width=200).out
    old, new = ("OKM", "Opetus- ja kulttuuriministeriö"), ("SM", "Sivistysministeriö")
    assert any(name in before for name in old)
    assert "Sivistysministeriö" not in before
    assert any(name in after for name in new)
    assert "Opetus- ja kulttuuriministeriö" not in after


@pytest.mark.parametrize("name", ["Sivistysministeriö", "Bildningsministeriet", "Undervisnings- och kulturministeriet"])
def test_a_renamed_body_is_found_by_every_name(elo: Runner, renamed: Path, name: str) -> None:
    """The name that it has and the one that it had lead to it, and what is told has the present one."""
    run = elo("show", name, "--lang", "fi", data=renamed)
    assert run.out.startswith("Sivistysministeriö\nokm ")
    assert "okm: Sivistysministeriö" in run.err


def test_a_new_name_has_no_translation_of_the_old_one(elo: Runner, renamed: Path) -> None:
    """A language in which nobody has said the new name shows it in the first one, and never the old one."""
    assert "Sivistysministeriö" in elo("show", "okm", "--lang", "en", data=renamed).out.splitlines()[0]
    assert "Bildningsministeriet" in elo("show", "okm", "--lang", "sv", data=renamed).out.splitlines()[0]
    assert elo("check", data=renamed).code == 0


def test_a_renaming_can_be_taken_back(elo: Runner, renamed: Path) -> None:
    """An update of a vocabulary is retracted like any other, and the old name holds again from then on."""
    assert elo("retract", "okm", "1", "--reason", "Säädös raukesi", data=renamed).code == 0
    assert "Opetus- ja kulttuuriministeriö" in elo("show", "okm", "--lang", "fi", data=renamed).out.splitlines()[0]
    assert elo("check", data=renamed).code == 0


def test_a_goal_was_promised_in_its_words(elo: Runner, data: Path) -> None:
    """A goal gets other words by a decision with its reason, and a body or an instrument by anybody's word."""
    words = ("update", "goal-digital", "--name", "Digitaalisesti ja avoimesti", "--by", "okm")
    refused = elo(*words, "--lang", "en", data=data)
    assert refused.code == 1
    assert "promise-changed-without-decision" in refused.err
    assert elo(*words, "--reason", "Väliarviointi", "--decided-by", "okm", data=data).code == 0
    assert elo("update", "rrf", "--name", "Elpymisväline", "--by", "vm", data=data).code == 0
    assert "Digitaalisesti ja avoimesti" in elo("status", "--lang", "fi", data=data).out


def test_goals_and_visions_are_added_by_command(elo: Runner, data: Path) -> None:
    """A statement of the vision is a goal of its own type; the id that it got is said."""
    words = ("--type", "vision-statement", "--name", "Ohjaus kuuluu kaikille", "--source", "treasury-2022")
    run = elo("new", "goal", *words, "--lang", "en", data=data)
    assert run.code == 0, run.err
    assert "the id is ohjaus-kuuluu-kaikille" in run.err
    assert "Ohjaus kuuluu kaikille" in elo("list", "goals", data=data, width=160).out


def test_a_double_of_a_document_is_told(elo: Runner, data: Path) -> None:
    """A document with the address of another one, or its title and no other date, is written with a warning."""
    first = ("new", "document", "--name", "Vuosikatsaus", "--address", "https://example.org/v", "--lang", "en")
    assert "double" not in elo(*first, "--date", "2024", data=data).err
    for words in (("--name", "Toinen", "--address", "https://example.org/v"), ("--name", "vuosikatsaus")):
        run = elo("new", "document", *words, "--date", "2024", "--lang", "en", data=data)
        assert "may be a double: “Vuosikatsaus” (vuosikatsaus)" in run.err
        assert run.code == 0
    other_year = elo("new", "document", "--name", "Vuosikatsaus", "--date", "2025", "--lang", "en", data=data)
    assert "double" not in other_year.err


@pytest.mark.parametrize(
    ("field", "values", "line"),
    [
        ("name", ["sv=Strategin"], "  sv: Strategin"),
        ("nimi", ["en=The strategy"], "  en: The strategy"),
        ("languages", ["fi", "sv", "en", "se"], "  - se"),
        ("limits.stale", ["200"], "  stale: 200"),
        ("time_zone", ["Europe/Stockholm"], "time_zone: Europe/Stockholm"),
        ("period", ["2020-2025"], "period: 2020/2025"),
    ],
)
def test_a_setting_is_changed_alone(elo: Runner, data: Path, field: str, values: list[str], line: str) -> None:
    """One line of tracker.yaml changes, and nothing else of it."""
    before = (data / "tracker.yaml").read_text("utf-8").splitlines()
    run = elo("set", "tracker", field, *values, data=data)
    assert run.code == 0, run.err
    after = (data / "tracker.yaml").read_text("utf-8").splitlines()
    assert [text for text in after if text not in before] == [line]
    assert len(after) - len(before) == (field == "languages")


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["time_zone", "Mars/Olympus"], "Europe/Helsinki", 2),
        (["limits.stale", "soon"], "not a number", 2),
        (["limits.stale", "0"], "less than 1", 2),
        (["id", "x"], "no setting", 2),
        (["format", "2"], "no setting", 2),
        (["colour", "red"], "no setting", 2),
        (["name", "Nimi", "--reason", "x"], "without --reason", 2),
        (["languages", "et", "fi"], "language-first-missing", 1),
        (["name", "--remove"], "missing", 2),
    ],
)
def test_a_wrong_setting_is_refused(elo: Runner, data: Path, words: list[str], said: str, code: int) -> None:
    """What tracker.yaml cannot hold, or what a record would break a rule by, is refused with what would be right."""
    before = (data / "tracker.yaml").read_bytes()
    run = elo("set", "tracker", *words, "--lang", "en", data=data)
    assert (run.code, said in run.err) == (code, True), run.err
    assert (data / "tracker.yaml").read_bytes() == before


def test_a_meeting_has_time_place_and_attendees(elo: Runner, data: Path) -> None:
    """A meeting is put down by command as people say it, and the calendar has it at its hour."""
    words = (
        "--name",
        "ELO-foorumi",
        "--type",
        "forum",
        "--date",
        "14.12.2026",
        "--starts",
        "klo 13",
        "--ends",
        "15.30",
    )
    more = ("--place", "Helsinki", "--series", "elo-forum-meetings", "--source", "treasury-2022")
    who = ("--attendees", "organisation=OKM,role=puheenjohtaja", "--attendees", "organisation=tem")
    run = elo("new", "meeting", *words, *more, *who, data=data)
    assert run.code == 0, run.err
    shown = elo("show", "elo-foorumi", "--lang", "fi", data=data).out
    assert "13.00" in shown
    assert "OKM (puheenjohtaja)" in shown
    calendar = elo("calendar", data=data).out
    assert "DTSTART:20261214T110000Z\r\nDTEND:20261214T133000Z\r\n" in calendar
    assert "LOCATION;LANGUAGE=fi:Helsinki\r\n" in calendar
    assert elo("update", "elo-foorumi", "--place", "Turku", "--starts", "9:00", "--by", "okm", data=data).code == 0
    assert "Turku" in elo("show", "elo-foorumi", "--lang", "fi", data=data).out
    assert elo("new", "meeting", *words, "--starts", "25:00", *more, data=data).code == 2
