"""`elo import` of a list that comes again: what a decision changed, emptied or took out, in whatever form it comes."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import yaml_rs

from tests import imports
from tests.running import Run, Runner

OLD, NEW = imports.MADE_UP / "pnrr-2.csv", imports.MADE_UP / "pnrr-3.csv"
HEADS, *ROWS = csv.reader(io.StringIO(NEW.read_text("utf-8-sig")), delimiter=";")
CODE, KIND, UNIT, GOAL, LEVEL = (
    HEADS.index(head)
    for head in (
        "Codice univoco Milestone-Target",
        "Milestone-Target",
        "Unità di misura Target (riclassificata)",
        "Valore-obiettivo Target",
        "ITA-UE",
    )
)
DOCUMENT = "list-4:\n  name:\n    it: Elenco, versione 4\n  date: 2025-06-20\n  sources:\n    - document: list-4\n"
DECIDED = ("--source", "list-4", "--decided-by", "list-4", "--reason", "Versione 4")
MAPPING = ("--mapping", "italy-rrf")


def tracker(elo: Runner, folder: Path, config: str | None = None) -> Path:
    """Write the Italian tracker with its third list in it, and return its data folder."""
    data = imports.italy(folder)
    documents = data / "vocabulary" / "documents.yaml"
    documents.write_text(documents.read_text("utf-8") + DOCUMENT, "utf-8")
    if config is not None:
        (data / "tracker.yaml").write_text(config, "utf-8")
    assert (
        elo("import", str(NEW), *MAPPING, "--source", "list-3", "--decided-by", "list-3", "--yes", data=data).code == 0
    )
    return data


def table(
    path: Path,
    change: Callable[[list[str]], list[str] | None],
    *,
    heads: Iterable[str] = HEADS,
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
) -> Path:
    """Write the third list anew: each row as it is changed, those for which there is None left out."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(heads)
    writer.writerows(row for old in ROWS if (row := change(list(old))) is not None)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def run_import(elo: Runner, data: Path, file: Path, *words: str) -> dict[str, object]:
    """Import a file by a decision, and return the answer."""
    mapping = () if "--mapping" in words else MAPPING
    run = elo("import", str(file), *mapping, *DECIDED, *words, "--format", "json", "--lang", "en", data=data)
    assert run.code in {0, 1}, run.err
    answer: dict[str, object] = json.loads(run.out)
    return answer


def last_update(data: Path, name: str) -> dict[str, object]:
    """Return the last update in a milestone's file."""
    record = yaml_rs.loads((data / "milestones" / f"{name}.yaml").read_text("utf-8"), parse_datetime=False)
    assert isinstance(record, dict)
    updates: list[dict[str, object]] = record["updates"]
    return updates[-1]


def of(answer: dict[str, object], name: str) -> dict[str, object]:
    """Return what an answer says of one record."""
    rows: list[dict[str, object]] = answer["records"]  # type: ignore[assignment]
    return next(row for row in rows if row["id"] == name)


def test_target_that_becomes_a_milestone_is_one_decided_update(elo: Runner, tmp_path: Path) -> None:
    """Type, indicator and the parts that only a target has change together, and nothing is called a mistake."""
    data = tracker(elo, tmp_path)

    def change(row: list[str]) -> list[str]:
        if row[CODE] == "M9C1-2BIS":
            row[KIND], row[HEADS.index("Indicatori qualitativi Milestone")] = "Milestone", "Relazione"
        return row

    answer = run_import(elo, data, table(tmp_path / "new.csv", change), "--yes")
    assert answer["refused"] == []
    assert of(answer, "m9c1-2bis")["cleared"] == ["indicator.unit", "indicator.baseline", "indicator.goal"]
    update = last_update(data, "m9c1-2bis")
    assert (update["type"], update["indicator"]) == ("rrf-milestone", {"text": {"it": "Relazione"}})
    assert (update["reason"], update["decided_by"]) == ({"it": "Versione 4"}, "list-4")
    assert update["rrf"] == {"cid_version": "list-4"}
    assert elo("check", data=data).code == 0


