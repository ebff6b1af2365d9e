"""The history as a table: on every day, at every revision, its rows are what elo itself answers."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from elo_cli.model.kinds import KINDS
from elo_cli.model.records.funding import Funding
from elo_cli.render.export.columns import Cell, children_of, columns_of
from elo_cli.render.export.history import History, history, value_text
from elo_cli.store.git.source import at_revision
from elo_cli.store.loading import load, read_file
from elo_cli.tracking.day.view import View
from tests.render.export.test_lossless import AWKWARD
from tests.repositories import CONFIG, Repo
from tests.trackers import texts_of

DAYS = [
    *(date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 10), date(2022, 2, 2), date(2022, 4, 1)),
    *(date(2022, 4, 2), date(2023, 12, 31), date(2024, 2, 1), date(2024, 3, 1), date(2030, 1, 1)),
]
"""The days on which something of the tracker turns, and some between them."""
Held = dict[tuple[str, str, str | None], str]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a history with corrections, retractions, renames, a merge, breakage, new languages and a moved folder."""
    repo = Repo(tmp_path_factory.mktemp("history"), "tracker/data")
    files = {path: text for path, text in texts_of(AWKWARD).items() if path != "tracker.yaml"}
    repo.commit({path: text for path, text in files.items() if "documents" not in path})
    repo.commit({path: text for path, text in files.items() if "documents" in path}, "The documents are dated")
    milestone = files["milestones/s.yaml"]
    repo.commit({"milestones/s": milestone.replace("value: 12.50", "value: 13")}, "A promise is rewritten")
    repo.commit({"milestones/s": milestone + CORRECTION}, "It is corrected")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"measures/n": "key: true\n", "funding/f": None}, "On a branch")
    repo.commit({"measures/n": "key: false\n"}, "And again")
    repo.git("checkout", "-q", "main")
    repo.commit({"meetings/t": files["meetings/t.yaml"].replace("2022-04-01", "2022-05-02")}, "A meeting moves")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge side", "side", GIT_COMMITTER_DATE="2022-01-20T12:00:00Z")
    repo.commit({"funding/f": files["funding/f.yaml"]}, "Money comes back; the clock of this commit is behind")
    repo.commit({"measures/n": None, "measures/o": "formerly: [n]\nkey: false\n"}, "A rename")
    repo.commit({"measures/m": "id: [", "measures/o": "formerly: [n]\nkey: true\n"}, "A file breaks")
    repo.commit({"tracker.yaml": CONFIG + "  - xx-YY\n", "measures/m": files["measures/m.yaml"]}, "A language more")
    repo.commit({"vocabulary/documents": files["vocabulary/documents.yaml"].replace("2023-05-01", "2021-02-01")})
    shutil.move(repo.root / "tracker", repo.root / "moved")
    repo.data = repo.root / "moved" / "data"
    repo.commit(message="The folder moves")
    repo.commit({"measures/o": "formerly: [n]\nkey: true\r\n"}, "A line end")
    return repo


CORRECTION = """
corrections:
  - date: 2022-01-03
    field: value
    was: 13
    reason:
      en: mistyped
"""


def test_rows_are_what_elo_answers_on_any_day_at_any_revision(repository: Repo) -> None:
    """Of every record and field the rows that hold on a day and were recorded then are its state, and no others."""
    table = history(at_revision(repository.data, "HEAD"))
    commits = [str(row[1]) for row in table.revisions.rows]
    assert commits == repository.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    for number, commit in enumerate(commits, 1):
        for day in DAYS:
            assert from_rows(table, day, number) == from_files(repository.data, day, commit), (commit, day)


def from_rows(table: History, day: date, revision: int) -> Held:
    """Ask the table."""
    names = [column.name for column in table.values.columns]
    held: Held = {}
    for cells in table.values.rows:
        row = dict(zip(names, cells, strict=True))
        if (
            (row["valid_from"] is None or row["valid_from"] <= day)  # type: ignore[operator]  # a day
            and (row["valid_to"] is None or day < row["valid_to"])  # type: ignore[operator]  # a day
            and row["revision_from"] <= revision  # type: ignore[operator]  # a number
            and (row["revision_to"] is None or revision < row["revision_to"])  # type: ignore[operator]  # a number
        ):
            key = (str(row["record"]), str(row["field"]), row["entry"] and str(row["entry"]))
            assert key not in held, key
            held[key] = str(row["value"])  # type: ignore[index]  # text or None
    return held


