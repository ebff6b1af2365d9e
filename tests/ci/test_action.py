"""The action's own steps, run in a shell as GitHub's runner does, against good, bad and hostile pull requests."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from elo_cli.store.strict_yaml import read_plain
from tests.repositories import CLEAN, Repo

ROOT = Path(__file__).parents[2]
ACTION: Any = read_plain((ROOT / "action.yml").read_text("utf-8"))
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
MILESTONE = "name:\n  en: A milestone\ntype: national\ndue: 2022-Q3\nsources:\n  - document: slides\n"
BASE = {
    "vocabulary/documents": "slides:\n  name:\n    en: Slides\n  date: 2021-04-09\n",
    "milestones/x": MILESTONE,
}


class Ran(NamedTuple):
    """What the runner saw: the exit code of the first step that failed, the whole log, and the summary."""

    code: int
    log: str
    summary: str

    @property
    def commands(self) -> list[str]:
        """The lines of the log that the runner takes for commands, while it listens to any."""
        found, token = [], ""
        for line in self.log.splitlines():
            if token:
                token = "" if line.strip() == f"::{token}::" else token
            elif stop := re.match(r"\s*::stop-commands::(.+)", line):
                token = stop[1]
            elif line.lstrip().startswith("::") or "##[" in line:
                found.append(line)
        return found


def run_action(repo: Repo, tmp_path: Path, base: str, inputs: dict[str, str] | None = None) -> Ran:
    """Run every `run:` step but the installation, with elo from this environment on the path."""
    given = {name: about.get("default", "") for name, about in ACTION["inputs"].items()} | (inputs or {})
    values = {
        "inputs.against || github.event.pull_request.base.sha": given["against"] or base,
        "github.action_path": str(ROOT),
        **{f"inputs.{name}": value for name, value in given.items()},
    }
    temp = tmp_path / "runner"
    temp.mkdir()
    summary = temp / "summary.md"
    summary.touch()
    log = ""
    for step in ACTION["runs"]["steps"]:
        assert step["shell"] == "bash"
        if step["name"] == "Install elo":
            continue
        own = {name: EXPRESSION.sub(lambda found: values[found[1]], value) for name, value in step["env"].items()}
        environment = (
            CLEAN
            | own
            | {
                "RUNNER_TEMP": str(temp),
                "GITHUB_STEP_SUMMARY": str(summary),
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{CLEAN['PATH']}",
            }
        )
        script = temp / "step.sh"
        script.write_text(step["run"], "utf-8")
        # The runner's own way of starting bash.
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=repo.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        log += ran.stdout.decode("utf-8", "replace")
        if ran.returncode:
            return Ran(ran.returncode, log, summary.read_text("utf-8"))
    return Ran(0, log, summary.read_text("utf-8"))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository with a branch of a pull request checked out."""
    repo = Repo(tmp_path / "repo")
    repo.commit(BASE)
    repo.git("checkout", "-q", "-b", "pull")
    return repo


