"""Findings: one line each for people, how to mend them, and the forms for programs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from pydantic import NonNegativeInt, PositiveInt

from elo_cli.checks.manual import EVERY_RULE
from elo_cli.checks.rule import Finding
from elo_cli.checks.run import counts
from elo_cli.model.errors import N_, nN_
from elo_cli.model.finding import Level
from elo_cli.render.findings import annotations
from elo_cli.render.forms.text import visible
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language


class FindingRow(NamedTuple):
    """What a rule found."""

    path: str
    line: PositiveInt
    column: PositiveInt
    level: Level
    rule: str
    message: str
    """In English."""
    args: Mapping[str, Any]
    """The values in the message."""
    record: str | None
    fingerprint: str
    """Stays the same when lines move."""


class CheckAnswer(NamedTuple):
    """`elo check`."""

    findings: Sequence[FindingRow]
    counts: Mapping[Level, int]
    """Of all findings but the known ones, those included that --level leaves out of the list."""
    known: NonNegativeInt
    """How many findings the file of --baseline names; they are neither listed nor counted by level."""


class ToldFindings(NamedTuple):
    """The findings that are shown, and how many there are of all."""

    findings: Sequence[Finding]
    counts: Mapping[str, int]
    known: int


def told(findings: Sequence[Finding], least: Level = Level.NOTE, known: int = 0) -> ToldFindings:
    """The findings down to this level, with the counts of all and the number of those that were known."""
    return ToldFindings([finding for finding in findings if finding.level.rank <= least.rank], counts(findings), known)


def line(language: Language, finding: Finding) -> str:
    """A finding as `path:line:column: level rule message`, in the reader's words; other forms are for programs."""
    place = f"{finding.path}:{finding.line}:{finding.column}"
    level = language.say(terms.LEVEL[finding.level].word)
    return visible(f"{place}: {level} {finding.rule} {annotations.message(language, finding)}")


def more_notes(language: Language, findings: Sequence[Finding], told: Sequence[Finding]) -> Iterator[str]:
    """How many more notes of each rule there are than were told, and what lists them."""
    left = Counter(finding.rule for finding in findings)
    left.subtract(finding.rule for finding in told)
    for rule, number in left.items():
        if number:
            yield language.count(
                *nN_("{rule}: {n} more note: elo check --all-notes", "{rule}: {n} more notes: elo check --all-notes"),
                number,
                rule=rule,
            )


def summary(language: Language, told: ToldFindings) -> Iterator[str]:
    """How to mend each kind of what should be mended, and in the last line how many findings there are."""
    missing: Counter[str] = Counter()
    for finding in told.findings:
        if finding.rule == "language-missing":
            missing.update(cast("Mapping[str, int]", finding.args["counts"]))
    if missing:
        text = ", ".join(f"{code} {language.number(n)}" for code, n in missing.items())
        yield language.say(N_("translations are missing: {missing}"), missing=text)
    rules = dict.fromkeys(finding.rule for finding in told.findings if finding.level is not Level.NOTE)
    for rule_id in rules:
        rule = EVERY_RULE[rule_id]
        yield f"{rule_id}: {language.say(rule.remedy)}"
    if told.findings:
        yield language.say(N_("what a rule means: elo rules ID"))
    yield "; ".join([_counted(language, told.counts), *left_out(language, told)])


def left_out(language: Language, told: ToldFindings) -> Sequence[str]:
    """What has been found and is not shown: what --level hides, and what the baseline knows."""
    seen = counts(told.findings)
    hidden = {level: number - seen[level] for level, number in told.counts.items()}
    texts = []
    if any(hidden.values()):
        texts.append(language.say(N_("not shown: {counts}"), counts=_counted(language, hidden, only=True)))
    if told.known:
        texts.append(language.count(*nN_("{n} known from the baseline", "{n} known from the baseline"), told.known))
    return texts


def _counted(language: Language, numbers: Mapping[str, int], *, only: bool = False) -> str:
    """Errors, warnings and notes with their numbers; `only` those that there are."""
    words = {
        "error": nN_("{n} error", "{n} errors"),
        "warning": nN_("{n} warning", "{n} warnings"),
        "note": nN_("{n} note", "{n} notes"),
    }
    return ", ".join(language.count(*words[level], number) for level, number in numbers.items() if number or not only)


def answer(told: ToldFindings) -> CheckAnswer:
    """The findings as JSON carries them; messages are in English, so that programs can rely on them."""
    rows = [
        FindingRow(
            finding.path,
            finding.line,
            finding.column,
            finding.level,
            finding.rule,
            finding.message,
            finding.args,
            finding.record,
            fingerprint,
        )
        for finding, fingerprint in annotations.fingerprinted(told.findings)
    ]
    return CheckAnswer(rows, {Level(level): number for level, number in told.counts.items()}, told.known)
