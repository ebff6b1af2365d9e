"""Edits touch the value that was meant, and nothing else in the file."""

import difflib
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from elo_cli.model.kinds import KINDS
from elo_cli.store.edit.record import (
    Edit,
    EditRefused,
    Insert,
    Remove,
    Set,
    add_update,
    applied,
    edit,
    file_shape,
    new_file,
    same,
)
from elo_cli.store.yaml import emit
from elo_cli.store.yaml.strict import parse

MILESTONE = file_shape(KINDS["milestone"])

RECORD = """\
# yaml-language-server: $schema=../../schemas/milestone.schema.json
id: dsp-services   # the id
type: 'rrf-milestone'

# Who it belongs to.
measures: [digital-service-package]
name:
  fi: "Palvelut"
due: 2024-Q4  # moved once

sources:
  - document: forum-slides-2021-04-09
    slide: 15
  # the treasury
  - {document: treasury-2022, inferred: [rrf]}
updates:
  - date: 2023-02-15
    by: okm
    note:
      fi: >-
        Ensimmäinen rivi
        ja toinen
    # why it is so
"""


def edited(text: str, *changes: Edit) -> str:
    """Return a text after the changes."""
    return edit(text.encode(), "milestones/m.yaml", changes, MILESTONE).decode()


def moved(old: str, new: str) -> list[str]:
    """Return the lines that went and came, as a diff shows them."""
    return [
        line
        for line in difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
        if line[:1] in "+-" and line[:3] not in {"+++", "---"}
    ]


@pytest.mark.parametrize(
    ("change", "diff"),
    [
        (Set(("due",), "2025-Q2"), ["-due: 2024-Q4  # moved once", "+due: 2025-Q2  # moved once"]),
        (Set(("type",), "national"), ["-type: 'rrf-milestone'", "+type: 'national'"]),
        (Set(("name", "fi"), "Uusi: nimi"), ['-  fi: "Palvelut"', '+  fi: "Uusi: nimi"']),
        (Set(("name", "sv"), "Tjänster"), ["+  sv: Tjänster"]),
        (Set(("lead",), "okm"), ["+lead: okm"]),
        (Set(("description",), {"fi": "Uusi"}), ["+description:", "+  fi: Uusi"]),
        (Remove(("due",)), ["-due: 2024-Q4  # moved once"]),
        (Remove(("name", "fi")), ["-name:", '-  fi: "Palvelut"']),
        (
            Insert(("measures", 1), "onni"),
            ["-measures: [digital-service-package]", "+measures: [digital-service-package, onni]"],
        ),
        (
            Set(("measures",), ["onni"]),
            ["-measures: [digital-service-package]", "+measures: [onni]"],
        ),
        (
            Set(("sources", 1, "page"), 3),
            [
                "-  - {document: treasury-2022, inferred: [rrf]}",
                "+  - {document: treasury-2022, page: 3, inferred: [rrf]}",
            ],
        ),
        (
            Remove(("sources", 1, "inferred")),
            ["-  - {document: treasury-2022, inferred: [rrf]}", "+  - {document: treasury-2022}"],
        ),
        (Remove(("sources", 0)), ["-  - document: forum-slides-2021-04-09", "-    slide: 15"]),
        (
            Remove(("sources", 0, "document")),
            ["-  - document: forum-slides-2021-04-09", "-    slide: 15", "+  - slide: 15"],
        ),
        (Insert(("updates", 0), {"date": "2022-01-01"}), ["+  - date: 2022-01-01"]),
        (
            Insert(("updates", 1), {"note": {"fi": "Uusi"}, "by": "tem", "date": "2024-01-01"}),
            ["+  - date: 2024-01-01", "+    by: tem", "+    note:", "+      fi: Uusi"],
        ),
        (Set(("updates", 0, "status"), "completed"), ["+    status: completed"]),
        (
            Set(("updates", 0, "note", "fi"), "Lyhyt"),
            ["-      fi: >-", "-        Ensimmäinen rivi", "-        ja toinen", "+      fi: Lyhyt"],
        ),
        (Set(("rrf", "cid_number"), None), ["+rrf:", "+  cid_number: null"]),
    ],
)
def test_a_change_is_the_diff_that_a_person_would_have_made(change: Edit, diff: list[str]) -> None:
    """Only the lines of the value move; comments, quotes, brackets and the order of keys stay."""
    assert moved(RECORD, edited(RECORD, change)) == diff


