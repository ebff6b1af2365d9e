"""A payment request from its first entry to its last payment, as a finance ministry keeps it: every day in between.

Each step is a command of a process of its own; then the tracker is asked on each day of a table.
"""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from tests import trackers
from tests.running import Runner

# With PYTHONUTF8=0 and LC_ALL=C Python takes the words of a call for ASCII, and “7 M€” is none.
pytestmark = pytest.mark.skipif(sys.getfilesystemencoding() == "ascii", reason="amounts cannot be typed here")
TODAY: Final = "2025-06-30"
INSTRUMENTS: Final = """\
rrf:
  name: {en: Recovery and Resilience Facility}
  abbreviation: {en: RRF}
  rules: rrf
  last_day: 2026-08-31
  last_payment_day: 2026-12-31
  sources:
    - document: decision
"""
DOCUMENTS: Final = """\
decision:
  name: {en: Council implementing decision}
  date: 2023-12-01
"""
BODIES: Final = """\
finance:
  type: ministry
  name: {en: Ministry of Finance}
commission:
  type: international
  name: {en: European Commission}
"""
# 20 milestones of instalment 3, of which 10 are targets; the last two are late, and the odd ones are suspended.
SUSPENDED: Final = range(1, 21, 2)
AMOUNT: Final = 24
"""M€ for each of them."""

Words = tuple[str, ...]


def _update(day: str, *words: str) -> Words:
    return ("update", "request-3", "--date", day, "--by", "finance", "--yes", *words)


def _of(name: str, amount: str, numbers: range) -> Words:
    return (name, ",".join(f"m-{number}={amount}" for number in numbers))


STEPS: Final[tuple[Words, ...]] = (
    (
        *("new", "request", "--id", "request-3", "--name", "Third payment request", "--number", "3"),
        *("--instrument", "rrf", "--support", "grant", "--amount", "500 M€", "--expected", "2024-03"),
        *("--lead", "finance", "--source", "decision"),
    ),
    _update(
        "2024-03-15",
        *("--sent", "--requested", "480 M€", *_of("--requested-for", f"{AMOUNT} M€", range(1, 21))),
        *("--evidence", "title=Management declaration,covers=management-declaration"),
    ),
    _update("2024-03-18", "--evidence", "title=Summary of audits,covers=audit-summary"),
    _update("2024-04-02", "--questions", "costs.asked=2024-04-02,costs.due=2024-04-12,costs.text=Why this cost?"),
    _update("2024-04-05", "--questions", "audit.asked=2024-04-05,audit.due=2024-04-19,audit.text=Which audits?"),
    _update("2024-04-10", "--questions", "costs.answered=2024-04-10,costs.answered_by=finance"),
    _update("2024-04-23", "--questions", "audit.answered=2024-04-22,audit.answered_by=finance"),
    _update(
        "2024-05-14", "--assessment", "partly", "--suspended", "240 M€", *_of("--suspended-for", "24 M€", SUSPENDED)
    ),
    _update("2024-06-10", "--observations"),
    _update("2024-06-20", "--paid", "240 M€", *_of("--paid-for", "24 M€", range(2, 21, 2))),
    # Four of the ten are done in time; their suspension is lifted, and they are paid.
    _update(
        "2024-09-02",
        *("--suspended", "144 M€", *_of("--suspended-for", "0 €", range(1, 9, 2))),
        *("--paid", "336 M€", *_of("--paid-for", "24 M€", range(1, 9, 2))),
    ),
    # Of the other six, 10 of 24 M€ each are lost.
    _update(
        "2024-11-20",
        *("--suspended", "84 M€", *_of("--suspended-for", "14 M€", range(9, 21, 2))),
        *("--reduced", "60 M€", *_of("--reduced-for", "10 M€", range(9, 21, 2))),
    ),
    _update("2025-01-10", "--observations"),
    _update(
        "2025-02-03",
        *("--suspended", "0 €", *_of("--suspended-for", "0 €", range(9, 21, 2))),
        *("--paid", "420 M€", *_of("--paid-for", "14 M€", range(9, 21, 2))),
    ),
)


