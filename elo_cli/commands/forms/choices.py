"""The records that a question offers: all of them, by their names as of today."""

from collections.abc import Mapping, Sequence

from elo_cli.commands.forms.form import Choice
from elo_cli.commands.shared import session
from elo_cli.model.kinds import KINDS
from elo_cli.render.forms.text import visible
from elo_cli.render.words.names import Names
from elo_cli.store.loading import load
from elo_cli.store.lookup import OverlaidSource, PartialSource, ids
from elo_cli.store.tracker import CONFIG_FILE
from elo_cli.tracking.day.view import View


class Known:
    """The records of a tracker by kind, each kind read when a question first offers it."""

    def __init__(self, folder: session.Folder) -> None:
        """Read this tracker."""
        self._folder = folder
        self._read: dict[tuple[str, int], list[Choice]] = {}

    def choices(self, kinds: Sequence[str], new: Mapping[str, bytes]) -> list[Choice]:
        """The records of these kinds, with those in files that are about to be written, by name."""
        found = [choice for kind in kinds for choice in self._of(kind, new)]
        return sorted(found, key=lambda choice: choice.label.casefold())

    def _of(self, kind: str, new: Mapping[str, bytes]) -> list[Choice]:
        # A document that is made on the spot makes its file longer, and no other one changes.
        key = (kind, len(new.get(KINDS[kind].path(), b"")))
        if key not in self._read:
            source = OverlaidSource(self._folder.source, new)
            paths = {CONFIG_FILE, *(KINDS[kind].path(record_id) for record_id in ids(source, [kind]))}
            view = View(load(PartialSource(source, paths, {})), self._folder.as_of)
            names = Names(self._folder.language, view)
            self._read[key] = [
                Choice(record_id, visible(f"{names.long(record_id)} ({record_id})"), _short(names, record_id))
                for record_id in view.tracker.by_kind[kind]
            ]
        return self._read[key]


def _short(names: Names, record_id: str) -> str:
    short = names.short(record_id)
    return visible(short) if short != names.long(record_id) else ""
