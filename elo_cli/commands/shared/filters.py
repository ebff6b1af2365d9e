"""The one set of filters: their options, which verb takes which, and from what was typed to what is meant."""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, cast

import typer

from elo_cli.commands.shared.lookup import right_words
from elo_cli.model.errors import N_, UsageProblem

if TYPE_CHECKING:
    from elo_cli.model.kind import Kind
    from elo_cli.model.period import Period
    from elo_cli.model.records.milestone import Rrf
    from elo_cli.store.tracker import Tracker
    from elo_cli.tracking.day.filters import Filters


class _Filter(NamedTuple):
    """How a filter is typed, and what its help says."""

    metavar: str
    help: str


FILTERS: Final[Mapping[str, _Filter]] = {
    "goal": _Filter("ID", N_("Only what serves this goal.")),
    "measure": _Filter("ID", N_("Only what belongs to this measure.")),
    "owner": _Filter("ID", N_("Only what this organisation answers for.")),
    "type": _Filter("TYPE", N_("Only of this type, such as rrf-target.")),
    "component": _Filter("CODE", N_("Only what lies in this component of the plan, such as P3C2.")),
    "instalment": _Filter("NUMBER", N_("Only milestones of this instalment.")),
    "due": _Filter("PERIOD", N_("Only milestones whose last day lies in this period, such as 2025-Q4.")),
    "timing": _Filter(
        "WORD", N_("Only milestones that are done, contested, upcoming, due-soon, unreported or overdue.")
    ),
    "status": _Filter("STATUS", N_("Only with this status.")),
    "confidence": _Filter("WORD", N_("Only what is on-track, at-risk or off-track.")),
    "eu": _Filter("WORD", N_("Only milestones whose EU assessment is this, such as positive.")),
    "support": _Filter("WORD", N_("Only what is a grant or a loan.")),
    "instrument": _Filter("ID", N_("Only money from this instrument.")),
    "stage": _Filter("STAGE", N_("Only money at this stage.")),
}
"""Every filter, in the order of the help."""
OF_EVENTS: Final = ("goal", "measure", "owner", "type", "component", "instalment", "due")
"""Those that hold for ever: an event that left a calendar because of a word on it would stay in everyone's."""
OF_CHANGES: Final = tuple(name for name in FILTERS if name != "timing")
"""Those of changes between two versions, which know no day that would make a due late."""


class Asked(dict[str, str]):
    """The filters as they were typed, by name."""

    @property
    def words(self) -> list[str]:
        """The options that ask the same again."""
        return [word for name, value in self.items() for word in (f"--{name}", value)]

    def on(
        self, tracker: "Tracker", verb: str, honoured: Iterable[str] = FILTERS, kinds: Iterable[str] = ("milestone",)
    ) -> "Filters":
        """What is meant; UsageProblem for a filter that the verb cannot honour, and for what can match nothing.

        An empty answer to a mistyped question is a wrong answer. `kinds` are those that the answer is about, whose
        types are right.
        """
        from elo_cli.model.kinds import KINDS
        from elo_cli.tracking.day.filters import EVERYTHING

        if not self:
            return EVERYTHING
        known = [name for name in FILTERS if name in set(honoured)]
        if refused := [name for name in self if name not in known]:
            raise _refused(verb, refused, known)
        shown_kinds = [KINDS[kind] for kind in kinds]
        values: dict[str, Any] = {name: _value(tracker, name, text, shown_kinds) for name, text in self.items()}
        return EVERYTHING._replace(**values)


NOTHING: Final = Asked()


