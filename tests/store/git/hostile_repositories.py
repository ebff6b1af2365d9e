"""Repositories that a stranger, a tool or a bad disk could have made, each with what elo has to say of it.

Every one holds the same two commits, `BASE` and a second one that rewrites a promise, and then what makes it hostile.
"""

import os
import shutil
import subprocess
import zlib
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from typing import Final, Literal, NamedTuple

from tests.repositories import CLEAN, Repo

MILESTONE: Final = "type: national\ndue: 2022-Q3\nresponsible: [okm]\nstatus: in-progress\n"
REWRITTEN: Final = MILESTONE.replace("2022-Q3", "2024-Q4")
PATH: Final = "milestones/x.yaml"

Told = Literal["promise", "refused"]
"""Whether `check --against BASE` finds the rewritten promise, or says in one sentence why it cannot compare."""


class Place(NamedTuple):
    """A repository that is being made hostile: the repository, and a file that appears when a program runs."""

    repo: Repo
    canary: Path

    @property
    def git(self) -> Path:
        """The repository's git folder."""
        return self.repo.root / ".git"

    @property
    def spring(self) -> str:
        """A command that leaves the file, and fails."""
        return f"touch {self.canary}; false"

    def set(self, name: str, value: str) -> None:
        """Set something in the repository's own configuration."""
        self.repo.git("config", "--local", "--replace-all", name, value)

    def attributes(self, text: str) -> None:
        """Write .gitattributes for the data folder and commit it."""
        (self.repo.data / ".gitattributes").write_text(text, "utf-8")
        self.repo.git("-c", "core.hooksPath=/dev/null", "add", "-A", "-f", "--", "data/.gitattributes")
        self.repo.git("commit", "-q", "-m", "Attributes")


Build = Callable[[Place], None]
REPOSITORIES: Final[dict[str, tuple[Build, Told]]] = {}


def hostile(told: Told = "promise") -> Callable[[Build], Build]:
    """Put a builder in the table under the words of its name."""

    def register(build: Build) -> Build:
        REPOSITORIES[build.__name__.strip("_").replace("_", " ")] = (build, told)
        return build

    return register


def template(root: Path) -> Repo:
    """Make the repository that the others are copies of."""
    repo = Repo(root)
    repo.commit({PATH: MILESTONE})
    repo.git("tag", "BASE")
    repo.commit({PATH: REWRITTEN})
    return repo


def copied(original: Repo, root: Path) -> Repo:
    """Give a copy of a repository with a fresh index."""
    shutil.copytree(original.root, root, symlinks=True)
    repo = Repo.__new__(Repo)
    repo.root, repo.data, repo._day = root, root / "data", 10  # noqa: SLF001 - a copy of our own class
    repo.git("update-index", "-q", "--refresh")
    return repo


# A data folder that looks like a repository


def _bare(place: Place, config: str, worktree: str = "") -> None:
    data = place.repo.data
    for folder in ("objects", "refs"):
        (data / folder).mkdir()
        (data / folder / "k").write_text("", "utf-8")
    (data / "HEAD").write_text(place.repo.git("rev-parse", "HEAD") + "\n", "utf-8")
    (data / "config").write_text(config, "utf-8")
    if worktree:
        (data / "config.worktree").write_text(worktree, "utf-8")
    place.repo.git("--git-dir=.git", "--work-tree=.", "add", "-A")
    place.repo.git("--git-dir=.git", "--work-tree=.", "commit", "-q", "-m", "More data")


@hostile()
def a_data_folder_that_is_a_bare_repository(place: Place) -> None:
    """Its settings for the work tree name a program for a missing object."""
    remote = f'[remote "o"]\n\turl = ssh://h/x\n\tpromisor = true\n[core]\n\tsshCommand = "{place.spring}"\n'
    _bare(
        place,
        "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tworktreeConfig = true\n"
        "\tpartialClone = o\n",
        remote,
    )


@hostile()
def a_data_folder_that_is_a_bare_repository_with_fsmonitor(place: Place) -> None:
    """Its settings name a program that looks for changes, and another work tree."""
    _bare(place, f'[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = "{place.spring}"\n')


