"""The merge of two versions of a record: by meaning, the same from both sides, nothing lost, and no guess."""

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elo_cli.commands.merge_driver import EXAMPLES
from elo_cli.store.edit.merge_data import MergeConflictError, merge
from elo_cli.store.edit.merge_text import merge_files
from elo_cli.store.edit.record import same
from elo_cli.store.git.merge import merge_lines
from elo_cli.store.yaml.strict import Plain, parse
from tests.repositories import CLEAN, Repo

PATH = "data/milestones/x.yaml"
HEAD = """\
# A milestone that many follow
id: x
name:
  en: A milestone
type: national
due: 2022-Q3  # as the slide says
responsible: [okm, tem]
"""
WORDS = """\
updates:
  # the first word
  - date: 2022-01-10
    status: planned
"""
BASE = HEAD + WORDS


def word(day: str, text: str, comment: str = "") -> str:
    """Give the lines of an update."""
    return f"{comment}  - date: {day}\n    {text}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository in which git merges records with elo."""
    repo = Repo(tmp_path / "repo")
    elo = shlex.quote(str(Path(sys.executable).with_name("elo")))
    repo.git("config", "merge.elo.driver", f"{elo} merge-driver %O %A %B %P")
    (repo.root / ".gitattributes").write_text("data/**/*.yaml merge=elo\n", "utf-8")
    repo.commit({"milestones/x.yaml": BASE.encode()})
    return repo


def git_merge(repo: Repo, ours: str, theirs: str) -> tuple[int, str]:
    """Commit the two versions on two branches, merge them, and give git's exit code and the file."""
    repo.git("checkout", "-q", "-b", "theirs")
    repo.commit({"milestones/x.yaml": theirs.encode()})
    repo.git("checkout", "-q", "main")
    repo.commit({"milestones/x.yaml": ours.encode()})
    run = subprocess.run(
        ["git", "merge", "-q", "-m", "Merge", "theirs"], cwd=repo.root, env=CLEAN, capture_output=True, check=False
    )
    return run.returncode, (repo.root / PATH).read_text("utf-8")


def test_two_new_updates_merge_in_the_order_of_their_days(repo: Repo) -> None:
    """Both branches add a word at the end of the list, where git alone would see a conflict."""
    mine = BASE + word("2022-03-01", "status: in-progress", "  # mine\n")
    other = BASE + word("2022-02-01", "confidence: on-track")
    code, text = git_merge(repo, mine, other)
    assert code == 0, text
    assert [line for line in text.splitlines() if "date:" in line] == [
        "  - date: 2022-01-10",
        "  - date: 2022-02-01",
        "  - date: 2022-03-01",
    ]
    for comment in ("# A milestone that many follow", "# as the slide says", "# the first word", "# mine"):
        assert text.count(comment) == 1


def test_different_fields_merge(repo: Repo) -> None:
    """Neighbouring lines changed on two branches are two changes."""
    code, text = git_merge(
        repo, BASE.replace("2022-Q3", "2022-Q4"), BASE.replace("type: national", "type: monitoring-step")
    )
    assert code == 0, text
    assert "due: 2022-Q4  # as the slide says" in text
    assert "type: monitoring-step" in text


def test_one_field_changed_twice_is_a_conflict_that_can_be_read(repo: Repo) -> None:
    """Both values stand between git's markers, and git stops the merge."""
    code, text = git_merge(repo, BASE.replace("2022-Q3", "2022-Q4"), BASE.replace("2022-Q3", "2023"))
    assert code == 1
    begin, middle, end = (text.index(marker) for marker in ("<<<<<<< ", "=======", ">>>>>>> "))
    assert begin < text.index("2022-Q4") < middle < text.index("due: 2023") < end
    assert text.startswith("# A milestone that many follow\nid: x\n")


def test_two_words_of_one_day_that_contradict_are_a_conflict(repo: Repo) -> None:
    """Nobody could order them, so somebody has to choose."""
    code, text = git_merge(
        repo, BASE + word("2022-02-01", "status: completed"), BASE + word("2022-02-01", "status: suspended")
    )
    assert code == 1
    assert "completed" in text
    assert "suspended" in text