def takes_filters(*honoured: str, **helps: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a verb the options of the filters in the place of its parameter `asked`; `helps` replace texts of theirs.

    Those that the verb cannot honour are understood, not shown, and refused by `Asked.on` with those that it can.
    """

    def give(run: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(run)
        def filtered(**given: Any) -> int:  # noqa: ANN401 - whatever typer read
            typed = {name: given.pop(name) for name in FILTERS}
            return run(**given, asked=Asked({name: value for name, value in typed.items() if value is not None}))

        options = {
            name: Annotated[
                str | None,
                typer.Option(
                    f"--{name}",
                    metavar=entry.metavar,
                    help=helps.get(name, entry.help),
                    hidden=name not in honoured,
                ),
            ]
            for name, entry in FILTERS.items()
        }
        parameters: list[inspect.Parameter] = []
        for parameter in inspect.signature(run).parameters.values():
            if parameter.name != "asked":
                parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
                continue
            parameters += [
                inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=None)
                for name, annotation in options.items()
            ]
        cast("Any", filtered).__signature__ = inspect.Signature(parameters, return_annotation=int)
        filtered.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return filtered

    return give


def _refused(verb: str, refused: list[str], known: list[str]) -> UsageProblem:
    options = ", ".join(f"--{name}" for name in refused)
    if not known:
        return UsageProblem(
            N_("{verb} cannot be filtered by {options}, or by anything else"), verb=verb, options=options
        )
    return UsageProblem(
        N_("{verb} cannot be filtered by {options}; right would be one of {known}"),
        verb=verb,
        options=options,
        known=", ".join(f"--{name}" for name in known),
    )


def _value(tracker: "Tracker", name: str, text: str, kinds: "list[Kind]") -> "str | int | Period":
    from elo_cli.commands.shared import session
    from elo_cli.commands.shared.asking import reader_of

    reading = reader_of(session.language(), tracker)
    match name:
        case "goal" | "measure" | "owner" | "instrument":
            kind = "organisation" if name == "owner" else name
            text = reading.record([kind], text)
            entry = tracker.entries.get(text)
            if entry is None or entry.kind.name != kind:
                raise _unknown(kind, text, tracker.by_kind[kind])
            return text
        case "instalment":
            numbers = sorted({place.instalment for place in _places(tracker) if place.instalment is not None})
            if not text.isascii() or not text.isdecimal() or int(text) not in numbers:
                raise _unknown(name, text, map(str, numbers))
            return int(text)
        case "component":
            return _component(tracker, name, text)
        case "due":
            return _period(reading.period(text))
        case _:
            text = reading.word(words_of(name, kinds), text)
            if text not in (words := words_of(name, kinds)):
                raise _unknown(name, text, words)
            return text


def words_of(name: str, kinds: "list[Kind]") -> list[str]:
    """The closed list of a filter: of the kinds that the answer is about, else of every kind that has it."""
    from typing import get_args

    from elo_cli.model.kinds import KINDS
    from elo_cli.model.shape import fields_of
    from elo_cli.tracking.day.timing import TimingWord

    if name == "timing":
        return list(get_args(TimingWord))
    having = [fields_of(kind.record)[name] for kind in kinds if name in fields_of(kind.record)]
    having = having or [fields_of(kind.record)[name] for kind in KINDS.values() if name in fields_of(kind.record)]
    return list(dict.fromkeys(word for shape in having for word in shape.words))


def _places(tracker: "Tracker") -> "Iterator[Rrf]":
    """Every place in the plan that a milestone has or ever had."""
    from elo_cli.model.records.milestone import Milestone

    for milestone in tracker.of(Milestone):
        yield from (said.rrf for said in (milestone, *(milestone.updates or ())) if said.rrf is not None)


def _component(tracker: "Tracker", name: str, text: str) -> str:
    """The beginning of a code; UsageProblem with the nearest where no milestone has such a code."""
    from elo_cli.tracking.day.filters import begins, codes_at, component_of

    codes = dict.fromkeys(code for place in _places(tracker) for code in codes_at(place))
    if not text or not any(begins(code, text) for code in codes):
        known = dict.fromkeys(component_of(code) or code for code in codes)
        raise _unknown(name, text.upper(), known)
    return text


def _period(text: str) -> "Period":
    from elo_cli.model.period import NoSuchPeriodError, validate_period

    try:
        return validate_period(text)
    except NoSuchPeriodError as error:
        raise UsageProblem(error.message, **error.values) from None


def _unknown(kind: str, given: str, known: Iterable[str]) -> UsageProblem:
    words = list(known)
    if not words:
        return UsageProblem(N_("there is no {kind} “{given}”, and no other either"), given=given, kind=kind)
    return UsageProblem(
        N_("there is no {kind} “{given}”; right would be one of {known}"),
        given=given,
        known=right_words(given, words),
        kind=kind,
    )
