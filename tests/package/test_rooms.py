"""The rooms of the program: each says by which modules others come in, and is small enough to be seen at a glance."""

import re
from ast import get_docstring, parse
from pathlib import Path

import grimp
import pytest

from elo_cli import FOLDER

_GRAPH = grimp.build_graph("elo_cli", cache_dir=None)
_ROOMS = sorted(path.parent for path in FOLDER.glob("*/*/__init__.py"))
_DOZEN = 12


@pytest.mark.parametrize("folder", _ROOMS, ids=lambda folder: f"{folder.parent.name}.{folder.name}")
def test_the_doors_of_a_room_are_those_that_it_names(folder: Path) -> None:
    """What other rooms import from a room is what its docstring names, or the docstring says that all of it is open."""
    room = ".".join(("elo_cli", *folder.relative_to(FOLDER).parts))
    said = get_docstring(parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    inner = {module.rpartition(".")[2]: module for module in _GRAPH.find_children(room)}
    used = {
        name
        for name, module in inner.items()
        if any(not other.startswith(f"{room}.") for other in _GRAPH.find_modules_that_directly_import(module))
    }
    if room == "elo_cli.checks.rules":
        assert "only `checks` comes in" in said
    elif "ach module is a door" in said or "each is a door" in said:
        assert used == inner.keys()
    else:
        (doors,) = re.findall(r"Others come in by ([^.]*(?:\.[a-z][^.]*)*)\.", said)
        assert used == set(re.findall(r"`([a-z_]+)`", doors))


def test_a_folder_holds_at_most_a_dozen_modules() -> None:
    """A folder of more than a dozen modules is several rooms; that of the verbs has one for each, and says so."""
    sizes = {
        str(path.parent.relative_to(FOLDER)): len(list(path.parent.glob("*.py"))) - 1
        for path in FOLDER.rglob("__init__.py")
    }
    assert {folder for folder, size in sizes.items() if size > _DOZEN} == {"commands"}
