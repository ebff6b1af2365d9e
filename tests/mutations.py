"""Trackers that were right until something in them was changed at random, and the calls that every verb has to bear.

A change is made of a record's values, by the types that the models give its fields, or of a file's bytes. What comes
of a seed is always the same.
"""

import json
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from random import Random
from types import UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

import yaml_rs
from pydantic import BaseModel

from elo_cli.cli import main
from elo_cli.model import languages
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS, RECORD_KINDS, VOCABULARIES
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.records.base import Update

BASE: Final = Path(__file__).parent / "checks" / "base"
LANGUAGES: Final = tuple(languages.LANGUAGES)
DAYS: Final = ("1900-01-01", "2021-06-01", "2023-02-15", "2026-08-31", "2199-12-31")
PERIODS: Final = (
    *DAYS,
    "1900", "2199", "2199-Q4", "1900/..", "2199/..", "1900/2199", "2021-Q4", "2021-spring",
    "2020-02-29", "2021-06-01/..",
)  # fmt: skip
MONEY: Final = ("0 €", "1 €", "24.3 M€", "200 k€", "750000 €", "0.01 €", "999999 M€")
TEXTS: Final = (
    "x", "A", "<script>alert(1)</script>", "=1+1", "{{ x }}", "| a | b |", "a\nb\n\nc", "%s {n} {0}", "[/b]", "-->",
    "\u202f€", "w" * 480, "שלום مرحبا", "👩‍👩‍👧‍👦", "a\u0301" * 9, ":tada: @someone #1", "'", '"',
    "\\", "\u00a0", "٣", "İ",
)  # fmt: skip
BYTES: Final = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\t", b"[", b"]", b"{", b"}", b"- ", b": ",
    b"? ", b"&a ", b"*a",
    b"!t ", b"<<: {}\n", b"---\n", b"...\n", b"%YAML 1.2\n", b"|\n", b">-\n", b"#", b"'", b'"',
    b"\\", b",", b"\n", b"  ",
    b"null", b"9" * 400, b"1e400", b".nan", b"0x1", b"yes", b"~", b"<<<<<<< x\n", b"=======\n", "\u2028".encode(),
    "\u202e".encode(), "\u200b".encode(), b"\xed\xa0\x80", b"updates: []\n", b"id: pilots\n",
)  # fmt: skip


class Fault(NamedTuple):
    """A call that ended as none may: what was called, with which exit code, and what it said."""

    call: tuple[str, ...]
    code: int
    said: str


