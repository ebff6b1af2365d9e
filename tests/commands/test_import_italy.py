"""The real files of Italy's open data: every code is a record with all its measures, and `elo diff` tells what changed.

They are not ours to pass on: set ELO_ITALY to the folder that has them, or put it beside the repository as
../shared/italy; without them these tests say so and are skipped.
"""

import csv
import io
import json
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests import imports
from tests.repositories import Repo
from tests.running import Runner

FOLDER = Path(os.environ.get("ELO_ITALY") or Path(__file__).parents[3] / "shared" / "italy")
OLD, NEW = (FOLDER / f"PNRR_MeT_OA_programmazione_v{version}.csv" for version in ("02", "03"))
CODES = {OLD: "Nr. Seq. M&T", NEW: "Codice univoco Milestone-Target"}
DECIDED = ("--reason", "Versione 3", "--decided-by", "list-3")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (OLD.exists() and NEW.exists()), reason=f"the files of Italy's open data are not in {FOLDER}"
    ),
]


def rows_by_code(table: Path) -> dict[str, list[dict[str, str]]]:
    """Return the table's rows by their code, read without elo."""
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(table.read_text("utf-8-sig")), delimiter=";"):
        groups[row[CODES[table]].lower()].append(row)
    return groups


def measures_of(rows: list[dict[str, str]]) -> set[str]:
    """Return the ids of the measures that some rows name."""
    return {row["Codice Univoco Submisura"].lower().replace(".", "-") for row in rows}


def test_both_versions(elo: Runner, tmp_path: Path) -> None:
    """Version 2, then version 3: no code is lost, none is doubled, and the differences are those of the files."""
    repository = Repo(tmp_path / "repo")
    data = imports.italy(repository.root)
    old, new = rows_by_code(OLD), rows_by_code(NEW)
    command = ("--mapping", "italy-rrf", "--format", "json", "--yes")

    first = json.loads(elo("import", str(OLD), *command, "--source", "list-2", data=data).out)
    made = {row["id"] for row in first["records"] if row["kind"] in {"instrument", "document"}}
    assert made == {"rrf", "rrf-regulation", "rrf-reporting-regulation"}
    assert_every_code(first, old, data)
    repository.commit(message="Version 2")

    second = json.loads(elo("import", str(NEW), *command, "--source", "list-3", *DECIDED, data=data).out)
    assert_every_code(second, new, data)
    assert set(second["gone"]) == old.keys() - new.keys()
    added = {row["id"] for row in second["records"] if row["action"] == "new" and row["kind"] == "milestone"}
    assert added == new.keys() - old.keys()

    changes = json.loads(elo("diff", "HEAD", "--format", "json", data=data).out)["changes"]
    moved = {change["id"] for change in changes if change["rule"] == "due-moved"}
    assert moved == {code for code in old.keys() & new.keys() if quarter(old[code][0]) != quarter(new[code][0])}
    goals = {change["id"] for change in changes if change["field"] == "indicator.goal"}
    assert goals == {code for code in old.keys() & new.keys() if goal(old[code][0]) != goal(new[code][0])}
    names = {change["id"] for change in changes if change["field"] == "name" and change["kind"] == "milestone"}
    assert names == {code for code in old.keys() & new.keys() if name(old[code][0]) != name(new[code][0])}
    came = {change["id"] for change in changes if change["rule"] == "record-added" and change["kind"] == "milestone"}
    assert came == added

    # An amendment that moves a due says nothing of how far the work is.
    rows = json.loads(elo("deadlines", "--within", "all", "--format", "json", data=data).out)["deadlines"]
    assert len(rows) > 1_000
    assert not {row["id"] for row in rows if row["timing"] == "overdue"}

    again = json.loads(elo("import", str(NEW), *command, "--source", "list-3", *DECIDED, data=data).out)
    assert (again["counts"]["new"], again["counts"]["changed"], again["written"]) == (0, 0, False)


def assert_every_code(answer: dict[str, object], codes: dict[str, list[dict[str, str]]], data: Path) -> None:
    """Assert that each code is one record with all its measures, or refused with a reason."""
    records: list[dict[str, object]] = answer["records"]  # type: ignore[assignment]
    refused: list[dict[str, object]] = answer["refused"]  # type: ignore[assignment]
    done = {str(row["id"]): row for row in records if row["kind"] == "milestone"}
    told = {row["id"] for row in refused if row["reason"]}
    assert done.keys() | told == codes.keys()
    assert not done.keys() & told
    assert [code for code, row in done.items() if len(row["rows"]) != len(codes[code])] == []  # type: ignore[arg-type]
    for code in done:
        text = (data / "milestones" / f"{code}.yaml").read_text("utf-8")
        last = re.findall(r"^ *measures:\n((?: +- [a-z0-9-]+\n)+)", text, re.MULTILINE)[-1]
        assert set(re.findall(r"- ([a-z0-9-]+)", last)) == measures_of(codes[code]), code


