"""The files for CI are what the services that read them accept."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from elo_cli.store.strict_yaml import read_plain

ROOT = Path(__file__).parents[2]


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
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_workflow_can_read_and_nothing_else() -> None:
    """A stranger's pull request gets no token that writes, and never runs in the base's name."""
    text = (ROOT / ".github/workflows/data.yml").read_text("utf-8")
    workflow: Any = read_plain(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in text
    assert workflow["jobs"]["check"]["steps"][0]["with"]["persist-credentials"] is False


def test_hooks_see_the_whole_tracker() -> None:
    """One record can break another, so no hook gets a list of files."""
    hooks: Any = read_plain((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in hooks} == {"elo-check", "elo-fmt"}
    assert all(hook["pass_filenames"] is False and hook["language"] == "python" for hook in hooks)
