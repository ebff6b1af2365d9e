"""The first hour with elo: a new tracker by questions, without its examples, and what to do next."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from elo_cli import version
from elo_cli.commands.shared import asking
from tests import trackers
from tests.running import DATA, Runner


def begun(elo: Runner, folder: Path, *words: str) -> Path:
    """Return the data folder of a new tracker."""
    run = elo("init", str(folder), "--lang", "en", "--languages", "fi,sv", *words, data=None)
    assert run.code == 0, run.err
    return folder / "data"


def test_init_without_examples_is_a_clean_tracker(elo: Runner, tmp_path: Path) -> None:
    """Only what was given is there: goals with ids of their own, in the strategy as their source; no error."""
    data = begun(elo, tmp_path / "new", "--no-examples", "--goal", "Yksi", "--goal", "Yksi", "--goal", "CON")
    assert sorted(path.name for path in data.rglob("*.yaml")) == ["documents.yaml", "goals.yaml", "tracker.yaml"]
    run = elo("list", "goals", "--format", "csv", data=data)
    assert [line.split(",")[0] for line in run.lines[1:]] == ["yksi", "yksi-2", "con-2"]
    assert elo("check", "--lang", "en", data=data).code == 0
    assert "first-" not in (tmp_path / "new/README.md").read_text("utf-8")


def test_init_without_anything_is_a_tracker(elo: Runner, tmp_path: Path) -> None:
    """A tracker without examples and goals can be checked, shown and written to."""
    data = begun(elo, tmp_path / "new", "--no-examples")
    assert elo("check", data=data).code == 0
    assert elo("status", data=data).code == 0
    assert elo("new", "organisation", "--name", "Tavoite", "--type", "ministry", "--dry-run", data=data).code == 0


def test_init_asks_in_a_terminal(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not given is asked: the name, the languages (again after a wrong one), the goals to an empty line."""
    answers = iter(["Kieliohjelma", "suomi", "fi, sv", "Palvelut ovat saatavilla", ""])
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    monkeypatch.setattr(asking, "line", lambda _question, default="": next(answers) or default)
    assert elo("init", str(tmp_path / "new"), "--no-examples", "--lang", "en", data=None).code == 0
    text = (tmp_path / "new/data/tracker.yaml").read_text("utf-8")
    assert "\nid: kieliohjelma\n" in text, "what the tracker is known by when it is called something else"
    assert "fi: Kieliohjelma" in text
    assert "sv: Kieliohjelma" in text
    assert "palvelut-ovat-saatavilla:" in (tmp_path / "new/data/vocabulary/goals.yaml").read_text("utf-8")


def test_examples_go_by_one_command(elo: Runner, tmp_path: Path) -> None:
    """All examples go at once, although they refer to each other; nothing is left that breaks a rule."""
    data = begun(elo, tmp_path / "new")
    run = elo("rm", "--examples", "--yes", data=data)
    assert run.code == 0, run.err
    assert [path.name for path in data.rglob("*.yaml")] == ["tracker.yaml"]
    assert elo("check", data=data).code == 0
    assert elo("rm", "--examples", "--yes", data=data).code == 2


def test_an_example_that_is_used_stays(elo: Runner, tmp_path: Path) -> None:
    """What one's own record refers to stays with what it rests on, and that is told; a renamed example is none."""
    data = begun(elo, tmp_path / "new", "--goal", "Oma tavoite")
    assert elo("set", "first-measure", "name", "Oma", "--reason", "x", data=data).code == 0
    run = elo("rm", "--examples", "--yes", "--lang", "en", data=data)
    assert run.code == 0, run.err
    assert "“lead-ministry” stays" in run.err
    assert (data / "measures/first-measure.yaml").exists()
    assert not (data / "meetings/first-meeting.yaml").exists()
    assert not [line for line in elo("check", "--lang", "en", data=data).lines if ": error " in line]


