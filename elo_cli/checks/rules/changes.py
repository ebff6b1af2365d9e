"""The rules of what may change between a revision and the data as it is.

They look at two versions and not at one, so they stand apart from the rules that look at the tracker alone.
"""

from collections.abc import Iterator
from typing import Final

from elo_cli.checks.rule import CHANGE_RULES, Context, Rule, Spot
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level

__all__ = ["CHANGE_RULES", "ERROR"]


def _nothing(_context: Context) -> Iterator[Spot]:
    yield from ()


def _rule(rule_id: str, level: Level, message: str, meaning: str, remedy: str) -> None:
    CHANGE_RULES[rule_id] = Rule(rule_id, level, message, meaning, remedy, _nothing)


ERROR: Final = Level.ERROR
WARNING: Final = Level.WARNING

_rule(
    "promise-rewritten",
    ERROR,
    N_("the promise was rewritten: {field} was {old} and is now {new}, and no correction says why"),
    N_(
        "What was promised stays readable for ever. A promise changes by an update that says why and who decided it; "
        "what we had written down wrongly is put right by an entry in corrections. Here the promise itself was "
        "changed, and nothing says which of the two it is."
    ),
    N_(
        "If something has changed in the world: restore the old value, and add an update with the new one, a reason "
        "and decided_by. If the old value was our mistake: add an entry to corrections with date, field, was and "
        "reason; elo set does that."
    ),
)
_rule(
    "promise-wording",
    WARNING,
    N_("the wording of the promise was rewritten: {field} was {old} and is now {new}, and no correction says why"),
    N_("The wording in the tracker's first language is what was promised. Translations may be improved freely."),
    N_("Add an entry to corrections with date, field, was and reason, or restore the old wording."),
)
_rule(
    "promise-completed",
    WARNING,
    N_("{field} was not stated in the promise and is now {new}; no correction says that it had been left out"),
    N_("A value that appears in the promise afterwards looks as if it had always been promised."),
    N_(
        "If the source has it and we had left it out: add an entry to corrections with was: null. If it is news: write "
        "it into an update."
    ),
)
_rule(
    "translation-old",
    WARNING,
    N_("the text of {field} changed, and its translations are of the earlier text: {new}"),
    N_("Who reads a translation reads what the text said before."),
    N_("Translate the new text: elo set ID FIELD LANG=…; that needs no reason."),
)
_rule(
    "update-edited",
    ERROR,
    N_("the published update of {date} was rewritten: {field} was {old} and is now {new}"),
    N_("What was said on a day stays what was said on that day. A published update is never edited."),
    N_(
        "Restore the update, and add a new one, dated today, that says what holds now; if the update was wrong, elo "
        "retract marks it as that."
    ),
)
_rule(
    "update-retraction-changed",
    ERROR,
    N_("the retraction of the published update of {date} was rewritten: {field} was {old} and is now {new}"),
    N_("That an update was taken back, when and why, was published like the update itself, and is not taken back."),
    N_("Restore the retraction. If the update was right after all: add a new one, dated today, that says so."),
)
_rule(
    "update-removed",
    ERROR,
    N_("the published update of {date} was removed: {old}"),
    N_("What was said on a day stays what was said on that day. A published update is never removed."),
    N_(
        "Restore the update. If it was wrong, retract it with elo retract; if it no longer holds, add a new one, dated "
        "today, that says so."
    ),
)
_rule(
    "update-due-unexplained",
    ERROR,
    N_("the deadline moved from {old} to {new} without a reason and a decider"),
    N_("A deadline moves lawfully only by an update that says why and who decided it."),
    N_("Add reason and decided_by to the update."),
)
_rule(
    "update-change-unexplained",
    ERROR,
    N_("{field} changed from {old} to {new} without a reason and a decider"),
    N_("What was promised changes lawfully only by an update that says why and who decided it."),
    N_("Add reason and decided_by to the update."),
)
_rule(
    "update-status-backwards",
    ERROR,
    N_("the status went back from {old} to {new} without a reason"),
    N_("Work that was further yesterday than it is today needs a word on what happened."),
    N_("Add a reason to the update; if the earlier status was never true, say that in it."),
)
_rule(
    "update-grant-lowered",
    ERROR,
    N_("an amount that had been decided was lowered from {old} to {new} without a decision"),
    N_("Money that was granted, paid or in the budget becomes less only by somebody's decision."),
    N_("Add decided_by to the update: the meeting, organisation or document that decided it."),
)
_rule(
    "update-fulfilment-undone",
    ERROR,
    N_("what was fulfilled went back from {old} to {new} without a reversal"),
    N_(
        "A fulfilled milestone or target stays fulfilled unless the EU finds it reversed (Regulation (EU) 2021/241, "
        "article 24(3))."
    ),
    N_("Set eu: reversed in the update that reports the reversal, or take the change back."),
)
_rule(
    "record-id-changed",
    ERROR,
    N_("the id changed from {old} to {new}, and formerly does not say so"),
    N_("An id is for ever: reports, links and other records rely on it. A rename is declared, so that they find it."),
    N_("Add the old id to formerly; elo mv does that and follows the references."),
)
_rule(
    "record-id-reused",
    ERROR,
    N_("the id {id} belonged to another record before: {old}"),
    N_("An id is used once. Whoever follows an old link would read about something else."),
    N_("Give the new record an id of its own."),
)
_rule(
    "record-removed",
    WARNING,
    N_("the record {id} was removed"),
    N_("What was promised does not disappear; a measure that is given up is withdrawn, and says so."),
    N_("Restore the file and add an update with status: withdrawn; remove a record only if it never was one."),
)
_rule(
    "record-removed-referenced",
    ERROR,
    N_("the record {id} was removed while others point to it: {others}"),
    N_("Records that refer to what is not there say less than they seem to."),
    N_("Restore the record, or change the records that refer to it first; elo rm says which they are."),
)
_rule(
    "record-correction-removed",
    WARNING,
    N_("a correction of {field} was removed"),
    N_("A correction says that we had written something down wrongly. Without it nobody sees that."),
    N_("Restore the entry in corrections."),
)
_rule(
    "source-removed",
    WARNING,
    N_("the source {old} was removed"),
    N_("A fact rests on its source: without it nobody can check where it comes from."),
    N_("Restore the source, or say in a correction why it never was one."),
)
_rule(
    "promise-vocabulary",
    WARNING,
    N_("{field} of a goal or an instrument was {old} and is now {new}, and no correction says why"),
    N_(
        "What a goal says was promised, and the days of an instrument are those of an act. Dues and reports follow "
        "from them, so a change of one entry can change the meaning of many records."
    ),
    N_("Add an entry to corrections with date, field, was and reason, or restore the old value."),
)
_rule(
    "promise-language-changed",
    ERROR,
    N_("the first language was {old} and is now {new}"),
    N_(
        "Promises and published updates are official in the first language. In another one, what was promised would be "
        "a translation, which anyone may change."
    ),
    N_("Restore the order of languages in tracker.yaml."),
)
_rule(
    "record-unreadable",
    ERROR,
    N_("what has changed here cannot be told, since it cannot be read"),
    N_("A record that cannot be read may hide that its promise was rewritten or removed."),
    N_("Mend the file, or what stands in its place; elo check says what is wrong with it."),
)
_rule(
    "record-tracker-gone",
    ERROR,
    N_("the tracker in “{id}” was there before and is gone, and its records were compared with nothing"),
    N_("Records that move together with a rewritten promise would look like new ones."),
    N_("Move the data folder in a change of its own that leaves no other tracker in its old or new place."),
)
