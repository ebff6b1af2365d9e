"""Rules about languages: that every text has the tracker's first one, and the others too."""

from collections import Counter
from collections.abc import Iterator

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level
from elo_cli.store.schema_problems import field_name
from elo_cli.tracking.texts.translations import Uneven, uneven


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
    Level.NOTE,
    message=N_("translations are missing: {missing}"),
    meaning=N_(
        "Who reads in that language sees another one in its place, marked as such. The note counts the texts of a file "
        "by language and stands at the first of them."
    ),
    remedy=N_(
        "elo translate asks for them one by one, or writes a sheet for a translator; a translation that is not "
        "official is better than none, and the tracker says so once."
    ),
)
def missing(context: Context) -> Iterator[Spot]:
    """Files with texts without one of the other languages, one note each."""
    known = set(context.tracker.config.languages)
    others = context.tracker.config.languages[1:]
    first: dict[str, Uneven] = {}
    counts: dict[str, Counter[str]] = {}
    for text in context.once(_uneven):
        if known.isdisjoint(text.text):
            continue
        absent = [language for language in others if language not in text.text]
        if absent:
            first.setdefault(text.entry.path, text)
            counts.setdefault(text.entry.path, Counter()).update(absent)
    for path, (entry, where, _) in first.items():
        told = {language: counts[path][language] for language in others if language in counts[path]}
        listed = ", ".join(f"{language} {number}" for language, number in told.items())
        yield context.spot(entry, *where, at_key=True, missing=listed, counts=told)


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
    texts_of: dict[str, tuple[Uneven, list[str], set[str]]] = {}
    for text in context.once(_uneven):
        if text.text and set(known).isdisjoint(text.text):
            _, fields, languages = texts_of.setdefault(text.entry.id, (text, [], set()))
            fields.append(field_name(text.where))
            languages.update(text.text)
    for (entry, where, _), fields, languages in texts_of.values():
        args = {"fields": ", ".join(fields), "languages": ", ".join(sorted(languages)), "known": ", ".join(known)}
        yield context.spot(entry, *where, at_key=True, **args)


@rule(
    "language-unknown",
    Level.WARNING,
    message=N_("“{field}” has a text in {language}, which tracker.yaml does not list; it lists {languages}"),
    meaning=N_(
        "Beside a text in the tracker’s own languages, one in another language is shown nowhere, and may be a slip of "
        "the pen. One in which other texts stand alone is a source's language and no slip. A tracker in one language "
        "has nothing to compare it with, and is not asked."
    ),
    remedy=N_("Mend the code of the language, or add it to languages in tracker.yaml."),
)
def unknown(context: Context) -> Iterator[Spot]:
    """Texts in a language that the tracker does not list, and in which no source's words are kept."""
    known = context.tracker.config.languages
    alone = {code for text in context.once(_uneven) if set(known).isdisjoint(text.text) for code in text.text}
    for entry, where, text in context.once(_uneven) if len(known) > 1 else ():
        if set(known).isdisjoint(text):
            continue
        for language in text:
            if language not in known and language not in alone:
                yield context.spot(
                    entry,
                    *where,
                    language,
                    at_key=True,
                    field=field_name(where),
                    language=language,
                    languages=", ".join(known),
                )


def _uneven(context: Context) -> list[Uneven]:
    """The texts whose languages are not exactly the tracker's, with their place in the record."""
    return list(uneven(context.tracker))