@hostile()
def a_data_folder_with_replaced_references(place: Place) -> None:
    """References of its own say that BASE is what is checked out, and replace it."""
    head, base = place.repo.git("rev-parse", "HEAD"), place.repo.git("rev-parse", "BASE")
    _bare(place, "[core]\n\tbare = true\n")
    for name in ("refs/replace/" + base, "refs/tags/BASE", "refs/heads/main"):
        (place.repo.data / name).parent.mkdir(parents=True, exist_ok=True)
        (place.repo.data / name).write_text(f"{head}\n", "utf-8")
    (place.repo.data / "objects/info").mkdir()
    (place.repo.data / "objects/info/alternates").write_text("../../.git/objects\n", "utf-8")


@hostile()
def a_copy_of_git_in_a_folder_of_records(place: Place) -> None:
    """A whole repository lies among the milestones."""
    shutil.copytree(place.git, place.repo.data / "milestones" / ".git")


@hostile()
def a_git_of_its_own_beside_the_settings(place: Place) -> None:
    """A repository in which the data never changed lies in the data folder that another one records."""
    inner = Repo(place.repo.data, ".")
    inner.git("add", "-A")
    inner.git("commit", "-q", "-m", "Nothing to see")
    inner.git("tag", "BASE")


@hostile()
def a_git_file_in_the_data_folder(place: Place) -> None:
    """A file that says where the repository is names one made for the purpose."""
    other = Repo(place.canary.parent / "other", ".")
    shutil.copytree(place.repo.data, other.root, dirs_exist_ok=True)
    other.git("add", "-A")
    other.git("commit", "-q", "-m", "Nothing to see")
    other.git("tag", "BASE")
    (place.repo.data / ".git").write_text(f"gitdir: {other.root}/.git\n", "utf-8")


# Programs that settings name


def _setting(name: str, value: str = "") -> None:
    def build(place: Place) -> None:
        """A setting names a program."""
        place.set(name, value or place.spring)
        (place.repo.data / PATH).touch()

    build.__name__ = name.replace(".", "_dot_")
    REPOSITORIES[f"the setting {name}"] = (build, "promise")


for _name in (
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "core.sshCommand",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "credential.helper",
    "diff.external",
    "gpg.program",
    "uploadpack.packObjectsHook",
    "alias.status",
    "alias.log",
    "mergetool.x.cmd",
    "merge.elo.driver",
    "sequence.editor",
    "interactive.diffFilter",
    "remote.origin.uploadpack",
    "submodule.data.update",
):
    _setting(_name)


@hostile()
def hooks_of_every_name(place: Place) -> None:
    """A folder of hooks is named that leave the file, also on changes of the index."""
    hooks = place.canary.parent / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "pre-commit", "fsmonitor-watchman", "post-checkout"):
        (hooks / name).write_text(f"#!/bin/sh\n{place.spring}\n", "utf-8")
        (hooks / name).chmod(0o755)
    place.set("core.hooksPath", str(hooks))


@hostile()
def filters(place: Place) -> None:
    """A committed attribute sends every record through filters, one of them with a name that `-c` cannot switch off."""
    place.attributes("*.yaml filter=a=b diff=x merge=x\n")
    for part in ("clean", "smudge", "process"):
        place.set(f"filter.a=b.{part}", place.spring)
    place.set("diff.x.textconv", place.spring)
    place.set("diff.x.command", place.spring)
    os.utime(place.repo.data / PATH)


@hostile()
def a_submodule_with_a_filter(place: Place) -> None:
    """A submodule in the data folder has a filter of its own."""
    sub = Repo(place.repo.data / "measures", ".")
    (sub.root / "a.yaml").write_text("id: a\n", "utf-8")
    sub.git("add", "-A")
    sub.git("commit", "-q", "-m", "Sub")
    (sub.root / ".gitattributes").write_text("* filter=f\n", "utf-8")
    sub.git("config", "filter.f.clean", place.spring)
    place.repo.git("add", "data/measures")
    place.repo.git("commit", "-q", "-m", "A submodule")
    (sub.root / "a.yaml").write_text("id: b\n", "utf-8")


@hostile()
def settings_from_another_file(place: Place) -> None:
    """A committed file is included, by an unconditional and a conditional include."""
    (place.repo.data / "inc").write_text(f'[core]\n\tfsmonitor = "{place.spring}"\n\tworktree = /\n', "utf-8")
    place.set("include.path", "../data/inc")
    place.set("includeIf.gitdir:/.path", "../data/inc")


@hostile()
def transports_that_are_programs(place: Place) -> None:
    """Everything fetched from would be a program, and a file is missing."""
    place.set("url.ext::sh -c x.insteadOf", "https://")
    place.set("remote.origin.url", f"ext::sh -c {place.spring}")
    place.set("protocol.ext.allow", "always")


