"""`elo diff` and `elo log` by field, kind and rule: what is left is what was asked for, and the answer says so."""

import ast
import json
from itertools import pairwise
from pathlib import Path

import pytest

from elo_cli.checks.rules.changes import CHANGE_RULES
from elo_cli.tracking.changes import compare
from elo_cli.tracking.changes.filters import TOLD, ChangeFilters, counts, is_field, known_kinds
from tests.repositories import Repo
from tests.running import Runner
from tests.tracking.changes.test_changes import CASES, changes

SEVERAL = (ast.Tuple, ast.Call)
MILESTONE = "type: rrf-target\ndue: 2022-Q3\nindicator: {goal: 5, baseline: 0}\nsources:\n  - document: slides\n"
UPDATE = """\
updates:
  - date: 2022-05-01
    due: 2023-Q1
    indicator: {goal: 7, baseline: 0}
    status: in-progress
    reason: {en: Late}
    decided_by: forum
"""


def repository(folder: Path) -> Repo:
    """Record a milestone, and then a decided update of it and a new measure."""
    repo = Repo(folder)
    repo.commit({"milestones/m": MILESTONE})
    repo.commit({"milestones/m": MILESTONE + UPDATE, "measures/n": "name: {en: N}\n"})
    return repo


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), {("n", ""), ("m", "updates"), ("m", "due"), ("m", "indicator.goal"), ("m", "status")}),
        (("--field", "due"), {("m", "due")}),
        (("--field", "indicator", "--field", "status"), {("m", "indicator.goal"), ("m", "status")}),
        (("--kind", "measure"), {("n", "")}),
        (("--rule", "due-moved", "--rule", "record-added"), {("n", ""), ("m", "due")}),
        (("--kind", "milestone", "--rule", "record-added"), set()),
        (("--field", "name"), set()),
    ],
)
def test_changes_that_are_asked_for(
    elo: Runner, tmp_path: Path, words: tuple[str, ...], expected: set[tuple[str, str]]
) -> None:
    """Words of one sort are alternatives, sorts narrow each other; the exit code speaks of what is shown."""
    data = repository(tmp_path).data
    run = elo("diff", "HEAD~1..HEAD", *words, "--exit-code", "--format", "json", data=data)
    answer = json.loads(run.out)
    assert {(row["id"], row["field"] or "") for row in answer["changes"]} == expected
    assert sum(row["changes"] for row in answer["counts"]) == len(answer["changes"])
    assert run.code == (1 if expected else 0)


def test_counts_and_filters_stand_first(elo: Runner, tmp_path: Path) -> None:
    """Before the changes stands how many there are of what, and what they were chosen by."""
    data = repository(tmp_path).data
    plain = elo("diff", "HEAD~1..HEAD", "--lang", "en", data=data).out.splitlines()
    assert "Due 1" in plain[2]
    assert "new records 1" in plain[2]
    chosen = elo("diff", "HEAD~1..HEAD", "--field", "name", "--lang", "en", data=data).out
    assert "nothing of that has changed" in chosen
    assert "only: --field name" in chosen


def test_log_tells_the_recordings_with_such_changes(elo: Runner, tmp_path: Path) -> None:
    """A recording without one is passed over."""
    data = repository(tmp_path).data
    answer = json.loads(elo("log", "m", "--field", "due", "--format", "json", data=data).out)
    assert [[row["field"] for row in one["changes"]] for one in answer["recordings"]] == [["due"]]


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (("--field", "indicator.gaol"), "indicator.goal"),
        (("--kind", "milestones"), "milestone"),
        (("--rule", "due"), "due-moved"),
    ],
)
@pytest.mark.parametrize("verb", [("diff",), ("log", "m")])
def test_unknown_name_is_answered_with_the_nearest(
    elo: Runner, tmp_path: Path, verb: tuple[str, ...], words: tuple[str, str], nearest: str
) -> None:
    """A mistyped filter is no empty answer."""
    run = elo(*verb, *words, "--lang", "en", data=repository(tmp_path).data)
    assert (run.code, nearest in run.err) == (2, True)


def judged() -> set[str]:
    """Return each rule that the comparing modules name before a level, in a pair or a call."""
    modules = Path(compare.__file__).parent.glob("*.py")
    nodes = (node for module in modules for node in ast.walk(ast.parse(module.read_text("utf-8"))))
    groups = [node.elts if isinstance(node, ast.Tuple) else node.args for node in nodes if isinstance(node, SEVERAL)]
    named = [first for group in groups for first, level in pairwise(group) if "Level." in ast.unparse(level)]
    inner = [part for node in named for part in ast.walk(node)]
    return {str(part.value) for part in inner if isinstance(part, ast.Constant) and "-" in str(part.value)}


def test_every_rule_of_the_source_is_known() -> None:
    """A rule that a change can have is one that can be asked for, also a new one."""
    assert {"update-retracted", "translation-old", "promise-rewritten"} <= judged()
    assert sorted(judged() - {*TOLD, *CHANGE_RULES}) == []


def test_every_change_has_known_names() -> None:
    """Whatever a change is called by, a filter can name it."""
    found = [
        change for case in CASES.values() for change in changes({case.path: case.old}, {case.path: case.new}).changes
    ]
    assert {change.rule for change in found} <= {*TOLD, *CHANGE_RULES}
    assert {change.kind for change in found} <= set(known_kinds())
    fields = {change.field.removeprefix("updates.") for change in found if change.field}
    assert [field for field in fields if not is_field(field)] == []
    assert not is_field("due.x")
    assert ChangeFilters().kept(found) == found
    assert sum(one.changes for one in counts(found)) == len(found)
