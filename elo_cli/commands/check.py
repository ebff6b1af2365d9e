"""elo check: everything that is wrong with the data, and with a change to it."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import AsOfOption, DataOption, LangOption, RevOption
from elo_cli.model.errors import N_, Exit

if TYPE_CHECKING:
    from elo_cli.checks.rule import Finding
    from elo_cli.render.words.language import Language
    from elo_cli.store.evidence import EvidenceFolder

EXAMPLES = (
    ("elo check", N_("is the data in order?")),
    ("elo check --fail-on warning", N_("for CI: warnings stop it too")),
    ("elo check --against origin/main", N_("a pull request: may this change be made?")),
    ("elo check --evidence ../evidence", N_("are the evidence documents those that were recorded?")),
    ("elo check --format github", N_("annotations beside the lines of a pull request")),
)

_SECONDS: Final = 3
"""Between two words on how far a long reading is."""
Form = Literal["text", "json", "github", "gitlab", "sarif"]
FailOn = Literal["error", "warning", "never"]


def run(
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="REV",
            help=N_("Also judge what has changed since this revision, or since the two parted."),
        ),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help=N_("The least grave finding that gives exit code 1."))
    ] = "error",
    all_notes: Annotated[
        bool, typer.Option("--all-notes", help=N_("List every note, also where many are of one rule."))
    ] = False,
    evidence: Annotated[
        Path | None,
        typer.Option(
            "--evidence",
            metavar="DIR",
            help=N_("Also hold the files of this folder to the hashes that records state for them."),
        ),
    ] = None,
    data: DataOption = None,
    lang: LangOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    format: Annotated[Form, typer.Option("--format", help=N_("The form of the answer."))] = "text",
) -> int:
    """Check the data: each finding with its place, how grave it is, its rule, and what would be right.

    An error must not land, a warning is for someone to mend, and a note is a fact about the world. Of more than a dozen
    notes of one rule the first few are listed; --all-notes lists all, and so do the forms for programs.
    """
    from elo_cli.checks.run import check, shortened

    opened = session.open_session(data, lang, as_of, rev, need_config=False)
    folder = _evidence(opened.language, evidence) if evidence is not None else None
    today = session.today(opened.tracker.config)
    findings = check(opened.tracker, opened.as_of, today=today, evidence=folder)
    if against is not None:
        from elo_cli.checks.changes import changes_since

        changed = changes_since(session.recorded_folder(data), against, opened.tracker, findings)
        findings += changed
    findings = shortened(findings)
    if text := FORMS[format](opened, findings, all_notes):
        session.write(text)
    grave = {"error": 0, "warning": 1, "never": -1}[fail_on]
    failed = any(finding.level.rank <= grave for finding in findings)
    return opened.leave(Exit.FINDINGS if failed else Exit.FINE)


def _evidence(language: "Language", root: Path) -> "EvidenceFolder":
    """The folder of evidence; every few seconds it is told how far its reading is."""
    from time import monotonic

    from elo_cli.store.evidence import EvidenceFolder

    told = monotonic()

    def progress(files: int, read: int) -> None:
        nonlocal told
        if monotonic() - told > _SECONDS:
            told = monotonic()
            message = N_("reading the evidence: file {number}, {megabytes} MB so far")
            session.tell(language.say(message, number=files, megabytes=language.number(read // 1024**2)))

    return EvidenceFolder(root, progress)


def _text(opened: session.Session, findings: "Sequence[Finding]", all_notes: bool) -> str:
    from elo_cli.render.findings.check import line, more_notes, shown, summary

    told = findings if all_notes else shown(findings)
    sys.stdout.writelines(f"{line(opened.language, finding)}\n" for finding in told)
    for text in (*more_notes(opened.language, findings, told), *summary(opened.language, findings)):
        session.tell(text)
    return ""


def _json(opened: session.Session, findings: "Sequence[Finding]", _all_notes: bool) -> str:
    from elo_cli.render.findings.check import answer

    return opened.json("check", answer(findings))


def _github(opened: session.Session, findings: "Sequence[Finding]", _all_notes: bool) -> str:
    from elo_cli.render.findings.annotations import github

    text = github(opened.language, findings)
    _step_summary(opened.language, findings)
    return text


def _gitlab(opened: session.Session, findings: "Sequence[Finding]", _all_notes: bool) -> str:
    from elo_cli.render.findings.annotations import gitlab

    return gitlab(opened.language, findings)


def _sarif(opened: session.Session, findings: "Sequence[Finding]", _all_notes: bool) -> str:
    from elo_cli.render.findings.sarif import sarif

    return sarif(opened.language, findings)


FORMS: Final[dict[Form, Callable[[session.Session, "Sequence[Finding]", bool], str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
}


def _step_summary(language: "Language", findings: "Sequence[Finding]") -> None:
    """All findings into the step's summary where GitHub gives a place for it: it shows only ten annotations a kind."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if place:
        from elo_cli.render.findings.annotations import github_summary

        with Path(place).open("a", encoding="utf-8", newline="\n") as file:
            file.write(github_summary(language, findings))
