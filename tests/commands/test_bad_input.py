"""What elo meets of other versions of itself, of cut histories and of runs that died: one sentence, and no harm."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from elo_cli.store.disk.memory import make_memory, memory_of
from tests.repositories import Repo

NEWER = "is of format 99, and this elo reads up to 1; install a newer elo"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository whose one measure was recorded three times."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"measures/one": "period: 2021\n"}, "Begin")
    repo.commit({"measures/one": "period: 2021/2022\n"}, "More time")
    repo.commit({"measures/one": "period: 2021/2023\n"}, "Still more")
    return repo


class Ran:
    """A process of elo that has ended, with the one sentence that it said."""

    def __init__(self, run: "subprocess.CompletedProcess[str]") -> None:
        """Keep its exit code and what it wrote."""
        self.code, self.out, self.err = run.returncode, run.stdout, run.stderr

    @property
    def sentence(self) -> str:
        """What stands on stderr, which is one line."""
        (line,) = self.err.splitlines()
        return line.removeprefix("elo: ")


def elo(folder: Path, *words: str, program: tuple[str, ...] = ("-m", "elo_cli"), **env: str) -> Ran:
    """Run elo in a process of its own, in a folder, in English."""
    environment = os.environ | {"ELO_LANG": "en", "ELO_TODAY": "2024-01-01", "PYTHONIOENCODING": "utf-8"} | env
    command = [sys.executable, *program, *words]
    return Ran(subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False))


def ids(files: str) -> list[tuple[object, ...]]:
    """The ids in some Parquet files, as another program reads them."""
    return duckdb.read_parquet(files).select("id").fetchall()


@pytest.mark.parametrize(
    "words",
    [
        "status",
        "list measures",
        "show one",
        "diff",
        "log one",
        "export x.json",
        "fmt",
        "set one period 2022",
        "edit one",
    ],
)
def test_a_tracker_of_a_newer_format_is_not_guessed_at(repo: Repo, words: str) -> None:
    """Every verb that needs the tracker says that a newer elo is needed, and writes nothing."""
    (repo.data / "tracker.yaml").write_text("format: 99\nname: {en: New}\nlanguages: [en]\n", "utf-8")
    ran = elo(repo.root, *words.split())
    assert (ran.code, ran.sentence, ran.out) == (3, f"data/tracker.yaml {NEWER}", "")
    assert repo.git("status", "--short") == "M data/tracker.yaml"


def test_check_names_the_newer_format_and_nothing_else(repo: Repo) -> None:
    """Records of another format are not judged by the rules of this one."""
    (repo.data / "tracker.yaml").write_text("format: 99\nname: {en: New}\nlanguages: [en]\n", "utf-8")
    (repo.data / "measures" / "one.yaml").write_text("what: is this\n", "utf-8")
    ran = elo(repo.root, "check")
    assert ran.code == 1
    assert ran.out == f"data/tracker.yaml:1:9: error schema-newer-format the tracker {NEWER}\n"


def test_an_old_lock_holds_nobody_up(repo: Repo) -> None:
    """A file of a lock counts only while a process holds it, whatever another version has written into it."""
    (repo.data / ".elo.lock").write_text("elo 0.0.1, process 1\n", "utf-8")
    for name in ("lock", "turn"):
        (make_memory(repo.data) / name).write_text("elo 0.0.1, process 1\n", "utf-8")
        (make_memory(repo.data / "measures" / "one.yaml") / name).write_text("elo 0.0.1, process 1\n", "utf-8")
    assert elo(repo.root, "fmt").code == 0
    assert elo(repo.root, "edit", "one", EDITOR="true").sentence == "nothing was changed"
    assert elo(repo.root, "mv", "one", "two").code == 0


def test_what_another_version_remembers_is_passed_over(repo: Repo) -> None:
    """Files of the state folder in a form that this version does not know are as if they were not there."""
    memory = make_memory(repo.data)
    (memory / "drafts").mkdir()
    (memory / "forms").mkdir()
    for name in ("plan", "written", "drafts/1234", "forms/new-measure.json"):
        (memory / name).write_text('{"version": 7, "steps": [1]}\n', "utf-8")
    assert elo(repo.root, "status").code == 0
    assert elo(repo.root, "mv", "one", "two").code == 0
    assert elo(repo.root, "export", "x").code == 0
    assert elo(repo.root, "new", "measure", "--resume").code == 2


DYING = """
import os, signal, sys
from elo_cli.cli import main
from elo_cli.render.export import parquet
made, content = [], parquet._content
def dying(*arguments):
    made.append(content(*arguments))
    if len(made) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return made[-1]
