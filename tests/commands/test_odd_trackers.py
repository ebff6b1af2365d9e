"""Trackers that once ended a verb with a fault of elo, or were read without a word on what is wrong."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.repositories import Repo
from tests.running import Runner

BASE: Final = Path(__file__).parents[1] / "checks" / "base"
MILESTONE: Final = "type: national\nsources:\n  - document: plan\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a copy of the base."""
    return Path(shutil.copytree(BASE, tmp_path / "data"))


def _add(data: Path, path: str, text: str) -> None:
    with (data / path).open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "1899-12-31", "0001-01-01"])
def test_one_range_of_years_holds_for_every_date(data: Path, elo: Runner, day: str) -> None:
    """A day outside 1900 to 2199 is named where it stands in a file, and refused as an option."""
    _add(data, "vocabulary/instruments.yaml", f"late:\n  name: {{en: L, sv: L}}\n  last_day: {day}\n")
    found = elo("check", "--lang", "en", data=data)
    assert "schema-value “last_day” cannot be" in found.out
    assert "is outside 1900 to 2199" in found.out
    assert elo("deadlines", "--within", "all", data=data).code == 1
    refused = elo("report", "rrf", "--as-of", day, "--lang", "en", data=data)
    assert (refused.code, "is outside 1900 to 2199" in refused.err) == (2, True)


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("verb", [("status",), ("report", "rrf"), ("report", "chase"), ("timeline",), ("calendar",)])
def test_the_first_and_the_last_day_can_be_asked_about(
    elo: Runner, data: Path, day: str, verb: tuple[str, ...]
) -> None:
    """On both ends of the range every verb has an answer."""
    assert elo(*verb, "--as-of", day, data=data).code == 0


def test_each_language_stands_there_once(data: Path, elo: Runner, tmp_path: Path) -> None:
    """A language that stands in tracker.yaml twice is named, and no export is written in half."""
    text = (data / "tracker.yaml").read_text("utf-8").replace("[en, sv]", "[en, sv, en]")
    (data / "tracker.yaml").write_text(text, "utf-8")
    assert "“en” stands there twice" in elo("check", "--lang", "en", data=data).out
    assert elo("export", str(tmp_path / "x.sqlite"), data=data).code == 3


def test_an_indicator_by_language_can_be_updated(data: Path, elo: Runner) -> None:
    """An indicator's text by language is compared by its values: check and update go on."""
    _add(data, "milestones/pilots.yaml", "indicator:\n  text:\n    en: Opened\n    sv: Opened\n")
    _add(
        data,
        "milestones/pilots.yaml",
        "updates:\n  - date: 2022-01-01\n    by: okm\n    indicator:\n      text:\n        en: B\n",
    )
    found = elo("check", "--lang", "en", data=data)
    assert found.code == 1
    assert "promise-changed-without-decision" in found.out


@pytest.mark.parametrize("by", ["goal", "measure", "organisation"])
def test_a_record_among_its_own_measures(tmp_path: Path, elo: Runner, by: str) -> None:
    """A record that names itself, or one that names it back, as a measure belongs to no group, and diff says so."""
    repo = Repo(tmp_path / "repo")
    repo.commit({})
    repo.write(
        {
            "milestones/self": f"measures: [self, other]\n{MILESTONE}",
            "milestones/other": f"measures: [self]\n{MILESTONE}",
        }
    )
    run = elo("diff", "--by", by, data=repo.data)
    assert run.code == 0
    assert "self" in run.out


