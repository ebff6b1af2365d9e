"""elo schema: the JSON Schemas of a tracker's files and of the answers of the reading verbs."""

from pathlib import Path
from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.model.errors import N_, Exit, UsageProblem

EXAMPLES = (
    ("elo schema", N_("the names of all schemas")),
    ("elo schema milestone", N_("what a milestone's file may hold")),
    ("elo schema output/status", N_("what elo status --format json gives")),
    ("elo schema --write", N_("write schemas/ beside the data folder anew, with the ids that an editor offers")),
    ("elo schema --check", N_("whether schemas/ says what the data says; the exit code is 1 where it does not")),
)


def run(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help=N_("A kind, a vocabulary, tracker, or output/ and a verb.")),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help=N_("Write every schema to schemas/ beside the data folder."))
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help=N_("Name the files in schemas/ that --write would change."))
    ] = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Print a JSON Schema (2020-12): of a file of the data, or of an answer in JSON. Without a name, list them.

    Editors read the schemas that --write leaves beside the data: each data file names its own in its first line. They
    offer the tracker's languages, and its ids wherever one is asked for, from schemas/ids.schema.json.
    """
    from elo_cli.render.schemas.schemas import all_schemas
    from elo_cli.store.schemas import schema_text

    if write or check:
        if name is not None:
            raise UsageProblem(N_("--write and --check are about every schema; right would be no name"))
        return _beside(data, lang, write=write)
    session.open_language(data, lang)
    schemas = all_schemas()
    if name is None:
        session.write("\n".join(schemas))
    else:
        from elo_cli.commands.shared.lookup import schema_called

        session.write(schema_text(schema_called(name, schemas)))
    return 0


def _beside(data: Path | None, lang: str | None, *, write: bool) -> int:
    """Write the schemas beside the data folder, or name those that would change."""
    from elo_cli.render.schemas.schemas import schemas_beside
    from elo_cli.store.disk.output import refuse_links
    from elo_cli.store.schemas import outdated, write_schemas
    from elo_cli.store.source import find_data

    call = session.open_session(data, lang, None, None)
    folder, schemas = _folder(data), schemas_beside(call.tracker)
    if not write:
        changed = list(outdated(folder, schemas))
        session.write("\n".join(map(str, changed)))
        return call.leave(Exit.FINDINGS if changed else Exit.FINE)
    # Whoever names the data trusts the way to it; what stands beside it may have come with a pull request.
    refuse_links(folder / "x", find_data(data).parent)
    written = write_schemas(folder, schemas)
    for path in written:
        session.tell(call.language.say(N_("written: {path}"), path=path))
    if not written:
        session.tell(call.language.say(N_("{folder} is up to date"), folder=folder))
    return call.leave()


def _folder(data: Path | None) -> Path:
    """Where the first line of each data file looks for its schema."""
    from elo_cli.store.schemas import FOLDER
    from elo_cli.store.source import find_data

    folder = find_data(data).parent / FOLDER
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder
