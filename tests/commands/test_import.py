"""`elo import`: tables become records, newer tables become updates, and what cannot be read is told row by row."""

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elo_cli.model.languages import LANGUAGES
from elo_cli.store.tables.chase_columns import CHASE_COLUMNS
from tests import imports, trackers
from tests.running import Run, Runner

OLD, NEW = imports.MADE_UP / "pnrr-2.csv", imports.MADE_UP / "pnrr-3.csv"
DECIDED = ("--reason", "Versione 3", "--decided-by", "list-3")


def files(data: Path) -> dict[str, bytes]:
    """Return what every record's file holds."""
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in sorted(data.rglob("*.yaml"))}


def record(data: Path, path: str) -> dict[str, object]:
    """Return what a record's file says."""
    found = yaml_rs.loads((data / f"{path}.yaml").read_text("utf-8"), parse_datetime=False)
    assert isinstance(found, dict)
    return found


def run_import(elo: Runner, data: Path, table: Path, *words: str, mapping: str = "italy-rrf") -> Run:
    """Run an import whose answer is JSON."""
    return elo("import", str(table), "--mapping", mapping, *words, "--format", "json", "--lang", "en", data=data)


def test_nothing_is_written_without_yes(elo: Runner, tmp_path: Path) -> None:
    """The report comes first: the plan is whole, and the folder stays as it was."""
    data = imports.italy(tmp_path)
    before = files(data)
    run = run_import(elo, data, OLD, "--source", "list-2")
    answer = json.loads(run.out)
    assert answer["counts"] == {"new": 11, "changed": 0, "unchanged": 0, "refused": 2, "gone": 0}
    assert not answer["written"]
    assert run.code == 1
    assert files(data) == before


def test_every_row_is_a_record_or_refused_with_its_reason(elo: Runner, tmp_path: Path) -> None:
    """A code on several rows is one record with all its measures; a bad cell and rows that disagree are told."""
    data = imports.italy(tmp_path)
    answer = json.loads(run_import(elo, data, OLD, "--source", "list-2", "--yes").out)
    assert record(data, "milestones/m9c1-1") == {
        "id": "m9c1-1",
        "type": "rrf-milestone",
        "name": {"it": "Portale aperto"},
        "description": {"it": "Il portale è aperto; chiunque può entrarvi"},
        "measures": ["m9c1i1-01-01", "m9c1i1-01-02"],
        "due": "2022-Q4",
        "responsible": ["mef"],
        "indicator": {"text": {"it": "Pubblicazione"}},
        "verification": {
            "mechanism": {"it": "Il testo è disponibile solo in inglese.", "en": "Copy of\nthe decree"},
        },
        "rrf": {"cid_number": "M9C1-1"},
        "sources": [{"document": "list-2"}],
    }
    target = record(data, "milestones/m9c1-2bis")
    assert target["indicator"] == {"unit": {"it": "Numero"}, "baseline": 0, "goal": 42_300_000}
    assert target["description"] == {"it": "=SUM(A1) non è una formula"}
    refused = {(row["row"], row["id"]): (row["column"], row["reason"]) for row in answer["refused"]}
    assert refused[7, "m9c1-00-ita-3"] == (
        "Valore-obiettivo Target",
        "“circa 10” is no number as this table writes them; nearest: 10",
    )
    assert refused[9, "m9c1-00-ita-4"] == (
        "Nome Milestone-Target",
        "row 8 of the same id says “Due nomi”, and this one “Due nomi diversi”",
    )
    assert len(refused) == 2
    assert elo("check", data=data).code == 0


def test_same_table_twice_changes_nothing(elo: Runner, tmp_path: Path) -> None:
    """The second import finds every record as it left it."""
    data = imports.italy(tmp_path)
    run_import(elo, data, OLD, "--source", "list-2", "--yes")
    before = files(data)
    answer = json.loads(run_import(elo, data, OLD, "--source", "list-2", "--yes").out)
    assert (answer["counts"]["new"], answer["counts"]["changed"], answer["written"]) == (0, 0, False)
    assert files(data) == before


def test_newer_table_becomes_updates(elo: Runner, tmp_path: Path) -> None:
    """Only what differs changes, by an update with reason and decider; other spellings of a value are no change."""
    data = imports.italy(tmp_path)
    run_import(elo, data, OLD, "--source", "list-2", "--yes")
    before = files(data)
    run = run_import(elo, data, NEW, "--source", "list-3", "--yes", *DECIDED)
    answer = json.loads(run.out)
    changed = {row["id"]: row["fields"] for row in answer["records"] if row["action"] == "changed"}
    assert changed == {"m9c1-1": ["rrf"], "m9c1-2bis": ["name", "rrf"], "m9c1-00-ita-1": ["due", "indicator"]}
    assert [row["id"] for row in answer["records"] if row["action"] == "new"] == ["m9c1-00-ita-5"]
    assert answer["gone"] == ["m9c1-00-ita-2"]
    assert (run.code, answer["deleted"]) == (0, [])
    now = files(data)
    assert {path for path in now if now[path] != before.get(path)} == {
        "milestones/m9c1-1.yaml",
        "milestones/m9c1-2bis.yaml",
        "milestones/m9c1-00-ita-1.yaml",
        "milestones/m9c1-00-ita-5.yaml",
    }
    assert record(data, "milestones/m9c1-00-ita-1")["updates"] == [
        {
            "date": "2023-03-31",
            "sources": [{"document": "list-3"}],
            "due": "2024-Q3",
            "indicator": {"unit": {"it": "Percentuale"}, "baseline": 12.5, "goal": 90},
            "reason": {"it": "Versione 3"},
            "decided_by": "list-3",
        }
    ]
    # The promise's own lines stay as they were.
    assert now["milestones/m9c1-00-ita-1.yaml"].startswith(before["milestones/m9c1-00-ita-1.yaml"])
    assert elo("check", data=data).code == 0
    again = json.loads(run_import(elo, data, NEW, "--source", "list-3", "--yes", *DECIDED).out)
    assert (again["counts"]["new"], again["counts"]["changed"]) == (0, 0)


def test_promise_does_not_change_without_reason_and_decider(elo: Runner, tmp_path: Path) -> None:
    """What was promised stays as it is until someone says why, and who decided it."""
    data = imports.italy(tmp_path)
    run_import(elo, data, OLD, "--source", "list-2", "--yes")
    before = files(data)
    run = run_import(elo, data, NEW, "--source", "list-3", "--yes")
    assert run.code == 2
    assert "--reason and --decided-by" in run.err
    assert files(data) == before
    assert "--reason and --decided-by" in run_import(elo, data, NEW, "--source", "list-3").err


def test_older_table_does_not_overtake_a_later_word(elo: Runner, tmp_path: Path) -> None:
    """An old version imported after a new one is refused where a later update has spoken."""
    data = imports.italy(tmp_path)
    for table, source in ((OLD, "list-2"), (NEW, "list-3")):
        run_import(elo, data, table, "--source", source, "--yes", *DECIDED)
    answer = json.loads(run_import(elo, data, OLD, "--source", "list-2", *DECIDED).out)
    reasons = {row["id"]: row["reason"] for row in answer["refused"]}
    assert reasons["m9c1-2bis"].startswith("an update of 2023-03-31 already says “name”")


def test_gone_is_deleted_only_when_told_and_never_while_referred_to(elo: Runner, tmp_path: Path) -> None:
    """--delete-gone takes out what the table no longer has, except what another record refers to."""
    data = imports.italy(tmp_path)
    run_import(elo, data, OLD, "--source", "list-2", "--yes")
    words = ("--source", "list-3", "--yes", "--delete-gone", *DECIDED)
    needs = data / "milestones" / "m9c1-00-ita-1.yaml"
    held = needs.read_bytes()
    needs.write_bytes(held + b"depends_on:\n  - m9c1-00-ita-2\n")
    run = run_import(elo, data, NEW, *words)
    assert json.loads(run.out)["deleted"] == []
    assert "m9c1-00-ita-1 refers to it" in run.err
    needs.write_bytes(held)
    assert json.loads(run_import(elo, data, NEW, *words).out)["deleted"] == ["m9c1-00-ita-2"]
    assert not (data / "milestones" / "m9c1-00-ita-2.yaml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--source with the id of a document"),
        (("--source", "nowhere"), "there is no document “nowhere”"),
        (("--source", "list-2", "--decided-by", "nobody"), "--decided-by: there is no organisation “nobody”"),
        (("--source", "list-2", "--date", "31.13.2021"), "is not a day"),
        (("--source", "list-2", "--delimiter", ";;"), "one sign"),
        (("--source", "list-2", "--delimiter", ","), "does not fit this mapping: there is no column"),
    ],
)
def test_wrong_options_are_told(elo: Runner, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """Each wrong option leaves with 2 and says what would be right."""
    run = run_import(elo, imports.italy(tmp_path), OLD, *words)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_references_that_lead_nowhere_are_refused(elo: Runner, tmp_path: Path) -> None:
    """A row that names a measure that neither the tracker nor the table has is no record."""
    data = imports.italy(tmp_path)
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "format: 1\ntitle:\n  it: x\ncolumns:\n  code:\n    - Codice\n  measure:\n    - Misura\nrecords:\n"
        '  - kind: milestone\n    id: "{code}"\n    fields:\n      type: national\n      name: "{code}"\n'
        '      measures: "{measure}"\n',
        "utf-8",
    )
    table = tmp_path / "t.csv"
    table.write_text("Codice;Misura\n../../etc/passwd;nowhere\n!!;x\n;y\n", "utf-8")
    answer = json.loads(run_import(elo, data, table, "--source", "list-2", mapping=str(mapping)).out)
    assert [(row["row"], row["id"], row["reason"]) for row in answer["refused"]] == [
        (2, "etc-passwd", "there is no record “nowhere” to refer to"),
        (3, None, "“!!” makes no id"),
        (4, None, "the row does not say which record it is"),
    ]


def test_mapping_with_faults_is_told_by_line(elo: Runner, tmp_path: Path) -> None:
    """What is wrong with a mapping is named with line and column, and nothing is read."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "format: 1\ntitle:\n  it: x\ncolumns:\n  code:\n    - Codice\nrecords:\n  - kind: milestone\n"
        '    id: "{cod}"\n    fields:\n      nmae: "{code}"\n',
        "utf-8",
    )
    run = run_import(elo, imports.italy(tmp_path), OLD, "--source", "list-2", mapping=str(mapping))
    assert run.code == 2
    assert f"{mapping}:9:9: error schema-value" in run.err
    assert f"{mapping}:11:13: error schema-value" in run.err
    assert "right would be one of" in run.err


ANNEX_HEADS = (
    "Sequential Number",
    "Related Measure (Reform or Investment)",
    "Milestone / Target",
    "Name",
    "Qualitative indicators (for milestones)",
    "Quantitative indicators (for targets)",
)


def test_annex_in_a_workbook(elo: Runner, tmp_path: Path) -> None:
    """The annex's columns, in two rows of heads below a title, become milestones and targets with their numbers."""
    data = trackers.write(
        tmp_path / "data", {"vocabulary/documents": "cid-2021:\n  name:\n    en: Decision\n  date: 2021-10-29\n"}
    )
    table = imports.xlsx(
        tmp_path / "annex.xlsx",
        {
            "Cover": [["The annex"]],
            "Annex": [
                ["Milestones and targets"],
                [*ANNEX_HEADS, None, None, "Time", None, "Description of each milestone and target"],
                [None, None, None, None, None, "Unit of measure", "Baseline", "Goal", "Quarter", "Year"],
                [31, "P3C2I1 Digital", "Milestone", "Open", "Opened", None, None, None, "Q4", 2024, "They are open."],
                ["L6", "Reform", "T", "People", None, "Number", 0, 1500.5, 2, 2025, "So many."],
                ["32", "P1", "Target", "Formula", None, "Number", 0, "=1+1", 2, 2025, "So many."],
            ],
        },
    )
    answer = json.loads(run_import(elo, data, table, "--source", "cid-2021", "--yes", mapping="council-annex").out)
    assert answer["sheet"] == "Annex"
    assert [(row["row"], row["column"]) for row in answer["refused"]] == [(6, "Goal")]
    assert record(data, "milestones/cid-31")["rrf"] == {
        "cid_number": "31",
        "cid_version": "cid-2021",
        "plan_measure": ["P3C2I1"],
    }
    second = record(data, "milestones/cid-l6")
    assert (second["due"], second["type"]) == ("2025-Q2", "rrf-target")
    assert second["indicator"] == {"unit": {"en": "Number"}, "baseline": 0, "goal": 1500.5}
    assert second["rrf"] == {"cid_number": "L6", "cid_version": "cid-2021"}


