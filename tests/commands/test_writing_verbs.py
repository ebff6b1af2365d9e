"""The writing verbs, as someone who has never seen YAML uses them."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from elo_cli.commands.completion import SCRIPTS
from elo_cli.commands.shared import asking
from tests import trackers
from tests.running import DATA, Runner


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the repository's data to write to."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def added(out: str) -> list[str]:
    """Return the lines that a diff adds or removes."""
    return [line for line in out.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


def test_update_records_that_a_milestone_was_reached(elo: Runner, data: Path) -> None:
    """One dated update comes at the end of the file, in the kind's order, and check finds no error."""
    run = elo(
        *("update", "dsp-pilots", "--status", "completed", "--date", "2023-06-20", "--by", "okm", "--note", "Valmis"),
        *("--evidence", "title=Raportti, osa 1,uri=https://example.org/a", "--source", "treasury-2022,page=3"),
        data=data,
    )
    assert run.code == 0, run.err
    assert added(run.out) == [
        "+  - date: 2023-06-20",
        "+    by: okm",
        "+    sources:",
        "+      - document: treasury-2022",
        "+        page: 3",
        "+    status: completed",
        "+    evidence:",
        "+      - title: Raportti, osa 1",
        "+        uri: https://example.org/a",
        "+    note:",
        "+      fi: Valmis",
    ]
    assert elo("check", data=data).code == 0


def test_update_moves_a_deadline_with_its_reason_only(elo: Runner, data: Path) -> None:
    """A promised due changes with a reason and a decider, and is refused, the file untouched, without."""
    path = data / "milestones/dsp-services.yaml"
    before = path.read_bytes()
    run = elo("update", "dsp-services", "--due", "2025-Q2", "--by", "okm", data=data)
    assert run.code == 1
    assert "promise-changed-without-decision" in run.err
    assert path.read_bytes() == before
    run = elo(
        "update", "dsp-services", "--due", "2025-Q2", "--reason", "Syy", "--decided-by", "vm", "--by", "vm", data=data
    )
    assert run.code == 0, run.err
    assert "+    due: 2025-Q2" in added(run.out)


