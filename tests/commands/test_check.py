"""`elo check`: every finding at once, for people, for programs, for CI."""

import json
from pathlib import Path

import pytest

from elo_cli.checks.all_rules import RULES
from elo_cli.store.yaml.positions import Positions
from tests import trackers
from tests.running import Runner

BAD = {
    "measures/m": "key: tru\n",
    "milestones/a": "type: national\ndue: 2021-Q5\nresponsable: [okm]\nmeasures: [m, nobody]\n",
    "milestones/b": "type: national\ndescription:\n  sv: Ett\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a tracker with mistakes."""
    return trackers.write(tmp_path / "data", BAD)


def test_own_data_is_clean(elo: Runner) -> None:
    """The repository's data has no error and no warning, today and on the forum's day."""
    for words in ((), ("--as-of", "2021-04-09")):
        counts = json.loads(elo("check", "--format", "json", *words).out)["counts"]
        assert (counts["error"], counts["warning"]) == (0, 0)


def test_all_findings_at_once_in_order(elo: Runner, data: Path) -> None:
    """Several files with several mistakes each are told in one run, sorted by place."""
    run = elo("check", "--lang", "en", data=data)
    assert run.code == 1
    places = [(line.split(":")[0], int(line.split(":")[1])) for line in run.lines]
    assert places == sorted(places)
    told = {line.split(": ", 1)[1].split()[1] for line in run.lines}
    assert {"schema-type", "schema-value", "schema-unknown-field", "language-foreign", "source-missing"} <= told


def test_line_has_its_fixed_form(elo: Runner, data: Path) -> None:
    """A line is `path:line:column: level rule message`, whose place and rule are the same in each language."""
    heads, levels = set(), {}
    for lang in ("fi", "sv", "en"):
        words = [line.split(" ") for line in elo("check", "--lang", lang, data=data).lines]
        heads.add(tuple((place, rule) for place, _, rule, *_ in words))
        levels[lang] = {level for _, level, *_ in words}
    assert len(heads) == 1
    assert (f"{data}/milestones/a.yaml:5:6:", "schema-value") in heads.pop()
    assert levels["en"] <= {"error", "warning", "note"}
    assert levels["fi"] <= {"virhe", "varoitus", "huomautus"}
    assert levels["sv"] <= {"fel", "varning", "anmärkning"}


def test_remedies_are_told_beside(elo: Runner, data: Path) -> None:
    """How to mend each kind of finding stands on stderr, once, so that stdout stays one line a finding."""
    run = elo("check", "--lang", "en", data=data)
    assert run.err.count("schema-value:") == 1
    assert RULES["schema-value"].remedy in run.err


def test_nearest_right_name_is_given(elo: Runner, data: Path) -> None:
    """A mistyped field is told with the field that was probably meant."""
    assert "“responsible”" in next(
        line for line in elo("check", "--lang", "en", data=data).lines if "“responsable”" in line
    )


@pytest.mark.parametrize(
    ("files", "fail_on", "code"),
    [
        (BAD, "error", 1),
        (BAD, "never", 1),  # the answer is incomplete: a file could not be read
        ({"milestones/b": "type: national\nsources: [{document: d}]\n"}, "error", 1),
        ({"milestones/b": "type: national\nsources: [{document: d}]\n"}, "never", 0),
        ({"people.txt": ""}, "error", 0),
        ({"people.txt": ""}, "warning", 1),
        ({}, "warning", 0),
    ],
)
def test_exit_codes(elo: Runner, tmp_path: Path, files: dict[str, str], fail_on: str, code: int) -> None:
    """--fail-on says which findings give exit code 1; what could not be read always does."""
    data = trackers.write(tmp_path / "data", {path: text for path, text in files.items() if path.count("/")})
    for path in files:
        if "/" not in path:
            (data / path).write_text("", "utf-8")
    assert elo("check", "--fail-on", fail_on, data=data).code == code


def test_json_counts_what_it_lists(elo: Runner, data: Path) -> None:
    """Counts are those of the list, and fingerprints name each finding once and stay when lines move."""
    first = json.loads(elo("check", "--format", "json", data=data).out)
    assert sum(first["counts"].values()) == len(first["findings"])
    names = [finding["fingerprint"] for finding in first["findings"]]
    assert len(set(names)) == len(names)
    file = data / "milestones" / "a.yaml"
    file.write_text("# A line more.\n" + file.read_text("utf-8"), "utf-8")
    moved = json.loads(elo("check", "--format", "json", data=data).out)
    assert sorted(finding["fingerprint"] for finding in moved["findings"]) == sorted(names)
    assert [one["line"] for one in moved["findings"]] != [one["line"] for one in first["findings"]]


def test_broken_tracker_yaml_is_a_finding(elo: Runner, tmp_path: Path) -> None:
    """Settings that cannot be read are told like any other file, with their line."""
    data = trackers.write(tmp_path / "data", {})
    (data / "tracker.yaml").write_text("format: 2\nname: {en: A}\nlanguages: [en]\n", "utf-8")
    run = elo("check", data=data)
    assert run.code == 1
    assert any("tracker.yaml:1:9: error schema-value" in line for line in run.lines)


MANY = {
    "measures/m": "key: true\n",
    "milestones/b": "type: national\nsources: [{document: d}]\n",
    "milestones/c": "type: national\nsources: [{document: d}]\n",
}


@pytest.mark.parametrize("level", ["error", "warning", "note"])
def test_level_chooses_what_is_shown_and_nothing_else(elo: Runner, data: Path, level: str) -> None:
    """--level hides what is less grave in every form; the counts and the exit code are the same."""
    whole = json.loads(elo("check", "--format", "json", data=data).out)
    run = elo("check", "--format", "json", "--level", level, data=data)
    shown = json.loads(run.out)
    kept = ["error", "warning", "note"][: ["error", "warning", "note"].index(level) + 1]
    assert shown["findings"] == [finding for finding in whole["findings"] if finding["level"] in kept]
    assert shown["counts"] == whole["counts"]
    assert run.code == 1
    text = elo("check", "--lang", "en", "--level", level, data=data)
    assert len(text.lines) == len(shown["findings"])
    last = text.err.splitlines()[-2]
    assert f"{whole['counts']['warning']} warning" in last
    assert ("not shown: " in last) == (len(shown["findings"]) < len(whole["findings"]))


MANY_NOTES = {
    **{f"milestones/m-{n:02}": "type: national\nsources: [{document: d}]\ndue: 2021\n" for n in range(20)},
    **{f"milestones/o-{n}": "type: national\ndescription:\n  sv: Ett\n" for n in range(3)},
    "vocabulary/documents": "d:\n  name: {en: D}\n  date: 2020-01-01\n",
}


@pytest.mark.parametrize("level", ["error", "warning", "note"])
def test_a_few_notes_stand_where_they_stand_among_all(elo: Runner, tmp_path: Path, level: str) -> None:
    """The lines that are shown of many notes are those that --all-notes shows, at the same places, in that order."""
    data = trackers.write(tmp_path / "data", MANY_NOTES)
    few = elo("check", "--lang", "en", "--level", level, data=data)
    every = elo("check", "--lang", "en", "--level", level, "--all-notes", data=data)
    assert [line for line in every.lines if line in few.lines] == few.lines
    assert (len(few.lines) < len(every.lines)) == (level == "note")
    assert few.code == every.code


def test_places_are_looked_up_for_what_is_shown(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many notes of one rule, only the files of those that are listed are read a second time."""
    asked: list[str] = []

    def positions(text: str) -> Positions:
        asked.append(text)
        return Positions(text)

    monkeypatch.setattr("elo_cli.checks.run.Positions", positions)
    data = trackers.write(tmp_path / "data", {name: text for name, text in MANY_NOTES.items() if "/o-" not in name})
    assert "more notes: elo check --all-notes" in elo("check", "--lang", "en", data=data).err
    few = len(asked)
    elo("check", "--lang", "en", "--all-notes", data=data)
    assert (few, len(asked) - few) == (3, 20)


def test_what_is_known_is_counted_and_does_not_fail(elo: Runner, tmp_path: Path) -> None:
    """A baseline takes today's findings as known, from whatever folder elo is called; one finding more fails again."""
    data, file = trackers.write(tmp_path / "data", MANY), tmp_path / "known.txt"
    before = json.loads(elo("check", "--format", "json", data=data).out)
    assert before["counts"]["error"]
    written = elo("check", "--write-baseline", str(file), "--lang", "en", data=data)
    assert (written.code, written.lines) == (0, [])
    assert written.err.splitlines()[-1].endswith(f"{len(before['findings'])} known from the baseline")
    known = json.loads(elo("check", "--baseline", str(file), "--format", "json", data=data).out)
    assert (known["findings"], known["known"]) == ([], len(before["findings"]))
    assert not sum(known["counts"].values())
    moved = tmp_path / "elsewhere"
    data.rename(moved)
    assert elo("check", "--baseline", str(file), "--fail-on", "warning", data=moved).code == 0
    text = (moved / "milestones" / "b.yaml").read_text("utf-8")
    (moved / "milestones" / "e.yaml").write_text(text.replace("id: b", "id: e"), "utf-8")
    again = elo("check", "--baseline", str(file), "--lang", "en", data=moved)
    assert again.code == 1
    assert again.lines
    assert all("milestones/e.yaml" in line for line in again.lines)


def test_a_baseline_is_no_record_and_only_a_baseline(elo: Runner, tmp_path: Path) -> None:
    """None is written into the data folder, and a file that is none, or is broken, is refused with its line."""
    data = trackers.write(tmp_path / "data", MANY)
    inside = data / "measures" / "known.txt"
    refused = elo("check", "--write-baseline", str(inside), "--lang", "en", data=data)
    assert (refused.code, inside.exists()) == (2, False)
    assert "lies in the data folder" in refused.err
    (tmp_path / "way").symlink_to(data, target_is_directory=True)
    assert elo("check", "--write-baseline", str(tmp_path / "way" / "known.txt"), data=data).code == 2
    other = tmp_path / "other.txt"
    other.write_text("hello\n", "utf-8")
    assert elo("check", "--write-baseline", str(other), data=data).code == 2
    assert other.read_text("utf-8") == "hello\n"
    refused = elo("check", "--baseline", str(other), "--lang", "en", data=data)
    assert (refused.code, "is no baseline" in refused.err) == (2, True)
    assert elo("check", "--baseline", str(tmp_path / "none.txt"), data=data).code == 3
    assert elo("check", "--write-baseline", str(other), "--force", data=data).code == 0
    with other.open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    refused = elo("check", "--baseline", str(other), "--lang", "en", data=data)
    assert (refused.code, "is no known finding" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("due", "said"),
    [("2021-06-30", "due 30 June 2021, 185 days ago,"), ("2021-spring", "due spring 2021, already past,")],
)
def test_silence_is_counted_in_days_only_from_a_day(elo: Runner, tmp_path: Path, due: str, said: str) -> None:
    """The note on a due that passed in silence counts no days from a spring, which has none."""
    data = trackers.write(tmp_path, {"milestones/m": f"type: national\ndue: {due}\n"})
    assert said in elo("check", "--lang", "en", "--as-of", "2022-01-01", data=data).out