def test_several_changes_are_made_in_their_order() -> None:
    """A later change sees what an earlier one made."""
    new = edited(RECORD, Set(("lead",), "okm"), Set(("lead",), "tem"), Remove(("due",)))
    assert moved(RECORD, new) == ["-due: 2024-Q4  # moved once", "+lead: tem"]


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# the end\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_an_update_leaves_line_ends_and_the_end_of_the_file_as_they_are(end: str, newline: str, bom: str) -> None:
    """CRLF, a byte order mark, and the final newline or its absence stay; taking the update out gives the old bytes."""
    text = (bom + "id: m\ntype: national\nname:\n  fi: M" + end).replace("\n", newline).encode()
    new = add_update(text, "milestones/m.yaml", KINDS["milestone"], {"date": "2023-06-20", "status": "completed"})
    assert new.startswith(text.removesuffix(b"# the end" + newline.encode()).rstrip(b"\r\n"))
    assert (b"\r\n" in new) == (newline == "\r\n")
    assert new.count(b"\n") == new.count(newline.encode())
    assert edit(new, "milestones/m.yaml", [Remove(("updates", 0))], MILESTONE) == text


def test_updates_stand_by_their_days() -> None:
    """An update comes after all that are not of a later day, whatever the form of the days."""
    text = b"id: m\nupdates:\n  - date: 2022\n    status: planned\n  - date: 2024-Q1\n    status: completed\n"
    kind = KINDS["milestone"]
    new = add_update(text, "m.yaml", kind, {"date": "2023-05-01", "status": "in-progress"})
    new = add_update(new, "m.yaml", kind, {"date": "2022-12-31", "confidence": "at-risk"})
    new = add_update(new, "m.yaml", kind, {"date": "2024-03-31", "eu": "requested"})
    value = parse(new, "m.yaml").value
    assert value is not None
    updates = value["updates"]
    assert isinstance(updates, list)
    days = [str(word["date"]) for word in updates]
    assert days == ["2022", "2022-12-31", "2023-05-01", "2024-Q1", "2024-03-31"]


def test_an_entry_of_a_vocabulary_is_edited_in_its_place() -> None:
    """One entry of many changes; a new one comes after them."""
    text = "okm:\n  type: ministry\n  name:\n    fi: OKM\n\ntem:\n  type: ministry\n  name:\n    fi: TEM\n"
    model = file_shape(KINDS["organisation"])
    changes = [Set(("okm", "abbreviation"), {"fi": "O."}), Set(("stm",), {"name": {"fi": "STM"}, "type": "ministry"})]
    new = edit(text.encode(), "vocabulary/organisations.yaml", changes, model).decode()
    assert moved(text, new) == [
        "+  abbreviation:",
        "+    fi: O.",
        "+stm:",
        "+  type: ministry",
        "+  name:",
        "+    fi: STM",
    ]


def test_what_cannot_be_spliced_is_refused() -> None:
    """A form in which a change would touch something else is refused, and the file stays."""
    with pytest.raises(EditRefused):
        edited("? id\n: m\nname: {fi: x}\n", Remove(("id",)))


# Values as records hold them, thick with what YAML mistakes for something else.
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "yes",
            "null",
            "~",
            "1",
            "1.5",
            "0x1F",
            "_0",
            "2021-04-09",
            "2021",
            "a: b",
            "a #b",
            "- x",
            "[x",
            "{x",
            "'",
            '"',
            "x:",
            "&a",
            "*a",
            "!t",
            "%x",
            "@x",
            "`x",
            "|",
            ">",
            "? x",
            "=",
            "<<",
            "---",
            "...",
            "a\nb",
            "a\n",
            "\na",
            "a \nb",
            "a  b",
            " a",
            "a ",
            "a\tb",
            "#x",
            "20 %",
            "R&D",
            "9.–10. luokka",
            "x" * 120,
            "word " * 40,
            "a\\b",
            "12:30",
        ]
    ),
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30),
)
SCALARS = st.one_of(
    TEXTS,
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.none(),
    st.floats(-1e9, 1e9, allow_nan=False).filter(lambda number: "e" not in repr(number)),
)
KEYS = st.one_of(
    st.sampled_from(["2021-04-09", "date", "by", "status", "note", "fi", "sv", "yes", "1", "a b"]), TEXTS
).filter(lambda key: key != "<<" and "\n" not in key)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def laid_out(draw: st.DrawFn, value: object = None) -> tuple[str, Mapping[str, object]]:
    """Return a file in some layout: block or brackets, with comments and blank lines, any line end, and its value."""
    data = draw(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)) if value is None else value
    assert isinstance(data, dict)
    layout = emit.Layout(draw(st.sampled_from([2, 4])), draw(st.sampled_from([0, 2])))
    lines: list[str] = []
    for key, inner in data.items():
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["", "# a comment", "  # deep", "    # deeper"])))
        if draw(st.integers(0, 3)) == 0:
            lines.append(f"{emit.key_text(key)}: {emit.inline(inner)}{draw(st.sampled_from(['', '  # beside']))}")
        else:
            lines.extend(emit.entry_lines(key, inner, 0, layout))
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n", "\n# end\n", "\n  # end"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))), data


