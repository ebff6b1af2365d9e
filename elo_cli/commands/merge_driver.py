"""elo merge-driver: merges one record for git."""

from pathlib import Path
from secrets import token_hex
from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import LangOption
from elo_cli.model.errors import N_, Exit, UnreadableProblem
from elo_cli.store.disk.files import put
from elo_cli.store.source import reason_of

EXAMPLES = (
    (
        "git config merge.elo.driver 'elo merge-driver %O %A %B %P || { test $? -gt 1 && git merge-file %A %O %B; }'",
        N_("say once in a clone how records are merged, and by lines where elo cannot start"),
    ),
    ("echo 'data/**/*.yaml merge=elo' >> .gitattributes", N_("say once in the repository for which files")),
)


def run(
    base: Annotated[Path, typer.Argument(metavar="%O", help=N_("The version that both sides came from."))],
    ours: Annotated[
        Path, typer.Argument(metavar="%A", help=N_("This side's version; the merged one is written here."))
    ],
    theirs: Annotated[Path, typer.Argument(metavar="%B", help=N_("The other side's version."))],
    path: Annotated[str | None, typer.Argument(metavar="[%P]", help=N_("The file's path in the repository."))] = None,
    lang: LangOption = None,
) -> int:
    """Merge a record of two branches by what it says: updates of both in the order of their days, other fields apart.

    What both sides changed differently is left between git's markers, with exit code 1; so is whatever cannot be merged
    without losing a comment. Git calls this; hosting sites do not.
    """
    from elo_cli.store.edit.merge_text import merge_files

    language = session.choose_language(lang)
    versions = [_read(file) for file in (base, ours, theirs)]
    merged = merge_files(versions[0], versions[1], versions[2], path or ours.name)
    _write(ours, merged.data)
    if merged.conflict is None:
        return Exit.FINE
    if merged.conflict:
        session.tell(
            language.say(
                N_("{path}: both sides changed “{field}”; choose between the markers"),
                path=path or ours.name,
                field=merged.conflict,
            )
        )
    return Exit.FINDINGS


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableProblem(
            N_("{path} cannot be read: {reason}"), path=str(file), reason=reason_of(error)
        ) from None


def _write(file: Path, data: bytes) -> None:
    """Put the merged version in the place of ours whole, or leave ours as it is."""
    try:
        put(file, data, file.with_name(f"{file.name}.elo-{token_hex(16)}"))
    except OSError as error:
        raise UnreadableProblem(
            N_("{path} could not be written: {reason}"), path=str(file), reason=reason_of(error)
        ) from None
