"""A place in a record is told in the reader's words."""

import pytest

from elo_cli.model.finding import Where
from elo_cli.render.words.language import Language
from elo_cli.render.words.terms import place


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (("name",), "Nimi"),
        (("updates", 0, "note"), "Päivitykset 1: Huomautus"),
        (("updates", 1, "decisions", "loppuraportti"), "Päivitykset 2: Päätökset: loppuraportti"),
    ],
)
def test_a_place_is_told_by_headings(where: Where, told: str) -> None:
    """Fields have their headings, entries of a list the number that elo show gives them, keys stay."""
    assert place(Language("fi"), where) == told
