"""The subset of YAML: what is refused is named by its rule at its place, and what only looks like it is accepted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.characters import invisible, is_ordinary
from elo_cli.store.yaml.limits import MAX_BYTES, MAX_DEPTH
from elo_cli.store.yaml.strict import parse

_Place = tuple[int | None, int | None]


@pytest.mark.parametrize(
    ("content", "rule", "place"),
    [
        pytest.param(b"a: &x 1\n", "yaml-anchor", (1, 4), id="an anchor that nothing repeats"),
        pytest.param(b"a: &x 1\nb: *x\n", "yaml-anchor", (1, 4), id="the anchor before its alias"),
        pytest.param(b"a: !foo 1\n", "yaml-tag", (1, 4), id="a tag of one's own"),
        pytest.param(b"a: !!set {x}\n", "yaml-tag", (1, 4), id="a tag of YAML's"),
        pytest.param(b"a:\n  <<: {b: 1}\n", "yaml-merge-key", (2, 3), id="a merge key"),
        pytest.param(b"%YAML 1.2\n---\na: 1\n", "yaml-directive", (1, 1), id="a directive"),
        pytest.param(b"a: 1\n---\nb: 2\n", "yaml-several-documents", (2, 1), id="two documents"),
        pytest.param(b"a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", (3, 1), id="the same key twice"),
        pytest.param(b"? [a]\n: 1\n", "yaml-key-not-text", (1, 3), id="a list as a key"),
        pytest.param(b"a:\t1\n", "yaml-tab", (1, 3), id="a tab before a value"),
        pytest.param(b"a: x\0y\n", "yaml-control-character", (1, 5), id="NUL"),
        pytest.param(b"a: 1\n\xef\xbb\xbfb: 2\n", "yaml-control-character", (2, 1), id="a byte order mark in a key"),
        pytest.param(b'a: "\\e[31m"\n', "yaml-control-character", (1, 4), id="an escape for a control character"),
        pytest.param(b"a: {b:}\n", "yaml-syntax", (1, 1), id="a colon that readers differ in"),
        pytest.param(b"a: -" + b"9" * 30_000, "yaml-number", (1, 5), id="a number that would take long to read"),
        pytest.param(b"a: [1\n", "yaml-syntax", (1, 4), id="an open bracket"),
        pytest.param(b"- " * 9 + b"a\n", "yaml-too-deep", (1, 16), id="lists opened within one line"),
        pytest.param(b"", "file-empty", (1, 1), id="nothing"),
        pytest.param(b"# x\n", "file-empty", (1, 1), id="a comment alone"),
        pytest.param(b"- a\n", "file-not-mapping", (1, 1), id="a list"),
        pytest.param(b"a: 1\n<<<<<<< HEAD\n", "file-conflict-markers", (2, 1), id="a conflict"),
        pytest.param(b"a: \xe4\n", "file-not-utf8", (1, 4), id="Latin 1"),
        pytest.param(b"a: " + b"x" * MAX_BYTES, "file-too-large", (None, None), id="too many bytes"),
    ],
)
def test_refused_at_its_place(content: bytes, rule: str, place: _Place) -> None:
    """What the subset refuses gives no value and one problem, with the line and column where it stands."""
    parsed = parse(content, "f.yaml")
    assert parsed.value is None
    assert [(one.rule, (one.line, one.column), one.path) for one in parsed.problems] == [(rule, place, "f.yaml")]


@pytest.mark.parametrize(
    ("content", "rule", "where"),
    [
        pytest.param(b"1: a\n", "yaml-key-not-text", ("1",), id="a number as a key"),
        pytest.param(b"a: .inf\n", "yaml-number", ("a",), id="infinity"),
        pytest.param(b"a:\n  - b: .nan\n", "yaml-number", ("a", 0, "b"), id="not a number, within a list"),
        pytest.param(b"a: 1000000000000000\n", "yaml-number", ("a",), id="a number of 16 digits"),
        pytest.param(b"a: " + b"[" * 30 + b"]" * 30, "yaml-too-deep", ("a",), id="brackets within brackets"),
    ],
)
def test_refused_by_what_was_read(content: bytes, rule: str, where: tuple[str | int, ...]) -> None:
    """What is only seen in the values that were read is named by the place in the data."""
    parsed = parse(content, "f.yaml")
    assert parsed.value is None
    assert [(one.rule, one.where) for one in parsed.problems] == [(rule, where)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 20 %\n", "20 %"),
        ("a: R&D\n", "R&D"),
        ("a: wow!\n", "wow!"),
        ("a: 2 * 3\n", "2 * 3"),
        ("a: https://example.fi/?x=1&y=2\n", "https://example.fi/?x=1&y=2"),
        ('a: "&x *y !z"\n', "&x *y !z"),
        ("a: '<<'\n", "<<"),
        ("a: |\n  &x\n  --- y\n", "&x\n--- y\n"),
        ("---\na: 1\n", 1),
        ("a: 2021-12-03\n", "2021-12-03"),
        ("a: yes\n", "yes"),
        ("a: 999999999999999\n", 999_999_999_999_999),
        ("\ufeffa: 1\r\n", 1),
        ("a: \U0001f642 ä\n", "\U0001f642 ä"),
    ],
)
def test_what_only_looks_like_it_is_accepted(text: str, value: object) -> None:
    """Signs of YAML within ordinary text, days, and the line ends and mark of Windows are read as they are meant."""
    assert parse(text.encode(), "f.yaml").value == {"a": value}


@given(st.integers(1, 2 * MAX_DEPTH))
def test_depth_is_bounded_exactly(depth: int) -> None:
    """Mappings within mappings are accepted up to the limit, and refused from there on."""
    text = "".join("  " * level + "x:\n" for level in range(depth)) + "  " * depth + "x: 1\n"
    assert (parse(text.encode(), "f.yaml").value is not None) == (depth <= MAX_DEPTH)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: [\n", 1, 4),
        ("a: [\n1,\n", 2, 1),
        ("a: 'x\n", 1, 6),
        ("a: 'x\r\n", 1, 6),
        ('a:\n  - b: "\n\n', 3, 1),
        ("a: {b: 1", 1, 4),
    ],
)
def test_a_text_that_ends_too_early_has_its_finding_in_it(text: str, line: int, column: int) -> None:
    """What is missing at the end of a file is told at a place that an editor can show."""
    (problem,) = parse(text.encode(), "m.yaml").problems
    assert (problem.line, problem.column) == (line, column)


def test_many_brackets_are_not_deep() -> None:
    """A line of JSON with hundreds of brackets beside one another is read; a hundred within one another are not."""
    pairs = '{"a": [' + ", ".join('{"b": "c"}' for _ in range(300)) + ', "x:[y"]}'
    assert parse(pairs.encode(), "m.yaml").value is not None
    assert parse(b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", "m.yaml").problems[0].rule == "yaml-too-deep"


@given(st.text(st.characters(max_codepoint=0x2FF) | st.sampled_from("\u200b\u2028\u00ad\ufeff\u0301–”€")))
def test_what_is_ordinary_hides_nothing(text: str) -> None:
    """A text whose bytes are all ordinary holds line feeds and printable characters alone, and all of them are seen."""
    if is_ordinary(text.encode()):
        assert text.replace("\n", "").isprintable()
        assert not list(invisible(text))


@given(st.text(st.sampled_from("abc äöåÄÖÅéèšžŠŽ0189-_.:;,/()[]{}'\"\n§")))
def test_what_is_written_in_latin_letters_is_ordinary(text: str) -> None:
    """Texts in the letters of the tracker's languages need no second look, unless a rarer sign stands among them."""
    assert is_ordinary(text.encode()) is ("§" not in text)
