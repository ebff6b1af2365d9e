"""Texts and their languages: which translations are missing, and where a translation of a text is to be put."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from elo_cli.model.finding import Where
from elo_cli.model.kinds import KINDS
from elo_cli.model.shape import EACH
from elo_cli.store.tracker import Entry, Tracker


class Uneven(NamedTuple):
    """A text whose languages are not exactly the tracker's, with its place in the record."""

    entry: Entry
    where: Where
    text: Mapping[str, str]


def uneven(tracker: Tracker) -> Iterator[Uneven]:
    """The texts whose languages are not exactly the tracker's; none where tracker.yaml could not be read."""
    if not tracker.config_read:
        return
    right = set(tracker.config.languages)
    texts: list[tuple[Where, Mapping[str, str]]] = []
    for kind in KINDS.values():
        for entry in tracker.by_kind[kind.name].values():
            _look(entry.data, kind.text_tree, (), right, texts)
            if texts:
                yield from (Uneven(entry, where, text) for where, text in texts)
                texts.clear()


class Untranslated(NamedTuple):
    """A text that lacks one of the languages that were asked about."""

    entry: Entry
    where: Where
    text: Mapping[str, str]
    languages: tuple[str, ...]
    """The languages that it lacks."""

    @property
    def field(self) -> str:
        """The place of the text, `updates.0.note`."""
        return ".".join(map(str, self.where))


def untranslated(tracker: Tracker, languages: Sequence[str]) -> list[Untranslated]:
    """The texts that lack one of these languages, in the order of the files."""
    missing = []
    for entry, where, text in uneven(tracker):
        absent = tuple(language for language in languages if language not in text)
        if absent and tracker.config.first_language in text:
            missing.append(Untranslated(entry, where, text, absent))
    return missing


def text_at(entry: Entry, field: str) -> tuple[Where, Mapping[str, str]] | None:
    """The place and the text of a record under a dotted name; None where it has no text by language there."""
    value: object = entry.data
    tree: dict[str, Any] = entry.kind.text_tree
    where: list[str | int] = []
    for part in field.split("."):
        below = tree.get(EACH, tree.get(part))
        if isinstance(value, dict) and part in value:
            where.append(part)
            value = cast("dict[str, object]", value)[part]
        elif isinstance(value, list) and part.isascii() and part.isdecimal() and int(part) < len(value):
            where.append(int(part))
            value = cast("list[object]", value)[int(part)]
        else:
            return None
        if below is None:
            return None
        tree = below
    return (tuple(where), cast("Mapping[str, str]", value)) if "" in tree and isinstance(value, dict) else None


def _look(
    value: object, tree: dict[str, Any], where: Where, right: set[str], texts: list[tuple[Where, Mapping[str, str]]]
) -> None:
    if "" in tree:
        if isinstance(value, dict) and value.keys() != right:
            texts.append((where, cast("Mapping[str, str]", value)))
        return
    if isinstance(value, dict):
        mapping = cast("dict[str, object]", value)
        if EACH in tree:
            for key, inner in mapping.items():
                _look(inner, tree[EACH], (*where, key), right, texts)
            return
        # Few of a kind's texts are there in one record: going by the data's keys asks for no more than there is.
        for key, inner in mapping.items():
            below = tree.get(key)
            if below is not None:
                _look(inner, below, (*where, key), right, texts)
    elif isinstance(value, list) and EACH in tree:
        for index, inner in enumerate(cast("list[object]", value)):
            _look(inner, tree[EACH], (*where, index), right, texts)