def quarter(row: dict[str, str]) -> tuple[str, str]:
    """Return the year and the quarter of a row."""
    return row["Anno di conseguimento"], row["Trimestre di conseguimento"]


def goal(row: dict[str, str]) -> str:
    """Return the goal of a target as the shortest plain number; "" for a milestone."""
    if row["Milestone-Target"] != "Target":
        return ""
    plain = row["Valore-obiettivo Target"].replace(".", "").replace(",", ".")
    return f"{float(plain):.10g}"


def name(row: dict[str, str]) -> str:
    """Return the name of a row without what is only spacing."""
    return " ".join(row["Nome Milestone-Target"].split())


LATER = "list-4:\n  name:\n    it: Elenco, versione 4\n  date: 2025-06-20\n  sources:\n    - document: list-4\n"
RENAMED = {
    "Codice univoco Milestone-Target": "Codice M/T",
    "Nome Milestone-Target": "Titolo della Milestone o del Target",
    "Amministrazione Titolare": "Amministrazione responsabile",
    "Anno di conseguimento": "Anno",
    "Codice Univoco Submisura": "Codice della submisura",
}


def third_version(path: Path) -> tuple[set[str], str, str]:
    """Write a later version in another form; return the codes that are gone, one of another type and one emptied."""
    heads, *rows = csv.reader(io.StringIO(NEW.read_text("utf-8-sig")), delimiter=";")
    code, kind, unit, goal, level = (
        heads.index(head)
        for head in (
            CODES[NEW],
            "Milestone-Target",
            "Unità di misura Target (riclassificata)",
            "Valore-obiettivo Target",
            "ITA-UE",
        )
    )
    gone = set(sorted({row[code] for row in rows})[:5])
    kept = [row for row in rows if row[code] not in gone]
    turned = next(row[code] for row in kept if row[kind] == "Milestone" and row[level] == "UE")
    emptied = next(row[code] for row in kept if row[kind] == "Target" and row[unit] not in {"", "N/A"})
    for row in kept:
        if row[code] == turned:
            row[kind], row[goal], row[unit] = "Target", "7", "Numero"
        if row[code] == emptied:
            row[unit] = ""
    text = io.StringIO()
    csv.writer(text).writerows([[RENAMED.get(head, head) for head in heads], *kept])
    path.write_bytes(text.getvalue().encode("utf-16"))
    return gone, turned.lower(), emptied.lower()


def test_later_version_with_renamed_columns(elo: Runner, tmp_path: Path) -> None:
    """Versions 2 and 3 by two decisions, then one whose columns have other names: a few lines of a copied mapping."""
    data = imports.italy(tmp_path)
    documents = data / "vocabulary" / "documents.yaml"
    documents.write_text(documents.read_text("utf-8") + LATER, "utf-8")

    def take(table: Path, mapping: str, source: str, *words: str) -> dict[str, object]:
        decided = ("--source", source, "--decided-by", source, "--reason", f"Versione {source[-1]}")
        run = elo("import", str(table), "--mapping", mapping, *decided, *words, "--format", "json", "--yes", data=data)
        answer: dict[str, object] = json.loads(run.out)
        assert answer["refused"] == []
        return answer

    take(OLD, "italy-rrf", "list-2")
    second = take(NEW, "italy-rrf", "list-3", "--withdraw-gone")
    assert second["withdrawn"] == second["gone"] != []
    assert (again := take(NEW, "italy-rrf", "list-3", "--withdraw-gone"))["written"] is False
    assert again["gone"] == []

    table, ours = tmp_path / "v04.csv", tmp_path / "ours.yaml"
    gone, turned, emptied = third_version(table)
    assert elo("import", "--mapping", "italy-rrf", "--write-mapping", str(ours)).code == 0
    before = ours.read_text("utf-8")
    after = before
    for old, new in RENAMED.items():
        after = after.replace(f"    - {old}\n", f"    - {old}\n    - {new}\n")
    ours.write_text(after, "utf-8")
    assert len(after.splitlines()) - len(before.splitlines()) == len(RENAMED) <= 10

    third = take(table, str(ours), "list-4", "--withdraw-gone")
    records: list[dict[str, object]] = third["records"]  # type: ignore[assignment]
    done = {str(row["id"]): row for row in records}
    withdrawn: list[str] = third["withdrawn"]  # type: ignore[assignment]
    assert {name for name in withdrawn if (data / "milestones" / f"{name}.yaml").exists()} == {
        code.lower() for code in gone
    }
    assert "type" in done[turned]["fields"]  # type: ignore[operator]
    assert done[emptied]["cleared"] == ["indicator.unit"]
    assert take(table, str(ours), "list-4", "--withdraw-gone")["written"] is False
    findings = json.loads(elo("check", "--format", "json", data=data).out)
    assert findings["counts"]["error"] == 0