@hostile("refused")
def a_partial_clone_with_a_program_for_transport(place: Place) -> None:
    """A file of BASE is missing, and fetching it would run a program."""
    place.set("core.repositoryformatversion", "1")
    place.set("extensions.partialClone", "origin")
    place.set("remote.origin.promisor", "true")
    place.set("remote.origin.url", f"ext::sh -c {place.spring}")
    place.set("protocol.ext.allow", "always")
    _lose(place, "BASE:data/" + PATH)


# What hides a change from git


@hostile()
def replaced_objects(place: Place) -> None:
    """A replace reference says that BASE is what is checked out."""
    place.repo.git("replace", "BASE", "HEAD")


@hostile()
def a_replaced_file(place: Place) -> None:
    """A replace reference says that the old file is the new one."""
    place.repo.git("replace", f"BASE:data/{PATH}", f"HEAD:data/{PATH}")


@hostile("refused")
def grafts(place: Place) -> None:
    """A graft takes a commit its parent."""
    (place.git / "info").mkdir(exist_ok=True)
    (place.git / "info/grafts").write_text(place.repo.git("rev-parse", "HEAD") + "\n", "utf-8")


@hostile("refused")
def a_shallow_file_that_cuts_history(place: Place) -> None:
    """History ends at what is checked out."""
    (place.git / "shallow").write_text(place.repo.git("rev-parse", "HEAD") + "\n", "utf-8")


def _uncommitted(place: Place) -> None:
    place.repo.git("reset", "-q", "--hard", "BASE")


def _rewrite(place: Place) -> None:
    """Rewrite the promise in the work tree only."""
    file = place.repo.data / PATH
    file.write_text(file.read_text("utf-8").replace("2022-Q3", "2024-Q4"), "utf-8")


@hostile()
def assume_unchanged(place: Place) -> None:
    """Git was told never to look at the file."""
    _uncommitted(place)
    place.repo.git("update-index", "--assume-unchanged", f"data/{PATH}")
    _rewrite(place)


@hostile()
def skip_worktree(place: Place) -> None:
    """Git was told that the file is not in the work tree."""
    _uncommitted(place)
    place.repo.git("update-index", "--skip-worktree", f"data/{PATH}")
    _rewrite(place)


@hostile()
def times_set_back(place: Place) -> None:
    """The file has the size and the time that git remembers, and other contents."""
    _uncommitted(place)
    file = place.repo.data / PATH
    before = file.stat()
    _rewrite(place)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@hostile()
def an_ignored_file(place: Place) -> None:
    """The record is removed from the index, ignored, and rewritten."""
    _uncommitted(place)
    (place.repo.data / ".gitignore").write_text("*\n", "utf-8")
    place.set("core.excludesFile", str(place.repo.data / ".gitignore"))
    place.repo.git("rm", "-q", "--cached", f"data/{PATH}")
    _rewrite(place)


@hostile()
def attributes_that_hide(place: Place) -> None:
    """No difference, another encoding, other line ends, expanded words."""
    _uncommitted(place)
    (place.repo.data / ".gitattributes").write_text(
        "* -diff -text ident eol=crlf export-ignore linguist-generated\n", "utf-8"
    )
    (place.git / "info").mkdir(exist_ok=True)
    (place.git / "info/attributes").write_text("*.yaml working-tree-encoding=UTF-16 binary\n", "utf-8")
    _rewrite(place)


@hostile()
def a_work_tree_elsewhere(place: Place) -> None:
    """The settings say that the work tree is another folder."""
    _uncommitted(place)
    elsewhere = place.canary.parent / "elsewhere"
    shutil.copytree(place.repo.data, elsewhere / "data")
    place.set("core.worktree", str(elsewhere))
    _rewrite(place)


@hostile()
def a_sparse_checkout(place: Place) -> None:
    """The data folder is outside of what is checked out, and there all the same."""
    _uncommitted(place)
    place.set("core.sparseCheckout", "true")
    (place.git / "info").mkdir(exist_ok=True)
    (place.git / "info/sparse-checkout").write_text("/nothing/\n", "utf-8")
    _rewrite(place)


@hostile()
def case_and_links_switched_off(place: Place) -> None:
    """The settings say that names have no case, files no mode and times no meaning."""
    for name, value in (("ignoreCase", "true"), ("fileMode", "false"), ("symlinks", "false"), ("trustctime", "false")):
        place.set(f"core.{name}", value)
    place.set("core.checkStat", "minimal")


