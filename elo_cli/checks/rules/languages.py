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
    meaning=N_("The first language is the one in which the sources are written; every text has it."),
    remedy=N_("Add the text in this language."),
)
def first_missing(context: Context) -> Iterator[Spot]:
    """Texts without the first language."""
    first = context.tracker.config.first_language
    for entry, where, text in context.once(_uneven):
        if first not in text:
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
    others = context.tracker.config.languages[1:]
    first: dict[str, Uneven] = {}
    counts: dict[str, Counter[str]] = {}
    for found in context.once(_uneven):
        absent = [language for language in others if language not in found.text]
        if absent:
            first.setdefault(found.entry.path, found)
            counts.setdefault(found.entry.path, Counter()).update(absent)
    for path, (entry, where, _) in first.items():
        told = {language: counts[path][language] for language in others if language in counts[path]}
        listed = ", ".join(f"{language} {number}" for language, number in told.items())
        yield context.spot(entry, *where, at_key=True, missing=listed, counts=told)


@rule(
    "language-unknown",
    Level.WARNING,
    message=N_("“{field}” has a text in {language}, which tracker.yaml does not list; it lists {languages}"),
    meaning=N_("A text in a language that the tracker is not kept in is shown nowhere."),
    remedy=N_("Mend the code of the language, or add it to languages in tracker.yaml."),
)
def unknown(context: Context) -> Iterator[Spot]:
    """Texts in a language that the tracker does not list."""
    known = context.tracker.config.languages
    for entry, where, text in context.once(_uneven):
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


def _uneven(context: Context) -> list[Uneven]:
    """The texts whose languages are not exactly the tracker's, with their place in the record."""
    return list(uneven(context.tracker))
