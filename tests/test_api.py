"""The Python surface: what `import elo_cli` offers, and that it prints nothing, leaves nothing and costs nothing."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import elo_cli
from tests.repositories import Repo
from tests.running import DATA, Runner

DAY = date(2021, 4, 9)
RECORD = "status: planned\nupdates:\n  - date: 2022-01-05\n    status: in-progress\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a tracker with two recorded versions."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"measures/m": "status: planned\n"})
    repo.commit({"measures/m": RECORD})
    return repo


def test_everything_public_is_there_and_documented() -> None:
    """Each name in `__all__` leads to what it names, has a docstring, and stands in docs/python.md."""
    page = (DATA.parent / "docs" / "python.md").read_text("utf-8")
    for name in elo_cli.__all__:
        assert getattr(elo_cli, name).__doc__, name
        assert name in page, name
    for name, member in vars(elo_cli.Tracker).items():
        if not name.startswith("_"):
            assert member.__doc__ or hasattr(member, "__wrapped__"), name
            assert f"`{name}" in page, name
    assert set(dir(elo_cli)) == set(elo_cli.__all__)
    with pytest.raises(AttributeError):
        _ = elo_cli.nothing


def test_importing_it_costs_the_command_line_nothing() -> None:
    """Importing the package imports no module of it, nor any library: the first use does."""
    code = "import sys; before = set(sys.modules); import elo_cli; print(*(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, encoding="utf-8", check=True)
    modules = {name.partition(".")[0] for name in run.stdout.split()} - set(sys.stdlib_module_names)
    assert modules == {"elo_cli"}
    assert not [name for name in run.stdout.split() if name.startswith("elo_cli.")]


def test_answers_are_those_of_the_command_line(elo: Runner) -> None:
    """Status, deadlines, money, findings and states are what the verbs print as JSON."""
    import json

    tracker = elo_cli.open(DATA)
    day = ("--as-of", DAY.isoformat(), "--format", "json")
    goals = json.loads(elo("status", *day).out)["goals"]
    assert [goal.goal and goal.goal.id for goal in tracker.status(DAY).goals] == [goal["id"] for goal in goals]
    listed = json.loads(elo("deadlines", *day, "--within", "90d").out)["deadlines"]
    assert [one.id for one in tracker.deadlines(DAY, "90d").deadlines] == [one["id"] for one in listed]
    rows = json.loads(elo("funding", *day, "--by", "stage").out)["rows"]
    found = [(row.stage, row.amount and row.amount.plain) for row in tracker.funding("stage", DAY).rows]
    assert found == [(row["stage"], row["amount"]) for row in rows]
    findings = json.loads(elo("check", *day).out)["findings"]
    assert {one.fingerprint for one in tracker.check(DAY)} >= {one["fingerprint"] for one in findings}
    for record in json.loads(elo("list", "milestones", *day).out)["records"]:
        state = tracker.state(record["id"], DAY)
        assert state is not None
        assert state.now.status == record["status"]
    assert {one["id"] for one in tracker.table("milestones", DAY)} == {
        one.id for one in tracker.records(elo_cli.Milestone) if tracker.state(one.id, DAY) is not None
    }


def test_a_revision_is_read_as_it_was(repo: Repo) -> None:
    """With `rev` the records are those of the revision, and `diff` tells what came after it."""
    before = elo_cli.open(repo.root, rev="HEAD~1")
    assert (before.records("measure")[0].all_updates, before.rev) == ((), repo.git("rev-parse", "HEAD~1"))
    now = elo_cli.open(repo.root)
    changes = now.diff("HEAD~1")
    assert [(change.record, change.field) for change in changes] == [("m", "updates"), ("m", "status")]
    assert now.diff("HEAD~1", "HEAD") == changes
    assert [row["value"] for row in now.table("history") if row["field"] == "status"] == [
        "planned",
        "planned",
        "in-progress",
    ]
    assert now.name == {"en": "A strategy"}


def test_what_is_wrong_is_raised_with_its_place(repo: Repo) -> None:
    """A file that cannot be read is an exception with path, line, column and rule; other records answer still."""
    repo.write({"measures/broken": "status: done\n"})
    tracker = elo_cli.open(repo.data)
    assert [path.rpartition("/")[2] for path in tracker.incomplete] == ["broken.yaml"]
    assert tracker.state("m") is not None
    with pytest.raises(elo_cli.FileProblem) as raised:
        tracker.state("broken")
    problem = raised.value
    assert (Path(problem.path).name, problem.line, problem.column, problem.rule) == (
        "broken.yaml",
        4,
        9,
        "schema-value",
    )
    assert str(problem).startswith(f"{problem.path}:4:9: ")
    (repo.data / "tracker.yaml").write_text("format: 1\nname: [\n", "utf-8")
    with pytest.raises(elo_cli.FileProblem) as raised:
        elo_cli.open(repo.data)
    assert Path(raised.value.path).name == "tracker.yaml"


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: elo_cli.open(DATA).state("nobody"), elo_cli.UsageProblem),
        (lambda: elo_cli.open(DATA).records("nothing"), elo_cli.UsageProblem),
        (lambda: elo_cli.open(DATA).table("nothing"), elo_cli.UsageProblem),
        (lambda: elo_cli.open(DATA).deadlines(within="soon"), elo_cli.UsageProblem),
        (lambda: elo_cli.open(DATA, rev="-x"), elo_cli.UsageProblem),
        (lambda: elo_cli.open(DATA, rev="never"), elo_cli.UnreadableProblem),
        (lambda: elo_cli.open(DATA).diff("never"), elo_cli.UnreadableProblem),
        (lambda: elo_cli.open(DATA / "nowhere"), elo_cli.UnreadableProblem),
    ],
)
def test_wrong_questions_are_exceptions(
    ask: object, error: type[elo_cli.EloError], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is asked wrongly raises an EloError with a sentence; nothing is printed and nothing exits."""
    with pytest.raises(error, match=r"\w+ \w+"):
        ask()  # type: ignore[operator]  # a function
    assert capsys.readouterr() == ("", "")
