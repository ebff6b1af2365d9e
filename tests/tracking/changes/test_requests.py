"""Of a payment request's maps an update tells what it adds, and its promises change with a reason and a decider."""

import pytest

from tests.tracking.changes.test_changes import one

REQUEST = """\
number: 3
instrument: rrf
amount: 5 M€
expected: 2024-Q1
updates:
  - date: 2024-04-02
    questions: {costs: {asked: 2024-04-02}, audit: {asked: 2024-04-02}}
    requested_for: {a: 1 M€, b: 2 M€}
"""


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("questions: {costs: {answered: 2024-04-09}}", [("field", "note", "questions.costs.answered")]),
        (
            "questions: {late: {asked: 2024-04-09, due: 2024-04-20}}",
            [("field", "note", "questions.late.asked"), ("field", "note", "questions.late.due")],
        ),
        ("requested_for: {b: 3 M€, c: 1 M€}", ["requested_for.b", "requested_for.c"]),
        ("amount: 4 M€", [("update-change-unexplained", "error", "amount")]),
        ("expected: 2024-Q2", [("update-change-unexplained", "error", "expected")]),
        ("number: 4", [("update-change-unexplained", "error", "number")]),
        ("amount: 4 M€\nreason: {en: Amended}\ndecided_by: council", [("funding-amount", "note", "amount")]),
    ],
)
def test_updates(update: str, expected: list[object]) -> None:
    """What stood in a map before is not told again, and a promise is no matter of an update alone."""
    lines = "".join(f"    {line}\n" for line in update.splitlines())
    found = one(REQUEST, f"{REQUEST}  - date: 2024-04-10\n{lines}", "requests/r")
    told = [change for change in found if change.rule != "update-added"]
    assert [
        change.field if isinstance(wanted, str) else (change.rule, change.level.value, change.field)
        for change, wanted in zip(told, expected, strict=True)
    ] == expected
