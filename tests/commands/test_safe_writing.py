"""What the writing verbs say is true, and what someone wrote is never dropped."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from elo_cli.commands.edit import editor_words
from elo_cli.store.disk.plan import Step, digest_of, keep_plan, unfinished
from elo_cli.store.disk.writing import writing
from tests.long.killer import held
from tests.running import DATA, Runner

ROOT = Path(__file__).parents[2]
ELO = f"{sys.executable} -m elo_cli"
UPDATE = f"{ELO} update onni --by okm --note word"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="streams are closed by a shell of POSIX")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the repository's data to write to."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def shell(data: Path, line: str) -> "subprocess.CompletedProcess[str]":
    """Run a line of shell beside a tracker."""
    given = {"ELO_DATA": str(data), "ELO_LANG": "en", "PYTHONPATH": str(ROOT)}
    return subprocess.run(["sh", "-c", line], cwd=data.parent, env=os.environ | {"PYTHONIOENCODING": "utf-8"} | given,
                          capture_output=True, encoding="utf-8", check=False)  # fmt: skip


@pytest.mark.parametrize("stream", [">/dev/full", ">&-", "2>&-", "2>/dev/full", "<&-"])
def test_what_is_written_is_told_as_written(data: Path, stream: str) -> None:
    """An update lands once with exit code 0, whatever becomes of its answer: a second try would double it."""
    run = shell(data, f"{UPDATE} {stream}")
    assert run.returncode == 0, run.stderr
    assert (data / "measures/onni.yaml").read_text("utf-8").count("fi: word") == 1
    if stream in {">/dev/full", ">&-"}:
        assert "the change is written; only the answer could not be shown" in run.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"{ELO} status >&-", 3),
        (f"{ELO} status >/dev/full", 3),
        (f"{ELO} update onni <&-", 2),
        (f"{ELO} nosuch 2>&-", 2),
        (f"{ELO} status 2>&- <&-", 0),
        (f"{UPDATE} --dry-run >/dev/full", 3),
    ],
)
def test_closed_and_full_streams_leave_with_the_right_code(data: Path, line: str, code: int) -> None:
    """A stream that is closed or full is no fault of elo, and never a traceback."""
    run = shell(data, line)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr


STEP = '{{"path": "{path}", "draft": "0", "old": {old}, "new": "{new}"}}'


@pytest.mark.parametrize("path", ["../.git/hooks/pre-commit", "measures/onni.yaml"])
@pytest.mark.parametrize("plan", ["", "[]", "[{step}]", "[{step}, {step}]"])
def test_a_committed_plan_is_not_carried_out(elo: Runner, data: Path, path: str, plan: str) -> None:
    """A plan in the tracker, whole or empty, acts on nothing, keeps nobody from writing, and is an error of check."""
    (data / ".elo-draft").mkdir()
    (data / ".elo-draft/0").write_bytes(b"evil")
    old = data / path
    digest = f'"{sha256(old.read_bytes()).hexdigest()}"' if old.exists() else "null"
    step = STEP.format(path=path, old=digest, new=sha256(b"evil").hexdigest())
    (data / ".elo-draft/plan.json").write_text(plan.replace("{step}", step), "utf-8")
    (data.parent / ".git/hooks").mkdir(parents=True)
    run = elo("update", "dsp-pilots", "--by", "okm", "--note", "x", data=data)
    assert run.code == 0, run.err
    assert not (data.parent / ".git/hooks/pre-commit").exists()
    assert (data / "measures/onni.yaml").read_bytes() == (DATA / "measures/onni.yaml").read_bytes()
    assert "file-of-elo" in elo("check", data=data).out


def test_without_a_memory_one_file_is_written_and_several_are_not(elo: Runner, data: Path) -> None:
    """Where the user's state folder cannot be used, a change that could be left half done is refused."""
    given = {"XDG_STATE_HOME": "/dev/null"}
    assert elo("update", "onni", "--by", "okm", "--note", "x", data=data, env=given).code == 0
    before = held(data)
    run = elo("mv", "okm", "minedu", "--lang", "en", data=data, env=given)
    assert (run.code, "as it was" in run.err) == (3, True)
    assert held(data) == before


def editor(tmp_path: Path, text: str) -> dict[str, str]:
    """Return an environment whose editor is this script."""
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return {"EDITOR": str(path)}


SLIDE = 'sed -i "s/slide: 15/slide: 16/" "$1"'


def test_what_lands_while_someone_edits_is_merged(elo: Runner, data: Path, tmp_path: Path) -> None:
    """An update that lands while the editor is open is in the file afterwards, beside what was edited."""
    given = editor(tmp_path, f"{ELO} update dsp-pilots --by okm --note meanwhile --data {data} >&2\n{SLIDE}")
    run = elo("edit", "dsp-pilots", data=data, env=given | {"PYTHONPATH": str(ROOT)})
    assert run.code == 0, run.err
    text = (data / "milestones/dsp-pilots.yaml").read_text("utf-8")
    assert "slide: 16" in text
    assert "fi: meanwhile" in text
    assert "# yaml-language-server: $schema=../../schemas/milestone.schema.json\n" in text


