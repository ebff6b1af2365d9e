"""Every answer in JSON is what schemas/output/ says of it, on the repository's data and on data that means no good."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

from elo_cli.cli import VERBS
from elo_cli.model.kinds import BY_FOLDER
from elo_cli.render.schemas.schemas import ANSWERS, answer_schema, schemas_beside
from elo_cli.store.loading import load
from elo_cli.store.schemas import SUFFIX, schema_text
from elo_cli.store.source import WorkTree
from tests import trackers
from tests.repositories import Repo
from tests.running import DATA, Run, Runner

VALIDATORS = {verb: Draft202012Validator(answer_schema(verb), format_checker=FormatChecker()) for verb in ANSWERS}


def answer(run: Run, verb: str) -> dict[str, Any]:
    """Return an answer that its schema accepts; the test fails with the nearest fault otherwise."""
    assert run.code in {0, 1}, run.err
    found: dict[str, Any] = json.loads(run.out)
    fault = best_match(VALIDATORS[verb].iter_errors(found))
    assert fault is None, f"{verb} {list(fault.absolute_path)}: {fault.message[:300]}"
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_that_answers_in_json_is_described(elo: Runner, verb: str) -> None:
    """A verb that offers JSON as a form of its answer has a schema."""
    offered = re.search(r"--format\s+<([^>]*)>", elo(verb, "--help", width=160).out)
    if offered is not None and "json" in offered[1].split("|"):
        assert verb in ANSWERS


def test_schemas_beside_the_data_are_up_to_date() -> None:
    """The files of schemas/ are those that `make schemas` writes, and there is no other."""
    folder = DATA.parent / "schemas"
    beside = schemas_beside(load(WorkTree(DATA)))
    files = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob(f"*{SUFFIX}")}
    assert files == {f"{name}{SUFFIX}": schema_text(schema) for name, schema in beside.items()}


@pytest.mark.parametrize("verb", ANSWERS)
def test_schema_is_strict(verb: str) -> None:
    """Every schema is JSON Schema 2020-12 and takes no property that it does not know."""
    schema = answer_schema(verb)
    Draft202012Validator.check_schema(schema)
    for one in (schema, *schema["$defs"].values()):
        assert one["additionalProperties"] is False
    assert set(schema["required"]) == set(schema["properties"])
    assert {"schema", "as_of", "rev", "incomplete"} <= set(schema["required"])


HOSTILE = "'[/b] =1+1 <script> \\ {id} %s'"
MANY = {
    "vocabulary/goals": f"g:\n  name:\n    en: {HOSTILE}\n  type: strategic-goal\n",
    "vocabulary/organisations": f"okm:\n  name:\n    en: {HOSTILE}\n  type: ministry\n",
    "vocabulary/documents": "d:\n  name:\n    en: D\n  date: 2021-04\n  address: https://example.org/\n",
    "vocabulary/functions": "fun:\n  name:\n    en: Fun\n",
    "vocabulary/programmes": "p:\n  name:\n    en: P\n  period: 2020/..\n",
    "vocabulary/instruments": """\
        rrf:
          name: {en: RRF}
          rules: rrf
          last_day: 2026-08-31
          last_payment_day: 2026-12-31
          reporting:
            april:
              name: {en: Report}
              day: 04-30
        """,
    "measures/m": f"""\
        name: {{en: {HOSTILE}}}
        key: true
        goal: g
        lead: okm
        programmes: [p]
        period: 2021/..
        person_years: {{amount: 15, years: 3.5}}
        legal_basis: [{{document: d, section: 2 §}}]
        actions: {{a: {{en: A}}}}
        roles: {{r: {{organisation: okm, function: fun, task: {{en: T}}}}}}
        sources: [{{document: d, slide: 1, inferred: [lead], note: {{en: N}}}}]
        corrections: [{{date: 2021-05-01, field: period, was: {{a: [1, null]}}, reason: {{en: R}}}}]
        updates:
          - {{date: 2021-06-01, by: okm, status: in-progress, confidence: at-risk, reason: {{en: R}}}}
        """,
    "measures/lost": "goal: nowhere\nresponsible: [nobody]\n",
    "funding/whole": "measures: [m]\ninstrument: rrf\nstage: proposed\namount: 24.35 M€\nbasis: per-year\n",
    "funding/part": "measures: [m, lost]\npart_of: whole\namount: 30 M€\nbasis: per-year\nown_contribution: 20-30 %\n",
    "funding/other": """\
        may_overlap: [whole]
        amount: 0.01 €
        shares: {okm: 0.01 €}
        recipients: {count: 22, text: {en: T}}
        updates:
          - {date: 2022-01-01, amount: 5 €, stage: granted}
        """,
    "funding/outside": "counted: false\namount: 235 M€\n",
    "milestones/x": f"""\
        name: {{en: {HOSTILE}}}
        type: rrf-target
        due: 2026-Q3
        measures: [m, nowhere]
        indicator: {{unit: {{en: Users}}, baseline: 0, goal: 0.5}}
        verification: {{mechanism: {{en: M}}, evidence: {{act: {{en: Act}}}}}}
        rrf: {{plan_measure: P3C2I1, cid_number: null, instalment: 5}}
        depends_on: [y]
        updates:
          - {{date: 2022-01-01, due: 2027, decided_by: okm, reason: {{en: {HOSTILE}}}, value: -1.50}}
          - {{date: 2023-01-01, eu: requested, evidence: [{{title: {HOSTILE}, sha256: {"a" * 64}, covers: [act]}}]}}
        """,
    "milestones/y": "type: national\n",
    "milestones/z": "type: national\ndue: 2021/..\n",
    "meetings/f": """\
        type: forum
        date: 2021-autumn
        organisers: [okm]
        agenda: {a: {en: A}}
        updates:
          - {date: 2021-11-05, held: 2021-11-05, decisions: {a: {en: Done}}}
        """,
    "measures/broken": "key: [unfinished",
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a tracker with nearly every field, references to nowhere, a broken file, and texts that mean no good."""
    return trackers.write(tmp_path, MANY)


