"""`elo import` of tables and mappings that mean ill: bounded, told in a sentence, and without a path of their own."""

import json
import os
import re
from pathlib import Path

import pytest

from elo_cli.tracking.importing import updates as importing_updates
from elo_cli.tracking.importing import values as importing_values
from tests import bombs, imports, trackers
from tests.running import Run, Runner

MAPPING = """\
format: 1
title:
  it: x
columns:
  code: [Codice]
  name: [Nome]
records:
  - kind: milestone
    id: "{code}"
    fields:
      type: national
      name:
        take: "{name}"
"""
TABLE = b"Codice;Nome\na;Uno\n"


def run_import(
    elo: Runner, folder: Path, table: bytes, mapping: str = MAPPING, name: str = "t.csv", lang: str = "en"
) -> Run:
    """Write a table and a mapping, and import the one by the other."""
    (folder / name).write_bytes(table)
    (folder / "m.yaml").write_text(mapping, "utf-8")
    words = ("--mapping", str(folder / "m.yaml"), "--source", "list-2", "--yes", "--format", "json", "--lang", lang)
    return elo("import", str(folder / name), *words, data=imports.italy(folder))


def test_pattern_that_goes_back_does_not(elo: Runner, tmp_path: Path) -> None:
    """A pattern that keeps other engines busy for years is answered, and nothing fits it."""
    mapping = f"{MAPPING}        match: (a+)+$\n".replace("kind: milestone", "kind: milestone\n    owns: (a+)+$")
    run = run_import(elo, tmp_path, b"Codice;Nome\na;" + b"a" * 50_000 + b"!\n", mapping)
    assert json.loads(run.out)["counts"]["new"] == 1
    assert "aaa" not in (tmp_path / "data" / "milestones" / "a.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("        take:", "        match: (?=a)b\n        take:", "this is no pattern that elo reads"),
        ("    fields:", "    owns: '[0-9]{4}'\n    fields:", "this is no pattern that elo reads"),
        ("columns:", "table:\n  encoding: zlib\ncolumns:", "there is no encoding “zlib”"),
        ("columns:", "table:\n  encoding: punycode\ncolumns:", "there is no encoding “punycode”"),
        ("columns:", "table:\n  delimiter: '\"'\ncolumns:", "table.delimiter"),
        ("columns:", 'table:\n  delimiter: "\\n"\ncolumns:', "table.delimiter"),
        ('"{name}"', f'"{"{name}" * 100}"', "take"),
        ("columns:", "columns:\n" + "".join(f"  c{n}: [H{n}]\n" for n in range(201)), "columns"),
        ("columns:", "promise: " + "[" * 50 + "]" * 50 + "\ncolumns:", "yaml-"),
        ("columns:", "source: ../../etc/passwd\ncolumns:", ""),
    ],
)
def test_mapping_that_means_ill_is_refused(elo: Runner, tmp_path: Path, old: str, new: str, said: str) -> None:
    """What would take time, memory or a codec that unpacks is told before the table is read."""
    run = run_import(elo, tmp_path, TABLE, MAPPING.replace(old, new, 1))
    assert run.code == (2 if said else 0)
    assert said in run.err
    assert "Traceback" not in run.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize(("make", "said"), [("pipe", "empty"), ("/dev/zero", "larger than 1 MB"), ("/", "cannot be")])
def test_mapping_that_is_no_file(elo: Runner, tmp_path: Path, make: str, said: str) -> None:
    """A pipe without a writer, a device without an end and a folder are told, and not waited for."""
    mapping = tmp_path / "m"
    os.mkfifo(mapping) if make == "pipe" else mapping.symlink_to(make)
    (tmp_path / "t.csv").write_bytes(TABLE)
    run = elo("import", str(tmp_path / "t.csv"), "--mapping", str(mapping), data=imports.italy(tmp_path))
    assert run.code in {2, 3}
    assert said in run.err


