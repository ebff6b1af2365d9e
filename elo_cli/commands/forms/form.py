"""A form: questions that are asked once each, back as far as one likes, with every answer kept as it was typed.

What fills a form is a plain function of its answers. To go back, the last answer is taken away and the function runs
again: it finds the others answered and stops at the first that is not. Answers of an earlier run come in the same way,
so each is read and judged again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

from elo_cli.commands.shared import session
from elo_cli.model.characters import folded
from elo_cli.model.errors import N_, EloError, UsageProblem

T = TypeVar("T")
BACK: Final = "<"
"""What is typed to go back to the question before."""
SKIP: Final = "-"
"""What is typed for no answer where an earlier one is offered."""
_FEW: Final = 6


class BackError(Exception):
    """The person wants to go back to the question before."""


class _AgainError(Exception):
    """The form begins again, with one answer less."""


class Choice(NamedTuple):
    """One of the answers that a question offers."""

    value: str
    """What is read when it is chosen."""
    label: str
    """What it is called."""
    also: str = ""
    """What else is shown of it, and found by."""


class Question(NamedTuple):
    """One question."""

    path: str
    """What tells it from all others of the form, and stays from run to run."""
    head: str
    read: Callable[[str], object]
    """Makes a value of an answer; EloError where it is none."""
    text: str = ""
    """What is asked for, in a sentence."""
    choices: Sequence[Choice] = ()
    required: bool = False
    default: str = ""
    kept: bool = True
    """Whether the answer is remembered; else the question is asked each time."""


class Prompt(Protocol):
    """How a person is asked."""

    edits: bool
    """Whether an answer that was refused can be mended, and need not be typed again."""

    def say(self, text: str) -> None:
        """Tell the person a line."""

    def line(self, question: Question, default: str, text: str) -> str:
        """What the person types, the default for nothing; `text` stands in the line already, to be mended.

        Raises BackError, and typer.Abort at the end.
        """


class Form:
    """The answers of one person."""

    def __init__(self, prompt: Prompt, answers: Mapping[str, str], keep: Callable[[Mapping[str, str]], None]) -> None:
        """Ask by this prompt what is not among the answers; `keep` gets all of them after each."""
        self.answers = dict(answers)
        self.prompt = prompt
        self._keep = keep
        self._earlier: dict[str, str] = {}
        """Answers that were taken back, and are offered again."""
        self._asked: list[str] = []
        self._notes: list[str] = []

    def fill(self, ask: Callable[["Form"], T]) -> T:
        """What a function makes of the answers, after all of its questions are answered."""
        while True:
            self._asked, self._notes = [], []
            try:
                return ask(self)
            except _AgainError:
                continue

    def note(self, text: str) -> None:
        """Tell something before the next question that is not answered yet."""
        self._notes.append(text)

    def ask(self, question: Question) -> object:
        """The value of the answer to a question; None where it is left open."""
        if question.path in self.answers:
            try:
                value = self._value(question, self.answers[question.path])
            except EloError as error:
                # Since it was typed, the tracker or the question has changed.
                self._earlier[question.path] = self.answers.pop(question.path)
                self.note(_said(error))
            else:
                self._asked.append(question.path)
                self._notes = []
                return value
        for note in self._notes:
            self.prompt.say(note)
        self._notes = []
        typed, value = self._live(question)
        if question.kept:
            self.answers[question.path] = typed
            self._asked.append(question.path)
            self._keep(self.answers)
        return value

    def back(self) -> None:
        """Take the last answer away and begin again; where there is none, nothing happens."""
        if not self._asked:
            return
        last = self._asked[-1]
        self._earlier[last] = self.answers.pop(last)
        # What was answered behind it in a run before this one is offered again, and not taken for granted.
        for path in [path for path in self.answers if path not in self._asked]:
            self._earlier[path] = self.answers.pop(path)
        self._keep(self.answers)
        raise _AgainError

    def _live(self, question: Question) -> tuple[str, object]:
        default, text = self._earlier.get(question.path) or question.default, ""
        if self.prompt.edits and not question.choices and default != question.default:
            default, text = question.default, default
        while True:
            try:
                text = self.prompt.line(question, default, text).strip()
            except BackError:
                self.back()
                self.prompt.say(session.language().say(N_("This is the first question.")))
                continue
            try:
                typed = self._typed(question, "" if text == SKIP else text)
                value = self._value(question, typed)
            except EloError as error:
                self.prompt.say(_said(error))
            else:
                self._echo(question, text, value)
                return typed, value

    def _echo(self, question: Question, text: str, value: object) -> None:
        """Tell which choice was understood, where it was named in other words."""
        meant = value if not isinstance(value, list) or len(value) != 1 else value[0]
        for choice in question.choices:
            if choice.value == meant and folded(text) not in {folded(choice.label), choice.value}:
                self.prompt.say(f"→ {choice.label}")

    @staticmethod
    def _value(question: Question, typed: str) -> object:
        if typed:
            return question.read(typed)
        if question.required:
            raise UsageProblem(N_("An answer is needed here; Ctrl+C leaves, and what was typed is kept."))
        return None

    @staticmethod
    def _typed(question: Question, text: str) -> str:
        """The value of the choice that a text names, whole or in part, else the text itself."""
        plain = folded(text)
        for choice in question.choices:
            if text == choice.value or plain == folded(choice.label):
                return choice.value
        if not text or not question.choices:
            return text
        try:
            question.read(text)
        except EloError:
            found = matching(question.choices, text)
            if len(found) > 1:
                shown = ", ".join(choice.label for choice in found[:_FEW]) + (" …" if len(found) > _FEW else "")
                raise UsageProblem(N_("“{text}” may be {choices}"), text=text, choices=shown) from None
            if not found:
                raise
            return found[0].value
        return text


def matching(choices: Iterable[Choice], text: str) -> list[Choice]:
    """The choices that hold every word of a text, however it is spelt; first those in which words begin so."""
    wanted = folded(text).split()
    held: list[tuple[bool, Choice]] = []
    for choice in choices:
        words = folded(f"{choice.label} {choice.value} {choice.also}")
        if all(word in words for word in wanted):
            held.append((not all(f" {word}" in f" {words}" for word in wanted), choice))
    return [choice for _, choice in sorted(held, key=lambda one: one[0])]


def _said(error: EloError) -> str:
    return session.language().say_all(error.message, error.values)