def test_what_leaves_the_decision_keeps_no_number_of_it(elo: Runner, tmp_path: Path) -> None:
    """A code that is the country's own from now on has no place in the plan: the whole field is cleared by null."""
    data = tracker(elo, tmp_path)

    def change(row: list[str]) -> list[str]:
        return [*row[:LEVEL], "ITA", *row[LEVEL + 1 :]] if row[CODE] == "M9C1-1" else row

    answer = run_import(elo, data, table(tmp_path / "new.csv", change), "--yes")
    assert answer["refused"] == []
    update = last_update(data, "m9c1-1")
    assert (update["type"], "rrf" in update, update["rrf"]) == ("monitoring-step", True, None)


def test_empty_cell_clears_what_a_table_had_said(elo: Runner, tmp_path: Path) -> None:
    """The cleared field is told in words, and the second import of the same file changes nothing."""
    data = tracker(elo, tmp_path)

    def change(row: list[str]) -> list[str]:
        return [*row[:UNIT], "", *row[UNIT + 1 :]] if row[CODE] == "M9C1-00-ITA-1" else row

    file = table(tmp_path / "new.csv", change)
    run = elo("import", str(file), *MAPPING, *DECIDED, "--lang", "en", data=data)
    assert "(cleared: Unit)" in " ".join(run.out.split())
    assert "1 value is empty in the file now" in run.out
    assert run_import(elo, data, file, "--yes")["written"]
    assert last_update(data, "m9c1-00-ita-1")["indicator"] == {"baseline": 12.5, "goal": 90}
    assert not run_import(elo, data, file, "--yes")["written"]


def test_empty_cell_says_nothing_of_what_somebody_else_has_said(elo: Runner, tmp_path: Path) -> None:
    """What a body has reported is not gone because the list is silent on it."""
    data = tracker(elo, tmp_path)
    words = ("--indicator", "unit=Quota,goal=80", "--reason", "Errata", "--decided-by", "mef", "--by", "mef")
    assert elo("update", "m9c1-00-ita-1", *words, "--date", "2024-01-10", data=data).code == 0

    def change(row: list[str]) -> list[str]:
        return [*row[:UNIT], "", *row[UNIT + 1 :]] if row[CODE] == "M9C1-00-ITA-1" else row

    answer = run_import(elo, data, table(tmp_path / "new.csv", change))
    assert of(answer, "m9c1-00-ita-1")["cleared"] == []


def test_gone_code_is_withdrawn_by_decision_and_told_once(elo: Runner, tmp_path: Path) -> None:
    """Nothing happens to it unasked; once withdrawn it is named no more, unless the list has it again."""
    data = tracker(elo, tmp_path)
    file = table(tmp_path / "new.csv", lambda row: None if row[CODE] == "M9C1-2BIS" else row)
    told = run_import(elo, data, file, "--yes")
    assert (told["gone"], told["withdrawn"]) == (["m9c1-2bis"], [])
    assert (data / "milestones" / "m9c1-2bis.yaml").exists()
    done = run_import(elo, data, file, "--yes", "--withdraw-gone")
    assert (done["gone"], done["withdrawn"], done["deleted"]) == (["m9c1-2bis"], ["m9c1-2bis"], [])
    update = last_update(data, "m9c1-2bis")
    assert (update["status"], update["decided_by"], update["reason"]) == ("withdrawn", "list-4", {"it": "Versione 4"})
    again = run_import(elo, data, file, "--yes", "--withdraw-gone")
    assert (again["gone"], again["written"]) == ([], False)
    assert run_import(elo, data, table(tmp_path / "all.csv", lambda row: row))["returned"] == ["m9c1-2bis"]
    assert elo("check", data=data).code == 0