def test_update_from_a_program(elo: Runner, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update comes as JSON on standard input; a dry run shows it and writes nothing."""
    before = (data / "funding/digivisio-rrf.yaml").read_bytes()
    given = io.BytesIO(b'{"amount": "7 M\xe2\x82\xac", "by": "okm"}')
    # The console of a Windows machine reads otherwise; a program writes UTF-8.
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(given, encoding="cp1252"))
    run = elo("update", "digivisio-rrf", "--stdin", "--dry-run", data=data)
    assert run.code == 0, run.err
    assert "+    amount: 7 M€" in added(run.out)
    assert (data / "funding/digivisio-rrf.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["dsp-pilot", "--status", "completed"], "dsp-pilots"),
        (["dsp-pilots", "--stage", "granted"], "--stage"),
        (["dsp-services", "--due", "2025-Q9"], "quarters are Q1 to Q4"),
        (["treasury-2022", "--note", "x"], "elo set"),
        (["dsp-pilots"], "nothing to update"),
        (["digivisio-rrf", "--amount", "6.5 mio"], "24.3 M€"),
        (["dsp-pilots", "--evidence", "Report"], "title="),
        (["../x", "--note", "x"], "no record"),
    ],
)
def test_update_says_what_would_be_right(elo: Runner, data: Path, words: list[str], said: str) -> None:
    """Wrong use leaves with 2, names what would be right, and writes nothing."""
    run = elo("update", *words, "--lang", "en", data=data)
    assert run.code == 2
    assert said in run.err
    assert run.out == ""


def test_update_asks_in_a_terminal(elo: Runner, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without flags it asks who says what, tells the change in a sentence, and writes after a yes."""
    answers = iter(["20.6.2023", "OKM", "status", "4", "", "", "Valmis", "Klart", "", "y"])
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    monkeypatch.setattr(asking, "line", lambda _question, default="": next(answers) or default)
    run = elo("update", "dsp-pilots", "--lang", "en", data=data)
    assert run.code == 0, run.err
    assert "Status: not stated → completed, on 20 June 2023, said by OKM" in run.err
    text = (data / "milestones/dsp-pilots.yaml").read_text("utf-8")
    assert text.endswith(
        "  - date: 2023-06-20\n    by: okm\n    status: completed\n    note:\n      fi: Valmis\n      sv: Klart\n"
    )


def test_a_wrong_answer_is_asked_again(elo: Runner, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the record would refuse is refused at its own question, with what would be right; nothing told is lost."""
    answers = iter(["yesterday", "2023-06-20", "okn", "okm", "status", "9", "4", "", "soon", "", "Valmis", "", "", "y"])
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    monkeypatch.setattr(asking, "line", lambda _question, default="": next(answers) or default)
    run = elo("update", "dsp-pilots", "--lang", "en", data=data)
    assert run.code == 0, run.err
    assert "from 1 to 7" in run.err
    assert "“yesterday” is not a period" in run.err
    assert "“okn”" in run.err
    assert "“soon” is not a period" in run.err
    assert (
        (data / "milestones/dsp-pilots.yaml")
        .read_text("utf-8")
        .endswith("  - date: 2023-06-20\n    by: okm\n    status: completed\n    note:\n      fi: Valmis\n")
    )


def test_set_puts_right_and_says_what_stood_there(elo: Runner, data: Path) -> None:
    """The promise changes, a correction keeps what was, and a field that says so already is refused."""
    run = elo("set", "dsp-services", "due", "2024-Q3", "--reason", "Dia", "--date", "2024-01-01", data=data)
    assert run.code == 0, run.err
    assert added(run.out)[:5] == [
        "-due: 2024-Q4",
        "+due: 2024-Q3",
        "+corrections:",
        "+  - date: 2024-01-01",
        "+    field: due",
    ]
    assert elo("set", "dsp-services", "due", "2024-Q3", "--reason", "Dia", data=data).code == 2


def test_mv_there_and_back_changes_nothing_but_formerly(elo: Runner, data: Path) -> None:
    """Every reference follows a new id, in files, entries and keys; back again only `formerly` is new."""
    before = {path: path.read_bytes() for path in data.rglob("*.yaml")}
    assert elo("mv", "okm", "minedu", data=data).code == 0
    assert elo("check", data=data).code == 0
    assert not [path for path in data.rglob("*.yaml") if "- okm\n" in path.read_text("utf-8").partition("formerly")[0]]
    assert elo("mv", "minedu", "okm", data=data).code == 0
    changed = {path.name: path.read_bytes() for path, old in before.items() if path.read_bytes() != old}
    assert list(changed) == ["organisations.yaml"]
    assert changed["organisations.yaml"].replace(b"  formerly:\n    - minedu\n", b"") in before.values()
    assert elo("mv", "okm", "tem", data=data).code == 2


def test_rm_refuses_while_something_refers_to_it(elo: Runner, data: Path) -> None:
    """What others refer to stays; what nobody refers to goes."""
    run = elo("rm", "okm", "--yes", data=data)
    assert run.code == 1
    assert (data / "vocabulary/organisations.yaml").read_bytes() == (
        DATA / "vocabulary/organisations.yaml"
    ).read_bytes()
    assert elo("rm", "regional-hearing", "--yes", data=data).code == 0
    assert not (data / "meetings/regional-hearing.yaml").exists()


def test_new_makes_an_id_and_never_writes_over(elo: Runner, data: Path) -> None:
    """The id comes from the name, a second one gets a number, and a given id that is taken is refused."""
    words: tuple[str, ...] = (
        "new",
        "milestone",
        "--name",
        "Järvi & Ö",
        "--type",
        "national",
        "--measures",
        "onni",
        "--due",
        "2027",
    )
    words = (*words, "--source", "treasury-2022")
    assert elo(*words, data=data).out.endswith("milestones/jarvi-o.yaml\n")
    assert elo(*words, "--bare", data=data).out.endswith("milestones/jarvi-o-2.yaml\n")
    assert elo(*words, "--id", "okm", data=data).code == 2
    assert elo("update", "jarvi-o", "--status", "planned", "--by", "okm", data=data).code == 0
    assert (
        elo("new", "organisation", "--name", "Бюджет", "--type", "agency", "--source", "treasury-2022", data=data).code
        == 0
    )
    assert "\nbiudzhet:\n" in (data / "vocabulary/organisations.yaml").read_text("utf-8")
    assert elo("check", data=data).code == 0


def test_edit_checks_what_the_editor_leaves(elo: Runner, data: Path, tmp_path: Path) -> None:
    """A right text takes its place; a wrong one does not, and is kept for the next time."""
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/slide: 15/slide: 16/" "$1"\n', "utf-8")
    editor.chmod(0o755)
    path = data / "milestones/dsp-pilots.yaml"
    assert elo("edit", "dsp-pilots", data=data, env={"EDITOR": str(editor)}).code == 0
    assert "slide: 16" in path.read_text("utf-8")
    editor.write_text('#!/bin/sh\nsed -i "s/^due: .*/due: never/" "$1"\n', "utf-8")
    before = path.read_bytes()
    assert elo("edit", "dsp-pilots", data=data, env={"EDITOR": str(editor)}).code == 1
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))
    editor.write_text('#!/bin/sh\ngrep "^due: never" "$1" && sed -i "s/^due: .*/due: 2023-Q2/" "$1"\n', "utf-8")
    assert elo("edit", "dsp-pilots", data=data, env={"EDITOR": str(editor)}).code == 0


def test_fmt_check_names_the_files_that_would_change(elo: Runner, data: Path) -> None:
    """The repository's data is canonical; a file that is not is named, and put right without --check."""
    assert elo("fmt", "--check", data=data).code == 0
    path = data / "milestones/dsp-pilots.yaml"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"due: 2023-Q2", b"due: '2023-Q2'  # when"))
    run = elo("fmt", "--check", data=data)
    assert (run.code, run.out.endswith("milestones/dsp-pilots.yaml\n")) == (1, True)
    assert elo("fmt", data=data).code == 0
    assert path.read_bytes() == before.replace(b"due: 2023-Q2", b"due: 2023-Q2  # when")