CHASED: dict[str, str] = {
    "vocabulary/organisations": "okm:\n  name:\n    en: Ministry\n  type: ministry\n",
    "measures/m": "key: true",
    "milestones/s": "type: national\nmeasures:\n  - m\ndue: 2024-Q4",
}


def chase(folder: Path, *rows: Mapping[str, object]) -> Path:
    """Write a chase sheet as elo export does: names, heads, then records."""
    lines: list[list[object]] = [
        [column.field for column in CHASE_COLUMNS],
        [column.head for column in CHASE_COLUMNS],
        *([row.get(column.field) for column in CHASE_COLUMNS] for row in rows),
    ]
    return imports.xlsx(folder / "chase.xlsx", {"Help": [["Fill in"]], "Sheet": lines})


def test_chase_sheet_comes_back_as_updates(elo: Runner, tmp_path: Path) -> None:
    """A filled row is an update of its record, an empty one is nothing, and a second import changes nothing."""
    data = trackers.write(tmp_path / "data", CHASED)
    table = chase(
        tmp_path,
        {"id": "s", "kind": "milestone", "new_status": "completed", "date": "15.3.2026", "value": 1.5}
        | {"evidence_title": "'=Report", "evidence_uri": "https://example.fi/r", "note": "Done\nat last"},
        {"id": "m", "kind": "measure", "status": "planned"},
    )
    run = run_import(elo, data, table, "--by", "okm", "--yes", mapping="chase")
    assert run.code == 0
    assert record(data, "milestones/s")["updates"] == [
        {
            "date": "2026-03-15",
            "by": "okm",
            "status": "completed",
            "value": 1.5,
            "evidence": [{"title": "=Report", "uri": "https://example.fi/r"}],
            "note": {"en": "Done\nat last"},
        }
    ]
    assert "updates" not in record(data, "measures/m")
    before = files(data)
    again = json.loads(run_import(elo, data, table, "--by", "okm", "--yes", mapping="chase").out)
    assert (again["counts"]["changed"], again["counts"]["unchanged"]) == (0, 1)
    assert files(data) == before


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-Q3", "2026-Q3"),
        ("2027", "2027"),
        (2027, "2027"),
        ("30.6.2026", "2026-06-30"),
        (dt.date(2026, 6, 30), "2026-06-30"),
        ("soon", None),
    ],
)
def test_a_forecast_comes_back_from_the_chase_sheet(
    elo: Runner, tmp_path: Path, cell: object, expected: object
) -> None:
    """When it is expected is read as people write it, and what is no time refuses the row."""
    data = trackers.write(tmp_path / "data", CHASED)
    table = chase(tmp_path, {"id": "s", "date": "15.3.2026", "expected": cell})
    run = run_import(elo, data, table, "--by", "okm", "--yes", mapping="chase")
    assert run.code == (0 if expected is not None else 1)
    update = {"date": "2026-03-15", "by": "okm", "expected": expected}
    assert record(data, "milestones/s").get("updates") == ([update] if expected is not None else None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "nobody", "note": "x"}, "there is no record “nobody”"),
        ({"id": "s", "date": "2026-03-15"}, "a date alone says nothing: what happened on it?"),
        (
            {"id": "s", "new_status": "nearly"},
            "“nearly” is no word of this list: planned, in preparation, in progress, completed, suspended, withdrawn",
        ),
        ({"id": "m", "expected": "2027"}, "a record of the kind “measure” has no such field"),
        ({"id": "m", "value": 3}, "a record of the kind “measure” has no such field"),
        ({"id": "s", "evidence_uri": "https://example.fi"}, "evidence.1.title is missing"),
        ({"id": "s", "note": "=1+1"}, "the cell holds a formula or its error (=1+1); put the value there"),
        ({"note": "x"}, "the row does not say which record it is"),
    ],
)
def test_chase_rows_that_cannot_be_updates_are_told(
    elo: Runner, tmp_path: Path, row: Mapping[str, object], reason: str
) -> None:
    """A row that says something that its record cannot be told is refused with the reason, and leaves with 1."""
    data = trackers.write(tmp_path / "data", CHASED)
    run = run_import(elo, data, chase(tmp_path, row), "--by", "okm", "--yes", mapping="chase")
    assert [refusal["reason"] for refusal in json.loads(run.out)["refused"]] == [reason]
    assert run.code == 1
    assert "updates" not in record(data, "milestones/s")


