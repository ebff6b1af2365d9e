"""The repository's own data holds every figure and fact of the slides: one row of inventory.csv is one fact."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from elo_cli.model.money import Money
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.measure import Measure
from elo_cli.store.loading import load
from elo_cli.store.source import WorkTree
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.day.state import state
from elo_cli.tracking.day.view import View
from elo_cli.tracking.deadlines import deadlines
from elo_cli.tracking.funding import funding
from elo_cli.tracking.status import measure_status

ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
SLIDES: Final = "forum-slides-2021-04-09"


class Fact(NamedTuple):
    """One row of inventory.csv: what a record says in a field, and where that stands."""

    system: str
    source: str
    """The slide's number, or the id of another document."""
    record: str
    field: str
    """The path to the field, its parts joined by points."""
    expected: str
    """The value as text; `present`, `absent` and `null` mean what they say, a list is joined by spaces."""


def _rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


FACTS: Final = [Fact(*row) for row in _rows("inventory.csv")]


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    """Load the repository's data once."""
    return load(WorkTree(ROOT / "data"))


def test_everything_can_be_read(tracker: Tracker) -> None:
    """Every file of the data is read without a problem."""
    assert tracker.problems == []
    assert tracker.incomplete == []


def test_every_reference_leads_to_a_record_of_the_right_kind(tracker: Tracker) -> None:
    """No record names an id that is not there, or that is of another kind than the field takes."""
    wrong = [
        link
        for links in tracker.links.values()
        for link in links
        if link.target not in tracker.entries or tracker.entries[link.target].kind.name not in link.reference.kinds
    ]
    assert wrong == []


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.source}-{fact.record}-{fact.field}")
def test_a_fact_of_the_inventory_is_in_the_data(tracker: Tracker, fact: Fact) -> None:
    """Each fact stands in the field of its record, and the record names the slide or document that it is from."""
    data = tracker.entries[fact.record].data
    found = _shown(data, fact.field.split("."))
    assert found == fact.expected or (fact.expected == "present" and found not in {"absent", "null"})
    sources = {
        str(source.get("slide")) if source["document"] == SLIDES else source["document"] for source in _sources(data)
    }
    assert fact.source in sources


STATED: Final = {
    "measure": "key goal programmes responsible period status person_years description actions",
    "funding": "description instrument programme permanent stage amount basis approximate period part_of follows "
    "may_overlap counted shares own_contribution recipients proposed_by decided_at",
    "milestone": "description type due possible responsible",
    "meeting": "type date organisers agenda decides",
    "goal": "type description",
    "organisation": "type part_of",
    "programme": "part_of period",
    "instrument": "last_day last_payment_day",
    "function": "",
}
"""The fields of each kind that say what the slides say."""


def test_nothing_is_in_the_data_that_the_inventory_does_not_hold(tracker: Tracker) -> None:
    """Each name in the source's words, each text and each figure of a record is a row of the inventory."""
    known = {(fact.record, fact.field) for fact in FACTS}
    invented = [
        (entry.id, ".".join(path))
        for entry in tracker.entries.values()
        if entry.kind.name in STATED
        for path in _stated(entry.data, entry.kind.name)
        if (entry.id, ".".join(path)) not in known
    ]
    assert invented == []


def _stated(data: Mapping[str, Any], kind: str) -> Iterator[list[str]]:
    """Give the path to every value that is to be held to the source; a name in our own words is not."""
    fields = [*STATED[kind].split(), *([] if data.get("own_words") else ["name"])]
    for field in fields:
        if field in data:
            yield from _leaves(data[field], [field])


def _leaves(value: Any, path: list[str]) -> Iterator[list[str]]:  # noqa: ANN401 - plain YAML data
    if not isinstance(value, dict):
        yield path
    elif "fi" in value:
        yield [*path, "fi"]
    else:
        for key, inner in value.items():
            yield from _leaves(inner, [*path, key])


def test_the_matrix_of_slide_19_is_whole(tracker: Tracker) -> None:
    """Each readable task is one role; its organisation was deduced, or is one of several, or cannot be read at all."""
    measure = tracker.get(Measure, "multi-professional-guidance")
    assert measure is not None
    assert measure.roles is not None
    roles = list(measure.roles.values())
    assert [
        [role.function, role.task["fi"], role.organisation or "", " ".join(role.one_of or ())] for role in roles
    ] == _rows("matrix.csv")
    assert not any(role.organisation and role.one_of for role in roles)
    assert all(role.note for role in roles)
    assert all(bool(role.inferred) == (role.organisation is not None) for role in roles)


def test_nine_measures_are_key(tracker: Tracker) -> None:
    """The strategy has nine key measures, in five goals; the others are related, and have no goal of slide 7."""
    measures = list(tracker.of(Measure))
    assert Counter(measure.goal for measure in measures if measure.key) == {
        "goal-accessible": 3,
        "goal-quality": 2,
        "goal-digital": 1,
        "goal-coordinated": 2,
        "goal-knowledge-based": 1,
    }
    assert [measure.id for measure in measures if measure.key is None or (not measure.key and measure.goal)] == []


