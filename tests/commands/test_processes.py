"""Work that is shared out over processors: every part is done once, whatever becomes of a process."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import pytest

from tests import trackers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does all of the work")


def run(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own, since one with the threads of a test runner may not be forked."""
    start = "import os, signal, time\nfrom elo_cli.commands.processes import shared_out\nhere = os.getpid()\n"
    return subprocess.run(
        [sys.executable, "-c", start + dedent(script)], capture_output=True, text=True, timeout=60, check=False
    )


def test_every_part_is_done_once() -> None:
    """Each part answers once under its number, several processes work, and one's own parts are done at home."""
    done = run("""
        def part():
            time.sleep(0.01)
            return os.getpid()
        answers = list(shared_out([part] * 60, 3, [5, 7]))
        assert sorted(number for number, _ in answers) == list(range(60))
        assert len({process for _, process in answers}) > 1
        assert dict(answers)[5] == dict(answers)[7] == here
    """)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "raise MemoryError", "os._exit(0)"])
def test_what_a_process_leaves_is_done_at_home(end: str) -> None:
    """A process that is killed, fails or ends in the middle of its work costs no answer, and says nothing."""
    done = run(f"""
        def part():
            if os.getpid() != here:
                {end}
            time.sleep(0.01)
            return "done"
        assert dict(shared_out([part] * 20, 3)) == dict.fromkeys(range(20), "done")
    """)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_error_is_told_at_home() -> None:
    """What fails in every process is raised in the first one, and no process stays behind."""
    done = run("""
        from multiprocessing import active_children
        def part():
            raise ValueError
        try:
            list(shared_out([part] * 20, 3))
        except ValueError:
            assert not active_children()
            raise SystemExit(7)
    """)
    assert (done.returncode, done.stderr) == (7, "")


def test_an_interruption_ends_all_of_it() -> None:
    """Ctrl-C at home ends the other processes at once, in the middle of what they do."""
    done = run("""
        from multiprocessing import active_children
        def part():
            if os.getpid() == here:
                time.sleep(0.2)
                raise KeyboardInterrupt
            time.sleep(600)
        try:
            list(shared_out([part] * 20, 3))
        except KeyboardInterrupt:
            assert not active_children()
            raise SystemExit(7)
    """)
    assert (done.returncode, done.stderr) == (7, "")


def test_all_processors_write_the_same_site(tmp_path: Path) -> None:
    """A large site is the same byte for byte by one processor and by all, with its sitemap in the same order."""
    data = trackers.large(tmp_path / "tracker")
    sites = [_site(tmp_path / name / "site", data, start) for name, start in (("all", ""), ("one", _ON_ONE))]
    assert len(sites[0]) > 500
    assert sites[0] == sites[1]


_ON_ONE = "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"


def _site(site: Path, data: Path, start: str) -> dict[str, str]:
    """Write the site, and give the digest of each file of it."""
    words = ["site", str(site), "--data", str(data), "--base-url", "https://example.org/", "--as-of", "2026-11-24"]
    script = f"import os\n{start}from elo_cli.cli import main\nraise SystemExit(main({words!r}))"
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, env=os.environ)
    return {
        path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }
