"""Looking for records by words: in ids, names, abbreviations, texts and sources of every language."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from elo_cli.model.characters import folded
from elo_cli.model.finding import Where
from elo_cli.store.tracker import Entry, Tracker

_RANKS: Final = {"id": 0, "name": 1, "abbreviation": 1}
_TEXT: Final = 2
_STEM: Final = 4
"""Letters at least that the beginning of a word has, so that endings make no difference."""


class Hit(NamedTuple):
    """A record in which all words were looked for with success."""

    entry: Entry
    rank: int
    """0 where the id holds every word, 1 where a name or an abbreviation is needed, 2 where another text is."""
    whole: bool
    """Whether each word stands as a word of its own, and not within a longer one."""
    where: Where
    """The place of the text that decided the rank."""
    text: str
    word: str
    """The word that was found there, folded."""


class _Place(NamedTuple):
    where: Where
    text: str
    plain: str
    rank: int


class Searched(NamedTuple):
    """What a record is found by, folded, a text a line: by its id, by what it is called, and by its other texts."""

    id: str
    names: str
    texts: str


def searched(entry: Entry) -> Searched:
    """The texts of a record as they are compared, each once, for an index that finds what `find` does."""
    ranked: dict[int, dict[str, None]] = {0: {}, 1: {}, _TEXT: {}}
    for place in _places(entry):
        ranked[place.rank][place.plain] = None
    return Searched(*("\n".join(texts) for texts in ranked.values()))


def find(tracker: Tracker, words: Sequence[str]) -> list[Hit]:
    """The records that hold every word, however it is spelt: the best first, then by id."""
    wanted = [word for text in words for word in folded(text).split()]
    if not wanted:
        return []
    hits = [_hit(entry, _places(entry), wanted) for entry in tracker.entries.values()]
    return _ranked(hit for hit in hits if hit is not None)


def called(tracker: Tracker, text: str) -> list[Hit]:
    """The records that a text may name: by an abbreviation or a whole name if there is any, else by words of a name."""
    hits = _named(tracker, folded(text).split())
    plain = folded(text)
    same = [hit for hit in hits if any(place.plain == plain for place in _names(hit.entry))]
    return same or hits


def akin(tracker: Tracker, text: str) -> list[Hit]:
    """The records whose names have words that begin as those of a text do: `pilotit` and `pilotointi` are akin."""
    stems = [word[: max(_STEM, len(word) * 2 // 3)] for word in folded(text).split()]
    return _named(tracker, stems)


def _named(tracker: Tracker, wanted: Sequence[str]) -> list[Hit]:
    """The records whose names and abbreviations hold all of these folded words."""
    hits = [_hit(entry, _names(entry), wanted) for entry in tracker.entries.values()] if wanted else []
    return _ranked(hit for hit in hits if hit is not None)


def _ranked(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(
        hits, key=lambda hit: (hit.rank, not hit.whole, len(hit.text) if hit.rank < _TEXT else 0, hit.entry.id)
    )


def _names(entry: Entry) -> Iterator[_Place]:
    return (place for place in _places(entry) if 0 < place.rank < _TEXT)


def _hit(entry: Entry, places: Iterable[_Place], wanted: Sequence[str]) -> Hit | None:
    best: dict[str, tuple[int, bool, _Place]] = {}
    for place in places:
        for word in wanted:
            if word not in place.plain:
                continue
            told = (place.rank, word not in place.plain.replace("-", " ").split(), place)
            if word not in best or told[:2] < best[word][:2]:
                best[word] = told
    if len(best) < len(set(wanted)):
        return None
    word = max(best, key=lambda word: best[word][:2])
    rank, part, place = best[word]
    return Hit(entry, rank, not part, place.where, place.text, word)


def _places(entry: Entry) -> Iterator[_Place]:
    """Every text of a record, ids of others among them, since a source is looked for by the id of its document."""
    yield _Place(("id",), entry.id, folded(entry.id), 0)
    for where, text in _texts(entry.data, ()):
        if where != ("id",):
            yield _Place(where, text, folded(text), _RANKS.get(_field(where), _TEXT))


def _field(where: Where) -> str:
    """The field that a text belongs to; what an update says of a field belongs to it too, such as another name."""
    return str(where[2] if where[0] == "updates" and len(where) > 2 else where[0])  # noqa: PLR2004 - updates, number, field


def _texts(value: object, where: Where) -> Iterator[tuple[Where, str]]:
    match value:
        case str():
            yield where, value
        case dict():
            for key, inner in value.items():
                yield from _texts(inner, (*where, key))
        case list():
            for index, inner in enumerate(value):
                yield from _texts(inner, (*where, index))
