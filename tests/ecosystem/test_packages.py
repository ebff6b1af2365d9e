"""The package, the hooks and the template for CI, in programs that install and run them."""

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from tests.ci.jobs import GITLAB, source
from tests.ecosystem.installing import ROOT, Command, Installed
from tests.repositories import CLEAN, Repo

CONSTRAINED: Final = {"PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
HOOK_LIMIT: Final = 15.0
"""Seconds in which pre-commit makes the environment of a hook, with the wheels at hand."""
MILESTONE: Final = "id: x\ntype: national\nname:\n  en: X\ndue: 2022-Q3\nsources:\n  - document: slides\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository with a small tracker that is in order."""
    repo = Repo(tmp_path / "repo")
    repo.commit(
        {
            "vocabulary/documents": "slides:\n  name:\n    en: Slides\n  date: 2021-04-09\n",
            "milestones/x": MILESTONE,
        }
    )
    return repo


@pytest.mark.client("pipx")
def test_the_wheel_is_installed_and_runs(client: Installed, tmp_path: Path) -> None:
    """What `make wheel` builds is installed into an environment of its own, and elo is on the path."""
    build: Command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    folders = {"PIPX_HOME": str(tmp_path / "home"), "PIPX_BIN_DIR": str(tmp_path / "bin")}
    client.run("pipx", "install", wheel, env=CONSTRAINED | folders)
    status: Command = [tmp_path / "bin" / "elo", "status", "--data", ROOT / "data"]
    assert subprocess.run(status, check=True, capture_output=True, text=True).stdout


@pytest.mark.client("pre-commit")
def test_the_hooks_are_made_quickly_and_judge(client: Installed, repo: Repo, tmp_path: Path) -> None:
    """The hooks of a clone are ready in 15 seconds, pass what is right and stop a rewritten promise."""
    address, _, commit = source(tmp_path).rpartition("@")
    hooks = "".join(f"      - id: {name}\n" for name in ("elo-check", "elo-fmt-check"))
    config = f"repos:\n  - repo: {address}\n    rev: {commit}\n    hooks:\n{hooks}"
    (repo.root / ".pre-commit-config.yaml").write_text(config, "utf-8")
    repo.commit()
    taken: list[float] = []
    # The first time may have to fetch wheels.
    for attempt in ("cold", "warm"):
        # A virtual environment of its own makes pip take the interpreter that it was made with.
        env = CLEAN | CONSTRAINED | {"PRE_COMMIT_HOME": str(tmp_path / attempt)}
        began = time.monotonic()
        client.run("pre-commit", "install-hooks", cwd=repo.root, env=env)
        taken.append(time.monotonic() - began)
    client.run("pre-commit", "run", "--all-files", cwd=repo.root, env=env)
    path = repo.data / "milestones" / "x.yaml"
    path.write_text(MILESTONE.replace("2022-Q3", "2022-Q4"), "utf-8")
    repo.git("add", "-A")
    assert "promise-rewritten" in client.run("pre-commit", "run", cwd=repo.root, env=env, codes=[1]).stdout
    assert min(taken) < HOOK_LIMIT, taken


@pytest.mark.client("gitlab-ci-local")
def test_the_template_runs_its_job(client: Installed, repo: Repo, tmp_path: Path) -> None:
    """The template is right by GitLab's schema; its job installs elo, passes, and fails for a rewritten promise."""
    base = repo.git("rev-parse", "HEAD")
    template = repo.root / ".gitlab" / "elo.gitlab-ci.yml"
    template.parent.mkdir()
    template.write_bytes((ROOT / ".gitlab" / "elo.gitlab-ci.yml").read_bytes())
    variables = f"variables:\n  ELO_INSTALL: {source(tmp_path)}\n"
    (repo.root / ".gitlab-ci.yml").write_text(f"include:\n  - local: .gitlab/elo.gitlab-ci.yml\n{variables}", "utf-8")
    (repo.root / ".gitignore").write_text(".gitlab-ci-local/\nelo-answers/\n", "utf-8")
    repo.git("remote", "add", "origin", "git@host.example:owner/repo.git")
    assert set(GITLAB) == {"variables", "elo"}
    # The template adds the checkout to the safe folders of whoever runs it: another home than ours.
    own = {"HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"), "TMPDIR": str(tmp_path)}
    command = [
        "gitlab-ci-local",
        "--force-shell-executor",
        "--variable",
        f"CI_MERGE_REQUEST_DIFF_BASE_SHA={base}",
        "elo",
    ]
    env = CLEAN | own | {"PATH": client.environment["PATH"]}
    for due, code in (("2022-Q3", 0), ("2022-Q4", 1)):
        path = repo.data / "milestones" / "x.yaml"
        path.write_text(MILESTONE.replace("2022-Q3", due), "utf-8")
        repo.commit()
        run = client.run(*command, cwd=repo.root, env=env, codes=[code])
        said = run.stdout + run.stderr
        assert "json schema validated" in said
        assert re.search("PASS +elo" if code == 0 else "FAIL +elo", said), said[-3000:]
    answers = repo.root / "elo-answers"
    assert "promise rewritten" in (answers / "changes.md").read_text("utf-8")
    assert "promise-rewritten" in (answers / "gl-code-quality-report.json").read_text("utf-8")