def test_no_script_holds_an_expression() -> None:
    """Values reach the scripts through the environment: an expression in a script would be a way in for a name."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]


def test_a_good_pull_request_passes_and_is_told(repo: Repo, tmp_path: Path) -> None:
    """No error; the summary says in a sentence what changes."""
    word = "updates:\n  - date: 2022-01-02\n    status: in-progress\n    note:\n      en: A word\n"
    repo.commit({"milestones/x": MILESTONE + word})
    ran = run_action(repo, tmp_path, "main")
    assert ran.code == 0, ran.log
    assert "Status: in progress" in ran.summary
    assert not [line for line in ran.commands if line.startswith("::error")]


def test_a_bad_pull_request_fails_beside_its_line(repo: Repo, tmp_path: Path) -> None:
    """A rewritten promise is an error annotation at its line, and stands in the summary."""
    repo.commit({"milestones/x": MILESTONE.replace("Q3", "Q4")})
    ran = run_action(repo, tmp_path, "main")
    line = (repo.data / "milestones/x.yaml").read_text("utf-8").splitlines().index("due: 2022-Q4") + 1
    assert ran.code == 1
    assert any(
        f"::error file=data/milestones/x.yaml,line={line},col=1,title=promise-rewritten::" in one
        for one in ran.commands
    )
    assert "promise-rewritten" in ran.summary
    assert "promise rewritten" in ran.summary


def test_a_push_without_a_base_is_checked_alone(repo: Repo, tmp_path: Path) -> None:
    """Where there is no pull request the data is held to the rules, and to no earlier revision."""
    repo.commit({"milestones/x": MILESTONE.replace("Q3", "Q4")})
    ran = run_action(repo, tmp_path, "")
    assert ran.code == 0, ran.log
    assert "promise rewritten" not in ran.summary


def test_fail_on_never_only_tells(repo: Repo, tmp_path: Path) -> None:
    """The input reaches the verb."""
    repo.commit({"milestones/x": MILESTONE.replace("Q3", "Q4")})
    assert run_action(repo, tmp_path, "main", {"fail-on": "never"}).code == 0


def test_a_hostile_pull_request_makes_no_command(repo: Repo, tmp_path: Path) -> None:
    """Names of files, titles and references with commands, markup and shell words are shown and do nothing."""
    trap = tmp_path / "trap"
    hostile = f"::error::owned %0A::warning::x @everyone <img src=x> [a](http://e.example) $(touch {trap}) ##[error]y"
    repo.write({"measures/evil": f"name:\n  en: '{hostile}'\ngoal: '`touch {trap}`'\n"})
    folder = repo.data / "measures"
    (folder / "x\n::error::from a name.yaml").write_text("id: [\n", "utf-8")
    (folder / f"$(touch {trap.name}).yaml").write_text(f"id: '{hostile}'\n", "utf-8")
    (folder / "##[error]z.yaml").write_text("id: [\n", "utf-8")
    (folder / "link.yaml").symlink_to("/etc/hostname")
    repo.commit()
    ran = run_action(repo, tmp_path, "main")
    assert ran.code == 1
    assert not trap.exists()
    assert not (repo.root / trap.name).exists()
    for line in ran.commands:
        assert re.match(r"::(error|warning|notice) file=data/[^,:]*,line=[0-9]+,col=[0-9]+,title=[a-z-]+::", line), line
        assert "##[" not in line
    assert "@everyone" not in ran.summary
    for active in ("<img", "[a]", "[a](http"):
        assert active not in re.sub(r"\\.", "", ran.summary)


@pytest.mark.parametrize("base", ["-x", "$(touch trap)", "nowhere; touch trap", "main\n::error::x", "--output=trap"])
def test_a_hostile_base_is_refused(repo: Repo, tmp_path: Path, base: str) -> None:
    """A reference is an argument, and never an option, a command or a line."""
    repo.commit({"milestones/x": MILESTONE.replace("Q3", "Q4")})
    ran = run_action(repo, tmp_path, base)
    assert ran.code in {2, 3}
    assert not (repo.root / "trap").exists()
    assert ran.commands == []


def test_a_shallow_checkout_fetches_what_it_needs(repo: Repo, tmp_path: Path) -> None:
    """With the depth of one that checkouts have by default, the history is fetched and the change judged."""
    base = repo.git("rev-parse", "main")
    repo.commit({"milestones/x": MILESTONE.replace("Q3", "Q4")})
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth=1", "-b", "pull", f"file://{repo.root}", str(clone))
    shallow = Repo.__new__(Repo)
    shallow.root, shallow.data = clone, clone / "data"
    ran = run_action(shallow, tmp_path, base)
    assert ran.code == 1, ran.log
    assert "promise-rewritten" in ran.summary


def test_a_data_folder_replaced_by_a_file_is_one_clear_line(repo: Repo, tmp_path: Path) -> None:
    """A pull request that puts a file in the folder's place is told so, and fails."""
    repo.git("rm", "-rq", "data")
    (repo.root / "data").write_text("a file", "utf-8")
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "Replace")
    ran = run_action(repo, tmp_path, "main")
    assert ran.code in {2, 3}
    assert "Traceback" not in ran.log
    assert "elo: " in ran.log
