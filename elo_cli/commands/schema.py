"""elo schema: the JSON Schemas of a tracker's files and of the answers of the reading verbs."""

from pathlib import Path
from typing import Annotated

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import DataOption, LangOption
from elo_cli.model.errors import N_, UsageProblem

EXAMPLES = (
    ("elo schema", N_("the names of all schemas")),
    ("elo schema milestone", N_("what a milestone's file may hold")),
    ("elo schema output/status", N_("what elo status --format json gives")),
    ("elo schema --write", N_("write schemas/ beside the data folder anew")),
)


def run(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help=N_("A kind, a vocabulary, tracker, or output/ and a verb.")),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help=N_("Write every schema to schemas/ beside the data folder."))
    ] = False,
    data: DataOption = None,
    lang: LangOption = None,
) -> int:
    """Print a JSON Schema (2020-12): of a file of the data, or of an answer in JSON. Without a name, list them.

    Editors read the schemas that --write leaves beside the data: each data file names its own in its first line.
    """
    from elo_cli.render.schemas.schemas import all_schemas
    from elo_cli.store.schemas import schema_text, write_schemas

    language = session.open_language(data, lang)
    schemas = all_schemas()
    if write:
        if name is not None:
            raise UsageProblem(N_("--write writes every schema; right would be no name"))
        folder = _folder(data)
        changed = write_schemas(folder, schemas)
        for path in changed:
            session.tell(language.say(N_("written: {path}"), path=path))
        if not changed:
            session.tell(language.say(N_("{folder} is up to date"), folder=folder))
    elif name is None:
        session.write("\n".join(schemas))
    else:
        from elo_cli.commands.shared.lookup import schema_called

        session.write(schema_text(schema_called(name, schemas)))
    return 0


def _folder(data: Path | None) -> Path:
    """Where the first line of each data file looks for its schema."""
    from elo_cli.store.source import find_data

    folder = find_data(data).parent / "schemas"
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder
