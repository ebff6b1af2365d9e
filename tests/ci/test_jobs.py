"""The action, the workflow of `elo init`, the GitLab template and the hooks: good, bad and hostile changes."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from elo_cli.render.findings.annotations import SUMMARY_LIMIT
from tests.ci.jobs import ACTION, GITLAB, ROOT, SERVICES, run_hooks, run_job, source, workflow
from tests.repositories import Repo

MILESTONE: Final = (
    "id: x\ntype: national\nname:\n  en: A milestone\nmeasures:\n  - m\ndue: 2022-Q3\nsources:\n  - document: slides\n"
)
MEASURE: Final = "id: m\nname:\n  en: A measure\nsources:\n  - document: slides\n"
BASE: Final = {
    "vocabulary/documents": "slides:\n  name:\n    en: Slides\n  date: 2021-04-09\n",
    "milestones/x": MILESTONE,
    "measures/m": MEASURE,
}
WORD: Final = "updates:\n  - date: 2022-01-02\n    status: in-progress\n    note:\n      en: A word\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository with a branch of a pull request checked out; its files are canonical and clean of errors."""
    repo = Repo(tmp_path / "repo")
    repo.commit(BASE)
    repo.git("checkout", "-q", "-b", "pull")
    return repo


def change(repo: Repo, old: str, new: str) -> None:
    """Put other words into the milestone."""
    path = repo.data / "milestones/x.yaml"
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new), "utf-8")


def good(repo: Repo) -> None:
    """Add an update."""
    with (repo.data / "milestones/x.yaml").open("a", encoding="utf-8") as file:
        file.write(WORD)


def rewritten(repo: Repo) -> None:
    """Rewrite a promise."""
    change(repo, "2022-Q3", "2022-Q4")


def deleted(repo: Repo) -> None:
    """Delete a record that another needs."""
    (repo.data / "measures/m.yaml").unlink()


def unformatted(repo: Repo) -> None:
    """Write a field in another form than elo's."""
    change(repo, "due: 2022-Q3", 'due: "2022-Q3"')


def unreadable(repo: Repo) -> None:
    """Break a record."""
    change(repo, "due: 2022-Q3", "due: [")


BAD: Final = (rewritten, deleted, unformatted, unreadable)


@pytest.mark.parametrize("service", SERVICES)
def test_a_good_change_passes_and_is_told(repo: Repo, tmp_path: Path, service: str) -> None:
    """No error; the reviewer reads in a sentence what changes."""
    good(repo)
    repo.commit()
    ran = run_job(service, repo, tmp_path, "main")
    assert ran.code == 0, ran.log
    assert "Status: in progress" in ran.summary
    assert "not all" not in ran.summary
    assert not [line for line in ran.commands if line.startswith("::error")]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("make", BAD)
def test_a_bad_change_fails_in_every_service(
    repo: Repo, tmp_path: Path, service: str, make: Callable[[Repo], None]
) -> None:
    """A rewritten promise, a record that is missed, another form, an unreadable file: the same four everywhere."""
    make(repo)
    repo.commit()
    ran = run_job(service, repo, tmp_path, "main")
    assert ran.code == 1, ran.log
    if make is rewritten:
        assert "promise rewritten" in ran.summary
        assert "promise-rewritten" in ran.summary
    if make is unformatted:
        assert "canonical form" in ran.log
        assert "data/milestones/x.yaml" in ran.log
    if make is unreadable:
        assert "This is not all" in ran.summary
        assert "nothing has changed" not in ran.summary


def test_forgejo_and_gitea_tell_everything_in_the_log(repo: Repo, tmp_path: Path) -> None:
    """They run GitHub's workflow and show neither annotations nor, in most versions, a summary."""
    rewritten(repo)
    repo.commit()
    ran = run_job("forgejo", repo, tmp_path, "main")
    assert ran.code == 1
    assert "promise rewritten" in ran.log
    assert re.search(r"data/milestones/x\.yaml:[0-9]+:1: error promise-rewritten", ran.log), ran.log
    assert ran.commands == []


@pytest.mark.parametrize("whose", ["own", "init"])
@pytest.mark.parametrize("make", [good, *BAD])
def test_hooks_hold_a_commit_to_the_same(repo: Repo, whose: str, make: Callable[[Repo], None]) -> None:
    """What fails in a pull request fails before the commit, and what passes there passes here."""
    make(repo)
    repo.git("add", "-A")
    assert run_hooks(repo, whose) == (0 if make is good else 1)


