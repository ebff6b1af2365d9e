"""Rules about payment requests: what belongs to them, in which order things are said, and whether the tracks agree."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from elo_cli.checks.rule import Context, Spot, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase, Where
from elo_cli.model.period import Period
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import ATTACHED, PaymentRequest, Question
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.model.words import said
from elo_cli.store.tracker import Entry
from elo_cli.tracking.day.clocks import amount_of
from elo_cli.tracking.day.instruments import may_share_support
from elo_cli.tracking.day.state import State
from elo_cli.tracking.day.timing import reached_in
from elo_cli.tracking.requests import AMOUNTS, step

if TYPE_CHECKING:
    from datetime import date

_FEW: Final = 10
"""More milestones than this are counted in a message, since nobody reads them there."""
_AFTERWARDS: Final = ("assessment", "observations", "suspended", "reduced", "paid")
"""What can be said of a request only once it was sent; and so of single milestones."""
_DAYS_FROM: Final = ("sent", "assessment", "suspended", "reduced")
"""What a time runs from (2021/241 art. 24)."""
_AFTER_REQUEST: Final = frozenset({"requested", "positive", "negative", "fulfilled", "suspended", "reduced"})
_DENIED: Final = frozenset({"negative", "suspended", "reduced"})
_GRANTED: Final = frozenset({"positive", "fulfilled"})
_UNOBJECTED: Final = frozenset({"requested", *_GRANTED})
"""What the EU's track does not say any more once the Commission has objected."""


@rule(
    "request-foreign-milestone",
    Level.ERROR,
    message=N_("“{milestone}” is not among the milestones of this request, those of instalment {number}"),
    meaning=N_(
        "Which milestones a request is for follows from their own instalment, instrument and support. Money for one "
        "that is not among them would be counted in the wrong request."
    ),
    remedy=N_(
        "Mend the id; or mend the milestone’s instalment; or, where it was moved to another instalment since, add an "
        "update that says 0 € for it."
    ),
)
def foreign_milestone(context: Context) -> Iterator[Spot]:
    """Milestones with an amount in a request that they do not belong to."""
    for entry, state in context.states(PaymentRequest):
        own = {milestone.id for milestone in context.view.milestones_of_request.get(entry.id, ())}
        for name in AMOUNTS:
            for milestone, amount in (getattr(state.now, f"{name}_for") or {}).items():
                if amount.euros > 0 and milestone not in own and context.tracker.get(Milestone, milestone) is not None:
                    where = _last_said(context, state.promise, f"{name}_for", milestone)
                    yield context.spot(entry, *where, at_key=True, milestone=milestone, number=state.now.number)


@rule(
    "request-twice",
    Level.ERROR,
    message=N_("instalment {number} of “{instrument}” is asked for by “{other}” too"),
    meaning=N_(
        "Two requests for one instalment ask twice for the same milestones. Where one is for grants and the other for "
        "loans, each says so in its support."
    ),
    remedy=N_("Mend the number or the support; or say that one of the two was taken back (sent: false)."),
)
def twice(context: Context) -> Iterator[Spot]:
    """Requests of one instrument and number whose support is the same, or left open, and that were not taken back."""
    groups: dict[tuple[str, int], list[tuple[Entry, State[PaymentRequest]]]] = defaultdict(list)
    for entry, state in context.states(PaymentRequest):
        if state.now.sent is not False and context.view.exists(state.promise):
            groups[state.now.instrument, state.now.number].append((entry, state))
    for (instrument, number), group in groups.items():
        for index, (entry, state) in enumerate(group):
            earlier = (before.now for _, before in group[:index] if may_share_support(before.now, state.now))
            if (other := next(earlier, None)) is not None:
                where = context.place(state, "number")
                yield context.spot(entry, *where, number=number, instrument=instrument, other=other.id)


@rule(
    "request-before-sent",
    Level.ERROR,
    message=N_("“{field}” is said of {date}, and the request {sent}"),
    meaning=N_(
        "The Commission assesses, suspends, reduces and pays what was requested (Regulation (EU) 2021/241, Article "
        "24), and cannot have done so before the request was sent."
    ),
    remedy=N_("Mend the day; or record when the request was sent (sent: true)."),
)
def before_sent(context: Context) -> Iterator[Spot]:
    """Assessments, suspensions, reductions and payments of a day on which the request had not been sent."""
    for entry, request in context.of(PaymentRequest):
        if request.sent:
            continue
        sent = next((update for _, update in context.standing(request) if update.changes().get("sent")), None)
        day = reached_in(sent) if sent is not None else None
        for index, update in context.standing(request):
            field = next((name for name in update.changes() if name.removesuffix("_for") in _AFTERWARDS), None)
            happened = reached_in(update)
            if field is None or update.said_on > context.as_of or (day is not None and happened.word_day >= day.start):
                continue
            word = Phrase(N_("is not said to have been sent")) if day is None else Phrase(_SENT_ON, {"day": day})
            yield context.spot(entry, "updates", index, field, field=field, date=happened, sent=word)


