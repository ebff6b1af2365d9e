"""The filters: each verb filters by what it can, refuses what it cannot, and says under which filter an answer is."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from elo_cli.commands.shared.filters import FILTERS, OF_CHANGES, OF_EVENTS
from elo_cli.model.kinds import BY_FOLDER
from elo_cli.render.reports.contents import REPORTS
from elo_cli.tracking.day.filters import OF_DUES, answered
from tests import trackers
from tests.repositories import Repo
from tests.running import Run, Runner

FILES = {
    "vocabulary/organisations": """\
        okm:
          name: {en: Ministry of Education}
          type: ministry
        tem:
          name: {en: Ministry of Labour}
          type: ministry
        """,
    "vocabulary/goals": """\
        skills:
          name: {en: Skills}
          type: strategic-goal
        work:
          name: {en: Work}
          type: strategic-goal
        """,
    "vocabulary/instruments": """\
        rrf:
          name: {en: RRF}
          last_day: 2026-08-31
        budget:
          name: {en: Budget}
        """,
    "measures/left": "goal: skills\nresponsible: [okm]\nstatus: in-progress\nconfidence: at-risk\n",
    "measures/right": "goal: work\nresponsible: [tem]\nstatus: planned\nconfidence: on-track\n",
    "funding/money": "measures: [left]\ninstrument: rrf\nstage: granted\nsupport: loan\namount: 1 M€\nbasis: total\n",
    "funding/coins": "measures: [right]\ninstrument: budget\nstage: proposed\namount: 1 M€\nbasis: total\n",
    "milestones/one": """\
        type: rrf-target
        measures: [left]
        due: 2025-Q2
        status: in-progress
        confidence: at-risk
        eu: requested
        support: loan
        instrument: rrf
        rrf: {plan_measure: P3C2I1, cid_number: "31", instalment: 2}
        """,
    "milestones/two": """\
        type: rrf-milestone
        measures: [right]
        due: 2027-Q1
        status: planned
        confidence: on-track
        eu: not-requested
        support: grant
        instrument: budget
        rrf: {plan_measure: P3C20R1, cid_number: M1C1-3, instalment: 3}
        """,
}
LEFT: Final = {
    "goal": "skills",
    "measure": "left",
    "owner": "okm",
    "type": "rrf-target",
    "component": "p3c2",
    "instalment": "2",
    "due": "2025",
    "timing": "unreported",
    "status": "in-progress",
    "confidence": "at-risk",
    "eu": "requested",
    "support": "loan",
    "instrument": "rrf",
    "stage": "granted",
}
"""For each filter a value that lets the left half of the tracker pass and not the right one."""
LISTS: Final = {"measures": ("left", "right"), "milestones": ("one", "two"), "funding": ("money", "coins")}
BETWEEN: Final = {"amendments": ("HEAD~1..HEAD",)}
"""What a report needs to be told besides its name."""
VERBS: Final[dict[tuple[str, ...], frozenset[str]]] = {
    **{("list", folder): answered(BY_FOLDER[folder]) for folder in LISTS},
    ("status",): frozenset(OF_DUES),
    ("deadlines", "--within", "all"): frozenset(OF_DUES),
    ("timeline", "--format", "csv"): frozenset(OF_DUES),
    ("calendar",): frozenset(OF_EVENTS),
    ("export", "-", "--format", "json"): frozenset(FILTERS) - {"owner"},
    ("diff", "HEAD~1"): frozenset(OF_CHANGES),
    **{("report", name, *BETWEEN.get(name, ())): frozenset(report.filters) for name, report in REPORTS.items()},
}
"""What each verb can honour."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a tracker of two halves under git, every record of which came with the last commit."""
    repo = Repo(tmp_path / "repo")
    trackers.write(repo.data, {})
    repo.commit(message="Begun")
    trackers.write(repo.data, FILES)
    repo.commit(message="Filled")
    return repo.data


def test_every_filter_has_an_example() -> None:
    """The table walks all filters that there are."""
    assert LEFT.keys() == FILTERS.keys()


@pytest.mark.parametrize(
    ("verb", "name"),
    # --owner of export is the sheet to fill in, which test_chase.py tests.
    [(verb, name) for verb in VERBS for name in LEFT if (verb[0], name) != ("export", "owner")],
)
def test_a_verb_filters_or_refuses(elo: Runner, data: Path, verb: tuple[str, ...], name: str) -> None:
    """A filter that a verb honours leaves the right half out and is named in the answer; any other is exit code 2."""
    run = elo(*verb, f"--{name}", LEFT[name], "--lang", "en", data=data, width=160)
    if name not in VERBS[verb]:
        assert (run.code, run.out) == (2, "")
        assert f"--{name}" in run.err
        assert all(f"--{other}" in run.err for other in VERBS[verb])
        return
    assert run.code == 0
    left, right = halves(run)
    assert left
    assert not right
    if verb[0] in {"status", "deadlines", "list", "diff", "calendar"} and "csv" not in verb:
        assert "Filter: " in run.out
    if verb[0] == "report":
        assert "Filter: " in run.out
        assert f"--{name} {LEFT[name]}" in run.out


