"""elo without a verb inside a tracker: how things stand in two lines, and three commands to go on with."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from elo_cli.commands.shared import session
from elo_cli.model.errors import N_, EloError

if TYPE_CHECKING:
    from elo_cli.tracking.status import Totals

_COMMANDS: Final = 3


def begin(words: Sequence[str]) -> bool:
    """Say what to do next in the tracker here, or in the one that `--data` names; False where there is none."""
    data, lang = _given(words, "--data", "ELO_DATA"), _given(words, "--lang", "ELO_LANG")
    try:
        opened = session.open_session(Path(data) if data else None, lang, None, None)
    except EloError:
        # Outside a tracker the help says what to do; that a tracker cannot be read is for its own verbs to tell.
        if data is not None:
            raise
        return False
    from elo_cli.tracking.day.view import View
    from elo_cli.tracking.status import status

    view = View(opened.tracker, opened.as_of)
    totals = status(view).totals
    _tell(opened, totals)
    return True


def _given(words: Sequence[str], option: str, variable: str) -> str | None:
    for word, following in zip(words, [*words[1:], ""], strict=False):
        name, sign, value = word.partition("=")
        if name == option:
            return value if sign else following
    return os.environ.get(variable) or None


def _tell(opened: session.Session, totals: "Totals") -> None:
    from elo_cli.render.forms.blocks import Block, Heading, Pairs, Paragraph, Space
    from elo_cli.render.forms.write import write

    language = opened.language
    lines = list(_next(opened, totals))[:_COMMANDS]
    blocks: list[Block] = [
        Heading(language.text(opened.tracker.config.name), 1),
        Paragraph(_standing(opened, totals)),
        Space(),
        Pairs([(command, [language.say(text)]) for command, text in lines], 1),
        Space(),
        Paragraph(language.say(N_("All verbs: elo --help. One of them: elo help status.")), style="dim"),
    ]
    write(opened.screen, "table", blocks)


def _standing(opened: session.Session, totals: "Totals") -> str:
    from elo_cli.model.kinds import KINDS
    from elo_cli.render.words import terms
    from elo_cli.tracking.day.timing import PRESSING

    language = opened.language
    parts = [language.count(*KINDS["measure"].names.counted, totals.measures)]
    parts.append(language.count(*KINDS["milestone"].names.counted, sum(totals.milestones.values())))
    parts += [
        f"{terms.word(language, 'timing', word)} {language.number(totals.milestones[word])}"
        for word in PRESSING
        if word != "upcoming" and word in totals.milestones
    ]
    return " · ".join(parts)


def _next(opened: session.Session, totals: "Totals") -> Iterator[tuple[str, str]]:
    """What to do next, the most pressing first."""
    from elo_cli.model.kinds import KINDS
    from elo_cli.tracking.day.timing import WAITING

    tracker = opened.tracker
    example = (KINDS["measure"].example or {}).get("id")
    if tracker.incomplete:
        yield "elo check", N_("says what cannot be read, and where")
    if not totals.measures:
        yield "elo new measure", N_("asks for the first measure")
    elif example in tracker.entries:
        yield "elo new measure", N_("asks for a measure of your own")
        yield "elo rm --examples", N_("takes the examples out")
    if WAITING & totals.milestones.keys():
        yield "elo deadlines", N_("what is late, and what comes next?")
    yield "elo status", N_("where do we stand?")
    yield "elo update ID", N_("asks what has changed, and shows what it will write")
    yield "elo find WORDS", N_("records by words in their names and texts")
