"""Programs that some tests need and a machine may lack: fixtures that skip with the reason where they do."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Yield Chromium, driven by Playwright; it is the system's, since Playwright's own would be downloaded."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("there is no Chromium here; on Debian: apt-get install chromium")
    # Playwright is slow to import, and needed by few tests.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # No sandbox of its own: CI runs as root, and the pages are ours.
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def markdownlint(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """Return a function that gives the findings of markdownlint in a text: its default rules, line length aside."""
    program = ROOT / "node_modules" / ".bin" / "markdownlint-cli2"
    if not program.exists():
        pytest.skip("markdownlint is not installed here: make markdownlint (needs npm)")
    if shutil.which("node") is None:
        pytest.skip("there is no Node.js here to run markdownlint")
    folder = tmp_path_factory.mktemp("markdownlint")
    config = json.loads((ROOT / ".markdownlint.json").read_text("utf-8"))
    (folder / ".markdownlint.json").write_text(json.dumps(config), "utf-8")

    def lint(text: str) -> list[str]:
        (folder / "text.md").write_text(text, "utf-8")
        run = subprocess.run(
            [program, "text.md"],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
        )
        findings = [line for line in run.stderr.splitlines() if line.startswith("text.md")]
        assert findings or run.returncode == 0, run.stderr
        return findings

    return lint
