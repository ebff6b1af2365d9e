"""The files for CI are what the services that read them accept, and everything that they bring is pinned."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from elo_cli.store.skeleton_tracker import checking
from elo_cli.store.yaml.reader import read_plain
from tests.ci.jobs import GITLAB, ROOT, WORKFLOW_PATH, workflow
from tests.package.test_repository import pins, project, requirements, tracked
from tests.running import Runner

USES = re.compile(r"\buses: (\S+)(.*)")
INDEX_NAME = re.compile(
    r"\b(?:pip3?|pipx|uv tool|uv pip)\s+(?:install|run)(?:\s+-\S+)*\s+[\"']?(?:elo|strategy-elo|\$\{?ELO\w*)(?![\w./-])"
    r"|\buvx\s+elo\b"
)


@pytest.fixture
def init_workflow(tmp_path: Path) -> Path:
    """Write the workflow of `elo init` to a file."""
    path = tmp_path / "elo.yml"
    path.write_bytes(checking(WORKFLOW_PATH, 'a "name": #', "own/ä: b/data", "")[WORKFLOW_PATH])
    return path


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", ".github/workflows/data.yml"),
        ("vendor.gitlab-ci", ".gitlab/elo.gitlab-ci.yml"),
    ],
)
def test_a_file_keeps_the_schema_of_its_service(schema: str, path: str) -> None:
    """The schemas come with check-jsonschema, so that nothing is fetched."""
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_workflow_of_init_keeps_its_schema(init_workflow: Path) -> None:
    """Also with a folder whose name YAML would take for something else."""
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(init_workflow)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    held: Any = read_plain(init_workflow.read_text("utf-8"))
    assert held["env"] == {"ELO_INSTALL": "", "ELO_DATA": "own/ä: b/data"}


@pytest.mark.parametrize("own", [True, False])
def test_a_workflow_can_read_and_nothing_else(*, own: bool) -> None:
    """A stranger's pull request gets no token that writes, and never runs in the base's name."""
    held: Any = read_plain((ROOT / ".github/workflows/data.yml").read_text("utf-8")) if own else workflow()
    assert held["permissions"] == {"contents": "read"}
    assert set(held["on"]) == {"pull_request", "push"}
    assert held["jobs"]["check"]["steps"][0]["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_hooks_see_the_whole_tracker_always() -> None:
    """One record can break another, so no hook gets a list of files; a deletion gives none, so each runs always."""
    ours: Any = read_plain((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    local: Any = read_plain(checking(WORKFLOW_PATH, "elo", "data", "")[".pre-commit-config.yaml"].decode("utf-8"))
    assert {hook["id"] for hook in ours} == {"elo-check", "elo-fmt-check", "elo-fmt"}
    for hook in [*ours, *local["repos"][0]["hooks"]]:
        assert hook["pass_filenames"] is False
        assert hook["always_run"] is True
        assert "files" not in hook


def test_every_action_is_pinned_to_one_commit() -> None:
    """A tag can be moved: `uses:` names 40 digits, with the version beside them, and the same ones everywhere."""
    found: dict[str, set[tuple[str, str]]] = {}
    for path in tracked():
        if path.suffix in {".yml", ".yaml", ".md"} or path.name == "skeleton_tracker.py":
            for action, rest in USES.findall(path.read_text("utf-8")):
                name, _, commit = action.partition("@")
                if name == "./":
                    continue
                found.setdefault(name.removeprefix("https://github.com/"), set()).add((commit, rest.strip()))
    assert "actions/checkout" in found
    for name, pinned in found.items():
        [(commit, version)] = pinned
        # Ours has no commit to name in its own pages.
        assert re.fullmatch(r"COMMIT" if name.endswith("OWNER/elo") else r"[0-9a-f]{40}", commit), name
        assert re.fullmatch(r"# v[0-9.]+", version), name


def test_no_file_installs_elo_by_a_name_of_the_index() -> None:
    """`elo` is another project there, and ours is not published: whoever installs it says from where."""
    finds = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path != Path(__file__)
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        if INDEX_NAME.search(line)
    ]
    assert finds == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("pip install elo", True),
        ("pipx install elo", True),
        ("pip install --quiet 'elo==0.1'", True),
        ("uvx elo status", True),
        ('pip install "$ELO"', True),
        ("pip install git+https://HOST/OWNER/elo.git@COMMIT", False),
        ("`pipx install .` (and `elo --data", False),
    ],
)
def test_installing_by_name_is_seen(line: str, *, found: bool) -> None:
    """The pattern of the test above sees what it is for."""
    assert (INDEX_NAME.search(line) is not None) is found


def test_gitlab_starts_with_no_address() -> None:
    """The template installs nothing before someone says from where."""
    assert GITLAB["variables"]["ELO_INSTALL"] == ""


def test_what_ci_installs_has_hashes_and_no_address() -> None:
    """.ci/requirements.txt is what elo needs to be built and run, at the pinned versions; else: make hashes."""
    text = (ROOT / ".ci/requirements.txt").read_text("utf-8")
    blocks = re.findall(r"^(\S+)==(\S+) \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE)
    lines = sum(1 + block[2].count("\n") for block in blocks)
    assert lines == len([line for line in text.splitlines() if not line.startswith("#")])
    held = {canonicalize_name(name): version for name, version, _ in blocks}
    assert held == {name: version for name, version in pins().items() if name in held}
    waiting = [Requirement(line) for line in [*project()["runtime"], *project()["build"]]]
    needed: set[str] = set()
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name not in needed:
            needed.add(name)
            waiting += requirements(name)
    assert set(held) == needed


def test_init_in_a_larger_repository_puts_the_checks_where_they_run(elo: Runner, tmp_path: Path) -> None:
    """Services read workflows and hooks at the top only; two trackers of one repository have a workflow each."""
    (tmp_path / ".git").mkdir()
    assert elo("init", str(tmp_path / "own/first"), data=None).code == 0
    held: Any = read_plain((tmp_path / ".github/workflows/elo-own-first.yml").read_text("utf-8"))
    assert held["env"]["ELO_DATA"] == "own/first/data"
    hooks = (tmp_path / ".pre-commit-config.yaml").read_text("utf-8")
    assert hooks.count('"--data=own/first/data"') == 2
    assert not (tmp_path / "own/first/.github").exists()
    second = elo("init", str(tmp_path / "second"), data=None)
    assert second.code == 0
    assert (tmp_path / ".github/workflows/elo-second.yml").is_file()
    assert (tmp_path / ".pre-commit-config.yaml").read_text("utf-8") == hooks
    assert "elo check --against=HEAD --data=second/data" in second.err


def test_init_writes_over_no_workflow(elo: Runner, tmp_path: Path) -> None:
    """A workflow of that name in the larger repository stays, and nothing else is written either."""
    (tmp_path / ".git").mkdir()
    there = tmp_path / ".github/workflows/elo-first.yml"
    there.parent.mkdir(parents=True)
    there.write_text("theirs", "utf-8")
    run = elo("init", str(tmp_path / "first"), data=None)
    assert (run.code, there.read_text("utf-8")) == (2, "theirs")
    assert not (tmp_path / "first").exists()
    assert str(there) in run.err


@pytest.mark.parametrize(
    ("origin", "install"),
    [
        ('{"url": "https://e.example/elo.git", "vcs_info": {"vcs": "git", "commit_id": "%s"}}', True),
        ('{"url": "https://user:word@e.example/elo.git", "vcs_info": {"vcs": "git", "commit_id": "%s"}}', False),
        ('{"url": "file:///here/elo", "dir_info": {"editable": true}}', False),
        ("", False),
    ],
)
def test_init_names_where_elo_itself_came_from(
    elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: str, *, install: bool
) -> None:
    """An elo that was installed from a commit writes that commit; no word of a password, and nothing local."""
    commit = "0123456789" * 4
    text = origin.replace("%s", commit)
    monkeypatch.setattr("importlib.metadata.PathDistribution.read_text", lambda _self, _name: text)
    run = elo("init", str(tmp_path / "new"), data=None)
    held: Any = read_plain((tmp_path / "new/.github/workflows/elo.yml").read_text("utf-8"))
    assert held["env"]["ELO_INSTALL"] == (f"https://e.example/elo.git@{commit}" if install else "")
    assert ("ELO_INSTALL" in run.err) is not install
