"""elo init: a new tracker for another strategy."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from elo_cli.commands import session
from elo_cli.commands.options import LangOption
from elo_cli.model.errors import N_, Exit, UnreadableProblem, UsageProblem
from elo_cli.render.language import LANGUAGES, Language
from elo_cli.store.source import reason_of
from elo_cli.store.tracker import CONFIG_FILE

EXAMPLES = (
    ('elo init kieliohjelma --name "Kieliohjelma" --languages fi,sv', N_("a tracker in two languages")),
    ("elo init . --git", N_("in this folder, under git")),
)


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=N_("The new tracker's folder; it is made."))],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="TEXT", help=N_("What the strategy is called. Default: the folder's name.")),
    ] = None,
    languages: Annotated[
        str | None,
        typer.Option(
            "--languages",
            metavar="LANG,…",
            help=N_("The languages of the data, the first one required in every text. Default: the answer's."),
        ),
    ] = None,
    git: Annotated[bool, typer.Option("--git", help=N_("Begin a git repository there too."))] = False,
    lang: LangOption = None,
) -> int:
    """Begin a tracker: settings, vocabularies, one example of each kind, a README, and what checks every change.

    No file that is there already is written over.
    """
    language = session.choose_language(lang)
    codes = _codes(languages, language)
    called = name or folder.resolve().name
    from elo_cli.model.config import TrackerConfig
    from elo_cli.render.answer_schemas import all_schemas
    from elo_cli.store.schemas import write_schemas
    from elo_cli.store.skeleton_tracker import files

    config = TrackerConfig(format=1, name=dict.fromkeys(codes, called), languages=codes)
    speakers = {code: Language(code) for code in codes}
    found = files(
        called,
        codes,
        session.today(config),
        lambda message: {code: speaker.say(message) for code, speaker in speakers.items()},
        language.say,
    )
    # A folder with a tracker.yaml is the data folder of a tracker, and no place for another one.
    there = [path for path in (CONFIG_FILE, *found) if (folder / path).exists()]
    if there:
        raise UsageProblem(
            N_("“{folder}” holds {paths} already, and elo writes over nothing; a new folder would be right"),
            folder=str(folder),
            paths=", ".join(there[:3]),
        )
    _write(folder, found)
    write_schemas(folder / "schemas", all_schemas())
    if git:
        from elo_cli.store.git import create_repository

        create_repository(folder)
    for path in sorted(found):
        session.line(str(folder / path))
    session.tell(
        language.say(N_("begun: cd {folder}, then elo status; README.md says how to go on"), folder=str(folder))
    )
    return Exit.FINE


def _codes(languages: str | None, language: Language) -> list[str]:
    if languages is None:
        return [language.code, *(code for code in LANGUAGES if code != language.code)]
    codes = [code.strip() for code in languages.split(",")]
    for code in codes:
        if re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", code) is None or codes.count(code) > 1:
            raise UsageProblem(N_("“{lang}” is not a language; right would be fi, sv or en"), lang=code)
    return codes


def _write(folder: Path, found: dict[str, bytes]) -> None:
    """Write all files, and take back what was written when the disk refuses one."""
    written: list[Path] = []
    try:
        for path, content in found.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                written.append(place)
                file.write(content)
    except OSError as error:
        for place in written:
            with suppress(OSError):
                place.unlink()
        raise UnreadableProblem(
            N_("{path} could not be written: {reason}"), path=str(error.filename or folder), reason=reason_of(error)
        ) from None