@pytest.mark.parametrize(
    "broken",
    ["id: [\n", "", "\x00\x01", "- a list\n", "id: x\nid: x\n"],
    ids=["syntax", "empty", "binary", "list", "twice"],
)
def test_what_is_no_record_is_left_to_git(broken: str) -> None:
    """A version that cannot be read is merged by lines, or not at all."""
    merged = merge_files(
        BASE.encode(), broken.encode(), (BASE + word("2022-02-01", "status: completed")).encode(), PATH
    )
    assert merged.conflict is not None
    assert b"Traceback" not in merged.data


def test_comments_of_both_sides_stay_or_git_decides() -> None:
    """Where a splice would lose a comment, the lines of both sides are kept between markers."""
    mine = BASE + word("2022-02-01", "status: completed", "  # mine\n")
    other = BASE + word("2022-02-02", "confidence: on-track", "  # theirs\n")
    merged = merge_files(BASE.encode(), mine.encode(), other.encode(), PATH)
    assert b"# mine" in merged.data
    assert b"# theirs" in merged.data


def test_lines_that_merge_but_say_something_else_are_not_believed() -> None:
    """Lines merge cleanly into an order that is not the days', and the data decides."""
    early = (
        HEAD
        + "updates:\n"
        + word("2021-01-01", "status: planned")
        + "".join(word(f"2022-0{month}-01", f"note:\n      en: Word {month}") for month in range(1, 6))
    )
    mine = early.replace("updates:\n", "updates:\n" + word("2021-06-01", "confidence: on-track"))
    merged = merge_files(early.encode(), mine.encode(), early.replace("Word 5", "Word five").encode(), PATH)
    value = parse(merged.data, PATH).value
    assert value is not None
    dates = [one["date"] for one in value["updates"]]  # type: ignore[attr-defined]
    assert dates == sorted(dates)


_TEXT = st.sampled_from(["a", "b", "c"])
_WORD = st.fixed_dictionaries(
    {"date": st.sampled_from(["2021-01-01", "2021-02", "2021-Q1", "2022"])},
    optional={
        "status": st.sampled_from(["planned", "completed"]),
        "by": _TEXT,
        "note": st.fixed_dictionaries({"en": _TEXT}),
    },
)
_RECORD = st.fixed_dictionaries(
    {"id": st.just("x")},
    optional={
        "due": st.sampled_from(["2021-Q4", "2022"]),
        "responsible": st.lists(_TEXT, min_size=1, unique=True),
        "name": st.dictionaries(st.sampled_from(["fi", "sv"]), _TEXT, min_size=1),
        "updates": st.lists(_WORD, min_size=1, max_size=4, unique_by=str),
        "sources": st.lists(st.fixed_dictionaries({"document": _TEXT}), min_size=1, unique_by=str),
    },
)


def merged_or_none(base: Plain, ours: Plain, theirs: Plain) -> Plain | None:
    """Give the merged data, None for a conflict."""
    try:
        return merge(base, ours, theirs)
    except MergeConflictError:
        return None


@given(_RECORD, _RECORD, _RECORD)
@settings(max_examples=150)
def test_both_sides_are_equal_and_nothing_is_lost(base: Plain, ours: Plain, theirs: Plain) -> None:
    """merge(a, b) is merge(b, a), and whatever one side added or changed stands in it."""
    merged = merged_or_none(base, ours, theirs)
    turned = merged_or_none(base, theirs, ours)
    assert (merged is None) == (turned is None)
    if merged is None:
        return
    assert same(merged, turned)
    for side in (ours, theirs):
        for key, value in side.items():
            if isinstance(value, list):
                before, after = base.get(key, []), merged.get(key, [])
                assert isinstance(before, list)
                assert isinstance(after, list)
                assert all(item in after for item in value if item not in before), key
            elif not same(value, base.get(key)) and not isinstance(value, dict):
                assert same(merged.get(key), value), key


@given(_RECORD, _RECORD)
@settings(max_examples=60)
def test_a_side_that_changed_nothing_takes_the_other(base: Plain, side: Plain) -> None:
    """Where only one side changed, its version is the merged one."""
    assert same(merge(base, base, side), side)
    assert same(merge(base, side, base), side)


