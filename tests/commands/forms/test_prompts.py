"""How a form asks: in plain lines with numbers, and with a menu that is filtered as one types."""

import sys

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from elo_cli.commands.forms.form import BackError, Choice, Question
from elo_cli.commands.forms.prompts import FullPrompt, PlainPrompt, completer, is_plain, prompt
from elo_cli.commands.shared import asking
from elo_cli.model.errors import N_, UsageProblem

MANY = tuple(Choice(f"body-{number}", f"Body number {number}") for number in range(30))


def body(text: str) -> str:
    """Read the id of a body, and nothing else."""
    if not text.startswith("body-"):
        raise UsageProblem(N_("“{text}” is none of the choices"), text=text)
    return text


def plainly(monkeypatch: pytest.MonkeyPatch, question: Question, *answers: str, default: str = "") -> str:
    """Answer a plain question."""
    typed = iter(answers)
    monkeypatch.setattr(asking, "line", lambda _question, shown="": next(typed) or shown)
    return PlainPrompt().line(question, default, "")


def test_plain_lines_number_the_choices(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Few choices are listed with their numbers, and a number chooses; one that is too high is asked again."""
    question = Question("q", "Who", str, choices=MANY[:3])
    assert plainly(monkeypatch, question, "9", "2") == "body-1"
    told = capsys.readouterr().err
    assert "  2  Body number 1" in told
    assert "from 1 to 3" in told


def test_plain_lines_show_all_of_many_choices(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of many choices a question mark lists all, and a part of a name those that hold it."""
    question = Question("q", "Who", body, choices=MANY)
    assert plainly(monkeypatch, question, "?", "number 2", "23") == "body-22"
    told = capsys.readouterr().err
    assert "Body number 29" in told
    assert told.count("Body number 21") == 2
    assert told.count("Body number 11") == 1


def test_plain_lines_go_back_and_keep_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign goes back, and Enter keeps what is offered, which is shown by its label."""
    question = Question("q", "Who", str, choices=MANY[:3])
    with pytest.raises(BackError):
        plainly(monkeypatch, question, "<")
    assert plainly(monkeypatch, question, "", default="body-2") == "body-2"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_who_wants_plain_lines_gets_them(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """NO_COLOR, TERM=dumb and anything that is no terminal get lines; else there is a menu."""
    assert is_plain()
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert not is_plain()
    monkeypatch.setenv(name, value)
    assert is_plain()


@pytest.mark.parametrize(
    ("keys", "default", "answer"),
    [
        ("20.6.2023\r", "24.11.2026", "20.6.2023"),
        ("\r", "24.11.2026", "24.11.2026"),
        ("  number 7 \r", "", "number 7"),
    ],
)
def test_the_menu_takes_keys(keys: str, default: str, answer: str) -> None:
    """What is typed is the answer, and nothing is the default."""
    with create_pipe_input() as keyboard:
        keyboard.send_text(keys)
        question = Question("q", "Who", str, "Which body", choices=MANY if "number" in keys else ())
        assert FullPrompt(keyboard, DummyOutput()).line(question, default, "") == answer


def test_the_menu_holds_what_fits() -> None:
    """All choices stand in the menu, and of those that are typed at only the ones that hold every word."""
    menu = completer(MANY)
    assert len(list(menu.get_completions(Document(""), CompleteEvent()))) == len(MANY)
    fitting = [completion.text for completion in menu.get_completions(Document("2 numb"), CompleteEvent())]
    assert sorted(fitting) == sorted(choice.label for choice in MANY if "2" in choice.label)
    assert fitting[0] == "Body number 2"
    assert fitting[-1] == "Body number 12"


def test_the_menu_goes_back_by_a_key() -> None:
    """Shift+Tab goes back, whatever has been typed."""
    with create_pipe_input() as keyboard:
        keyboard.send_text("half an ans\x1b[Z")
        with pytest.raises(BackError):
            FullPrompt(keyboard, DummyOutput()).line(Question("q", "Who", str), "", "")


def test_without_the_library_the_form_is_plain(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the extra is not installed the form asks in lines, and says what brings the menus."""
    monkeypatch.setattr("elo_cli.commands.forms.prompts.is_plain", lambda: False)
    monkeypatch.setitem(sys.modules, "prompt_toolkit", None)
    assert isinstance(prompt(), PlainPrompt)
    assert "prompt-toolkit>=" in capsys.readouterr().err