def test_update_that_breaks_a_rule_is_refused(elo: Runner, tmp_path: Path) -> None:
    """An import brings no error into the tracker: a date in the wrong place is refused with the rule's words."""
    data = trackers.write(tmp_path / "data", CHASED | {"milestones/s": "type: national\nmeasures:\n  - m"})
    table = chase(tmp_path, {"id": "s", "new_status": "completed", "date": "2026-03-15"})
    first = run_import(elo, data, table, "--by", "okm", "--yes", mapping="chase")
    assert first.code == 0
    other = chase(tmp_path, {"id": "s", "new_status": "planned", "date": "2026-03-15"})
    second = run_import(elo, data, other, "--by", "okm", "--yes", mapping="chase")
    assert [row["reason"] for row in json.loads(second.out)["refused"]] == [
        "an update of 2026-03-15 says something else of “status”"
    ]


WORDS = st.text(alphabet="abcä =-+@'\"; \n", min_size=0, max_size=12)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"code": st.sampled_from(["a", "b", "c"]), "name": WORDS, "due": st.sampled_from(["Q1 2024", "IV/2025", ""])}
    ),
    max_size=5,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS)
def test_importing_twice_is_importing_once(
    elo: Runner, tmp_path_factory: pytest.TempPathFactory, first: list[dict[str, str]], second: list[dict[str, str]]
) -> None:
    """Whatever two tables hold, a second import of either changes no file."""
    folder = tmp_path_factory.mktemp("twice")
    data = imports.italy(folder)
    mapping = folder / "m.yaml"
    mapping.write_text(
        "format: 1\ntitle:\n  it: x\ncolumns:\n  code:\n    - code\n  name:\n    - name\n  due:\n    - due\nrecords:\n"
        '  - kind: milestone\n    id: "{code}"\n    fields:\n      type: national\n      name: "{name}"\n'
        '      due: "{due}"\n',
        "utf-8",
    )
    for source, rows in (("list-2", first), ("list-3", second)):
        table = folder / f"{source}.csv"
        out = io.StringIO()
        writer = csv.DictWriter(out, ["code", "name", "due"], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        table.write_text(out.getvalue(), "utf-8")
        words = ("--source", source, "--yes", *DECIDED)
        run_import(elo, data, table, *words, mapping=str(mapping))
        before = files(data)
        answer = json.loads(run_import(elo, data, table, *words, mapping=str(mapping)).out)
        assert (answer["counts"]["new"], answer["counts"]["changed"]) == (0, 0)
        assert files(data) == before


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [60, 120])
def test_report_in_each_language(elo: Runner, tmp_path: Path, lang: str, width: int) -> None:
    """The table for people tells numbers, refusals and what to do next, within the width of the screen."""
    data = imports.italy(tmp_path)
    words = ("import", str(OLD), "--mapping", "italy-rrf", "--source", "list-2", "--lang", lang)
    run = elo(*words, data=data, width=width)
    assert [line for line in run.lines if len(line) > width] == []
    assert "circa 10" in run.out
    assert "--yes" in run.out
    rows = list(csv.reader(io.StringIO(elo(*words, "--format", "csv", data=data).out)))
    assert len(rows) == 1 + 11 + 2


def test_list_of_mappings(elo: Runner) -> None:
    """--list names every mapping that comes with elo, and each is without fault."""
    run = elo("import", "--list", "--lang", "en")
    assert [line.split()[0] for line in run.lines[2:] if line[:1] not in {"", " "}] == [
        "chase",
        "council-annex",
        "italy-rrf",
    ]


