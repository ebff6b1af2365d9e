"""Whatever a repository holds, elo runs nothing, fetches nothing, waits for nothing, and no promise changes unseen."""

import json
from pathlib import Path

import pytest

from tests.repositories import Repo
from tests.running import Runner
from tests.store.git.hostile_repositories import REPOSITORIES, Place, copied, template

VERBS = (
    ("status",),
    ("status", "--rev", "BASE"),
    ("funding", "--rev", "HEAD"),
    ("check",),
    ("diff", "BASE"),
    ("diff", "BASE..HEAD"),
    ("log", "x"),
    ("report", "summary"),
)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Make once the repository that every hostile one is a copy of."""
    return template(tmp_path_factory.mktemp("hostile") / "repo")


@pytest.fixture
def place(original: Repo, tmp_path: Path) -> Place:
    """Give a copy, and the file that no program may leave."""
    return Place(copied(original, tmp_path / "repo"), tmp_path / "canary")


@pytest.mark.parametrize("name", REPOSITORIES)
def test_a_hostile_repository_runs_and_hides_nothing(place: Place, elo: Runner, name: str) -> None:
    """Every verb that knows git ends as it should, without a program; a rewritten promise is found or a reason told."""
    build, told = REPOSITORIES[name]
    build(place)
    place.canary.unlink(missing_ok=True)
    data = place.repo.data
    for words in (*VERBS, ("site", str(place.canary.parent / "site"))):
        run = elo(*words, data=data)
        assert run.code in {0, 1, 2, 3}, (words, run.err)
        assert not place.canary.exists(), words
    run = elo("check", "--against", "BASE", "--format", "json", data=data)
    assert not place.canary.exists()
    if told == "refused":
        assert run.code == 3, run.out
        assert len(run.err.splitlines()) == 1, run.err
    else:
        assert run.code == 1, run.err
        rules = {finding["rule"] for finding in json.loads(run.out)["findings"]}
        assert "promise-rewritten" in rules, rules


def test_what_the_environment_says_to_git_leads_nowhere(place: Place, elo: Runner, tmp_path: Path) -> None:
    """Git's own variables, as hooks have them, name another repository and programs; none is heeded."""
    other = Repo(tmp_path / "other")
    other.commit({})
    env = {
        "GIT_DIR": str(other.root / ".git"),
        "GIT_WORK_TREE": str(other.root),
        "GIT_INDEX_FILE": "/dev/zero",
        "GIT_OBJECT_DIRECTORY": "/nowhere",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/nowhere",
        "GIT_CEILING_DIRECTORIES": str(place.repo.root),
        "GIT_NAMESPACE": "x",
        "GIT_REPLACE_REF_BASE": "refs/heads/",
        "GIT_SSH_COMMAND": place.spring,
        "GIT_EXTERNAL_DIFF": place.spring,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": place.spring,
        "GIT_SHALLOW_FILE": "/nowhere",
        "GIT_GRAFT_FILE": "/nowhere",
    }
    run = elo("check", "--against", "BASE", data=place.repo.data, env=env)
    assert run.code == 1
    assert "promise-rewritten" in run.out
    assert not place.canary.exists()


def test_there_are_enough_of_them() -> None:
    """The table is no smaller than what was promised."""
    assert len(REPOSITORIES) >= 40


def test_an_unreadable_record_makes_its_life_incomplete(place: Place, elo: Runner) -> None:
    """`elo log` of a record that cannot be read now says so, and leaves with 1, committed or not."""
    (place.repo.data / "milestones/x.yaml").write_text("<<<<<<< ours\n", "utf-8")
    for _ in range(2):
        run = elo("log", "x", "--format", "json", data=place.repo.data)
        incomplete = json.loads(run.out)["incomplete"]
        assert run.code == 1
        assert [path.removeprefix(f"{place.repo.data}/") for path in incomplete] == ["milestones/x.yaml"]
        assert "incomplete" in run.err
        place.repo.commit()
