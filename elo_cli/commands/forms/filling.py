"""Filling a form: what was typed is kept outside the tracker until it has landed, and told in sentences first."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

import typer

from elo_cli.commands.forms.choices import Known
from elo_cli.commands.forms.form import Choice, Form, Question
from elo_cli.commands.forms.prompts import prompt
from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.saving import judge, show, writing
from elo_cli.model.characters import folded
from elo_cli.model.errors import N_, EloError, UsageProblem
from elo_cli.model.kinds import KINDS
from elo_cli.store.disk.answers import drop_form, keep_form, kept_forms
from elo_cli.store.lookup import RecordFile, read
from elo_cli.store.source import reason_of

if TYPE_CHECKING:
    from elo_cli.render.forms.blocks import Block

Verb = Literal["new", "update"]


class Filling:
    """A form while it is filled: `landed` is said by the verb once the answers stand in the tracker."""

    def __init__(self, form: Form, known: Known) -> None:
        """Of this form, whose questions offer these records."""
        self.form = form
        self.known = known
        self.landed = False


@contextmanager
def filling(folder: session.Folder, verb: Verb, target: str, *, resume: bool) -> Iterator[Filling]:
    """A form of a verb about a kind or a record, with the answers of an unfinished one where it goes on.

    Raises UsageProblem where there is an unfinished one and the person does not want to begin anew.
    """
    kept = kept_forms(folder.root, verb, target)
    command = f"elo {verb} {target} --resume"
    answers: Mapping[str, str] = {}
    if resume:
        if not kept:
            raise UsageProblem(N_("nothing is kept that {command} could go on with"), command=command)
        answers = kept[0].answers
        session.tell(
            folder.language.say(
                N_("this goes on with what was typed on {day}"),
                day=datetime.fromtimestamp(kept[0].changed, folder.config.zone).date(),
            )
        )
    elif kept:
        session.tell(folder.language.say(N_("what was typed is kept: {command} goes on with it"), command=command))
        if not asking.yes(folder.language.say(N_("Begin anew, and drop it?")), default=False):
            raise UsageProblem(N_("nothing was begun"))
    keeper = _Keeper(folder, verb, target)
    begun = Filling(Form(prompt(), answers, keeper.keep), Known(folder))
    try:
        yield begun
    except (EloError, OSError, KeyboardInterrupt, typer.Abort):
        if keeper.holds:
            session.tell(folder.language.say(N_("what was typed is kept: {command} goes on with it"), command=command))
        raise
    if begun.landed:
        drop_form(folder.root, verb, target)
    elif keeper.holds or answers:
        session.tell(folder.language.say(N_("what was typed is kept: {command} goes on with it"), command=command))


class _Keeper:
    """Keeps the answers of one form; where that fails it is told once, and the form goes on."""

    def __init__(self, folder: session.Folder, verb: Verb, target: str) -> None:
        self.folder, self.verb, self.target = folder, verb, target
        self.holds = False
        self._told = False

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep all answers so far."""
        try:
            keep_form(self.folder.root, self.verb, self.target, answers)
            self.holds = True
        except OSError as error:
            if not self._told:
                session.tell(
                    self.folder.language.say(
                        N_("what is typed cannot be kept in {path}: {reason}"),
                        path=error.filename,
                        reason=reason_of(error),
                    )
                )
                self._told = True


def latest(folder: session.Folder, verb: Verb) -> str:
    """What the last unfinished form of a verb is about; UsageProblem where there is none."""
    kept = kept_forms(folder.root, verb)
    if not kept:
        raise UsageProblem(N_("nothing is kept that {command} could go on with"), command=f"elo {verb} --resume")
    return kept[0].target


def chosen_record(folder: session.Folder) -> str:
    """The record that the person at the terminal chooses among all that have updates."""
    kinds = [kind.name for kind in KINDS.values() if kind.update is not None]
    choices = Known(folder).choices(kinds, {})
    return _chosen(folder, N_("Record"), N_("which one is it about? Part of its name finds it"), choices)


