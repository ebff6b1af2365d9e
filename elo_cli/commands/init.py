"""elo init: a new tracker for another strategy."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import Annotated, NamedTuple

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import LangOption
from elo_cli.commands.shared.origin import installed_from
from elo_cli.model.errors import N_, Exit, UnreadableProblem, UsageProblem
from elo_cli.model.languages import LANGUAGES
from elo_cli.render.words.language import Language
from elo_cli.store.source import reason_of
from elo_cli.store.tracker import CONFIG_FILE

EXAMPLES = (
    ('elo init kieliohjelma --name "Kieliohjelma" --languages fi,sv', N_("a tracker in two languages")),
    ("elo init elpyminen --rrf", N_("for a recovery and resilience plan: its instrument, days and acts are there")),
    ("elo init . --git", N_("in this folder, under git")),
    (
        'elo init uusi --no-examples --goal "Palvelut ovat saatavilla"',
        N_("with a goal of its own, and nothing to take out"),
    ),
)

NameOption = Annotated[
    str | None,
    typer.Option("--name", metavar="TEXT", help=N_("What the strategy is called. Default: the folder's name.")),
]
LanguagesOption = Annotated[
    str | None,
    typer.Option(
        "--languages",
        metavar="LANG,…",
        help=N_("The languages of the data, the first one required in every text. Default: the answer's."),
    ),
]
GoalOption = Annotated[
    list[str] | None,
    typer.Option("--goal", metavar="TEXT", help=N_("A goal of the strategy; may be given several times.")),
]
ExamplesOption = Annotated[
    bool,
    typer.Option("--examples/--no-examples", help=N_("Whether an example of each kind is written, to learn from.")),
]
RrfOption = Annotated[
    bool,
    typer.Option("--rrf", help=N_("Put the Recovery and Resilience Facility in, with its days and their sources.")),
]


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=N_("The new tracker's folder; it is made."))],
    name: NameOption = None,
    languages: LanguagesOption = None,
    goal: GoalOption = None,
    examples: ExamplesOption = True,
    rrf: RrfOption = False,
    git: Annotated[bool, typer.Option("--git", help=N_("Begin a git repository there too."))] = False,
    lang: LangOption = None,
) -> int:
    """Begin a tracker: settings, vocabularies, one example of each kind, a README, and what checks every change.

    In a terminal it asks for the name, the languages and the goals that are not given. No file that is there already is
    written over. elo rm --examples takes the examples out again, all at once.
    """
    language = session.choose_language(lang)
    _refuse_what_is_there(folder, ())
    called, codes, goals = _asked(folder, language, name, languages, goal or [])
    from elo_cli.model.config import TrackerConfig
    from elo_cli.render.schemas.schemas import schemas_beside
    from elo_cli.store.disk.output import refuse_links
    from elo_cli.store.loading import load
    from elo_cli.store.schemas import write_schemas
    from elo_cli.store.skeleton_rrf import rrf_records
    from elo_cli.store.skeleton_tracker import PRE_COMMIT_PATH, checking, files, readme

    where = _where(folder, own=git)
    config = TrackerConfig(format=1, name=dict.fromkeys(codes, called), languages=codes)
    speakers = {code: Language(code) for code in codes}

    def texts(message: str) -> dict[str, str]:
        return {code: speaker.say(message) for code, speaker in speakers.items()}

    further = rrf_records(None, codes, texts) if rrf else ()
    contents = files(called, codes, session.today(config), texts, further, goals=goals, examples=examples)
    contents["README.md"] = readme(called, language.say, where.workflow, examples=examples)
    around = checking(where.workflow, where.name, where.data, install := "@".join(filter(None, installed_from())))
    # A larger repository may have hooks of its own: they are left as they are, and the words below say what to add.
    hooks_there = where.top != folder and (where.top / PRE_COMMIT_PATH).exists()
    if hooks_there:
        del around[PRE_COMMIT_PATH]
    places = {folder / path: content for path, content in contents.items()} | {
        where.top / path: content for path, content in around.items()
    }
    _refuse_what_is_there(folder, places)
    for place in (*places, folder / "schemas" / "x"):
        refuse_links(place, folder if place.is_relative_to(folder) else where.top)
    _write(places)
    write_schemas(folder / "schemas", schemas_beside(load(session.work_tree(folder / "data"))))
    if git:
        from elo_cli.store.git.repository import create_repository

        create_repository(folder)
    _tell_begun(language, folder, places)
    _tell_what_is_left(language, where, hooks_there=hooks_there, installable=bool(install))
    return Exit.FINE


def _asked(
    folder: Path, language: Language, name: str | None, languages: str | None, goals: list[str]
) -> tuple[str, list[str], list[str]]:
    """The name, the languages and the goals: as they are given, else as the person at the terminal says."""
    from elo_cli.commands.shared import asking

    default = folder.resolve().name
    if not asking.is_terminal():
        return name or default, _codes(languages, language), goals
    say = language.say
    if name is None:
        name = asking.line(say(N_("What is the strategy called?")), default)
    if languages is None:
        proposed = ",".join(_codes(None, language))
        languages = str(
            asking.until(
                say(N_("In which languages is it kept, the first one required in every text?")),
                lambda answer: ",".join(_codes(answer, language)),
                default=proposed,
            )
        )
    codes = _codes(languages, language)
    while not goals or goals[-1]:
        goals = [
            *goals,
            asking.line(say(N_("A goal of the strategy, in “{code}”; Enter when that is all"), code=codes[0])),
        ]
    return name, codes, [goal for goal in goals if goal]


def _refuse_what_is_there(folder: Path, places: Iterable[Path]) -> None:
    # A folder with a tracker.yaml is the data folder of a tracker, and no place for another one.
    there = [str(path) for path in (folder / CONFIG_FILE, *places) if os.path.lexists(path)]
    if there:
        raise UsageProblem(
            N_("already there, and elo writes over nothing: {paths}; a new folder would be right"),
            paths=", ".join(there[:3]),
        )


def _tell_begun(language: Language, folder: Path, places: Iterable[Path]) -> None:
    for path in sorted(places):
        session.line(str(path))
    session.tell(
        language.say(N_("begun: cd {folder}, then elo status; README.md says how to go on"), folder=str(folder))
    )


class _Where(NamedTuple):
    """Where the checks of every change lie, and what they say."""

    top: Path
    """The top of the repository; the new tracker's folder, unless that lies in a larger repository."""
    data: str
    """The data folder from there."""
    workflow: str
    name: str


