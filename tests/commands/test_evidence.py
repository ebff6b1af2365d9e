"""The evidence gate: `elo check --evidence` reads only what it may, and payment is not asked for too early."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from elo_cli.store import evidence
from tests import trackers
from tests.running import Runner

OTHER = "0" * 64
TARGET = """\
type: rrf-target
indicator: {unit: {en: people}, baseline: 0, goal: 10}
verification:
  mechanism: {en: A report is sent.}
  evidence:
    report: {en: A report}
"""


def documents(*archives: str, sha256: str | None = None) -> str:
    """Give a milestone with a document for each of these places in the archive."""
    stated = f", sha256: '{sha256}'" if sha256 else ""
    return "type: national\nevidence:\n" + "".join(
        f"  - {{title: Report, archive: '{archive}'{stated}}}\n" for archive in archives
    )


def found(elo: Runner, folder: Path, archives: Sequence[str], sha256: str | None = None) -> list[tuple[str, str]]:
    """Return the rules about evidence that find something, each with the place in the archive or the names it tells."""
    data = trackers.write(folder / "data", {"milestones/m": documents(*archives, sha256=sha256)})
    run = elo("check", "--evidence", str(folder / "evidence"), "--format", "json", data=data)
    told = [one for one in json.loads(run.out)["findings"] if one["rule"].startswith("evidence-")]
    return [(one["rule"], one["args"].get("archive") or one["args"].get("names", "")) for one in told]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a folder of evidence, in which a report lies."""
    (tmp_path / "evidence" / "2022").mkdir(parents=True)
    (tmp_path / "evidence" / "2022" / "report.pdf").write_bytes(b"report")
    return tmp_path


@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"report", []), (b"Report", ["evidence-hash-mismatch"]), (b"", ["evidence-hash-mismatch"])],
)
def test_the_file_is_held_to_its_hash(elo: Runner, folder: Path, content: bytes, rule: list[str]) -> None:
    """A swapped file is an error, and the file itself is none."""
    (folder / "evidence" / "2022" / "report.pdf").write_bytes(content)
    stated = hashlib.sha256(b"report").hexdigest()
    assert [name for name, _ in found(elo, folder, ["2022/report.pdf"], stated)] == rule


@pytest.mark.parametrize(("content", "rule"), [(b"report", []), (b"Report", ["evidence-hash-mismatch"])])
def test_documents_of_a_payment_request_are_held_too(
    elo: Runner, folder: Path, content: bytes, rule: list[str]
) -> None:
    """What is sent with a payment request is held to its hash, and is no file that nobody names."""
    (folder / "evidence" / "2022" / "report.pdf").write_bytes(content)
    document = f"{{title: A, archive: 2022/report.pdf, sha256: '{hashlib.sha256(b'report').hexdigest()}'}}"
    request = f"number: 1\ninstrument: rrf\nupdates: [{{date: 2022-01-01, evidence: [{document}]}}]\n"
    data = trackers.write(folder / "data", {"requests/r": request})
    run = elo("check", "--evidence", str(folder / "evidence"), "--format", "json", data=data)
    told = [one["rule"] for one in json.loads(run.out)["findings"] if one["rule"].startswith("evidence-")]
    assert told == rule


def test_a_file_in_pieces_has_the_hash_of_the_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of more than a piece, and of more than a record may have, is read whole and told of as it is read."""
    content = os.urandom(1024) * 3000
    (folder / "evidence" / "big").write_bytes(content)
    monkeypatch.setattr(evidence, "PIECE", 1000)
    told: list[tuple[int, int]] = []
    archive = evidence.EvidenceFolder(folder / "evidence", lambda files, read: told.append((files, read)))
    assert archive.sha256("big") == hashlib.sha256(content).hexdigest()
    assert told[-1] == (1, len(content))
    assert len(told) >= len(content) // 1000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_nothing_but_plain_files_is_read(elo: Runner, folder: Path) -> None:
    """Links to files and folders, pipes and folders are told at the record, none followed and none waited for."""
    lies = folder / "evidence"
    (folder / "secret.txt").write_text("secret", "utf-8")
    (lies / "link.pdf").symlink_to(folder / "secret.txt")
    (lies / "dangling.pdf").symlink_to(folder / "nowhere")
    (lies / "out").symlink_to(folder)
    os.mkfifo(lies / "pipe.pdf")
    archives = ["link.pdf", "dangling.pdf", "out/secret.txt", "pipe.pdf"]
    told = found(elo, folder, [*archives, "2022"], hashlib.sha256(b"secret").hexdigest())
    assert told[:5] == [("evidence-file-unreadable", name) for name in [*archives, "2022"]]
    assert ("evidence-folder-links", "dangling.pdf, link.pdf, out …") in told


@pytest.mark.parametrize("archive", ["/etc/hostname", "../secret.txt", "a/../../secret.txt", "a\\secret.txt"])
def test_no_path_leads_out_of_the_folder(elo: Runner, folder: Path, archive: str) -> None:
    """A path that begins at the top, or goes up, is no archive reference, and the record is not read."""
    (folder / "secret.txt").write_text("secret", "utf-8")
    data = trackers.write(folder / "data", {"milestones/m": documents(archive)})
    run = elo("check", "--evidence", str(folder / "evidence"), "--lang", "en", data=data)
    assert "schema-value" in run.out
    assert hashlib.sha256(b"secret").hexdigest() not in run.out


def test_a_file_full_of_holes_is_not_read(elo: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that claims more bytes than any document has is told and left alone."""
    with (folder / "evidence" / "huge.pdf").open("wb") as file:
        file.truncate(1 << 35)
    assert found(elo, folder, ["huge.pdf", "2022/report.pdf"]) == [
        ("evidence-file-unreadable", "huge.pdf"),
        ("evidence-hash-missing", "2022/report.pdf"),
    ]
    monkeypatch.setattr(evidence, "MOST_BYTES", 3)
    assert found(elo, folder, ["2022/report.pdf"])[0][0] == "evidence-file-unreadable"


