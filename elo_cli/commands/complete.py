"""What a shell offers while someone types: verbs, options, words of closed lists, fields, and the ids of the tracker.

It answers at every press of a key, so it imports no model, and parses no record but the one whose updates are sought:
the words of the program come from a table (`completion.json`, made by `make docs`), ids from the names of files and the
keys of vocabularies, components and instalments from the text of milestones, and revisions from git.
"""

import json
import os
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

from elo_cli.model.errors import EloError
from elo_cli.model.languages import LANGUAGES
from elo_cli.store.source import find_data, read_regular

COMMAND: Final = "__complete"
"""The word that a shell's script calls elo with, then `:` and the word under the cursor, then the words before it."""
TABLE: Final = Path(__file__).with_name("completion.json")
LEADING: Final[dict[str, dict[str, Any]]] = {"--data": {}, "--lang": {"values": list(LANGUAGES)}}
"""The options of verbs that may stand before the verb too, with what they take."""
_PLAIN: Final = re.compile(r"[\w./@+=-]+")
"""What no shell takes for a sign of its own, and no terminal for a command: nothing else is offered."""
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COMPONENT: Final = re.compile(rb"\b[A-Z]+[0-9]+C[0-9]+(?![0-9])")
"""As `tracking.day.filters.component_of` finds it in a code."""
_INSTALMENT: Final = re.compile(rb"\binstalment: *([0-9]{1,2})\b")
_MOST_FILES: Final = 5_000
"""So many are read in a tenth of a second."""
_KEY: Final = re.compile(rb"^(?:\xef\xbb\xbf)?[\"']?([a-z0-9-]+)[\"']?[ ]*:", re.MULTILINE)


def answer(arguments: Sequence[str]) -> int:
    """Write the words that fit, one a line; never an error, since the shell would show it in the middle of a line."""
    current, words = arguments[0][1:] if arguments else "", list(arguments[1:])
    try:
        matching = sorted({word for word in candidates(words, current) if word.startswith(current)})
    except (OSError, ValueError, EloError):
        matching = []
    sys.stdout.write("".join(f"{word}\n" for word in matching if _PLAIN.fullmatch(word)))
    return 0


def candidates(words: Sequence[str], current: str) -> Iterator[str]:
    """Whatever may stand after these words, whether it begins as the current one does or not."""
    table: dict[str, Any] = json.loads(TABLE.read_bytes())
    verbs: dict[str, Any] = table["verbs"]
    # bash takes `--status=x` apart at the sign.
    words = _verb_first([word for word in words if word != "="])
    if not words or words[0] in LEADING:
        if words and len(words) % 2:
            yield from _values(table, LEADING[words[-1]], words)
        elif current.startswith("--lang="):
            yield from (f"--lang={value}" for value in LEADING["--lang"]["values"])
        else:
            yield from (*verbs, *LEADING, "--help", "--version")
        return
    verb = verbs.get(words[0])
    if verb is None:
        return
    arguments: list[dict[str, Any]] = verb["arguments"]
    options: dict[str, Any] = verb["options"]
    given = _given(words[1:], options)
    if any("of" in spec for spec in options.values()):
        options = _of_kind(options, _folder(table, arguments, words, given))
    before = words[-1] if len(words) > 1 else ""
    if before in options and not options[before].get("flag"):
        yield from _values(table, options[before], words, given, current)
    elif current.startswith("--") and "=" in current:
        name, _, value = current.partition("=")
        yield from (f"{name}={one}" for one in _values(table, options.get(name, {}), words, given, value))
    elif current.startswith("-"):
        yield from (*options, "--help")
    elif arguments and (len(given) < len(arguments) or arguments[-1].get("many")):
        yield from _values(table, arguments[min(len(given), len(arguments) - 1)], words, given, current)


def _verb_first(words: list[str]) -> list[str]:
    """The words with `--data DIR` and `--lang` behind the verb; as they are where no verb follows."""
    place = 0
    while place < len(words) and words[place].partition("=")[0] in LEADING:
        place += 1 if "=" in words[place] else 2
    if place < len(words):
        return [words[place], *words[:place], *words[place + 1 :]]
    # Each option with its value as a word of its own, so that an odd number of words waits for one.
    return [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]