def from_files(data: Path, day: date, commit: str) -> Held:
    """Ask the records of the revision."""
    view = View(load(at_revision(data, commit)), day)
    held = {}
    for kind in KINDS.values():
        entries = [entry for entry in view.tracker.by_kind[kind.name].values() if view.exists(entry.record)]
        for entry in entries:
            for field, key, cell in _cells(view, kind.name, entry.id):
                if cell is not None:
                    held[entry.id, field, key] = value_text(cell)
    return held


def _cells(view: View, kind: str, name: str) -> Iterator[tuple[str, str | None, Cell]]:
    now = view.state(view.tracker.entries[name].record).now
    languages = view.tracker.config.languages
    for column in columns_of(KINDS[kind].record, languages):
        cell = view.stage(now) if isinstance(now, Funding) and column.name == "stage" else column.get(now)
        yield column.name, None, cell
    for child in children_of(kind, languages):
        for key, item in child.rows(now):
            for column in child.columns:
                yield "_".join((*child.path, column.name)), str(key), column.get(item)


def test_times_never_go_back(repository: Repo) -> None:
    """A commit with a clock that is behind counts from the moment of the one that it follows."""
    moments = [row[2] for row in history(at_revision(repository.data, "HEAD")).revisions.rows]
    assert moments == sorted(moments, key=str)
    assert len(set(moments)) < len(moments)


def test_a_renamed_record_is_known_by_its_present_id(repository: Repo) -> None:
    """The rows of a record under its old id name the one that it has now."""
    rows = [row for row in history(at_revision(repository.data, "HEAD")).values.rows if row[0] in {"n", "o"}]
    assert {(row[0], row[2]) for row in rows} == {("n", "o"), ("o", "o")}


def test_a_record_that_is_there_belongs_to_no_other(tmp_path: Path) -> None:
    """What another record says of its former ids changes nothing for a record that has the id; nor do circles."""
    repo = Repo(tmp_path / "repo")
    repo.commit({"measures/a": "key: true\n", "measures/b": "formerly: [a, gone]\n", "measures/gone": "key: true\n"})
    repo.commit({"measures/gone": None, "measures/c": "formerly: [c, d]\n", "measures/d": "formerly: [c]\n"})
    rows = history(at_revision(repo.data, "HEAD")).values.rows
    assert {(row[0], row[2]) for row in rows} == {("a", "a"), ("b", "b"), ("gone", "b"), ("c", "c"), ("d", "d")}


def test_a_value_names_who_said_it(repository: Repo) -> None:
    """A row says which update set the value, whose word it was, who decided it, and what was inferred."""
    values = history(at_revision(repository.data, "HEAD")).values
    names = [column.name for column in values.columns]
    rows = [dict(zip(names, row, strict=True)) for row in values.rows]
    due, again = [row for row in rows if (row["field"], row["value"], row["revision_to"]) == ("due", "2022-Q1", None)]
    assert (due["said"], due["by"], due["decided_by"], due["valid_to"]) == (
        "2022-01-10",
        "okm",
        "okm",
        date(2024, 2, 1),
    )
    # The word that had followed it was retracted.
    assert (again["said"], again["valid_from"], again["valid_to"]) == ("2022-01-10", date(2024, 3, 1), None)
    (goal,) = [row for row in rows if row["field"] == "goal" and row["revision_to"] is None]
    assert (goal["said"], goal["source"], goal["inferred"]) == (None, "d", True)
    assert {row["number"] is not None for row in rows if row["field"] in {"amount", "value"}} == {True}


def test_a_shallow_clone_says_from_when_it_knows(repository: Repo, tmp_path: Path) -> None:
    """What stands in the oldest commit at hand may be older, and says so; a whole clone has no such row."""
    repository.git("clone", "-q", "--depth", "2", f"file://{repository.root}", str(tmp_path / "clone"))
    shallow = history(at_revision(tmp_path / "clone" / "moved" / "data", "HEAD"))
    whole = history(at_revision(repository.data, "HEAD"))
    assert len(shallow.revisions.rows) == 2
    assert shallow.begins == shallow.revisions.rows[0][2]
    assert {row[14] for row in shallow.values.rows if row[12] == 1} == {False}
    assert whole.begins is None
    assert {row[14] for row in whole.values.rows} == {True}


def test_only_changed_files_are_parsed(repository: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of a file is read once, however many commits leave it as it is."""
    read: list[tuple[bytes, str]] = []

    def spy(*arguments: object) -> object:
        read.append(arguments[:2])  # type: ignore[arg-type]  # bytes and a path
        return read_file(*arguments)  # type: ignore[arg-type]  # the same

    monkeypatch.setattr("elo_cli.tracking.recorded.read_file", spy)
    history(at_revision(repository.data, "HEAD"))
    assert len(read) < 35
