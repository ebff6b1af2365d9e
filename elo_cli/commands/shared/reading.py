"""What people type, read as elo prints it: the reader of a call, which asks back in a terminal what is not clear."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elo_cli.commands.shared import asking, session
from elo_cli.model.errors import N_
from elo_cli.model.kinds import KINDS
from elo_cli.render.reading.reader import AmbiguousProblem, Reader
from elo_cli.render.words.language import Language
from elo_cli.store.edit.values import Typed
from elo_cli.store.loading import load
from elo_cli.store.lookup import Part, find, ids
from elo_cli.store.source import FileSource
from elo_cli.store.tracker import CONFIG_FILE, Tracker


class AskingReader(Reader):
    """A reader who asks the person at the terminal which of several things is meant."""

    def ask(self, text: str, choices: Sequence[str]) -> str:
        """One of the choices; AmbiguousProblem where nobody can be asked."""
        if not asking.is_terminal():
            raise AmbiguousProblem(text, choices)
        language = session.language()
        asking.say(language.say(N_("“{text}” is not clear. What is meant?"), text=text))
        chosen = asking.choose(language.say(N_("A number")), choices, [""] * len(choices), empty=False)
        return str(chosen)


class _Files:
    """The records of a folder, of which only those are read that a name may mean."""

    def __init__(self, source: FileSource) -> None:
        self.source = source

    def __contains__(self, record_id: str) -> bool:
        return find(self.source, record_id) is not None

    def of(self, kinds: Sequence[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """The records of these kinds."""
        paths = {KINDS[kind].path(record_id) for kind in kinds for record_id in ids(self.source, [kind])}
        return _of(load(Part(self.source, {CONFIG_FILE, *paths}, {})), kinds)


class _Loaded:
    """The records of a tracker that is read already."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker

    def __contains__(self, record_id: str) -> bool:
        return record_id in self.tracker.entries

    def of(self, kinds: Sequence[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """The records of these kinds."""
        return _of(self.tracker, kinds)


def _of(tracker: Tracker, kinds: Sequence[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    return [(entry.id, entry.data) for kind in kinds for entry in tracker.by_kind[kind].values()]


def reader_of(language: Language, known: FileSource | Tracker) -> Reader:
    """The reader of a call, who knows the names of a tracker or of the files of its folder."""
    return AskingReader(language, _Loaded(known) if isinstance(known, Tracker) else _Files(known))


def row_reader(language: Language, tracker: Tracker) -> Reader:
    """A reader of the cells of a table: nobody is asked about a thousand rows, and what is not clear is refused."""
    return Reader(language, _Loaded(tracker))


def typed_for(folder: session.Folder) -> Typed:
    """What reads options and answers for the records of a folder."""
    return Typed(folder.config.languages, reader_of(folder.language, folder.source))
