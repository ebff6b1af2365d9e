"""The jobs that check a change, run in a shell as the services that they are written for do."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from elo_cli.store.skeleton_tracker import checking
from elo_cli.store.yaml.reader import read_plain
from tests.repositories import CLEAN, Repo

ROOT: Final = Path(__file__).parents[2]
ACTION: Final[Any] = read_plain((ROOT / "action.yml").read_text("utf-8"))
GITLAB: Final[Any] = read_plain((ROOT / ".gitlab/elo.gitlab-ci.yml").read_text("utf-8"))
WORKFLOW_PATH: Final = ".github/workflows/elo.yml"
SERVICES: Final = ("action", "workflow", "gitlab")
"""Forgejo and Gitea run the workflow that is GitHub's, with these variables of their own."""
FORGEJO: Final = {"FORGEJO_ACTIONS": "true", "GITEA_ACTIONS": "true"}
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


class Step(NamedTuple):
    """One script of a job, with the variables that it gets beside the service's own."""

    name: str
    script: str
    variables: Mapping[str, str]


class Ran(NamedTuple):
    """What the service saw: the exit code of the first step that failed, the log, and what the reviewer reads."""

    code: int
    log: str
    summary: str

    @property
    def commands(self) -> list[str]:
        """The lines of the log that GitHub's runner takes for commands, while it listens to any."""
        found, token = [], ""
        for line in self.log.splitlines():
            if token:
                token = "" if line.strip() == f"::{token}::" else token
            elif stop := re.match(r"\s*::stop-commands::(.+)", line):
                token = stop[1]
            elif line.lstrip().startswith("::") or "##[" in line:
                found.append(line)
        return found


def workflow(install: str = "", data: str = "data") -> Any:  # noqa: ANN401 - whatever the YAML holds
    """Return the workflow that `elo init` writes."""
    return read_plain(checking(WORKFLOW_PATH, "elo", data, install)[WORKFLOW_PATH].decode("utf-8"))


def steps(service: str, base: str, inputs: Mapping[str, str], install: str, temp: Path) -> list[Step]:
    """Return the scripts of a job, the installation first."""
    if service == "gitlab":
        own = {**GITLAB["variables"], **GITLAB["elo"]["variables"], "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
        variables = {**own, "ELO_INSTALL": install, "CI_PROJECT_DIR": "/nowhere", "GITLAB_CI": "true"}
        # The runner joins both parts to one script; here the first one is a step of its own, with a known `home`.
        first = "\n".join(GITLAB["elo"]["before_script"]).replace("home=$(mktemp -d)", f"home='{temp}'")
        second = "\n".join([f"home='{temp}'", *GITLAB["elo"]["script"]])
        return [Step("Install elo", first, variables), Step("Hold", second, variables)]
    given = {name: about.get("default", "") for name, about in ACTION["inputs"].items()} | dict(inputs)
    event = "github.event.pull_request.base.sha || github.event.before"
    values = {
        "inputs.against || github.event.pull_request.base.sha || github.event.merge_group.base_sha"
        " || github.event.before": given["against"] or base,
        event: base,
        "github.action_path": str(ROOT),
        **{f"inputs.{name}": value for name, value in given.items()},
    }

    def filled(table: Mapping[str, str]) -> dict[str, str]:
        return {name: EXPRESSION.sub(lambda found: values[found[1]], value) for name, value in table.items()}

    if service == "action":
        return [Step(one["name"], one["run"], filled(one.get("env", {}))) for one in ACTION["runs"]["steps"]]
    job = workflow(install)
    own = FORGEJO if service == "forgejo" else {}
    return [
        Step(one["name"], one["run"], {**job["env"], **own, **filled(one.get("env", {}))})
        for one in job["jobs"]["check"]["steps"]
        if "run" in one
    ]


def lay_out(temp: Path) -> None:
    """Put elo where its installation would: this environment's, and this checkout as the source."""
    program = temp / "elo" / "bin" / "elo"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -X utf8 -m elo_cli "$@"\n', "utf-8")
    program.chmod(0o755)
    (temp / "source").symlink_to(ROOT)


def run_job(
    service: str,
    repo: Repo,
    tmp_path: Path,
    base: str,
    inputs: Mapping[str, str] | None = None,
    *,
    install: str | None = None,
    **variables: str,
) -> Ran:
    """Run a job's scripts in a checkout; without `install` elo is there already and that step is left out."""
    temp = tmp_path / f"runner-{service}"
    temp.mkdir()
    summary, path = temp / "summary.md", temp / "path"
    summary.touch()
    if install is None:
        lay_out(temp)
    service_own = {"RUNNER_TEMP": str(temp), "TMPDIR": str(temp), "GITHUB_PATH": str(path), "HOME": str(temp)}
    # Where the template adds the checkout to the safe folders: never the file that CLEAN names, which is a device.
    service_own["GIT_CONFIG_GLOBAL"] = str(temp / "gitconfig")
    if service != "gitlab":
        service_own["GITHUB_STEP_SUMMARY"] = str(summary)
    log, code = "", 0
    for step in steps(service, base, inputs or {}, install or "", temp):
        if install is None and step.name == "Install elo":
            continue
        script = temp / "step.sh"
        script.write_text(step.script, "utf-8")
        # GitHub's own way of starting bash; GitLab's differs in nothing that matters here.
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=repo.root,
            env=CLEAN | variables | service_own | dict(step.variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        log += ran.stdout.decode("utf-8", "replace")
        code = ran.returncode
        if code:
            break
    told = [summary, *(repo.root / "elo-answers" / name for name in ("changes.md", "findings.txt"))]
    read = log if service == "forgejo" else "".join(one.read_text("utf-8") for one in told if one.is_file())
    return Ran(code, log, read)


def hooks() -> list[tuple[str, list[str]]]:
    """Return what pre-commit runs: of the repository's own hooks those that write nothing, and those of `elo init`."""
    ours: Any = read_plain((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    local: Any = read_plain(checking(WORKFLOW_PATH, "elo", "data", "")[".pre-commit-config.yaml"].decode("utf-8"))
    found = [("own", one) for one in ours if one["id"] != "elo-fmt"]
    found += [("init", one) for one in local["repos"][0]["hooks"]]
    return [(f"{whose} {one['id']}", [*one["entry"].split(), *one.get("args", [])]) for whose, one in found]


def run_hooks(repo: Repo, whose: str) -> int:
    """Run hooks as pre-commit does, in the top of the repository, and return the gravest exit code."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{CLEAN['PATH']}"
    return max(
        subprocess.run(command, cwd=repo.root, env=CLEAN | {"PATH": path}, capture_output=True, check=False).returncode
        for name, command in hooks()
        if name.startswith(whose)
    )


def source(tmp_path: Path) -> str:
    """Commit the files of this checkout to a repository of its own, and return its address with the commit."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        pytest.skip("not in a git repository: this is an unpacked source distribution")
    folder = tmp_path / "elo.git"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "data/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    repo = Repo(folder)
    return f"file://{folder}@{repo.commit()}"
