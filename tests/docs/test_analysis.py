"""The page on analysis is true: each of its questions is asked of a real history, and elo gives the same answer."""

import json
import os
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

import elo_cli
from elo_cli.cli import main
from elo_cli.model.records.milestone import Milestone
from elo_cli.store.git.source import at_revision
from elo_cli.store.loading import load
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import funding
from tests.repositories import Repo
from tests.tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs" / "analysis.md").read_text("utf-8")
SETUP, *QUESTIONS = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
DAYS = [date(2020, 6, 1), date(2021, 12, 31), date(2022, 3, 1), date(2022, 6, 30), date(2023, 12, 31)]
TODAY = date(2022, 6, 30)
ORGANISATIONS = "".join(f"{name}:\n  type: ministry\n  name:\n    en: {name}\n" for name in ("okm", "tem", "vm"))
DOCUMENTS = "plan:\n  name:\n    en: Plan\n  date: 2021-01-15\n"
SOURCES = "sources:\n  - document: plan\n    inferred: [status]\n"
MOVED = "    reason:\n      en: why\n    decided_by: vm\n"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a strategy of some years: deadlines that move, money that is decided, late words, a rename, a merge."""
    repo = Repo(tmp_path_factory.mktemp("analysis") / "repo")
    due = "responsible: [okm, tem]\ntype: national\ndue: 2021-Q4\nmeasures: [advice]\n" + SOURCES
    moved = f"  - date: 2021-11-05\n    by: okm\n    due: 2022-Q2\n{MOVED}"
    line = "measures: [advice]\nstage: proposed\namount: 2 M€\nbasis: total\n"
    repo.commit(
        {
            "vocabulary/organisations": ORGANISATIONS,
            "vocabulary/documents": DOCUMENTS,
            "measures/advice": "status: planned\n" + SOURCES,
            "measures/other": "status: planned\nkey: true\n",
            "milestones/first": due,
            "milestones/second": "responsible: [vm]\ntype: national\ndue: 2022-09\n" + SOURCES,
            "funding/whole": line,
            "funding/part": line.replace("2 M€", "500 k€") + "part_of: whole\n",
            "funding/yearly": line.replace("total", "per-year"),
            "funding/foreign": line + "counted: false\n",
            "funding/unknown": line.replace("amount: 2 M€\n", ""),
        }
    )
    repo.commit({"milestones/first": f"{due}updates:\n{moved}"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(
        {"funding/whole": f"{line}updates:\n  - date: 2022-02-01\n    by: vm\n    stage: granted\n    amount: 1.8 M€\n"}
    )
    repo.git("checkout", "-q", "main")
    again = f"{moved}  - date: 2022-06-20\n    by: tem\n    due: 2022-12\n{MOVED}"
    repo.commit({"milestones/first": f"{due}updates:\n{again}"})
    repo.git("merge", "-q", "--no-ff", "-m", "Merge side", "side", GIT_COMMITTER_DATE="2022-01-04T18:00:00Z")
    word = "updates:\n  - date: 2021-03-02\n    by: okm\n    status: in-progress\n"
    repo.commit({"measures/advice": None, "measures/guidance": f"formerly: [advice]\nstatus: planned\n{SOURCES}{word}"})
    repo.commit({"milestones/first": f"{due.replace('advice', 'guidance')}updates:\n{again}"})
    return repo


@pytest.fixture(scope="module")
def database(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[duckdb.DuckDBPyConnection]":
    """Return DuckDB with the tables that the page makes."""
    folder = tmp_path_factory.mktemp("lake")
    target = ("export", str(folder / "lake"), "--format", "parquet", "--as-of", TODAY.isoformat())
    assert main([*target, "--data", str(repo.data)]) == 0
    before = Path.cwd()
    os.chdir(folder)
    try:
        with duckdb.connect() as opened:
            opened.execute(SETUP)
            yield opened
    finally:
        os.chdir(before)


def revisions(repo: Repo) -> list[str]:
    """Return the commits along first parents, the oldest first."""
    return repo.git("rev-list", "--first-parent", "--reverse", "HEAD").split()


def ask(database: duckdb.DuckDBPyConnection, number: int, day: date = TODAY, commit: str | None = None) -> list[Any]:
    """Ask a question of the page for a day, as known at a commit; at the last one without."""
    database.execute(f"SET VARIABLE day = DATE '{day}'")
    where = f"WHERE commit = '{commit}'" if commit is not None else ""
    database.execute(f"SET VARIABLE moment = (SELECT max(recorded) FROM revisions {where})")  # noqa: S608 - a commit's name
    return database.execute(QUESTIONS[number - 1]).fetchall()


def view(repo: Repo, day: date = TODAY, commit: str = "HEAD") -> View:
    """Return the tracker of a revision on a day."""
    return View(load(at_revision(repo.data, commit)), day)


def test_there_are_ten_questions() -> None:
    """The page has ten questions with a statement each, besides the one that makes the tables."""
    assert len(QUESTIONS) == 10
    assert re.findall(r"^### ([0-9]+)\.", PAGE, re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_1_standing(database: duckdb.DuckDBPyConnection, repo: Repo) -> None:
    """On every day at every revision the measures stand as elo list says."""
    for commit in revisions(repo):
        for day in DAYS:
            asked = view(repo, day, commit)
            stand = [(one.id, asked.state(one).now.status, asked.state(one).now.goal) for one in asked.measures]
            assert ask(database, 1, day, commit) == sorted(stand)


def test_2_slip(database: duckdb.DuckDBPyConnection, repo: Repo) -> None:
    """Slip by body is the difference of present and promised dues, on every day at every revision."""
    for commit in revisions(repo):
        for day in DAYS:
            asked = view(repo, day, commit)
            slips: dict[str, list[int]] = defaultdict(list)
            for milestone in asked.milestones:
                now = asked.state(milestone).now
                if milestone.due and now.due and milestone.due.end and now.due.end and milestone.due.end != now.due.end:
                    for body in now.responsible or ():
                        slips[body].append((now.due.end - milestone.due.end).days)
            expected = [(body, len(days), sum(days) / len(days), max(days)) for body, days in sorted(slips.items())]
            assert ask(database, 2, day, commit) == expected


def test_3_money(database: duckdb.DuckDBPyConnection, repo: Repo) -> None:
    """The sums of each year's end are those of elo funding --by stage."""
    for commit in revisions(repo):
        for at in (date(year, 12, 31) for year in range(2020, 2027)):
            rows = [row for row in ask(database, 3, commit=commit) if row[0] == at]
            sums = funding(view(repo, at, commit), "stage").rows
            # What was to be decided years ago is a sum apart on the screen; in the table it has its stage alone.
            expected: dict[tuple[str, str | None], tuple[Decimal, int]] = {}
            for row in sums:
                euros, without = expected.get((row.stage, row.basis), (Decimal(0), 0))
                more = row.amount.euros if row.amount else Decimal(0)
                expected[row.stage, row.basis] = (euros + more, without + row.unstated)
            found = {(stage, basis): (Decimal(euros or 0), without) for _, stage, basis, euros, without in rows}
            assert found == expected


