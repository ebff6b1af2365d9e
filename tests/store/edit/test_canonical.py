"""The canonical form says the same as the file, with its comments, and is its own canonical form."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings

from elo_cli.model.kinds import BY_FOLDER, KINDS
from elo_cli.store.edit.canonical import canonical
from elo_cli.store.edit.record import EditRefused, file_shape, same
from elo_cli.store.yaml.strict import parse
from tests.running import DATA
from tests.store.edit.test_edit import laid_out

MILESTONE = file_shape(KINDS["milestone"])


def formatted(text: str) -> str:
    """Return the canonical form of a milestone's file."""
    return canonical(text.encode(), "milestones/m.yaml", MILESTONE).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: {fi: M}\nid: 'm'\n", "id: m\nname:\n  fi: M\n"),
        ("id: m\r\ntype: national", "id: m\ntype: national\n"),
        ("\ufeffid: m\n", "id: m\n"),
        ("id: m\n\n\n\ndue: 2021\n", "id: m\n\ndue: 2021\n"),
        ("measures: [a, b]  # two\nid: m\n", "id: m\nmeasures:  # two\n  - a\n  - b\n"),
        ("# schema\nid: m\n# of due\ndue: 2021 # beside\ntype: national\n# end", None),
        ("measures:\n- a\n# of b\n-   b\n", "measures:\n  - a\n  # of b\n  - b\n"),
        (
            "updates:\n- # word\n  note: {fi: x}\n  date: 2021\n",
            "updates:\n  # word\n  - date: 2021\n    note:\n      fi: x\n",
        ),
        ("id: m\nname:\n    fi: A\n    # deep\ndue: 2021\n", "id: m\nname:\n  fi: A\n  # deep\ndue: 2021\n"),
        ("name:\n  fi: |-\n    a\n    b\n", "name:\n  fi: |-\n    a\n    b\n"),
        ("name:\n  fi: 'a: b'\n  sv: \"yes\"\n", 'name:\n  fi: "a: b"\n  sv: "yes"\n'),
        ("sources: [{document: d, # why\n  slide: 3}]\n", "sources:  # why\n  - document: d\n    slide: 3\n"),
        ('by: ["a #b"]  # beside\n', 'by:  # beside\n  - "a #b"\n'),
        ("due: '2021-04'\n", 'due: "2021-04"\n'),
        (
            "sources:\n- slide: 18\n\n  document: plan\n",
            "sources:\n  - document: plan\n    slide: 18\n",
        ),
        (
            "rrf:\n  instalment: 1\n\n  # c\n\n  plan_measure: P\n",
            "rrf:\n  # c\n  plan_measure: P\n  instalment: 1\n",
        ),
        ("# yaml-language-server: x\ntype: national\nid: m\n", "# yaml-language-server: x\nid: m\ntype: national\n"),
    ],
)
def test_the_canonical_form(before: str, after: str | None) -> None:
    """Keys in the kind's order, block style, two columns a step, quotes where needed; comments beside their values."""
    if after is None:
        after = "# schema\nid: m\ntype: national\n# of due\ndue: 2021  # beside\n# end\n"
    assert formatted(before) == after
    assert formatted(after) == after


def test_long_texts_are_folded_at_a_hundred_columns() -> None:
    """A text that does not fit on its line is folded, and one that does is unfolded."""
    text = formatted("name:\n  fi: >-\n    short\n    text\ndescription:\n  fi: " + "pitkä sana " * 30 + "\n")
    assert "  fi: short text\n" in text
    assert "  fi: >-\n    pitkä sana" in text
    assert max(map(len, text.splitlines())) <= 100


@settings(max_examples=80)
@given(laid_out())
def test_the_form_keeps_values_and_comments_and_is_its_own(file: tuple[str, Mapping[str, object]]) -> None:
    """For any accepted file: the same values, the same comments, and a second run changes nothing."""
    text, value = file
    parsed = parse(text.encode(), "m.yaml")
    assume(parsed.value is not None and same(parsed.value, value))
    try:
        new = formatted(text)
    except EditRefused:
        assert "#" in text
        return
    read = parse(new.encode(), "m.yaml").value
    assert same(read, parsed.value)
    comments = re.compile(r"# (?:a comment|deep|deeper|beside|end)$", re.MULTILINE)
    assert sorted(comments.findall(new)) == sorted(comments.findall(text.replace("\r\n", "\n")))
    assert formatted(new) == new


@pytest.mark.parametrize("path", sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yaml")))
def test_the_data_survives(path: str) -> None:
    """Every file of the repository has a canonical form, which is stable."""
    folder, _, name = path.rpartition("/")
    kind = BY_FOLDER.get(name.removesuffix(".yaml") if folder == "vocabulary" else folder)
    model = file_shape(kind)
    once = canonical((DATA / path).read_bytes(), path, model)
    assert canonical(once, path, model) == once
