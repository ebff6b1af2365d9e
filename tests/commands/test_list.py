"""`elo list`: the records of one kind, filtered."""

import json
from pathlib import Path

import pytest

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
    "milestones/own": "type: national\nmeasures: [guidance]\nresponsible: [tem]\ndue: 2030\n",
    "milestones/derived": "type: national\nmeasures: [guidance]\ndue: 2020\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a tracker of one measure and two milestones."""
    return trackers.write(tmp_path, FILES)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("measures",), ["guidance"]),
        (("measures", "--status", "planned"), []),
        (("milestones",), ["derived", "own"]),
        (("milestones", "--owner", "okm"), ["derived"]),
        (("milestones", "--owner", "tem"), ["own"]),
        (("milestones", "--timing", "unreported"), ["derived"]),
        (("milestones", "--measure", "guidance"), ["derived", "own"]),
        (("organisations",), ["okm", "tem"]),
    ],
)
def test_filters(elo: Runner, data: Path, words: tuple[str, ...], ids: list[str]) -> None:
    """A milestone that names nobody is found under the organisation that answers for its measure."""
    run = elo("list", *words, "--format", "json", data=data)
    assert run.code == 0
    assert [record["id"] for record in json.loads(run.out)["records"]] == ids


def test_derived_owner_is_told_apart(elo: Runner, data: Path) -> None:
    """Who is responsible only for the measure carries a star, and the star is explained."""
    run = elo("list", "milestones", data=data, width=160)
    own, derived = (next(line for line in run.lines if name in line) for name in ("Own", "Derived"))
    assert "*" in derived
    assert "*" not in own
    assert any(line.startswith("* ") for line in run.lines)


def test_nothing_to_list_is_said(elo: Runner, data: Path) -> None:
    """An empty answer says so, and is no error."""
    run = elo("list", "measures", "--status", "withdrawn", data=data)
    assert run.code == 0
    assert "Nothing to list" in run.out


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("folder", ["measures", "funding", "milestones", "meetings", "organisations", "documents"])
def test_no_word_is_broken(elo: Runner, folder: str, width: int) -> None:
    """At any width each word of a name stands whole on a line: a table that would break them becomes a list."""
    run = elo("list", folder, "--lang", "fi", width=width)
    records = json.loads(elo("list", folder, "--format", "json").out)["records"]
    told = set(run.out.split())
    for record in records:
        missing = {word for word in record["name"]["fi"].split() if len(word) < width - 2} - told
        assert missing == set()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("meassures",), "measures"),
        (("milestones", "--owner", "okn"), "okm"),
        (("milestones", "--status", "donne"), "completed"),
        ((), "FOLDER"),
    ],
)
def test_wrong_use_names_what_would_be_right(elo: Runner, words: tuple[str, ...], told: str) -> None:
    """A wrong folder, id or value ends with exit code 2 and the nearest right one."""
    run = elo("list", *words)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
