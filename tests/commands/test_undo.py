"""elo undo: what nobody has committed goes back byte for byte, and nothing else is touched."""

from pathlib import Path

import pytest

from tests.repositories import Repo
from tests.running import Runner

OKM = "okm:\n  type: ministry\n  name:\n    en: OKM\ntem:\n  type: ministry\n  name:\n    en: TEM\n"
FILES = {
    "milestones/x": "type: national\ndue: 2022-Q3   # as the slide says\nresponsible: [okm]\n",
    "milestones/y": "type: national\ndue: 2022-Q4\n",
    "vocabulary/organisations": OKM,
}
NEW = b"id: z\nname:\n  en: Z\ntype: national\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository with two milestones that are committed."""
    repo = Repo(tmp_path / "repo")
    repo.commit(FILES)
    return repo


def bytes_of(repo: Repo) -> dict[str, bytes]:
    """Read every file of the work tree."""
    return {
        path.relative_to(repo.root).as_posix(): path.read_bytes()
        for path in repo.root.rglob("*")
        if path.is_file() and ".git/" not in path.as_posix()
    }


def test_one_record_goes_back_and_the_others_stay(elo: Runner, repo: Repo) -> None:
    """The record named is as it was committed, to the byte; what goes is told as elo diff tells it."""
    before = bytes_of(repo)
    assert elo("update", "x", "--note", "A note", "--by", "okm", data=repo.data).code == 0
    assert elo("update", "y", "--note", "Another", "--by", "okm", data=repo.data).code == 0
    changed = bytes_of(repo)
    run = elo("undo", "x", data=repo.data)
    assert run.code == 0, run.err
    assert "update of 24 November 2026, OKM: A note" in run.out
    assert "Another" not in run.out
    assert bytes_of(repo) == {**changed, "data/milestones/x.yaml": before["data/milestones/x.yaml"]}


def test_everything_goes_back_after_a_yes(elo: Runner, repo: Repo) -> None:
    """Edited, removed, unreadable and new files are as they were, and nothing else in the folder is touched."""
    before = bytes_of(repo)
    (repo.root / "notes.txt").write_text("mine", "utf-8")
    repo.write(
        {"milestones/x": None, "milestones/y.yaml": b"id: [\r\n", "milestones/z.yaml": NEW, "notes.txt": b"kept"}
    )
    (repo.data / "notes.md").write_bytes(b"kept")
    kept = {name: content for name, content in bytes_of(repo).items() if "notes" in name}
    run = elo("undo", data=repo.data)
    assert (run.code, "--yes" in run.err) == (2, True)
    assert "+++ /dev/null" in run.out
    assert "-id: z" in run.out
    run = elo("undo", "--yes", data=repo.data)
    assert run.code == 0, run.err
    # The screen breaks a long path wherever its line ends.
    assert "milestones/y.yaml:itcannotberead" in "".join(run.out.split())
    assert bytes_of(repo) == {**before, **kept}


def test_dry_run_writes_nothing_and_a_second_time_there_is_nothing(elo: Runner, repo: Repo) -> None:
    """With --dry-run it only tells; when all is as it was committed it says so."""
    path = repo.data / "milestones/x.yaml"
    path.write_text(path.read_text("utf-8") + "# only a comment\n", "utf-8")
    changed = path.read_bytes()
    run = elo("undo", "--dry-run", data=repo.data)
    assert (run.code, path.read_bytes()) == (0, changed)
    assert "milestones/x.yaml:onlyhowitiswritten" in "".join(run.out.split())
    assert elo("undo", "x", data=repo.data).code == 0
    assert "Nothing has changed" in elo("undo", "--yes", data=repo.data).out


def test_a_new_record_stays_while_another_refers_to_it(elo: Runner, repo: Repo) -> None:
    """A file that is new goes only with an answer, and not at all while something that stays refers to it."""
    repo.write({"milestones/z.yaml": NEW})
    run = elo("undo", "z", data=repo.data)
    assert (run.code, "-id: z" in run.out, "--yes" in run.err) == (2, True, True)
    repo.write({"milestones/y": "type: national\ndue: 2022-Q4\ndepends_on: [z]\n"})
    run = elo("undo", "z", "--yes", data=repo.data)
    assert (run.code, "y refer to it" in run.err) == (1, True)
    assert (repo.data / "milestones/z.yaml").read_bytes() == NEW
    assert elo("undo", "z", "y", "--yes", data=repo.data).code == 0
    assert not (repo.data / "milestones/z.yaml").exists()


def test_a_rename_goes_back_whole_or_not_at_all(elo: Runner, repo: Repo) -> None:
    """An id that others follow already is not taken from under them."""
    before = bytes_of(repo)
    assert elo("mv", "okm", "okmi", data=repo.data).code == 0
    assert elo("undo", "okmi", data=repo.data).code == 1
    assert elo("undo", "--yes", data=repo.data).code == 0
    assert bytes_of(repo) == before


def test_entries_of_one_file_go_back_together(elo: Runner, repo: Repo) -> None:
    """Of a vocabulary's file all entries that have changed are named, so that none is lost unasked."""
    text = OKM.replace("en: OKM", "en: Okm").replace("en: TEM", "en: Tem")
    repo.write({"vocabulary/organisations": text})
    run = elo("undo", "okm", data=repo.data)
    assert (run.code, "tem" in run.err) == (2, True)
    assert elo("undo", "okm", "tem", data=repo.data).code == 0
    assert (repo.data / "vocabulary/organisations.yaml").read_text("utf-8") == OKM


def test_where_nothing_can_be_undone(elo: Runner, repo: Repo, tmp_path: Path) -> None:
    """Outside git, before the first commit, for an unknown id and through a link elo says so and writes nothing."""
    assert elo("undo", "nope", data=repo.data).code == 2
    path = repo.data / "milestones/x.yaml"
    path.unlink()
    path.symlink_to(repo.data / "milestones/y.yaml")
    assert elo("undo", "--yes", data=repo.data).code == 3
    assert path.is_symlink()
    new = Repo(tmp_path / "new")
    new.write(FILES)
    assert elo("undo", "--yes", data=new.data).code == 3
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "tracker.yaml").write_bytes((repo.data / "tracker.yaml").read_bytes())
    run = elo("undo", "--yes", data=plain)
    assert (run.code, "git" in run.err) == (3, True)
