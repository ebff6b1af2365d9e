"""How a form asks: with choices that are filtered as one types, or in plain lines.

A screen reader, NO_COLOR and TERM=dumb get plain lines: nothing is drawn over, and every word stands in the output.
"""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import typer

from elo_cli.commands.forms.form import BACK, SKIP, BackError, Choice, Prompt, Question, matching
from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.usage import lacking_message
from elo_cli.model.errors import N_, EloError, nN_
from elo_cli.render.forms.text import visible, wrapped

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

_LISTED: Final = 12
"""Choices that a plain question shows by itself; more of them are shown when they are asked for."""
_ALL: Final = "?"


def prompt() -> Prompt:
    """The way to ask at this terminal."""
    if is_plain():
        return PlainPrompt()
    try:
        return FullPrompt()
    except ModuleNotFoundError as error:
        language = session.language()
        if (lacking := lacking_message(language, error)) is None:
            raise
        session.tell(language.say(N_("choices are listed in plain lines")))
        session.tell(lacking)
        return PlainPrompt()


def is_plain() -> bool:
    """Whether the terminal, or the person at it, wants lines and nothing else."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb" if os.name != "nt" else "") == "dumb"
    return bool(plain) or not (sys.stdin.isatty() and sys.stderr.isatty())


class PlainPrompt:
    """Asks in lines; choices have numbers."""

    edits = False

    def say(self, text: str) -> None:
        """Tell the person a line."""
        _say(text)

    def line(self, question: Question, default: str, text: str) -> str:
        """What the person types; BACK goes back."""
        del text
        say = session.language().say
        choices = list(question.choices)
        told = [question.text] if question.text else []
        if len(choices) > _LISTED:
            message = nN_(
                "{n} choice: type a part of a name, or ? for all", "{n} choices: type a part of a name, or ? for all"
            )
            told.append(f"({session.language().count(*message, len(choices))})")
        if told:
            self.say(" ".join((_titled(question), *told)))
        if len(choices) <= _LISTED:
            self._list(choices, choices)
        shown = next((choice.label for choice in choices if choice.value == default), default)
        while True:
            answer = asking.line(question.head, shown)
            if answer == BACK:
                raise BackError
            if not choices or answer == SKIP or (answer == shown and default):
                return default if answer == shown and default else answer
            if answer == _ALL:
                self._list(choices, choices)
            elif answer.isascii() and answer.isdigit():
                if 1 <= int(answer) <= len(choices):
                    return choices[int(answer) - 1].value
                self.say(say(N_("Please give a number from 1 to {last}, or the word itself."), last=len(choices)))
            else:
                found = matching(choices, answer) if answer else []
                if len(found) <= 1 or len(choices) <= _LISTED or _is_read(question, answer):
                    return answer
                self._list(choices, found)

    @staticmethod
    def _list(choices: list[Choice], shown: Iterable[Choice]) -> None:
        for choice in shown:
            also = f" – {choice.also}" if choice.also else ""
            _say(f"{choices.index(choice) + 1:>3}  {choice.label}{also}", hang=5)


class FullPrompt:
    """Asks with a menu of choices below the line, and help at the foot of the screen."""

    edits = True

    def __init__(self, source: "Input | None" = None, target: "Output | None" = None) -> None:
        """Ask at the terminal, on stderr; stdout holds the answer of the verb."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.output import create_output

        self._session: PromptSession[str] = PromptSession(
            input=source,
            output=target or create_output(stdout=sys.stderr),
            key_bindings=_keys(),
            complete_while_typing=True,
            reserve_space_for_menu=9,
        )
        # A terminal that does not say where its cursor stands is asked all the same, and needs no warning in English.
        self._session.app.renderer.cpr_not_supported_callback = None

    def say(self, text: str) -> None:
        """Tell the person a line."""
        _say(text)

    def line(self, question: Question, default: str, text: str) -> str:
        """What the person types or chooses; BACK and Shift+Tab go back."""
        sys.stdout.flush()
        choices = question.choices
        shown = next((choice.label for choice in choices if choice.value == default), default)

        def open_menu() -> None:
            if choices and not text:
                self._session.app.current_buffer.start_completion(select_first=False)

        try:
            answer: str = self._session.prompt(
                [("bold", f"{visible(_titled(question))} ")],
                default=visible(text),
                placeholder=[("fg:ansibrightblack", visible(shown))],
                completer=completer(choices),
                bottom_toolbar=_foot(question, self._session.output.get_size().columns),
                pre_run=open_menu,
            ).strip()
        except EOFError:
            raise typer.Abort from None
        if answer == BACK:
            raise BackError
        return answer or default


def _is_read(question: Question, answer: str) -> bool:
    """Whether an answer names one choice as it is."""
    if any(answer == choice.label for choice in question.choices):
        return True
    try:
        question.read(answer)
    except EloError:
        return False
    return True


def _titled(question: Question) -> str:
    return question.head if question.head.endswith("?") else f"{question.head}:"


def _say(text: str, hang: int = 0) -> None:
    """A line for the person, broken at spaces; stdout holds the answer of the verb."""
    from elo_cli.render.forms.screen import Screen

    sys.stdout.flush()
    Screen(session.language(), sys.stderr).line(text, hang=hang)
    sys.stderr.flush()


def _broken(text: str, width: int) -> str:
    """A text in lines of a width."""
    lines = wrapped(text, width)
    return "\n".join(lines) if lines is not None else text


def _foot(question: Question, width: int) -> str:
    say = session.language().say
    skip = say(N_("Enter: next")) if question.required or question.default else say(N_("Enter: skip"))
    keys = " · ".join((skip, say(N_("Shift+Tab: back")), say(N_("Ctrl+C: leave, all is kept"))))
    parts = [question.text, keys] if question.text else [keys]
    return "\n".join(_broken(visible(part), width) for part in parts)


def _keys() -> Any:  # noqa: ANN401 - the library's own type is imported with it
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    def back(event: Any) -> None:  # noqa: ANN401 - as above
        event.app.exit(exception=BackError())

    keys.add("s-tab", eager=True)(back)
    return keys


def completer(choices: Iterable[Choice]) -> Any:  # noqa: ANN401 - as above
    """The menu below a line."""
    from prompt_toolkit.completion import Completer, Completion
    from prompt_toolkit.document import Document

    class Filtered(Completer):
        """The choices that hold every word that is typed."""

        def get_completions(self, document: Document, complete_event: object) -> Iterable[Completion]:
            """Those for the text before the cursor."""
            del complete_event
            text = document.text_before_cursor
            for choice in matching(choices, text):
                label = visible(choice.label)
                yield Completion(label, -len(text), display=label, display_meta=visible(choice.also))

    return Filtered()
