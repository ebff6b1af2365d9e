"""The field's terms as a reader sees them: a word for every value, kind and field, and a sign beside the word.

A sign never stands alone and a colour never says what the word does not.
"""

from typing import Final, NamedTuple

from elo_cli.model.errors import N_
from elo_cli.render.language import Language
from elo_cli.render.screen import Screen


class Term(NamedTuple):
    """A value's word, its sign in Unicode and in ASCII, and the colour that repeats what both say."""

    word: str
    sign: str = ""
    plain: str = ""
    style: str = ""


STATUS: Final = {
    "planned": Term(N_("planned"), "○", "o"),
    "in-preparation": Term(N_("in preparation"), "◔", "o"),
    "in-progress": Term(N_("in progress"), "◐", ">"),
    "completed": Term(N_("completed"), "●", "x", "green"),
    "suspended": Term(N_("suspended"), "◌", "=", "yellow"),
    "withdrawn": Term(N_("withdrawn"), "⊘", "-", "dim"),
}
NO_STATUS: Final = Term(N_("no status stated"), "·", "?", "dim")
CONFIDENCE: Final = {
    "on-track": Term(N_("on track"), "▲", "+", "green"),
    "at-risk": Term(N_("at risk"), "◆", "!", "yellow"),
    "off-track": Term(N_("off track"), "▼", "!!", "red"),
}
TIMING: Final = {
    "done": Term(N_("done"), "✓", "x", "green"),
    "contested": Term(N_("contested"), "≠", "/", "red"),
    "withdrawn": Term(N_("withdrawn"), "⊘", "-", "dim"),
    "upcoming": Term(N_("upcoming"), "→", ">"),
    "due-soon": Term(N_("due soon"), "◷", "!", "yellow"),
    "unreported": Term(N_("unreported"), "?", "?", "yellow"),
    "overdue": Term(N_("overdue"), "‼", "!!", "red"),
}
STAGE: Final = {
    "unstated": Term(N_("stage not stated")),
    "to-be-proposed": Term(N_("to be proposed")),
    "proposed": Term(N_("proposed")),
    "pending": Term(N_("pending a decision")),
    "appropriated": Term(N_("in the budget")),
    "open-call": Term(N_("open for application")),
    "granted": Term(N_("granted")),
    "rejected": Term(N_("rejected")),
    "paid": Term(N_("paid")),
}
EU: Final = {
    "not-requested": Term(N_("payment not requested")),
    "requested": Term(N_("payment requested")),
    "positive": Term(N_("preliminary assessment positive")),
    "negative": Term(N_("preliminary assessment negative")),
    "fulfilled": Term(N_("fulfilled (EU)")),
    "suspended": Term(N_("payment suspended")),
    "reduced": Term(N_("payment reduced")),
    "reversed": Term(N_("fulfilment reversed")),
}
BASIS: Final = {"total": Term(N_("in total")), "per-year": Term(N_("per year"))}
LEVEL: Final = {
    "error": Term(N_("error"), "✗", "x", "red"),
    "warning": Term(N_("warning"), "!", "!", "yellow"),
    "note": Term(N_("note"), "·", "-", "dim"),
}
TYPE: Final = {
    "rrf-milestone": Term(N_("RRF milestone")),
    "rrf-target": Term(N_("RRF target")),
    "monitoring-step": Term(N_("monitoring step")),
    "national": Term(N_("national milestone")),
    "forum": Term(N_("forum")),
    "working-group": Term(N_("working group")),
    "budget-session": Term(N_("budget session")),
    "mid-term-review": Term(N_("mid-term policy review session")),
    "network-event": Term(N_("network event")),
    "strategic-goal": Term(N_("strategic goal")),
    "goal-statement": Term(N_("goal in a sentence")),
    "vision-statement": Term(N_("statement of the vision")),
    "ministry": Term(N_("ministry")),
    "agency": Term(N_("agency")),
    "regional-authority": Term(N_("regional authority")),
    "local-authority": Term(N_("local authority")),
    "education-provider": Term(N_("education provider")),
    "parliamentary-group": Term(N_("parliamentary group")),
    "network": Term(N_("network")),
    "private": Term(N_("private service provider")),
    "ngo": Term(N_("non-governmental organisation")),
    "union": Term(N_("trade union")),
    "employer": Term(N_("employer")),
    "international": Term(N_("international body")),
    "other": Term(N_("other")),
}
KIND: Final = {
    "measure": Term(N_("measure")),
    "funding": Term(N_("funding line")),
    "milestone": Term(N_("milestone")),
    "meeting": Term(N_("meeting")),
    "goal": Term(N_("goal")),
    "organisation": Term(N_("organisation")),
    "programme": Term(N_("programme")),
    "instrument": Term(N_("instrument")),
    "document": Term(N_("document")),
    "function": Term(N_("function")),
}
FIELD: Final = {
    "abbreviation": N_("Abbreviation"),
    "actions": N_("Actions"),
    "address": N_("Address"),
    "agenda": N_("Agenda"),
    "amount": N_("Amount"),
    "approximate": N_("Approximate"),
    "baseline": N_("Baseline"),
    "basis": N_("Basis"),
    "by": N_("Said by"),
    "cid_number": N_("Number in the Council decision"),
    "cid_version": N_("Version of the Council decision"),
    "confidence": N_("Confidence"),
    "contact": N_("Contact"),
    "corrections": N_("Corrections"),
    "count": N_("Number"),
    "counted": N_("Counted in sums"),
    "covers": N_("Covers"),
    "currency": N_("Currency"),
    "data": N_("Data"),
    "date": N_("Date"),
    "day": N_("Day"),
    "decided_at": N_("Decided at"),
    "decided_by": N_("Decided by"),
    "decides": N_("To be decided"),
    "decisions": N_("Decisions"),
    "depends_on": N_("Depends on"),
    "description": N_("Description"),
    "document": N_("Document"),
    "due": N_("Due"),
    "effective": N_("Happened on"),
    "eu": N_("EU assessment"),
    "evidence": N_("Evidence"),
    "follows": N_("Continues"),
    "formerly": N_("Formerly"),
    "function": N_("Function"),
    "further_specification": N_("Further specification"),
    "goal": N_("Goal"),
    "held": N_("Held on"),
    "id": N_("Id"),
    "indicator": N_("Indicator"),
    "inferred": N_("Inferred"),
    "instalment": N_("Instalment"),
    "instrument": N_("Instrument"),
    "key": N_("Key measure"),
    "last_day": N_("Last day"),
    "last_payment_day": N_("Last day for payments"),
    "lead": N_("Lead"),
    "legal_basis": N_("Legal basis"),
    "may_overlap": N_("May overlap with"),
    "measures": N_("Measures"),
    "mechanism": N_("Verification mechanism"),
    "name": N_("Name"),
    "note": N_("Note"),
    "one_of": N_("One of"),
    "organisation": N_("Organisation"),
    "organisers": N_("Organisers"),
    "own_contribution": N_("Own contribution"),
    "own_words": N_("Name in our own words"),
    "page": N_("Page"),
    "part_of": N_("Part of"),
    "period": N_("Period"),
    "permanent": N_("Permanent"),
    "person_years": N_("Person-years"),
    "plan_measure": N_("Measure in the plan"),
    "possible": N_("Only possible"),
    "programme": N_("Programme"),
    "programmes": N_("Programmes"),
    "proposed_by": N_("Proposed by"),
    "publisher": N_("Publisher"),
    "read": N_("Read on"),
    "reason": N_("Reason"),
    "recipients": N_("Recipients"),
    "reference": N_("Reference"),
    "reporting": N_("Reporting calendar"),
    "responsible": N_("Responsible"),
    "roles": N_("Roles"),
    "rrf": N_("Recovery and resilience plan"),
    "section": N_("Section"),
    "set_by": N_("Set by"),
    "sha256": N_("SHA-256"),
    "shares": N_("Shares"),
    "slide": N_("Slide"),
    "sources": N_("Sources"),
    "stage": N_("Stage"),
    "status": N_("Status"),
    "task": N_("Task"),
    "text": N_("Text"),
    "title": N_("Title"),
    "type": N_("Type"),
    "unit": N_("Unit"),
    "updates": N_("Updates"),
    "uri": N_("Web address"),
    "value": N_("Value"),
    "verification": N_("Verification"),
    "years": N_("Years"),
}
"""Every field's name as a heading."""

VALUES: Final = {
    "status": STATUS,
    "confidence": CONFIDENCE,
    "stage": STAGE,
    "eu": EU,
    "basis": BASIS,
    "type": TYPE,
    "timing": TIMING,
}
"""The terms of each field whose values are words of a closed list."""


def word(language: Language, field: str, value: str | None) -> str:
    """The word for a value of a field; a dash for nothing, the value itself where there is no term for it."""
    if value is None:
        return "–"
    term = VALUES.get(field, {}).get(value)
    return language.say(term.word) if term is not None else value


def head(language: Language, field: str) -> str:
    """A field's name as a heading."""
    return language.say(FIELD[field]) if field in FIELD else field


def kind_word(language: Language, kind: str) -> str:
    """A kind's name."""
    return language.say(KIND[kind].word)


def signed(screen: Screen, term: Term) -> str:
    """The sign and the word: `● completed`, in ASCII `[x] completed`."""
    text = screen.language.say(term.word)
    sign = screen.sign(term.sign, f"[{term.plain}]" if term.plain else "")
    return f"{sign} {text}" if sign else text
