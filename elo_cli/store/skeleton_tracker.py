"""A new tracker for another strategy: settings, vocabularies, one example of each kind, and what stands around them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.model.kinds import BY_FOLDER
from elo_cli.store import emit
from elo_cli.store.edit import file_shape, new_file
from elo_cli.store.strict_yaml import Plain

Texts = Callable[[str], Mapping[str, str]]
"""A message in each language of the tracker."""

GITATTRIBUTES: Final = """\
# The same bytes on every machine: positions in files are counted from them.
* text=auto eol=lf
"""
GITIGNORE: Final = """\
# made by elo while it writes
.elo.lock
.elo-draft/
.*.edit.yaml
"""
EDITORCONFIG: Final = """\
root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true
trim_trailing_whitespace = true

[*.yaml]
indent_style = space
indent_size = 2
max_line_length = 100
"""
PRE_COMMIT: Final = """\
repos:
  - repo: local
    hooks:
      - id: elo-check
        name: elo check
        entry: elo check
        language: system
        files: ^data/
        pass_filenames: false
      - id: elo-fmt
        name: elo fmt
        entry: elo fmt --check
        language: system
        files: ^data/
        pass_filenames: false
"""
WORKFLOW: Final = """\
name: elo
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    env:
      # What pip installs elo from: the name of a package, the path of a wheel, or git+https://…
      ELO: elo
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install "$ELO"
      - run: elo check --format github
      - run: elo fmt --check
