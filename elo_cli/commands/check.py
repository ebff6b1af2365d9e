"""elo check: everything that is wrong with the data, and with a change to it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import AsOfOption, DataOption, ForceOption, LangOption, RevOption
from elo_cli.model.errors import N_, Exit, UsageProblem, nN_
from elo_cli.model.finding import Level

if TYPE_CHECKING:
    from elo_cli.checks.rule import Finding
    from elo_cli.render.findings.check import ToldFindings
    from elo_cli.render.words.language import Language
    from elo_cli.store.evidence import EvidenceFolder

EXAMPLES = (
    ("elo check", N_("is the data in order?")),
    ("elo check --fail-on warning", N_("for CI: warnings stop it too")),
    ("elo check --against origin/main", N_("a pull request: may this change be made?")),
    ("elo check --evidence ../evidence", N_("are the evidence documents those that were recorded?")),
    ("elo check --level error", N_("only what must not land; the last line counts the rest")),
    ("elo check --format github", N_("annotations beside the lines of a pull request")),
)

_SECONDS: Final = 3
"""Between two words on how far a long reading is."""
Form = Literal["text", "json", "github", "gitlab", "sarif"]
FailOn = Literal["error", "warning", "never"]
LeastLevel = Literal["error", "warning", "note"]

AgainstOption = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="REV",
        help=N_("Also judge what has changed since this revision, or since the two parted."),
    ),
]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help=N_("Findings that this file names are known: counted, not shown, and no failure."),
    ),
]
WriteBaselineOption = Annotated[
    Path | None,
    typer.Option("--write-baseline", metavar="FILE", help=N_("Write the findings of today to this file as known.")),
]
EvidenceOption = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar="DIR",
        help=N_("Also hold the files of this folder to the hashes that records state for them."),
    ),
]


def run(
    against: AgainstOption = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help=N_("The least grave finding that gives exit code 1."))
    ] = "error",
    level: Annotated[
        LeastLevel, typer.Option("--level", help=N_("The least grave finding that is shown; all are counted."))
    ] = "note",
    baseline: BaselineOption = None,
    write_baseline: WriteBaselineOption = None,
    force: ForceOption = False,
    all_notes: Annotated[
        bool, typer.Option("--all-notes", help=N_("List every note, also where many are of one rule."))
    ] = False,
    evidence: EvidenceOption = None,
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
    from elo_cli.checks.run import find, placed, shortened
    from elo_cli.render.findings.check import told

    opened = session.open_session(data, lang, as_of, rev, need_config=False)
    folder = _evidence(opened.language, evidence) if evidence is not None else None
    today = session.today(opened.tracker.config)
    found = find(opened.tracker, opened.as_of, today=today, evidence=folder)
    if baseline is None and write_baseline is None and against is None:
        few = format == "text" and not all_notes
        every = placed(opened.tracker, found, Level(level), few=few)
    else:
        # Known findings are told apart by their order, and what a change does comes to those of its file.
        every = placed(opened.tracker, found)
    findings = every
    if baseline is not None or write_baseline is not None:
        if write_baseline is not None:
            _refuse_inside(session.recorded_folder(data), write_baseline)
        findings = _unknown(opened, every, baseline, write_baseline, force=force)
    known = len(every) - len(findings)
    if against is not None:
        from elo_cli.checks.changes import changes_since

        # What a change does is judged each time: no file makes it known.
        findings = findings + changes_since(session.recorded_folder(data), against, opened.tracker, every)
    findings = shortened(findings)
    if text := FORMS[format](opened, told(findings, Level(level), known), all_notes):
        session.write(text)
    grave = {"error": 0, "warning": 1, "never": -1}[fail_on]
    failed = any(finding.level.rank <= grave for finding in findings)
    return opened.leave(Exit.FINDINGS if failed else Exit.FINE)


def _refuse_inside(root: Path, target: Path) -> None:
    if target.resolve().is_relative_to(root.resolve()):
        raise UsageProblem(
            N_("“{path}” lies in the data folder, which holds records only; right would be a file outside it"),
            path=str(target),
        )


def _unknown(
    opened: session.Session, findings: "list[Finding]", baseline: Path | None, target: Path | None, *, force: bool
) -> "list[Finding]":
    """The findings that no baseline names; with a target all are written there, and are known from then on."""
    from elo_cli.render.findings.baseline import LIMIT, named, read, write

    known: frozenset[str] = frozenset()
    if baseline is not None:
        from elo_cli.store.source import read_bounded

        known = read(read_bounded(baseline, LIMIT), str(baseline))
    if target is not None:
        from elo_cli.store.disk.output import write_file

        write_file(target, write(opened.tracker, findings), force=force, tell=session.tell_note)
        message = nN_("{n} finding written to {target} as known", "{n} findings written to {target} as known")
        session.tell(opened.language.count(*message, len(findings), target=target))
        return []
    return [finding for finding, name in named(opened.tracker, findings) if name not in known]


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


def _text(opened: session.Session, told: "ToldFindings", all_notes: bool) -> str:
    from elo_cli.checks.run import few_notes
    from elo_cli.render.findings.check import line, more_notes, summary

    lines = told.findings if all_notes else few_notes(told.findings)
    sys.stdout.writelines(f"{line(opened.language, finding)}\n" for finding in lines)
    for text in (*more_notes(opened.language, told.findings, lines), *summary(opened.language, told)):
        session.tell(text)
    return ""


def _json(opened: session.Session, told: "ToldFindings", _all_notes: bool) -> str:
    from elo_cli.render.findings.check import answer

    return opened.json("check", answer(told))


def _github(opened: session.Session, told: "ToldFindings", _all_notes: bool) -> str:
    from elo_cli.render.findings.annotations import github

    text = github(opened.language, told.findings)
    _step_summary(opened.language, told)
    return text


def _gitlab(opened: session.Session, told: "ToldFindings", _all_notes: bool) -> str:
    from elo_cli.render.findings.annotations import gitlab

    return gitlab(opened.language, told.findings)


def _sarif(opened: session.Session, told: "ToldFindings", _all_notes: bool) -> str:
    from elo_cli.render.findings.sarif import sarif

    return sarif(opened.language, told.findings)


FORMS: Final[dict[Form, Callable[[session.Session, "ToldFindings", bool], str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
}


def _step_summary(language: "Language", told: "ToldFindings") -> None:
    """All findings into the step's summary where GitHub gives a place for it: it shows only ten annotations a kind."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if place:
        from elo_cli.render.findings.annotations import github_summary
        from elo_cli.render.findings.check import left_out

        with Path(place).open("a", encoding="utf-8", newline="\n") as file:
            file.write(github_summary(language, told.findings, left_out(language, told)))
