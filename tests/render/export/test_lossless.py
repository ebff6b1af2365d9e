"""An exported tracker loses nothing: the records can be made again from the JSON and from the SQLite."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from elo_cli.model.kinds import KINDS
from elo_cli.render.export import json as export_json
from elo_cli.render.export.database import schema as export_sqlite_schema
from elo_cli.render.export.database import sqlite as export_sqlite
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import funding
from tests.tools import ROOT
from tests.trackers import tracker

if TYPE_CHECKING:
    from elo_cli.model.records.funding import Funding

DAYS = (date(2020, 1, 1), date(2021, 4, 9), date(2026, 7, 1))

AWKWARD = {
    "vocabulary/goals": 'g:\n  type: strategic-goal\n  name:\n    en: "=1+1 <b>&amp; \';--"\n',
    "vocabulary/organisations": "okm:\n  type: ministry\n  name:\n    en: OKM\n",
    "vocabulary/documents": (
        "d:\n  name:\n    en: Doc\n  date: 2021\nlate:\n  name:\n    en: Later\n  date: 2023-05-01\n"
    ),
    "vocabulary/instruments": (
        "rrf:\n  name:\n    en: RRF\n  rules: rrf\n"
        "  last_day: 2026-08-31\n  reporting:\n    spring:\n      name:\n        en: S\n"
        '      day: "04-30"\n'
    ),
    "measures/m": """
        goal: g
        responsible:
          - okm
          - nobody
        lead: g
        person_years:
          amount: 0.5
        note:
          en: "line\\none 😀\\ttab"
          xx-YY: a language of its own
        sources:
          - document: d
            inferred:
              - goal
        corrections:
          - date: 2021-05-01
            field: person_years
            was:
              amount: 5
              deep:
                - 1
                - true
                - null
            reason:
              en: mistyped
        """,
    "milestones/s": """
        type: rrf-target
        measures:
          - m
        due: 2021-Q4
        value: 12.50
        rrf:
          plan_measure: P1
          cid_number: "0031"
        evidence:
          - title: First
            covers:
              - one
        updates:
          - date: 2022-01-10
            by: okm
            status: in-progress
            due: 2022-Q1
            reason:
              en: why
            decided_by: okm
          - date: 2022-01-10
            rrf:
              cid_number: null
            evidence:
              - title: Second
                uri: https://example.org/a?b=c&d=e
          - date: 2023
            status: null
            name:
              en: Renamed
          - date: 2024-02-01
            by: okm
            status: completed
            due: 2024-Q3
            reason:
              en: why
            decided_by: okm
            retracted:
              date: 2024-03-01
              reason:
                en: of another target
        """,
    "funding/f": """
        measures:
          - m
        instrument: rrf
        amount: 750 000.55 €
        own_contribution: 20-30 %
        stage: proposed
        shares:
          okm: 5 k€
          unknown-one: 1 €
        updates:
          - date: 2022-02-02
            amount: 0 €
            decided_at: t
        """,
    "meetings/t": """
        type: forum
        date: 2022-03
        agenda:
          one:
            en: First
        sources:
          - document: late
        updates:
          - date: 2022-03-05
            held: 2022-04-01
            decisions:
              one:
                en: Yes
        """,
}


@pytest.fixture(scope="module", params=["ours", "awkward"])
def known(request: pytest.FixtureRequest) -> Tracker:
    """Return the repository's own tracker, and one of all that is awkward: dangling ids, nulls, wrong kinds, merges."""
    if request.param == "awkward":
        return tracker(AWKWARD)
    return load(WorkTree(ROOT / "data"))