def test_names_on_the_disk_do_nothing(elo: Runner, folder: Path) -> None:
    """A name with an escape sequence, a line break, a workflow command or bytes that are no text stays one line."""
    for name in (b"a\x1b[31mb", b"b\n::error::c", b"\xff.pdf"):
        Path(os.fsdecode(os.fsencode(folder / "evidence") + b"/" + name)).write_bytes(b"x")
    data = trackers.write(folder / "data", {"milestones/m": documents("VN/1/2022")})
    for form in ("text", "github", "gitlab", "sarif", "json"):
        run = elo("check", "--evidence", str(folder / "evidence"), "--format", form, "--lang", "en", data=data)
        assert run.code == 1, run.err
        assert "\x1b" not in run.out
        assert not any(line.startswith("::error::c") for line in run.out.splitlines())


@pytest.mark.parametrize(
    ("archive", "sha256", "rules"),
    [
        ("VN/1234/2024", None, []),
        ("VN/1234/2024", OTHER, ["evidence-file-missing"]),
        ("gone.pdf", None, ["evidence-file-missing"]),
        ("2022/report.pdf/inner.pdf", None, ["evidence-file-missing"]),
        (f"{'x' * 300}.pdf", None, ["evidence-file-unreadable"]),
    ],
)
def test_a_reference_is_no_file(elo: Runner, folder: Path, archive: str, sha256: str | None, rules: list[str]) -> None:
    """What has neither a hash nor a suffix may lie in another archive; anything else has to be there."""
    told = [rule for rule, _ in found(elo, folder, [archive], sha256)]
    assert [rule for rule in told if rule != "evidence-file-unnamed"] == rules


def test_files_of_a_case_belong_to_its_reference(elo: Runner, folder: Path) -> None:
    """A reference that is a folder here names what lies in it; what nobody names is noted, once a folder."""
    case = folder / "evidence" / "VN" / "1" / "2022"
    case.mkdir(parents=True)
    (case / "letter.pdf").write_bytes(b"letter")
    assert found(elo, folder, ["VN/1/2022"]) == [("evidence-file-unnamed", "report.pdf")]


def test_a_folder_that_is_not_there_is_told_once(elo: Runner, tmp_path: Path) -> None:
    """A missing folder is one finding at the folder, and not one at each record; too many entries are another."""
    assert found(elo, tmp_path, ["a.pdf", "b.pdf"]) == [("evidence-folder-unreadable", "")]


