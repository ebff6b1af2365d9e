"""Words of closed lists, names of fields, and names of records, as elo prints them in each language."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from elo_cli.model.characters import folded
from elo_cli.model.errors import N_
from elo_cli.model.words import FIELDS, VALUES
from elo_cli.render.words.language import Language
from elo_cli.store.yaml.strict import is_mapping

ALSO: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {
        "valmis": "completed",
        "valmistunut": "completed",
        "klar": "completed",
        "klart": "completed",
        "slutförd": "completed",
        "slutfört": "completed",
        "done": "completed",
        "valmistelussa": "in-preparation",
        "under beredning": "in-preparation",
        "pågående": "in-progress",
        "ongoing": "in-progress",
        "planerad": "planned",
        "planerat": "planned",
        "peruutettu": "withdrawn",
        "avbruten": "suspended",
        "avbrutet": "suspended",
    },
    "stage": {
        "beviljad": "granted",
        "beviljats": "granted",
        "föreslagen": "proposed",
        "ehdotettu": "proposed",
        "avslagen": "rejected",
        "betald": "paid",
        "betalt": "paid",
    },
}
"""What people write where elo prints another word, by the list that it is of; each means one value and no other."""


def values(words: Sequence[str], text: str, languages: Sequence[Language]) -> list[str]:
    """Every word of a closed list that a text may mean."""
    if text in words:
        return [text]
    plain = folded(text)
    field, table = _list(words)
    meant = [word for word in words if folded(word).replace("-", " ") == plain.replace("-", " ")]
    for language in languages:
        meant += [word for word in words if word in table and folded(language.say(table[word])) == plain]
    also = {folded(said): word for said, word in ALSO.get(field, {}).items()}
    meant += [also[plain]] if also.get(plain) in words else []
    return list(dict.fromkeys(meant))


def spoken(words: Sequence[str], language: Language, languages: Sequence[Language]) -> dict[str, str]:
    """Everything that is read as one of the words of a closed list, and what elo calls it; synonyms in `language`."""
    field, table = _list(words)
    said = {word: word for word in words}
    said |= {also: language.say(table[word]) for also, word in ALSO.get(field, {}).items() if word in words}
    return said | {
        term: term for other in languages for word in words if word in table for term in (other.say(table[word]),)
    }


def _list(words: Sequence[str]) -> tuple[str, Mapping[str, str]]:
    """The field whose list these words are, and what they are called; "" and nothing where there is none."""
    found = ((field, table) for field, table in VALUES.items() if table.keys() >= set(words))
    return next(found, ("", {}))


def yes_or_no(text: str, languages: Sequence[Language]) -> list[str]:
    """What a text may mean of yes and no."""
    plain = folded(text)
    said = {
        "yes": {"yes", "true", *(folded(language.say(N_("yes"))) for language in languages)},
        "no": {"no", "false", *(folded(language.say(N_("no"))) for language in languages)},
    }
    return [word for word, words in said.items() if plain in words]


def fields(names: Iterable[str], text: str, languages: Sequence[Language]) -> list[str]:
    """Every field among these names that a text may mean, by its own name or its heading."""
    known = list(names)
    if text in known:
        return [text]
    plain = folded(text)
    return [
        name
        for name in known
        if plain == folded(name.replace("_", " "))
        or (name in FIELDS and any(folded(language.say(FIELDS[name])) == plain for language in languages))
    ]


def called(records: Iterable[tuple[str, Mapping[str, Any]]], text: str) -> list[str]:
    """The ids of the records that a text names: by abbreviation or name in any language, alone or before the id."""
    plain = folded(text)
    ids = []
    for record_id, data in records:
        names = {folded(name) for name in _names(data)}
        if plain in names or any(plain == f"{name} ({record_id})" for name in names):
            ids.append(record_id)
    return ids


def _names(data: Mapping[str, Any]) -> Iterable[str]:
    """Every name and abbreviation that a record has or had, in every language."""
    updates = data.get("updates")
    for said in (data, *(updates if isinstance(updates, list) else ())):
        for field in ("name", "abbreviation"):
            texts = said.get(field) if is_mapping(said) else None
            yield from (str(text) for text in texts.values()) if is_mapping(texts) else ()