@pytest.mark.parametrize("languages", ["fi,sv,en", "it,en", "sv"])
def test_init_puts_the_facility_in(elo: Runner, tmp_path: Path, languages: str) -> None:
    """With --rrf the instrument has its rules, last days and reporting days, each with the act that sets it."""
    folder = tmp_path / "new"
    assert elo("init", str(folder), "--languages", languages, "--rrf", data=None).code == 0
    data = folder / "data"
    assert elo("check", "--fail-on", "warning", data=data).code == 0
    assert elo("fmt", "--check", data=data).code == 0
    words = ("deadlines", "--as-of", "2026-02-01", "--within", "all", "--format", "json")
    days = [(row["id"], row["due"]["text"]) for row in json.loads(elo(*words, data=data).out)["deadlines"]]
    assert [day for name, day in days if name == "rrf"] == [
        "2026-02-28", "2026-04-30", "2026-08-31", "2026-08-31", "2026-10-15", "2026-12-31",
    ]  # fmt: skip
    record = json.loads(elo("show", "rrf", "--format", "json", data=data).out)["record"]
    assert (record["rules"], record["last_day"], record["last_payment_day"]) == ("rrf", "2026-08-31", "2026-12-31")


@pytest.mark.parametrize("languages", ["fi,sv,en", "it,en", "sv"])
def test_init_begins_a_tracker_that_is_clean(elo: Runner, tmp_path: Path, languages: str) -> None:
    """A new tracker has neither errors nor warnings, is canonical, and its README's commands work."""
    folder = tmp_path / "new"
    assert elo("init", str(folder), "--name", "Kieli: 2030", "--languages", languages, data=None).code == 0
    data = folder / "data"
    assert elo("check", "--fail-on", "warning", data=data).code == 0
    assert elo("fmt", "--check", data=data).code == 0
    for words in (["status"], ["deadlines"], ["show", "first-milestone"], ["rm", "first-meeting", "--yes"]):
        assert elo(*words, data=data).code == 0
    assert elo("init", str(folder), data=None).code == 2
    assert elo("init", str(data), data=None).code == 2
    assert not (data / "data").exists()


