"""Rules about languages: that every text has the tracker's first one, and the others too."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Where
from elo_cli.model.kinds import KINDS
from elo_cli.model.shape import EACH
from elo_cli.store.schema_problems import field_name
from elo_cli.store.tracker import Entry


@rule(
    "language-first-missing",
    Level.ERROR,
    message=N_("“{field}” has no text in {language}, the tracker’s first language"),
    meaning=N_(
        "The first language is the one in which the sources are written; every text has it that is in a language of "
        "the tracker at all."
    ),
    remedy=N_("Add the text in this language."),
)
def first_missing(context: Context) -> Iterator[Spot]:
    """Texts without the first language."""
    first, known = context.tracker.config.first_language, set(context.tracker.config.languages)
    for entry, where, text in context.once(_uneven):
        if first not in text and not known.isdisjoint(text):
            yield context.spot(entry, *where, at_key=True, field=field_name(where), language=first)


@rule(
    "language-missing",
    Level.WARNING,
    message=N_("“{field}” has no text in {languages}"),
    meaning=N_("Who reads in that language sees another one in its place, marked as such."),
    remedy=N_(
        "Add the translation; a translation that is not official is better than none, and the tracker says so once."
    ),
)
def missing(context: Context) -> Iterator[Spot]:
    """Texts without one of the other languages."""
    known = set(context.tracker.config.languages)
    others = context.tracker.config.languages[1:]
    for entry, where, text in context.once(_uneven):
        if known.isdisjoint(text):
            continue
        absent = [language for language in others if language not in text]
        if absent:
            yield context.spot(entry, *where, at_key=True, field=field_name(where), languages=", ".join(absent))


@rule(
    "language-foreign",
    Level.NOTE,
    message=N_("in “{languages}” only: {fields}; tracker.yaml lists {known}"),
    meaning=N_(
        "A text that a source has in another language alone is kept as it is, and shown as what it is. "
        "Readers of the tracker’s languages may not understand it."
    ),
    remedy=N_("Add a text in the tracker’s first language where people have to understand it; the other one stays."),
)
def foreign(context: Context) -> Iterator[Spot]:
    """Records with texts in none of the tracker's languages; one finding a record, at the first of them."""
    known = context.tracker.config.languages
    found: dict[str, tuple[Entry, Where, list[str], set[str]]] = {}
    for entry, where, text in context.once(_uneven):
        if text and set(known).isdisjoint(text):
            *_, fields, languages = found.setdefault(entry.id, (entry, where, [], set()))
            fields.append(field_name(where))
            languages.update(text)
    for entry, where, fields, languages in found.values():
        args = {"fields": ", ".join(fields), "languages": ", ".join(sorted(languages)), "known": ", ".join(known)}
        yield context.spot(entry, *where, at_key=True, **args)


@rule(
    "language-unknown",
    Level.WARNING,
    message=N_("“{field}” has a text in {language}, which tracker.yaml does not list; it lists {languages}"),
    meaning=N_(
        "Beside a text in the tracker’s own languages, one in another language is shown nowhere, and may be a slip of "
        "the pen. A tracker in one language has nothing to compare it with, and is not asked."
    ),
    remedy=N_("Mend the code of the language, or add it to languages in tracker.yaml."),
)
def unknown(context: Context) -> Iterator[Spot]:
    """Texts in a language that the tracker does not list."""
    known = context.tracker.config.languages
    for entry, where, text in context.once(_uneven) if len(known) > 1 else ():
        if set(known).isdisjoint(text):
            continue
        for language in text:
            if language not in known:
                yield context.spot(
                    entry,
                    *where,
                    language,
                    at_key=True,
                    field=field_name(where),
                    language=language,
                    languages=", ".join(known),
                )


def _uneven(context: Context) -> list[tuple[Entry, Where, Mapping[str, str]]]:
    """The texts whose languages are not exactly the tracker's, with their place in the record."""
    uneven: list[tuple[Entry, Where, Mapping[str, str]]] = []
    if not context.tracker.config_read:
        return uneven
    right = set(context.tracker.config.languages)
    texts: list[tuple[Where, Mapping[str, str]]] = []
    for kind in KINDS.values():
        for entry in context.tracker.by_kind[kind.name].values():
            _look(entry.data, kind.text_tree, (), right, texts)
            if texts:
                uneven.extend((entry, where, text) for where, text in texts)
                texts.clear()
    return uneven


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
