"""Questions to the person at the terminal: a line, one of a list, yes or no; asked on stderr, answered on stdin."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from elo_cli.commands.shared import session
from elo_cli.model.errors import N_, EloError, UsageProblem
from elo_cli.model.period import Period
from elo_cli.render.forms.text import visible

if TYPE_CHECKING:
    from elo_cli.render.reading.reader import Reader
    from elo_cli.render.words.language import Language
    from elo_cli.store.edit.values import Typed
    from elo_cli.store.source import FileSource
    from elo_cli.store.tracker import Tracker


def is_terminal() -> bool:
    """Whether someone can be asked: both the questions and the answers have a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def require_terminal(option: str) -> None:
    """Refuse an option that is for a person at a terminal where there is none."""
    if not is_terminal():
        raise UsageProblem(N_("{option} asks questions, and nobody can be asked here"), option=option)


def say(text: str = "") -> None:
    """A line for the person who is asked."""
    sys.stdout.flush()
    sys.stderr.write(f"{visible(text, keep_lines=True)}\n")
    sys.stderr.flush()


def line(question: str, default: str = "") -> str:
    """The answer to a question, the default for an empty one; leaves the verb at the end of the input."""
    asked = f"{visible(question)} [{visible(default)}]" if default else visible(question)
    prompt = f"{asked} " if asked.endswith("?") else f"{asked}: "
    sys.stdout.flush()
    try:
        if sys.stdout.isatty():
            # input() edits the line where readline is there, and knows its prompt.
            import contextlib

            with contextlib.suppress(ImportError):
                import readline  # noqa: F401 - it acts by being there
            answer = input(prompt)
        else:
            sys.stderr.write(prompt)
            sys.stderr.flush()
            answer = input()
    except EOFError:
        sys.stderr.write("\n")
        raise typer.Abort from None
    return answer.strip() or default


def until(question: str, read: Callable[[str], object], *, default: str = "", empty: bool = True) -> object:
    """Ask until `read` accepts the answer; None for an empty one, where that is allowed."""
    while True:
        answer = line(question, default)
        if not answer:
            if empty:
                return None
            say(session.language().say(N_("An answer is needed here; Ctrl+C leaves without changing anything.")))
            continue
        try:
            return read(answer)
        except EloError as error:
            say(session.language().say_all(error.message, error.values))


def choose(
    question: str,
    words: Sequence[str],
    shown: Sequence[str],
    *,
    empty: bool = True,
    read: Callable[[str], str] = str,
) -> str | None:
    """One of these words, by its number, by itself or by what `read` makes of an answer; `shown` is what each means."""
    language = session.language()
    for number, (word, text) in enumerate(zip(words, shown, strict=True), 1):
        say(f"  {number:>2}  {word}" + (f" – {text}" if text and text != word else ""))
    while True:
        answer = line(question)
        if not answer and empty:
            return None
        if answer in words:
            return answer
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(words):
            return words[int(answer) - 1]
        if (word := read(answer)) in words:
            return word
        say(language.say(N_("Please give a number from 1 to {last}, or the word itself."), last=len(words)))


def yes(question: str, *, default: bool = True) -> bool:
    """Yes or no, in the reader's language or in English."""
    language = session.language()
    affirmative, negative = language.say(N_("y")), language.say(N_("n"))
    while True:
        answer = line(f"{question} ({affirmative}/{negative})", affirmative if default else negative).lower()
        if answer in {affirmative, "y", "yes", language.say(N_("yes"))}:
            return True
        if answer in {negative, "n", "no", language.say(N_("no"))}:
            return False


def reader_of(language: "Language", known: "FileSource | Tracker") -> "Reader":
    """What reads what people type, by the names of a tracker or of a folder's files; it asks back what is not clear."""
    from elo_cli.render.reading.reader import Reader
    from elo_cli.render.reading.records import FileRecords, TrackerRecords
    from elo_cli.store.tracker import Tracker

    return Reader(language, TrackerRecords(known) if isinstance(known, Tracker) else FileRecords(known), _which)


def _which(text: str, choices: Sequence[str]) -> str | None:
    """Which of several things a text means; None where nobody can be asked."""
    if not is_terminal():
        return None
    language = session.language()
    say(language.say(N_("“{text}” is not clear. What is meant?"), text=text))
    return choose(
        language.say(N_("A number")), choices, [_in_words(language, choice) for choice in choices], empty=False
    )


def _in_words(language: "Language", choice: str) -> str:
    """What a period is called by a reader: 2027-Q1 is a code. Empty for anything else."""
    try:
        return language.period(Period.parse(choice))
    except EloError:
        return ""


def typed_for(folder: session.Folder) -> "Typed":
    """What reads options and answers for the records of a folder."""
    from elo_cli.store.edit.values import Typed

    return Typed(folder.config.languages, reader_of(folder.language, folder.source))
