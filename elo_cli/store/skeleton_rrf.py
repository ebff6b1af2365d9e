"""The Recovery and Resilience Facility as an instrument: its days, its reporting calendar, and the acts behind them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.model.languages import LANGUAGES
from elo_cli.model.records.vocabulary import Document, Instrument
from elo_cli.store.tracker import Tracker
from elo_cli.store.yaml.strict import Plain

InLanguages = Callable[[str], Mapping[str, str]]
"""A message in each language of the tracker."""

RRF_ID: Final = "rrf"
"""The id that the instrument gets; nothing depends on it but what names it."""


class _Act(NamedTuple):
    """A legal act that sets days."""

    id: str
    name: str
    reference: str
    date: str


_REGULATION: Final = _Act(
    "rrf-regulation",
    N_("Regulation (EU) 2021/241 of the European Parliament and of the Council"),
    "2021/241",
    "2021-02-12",
)
_REPORTING: Final = _Act(
    "rrf-reporting-regulation", N_("Commission Delegated Regulation (EU) 2021/2106"), "2021/2106", "2021-09-28"
)
_DAYS: Final = (
    ("common-indicators-february", N_("Common indicators (data to 31 December)"), "02-28"),
    ("progress-report-april", N_("Progress report"), "04-30"),
    ("common-indicators-august", N_("Common indicators (data to 30 June)"), "08-31"),
    ("progress-report-october", N_("Progress report"), "10-15"),
)
"""What is reported by which day of every year (2021/2106 art. 2)."""


def rrf_records(tracker: Tracker | None, languages: Sequence[str], texts: InLanguages) -> list[tuple[Kind, Plain]]:
    """The instrument and the acts behind it, as far as a tracker lacks them; None is a tracker that is being made.

    Nothing where an instrument has the RRF's rules already, or where its id is taken: `elo check` tells then what is
    missing. Acts that the tracker has, under whatever id, are named and not written twice.
    """
    known = list(tracker.of(Instrument)) if tracker is not None else []
    if any(instrument.rules == "rrf" for instrument in known) or _taken(tracker, RRF_ID):
        return []
    acts: list[tuple[Kind, Plain]] = []
    ids: dict[str, str] = {}
    for act in (_REGULATION, _REPORTING):
        there = (
            next((document.id for document in tracker.of(Document) if document.reference == act.reference), None)
            if tracker
            else None
        )
        if there is None and _taken(tracker, act.id):
            return []
        ids[act.id] = there or act.id
        if there is None:
            acts.append((KINDS["document"], _document(act, languages, texts)))
    return [*acts, (KINDS["instrument"], _instrument(ids, languages, texts))]


def _taken(tracker: Tracker | None, record_id: str) -> bool:
    return tracker is not None and (record_id in tracker.entries or record_id in tracker.broken)


def _document(act: _Act, languages: Sequence[str], texts: InLanguages) -> Plain:
    return {
        "id": act.id,
        "name": _name(act.name, f"(EU) {act.reference}", languages, texts),
        "date": act.date,
        "reference": act.reference,
        "sources": [{"document": act.id}],
    }


def _instrument(ids: Mapping[str, str], languages: Sequence[str], texts: InLanguages) -> Plain:
    regulation, reporting = ids[_REGULATION.id], ids[_REPORTING.id]
    note = {code: text for code, text in texts(_NOTE).items() if code in LANGUAGES}
    return {
        "id": RRF_ID,
        "name": _name(N_("Recovery and Resilience Facility"), "RRF", languages, texts),
        "abbreviation": dict.fromkeys(languages, "RRF"),
        "rules": "rrf",
        "last_day": "2026-08-31",
        "last_payment_day": "2026-12-31",
        "reporting": {
            key: {"name": _name(name, "(EU) 2021/2106, art. 2", languages, texts), "day": day, "set_by": [reporting]}
            for key, name, day in _DAYS
        },
        "sources": [
            {"document": regulation, "section": "art. 18(4)(i), art. 20(5)(d)"},
            {"document": regulation, "section": "art. 24(1)"},
            {"document": reporting, "section": "art. 2"},
        ],
        **({"note": note} if languages[0] in note else {}),
    }


_NOTE: Final = N_("The regulation was read as published on 18 February 2021; later amendments have not been checked.")


def _name(message: str, number: str, languages: Sequence[str], texts: InLanguages) -> dict[str, str]:
    """A name in the languages that elo speaks; what has no words in another one is called by the act's number there."""
    said = texts(message)
    return {code: said[code] if code in LANGUAGES else number for code in languages}