@hostile()
def references_of_odd_names(place: Place) -> None:
    """Branches and tags are named like options, revisions and files."""
    for name in ("refs/heads/-x", "refs/heads/HEAD", "refs/tags/HEAD", "refs/tags/data", "refs/heads/\u202e"):
        (place.git / os.fsdecode(name.encode())).write_text(place.repo.git("rev-parse", "BASE") + "\n", "utf-8")


# What is broken


@hostile()
def an_index_of_garbage(place: Place) -> None:
    """The index is no index."""
    (place.git / "index").write_bytes(b"DIRC\0\0\0\2\xff\xff\xff\xff" + b"\xff" * 500)


@hostile()
def an_index_that_lies(place: Place) -> None:
    """Git's index remembers the old file, from another place."""
    (place.git / "index").write_bytes((place.git / "index").read_bytes()[:-25])


@hostile()
def no_index(place: Place) -> None:
    """The index is gone."""
    (place.git / "index").unlink()


@hostile()
def a_commit_graph_of_garbage(place: Place) -> None:
    """What git keeps to be quick is broken."""
    folder = place.git / "objects/info"
    folder.mkdir(exist_ok=True)
    (folder / "commit-graph").write_bytes(b"CGPH\1\1\4\0" + b"\xff" * 400)
    (place.git / "objects/pack").mkdir(exist_ok=True)
    (place.git / "objects/pack/multi-pack-index").write_bytes(b"MIDX\1\1\0\0" + b"\xff" * 400)


@hostile()
def a_pack_of_garbage(place: Place) -> None:
    """A pack and its index are noise."""
    folder = place.git / "objects/pack"
    folder.mkdir(exist_ok=True)
    (folder / f"pack-{'1' * 40}.pack").write_bytes(b"PACK" + b"\xff" * 400)
    (folder / f"pack-{'1' * 40}.idx").write_bytes(b"\xfftOc" + b"\xff" * 2000)


@hostile("refused")
def packed_references_of_garbage(place: Place) -> None:
    """The packed references are noise, and BASE lay in them."""
    place.repo.git("pack-refs", "--all")
    (place.git / "packed-refs").write_bytes(b"# pack-refs\n\xff\xff\n" * 30)


@hostile("refused")
def a_head_that_leads_nowhere(place: Place) -> None:
    """What is checked out is a reference that git could not have written."""
    (place.git / "HEAD").write_text("ref: refs/heads/../../../etc/passwd\n", "utf-8")


@hostile("refused")
def a_missing_file(place: Place) -> None:
    """A file of BASE is gone."""
    _lose(place, "BASE:data/" + PATH)


@hostile("refused")
def a_missing_folder(place: Place) -> None:
    """A folder of BASE is gone."""
    _lose(place, "BASE:data")


@hostile("refused")
def a_missing_commit(place: Place) -> None:
    """The commit that is checked out is gone."""
    _lose(place, "HEAD")


@hostile("refused")
def a_damaged_file(place: Place) -> None:
    """A file of BASE holds other contents than its name says."""
    path = _object(place, "BASE:data/" + PATH)
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"blob 3\0new"))


@hostile("refused")
def a_settings_file_of_garbage(place: Place) -> None:
    """The repository's configuration is noise."""
    (place.git / "config").write_bytes(b"[core\n\xff\0 = [[[\n" * 20)


@hostile("refused")
def an_unknown_extension(place: Place) -> None:
    """The repository says that it is stored in a way that nobody knows."""
    place.set("core.repositoryformatversion", "1")
    place.set("extensions.fromTheFuture", "true")


@hostile("refused")
def references_in_tables(place: Place) -> None:
    """The references lie in a form that the library does not read."""
    place.set("core.repositoryformatversion", "1")
    place.set("extensions.refStorage", "reftable")


@hostile("refused")
def a_pipe_for_alternates(place: Place) -> None:
    """Where other objects lie is to be read from a pipe that nobody fills."""
    (place.git / "objects/info").mkdir(exist_ok=True)
    os.mkfifo(place.git / "objects/info/alternates")


@hostile("refused")
def a_pipe_for_packed_references(place: Place) -> None:
    """The packed references are a pipe that nobody fills."""
    (place.git / "packed-refs").unlink(missing_ok=True)
    os.mkfifo(place.git / "packed-refs")


