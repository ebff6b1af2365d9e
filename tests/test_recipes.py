"""The recipes of CONTRIBUTING, each followed on a copy of the tree, and used there; the kind has a test of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import Repo

ROOT = Path(__file__).parents[1]
BASE = ROOT / "tests" / "checks" / "base"
RECORD_RULE = """

@rule("meaning-measure-shouted", Level.WARNING, message=N_("{id} shouts"), meaning=N_("Why."), remedy=N_("How."))
def measure_shouted(context: Context) -> Iterator[Spot]:
    \"\"\"Measures whose name ends with an exclamation mark.\"\"\"
    for entry, measure in context.of(Measure):
        if measure.name and any(text.endswith("!") for text in measure.name.values()):
            yield context.spot(entry, "name", id=entry.id)
"""
READING_RULE = """
reading_rule("yaml-to-do", Level.ERROR, message=N_("a draft stands here"), meaning=N_("Why."), remedy=N_("How."))
"""
CHANGE_RULE = """
_rule("update-value-lowered", WARNING, N_("{field} fell from {old} to {new}"), N_("Why."), N_("How."))
"""
VERB = '''\
"""elo count: how many records there are."""

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import AsOfOption, DataOption, LangOption, RevOption
from elo_cli.model.errors import N_

EXAMPLES = (("elo count", N_("how many records there are")),)


def run(data: DataOption = None, lang: LangOption = None, as_of: AsOfOption = None, rev: RevOption = None) -> int:
    """Count the records."""
    opened = session.open_session(data, lang, as_of, rev)
    session.write(str(len(opened.tracker.entries)))
    return opened.leave()
'''
REPORT = """

def _names(facts: Facts, _wanted: Wanted) -> Mapping[str, object]:
    entries = facts.view.tracker.entries.values()
    return {"names": [[facts.language.text(one.record.name)] for one in entries if one.kind.name == "measure"]}


"""
TEMPLATE = """\
# {{ _("Names") | heading }}

{{ table([_("Name")], names) }}

{% include "origin.md.jinja" %}
"""
FORM = '''\
"""Findings as one path a line."""

from collections.abc import Sequence

from elo_cli.checks.rule import Finding
from elo_cli.render.words.language import Language


def paths(_language: Language, findings: Sequence[Finding]) -> str:
    """The files that have findings, one a line."""
    return "\\n".join(sorted({finding.path for finding in findings}))
'''
USED_FORM = """\
def _paths(opened: session.Session, told: "Told", _all_notes: bool) -> str:
    from elo_cli.render.findings.paths import paths

    return paths(opened.language, told.findings)


"""


class Copy:
    """A copy of the tree in which every recipe has been followed, and a repository to use it on."""

    def __init__(self, folder: Path) -> None:
        """Make both below a folder."""
        self.elo = folder / "tree" / "elo_cli"
        shutil.copytree(ROOT / "elo_cli", self.elo, ignore=shutil.ignore_patterns("__pycache__"))
        self.repo = Repo(folder / "repo")
        shutil.copytree(BASE, self.repo.data)
        self.repo.commit()

    def put(self, path: str, text: str, *, before: str = "", after: str = "") -> None:
        """Put a text into a file at the one place that has another before or behind it; alone, it is a new file."""
        file = self.elo / path
        if not (before or after):
            assert not file.exists()
            file.write_text(text, "utf-8")
            return
        content = file.read_text("utf-8")
        assert content.count(before or after) == 1, f"{path} has no one place “{before or after}”"
        place = content.index(before) if before else content.index(after) + len(after)
        file.write_text(content[:place] + text + content[place:], "utf-8")

    def end(self, path: str, text: str) -> None:
        """Add a text to the end of a file."""
        file = self.elo / path
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    def run(self, *words: str, code: int = 0) -> str:
        """Run the copy's elo in the repository, hold it to its exit code, and give what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "elo_cli", *words],
            cwd=self.repo.root,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=os.environ | {"PYTHONPATH": str(self.elo.parent), "ELO_TODAY": "2021-06-01", "ELO_LANG": "en"},
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return the copy, made once."""
    made = Copy(tmp_path_factory.mktemp("recipes"))
    # A field.
    made.put(
        "model/records/measure.py",
        '    visibility: Literal["inside", "public"] | None = Field(None, description=N_("Who sees it."))\n',
        before="    person_years: PersonYears | None",
    )
    measure = (made.elo / "model/records/measure.py").read_text("utf-8")
    if "Literal" not in re.findall(r"from typing import .*", measure)[0]:
        made.put("model/records/measure.py", "Literal, ", after="from typing import ")
    made.put("model/records/measure.py", '            "visibility",\n', before='            "person_years",\n')
    made.put("model/words.py", '    "visibility": N_("Visibility"),\n', before='}\n"""Each field as a heading')
    made.put(
        "model/words.py",
        '    "visibility": {"inside": N_("for the house"), "public": N_("for everybody")},\n',
        before='}\n"""The word for each value',
    )
    made.put("model/kinds.py", '"visibility", ', before='"status", "responsible", "period"')
    # A rule of each species.
    made.end("checks/rules/meaning.py", RECORD_RULE)
    made.end("checks/rules/yaml.py", READING_RULE)
    made.put(
        "store/yaml/strict.py",
        '    if (draft := text.find("TO DO")) >= 0:\n'
        "        line, column = _at(text, draft)\n"
        '        raise _Refusal(Problem("yaml-to-do", path, line=line, column=column))\n',
        before="    # YAML lets a tab stand",
    )
    made.end("checks/rules/changes.py", CHANGE_RULE)
    made.put(
        "tracking/changes/updates.py",
        '    if name == "value" and old is not None and new is not None and new < old:\n'
        '        return "update-value-lowered", Level.WARNING\n',
        before="    if name in _RULES:",
    )
    # A verb.
    made.put("commands/count.py", VERB)
    made.put("cli.py", '    "count": Verb("count", N_("how many records there are")),\n', before='    "show": Verb(')
    # A report.
    made.put("templates/reports/names.md.jinja", TEMPLATE)
    made.put("render/reports/contents.py", REPORT, before="REPORTS: Final")
    made.put(
        "render/reports/contents.py", '    "names": Report(N_("the names"), _names),\n', before='    "chase": Report('
    )
    # An output format.
    made.put("render/findings/paths.py", FORM)
    made.put("commands/check.py", USED_FORM, before="FORMS: Final")
    made.put("commands/check.py", '    "paths": _paths,\n', before='    "sarif": _sarif,')
    made.put("commands/check.py", '"paths", ', before='"sarif"]')
    return made


