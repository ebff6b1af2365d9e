"""What was typed into a form and has not landed yet: in the user's state folder, a file for each form of a tracker.

Nothing acts on it unless it is asked for, and then every answer is read and judged again.
"""

import json
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from elo_cli.store.disk.memory import in_turn, keep, make_memory, memory_of

_FOLDER: Final = "forms"
_MOST_BYTES: Final = 4 * 1024 * 1024


class KeptForm(NamedTuple):
    """A form that was not finished."""

    verb: str
    target: str
    """What it is about: a kind for `new`, a record's id for `update`."""
    answers: Mapping[str, str]
    """What was typed, by question."""
    changed: float
    """When the last answer was given, in seconds since 1970."""


def keep_form(root: Path, verb: str, target: str, answers: Mapping[str, str]) -> None:
    """Keep the answers of a form; OSError where that cannot be done, and then the earlier ones stay."""
    folder = make_memory(root) / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps({"verb": verb, "target": target, "answers": answers}, ensure_ascii=False)
    file = folder / f"{verb}-{target}.json"
    with in_turn(root):
        # The same form may be open in two terminals: the last answer stands, whole.
        keep(file, text.encode("utf-8", "surrogatepass"))
        file.chmod(0o600)


def kept_forms(root: Path, verb: str, target: str | None = None) -> list[KeptForm]:
    """The forms of a verb that were not finished, the last one first; what cannot be read is none."""
    forms = []
    with suppress(OSError):
        for path in (memory_of(root) / _FOLDER).glob(f"{verb}-*.json"):
            form = _read(path)
            if form is not None and form.verb == verb and target in {None, form.target}:
                forms.append(form)
    return sorted(forms, key=lambda form: -form.changed)


def drop_form(root: Path, verb: str, target: str) -> None:
    """Forget a form: it has landed."""
    with suppress(OSError):
        (memory_of(root) / _FOLDER / f"{verb}-{target}.json").unlink()


def _read(path: Path) -> KeptForm | None:
    try:
        status = path.lstat()
        # A pipe or a link to a device would be read without end.
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
            return None
        data = json.loads(path.read_bytes())
        answers = data["answers"]
        if not all(isinstance(text, str) for pair in answers.items() for text in pair):
            return None
        return KeptForm(str(data["verb"]), str(data["target"]), answers, status.st_mtime)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
