"""Answers of a form that was not finished: kept for one user, by tracker, verb and target."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from elo_cli.store.disk.answers import drop_form, keep_form, kept_forms
from elo_cli.store.disk.memory import memory_of

ANSWERS = {"name.fi": "Ääkkösiä ja ”lainaus”", "sources.1": "+", "due": ""}


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember in a folder of this test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    """What was kept is there for this tracker, verb and target, and for no other; then it can be forgotten."""
    keep_form(tmp_path, "new", "milestone", ANSWERS)
    (form,) = kept_forms(tmp_path, "new")
    assert (form.target, form.answers) == ("milestone", ANSWERS)
    assert kept_forms(tmp_path, "update") == []
    assert kept_forms(tmp_path, "new", "measure") == []
    assert kept_forms(tmp_path / "other", "new") == []
    drop_form(tmp_path, "new", "milestone")
    assert kept_forms(tmp_path, "new") == []


def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    """The file and its folders are this user's alone."""
    keep_form(tmp_path, "update", "dsp-pilots", ANSWERS)
    folder = memory_of(tmp_path) / "forms"
    for path in (folder.parent, folder, *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"verb": "new"}', b'{"verb": "new", "target": "x", "answers": {"a": 1}}', b"\xff"]
)
def test_what_cannot_be_read_is_no_form(tmp_path: Path, content: bytes) -> None:
    """A file that something else wrote, or that was cut off, is passed over."""
    keep_form(tmp_path, "new", "x", ANSWERS)
    (memory_of(tmp_path) / "forms/new-x.json").write_bytes(content)
    assert kept_forms(tmp_path, "new") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_what_never_ends_is_no_form(tmp_path: Path) -> None:
    """A pipe or a link to a device in the place of a form is passed over, and not waited for."""
    keep_form(tmp_path, "new", "x", ANSWERS)
    folder = memory_of(tmp_path) / "forms"
    os.mkfifo(folder / "new-y.json")
    (folder / "new-z.json").symlink_to("/dev/zero")
    assert [form.target for form in kept_forms(tmp_path, "new")] == ["x"]


def test_two_terminals_keep_whole_answers(tmp_path: Path) -> None:
    """The same form in two terminals: both keep their answers, and what is kept is one's or the other's, whole."""

    def keep_often(letter: str) -> None:
        for _ in range(60):
            keep_form(tmp_path, "new", "x", {"name": letter * 50_000})

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(keep_often, "ab"))
    (form,) = kept_forms(tmp_path, "new")
    assert form.answers["name"] in {"a" * 50_000, "b" * 50_000}