def test_4_silence(database: duckdb.DuckDBPyConnection, repo: Repo) -> None:
    """Words by quarter are the updates of the records, and a quarter without one is there with 0."""
    words: Counter[date] = Counter()
    for entry in view(repo).tracker.entries.values():
        for update in entry.record.all_updates:
            if update.said_on <= TODAY:
                words[update.said_on.replace(month=(update.said_on.month - 1) // 3 * 3 + 1, day=1)] += 1
    rows = ask(database, 4)
    assert {quarter: count for quarter, count, _ in rows if count} == words
    assert [row[:2] for row in rows if not row[1]] == [(date(2021, month, 1), 0) for month in (4, 7)]


def test_5_what_was_learnt(database: duckdb.DuckDBPyConnection, repo: Repo) -> None:
    """What is known of a day beyond the first revision is where the states of both revisions differ."""
    for day in DAYS:
        sides = []
        for commit in (revisions(repo)[0], "HEAD"):
            asked = view(repo, day, commit)
            sides.append(
                {
                    (entry.id, name): getattr(asked.state(entry.record).now, name)
                    for entry in asked.tracker.entries.values()
                    if asked.exists(entry.record)
                    for name in ("status", "due")
                    if getattr(asked.state(entry.record).now, name, None) is not None
                }
            )
        before, after = sides
        expected = {key for key in {**before, **after} if before.get(key) != after.get(key)}
        rows = ask(database, 5, day)
        assert {(record, field) for record, field, *_ in rows if field in {"status", "due"}} == expected


def test_6_inferred(database: duckdb.DuckDBPyConnection) -> None:
    """Facts that a source's words do not hold are counted by kind."""
    rows = {kind: (inferred, facts > inferred) for kind, inferred, facts in ask(database, 6, date(2021, 2, 1))}
    assert rows["measure"] == (1, True)
    assert rows["funding"] == (0, True)


def test_7_deciders(database: duckdb.DuckDBPyConnection, repo: Repo) -> None:
    """Who moved deadlines is who the updates name."""
    deciders: Counter[str | None] = Counter()
    for milestone in view(repo).tracker.of(Milestone):
        deciders.update(update.decided_by for update in milestone.all_updates if "due" in update.changes())
    assert ask(database, 7) == sorted(deciders.items(), key=str)


def test_8_lag(database: duckdb.DuckDBPyConnection, repo: Repo) -> None:
    """The days from a word to its record are those to the first revision that holds it."""
    expected: dict[tuple[str, str], int] = {}
    for commit in revisions(repo):
        moment = datetime.fromtimestamp(int(repo.git("log", "-1", "--format=%ct", commit)), UTC).date()
        for entry in view(repo, commit=commit).tracker.entries.values():
            for update in entry.record.all_updates:
                expected.setdefault((entry.id, update.date.text), (moment - update.said_on).days)
    assert {(record, said): days for record, said, days in ask(database, 8)} == expected


def test_9_next(database: duckdb.DuckDBPyConnection, repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """What comes, by body, is what elo deadlines lists on the day of the export."""
    capsys.readouterr()
    words = ("deadlines", "--within", "all", "--as-of", TODAY.isoformat(), "--format", "json", "--data", str(repo.data))
    assert main(words) == 0
    listed = json.loads(capsys.readouterr().out)["deadlines"]
    expected = {
        (body, one["id"], one["due"]["text"], one["days"])
        for one in listed
        if one["timing"] in {"upcoming", "due-soon"}
        for body in one["responsible"]
    }
    assert set(ask(database, 9)) == expected
    assert expected


def test_10_life(database: duckdb.DuckDBPyConnection, repo: Repo) -> None:
    """A record's values in turn are its states day by day."""
    rows = ask(database, 10)
    assert [row[2] for row in rows] == ["planned", "in-progress"]
    tracker = elo_cli.open(repo.root)
    for first, record, value, *_ in rows:
        state = tracker.state(record, first)
        assert state is not None
        assert state.now.status == value
        before = tracker.state(record, first - timedelta(days=1))
        assert before is None or before.now.status != value


def test_they_run_on_our_own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every statement of the page runs on the repository's own tracker."""
    if not (ROOT / ".git").exists():
        pytest.skip("not in a git repository: this is an unpacked source distribution")
    monkeypatch.chdir(tmp_path)
    main(["export", "lake", "--format", "parquet", "--data", str(ROOT / "data")])
    with duckdb.connect() as opened:
        opened.execute(SETUP)
        for number in range(1, len(QUESTIONS) + 1):
            ask(opened, number, date(2021, 4, 9))
