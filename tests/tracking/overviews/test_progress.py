"""The progress report: what was reached, is expected, is delayed and why, or passed in silence."""

from datetime import date

import pytest

from elo_cli.tracking.day.view import View
from elo_cli.tracking.overviews.progress import progress
from tests.trackers import tracker

DAY = date(2025, 4, 30)
RRF = "rrf:\n  name:\n    en: RRF\n  rules: rrf\n  last_day: 2026-08-31\n"


def word(day: str, *said: str) -> str:
    """Return the updates of a milestone with one word."""
    return "updates:\n" + f"  - date: {day}\n" + "".join(f"    {line}\n" for line in said)


@pytest.mark.parametrize(
    ("milestone", "parts"),
    [
        # Reached in the last twelve months, by the day on which it happened and not on which it was said.
        ("due: 2024-Q4\n" + word("2025-01-10", "status: completed"), ["reached"]),
        ("due: 2024-Q4\n" + word("2025-01-10", "effective: 2024-02-01", "status: completed"), []),
        ("due: 2023-Q4\n" + word("2024-04-30", "status: completed"), []),
        ("due: 2023-Q4\n" + word("2024-05-01", "status: completed"), ["reached"]),
        # A year in which it happened may lie before the twelve months.
        ("due: 2023-Q4\n" + word("2024-12-31", "effective: 2024", "status: completed"), []),
        ("due: 2024-Q4\n" + word("2025-01-10", "status: withdrawn"), []),
        # Completed from the start: nobody has said when.
        ("due: 2024-Q4\nstatus: completed\n", []),
        # Expected in the next twelve, by forecast where there is one.
        ("due: 2025-Q2\n", ["expected"]),
        ("due: 2026-Q2\n", []),
        ("due: 2026-Q2\n" + word("2025-03-01", "expected: 2025-Q4"), ["expected"]),
        ("due: 2025-Q2\n" + word("2025-03-01", "expected: 2025-Q4"), ["expected", "delayed"]),
        ("due: 2026-Q3\n", []),
        # Said to be unfinished after its day; or passed in silence, which is no delay.
        ("due: 2024-Q4\n" + word("2025-02-01", "status: in-progress"), ["delayed"]),
        ("due: 2024-Q4\n", ["unreported"]),
        # Moved to a later day, by a decision.
        (
            "due: 2024-Q4\n" + word("2024-11-01", "due: 2025-Q4", "reason: {en: Tenders}", "decided_by: okm"),
            ["expected", "delayed"],
        ),
        ("due: 2025-Q4\n" + word("2024-11-01", "due: 2025-Q3", "reason: {en: Early}", "decided_by: okm"), ["expected"]),
    ],
)
def test_parts(milestone: str, parts: list[str]) -> None:
    """Each milestone stands where its words and its due put it, in two parts where both are true."""
    files = {
        "vocabulary/instruments": RRF,
        "vocabulary/organisations": "okm:\n  name:\n    en: OKM\n  type: ministry\n",
        "milestones/m": f"type: rrf-milestone\n{milestone}",
    }
    answer = progress(View(tracker(files), DAY))
    found = [name for name in ("reached", "expected", "delayed", "unreported") if getattr(answer, name)]
    assert found == parts


def test_national_milestones_are_not_reported() -> None:
    """The report is on the facility's milestones and targets alone."""
    answer = progress(View(tracker({"milestones/m": "type: national\ndue: 2025-Q2\n"}), DAY))
    assert (answer.expected, answer.unreported) == ((), ())


def test_the_reason_is_that_of_the_last_word() -> None:
    """Of several reasons the latest is told; without one there is none."""
    said = (
        "updates:\n  - date: 2025-01-05\n    confidence: off-track\n    reason: {en: Old}\n"
        "  - date: 2025-02-05\n    confidence: at-risk\n    reason: {en: New}\n"
    )
    files = {
        "milestones/a": f"type: rrf-milestone\ndue: 2024-Q4\n{said}",
        "milestones/b": "type: rrf-milestone\ndue: 2024-Q4\n" + word("2025-02-01", "status: in-progress"),
    }
    answer = progress(View(tracker(files), DAY))
    assert [(row.state.now.id, row.reason) for row in answer.delayed] == [("a", {"en": "New"}), ("b", None)]
