"""What a reader of YAML finds wrong is said in elo's own words, and so in the language of whoever reads."""

import pytest

from elo_cli.model.finding import Phrase
from elo_cli.render.words.language import Language
from elo_cli.store.yaml import reader
from elo_cli.store.yaml.strict import parse

WRONG = {
    "a: b: c\n": "a colon stands",
    "a: 1\n  b: 2\n": "a colon stands",
    "a: [b, c\n": "what stands in brackets",
    "a: {b: c\n": "what stands in brackets",
    'a: "abc\n': "a quotation mark is not closed",
    "a:\n  b: 1\n c: 2\n": "this line is not indented",
    "a:\n  - b\n  c: d\n": "this line is not indented",
    "a: 1\nb\nc: 2\n": "this line is neither",
    'a: "\\q"\n': "behind a backslash",
    "a: @b\n": "a text cannot begin with @",
    "a: `b\n": "a text cannot begin with `",
}


@pytest.mark.parametrize("slowly", [False, True])
@pytest.mark.parametrize("text", WRONG)
def test_both_readers_say_the_same_in_every_language(
    text: str, monkeypatch: pytest.MonkeyPatch, *, slowly: bool
) -> None:
    """A fault that people make is named alike by either library, and translated."""
    if slowly:
        monkeypatch.setattr(reader, "yaml_rs", None)
    (problem,) = parse(text.encode(), "x.yaml").problems
    assert problem.rule == "yaml-syntax"
    detail = problem.args["detail"]
    assert isinstance(detail, Phrase)
    assert str(detail).startswith(WRONG[text])
    for code in ("fi", "sv"):
        assert Language(code).say_all(detail.message, detail.values) != str(detail)


def test_what_nobody_foresaw_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A complaint that is not in the table comes to one general sentence, never to a library's own words."""
    monkeypatch.setattr(reader, "yaml_rs", None)
    (problem,) = parse(b"a: ]\n", "x.yaml").problems
    assert str(problem.args["detail"]) == "from here on it cannot be read as fields and values"
