"""Parquet: what DuckDB and polars read is what the tables hold, for many trackers at once, whole or not at all."""

import io
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from elo_cli.render.export import parquet
from elo_cli.render.export.columns import Cell
from elo_cli.render.export.history import NO_HISTORY, history
from elo_cli.render.export.tables import TableData, tables
from elo_cli.store.git.source import at_revision
from elo_cli.tracking.day.view import View
from tests import hostile
from tests.render.export.test_lossless import AWKWARD
from tests.repositories import CONFIG, Repo
from tests.running import Runner
from tests.trackers import texts_of, tracker

DAY = date(2024, 1, 1)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a small tracker in a repository, with a commit that changes it."""
    repo = Repo(tmp_path / "repo")
    repo.commit({path: text for path, text in texts_of(AWKWARD).items() if path != "tracker.yaml"})
    repo.commit({"measures/n": "key: true\n"})
    return repo


def all_tables(repo: Repo) -> list[TableData]:
    """Return every table of a tracker, those of its history among them."""
    known = history(at_revision(repo.data, "HEAD"))
    return [*tables(View(tracker(AWKWARD), DAY)), known.values, known.revisions]


def as_read(cell: Cell, type_: str) -> object:
    """Return what a reader of Parquet makes of a cell."""
    if type_ == "number" and cell is not None:
        return float(cell)  # type: ignore[arg-type]  # a number
    return Decimal(str(cell)) if type_ == "money" and cell is not None else cell


def test_two_readers_find_what_the_tables_hold(repo: Repo, tmp_path: Path) -> None:
    """Names, types and values come back exactly, in DuckDB and in polars: text, euros, days, moments, nothing."""
    for table in all_tables(repo):
        content = parquet.write_table(table)
        names = [column.name for column in table.columns]
        expected = [
            tuple(as_read(cell, column.type) for column, cell in zip(table.columns, row, strict=True))
            for row in table.rows
        ]
        frame = pl.read_parquet(io.BytesIO(content))
        assert frame.columns == names
        assert [tuple(row) for row in frame.rows()] == expected, table.name
        (tmp_path / "one.parquet").write_bytes(content)
        with duckdb.connect() as database:
            read = database.read_parquet(str(tmp_path / "one.parquet"))
            assert read.columns == names
            assert len(read.fetchall()) == len(expected)


def test_files_are_the_same_twice(repo: Repo) -> None:
    """Two files of one state are equal to the byte."""
    for table in all_tables(repo):
        assert parquet.write_table(table) == parquet.write_table(table)


def test_trackers_lie_beside_each_other(elo: Runner, repo: Repo, tmp_path: Path) -> None:
    """Each tracker has its folder in the same one, and replaces only that; one pattern reads all of them."""
    lake = tmp_path / "lake's [1]"
    for name in ("one", "two", "one"):
        repo.write({"tracker.yaml": f"{CONFIG}id: {name}\n"})
        run = elo("export", str(lake), "--format", "parquet", "--lang", "en", data=repo.data)
        assert (run.code, run.out) == (0, ""), run.err
        assert "what is not committed yet is not in the history" in run.err
    shutil.move(lake, tmp_path / "lake")
    with duckdb.connect() as database:
        rows = database.read_parquet(f"{tmp_path}/lake/*/kind=measures/*.parquet", hive_partitioning=True)
        counted = rows.aggregate("tracker, count(*)").order("tracker").fetchall()
    assert counted == [("one", 2), ("two", 2)]
    assert {path.name for path in (tmp_path / "lake").rglob("*.*")} == {parquet.PART}


def test_a_folder_is_never_half_written(
    elo: Runner, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails in the middle leaves the earlier folder as it was, and nothing beside it."""
    words = ("export", str(tmp_path / "lake"), "--format", "parquet", "--lang", "en")
    assert elo(*words, data=repo.data).code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "lake").rglob("*.parquet")}
    really, written = Path.write_bytes, []

    def full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 5:
            raise OSError(28, "No space left on device")
        return really(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    repo.write({"measures/x": "key: true\n"})
    run = elo(*words, data=repo.data)
    assert (run.code, "No space left on device" in run.err) == (3, True)
    assert {path: path.read_bytes() for path in (tmp_path / "lake").rglob("*") if path.is_file()} == before
    assert len(list((tmp_path / "lake").iterdir())) == 1


def test_the_name_of_a_file_says_which_table(elo: Runner, repo: Repo, tmp_path: Path) -> None:
    """milestones.parquet is that table on the day; any other name is the history, for which no day can be asked."""
    for name, column in (("milestones", "promised_due"), ("revisions", "commit"), ("history", "valid_from")):
        run = elo("export", str(tmp_path / f"{name}.parquet"), "--lang", "en", data=repo.data)
        frame = pl.read_parquet(tmp_path / f"{name}.parquet")
        assert run.code == 0
        assert f"{len(frame)} row" in run.err
        assert column in frame.columns
    older = elo("export", str(tmp_path / "history.parquet"), "--rev", "HEAD~1", data=repo.data)
    assert older.code == 0
    assert "n" not in set(pl.read_parquet(tmp_path / "history.parquet")["record"])
    run = elo("export", str(tmp_path / "all.parquet"), "--as-of", "2021-01-01", "--lang", "en", data=repo.data)
    assert (run.code, "leave --as-of out" in run.err) == (2, True)


def test_under_a_filter_the_history_is_of_what_passes(elo: Runner, repo: Repo, tmp_path: Path) -> None:
    """With a filter the history holds the records that pass and what they refer to."""
    run = elo("export", str(tmp_path / "history.parquet"), "--goal", "g", data=repo.data)
    assert run.code == 0, run.err
    records = set(pl.read_parquet(tmp_path / "history.parquet")["record"])
    assert {"m", "g"} <= records
    assert "n" not in records


def test_a_tracker_outside_git_has_no_history(elo: Runner, tmp_path: Path) -> None:
    """Without a repository there is no table of the history, and one sentence says why; SQLite has the rest."""
    data = hostile.write(tmp_path / "data")
    run = elo("export", str(tmp_path / "history.parquet"), "--lang", "en", data=data)
    assert (run.code, len(run.err.splitlines())) == (3, 1)
    run = elo("export", str(tmp_path / "out.sqlite"), "--lang", "en", data=data)
    assert run.code == 0
    assert "the tables of the history are empty" in run.err


def test_data_that_means_no_good_stays_text() -> None:
    """Values full of quotes, commands and SQL come back as they are."""
    texts = [*hostile.ATTACKS, "'); DROP TABLE x; --", '"', "\\", "a\nb", "", "null"]
    column = NO_HISTORY.values.columns[5]
    table = TableData("t", "", (column,), [(text,) for text in texts], ())
    assert pl.read_parquet(io.BytesIO(parquet.write_table(table)))["value"].to_list() == texts
