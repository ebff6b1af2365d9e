"""Each rule with an example that it finds something in, and one that it does not; found by themselves.

`base/` is a small tracker in order. An example is a folder of files that replace or join those of the base, named after
its rule: `bad/<rule>` with the findings in `expected.txt`, `good/<rule>` with none of that rule. `as_of.txt` holds the
day when it matters, `evidence.txt` the name of a folder of evidence beside it. What git or an editor would spoil is
made by `test_spoilt.py`.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from elo_cli.checks.all_rules import RULES
from elo_cli.checks.run import check, shortened
from elo_cli.model.finding import Level
from elo_cli.store.evidence import EvidenceFolder
from elo_cli.store.loading import load
from tests.checks.spoilt import SPOILT
from tests.trackers import Files

HERE = Path(__file__).parent
DAY = date(2021, 6, 1)
_OURS = frozenset({"expected.txt", "as_of.txt", "evidence.txt"})


def _files(folder: Path) -> dict[str, str | bytes]:
    paths = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name not in _OURS and path.relative_to(folder).parts[0] != "evidence"
    ]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _as_of(example: Path) -> date:
    day = example / "as_of.txt"
    return date.fromisoformat(day.read_text("utf-8").strip()) if day.exists() else DAY


def _findings(example: Path) -> list[tuple[str, Level, str]]:
    files = _files(HERE / "base") | _files(example)
    as_of = _as_of(example)
    named = example / "evidence.txt"
    evidence = EvidenceFolder(example / named.read_text("utf-8").strip()) if named.exists() else None
    found = shortened(check(load(Files(files)), as_of, evidence=evidence))
    start = f"{evidence.label.rpartition('/')[0]}/" if evidence is not None else ""
    return [
        (
            f"{one.path.removeprefix('data/').removeprefix(start)}:{one.line}:{one.column}: {one.level} {one.rule}",
            one.level,
            one.rule,
        )
        for one in found
    ]


def test_base_is_in_order() -> None:
    """The tracker that the examples stand on has no error and no warning of its own."""
    assert [line for line, level, _ in _findings(HERE / "base") if level is not Level.NOTE] == []


@pytest.mark.parametrize("rule", sorted(path.name for path in (HERE / "bad").iterdir()))
def test_finding_is_the_same_on_the_next_day(rule: str) -> None:
    """What a baseline knows today it knows tomorrow: no fingerprint holds a count of days."""
    example = HERE / "bad" / rule
    tracker = load(Files(_files(HERE / "base") | _files(example)))
    days = (_as_of(example), _as_of(example) + timedelta(days=1))
    today, tomorrow = ({(one[:5], one.record): one.fingerprint for one in check(tracker, day)} for day in days)
    assert {place: today[place] for place in today.keys() & tomorrow.keys()} == {
        place: tomorrow[place] for place in today.keys() & tomorrow.keys()
    }


@pytest.mark.parametrize("rule", sorted(path.name for path in (HERE / "bad").iterdir()))
def test_bad_example_is_found(rule: str) -> None:
    """The bad example has its finding at its line and column, and nothing else that must be mended."""
    expected = (HERE / "bad" / rule / "expected.txt").read_text("utf-8").splitlines()
    found = [line for line, level, of in _findings(HERE / "bad" / rule) if level is not Level.NOTE or of == rule]
    assert found == expected
    assert any(line.endswith(f" {RULES[rule].level} {rule}") for line in expected)


@pytest.mark.parametrize("rule", sorted(path.name for path in (HERE / "good").iterdir()))
def test_good_example_is_left_alone(rule: str) -> None:
    """The good example, which looks much like the bad one, has no finding of the rule, nor anything to be mended."""
    found = _findings(HERE / "good" / rule)
    assert [line for line, level, of in found if level is not Level.NOTE or of == rule] == []


def test_every_rule_has_examples() -> None:
    """No rule is without an example of both kinds; those of spoilt files are made by a test."""
    for kind in ("good", "bad"):
        named = {path.name for path in (HERE / kind).iterdir()}
        assert named - set(RULES) == set()
        assert set(RULES) - named == set(SPOILT)
