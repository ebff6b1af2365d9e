"""`make ecosystem`: one line a client at the end, and what several clients are given to read."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

import pytest

from tests.ecosystem.clients import CLIENTS, Client
from tests.ecosystem.installing import ROOT, Installed, install

DAY: Final = "2026-11-24"


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Installed:
    """Return the client that the test is marked with, installed."""
    return install(_client_of(request.node))


@pytest.fixture(scope="session")
def run_elo() -> Callable[..., str]:
    """Return a function that runs elo as a process, on our own data as of a fixed day, and gives what it says."""

    def run(*words: str | Path, data: Path = ROOT / "data") -> str:
        command = [sys.executable, "-m", "elo_cli", *map(str, words), "--data", str(data)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def exports(run_elo: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every export, and with the reports as documents in `reports`."""
    folder = tmp_path_factory.mktemp("exports")
    run_elo("export", folder / "all", "--format", "all", "--as-of", DAY)
    (folder / "reports").mkdir()
    for form in ("docx", "html"):
        run_elo("report", "rrf", "-o", folder / "reports" / f"rrf.{form}", "--as-of", DAY)
        run_elo("report", "summary", "-o", folder / "reports" / f"summary.{form}", "--as-of", DAY)
    return folder


@pytest.fixture(scope="session")
def site(run_elo: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages of our own tracker, with the address that they will have."""
    folder = tmp_path_factory.mktemp("site") / "public"
    run_elo("site", folder, "--as-of", DAY, "--base-url", "https://example.org/strategy/")
    return folder


def script(client: Installed, name: str, *words: str | Path) -> str:
    """Run a script of this folder beside the modules of a client, where Node.js looks for them."""
    beside = client.modules.parent / name
    shutil.copyfile(Path(__file__).parent / name, beside)
    return client.run("node", beside, *words).stdout


def pytest_configure(config: pytest.Config) -> None:
    """Say what the mark means."""
    config.addinivalue_line("markers", "client(name): the client of tests/ecosystem/clients.py that the test runs")


def _client_of(item: pytest.Item) -> str:
    mark = item.get_closest_marker("client")
    assert mark is not None, f"{item.nodeid} has no mark that names its client"
    return str(mark.args[0])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give each report its client and what the test holds."""
    report = yield
    what = str(item.obj.__doc__).strip().splitlines()[0] if isinstance(item, pytest.Function) else ""
    report.user_properties.append(("client", (_client_of(item), what)))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say of each client whether it held, failed or was skipped, and why; and who runs those that are not run here."""
    told: dict[str, list[tuple[str, str]]] = {}
    for outcome, word in (("failed", "failed"), ("error", "failed"), ("skipped", "skipped"), ("passed", "held")):
        for report in terminalreporter.stats.get(outcome, []):
            name, what = dict(report.user_properties)["client"]
            if outcome == "skipped":
                what = report.longrepr[2].removeprefix("Skipped: ")
            told.setdefault(name, []).append((word, what))
    terminalreporter.section("clients")
    for name, entry in CLIENTS.items():
        outcomes = told.get(name) or _not_run(entry)
        # The gravest of several tests is told first, and alone.
        word = outcomes[0][0]
        what = " ".join(text for other, text in outcomes if other == word)
        version = next(iter([*entry.python, *entry.node]), "").replace("==", "@").rpartition("@")[2]
        terminalreporter.write_line(f"{word:8}{f'{name} {version}':<30}{what}")


def _not_run(client: Client) -> list[tuple[str, str]]:
    """Tell a client that no test of this run has asked."""
    where = "make release" if client.elsewhere == "Makefile" else client.elsewhere
    return [("tests", f"is asked in {where}")] if where else [("skipped", "not chosen in this run")]