def test_a_kept_text_is_not_written_over_what_landed_since(elo: Runner, data: Path, tmp_path: Path) -> None:
    """A text that was kept because of an error is compared with what it was begun from, however late it lands."""
    assert elo("edit", "dsp-pilots", data=data, env=editor(tmp_path, f'{SLIDE}\necho "x: y" >>"$1"')).code == 1
    assert elo("update", "dsp-pilots", "--by", "okm", "--note", "meanwhile", data=data).code == 0
    run = elo("edit", "dsp-pilots", "--lang", "en", data=data, env=editor(tmp_path, 'sed -i "/^x: y/d" "$1"'))
    assert run.code == 0, run.err
    assert "goes on with the text that you kept" in run.err
    text = (data / "milestones/dsp-pilots.yaml").read_text("utf-8")
    assert "slide: 16" in text
    assert "fi: meanwhile" in text


def test_two_changes_of_one_thing_are_both_kept(elo: Runner, data: Path, tmp_path: Path) -> None:
    """Where both changed one value nothing is written, and the next edit shows both between markers."""
    path = data / "milestones/dsp-pilots.yaml"
    given = editor(tmp_path, f'sed -i "s/^due: .*/due: 2023-Q4/" {path}\nsed -i "s/^due: .*/due: 2023-Q3/" "$1"')
    run = elo("edit", "dsp-pilots", "--lang", "en", data=data, env=given)
    assert run.code == 1
    assert "Both texts are kept" in run.err
    assert "\ndue: 2023-Q4\n" in path.read_text("utf-8")
    seen = tmp_path / "seen"
    run = elo("edit", "dsp-pilots", data=data, env=editor(tmp_path, f'cp "$1" {seen}'))
    assert run.code == 1
    text = seen.read_text("utf-8")
    assert "\ndue: 2023-Q3\n" in text
    assert "\ndue: 2023-Q4\n" in text
    chosen = tmp_path / "chosen"
    chosen.write_bytes(path.read_bytes().replace(b"due: 2023-Q4", b"due: 2023-Q3"))
    assert elo("edit", "dsp-pilots", data=data, env=editor(tmp_path, f'cp {chosen} "$1"')).code == 0
    assert path.read_bytes() == chosen.read_bytes()


def test_one_file_is_edited_by_one_at_a_time(elo: Runner, data: Path, tmp_path: Path) -> None:
    """A second edit of a file that is open is refused, and neither text is lost."""
    given = editor(tmp_path, f'EDITOR=true {ELO} edit dsp-pilots --data {data} 2>"{tmp_path}/err" >&2\n{SLIDE}')
    run = elo("edit", "dsp-pilots", data=data, env=given | {"PYTHONPATH": str(ROOT), "ELO_LANG": "en"})
    assert run.code == 0, run.err
    assert "is open in another elo edit" in (tmp_path / "err").read_text("utf-8")
    assert "slide: 16" in (data / "milestones/dsp-pilots.yaml").read_text("utf-8")


def test_a_committed_draft_is_not_what_edit_writes(elo: Runner, data: Path, tmp_path: Path) -> None:
    """A file named like the drafts of an earlier version is not opened, not written, and an error of check."""
    path = data / "milestones/dsp-pilots.yaml"
    theirs = path.with_name(".dsp-pilots.edit.yaml")
    theirs.write_bytes(path.read_bytes().replace(b"slide: 15", b"slide: 99"))
    assert elo("edit", "dsp-pilots", data=data, env=editor(tmp_path, SLIDE)).code == 0
    assert "slide: 16" in path.read_text("utf-8")
    run = elo("check", data=data)
    assert (run.code, "file-of-elo" in run.out) == (1, True)


