"""What holds for the repository as a whole: dependencies, pins, configuration, and what no file may name."""

import re
import subprocess
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from elo_cli import DISTRIBUTION
from tests.ecosystem.clients import CLIENTS

ROOT = Path(__file__).parents[2]

# Hosts of package registries and paths of somebody's machine, written so that this file is none of the finds.
REGISTRY = re.compile(r"(?:pypi|test\.pypi|files\.pythonhosted|registry\.npmjs|registry\.yarnpkg)\.(?:org|com)\b")
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home/[a-z]+|Users/[A-Za-z]+)/")


@cache
def project() -> dict[str, list[str]]:
    """Return the direct dependencies by group: `runtime`, `build`, and the extras by name; none is elo itself."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = {
        name: [line for line in lines if not line.startswith(DISTRIBUTION)]
        for name, lines in table["project"]["optional-dependencies"].items()
    }
    return {"runtime": table["project"]["dependencies"], "build": table["build-system"]["requires"], **extras}


def pins() -> dict[str, str]:
    """Return the versions of constraints.txt by normalised name."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def tracked() -> list[Path]:
    """Return the files that git tracks."""
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if run.returncode != 0:
        pytest.skip("not in a git repository: this is an unpacked source distribution")
    return [path for name in run.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_machine() -> None:
    """Where packages come from is up to whoever installs: no tracked file names a registry's host or a home."""
    finds = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        if REGISTRY.search(line) or MACHINE.search(line)
    ]
    assert finds == []


def test_every_dependency_has_its_reason() -> None:
    """The tables of CONTRIBUTING.md and the dependencies of pyproject.toml name the same packages."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Dependencies")[2].partition("\n## ")[0]
    reasons = dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", text, re.MULTILINE))
    names = {Requirement(line).name for group in project().values() for line in group}
    assert {name for name in reasons if name not in {"package", "---"}} == names
    assert [name for name, reason in reasons.items() if name in names and len(reason.split()) < 3] == []


def test_constraints_hold_a_version_and_nothing_else() -> None:
    """constraints.txt is `name==version` a line, sorted, so that it works with every index."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!]*", line)] == []
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0].lower())


def requirements(name: str, *, extra: str = "") -> list[Requirement]:
    """Return what an installed package needs on this Python."""
    try:
        needs = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    parsed = map(Requirement, needs)
    return [need for need in parsed if need.marker is None or need.marker.evaluate({"extra": extra})]


def test_constraints_cover_everything_that_is_installed() -> None:
    """Every dependency, and what it depends on in turn, has its pin: CI installs the same today and next year."""
    waiting = [Requirement(line) for group in project().values() for line in group]
    needed: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in needed:
            needed.add(name)
            waiting += requirements(name)
            for extra in requirement.extras:
                waiting += requirements(name, extra=extra)
    assert needed - set(pins()) == set()


@pytest.mark.parametrize("line", [line for group in project().values() for line in group])
def test_pins_are_allowed_by_pyproject(line: str) -> None:
    """The pinned version is one that pyproject.toml allows."""
    requirement = Requirement(line)
    assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)], prereleases=True)


def test_the_name_stands_in_pyproject_and_the_package() -> None:
    """What elo looks itself up by is what it is installed as."""
    name = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["name"]
    assert name == DISTRIBUTION
    assert distribution(name).version


def test_every_ruff_ignore_is_explained() -> None:
    """Each rule that is off has its reason beside it."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    section = text.partition("[tool.ruff.lint]")[2].partition("[tool.ruff.lint.flake8-builtins]")[0]
    ignores = re.findall(r'^ +"[A-Z]+[0-9]*",.*$', section, re.MULTILINE)
    assert len(ignores) > 5
    assert [line for line in ignores if len(line.partition("#")[2].split()) < 3] == []


def test_every_ruff_rule_is_on() -> None:
    """The rules are all of ruff's, less what is ignored by name."""
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert lint["select"] == ["ALL"]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"])
def test_markdown_is_clean(name: str, markdownlint: Callable[[str], list[str]]) -> None:
    """What people read first renders as it is meant."""
    assert markdownlint((ROOT / name).read_text("utf-8")) == []


def test_every_target_of_make_has_a_way_without_it() -> None:
    """docs/without-make.md says of each target that make offers what it runs."""
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = set(re.findall(r"^\| `make ([a-z]+)` \|", (ROOT / "docs/without-make.md").read_text("utf-8"), re.MULTILINE))
    assert targets - {"help"} == told


def test_a_client_that_a_test_asks_is_named_there() -> None:
    """What `make ecosystem` says of a client that it leaves to another file, that file bears out."""
    for name, client in CLIENTS.items():
        if client.elsewhere:
            text = (ROOT / client.elsewhere).read_text("utf-8").lower()
            assert {"page-validation": "import page"}.get(name, name.lower()) in text, name
        else:
            assert client.python or client.node or client.programs, name
