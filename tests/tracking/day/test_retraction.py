"""A retracted update counts nowhere from its day on, and everywhere before it."""

from datetime import date

import pytest

from elo_cli.model.period import Period
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.milestone import Milestone
from elo_cli.render.answers.records import show
from elo_cli.render.forms.markdown import page
from elo_cli.render.site.html import html
from elo_cli.render.words.language import Language
from elo_cli.render.words.names import Names
from elo_cli.tracking.changes.news import news
from elo_cli.tracking.chase import chase
from elo_cli.tracking.day.heard import recency
from elo_cli.tracking.day.state import standing, updates_said
from elo_cli.tracking.day.view import View
from elo_cli.tracking.funding import funding
from tests import readers, trackers

BEFORE, AFTER = date(2023, 5, 1), date(2023, 6, 1)
RETRACTED = """
            retracted:
              date: 2023-06-01
              reason:
                en: The report was of *another* pilot
"""
FILES = {
    "vocabulary/documents": "plan:\n  name:\n    en: Plan\n  date: 2021-04-09\n",
    "vocabulary/organisations": "okm:\n  type: ministry\n  name:\n    en: OKM\n",
    "measures/m": "key: true\nresponsible: [okm]\nsources:\n  - document: plan\n",
    "milestones/s": f"""
        type: national
        measures: [m]
        due: 2022-Q1
        sources:
          - document: plan
        updates:
          - date: 2023-04-01
            by: okm
            status: in-progress
            evidence:
              - title: A report{RETRACTED}
        """,
    "funding/f": f"""
        measures: [m]
        stage: proposed
        amount: 2 M€
        sources:
          - document: plan
        updates:
          - date: 2023-04-02
            by: okm
            stage: granted{RETRACTED}
        """,
}


def view(day: date) -> View:
    """See the tracker on a day."""
    return View(trackers.tracker(FILES), day)


@pytest.mark.parametrize(
    ("day", "status", "evidence", "stage", "timing", "heard", "asked"),
    [
        (date(2023, 3, 31), None, None, "proposed", "unreported", None, True),
        (BEFORE, "in-progress", 1, "granted", "overdue", "2023-04-02", False),
        (date(2023, 5, 31), "in-progress", 1, "granted", "overdue", "2023-04-02", False),
        (AFTER, None, None, "proposed", "unreported", None, True),
    ],
)
def test_every_answer_follows_the_retraction(
    day: date, status: str | None, evidence: int | None, stage: str, timing: str, heard: str | None, *, asked: bool
) -> None:
    """State, evidence, timing, sums, what was heard and what is asked are those without the update from its day on."""
    seen = view(day)
    milestone, line = next(iter(seen.tracker.of(Milestone))), next(iter(seen.tracker.of(Funding)))
    now = seen.state(milestone).now
    assert (now.status, now.evidence and len(now.evidence)) == (status, evidence)
    assert seen.state(line).now.stage == stage
    assert {row.stage for row in funding(seen, "stage").rows if row.amount is not None} == {stage}
    found = seen.timing(milestone)
    assert found is not None
    assert found.word == timing
    last = recency(seen, next(iter(seen.tracker.of(Measure)))).heard
    assert (last and last.said.text) == heard
    asks = {ask.record.id for chased in chase(seen) for ask in chased.asked if ask.ask in {"unreported", "overdue"}}
    # Whoever answered within the limit is not asked again; a retracted answer is none.
    assert ("s" in asks) is asked


def test_told_and_standing_are_two_things() -> None:
    """A retracted update is told with its retraction from that day on, and without it before."""
    milestone = next(iter(view(AFTER).tracker.of(Milestone)))
    assert [index for index, _ in standing(milestone, BEFORE)] == [0]
    assert list(standing(milestone, AFTER)) == []
    assert [update.retracted is not None for _, update in updates_said(milestone, BEFORE)] == [False]
    assert [update.retracted is not None for _, update in updates_said(milestone, AFTER)] == [True]
    assert list(updates_said(milestone, date(2023, 3, 31))) == []


@pytest.mark.parametrize(
    ("since", "until", "rules"),
    [
        (date(2023, 3, 1), BEFORE, {"update-added", "status", "evidence", "funding-stage"}),
        (BEFORE, AFTER, {"update-retracted"}),
        (AFTER, date(2023, 7, 1), set()),
    ],
)
def test_a_retraction_is_news_once(since: date, until: date, rules: set[str]) -> None:
    """By the said clock the update is news on its day, its retraction on its own, and neither before nor after."""
    assert {change.rule for change in news(view(until), Period.of_day(since), None).changes} == rules


def test_it_is_struck_through_and_said() -> None:
    """In Markdown and HTML the lines are struck, and the day and the reason stand beside them in words."""
    seen = view(AFTER)
    blocks = show(Names(Language("en"), seen), seen.tracker.entries["s"], [])
    text = page(blocks)
    assert "- ~~Status: in progress~~\n" in text
    assert "1\\. 1 April 2023 OKM – retracted 1 June 2023: The report was of \\*another\\* pilot" in text
    assert all("<del>Status: in progress</del>" in made for made in readers.rendered(text))
    made = html(blocks, lambda _: None)
    assert '<del><span class="unseen">retracted: </span>Status: in progress</del>' in made
    assert "~~" not in page(show(Names(Language("en"), view(BEFORE)), seen.tracker.entries["s"], []))


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_what_was_our_own_mistake_counts_on_no_day(day: date) -> None:
    """Nobody had said it: neither a sum, nor what was last heard, nor news of any day knows of it."""
    ours = {
        name: text.replace(RETRACTED, f"{RETRACTED.rstrip()}\n              ours: true\n")
        for name, text in FILES.items()
    }
    seen = View(trackers.tracker(ours), day)
    (line,) = seen.tracker.of(Funding)
    assert seen.stage(seen.state(line).now) == "proposed"
    assert recency(seen, line).heard is None
    assert [change.rule for change in news(seen, Period.parse("2023-01-01"), None).changes] == []
