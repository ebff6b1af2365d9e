"""The two readers of every file: where there is no wheel of yaml-rs, ruamel.yaml says the same in its place."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elo_cli.store.yaml import reader
from elo_cli.store.yaml.strict import Parsed, parse

ROOT = Path(__file__).parents[3]
_FILES = sorted([*(ROOT / "data").rglob("*.yaml"), *(ROOT / "tests" / "checks").rglob("*.yaml")])
_PIECES = st.sampled_from(
    [*"ab:-#'\"[]{},|>0123._eExXoO~&*!%@`?\\=< \n", "\n  ", "\n- ", ": ", "- ", "true", "null", "2021-12-03"]
)


def _both(data: bytes) -> tuple[Parsed, Parsed]:
    """What is read with yaml-rs, and what without it."""
    with pytest.MonkeyPatch.context() as patch:
        first = parse(data, "f.yaml")
        patch.setattr(reader, "yaml_rs", None)
        return first, parse(data, "f.yaml")


def test_every_file_of_the_tree_is_read_alike() -> None:
    """Each record, and each example of what is refused, gives the same values, or is refused, with both readers."""
    differ = []
    for path in _FILES:
        fast, slow = _both(path.read_bytes())
        if repr(fast.value) != repr(slow.value):
            differ.append(path.relative_to(ROOT))
    assert len(_FILES) > 200
    assert differ == []


@pytest.mark.parametrize(
    "value",
    [
        *("1", "-1", "+1", "1_000", "0x1F", "0o17", "1.5", "1e3", ".5", "0.0", "00", "1:20", "12:30:45", "2021-12-03"),
        *("yes", "no", "true", "True", "tRue", "null", "~", "", "Infinity", "NaN", "=", "a #b", "é", "\U0001f642"),
        *("'it''s'", '"x\\n"', '"\\u00e4"', "|\n  x\n  y", ">\n  x\n  y\n\n  z", ">-\n  a\n   b", "[1, a]", "{b: 1}"),
    ],
)
def test_a_value_is_read_alike(value: str) -> None:
    """A value of any form that people write is the same to both readers, type included."""
    fast, slow = _both(f"a: {value}\n".encode())
    assert repr(fast.value) == repr(slow.value)
    assert fast.value is not None


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_no_text_says_two_things(text: str) -> None:
    """Whatever both readers accept says the same to both; what one refuses may be read by the other."""
    fast, slow = _both(f"a: {text.strip()}\n".encode())
    assert fast.value is None or slow.value is None or repr(fast.value) == repr(slow.value)


def test_elo_works_without_the_wheel(tmp_path: Path) -> None:
    """Without yaml-rs the verbs give the same answers, only later."""
    (tmp_path / "yaml_rs.py").write_text("raise ImportError\n", "utf-8")

    def run(**more: str) -> str:
        words = ("-m", "elo_cli", "check", "--format", "json", "--data", str(ROOT / "data"), "--as-of", "2024-01-01")
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=os.environ | {"ELO_TODAY": "2024-01-01"} | more,
        )
        assert done.stderr == ""
        return done.stdout

    assert run(PYTHONPATH=str(tmp_path)) == run()
