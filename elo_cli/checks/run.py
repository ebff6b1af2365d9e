"""Runs the rules over a tracker: every finding with its line and column, sorted by place."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import cast

from elo_cli.checks.all_rules import RULES
from elo_cli.checks.rule import MANY_RULE, Context, Finding, Rule, Spot
from elo_cli.model.finding import MANY
from elo_cli.store.evidence import EvidenceFolder
from elo_cli.store.tracker import Tracker, shown_path
from elo_cli.store.yaml.positions import Place, Positions
from elo_cli.store.yaml.strict import decode


def check(
    tracker: Tracker,
    as_of: date,
    rules: Iterable[Rule] | None = None,
    *,
    today: date | None = None,
    evidence: EvidenceFolder | None = None,
) -> list[Finding]:
    """All findings of all rules (or of these) in a tracker on a day, sorted by file, line, column and rule.

    `today` is the real one where the day asked about is another: what was said later is not said in the future.
    With a folder of evidence the files that records name are held to their hashes.
    """
    context = Context(tracker, as_of, today, evidence)
    places = _Places(tracker)
    findings = [
        _finding(tracker, places, rule, spot)
        for rule in (RULES.values() if rules is None else rules)
        for spot in rule.find(context)
    ]
    return in_order(findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file, line, column and rule."""
    return sorted(findings, key=lambda finding: (finding.path, finding.line, finding.column, finding.rule))


def shortened(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in order, of each file the gravest MANY and one that counts the others, at the first of those."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.path].append(finding)
    told: list[Finding] = []
    for of_file in by_file.values():
        if len(of_file) > MANY:
            of_file.sort(key=lambda finding: (finding.level.rank, finding.line, finding.column))
        told += of_file[:MANY]
        if rest := of_file[MANY:]:
            number = counts(rest)
            args = {"n": len(rest), "errors": number["error"], "warnings": number["warning"], "notes": number["note"]}
            told.append(rest[0]._replace(rule=MANY_RULE, args=args, record=None))
    return in_order(told)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each level, the gravest first; those that one stands for are counted too."""
    numbers = {"error": 0, "warning": 0, "note": 0}
    for finding in findings:
        if finding.rule == MANY_RULE:
            for level in numbers:
                numbers[level] += cast("int", finding.args[f"{level}s"])
        else:
            numbers[finding.level.value] += 1
    return numbers


def _finding(tracker: Tracker, places: "_Places", rule: Rule, spot: Spot) -> Finding:
    place = Place(spot.line, spot.column or 1) if spot.line is not None else places.of(spot)
    path = shown_path(spot.path) if spot.outside else tracker.shown(spot.path)
    return Finding(path, place.line, place.column, rule.level, rule.id, spot.args, spot.record)


class _Places:
    """The texts of the files that have findings, each read and composed once."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._texts: dict[str, Positions] = {}

    def of(self, spot: Spot) -> Place:
        if not spot.where:
            return Place(1, 1)
        positions = self._texts.get(spot.path)
        if positions is None:
            positions = self._texts[spot.path] = Positions(self._text(spot.path))
        return positions.key(spot.where) if spot.at_key else positions.value(spot.where)

    def _text(self, path: str) -> str:
        try:
            return decode(self._tracker.source.read(path))
        except (OSError, UnicodeDecodeError):
            # It was read a moment ago; a finding without its line is better than none.
            return ""
