"""Tables that were made to take time or memory, or to be what they are not: each ends in a sentence, or is read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from elo_cli.store.tables import package as import_package
from elo_cli.store.tables.rows import TableForm, TableProblem
from elo_cli.store.tables.table import open_table
from tests import bombs, imports

MEMORY = 700 * 1024 * 1024
"""What the process that reads all of them may hold; one that fell for one of them would want ten times as much."""
SECONDS = 120
"""A guard against hanging, not a measure."""

_READER = """\
import json, sys
from pathlib import Path
from elo_cli.model.errors import EloError
from elo_cli.store.tables.table import open_table
from elo_cli.store.tables.rows import TableForm
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
except ImportError:
    pass
said = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        for sheet in open_table(path, TableForm()):
            for row in sheet.rows():
                pass
        said[path.name] = ""
    except EloError as error:
        said[path.name] = str(error)
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Let a process of little memory read every bomb, and return what it says of each."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, (make, _) in bombs.BOMBS.items():
        (folder / name).write_bytes(make())
    run = subprocess.run(
        [sys.executable, "-c", _READER, str(folder), str(MEMORY)],
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=True,
    )
    return dict(json.loads(run.stdout))


@pytest.mark.parametrize("name", bombs.BOMBS)
def test_bomb_ends_in_one_sentence(said: dict[str, str], name: str) -> None:
    """Each is refused with the reason, or read where it says nothing that is wrong, in bounded memory."""
    expected = bombs.BOMBS[name][1]
    assert expected in said[name]
    assert bool(expected) == bool(said[name])
    assert len(said[name]) < 300


def test_elements_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tags that hold nothing come to an end too, over all parts of the file together."""
    path = tmp_path / "t.xlsx"
    path.write_bytes(bombs.xlsx("<row><c/></row>" * 60, texts="<si/>" * 60))
    monkeypatch.setattr(import_package, "MAX_ELEMENTS", 200)
    assert list(open_table(path, TableForm())[0].rows()) == []
    monkeypatch.setattr(import_package, "MAX_ELEMENTS", 120)
    with pytest.raises(TableProblem, match="elements"):
        open_table(path, TableForm())[0].rows()


def test_bad_sheet_keeps_nobody_from_those_before_it(tmp_path: Path) -> None:
    """What is wrong with one sheet of an ODS file is said when that sheet is asked for."""
    path = tmp_path / "t.ods"
    row = imports.ods_row(["a"])
    bad = row.replace("<table:table-row", '<table:table-row table:number-rows-repeated="999999999"')
    imports.ods(path, f"{row}</table:table><table:table>{bad}")
    first, second = open_table(path, TableForm())
    assert [row.cells for row in first.rows()] == [("a",)]
    with pytest.raises(TableProblem, match="more than 100000 rows"):
        second.rows()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipe_without_a_writer_is_empty(tmp_path: Path) -> None:
    """A pipe into which nobody writes is told, and not waited for."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TableProblem, match="is empty"):
        open_table(tmp_path / "pipe", TableForm())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
def test_device_is_read_to_the_limit(tmp_path: Path) -> None:
    """A link to a device that never ends is larger than a table may be."""
    (tmp_path / "t.csv").symlink_to("/dev/zero")
    with pytest.raises(Exception, match="larger than 32 MB"):
        open_table(tmp_path / "t.csv", TableForm())
