"""What is wrong with a value is said in elo's own words, whatever the library that found it calls it."""

import pytest
from pydantic import ValidationError

from elo_cli.model.finding import Phrase
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS
from elo_cli.render.words.language import Language
from elo_cli.store.schema_problems import problems_of

VALUES: tuple[object, ...] = (
    None,
    True,
    "x",
    "",
    "x" * 20_000,
    -1,
    10**9,
    1.5,
    [],
    [1],
    {},
    {"x": 1},
    {"fi": ""},
    [{}],
    {"a": {"b": []}},
)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_detail_is_translated(kind: Kind) -> None:
    """No field of any kind answers a wrong value with words that the catalogues do not have."""
    said: dict[str, Phrase] = {}
    for field in kind.record.model_fields:
        for value in VALUES:
            try:
                kind.record.model_validate({"id": "x", field: value})
            except ValidationError as error:
                for problem in problems_of(error, kind.record, "x.yaml", (), "x"):
                    said |= {text.message: text for text in problem.args.values() if isinstance(text, Phrase)}
    assert said
    for code in ("fi", "sv"):
        language = Language(code)
        missing = [text.message for text in said.values() if language.say_all(text.message, text.values) == str(text)]
        assert missing == []


@pytest.mark.parametrize("archive", ["../../etc/passwd", "/etc/passwd", "C:/x", "a/../b", "a\\b"])
def test_a_place_in_an_archive_is_answered_as_one(archive: str) -> None:
    """A path that leads out of the folder of evidence is told what a place in an archive is, and not what an id is."""
    document = {"title": "A", "archive": archive}
    with pytest.raises(ValidationError) as raised:
        KINDS["milestone"].record.model_validate({"id": "x", "type": "national", "evidence": [document]})
    (problem,) = problems_of(raised.value, KINDS["milestone"].record, "x.yaml", (), "x")
    assert str(problem.args["detail"]).startswith("a place in an archive is a reference such as VN/1234/2024")


@pytest.mark.parametrize("record_id", ["A b", "con"])
def test_an_id_is_answered_as_one(record_id: str) -> None:
    """What is no id is told what an id is."""
    with pytest.raises(ValidationError) as raised:
        KINDS["milestone"].record.model_validate({"id": record_id, "type": "national"})
    (problem,) = problems_of(raised.value, KINDS["milestone"].record, "x.yaml", (), "x")
    assert str(problem.args["detail"]).startswith("an id is kebab-case ASCII")
