"""What a shell offers while someone types: verbs, options, words of closed lists, fields, and the ids of the tracker.

It answers at every press of a key, so it imports no model and parses no file: the words of the program come from a
table (`completion.json`, made by `make docs`), and ids from the names of files and the keys of vocabularies.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from elo_cli.model.errors import EloError
from elo_cli.store.source import find_data, read_regular

COMMAND: Final = "__complete"
"""The word that a shell's script calls elo with, then `:` and the word under the cursor, then the words before it."""
TABLE: Final = Path(__file__).with_name("completion.json")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY: Final = re.compile(rb"^(?:\xef\xbb\xbf)?[\"']?([a-z0-9-]+)[\"']?[ ]*:", re.MULTILINE)


def answer(arguments: Sequence[str]) -> int:
    """Write the words that fit, one a line; never an error, since the shell would show it in the middle of a line."""
    current, words = arguments[0][1:] if arguments else "", list(arguments[1:])
    try:
        matching = sorted({word for word in candidates(words, current) if word.startswith(current)})
    except (OSError, ValueError, EloError):
        matching = []
    sys.stdout.write("".join(f"{word}\n" for word in matching))
    return 0


def candidates(words: Sequence[str], current: str) -> Iterator[str]:
    """Whatever may stand after these words, whether it begins as the current one does or not."""
    table: dict[str, Any] = json.loads(TABLE.read_bytes())
    verbs: dict[str, Any] = table["verbs"]
    # bash takes `--status=x` apart at the sign.
    words = [word for word in words if word != "="]
    if not words:
        yield from (*verbs, "--help", "--version")
        return
    verb = verbs.get(words[0])
    if verb is None:
        return
    options: dict[str, Any] = verb["options"]
    before = words[-1] if len(words) > 1 else ""
    if before in options and not options[before].get("flag"):
        yield from _values(table, options[before], words)
    elif current.startswith("--") and "=" in current:
        name = current.partition("=")[0]
        yield from (f"{name}={value}" for value in _values(table, options.get(name, {}), words))
    elif current.startswith("-"):
        yield from (*options, "--help")
    else:
        arguments: list[Any] = verb["arguments"]
        given = _given(words[1:], options)
        if arguments and (len(given) < len(arguments) or arguments[-1].get("many")):
            yield from _values(table, arguments[min(len(given), len(arguments) - 1)], words, given)


def _given(words: Sequence[str], options: dict[str, Any]) -> list[str]:
    """The arguments among the words, without options and their values."""
    given: list[str] = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in options and not options[word].get("flag")
        else:
            given.append(word)
    return given


def _values(
    table: dict[str, Any], spec: dict[str, Any], words: Sequence[str], given: Sequence[str] = ()
) -> Iterator[str]:
    yield from spec.get("values", ())
    if "folders" in spec:
        yield from ids(_data(words), spec["folders"])
    if given and "field" in spec:
        folder = folder_of(_data(words), given[0])
        fields: dict[str, Any] = table["fields"].get(folder, {})
        if spec["field"] == "name":
            yield from fields
        elif len(given) > 1 and given[1] in fields:
            yield from _values(table, fields[given[1]], words)


def _data(words: Sequence[str]) -> Path:
    given = next((words[place + 1] for place, word in enumerate(words[:-1]) if word == "--data"), None)
    chosen = given or os.environ.get("ELO_DATA")
    return find_data(Path(chosen) if chosen else None)


def ids(data: Path, folders: Sequence[str]) -> Iterator[str]:
    """The ids of the records in these folders, or of these vocabularies; of everything when none is named."""
    for folder in folders or _folders(data):
        if (vocabulary := _vocabulary(data, folder)) is not None:
            yield from (key.decode() for key in _KEY.findall(vocabulary))
        elif (data / folder).is_dir() and not (data / folder).is_symlink():
            with os.scandir(data / folder) as entries:
                names = [entry.name[:-5] for entry in entries if entry.name.endswith(".yaml")]
            # A hostile name of a file is no id, and never reaches the shell.
            yield from (name for name in names if _ID.fullmatch(name))


def _vocabulary(data: Path, name: str) -> bytes | None:
    try:
        return read_regular(data, f"vocabulary/{name}.yaml")
    except OSError:
        return None


def _folders(data: Path) -> Iterator[str]:
    with os.scandir(data) as entries:
        yield from (
            entry.name for entry in entries if entry.is_dir(follow_symlinks=False) and entry.name != "vocabulary"
        )
    if (data / "vocabulary").is_dir():
        yield from (path.stem for path in (data / "vocabulary").glob("*.yaml"))


def folder_of(data: Path, record_id: str) -> str:
    """The folder or vocabulary that holds a record; "" when none does."""
    if not _ID.fullmatch(record_id):
        return ""
    for folder in _folders(data):
        if (data / folder / f"{record_id}.yaml").is_file() or record_id in ids(data, [folder]):
            return folder
    return ""
