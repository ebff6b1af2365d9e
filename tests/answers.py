"""Records what elo answers, and compares: the net under a change that shall alter no answer.

`python -m tests.answers record DIR` keeps the inputs (the repository's data, a generated tracker of 500 records, every
example of a rule) and each verb's answer in each format and language; `python -m tests.answers compare DIR` asks again
with the same inputs, prints what differs and leaves with 1. Answers that lie in DIR are texts, so `diff -r` reads them;
archives are kept as what is in them. `--only WORD` takes the answers whose name holds the word.
"""

import argparse
import difflib
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.generate import generate
from elo_cli.cli import VERBS, main
from elo_cli.model import languages

ROOT: Final = Path(__file__).parents[1]
TODAY: Final = "2026-11-24"
DAYS: Final = (TODAY, "2023-01-01", "2021-04-09")
LANGUAGES: Final = tuple(languages.LANGUAGES)
FORMATS: Final = ("table", "json", "csv", "markdown")
KINDS: Final = ("measures", "funding", "milestones", "meetings", "goals", "organisations", "programmes", "instruments")
FOLDERS: Final = (*KINDS, "documents", "functions")
REPORTS: Final = ("summary", "meeting", "chase", "rrf", "progress", "funding")
GENERATED: Final = 500
_MOMENT: Final = re.compile(r"<dcterms:(created|modified)[^>]*>[^<]*<")
_GIT: Final = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": text for who in ("AUTHOR", "COMMITTER") for what, text in (("NAME", "A"), ("EMAIL", "a@b"))
    },
}


class Ask(NamedTuple):
    """One call: its words, the width of the terminal, and what it writes, if it does."""

    words: Sequence[str]
    width: int = 80
    writes: str = ""
    """The file, folder or data folder whose contents are part of the answer."""

    @property
    def name(self) -> str:
        """A file's name for the answer."""
        words = " ".join(self.words) + (f" @{self.width}" if self.width != 80 else "")
        return re.sub(r"[^A-Za-z0-9 @.=-]", "_", words)[:150]


def reading(data: Path, every: int) -> Iterator[Ask]:
    """Every reading verb; of records that are shown, each `every`-th one."""
    for lang in LANGUAGES:
        for day in DAYS:
            common = ("--lang", lang, "--as-of", day)
            for words in (*_tables(), *(("list", folder) for folder in FOLDERS)):
                yield Ask((*words, *common))
                yield Ask((*words, *common), 160)
                for form in FORMATS[1:] if day == TODAY or lang == "fi" else ():
                    yield Ask((*words, "--format", form, *common))
            for form in ("text", "json", "github", "gitlab", "sarif"):
                yield Ask(("check", "--format", form, *common))
            for report in REPORTS:
                yield Ask(("report", report, *common))
            for chart in ("measures", "money"):
                for form in ("svg", "mermaid"):
                    yield Ask(("timeline", "--chart", chart, "--format", form, *common))
            yield Ask(("calendar", "--alarm", "14", *common))
        yield from _files(lang)
    ids = [*(path.stem for path in sorted(data.glob("*/*.yaml")) if path.parent.name != "vocabulary"), *_entries(data)]
    for number, record in enumerate(ids[::every]):
        for lang in LANGUAGES:
            yield Ask(("show", record, "--lang", lang))
        lang, day = LANGUAGES[number % len(LANGUAGES)], DAYS[number % 3]
        yield Ask(("show", record, "--format", "json", "--as-of", day))
        yield Ask(("show", record, "--format", "markdown", "--lang", lang, "--as-of", day), 160)


def _tables() -> Iterator[tuple[str, ...]]:
    yield ("status",)
    yield ("status", "--all")
    yield ("deadlines",)
    yield ("deadlines", "--within", "all")
    yield ("timeline",)
    yield ("timeline", "--chart", "money")
    for by in ("instrument", "stage", "measure", "organisation"):
        yield ("funding", "--by", by)


def _files(lang: str) -> Iterator[Ask]:
    """What is written as files."""
    for form in ("xlsx", "json", "sqlite", "csv"):
        yield Ask(("export", f"out-{lang}.{form}", "--format", form, "--lang", lang), writes=f"out-{lang}.{form}")
    for report in REPORTS:
        for form in ("html", "docx"):
            name = f"{report}-{lang}.{form}"
            yield Ask(("report", report, "--format", form, "-o", name, "--lang", lang), writes=name)
    yield Ask(("site", f"site-{lang}", "--lang", lang), writes=f"site-{lang}")


def _entries(data: Path) -> list[str]:
    return [
        found
        for path in sorted((data / "vocabulary").glob("*.yaml"))
        for found in re.findall(r"^([a-z0-9-]+):", path.read_text("utf-8"), re.MULTILINE)
    ]


