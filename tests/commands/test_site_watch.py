"""`elo site --watch` as a real process: served to this computer alone, and written again when the data changes."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from tests import trackers
from tests.running import Runner

PATIENCE = 60.0
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a signal to one process is another matter there")


class Watch(NamedTuple):
    """The process, the port that it serves, the data that it follows, and what it has said."""

    process: subprocess.Popen[str]
    port: int
    data: Path
    said: list[str]

    def get(self, path: str, host: str | None = None) -> tuple[int, str]:
        """Ask for a page, by the name of a host if one is given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8")


def until(condition: Callable[[], bool]) -> None:
    """Wait for what is to come."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """Yield a process that watches a small tracker."""
    data = trackers.write(tmp_path / "data", {"measures/one": "key: true\n"})
    call = [sys.executable, "-m", "elo_cli", "site", str(tmp_path / "public"), "--data", str(data), "--watch"]
    environment = {**os.environ, "ELO_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        call, stderr=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment
    ) as process:
        said: list[str] = []
        assert process.stderr is not None
        Thread(target=said.extend, args=[process.stderr], daemon=True).start()

        def port() -> int:
            found = re.search(r"http://127\.0\.0\.1:([0-9]+)/", "".join(said))
            return int(found[1]) if found else 0

        until(lambda: port() > 0)
        yield Watch(process, port(), data, said)
        process.kill()


def test_pages_follow_the_data(watch: Watch) -> None:
    """A change is there in a moment; data that cannot be read is told and leaves the pages; Ctrl-C ends it with 130."""
    assert watch.get("/en/measures/one.html")[0] == 200
    (watch.data / "measures/two.yaml").write_text("id: two\nname:\n  en: Second\n", "utf-8")
    until(lambda: watch.get("/en/measures/two.html")[0] == 200)
    config = (watch.data / "tracker.yaml").read_text("utf-8")
    (watch.data / "tracker.yaml").write_text("format: [", "utf-8")
    until(lambda: "cannot be read" in "".join(watch.said))
    assert watch.get("/en/measures/two.html")[0] == 200
    (watch.data / "tracker.yaml").write_text(config, "utf-8")
    (watch.data / "measures/two.yaml").unlink()
    until(lambda: watch.get("/en/measures/two.html")[0] == 404)
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(PATIENCE) == 130
    assert "Traceback" not in "".join(watch.said)


def test_nobody_else_is_served(watch: Watch) -> None:
    """A page is given under this computer's own names alone, no folder is listed, and no way leads out of the site."""
    assert watch.get("/en/index.html", f"localhost:{watch.port}")[0] == 200
    for host in (
        "example.org",
        f"example.org:{watch.port}",
        "127.0.0.1",
        f"localhost:{watch.port + 1}",
        f"127.0.0.2:{watch.port}",
    ):
        assert watch.get("/en/index.html", host)[0] == 421
    assert watch.get("/data/tables/")[0] == 404
    for path in ("/../data/tracker.yaml", "/%2e%2e/data/tracker.yaml", "/..%2fdata/tracker.yaml", "//etc/passwd"):
        assert watch.get(path)[0] == 404
    connection = http.client.HTTPConnection("127.0.0.1", watch.port, timeout=10)
    connection.request("POST", "/en/index.html", headers={"Host": f"127.0.0.1:{watch.port}"})
    assert connection.getresponse().status == 501


@pytest.mark.parametrize(
    "call",
    [("--port", "8000"), ("--watch", "--rev", "HEAD"), ("--watch", "--port", "0"), ("--watch", "--port", "70000")],
)
def test_what_makes_no_sense_is_refused(elo: Runner, tmp_path: Path, call: tuple[str, ...]) -> None:
    """A port without --watch, a revision that cannot change, and what is no port are refused."""
    data = trackers.write(tmp_path / "data", {"measures/one": "key: true\n"})
    run = elo("site", str(tmp_path / "public"), *call, data=data)
    assert (run.code, run.out) == (2, "")
    assert not (tmp_path / "public").exists()
