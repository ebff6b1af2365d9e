"""elo find: records by words of their names and texts."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import session
from elo_cli.commands.shared.options import DataOption, Format, FormatOption, LangOption, RevOption
from elo_cli.model.errors import N_
from elo_cli.tracking.day.view import View
from elo_cli.tracking.texts.finding import Hit, find

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content

EXAMPLES = (
    ("elo find kehittaminen", N_("finds Kehittäminen too: accents, and small or capital letters, make no difference")),
    ("elo find digi palvelu", N_("every word has to be there, in whatever order and place")),
    ("elo find treasury-2022", N_("whatever rests on a source")),
)


def run(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help=N_("What to look for; all of it must match."))],
    data: DataOption = None,
    lang: LangOption = None,
    rev: RevOption = None,
    format: FormatOption = "table",
) -> int:
    """Find records by words in their ids, names, abbreviations, texts and sources, in every language.

    What is found in an id comes first, then in a name or an abbreviation, then in another text. elo show ID goes on.
    """
    opened = session.open_session(data, lang, None, rev)
    hits = find(opened.tracker, words)
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](opened, hits))
    if not hits:
        session.tell(opened.language.say(N_("nothing was found for “{words}”"), words=" ".join(words)))
    return opened.leave()


def _blocks(opened: session.Session, hits: Sequence[Hit]) -> "Content":
    from elo_cli.render.answers.records import found

    return found(opened.language, View(opened.tracker, opened.as_of), hits)


def _json(opened: session.Session, hits: Sequence[Hit]) -> "Content":
    from elo_cli.render.answers.records_json import found
    from elo_cli.render.forms.json import document

    return document("find", opened.tracker, opened.as_of, found(hits))


FORMS: Final[dict[Format, Callable[[session.Session, Sequence[Hit]], "Content"]]] = {
    "table": _blocks,
    "json": _json,
    "csv": _blocks,
    "markdown": _blocks,
}