def history() -> Iterator[Ask]:
    """What is asked of git, and every writing verb, each of which changes the data for those that follow."""
    for lang in LANGUAGES:
        for form in ("table", "markdown", "json", "html"):
            for by in ("goal", "measure", "organisation"):
                yield Ask(("diff", "v1..v2", "--by", by, "--format", form, "--lang", lang))
        for record in ("dsp-services", "dsp-pilots", "okm"):
            for form in FORMATS:
                yield Ask(("log", record, "--format", form, "--lang", lang))
        yield Ask(("check", "--against", "v1", "--lang", lang))
        yield Ask(("status", "--rev", "v1", "--lang", lang))
        yield Ask(("export", "chase.xlsx", "--owner", "okm", "--force", "--lang", lang), writes="chase.xlsx")
        yield Ask(("import", "chase.xlsx", "--mapping", "chase", "--by", "okm", "--date", TODAY, "--lang", lang))
    yield from _filtered()
    yield from _writing()


def _filtered() -> Iterator[Ask]:
    yield Ask(("list", "milestones", "--owner", "okm", "--timing", "unreported"))
    yield Ask(("list", "funding", "--stage", "proposed", "--instrument", "rrf"))
    yield Ask(("list", "measures", "--status", "in-progress", "--lang", "en"))
    yield Ask(("list", "meetings", "--owner", "okm"))
    yield Ask(("list", "milestones", "--goal", "no-such-goal"))
    yield Ask(("list", "mesures"))
    yield Ask(("show", "dsp-servces"))
    yield Ask(("log", "dsp-servces"))
    yield Ask(("deadlines", "--owner", "okm", "--within", "all"))
    yield Ask(("calendar", "--owner", "okm", "--only", "meeting"))


def _writing() -> Iterator[Ask]:
    writes = "data"
    lang = ("--lang", "fi")
    evidence = ("--evidence", "title=Raportti,uri=https://example.org/a,covers=a+b")
    yield Ask(("update", "dsp-pilots", "--status", "completed", "--date", "2026-11-01", "--by", "okm", *evidence))
    yield Ask(("update", "dsp-services", "--due", "2027-Q2", "--by", "okm", "--date", "2026-11-02"))
    said = ("--by", "okm", "--date", "2026-11-02", "--note", "Siirtyi", "--note", "sv=Flyttad")
    why = ("--reason", "Siirtyi", "--decided-by", "vm", "--indicator", "goal=5,text.fi=Uusi")
    yield Ask(("update", "dsp-services", "--due", "2025-Q2", *why, *said), writes=writes)
    yield Ask(
        ("update", "digivisio-rrf", "--stage", "granted", "--amount", "6 M€", "--by", "okm", *lang), writes=writes
    )
    yield Ask(("update", "digivisio-rrf", "--amount", "six", "--by", "okm", *lang))
    yield Ask(("update", "okm", "--note", "x"))
    yield Ask(("set", "dsp-pilots", "due", "2023-Q3", "--reason", "Väärin"), writes=writes)
    yield Ask(("set", "dsp-pilots", "due", "soon", "--reason", "Väärin"))
    for kind, words in _NEW.items():
        for tongue in LANGUAGES:
            called = ("--id", f"new-{kind}-{tongue}", "--name", "Uusi", "--source", "treasury-2022,page=3")
            yield Ask(("new", kind, *called, *words, "--lang", tongue), writes=writes)
        yield Ask(("new", kind, "--id", "Not An Id", "--nmae", "x"))
        yield Ask(("new", kind, "--id", f"another-{kind}"))
    yield Ask(("new", "programme", "--id", "part", "--name", "Uusi", "--part-of", "no-such-programme"))
    yield Ask(("mv", "new-measure-fi", "newer-measure"), writes=writes)
    yield Ask(("mv", "okm", "opetusministerio"), writes=writes)
    yield Ask(("rm", "new-funding-sv", "--yes"), writes=writes)
    yield Ask(("rm", "rrf", "--yes"))
    yield Ask(("fmt",), writes=writes)
    yield Ask(("diff", "--lang", "en"))
    yield Ask(("check", "--against", "v2"))
    yield Ask(("init", "fresh", "--name", "Uusi strategia", "--languages", "fi,sv,en"), writes="fresh")
    yield Ask(("schema", "--write"), writes="schemas")