@given(st.permutations(["due", "type", "words"]), st.integers(0, 3))
@settings(max_examples=20)
def test_the_bytes_say_what_the_data_says(order: list[str], number: int) -> None:
    """What is written, from either side, is read back as the merged data, and its comments are all there."""
    mine = BASE.replace("2022-Q3", "2022-Q4") if order[0] == "due" else BASE + word("2022-04-01", f"by: b{number}")
    other = BASE.replace("national", "monitoring-step") if order[1] == "type" else BASE + word("2022-03-01", "by: c")
    plain = [parse(text.encode(), PATH).value for text in (BASE, mine, other)]
    assert plain[0] is not None
    assert plain[1] is not None
    assert plain[2] is not None
    meant = merge(plain[0], plain[1], plain[2])
    for one, two in ((mine, other), (other, mine)):
        merged = merge_files(BASE.encode(), one.encode(), two.encode(), PATH)
        assert merged.conflict is None
        assert same(parse(merged.data, PATH).value, meant)
        assert merged.data.count(b"#") == BASE.count("#")


def git_merges(repo: Repo, ours: Callable[[], None], theirs: Callable[[], None]) -> int:
    """Do one thing on each of two branches, commit it, merge the branches, and give git's exit code."""
    repo.git("checkout", "-q", "-b", "theirs")
    theirs()
    repo.commit()
    repo.git("checkout", "-q", "main")
    ours()
    repo.commit()
    run = subprocess.run(
        ["git", "merge", "-q", "-m", "Merge", "theirs"], cwd=repo.root, env=CLEAN, capture_output=True, check=False
    )
    return run.returncode


def write(repo: Repo, text: str, name: str = "x") -> Callable[[], None]:
    """Give what writes a milestone."""
    return lambda: repo.write({f"milestones/{name}.yaml": text.encode()})


@pytest.mark.parametrize("turned", [False, True])
def test_a_rename_on_one_side_takes_the_words_of_the_other(repo: Repo, turned: bool) -> None:
    """The file has its new name, the words of both sides, and both comments."""

    def rename() -> None:
        repo.git("mv", PATH, "data/milestones/y.yaml")
        write(repo, BASE.replace("id: x", "id: y\nformerly: [x]") + word("2022-03-01", "by: tem"), "y")()

    sides = (rename, write(repo, BASE + word("2022-02-01", "by: okm", "  # mine\n")))
    assert git_merges(repo, *(reversed(sides) if turned else sides)) == 0
    assert not (repo.root / PATH).exists()
    text = (repo.data / "milestones/y.yaml").read_text("utf-8")
    assert [line[10:] for line in text.splitlines() if "date:" in line] == ["2022-01-10", "2022-02-01", "2022-03-01"]
    value = parse(text.encode(), PATH).value
    assert value is not None
    assert (value["id"], value["formerly"]) == ("y", ["x"])
    assert (text.count("# mine"), text.count("# the first word")) == (1, 1)


@pytest.mark.parametrize("turned", [False, True])
def test_a_deletion_on_one_side_is_a_conflict_with_the_words_of_the_other(repo: Repo, turned: bool) -> None:
    """Git stops, and the version with the new word lies there."""
    changed = BASE + word("2022-02-01", "by: okm")
    sides = ((repo.root / PATH).unlink, write(repo, changed))
    assert git_merges(repo, *(reversed(sides) if turned else sides)) == 1
    assert (repo.root / PATH).read_text("utf-8") == changed


@pytest.mark.parametrize("turned", [False, True])
def test_line_ends_of_windows_on_one_side_lose_no_word(turned: bool) -> None:
    """Where an editor turned every line end on one side, the words of both are in the merged file, or a conflict is."""
    mine = (BASE + word("2022-03-01", "by: tem", "  # mine\n")).replace("\n", "\r\n").encode()
    other = (BASE + word("2022-02-01", "by: okm")).encode()
    merged = merge_files(BASE.encode(), *((other, mine) if turned else (mine, other)), PATH)
    for text in (b"2022-01-10", b"2022-02-01", b"2022-03-01", b"# mine"):
        assert text in merged.data
    if merged.conflict is None:
        value = parse(merged.data, PATH).value
        assert value is not None
        assert [one["date"] for one in value["updates"]] == ["2022-01-10", "2022-02-01", "2022-03-01"]  # type: ignore[attr-defined]
    else:
        assert merged.data.count(b"<<<<<<<") == merged.data.count(b">>>>>>>") > 0


