"""The commands of docs/payment-requests.md do what the page says, one after the other."""

import re
import shlex
from pathlib import Path

import pytest

from tests.running import Run, Runner

PAGE = Path(__file__).parents[2] / "docs" / "payment-requests.md"


@pytest.fixture
def runs(elo: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Run]]:
    """Run every command of the page in a fresh folder and return what each gave, by its first words."""
    monkeypatch.chdir(tmp_path)
    found: dict[str, list[Run]] = {}
    today = {"ELO_TODAY": "2025-06-30", "ELO_LANG": "en"}
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            program, *words = shlex.split(line)
            if program == "cd":
                monkeypatch.chdir(tmp_path / words[0])
                continue
            # What the page begins, it begins before the request.
            day = {**today, "ELO_TODAY": "2024-08-01"} if words[0] == "init" else today
            run = elo(*words, data=None, env=day)
            assert run.code == 0, f"{line}\n{run.err}"
            found.setdefault(" ".join(words[:2]), []).append(run)
    return found


def test_the_commands_of_the_page(runs: dict[str, list[Run]]) -> None:
    """Each command works, the check at the end is clean, and what the page says of the answers is in them."""
    first, last = runs["show request-3"]
    assert "Milestones: 1 of 2 ready" in first.out
    assert "management declaration and summary of audits (2021/241 art. 22(2)(c))" in " ".join(first.out.split())
    assert "payment suspended" in last.out
    assert "observations on the reduction" not in " ".join(last.out.split())
    assert "€45 million" in runs["show rrf"][0].out.replace("\N{NO-BREAK SPACE}", " ")
    assert "0 errors, 0 warnings" in runs["check"][0].err
