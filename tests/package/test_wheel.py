"""The wheel works where there is no checkout: it brings its catalogues, templates and everything else that it reads."""

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from elo_cli.locales import catalogues
from elo_cli.model.languages import LANGUAGES

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
VERSION = PROJECT["version"]
METADATA = f"{PROJECT['name'].replace('-', '_')}-{VERSION}.dist-info/"

# Building and installing takes half a minute: one worker does it once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


class Built(NamedTuple):
    """A source distribution, the wheel made from it, and the wheel made from the checkout."""

    sdist: Path
    wheel: Path
    direct: Path


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a fixed width and no settings of elo, and return what it printed."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def done(result: subprocess.CompletedProcess[str]) -> str:
    """Return the output of a command that has to succeed."""
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build once; the build back end is a dependency of development, so no second environment is made for it."""
    folder = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir")
    done(run(*build, folder, ROOT, cwd=folder))
    done(run(*build, folder / "direct", "--wheel", ROOT, cwd=folder))
    return Built(*folder.glob("*.tar.gz"), *folder.glob("*.whl"), *folder.glob("direct/*.whl"))


@pytest.fixture(scope="module")
def elo(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with its extras and what they ask for, nothing else, into an empty environment; its `elo`."""
    folder = tmp_path_factory.mktemp("elsewhere") / "environment"
    done(run(sys.executable, "-m", "venv", folder, cwd=folder.parent))
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    install = (scripts / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check")
    done(run(*install, "-c", ROOT / "constraints.txt", f"{built.wheel}[all]", cwd=folder))
    return scripts / "elo"


def names(wheel: Path) -> set[str]:
    """Return the paths in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_every_file_of_the_program(built: Built) -> None:
    """Everything below elo_cli is in the wheel but for caches and the tool of development."""
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "elo_cli").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith((".new", "~", ".swp"))
    }
    held = {name for name in names(built.wheel) if not name.startswith(METADATA)}
    assert held == ours - {"elo_cli/locales/catalogues.py"}
    assert "elo_cli/py.typed" in held


def test_package_has_the_addresses_of_its_project_where_one_is_named(tmp_path: Path) -> None:
    """ELO_PROJECT gives the package its addresses, and the README links that work on an index page."""
    build = (sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path, ROOT)
    done(run(*build, cwd=tmp_path, ELO_PROJECT="https://host.example/owner/elo/"))
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as archive:
        text = archive.read(METADATA + "METADATA").decode()
    assert "Project-URL: Source, https://host.example/owner/elo\n" in text
    assert f"(https://host.example/owner/elo/blob/v{VERSION}/docs/writing.md)" in text
    assert "](docs/" not in text


def test_wheel_holds_a_compiled_catalogue_of_every_language(built: Built) -> None:
    """The .mo files, which git does not have, are made when the wheel is."""
    wanted = {f"elo_cli/locales/{code}/LC_MESSAGES/elo.mo" for code in catalogues.TRANSLATED}
    assert wanted <= names(built.wheel)


def test_source_distribution_is_enough_to_build_the_wheel(built: Built) -> None:
    """The wheel made from the source distribution is, byte for byte, the one made from the checkout."""
    assert built.wheel.read_bytes() == built.direct.read_bytes()


def test_source_distribution_holds_what_contributors_need(built: Built) -> None:
    """The data, the schemas, the tests and the pins are in the source distribution."""
    with tarfile.open(built.sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "constraints.txt", "hatch_build.py", "LICENSE", "README.md", "data/tracker.yaml"} <= held
    assert {".ci/hold", ".ci/install", ".ci/requirements.txt", ".gitlab/elo.gitlab-ci.yml", "action.yml"} <= held
    assert {"tests/conftest.py", "pyproject.toml"} <= held


def test_version_is_that_of_the_package(elo: Path, tmp_path: Path) -> None:
    """`elo --version` says what pyproject.toml says."""
    assert done(run(elo, "--version", cwd=tmp_path)) == f"elo {VERSION}\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_status_is_that_of_the_checkout(elo: Path, tmp_path: Path, language: str) -> None:
    """From another folder, in each language, the installed elo shows the same screen as the checkout's."""
    arguments = ("status", "--data", ROOT / "data", "--lang", language, "--as-of", "2021-04-09")
    installed = done(run(elo, *arguments, cwd=tmp_path))
    assert installed == done(run(sys.executable, "-m", "elo_cli", *arguments, cwd=tmp_path, PYTHONPATH=str(ROOT)))
    assert installed.strip()


def test_status_speaks_three_languages(elo: Path, tmp_path: Path) -> None:
    """The catalogues are found: Finnish, Swedish and English differ."""
    arguments = ("status", "--data", ROOT / "data", "--as-of", "2021-04-09")
    screens = {done(run(elo, *arguments, cwd=tmp_path, ELO_LANG=language)) for language in LANGUAGES}
    assert len(screens) == 3


@pytest.mark.parametrize(
    "words",
    [
        "check --data {data}",
        "report summary --data {data} --format html",
        "report meeting --data {data} --meeting forum-2021-04-09 -o brief.docx",
        "site pages --data {data}",
        "export strategy.xlsx --data {data}",
        "export strategy.sqlite --data {data}",
        "calendar --data {data}",
        "timeline --data {data} --format svg",
        "import --list",
        "schema milestone",
        "rules schema-type",
        "completion bash",
        "init another",
    ],
)
def test_verbs_bring_what_they_read(elo: Path, tmp_path: Path, words: str) -> None:
    """Templates, styles, mappings, schemas and every package that a verb needs are there without a checkout."""
    arguments = words.format(data=(ROOT / "data").as_posix()).split()
    done(run(elo, *arguments, cwd=tmp_path, ELO_TODAY="2026-11-24"))