def chosen_kind(folder: session.Folder) -> str:
    """The kind of record that the person at the terminal chooses."""
    say = folder.language.say
    choices = [Choice(kind.name, say(kind.names.one), say(kind.about)) for kind in KINDS.values()]
    return _chosen(folder, N_("Kind"), N_("what kind of record is new?"), choices)


def _chosen(folder: session.Folder, head: str, text: str, choices: Sequence[Choice]) -> str:
    values = {choice.value for choice in choices}

    def known(text: str) -> str:
        if text not in values:
            raise UsageProblem(N_("“{text}” is none of the choices"), text=text)
        return text

    say = folder.language.say
    question = Question("", say(head), known, say(text), choices, required=True, kept=False)
    return str(Form(prompt(), {}, lambda _: None).ask(question))


class Prepared(NamedTuple):
    """What the answers make, judged and not yet written."""

    files: Mapping[str, tuple[bytes | None, bytes]]
    """The bytes of each file as they are, and as they shall be."""
    told: "Sequence[Block]"


def agreed(folder: session.Folder, form: Form, prepare: Callable[[], Prepared], *, ask: bool = True) -> Prepared | None:
    """What the answers make, once the person has seen it in sentences and agreed; None where that is not so.

    From here one can go back too, also where `prepare` refuses what was answered; its error where it is left at that.
    """
    say = folder.language.say
    try:
        prepared = prepare()
    except EloError as error:
        form.prompt.say(folder.language.say_all(error.message, error.values))
        if _answer(folder, form, N_("Go back and change an answer?"), {}) == "yes":
            form.back()
        raise
    from elo_cli.render.forms.screen import Screen

    # stdout is for the answer of the verb.
    Screen(folder.language, sys.stderr).write(list(prepared.told))
    more = {"yaml": say(N_("show the change as YAML"))}
    while ask and (answer := _answer(folder, form, N_("Write this?"), more)) != "yes":
        if answer == "no":
            return None
        show(folder, prepared.files)
    return prepared


def files_of(
    folder: session.Folder, made: Mapping[str, bytes], file: RecordFile, new: bytes
) -> dict[str, tuple[bytes | None, bytes]]:
    """A record's file and those of the documents that were made with it, each as it is and as it shall be.

    The documents are judged like everything else; RefusedProblem where one would break a rule.
    """
    for path, content in made.items():
        judge(folder, RecordFile(KINDS["document"], path, (), read(folder.source, path) or b""), content)
    return {path: (read(folder.source, path), content) for path, content in {**made, file.path: new}.items()}


def landed(folder: session.Folder, begun: Filling, prepared: Prepared | None, *, dry_run: bool) -> Prepared | None:
    """Write the files, all or none, unless someone has changed one of them since; None where none was to be written."""
    if prepared is None:
        session.tell(folder.language.say(N_("nothing was written")))
        return None
    if dry_run:
        show(folder, prepared.files)
        return None
    with writing(folder) as writer:
        for path, (old, _) in prepared.files.items():
            writer.expect(path, old)
        writer.write({path: new for path, (_, new) in prepared.files.items()})
    begun.landed = True
    return prepared


def _answer(folder: session.Folder, form: Form, question: str, more: Mapping[str, str]) -> str:
    """Yes, no, or one of the further answers: by its word, or the first letter of yes and no."""
    say = folder.language.say
    words = {"yes": say(N_("yes")), "no": say(N_("no")), **more}
    short = {"y": "yes", "n": "no", folded(say(N_("y"))): "yes", folded(say(N_("n"))): "no"}

    def answer(text: str) -> str:
        word = short.get(folded(text), text)
        if word not in words:
            raise UsageProblem(N_("“{text}” is none of the choices"), text=text)
        return word

    choices = [Choice(word, label) for word, label in words.items()]
    asked = Question("?", say(question), answer, "", choices, required=True, default="yes", kept=False)
    return str(form.ask(asked))