@pytest.mark.parametrize("name", ["aux", "con", "nul", "prn", "com1", "lpt9"])
def test_ids_that_windows_keeps_are_refused(data: Path, elo: Runner, name: str) -> None:
    """Neither check nor new takes an id whose file or page cannot be written on Windows."""
    text = (data / "milestones" / "pilots.yaml").read_text("utf-8").replace("id: pilots", f"id: {name}")
    (data / "milestones" / f"{name}.yaml").write_text(text, "utf-8")
    _add(
        data,
        "vocabulary/goals.yaml",
        f"{name}:\n  type: strategic-goal\n  name: {{en: A, sv: A}}\n  sources: [{{document: plan}}]\n",
    )
    found = elo("check", "--lang", "en", data=data).lines
    assert sum("Windows has reserved" in line or "Windows keeps for a device" in line for line in found) == 2
    new = elo("new", "milestone", "--id", name, "--name", "A", "--type", "national", "--dry-run", data=data)
    assert new.code == 2


@pytest.mark.skipif(sys.getfilesystemencoding() == "ascii", reason="elo sees bytes here, and no accents")
def test_names_that_differ_only_in_case_or_accents(data: Path, elo: Runner) -> None:
    """Two files that are one on another machine are named, a folder among them."""
    (data / "Measures").mkdir()
    (data / "milestones" / "Pilots.yaml").write_text("id: pilots\n", "utf-8")
    (data / "milestones" / "caf\u00e9.yaml").write_text("id: cafe\n", "utf-8")
    (data / "milestones" / "cafe\u0301.yaml").write_text("id: cafe\n", "utf-8")
    found = [Path(line.split(":")[0]).name for line in elo("check", data=data).lines if " file-name " in line]
    assert sorted(found) == ["caf\u00e9.yaml", "measures", "pilots.yaml"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text here")
@pytest.mark.parametrize(
    "verb",
    [
        *(("check", "--format", form) for form in ("text", "json", "github", "gitlab", "sarif")),
        ("report", "summary"),
        ("status",),
        ("timeline",),
        ("site", "{out}/site"),
        ("export", "{out}/x.json"),
        ("export", "{out}/x.sqlite"),
        ("export", "{out}/x.xlsx"),
        ("export", "{out}/x"),
        ("calendar",),
    ],
)
def test_a_name_that_is_not_utf8_is_a_finding(data: Path, tmp_path: Path, elo: Runner, verb: tuple[str, ...]) -> None:
    """A file whose name is no text makes an answer incomplete, in every form, and is never a fault."""
    pilots = os.fsencode(data / "milestones" / "pilots.yaml")
    with open(os.path.dirname(pilots) + b"/caf\xe9.yaml", "wb") as file:  # noqa: PTH120, PTH123 - a path of bytes
        file.write(b"id: cafe\n")
    run = elo(*(word.format(out=tmp_path) for word in verb), data=data)
    assert run.code == 1, run.err
    assert "caf\\xe9.yaml" in run.err


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_diff_names_what_it_could_not_read(tmp_path: Path, elo: Runner, form: str) -> None:
    """A record and a vocabulary that cannot be read are named, nothing is said to be unchanged or gone, exit 1."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"milestones/m": MILESTONE, "vocabulary/goals": "a:\n  type: strategic-goal\n  name:\n    en: A\n"})
    repo.write({"milestones/m": "id: m\nname: [\n", "vocabulary/goals": "a: [\n"})
    run = elo("diff", "--format", form, "--lang", "en", data=repo.data, width=300)
    assert run.code == 1
    assert "this is not all" in run.out
    assert "nothing has changed" not in run.out
    assert "milestones/m.yaml" in run.out.replace("\\", "")
    assert "vocabulary/goals.yaml" in run.out.replace("\\", "")
    assert "removed" not in run.out


def test_counts_stay_true_where_findings_are_counted_only(data: Path, elo: Runner) -> None:
    """Of 300 findings in a file 200 are listed and one counts the others; the counts are of all."""
    import json

    _add(data, "milestones/pilots.yaml", "".join(f"f{number}: 1\n" for number in range(300)))
    told = json.loads(elo("check", "--format", "json", data=data).out)
    found = [one for one in told["findings"] if one["path"].endswith("pilots.yaml")]
    assert len(found) == 201
    assert told["counts"]["error"] == 300
    assert [one["args"]["n"] for one in found if one["rule"] == "file-many-findings"] == [100]
