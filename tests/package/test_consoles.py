"""Tests that start processes and read files, run where nothing is UTF-8 by itself; `make consoles` runs the core so."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.consoles import ENVIRONMENTS

ROOT: Final = Path(__file__).parents[2]
QUICK: Final = [
    "tests/render/words/test_money.py",
    "tests/store/git/test_git.py",
    "tests/store/test_source.py",
    "tests/commands/test_streams.py::test_odd_widths",
]


@pytest.mark.skipif(sys.platform == "win32", reason="such a console is what every test has there")
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_tests_pass_where_nothing_is_utf_8(name: str) -> None:
    """No file is opened, no process read and no name made by what the machine takes for its own encoding."""
    program = f"import sys; from tests.consoles import *; sys.exit(run(ENVIRONMENTS[{name!r}], ['-n', '0', *{QUICK}]))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-3000:]
