"""Positions: a finding stands at the line and column that an editor shows."""

import pytest
import yaml
import yaml_rs
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.model.finding import Where
from elo_cli.store.yaml.positions import Positions
from tests.running import DATA

TEXT = """\
# updates: in a comment is no key
id: pilots
name:
  fi: Pilotit
  sv: "Piloter: nu"
measures: [one, two]
description: >-
  id: in a text is no key
updates:
  - date: 2022
    by: okm
  - {date: 2023, by: tem}
"""


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ((), (1, 1), (1, 1)),
        (("id",), (2, 1), (2, 5)),
        (("name",), (3, 1), (4, 3)),
        (("name", "sv"), (5, 3), (5, 7)),
        (("measures", 1), (6, 17), (6, 17)),
        (("updates",), (9, 1), (10, 3)),
        (("updates", 0), (10, 5), (10, 5)),
        (("updates", 0, "by"), (11, 5), (11, 9)),
        (("updates", 1, "by"), (12, 18), (12, 22)),
    ],
)
def test_key_and_value(where: Where, key: tuple[int, int], value: tuple[int, int]) -> None:
    """Keys and values of blocks, of flow style and of lists are found, and none in comments or texts."""
    positions = Positions(TEXT)
    assert positions.key(where) == key
    assert positions.value(where) == value


@pytest.mark.parametrize(
    ("where", "place"),
    [
        (("due",), (1, 1)),
        (("name", "en"), (3, 1)),
        (("updates", 7, "due"), (9, 1)),
        (("updates", 1, "due", "x"), (12, 5)),
    ],
)
def test_absent_stands_at_what_holds_it(where: Where, place: tuple[int, int]) -> None:
    """What is missing is shown at the nearest thing above it."""
    assert Positions(TEXT).key(where) == place


def test_text_that_is_no_yaml_has_a_place_still() -> None:
    """A file that cannot be read gives its first character rather than an error."""
    assert Positions("a: [1\nb: }").key(("x", 1)) == (1, 1)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.from_regex(r"x[a-z]{0,9}", fullmatch=True),
        min_size=1,
        max_size=6,
    )
)
def test_place_is_where_the_word_is(values: dict[str, str]) -> None:
    """At the place of a key stands the key, and at that of a value the value, the quick way and the whole way alike."""
    for indent in ("", "  "):
        text = ("" if not indent else "top:\n") + "".join(f"{indent}{key}: {value}\n" for key, value in values.items())
        lines = text.split("\n")
        positions = Positions(text)
        for key, value in values.items():
            where = ("top", key) if indent else (key,)
            line, column = positions.key(where)
            assert lines[line - 1][column - 1 :] == f"{key}: {value}"
            line, column = positions.value(where)
            assert lines[line - 1][column - 1 :] == value


@pytest.mark.parametrize("path", sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yaml")))
def test_both_ways_to_the_places_agree(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything stands in the same place whether libyaml is there or not."""
    text = (DATA / path).read_text("utf-8")
    places = _everywhere(yaml_rs.loads(text), ())
    quick = Positions(text)
    found = [(quick.key(where), quick.value(where)) for where in places]
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    slow = Positions(text)
    assert [(slow.key(where), slow.value(where)) for where in places] == found


def test_a_deep_text_ends_no_process() -> None:
    """Half a million brackets have their places at the top, and the process goes on."""
    assert Positions("x: " + "[" * 500_000).value(("x", 0)) == (1, 1)


def _everywhere(value: object, where: Where) -> list[Where]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [where, *(path for key, inner in pairs for path in _everywhere(inner, (*where, key)))]
