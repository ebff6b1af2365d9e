"""Findings: one line each for people and programs, how to mend them, the JSON payload, and other programs' forms."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from elo_cli.checks.manual import EVERY_RULE
from elo_cli.checks.rule import Finding
from elo_cli.checks.run import counts
from elo_cli.model.errors import N_, nN_
from elo_cli.model.finding import Level
from elo_cli.render.findings import annotations
from elo_cli.render.findings.sarif import sarif
from elo_cli.render.forms import json
from elo_cli.render.forms.text import visible
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language

if TYPE_CHECKING:
    from elo_cli.render.schemas.answers import CheckAnswer

FORMS: Final[dict[str, Callable[[Language, Sequence[Finding]], str]]] = {
    "github": annotations.github,
    "gitlab": annotations.gitlab,
    "sarif": sarif,
}
"""The forms that other programs read, by name."""


def line(language: Language, finding: Finding) -> str:
    """A finding as `path:line:column: level rule message`, in the reader's words; other forms are for programs."""
    place = f"{finding.path}:{finding.line}:{finding.column}"
    level = language.say(terms.LEVEL[finding.level].word)
    return visible(f"{place}: {level} {finding.rule} {annotations.message(language, finding)}")


def summary(language: Language, findings: Sequence[Finding]) -> Iterator[str]:
    """How many findings there are, and how to mend each kind of what should be mended."""
    found = counts(findings)
    errors = language.count(*nN_("{n} error", "{n} errors"), found["error"])
    warnings = language.count(*nN_("{n} warning", "{n} warnings"), found["warning"])
    notes = language.count(*nN_("{n} note", "{n} notes"), found["note"])
    yield f"{errors}, {warnings}, {notes}"
    rules = dict.fromkeys(finding.rule for finding in findings if finding.level is not Level.NOTE)
    for rule_id in rules:
        rule = EVERY_RULE[rule_id]
        yield f"{rule_id}: {language.say(rule.remedy)}"
    if findings:
        yield language.say(N_("what a rule means: elo rules ID"))


def payload(findings: Sequence[Finding]) -> "CheckAnswer":
    """The JSON payload; messages are in English, so that programs can rely on them."""
    return {
        "findings": [
            {
                "path": finding.path,
                "line": finding.line,
                "column": finding.column,
                "level": finding.level,
                "rule": finding.rule,
                "message": finding.message,
                "args": {name: json.plain(value) for name, value in finding.args.items()},
                "record": finding.record,
                "fingerprint": fingerprint,
            }
            for finding, fingerprint in annotations.fingerprinted(findings)
        ],
        "counts": {Level(level): number for level, number in counts(findings).items()},
    }
