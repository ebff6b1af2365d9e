"""The rule that keeps promises: what was promised changes lawfully only with a reason and someone who decided it."""

from collections.abc import Iterator
from functools import cache

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase
from elo_cli.model.records.base import Record


@rule(
    "promise-changed-without-decision",
    Level.ERROR,
    message=N_("“{field}” is changed from what was promised, and {lacking}"),
    meaning=N_(
        "What was promised (a due, a goal, an indicator, a name …) changes lawfully only when somebody decided it for "
        "a reason. Otherwise a deadline that was missed would look like one that was never there."
    ),
    remedy=N_(
        "Add reason and decided_by to the update. If the promise was written down wrongly, use elo set, which adds a "
        "correction."
    ),
)
def changed_without_decision(context: Context) -> Iterator[Spot]:
    """Updates that give a stated promise field another value without reason or decider; filling a gap needs neither."""
    for entry in context.with_updates:
        record = entry.record
        fields = record.promise_fields
        stated: dict[str, object] = {}
        names = _names(type(record))
        for index, update in context.standing(record):
            if names.isdisjoint(update.model_fields_set):
                continue
            for said, value in update.changes().items():
                field = record.update_names.get(said, said)
                if field not in fields:
                    continue
                before = stated.get(field, getattr(record, field, None))
                stated[field] = value
                if not update.is_explained and before is not None and value != before and not _adds_only(before, value):
                    lacking = _LACKING[update.reason is not None, update.decided_by is not None]
                    yield context.spot(entry, "updates", index, said, at_key=True, field=said, lacking=lacking)


@cache
def _names(model: type[Record]) -> frozenset[str]:
    """What an update calls the fields of a promise."""
    fields = model.promise_fields
    return fields | {said for said, field in model.update_names.items() if field in fields}


_LACKING = {
    (False, False): Phrase(N_("neither a reason nor who decided it is given")),
    (True, False): Phrase(N_("it is not said who decided it")),
    (False, True): Phrase(N_("no reason is given")),
}


def _adds_only(before: object, value: object) -> bool:
    """Whether an update of parts leaves every stated part of a group of fields as it was, such as a plan code added."""
    parts, stated = getattr(value, "model_fields_set", None), getattr(before, "model_fields_set", None)
    if parts is None or stated is None:
        return False
    return all(getattr(before, part) in (None, getattr(value, part)) for part in parts if part in stated)
