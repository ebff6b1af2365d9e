"""The history of a record as a timeline of its statuses: a picture, and the table that says the same."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from markupsafe import Markup

from elo_cli.model.errors import N_
from elo_cli.render.forms.html import Address
from elo_cli.render.site.bars import Part
from elo_cli.render.site.html import page_body
from elo_cli.render.site.pages import Pages
from elo_cli.render.words import terms
from elo_cli.store.tracker import Entry
from elo_cli.tracking.overviews.statuses import Statuses, StatusStep, statuses_of

_WIDTH: Final = 320
"""Units across the picture: so many that its letters can be read on a phone."""
_LEAST: Final = 3
_SILENCE: Final = N_("Nothing has been said of the status since then.")


def statuses(pages: Pages, entry: Entry, address: Address) -> Markup:
    """The timeline of a record; nothing of one that has never had a status."""
    found = statuses_of(pages.view, entry.record)
    if found is None:
        return Markup()
    language, steps = pages.language, found.steps
    say = language.say
    parts = list(_parts(found, pages.view.as_of)) if all(step.since is not None for step in steps) else []
    told = [
        {
            "word": step.status or "unstated",
            "status": _word(pages, step),
            "since": language.period(step.since) if step.since is not None else "–",
            "said": _said(pages, step),
        }
        for step in steps
    ]
    return page_body(
        "statuses",
        address,
        said={
            "head": say(N_("Statuses along time")),
            "picture": say(N_("Picture; the table below says the same")),
            "first": told[0]["since"],
            "last": language.day(pages.view.as_of),
            "silence": say(N_("Nothing has been said of the status since then."))
            if found.until < pages.view.as_of
            else "",
            "status": terms.head(language, "status"),
            "since": say(N_("Since")),
            "said": say(N_("Said by")),
        },
        parts=parts,
        steps=told,
    )


def _word(pages: Pages, step: StatusStep) -> str:
    return pages.language.say(terms.STATUS.get(step.status or "", terms.NO_STATUS).word)


def _said(pages: Pages, step: StatusStep) -> str:
    """Who said it: the promise, a body, or a document."""
    say = pages.language.say
    if step.word is None:
        return say(N_("as first stated"))
    if step.word.by is not None:
        return pages.names.short(step.word.by)
    sources = step.word.sources or ()
    return pages.names.long(sources[0].document) if sources else "–"


def _parts(found: Statuses, as_of: date) -> Iterator[Part]:
    """The stretches of the picture, to scale; the shortest can still be seen.

    What nobody has said anything of, after the last word, is a stretch that says so.
    """
    first = min(step.day for step in found.steps)
    whole = max((as_of - first).days, 1)

    def place(day: date) -> float:
        return _WIDTH * min((day - first).days, whole) / whole

    starts = [place(step.day) for step in found.steps]
    until = place(max(found.until, found.steps[-1].day))
    for step, start, end in zip(found.steps, starts, [*starts[1:], until], strict=True):
        width = max(end - start, _LEAST)
        yield Part(step.status or "unstated", f"{min(start, _WIDTH - width):.1f}", f"{width:.1f}")
    if _WIDTH - until > _LEAST:
        yield Part("silence", f"{max(until, _LEAST):.1f}", f"{_WIDTH - max(until, _LEAST):.1f}")
