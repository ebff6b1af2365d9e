"""elo edit: a record's file in the editor of the user's choice, checked before it takes its place."""

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.options import DataOption, IdArgument, LangOption
from elo_cli.commands.shared.saving import found_or_refused, label, new_findings, tell_findings, writing
from elo_cli.model.errors import N_, Exit, UnreadableProblem, UsageProblem
from elo_cli.model.finding import Level
from elo_cli.store.source import reason_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from elo_cli.checks.rule import Finding
    from elo_cli.store.edit.draft import Draft
    from elo_cli.store.lookup import RecordFile

EXAMPLES = (
    ("elo edit dsp-services", N_("open a record in your editor")),
    ("EDITOR=nano elo edit dsp-services", N_("in another one")),
)
_EDITORS: Final = ("sensible-editor", "nano", "vim", "vi") if os.name != "nt" else ("notepad",)


def run(
    record_id: IdArgument,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Open a record's file in your editor (VISUAL, else EDITOR), and check it when the editor closes.

    With findings it offers to go back in. The file itself changes only at the end, whole, and never while it holds an
    error. What others wrote meanwhile is merged with your text; where both changed one thing, it asks you to choose.
    What you wrote is kept until it has landed, and the next elo edit goes on with it.
    """
    from elo_cli.store.edit.draft import editing

    folder = session.open_folder(data, lang)
    file = found_or_refused(folder, record_id)._replace(where=())
    try:
        with editing(folder.root, file.path, file.data) as draft:
            return _edit(folder, file, record_id, draft)
    except OSError as error:
        raise UnreadableProblem(
            N_("{path} could not be written: {reason}; the tracker is as it was"),
            path=error.filename or label(folder, file.path),
            reason=reason_of(error),
        ) from None


def _edit(folder: session.Folder, file: "RecordFile", record_id: str, draft: "Draft") -> int:
    if not draft.kept:
        _take_over(folder, file, draft)
    if draft.kept:
        session.tell(folder.language.say(N_("this goes on with the text that you kept: {path}"), path=draft.path))
    while True:
        _open(draft)
        base, new = draft.base, draft.read()
        if new == base:
            draft.drop()
            session.tell(folder.language.say(N_("nothing was changed")))
            return Exit.FINE
        file = file._replace(data=base)
        findings = new_findings(folder, file, new)
        tell_findings(folder, findings)
        errors = any(finding.level is Level.ERROR for finding in findings)
        if _again(folder, findings, errors=errors):
            continue
        if errors:
            session.tell(
                folder.language.say(
                    N_("not written, since it holds errors; your text is kept: elo edit {id} goes on with it"),
                    id=record_id,
                )
            )
            return Exit.FINDINGS
        conflict = _land(folder, file, new, draft)
        if conflict is None:
            session.line(label(folder, file.path))
            return Exit.FINE
        session.tell(folder.language.say(conflict, path=label(folder, file.path), id=record_id))
        if not (asking.is_terminal() and asking.yes(folder.language.say(N_("Go back into the editor?")))):
            return Exit.FINDINGS


def _take_over(folder: session.Folder, file: "RecordFile", draft: "Draft") -> None:
    """Go on with a text that was kept under an id that the record had before."""
    from elo_cli.store.disk.memory import memory_of
    from elo_cli.store.edit.draft import editing
    from elo_cli.store.edit.merge_text import merge_files
    from elo_cli.store.loading import read_file

    if file.kind.vocabulary:
        return
    names = [
        name for entry in read_file(file.data, file.path, file.kind).entries for name in entry.record.formerly or ()
    ]
    for path in map(file.kind.path, reversed(names)):
        if not memory_of(folder.root / path).is_dir():
            continue
        with editing(folder.root, path, file.data) as old:
            if old.kept:
                draft.begin(file.data, merge_files(old.base, old.read(), file.data, file.path).data)
                draft.kept = True
                old.drop()
                return


def _land(folder: session.Folder, file: "RecordFile", new: bytes, draft: "Draft") -> str | None:
    """Write the text, merged with what landed since it was begun; why not, where a person must choose."""
    with writing(folder) as writer:
        there = writer.read(file.path)
        if there is None:
            return _GONE
        if there != draft.base:
            from elo_cli.store.edit.merge_text import merge_files

            merged = merge_files(draft.base, new, there, file.path)
            draft.begin(there, merged.data)
            if merged.conflict is not None:
                return _CONFLICT
            if any(
                finding.level is Level.ERROR for finding in new_findings(folder, file._replace(data=there), merged.data)
            ):
                return _MERGED_WRONGLY
            new = merged.data
            session.tell(folder.language.say(N_("merged with what was written to the record meanwhile")))
        if new != there:
            writer.write({file.path: new})
        draft.drop()
    return None


_CONFLICT: Final = N_(
    "{path} was changed meanwhile at the same place; nothing was written. Both texts are kept, between markers: "
    "elo edit {id} shows them"
)
_MERGED_WRONGLY: Final = N_(
    "{path} was changed meanwhile, and with your text it would hold errors; nothing was written, and your text is "
    "kept: elo edit {id} goes on with it"
)
_GONE: Final = N_("{path} is gone; nothing was written, and your text is kept: elo edit {id} goes on with it")


def _again(folder: session.Folder, findings: "Sequence[Finding]", *, errors: bool) -> bool:
    """Whether the person wants to go back in; nobody is asked when there is nothing to mend, or nobody there."""
    grave = [finding for finding in findings if finding.level is not Level.NOTE]
    return (
        bool(grave)
        and asking.is_terminal()
        and asking.yes(folder.language.say(N_("Go back into the editor?")), default=errors)
    )


def _open(draft: "Draft") -> None:
    """Run the editor and wait for it; a draft in which nothing was written goes when it cannot be started."""
    try:
        _run_editor(draft.path)
    except UsageProblem:
        if draft.read() == draft.base:
            draft.drop()
        raise


def editor_words(named: str, *, windows: bool) -> list[str]:
    """The program that VISUAL or EDITOR names, and its options; a path of Windows has backslashes and keeps them."""
    if not windows:
        return shlex.split(named)
    return [word.strip('"') for word in shlex.split(named, posix=False)]


def _run_editor(path: "Path") -> None:
    """Run the editor; its words are split as a shell would, and no shell runs."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, _EDITORS), None)
    if not named:
        raise UsageProblem(N_("no editor was found; EDITOR=… names one"))
    words = editor_words(named, windows=os.name == "nt")
    sys.stdout.flush()
    try:
        left = subprocess.run([*words, str(path)], check=False).returncode
    except OSError as error:
        raise UsageProblem(
            N_("the editor “{editor}” could not be started: {reason}"), editor=named, reason=reason_of(error)
        ) from None
    if left:
        raise UsageProblem(N_("the editor “{editor}” left with {code}; nothing was written"), editor=named, code=left)
