"""A civil servant's work in Finnish, typed in a real terminal: some thirty tasks, and no editor.

The tasks build on each other: a session of a shell runs all of them once, in a clone with a copy of the repository's
data, and each test looks at what one task gave. Where a question is answered, it is typed as it would be read aloud.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pexpect
import pytest
from docx import Document
from openpyxl import load_workbook
from slugify import slugify

from tests.running import DATA

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals"),
    # One worker, so that the session is run once.
    pytest.mark.xdist_group("trial"),
]
PROMPT = "sihteeri> "
EFFECTS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]")


class Task(NamedTuple):
    """Something that a civil servant does, and what she has to see then."""

    what: str
    typed: str
    """The command."""
    seen: tuple[str, ...] = ()
    """What has to be in the answer, with one space for every gap."""
    answers: tuple[tuple[str, str], ...] = ()
    """Questions, and what is typed at them."""
    code: int = 0
    before: Callable[[Path], None] | None = None
    """What happens outside the terminal first: somebody fills a workbook in."""


class Outcome(NamedTuple):
    """What a task gave."""

    code: int
    seen: str


def filled(name: str, row_id: str, **cells: str) -> Callable[[Path], None]:
    """Return what fills in the row of a record in a workbook, by the keys above its heads."""

    def fill(folder: Path) -> None:
        book = load_workbook(folder / name)
        sheet = book.worksheets[0]
        rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
        keys = next(row for row in rows if {*cells} <= {*row})
        number = next(number for number, row in enumerate(rows, 1) if row_id in row)
        for key, text in cells.items():
            sheet.cell(number, keys.index(key) + 1).value = text
        book.save(folder / name)

    return fill


MEETING = "elo-foorumi-12-2-2027"
TASKS = [
    Task("Mistä aloitetaan?", "elo", ("19 toimenpidettä · 13 välitavoitetta", "elo deadlines", "elo --help")),
    Task("Miten komentoa käytetään?", "elo help update", ("Esimerkkejä:", "--effective")),
    Task("Etsi tietue sanalla", "elo find pilotointi", ("dsp-pilots", "on käynnistetty")),
    Task("Näytä ministeriö lyhenteellä", "elo show OKM", ("Opetus- ja kulttuuriministeriö",)),
    Task("Näytä nimellä, joka on väärin", "elo show pilotit", ("lähin on dsp-pilots",), code=2),
    Task(
        "Mitä OKM:ltä puuttuu?", "elo deadlines --owner OKM", ("Rajaus: Vastuutahot: OKM", "II/2023", "raportoimatta")
    ),
    Task("Miten strategia etenee?", "elo status", ("Digitaalisesti", "26 milj. € (RRF)")),
    Task(
        "Kirjaa kutsu",
        'elo new document --name "Kutsu ELO-foorumiin 12.2.2027" --date 1.2.2027 --publisher OKM',
        ("documents.yaml",),
    ),
    Task(
        "Kirjaa kokous",
        'elo new meeting --name "ELO-foorumi 12.2.2027" --type foorumi --date 12.2.2027 --organisers ELO-foorumi'
        " --source kutsu-elo-foorumiin-12-2-2027",
        (f"data/meetings/{MEETING}.yaml",),
    ),
    Task(
        "Tee kokousaineisto",
        f"elo report meeting --meeting {MEETING} -o kokousaineisto.docx",
        ("kirjoitettu: kokousaineisto.docx",),
    ),
    Task("Lähetä ministeriölle taulukko", "elo export kysely-okm.xlsx --owner OKM", ("kysely-okm.xlsx",)),
    Task("Tee kyselyviestit", "elo report chase --email viestit --answer-by 5.3.2027", ("viestit",)),
    Task("Tallenna", 'git add data && git commit -q -m "Kutsu"'),
    Task(
        "Kirjaa ministeriön vastaus kysymyksiin vastaamalla",
        "elo update dsp-pilots",
        ("Tila: ei ilmoitettu → toteutunut, 15.2.2027, ilmoittaja OKM", "kirjoitettu: data/milestones/dsp-pilots.yaml"),
        (
            ("Ajankohta", "15.2.2027"),
            ("Ilmoittaja", "OKM"),
            ("Mikä on muuttunut", "Tila"),
            ("Tila", "valmis"),
            ("Mikä on muuttunut", ""),
            ("Tapahtuma-aika", "20.6.2023"),
            ("[fi]", "Pilotit otettiin käyttöön"),
            ("[sv]", ""),
            ("[en]", ""),
            ("Kirjoitetaanko", "k"),
        ),
    ),
    Task(
        "Katso, mitä muuttui",
        "elo diff",
        ("1 tietue", "uusi tieto 15.2.2027, OKM: Pilotit otettiin käyttöön", "Tila: toteutunut"),
    ),
    Task(
        "Kirjoita päivä, joka ei ole selvä",
        'elo update onni --note "Hanke jatkuu" --by TEM --date 1/2027',
        ("2027-01 – tammikuu 2027", "kirjoitettu: data/measures/onni.yaml"),
        (("2027-Q1 – I/2027", "1"),),
    ),
    Task(
        "Peru se, mikä meni väärään tietueeseen",
        "elo undo onni",
        ("palautettu: data/measures/onni.yaml",),
    ),
    Task("Ei peruta kaikkea sittenkään", "elo undo", ("Pilotit otettiin käyttöön",), (("(k/e)", "e"),)),
    Task(
        "Lue ministeriön täyttämä taulukko",
        "elo import kysely-okm.xlsx --mapping chase --by OKM",
        ("teas-call", "toteutunut"),
        before=filled("kysely-okm.xlsx", "teas-call", new_status="toteutunut", date="15.2.2027", note="Haku päättyi"),
    ),
    Task("Hyväksy se", "elo import kysely-okm.xlsx --mapping chase --by OKM --yes", ("teas-call",)),
    Task("Tallenna vastaukset", 'git add data && git commit -q -m "OKM:n vastaukset"'),
    Task(
        "Mitätöi julkaistu tieto",
        'elo retract dsp-pilots 2 --reason "Vastaus koski toista pilottia"',
        ("kirjoitettu: data/milestones/dsp-pilots.yaml",),
    ),
    Task("Näytä mitätöity tieto", "elo show dsp-pilots", ("mitätöity 15.2.2027: Vastaus koski toista pilottia",)),
    Task(
        "Siirrä määräaika ilman päätöstä", "elo update dsp-services --due IV/2025 --by OKM", ("ei kirjoitettu",), code=1
    ),
    Task(
        "Siirrä määräaika päätöksellä",
        f'elo update dsp-services --due IV/2025 --reason "Kehitystyö jatkuu" --decided-by {MEETING} --by OKM',
        ("kirjoitettu: data/milestones/dsp-services.yaml",),
    ),
    Task(
        "Kirjaa myönnetty rahoitus",
        'elo update digital-service-package-rrf --stage myönnetty --amount "24,5 milj. €" --by OKM',
        ("kirjoitettu: data/funding/digital-service-package-rrf.yaml",),
    ),
    Task(
        "Kirjaa uusi toimenpide",
        'elo new measure --name "Ohjauksen laatukriteerit" --goal "Laadukkaasti ja yhdenvertaisesti"'
        " --responsible OPH,OKM --status suunniteltu --source kutsu-elo-foorumiin-12-2-2027",
        ("data/measures/ohjauksen-laatukriteerit.yaml",),
    ),
    Task(
        "Oikaise kirjausvirhe",
        'elo set ohjauksen-laatukriteerit nimi "Ohjauksen laatu" --reason "Kutsun sana on laatu"',
        ("kirjoitettu: data/measures/ohjauksen-laatukriteerit.yaml",),
    ),
    Task(
        "Lisää käännös",
        'elo set ohjauksen-laatukriteerit nimi sv="Vägledningens kvalitet" en="Quality of guidance"',
        ("kirjoitettu: data/measures/ohjauksen-laatukriteerit.yaml",),
    ),
    Task(
        "Käännä yksi teksti kysyttäessä ja lopeta",
        "elo translate --to sv",
        ("Ctrl+C lopettaa, ja jo kirjoitettu säilyy", "+ sv: Kallelsens ord är kvalitet"),
        (("(k/e)", "k"), ("[sv]", "Kallelsens ord är kvalitet"), ("[sv]", "\x03")),
        code=130,
    ),
    Task(
        "Ministeriön nimi muuttuu päivästä alkaen",
        'elo update okm --name "Sivistysministeriö" --abbreviation SIM --date 15.2.2027 --by VNK',
        ("kirjoitettu: data/vocabulary/organisations.yaml",),
    ),
    Task("Löytyykö ministeriö vanhalla nimellä?", "elo find opetus- ja kulttuuriministeriö", ("okm",)),
    Task(
        "Kirjaa kokouksen päätös",
        f'elo update {MEETING} --decisions raportti="Loppuraportti valmistuu syksyllä" --date 12.2.2027 --by OKM',
        (f"kirjoitettu: data/meetings/{MEETING}.yaml",),
    ),
    Task(
        "Tee muistio",
        f"elo report meeting --meeting {MEETING} --minutes -o muistio.docx",
        ("kirjoitettu: muistio.docx",),
    ),
    Task("Mitä on muuttunut kokouksen jälkeen?", f"elo diff --since-meeting {MEETING}", ("myönnetty", "IV/2025")),
    Task("Onko kaikki kunnossa?", "elo check --level warning", ("0 virhettä",)),
    Task("Tee sivut", "elo site sivusto", ("tiedostoa kirjoitettu: sivusto",)),
    Task("Näytä toimenpide ruotsiksi", "elo show ohjauksen-laatukriteerit --lang sv", ("Vägledningens kvalitet",)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with a copy of the data, committed on the first day of 2027."""
    root = tmp_path_factory.mktemp("trial")
    shutil.copytree(DATA, root / "data")
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2027-01-01T12:00:00Z")
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Alku"]):
        subprocess.run(["git", *words], cwd=root, check=True, env=os.environ | when)
    return root


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> dict[str, Outcome]:
    """Do every task in one session of a shell, in Finnish, in a terminal of 100 columns."""
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2027-02-15T12:00:00Z")
    own = {"ELO_TODAY": "2027-02-15", "ELO_LANG": "fi", "TERM": "xterm-256color", "PS1": PROMPT}
    own["PROMPT_TOOLKIT_NO_CPR"] = "1"
    own["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "--noediting"],
        cwd=str(folder),
        env=os.environ | when | own,
        encoding="utf-8",
        dimensions=(50, 100),
        timeout=60,
        echo=False,
    )
    shell.expect_exact(PROMPT)
    try:
        return {task.what: _done(shell, folder, task) for task in TASKS}
    finally:
        shell.close(force=True)