class Day(NamedTuple):
    """What the tracker must say on a day."""

    day: str
    step: str
    running: dict[str, str]
    """What is waited for, with the timing and the days that are left."""
    requested: int | None
    suspended: int | None
    reduced: int | None
    paid: int | None
    outstanding: int | None
    """All in M€."""
    ready: int
    """How many of the 20 are ready."""
    missing: Words = ()


BOTH: Final = ("management-declaration", "audit-summary")
TABLE: Final = (
    Day("2023-12-31", "preparing", {"expected": "upcoming 91"}, None, None, None, None, None, 0, BOTH),
    Day("2024-02-15", "preparing", {"expected": "due-soon 45"}, None, None, None, None, None, 18, BOTH),
    Day("2024-03-14", "preparing", {"expected": "due-soon 17"}, None, None, None, None, None, 18, BOTH),
    Day("2024-03-15", "sent", {"assessment": "due-soon 61"}, 480, None, None, None, 480, 18, ("audit-summary",)),
    Day("2024-03-18", "sent", {"assessment": "due-soon 58"}, 480, None, None, None, 480, 18),
    Day(
        "2024-04-02",
        "sent",
        {"question.costs": "due-soon 10", "assessment": "due-soon 43"},
        480,
        None,
        None,
        None,
        480,
        19,
    ),
    Day(
        "2024-04-05",
        "sent",
        {"question.costs": "due-soon 7", "question.audit": "due-soon 14", "assessment": "due-soon 40"},
        *(480, None, None, None, 480),
        19,
    ),
    Day(
        "2024-04-10",
        "sent",
        {"question.audit": "due-soon 9", "assessment": "due-soon 35"},
        480,
        None,
        None,
        None,
        480,
        19,
    ),
    # The answer was sent three days late, and recorded a day after that.
    Day(
        "2024-04-22",
        "sent",
        {"question.audit": "unreported -3", "assessment": "due-soon 23"},
        480,
        None,
        None,
        None,
        480,
        19,
    ),
    Day("2024-04-23", "sent", {"assessment": "due-soon 22"}, 480, None, None, None, 480, 19),
    Day("2024-05-13", "sent", {"assessment": "due-soon 2"}, 480, None, None, None, 480, 20),
    Day(
        "2024-05-14",
        "suspended",
        {"observations": "due-soon 31", "suspension": "upcoming 184"},
        *(480, 240, None, None, 480),
        20,
    ),
    Day(
        "2024-06-09",
        "suspended",
        {"observations": "due-soon 5", "suspension": "upcoming 158"},
        *(480, 240, None, None, 480),
        20,
    ),
    Day("2024-06-10", "suspended", {"suspension": "upcoming 157"}, 480, 240, None, None, 480, 20),
    # What is paid of the half that was fulfilled lifts nothing of the other.
    Day("2024-06-20", "suspended", {"suspension": "upcoming 147"}, 480, 240, None, 240, 240, 20),
    Day("2024-09-02", "suspended", {"suspension": "due-soon 73"}, 480, 144, None, 336, 144, 20),
    Day("2024-11-14", "suspended", {"suspension": "due-soon 0"}, 480, 144, None, 336, 144, 20),
    Day("2024-11-19", "suspended", {"suspension": "unreported -5"}, 480, 144, None, 336, 144, 20),
    Day("2024-11-20", "suspended", {"reduction": "due-soon 61"}, 480, 84, 60, 336, 84, 20),
    Day("2025-01-09", "suspended", {"reduction": "due-soon 11"}, 480, 84, 60, 336, 84, 20),
    Day("2025-01-10", "suspended", {}, 480, 84, 60, 336, 84, 20),
    Day("2025-02-03", "paid", {}, 480, 0, 60, 420, 0, 20),
    Day(TODAY, "paid", {}, 480, 0, 60, 420, 0, 20),
)
ARTICLES: Final = {
    "expected": None,
    "assessment": "2021/241 art. 24(3)",
    "observations": "2021/241 art. 24(6)",
    "suspension": "2021/241 art. 24(8)",
    "reduction": "2021/241 art. 24(8)",
    "question": None,
}