def test_code_that_comes_back_stands_again_by_decision(elo: Runner, tmp_path: Path) -> None:
    """Unasked it stays withdrawn; asked, one update with reason and decider takes the withdrawal back, and all else."""
    data = tracker(elo, tmp_path)
    gone = table(tmp_path / "new.csv", lambda row: None if row[CODE] == "M9C1-2BIS" else row)
    run_import(elo, data, gone, "--yes", "--withdraw-gone")
    back = table(tmp_path / "back.csv", lambda row: row)
    soon = elo("import", str(back), *MAPPING, *DECIDED, "--restore-returned", "--lang", "en", data=data)
    assert (soon.code, "already says “status”" in " ".join(soon.out.split())) == (1, True)
    later = ("--source", "list-5", "--decided-by", "list-5")
    documents = data / "vocabulary" / "documents.yaml"
    fifth = DOCUMENT.replace("list-4", "list-5").replace("2025-06-20", "2026-01-15")
    documents.write_text(documents.read_text("utf-8") + fifth, "utf-8")
    assert run_import(elo, data, back, *later)["restored"] == []
    told = elo("import", str(back), *MAPPING, *DECIDED, *later, "--lang", "en", data=data)
    assert "They stay withdrawn. --restore-returned" in told.out
    lacking = ("--source", "list-5", "--restore-returned", "--yes", "--lang", "en")
    refused = elo("import", str(back), *MAPPING, *lacking, data=data)
    assert (refused.code, "--reason and --decided-by" in refused.err) == (2, True)
    done = run_import(elo, data, back, *later, "--restore-returned", "--yes")
    assert done["refused"] == []
    assert (done["returned"], done["restored"]) == (["m9c1-2bis"], ["m9c1-2bis"])
    update = last_update(data, "m9c1-2bis")
    assert (update["date"], update["status"], update["decided_by"]) == ("2026-01-15", None, "list-5")
    again = run_import(elo, data, back, *later, "--restore-returned")
    assert (again["returned"], of(again, "m9c1-2bis")["action"]) == ([], "unchanged")
    assert elo("check", data=data).code == 0
    report = elo("report", "amendments", "2025-12-31..2026-01-31", "--lang", "en", data=data).out
    assert "| Stands again | 1 | 1 |" in report


def test_withdrawal_needs_reason_and_decider(elo: Runner, tmp_path: Path) -> None:
    """What is withdrawn was promised: without a decision nothing is written."""
    data = tracker(elo, tmp_path)
    file = table(tmp_path / "new.csv", lambda row: None if row[CODE] == "M9C1-00-ITA-5" else row)
    run = elo(
        "import", str(file), *MAPPING, "--source", "list-4", "--withdraw-gone", "--yes", "--lang", "en", data=data
    )
    assert (run.code, "--reason and --decided-by" in run.err) == (2, True)
    assert "updates:" not in (data / "milestones" / "m9c1-00-ita-5.yaml").read_text("utf-8")


def test_older_list_cannot_lack_what_came_later(elo: Runner, tmp_path: Path) -> None:
    """A record that began after the list's day is not gone from it."""
    data = tracker(elo, tmp_path)
    run = elo("import", str(OLD), *MAPPING, "--source", "list-2", "--format", "json", data=data)
    assert json.loads(run.out)["gone"] == []


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8-sig"), ("\t", "utf-16"), (";", "utf-16-le"), ("|", "cp1252")]
)
def test_form_of_the_file_is_found_out(elo: Runner, tmp_path: Path, delimiter: str, encoding: str) -> None:
    """The mapping pins a semicolon, and the file may have another sign, another encoding or none that says so."""
    data = tracker(elo, tmp_path)
    file = table(tmp_path / "new.csv", lambda row: row, delimiter=delimiter, encoding=encoding)
    answer = run_import(elo, data, file)
    assert (answer["refused"], answer["gone"], answer["rows"]) == ([], [], len(ROWS))
    changed = [row["id"] for row in answer["records"] if row["action"] == "changed"]  # type: ignore[attr-defined]
    assert changed == ["m9c1-1", "m9c1-2bis"]


RENAMED = {
    "Codice univoco Milestone-Target": "Codice M/T",
    "Nome Milestone-Target": "Titolo",
    "Amministrazione Titolare": "Amministrazione responsabile",
}


def test_renamed_columns_need_a_few_lines_of_a_copied_mapping(elo: Runner, tmp_path: Path) -> None:
    """The heads of the file are told, nearest first; a copy of the mapping with a line for each reads it."""
    data = tracker(elo, tmp_path)
    file = table(tmp_path / "new.csv", lambda row: row, heads=[RENAMED.get(head, head) for head in HEADS])
    refused = elo("import", str(file), *MAPPING, *DECIDED, "--lang", "en", data=data)
    assert refused.code == 2
    assert (
        "there is no column “Amministrazione Titolare”; “Codice univoco Milestone-Target” / “Nr. Seq. M&T”"
        in refused.err
    )
    assert "nearest first: “Amministrazione responsabile”" in refused.err
    ours = tmp_path / "ours.yaml"
    assert write_mapping(elo, ours).code == 0
    text = ours.read_text("utf-8")
    for old, new in RENAMED.items():
        text = text.replace(f"    - {old}\n", f"    - {old}\n    - {new}\n")
    ours.write_text(text, "utf-8")
    answer = run_import(elo, data, file, "--mapping", str(ours), "--yes")
    assert (answer["refused"], answer["gone"], answer["written"]) == ([], [], True)


