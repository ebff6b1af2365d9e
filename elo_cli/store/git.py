"""The only place that runs git: it reads what was recorded, and never touches work tree, index or configuration.

What a repository's own configuration could make git run (hooks, external diff, textconv, filters, fsmonitor, programs
for signatures and transport) is switched off or not asked for; `GIT_*` of the caller's environment stays outside.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from elo_cli.model.characters import CONTROL
from elo_cli.model.errors import N_, UnreadableProblem, UsageProblem

if TYPE_CHECKING:
    from elo_cli.store.git_source import RevisionSource

_SETTINGS: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=false",
    "log.showSignature=false",
    "protocol.ext.allow=never",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
_ENVIRONMENT: Final = {
    # Messages are recognised by their English words.
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
# Settings of a repository that name a program which git runs to get what a partial clone left out.
_TRANSPORT: Final = re.compile(
    r"core\.(sshcommand|gitproxy|askpass|alternaterefscommand)|credential\.(.*\.)?helper|remote\..*\.(uploadpack|vcs)"
    r"|url\..*\.insteadof"
)
_FILTER: Final = re.compile(r"filter\.(?P<name>.*)\.(?:clean|smudge|process|required)", re.DOTALL)
_CHUNK: Final = 1 << 20


class TreeItem(NamedTuple):
    """One thing in a revision: its mode (`100644`, `120000`, `160000`), its object and its path from the tree's top."""

    mode: str
    object_id: str
    path: str


class At(NamedTuple):
    """Where a data folder stands: the commit that is checked out, and whether anything below the folder differs."""

    revision: str
    dirty: bool

    @property
    def short(self) -> str:
        """The revision as people cite it."""
        return self.revision[:10]