def test_a_field(copy: Copy) -> None:
    """It is an option, a column and a line under its words, and as a part of the promise it changes with a decision."""
    copy.run("new", "measure", "--id", "library", "--name", "A library", "--visibility", "inside", "--source", "plan")
    change = ("update", "library", "--visibility", "public", "--by", "okm", "--date", "2021-05-20")
    copy.run(*change, code=1)
    copy.run(*change, "--reason", "Opened", "--decided-by", "okm")
    assert "Visibility: for everybody" in copy.run("show", "library")
    assert "for everybody" in copy.run("list", "measures")
    records = json.loads(copy.run("list", "measures", "--format", "json"))["records"]
    assert {record["id"]: record.get("visibility") for record in records}["library"] == "public"
    assert '"visibility"' in copy.run("schema", "measure")
    copy.run("export", "out.csv", "--format", "csv")
    assert "visibility" in (copy.repo.root / "out.csv" / "measures.csv").read_text("utf-8").splitlines()[0]
    (copy.repo.data / "measures" / "library.yaml").unlink()


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "code"),
    [
        pytest.param(
            "meaning-measure-shouted", "measures/guidance", "Guidance", "Guidance!", 0, id="of records, in its group"
        ),
        pytest.param("yaml-to-do", "measures/guidance", "key: true", "key: true # TO DO", 1, id="of reading"),
    ],
)
def test_a_rule_of_one_version(copy: Copy, rule: str, path: str, old: str, new: str, code: int) -> None:
    """It finds what it is for, at its place, says so in every form, and has its page in the manual."""
    file = copy.repo.data / f"{path}.yaml"
    before = file.read_text("utf-8")
    assert rule not in copy.run("check")
    file.write_text(before.replace(old, new), "utf-8")
    try:
        found = json.loads(copy.run("check", "--format", "json", code=code))["findings"]
    finally:
        file.write_text(before, "utf-8")
    assert [(one["rule"], one["record"], one["path"]) for one in found if one["rule"] == rule] == [
        (rule, "guidance" if code == 0 else None, f"data/{path}.yaml")
    ]
    assert "Why." in copy.run("rules", rule)


def test_a_rule_of_change(copy: Copy) -> None:
    """It is found against a revision, told by diff, and has its page in the manual."""
    file = copy.repo.data / "milestones" / "pilots.yaml"
    before = file.read_text("utf-8")
    updates = "".join(
        f"  - date: 2021-05-{day}\n    by: okm\n    value: {value}\n" for day, value in ((10, 8), (20, 5))
    )
    file.write_text(f"{before}updates:\n{updates}", "utf-8")
    try:
        found = json.loads(copy.run("check", "--against", "HEAD", "--format", "json"))["findings"]
        told = copy.run("diff", "HEAD", "--format", "json")
    finally:
        file.write_text(before, "utf-8")
    assert [one["message"] for one in found if one["rule"] == "update-value-lowered"] == ["value fell from 8 to 5"]
    assert '"update-value-lowered"' in told
    assert "Why." in copy.run("rules", "update-value-lowered")


def test_a_verb(copy: Copy) -> None:
    """It runs, and the help lists it with its own help beneath."""
    assert int(copy.run("count")) > 1
    assert "how many records there are" in copy.run("--help")
    assert "Count the records." in copy.run("count", "--help")


def test_a_report(copy: Copy) -> None:
    """It is listed, and written in every form of reports."""
    assert re.search("^names +the names$", copy.run("report", "--list"), re.MULTILINE)
    assert "| Guidance" in copy.run("report", "names")
    assert "<td>Guidance</td>" in copy.run("report", "names", "--format", "html")
    copy.run("report", "names", "-o", "names.docx")
    assert (copy.repo.root / "names.docx").exists()


def test_an_output_format(copy: Copy) -> None:
    """It is offered, and written."""
    assert "paths" in copy.run("check", "--help")
    assert "data/measures/guidance.yaml" in copy.run("check", "--format", "paths", "--as-of", "2029-01-01").splitlines()