def write_mapping(elo: Runner, path: Path, name: str = "italy-rrf") -> Run:
    """Copy a mapping that comes with elo."""
    return elo("import", "--mapping", name, "--write-mapping", str(path), "--lang", "en")


def test_write_mapping_writes_over_nothing(elo: Runner, tmp_path: Path) -> None:
    """A file that is there stays, even one that elo wrote; through a link nothing is written."""
    ours = tmp_path / "ours.yaml"
    assert write_mapping(elo, ours).code == 0
    before = ours.read_bytes()
    assert write_mapping(elo, ours, "chase").code == 2
    assert ours.read_bytes() == before
    link, target = tmp_path / "link.yaml", tmp_path / "target.yaml"
    link.symlink_to(target)
    assert write_mapping(elo, link).code == 2
    assert not target.exists()
    unknown = write_mapping(elo, tmp_path / "new.yaml", "italia")
    assert (unknown.code, "italy-rrf" in unknown.err, (tmp_path / "new.yaml").exists()) == (2, True, False)


def test_equal_refusals_are_one_line_and_each_row_in_json(elo: Runner, tmp_path: Path) -> None:
    """People read one reason with its rows and how many there are; a program gets every row."""
    data = tracker(elo, tmp_path)
    file = table(tmp_path / "new.csv", lambda row: [*row[:KIND], "Traguardo", *row[KIND + 1 :]])
    answer = run_import(elo, data, file)
    assert len(answer["refused"]) == len(ROWS)  # type: ignore[arg-type]
    run = elo("import", str(file), *MAPPING, *DECIDED, "--lang", "en", data=data)
    assert re.findall(r"^  (Q[0-9, Q]+) \(", run.out.partition("Refused")[2], re.MULTILINE) == ["Q2, Q3, Q4", "Q5, Q6"]


def test_ids_of_updates_are_matched_like_those_of_records(elo: Runner, tmp_path: Path) -> None:
    """`M9C1-1` is the record that the list made of it, and what was reached long ago counts from its own day."""
    data = tracker(elo, tmp_path)
    mapping = tmp_path / "past.yaml"
    mapping.write_text(
        "format: 1\ntitle: {it: Conseguiti}\ncolumns:\n  code: [Codice]\n  state: [Stato]\n  day: [Data]\n"
        "updates:\n  id: '{code}'\n  fields:\n"
        "    status: {take: '{state}', map: {conseguito: completed}}\n    effective: '{day}'\n",
        "utf-8",
    )
    file = tmp_path / "past.csv"
    file.write_text(
        "Codice;Stato;Data\nM9C1-1;conseguito;20.12.2022\nM9C1-00-ITA-5;;20.12.2022\nM9C1-77;conseguito;\n", "utf-8"
    )
    words = ("--mapping", str(mapping), "--source", "list-4", "--yes", "--format", "json", "--lang", "en")
    answer = json.loads(elo("import", str(file), *words, data=data).out)
    assert [(row["id"], row["reason"]) for row in answer["refused"]] == [
        ("m9c1-00-ita-5", "a date alone says nothing: what happened on it?"),
        ("M9C1-77", "there is no record “M9C1-77”"),
    ]
    update = last_update(data, "m9c1-1")
    assert (update["date"], update["effective"], update["status"]) == ("2025-06-20", "2022-12-20", "completed")
    shown = json.loads(elo("list", "milestones", "--timing", "done", "--format", "json", data=data).out)
    assert [row["id"] for row in shown["records"]] == ["m9c1-1"]


FINNISH = "format: 1\nname:\n  fi: Koe\nlanguages:\n  - fi\n  - sv\n  - en\n"


def test_texts_in_another_language_are_kept_as_what_they_are(elo: Runner, tmp_path: Path) -> None:
    """A tracker without the list's language takes every row, says so once, and notes each record without a warning."""
    data = imports.italy(tmp_path)
    (data / "tracker.yaml").write_text(FINNISH, "utf-8")
    documents = data / "vocabulary" / "documents.yaml"
    documents.write_text(documents.read_text("utf-8").replace("it:", "fi:"), "utf-8")
    run = elo("import", str(NEW), *MAPPING, "--source", "list-3", "--yes", "--lang", "en", data=data)
    assert run.code == 0
    assert run.err.count("texts are in “it”") == 1
    mechanism = (data / "milestones" / "m9c1-1.yaml").read_text("utf-8")
    assert "fi: Teksti on saatavilla vain englanniksi." in mechanism
    findings = json.loads(elo("check", "--format", "json", data=data).out)["findings"]
    of_language = {(row["rule"], row["level"]) for row in findings if row["rule"].startswith("language-")}
    assert of_language <= {("language-foreign", "note"), ("language-missing", "note")}
    foreign = [row["record"] for row in findings if row["rule"] == "language-foreign"]
    assert len(foreign) == len(set(foreign)) > 0