def test_hooks_let_the_first_commit_of_a_repository_pass(tmp_path: Path) -> None:
    """Where nothing has been committed yet there is no promise to hold to."""
    repo = Repo(tmp_path / "new")
    repo.write(BASE)
    repo.git("add", "-A")
    assert run_hooks(repo, "own") == 0


def test_an_error_stands_beside_its_line(repo: Repo, tmp_path: Path) -> None:
    """GitHub gets an annotation at the line of a rewritten promise."""
    rewritten(repo)
    repo.commit()
    line = (repo.data / "milestones/x.yaml").read_text("utf-8").splitlines().index("due: 2022-Q4") + 1
    place = f"::error file=data/milestones/x.yaml,line={line},col=1,title=promise-rewritten::"
    assert any(place in one for one in run_job("action", repo, tmp_path, "main").commands)


@pytest.mark.parametrize("base", ["", "0" * 40])
@pytest.mark.parametrize("service", SERVICES)
def test_without_a_base_the_data_is_checked_alone(repo: Repo, tmp_path: Path, service: str, base: str) -> None:
    """A branch that is new has nothing to be held to; services say that with zeros or with nothing."""
    rewritten(repo)
    repo.commit()
    ran = run_job(service, repo, tmp_path, base)
    assert ran.code == 0, ran.log
    assert "promise rewritten" not in ran.summary


@pytest.mark.parametrize("make", [rewritten, unformatted])
def test_fail_on_never_only_tells(repo: Repo, tmp_path: Path, make: Callable[[Repo], None]) -> None:
    """The input reaches every part."""
    make(repo)
    repo.commit()
    assert run_job("action", repo, tmp_path, "main", {"fail-on": "never"}).code == 0


def test_what_cannot_be_told_is_said(repo: Repo, tmp_path: Path) -> None:
    """Where `elo diff` fails the summary says so, instead of nothing."""
    good(repo)
    repo.commit()
    ran = run_job("action", repo, tmp_path, "nowhere")
    assert ran.code == 3
    assert "could not be told" in ran.summary


@pytest.mark.parametrize("service", [*SERVICES, "forgejo"])
def test_a_hostile_change_makes_no_command(repo: Repo, tmp_path: Path, service: str) -> None:
    """Names of files, titles and references with commands, markup and shell words are shown and do nothing."""
    trap = tmp_path / "trap"
    hostile = f"::error::owned %0A::warning::x @everyone <img src=x> [a](http://e.example) $(touch {trap}) ##[error]y"
    repo.write({"measures/evil": f"name:\n  en: '{hostile}'\ngoal: '`touch {trap}`'\n"})
    folder = repo.data / "measures"
    (folder / "x\n::error::from a name.yaml").write_text("id: [\n", "utf-8")
    # Unformatted, so that fmt names it.
    (folder / "y\n::error::from a form.yaml").write_text('id: "y"\n', "utf-8")
    (folder / f"$(touch {trap.name}).yaml").write_text(f"id: '{hostile}'\n", "utf-8")
    (folder / "##[error]z.yaml").write_text("id: [\n", "utf-8")
    (folder / "link.yaml").symlink_to("/etc/hostname")
    repo.commit()
    ran = run_job(service, repo, tmp_path, "main")
    assert ran.code == 1, ran.log
    assert not trap.exists()
    assert not (repo.root / trap.name).exists()
    assert "\x1b" not in ran.log
    if service == "gitlab":
        return
    if service == "forgejo":
        assert ran.commands == []
        return
    for line in ran.commands:
        assert re.match(
            r"::(error|warning|notice) (file=data/[^,:]*,line=[0-9]+,col=[0-9]+,title=[a-z-]+|title=elo fmt)::", line
        ), line
        assert "##[" not in line
    assert "@everyone" not in ran.summary
    for active in ("<img", "[a]", "[a](http"):
        assert active not in re.sub(r"\\.", "", ran.summary)