class Mutator:
    """One random tracker after the other, in one folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Begin with the base of the examples, to which each tracker adds records of its own."""
        self.folder = folder
        self.random = Random(seed)  # noqa: S311 - a test, and no secret
        plain = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*.yaml")}
        self.values: dict[str, Any] = {
            path: yaml_rs.loads(data.decode(), parse_datetime=False) for path, data in plain.items()
        }
        self.files: dict[str, bytes] = {}

    def next(self) -> dict[str, bytes]:
        """Write a new tracker into the folder, and give its files."""
        values = json.loads(json.dumps(self.values))
        for kind in RECORD_KINDS:
            if self.random.random() < 0.5:
                values[f"{kind.folder}/new-{kind.name}.yaml"] = self._record(kind, f"new-{kind.name}", values)
        for kind in VOCABULARIES:
            if self.random.random() < 0.3:
                path = f"vocabulary/{kind.folder}.yaml"
                entry = self._record(kind, "new", values)
                entry.pop("id", None)
                values.setdefault(path, {})[f"new-{kind.name}"] = entry
        for _ in range(self.random.randrange(4)):
            self._change(values)
        files = {path: _yaml(value) for path, value in values.items()}
        if self.random.random() < 0.3:
            self._spoil(files)
        self._write(files)
        return files

    # Values

    def _ids(self, values: dict[str, Any], kinds: tuple[str, ...] = ()) -> list[str]:
        found = []
        for path, value in values.items():
            folder, _, name = path.removesuffix(".yaml").rpartition("/")
            if folder == "vocabulary":
                if not kinds or any(KINDS[kind].folder == name for kind in kinds):
                    found += list(value) if isinstance(value, dict) else []
            elif folder and (not kinds or any(KINDS[kind].folder == folder for kind in kinds)):
                found.append(name)
        return found or ["nobody"]

    def _record(self, kind: Kind, record_id: str, values: dict[str, Any]) -> dict[str, Any]:
        chosen = self.random.random()
        record = {
            name: self._value(name, info.annotation, info.metadata, values)
            for name, info in kind.record.model_fields.items()
            if name not in {"updates", "corrections"} and (info.is_required() or self.random.random() < chosen)
        }
        record["id"] = record_id
        record["sources"] = [{"document": "plan"}]
        if kind.update is not None and self.random.random() < 0.8:
            record["updates"] = [self._model(kind.update, values) for _ in range(self.random.randrange(1, 5))]
            record["updates"].sort(key=lambda word: str(word.get("date")))
        if self.random.random() < 0.2:
            info = kind.record.model_fields["corrections"]
            record["corrections"] = self._value("corrections", info.annotation, info.metadata, values)
        return record

    def _model(self, model: type[BaseModel], values: dict[str, Any]) -> dict[str, Any]:
        chosen = self.random.random() * 0.7
        return {
            name: self._value(name, info.annotation, info.metadata, values)
            # In an update null clears what was stated, where that may be.
            if info.is_required() or not issubclass(model, Update) or self.random.random() < 0.9
            else None
            for name, info in model.model_fields.items()
            if info.is_required() or self.random.random() < chosen
        }

    def _value(self, name: str, annotation: Any, marks: Any, values: dict[str, Any]) -> Any:  # noqa: ANN401 - any type
        pick = self.random.choice
        for mark in marks:
            if hasattr(mark, "kinds"):
                return pick(self._ids(values, mark.kinds if self.random.random() < 0.9 else ()))
            if type(mark).__name__ == "ByLanguage":
                return {code: pick(TEXTS) for code in ("en", "sv") if code == "en" or self.random.random() < 0.8}
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._value(name, arguments[0], arguments[1:], values)
        if origin in {Union, UnionType}:
            return self._value(name, pick([one for one in arguments if one is not type(None)]), (), values)
        if origin is Literal:
            return pick(arguments)
        if origin is list:
            return [self._value(name, arguments[0], (), values) for _ in range(self.random.randrange(1, 4))]
        if origin is dict:
            keys = self._ids(values) if self.random.random() < 0.5 else ["a", "b", "okm"]
            return {pick(keys): self._value(name, arguments[1], (), values) for _ in range(self.random.randrange(1, 3))}
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self._model(annotation, values)
        return self._plain(name, annotation)

    def _plain(self, name: str, annotation: Any) -> Any:  # noqa: ANN401 - any type
        pick = self.random.choice
        if annotation is Period:
            return pick(PERIODS)
        if annotation is Money:
            return pick(MONEY)
        if annotation is bool:
            return pick((True, False))
        if annotation in {int, Decimal}:
            return pick((0, 1, 5, 99, 1000))
        if getattr(annotation, "__name__", "") == "date":
            return pick(DAYS)
        words = {"uri": "https://example.org/a", "address": "https://example.org/b", "contact": "office@example.org"}
        if name in words:
            return words[name]
        if name == "sha256":
            return "0" * 64
        if name in {"formerly", "covers"}:
            return pick(("a", "b", "pilots", "old-one"))
        return pick((*TEXTS, "a", "b", "plan", "due", "measures", "04-30", "12-31"))

    def _change(self, values: dict[str, Any]) -> None:
        """Change one thing somewhere: taken out, doubled, put in the place of another, or made something else."""
        path = self.random.choice(sorted(values))
        places = list(_places(values[path]))
        if not places:
            return
        holder, key = self.random.choice(places)
        others = list(_places(values[self.random.choice(sorted(values))]))
        match self.random.randrange(5):
            case 0:
                del holder[key]
            case 1 if others:
                other, name = self.random.choice(others)
                holder[key] = json.loads(json.dumps(other[name]))
            case 2:
                wrong: tuple[object, ...] = (
                    None,
                    True,
                    1,
                    -1,
                    0.5,
                    "",
                    "x",
                    [],
                    {},
                    [None],
                    {"x": None},
                    2021,
                    "2021-13",
                    "9999-12-31",
                )
                holder[key] = self.random.choice((*wrong, *PERIODS, *TEXTS, *self._ids(values)))
            case 3 if isinstance(holder, list):
                holder.append(json.loads(json.dumps(holder[key])))
            case _:
                values[f"{path.removesuffix('.yaml')}-copy.yaml"] = json.loads(json.dumps(values[path]))

    # Bytes

    def _spoil(self, files: dict[str, bytes]) -> None:
        path = self.random.choice(sorted(files))
        data = files[path]
        at = self.random.randrange(len(data) + 1)
        match self.random.randrange(4):
            case 0:
                files[path] = data[:at]
            case 1:
                files[path] = data[:at] + data[at + self.random.randrange(1, 20) :]
            case 2:
                files[path] = data[:at] + self.random.choice(BYTES) + data[at:]
            case _:
                del files[path]

    def _write(self, files: dict[str, bytes]) -> None:
        for path in self.files.keys() - files.keys():
            (self.folder / path).unlink(missing_ok=True)
        for path, content in files.items():
            if self.files.get(path) != content:
                place = self.folder / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        self.files = files

    # Calls

    def calls(self, out: Path) -> list[tuple[str, ...]]:
        """Every verb once, on a record and a day that are drawn; writing verbs only show what they would write."""
        pick = self.random.choice
        names = {path.rpartition("/")[2].removesuffix(".yaml") for path in self.files}
        record = pick(sorted({*names, "okm", "plan"}))
        day = ("--as-of", pick(DAYS))
        form = pick(("table", "json", "csv", "markdown"))
        report = pick(("summary", "meeting", "chase", "rrf", "funding", "progress"))
        target = pick(("x.json", "x.sqlite", "x.xlsx", "x"))
        note = pick(TEXTS)
        return [
            ("status", "--format", form, *day),
            ("list", pick(sorted(kind.folder for kind in KINDS.values())), "--format", form, *day),
            ("show", record, "--format", pick(("table", "json", "markdown")), *day),
            ("check", "--format", pick(("text", "json", "github", "gitlab", "sarif")), *day),
            ("deadlines", "--within", pick(("all", "90d", "300y")), "--format", form, *day),
            ("funding", "--by", pick(("instrument", "stage", "measure", "organisation")), "--format", form, *day),
            ("report", report, "--format", pick(("markdown", "html")), *day),
            ("report", "amendments", f"{pick(DAYS)}..{pick(DAYS)}", "--by", pick(("measure", "component"))),
            ("find", pick(("a", "plan", note))),
            ("translate", "--format", form),
            ("check", "--evidence", str(out), *day),
            ("retract", record, pick(("1", "2", "2023-02-15")), "--reason", f"en={note}", "--dry-run"),
            ("undo", "--dry-run"),
            ("report", report, "--format", "docx", "-o", str(out / "x.docx"), *day),
            ("timeline", "--format", pick(("table", "json", "svg", "mermaid")), *day),
            ("timeline", "--chart", "money", "--format", pick(("table", "json", "svg")), *day),
            ("calendar", *day),
            ("export", str(out / target), "--force", *day),
            ("site", str(out / "site"), "--force", *day),
            ("fmt", "--check"),
            ("update", record, "--date", pick(DAYS), "--by", "okm", "--note", f"en={note}", "--dry-run"),
            ("update", record, "--status", "completed", "--dry-run"),
            ("set", record, pick(("name.en", "due", "indicator.text.en", "note.en", "amount")), note, "--dry-run"),
            ("mv", record, "moved", "--dry-run"),
            ("rm", record, "--dry-run"),
            ("new", pick(sorted(KINDS)), "--name", note, "--dry-run"),
            ("edit", record, "--help"),
        ]  # fmt: skip

    def faults(self, out: Path, number: int) -> Iterator[Fault]:
        """Run so many of the calls on the tracker that lies there, and give those that ended as none may."""
        for call in self.random.sample(self.calls(out), number):
            fault = run((*call, "--data", str(self.folder), "--lang", self.random.choice(LANGUAGES)))
            if fault is not None:
                yield fault


def run(words: tuple[str, ...]) -> Fault | None:
    """Run elo in this process; what it did wrong, None when it did nothing wrong."""
    raw = BytesIO()
    out, err = TextIOWrapper(raw, "utf-8", write_through=True), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    said = err.getvalue()
    if code in {0, 1, 2, 3} and "Traceback" not in said:
        return None
    return Fault(words, code, said[-2000:])


def _places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every place in a value: what holds it, and its key or index there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield value, key
            yield from _places(inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield value, index
            yield from _places(inner)


def _yaml(value: object) -> bytes:
    """A value as YAML that elo reads: each of its fields on a line, as JSON."""
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    lines = (f"{json.dumps(key)}: {json.dumps(inner, ensure_ascii=False)}\n" for key, inner in value.items())
    return "".join(lines).encode("utf-8", "surrogatepass")