def _milestone(number: int) -> str:
    """A milestone of instalment 3: done with its evidence in January, of the last two one only after the request."""
    kind = "rrf-target" if number % 2 else "rrf-milestone"
    done = {19: "2024-03-25", 20: "2024-05-02"}.get(number, "2024-01-20")
    eu = "suspended" if number in SUSPENDED else "positive"
    return f"""\
id: m-{number}
type: {kind}
name: {{en: Milestone {number}}}
due: 2023-Q4
measures: [first-measure]
lead: lead-ministry
rrf: {{instalment: 3, cid_number: "{number}"}}
support: grant
sources:
  - document: decision
updates:
  - date: {done}
    by: lead-ministry
    status: completed
    evidence:
      - title: Report {number}
  - date: 2024-05-14
    by: commission
    eu: {eu}
"""


class Plan:
    """The tracker, and how it is asked."""

    def __init__(self, root: Path) -> None:
        """Begin a tracker as anyone would, and enter the decision's milestones."""
        self.root = root
        self.run("init", str(root / "plan"), "--name", "The plan", "--languages", "en", today="2023-12-15")
        self.data = root / "plan" / "data"
        for name, text in (("instruments", INSTRUMENTS), ("documents", DOCUMENTS), ("organisations", BODIES)):
            path = self.data / "vocabulary" / f"{name}.yaml"
            path.write_text(path.read_text("utf-8") + text, "utf-8")
        for number in range(1, 21):
            (self.data / "milestones" / f"m-{number}.yaml").write_text(_milestone(number), "utf-8")
        # Neither of these is in the request: one is of another instalment, the other is paid for by a loan.
        for number, old, new in ((21, "instalment: 3", "instalment: 4"), (22, "support: grant", "support: loan")):
            text = _milestone(number).replace(old, new)
            (self.data / "milestones" / f"m-{number}.yaml").write_text(text, "utf-8")

    def run(self, *words: str, code: int = 0, today: str = TODAY) -> str:
        """Run elo as a process of its own and give what it prints."""
        run = subprocess.run(
            [sys.executable, "-m", "elo_cli", *words],
            cwd=self.root,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=os.environ | {"ELO_TODAY": today, "COLUMNS": "80", "ELO_LANG": "en", "PYTHONIOENCODING": "utf-8"},
        )
        assert run.returncode == code, run.stdout + run.stderr
        return run.stdout


