"""A tracker whose every text tries to be something else: markup, script, template, formula, link."""

import json
from pathlib import Path
from typing import Final

from tests import trackers

ATTACKS: Final = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "</title></table></main><h1>owned</h1>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "[click](javascript:alert(1)) <javascript:alert(1)>",
    "**bold** _it_ `code` # heading | cell |",
    '=HYPERLINK("http://evil.example","x")',
    "1. one\n- two\n\n    code\n\n---\n> quote",
    "@someone #12 :tada: https://evil.example/ www.evil.example",
    "👩‍👩‍👧‍👦 שלום مرحبا a\u0301",
    "x" * 3000,
    "&lt;b&gt; &amp; &#60;",
    "ends with a colon:",
    "--> ]]> */ \\ ` ~~~ ```",
    "::error file=a::owned ##[error]owned ##vso[task.setvariable variable=x]owned",
    "Ohjaus_https://evil.example/ ähttp://evil.example tel://1 mailto:a@evil.example xmpp:a.b@evil.example",
    "2021-04-09 :done, t1, 2021-01-01, 2d",
    "%%{init: {}}%% ; click t1 href x",
    "click t1 end",
    ": =1+1; =cmd|' /C calc'!A0;\"=2+2;'=3+3; \u3000-1+1; ＋1",  # noqa: RUF001 - full-width forms
    "＝1+1",  # noqa: RUF001 - full-width forms
    'GH-1 GL-2 !3 $4 &5; %6 ~bug %"m" %{x} a/b#7 a/b@8f3e2d1c 8f3e2d1c9b _8f3e2d1c9b {+a+} [-b-] [TOC] [[x]] [issue:1]',
    "[TOC]",
)
ADDRESS: Final = "https://evil.example/a(b)*_c_?d=1&copy;=%7C~e~#:tada:"
"""The one thing that may be a link: an address of the data that is one, where a form has links."""


def quoted(text: str) -> str:
    """Return the text as YAML in double quotes, on one line."""
    return json.dumps(text, ensure_ascii=False).replace("\\/", "/")


def archived(text: str) -> str:
    """Return the text as far as an archive reference may say it: on one line, without backslashes, relative."""
    line = "".join(character for character in text if character.isprintable() and character != "\\")
    return f"VN/{line[:90]}/1"


def _onward(number: int) -> str:
    if not number:
        return ""
    return f"continues: milestone-x{number - 1}\ndepends_on: [milestone-x{number - 1}]\n"