def test_template_does_not_grow(elo: Runner, tmp_path: Path) -> None:
    """A template that names a long cell many times makes no longer text than a cell may hold."""
    mapping = MAPPING.replace('"{name}"', f'"{"{name}" * 70}"')
    run = run_import(elo, tmp_path, b"Codice;Nome\na;" + b"x" * 90_000 + b"\n", mapping)
    assert "more than 100000 characters" in run.out


def test_list_does_not_grow(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a cell nor the rows of one id bring more values than a list may hold."""
    monkeypatch.setattr(importing_values, "MOST_ITEMS", 3)
    monkeypatch.setattr("elo_cli.tracking.importing.rows.MOST_ITEMS", 3)
    mapping = MAPPING + '      measures:\n        take: "{name}"\n        split: ","\n        form: id\n'
    run = run_import(elo, tmp_path, b"Codice;Nome\na;a,b,c,d,e\nb;a,b\nb;c,d\nb;e,f\n", mapping)
    reasons = [row["reason"] for row in json.loads(run.out)["refused"]]
    assert "the cell holds more than 3 values" in reasons
    assert "the rows of this id have more than 3 values here" in reasons


def test_rows_of_one_record_are_counted(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row that is news of a record is compared with all of its updates, so there is an end to them."""
    monkeypatch.setattr(importing_updates, "_MOST_ROWS", 2)
    data = trackers.write(
        tmp_path / "data",
        {"vocabulary/organisations": "okm:\n  name:\n    en: M\n  type: ministry\n", "measures/m": "key: true"},
    )
    heads = "id;new_status;date;value;evidence_title;evidence_uri;note\n"
    rows = "".join(f"m;;2026-03-{day:02};;;;news {day}\n" for day in range(1, 6))
    (tmp_path / "t.csv").write_text(heads + rows, "utf-8")
    words = ("--mapping", "chase", "--by", "okm", "--format", "json", "--lang", "en")
    answer = json.loads(elo("import", str(tmp_path / "t.csv"), *words, data=data).out)
    assert [row["row"] for row in answer["refused"]] == [4, 5, 6]
    assert {row["reason"] for row in answer["refused"]} == {"more than 2 rows are news of one record"}


@pytest.mark.parametrize(
    "code",
    [
        "../../../etc/passwd",
        "..",
        "/etc/passwd",
        "a/../../b",
        "C:\\b",
        "a\x00b",
        ".elo-draft",
        "~",
        "-rf",
        "\u202egnp.a",
    ],
)
def test_cell_makes_no_path(elo: Runner, tmp_path: Path, code: str) -> None:
    """Whatever a cell says that an id is, what is written lies in the folder of its kind and is named by an id."""
    texts = ("Codice", "Nome", code, "Uno")
    first, second, third, fourth = (f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    table = bombs.xlsx(f"<row>{first}{second}</row><row>{third}{fourth}</row>")
    run = run_import(elo, tmp_path, table, name="t.xlsx")
    assert run.code in {0, 1, 2, 3}
    # What begins with a point is elo's own: a lock, not a record.
    found = {
        path.relative_to(tmp_path).as_posix()
        for path in tmp_path.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    others = {"t.xlsx", "m.yaml", "data/tracker.yaml", "data/vocabulary/documents.yaml"}
    assert all(re.fullmatch("data/milestones/[a-z0-9-]+.yaml", path) for path in found - others)


def test_names_in_a_message_show_what_they_are(elo: Runner, tmp_path: Path) -> None:
    """Sheets and files whose names hold what a screen would obey are named with it escaped."""
    book = bombs.parts("<row><c><v>1</v></c></row>")
    book["xl/workbook.xml"] = str(book["xl/workbook.xml"]).replace('name="S"', 'name="&#x202e;&#x9b;31m::error::"')
    (tmp_path / os.fsdecode("t\u202e\x1b[31m.xlsx".encode())).write_bytes(bombs.zipped(book))
    for words in (("--sheet", "none"), ()):
        run = elo("import", str(next(tmp_path.glob("t*"))), "--mapping", "chase", *words, data=imports.italy(tmp_path))
        assert run.code == 2
        assert not any(character in run.err for character in "\u202e\x9b\x1b")