@settings(max_examples=80)
@given(laid_out(), st.dictionaries(KEYS, VALUES, min_size=1, max_size=3))
def test_taking_an_update_out_gives_the_old_bytes_back(
    file: tuple[str, Mapping[str, object]], update: dict[str, object]
) -> None:
    """For any accepted file and any update, only lines come; and removing the update removes just them."""
    text, value = file
    data = text.encode()
    parsed = parse(data, "m.yaml")
    assume(parsed.value is not None and same(parsed.value, value) and not isinstance(value.get("updates"), list))
    assume("updates" not in value)
    try:
        new = edit(data, "m.yaml", [Insert(("updates", 0), update)], MILESTONE)
    except EditRefused:
        # Only a last text that keeps its line ends, or has none to keep, cannot be followed by anything.
        assert "|" in text or ">" in text
        return
    old_lines, new_lines = data.splitlines(), new.splitlines()
    went = [
        line for line in difflib.ndiff([repr(x) for x in old_lines], [repr(x) for x in new_lines]) if line[0] == "-"
    ]
    assert not went
    assert edit(new, "m.yaml", [Remove(("updates", 0))], MILESTONE) == data


@settings(max_examples=80)
@given(laid_out(), st.data())
def test_any_value_can_be_set_and_taken_out(file: tuple[str, Mapping[str, object]], data: st.DataObject) -> None:
    """Whatever stands at whatever place, the file then says what was meant, and comments beside other values stay."""
    text, value = file
    parsed = parse(text.encode(), "m.yaml")
    assume(parsed.value is not None and same(parsed.value, value))
    places: list[tuple[str | int, ...]] = []
    stack: list[tuple[tuple[str | int, ...], object]] = [((), value)]
    while stack:
        where, inner = stack.pop()
        if where:
            places.append(where)
        if isinstance(inner, dict):
            stack.extend(((*where, key), item) for key, item in inner.items())
        elif isinstance(inner, list):
            stack.extend(((*where, index), item) for index, item in enumerate(inner))
    where = data.draw(st.sampled_from(sorted(places, key=str)))
    change: Edit = data.draw(st.one_of(st.just(Remove(where)), st.builds(Set, st.just(where), VALUES)))
    if isinstance(change, Remove) and len(value) == 1:
        return
    meant = applied(dict(value), change)
    try:
        new = edit(text.encode(), "m.yaml", [change], MILESTONE)
    except EditRefused:
        assert "|" in text or ">" in text or "#" in text
        return
    read = parse(new, "m.yaml").value
    assert same(read, meant)


@settings(max_examples=80)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_what_is_written_is_read_back(value: dict[str, object]) -> None:
    """The canonical style says exactly what it was given, in either reader's eyes."""
    parsed = parse(emit.document(value, None).encode(), "m.yaml")
    assume(not any(problem.rule in {"yaml-too-deep", "file-conflict-markers"} for problem in parsed.problems))
    assert same(parsed.value, value), parsed.problems


def test_a_new_file_has_the_order_of_its_kind() -> None:
    """A record is written in the order of the kind, with its schema named for editors."""
    record = {"updates": [{"note": {"fi": "x"}, "date": "2022"}], "name": {"fi": "M"}, "type": "national", "id": "m"}
    assert new_file(record, KINDS["milestone"]).decode() == (
        "# yaml-language-server: $schema=../../schemas/milestone.schema.json\n"
        "id: m\ntype: national\nname:\n  fi: M\n"
        'updates:\n  - date: "2022"\n    note:\n      fi: x\n'
    )