def files() -> dict[str, str]:
    """Return the tracker's files: a record of each kind for each attack, with the attack wherever a text may stand."""
    found: dict[str, str] = {}
    goals, organisations, documents, instruments = [], [], [], []
    for number, attack in enumerate(ATTACKS):
        text, name = quoted(attack), quoted(attack[:490])
        key = f"x{number}"
        goals.append(f"goal-{key}:\n  type: strategic-goal\n  name:\n    en: {name}\n")
        organisations.append(
            f"org-{key}:\n  type: ministry\n  name:\n    en: {name}\n  abbreviation:\n    en: {name}\n"
        )
        reference = quoted(attack[:400].splitlines()[0])
        documents.append(
            f"doc-{key}:\n  name:\n    en: {name}\n  date: 2021-04-09\n  reference: {reference}\n"
            f"  address: {quoted(ADDRESS)}\n"
        )
        instruments.append(
            f"ins-{key}:\n  name:\n    en: {name}\n  abbreviation:\n    en: {name}\n  rules: rrf\n"
            f"  reporting:\n    one:\n      name:\n        en: {name}\n      day: 06-30\n"
        )
        source = (
            f"sources:\n  - document: doc-{key}\n    section: {quoted(attack[:190])}\n    note:\n      en: {text}\n"
        )
        found[f"measures/measure-{key}"] = (
            f"name:\n  en: {name}\ndescription:\n  en: {text}\nnote:\n  en: {text}\nkey: true\ngoal: goal-{key}\n"
            f"responsible: [org-{key}]\nactions:\n  one:\n    en: {text}\n{source}"
        )
        found[f"milestones/milestone-{key}"] = (
            f"name:\n  en: {name}\ntype: rrf-milestone\nmeasures: [measure-{key}]\ndue: 2021-Q4\n{source}"
            f"rrf:\n  plan_measure: {quoted(attack[:45])}\n  cid_number: {quoted(attack[:45])}\n"
            f"  instalment: {number + 1}\ninstrument: ins-{key}\nsupport: loan\ncoordinator: org-{key}\n"
            f"verifier: org-{key}\nimplementing_body: org-{key}\nexpected: 2022-Q2\n{_onward(number)}"
            f"indicator:\n  text:\n    en: {text}\n  unit:\n    en: {text}\n  baseline: 0\n  goal: 4\n"
            f"verification:\n  mechanism:\n    en: {text}\n  further_specification:\n    en: {text}\n"
            f"  evidence:\n    one:\n      en: {text}\n    two:\n      en: {text}\n"
            f"evidence:\n  - title: {quoted(attack[:190])}\n    label: draft\n    covers: [two]\n"
            f"    archive: {quoted(archived(attack))}\n    sha256: {'a' * 64}\n"
            f"updates:\n  - date: 2022-02-01\n    by: org-{key}\n    due: 2022-Q1\n    status: completed\n"
            f"    reason:\n      en: {text}\n    decided_by: org-{key}\n    note:\n      en: {text}\n"
            f"    evidence:\n      - title: {quoted(attack[:190])}\n"
            f"        uri: {quoted(ADDRESS)}\n        covers: [one]\n"
            f"  - date: 2022-03-01\n    by: org-{key}\n    value: 1\n    returned: [draft]\n"
            f"    reason:\n      en: {text}\n"
            f"  - date: 2022-03-02\n    by: org-{key}\n    value: 3\n    verified: [one]\n"
            f"  - date: 2022-03-03\n    by: org-{key}\n    name:\n      en: {name}\n    note:\n      en: {text}\n"
            f"    reason:\n      en: {text}\n    decided_by: doc-{key}\n"
            f"    retracted:\n      date: 2022-03-04\n      reason:\n        en: {text}\n"
        )
        found[f"requests/request-{key}"] = (
            f"name:\n  en: {name}\ndescription:\n  en: {text}\nnote:\n  en: {text}\nnumber: {number + 1}\n"
            f"instrument: ins-{key}\nsupport: loan\namount: 9 M€\nexpected: 2022-Q1\nlead: org-{key}\n{source}"
            f"updates:\n  - date: 2022-01-10\n    by: org-{key}\n    sent: true\n    requested: 8 M€\n"
            f"    requested_for:\n      milestone-{key}: 8 M€\n    note:\n      en: {text}\n"
            f"    evidence:\n      - title: {quoted(attack[:190])}\n        covers: [audit-summary]\n"
            f"        archive: {quoted(archived(attack))}\n"
            f"    questions:\n      one:\n        text:\n          en: {text}\n        asked: 2022-01-10\n"
            f"        due: 2022-06-10\n        answered_by: org-{key}\n"
            f"  - date: 2022-05-10\n    by: org-{key}\n    assessment: partly\n    suspended: 1 M€\n"
            f"    suspended_for:\n      milestone-{key}: 1 M€\n    note:\n      en: {text}\n"
            f"  - date: 2022-05-11\n    by: org-{key}\n    paid: 1 M€\n    note:\n      en: {text}\n"
            f"    retracted:\n      date: 2022-05-12\n      reason:\n        en: {text}\n"
        )
        found[f"funding/funding-{key}"] = (
            f"name:\n  en: {name}\nmeasures: [measure-{key}]\ninstrument: ins-{key}\nstage: proposed\namount: 1 M€\n"
            f"basis: total\ndecided_at: meeting\n{source}"
        )
        for instrument in (key, f"x{(number + 1) % len(ATTACKS)}"):
            found[f"funding/paid-{key}-from-{instrument}"] = (
                f"name:\n  en: {name}\nmeasures: [measure-{key}]\ninstrument: ins-{instrument}\nstage: paid\n"
                f"amount: 1 M€\nbasis: total\nmilestones: [milestone-{key}]\n{source}"
            )
    found["vocabulary/goals"] = "".join(goals)
    found["vocabulary/organisations"] = "".join(organisations)
    found["vocabulary/documents"] = "".join(documents)
    found["vocabulary/instruments"] = "".join(instruments)
    attacks = "".join(f"  a{number}:\n    en: {quoted(attack)}\n" for number, attack in enumerate(ATTACKS))
    found["meetings/meeting"] = (
        f"name:\n  en: {quoted(ATTACKS[0])}\ntype: forum\ndate: 2022-06-01\norganisers: [org-x0]\n"
        f"agenda:\n{attacks}decides:\n{attacks}"
    )
    return found


def write(folder: Path) -> Path:
    """Write the tracker into a folder, which is returned."""
    return trackers.write(folder, files())
