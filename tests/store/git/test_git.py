"""What was recorded is read from git as it lies there, and nothing of the repository is touched or run."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from elo_cli.model.errors import UnreadableProblem, UsageProblem
from elo_cli.store.git.changes import changed_files, describe
from elo_cli.store.git.repository import Repository
from elo_cli.store.git.source import at_revision
from elo_cli.store.loading import load
from elo_cli.store.source import ListedFile, WorkTree
from elo_cli.store.yaml.limits import MAX_BYTES
from tests.repositories import CLEAN, Repo

MEASURE = "status: planned\n"
LATER = "status: in-progress\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository with one measure in two versions."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"measures/m": MEASURE})
    repo.commit({"measures/m": LATER})
    return repo


def status(folder: Path, rev: str) -> object:
    """Give the status of the measure `m` at a revision."""
    return load(at_revision(folder, rev)).entries["m"].data["status"]


def test_a_revision_reads_like_the_work_tree_of_that_day(repo: Repo) -> None:
    """The tracker at HEAD is the one on the disk, and at HEAD~1 the one before."""
    here, there = load(WorkTree(repo.data)), load(at_revision(repo.data, "HEAD"))
    assert {entry.id: entry.data for entry in here.entries.values()} == {
        entry.id: entry.data for entry in there.entries.values()
    }
    assert status(repo.data, "HEAD~1") == "planned"
    assert there.source.revision == repo.git("rev-parse", "HEAD")


def test_whatever_git_calls_a_revision_is_one(repo: Repo) -> None:
    """Tags, branches, short and full ids, and words relative to them are understood."""
    repo.git("tag", "v1", "HEAD~1")
    repo.git("branch", "old/branch", "HEAD~1")
    for rev in ("v1", "old/branch", "main~1", "HEAD^", repo.git("rev-parse", "HEAD~1")):
        assert Repository(repo.data).resolve(rev), rev
    assert status(repo.data, "v1") == "planned"


@pytest.mark.parametrize("rev", ["-x", "--output=x", "", "a\nb", "HEAD\x00", "\x1b[31m"])
def test_a_revision_that_could_be_an_option_is_refused(repo: Repo, rev: str) -> None:
    """What begins with `-`, is empty or holds control characters never reaches git."""
    with pytest.raises(UsageProblem, match="is not a revision"):
        at_revision(repo.data, rev)


@pytest.mark.parametrize("rev", ["nowhere", "HEAD~99", "HEAD..HEAD~1", "main:data", "HEAD^{tree}"])
def test_an_unknown_revision_is_named(repo: Repo, rev: str) -> None:
    """What git does not know, or knows as no commit, is one clear line."""
    with pytest.raises(UnreadableProblem, match="there is no revision"):
        at_revision(repo.data, rev)


def test_a_repository_without_a_commit_says_so(tmp_path: Path) -> None:
    """Before the first commit nothing was recorded."""
    repo = Repo(tmp_path)
    repo.write({})
    with pytest.raises(UnreadableProblem, match="nothing has been committed yet"):
        at_revision(repo.data, "HEAD")


def test_a_folder_outside_git_says_so(tmp_path: Path) -> None:
    """A data folder in no repository has no revisions, and is described by none."""
    with pytest.raises(UnreadableProblem, match="is in no git repository"):
        at_revision(tmp_path, "HEAD")
    assert describe(tmp_path) is None


def test_a_shallow_clone_names_the_fetch_that_helps(repo: Repo, tmp_path: Path) -> None:
    """The command that the message gives brings the revision, run as it stands."""
    repo.git("branch", "side")
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(clone))
    for rev in ("HEAD~1", "origin/side"):
        with pytest.raises(UnreadableProblem, match=r"shallow.*run: git fetch") as caught:
            at_revision(clone / "data", rev)
        if rev == "origin/side":
            command = shlex.split(str(caught.value).rpartition("run: ")[2])
            subprocess.run(command, cwd=clone, env=CLEAN, check=True, capture_output=True)
    assert status(clone / "data", "HEAD~1") == "planned"
    assert status(clone / "data", "origin/side") == "in-progress"


def test_a_partial_clone_names_the_fetch_that_helps(repo: Repo, tmp_path: Path) -> None:
    """Nothing is fetched; the command that the message gives brings what the clone lacks, run as it stands."""
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--filter=blob:none", f"file://{repo.root}", str(clone))
    assert status(clone / "data", "HEAD") == "in-progress"
    with pytest.raises(UnreadableProblem, match="lacks files that were recorded; run: git fetch") as caught:
        status(clone / "data", "HEAD~1")
    command = shlex.split(str(caught.value).rpartition("run: ")[2])
    subprocess.run(command, cwd=clone, env=CLEAN, check=True, capture_output=True)
    assert status(clone / "data", "HEAD~1") == "planned"


def test_a_bare_clone_is_read(repo: Repo, tmp_path: Path) -> None:
    """A clone without files answers from its commits."""
    bare = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", str(repo.root), str(bare))
    assert status(bare, "HEAD~1") == "planned"


def test_a_second_work_tree_and_a_subfolder_are_read(tmp_path: Path) -> None:
    """The data may lie deep in a repository, and the repository have several work trees."""
    repo = Repo(tmp_path / "repo", "office/tracker/data")
    repo.commit({"measures/m": MEASURE})
    repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    assert status(tmp_path / "second/office/tracker/data", "HEAD") == "planned"


def test_a_data_folder_that_moved_is_found_where_it_lay(tmp_path: Path) -> None:
    """An earlier revision keeps the data where it was then, under a name of any script."""
    name = "seuranta ä\u00a0”"
    # The same bytes also where the system takes names for ASCII, as under LC_ALL=C.
    folder = os.fsdecode(name.encode())
    repo = Repo(tmp_path / "repo", folder)
    repo.commit({"measures/m": MEASURE})
    repo.git("mv", folder, "data")
    repo.commit()
    source = at_revision(repo.root / "data", "HEAD~1")
    assert source.label == name
    assert load(source).entries["m"].data["status"] == "planned"


def test_a_data_folder_of_any_name_is_found_in_its_repository(tmp_path: Path) -> None:
    """What was recorded below a name of any script is compared with what lies there now."""
    repo = Repo(tmp_path / "repo", os.fsdecode("käyttö ”5”".encode()))
    repo.commit({"measures/m": MEASURE})
    assert load(at_revision(repo.data, "HEAD")).entries["m"].data["status"] == "planned"
    repo.write({"measures/m": MEASURE.replace("planned", "in-progress")})
    changed = changed_files(at_revision(repo.data, "HEAD"), WorkTree(repo.data))
    assert [file.path for file in changed] == ["measures/m.yaml"]


def test_a_revision_without_a_tracker_says_so(tmp_path: Path) -> None:
    """A data folder that was a file, or was not there, is no tracker."""
    repo = Repo(tmp_path / "repo")
    (repo.root / "data").write_text("a file", "utf-8")
    repo.commit()
    (repo.root / "data").unlink()
    repo.commit({"measures/m": MEASURE})
    with pytest.raises(UnreadableProblem, match=r"no tracker\.yaml in revision"):
        at_revision(repo.data, "HEAD~1")


def test_links_submodules_and_modes_are_what_they_are(repo: Repo) -> None:
    """A link is followed nowhere, wherever it leads; an executable file is a file."""
    measures = repo.data / "measures"
    for name, target in (("inside", "m.yaml"), ("outside", "../../secret.yaml"), ("root", "/etc/hostname")):
        (measures / f"{name}.yaml").symlink_to(target)
    (measures / "m.yaml").chmod(0o755)
    repo.commit()
    source = at_revision(repo.data, "HEAD")
    assert source.listing("measures") == [
        ListedFile("measures/inside.yaml", "link-outside"),
        ListedFile("measures/m.yaml", "file"),
        ListedFile("measures/outside.yaml", "link-outside"),
        ListedFile("measures/root.yaml", "link-outside"),
    ]
    for name in ("inside", "outside", "root"):
        with pytest.raises(OSError, match="No such file"):
            source.read(f"measures/{name}.yaml")


def test_a_submodule_is_no_file(repo: Repo) -> None:
    """A commit of another repository in the place of a record is listed as what cannot be read."""
    entry = f"160000,{repo.git('rev-parse', 'HEAD')},data/measures/sub.yaml"
    repo.git("update-index", "--add", "--cacheinfo", entry)
    repo.git("commit", "-q", "-m", "A submodule")
    assert ListedFile("measures/sub.yaml", "other") in at_revision(repo.data, "HEAD").listing("measures")


def test_a_huge_file_is_never_held_whole(repo: Repo) -> None:
    """Of a file over the limit only as much is kept as shows that it is too large, and the others are read rightly."""
    repo.commit({"measures/a.yaml": b"x" * (5 * MAX_BYTES), "measures/b.yaml": b"\x00\xff\n\n" * 10})
    source = at_revision(repo.data, "HEAD")
    source.listing("")
    assert len(source.read("measures/a.yaml")) == MAX_BYTES + 1
    assert source.read("measures/b.yaml") == b"\x00\xff\n\n" * 10
    assert source.read("measures/m.yaml") == (repo.data / "measures/m.yaml").read_bytes()


def test_nothing_of_the_repository_is_touched_or_run(repo: Repo, tmp_path: Path) -> None:
    """Reading leaves every byte in place, and no program that the repository's settings name is started."""
    trap = tmp_path / "trap"
    spring = f"touch {trap}"
    for name in ("diff.external", "core.pager", "core.sshCommand", "core.editor", "gpg.program", "core.fsmonitor"):
        repo.git("config", name, spring)
    for name in ("filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.x.textconv", "diff.x.command"):
        repo.git("config", name, spring)
    repo.git("config", "alias.ls-tree", f"!{spring}")
    repo.git("config", "log.showSignature", "true")
    (repo.root / ".gitattributes").write_text("*.yaml filter=x diff=x\n", "utf-8")
    hook = repo.root / ".git/hooks/reference-transaction"
    hook.write_text(f"#!/bin/sh\n{spring}\n", "utf-8")
    hook.chmod(0o755)
    repo.write({"measures/n": MEASURE, "measures/m": MEASURE})
    # A file that looks changed makes git compare its contents, through filters where they are set.
    os.utime(repo.data / "tracker.yaml")
    trap.unlink(missing_ok=True)
    before = _bytes(repo.root)
    load(at_revision(repo.data, "HEAD~1"))
    at = describe(repo.data)
    assert at is not None
    assert at.dirty
    assert _bytes(repo.root) == before
    assert not trap.exists()