@pytest.mark.parametrize(
    ("service", "base"),
    [
        ("action", "-x"),
        ("action", "$(touch trap)"),
        ("action", "nowhere; touch trap"),
        ("action", "main\n::error::x"),
        ("workflow", "--output=trap"),
        ("gitlab", "--output=trap"),
    ],
)
def test_a_hostile_base_is_refused(repo: Repo, tmp_path: Path, service: str, base: str) -> None:
    """A reference is an argument, and never an option, a command or a line."""
    rewritten(repo)
    repo.commit()
    ran = run_job(service, repo, tmp_path, base)
    assert ran.code in {2, 3}
    assert not (repo.root / "trap").exists()
    assert service == "gitlab" or ran.commands == []


def test_a_shallow_checkout_fetches_what_it_needs(repo: Repo, tmp_path: Path) -> None:
    """With the depth of one that checkouts have by default, the history is fetched and the change judged."""
    base = repo.git("rev-parse", "main")
    rewritten(repo)
    repo.commit()
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth=1", "-b", "pull", f"file://{repo.root}", str(clone))
    shallow = Repo.__new__(Repo)
    shallow.root, shallow.data = clone, clone / "data"
    ran = run_job("action", shallow, tmp_path, base)
    assert ran.code == 1, ran.log
    assert "promise-rewritten" in ran.summary


def test_a_data_folder_replaced_by_a_file_is_one_clear_line(repo: Repo, tmp_path: Path) -> None:
    """A pull request that puts a file in the folder's place is told so, and fails."""
    repo.git("rm", "-rq", "data")
    (repo.root / "data").write_text("a file", "utf-8")
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "Replace")
    ran = run_job("action", repo, tmp_path, "main")
    assert ran.code in {2, 3}
    assert "Traceback" not in ran.log
    assert "elo: " in ran.log


def test_answers_for_gitlab_go_into_a_folder_of_the_job(repo: Repo, tmp_path: Path) -> None:
    """A folder or link of that name in the checkout leads the answers nowhere else."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (repo.root / "elo-answers").symlink_to(elsewhere)
    good(repo)
    repo.commit()
    assert run_job("gitlab", repo, tmp_path, "main").code == 0
    assert list(elsewhere.iterdir()) == []
    assert (repo.root / "elo-answers/gl-code-quality-report.json").read_text("utf-8").strip().startswith("[")


def plant(repo: Repo, trap: Path) -> None:
    """Commit everything that a Python, a pip or a shell started in the checkout might take for its own."""
    python = f"import pathlib\npathlib.Path({str(trap)!r}).touch()\n"
    for module in ("venv", "pip", "sitecustomize", "usercustomize", "json", "typer", "hatchling", "babel", "pathlib"):
        (repo.root / f"{module}.py").write_text(python, "utf-8")
    package = repo.root / "elo_cli"
    package.mkdir()
    for module in ("__init__", "__main__", "cli"):
        (package / f"{module}.py").write_text(python, "utf-8")
    for name in ("pip.conf", "pip.ini", ".pip/pip.conf", ".config/pip/pip.conf"):
        (repo.root / name).parent.mkdir(parents=True, exist_ok=True)
        (repo.root / name).write_text("[global]\nindex-url = http://127.0.0.1:9/\nno-index = true\n", "utf-8")
    (repo.root / ".netrc").write_text("default login stranger password stranger\n", "utf-8")
    (repo.root / "pyproject.toml").write_text('[build-system]\nrequires = ["nothing"]\n', "utf-8")
    (repo.root / "constraints.txt").write_text("typer==0.0.1\n", "utf-8")
    (repo.root / "profile").write_text(f"touch '{trap}'\n", "utf-8")
    for program in ("python3", "git", "elo", "bash"):
        (repo.root / program).write_text(f"#!/bin/sh\ntouch '{trap}'\n", "utf-8")
        (repo.root / program).chmod(0o755)


@pytest.mark.parametrize("service", SERVICES)
def test_a_checkout_brings_no_program(repo: Repo, tmp_path: Path, service: str) -> None:
    """Modules, settings and programs that lie in the checkout are not started when the change is judged."""
    trap = tmp_path / "trap"
    good(repo)
    plant(repo, trap)
    repo.commit()
    # Some workflows set this for their own sake; it would put the checkout's modules before all others.
    ran = run_job(service, repo, tmp_path, "main", PYTHONPATH=".")
    assert ran.code == 0, ran.log
    assert "Status: in progress" in ran.summary
    assert not trap.exists()


@pytest.mark.slow
@pytest.mark.parametrize("service", ["action", "workflow"])
def test_elo_is_installed_from_its_own_commit(repo: Repo, tmp_path: Path, service: str) -> None:
    """The whole job, installation first, in a checkout full of traps: packages come from the index of the machine.

    The GitLab template has the workflow's own words for it, which another test holds.
    """
    trap = tmp_path / "trap"
    rewritten(repo)
    plant(repo, trap)
    repo.commit()
    address = source(tmp_path) if service == "workflow" else "not asked"
    ran = run_job(service, repo, tmp_path, "main", install=address, PYTHONPATH=".", BASH_ENV="")
    assert ran.code == 1, ran.log
    assert "installed elo" in ran.log
    assert "promise rewritten" in ran.summary
    assert not trap.exists()
    if service == "action":
        # A later step of the workflow finds elo, and no other Python than before.
        added = Path((tmp_path / f"runner-{service}" / "path").read_text("utf-8").strip())
        assert [one.name for one in added.iterdir()] == ["elo"]


@pytest.mark.parametrize("service", ["workflow", "gitlab"])
@pytest.mark.parametrize(
    "install",
    ["", "elo", "elo==0.1", "https://e.example/elo.git", "https://e.example/elo.git@main", "--help@" + "0" * 40],
)
def test_without_an_address_nothing_is_installed(repo: Repo, tmp_path: Path, service: str, install: str) -> None:
    """What is no address with a commit is refused in a sentence, and is never looked up as a name."""
    ran = run_job(service, repo, tmp_path, "main", install=install)
    assert ran.code == 1
    assert "ELO_INSTALL does not say what to install elo from" in ran.log
    assert not (tmp_path / f"runner-{service}" / "source").exists()


def test_workflow_and_template_install_in_the_same_words() -> None:
    """The one script that cannot lie in elo's own repository stands in two files, and is the same in both."""
    install = workflow()["jobs"]["check"]["steps"][1]["run"].splitlines()
    template = GITLAB["elo"]["before_script"][-1].splitlines()
    assert install[0].startswith("home=")
    assert install[1:] == template[1:]