def _where(folder: Path, *, own: bool) -> _Where:
    """Find the top of the repository that a new tracker's folder lies in; `own` is for one that gets its own."""
    resolved = folder.resolve()
    tops = () if own else (resolved, *resolved.parents)
    top = next((top for top in tops if os.path.lexists(top / ".git")), resolved)
    if top == resolved:
        return _Where(folder, "data", ".github/workflows/elo.yml", "elo")
    # A repository may hold several trackers, and runs only the workflows at its top.
    below = resolved.relative_to(top).as_posix()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", below).strip("-")
    return _Where(top, f"{below}/data", f".github/workflows/elo-{slug}.yml", f"elo {below}")


def _tell_what_is_left(language: Language, where: _Where, *, hooks_there: bool, installable: bool) -> None:
    from elo_cli.store.skeleton_tracker import PRE_COMMIT_PATH

    if hooks_there:
        session.tell(
            language.say(
                N_(
                    "{path} is there already; two hooks for it, with always_run: true and pass_filenames: false, would "
                    "be: {check} · {form}"
                ),
                path=str(where.top / PRE_COMMIT_PATH),
                check=f"elo check --against=HEAD {quote(f'--data={where.data}')}",
                form=f"elo fmt --check {quote(f'--data={where.data}')}",
            )
        )
    if not installable:
        session.tell(
            language.say(
                N_("{path} fails until ELO_INSTALL in it says what to install elo from"),
                path=str(where.top / where.workflow),
            )
        )


def _codes(languages: str | None, language: Language) -> list[str]:
    if languages is None:
        return [language.code, *(code for code in LANGUAGES if code != language.code)]
    codes = [code.strip() for code in languages.split(",")]
    for code in codes:
        session.require_code(code)
        if codes.count(code) > 1:
            raise UsageProblem(N_("“{language}” stands there twice; each language stands there once"), language=code)
    return codes


def _write(places: dict[Path, bytes]) -> None:
    """Write all files, and take back what was written when the disk refuses one."""
    written: list[Path] = []
    try:
        for place, content in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                written.append(place)
                file.write(content)
    except OSError as error:
        for place in written:
            with suppress(OSError):
                place.unlink()
        raise UnreadableProblem(
            N_("{path} could not be written: {reason}"), path=str(error.filename or ""), reason=reason_of(error)
        ) from None
