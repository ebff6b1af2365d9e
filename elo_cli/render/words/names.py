"""What records are called: their name or short name in the reader's language."""

from typing import Final

from elo_cli.model.errors import N_
from elo_cli.model.records.vocabulary import Instrument, Organisation
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill, joined
from elo_cli.tracking.day.view import View

NAMED_BY_MEASURE: Final = N_("* responsible for the measure; the milestone itself names nobody")
"""What the star behind an organisation means."""


class Names:
    """Names of records by id, as they were on the view's day."""

    def __init__(self, language: Language, view: View) -> None:
        """The names in this language, of the records of this view."""
        self.language = language
        self.view = view
        self.tracker = view.tracker
        self._long: dict[str, str] = {}

    def long(self, record_id: str) -> str:
        """The full name; the id where the record is missing."""
        known = self._long.get(record_id)
        if known is not None:
            return known
        entry = self.tracker.entries.get(record_id)
        if entry is None:
            return record_id
        name = self.language.text(self.view.state(entry.record).now.name, record_id)
        known = self._long[record_id] = self.language.refer(record_id, name)
        return known

    def short(self, record_id: str) -> str:
        """The abbreviation of an organisation or instrument that has one, else the full name."""
        entry = self.tracker.entries.get(record_id)
        if entry is not None and isinstance(entry.record, Organisation | Instrument):
            now = self.view.state(entry.record).now
            if now.abbreviation:
                return self.language.refer(record_id, self.language.text(now.abbreviation, record_id))
        return self.long(record_id)

    def with_id(self, record_id: str) -> str:
        """The full name and the id, for places from which a reader goes on to the record."""
        name = self.long(record_id)
        return name if name == record_id or self.language.links else fill("{} ({})", name, record_id)

    def shorts(self, record_ids: list[str] | tuple[str, ...] | None) -> str:
        """Several short names, separated by commas; "" for none."""
        return joined(", ", (self.short(record_id) for record_id in record_ids or ()))