RULED = "facility:\n  name:\n    it: Dispositivo\n  rules: rrf\n  sources:\n    - document: list-2\n"
TAKEN = "rrf:\n  name:\n    it: Un altro\n  sources:\n    - document: list-2\n"


@pytest.mark.parametrize(("instruments", "made"), [("", True), (RULED, False), (TAKEN, False)])
def test_instrument_of_the_facility_is_made_where_none_is(
    elo: Runner, tmp_path: Path, instruments: str, made: bool
) -> None:
    """The mapping's rules bring the instrument with its days, where none has them and its id is free; and once."""
    data = imports.italy(tmp_path)
    if instruments:
        (data / "vocabulary/instruments.yaml").write_text(instruments, "utf-8")
    json.loads(run_import(elo, data, OLD, "--source", "list-2", "--yes").out)
    entries = record(data, "vocabulary/instruments")
    assert (entries.get("rrf", {}).get("rules") == "rrf") == made  # type: ignore[attr-defined]
    assert (len(entries) == 1, "rrf-regulation" in record(data, "vocabulary/documents")) == (True, made)
    assert elo("check", "--fail-on", "error", data=data).code == 0
    missing = "meaning-rrf-without-instrument" in elo("check", data=data).out
    assert missing == (instruments == TAKEN)
    again = json.loads(run_import(elo, data, OLD, "--source", "list-2").out)
    assert again["counts"]["new"] == 0


def test_act_that_the_tracker_has_is_named_and_not_written_twice(elo: Runner, tmp_path: Path) -> None:
    """An act is known by its number, whatever its id is; the instrument's days rest on the tracker's own document."""
    data = imports.italy(tmp_path)
    with (data / "vocabulary/documents.yaml").open("a", encoding="utf-8") as file:
        file.write("reg:\n  name:\n    it: Regolamento\n  date: 2021-02-12\n  reference: 2021/241\n")
        file.write("  sources:\n    - document: reg\n")
    run_import(elo, data, OLD, "--source", "list-2", "--yes")
    entry = record(data, "vocabulary/instruments")["rrf"]
    assert entry["sources"][0]["document"] == "reg"  # type: ignore[index]
    assert "rrf-regulation" not in record(data, "vocabulary/documents")
    # What elo has no Italian words for is called by the number of its act.
    assert entry["reporting"]["progress-report-april"]["name"] == {"it": "(EU) 2021/2106, art. 2"}  # type: ignore[index]


def test_several_codes_of_one_cell(elo: Runner, tmp_path: Path) -> None:
    """Of each value of a cell the word that is a code is taken, and what holds none is left out."""
    data = trackers.write(tmp_path / "data", {"vocabulary/documents": "d:\n  name:\n    en: D\n  date: 2021-10-29\n"})
    mapping, table = tmp_path / "m.yaml", tmp_path / "t.csv"
    mapping.write_text(
        "format: 1\ntitle:\n  en: M\ncolumns:\n  id: [Id]\n  plan: [Plan]\nrecords:\n  - kind: milestone\n"
        "    id: '{id}'\n    fields:\n      type:\n        take: rrf-target\n      name: '{id}'\n"
        "      rrf.plan_measure:\n        take: '{plan}'\n        split: ;\n        match: ^[A-Z0-9]+[0-9]\n",
        "utf-8",
    )
    table.write_text('Id,Plan\na,"P3C2I1 Digital; P3C2R1 Reform; others"\nb,none\nc,P3C2I1\n', "utf-8")
    words = ("--source", "d", "--yes")
    run_import(elo, data, table, *words, mapping=str(mapping))
    assert record(data, "milestones/a")["rrf"] == {"plan_measure": ["P3C2I1", "P3C2R1"]}
    assert "rrf" not in record(data, "milestones/b")
    # A file that has the one code without a list says the same.
    path = data / "milestones/c.yaml"
    path.write_text(path.read_text("utf-8").replace("\n    - P3C2I1", " P3C2I1"), "utf-8")
    assert record(data, "milestones/c")["rrf"] == {"plan_measure": "P3C2I1"}
    again = json.loads(run_import(elo, data, table, *words, mapping=str(mapping)).out)
    assert (again["counts"]["new"], again["counts"]["changed"], again["counts"]["unchanged"]) == (0, 0, 3)
