"""elo fmt: the canonical form of files."""

from contextlib import nullcontext
from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.commands.shared.saving import found_or_refused, label, show, writing
from elo_cli.model.errors import N_, EloError, Exit, nN_
from elo_cli.model.kinds import FOLDERS, kind_at
from elo_cli.store.edit.record import file_shape
from elo_cli.store.lookup import read
from elo_cli.store.tracker import CONFIG_FILE

EXAMPLES = (
    ("elo fmt", N_("put every file into its canonical form")),
    ("elo fmt --check", N_("exit code 1 when a file is not, for CI")),
    ("elo fmt dsp-pilots --diff", N_("show what would change in one record, and write nothing")),
)


def run(
    record_ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help=N_("Only the files of these records; all without any.")),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help=N_("Write nothing; name the files that would change, and leave with 1."))
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help=N_("Write nothing; show the changes."))] = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Put files into their canonical form: the kind's order of keys, one layout, quotes only where they are needed.

    Comments stay with what they belong to. A file is written only after both readers have found the same values in it.
    """
    folder = session.open_folder(data, lang)
    # The lock is held from the reading on: who writes beside it waits, and is not refused.
    with nullcontext() if check or diff else writing(folder) as writer:
        paths = [found_or_refused(folder, record_id).path for record_id in record_ids or ()] or _all(folder)
        changes, refused = _changes(folder, paths)
        if writer is not None and changes:
            for path, (old, _) in changes.items():
                writer.expect(path, old)
            writer.write({path: new for path, (_, new) in changes.items()})
    if diff:
        show(folder, dict(changes))
    else:
        for path in changes:
            session.line(label(folder, path))
    _tell(folder, len(dict.fromkeys(paths)) - refused, len(changes), written=not (check or diff))
    return Exit.FINDINGS if refused or (check and changes) else Exit.FINE


def _changes(folder: session.Folder, paths: list[str]) -> tuple[dict[str, tuple[bytes, bytes]], int]:
    """The files that are not canonical, as they are and as they would be, and how many could not be judged."""
    refused = 0
    changes: dict[str, tuple[bytes, bytes]] = {}
    for path in dict.fromkeys(paths):
        try:
            old = read(folder.source, path) or b""
            new = _canonical(old, path)
        except EloError as error:
            refused += 1
            session.tell(folder.language.say_all(error.message, error.values))
            continue
        if new != old:
            changes[path] = (old, new)
    return changes, refused


def _all(folder: session.Folder) -> list[str]:
    listed = [item for name in FOLDERS for item in folder.source.listing(name)]
    return [CONFIG_FILE, *(item.path for item in listed if item.is_yaml)]


def _canonical(data: bytes, path: str) -> bytes:
    from elo_cli.store.edit.canonical import canonical

    return canonical(data, path, file_shape(kind_at(path)))


def _tell(folder: session.Folder, files: int, changed: int, *, written: bool) -> None:
    if not changed:
        text = folder.language.count(*nN_("{n} file is in canonical form", "{n} files are in canonical form"), files)
    elif written:
        text = folder.language.count(*nN_("{n} file was rewritten", "{n} files were rewritten"), changed)
    else:
        text = folder.language.count(*nN_("{n} file would be rewritten", "{n} files would be rewritten"), changed)
    session.tell(text)