@contextmanager
def database(view: View, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Write the database to the disk and open it as another program would."""
    path = tmp_path / "out.sqlite"
    path.write_bytes(export_sqlite.write(view))
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


def test_json_makes_the_records_again(known: Tracker) -> None:
    """Every record of the JSON is read by its model as the same record: promise, updates, corrections, sources."""
    document = json.loads(export_json.write(View(known, DAYS[1])))
    again = {
        record["id"]: KINDS[record["kind"]].record.model_validate(record["data"]) for record in document["records"]
    }
    assert again == {entry.id: entry.record for entry in known.entries.values()}
    assert document["schema"] == "elo/export/1"
    assert document["tracker"]["name"] == known.config.name


def test_sqlite_makes_the_records_again(known: Tracker, tmp_path: Path) -> None:
    """Every record of the database is read by its model as the same record."""
    with database(View(known, DAYS[1]), tmp_path) as opened:
        again = {
            name: KINDS[kind].record.model_validate(json.loads(data))
            for name, kind, data in opened.execute("SELECT id, kind, data FROM records")
        }
    assert again == {entry.id: entry.record for entry in known.entries.values()}


def test_sqlite_keeps_its_own_rules(known: Tracker, tmp_path: Path) -> None:
    """No foreign key of the database points to nothing, and SQLite finds the file sound and ours."""
    with database(View(known, DAYS[1]), tmp_path) as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keys = opened.execute("SELECT count(*) FROM sqlite_master m, pragma_foreign_key_list(m.name)").fetchone()
    assert keys[0] > 40
    assert (tmp_path / "out.sqlite").read_bytes()[68:72] == b"elo1"


def test_sqlite_keeps_what_refers_to_nothing(tmp_path: Path) -> None:
    """An id that is not there, or of a wrong kind, breaks no key and is kept apart."""
    with database(View(tracker(AWKWARD), DAYS[1]), tmp_path) as opened:
        unresolved = set(opened.execute("SELECT record, field, target FROM unresolved"))
        assert opened.execute("SELECT lead FROM measures").fetchall() == [(None,)]
    assert unresolved == {("m", "responsible", "nobody"), ("f", "shares", "unknown-one")}


@pytest.mark.parametrize("day", DAYS)
def test_views_fold_as_the_program_does(known: Tracker, day: date, tmp_path: Path) -> None:
    """The views give each record's present state on the day in `meta`, also on a day set afterwards."""
    with database(View(known, DAYS[0]), tmp_path) as opened:
        opened.execute("UPDATE meta SET value = ? WHERE key = 'as_of'", [day.isoformat()])
        view = View(known, day)
        for kind in KINDS.values():
            columns = export_sqlite_schema.Schema(known.config.languages).columns[kind.name]
            names = ", ".join(f'"{column.name}"' for column in columns)
            found = {row[0]: row for row in opened.execute(f'SELECT {names} FROM "{kind.folder}_now"')}  # noqa: S608
            there = [entry for entry in known.by_kind[kind.name].values() if view.exists(entry.record)]
            assert found.keys() == {entry.id for entry in there}
            for entry in there:
                now = view.state(entry.record).now
                for column, value in zip(columns, found[entry.id], strict=True):
                    told = view.stage(cast("Funding", now)) if column.name == "stage" else column.get(now)
                    if not (column.type == "id" and value is None):
                        assert _comparable(value) == _comparable(told), (entry.id, column.name)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2022, 2, 1), "proposed"),
        (date(2022, 2, 2), "pending"),
        (date(2022, 4, 1), "pending"),
        (date(2022, 4, 2), "proposed"),
    ],
)
def test_view_of_money_says_what_is_pending(day: date, stage: str, tmp_path: Path) -> None:
    """A proposed line is pending from when a meeting is named that decides until it has passed, as elo funding says."""
    known = tracker(AWKWARD)
    with database(View(known, DAYS[0]), tmp_path) as opened:
        opened.execute("UPDATE meta SET value = ? WHERE key = 'as_of'", [day.isoformat()])
        assert opened.execute("SELECT stage FROM funding_now").fetchall() == [(stage,)]
    assert funding(View(known, day), "stage").rows[-1].stage == stage


def test_both_are_the_same_twice(known: Tracker) -> None:
    """Two exports of one state are equal to the byte, so that a folder under git shows only what changed."""
    assert export_json.write(View(known, DAYS[1])) == export_json.write(View(known, DAYS[1]))
    assert export_sqlite.write(View(known, DAYS[1])) == export_sqlite.write(View(known, DAYS[1]))


def test_state_is_that_of_the_day(known: Tracker) -> None:
    """Beside what the file says stands how it stood on the day, and nothing for a record that nobody knew yet."""
    view = View(known, DAYS[0])
    for record in json.loads(export_json.write(view))["records"]:
        assert (record["state"] is not None) == view.exists(known.entries[record["id"]].record)


def _comparable(value: object) -> object:
    if isinstance(value, bool | int | float | Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