"""
VSCODE: Final = """\
{
  "files.eol": "\\n",
  "files.insertFinalNewline": true,
  "yaml.schemas": {
    "./schemas/tracker.schema.json": "data/tracker.yaml",
    "./schemas/measure.schema.json": "data/measures/*.yaml",
    "./schemas/funding.schema.json": "data/funding/*.yaml",
    "./schemas/milestone.schema.json": "data/milestones/*.yaml",
    "./schemas/meeting.schema.json": "data/meetings/*.yaml"
  }
}
"""
EXTENSIONS: Final = '{\n  "recommendations": ["redhat.vscode-yaml", "EditorConfig.EditorConfig"]\n}\n'

_DOCUMENT: Final = "strategy-document"
_BODY: Final = "lead-ministry"


def files(
    name: str, languages: Sequence[str], today: date, texts: Texts, say: Callable[[str], str]
) -> dict[str, bytes]:
    """Every file of a new tracker by its path below the new folder; `say` is for the README, `texts` for the data."""
    around = {
        ".editorconfig": EDITORCONFIG,
        ".gitattributes": GITATTRIBUTES,
        ".gitignore": GITIGNORE,
        ".pre-commit-config.yaml": PRE_COMMIT,
        ".github/workflows/elo.yml": WORKFLOW,
        ".vscode/settings.json": VSCODE,
        ".vscode/extensions.json": EXTENSIONS,
        "README.md": _readme(name, say),
    }
    found = {path: text.encode("utf-8") for path, text in around.items()}
    config = {"format": 1, "name": dict.fromkeys(languages, name), "languages": list(languages)}
    first_line = "# yaml-language-server: $schema=../schemas/tracker.schema.json"
    found["data/tracker.yaml"] = emit.document(config, file_shape(None), first_line=first_line).encode("utf-8")
    for folder, entries in _vocabularies(name, languages, today, texts).items():
        head = f"# yaml-language-server: $schema=../../schemas/vocabulary-{folder}.schema.json"
        text = emit.document(entries, file_shape(BY_FOLDER[folder]), first_line=head)
        found[f"data/vocabulary/{folder}.yaml"] = text.encode("utf-8")
    for folder, record in _records(today, texts).items():
        found[f"data/{folder}/{record['id']}.yaml"] = new_file(record, BY_FOLDER[folder])
    return found


def _sources(page: int) -> list[Plain]:
    return [{"document": _DOCUMENT, "page": page}]


def _vocabularies(name: str, languages: Sequence[str], today: date, texts: Texts) -> dict[str, Plain]:
    return {
        "goals": {"first-goal": {"type": "strategic-goal", "name": texts(N_("First goal")), "sources": _sources(1)}},
        "organisations": {
            _BODY: {"type": "ministry", "name": texts(N_("The ministry in the lead")), "sources": _sources(1)}
        },
        "programmes": {"first-programme": {"name": texts(N_("First programme")), "sources": _sources(1)}},
        "instruments": {"national-budget": {"name": texts(N_("State budget")), "sources": _sources(2)}},
        "documents": {
            _DOCUMENT: {
                "name": dict.fromkeys(languages, name),
                "date": (today - timedelta(days=60)).isoformat(),
                "publisher": _BODY,
                "sources": [{"document": _DOCUMENT}],
            }
        },
        "functions": {"coordination": {"name": texts(N_("Coordination")), "sources": _sources(1)}},
    }


def _records(today: date, texts: Texts) -> dict[str, Plain]:
    year = today.year
    return {
        "measures": {
            "id": "first-measure",
            "key": True,
            "name": texts(N_("First measure")),
            "goal": "first-goal",
            "programmes": ["first-programme"],
            "responsible": [_BODY],
            "lead": _BODY,
            "period": f"{year}/{year + 3}",
            "status": "planned",
            "sources": _sources(1),
        },
        "funding": {
            "id": "first-funding",
            "name": texts(N_("Money for the first measure")),
            "measures": ["first-measure"],
            "instrument": "national-budget",
            "stage": "granted",
            "amount": "1.5 M€",
            "basis": "total",
            "period": f"{year}/{year + 3}",
            "sources": _sources(2),
        },
        "milestones": {
            "id": "first-milestone",
            "type": "national",
            "name": texts(N_("The service is in use")),
            "measures": ["first-measure"],
            "due": f"{year + 1}-Q4",
            "responsible": [_BODY],
            "lead": _BODY,
            "sources": _sources(3),
            "updates": [
                {
                    # Not today: a second word of the same day could contradict it.
                    "date": (today - timedelta(days=30)).isoformat(),
                    "by": _BODY,
                    "status": "in-progress",
                    "confidence": "on-track",
                    "note": texts(N_("The work has begun.")),
                }
            ],
        },
        "meetings": {
            "id": "first-meeting",
            "type": "forum",
            "name": texts(N_("Meeting of the forum")),
            "date": f"{year + 1}-spring",
            "organisers": [_BODY],
            "agenda": {"overview": texts(N_("How the measures stand"))},
            "sources": _sources(4),
        },
    }


def _readme(name: str, say: Callable[[str], str]) -> str:
    """What this folder is and how to begin; its commands work as they stand."""
    parts = [
        f"# {name}",
        say(
            N_(
                "This folder follows the strategy: each measure, line of money, milestone and meeting is a text "
                "file in `data/`, and what becomes of it is added to that file, with its date and its source."
            )
        ),
        _console(
            ("elo status", say(N_("where do we stand?"))),
            ("elo deadlines", say(N_("what is late, and what comes next?"))),
            ("elo show first-milestone", say(N_("everything about one record"))),
            ("elo check", say(N_("is the data in order?"))),
        ),
        say(
            N_(
                "The records called “first” are examples. Write your own beside them, then take the examples out, the "
                "ones that others refer to last:"
            )
        ),
        _console(
            ("elo new measure", say(N_("asks for the fields"))),
            ("elo update first-milestone", say(N_("asks what has changed"))),
            ("elo rm first-meeting", say(N_("takes an example out"))),
        ),
        say(
            N_(
                "`elo check` runs for every change: before a commit with `pre-commit install`, and in the repository "
                "by `.github/workflows/elo.yml`, where a variable says what elo is installed from."
            )
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _console(*lines: tuple[str, str]) -> str:
    width = max(len(command) for command, _ in lines)
    body = "\n".join(f"{command:<{width}}  # {text}" for command, text in lines)
    return f"```console\n{body}\n```"