def ask(elo: Runner, plan: Plan, verb: str, *words: str, day: str = TODAY) -> Any:  # noqa: ANN401 - JSON
    """Give the JSON of an answer on a day."""
    run = elo(verb, *words, "--as-of", day, "--format", "json", data=plan.data)
    assert run.code == 0, run.err
    return json.loads(run.out)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Return the tracker in which everything has been said."""
    made = Plan(tmp_path_factory.mktemp("plan"))
    for words in STEPS:
        made.run(*words, "--data", str(made.data))
    return made


@pytest.mark.parametrize("expected", TABLE, ids=[row.day for row in TABLE])
def test_each_day(plan: Plan, elo: Runner, expected: Day) -> None:
    """On each day every time that runs, every sum and every missing piece is what the Regulation and the words make."""
    facts = ask(elo, plan, "show", "request-3", day=expected.day)["request"]
    assert facts["step"] == expected.step
    for name in ("requested", "suspended", "reduced", "paid", "outstanding"):
        amount = getattr(expected, name)
        assert facts[name] == (str(amount * 1_000_000) if amount is not None else None), name
    assert [one["id"] for one in facts["milestones"]] == [f"m-{number}" for number in range(1, 21)]
    assert sum(one["readiness"] == "ready" for one in facts["milestones"]) == expected.ready
    assert tuple(facts["missing"]) == expected.missing
    assert {clock["item"] for clock in facts["clocks"] if clock["running"]} == expected.running.keys() - {"expected"}
    rows = ask(elo, plan, "deadlines", "--within", "all", day=expected.day)["deadlines"]
    own = [row for row in rows if row["kind"] == "request"]
    assert {row["item"]: f"{row['timing']} {row['days']}" for row in own} == expected.running
    assert {row["item"]: row["article"] for row in own} == {
        item: ARTICLES[item.partition(".")[0]] for item in expected.running
    }
    # What the request tells of is not told again by each of its milestones, and contradicted by none of them.
    contested = {row["id"]: row for row in rows if row["timing"] == "contested"}
    lifted = {f"m-{number}" for number in range(1, 9, 2)} if expected.day >= "2024-09-02" else set()
    assert "suspension" not in expected.running or contested.keys() <= {"m-21", *lifted}
    assert all(row["days"] is None for name, row in contested.items() if name != "m-21")


def test_every_clock_has_its_place(plan: Plan, elo: Runner) -> None:
    """Once all is paid, each time stands with the day from which it ran, its last day and the day that ended it."""
    clocks = ask(elo, plan, "show", "request-3")["request"]["clocks"]
    assert [
        (
            clock["item"],
            clock["since"]["text"],
            clock["due"],
            clock["ended"]["text"] if clock["ended"] else None,
        )
        for clock in clocks
    ] == [
        ("assessment", "2024-03-15", "2024-05-15", "2024-05-14"),
        ("observations", "2024-05-14", "2024-06-14", "2024-06-10"),
        ("suspension", "2024-05-14", "2024-11-14", "2024-11-20"),
        ("reduction", "2024-11-20", "2025-01-20", "2025-01-10"),
        ("question.costs", "2024-04-02", "2024-04-12", "2024-04-10"),
        ("question.audit", "2024-04-05", "2024-04-19", "2024-04-22"),
    ]


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2024-02-15", "payment request 3: in preparation"),
        (
            "2024-03-20",
            "payment request 3: sent, preliminary assessment by the Commission 15 May 2024 (2021/241 art. 24(3))",
        ),
        (
            "2024-04-06",
            "payment request 3: sent, answer to the question “costs” 12 April 2024, 2 open questions",
        ),
        (
            "2024-07-01",
            "payment request 3: payment suspended, action after the suspension 14 November 2024 (2021/241 art. 24(8))",
        ),
        ("2025-02-03", ""),
    ],
)
def test_status_tells_it_in_a_line(plan: Plan, elo: Runner, day: str, line: str) -> None:
    """How far the request is and what comes first is one line of the status, until nothing is waited for."""
    told = " ".join(plan.run("status", "--data", str(plan.data), "--as-of", day).split())
    assert (line or "first measure").casefold() in told.casefold()
    assert ("payment request" in told) is bool(line)
    requests = ask(elo, plan, "status", day=day)["requests"]
    assert [request["id"] for request in requests] == (["request-3"] if line else [])


def test_status_hears_a_request(plan: Plan) -> None:
    """A word on a payment request is an update of the tracker like any other, and is the last one when it is."""
    told = " ".join(plan.run("status", "--data", str(plan.data), "--as-of", "2024-07-01").split())
    assert "last update 20 June 2024" in told


def test_status_names_the_request_that_presses(elo: Runner, tmp_path: Path) -> None:
    """Of many payment requests those whose day comes first are named, whatever their number, and the others counted."""
    sent = "instrument: rrf\nupdates: [{date: 2022-01-0%d, sent: true}]\nnumber: %d"
    files = {f"requests/r-{number}": sent % (9 - number, number) for number in range(1, 6)}
    data = trackers.write(tmp_path / "data", {"vocabulary/instruments": INSTRUMENTS, **files})
    told = " ".join(elo("status", "--lang", "en", "--as-of", "2022-01-10", data=data).out.split())
    assert [number for number in range(1, 6) if f"payment request {number}:" in told.casefold()] == [3, 4, 5]
    assert "2 more payment requests: elo list requests" in told


def test_site_leads_to_the_requests(plan: Plan, tmp_path: Path) -> None:
    """The main menu of the pages has the payment requests where there are any."""
    plan.run("site", str(tmp_path / "site"), "--data", str(plan.data))
    menu = (tmp_path / "site" / "en" / "money.html").read_text("utf-8")
    assert '<a href="requests/index.html">Payment requests</a>' in menu


def test_list_and_show_read_as_a_coordinator_wants_them(plan: Plan) -> None:
    """The list has number, stage and amount; one request has its times with their articles, money and milestones."""
    listed = plan.run("list", "requests", "--data", str(plan.data), "--format", "csv", "--as-of", "2024-07-01")
    assert listed.splitlines() == [
        "Id,Name,Instalment number,Instrument,Support,Amount,Stage",
        "request-3,Third payment request,3,RRF,grant,€500 million,payment suspended",
    ]
    shown = plan.run("show", "request-3", "--data", str(plan.data), "--as-of", "2024-04-06", "--format", "markdown")
    for row in (
        "| preliminary assessment by the Commission | 15 March 2024 | 15 May 2024 | due soon, in 39 days | 24(3) |",
        "| last day for payments | – | 31 December 2026 | upcoming, in over 2 years | 24(1) |",
        "| costs | Why this cost? | 2 April 2024 | 12 April 2024 | due soon, in 6 days | – |",
        "## Questions of the Commission: 2 open",
        "## Milestones: 19 of 20 ready",
        "| m-20 Milestone 20 | Q4 2023 | not delivered | – | requested €24 million |",
    ):
        assert row in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert shown.index("| m-20 ") < shown.index("| m-1 "), "what is not ready comes first"
    assert "Third payment request (request-3)" in plan.run("show", "m-7", "--data", str(plan.data))
    summed = plan.run("show", "rrf", "--data", str(plan.data), "--format", "markdown")
    assert "| grant | 1 | €500 million | €480 million | €0 | €60 million | €420 million |" in summed.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_programs_are_told_how_far_it_is(plan: Plan, elo: Runner, tmp_path: Path) -> None:
    """The list as JSON and the database say how far a request is, as a person is told."""
    assert [one["step"] for one in ask(elo, plan, "list", "requests", day="2024-07-01")["records"]] == ["suspended"]
    plan.run("export", str(tmp_path / "plan.sqlite"), "--data", str(plan.data), "--as-of", "2024-07-01")
    with closing(sqlite3.connect(tmp_path / "plan.sqlite")) as database:
        assert database.execute("SELECT id, step FROM requests_now").fetchall() == [("request-3", "suspended")]


def test_brief_and_calendar_know_the_clocks(plan: Plan) -> None:
    """What runs stands in the brief for a meeting; the calendar keeps each time under one name for ever."""
    brief = plan.run(
        *("report", "meeting", "--meeting", "first-meeting", "--data", str(plan.data), "--as-of", "2024-04-06")
    )
    assert "Third payment request: preliminary assessment by the Commission (2021/241 art. 24(3))" in brief

    def events(day: str) -> dict[str, str]:
        lines = plan.run("calendar", "--only", "request", "--data", str(plan.data), "--as-of", day).splitlines()
        uids = [line.split(":")[1].partition(".request-3")[0] for line in lines if line.startswith("UID:")][1:]
        days = [line.split(":")[1] for line in lines if line.startswith("DTSTART")]
        return dict(zip(uids, days, strict=True))

    early, late = events("2024-05-20"), events(TODAY)
    assert early == {
        "question.costs": "20240412",
        "question.audit": "20240419",
        "assessment.2024-03-15": "20240515",
        "observations.2024-05-14": "20240614",
        "suspension.2024-05-14": "20241114",
    }
    assert late == {**early, "reduction.2024-11-20": "20250120"}


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (_update("2025-05-01", "--paid-for", "m-21=1 M€"), "request-foreign-milestone"),
        (_update("2025-05-01", "--paid", "450 M€"), "request-over-requested"),
        (_update("2025-05-01", "--requested", "501 M€"), "request-over-decision"),
        (_update("2025-05-01", "--paid-for", "m-9=20 M€"), "request-parts-exceed-whole"),
        (
            _update("2025-05-01", "--questions", "costs.answered=2024-04-01"),
            "request-question-order",
        ),
        (_update("2025-05-01", "--questions", "cots.answered=2024-04-10"), "request-answer-without-question"),
        (_update("2025-05-01", "--amount", "490 M€"), "promise-changed-without-decision"),
        (_update("2025-05-01", "--expected", "2027-Q1"), "promise-changed-without-decision"),
    ],
)
def test_what_cannot_be_is_refused(plan: Plan, words: Words, rule: str) -> None:
    """Each piece of bad input is one finding with its place, and the file stays as it was."""
    path = plan.data / "requests" / "request-3.yaml"
    before = path.read_bytes()
    run = subprocess.run(
        [sys.executable, "-m", "elo_cli", *words, "--data", str(plan.data)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"ELO_TODAY": TODAY, "ELO_LANG": "en"},
    )
    assert run.returncode == 1, run.stderr
    assert f"error {rule} " in run.stderr
    assert path.read_bytes() == before


def test_a_request_is_seen_with_its_instalment(elo: Runner, tmp_path: Path) -> None:
    """A second request for an instalment is refused; one that is sent before all is delivered is told when it is."""
    fields = "measures: [m]\ndue: 2022-Q1\ntype: rrf-milestone"
    data = trackers.write(
        tmp_path / "data",
        {
            "vocabulary/instruments": INSTRUMENTS,
            "vocabulary/documents": DOCUMENTS,
            "vocabulary/organisations": BODIES,
            "milestones/early": f"{fields}\nrrf: {{instalment: 4}}",
            "milestones/other": f"{fields}\nrrf: {{instalment: 41}}",
            "milestones/later": f"{fields}\nrrf:\n  'instalment' : 4",
            "requests/first": "number: 3\ninstrument: rrf",
        },
    )
    new = ("new", "request", "--instrument", "rrf", "--source", "decision", "--name", "R", "--lang", "en")
    twice = elo(*new, "--id", "second", "--number", "3", data=data)
    assert (twice.code, "error request-twice" in twice.err) == (1, True), twice.err
    assert elo(*new, "--id", "second", "--number", "4", data=data).code == 0
    word = ("update", "second", "--by", "finance", "--date", "2024-05-01", "--lang", "en")
    moved = elo(*word, "--number", "3", "--reason", "R", "--decided-by", "finance", data=data)
    assert (moved.code, "error request-twice" in moved.err) == (1, True), moved.err
    sent = elo(*word, "--sent", data=data)
    assert sent.code == 0, sent.err
    assert "had not been reported as completed by then: early, later" in sent.err


def test_a_promise_moves_with_reason_and_decider(plan: Plan) -> None:
    """The amount of the decision changes as any promise does; the first one stays to be read."""
    run = plan.run(
        *_update("2025-05-01", "--amount", "490 M€", "--reason", "Amended", "--decided-by", "decision", "--dry-run"),
        *("--data", str(plan.data)),
    )
    assert "+    amount: 490 M€" in run


def test_nothing_of_it_is_wrong(plan: Plan) -> None:
    """The whole life of the request leaves neither error nor warning of its own in a check."""
    found = json.loads(plan.run("check", "--data", str(plan.data), "--format", "json"))["findings"]
    assert [
        finding["rule"] for finding in found if finding["record"] == "request-3" and finding["level"] != "note"
    ] == []
