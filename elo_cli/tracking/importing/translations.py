"""A sheet of translations that comes back: what each row says of a text, and why a row cannot be taken."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from elo_cli.model.characters import short
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.finding import Phrase, Where
from elo_cli.store.tables.cells import CellProblem, text_of
from elo_cli.store.tables.rows import Row, Sheet
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.texts.translations import text_at

RECORD, FIELD = "record", "field"
"""The heads of the columns that say which text a row is; the others are the codes of languages."""


class Translation(NamedTuple):
    """One text in one more language."""

    record: str
    where: Where
    language: str
    text: str


class RefusedTranslation(NamedTuple):
    """A row that cannot be taken, and why."""

    row: int
    reason: Phrase


def translations(
    tracker: Tracker, sheets: Sequence[Sheet], file: str
) -> tuple[list[Translation], list[RefusedTranslation]]:
    """What the first sheet with the right heads says; UsageProblem when there is none."""
    config = tracker.config
    for sheet in sheets:
        rows = iter(sheet.rows())
        heads: dict[str, int] = {}
        for row in rows:
            heads = _heads(row)
            break
        if {RECORD, FIELD, config.first_language} <= heads.keys():
            brought: list[Translation] = []
            refused: list[RefusedTranslation] = []
            languages = [language for language in config.languages[1:] if language in heads]
            for row in rows:
                try:
                    brought += _row(tracker, row, heads, languages)
                except CellProblem as problem:
                    refused.append(RefusedTranslation(row.number, problem.phrase))
            return brought, refused
    raise UsageProblem(
        N_("“{file}” is no sheet of translations: its first row has to hold {heads}"),
        file=file,
        heads=", ".join((RECORD, FIELD, *config.languages)),
    )


def _heads(row: Row) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        if isinstance(cell, str):
            places.setdefault(cell.strip(), place)
    return places


def _row(tracker: Tracker, row: Row, heads: Mapping[str, int], languages: Sequence[str]) -> list[Translation]:
    """The translations of a row that are not there yet. Raises CellProblem."""

    def cell(name: str) -> str:
        place = heads[name]
        return text_of(row.cells[place], paragraphs=True) if place < len(row.cells) else ""

    said = {language: told for language in languages if (told := cell(language))}
    if not said:
        return []
    record_id, field, first = cell(RECORD), cell(FIELD), tracker.config.first_language
    entry = tracker.entries.get(record_id)
    if entry is None:
        raise CellProblem(N_("there is no record “{id}”"), id=short(record_id))
    place = text_at(entry, field)
    if place is None:
        raise CellProblem(N_("“{id}” has no text “{field}”"), id=record_id, field=short(field))
    where, present = place
    if _plain(present.get(first, "")) != _plain(cell(first)):
        raise CellProblem(
            N_("the text of “{id}” has changed since the sheet was written: {field}"), id=record_id, field=field
        )
    return [
        Translation(record_id, where, language, told)
        for language, told in said.items()
        if _plain(present.get(language, "")) != _plain(told)
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())