parquet._content = dying
sys.exit(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="processes are killed as POSIX does")
def test_a_killed_export_shows_no_reader_half_of_it(repo: Repo) -> None:
    """What was there before is read whole, what the dead run left is in no pattern, and the next run takes it away."""
    words = ("export", "lake", "--format", "parquet")
    assert elo(repo.root, *words).code == 0
    assert elo(repo.root, *words, program=("-c", DYING)).code == -signal.SIGKILL
    lake = repo.root / "lake"
    assert len(list(lake.iterdir())) == 2
    assert ids(f"{lake}/*/kind=measures/*.parquet") == [("one",)]
    assert elo(repo.root, *words).code == 0
    assert len(list(lake.iterdir())) == 1


def test_half_a_parquet_file_is_told_with_the_way_out(repo: Repo) -> None:
    """A part that another program cut off is not written over unasked; `--force` writes all of it anew."""
    words = ("export", "lake", "--format", "parquet")
    assert elo(repo.root, *words).code == 0
    part = next((repo.root / "lake").rglob("kind=measures/*.parquet"))
    part.write_bytes(part.read_bytes()[:100])
    ran = elo(repo.root, *words)
    assert ran.code == 2
    assert "“kind=measures/part-0.parquet”" in ran.sentence
    assert "--force replaces all of it" in ran.sentence
    assert elo(repo.root, *words, "--force").code == 0
    assert ids(str(part)) == [("one",)]


def test_the_log_of_a_shallow_clone_says_that_it_is_cut_off(repo: Repo, tmp_path: Path) -> None:
    """What stood in the first commit at hand is told as old as that, and never as new; a fetch is named."""
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.root}", str(tmp_path / "clone"))
    ran = elo(tmp_path / "clone", "log", "one")
    assert ran.code == 0
    assert ran.sentence == (
        "this clone is shallow, and the history begins on 2 January 2022; to have all of it, run: git fetch --unshallow"
    )
    assert "recorded at least 2 times" in ran.out
    assert "this clone begins here" in ran.out
    assert "new: measure" not in ran.out
    assert '"since_known": false' in elo(tmp_path / "clone", "log", "one", "--format", "json").out
    whole = elo(repo.root, "log", "one")
    assert ("recorded 3 times" in whole.out, whole.err) == (True, "")


def test_a_history_of_merges_renames_and_rewritten_commits_is_told(repo: Repo) -> None:
    """A merge is told once, a rename is followed, and a commit that was written anew is one and not two."""
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    repo.commit({"measures/two": ""}, "Beside")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert elo(repo.root, "mv", "one", "first").code == 0
    repo.commit(message="Rename")
    repo.git("commit", "-q", "--amend", "-m", "Rename it")
    log = elo(repo.root, "log", "first")
    assert (log.code, log.err) == (0, "")
    assert [line.rpartition(" · ")[2] for line in log.out.splitlines() if " · Test · " in line] == [
        "Begin", "More time", "Still more", "Rename it"
    ]  # fmt: skip
    assert elo(repo.root, "log", "two").out.count(" · Test · ") == 1
    assert elo(repo.root, "export", "history.parquet").code == 0
    history = duckdb.read_parquet(str(repo.root / "history.parquet")).filter("record = 'first'")
    assert history.select("revision_from").distinct().fetchall() == [(5,)]