def _folder(
    table: dict[str, Any], arguments: Sequence[dict[str, Any]], words: Sequence[str], given: Sequence[str]
) -> str:
    """The folder that the verb's first argument is about: of a record, or of a kind; "" when none is known."""
    if not given or not arguments:
        return ""
    if "folders" in arguments[0]:
        return folder_of(_data(words), given[0])
    name: str = table["kinds"].get(given[0], given[0])
    return name if name in table["fields"] else ""


def _of_kind(options: dict[str, Any], folder: str) -> dict[str, Any]:
    """The options that hold for records of a folder, with what they take there; all where none is known."""
    if not folder:
        return options
    return {
        name: spec["of"][folder] if "of" in spec else spec
        for name, spec in options.items()
        if "of" not in spec or folder in spec["of"]
    }


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
    table: dict[str, Any], spec: dict[str, Any], words: Sequence[str], given: Sequence[str] = (), current: str = ""
) -> Iterator[str]:
    if "after" in spec and spec["after"] not in given:
        return
    yield from spec.get("values", ())
    for one in spec.get("of", {}).values():
        yield from _values(table, one, words)
    if "folders" in spec:
        yield from ids(_data(words), spec["folders"])
    if "languages" in spec:
        yield from _languages(_data(words))
    if "revisions" in spec:
        base, points, _ = current.rpartition("..")
        yield from (f"{base}{points}{name}" for name in revisions(_data(words)))
    if "components" in spec:
        yield from _in_milestones(_data(words), _COMPONENT)
    if "instalments" in spec:
        yield from _in_milestones(_data(words), _INSTALMENT)
    if given and "updates" in spec:
        yield from _updates(_data(words), given[0])
    if given and "field" in spec:
        folder = given[0] if given[0] == "tracker" else folder_of(_data(words), given[0])
        fields: dict[str, Any] = table["fields"].get(folder, {})
        if spec["field"] == "name":
            yield from fields
        elif len(given) > 1 and given[1] in fields:
            yield from _values(table, fields[given[1]], words)


def _data(words: Sequence[str]) -> Path:
    given = next((words[place + 1] for place, word in enumerate(words[:-1]) if word == "--data"), None)
    given = given or next((word.partition("=")[2] for word in words if word.startswith("--data=")), None)
    # The shells hand words over as they were typed.
    typed = Path("".join(shlex.split(given))).expanduser() if given else None
    chosen = typed or os.environ.get("ELO_DATA")
    return find_data(Path(chosen) if chosen else None)


def _languages(data: Path) -> Iterator[str]:
    """The languages into which a tracker's texts are translated."""
    from elo_cli.store.yaml.strict import parse

    settings: Any = parse(read_regular(data, "tracker.yaml"), "tracker.yaml").value
    languages = settings.get("languages") if isinstance(settings, dict) else None
    if isinstance(languages, list):
        yield from (str(language) for language in languages[1:])


def revisions(data: Path) -> list[str]:
    """The branches and tags of the repository that records a tracker."""
    from elo_cli.store.git.repository import Repository

    # A name that begins with a hyphen would be taken for an option.
    return ["HEAD", *(name for name in Repository(data).names() if not name.startswith("-"))]


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


def _in_milestones(data: Path, sought: re.Pattern[bytes]) -> Iterator[str]:
    """What a pattern finds in the milestones as they are written, each once."""
    found: set[bytes] = set()
    for name in islice(ids(data, ["milestones"]), _MOST_FILES):
        with suppress(OSError):
            found.update(sought.findall(read_regular(data, f"milestones/{name}.yaml")))
    yield from (one.decode() for one in found)


def _updates(data: Path, record_id: str) -> Iterator[str]:
    """The numbers of a record's updates that stand, as `elo show` gives them."""
    from elo_cli.store.yaml.strict import parse

    folder = folder_of(data, record_id)
    text = _vocabulary(data, folder)
    of_vocabulary = text is not None
    value: Any = parse(text if text is not None else read_regular(data, f"{folder}/{record_id}.yaml"), folder).value
    record = value.get(record_id) if of_vocabulary and isinstance(value, dict) else value
    updates = record.get("updates") if isinstance(record, dict) else None
    for number, update in enumerate(updates if isinstance(updates, list) else (), 1):
        if not (isinstance(update, dict) and "retracted" in update):
            yield str(number)


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
