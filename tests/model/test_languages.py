"""The order of names in each language."""

import pytest

from elo_cli.model.languages import LANGUAGES

NAMES = ["Öljy", "zeta", "Åbo", "Ähtäri", "“Alku”", "alku 2", "Éire", "Ülo", "Yrjö", "ärlig", "arvo", "Ødegård"]
FINNISH = ["“Alku”", "alku 2", "arvo", "Éire", "Ülo", "Yrjö", "zeta", "Åbo", "Ähtäri", "ärlig", "Ødegård", "Öljy"]
ENGLISH = ["Åbo", "Ähtäri", "“Alku”", "alku 2", "ärlig", "arvo", "Éire", "Ødegård", "Öljy", "Ülo", "Yrjö", "zeta"]


@pytest.mark.parametrize(("language", "right"), [("fi", FINNISH), ("sv", FINNISH), ("en", ENGLISH)])
def test_names_stand_in_the_alphabet_of_the_reader(language: str, right: list[str]) -> None:
    """In Finnish and Swedish å, ä and ö follow z; in English they stand with a and o; quotes and case count nothing."""
    assert sorted(NAMES, key=LANGUAGES[language].place) == right


def test_a_decomposed_letter_is_the_same() -> None:
    """A letter that is written as a letter and a mark stands where the one letter does."""
    assert LANGUAGES["fi"].place("A\u0308hta\u0308ri") == LANGUAGES["fi"].place("Ähtäri")