def test_a_folder_of_very_many_files_is_told(elo: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more entries than are looked at the rest is not, and that is an error."""
    monkeypatch.setattr(evidence, "MOST_ENTRIES", 1)
    assert found(elo, folder, ["VN/1"])[0] == ("evidence-folder-unreadable", "")


def test_payment_is_requested_when_all_is_shown_or_a_reason_is_given(elo: Runner, tmp_path: Path) -> None:
    """`elo update --eu requested` is refused for each gap, the file untouched, until they are closed or explained."""
    data = trackers.write(tmp_path / "data", {"milestones/m": TARGET})
    path = data / "milestones/m.yaml"

    def requested(*words: str) -> tuple[int, int]:
        before = path.read_bytes()
        run = elo("update", "m", "--eu", "requested", "--date", "2022-06-01", *words, "--lang", "en", data=data)
        assert run.code == 0 or path.read_bytes() == before
        path.write_bytes(before)
        return run.code, run.err.count("meaning-eu-ahead")

    assert requested() == (1, 2)
    said = ("update", "m", "--date", "2022-05-01", "--status", "completed", "--value", "9", "--lang", "en")
    assert elo(*said, "--evidence", "title=A,label=a,uri=https://example.org,covers=report", data=data).code == 0
    assert requested() == (1, 1)
    assert requested("--value", "10") == (0, 0)
    assert requested("--reason", "The last one is certified in June") == (0, 1)
    assert elo("update", "m", "--date", "2022-05-02", "--returned", "report", "--reason", "x", data=data).code == 0
    assert requested("--value", "10") == (1, 1)
    assert elo("update", "m", "--date", "2022-05-03", "--verified", "a", data=data).code == 0
    assert requested("--value", "10") == (0, 0)


TOLD = {
    "milestones/a": (
        "type: rrf-target\ndue: 2022-Q4\nexpected: 2023-Q1\nmeasures: [m]\n"
        "indicator: {unit: {en: people}, baseline: 0, goal: 10}\n"
        "updates:\n  - {date: 2022-05-01, value: 9.99, confidence: off-track, reason: {en: No money}}\n"
    ),
    "milestones/b": "type: rrf-target\ndue: 2023-Q4\ndepends_on: [a]\ncontinues: a\nindicator: {goal: 30}\n",
    "measures/m": "key: true\n",
}


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (["show", "a"], ["Q1 2023 (after the due)", "99%", "33% of the last goal"]),
        (["show", "b"], ["waits for A (a), which is off track", "33% of the last goal"]),
        (["deadlines", "--within", "all"], ["expected Q1 2023, after the due", "waits for A (a)", "1 late forecast"]),
        (["list", "milestones"], ["expected Q1 2023, after the due"]),
        (["report", "rrf"], ["expected Q1 2023, after the due", "waits for A (a)", "## 1 late forecast", "99%"]),
        (["check"], ["forecast-late", "target-waits"]),
    ],
)
def test_forecasts_values_and_obstacles_are_told(
    elo: Runner, tmp_path: Path, words: list[str], texts: list[str]
) -> None:
    """Every verb that tells of a milestone says when it is expected, how far it is, and what it waits for."""
    data = trackers.write(tmp_path / "data", TOLD)
    out = elo(*words, "--as-of", "2022-06-01", "--lang", "en", data=data, width=200).out
    assert [text for text in texts if text not in out] == []


def test_a_forecast_that_has_passed_is_no_fact(elo: Runner, tmp_path: Path) -> None:
    """After its own last day a forecast is told as passed, and no longer as late."""
    data = trackers.write(tmp_path / "data", TOLD)
    out = elo("deadlines", "--within", "all", "--as-of", "2023-04-01", "--lang", "en", data=data, width=200).out
    assert "was expected Q1 2023, which has passed" in out
    assert "late forecast" not in out
    (row, *_) = json.loads(elo("deadlines", "--as-of", "2023-04-01", "--format", "json", data=data).out)["deadlines"]
    assert (row["forecast"]["expected"]["text"], row["forecast"]["passed"]) == ("2023-Q1", True)


def test_what_was_returned_is_no_document_of_the_report(elo: Runner, tmp_path: Path) -> None:
    """The report counts the documents that stand, and says apart how many were returned."""
    target = (
        f"{TARGET}status: completed\nevidence: [{{title: A, label: a}}, {{title: B, label: b}}]\n"
        "updates: [{date: 2022-01-01, returned: [a]}]\n"
    )
    data = trackers.write(tmp_path / "data", {"milestones/m": target})
    report = elo("report", "rrf", "--lang", "en", "--as-of", "2022-02-01", data=data).out
    assert "| 1 document, 1 returned, 1 piece missing |" in report
    shown = json.loads(elo("show", "m", "--format", "json", "--as-of", "2022-02-01", data=data).out)["evidence"]
    assert [(one["document"]["label"], one["standing"]) for one in shown["documents"]] == [
        ("a", "returned"),
        ("b", "brought"),
    ]
    assert shown["required"] == [{"key": "report", "standing": "missing"}]


@pytest.mark.parametrize(
    ("said", "cell"), [("", "–"), ("confidence: off-track", "off track"), ("status: planned", "planned")]
)
def test_the_report_says_of_delivery_what_is_stated(elo: Runner, tmp_path: Path, said: str, cell: str) -> None:
    """Delivery is the status and the confidence that are stated, and nothing where neither is."""
    data = trackers.write(tmp_path / "data", {"milestones/m": f"type: rrf-milestone\n{said}\n"})
    row = next(
        line
        for line in elo("report", "rrf", "--lang", "en", data=data).out.splitlines()
        if "| 0 doc" in line or "nothing required" in line
    )
    assert row.split(" | ")[3] == cell