def test_an_editor_knows_the_languages_of_a_new_tracker(elo: Runner, tmp_path: Path) -> None:
    """An editor offers the languages that were asked for and no other, asks for the first, and nothing is old."""
    folder = tmp_path / "new"
    assert elo("init", str(folder), "--name", "Neu", "--languages", "de,fr", data=None).code == 0
    schemas = [json.loads(path.read_text("utf-8")) for path in (folder / "schemas").glob("*.schema.json")]
    texts = [schema["$defs"]["LocalText"] for schema in schemas if "LocalText" in schema["$defs"]]
    assert texts
    assert {tuple(text["properties"]) for text in texts} == {("de", "fr")}
    assert {text["dependentRequired"]["fr"][0] for text in texts if "dependentRequired" in text} == {"de"}
    assert "file-schemas-old" not in elo("check", "--all-notes", data=folder / "data").out
    settings = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    of_files = {(folder / schema).name for schema in settings if (folder / schema).is_file()}
    assert of_files == {path.name for path in (folder / "schemas").glob("*.schema.json")} - {"ids.schema.json"}


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ([":dsp-p", "show"], "dsp-pilots"),
        ([":", "update", "dsp-pilots", "--status"], "completed"),
        ([":--st", "update", "dsp-pilots"], "--status"),
        ([":ok", "update", "dsp-pilots", "--by"], "okm"),
        ([":comp", "update", "dsp-pilots", "--status", "="], "completed"),
        ([":d", "set", "dsp-pilots"], "due"),
        ([":", "set", "dsp-pilots", "status"], "completed"),
        ([":up"], "update"),
        ([":--la"], "--lang"),
        ([":s", "--lang"], "sv"),
        ([":--lang=s"], "--lang=sv"),
        ([":st", "--lang", "=", "sv"], "status"),
        ([":", "set", "tracker"], "limits"),
        ([":", "translate", "--to"], "sv"),
        ([":", "diff", "--since"], "forum-2021-04-09"),
        ([":", "log", "dsp-pilots", "--rule"], "due-moved"),
        ([":", "log", "dsp-pilots", "--kind"], "milestone"),
        ([":indicator.", "diff", "--field"], "indicator.goal"),
        ([":", "calendar", "--only"], "reporting"),
        ([":--st", "new", "funding"], "--stage"),
        ([":", "update", "digivisio-rrf", "--stage"], "granted"),
        ([":", "list", "milestones", "--component"], "P3C2"),
        ([":", "retract", "dsp-pilots"], "1"),
    ],
)
def test_completion_offers_what_fits(elo: Runner, words: list[str], word: str) -> None:
    """Verbs, options, ids, fields and values are offered, and nothing that does not begin as the word does."""
    found = elo("__complete", *words).lines
    assert word in found
    assert all(one.startswith(words[0][1:]) for one in found)


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ([":--", "update", "dsp-pilots"], "--stage"),
        ([":--", "new", "goal"], "--status"),
        ([":--", "list", "goals"], "--stage"),
        ([":", "update"], "treasury-2022"),
        ([":", "report", "summary"], "HEAD"),
        ([":", "set", "tracker"], "currency"),
        ([":", "translate", "--to"], "fi"),
    ],
)
def test_completion_offers_only_what_the_verb_accepts(elo: Runner, words: list[str], word: str) -> None:
    """What the verb would refuse after these words is not offered."""
    assert word not in elo("__complete", *words).lines


