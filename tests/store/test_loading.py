"""Loading: what can be read is read, and what cannot is named, in words that say what would be right."""

import pytest

from elo_cli.model.errors import UnreadableProblem
from elo_cli.model.finding import Where
from elo_cli.store.loading import load
from elo_cli.store.tracker import Tracker
from tests.trackers import CONFIG, Files

START = "id: m\ntype: national\n"
GOOD = f"{START}name: {{en: M}}\n"


def read(**files: str) -> Tracker:
    """Load a tracker whose files are named as `folder_name`."""
    return load(
        Files({"tracker.yaml": CONFIG} | {f"{at.replace('_', '/', 1)}.yaml": text for at, text in files.items()})
    )


@pytest.mark.parametrize(
    ("text", "rule", "where", "said"),
    [
        (f"{START}tpye: x\n", "schema-unknown-field", ("tpye",), "nearest is “type”"),
        (f"{START}zzz: 1\n", "schema-unknown-field", ("zzz",), "right would be one of name, description, "),
        (
            f"{START}updates: [{{date: 2024, statsu: x}}]\n",
            "schema-unknown-field",
            ("updates", 0, "statsu"),
            "“status”",
        ),
        ("type: national\n", "schema-missing-field", ("id",), "id"),
        ("id: m\ntype: nation\n", "schema-value", ("type",), "nearest is national"),
        ("id: m\ntype: true\n", "schema-value", ("type",), "right would be one of rrf-milestone, "),
        (f"{START}name: 5\n", "schema-type", ("name",), "a number"),
        (f"{START}measures: x\n", "schema-type", ("measures",), "a text"),
        (f"{START}sources: [{{document: d, page: x}}]\n", "schema-type", ("sources", 0, "page"), "a whole number"),
        (f"{START}sources: [{{document: d, page: 0}}]\n", "schema-value", ("sources", 0, "page"), "it is less than 1"),
        (f"{START}measures: []\n", "schema-value", ("measures",), "it is empty; leave the field out instead"),
        (f"{START}name: {{en: 5}}\n", "schema-quote-text", ("name", "en"), "5"),
        (f"{START}name: {{en: ''}}\n", "schema-value", ("name", "en"), "it is empty"),
        (f"{START}name: {{en: {'x' * 501}}}\n", "schema-value", ("name", "en"), "it is longer than 500 characters"),
        (f"{START}name: {{EN: x}}\n", "schema-value", ("name", "EN"), "a language is a code such as fi, sv or en"),
        (f"{START}name: {{fi: yksi, kaksi}}\n", "schema-flow-comma", ("name",), "name"),
        (f"{START}due: 2024-13\n", "schema-value", ("due",), "there is no month 13"),
        ("id: other\ntype: national\n", "schema-id-file-name", ("id",), "other"),
    ],
)
def test_one_thing_wrong_is_said_once(text: str, rule: str, where: Where, said: str) -> None:
    """A mistake in a record gives one problem, at its field, with a message that leads to what would be right."""
    problems = read(milestones_m=text).problems
    assert [(one.rule, one.where) for one in problems] == [(rule, where)]
    assert any(said in str(value) for value in problems[0].args.values())


def test_broken_record_leaves_the_others() -> None:
    """A record that cannot be read is known by its id, its file makes answers incomplete, and the others load."""
    tracker = read(milestones_m=GOOD, milestones_n="id: n\ntype: [\n")
    assert list(tracker.entries) == ["m"]
    assert tracker.broken == {"n": "milestone"}
    assert tracker.incomplete == ["data/milestones/n.yaml"]


def test_broken_entry_of_a_vocabulary_leaves_the_others() -> None:
    """An entry that is no mapping, or has an id of its own, is named; the entries beside it load."""
    tracker = read(vocabulary_goals="a: x\nb: {id: b}\nc: {type: strategic-goal, name: {en: C}}\n")
    assert list(tracker.entries) == ["c"]
    assert [(one.rule, one.where, {k: str(v) for k, v in one.args.items()}) for one in tracker.problems] == [
        ("schema-type", ("a",), {"field": "a", "expected": "a mapping", "found": "a text"}),
        ("schema-unknown-field", ("b", "id"), {"field": "b.id", "detail": "the name of the entry is its id"}),
    ]
    assert tracker.broken == {"a": "goal", "b": "goal"}


def test_id_twice_over_all_kinds() -> None:
    """An id that a record and a vocabulary share is named, and the first one stays."""
    tracker = read(milestones_m=GOOD, vocabulary_goals="m: {type: strategic-goal}\n")
    assert tracker.entries["m"].kind.name == "milestone"
    assert [(one.rule, one.path) for one in tracker.problems] == [("schema-duplicate-id", "vocabulary/goals.yaml")]


def test_settings_that_cannot_be_read_hide_no_record() -> None:
    """A tracker.yaml with a mistake is a problem of the tracker, and the records load all the same."""
    tracker = load(Files({"tracker.yaml": "format: 0\n", "milestones/m.yaml": GOOD}))
    assert not tracker.config_read
    assert list(tracker.entries) == ["m"]
    assert tracker.incomplete == ["data/tracker.yaml"]


def test_folder_without_settings_is_no_tracker() -> None:
    """Without tracker.yaml there is nothing to read, and the message names the folder."""
    with pytest.raises(UnreadableProblem, match=r"there is no tracker\.yaml in “data”"):
        load(Files({"milestones/m.yaml": GOOD}))
