"""The one family of errors that a user can mend, and what a mistyped name may have meant."""

from collections.abc import Iterable
from enum import IntEnum
from typing import ClassVar, Final

_LONGEST: Final = 100
"""Characters of an id; to compare a longer name with many takes long, and it is near to none."""


class Exit(IntEnum):
    """The exit codes of the command line, a contract that other programs rely on."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    FAULT = 4
    INTERRUPTED = 130


class EloError(Exception):
    """Something that the user can mend; `message` is a gettext msgid with `{named}` places for `args`.

    The message is kept apart from its values so that the command line can say it in the reader's language.
    """

    exit_code: ClassVar[Exit] = Exit.UNREADABLE

    def __init__(self, message: str, **args: object) -> None:
        """Keep the English message and its values; str() gives the English sentence."""
        super().__init__(message)
        self.message = message
        self.values: dict[str, object] = args

    def __str__(self) -> str:
        """The message in English with its values filled in."""
        return self.message.format(**self.values) if self.values else self.message


class UsageProblem(EloError):
    """The command was called wrongly, or an id that it names is not known: exit 2."""

    exit_code = Exit.USAGE


class UnreadableProblem(EloError):
    """The tracker, git or the disk could not be read or written: exit 3."""

    exit_code = Exit.UNREADABLE


class InvalidValueError(ValueError):
    """A text is not a value of its type; `message` (a msgid) says what would be right.

    A ValueError, so that pydantic reports it at the field's place.
    """

    def __init__(self, message: str, **args: object) -> None:
        """Keep the English message and its values apart, for translation."""
        super().__init__(message.format(**args))
        self.message = message
        self.values: dict[str, object] = args


def N_(message: str) -> str:
    """Mark a message for the catalogues without translating it here."""
    return message


def nN_(singular: str, plural: str) -> tuple[str, str]:
    """Mark a message with a singular and a plural for the catalogues without translating it here."""
    return singular, plural


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; None when none is near enough."""
    return next(iter(all_near(given, known, 1)), None)


def all_near(given: str, known: Iterable[str], most: int) -> list[str]:
    """The known names that are near enough to be meant, at most so many, the nearest first."""
    if len(given) > _LONGEST:
        return []
    # Nearly every run does without.
    from difflib import get_close_matches

    return get_close_matches(given, list(known), n=most)
