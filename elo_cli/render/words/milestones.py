"""What is told of a milestone beyond its fields: its evidence piece by piece, its values in a row, its stages."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from elo_cli.model.errors import N_
from elo_cli.model.records.milestone import Milestone
from elo_cli.render.words import terms
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.marked import fill, joined
from elo_cli.tracking.day.evidence import Piece, pieces, required
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.targets import Stages, Value, series, stages


def document_lines(texts: FieldText, state: State[Milestone]) -> list[str]:
    """Each document that was brought, a line, with what became of it, by whom and when."""
    return [
        joined(" · ", (*texts.lines("evidence", piece.document), *_judgement(texts, piece))) for piece in pieces(state)
    ]


def _judgement(texts: FieldText, piece: Piece) -> list[str]:
    if piece.judged is None or piece.day is None:
        return []
    language = texts.language
    words = [terms.word(language, "standing", piece.standing), language.period(piece.day)]
    if piece.body is not None:
        words.insert(1, texts.names.short(piece.body))
    text = joined(", ", words)
    reason = language.text(piece.judged.reason) if piece.standing == "returned" else ""
    return [fill("{}: {}", text, reason) if reason else text]


def required_lines(texts: FieldText, state: State[Milestone]) -> list[str]:
    """Each piece that the verification requires, a line, with its key and how it stands."""
    language = texts.language
    return [
        fill(
            "{}: {} ({})",
            piece.key,
            language.text(piece.text, piece.key),
            terms.word(language, "standing", piece.standing),
        )
        for piece in required(state) or ()
    ]


def missing_lines(texts: FieldText, state: State[Milestone]) -> list[str]:
    """Each required piece that is missing, a line, with a word on what was returned; none without a list."""
    language = texts.language
    returned = terms.word(language, "standing", "returned")
    return [
        fill("{} ({})", language.text(piece.text, piece.key), returned)
        if piece.standing == "returned"
        else language.text(piece.text, piece.key)
        for piece in required(state) or ()
        if piece.standing in {"missing", "returned"}
    ]


def value_heads(texts: FieldText) -> list[str]:
    """The heads of the table of values."""
    return [texts.language.say(head) for head in (N_("Day"), N_("Value"), N_("Share of the goal"), N_("Source"))]


def value_rows(texts: FieldText, state: State[Milestone]) -> list[tuple[str, str, str, str]]:
    """The values of a target, a row each: day, value, share of the goal, source."""
    return [_value_row(texts, state, value) for value in series(state)]


def _value_row(texts: FieldText, state: State[Milestone], value: Value) -> tuple[str, str, str, str]:
    language, update = texts.language, value.update
    sources = (update.sources or ()) if update is not None else (state.promise.sources or ())
    said = [texts.names.short(update.by)] if update is not None and update.by is not None else []
    return (
        language.period(value.date) if value.date is not None else "–",
        language.number(value.value),
        percent(texts, value.share),
        joined("; ", [*said, *(texts.source(source) for source in sources)]) or "–",
    )


def percent(texts: FieldText, share: Decimal | None) -> str:
    """A share in whole percent, rounded down, so that what is not reached is never 100 %."""
    if share is None:
        return "–"
    number = (share * 100).to_integral_value(ROUND_FLOOR)
    return texts.language.say(N_("{number}%"), number=texts.language.number(number))


def stage_lines(texts: FieldText, now: Milestone) -> list[str]:
    """The stages that a target is one of, in a row, and how much of the last goal is reached; none without stages."""
    view = texts.names.view
    promise = view.tracker.get(Milestone, now.id)
    steps = stages(view, promise) if promise is not None else None
    if steps is None:
        return []
    row = joined(" → ", (_stage(texts, stage, now.id) for stage in steps.targets))
    return [row, *_reached(texts, steps)]


def _stage(texts: FieldText, stage: Milestone, here: str) -> str:
    language, goal = texts.language, stage.indicator.goal if stage.indicator is not None else None
    name = language.text(stage.name, stage.id) if stage.id == here else texts.names.with_id(stage.id)
    return fill("{}: {}", name, language.number(goal)) if goal is not None else name


def _reached(texts: FieldText, steps: Stages) -> Sequence[str]:
    if steps.value is None or steps.share is None:
        return ()
    say = texts.language.say
    message = N_("reached {value}, {share} of the last goal")
    return (say(message, value=texts.language.number(steps.value), share=percent(texts, steps.share)),)
