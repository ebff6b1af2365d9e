"""Every field, value and kind that a reader can meet has its word, in each language."""

import gettext
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from elo_cli.locales.catalogues import PACKAGE
from elo_cli.model.kinds import KINDS, keyed_by_ids, referring
from elo_cli.model.languages import LANGUAGES, SOURCE
from elo_cli.model.records.base import Correction, Source
from elo_cli.model.shape import Shape, fields_of, shape_of
from elo_cli.model.words import FIELDS, VALUES
from elo_cli.render.words.language import DOMAIN


def models() -> dict[str, type[BaseModel]]:
    """Return every model that a record is made of, by its name."""
    shapes = [place for kind in KINDS.values() for _, place in kind.shape.places()]
    shapes += [shape_of(Source), shape_of(Correction)]
    return {shape.model.__name__: shape.model for shape in shapes if shape.model is not None}


def places() -> Iterator[tuple[str, str, Shape]]:
    """Yield each field of each model, with what it holds; of a list or map, what its items are."""
    for title, model in models().items():
        for name, shape in fields_of(model).items():
            yield title, name, shape.item if shape.form in {"list", "map"} and shape.item is not None else shape


def _catalogue(code: str) -> dict[object, str]:
    catalogue = gettext.translation(DOMAIN, PACKAGE / "locales", [code])
    found: dict[object, str] = getattr(catalogue, "_catalog", {})  # only it knows which messages it holds
    return found


def test_walks_every_model() -> None:
    """The walk reaches models inside of models, inside of lists and inside of maps."""
    assert {"Measure", "MilestoneUpdate", "Role", "Evidence", "Indicator", "ReportingDay", "Source"} <= models().keys()


def test_every_field_has_its_word() -> None:
    """No field is shown by its own name: each has a heading in the table of words."""
    assert [f"{model}.{name}" for model, name, _ in places() if name not in FIELDS] == []


def test_every_value_has_its_word() -> None:
    """No value of a closed list is shown as the file has it: each has a word, and no word is for no value."""
    values = {(name, word) for _, name, shape in places() for word in shape.words}
    # A timing, how far a payment request is, and how evidence stands are computed and stand in no model.
    derived = {"timing", "request", "standing"}
    words = {(name, word) for name, known in VALUES.items() if name not in derived for word in known}
    assert sorted(values ^ words) == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_every_word_is_translated(code: str) -> None:
    """Fields, values and the names of kinds are said in each language; a missing one is named here."""
    known = set(_catalogue(code))
    plural = {message[0] for message in known if isinstance(message, tuple)}
    messages = [
        *FIELDS.values(),
        *(word for words in VALUES.values() for word in words.values()),
        *(
            word
            for kind in KINDS.values()
            for word in (*kind.names[:3], kind.names.sheet, kind.names.new[0], kind.about)
        ),
    ]
    assert [message for message in messages if message and message not in known | plural] == []


def test_a_name_refers_everywhere_or_nowhere() -> None:
    """Whether a field names records can be told by its name: what is a reference here is no text elsewhere."""
    assert {name for _, name, shape in places() if shape.form == "text"} & referring() == set()
    keys = {
        name: shape.key.form for model in models().values() for name, shape in fields_of(model).items() if shape.key
    }
    assert {name for name, form in keys.items() if form == "id"} == keyed_by_ids()