_SENT_ON: Final = N_("was sent on {day}")


@rule(
    "request-answer-without-question",
    Level.ERROR,
    message=N_("“{key}” was answered on {answered}, and no day is given on which it was asked"),
    meaning=N_("An answer belongs to a question of the Commission, which was asked on a day."),
    remedy=N_("Mend the key; or say on which day the question was asked."),
)
def answer_without_question(context: Context) -> Iterator[Spot]:
    """Answers under a key under which nothing was asked."""
    for entry, request, key, question in _questions(context):
        if question.answered is not None and question.asked is None:
            where = _last_said(context, request, "questions", key, "answered")
            yield context.spot(entry, *where, key=key, answered=question.answered)


@rule(
    "request-question-order",
    Level.ERROR,
    message=N_("“{key}”: “{field}” is {day}, and it was asked on {asked}"),
    meaning=N_("A question is asked first; the day for its answer, and the answer itself, come then."),
    remedy=N_("Compare the days with the Commission’s letter and with the answer, and mend the one that is wrong."),
)
def question_order(context: Context) -> Iterator[Spot]:
    """Questions whose last day or answer lies before the day on which they were asked."""
    for entry, request, key, question in _questions(context):
        for field in ("due", "answered"):
            day: date | None = getattr(question, field)
            if day is not None and question.asked is not None and day < question.asked:
                where = _last_said(context, request, "questions", key, field)
                yield context.spot(entry, *where, key=key, field=field, day=day, asked=question.asked)


@rule(
    "request-undelivered",
    Level.WARNING,
    message=N_("sent on {day}, and of its milestones {n} had not been reported as completed by then: {milestones}"),
    meaning=N_(
        "Payment is requested once the milestones are satisfactorily fulfilled (Regulation (EU) 2021/241, Article "
        "24(2)). For what is not, the payment can be suspended."
    ),
    remedy=N_("Record when each was completed and what shows it; or mend the instalment of what is not asked for."),
)
def undelivered(context: Context) -> Iterator[Spot]:
    """Requests that wait for their assessment, and were sent while a milestone was not said to be completed."""
    for entry, state in context.states(PaymentRequest):
        day = _sent_on(state)
        if day is None or step(state.now) != "sent":
            continue
        late = [
            milestone.id
            for milestone in context.view.milestones_of_request.get(entry.id, ())
            if not _delivered_by(context.view.state(milestone), day)
        ]
        if late:
            where = context.place(state, "sent")
            yield context.spot(entry, *where, day=day, n=len(late), milestones=_listed(late))


def _delivered_by(state: State[Milestone], day: Period) -> bool:
    """Whether a milestone was completed by the last day of a period, or is none any more."""
    if state.now.status == "withdrawn" or (state.now.status is None and state.now.eu == "fulfilled"):
        return True
    update = state.set_by.get("status")
    if state.now.status != "completed":
        return False
    return update is None or reached_in(update).start <= day.word_day


@rule(
    "request-documents-missing",
    Level.WARNING,
    message=N_("sent on {day} without {documents}"),
    meaning=N_(
        "With a request for payment come a management declaration and a summary of the audits (Regulation (EU) "
        "2021/241, Article 22(2)(c))."
    ),
    remedy=N_(
        "Name the documents under evidence, with covers: [management-declaration] and covers: [audit-summary]; "
        "one document can cover both."
    ),
)
def documents_missing(context: Context) -> Iterator[Spot]:
    """Requests that were sent, and of which no document covers what comes with a request."""
    for entry, state in context.states(PaymentRequest):
        covered = {piece for document in state.now.evidence or () for piece in document.covers or ()}
        missing = [piece for piece in ATTACHED if piece not in covered]
        day = _sent_on(state)
        if day is not None and missing:
            yield context.spot(entry, *context.place(state, "sent"), day=day, documents=", ".join(missing))


@rule(
    "request-after-last-payment-day",
    Level.ERROR,
    message=N_("“{field}” is {day}, after {last}, the last day for payments of “{instrument}”"),
    meaning=N_(
        "Payments are made by 31 December 2026 (Regulation (EU) 2021/241, Article 24(1)); later none is possible."
    ),
    remedy=N_("Mend the day, or the instrument’s last day for payments where its rules have changed."),
)
def after_last_payment_day(context: Context) -> Iterator[Spot]:
    """Requests that were sent, or are expected to be, only after the last day for payments."""
    for entry, state in context.states(PaymentRequest):
        instrument = context.tracker.get(Instrument, state.now.instrument)
        last = instrument.last_payment_day if instrument is not None else None
        if instrument is None or last is None:
            continue
        for field, day in (("expected", state.now.expected), ("sent", _sent_on(state))):
            if day is not None and day.start > last:
                where = context.place(state, field)
                yield context.spot(entry, *where, field=field, day=day, last=last, instrument=instrument.id)