def test_fmt_waits_for_who_writes(data: Path) -> None:
    """Fmt reads when it holds the lock: a change that lands while it waits is no reason to refuse."""
    path = data / "milestones/dsp-pilots.yaml"
    path.write_bytes(path.read_bytes() + b"\n\n")
    given = {"ELO_DATA": str(data), "ELO_LANG": "en", "PYTHONPATH": str(ROOT)}
    with writing(data) as writer:
        run = subprocess.Popen([*ELO.split(), "fmt"], cwd=data.parent, env=os.environ | given,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(2)
        old = writer.read("milestones/dsp-pilots.yaml") or b""
        writer.write({"milestones/dsp-pilots.yaml": old.replace(b"slide: 15", b"slide: 16")})
    assert run.communicate()[1] == b"elo: 1 file was rewritten\n"
    assert path.read_bytes().endswith(b"\n")
    assert b"slide: 16" in path.read_bytes()


def test_a_mixture_is_told_by_readers_and_finished_by_the_next_writer(elo: Runner, data: Path) -> None:
    """Where a writer died between two files, every reader says so, and the next verb that writes does the rest."""
    paths = ["measures/onni.yaml", "milestones/dsp-pilots.yaml"]
    old = {path: (data / path).read_bytes() for path in paths}
    new = {path: content.replace(b"slide: ", b"slide: 1") for path, content in old.items()}
    keep_plan(data, {path: Step(digest_of(old[path]), new[path]) for path in paths})
    (data / paths[0]).write_bytes(new[paths[0]])
    before = held(data)
    for verb in (
        ["status"],
        ["check"],
        ["show", "onni"],
        ["list", "measures"],
        ["update", "onni", "--note", "x", "--dry-run"],
    ):
        run = elo(*verb, "--lang", "en", data=data)
        assert "a change was cut off, and milestones/dsp-pilots.yaml is old still" in run.err, verb
    assert held(data) == before
    run = elo("update", "onni", "--by", "okm", "--note", "x", "--lang", "en", data=data)
    assert "a change that had been cut off is finished: milestones/dsp-pilots.yaml" in run.err
    assert (data / paths[1]).read_bytes() == new[paths[1]]
    assert unfinished(data) == []
    assert "cut off" not in elo("status", "--lang", "en", data=data).err


def test_a_report_is_not_written_over_what_someone_wrote(elo: Runner, data: Path, tmp_path: Path) -> None:
    """-o replaces its own report, and with --force any file; a text that someone edited or a link it lets be."""
    target = tmp_path / "r.md"
    words = ("report", "summary", "-o", str(target), "--lang", "en")
    for _ in range(2):
        assert elo(*words, data=data).code == 0
    target.write_text("mine", "utf-8")
    run = elo(*words, data=data)
    assert (run.code, target.read_text("utf-8")) == (2, "mine")
    assert "--force" in run.err
    assert elo(*words, "--force", data=data).code == 0
    target.unlink()
    target.symlink_to(tmp_path / "nowhere")
    assert elo(*words, "--force", data=data).code == 2
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "-"])
@pytest.mark.parametrize(
    "words", ["report summary -o", "calendar -o", "timeline --format svg -o", "export --format json"]
)
def test_stdout_has_its_names(data: Path, words: str, name: str) -> None:
    """Into a pipe and into a file the answer is the same, by whichever name stdout goes."""
    piped = shell(data, f"{ELO} {words} {name} | cat")
    filed = shell(data, f"{ELO} {words} {name} > out; cat out")
    assert len(piped.stdout) > 1000, piped.stderr
    assert filed.stdout == piped.stdout


@pytest.mark.parametrize("target", [Path("data"), Path("data/measures"), Path()])
@pytest.mark.parametrize("words", [("site",), ("export", "--format", "csv")])
def test_no_output_takes_the_place_of_a_tracker(
    elo: Runner, data: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], target: Path
) -> None:
    """Neither a mark that someone committed nor --force lets an output replace the data or a part of it."""
    monkeypatch.chdir(data.parent)
    listed = [path.relative_to(target).as_posix() for path in sorted(target.rglob("*")) if path.is_file()]
    (target / ".elo-output").write_text("".join(f"{path}\n" for path in listed), "utf-8")
    for more in ([], ["--force"]):
        assert elo(*words, str(target), *more, data=data).code == 2
    assert (data / "measures/onni.yaml").read_bytes() == (DATA / "measures/onni.yaml").read_bytes()


@pytest.mark.parametrize("link", ["README.md", "data", "schemas", "data/measures"])
def test_init_follows_no_link(elo: Runner, tmp_path: Path, link: str) -> None:
    """A link in the folder of a new tracker is not written through, dangling or not."""
    folder = tmp_path / "new"
    (folder / link).parent.mkdir(parents=True)
    (tmp_path / "else").mkdir()
    (folder / link).symlink_to(tmp_path / ("nowhere" if link == "README.md" else "else"))
    assert elo("init", str(folder), data=None).code == 2
    assert list((tmp_path / "else").iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("named", "windows", "words"),
    [
        ("nano", False, ["nano"]),
        ("code --wait", False, ["code", "--wait"]),
        ("'/opt/an editor' -n", False, ["/opt/an editor", "-n"]),
        ("notepad", True, ["notepad"]),
        (r"C:\tools\vim.exe -f", True, [r"C:\tools\vim.exe", "-f"]),
        (r'"C:\Program Files\Notepad++\notepad++.exe" -multiInst', True,
         [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst"]),
    ],
)  # fmt: skip
def test_an_editor_is_named_as_each_system_does(named: str, words: list[str], *, windows: bool) -> None:
    """A path of Windows keeps its backslashes, and loses the quotes that hold its spaces."""
    assert editor_words(named, windows=windows) == words
