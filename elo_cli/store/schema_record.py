"""What `elo schema --write` writes down of its work, and whether it would write the same again.

Making the schemas takes longer than checking a tracker, so nothing here makes one: the schema of the ids holds what the
others were made from, and digests of them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from elo_cli.model.errors import N_
from elo_cli.model.kinds import KINDS
from elo_cli.store.source import read_regular

FOLDER: Final = "schemas"
"""The folder beside the data folder where each data file looks for its schema."""
SUFFIX: Final = ".schema.json"
IDS: Final = "ids"
"""The name of the schema that holds the ids of one tracker."""
RECORD: Final = "x-written"
"""What the schema of the ids says of how all were made."""
_MOST_FILES: Final = 1_000
MODELS: Final = Path(__file__).with_name("schemas.sha256")
"""The digest of all schemas without a tracker, which `make docs` writes: another one, and every tracker's are old."""


def ids_by_kind(ids: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """The schema of the ids of each kind."""
    # ajv refuses a list of words without words.
    return {name: {"enum": sorted(found)} if (found := list(ids.get(name, ()))) else {"not": {}} for name in KINDS}


def digest(texts: Iterable[bytes]) -> str:
    """One digest of several texts in this order."""
    whole = sha256()
    for text in texts:
        whole.update(text)
    return whole.hexdigest()


def record(languages: Sequence[str], texts: Mapping[str, bytes]) -> dict[str, object]:
    """What is written down of schemas with these texts, made for these languages."""
    return {
        "models": MODELS.read_text("ascii").strip(),
        "languages": list(languages),
        "files": {name: digest([text]) for name, text in texts.items()},
    }


def difference(root: Path, languages: Sequence[str], ids: Mapping[str, Iterable[str]] | None) -> str:
    """How the schemas beside a data folder differ from those that would be written (a msgid); "" where they do not.

    A folder without schemas of elo differs in nothing. Without ids nobody asks for those.
    """
    beside = root.parent
    try:
        found: Any = json.loads(read_regular(beside, f"{FOLDER}/{IDS}{SUFFIX}"))
        written: dict[str, Any] = found[RECORD]
        files: dict[str, str] = written["files"]
        if len(files) > _MOST_FILES:
            return N_("they are of another version of elo")
        if written["models"] != MODELS.read_text("ascii").strip():
            return N_("they are of another version of elo")
        if written["languages"] != list(languages):
            return N_("the tracker has other languages")
        for name, wanted in files.items():
            if digest([read_regular(beside, f"{FOLDER}/{name}{SUFFIX}")]) != wanted:
                return N_("a file is not as it was written")
        return N_("the tracker has other ids") if ids is not None and found["$defs"] != ids_by_kind(ids) else ""
    except FileNotFoundError:
        return N_("a file is not as it was written") if (beside / FOLDER / f"tracker{SUFFIX}").exists() else ""
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return N_("they are of another version of elo")
