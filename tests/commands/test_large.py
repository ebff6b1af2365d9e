"""Answers about a plan of hundreds of milestones: one screen, counts before rows, and the commands for the rest."""

import json
import re
from pathlib import Path

import pytest

from elo_cli.model.languages import LANGUAGES
from tests import trackers
from tests.running import Runner

COMPONENTS = 20
MEASURES = 4
MILESTONES = 5


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a tracker of twenty components with four measures of five milestones each, some of them late."""
    return trackers.large(tmp_path_factory.mktemp("large"), COMPONENTS, MEASURES, MILESTONES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_status_is_one_screen(elo: Runner, data: Path, lang: str) -> None:
    """However many measures there are, the screen has at most 48 lines of 80 columns, and says how to see the rest."""
    run = elo("status", "--lang", lang, data=data)
    assert run.code == 0
    assert len(run.lines) <= 48
    assert [line for line in run.lines if len(line) > 80] == []
    assert "elo status --all" in run.out
    assert "P1C1 " in run.out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 160])
def test_timeline_draws_a_row_each_component(elo: Runner, data: Path, lang: str, width: int) -> None:
    """Of many measures the terminal shows components with counts; --all and a filter still draw each milestone."""
    run = elo("timeline", "--lang", lang, data=data, width=width)
    assert run.code == 0
    assert len(run.lines) <= 3 * COMPONENTS + 8
    assert [line for line in run.lines if len(line) > width] == []
    assert "elo timeline --all" in run.out
    assert len(elo("timeline", "--all", "--lang", lang, data=data, width=width).lines) > COMPONENTS * MEASURES
    few = elo("timeline", "--component", "P1C1", "--lang", lang, data=data, width=width)
    assert "elo timeline" not in few.out


def test_timeline_counts_what_status_counts(elo: Runner, data: Path) -> None:
    """Each component has its measures, and the numbers of its milestones by timing add up to all of them."""
    lines = elo("timeline", "--lang", "en", data=data, width=80).lines
    rows = [line.partition(": ")[2] for line in lines if line.startswith("P1C")]
    counted = [part.rpartition(" ")[2] for row in rows for part in row.split(", ")[1:]]
    assert {row.split(", ")[0] for row in rows} == {f"{MEASURES} measures"}
    assert sum(map(int, counted)) == len(rows) * MEASURES * MILESTONES


def test_status_counts_every_milestone_once(elo: Runner, data: Path) -> None:
    """The milestones of the groups that are shown add up with what is not shown, and each group has its measures."""
    run = elo("status", "--lang", "en", data=data)
    rows = [line.split() for line in run.lines if line.startswith("P1C")]
    assert {tuple(row[1:3]) for row in rows} == {(str(MEASURES), str(MEASURES * MILESTONES))}


def test_what_is_said_to_be_unfinished_presses_most(elo: Runner, data: Path) -> None:
    """Ten milestones are named, those first that somebody has said to be unfinished after their day."""
    run = elo("status", "--lang", "en", data=data)
    named = [line for line in run.lines if line.startswith("‼")]
    assert len(named) == 10
    assert all("-1 ·" in line for line in named)


def test_all_opens_every_measure(elo: Runner, data: Path) -> None:
    """--all tells each measure, as does every form for programs without it."""
    names = [f"c{component}-m{measure}" for component in range(1, COMPONENTS + 1) for measure in (1, 4)]
    whole = elo("status", "--all", data=data).out
    answer = json.loads(elo("status", "--format", "json", data=data).out)
    told = {measure["id"] for goal in answer["goals"] for measure in goal["measures"]}
    assert all(name in whole for name in names)
    assert told >= set(names)


def test_deadlines_begin_with_what_comes(elo: Runner, data: Path) -> None:
    """What comes is listed first; what has passed is counted by timing, and --past lists it."""
    short = elo("deadlines", "--within", "90d", "--lang", "en", data=data)
    late = COMPONENTS * MEASURES
    assert short.lines[2] == "Coming"
    assert f"{late} unreported, {late} overdue" in short.out
    assert "elo deadlines --past" in short.out
    assert "c1-m1-1" not in short.out
    opened = elo("deadlines", "--within", "90d", "--past", "--lang", "en", data=data)
    assert "c1-m1-1" in opened.out
    rows = json.loads(elo("deadlines", "--within", "90d", "--format", "json", data=data).out)["deadlines"]
    assert sum(row["timing"] in {"overdue", "unreported"} for row in rows) == 2 * late


def test_few_that_have_passed_are_listed(elo: Runner, data: Path) -> None:
    """A dozen at most that have passed are listed without being asked for."""
    run = elo("deadlines", "--measure", "c1-m1", "--lang", "en", data=data)
    assert "c1-m1-1" in run.out
    assert "--past" not in run.out


def test_check_shows_the_first_notes_of_a_rule(elo: Runner, data: Path) -> None:
    """Of many notes of one rule three are listed and the others counted; --all-notes and JSON have all."""
    rule = "note meaning-due-unreported"
    short, whole = elo("check", data=data), elo("check", "--all-notes", data=data)
    number = COMPONENTS * MEASURES
    assert (short.out.count(rule), whole.out.count(rule)) == (3, number)
    assert f"meaning-due-unreported: {number - 3} more notes: elo check --all-notes" in short.err
    assert "--all-notes" not in whole.err
    findings = json.loads(elo("check", "--format", "json", data=data).out)["findings"]
    assert sum(one["rule"] == "meaning-due-unreported" for one in findings) == number


def test_the_list_of_the_site_has_sets_and_orders(elo: Runner, data: Path, tmp_path: Path) -> None:
    """Each milestone is on the list and among those of its timing, instalment and component, page by page, by links."""
    folder = tmp_path / "site"
    assert elo("site", str(folder), data=data).code == 0
    pages = {path.stem: path.read_text("utf-8") for path in (folder / "en" / "milestones-by").iterdir()}
    first = (folder / "en" / "milestones" / "index.html").read_text("utf-8")
    for name, rows in (
        ("order-due", COMPONENTS * MEASURES * MILESTONES),
        ("timing-overdue", COMPONENTS * MEASURES),
        ("timing-upcoming", 2 * COMPONENTS * MEASURES),
        ("instalment-2", COMPONENTS * MEASURES),
        ("component-p1c7", MEASURES * MILESTONES),
    ):
        held = [page for stem, page in pages.items() if stem.partition(".")[0] == name]
        assert sum(page.count('<th scope="row"') for page in held) == rows, name
        assert f"milestones-by/{name}.html" in first
    places = [pages["component-p1c1"].index(f"c1-m1-{at}.html") for at in (1, 2, 3)]
    assert places == sorted(places)


def test_summary_counts_before_it_tells(elo: Runner, data: Path) -> None:
    """The report on many measures counts them by component and names the command that tells each; that one does."""
    short = elo("report", "summary", "--lang", "en", data=data).out
    assert f"| P1C7 | {MEASURES} | {MEASURES * MILESTONES} |" in short
    assert "### " not in short
    assert "elo report summary --all\n" in short
    whole = elo("report", "summary", "--all", "--lang", "en", data=data).out
    assert whole.count("\n### ") == COMPONENTS * MEASURES
    assert "elo report summary --all --format" in whole


def test_picture_draws_a_row_each_component(elo: Runner, data: Path) -> None:
    """Of many measures the picture has a row a component, with every milestone on it; --all draws each measure."""
    run = elo("timeline", "--format", "svg", "--lang", "en", data=data)
    assert run.code == 0
    height = float(re.findall(r'height="([0-9.]+)"', run.out)[0])
    assert height < 100 + COMPONENTS * 80
    assert "elo timeline --all" in run.out
    whole = elo("timeline", "--format", "svg", "--all", "--lang", "en", data=data)
    assert float(re.findall(r'height="([0-9.]+)"', whole.out)[0]) > COMPONENTS * MEASURES * MILESTONES * 20
