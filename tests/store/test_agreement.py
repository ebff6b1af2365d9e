"""One table of cases on which a schema and `elo check` say the same, save what no schema can know."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Final, NamedTuple

import pytest
from check_jsonschema.parsers.yaml import construct_yaml_implementation
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from ruamel.yaml.error import YAMLError

from elo_cli.checks.run import check
from elo_cli.model.kinds import KINDS
from elo_cli.store.loading import load
from elo_cli.store.schemas import IDS, SUFFIX, schemas_of
from tests.trackers import Files

TRACKER: Final = {
    "tracker.yaml": "format: 1\nname: {fi: T}\nlanguages: [fi, sv]\n",
    "vocabulary/documents.yaml": "doc: {name: {fi: D}, date: 2020-01-01}\n",
    "vocabulary/organisations.yaml": "okm: {type: ministry, name: {fi: O}}\n",
    "vocabulary/instruments.yaml": "rrf: {name: {fi: R}, sources: [{document: doc}]}\n",
    "measures/known.yaml": "id: known\nname: {fi: K}\nsources: [{document: doc}]\n",
}
"""Two languages, and one record of each kind that cases name."""
SCHEMAS: Final = schemas_of(("fi", "sv"), {"measure": ["known"], "organisation": ["okm"], "document": ["doc"]})
REGISTRY: Any = Registry().with_resources(
    (f"{name}{SUFFIX}", Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)
DAY: Final = date(2023, 1, 1)

# What is put before the lines of a case.
NAMED = "name: {fi: N}\n"
SOURCED = "sources: [{document: doc}]\n"
BASES: Final = {
    "milestone": f"id: m\ntype: national\n{NAMED}{SOURCED}",
    "rrf": f"id: m\ntype: rrf-milestone\n{NAMED}{SOURCED}",
    "update": f"id: m\ntype: national\n{NAMED}{SOURCED}updates:\n- date: 2022-01-01\n  by: okm\n  ",
    "unsourced": f"id: m\ntype: national\n{NAMED}",
    "unnamed": f"id: m\ntype: national\n{SOURCED}",
    "untyped": f"id: m\n{NAMED}{SOURCED}",
    "nameless": f"type: national\n{NAMED}{SOURCED}",
    "funding": f"id: m\n{NAMED}{SOURCED}",
    "measure": f"id: m\n{NAMED}{SOURCED}",
    "meeting": f"id: m\ntype: forum\n{NAMED}{SOURCED}",
    "request": f"id: m\ninstrument: rrf\n{NAMED}{SOURCED}",
    "organisations": "okm:\n  name: {fi: O}\n  ",
    "goals": f"g:\n  {NAMED}  {SOURCED}  ",
    "instruments": f"rrf:\n  {NAMED}  {SOURCED}  ",
    "documents": "doc:\n  name: {fi: D}\n  ",
    "tracker": "name: {fi: T}\nlanguages: [fi, sv]\n",
}
OF_A_MILESTONE: Final = {"rrf", "update", "unsourced", "unnamed", "untyped", "nameless"}

RIGHT: Final = """
milestone | lead: okm
milestone | lead: null
milestone | measures: null
milestone | description: null
milestone | description: {fi: Teksti, sv: Text}
milestone | description: {fi-FI: Teksti, se: Teaksta}
milestone | description: {se: Teaksta}
milestone | due: null
milestone | due: 2021
milestone | due: '2021'
milestone | due: 2021-04-09
milestone | due: '2021-04-09'
milestone | due: 2020-02-29
milestone | due: 2000-02-29
milestone | due: 2021-12-31
milestone | due: 2021-Q4
milestone | due: 2021-autumn
milestone | due: 2021-Q3/2022-Q1
milestone | due: 2021/..
milestone | status: null
milestone | status: completed
milestone | possible: true
milestone | value: 1.5
milestone | value: 999999999999999
milestone | indicator: {goal: null}
milestone | evidence: [{title: T, uri: null, archive: VN/1234/2024, covers: null}]
milestone | formerly: [earlier]
milestone | corrections: [{date: 2021-01-01, field: due, was: null, reason: {fi: Syy}}]
rrf | rrf: {cid_number: null, plan_measure: P1, instalment: 1}
rrf | rrf: {cid_number: '1', plan_measure: [P1, P2]}
update | lead: null
update | note: null
update | sources: null
update | effective: null
update | retracted: null
update | confidence: null
unnamed |
unnamed | name: null
funding | amount: 24.3 M€
funding | amount: 1 000 €
funding | amount: 0 €
funding | amount: 0.01 €
funding | amount: 9999.99 G€
funding | amount: null
funding | own_contribution: 20-30 %
funding | own_contribution: 100 %
funding | shares: {okm: 5 M€}
funding | counted: false
measure | person_years: {amount: 0.5, years: null}
meeting | date: 2021-01-01\\nstarts: '13:00'
meeting | date: 2021-spring\\nstarts: null
request | number: 1\\nquestions: {k: {asked: 2021-02-28, due: null}}
organisations | type: ministry\\n  contact: office@example.fi
organisations | type: ministry\\n  part_of: null
goals | type: strategic-goal
instruments | reporting: {r: {name: {fi: R}, day: 02-28}}
instruments | last_day: null
documents | read: 2021-01-01
documents | date: 2021\\n  read: null
tracker | format: 1\\nlimits: {}
tracker | format: 1\\ndescription: null
"""
WRONG: Final = """
milestone | lead: ''
milestone | lead: 5
milestone | lead: [okm]
milestone | lead: Bad Id
milestone | measures: []
milestone | measures: ['']
milestone | measures: [null]
milestone | measures: [5]
milestone | measures: known
milestone | description: ''
milestone | description: Teksti
milestone | description: {}
milestone | description: {sv: Text}
milestone | description: {sv: Text, se: Teaksta}
milestone | description: {finnish: Teksti}
milestone | description: {fi: null}
milestone | description: {fi: ''}
milestone | description: {fi: 5}
milestone | description: {fi: true}
milestone | due: ''
milestone | due: []
milestone | due: true
milestone | due: {fi: 2021}
milestone | due: 2021-02-30
milestone | due: 2021-02-29
milestone | due: 2100-02-29
milestone | due: 2021-04-31
milestone | due: 2021-04-09/2021-04-31
milestone | due: 2021-13
milestone | due: 2021-00
milestone | due: 2021-Q5
milestone | due: IV/2021
milestone | due: 9.4.2021
milestone | due: 2021-4-9
milestone | due: 2021-winter
milestone | due: ../2021
milestone | due: 1899
milestone | due: 2200
milestone | due: 2021.5
milestone | due: 20210409
milestone | due: "2021\\\\n"
milestone | due: 99999999999999999999
milestone | status: done
milestone | status: Completed
milestone | status: true
milestone | possible: 1
milestone | possible: 'true'
milestone | value: '1'
milestone | value: true
milestone | value: .inf
milestone | value: 1e999
milestone | value: 9999999999999999
milestone | indicator: {direction: sideways}
milestone | verification: {evidence: {Bad Key: {fi: T}}}
milestone | verification: {evidence: {}}
milestone | evidence: [{title: ''}]
milestone | evidence: [{}]
milestone | evidence: [{title: T, uri: 'javascript:alert(1)'}]
milestone | evidence: [{title: T, archive: ../secret}]
milestone | evidence: [{title: T, sha256: abc}]
milestone | evidence: [{title: T, label: A}]
milestone | evidence: [{title: T, date: 2021-02-30}]
milestone | formerly: [Bad]
milestone | corrections: [{field: due, was: 2021, reason: {fi: Syy}}]
milestone | owner: okm
milestone | updates: []
milestone | updates: [{}]
milestone | updates: [{date: null}]
milestone | updates: [{date: 2021-02-30, by: okm}]
milestone | due: 2021\\ndue: 2022
rrf | rrf: {cid_number: 5}
rrf | rrf: {cid_number: ''}
rrf | rrf: {plan_measure: []}
rrf | rrf: {plan_measure: [P1, null]}
rrf | rrf: {plan_measure: [MANY]}
rrf | rrf: {instalment: 0}
rrf | rrf: {instalment: 100}
rrf | rrf: {instalment: '1'}
rrf | rrf: {instalment: true}
update | type: null
update | note: {sv: Text}
update | due: 2021-02-30
update | retracted: {date: 2023}
update | evidence: [{title: null}]
update | held: 2023
unsourced |
unsourced | sources: null
unsourced | sources: []
unsourced | sources: [{page: 1}]
unsourced | sources: [{document: null}]
unsourced | sources: [{document: doc, page: '1'}]
unsourced | sources: [{document: doc, page: 0}]
unsourced | sources: [{document: doc, section: 5}]
unnamed | name: {sv: Namn}
unnamed | name: {fi: LONG}
untyped |
untyped | type: null
nameless |
nameless | id: null
nameless | id: Bad_id
nameless | id: con
nameless | id: 5
funding | amount: 5
funding | amount: 5.5
funding | amount: '5'
funding | amount: 1,5 M€
funding | amount: -5 €
funding | amount: 5 EUR
funding | amount: 0.001 €
funding | amount: 0.000001 k€
funding | amount: 10000 G€
funding | amount: 999999999999999 M€
funding | own_contribution: 30
funding | own_contribution: 101 %
funding | own_contribution: 99-100.5 %
funding | shares: {Bad Key: 5 M€}
funding | shares: {okm: null}
funding | shares: {}
funding | recipients: {count: 0}
funding | counted: 0
funding | basis: yearly
measure | actions: {Bad Key: {fi: T}}
measure | actions: {a: T}
measure | person_years: {}
measure | person_years: {amount: null}
measure | roles: {a: {}}
measure | roles: {a: {task: {fi: T}, one_of: [okm]}}
meeting |
meeting | date: null
meeting | date: 2021-02-30
meeting | date: 2021-01-01\\nstarts: '25:00'
meeting | date: 2021-01-01\\nupdates: [{date: 2021-01-01, by: okm, held: null}]
request | number: 0
request | number: 1\\nquestions: {k: {asked: 2021}}
request | number: 1\\nquestions: {k: {asked: 2021-02-30}}
request | number: 1\\nquestions: {k: {asked: 1850-01-01}}
request | number: 1\\nupdates: [{date: 2021-01-01, by: okm, number: null}]
organisations | type: club
organisations | type: ministry\\n  contact: a b@example.fi
goals | type: wish
goals | type: strategic-goal\\n  id: g
goals | type: strategic-goal\\nBad Id: {}
goals | type: strategic-goal\\nother: null
instruments | last_day: 2021-02-30
instruments | last_day: 2021
instruments | reporting: {r: {name: {fi: R}, day: 02-29}}
instruments | reporting: {r: {name: {fi: R}, day: 4-30}}
documents | read: null
documents | date: 2021\\n  address: ftp://example.fi
documents | date: 2021\\n  reference: 5
tracker |
tracker | format: 2
tracker | format: '1'
tracker | format: true
tracker | format: 1\\nlanguages: []
tracker | format: 1\\nlanguages: [fi, fi]
tracker | format: 1\\nlanguages: [finnish]
tracker | format: 1\\ncurrency: USD
tracker | format: 1\\ncurrency: null
tracker | format: 1\\nlimits: {stale: 0}
tracker | format: 1\\nlimits: {stale: 5000}
tracker | format: 1\\nlimits: null
tracker | format: 1\\nid: con
tracker | format: 1\\nperiod: 2021-02-30
tracker | format: 1\\ncontact: x
"""
ONLY_CHECK: Final = {
    "an id is looked up among all files": """