@pytest.mark.parametrize("words", ["diff", "log one", "status --rev HEAD", "diff HEAD~1"])
def test_a_repository_without_a_commit_says_how_to_begin(tmp_path: Path, words: str) -> None:
    """Nothing to compare with is said with the commands that record what is there."""
    repo = Repo(tmp_path / "empty")
    repo.write({"measures/one": ""})
    ran = elo(repo.root, *words.split())
    assert ran.code == 3
    assert ran.sentence == (
        "nothing has been committed yet in this repository; git add and git commit record what is there"
    )


def test_a_branch_without_a_commit_names_the_others(repo: Repo) -> None:
    """On a branch of its own beginning what other branches hold is still there, and they are named."""
    repo.git("checkout", "-q", "--orphan", "fresh")
    ran = elo(repo.root, "diff")
    assert (ran.code, ran.sentence) == (
        3, "nothing has been committed yet on this branch; what others hold can be named: main"
    )  # fmt: skip
    assert elo(repo.root, "status", "--rev", "main").code == 0
    assert elo(repo.root, "status", "--rev", "nosuch").sentence == (
        "there is no revision “nosuch”; git branch --all lists them"
    )


def editor(folder: Path, text: str) -> str:
    """An editor that appends a line to what it opens."""
    program = folder / "editor.py"
    program.write_text(f"import sys\nopen(sys.argv[1], 'a', encoding='utf-8').write({text!r})\n", "utf-8")
    return f"{sys.executable} {program}"


def test_a_text_that_was_kept_follows_a_record_to_its_new_id(repo: Repo, tmp_path: Path) -> None:
    """What `elo edit` kept under the old id is gone on with under the new one, with what the renaming changed."""
    assert elo(repo.root, "edit", "one", EDITOR=editor(tmp_path, "status: nonsense\n")).code == 1
    assert elo(repo.root, "mv", "one", "two").code == 0
    ran = elo(repo.root, "edit", "two", EDITOR=editor(tmp_path, "key: true\n"))
    assert "this goes on with the text that you kept" in ran.err
    assert ran.code == 1
    text = (memory_of(repo.data / "measures" / "two.yaml") / "two.yaml").read_text("utf-8")
    assert "id: two\n" in text
    assert "status: nonsense\nkey: true\n" in text
    assert not (memory_of(repo.data / "measures" / "one.yaml") / "one.yaml").exists()


def test_a_state_folder_that_takes_nothing_is_named(repo: Repo, tmp_path: Path) -> None:
    """What cannot be kept outside the tracker is told with the place outside, not with the record's."""
    (tmp_path / "state").write_text("no folder", "utf-8")
    state = str(tmp_path / "state")
    for words in ("edit one", "mv one two"):
        ran = elo(repo.root, *words.split(), EDITOR="true", XDG_STATE_HOME=state)
        assert ran.code == 3
        assert ran.sentence == (
            f"{tmp_path / 'state' / 'elo'} could not be written: Not a directory; the tracker is as it was"
        )
    assert repo.git("status", "--short") == ""
    ran = elo(repo.root, "export", "x.json", XDG_STATE_HOME=state)
    assert ran.code == 0
    told, written = ran.err.splitlines()
    assert told == (
        f"elo: what elo wrote to “x.json” cannot be remembered in {tmp_path / 'state' / 'elo'}: Not a directory; "
        "to replace it later takes --force"
    )
    assert written.endswith("written to x.json")


def test_a_full_state_folder_is_named_too(repo: Repo) -> None:
    """A disk without room names no file of its own accord; the sentence does."""
    full = (
        "import os, sys\nfrom elo_cli.cli import main\nfrom elo_cli.store.disk import files\n"
        "def no_room(*_):\n    raise OSError(28, os.strerror(28))\n"
        "files.os.fsync = no_room\nsys.exit(main())\n"
    )
    ran = elo(repo.root, "edit", "one", program=("-c", full), EDITOR="true")
    assert ran.code == 3
    place = memory_of(repo.data / "measures" / "one.yaml") / "one.yaml"
    assert ran.sentence == f"{place} could not be written: No space left on device; the tracker is as it was"