@hostile()
def alternates_that_lead_in_circles(place: Place) -> None:
    """The other objects are these, and a device, and nothing."""
    (place.git / "objects/info").mkdir(exist_ok=True)
    (place.git / "objects/info/alternates").write_text(f"{place.git}/objects\n/dev/zero\n/nowhere\n", "utf-8")


# What is large


@hostile()
def a_gigantic_file(place: Place) -> None:
    """A committed file of a few kB unpacks to many megabytes."""
    place.repo.commit({"milestones/big.yaml": b"\0" * 50_000_000})
    (place.repo.data / "milestones/big.yaml").unlink()


@hostile()
def folders_that_multiply(place: Place) -> None:
    """Thirty trees, each naming the next ten times, stand for more paths than there are atoms."""
    tree = _write(place, "blob", b"x")
    mode = b"100644"
    for _ in range(30):
        names = b"".join(mode + b" %d\0" % number + bytes.fromhex(tree) for number in range(10))
        tree, mode = _write(place, "tree", names), b"40000"
    _commit_tree(place, "bomb", tree)


@hostile()
def a_deep_folder(place: Place) -> None:
    """A path of 5,000 folders."""
    tree, mode = _write(place, "blob", b"x"), b"100644"
    for _ in range(5_000):
        tree, mode = _write(place, "tree", mode + b" a\0" + bytes.fromhex(tree)), b"40000"
    _commit_tree(place, "deep", tree)


# What is unusual, and good


@hostile()
def a_symbolic_link_to_the_git_folder(place: Place) -> None:
    """The git folder lies elsewhere, and a link leads to it."""
    elsewhere = place.canary.parent / "store"
    place.git.rename(elsewhere)
    place.git.symlink_to(elsewhere)


@hostile()
def a_second_work_tree(place: Place) -> None:
    """The work tree is a second one, and its repository's folder is named in a file."""
    second = place.canary.parent / "second"
    place.repo.git("worktree", "add", "-q", str(second))
    place.repo.root, place.repo.data = second, second / "data"


@hostile()
def a_detached_head(place: Place) -> None:
    """No branch is checked out."""
    place.repo.git("checkout", "-q", "--detach")


@hostile()
def an_unmerged_index(place: Place) -> None:
    """A merge stopped at another file."""
    place.repo.git("checkout", "-q", "-b", "side", "BASE")
    place.repo.commit({"milestones/z.yaml": MILESTONE})
    place.repo.git("checkout", "-q", "main")
    place.repo.commit({"milestones/z.yaml": REWRITTEN})
    subprocess.run(["git", "merge", "-q", "side"], cwd=place.repo.root, env=CLEAN, capture_output=True, check=False)


@hostile()
def everything_packed(place: Place) -> None:
    """Objects and references are packed, with everything that git keeps to be quick."""
    place.repo.git("gc", "-q", "--aggressive", "--prune=now")
    place.repo.git("commit-graph", "write", "--reachable")
    place.repo.git("multi-pack-index", "write")


def _object(place: Place, rev: str) -> Path:
    name = place.repo.git("rev-parse", rev)
    return place.git / "objects" / name[:2] / name[2:]


def _lose(place: Place, rev: str) -> None:
    _object(place, rev).unlink()


def _write(place: Place, kind: str, data: bytes) -> str:
    """Write an object as git stores it; git itself would take a process for each."""
    whole = f"{kind} {len(data)}\0".encode() + data
    name = sha1(whole, usedforsecurity=False).hexdigest()
    path = place.git / "objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(zlib.compress(whole, 1))
    return name


def _commit_tree(place: Place, name: str, tree: str) -> None:
    """Commit a tree below the data folder without checking it out."""
    data = place.repo.git("ls-tree", "HEAD:data").splitlines()
    entries = [line.split(None, 3) for line in data] + [["40000", "tree", tree, name]]

    def packed(rows: list[list[str]]) -> bytes:
        rows.sort(key=lambda row: row[3] + ("/" if row[1] == "tree" else ""))
        return b"".join(f"{row[0].lstrip('0')} {row[3]}\0".encode() + bytes.fromhex(row[2]) for row in rows)

    inner = _write(place, "tree", packed(entries))
    top = _write(place, "tree", packed([["40000", "tree", inner, "data"]]))
    commit = place.repo.git("commit-tree", top, "-p", "HEAD", "-m", "Folders")
    (place.git / "refs/heads/main").write_text(f"{commit}\n", "utf-8")