_NEW: Final[Mapping[str, Sequence[str]]] = {
    "measure": (
        "--responsible",
        "okm,tem",
        "--legal-basis",
        "document=act-682-2021",
        "--status",
        "planned",
        "--person-years",
        "amount=5",
    ),
    "funding": ("--measures", "onni", "--amount", "1.5 M€", "--shares", "okm=1.5 M€", "--basis", "total"),
    "milestone": ("--type", "national", "--measures", "onni", "--due", "2027-Q2"),
    "meeting": ("--type", "forum", "--date", "2027-01-15", "--agenda", "first.fi=Alku"),
    "goal": ("--type", "strategic-goal"),
    "organisation": ("--type", "ministry", "--abbreviation", "UM"),
    "programme": ("--period", "2021/2024"),
    "instrument": ("--last-day", "2027-01-01"),
    "document": ("--date", "2027-01", "--publisher", "okm"),
    "function": (),
}


def plain() -> Iterator[Ask]:
    """What is asked of no tracker: helps, rules, schemas, completion."""
    for lang in LANGUAGES:
        yield Ask(("--help",))
        for verb in VERBS:
            yield Ask((verb, "--help", "--lang", lang)) if verb == "status" else Ask((verb, "--lang", lang, "--help"))
        for form in ("table", "json", "markdown"):
            yield Ask(("rules", "--format", form, "--lang", lang))
        yield Ask(("report", "--list", "--lang", lang))
    yield Ask(("schema",))
    for path in sorted((ROOT / "schemas").rglob("*.schema.json")):
        yield Ask(("schema", path.relative_to(ROOT / "schemas").as_posix().removesuffix(".schema.json")))
    for shell in ("bash", "zsh", "fish", "powershell"):
        yield Ask(("completion", shell))
    for words in ((), ("list",), ("new",), ("show",), ("new", "measure", "--status"), ("update", "dsp-pilots", "--eu")):
        yield Ask(("__complete", ":", *words))


def examples(inputs: Path) -> Iterator[tuple[str, Ask]]:
    """The check of each example of a rule in each language, with the tracker that it is asked of."""
    for folder in sorted((inputs / "examples").iterdir()):
        day = folder / "as_of.txt"
        as_of = day.read_text("utf-8").strip() if day.exists() else "2021-06-01"
        for lang in LANGUAGES:
            yield f"examples/{folder.name}", Ask(("check", "--lang", lang, "--as-of", as_of))
        yield f"examples/{folder.name}", Ask(("check", "--format", "json", "--as-of", as_of))


def make_inputs(inputs: Path) -> None:
    """Keep what the answers are about, so that a later comparison asks of the same."""
    shutil.copytree(ROOT / "data", inputs / "own" / "data")
    generate(inputs / "generated", GENERATED)
    checks = ROOT / "tests" / "checks"
    for example in sorted((checks / "bad").iterdir()):
        target = inputs / "examples" / example.name / "data"
        shutil.copytree(checks / "base", target)
        shutil.copytree(example, target, symlinks=True, dirs_exist_ok=True)
        (target / "expected.txt").unlink()
        if (target / "as_of.txt").exists():
            (target / "as_of.txt").rename(target.parent / "as_of.txt")


def answer_all(part: str, inputs: Path, target: Path, only: str) -> int:
    """Ask everything of one part and write each answer to a file; gives how many there were."""
    count = 0
    with tempfile.TemporaryDirectory() as scratch:
        for tracker, ask in _of_part(part, inputs):
            work = Path(scratch) / tracker
            if not work.exists():
                shutil.copytree(inputs / ("own" if tracker == "history" else tracker), work, symlinks=True)
                if tracker == "history":
                    _commit(work)
            if only and only not in f"{part}/{ask.name}" and not ask.writes:
                continue
            os.chdir(work)
            _write(target / tracker / ask.name, _answer(ask, work))
            count += 1
        os.chdir(ROOT)
    return count


def _of_part(part: str, inputs: Path) -> Iterator[tuple[str, Ask]]:
    if part == "examples":
        yield from examples(inputs)
    elif part == "history":
        yield from (("history", ask) for ask in (*plain(), *history()))
    else:
        yield from ((part, ask) for ask in reading(inputs / part / "data", 1 if part == "own" else 40))


def _commit(work: Path) -> None:
    """A repository with two revisions: v1 without the updates of milestones and half of the funding, v2 with all."""
    later = {path: path.read_bytes() for path in sorted((work / "data" / "funding").glob("*.yaml"))[::2]}
    for path in later:
        path.unlink()
    for path in sorted((work / "data" / "milestones").glob("*.yaml")):
        later[path] = path.read_bytes()
        text = re.sub(rb"\nupdates:\n.*", b"\n", later[path], flags=re.DOTALL)
        path.write_bytes(text.replace(b"due: 2023", b"due: 2022"))
    _git(work, "init", "-q", "-b", "main")
    _revision(work, "v1", "2021-04-09")
    for path, content in later.items():
        path.write_bytes(content)
    _revision(work, "v2", "2023-01-01")