@pytest.mark.parametrize("words", [("first-meeting", "--examples"), ()])
def test_rm_takes_an_id_or_the_examples(elo: Runner, words: tuple[str, ...]) -> None:
    """Both together, or neither, is wrong use."""
    assert elo("rm", *words, "--yes").code == 2


def test_bare_elo_says_what_comes_next(elo: Runner, tmp_path: Path) -> None:
    """Inside a tracker: how it stands, and three commands, the most pressing first; every one of them is a verb."""
    run = elo(env={"ELO_LANG": "en"})
    assert (run.code, run.err) == (0, "")
    commands = re.findall(r"^  elo (\w+)", run.out, re.MULTILINE)
    assert commands == ["deadlines", "status", "update"]
    data = begun(elo, tmp_path / "new")
    assert re.findall(r"^  elo (\w+)", elo(data=data).out, re.MULTILINE) == ["new", "rm", "status"]
    assert "0 measures" in elo(data=begun(elo, tmp_path / "empty", "--no-examples"), env={"ELO_LANG": "en"}).out


def test_bare_elo_outside_a_tracker_is_the_help(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no tracker the help says how to begin."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ELO_DATA", raising=False)
    run = elo(data=None, env={"ELO_LANG": "en"})
    assert run.code == 0
    assert run.lines[0] == "Examples:"
    assert elo("--data", str(tmp_path), data=None).code == 3


@pytest.mark.parametrize("words", [("help", "show"), ("show", "-h"), ("--lang", "en", "show", "--help")])
def test_help_is_found_by_every_way(elo: Runner, words: tuple[str, ...]) -> None:
    """`elo help VERB`, -h and --help say the same."""
    env = {"ELO_LANG": "en"}
    assert elo(*words, env=env).out == elo("show", "--help", env=env).out


@pytest.mark.parametrize("words", [("help",), ("-h",)])
def test_help_alone_is_that_of_elo(elo: Runner, words: tuple[str, ...]) -> None:
    """`elo help` and `elo -h` list the verbs."""
    assert elo(*words).out == elo("--help").out


def test_options_may_stand_before_the_verb(elo: Runner, tmp_path: Path) -> None:
    """--data and --lang before the verb are those of the verb."""
    data = trackers.write(tmp_path, {"measures/one": "name: {en: One}\n"})
    for words in (("--data", str(data)), (f"--data={data}",)):
        assert elo(*words, "list", "measures", data=None).out == elo("list", "measures", data=data).out
    assert elo("--lang", "sv", "status").out == elo("status", "--lang", "sv").out


def test_version_names_its_commit_or_nothing(elo: Runner) -> None:
    """The version stands first; a commit follows only where one is known, and is one."""
    run = elo("--version", env={"ELO_LANG": "en"})
    assert re.fullmatch(rf"elo {re.escape(version())}( \((checkout of|commit) [0-9a-f]{{10,40}}\))?\n", run.out)


def test_a_measure_that_does_not_say_whether_it_is_key_is_counted_once(elo: Runner, tmp_path: Path) -> None:
    """It is shown among the measures, and not counted again among the related ones."""
    files = {"measures/plain": "name: {en: Plain}\n", "measures/related": "name: {en: Related}\nkey: false\n"}
    data = trackers.write(tmp_path, files)
    out = elo("status", "--lang", "en", data=data).out
    assert "Plain" in out
    assert "1 related measure" in out
    report = elo("report", "summary", "--lang", "en", data=data).out
    assert "1 related measure, 1 other measure" in report


def test_export_xlsx_is_a_workbook(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a format alone is no folder of that name; and no cell of the workbook holds JSON."""
    monkeypatch.chdir(tmp_path)
    assert elo("export", "xlsx", data=DATA).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["strategy.xlsx"]
    cells = [
        cell
        for sheet in load_workbook("strategy.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    ]
    assert len(cells) > 1000
    assert [cell for cell in cells if cell[:1] in "[{"] == []