def halves(run: Run) -> tuple[bool, bool]:
    """Return whether the answer tells of the left half, and of the right one, by the names of their records."""
    told = run.out
    return (
        any(word in told for word in ("Left", "One", "Money")),
        any(word in told for word in ("Right", "Two", "Coins")),
    )


@pytest.mark.parametrize("folder", LISTS)
def test_without_a_filter_both_halves_are_told(elo: Runner, data: Path, folder: str) -> None:
    """What a filter leaves out is there without it."""
    assert halves(elo("list", folder, "--lang", "en", data=data)) == (True, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--goal", "skils"), "skills"),
        (("--owner", "okn"), "okm"),
        (("--measure", "lefft"), "left"),
        (("--type", "rrf-targets"), "rrf-target"),
        (("--component", "p3c3"), "P3C2"),
        (("--component", "P3C200"), "P3C20"),
        (("--instalment", "4"), "2"),
        (("--instalment", "second"), "3"),
        (("--due", "2025-Q5"), "Q4"),
        (("--timing", "overdu"), "overdue"),
        (("--status", "finished"), "completed"),
        (("--confidence", "on tracks"), "on-track"),
        (("--eu", "fulfiled"), "fulfilled"),
    ],
)
def test_an_unknown_value_is_answered_with_the_nearest(
    elo: Runner, data: Path, words: tuple[str, str], told: str
) -> None:
    """A filter that can match nothing is refused with what would be right: an empty answer would be a wrong one."""
    run = elo("deadlines", *words, "--lang", "en", data=data)
    assert (run.code, run.out) == (2, "")
    assert told in run.err


@pytest.mark.parametrize(
    "words",
    [("list", "milestones"), ("status",), ("deadlines",), ("timeline",), ("diff", "HEAD~1")],
    ids=" ".join,
)
def test_json_names_the_filters(elo: Runner, data: Path, words: tuple[str, ...]) -> None:
    """A program reads under which filters an answer is, as they were typed; without one there are none."""
    asked = ("--owner", "okm", "--instalment", "2", "--due", "2025")
    answer = json.loads(elo(*words, *asked, "--format", "json", data=data).out)
    assert answer["filters"] == {"owner": "okm", "instalment": "2", "due": "2025"}
    assert json.loads(elo(*words, "--format", "json", data=data).out)["filters"] == {}


def test_several_filters_must_all_hold(elo: Runner, data: Path) -> None:
    """Filters of both halves together let nothing pass; a measure needs one milestone that is all that is asked."""
    words = ("list", "measures", "--format", "json")
    assert json.loads(elo(*words, "--goal", "skills", "--instalment", "3", data=data).out)["records"] == []
    assert json.loads(elo(*words, "--timing", "unreported", "--instalment", "3", data=data).out)["records"] == []


def test_a_milestone_without_a_code_lies_where_its_measure_does(elo: Runner, data: Path) -> None:
    """A national step of a measure is found under the component that the measure's other milestones are in."""
    trackers.write(data, {"milestones/step": "type: national\nmeasures: [left]\ndue: 2025\n"})
    answer = json.loads(elo("list", "milestones", "--component", "P3C2", "--format", "json", data=data).out)
    assert [record["id"] for record in answer["records"]] == ["one", "step"]


def test_an_extract_stands_by_itself(elo: Runner, data: Path, tmp_path: Path) -> None:
    """An export under a filter holds what passes and what that refers to, says of it what the whole says, no more."""
    whole, part = tmp_path / "whole.sqlite", tmp_path / "part.sqlite"
    assert elo("export", str(whole), data=data).code == 0
    assert elo("export", str(part), "--component", "P3C2", data=data).code == 0
    with closing(sqlite3.connect(whole)) as all_of_it, closing(sqlite3.connect(part)) as some:
        for table, rows in (("measures", ["left"]), ("milestones", ["one"]), ("organisations", ["okm"])):
            query = f"SELECT * FROM {table}"  # noqa: S608 - a name of ours
            held = some.execute(query).fetchall()
            assert [row[0] for row in held] == rows
            assert set(held) <= set(all_of_it.execute(query).fetchall())
        assert some.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_command_at_the_foot_makes_the_report_again(
    elo: Runner, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command that a filtered report names gives the same report, from the folder that the data lies in."""
    monkeypatch.chdir(data.parent)
    asked = ("--component", "P3C2", "--timing", "unreported", "--lang", "en")
    report = elo("report", "rrf", *asked, data=data).out
    command = next(line for line in report.splitlines() if line.startswith("elo report")).split()
    assert elo(*command[1:], data=data).out == report
