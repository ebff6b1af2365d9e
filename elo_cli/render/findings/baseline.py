"""The file of findings that are known, so that a tracker that begins with many can be held to have no more.

A line is `FINGERPRINT LEVEL RULE PATH`, of which the first word counts and the rest is for whoever reads the file.
Fingerprints are those of `elo check`, with paths from the data folder on, whatever folder elo is called in.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from elo_cli.checks.rule import Finding
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.render.findings.annotations import fingerprinted
from elo_cli.render.forms.text import visible
from elo_cli.store.tracker import Tracker

LIMIT: Final = 50_000_000
"""Bytes of the largest file that is read."""
_HEAD: Final = "# elo/baseline/1: findings that are known (elo check --baseline); written by elo check --write-baseline"
_LINE: Final = re.compile(r"([0-9a-f]{16}(?:-[0-9]{1,9})?)(?: .*)?")


def named(tracker: Tracker, findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with the name that a baseline has for it."""
    inside = [finding._replace(path=_path(tracker, finding)) for finding in findings]
    for finding, (_, name) in zip(findings, fingerprinted(inside), strict=True):
        yield finding, name


def write(tracker: Tracker, findings: Sequence[Finding]) -> bytes:
    """The content of the file that names these findings."""
    lines = [
        visible(f"{name} {finding.level.value} {finding.rule} {_path(tracker, finding)}")
        for finding, name in named(tracker, findings)
    ]
    return "".join(f"{line}\n" for line in [_HEAD, *lines]).encode()


def read(content: bytes, path: str) -> frozenset[str]:
    """The names in a file's content; UsageProblem with the line where it is none that elo wrote."""
    lines = content.decode("utf-8", "replace").splitlines()
    if lines[:1] != [_HEAD]:
        raise UsageProblem(
            N_("“{path}” is no baseline; right would be a file that elo check --write-baseline wrote"), path=path
        )
    names = set()
    for number, line in enumerate(lines[1:], 2):
        match = _LINE.fullmatch(line)
        if match is None:
            raise UsageProblem(
                N_("“{path}”, line {number} is no known finding; elo check --write-baseline writes the file anew"),
                path=path,
                number=number,
            )
        names.add(match[1])
    return frozenset(names)


def _path(tracker: Tracker, finding: Finding) -> str:
    return finding.path.removeprefix(tracker.shown(""))
