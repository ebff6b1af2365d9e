"""What every verb does before and after its own work: find the tracker, fix day and language, leave rightly."""

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from elo_cli.model.errors import N_, Exit, UnreadableProblem, UsageProblem, nN_
from elo_cli.model.languages import LANGUAGES, SOURCE
from elo_cli.render.forms.text import ASCII_HANDLER, utf8, visible
from elo_cli.render.words.language import Language

# `elo --help` and every error message come through here: what reads records is imported by the functions that read.
if TYPE_CHECKING:
    from elo_cli.model.config import TrackerConfig
    from elo_cli.model.finding import Phrase
    from elo_cli.render.forms.json import Answer
    from elo_cli.render.forms.screen import Screen
    from elo_cli.store.source import FileSource, WorkTree
    from elo_cli.store.tracker import Tracker

# What an error message needs to know when the verb has gone: `main` runs each call in a context of its own, so that
# nothing is left for the next one.
_language: Final[ContextVar[Language]] = ContextVar("language")
_written: Final[ContextVar[bool]] = ContextVar("written", default=False)


@dataclass(frozen=True)
class Session:
    """One call of a verb: the tracker, the day asked about, the reader's language."""

    tracker: "Tracker"
    as_of: date
    language: Language

    @cached_property
    def screen(self) -> "Screen":
        """The terminal, pipe or file that the answer goes to."""
        from elo_cli.render.forms.screen import Screen

        return Screen(self.language)

    def json(self, verb: str, answer: "Answer") -> str:
        """The answer of a verb as JSON."""
        from elo_cli.render.forms.json import document

        return document(verb, self.tracker, self.as_of, answer)

    def leave(self, code: Exit = Exit.FINE) -> int:
        """The exit code of the verb; what could not be read is told on stderr and makes 0 into 1."""
        incomplete = self.tracker.incomplete
        if not incomplete:
            return code
        message = self.language.count(
            *nN_(
                "the answer is incomplete: {n} file could not be read whole ({paths}); elo check says why",
                "the answer is incomplete: {n} files could not be read whole ({paths}); elo check says why",
            ),
            len(incomplete),
            # A name with a line break must not begin a line: CI reads lines as commands.
            paths=", ".join(visible(path) for path in incomplete[:3]) + (" …" if len(incomplete) > 3 else ""),  # noqa: PLR2004 - enough to begin
        )
        tell(message)
        return max(code, Exit.FINDINGS)


def open_session(
    data: Path | None, lang: str | None, as_of: str | None, rev: str | None, *, need_config: bool = True
) -> Session:
    """Read the tracker that the options name; raises EloError when it cannot.

    With `need_config` a tracker.yaml that cannot be read is an error; `check` does without, since it reports it.
    """
    from elo_cli.store.loading import load

    _remember(lang, None)
    tracker = load(open_source(data, rev))
    if need_config and not tracker.config_read:
        raise _unreadable(tracker)
    language = _remember(lang, tracker.config)
    return Session(tracker, parse_day(as_of) if as_of is not None else today(tracker.config), language)


def _unreadable(tracker: "Tracker") -> UnreadableProblem:
    from elo_cli.store.loading import unreadable_config
    from elo_cli.store.tracker import CONFIG_FILE

    try:
        data = tracker.source.read(CONFIG_FILE)
    except OSError:
        data = None
    return unreadable_config(data, tracker.shown(CONFIG_FILE))


def open_language(data: Path | None, lang: str | None) -> Language:
    """The reader's language for a verb that is not about a tracker: the tracker's first, where there is one."""
    from elo_cli.model.errors import EloError
    from elo_cli.store.loading import read_config

    chosen = _remember(lang, None)
    if lang is not None or os.environ.get("ELO_LANG"):
        return chosen
    try:
        config = read_config(open_source(data, None), [])
    except EloError:
        # What the verb says is as true without a tracker; unless one was asked for by name.
        if data is not None:
            raise
        config = None
    return _remember(None, config)


def choose_language(lang: str | None, config: "TrackerConfig | None" = None) -> Language:
    """The reader's language, for a verb that reads its tracker in a way of its own; kept for the messages to come."""
    return _remember(lang, config)


class Folder(NamedTuple):
    """A data folder of which only tracker.yaml has been read, for verbs that need one record and not all."""

    root: Path
    source: "FileSource"
    config: "TrackerConfig"
    as_of: date
    language: Language


def open_folder(data: Path | None, lang: str | None) -> Folder:
    """The data folder that the options name, with its settings; raises EloError when tracker.yaml cannot be read."""
    from elo_cli.store.loading import load
    from elo_cli.store.lookup import PartialSource
    from elo_cli.store.source import find_data
    from elo_cli.store.tracker import CONFIG_FILE

    _remember(lang, None)
    root = find_data(data)
    source = work_tree(root)
    tracker = load(PartialSource(source, [CONFIG_FILE] if (root / CONFIG_FILE).exists() else [], {}))
    if not tracker.config_read:
        raise _unreadable(tracker)
    language = _remember(lang, tracker.config)
    return Folder(root, source, tracker.config, today(tracker.config), language)


def open_source(data: Path | None, rev: str | None) -> "FileSource":
    """The data folder on the disk, or at a git revision."""
    from elo_cli.store.source import find_data

    if rev is None:
        return work_tree(find_data(data))
    from elo_cli.store.git.source import at_revision

    return at_revision(recorded_folder(data), rev)


