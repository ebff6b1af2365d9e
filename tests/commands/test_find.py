"""`elo find`, and records by their names: what people know a record by leads to it."""

import json
import shutil
from pathlib import Path

import pytest

from elo_cli.commands.shared import asking
from tests import trackers
from tests.running import DATA, Runner

FILES = {
    "vocabulary/organisations": """\
        okm:
          name: {fi: Opetusministeriö, en: Ministry of Education}
          abbreviation: {fi: OKM, en: MoE}
          type: ministry
        tem:
          name: {fi: Työministeriö, en: Ministry of Labour}
          type: ministry
        """,
    "measures/jarvi": "name: {fi: Järven ohjaus, en: Guidance by the lake}\nresponsible: [okm]\n",
    "measures/street": "name: {fi: Straße ja Åbo, en: Street}\nnote: {fi: Ohjaus järvellä, en: On a lake}\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a tracker of two organisations and two measures."""
    return trackers.write(tmp_path, FILES)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("JÄRVI",), ["jarvi"]),
        (("jarve",), ["jarvi", "street"]),
        (("strasse",), ["street"]),
        (("abo",), ["street", "tem"]),
        (("OKM",), ["okm", "jarvi"]),
        (("moe",), ["okm"]),
        (("ohjaus", "lake"), ["jarvi", "street"]),
        (("lake ohjaus",), ["jarvi", "street"]),
        (("ohjaus", "street"), ["street"]),
        (("nothing",), []),
    ],
)
def test_every_word_is_found_whatever_its_accents(
    elo: Runner, data: Path, words: tuple[str, ...], ids: list[str]
) -> None:
    """All words must be there, in any field and language; an id comes before a name, a name before a text."""
    run = elo("find", *words, "--format", "json", data=data)
    assert run.code == 0
    assert [record["id"] for record in json.loads(run.out)["records"]] == ids


def test_nothing_is_told_on_stderr(elo: Runner, data: Path) -> None:
    """That nothing was found is an answer: exit 0, an empty stdout, and a word for the person."""
    run = elo("find", "<nothing>", "--lang", "en", data=data)
    assert (run.code, run.out.strip()) == (0, "")
    assert "nothing was found for “<nothing>”" in run.err


def test_a_hit_says_where_it_is(elo: Runner, data: Path) -> None:
    """The text in which the word stands is shown with its field, and the way on."""
    run = elo("find", "järvellä", "--lang", "en", data=data, width=160)
    assert "Note: Ohjaus järvellä" in run.out
    assert "elo show ID" in run.out


@pytest.mark.parametrize(("text", "told"), [("OKM", "okm"), ("Guidance by the lake", "jarvi"), ("straße", "street")])
def test_show_finds_the_one_record_that_is_called_so(elo: Runner, data: Path, text: str, told: str) -> None:
    """An abbreviation or a name leads to its record, and stderr says so; a program has to know the id."""
    run = elo("show", text, data=data)
    assert run.code == 0, run.err
    assert run.out == elo("show", told, data=data).out
    assert told in run.err
    assert elo("show", text, "--format", "json", data=data).code == 2


def test_show_does_not_guess(elo: Runner, data: Path) -> None:
    """Where several records may be meant they are listed, and nothing is shown."""
    run = elo("show", "ministry", "--lang", "en", data=data)
    assert (run.code, run.out) == (2, "")
    assert "tem (Ministry of Labour), okm (Ministry of Education)" in run.err


@pytest.mark.parametrize("verb", [("update", "--note", "x"), ("set", "note", "x", "--reason", "y"), ("rm", "--yes")])
def test_what_writes_asks_for_the_id(elo: Runner, data: Path, verb: tuple[str, ...]) -> None:
    """A name is no id to a verb that writes; the record that is called so is offered."""
    run = elo(verb[0], "OKM", *verb[1:], "--lang", "en", data=data)
    assert run.code == 2
    assert "nearest is okm (Ministry of Education)" in run.err


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the repository's data to write to."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_update_reads_what_it_prints(elo: Runner, copy: Path) -> None:
    """Words, days and names of the reader's language are written in the form of a file."""
    run = elo(
        *("update", "dsp-pilots", "--status", "valmis", "--date", "20.6.2023", "--by", "OKM"),
        *("--evidence", "otsikko=Raportti,verkko-osoite=https://example.org/a", "--source", "treasury-2022,sivu=3"),
        data=copy,
    )
    assert run.code == 0, run.err
    for line in ("date: 2023-06-20", "by: okm", "page: 3", "status: completed", "title: Raportti"):
        assert line in run.out
    assert elo("check", data=copy).code == 0


def test_set_knows_fields_by_their_headings(elo: Runner, copy: Path) -> None:
    """A field is named as a reader sees it, and its value typed as it is printed."""
    run = elo("set", "dsp-services", "määräaika", "III/2024", "--reason", "Luettu väärin", data=copy)
    assert run.code == 0, run.err
    assert "+due: 2024-Q3" in run.out
    assert "field: due" in run.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("update", "dsp-pilots", "--date", "01/02/2023", "--note", "x"), "2023-02-01, 2023-01-02"),
        (("update", "digivisio-rrf", "--amount", "1.500 €", "--by", "okm"), "1.5 k€, 1.5 €"),
        (("update", "dsp-pilots", "--status", "melkein"), "suunniteltu, valmisteilla"),
        (("list", "measures", "--as-of", "01/02/2023"), "2023-02-01"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_choices(
    elo: Runner, copy: Path, words: tuple[str, ...], told: str
) -> None:
    """Without a terminal nobody is asked: exit 2, the choices, and nothing written."""
    run = elo(*words, data=copy)
    assert run.code == 2
    assert told in run.err


def test_what_is_not_clear_is_asked_back(elo: Runner, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal the choices are shown, and the one that was chosen is written."""
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    monkeypatch.setattr(asking, "line", lambda *_: "2")
    run = elo("update", "dsp-pilots", "--date", "01/02/2023", "--note", "x", "--by", "okm", data=copy)
    assert run.code == 0, run.err
    assert "date: 2023-01-02" in run.out
    assert "2023-02-01" in run.err


@pytest.mark.parametrize(
    "words",
    [
        ("list", "measures", "--owner", "OKM", "--status", "käynnissä"),
        ("deadlines", "--owner", "OKM"),
        ("list", "funding", "--stage", "beviljat"),
        ("list", "milestones", "--timing", "valmis", "--as-of", "31.12.2023"),
        ("status", "--as-of", "9.4.2021"),
    ],
)
def test_filters_and_days_are_read_as_printed(elo: Runner, words: tuple[str, ...]) -> None:
    """A filter in the reader's words is the same question as in elo's own."""
    own = {"OKM": "okm", "käynnissä": "in-progress", "beviljat": "granted", "valmis": "done"}
    plain = [own.get(word, word) for word in words]
    plain = [{"31.12.2023": "2023-12-31", "9.4.2021": "2021-04-09"}.get(word, word) for word in plain]
    run = elo(*words)
    assert run.code == 0, run.err
    assert run.out == elo(*plain).out