def test_every_service_calls_the_one_script() -> None:
    """What a change is held to is written once."""
    last = [
        ACTION["runs"]["steps"][-1]["run"],
        workflow()["jobs"]["check"]["steps"][-1]["run"],
        GITLAB["elo"]["script"][-1],
    ]
    assert [re.search(r"/\.ci/hold\" .*/elo/bin/elo\" (\w+)", one)[1] for one in last] == [  # type: ignore[index]
        "github",
        "github",
        "gitlab",
    ]


def test_both_parts_of_the_summary_fit() -> None:
    """GitHub shows no summary of more than 1 MiB: a flood of changes and of findings would hide everything."""
    kept = re.search(r'head -c ([0-9]+) "\$answers/told"', (ROOT / ".ci/hold").read_text("utf-8"))
    assert kept is not None
    assert int(kept[1]) + SUMMARY_LIMIT < 1024 * 1024 - 10_000


def test_no_script_holds_an_expression() -> None:
    """Values reach the scripts through the environment: an expression in a script would be a way in for a name."""
    for step in [*ACTION["runs"]["steps"], *workflow()["jobs"]["check"]["steps"]]:
        assert "${{" not in step.get("run", "")


def test_bash_reads_no_file_first() -> None:
    """BASH_ENV, which a step before may have set, is empty in the steps of the action."""
    assert [step["env"]["BASH_ENV"] for step in ACTION["runs"]["steps"]] == ["", ""]


def test_an_index_that_is_down_is_told_with_what_to_do(tmp_path: Path) -> None:
    """Without an answer from the package index the job stops there, and a sentence says what to do."""
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    nowhere |= dict.fromkeys(("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CONSTRAINT"), "")
    ran = subprocess.run(
        ["bash", str(ROOT / ".ci/install"), str(tmp_path / "elo")],
        env=os.environ | nowhere,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 3
    assert ran.stderr.splitlines()[-1] == (
        "what elo needs could not be installed: the package index gives no answer, or not what "
        ".ci/requirements.txt names; run the job again later, or set PIP_INDEX_URL to an index that works. "
        "Nothing of the data has been checked."
    )
    assert not (tmp_path / "elo" / "bin").exists()
