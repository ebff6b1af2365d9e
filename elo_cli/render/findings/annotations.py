"""Findings as the annotations of GitHub and GitLab; nothing that stands in data becomes a command or a mention.

GitHub reads commands from the lines of a step's log (`::error file=…::message`) and shows ten of each kind a step; the
rest stand in the step's summary, which GitHub refuses when it is larger than 1 MiB.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from elo_cli.checks.manual import EVERY_RULE
from elo_cli.checks.rule import Finding
from elo_cli.checks.run import counts as counted
from elo_cli.model.errors import N_, nN_
from elo_cli.model.finding import Level
from elo_cli.render.forms.blocks import Heading, Paragraph, Table
from elo_cli.render.forms.escape import command_property, command_text, json_text
from elo_cli.render.forms.markdown import page
from elo_cli.render.forms.text import visible
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language

SHOWN_A_KIND: Final = 10
SUMMARY_LIMIT: Final = 600_000
"""Bytes; with what changes, of which .ci/hold keeps 400,000, below 1 MiB: of more GitHub shows nothing at all."""
_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_SEVERITIES: Final = {Level.ERROR: "critical", Level.WARNING: "minor", Level.NOTE: "info"}


def message(language: Language, finding: Finding) -> str:
    """What a finding says, in the reader's language."""
    rule = EVERY_RULE[finding.rule]
    return language.say_all(rule.message, finding.args)


def github(language: Language, findings: Sequence[Finding]) -> str:
    """The gravest ten findings of each kind as workflow commands, one a line; "" for none."""
    shown: Counter[Level] = Counter()
    lines = []
    for finding in _gravest_first(findings):
        shown[finding.level] += 1
        if shown[finding.level] <= SHOWN_A_KIND:
            place = f"file={command_property(finding.path)},line={finding.line},col={finding.column}"
            text = command_text(message(language, finding))
            lines.append(f"::{_COMMANDS[finding.level]} {place},title={command_property(finding.rule)}::{text}\n")
    return "".join(lines)


def github_summary(language: Language, findings: Sequence[Finding], besides: Sequence[str] = ()) -> str:
    """All findings as a page of Markdown for a step's summary, cut before the limit with a word on what is left out.

    `besides` says what else was found and is not among these findings.
    """
    counts = {Level(level): number for level, number in counted(findings).items()}
    say = language.say
    said = ", ".join(
        f"{language.number(counts[level])} {say(terms.LEVEL[level].word)}" for level in Level if counts[level]
    )
    text = "; ".join([said or say(N_("nothing")), *besides])
    head = page([Heading(say(N_("What elo check found")), 2), Paragraph(text)])
    heads = [say(N_("Level")), say(N_("Place")), say(N_("Rule")), say(N_("Message"))]
    rows = [
        (
            say(terms.LEVEL[finding.level].word),
            f"{finding.path}:{finding.line}",
            finding.rule,
            message(language, finding),
        )
        for finding in _gravest_first(findings)
    ]
    kept: list[str] = []
    size = len(head.encode()) + 1000
    # The table is built a row at a time, so that it ends with a whole row.
    lines = page([Table(heads, rows)]).splitlines(keepends=True) if rows else []
    for line in lines:
        size += len(line.encode())
        if size > SUMMARY_LIMIT:
            break
        kept.append(line)
    left = len(lines) - len(kept)
    rest = (
        page([Paragraph(language.count(*nN_("{n} more is left out", "{n} more are left out"), left))]) if left else ""
    )
    return f"{head}\n{''.join(kept)}\n{rest}"


def gitlab(language: Language, findings: Sequence[Finding]) -> str:
    """A Code Quality report: a list in JSON, each finding under a fingerprint of its own."""
    return json_text(
        [
            {
                "description": visible(message(language, finding)),
                "check_name": finding.rule,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.level],
                "location": {"path": visible(finding.path), "lines": {"begin": finding.line}},
            }
            for finding, fingerprint in fingerprinted(findings)
        ]
    )


def fingerprinted(findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with a fingerprint that no other has: two equal ones are counted, in the order of their places."""
    seen: defaultdict[str, int] = defaultdict(int)
    for finding in findings:
        name = finding.fingerprint
        seen[name] += 1
        yield finding, name if seen[name] == 1 else f"{name}-{seen[name]}"


def _gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.level.rank)