milestone | lead: nobody
milestone | measures: [unknown]
unsourced | sources: [{document: unknown}]
update | decided_by: nobody
""",
    "a schema does not know what its file is called": "nameless | id: n",
    "two values are compared": """
milestone | due: 2021/2020
milestone | due: 2021-Q4/2021-Q2
funding | own_contribution: 30-20 %
funding | amount: 1 M€\\nshares: {okm: 2 M€}
""",
    "how a record stands on a day": """
milestone | rrf: {cid_number: null}
update | type: rrf-target
update | name: {fi: Uusi}
""",
    "the zones of the world are no pattern": "tracker | format: 1\\ntime_zone: Europe/Nowhere",
    "to a schema 1.0 is a whole number": """
rrf | rrf: {instalment: 1.0}
tracker | format: 1\\nlimits: {stale: 90.0}
milestone | due: 2021.0
""",
    "JSON has no such number": "milestone | value: .nan",
    "js-yaml makes this of a day without quotation marks": "milestone | due: {}",
}


class Case(NamedTuple):
    """Lines that are added to a file, and who refuses it."""

    base: str
    lines: str
    by_check: bool
    by_schema: bool

    @property
    def schema(self) -> str:
        """The name of the schema of the file."""
        name = "milestone" if self.base in OF_A_MILESTONE else self.base
        return name if name in SCHEMAS else f"vocabulary-{name}"

    @property
    def path(self) -> str:
        """The file in the tracker."""
        if self.base == "tracker":
            return "tracker.yaml"
        kind = next(kind for kind in KINDS.values() if kind.schema == self.schema)
        return kind.path("m")

    @property
    def text(self) -> str:
        """The whole file."""
        lines = self.lines.replace("\\n", "\n").replace("\\\n", "\\n").replace("LONG", "x" * 501)
        lines = lines.replace("MANY", ", ".join(["P1"] * 51))
        added = {line.partition(":")[0] for line in lines.splitlines()}
        base = BASES[self.base]
        if self.base == "tracker":
            base = "".join(f"{line}\n" for line in base.splitlines() if line.partition(":")[0] not in added)
        return f"{base}{lines}\n"


def _cases() -> Iterator[Case]:
    for table, by_check, by_schema in (
        (RIGHT, False, False),
        (WRONG, True, True),
        *((table, True, False) for table in ONLY_CHECK.values()),
    ):
        for row in table.strip().splitlines():
            base, _, lines = row.partition("|")
            yield Case(base.strip(), lines.strip(), by_check, by_schema)


CASES: Final = list(_cases())


def refusals(case: Case) -> list[Any]:
    """Return what a validator that knows no elo has against the file."""
    reader = construct_yaml_implementation()
    value = reader.load(case.text)
    validator = Draft202012Validator(SCHEMAS[case.schema], registry=REGISTRY)
    return list(validator.iter_errors(value))


def refused(case: Case) -> bool:
    """Say whether it has anything."""
    try:
        return bool(refusals(case))
    except YAMLError:
        return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.base}: {case.lines}"[:80])
def test_a_schema_and_check_agree(case: Case) -> None:
    """What a schema refuses is an error of `elo check`, and the reverse, save what only `elo check` can know."""
    findings = check(load(Files(TRACKER | {case.path: case.text})), DAY)
    errors = [finding for finding in findings if finding.level == "error" and finding.path.endswith(case.path)]
    assert (bool(errors), refused(case)) == (case.by_check, case.by_schema), [error.message for error in errors]


def _assertions(schema: object) -> Iterator[tuple[str, str]]:
    """Yield whatever a schema refuses by: the keyword, of a pattern the pattern too."""
    if isinstance(schema, dict):
        for name, value in schema.items():
            if name in {"properties", "patternProperties", "$defs"}:
                for inner in value.values():
                    yield from _assertions(inner)
            elif name == "pattern":
                yield name, value
            elif name in _KEYWORDS:
                yield name, ""
                yield from _assertions(value)
            else:
                yield from _assertions(value)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _assertions(inner)


_PASSED_ON: Final = {"$ref", "$dynamicRef", "items", "properties", "propertyNames"}
"""Keywords that refuse nothing themselves, but by what stands below them."""
_KEYWORDS: Final = frozenset(Draft202012Validator.VALIDATORS) - _PASSED_ON - {"format"}


def _causes(errors: list[Any]) -> Iterator[tuple[str, str]]:
    for error in errors:
        yield error.validator, error.validator_value if error.validator == "pattern" else ""
        yield from _causes(error.context)


def test_every_refusal_of_a_schema_is_in_the_table() -> None:
    """Each keyword by which a schema refuses, and each pattern, refuses a case."""
    known = {cause for name, schema in SCHEMAS.items() if name != IDS for cause in _assertions(schema)}
    met: set[tuple[str, str]] = set()
    for case in CASES:
        # A key that stands there twice is refused by the reader already.
        with suppress(YAMLError):
            met.update(_causes(refusals(case)))
    assert known - met == set()