def test_a_driver_that_cannot_start_leaves_both_sides_between_markers(repo: Repo) -> None:
    """With the setting that the manual gives, git merges by lines where elo is not there."""
    repo.git("config", "merge.elo.driver", EXAMPLES[0][0].split("'")[1].replace("elo ", "/nowhere/elo ", 1))
    code, text = git_merge(repo, BASE.replace("2022-Q3", "2022-Q4"), BASE.replace("2022-Q3", "2023"))
    assert code == 1
    assert [text.count(part) for part in ("<<<<<<<", "=======", ">>>>>>>", "2022-Q4", "due: 2023")] == [1] * 5


def test_the_driver_of_the_manual_merges_as_elo_does(repo: Repo) -> None:
    """A clean merge is clean, and a conflict of elo's own is not merged a second time."""
    command = EXAMPLES[0][0].split("'")[1]
    elo = shlex.quote(str(Path(sys.executable).with_name("elo")))
    repo.git("config", "merge.elo.driver", command.replace("elo ", f"{elo} ", 1))
    code, text = git_merge(
        repo, BASE + word("2022-02-01", "status: completed"), BASE + word("2022-02-01", "status: suspended")
    )
    assert code == 1
    assert text.count("<<<<<<<") == 1


@given(st.lists(st.binary(max_size=12), min_size=6, max_size=9), st.binary(min_size=1, max_size=4))
@settings(max_examples=150)
def test_lines_of_any_bytes_merge_the_same_from_both_sides(parts: list[bytes], added: bytes) -> None:
    """Whatever bytes a file holds, lines that one side alone changed are merged the same way from either side."""
    added = added.replace(b"\n", b"-").replace(b"\0", b"-")
    lines = [part.replace(b"\n", b"").replace(b"\0", b"") + b"%d\n" % index for index, part in enumerate(parts)]
    ours = [lines[0] + added, *lines[1:]]
    theirs = [*lines[:-1], added + lines[-1]]
    versions = [b"".join(side) for side in (lines, ours, theirs)]
    one, other = merge_lines(*versions), merge_lines(versions[0], versions[2], versions[1])
    assert one == other
    assert one.clean
    assert one.data == b"".join([ours[0], *lines[1:-1], theirs[-1]])


RETRACTED = "    retracted:\n      date: 2022-03-01\n      reason: {{en: {}}}\n"


def test_a_retraction_merges_with_what_the_other_side_added(repo: Repo) -> None:
    """One branch retracts a published update, the other retracts another one and adds a third."""
    base = BASE + word("2022-02-01", "status: completed")
    repo.commit({"milestones/x.yaml": base.encode()})
    mine = BASE + RETRACTED.format("Wrong") + word("2022-02-01", "status: completed")
    other = base + RETRACTED.format("Too early") + word("2022-03-01", "status: in-progress")
    code, text = git_merge(repo, mine, other)
    assert code == 0, text
    updates = [line.strip() for line in text.partition("updates:\n")[2].splitlines() if "#" not in line]
    assert updates == [
        *("- date: 2022-01-10", "status: planned", "retracted:", "date: 2022-03-01", "reason: {en: Wrong}"),
        *("- date: 2022-02-01", "status: completed", "retracted:", "date: 2022-03-01", "reason: {en: Too early}"),
        *("- date: 2022-03-01", "status: in-progress"),
    ]


def test_two_retractions_of_one_update_are_a_conflict(repo: Repo) -> None:
    """Why an update was wrong cannot be two things, so somebody has to choose."""
    code, text = git_merge(repo, BASE + RETRACTED.format("Wrong"), BASE + RETRACTED.format("Too early"))
    assert code == 1
    assert "Wrong" in text
    assert "Too early" in text