def test_completion_reads_what_files_hold(elo: Runner, tmp_path: Path) -> None:
    """Components and instalments are those of the milestones, and numbers those of updates that are not retracted."""
    retracted = "{date: 2022, by: b, retracted: {date: 2023, reason: {en: r}}}"
    data = trackers.write(
        tmp_path / "data",
        {
            "milestones/a": "type: rrf-target\nrrf: {plan_measure: [M1C10I2, M2C1R1], instalment: 4}\n",
            "milestones/b": f"type: national\nupdates: [{{date: 2021, by: b}}, {retracted}, {{date: 2023, by: b}}]\n",
            "milestones/broken": "rrf: [instalment: 7",
            "vocabulary/goals": f"g: {{type: strategic-goal, updates: [{retracted}, {{date: 2023, by: b}}]}}\n",
        },
    )

    def offered(*words: str) -> list[str]:
        return elo("__complete", ":", *words, data=data).lines

    assert offered("list", "milestones", "--component") == ["M1C10", "M2C1"]
    assert offered("status", "--instalment") == ["4", "7"]
    assert (offered("retract", "b"), offered("retract", "g"), offered("retract", "a")) == (["1", "3"], ["2"], [])
    assert (offered("retract", "broken"), offered("retract", "nobody")) == ([], [])


@pytest.mark.parametrize(
    ("typed", "word", "offered"),
    [
        (["elo", "stat"], "stat", "status"),
        (["elo"], "", "status"),
        (["elo", "show", "dsp-p"], "dsp-p", "dsp-pilots"),
        (["elo", "update", "dsp-pilots", "--status"], "", "completed"),
        (["elo", "update", "dsp-pilots", "--status", "compl"], "compl", "completed"),
    ],
)
def test_powershell_hands_over_what_the_answer_takes(elo: Runner, typed: list[str], word: str, offered: str) -> None:
    """The script gives the word under the cursor after a colon, and those before it without the program's name.

    What it makes of `$tree.CommandElements` and `$word` is done here as it does it: no PowerShell is needed.
    """
    script = SCRIPTS["powershell"]
    assert "Register-ArgumentCompleter -Native -CommandName elo -ScriptBlock" in script
    assert "$tree.CommandElements | Select-Object -Skip 1" in script
    assert "if ($word -ne '' -and $words.Count -gt 0) { $words = @($words | Select-Object -SkipLast 1) }" in script
    assert 'elo __complete ":$word" @words 2>$null' in script
    assert "Invoke-Expression" not in script
    words = typed[1:]
    if word and words:
        words = words[:-1]
    assert offered in elo("__complete", f":{word}", *words).lines


def test_completion_loads_no_verb_and_no_model() -> None:
    """An answer at each press of a key imports neither a verb, nor the models, nor git unless it is asked for one."""
    program = "import sys; from elo_cli.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    words = (":", "--data", str(DATA), "show")
    run = subprocess.run(
        [sys.executable, "-c", program, "__complete", *words], capture_output=True, encoding="utf-8", check=True
    )
    assert "dsp-pilots" in run.stdout
    loaded = set(run.stderr.split())
    assert not loaded & {"pydantic", "pygit2", "yaml_rs", "rich", "elo_cli.commands.show", "elo_cli.model.kinds"}


def test_completion_gives_no_name_that_is_no_id(elo: Runner, data: Path) -> None:
    """A hostile name of a file never reaches the shell, and a missing tracker is no error."""
    (data / "measures/$(touch x).yaml").write_text("", "utf-8")
    assert not [line for line in elo("__complete", ":", "show", data=data).lines if "$" in line]
    assert elo("__complete", ":", "show", data=data / "nowhere").lines == []