def test_tracker_in_one_language_is_asked_for_no_other(elo: Runner, tmp_path: Path) -> None:
    """English texts beside those of an Italian tracker are no finding."""
    data = tracker(elo, tmp_path)
    findings = json.loads(elo("check", "--format", "json", data=data).out)["findings"]
    assert [row for row in findings if row["rule"].startswith("language-")] == []


def test_reason_is_asked_for_in_the_first_language_once(elo: Runner, tmp_path: Path) -> None:
    """A reason in another language alone is one sentence, and not a refusal of every row."""
    data = imports.italy(tmp_path)
    (data / "tracker.yaml").write_text("format: 1\nname: {it: Prova}\nlanguages: [it, en]\n", "utf-8")
    words = ("--source", "list-3", "--decided-by", "list-3", "--reason", "en=Council")
    run = elo("import", str(NEW), *MAPPING, *words, "--lang", "en", data=data)
    assert (run.code, "--reason it=…" in run.err) == (2, True)


def test_decision_older_than_the_one_it_amends_is_refused(elo: Runner, tmp_path: Path) -> None:
    """An update dated later, by a decision that came before the one in force, is a finding with the row."""
    data = tracker(elo, tmp_path)

    def change(row: list[str]) -> list[str]:
        return [*row[:GOAL], "50", *row[GOAL + 1 :]] if row[CODE] == "M9C1-2BIS" else row

    words = ("--source", "list-4", "--decided-by", "list-2", "--reason", "Vecchia", "--format", "json", "--lang", "en")
    file = table(tmp_path / "new.csv", change)
    answer = json.loads(elo("import", str(file), *MAPPING, *words, data=data).out)
    assert any("older than the decision that it amends" in row["reason"] for row in answer["refused"])


def test_ids_that_the_mapping_does_not_own_are_told(elo: Runner, tmp_path: Path) -> None:
    """An id that no `owns` covers would never be missed, so the answer names it; chapter m7 is covered."""
    data = tracker(elo, tmp_path)

    def change(row: list[str]) -> list[str]:
        codes = {"M9C1-00-ITA-5": "X1", "M9C1-00-ITA-1": "M7-00-ITA-1"}
        return [*row[:CODE], codes.get(row[CODE], row[CODE]), *row[CODE + 1 :]]

    assert run_import(elo, data, table(tmp_path / "new.csv", change))["unowned"] == ["x1"]


def test_annex_links_measures_and_bodies_that_it_names(elo: Runner, tmp_path: Path) -> None:
    """A measure under the plan's code and a body under its id are linked; a code of no measure stays a code."""
    data = tracker(elo, tmp_path)
    (data / "measures" / "p3c2i1.yaml").write_text(
        "id: p3c2i1\nname: {it: Misura}\nsources:\n  - document: list-2\n", "utf-8"
    )
    file = tmp_path / "annex.csv"
    file.write_text(
        "Number,Related Measure,Responsible,Milestone / Target,Name,Qualitative indicators,Unit of measure,Baseline,"
        "Goal,Quarter,Year,Description\n"
        "31,P3C2I1: Services,mef,Milestone,Aperto,Decreto,,,,4,2024,Testo\n"
        "32,P3C2R9: Other,,Milestone,Chiuso,Decreto,,,,4,2025,Testo\n",
        "utf-8",
    )
    answer = run_import(elo, data, file, "--mapping", "council-annex", "--yes")
    assert answer["refused"] == []
    first, second = (
        yaml_rs.loads((data / "milestones" / f"cid-{number}.yaml").read_text("utf-8"), parse_datetime=False)
        for number in (31, 32)
    )
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert (first["measures"], first["responsible"]) == (["p3c2i1"], ["mef"])
    assert ("measures" in second, second["rrf"]["plan_measure"]) == (False, ["P3C2R9"])
    assert first["rrf"]["cid_version"] == "list-4"
