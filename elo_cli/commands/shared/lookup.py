"""From what was typed to what is meant: a kind by its folder, a record by its id; the nearest right word else."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

from elo_cli.model.errors import N_, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elo_cli.checks.rule import Rule
    from elo_cli.model.kinds import Kind
    from elo_cli.store.schemas import Schema
    from elo_cli.store.tracker import Entry, Tracker
    from elo_cli.tracking.listing import Filters


def kind_of_folder(name: str) -> "Kind":
    """The kind whose folder or own name was typed; UsageProblem with the right names otherwise."""
    from elo_cli.model.kinds import BY_FOLDER, KINDS

    kind = BY_FOLDER.get(name) or KINDS.get(name)
    if kind is None:
        raise _unknown(N_("there is no kind “{given}”; right would be one of {known}"), name, BY_FOLDER)
    return kind


def entry_of(tracker: "Tracker", record_id: str) -> "Entry":
    """The record with this id; UsageProblem with the nearest id when there is none or it could not be read."""
    from elo_cli.model.errors import UnreadableProblem

    entry = tracker.entries.get(record_id)
    if entry is not None:
        return entry
    if record_id in tracker.broken:
        raise UnreadableProblem(N_("the record “{id}” cannot be read; elo check says why"), id=record_id)
    for other in tracker.entries.values():
        if record_id in (other.record.formerly or ()):
            raise UsageProblem(N_("“{id}” is now called {now}"), id=record_id, now=other.id)
    nearest = get_close_matches(record_id, tracker.entries, n=1, cutoff=0.5)
    if nearest:
        raise UsageProblem(N_("there is no record “{id}”; nearest is {nearest}"), id=record_id, nearest=nearest[0])
    raise UsageProblem(N_("there is no record “{id}”; elo list measures shows what there is"), id=record_id)


def rule_of(rule_id: str) -> "Rule":
    """The rule with this id; UsageProblem with the nearest id when there is none."""
    from elo_cli.checks.manual import EVERY_RULE

    rule = EVERY_RULE.get(rule_id)
    if rule is None:
        nearest = get_close_matches(rule_id, EVERY_RULE, n=1, cutoff=0.5)
        if nearest:
            raise UsageProblem(N_("there is no rule “{id}”; nearest is {nearest}"), id=rule_id, nearest=nearest[0])
        raise UsageProblem(N_("there is no rule “{id}”; elo rules lists them"), id=rule_id)
    return rule


def schema_called(name: str, schemas: "Mapping[str, Schema]") -> "Schema":
    """The schema with this name, or of the kind or folder with it; UsageProblem with the nearest name otherwise."""
    from elo_cli.model.kinds import BY_FOLDER, KINDS

    kind = KINDS.get(name) or BY_FOLDER.get(name)
    schema = schemas.get(kind.schema if kind is not None else name.removesuffix(".schema.json"))
    if schema is None:
        nearest = get_close_matches(name, [*schemas, *KINDS], n=1, cutoff=0.5)
        if nearest:
            raise UsageProblem(N_("there is no schema “{name}”; nearest is {nearest}"), name=name, nearest=nearest[0])
        raise UsageProblem(N_("there is no schema “{name}”; elo schema lists them"), name=name)
    return schema


def known_ids(tracker: "Tracker", filters: "Filters") -> None:
    """Refuse a filter that can match nothing, since an empty answer to a mistyped question is a wrong answer."""
    from elo_cli.model.records.funding import Stage
    from elo_cli.model.records.measure import Status
    from elo_cli.tracking.day.timing import TimingWord

    for given, kind in (
        (filters.goal, "goal"),
        (filters.owner, "organisation"),
        (filters.instrument, "instrument"),
        (filters.measure, "measure"),
    ):
        if given is not None and given not in tracker.by_kind[kind]:
            raise _unknown(
                N_("there is no {kind} “{given}”; right would be one of {known}"),
                given,
                tracker.by_kind[kind],
                kind=kind,
            )
    for given, words, field in (
        (filters.status, get_args(Status), "status"),
        (filters.stage, get_args(Stage), "stage"),
        (filters.timing, get_args(TimingWord), "timing"),
    ):
        if given is not None and given not in words:
            raise UsageProblem(
                N_("there is no {kind} “{given}”; right would be one of {known}"),
                given=given,
                known=", ".join(words),
                kind=field,
            )


def _unknown(message: str, given: str, known: Iterable[str], **values: object) -> UsageProblem:
    """The right words, nearest first, and not more of them than a line holds."""
    words = list(known)
    near = get_close_matches(given, words, n=3, cutoff=0.5)
    shown = near or words[:12]
    return UsageProblem(
        message, given=given, known=", ".join(shown) + ("" if near or len(words) <= len(shown) else " …"), **values
    )