def _done(shell: "pexpect.spawn[str]", folder: Path, task: Task) -> Outcome:
    if task.before:
        task.before(folder)
    shell.sendline(task.typed)
    seen = ""
    for question, answer in task.answers:
        if shell.expect_exact([question, PROMPT]):
            return Outcome(-1, f"{question} was not asked: {seen}{shell.before}")
        seen += shell.before or ""
        shell.send(f"{answer}\r")
    shell.expect_exact(PROMPT)
    seen += shell.before or ""
    shell.sendline("echo $?")
    shell.expect_exact(PROMPT)
    code = int(EFFECTS.sub("", shell.before or "").split()[-1])
    return Outcome(code, " ".join(EFFECTS.sub("", seen).split()))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: slugify(task.what))
def test_task(task: Task, outcomes: dict[str, Outcome]) -> None:
    """The task leaves as it should, and what she needs to see is there."""
    outcome = outcomes[task.what]
    assert outcome.code == task.code, outcome.seen
    for words in task.seen:
        assert words in outcome.seen
    assert "Traceback" not in outcome.seen


def test_what_the_tasks_left(outcomes: dict[str, Outcome], folder: Path) -> None:
    """The files hold the canonical form of what was typed in Finnish, and nothing of what was undone."""
    assert outcomes
    money = (folder / "data/funding/digital-service-package-rrf.yaml").read_text("utf-8")
    assert money.endswith("    by: okm\n    stage: granted\n    amount: 24.5 M€\n")
    call = (folder / "data/milestones/teas-call.yaml").read_text("utf-8")
    assert "    status: completed\n" in call
    assert (folder / "data/measures/onni.yaml").read_bytes() == (DATA / "measures/onni.yaml").read_bytes()