class _Failure(Exception):
    """git ended with an error; the message is its own."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Repository:
    """A git repository, seen from one folder in it."""

    def __init__(self, folder: Path) -> None:
        """Find the repository around a folder; UnreadableProblem when there is none or git refuses it."""
        self.folder = folder
        self.partial = False
        self._fetches = False
        self._settings: tuple[str, ...] = ()
        asked = ("--is-bare-repository", "--is-shallow-repository", "--show-prefix")
        try:
            answer = os.fsdecode(self._run("rev-parse", *asked))
        except _Failure as failure:
            raise self._no_repository(failure.message) from None
        bare, shallow, prefix = answer.split("\n", 2)
        self.bare = bare == "true"
        self.shallow = shallow == "true"
        self.prefix = prefix.removesuffix("\n").removesuffix("/")
        """The folder's path from the top of the repository, "" for the top itself."""
        self._read_settings()

    def run(self, *arguments: str, given: bytes | None = None) -> bytes:
        """What git answers; UnreadableProblem with its last line when it fails."""
        try:
            return self._run(*arguments, given=given)
        except _Failure as failure:
            raise self._failed(failure.message) from None

    def resolve(self, rev: str) -> str:
        """The commit that a revision names; a UsageProblem or UnreadableProblem says why there is none."""
        if not rev or rev.startswith("-") or CONTROL.search(rev) or "\n" in rev:
            raise UsageProblem(
                N_("“{rev}” is not a revision; right would be a commit, tag or branch such as HEAD~1 or v2021.2"),
                rev=rev,
            )
        try:
            return self._run("rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}").decode().strip()
        except _Failure:
            raise self._unknown(rev) from None

    def merge_base(self, one: str, other: str) -> str:
        """The commit from which two commits went their own ways."""
        try:
            return self._run("merge-base", one, other).decode().split()[0]
        except _Failure:
            if self.shallow:
                raise self.missing(one) from None
            raise UnreadableProblem(
                N_("{one} and {other} have no common history"), one=one[:10], other=other[:10]
            ) from None

    def current_at(self, seconds: int, tip: str = "HEAD") -> str | None:
        """The commit that was current at a moment (seconds since 1970), along first parents; None before the first."""
        found = self.run("rev-list", "-1", "--first-parent", f"--before={seconds}", self.resolve(tip), "--")
        return found.decode().strip() or None

    def recorded_at(self, commit: str) -> int:
        """When a commit was recorded, in seconds since 1970."""
        return int(self.run("show", "--no-patch", "--no-notes", "--format=%ct", commit, "--").split()[0])

    def tree(self, commit: str, folder: str = "", *, exactly: str = "") -> list[TreeItem]:
        """Everything below a folder of a commit, or `exactly` one path; nothing when it is not there.

        Paths are counted from the folder.
        """
        where = exactly or (f"{folder}/" if folder else "")
        answer = self.run("ls-tree", "-r", "-z", "--full-tree", commit, *(("--", where) if where else ()))
        items = []
        for line in os.fsdecode(answer).split("\0")[:-1]:
            about, _, path = line.partition("\t")
            mode, _, object_id = about.split(" ")
            items.append(TreeItem(mode, object_id, path[len(folder) + 1 :] if folder else path))
        return items

    def blobs(self, ids: Iterable[str], limit: int) -> dict[str, bytes]:
        """The bytes of many files at once; of one larger than `limit` only the first `limit` + 1 bytes are kept."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        if self.partial:
            self._bring(wanted)
        found: dict[str, bytes] = {}
        with subprocess.Popen(
            self._command("cat-file", "--batch", "--buffer"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment(),
        ) as process:
            ask, answer = process.stdin, process.stdout
            if ask is None or answer is None:  # pragma: no cover - both are pipes
                return {}
            # git may answer before it has read everything; two pipes filled by one thread would wait for each other.
            feeder = Thread(target=_feed, args=(ask, wanted), daemon=True)
            feeder.start()
            for object_id in wanted:
                header = answer.readline().split()
                if len(header) < 3:  # noqa: PLR2004 - id, type and size; “id missing” else
                    continue
                found[object_id] = _take(answer, int(header[2]), limit)
            feeder.join()
        return found

    @cached_property
    def remote(self) -> str:
        """The remote that objects are fetched from; `origin` when none is named."""
        names = os.fsdecode(self.run("remote")).split()
        return "origin" if "origin" in names or not names else names[0]

    # How git is run

    def _command(self, *arguments: str) -> list[str]:
        settings = [part for setting in (*_SETTINGS, *self._settings) for part in ("-c", setting)]
        return ["git", "-C", os.fspath(self.folder), "--no-pager", "--no-optional-locks", *settings, *arguments]

    def _environment(self) -> dict[str, str]:
        return _environment() if self._fetches else _environment() | {"GIT_NO_LAZY_FETCH": "1"}

    def _run(self, *arguments: str, given: bytes | None = None) -> bytes:
        try:
            done = subprocess.run(
                self._command(*arguments),
                input=given,
                stdin=subprocess.DEVNULL if given is None else None,
                capture_output=True,
                env=self._environment(),
                check=False,
            )
        except FileNotFoundError:
            raise UnreadableProblem(N_("git is not installed here; what was recorded is read with it")) from None
        except (OSError, ValueError) as error:
            raise UnreadableProblem(N_("git cannot be run: {reason}"), reason=str(error)) from None
        if done.returncode != 0:
            raise _Failure(done.stderr.decode("utf-8", "replace").strip())
        return done.stdout

    @property
    def empty(self) -> bool:
        """Whether nothing has been committed on any branch."""
        return not self.run("rev-list", "--max-count=1", "--all")

    def _read_settings(self) -> None:
        """Learn from the names of the repository's own settings what has to be switched off."""
        listed = os.fsdecode(self.run("config", "--list", "-z", "--name-only", "--includes"))
        names = set(listed.split("\0"))
        own = os.fsdecode(self.run("config", "--local", "--list", "-z", "--name-only", "--includes")).split("\0")
        filters = {found["name"] for name in names if (found := _FILTER.fullmatch(name))}
        # A name with “=” cannot be switched off by -c; git would read the setting as another one.
        self._settings = tuple(
            f"filter.{name}.{part}"
            for name in sorted(filters)
            for part in ("clean=", "smudge=", "process=", "required=false")
        )
        self.filters_off = not any("=" in name for name in filters)
        self.partial = any(re.fullmatch(r"remote\..*\.promisor|extensions\.partialclone", name) for name in names)
        self._fetches = self.partial and not any(_TRANSPORT.fullmatch(name) for name in own)

    def _bring(self, ids: Sequence[str]) -> None:
        """Fetch what a partial clone left out, all at once; one by one is what git would do by itself."""
        # Asked about one that is missing, git would fetch it at once; the list of what is here says it without that.
        here = set(self._run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered").split())
        absent = [object_id for object_id in ids if object_id.encode() not in here]
        if not absent:
            return
        if not self._fetches:
            raise self.missing()
        # Without one connection for all, git fetches each file when it is read.
        with suppress(_Failure):
            self._run(
                *("-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head"),
                *("--recurse-submodules=no", "--filter=blob:none", "--stdin", self.remote),
                given=_lines(absent),
            )

    # What is said when git cannot answer

    def _no_repository(self, message: str) -> UnreadableProblem:
        if "dubious ownership" in message:
            return UnreadableProblem(
                N_("git does not trust “{folder}”, which belongs to someone else. If you do: {command}"),
                folder=str(self.folder),
                command=f"git config --global --add safe.directory {shlex.quote(str(self.folder.resolve()))}",
            )
        if "not a git repository" in message:
            return UnreadableProblem(
                N_("“{folder}” is in no git repository, so nothing was recorded there; git init begins one"),
                folder=str(self.folder),
            )
        return self._failed(message)

    @staticmethod
    def _failed(message: str) -> UnreadableProblem:
        line = message.splitlines()[-1] if message else "?"
        return UnreadableProblem(N_("git says: {answer}"), answer=line.removeprefix("fatal: "))

    def _unknown(self, rev: str) -> UnreadableProblem:
        try:
            self._run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except _Failure:
            return UnreadableProblem(N_("nothing has been committed yet in this repository"))
        if self.shallow:
            return self.missing(rev)
        return UnreadableProblem(N_("there is no revision “{rev}”; git log --oneline lists them"), rev=rev)

    def missing(self, rev: str = "HEAD") -> UnreadableProblem:
        """A revision or file that lies in the remote only, with the command that brings it."""
        if self.partial and not self.shallow:
            command = f"git fetch --refetch --filter=blob:none {shlex.quote(self.remote)}"
            if not self._fetches:
                command = f"git fetch --refetch --no-filter {shlex.quote(self.remote)}"
            return UnreadableProblem(N_("this clone lacks files that were recorded; run: {command}"), command=command)
        return UnreadableProblem(
            N_("this clone is shallow and does not reach back to “{rev}”; run: {command}"),
            rev=rev,
            command=self._unshallow(rev),
        )

    def _unshallow(self, rev: str) -> str:
        remote = shlex.quote(self.remote)
        branch = re.fullmatch(rf"{re.escape(self.remote)}/(?P<name>[A-Za-z0-9._/-]+)", rev)
        if branch is None:
            return f"git fetch --unshallow --tags {remote}"
        return f"git fetch --unshallow {remote} +refs/heads/{branch['name']}:refs/remotes/{rev}"


def at_revision(folder: Path, rev: str) -> "RevisionSource":
    """The data folder as it was recorded at a revision, wherever it lay in the repository then.

    Raises UsageProblem for what is no revision, UnreadableProblem when git, the revision or the tracker is not there.
    """
    from elo_cli.store.git_source import RevisionSource

    repository = Repository(folder)
    return RevisionSource(repository, repository.resolve(rev), rev)


class Lines(NamedTuple):
    """What git makes of three versions line by line; between markers what it cannot merge."""

    data: bytes
    clean: bool


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> Lines:
    """Merge three versions as git does by itself; what is no text stays ours, and is not clean."""
    with TemporaryDirectory(prefix="elo-merge-") as folder:
        paths = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for path, data in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(data)
        names = ("-L", "ours", "-L", "base", "-L", "theirs")
        try:
            done = subprocess.run(
                ["git", "merge-file", "-p", "-q", *names, *map(os.fspath, paths)],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=_environment(),
                check=False,
            )
        except OSError as error:
            raise UnreadableProblem(N_("git cannot be run: {reason}"), reason=str(error)) from None
    if done.returncode < 0 or done.returncode > _MOST_CONFLICTS:
        return Lines(ours, clean=False)
    return Lines(done.stdout, done.returncode == 0)


_MOST_CONFLICTS: Final = 127
"""git leaves with the number of conflicts, and with more than this when it failed."""


def is_repository(folder: Path) -> bool:
    """Whether git answers in this folder."""
    try:
        Repository(folder)
    except UnreadableProblem:
        return False
    return True


def create_repository(folder: Path) -> None:
    """Begin a repository in a new folder, for `elo init --git`; one that is there stays as it is."""
    try:
        command = ["git", "init", "--quiet", "--initial-branch=main", os.fspath(folder.absolute())]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=_environment(), check=False)
    except OSError as error:
        raise UnreadableProblem(N_("git cannot be run: {reason}"), reason=str(error)) from None
    if done.returncode != 0:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise UnreadableProblem(N_("git cannot be run: {reason}"), reason=message)


def describe(folder: Path) -> At | None:
    """Which commit a data folder is at, and whether the folder differs from it; None outside git or before a commit."""
    from elo_cli.store.git_changes import worktree_changes

    try:
        repository = Repository(folder)
        commit = repository.resolve("HEAD")
        return At(commit, bool(not repository.bare and worktree_changes(repository, commit)))
    except UnreadableProblem:
        return None


def _environment() -> dict[str, str]:
    """The caller's environment without what it says to git, which may be about another repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _ENVIRONMENT


def _lines(ids: Sequence[str]) -> bytes:
    return "".join(f"{object_id}\n" for object_id in ids).encode()


def _feed(pipe: IO[bytes], ids: Sequence[str]) -> None:
    # git has ended when the pipe breaks; the reader sees that as the end of the answer.
    with suppress(OSError):
        pipe.write(_lines(ids))
        pipe.close()


def _take(pipe: IO[bytes], size: int, limit: int) -> bytes:
    """One answer of cat-file without its line end; what is over the limit is read and let go."""
    kept = pipe.read(min(size, limit + 1))
    rest = size - len(kept) + 1
    while rest > 0 and (chunk := pipe.read(min(rest, _CHUNK))):
        rest -= len(chunk)
    return kept