def _revision(work: Path, tag: str, day: str) -> None:
    when = f"{day}T12:00:00Z"
    _git(work, "add", "-A")
    _git(work, "commit", "-q", "-m", tag, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    _git(work, "tag", tag)


def _git(work: Path, *words: str, **variables: str) -> None:
    subprocess.run(["git", *words], cwd=work, check=True, env=os.environ | _GIT | variables)


def _answer(ask: Ask, work: Path) -> dict[str, bytes]:
    """What one call gives: exit code, both streams, and each file that it wrote."""
    os.environ |= _GIT | {"COLUMNS": str(ask.width), "ELO_TODAY": TODAY, "LANG": "C.UTF-8", "ELO_DEBUG": "1"}
    streams = io.BytesIO(), io.BytesIO()
    kept = sys.stdout, sys.stderr
    # Held by a name, since a wrapper that nobody holds closes what it wraps.
    wrapped = [io.TextIOWrapper(stream, "utf-8", write_through=True) for stream in streams]
    sys.stdout, sys.stderr = wrapped
    try:
        code = main(ask.words)
    finally:
        sys.stdout, sys.stderr = kept
    # The folder has another name each time.
    out, err = (stream.getvalue().replace(str(work).encode(), b"WORK") for stream in streams)
    found = {"": b"exit %d\n--- stdout\n%s\n--- stderr\n%s" % (code, out, err)}
    written = work / ask.writes
    if ask.writes and written.is_dir():
        found |= {path.relative_to(written).as_posix(): path.read_bytes() for path in _below(written)}
    elif ask.writes and written.exists():
        found |= _opened(written)
    return found


def _below(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.parts]


def _opened(path: Path) -> dict[str, bytes]:
    """A written file, an archive or a database by what is in it, without the moment when it was made."""
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {
                name: _MOMENT.sub("<dcterms:<", archive.read(name).decode()).replace("><", ">\n<").encode()
                for name in archive.namelist()
                if name.endswith((".xml", ".rels"))
            }
    if content.startswith(b"SQLite"):
        with closing(sqlite3.connect(path)) as database:
            return {"dump.sql": "\n".join(database.iterdump()).encode()}
    return {path.name: content}


def _write(target: Path, answer: Mapping[str, bytes]) -> None:
    for name, content in answer.items():
        path = target.with_name(f"{target.name}.files") / name if name else target.with_name(f"{target.name}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def run(inputs: Path, target: Path, only: str) -> int:
    """Ask everything, on two cores; gives how many answers there are."""
    with ProcessPoolExecutor(2) as pool:
        ask = partial(answer_all, inputs=inputs, target=target, only=only)
        return sum(pool.map(ask, ("own", "generated", "history", "examples")))


def compare(old: Path, new: Path, *, lines: int = 12) -> int:
    """Print what differs, each answer by its name and its first lines; gives how many differ."""
    names = sorted(
        {path.relative_to(top).as_posix() for top in (old, new) for path in top.rglob("*") if path.is_file()}
    )
    different = 0
    for name in names:
        before, after = (((top / name).read_bytes() if (top / name).exists() else b"") for top in (old, new))
        if before != after:
            different += 1
            texts = [text.decode("utf-8", "replace").split("\n") for text in (before, after)]
            delta = difflib.unified_diff(texts[0], texts[1], n=0)
            print(f"* {name}")  # noqa: T201 - a tool that prints
            for line in list(delta)[2 : lines + 2]:
                print(f"    {line[:160]}")  # noqa: T201
    return different


def tool(arguments: Sequence[str] | None = None) -> int:
    """Record or compare; 1 when an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=("record", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only the answers whose name holds this")
    parser.add_argument("--keep", type=Path, help="keep the new answers here")
    given = parser.parse_args(arguments)
    folder = given.folder.resolve()
    if given.act == "record":
        make_inputs(folder / "inputs")
        print(f"{run(folder / 'inputs', folder / 'answers', given.only)} answers")  # noqa: T201
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        new = (given.keep or Path(scratch)).resolve() / "answers"
        count = run(folder / "inputs", new, given.only)
        old = folder / "answers"
        if given.only:
            old = Path(scratch) / "old"
            for path in [path for path in new.rglob("*") if path.is_file()]:
                kept = folder / "answers" / path.relative_to(new)
                if kept.exists():
                    (old / path.relative_to(new)).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(kept, old / path.relative_to(new))
        different = compare(old, new)
        print(f"{count} answers, {different} files differ")  # noqa: T201
        return 1 if different else 0


if __name__ == "__main__":
    sys.exit(tool())
