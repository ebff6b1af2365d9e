"""No bytes whatever make any verb end with a traceback, and the two readers of YAML agree on all that is accepted."""

from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elo_cli.checks.run import check
from elo_cli.cli import main
from elo_cli.render.findings.check import answer, line, summary
from elo_cli.render.findings.check import told as told_of
from elo_cli.render.words.language import Language
from elo_cli.store.loading import load
from elo_cli.store.yaml.judge import compose
from elo_cli.store.yaml.strict import parse
from tests.trackers import Files

BASE: Final = Path(__file__).parent / "checks" / "base"
FILES: Final = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*.yaml")}
VERBS: Final = (
    ("status",),
    ("status", "--format", "csv"),
    ("list", "milestones", "--format", "markdown"),
    ("list", "organisations"),
    ("show", "pilots"),
    ("show", "guidance-money", "--format", "json"),
    ("deadlines",),
    ("funding", "--by", "organisation"),
    ("check",),
    ("check", "--format", "github"),
)

# Pieces of which YAML is made, so that what comes out is often nearly right.
_PIECES: Final = st.sampled_from(
    [
        "id: pilots\n",
        "type: national\n",
        "name: {en: A, sv: B}\n",
        "due: 2022-Q4\n",
        "due: 2022-13\n",
        "due: 2021/..\n",
        "amount: 1 M€\n",
        "amount: 1e400 €\n",
        "updates:\n",
        "  - date: 2022\n",
        "    status: completed\n",
        "    eu: positive\n",
        "    by: okm\n",
        "sources:\n",
        "  - document: plan\n",
        "    inferred: [due]\n",
        "measures: [guidance]\n",
        "depends_on: [pilots]\n",
        "part_of: guidance-money\n",
        "shares: {okm: 1 €}\n",
        "okm:\n",
        "  name: {en: X}\n",
        "format: 1\n",
        "languages: [en]\n",
        "languages: [tlh]\n",
        "limits: {stale: 1}\n",
        "time_zone: Mars/Base\n",
        "key: true\n",
        "stage: pending\n",
        "rrf: {cid_number: null}\n",
        "verification: {evidence: {a: {en: A}}}\n",
        "- ",
        "? ",
        ": ",
        "&a ",
        "*a",
        "!!set ",
        "<<: ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "|\n",
        ">-\n",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "\\",
        "#",
        "\ufeff",
        "\x00",
        "\u202e",
        "\u2028",
        "\ud800",
        "ä",
        "€",
        "  ",
        "\n",
        "\r\n",
        "0x1",
        "1e400",
        "9" * 400,
        ".nan",
        "yes",
        "null",
        "~",
        "2021-01-01",
        "<<<<<<< x\n",
    ]
)
_PLACE: Final = st.integers(0, 10_000)


def _spoilt(content: bytes, at: int, piece: str) -> bytes:
    at %= len(content)
    return content[:at] + piece.encode("utf-8", "surrogatepass") + content[at:]


CONTENT: Final = st.one_of(
    st.binary(max_size=200),
    st.lists(_PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")),
    # A file that was right until someone put something into it.
    st.builds(lambda path, at, piece: _spoilt(FILES[path], at, piece), st.sampled_from(sorted(FILES)), _PLACE, _PIECES),
)
PATHS: Final = st.sampled_from([*sorted(FILES), "milestones/new.yaml", "funding/new.yaml", "vocabulary/functions.yaml"])


@given(PATHS, CONTENT)
@settings(max_examples=300)
def test_any_bytes_are_read_and_checked(path: str, content: bytes) -> None:
    """Whatever a file holds, the tracker loads, every rule runs, and every finding can be said in every language."""
    findings = check(load(Files({**FILES, path: content})), date(2023, 1, 1))
    for code in ("fi", "sv", "en"):
        language = Language(code)
        for finding in findings:
            told = line(language, finding)
            assert "\n" not in told
            assert (
                "{" not in told.replace("{fi", "")
                or "{" in str(finding.args)
                or "{" in content.decode("utf-8", "replace")
            )
        assert list(summary(language, told_of(findings)))
    assert sum(answer(told_of(findings)).counts.values()) == len(findings)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the base on the disk."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    _put_back(folder)
    return folder


def _put_back(folder: Path) -> None:
    for path, content in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@given(path=PATHS, content=CONTENT, verb=st.sampled_from(VERBS))
@settings(max_examples=200)
def test_no_verb_ends_with_a_traceback(folder: Path, path: str, content: bytes, verb: tuple[str, ...]) -> None:
    """Whatever a file holds, a verb answers, or says why it cannot, with an exit code that means so."""
    target = folder / path
    target.write_bytes(content)
    out, err = StringIO(), StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*verb, "--data", str(folder), "--as-of", "2023-01-01"])
    finally:
        target.unlink()
        _put_back(folder)
    assert code in {0, 1, 2, 3}, err.getvalue()
    assert "Traceback" not in err.getvalue()
    assert "\x1b" not in out.getvalue() + err.getvalue()
    assert code != 3 or path == "tracker.yaml" or verb[0] == "show"


@given(CONTENT)
@settings(max_examples=300)
def test_both_readers_agree(content: bytes) -> None:
    """What the fast reader takes from an accepted text is what the slow one reads."""
    parsed = parse(content, "milestones/a.yaml")
    if parsed.value is not None:
        assert _plain(compose(parsed.text)) == _words(parsed.value)


def _plain(node: object) -> object:
    """Give the nodes of the slow reader as texts, lists and mappings."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if isinstance(node, MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_plain(value) for value in node.value]
    assert isinstance(node, ScalarNode)
    kind = str(node.tag).rsplit(":", 1)[-1]
    # elo reads dates as text, since a period is more than a date.
    return ("text", node.value) if kind in {"str", "timestamp", "value"} else ("other", kind)


def _words(value: object) -> object:
    if isinstance(value, dict):
        return {key: _words(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_words(inner) for inner in value]
    if isinstance(value, str):
        return ("text", value)
    return ("other", {bool: "bool", int: "int", float: "float", type(None): "null"}[type(value)])