@rule(
    "request-no-day",
    Level.NOTE,
    message=N_("“{field}” is said of {period}: no day is named, so no time limit can be counted from it"),
    meaning=N_(
        "The time limits of Regulation (EU) 2021/241, Article 24, run from a day. From a month or a quarter none is "
        "counted, since it would be invented."
    ),
    remedy=N_("A new update with the day from the letter, or in effective, lets the time limit be told."),
)
def no_day(context: Context) -> Iterator[Spot]:
    """Words from which a time runs and that name no day."""
    for entry, request in context.of(PaymentRequest):
        for index, update in context.standing(request):
            field = next((name for name in update.changes() if name.removesuffix("_for") in _DAYS_FROM), None)
            happened = reached_in(update)
            stands = update.said_on <= context.as_of and not update.is_retracted(context.as_of)
            if field is not None and happened.unit != "day" and stands:
                yield context.spot(entry, "updates", index, field, field=field, period=happened)


@rule(
    "request-tracks-disagree",
    Level.NOTE,
    message=N_("{request}, and the EU’s track of {milestones} says “{eu}”"),
    meaning=N_(
        "What the Commission makes of a request and what the tracker says of its milestones are kept apart, so that a "
        "difference is seen. Until one of the two is brought up to date, they contradict each other."
    ),
    remedy=N_("Compare both with the Commission’s letter, and add an update to the one that is behind."),
)
def tracks_disagree(context: Context) -> Iterator[Spot]:
    """Requests whose assessment, suspension or payment is not what the EU's track of their milestones says."""
    for entry, state in context.states(PaymentRequest):
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for milestone in context.view.milestones_of_request.get(entry.id, ()):
            eu = context.view.state(milestone).now.eu
            if eu is not None and (field := _disagrees(state.now, milestone.id, eu)):
                groups[field, eu].append(milestone.id)
        for (field, track), milestones in groups.items():
            word = Phrase(_TOLD[field], {"word": said("assessment", state.now.assessment or "")})
            where = context.place(state, {"lifted": "suspended_for", "unassessed": "sent"}.get(field, field))
            if where == (field,) and getattr(state.promise, field) is None:
                where = ("number",)
            yield context.spot(entry, *where, request=word, milestones=_listed(milestones), eu=said("eu", track))


_TOLD: Final = {
    "sent": N_("the request is not said to have been sent"),
    "number": N_("the request was sent"),
    "assessment": N_("the assessment of the request is “{word}”"),
    "suspended_for": N_("the payment for it is suspended"),
    "reduced_for": N_("the payment for it is reduced"),
    "suspended": N_("nothing is suspended any more"),
    "lifted": N_("the suspension was lifted for it"),
    "unassessed": N_("no assessment of the request is recorded"),
}


def _disagrees(now: PaymentRequest, milestone: str, eu: str) -> str:
    """The field of a request that a milestone's EU track contradicts; "" when both can be true."""
    if not now.sent:
        return "sent" if eu in _AFTER_REQUEST - _GRANTED else ""
    if eu == "not-requested":
        return "number"
    if step(now) == "sent":
        return "unassessed" if eu in _GRANTED | _DENIED else ""
    held, lost = (now.suspended_for or {}).get(milestone), (now.reduced_for or {}).get(milestone)
    if held is not None and held.euros > 0:
        return "suspended_for" if eu in _UNOBJECTED else ""
    if lost is not None and lost.euros > 0:
        return "reduced_for" if eu in {*_UNOBJECTED, "suspended"} else ""
    if held is not None and eu == "suspended":
        return "lifted"
    suspended = amount_of(now, "suspended")
    if eu == "suspended" and suspended is not None and suspended.euros == 0:
        return "suspended"
    if now.assessment == "positive":
        denied = eu in _DENIED and not (suspended and suspended.euros)
        return "assessment" if denied or eu == "requested" else ""
    return "assessment" if now.assessment == "negative" and eu in _UNOBJECTED else ""


def _questions(context: Context) -> Iterator[tuple[Entry, PaymentRequest, str, Question]]:
    for entry, state in context.states(PaymentRequest):
        for key, question in (state.now.questions or {}).items():
            yield entry, state.promise, key, question


def _sent_on(state: State[PaymentRequest]) -> Period | None:
    """When a request was sent; None when it was not, was taken back, or nobody has said when."""
    update = next((update for update in state.updates if update.changes().get("sent")), None)
    return reached_in(update) if update is not None and state.now.sent else None


def _last_said(context: Context, request: PaymentRequest, field: str, key: str, inner: str | None = None) -> Where:
    """Where an entry of a map (or a field of an entry) was said last."""
    holders = [((), request), *((("updates", index), update) for index, update in context.standing(request))]
    place: Where = (field, key)
    for where, holder in holders:
        entry = (getattr(holder, field) or {}).get(key)
        if entry is not None and (inner is None or inner in entry.model_fields_set):
            place = (*where, field, key, *(() if inner is None else (inner,)))
    return place


def _listed(ids: list[str]) -> str:
    return ", ".join(ids[:_FEW]) + (f" … (+{len(ids) - _FEW})" if len(ids) > _FEW else "")
