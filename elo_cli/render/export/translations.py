"""What has no translation yet: on the screen, as JSON, and as a sheet for a translator."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.render.export.sheets import SheetColumn, Sheets
from elo_cli.render.forms.blocks import Block, Paragraph, Table
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.importing.translations import FIELD, RECORD
from elo_cli.tracking.texts.translations import Untranslated


class MissingText(NamedTuple):
    """A text that lacks languages."""

    record: str
    path: str
    field: str
    """Its place in the record: `updates.0.note`."""
    languages: Sequence[str]
    """The languages that it lacks."""
    text: Mapping[str, str]
    """The languages that it has."""


class TranslateAnswer(NamedTuple):
    """`elo translate`."""

    counts: Mapping[str, int]
    """How many texts lack each language."""
    missing: Sequence[MissingText]


def answer(missing: Sequence[Untranslated]) -> TranslateAnswer:
    """What is missing, as JSON."""
    rows = [MissingText(text.entry.id, text.entry.path, text.field, text.languages, text.text) for text in missing]
    return TranslateAnswer(_counts(missing), rows)


def _counts(missing: Sequence[Untranslated]) -> dict[str, int]:
    return dict(Counter(language for text in missing for language in text.languages))


def blocks(language: Language, tracker: Tracker, missing: Sequence[Untranslated]) -> list[Block]:
    """How many texts lack each language, then which."""
    if not missing:
        return [Paragraph(language.say(N_("No translation is missing.")))]
    counted = [
        language.count(*nN_("{code}: {n} text", "{code}: {n} texts"), number, code=code)
        for code, number in _counts(missing).items()
    ]
    return [Paragraph(", ".join(counted)), table(language, tracker, missing, in_words=True)]


def table(language: Language, tracker: Tracker, missing: Sequence[Untranslated], *, in_words: bool = False) -> Table:
    """The texts that lack a language, a row each, with their places as `elo set` takes them or in words."""
    first = tracker.config.first_language
    heads = [N_("File"), N_("Field"), N_("Missing"), N_("Text")]
    rows = [
        [
            text.entry.path if not text.entry.where else f"{text.entry.path} ({text.entry.id})",
            terms.place(language, text.where) if in_words else text.field,
            ", ".join(text.languages),
            text.text[first],
        ]
        for text in missing
    ]
    return Table([language.say(head) for head in heads], rows)


def write(language: Language, tracker: Tracker, missing: Sequence[Untranslated], languages: Sequence[str]) -> bytes:
    """A workbook with a row a text: what it is, the text in the first language, and a column to fill for each other.

    The heads of the columns are for `elo translate --read`; the second sheet says in words what to do.
    """
    say = language.say
    sheets = Sheets(language, say(N_("Translations")))
    first = tracker.config.first_language
    columns = [RECORD, FIELD, first, *languages]
    rows = [
        [text.entry.id, text.field, text.text[first], *(text.text.get(code) for code in languages)] for text in missing
    ]
    sheet = sheets.add(say(N_("Translations")), [SheetColumn(name) for name in columns], rows)
    for column in ("C", "D", "E", "F")[: len(columns) - 2]:
        sheet.column_dimensions[column].width = 60
    help_texts = (
        N_("Write the translation beside the text, in the column of its language. An empty cell says nothing."),
        N_("Leave the other columns as they are: by them the translation finds its place."),
    )
    title = say(N_("How to fill it in"))
    sheets.add(title, [SheetColumn(title)], [[say(text)] for text in help_texts])
    return sheets.content()
