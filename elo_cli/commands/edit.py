"""elo edit: a record's file in the editor of the user's choice, checked before it takes its place."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands import asking, session
from elo_cli.commands.options import DataOption, LangOption
from elo_cli.commands.saving import found_or_refused, label, new_findings, tell_findings
from elo_cli.model.errors import N_, Exit, UnreadableProblem, UsageProblem
from elo_cli.model.finding import Level
from elo_cli.store.source import reason_of
from elo_cli.store.writing import writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from elo_cli.checks.rule import Finding

EXAMPLES = (
    ("elo edit dsp-services", N_("open a record in your editor")),
    ("EDITOR=nano elo edit dsp-services", N_("in another one")),
)
_EDITORS: Final = ("sensible-editor", "nano", "vim", "vi") if os.name != "nt" else ("notepad",)


def run(
    record_id: Annotated[str, typer.Argument(metavar="ID", help=N_("The record's id: its file's name without .yaml."))],
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Open a record's file in your editor (VISUAL, else EDITOR), and check it when the editor closes.

    With findings it offers to go back in. The file itself changes only at the end, whole, and never while it holds an
    error; what you wrote is kept beside it until then.
    """
    folder = session.open_folder(data, lang)
    found = found_or_refused(folder, record_id)._replace(where=())
    draft = folder.root / Path(found.path).with_name(f".{record_id}.edit.yaml")
    try:
        # A draft that an interrupted edit left is what its writer would want back.
        if not draft.exists():
            draft.write_bytes(found.data)
        while True:
            _open(draft, found.data)
            new = draft.read_bytes()
            if new == found.data:
                draft.unlink()
                session.tell(folder.language.say(N_("nothing was changed")))
                return Exit.FINE
            findings = new_findings(folder, found, new)
            tell_findings(folder, findings)
            errors = any(finding.level is Level.ERROR for finding in findings)
            if not _again(folder, findings, errors=errors):
                break
        if errors:
            session.tell(
                folder.language.say(
                    N_("not written, since it holds errors; your text is kept: elo edit {id} goes on with it"),
                    id=record_id,
                )
            )
            return Exit.FINDINGS
        with writing(folder.root) as writer:
            writer.expect(found.path, found.data)
            writer.write({found.path: new})
        draft.unlink()
    except OSError as error:
        raise UnreadableProblem(
            N_("{path} could not be written: {reason}; the tracker is as it was"),
            path=label(folder, found.path),
            reason=reason_of(error),
        ) from None
    session.line(label(folder, found.path))
    return Exit.FINE


def _again(folder: session.Folder, findings: "Sequence[Finding]", *, errors: bool) -> bool:
    """Whether the person wants to go back in; nobody is asked when there is nothing to mend, or nobody there."""
    grave = [finding for finding in findings if finding.level is not Level.NOTE]
    return (
        bool(grave)
        and asking.is_terminal()
        and asking.yes(folder.language.say(N_("Go back into the editor?")), default=errors)
    )


def _open(path: Path, before: bytes) -> None:
    """Run the editor and wait for it; a draft in which nothing was written goes when it cannot be started.

    The editor's words are split as a shell would, and no shell runs.
    """
    try:
        _run_editor(path)
    except UsageProblem:
        if path.read_bytes() == before:
            path.unlink()
        raise


def _run_editor(path: Path) -> None:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, _EDITORS), None)
    if not named:
        raise UsageProblem(N_("no editor was found; EDITOR=… names one"))
    words = shlex.split(named, posix=os.name != "nt")
    sys.stdout.flush()
    try:
        left = subprocess.run([*words, str(path)], check=False).returncode
    except OSError as error:
        raise UsageProblem(
            N_("the editor “{editor}” could not be started: {reason}"), editor=named, reason=reason_of(error)
        ) from None
    if left:
        raise UsageProblem(N_("the editor “{editor}” left with {code}; nothing was written"), editor=named, code=left)
