"""A new tracker for another strategy: settings, vocabularies, one example of each kind, and what stands around them."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.model.finding import Phrase
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS, RECORD_KINDS, VOCABULARIES
from elo_cli.store.edit.record import file_shape, new_file
from elo_cli.store.lookup import is_id
from elo_cli.store.skeleton import slug
from elo_cli.store.skeleton_rrf import InLanguages
from elo_cli.store.yaml import emit
from elo_cli.store.yaml.strict import Plain

GITATTRIBUTES: Final = """\
# The same bytes on every machine: positions in files are counted from them.
* text=auto eol=lf
"""
GITIGNORE: Final = """\
# made by elo while it writes
.elo.lock
.elo-*
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
PRE_COMMIT_PATH: Final = ".pre-commit-config.yaml"
PRE_COMMIT: Final = """\
# The whole tracker is checked, since one record can break another, and always, since a commit that
# only deletes names no file.
repos:
  - repo: local
    hooks:
      - id: elo-check
        name: elo check
        entry: elo check --against=HEAD
        args: [{data}]
        language: system
        always_run: true
        pass_filenames: false
      - id: elo-fmt-check
        name: elo fmt --check
        entry: elo fmt --check
        args: [{data}]
        language: system
        always_run: true
        pass_filenames: false
"""
WORKFLOW: Final = """\
# Holds every change of the data to the rules, and says in the summary what it means.
name: {name}
on:
  pull_request:
  push:
# Whoever opens a pull request writes the data: the job can read the repository, and nothing else.
permissions:
  contents: read
env:
  # What elo is installed from: the address of its git repository, an @ and the 40 digits of a commit.
  # It stands here, since a variable of the repository does not reach the pull request of a fork.
  ELO_INSTALL: {install}
  ELO_DATA: {data}
jobs:
  check:
    if: github.event_name == 'pull_request' || github.ref_name == github.event.repository.default_branch
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          # The rules of change need the commit that the pull request parted from.
          fetch-depth: 0
          persist-credentials: false
      - name: Install elo
        shell: bash
        run: |
          home=$RUNNER_TEMP
          if ! printf '%s' "$ELO_INSTALL" | grep -Eqx '[a-z]+://[^[:space:]]+@[0-9a-f]{{40}}'; then
            echo "ELO_INSTALL does not say what to install elo from; right would be the address of its" \\
              "git repository, an @ and the 40 digits of a commit: https://HOST/OWNER/elo.git@COMMIT" >&2
            exit 1
          fi
          git init -q "$home/source"
          git -C "$home/source" fetch -q --depth=1 "${{ELO_INSTALL%@*}}" "${{ELO_INSTALL##*@}}"
          git -C "$home/source" checkout -q --detach FETCH_HEAD
          bash "$home/source/.ci/install" "$home/elo"
      - name: Hold the change to the rules, and tell what it means
        shell: bash
        run: bash "$RUNNER_TEMP/source/.ci/hold" "$RUNNER_TEMP/elo/bin/elo" github
        env:
          ELO_AGAINST: ${{{{ github.event.pull_request.base.sha || github.event.before }}}}
"""
EXTENSIONS: Final = '{\n  "recommendations": ["redhat.vscode-yaml", "EditorConfig.EditorConfig"]\n}\n'


def checking(workflow: str, name: str, data: str, install: str) -> dict[str, bytes]:
    """What checks every change, by its path below the top of the repository.

    `data` is the data folder from there, `install` what elo is installed from: an address of git with a commit, or "".
    """
    # JSON is YAML, and quotes whatever a folder may be called.
    values = {"name": name, "data": data, "install": install}
    quoted = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    hooks = PRE_COMMIT.format(data=json.dumps(f"--data={data}", ensure_ascii=False))
    return {PRE_COMMIT_PATH: hooks.encode("utf-8"), workflow: WORKFLOW.format_map(quoted).encode("utf-8")}