ON_A_DAY: list[tuple[str, ...]] = [
    ("status",),
    ("check",),
    ("deadlines", "--within", "all"),
    ("timeline",),
    *(("funding", "--by", by) for by in ("instrument", "stage", "measure", "organisation")),
    *(("list", folder) for folder in BY_FOLDER),
]


@pytest.mark.parametrize("words", ON_A_DAY, ids=" ".join)
@pytest.mark.parametrize("day", ["2021-04-09", "2026-11-24"])
def test_answer_about_the_data(elo: Runner, words: tuple[str, ...], day: str) -> None:
    """On the repository's data each answer is what its schema says, on the forum's day and today."""
    found = answer(elo(*words, "--as-of", day, "--format", "json"), words[0])
    assert (found["as_of"], found["rev"], found["incomplete"]) == (day, None, [])


@pytest.mark.parametrize("words", ON_A_DAY, ids=" ".join)
@pytest.mark.parametrize("day", ["1990-01-01", "2021-12-31", "2030-01-01"])
def test_answer_about_hostile_data(elo: Runner, hostile: Path, words: tuple[str, ...], day: str) -> None:
    """On data with every field, broken references and a broken file each answer is what its schema says."""
    run = elo(*words, "--as-of", day, "--format", "json", data=hostile)
    assert run.code == 1
    assert answer(run, words[0])["incomplete"] == [f"{hostile}/measures/broken.yaml"]


@pytest.mark.parametrize(
    "record", ["m", "lost", "whole", "part", "other", "x", "y", "z", "f", "g", "okm", "d", "fun", "p", "rrf"]
)
def test_show_of_every_kind(elo: Runner, hostile: Path, record: str) -> None:
    """A record of any kind is shown as the schema says, with its promise, updates and links."""
    assert answer(elo("show", record, "--format", "json", data=hostile), "show")["record"]["id"] == record


def test_show_of_the_data(elo: Runner) -> None:
    """So is one record of each kind of the repository's data."""
    for record in ("digital-service-package", "digivisio-rrf", "dsp-services", "forum-2021-04-09", "okm", "rrf"):
        answer(elo("show", record, "--format", "json"), "show")


@pytest.mark.parametrize("day", ["1990-01-01", "2021-04-09", "2030-01-01"])
def test_export(elo: Runner, hostile: Path, day: str) -> None:
    """A tracker whole is what its schema says, on the repository's data and on hostile data; a broken file is named."""
    own = answer(elo("export", "-", "--format", "json", "--as-of", day), "export")
    assert own["unread"] == {}
    found = answer(elo("export", "-", "--format", "json", "--as-of", day, data=hostile), "export")
    assert found["unread"] == {"broken": "measure"}


def test_descriptions_stand_in_the_types() -> None:
    """A field's text in the source is its description, with JSON's word for None; so is a class's first paragraph."""
    schema = answer_schema("deadlines")
    assert schema["properties"]["until"]["description"] == "The last day of the window; null for all that is to come."
    for verb in ANSWERS:
        for definition in answer_schema(verb)["$defs"].values():
            assert definition["description"]
            assert "None" not in json.dumps(definition)


def test_rules_need_no_tracker(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are told where there is no tracker, all of them or one."""
    monkeypatch.chdir(tmp_path)
    rules = answer(elo("rules", "--format", "json", data=None), "rules")["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) > 50
    (one,) = answer(elo("rules", "link-unknown", "--format", "json", data=None), "rules")["rules"]
    assert one in rules


@pytest.mark.parametrize("lang", ["fi", "sv"])
@pytest.mark.parametrize("words", [("status",), ("check",), ("deadlines",), ("funding",), ("rules",), ("show", "okm")])
def test_json_is_the_same_in_every_language_and_width(elo: Runner, words: tuple[str, ...], lang: str) -> None:
    """Neither the reader's language nor the width of the screen changes a program's answer."""
    told = elo(*words, "--format", "json", "--lang", "en").out
    assert elo(*words, "--format", "json", "--lang", lang, width=40).out == told


def test_diff_and_log(elo: Runner, tmp_path: Path) -> None:
    """What changed between two revisions, values of every form among it, and the life of each record."""
    repo = Repo(tmp_path / "repo")
    files = {name: text for name, text in trackers.texts_of(MANY).items() if name != "measures/broken.yaml"}
    first = repo.commit({"milestones/x": "type: national\ndue: 2021\n", "measures/gone": "key: true\n"})
    repo.commit({**files, "measures/gone": None})
    found = answer(elo("diff", f"{first}..HEAD", "--format", "json", data=repo.data), "diff")
    assert {change["id"] for change in found["changes"]} >= {"x", "gone", "m", "g"}
    for record in ("x", "m", "whole", "f", "g"):
        assert answer(elo("log", record, "--format", "json", data=repo.data), "log")["id"] == record
