"""Time in words: what a day makes of a due, and when something was last heard."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from elo_cli.model.errors import N_, nN_
from elo_cli.model.period import Period
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.tracking.day.forecast import Forecast
from elo_cli.tracking.day.heard import Recency
from elo_cli.tracking.day.timing import Timing
from elo_cli.tracking.day.waiting import Obstacle


def timing_text(language: Language, timing: Timing, due: Period, *, meeting: bool = False) -> str:
    """The word for a timing with the distance in days, months or years, where the due names days to count to."""
    word = language.say(terms.TIMING[timing.word].word)
    counted = timing.days is not None and due.has_day
    time = language.days(abs(timing.days)) if timing.days is not None else ""
    match timing.word:
        case "done":
            return _say_late(language, timing, timing.late, due) if timing.late else word
        case "contested":
            return _contested(language, timing, word, time)
        case "unreported" if meeting:
            return _undecided(language, time, counted=counted)
        case "unreported" if counted:
            return language.say(N_("unreported for {time}"), time=time)
        case "overdue" if counted:
            return language.say(N_("overdue by {time}"), time=time)
        case "upcoming" | "due-soon" if meeting and due.unit not in {"day", "range"}:
            # Of a meeting in June no day is known: none is counted to, and none is the meeting's.
            return language.say(terms.TIMING["upcoming"].word)
        case "upcoming" | "due-soon" if timing.end is not None and counted:
            return _coming(language, timing, due, word, meeting=meeting)
    return word


def _say_late(language: Language, timing: Timing, days: int, due: Period) -> str:
    """By how much something was completed after the last day of its due, no more exactly than both are known."""
    if timing.at_least:
        return language.say(N_("completed at least {time} late"), time=language.days(days))
    if due.has_day or days > _A_MONTH:
        return language.say(N_("completed {time} late"), time=language.days(days))
    # The end of a spring or a year is no day that was meant as one.
    weeks = round(days / 7)
    time = language.count(*nN_("{n} week", "{n} weeks"), weeks) if weeks > 1 else language.days(days)
    return language.say(N_("completed about {time} late"), time=time)


_A_MONTH: Final = 31


def _undecided(language: Language, time: str, *, counted: bool) -> str:
    """What is said of a meeting that has passed: how long ago, where its day is known."""
    if not counted:
        return language.say(N_("decision not reported"))
    return language.say(N_("decision not reported, passed {time} ago"), time=time)


def _contested(language: Language, timing: Timing, word: str, time: str) -> str:
    if timing.days is None:
        return word
    message = (
        N_("{timing}, {time} left to answer") if timing.days >= 0 else N_("{timing}, time to answer ended {time} ago")
    )
    return language.say(message, timing=word, time=time)


def _coming(language: Language, timing: Timing, due: Period, word: str, *, meeting: bool) -> str:
    """How far a due lies ahead; of one that lasts, such as a call, when it begins, then when it ends."""
    assert timing.end is not None  # noqa: S101 - only a due with a last day is counted to
    assert timing.days is not None  # noqa: S101 - and then there are days to it
    if timing.days == 0:
        return _ends_today(language, due, word, meeting=meeting)
    if meeting and due.unit == "day":
        return language.say(N_("meeting in {time}"), time=language.days(timing.days))
    if due.unit != "range":
        return language.say(N_("{timing}, in {time}"), timing=word, time=language.days(timing.days))
    before = timing.days - (timing.end - due.start).days
    if before > 0:
        return language.say(N_("begins in {time}"), time=language.days(before))
    return language.say(N_("under way, ends in {time}"), time=language.days(timing.days))


def _ends_today(language: Language, due: Period, word: str, *, meeting: bool) -> str:
    if meeting:
        return language.say(N_("meeting today"))
    if due.unit == "range":
        return language.say(N_("under way, ends today"))
    return language.say(N_("{timing}, today"), timing=word)


def forecast_text(language: Language, forecast: Forecast) -> str:
    """When something is expected to be reached, and whether that is after its due, or has passed itself."""
    if forecast.passed:
        return language.say(N_("was expected {period}, which has passed"), period=language.period(forecast.expected))
    message = N_("expected {period}, after the due") if forecast.late else N_("expected {period}")
    return language.say(message, period=language.period(forecast.expected))


def forecast_mark(language: Language, forecast: Forecast) -> str:
    """What stands beside a forecast that is told already: that it lies after the due, or has passed; "" otherwise."""
    if forecast.passed:
        return language.say(N_("has passed, and nobody has said that it was reached"))
    return language.say(N_("after the due")) if forecast.late else ""


def waits_text(names: Names, obstacles: Iterable[Obstacle]) -> list[str]:
    """What is off track or overdue and must be reached first, a sentence each."""
    language = names.language
    return [
        language.say(
            N_("waits for {name}, which is {word}"),
            name=names.with_id(obstacle.id),
            word=terms.word(language, "confidence" if obstacle.word == "off-track" else "timing", obstacle.word),
        )
        for obstacle in obstacles
    ]


def heard_text(names: Names, recency: Recency, record_id: str, as_of: date) -> str:
    """When something was last heard of a record, and of what, where it was one of its milestones or its money.

    On the day on which it was first stated, that nothing has followed is nothing to tell.
    """
    language, heard = names.language, recency.heard
    if heard is None and recency.promised is None:
        return language.say(N_("no update since the original entry"))
    if heard is None:
        message = N_("last update {day}") if recency.promised == as_of else N_("no update since {day}")
        return language.say(message, day=recency.promised)
    day = language.period(heard.said)
    if heard.record != record_id:
        kind = terms.kind_word(language, names.tracker.entries[heard.record].kind.name)
        return language.say(N_("last update {day} ({kind})"), day=day, kind=kind)
    return language.say(N_("last update {day}"), day=day)


def state_text(language: Language, recency: Recency, word: str) -> str:
    """A status with the day of the update that set it; as it is where the promise stated it or nobody has."""
    if recency.state_as_of is None or recency.heard is None:
        return word
    return language.say(N_("{status} as of {day}"), status=word, day=recency.state_as_of)
