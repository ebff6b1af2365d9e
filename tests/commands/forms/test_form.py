"""A form: its questions, the way back, and answers of an earlier run."""

from collections.abc import Callable, Iterable, Mapping

import pytest

from elo_cli.commands.forms.form import BACK, SKIP, BackError, Choice, Form, Question
from elo_cli.model.errors import N_, UsageProblem

CHOICES = (Choice("okm", "Ministry of Education (okm)", "OKM"), Choice("oph", "Agency for Education (oph)", "OPH"))


class Script:
    """Answers that a person would type, one after another."""

    edits = False

    def __init__(self, answers: Iterable[str]) -> None:
        """Type these."""
        self.answers = iter(answers)
        self.said: list[str] = []
        self.asked: list[tuple[str, str]] = []

    def say(self, text: str) -> None:
        """Keep what the person is told."""
        self.said.append(text)

    def line(self, question: Question, default: str, text: str) -> str:
        """Type the next answer; the default for none."""
        del text
        self.asked.append((question.path, default))
        answer = next(self.answers)
        if answer == BACK:
            raise BackError
        return answer or default


def number(text: str) -> int:
    """Read a number, as a field would."""
    if not text.isdigit():
        raise UsageProblem(N_("“{text}” is none of the choices"), text=text)
    return int(text)


def two(form: Form) -> list[object]:
    """Ask two questions, the first of which needs an answer."""
    form.note("before both")
    first = form.ask(Question("first", "First", number, required=True))
    return [first, form.ask(Question("second", "Second", number))]


def filled(answers: Iterable[str], kept: Mapping[str, str] | None = None) -> tuple[list[object], Script, Form]:
    """Fill the two questions."""
    script = Script(answers)
    form = Form(script, kept or {}, lambda _: None)
    return form.fill(two), script, form


def test_an_answer_is_judged_when_it_is_given() -> None:
    """A wrong answer is asked again at once with what is wrong, and a needed one cannot be left open."""
    values, script, _ = filled(["", "x", "1", ""])
    assert values == [1, None]
    assert [path for path, _ in script.asked] == ["first", "first", "first", "second"]
    assert "An answer is needed" in script.said[1]
    assert "“x”" in script.said[2]


def test_one_goes_back_as_far_as_one_likes() -> None:
    """Going back asks the question before again, with what was answered there; nothing lies before the first."""
    values, script, _ = filled([BACK, "1", BACK, "", "2"])
    assert values == [1, 2]
    assert script.asked == [("first", ""), ("first", ""), ("second", ""), ("first", "1"), ("second", "")]
    assert any("first question" in said for said in script.said)


def test_an_earlier_answer_can_be_left_out() -> None:
    """After going back, a dash says that what was answered holds no longer."""

    def ask(form: Form) -> list[object]:
        return [*two(form), form.ask(Question("third", "Third", number))]

    script = Script(["1", "2", BACK, SKIP, "3"])
    assert Form(script, {}, lambda _: None).fill(ask) == [1, None, 3]


def test_what_was_typed_is_read_and_judged_again() -> None:
    """Of an unfinished form only what is missing is asked, and what is no longer right, with the reason."""
    assert filled(["2"], {"first": "1"})[0] == [1, 2]
    values, script, _ = filled(["5"], {"first": "no number", "second": "2"})
    assert values == [5, 2]
    assert script.asked == [("first", "no number")]
    assert any("no number" in said for said in script.said)


def test_every_answer_is_kept_at_once() -> None:
    """Each answer is handed on to be kept, in the person's own words, and going back takes it away."""
    kept: list[Mapping[str, str]] = []
    Form(Script(["1", BACK, "3", ""]), {}, lambda answers: kept.append(dict(answers))).fill(two)
    assert kept == [{"first": "1"}, {}, {"first": "3"}, {"first": "3", "second": ""}]


def known(text: str) -> str:
    """Read an id, as a field that names an organisation would."""
    if text not in {"okm", "oph"}:
        raise UsageProblem(N_("“{text}” is none of the choices"), text=text)
    return text


@pytest.mark.parametrize(
    ("typed", "value"), [("okm", "okm"), ("Agency for Education (oph)", "oph"), ("ministry", "okm"), ("OPH", "oph")]
)
def test_a_choice_is_named_whole_or_in_part(typed: str, value: str) -> None:
    """A choice is its value, its label, or any part that no other choice has."""
    script = Script([typed])
    form = Form(script, {}, lambda _: None)
    assert form.ask(Question("who", "Who", known, choices=CHOICES)) == value
    # Which one was understood is told, unless it was named as it is called.
    assert bool(script.said) == (typed == "ministry")


def test_what_may_be_several_choices_is_asked_back() -> None:
    """Part of several names chooses none of them, and names them."""
    script = Script(["education", "oph"])
    assert Form(script, {}, lambda _: None).ask(Question("who", "Who", known, choices=CHOICES)) == "oph"
    assert "Ministry of Education (okm), Agency for Education (oph)" in script.said[0]


def test_a_question_is_asked_afresh_where_it_is_not_kept() -> None:
    """The question whether to write is never answered by an earlier run."""
    asked: list[Callable[[], object]] = []
    form = Form(Script(["1", "2"]), {"?": "1"}, lambda _: asked.append(lambda: None))
    question = Question("?", "Write?", number, kept=False)
    form.answers.pop("?")
    assert [form.ask(question), form.ask(question)] == [1, 2]
    assert asked == []
    assert form.answers == {}