def test_what_is_handed_out(outcomes: dict[str, Outcome], folder: Path) -> None:
    """Brief and minutes are Word documents that name the meeting and what it decided; each message has its sheet."""
    assert outcomes
    for name, word in (("kokousaineisto", "Kokousaineisto"), ("muistio", "Loppuraportti valmistuu syksyllä")):
        text = [paragraph.text for paragraph in Document(str(folder / f"{name}.docx")).paragraphs]
        assert any("ELO-foorumi 12.2.2027" in line for line in text[:3])
        assert any(word in line for line in text)
    messages = [
        BytesParser(policy=policy.default).parsebytes(path.read_bytes()) for path in (folder / "viestit").glob("*.eml")
    ]
    assert len(messages) > 3
    assert all([*message.iter_attachments()] for message in messages)


def test_the_pages_in_a_browser(outcomes: dict[str, Outcome], folder: Path, browser: "Browser") -> None:
    """The new measure is on the pages in Finnish, and in Swedish by the link of the language."""
    assert outcomes
    page = browser.new_page()
    try:
        page.goto((folder / "sivusto/fi/measures/ohjauksen-laatukriteerit.html").as_uri())
        assert page.locator("h1").inner_text() == "Ohjauksen laatu"
        page.locator("a[hreflang=sv]").first.click()
        assert page.locator("h1").inner_text() == "Vägledningens kvalitet"
    finally:
        page.close()
