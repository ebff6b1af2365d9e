"""Runs the rules over a tracker: every finding with its line and column, sorted by place."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple, cast

from elo_cli.checks.all_rules import RULES
from elo_cli.checks.rule import MANY_RULE, Context, Finding, Rule, Spot
from elo_cli.model.finding import MANY, Level
from elo_cli.store.evidence import EvidenceFolder
from elo_cli.store.tracker import Tracker, shown_path
from elo_cli.store.yaml.positions import TOP, Place, Positions
from elo_cli.store.yaml.strict import decode

DOZEN: Final = 12
FEW: Final = 3
"""So many notes stand for all of a rule where it has more than a dozen (`few_notes`)."""


class Found(NamedTuple):
    """What a rule found, before its line is looked up."""

    rule: Rule
    spot: Spot
    path: str
    """The file as people name it."""


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
    return placed(tracker, find(tracker, as_of, rules, today=today, evidence=evidence))


def find(
    tracker: Tracker,
    as_of: date,
    rules: Iterable[Rule] | None = None,
    *,
    today: date | None = None,
    evidence: EvidenceFolder | None = None,
) -> list[Found]:
    """What `check` finds, without lines and in no order."""
    context = Context(tracker, as_of, today, evidence)
    return [
        Found(rule, spot, shown_path(spot.path) if spot.outside else tracker.shown(spot.path))
        for rule in (RULES.values() if rules is None else rules)
        for spot in rule.find(context)
    ]


def placed(tracker: Tracker, found: Sequence[Found], least: Level = Level.NOTE, *, few: bool = False) -> list[Finding]:
    """The findings with line and column, in order.

    Who shows those down to the level `least` alone, and with `few` those alone that `few_notes` keeps, says so: the
    others then stand in the first line of their file. Looking places up is what a check of many findings waits for.
    """
    # Of the findings of such a file the gravest are told, and among those the first; the number of all notes follows.
    crowded = {path for path, number in Counter(one.path for one in found).items() if number > MANY}
    ends = _ends(found) if few and not crowded else {}
    places = _Places(tracker)
    findings = []
    for rule, spot, path in found:
        is_shown = rule.level.rank <= least.rank and path <= ends.get(rule.id, path)
        place = places.of(spot) if is_shown or path in crowded else TOP
        findings.append(Finding(path, place.line, place.column, rule.level, rule.id, spot.args, spot.record))
    return in_order(findings)


def _ends(found: Iterable[Found]) -> dict[str, str]:
    """For each rule of whose notes only the first few are shown: the file behind which none of them stands."""
    paths: dict[str, list[str]] = defaultdict(list)
    for rule, _, path in found:
        if rule.level is Level.NOTE:
            paths[rule.id].append(path)
    return {name: sorted(of_rule)[FEW - 1] for name, of_rule in paths.items() if len(of_rule) > DOZEN}


def few_notes(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those notes that repeat one rule: of more than a dozen the first few stand for all."""
    numbers = Counter(finding.rule for finding in findings if finding.level is Level.NOTE)
    seen: Counter[str] = Counter()
    kept = []
    for finding in findings:
        if finding.level is Level.NOTE and numbers[finding.rule] > DOZEN:
            seen[finding.rule] += 1
            if seen[finding.rule] > FEW:
                continue
        kept.append(finding)
    return kept


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


class _Places:
    """The texts of the files that have findings, each read and composed once."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._texts: dict[str, Positions] = {}

    def of(self, spot: Spot) -> Place:
        if spot.line is not None:
            return Place(spot.line, spot.column or 1)
        if not spot.where:
            return TOP
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