def work_tree(root: Path) -> "WorkTree":
    """The data folder on the disk; when a writer died in the middle of a change, that is told."""
    from elo_cli.store.disk.plan import unfinished
    from elo_cli.store.source import WorkTree

    paths = unfinished(root)
    if paths:
        tell(
            language().say(
                N_("a change was cut off, and {paths} is old still; the next verb that writes finishes it"),
                paths=", ".join(paths[:3]) + (" …" if len(paths) > 3 else ""),  # noqa: PLR2004 - enough to begin
            )
        )
    return WorkTree(root, paths)


def recorded_folder(data: Path | None) -> Path:
    """Where to ask git for the tracker: the data folder, or a folder of a repository that has none on the disk now."""
    from elo_cli.store.source import find_data

    try:
        return find_data(data)
    except UnreadableProblem:
        # A bare clone has no files, and a branch may lack the data that another one holds.
        from elo_cli.store.git.repository import is_repository

        folder = data or Path.cwd()
        if not is_repository(folder):
            raise
        return folder


def hear_language(words: Sequence[str]) -> None:
    """Speak the language that --lang names from the start: a help or a wrong option is told before a verb reads it."""
    for word, following in zip(words, [*words[1:], ""], strict=False):
        name, _, value = word.partition("=")
        code = value or following
        if name == "--lang" and code in LANGUAGES:
            _language.set(Language(code))


def language() -> Language:
    """The reader's language as far as it is known: the verb's, else ELO_LANG, else the system's, else English."""
    if (chosen := _language.get(None)) is not None:
        return chosen
    for name in ("ELO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        # `fi`, `fi_FI.UTF-8`, `fi-FI`
        code = re.split(r"[-_.@]", os.environ.get(name, ""))[0]
        if code in LANGUAGES:
            return Language(code)
    return Language(SOURCE)


def _remember(lang: str | None, config: "TrackerConfig | None") -> Language:
    """Choose the language and keep it for the messages that come later, errors among them."""
    if lang is not None:
        require_code(lang)
    if config is not None:
        known = {*LANGUAGES, *config.languages}
        if lang is not None and lang not in known:
            raise UsageProblem(
                N_("neither elo nor this tracker speaks “{lang}”; right would be one of {known}"),
                lang=lang,
                known=", ".join(sorted(known)),
            )
        chosen = Language(lang or config.first_language, tuple(config.languages))
    elif lang is not None:
        chosen = Language(lang)
    else:
        return language()
    _language.set(chosen)
    return chosen


def require_code(code: str) -> None:
    """Refuse what is not the code of any language; a tracker may be kept in one that elo does not speak."""
    if re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", code) is None:
        raise UsageProblem(
            N_("“{lang}” is not a language; right would be one of {known}"), lang=code, known=", ".join(LANGUAGES)
        )


def today(config: "TrackerConfig") -> date:
    """The day in the tracker's time zone; the environment's ELO_TODAY stands in for it in tests."""
    given = os.environ.get("ELO_TODAY")
    return parse_day(given) if given else datetime.now(config.zone).date()


def parse_day(text: str) -> date:
    """A day from an option: 2021-12-31; UsageProblem when it is none."""
    from elo_cli.model import period

    try:
        return period.parse_day(text)
    except period.NoSuchPeriodError as error:
        if "year" in error.values:
            raise UsageProblem(error.message, **error.values) from None
    if (day := written_day(text)) is not None:
        return day
    raise UsageProblem(N_("“{text}” is not a day; right would be a form such as 2021-12-31"), text=text)


def written_day(text: str) -> date | None:
    """A day as people write it in any of elo's languages, such as 31.12.2021; None when the text is none.

    UsageProblem for a day of which nobody can tell whether the month comes first.
    """
    from elo_cli.model import period
    from elo_cli.model.shape import Shape
    from elo_cli.render.reading.reader import Reader, every_language

    with suppress(period.NoSuchPeriodError):
        return period.parse_day(Reader(every_language()).value(Shape("day"), text))
    return None


def prepare_streams() -> None:
    """Give each stream that was closed a file, and let a terminal get what it can show."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=ASCII_HANDLER)


def _open_closed() -> None:
    """Open what `<&-`, `>&-` or `2>&-` closed: nothing to read, an answer that cannot be written, words to nobody.

    A closed stream is None to Python, and its number would go to the next file that is opened, a record perhaps.
    """
    for number, name, flags in ((0, "stdin", os.O_RDONLY), (1, "stdout", os.O_RDONLY), (2, "stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115 - a stream for as long as the process


def note_written() -> None:
    """Remember that this run has changed the tracker, for what is said when the answer cannot be shown."""
    _written.set(True)


def has_written() -> bool:
    """Whether this run has changed the tracker."""
    return _written.get()


def tell(message: str) -> None:
    """A word to the person at the terminal, on stderr; stdout holds the answer and nothing else.

    Nobody there to hear it is no failure: the exit code says as much.
    """
    sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.write(f"elo: {visible(message, keep_lines=True)}\n")
        sys.stderr.flush()


def tell_note(note: "Phrase") -> None:
    """Tell what a lower room has noticed."""
    tell(language().say_all(note.message, note.values))


def tell_shallow(language: Language, begins: date) -> None:
    """Say that the history at hand is cut off, and how to have all of it."""
    tell(
        language.say(
            N_("this clone is shallow, and the history begins on {day}; to have all of it, run: {command}"),
            day=begins,
            command="git fetch --unshallow",
        )
    )


def write(text: str) -> None:
    """The answer itself in a form for programs, on stdout: UTF-8 whatever the terminal shows, with a line end."""
    utf8(sys.stdout).write(text if text.endswith("\n") else text + "\n")


def write_bytes(content: bytes) -> None:
    """The answer itself as bytes, on stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def line(text: str) -> None:
    """A line of the answer that holds a name of a file: one line, in which nothing acts."""
    write(visible(text))
