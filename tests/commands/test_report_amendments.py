"""`elo report amendments`: the table that a ministry attaches says what decisions changed, and nothing else."""

from pathlib import Path

import pytest

from tests.repositories import Repo
from tests.running import Runner

MILESTONE = """\
type: rrf-target
name: {en: Visits, fi: Käynnit}
due: 2022-Q3
measures: [m]
indicator: {goal: 5, baseline: 0}
rrf: {cid_number: M1C1-9}
sources:
  - document: slides
"""
UPDATE = """\
updates:
  - date: 2022-05-01
    sources:
      - document: slides
    due: 2023-Q1
    indicator: {goal: 7, baseline: 0}
    rrf: {cid_version: slides}
    reason: {en: "Late | late", fi: Myöhässä}
    decided_by: forum
  - date: 2022-06-01
    by: okm
    status: in-progress
"""
GONE = """\
updates:
  - date: 2022-05-01
    status: withdrawn
    reason: {en: Given up, fi: Luovuttu}
    decided_by: forum
"""
CONFIRMED = (
    "updates:\n  - date: 2022-05-01\n    rrf: {cid_version: slides}\n    reason: {en: R}\n    decided_by: forum\n"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Record three milestones, then what was decided on each of them, and one more that is new."""
    repo = Repo(tmp_path)
    first = {f"milestones/{name}": MILESTONE.replace("M1C1-9", f"M1C1-{number}") for name, number in NUMBERS.items()}
    repo.commit({**first, "measures/m": "name: {en: Measure, fi: Toimi}\n"})
    second = {
        "milestones/a": first["milestones/a"] + UPDATE,
        "milestones/b": first["milestones/b"] + GONE,
        "milestones/c": first["milestones/c"] + CONFIRMED,
        "milestones/d": MILESTONE.replace("M1C1-9", "M2C3-1"),
    }
    repo.commit(second)
    return repo.data


NUMBERS = {"a": "51", "b": "9", "c": "10"}


def rows(out: str) -> list[list[str]]:
    """Return the cells of the tables below the figures."""
    below = out.partition("\n## ")[2].partition("\n## ")[2]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in below.splitlines() if line.startswith("| M")
    ]


def test_table_has_each_decided_change(elo: Runner, data: Path) -> None:
    """Number, field, before, after, reason and decider, by number as people count; a mere word on it is none."""
    out = elo("report", "amendments", "HEAD~1..HEAD", "--lang", "en", data=data).out
    told = [(row[0], row[2], row[3], row[4]) for row in rows(out)]
    assert told == [
        ("M1C1-9", "Status", "not stated", "withdrawn"),
        ("M1C1-51", "Due", "Q3 2022", "Q1 2023"),
        ("M1C1-51", "Indicator (Goal)", "5", "7"),
        ("M2C3-1", "New", "–", "milestone"),
    ]
    assert "Late \\| late" in out
    assert "| Indicator (Goal) | 1 | 1 |" in out
    assert "1 record is confirmed as it was" in out


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("--component", "M2C3"), ["M2C3-1"]),
        (("--status", "withdrawn"), ["M1C1-9"]),
        (("--due", "2023-Q1"), ["M1C1-51", "M1C1-51"]),
        (("--type", "rrf-target", "--measure", "m"), ["M1C1-9", "M1C1-51", "M1C1-51", "M2C3-1"]),
        (("--confidence", "off-track"), []),
    ],
)
@pytest.mark.parametrize("between", ["HEAD~1..HEAD", "2022-04-30..2022-12-31"])
def test_filters_hold_for_the_records_that_changed(
    elo: Runner, data: Path, words: tuple[str, ...], numbers: list[str], between: str
) -> None:
    """Only what passes is in the table and its figures; the report says under which filter, and its command."""
    run = elo("report", "amendments", between, *words, "--lang", "en", data=data)
    # What is new is told where it was recorded: no update says so.
    new = set() if between.startswith("HEAD") else {"M2C3-1"}
    assert [row[0] for row in rows(run.out)] == [number for number in numbers if number not in new]
    assert (run.code, f" {words[0]} {words[1]}" in run.out.rpartition("```sh")[2]) == (0, True)
    assert "Filter" in run.out.partition("\n## ")[0]
    assert ("1 record is confirmed" in run.out) == (words[0] == "--type")


def test_days_are_those_of_the_updates(elo: Runner, data: Path) -> None:
    """What was decided after the first day and by the second, whenever it was recorded; the answer says so."""
    before = elo("report", "amendments", "2022-05-01..2022-12-31", "--lang", "en", data=data).out
    assert "No decision has changed" in before
    within = elo("report", "amendments", "2022-04-30..2022-05-01", "--lang", "en", data=data).out
    assert [row[0] for row in rows(within)] == ["M1C1-9", "M1C1-51", "M1C1-51"]
    assert "by the day of each update" in within


def test_components_are_read_from_numbers(elo: Runner, data: Path) -> None:
    """With --by component each group is one of the plan's components."""
    out = elo("report", "amendments", "HEAD~1..HEAD", "--by", "component", "--lang", "en", data=data).out
    assert [line for line in out.splitlines() if line.startswith("## Component")] == [
        "## Component M1C1",
        "## Component M2C3",
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("name", "begins"), [("a.html", b"<!doctype html>"), ("a.docx", b"PK"), ("a.md", b"# ")])
def test_every_language_and_form(
    elo: Runner, data: Path, tmp_path: Path, language: str, name: str, begins: bytes
) -> None:
    """The report is written as Markdown, one page or a Word document."""
    path = tmp_path / name
    run = elo("report", "amendments", "HEAD~1..HEAD", "--lang", language, "-o", str(path), data=data)
    assert (run.code, run.out) == (0, "")
    assert path.name in run.err
    assert path.read_bytes().lower().startswith(begins.lower())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("amendments",), "between what?"),
        (("amendments", "HEAD~1..2022-12-31"), "both ends are days"),
        (("amendments", "..HEAD"), "is not a range"),
        (("amendments", "HEAD~1..HEAD", "--rev", "HEAD"), "the range names the revisions"),
        (("summary", "HEAD~1..HEAD"), "are for amendments"),
        (("rrf", "--by", "measure"), "are for amendments"),
        (("amendments", "2022-13-01..2022-12-31"), "2022-13-01"),
    ],
)
def test_wrong_words_are_answered(elo: Runner, data: Path, words: tuple[str, ...], said: str) -> None:
    """What cannot be meant is refused with what would be right."""
    run = elo("report", *words, "--lang", "en", data=data)
    assert (run.code, said in run.err) == (2, True)