def files(  # noqa: PLR0913 - what a tracker begins with
    name: str,
    languages: Sequence[str],
    today: date,
    texts: InLanguages,
    further: Sequence[tuple[Kind, Plain]] = (),
    *,
    goals: Sequence[str] = (),
    examples: bool = True,
) -> dict[str, bytes]:
    """Every file of a new tracker by its path below the new folder, but for its README.

    `texts` is for the data; `further` are entries of vocabularies beside the examples, `goals` names of goals in the
    first language. Without examples only these two are in it.
    """
    around = {
        ".editorconfig": EDITORCONFIG,
        ".gitattributes": GITATTRIBUTES,
        ".gitignore": GITIGNORE,
        ".vscode/settings.json": _settings(),
        ".vscode/extensions.json": EXTENSIONS,
    }
    contents = {path: text.encode("utf-8") for path, text in around.items()}
    # Its name may change, what others know it by may not.
    known_as = {"id": tracker_id} if is_id(tracker_id := slug(name)) else {}
    config = {"format": 1, **known_as, "name": dict.fromkeys(languages, name), "languages": list(languages)}
    first_line = "# yaml-language-server: $schema=../schemas/tracker.schema.json"
    contents["data/tracker.yaml"] = emit.document(config, file_shape(None), first_line=first_line).encode("utf-8")
    strategy = str((KINDS["document"].example or {})["id"])
    entries: dict[str, dict[str, Plain]] = {}
    for kind in (*VOCABULARIES, *RECORD_KINDS):
        if kind.example is None or not examples:
            continue
        # Without a name of its own it is the strategy that it is called for.
        plain = {"name": dict.fromkeys(languages, name), **_example(kind, texts, today)}
        if kind.vocabulary:
            entries[kind.name] = {str(plain.pop("id")): plain}
        else:
            contents[f"data/{kind.path(str(plain['id']))}"] = new_file(plain, kind)
    for kind, record in further:
        entry = dict(record)
        entries.setdefault(kind.name, {})[str(entry.pop("id"))] = entry
    if own := _goals(goals, languages[0], strategy):
        entries.setdefault("goal", {}).update(own)
        read: Plain = {"name": dict.fromkeys(languages, name), "read": today.isoformat()}
        entries.setdefault("document", {}).setdefault(strategy, read)
    for kind in VOCABULARIES:
        if held := entries.get(kind.name):
            content = emit.document(held, kind.file, first_line=kind.first_line)
            contents[f"data/{kind.path()}"] = content.encode("utf-8")
    return contents


def _goals(names: Sequence[str], language: str, document: str) -> dict[str, Plain]:
    """Goals as entries of their vocabulary, each with an id of its own; they stand in the strategy itself."""
    entries: dict[str, Plain] = {}
    for name in names:
        wanted = slug(name) or "goal"
        number, record_id = 1, wanted
        while record_id in entries or not is_id(record_id):
            number += 1
            record_id = f"{wanted}-{number}"
        entries[record_id] = {
            "type": "strategic-goal",
            "name": {language: name},
            "sources": [{"document": document}],
        }
    return entries


def example_ids() -> dict[str, Kind]:
    """The ids of the examples of a new tracker, each with its kind."""
    return {str(kind.example["id"]): kind for kind in (*VOCABULARIES, *RECORD_KINDS) if kind.example is not None}


def example_names(kind: Kind, name: Mapping[str, str], texts: InLanguages) -> Mapping[str, str]:
    """What the example of a kind is called in a tracker of this name."""
    given = (kind.example or {}).get("name")
    return texts(given.message) if isinstance(given, Phrase) else name


def _settings() -> str:
    """What an editor must know: which schema is for which files."""
    schemas = {"./schemas/tracker.schema.json": "data/tracker.yaml"}
    schemas |= {f"./schemas/{kind.schema}.schema.json": f"data/{kind.folder}/*.yaml" for kind in RECORD_KINDS}
    schemas |= {f"./schemas/{kind.schema}.schema.json": f"data/{kind.path()}" for kind in VOCABULARIES}
    settings = {"files.eol": "\n", "files.insertFinalNewline": True, "yaml.schemas": schemas}
    return json.dumps(settings, indent=2) + "\n"


def _example(kind: Kind, texts: InLanguages, today: date) -> Plain:
    """The example of a kind with its texts in each language and its days told from today."""
    days = {
        "year": today.year,
        "next": today.year + 1,
        "later": today.year + 3,
        "month_ago": (today - timedelta(days=30)).isoformat(),
        "two_months_ago": (today - timedelta(days=60)).isoformat(),
    }

    def filled(value: object) -> object:
        match value:
            case Phrase():
                return texts(value.message)
            case str():
                return value.format(**days)
            case Mapping():
                return {key: filled(inner) for key, inner in value.items()}
            case list():
                return [filled(inner) for inner in value]
            case _:
                return value

    return {name: filled(value) for name, value in (kind.example or {}).items()}


def readme(name: str, say: Callable[..., str], workflow: str, *, examples: bool = True) -> bytes:
    """What this folder is and how to begin; its commands work as they stand. `workflow` is what checks each change."""
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
            *([("elo show first-milestone", say(N_("everything about one record")))] if examples else []),
            ("elo check", say(N_("is the data in order?"))),
        ),
        *(_of_examples(say) if examples else [_console(("elo new measure", say(N_("asks for the fields"))))]),
        say(
            N_(
                "`elo check` runs for every change: before a commit with `pre-commit install`, and in the repository "
                "by `{workflow}`, where `ELO_INSTALL` says what elo is installed from."
            ),
            workflow=workflow,
        ),
    ]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _of_examples(say: Callable[..., str]) -> list[str]:
    return [
        say(N_("The records called “first” are examples. Write your own beside them, then take the examples out:")),
        _console(
            ("elo new measure", say(N_("asks for the fields"))),
            ("elo update first-milestone", say(N_("asks what has changed"))),
            ("elo rm --examples", say(N_("takes the examples out"))),
        ),
    ]


def _console(*lines: tuple[str, str]) -> str:
    width = max(len(command) for command, _ in lines)
    body = "\n".join(f"{command:<{width}}  # {text}" for command, text in lines)
    return f"```console\n{body}\n```"