@pytest.mark.parametrize(
    ("whole", "expected", "about"),
    [
        ("compulsory-education-guidance", "19.9 M€", "20 M€"),
        ("rrf-guidance-and-skills", "10 M€", "10 M€"),
    ],
)
def test_parts_add_up_to_their_whole(tracker: Tracker, whole: str, expected: str, about: str) -> None:
    """The amounts of a line's parts give the sum that the inventory works out, on the whole's own basis."""
    line = _line(tracker, whole)
    parts = [part for part in tracker.of(Funding) if part.part_of == whole]
    assert sum((part.amount.euros for part in parts if part.amount), Decimal(0)) == Money.parse(expected).euros
    assert line.amount == Money.parse(about)
    assert {part.basis for part in parts} == {line.basis}


def test_the_inferred_sum_of_the_permanent_funding(tracker: Tracker) -> None:
    """19.9 of compulsory education and 4.3 of the upper secondary reform are 24.2, the “about 24.3” of slide 9."""
    parts = [part for part in tracker.of(Funding) if part.part_of == "guidance-counselling-permanent"]
    assert {part.id for part in parts} == {"compulsory-education-guidance", "guidance-upper-secondary-reform"}
    beneath = [part for part in tracker.of(Funding) if part.part_of == "compulsory-education-guidance"]
    amounts = [part.amount for part in [*beneath, _line(tracker, "guidance-upper-secondary-reform")]]
    assert sum((amount.euros for amount in amounts if amount), Decimal(0)) == Money.parse("24.2 M€").euros


def test_shares_add_up_to_the_amount(tracker: Tracker) -> None:
    """What the ministries pay together is the amount of the line."""
    shared = [line for line in tracker.of(Funding) if line.shares]
    assert len(shared) == 3
    for line in shared:
        assert line.amount is not None
        assert sum(share.euros for share in (line.shares or {}).values()) == line.amount.euros


@pytest.mark.parametrize(
    ("line", "day", "stage", "amount"),
    [
        ("digivisio-rrf", date(2021, 4, 9), "proposed", "20 M€"),
        ("digivisio-rrf", date(2026, 11, 24), "proposed", "20 M€"),
        ("digivisio-additional-grant", date(2026, 11, 24), "granted", "6 M€"),
        ("guidance-upper-secondary-reform", date(2021, 4, 9), "appropriated", "4.3 M€"),
        ("immigrant-guidance-2020", date(2021, 4, 9), "open-call", "4 M€"),
        ("onni-funding", date(2021, 4, 9), "pending", "2.5 M€"),
        ("ohjaamo-coordination", date(2021, 4, 9), "pending", "0.75 M€"),
    ],
)
def test_how_a_line_stood_on_a_day(tracker: Tracker, line: str, day: date, stage: str, amount: str) -> None:
    """Proposed and granted stay apart in time, and a proposal that a meeting decides is pending."""
    now = state(_line(tracker, line), day).now
    assert (View(tracker, day).stage(now), now.amount) == (stage, Money.parse(amount))


@pytest.mark.parametrize(
    ("day", "granted"), [(date(2019, 1, 1), {}), (date(2021, 4, 8), {}), (date(2021, 4, 9), {"total": "17.3 M€"})]
)
def test_granted_in_all_on_a_day(tracker: Tracker, day: date, granted: dict[str, str]) -> None:
    """No grant is known before the document that tells of it was given, or, without a date, before it was read."""
    sums = [row for row in funding(View(tracker, day), "stage").totals if row.stage == "granted" and row.amount]
    assert {row.basis: row.amount for row in sums if row.basis == "total"} == {
        basis: Money.parse(amount) for basis, amount in granted.items()
    }


@pytest.mark.parametrize(
    "measure", ["career-skills", "counsellor-continuing-training", "guidance-coordination"], ids=lambda name: name
)
def test_key_measures_share_the_four_million_of_slide_14(tracker: Tracker, measure: str) -> None:
    """What a key measure gets of the RRF's continuing learning is a share of 4 M€, and never of the whole 10 M€."""
    view = View(tracker, date(2021, 4, 9))
    found = measure_status(view, tracker.entries[measure].record).money  # type: ignore[arg-type]  # it is a measure
    assert [one.amount for one in found if one.shared] == [Money.parse("4 M€")]


def test_what_is_possible_or_work_over_years_is_no_deadline(tracker: Tracker) -> None:
    """Slide 21 says that results can be presented and that a model is built in 2021–2023: nobody waits for a day."""
    listed = {row.id for row in deadlines(View(tracker, date(2021, 4, 9)), None).deadlines}
    assert not {"regional-reporting-results", "knowledge-management-model"} & listed
    assert {"forum-2021-autumn", "dsp-architecture"} <= listed


@pytest.mark.parametrize(
    ("day", "listed"), [(date(2021, 4, 9), 2), (date(2021, 9, 28), 2), (date(2021, 10, 28), 2), (date(2021, 10, 29), 6)]
)
def test_the_reporting_calendar_begins_with_the_plan(tracker: Tracker, day: date, listed: int) -> None:
    """Nothing is reported before Regulation 2021/2106 and the approval of Finland's plan on 29 October 2021."""
    rows = deadlines(View(tracker, day), None).deadlines
    assert len({row.item for row in rows if row.kind == "instrument"}) == listed


def _line(tracker: Tracker, record_id: str) -> Funding:
    line = tracker.get(Funding, record_id)
    assert line is not None
    return line


def _shown(value: Any, path: list[str]) -> str:  # noqa: ANN401 - plain YAML data
    for part in path:
        try:
            value = value[int(part)] if re.fullmatch(r"[0-9]+", part) else value[part]
        except (KeyError, IndexError):
            return "absent"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _sources(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from data.get("sources", [])
    for update in data.get("updates", []):
        yield from update.get("sources", [])