def test_the_environment_of_a_hook_does_not_lead_astray(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIT_DIR and its like, which git sets for its hooks, do not reach the reading."""
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert status(repo.data, "HEAD") == "in-progress"


def test_the_git_program_is_not_needed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no program can be found, what was recorded is read all the same."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert status(repo.data, "HEAD~1") == "planned"


def test_missing_objects_are_no_empty_repository(repo: Repo) -> None:
    """A repository that lost what it names is told as damaged, and not as one in which nothing was committed."""
    head = repo.git("rev-parse", "HEAD")
    (repo.root / ".git/objects" / head[:2] / head[2:]).unlink()
    with pytest.raises(UnreadableProblem, match="the repository is damaged: what “HEAD” needs"):
        at_revision(repo.data, "HEAD")


def test_a_repository_of_another_owner_names_the_command_that_trusts_it(repo: Repo, tmp_path: Path) -> None:
    """Git asks before it reads what belongs to someone else, and so does elo; the command given is enough."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    home = tmp_path / "home"
    home.mkdir()
    for path in (repo.root, *repo.root.rglob("*")):
        os.lchown(path, 4242, 4242)
    with pytest.raises(
        UnreadableProblem, match=r"git does not trust .*: git config --global --add safe.directory"
    ) as caught:
        at_revision(repo.data, "HEAD")
    words = shlex.split(str(caught.value).rpartition("If you do: ")[2])
    subprocess.run(words, env=CLEAN | {"GIT_CONFIG_GLOBAL": str(home / ".gitconfig")}, check=True)
    script = "import sys; from pathlib import Path; from elo_cli.store.git.source import at_revision\n"
    script += "print(at_revision(Path(sys.argv[1]), 'HEAD').prefix)"
    run = subprocess.run(
        [sys.executable, "-c", script, str(repo.data)],
        env=CLEAN | {"HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.stdout, run.stderr) == ("data\n", "")


@pytest.mark.parametrize(
    "rev", ["main@{2022-01-01 23:00}", "HEAD@{1}", "main@{1}", ":/First", "HEAD^{/First}", "main@{upstream}~1"]
)
def test_a_revision_by_day_word_or_place_is_found(tmp_path: Path, rev: str) -> None:
    """What git’s manual calls a revision is one here: a day in the log of references, words of a message, a branch."""
    repo = Repo(tmp_path / "repo")
    first = repo.commit({"measures/m": MEASURE}, "First")
    repo.commit({"measures/m": LATER}, "Second")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    repo.git("remote", "add", "origin", "https://example.org/x")
    repo.git("config", "branch.main.remote", "origin")
    repo.git("config", "branch.main.merge", "refs/heads/main")
    assert Repository(repo.data).resolve(rev) == first


def test_a_tracker_at_the_top_of_its_repository_is_read(tmp_path: Path) -> None:
    """The settings may lie beside `.git`, also where a repository around it has nothing to do with it."""
    around = Repo(tmp_path)
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    around.git("add", "notes.txt")
    around.git("commit", "-q", "-m", "Notes")
    repo = Repo(tmp_path / "tracker", ".")
    repo.commit({"measures/m": MEASURE})
    assert status(repo.root, "HEAD") == "planned"
    assert Repository(repo.root).prefix == ""


def test_a_bare_repository_with_a_tracker_beside_it_is_none(repo: Repo, tmp_path: Path) -> None:
    """Settings of a tracker among git’s own files: that folder is data, and data is never asked as a repository."""
    bare = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", str(repo.root), str(bare))
    (bare / "tracker.yaml").write_bytes((repo.data / "tracker.yaml").read_bytes())
    with pytest.raises(UnreadableProblem, match="is in no git repository"):
        at_revision(bare, "HEAD")


def test_objects_named_by_sha256_are_refused_in_a_sentence(tmp_path: Path) -> None:
    """What the library cannot read is said, with what would be right."""
    root = tmp_path / "repo"
    subprocess.run(["git", "init", "-q", "--object-format=sha256", str(root)], env=CLEAN, check=True)
    with pytest.raises(UnreadableProblem, match=r"elo cannot read how the repository .* is stored"):
        Repository(root)


def test_a_data_folder_says_where_it_stands(repo: Repo) -> None:
    """A report can name the commit, and whether anything differs from it; a time stamp is no difference."""
    head = repo.git("rev-parse", "HEAD")
    os.utime(repo.data / "tracker.yaml")
    (repo.root / "elsewhere.txt").write_text("not data", "utf-8")
    at = describe(repo.data)
    assert at is not None
    assert (at.revision, at.short, at.dirty) == (head, head[:10], False)
    repo.write({"measures/n": MEASURE})
    now = describe(repo.data)
    assert now is not None
    assert now.dirty


def test_the_commit_of_a_day_is_the_last_one_before_its_end(repo: Repo) -> None:
    """Commits lie on 1 and 2 January at noon; before the first there is none."""
    repository = Repository(repo.data)
    first, second = repo.git("rev-parse", "HEAD~1"), repo.git("rev-parse", "HEAD")
    midnight = 1641081600  # the end of 1 January 2022, UTC
    assert repository.current_at(midnight) == first
    assert repository.current_at(midnight + 86400) == second
    assert repository.current_at(midnight - 86400) is None


def _bytes(root: Path) -> dict[str, tuple[int, bytes]]:
    """Give the mode and the bytes of every file."""
    return {str(path): (path.lstat().st_mode, path.read_bytes()) for path in root.rglob("*") if path.is_file()}
