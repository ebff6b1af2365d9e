"""Which repository a folder belongs to: looked for from outside the folder, since what lies in it may be a stranger's.

git keeps nothing named `.git` in a commit, but anything else: HEAD, objects and refs lying in a data folder look like a
bare repository, with settings and references of whoever committed them. So such a folder is never asked about itself.
"""

import os
import shlex
import stat
from pathlib import Path
from typing import Final, NamedTuple

import pygit2
from pygit2.enums import RepositoryOpenFlag

from elo_cli.model.errors import N_, UnreadableProblem

_TRACKER: Final = "tracker.yaml"
_BARE_SIGNS: Final = ("HEAD", "objects", "refs")
_READ_AT_ONCE: Final = ("HEAD", "config", "config.worktree", "commondir", "shallow", "packed-refs", "info/grafts")
_ALTERNATES: Final = "objects/info/alternates"
_FLAGS: Final = RepositoryOpenFlag.NO_SEARCH | RepositoryOpenFlag.NO_DOTGIT
# As if bare, so that `core.worktree` counts for nothing: the work tree is the folder that was looked at.
_PLAIN: Final = _FLAGS | RepositoryOpenFlag.BARE

# What is left out of a partial clone is named when it is needed; libgit2 fetches nothing.
pygit2.settings.set_extensions(["partialclone"])


class OpenRepository(NamedTuple):
    """An open repository, and where the folder lies in it ("" for its top)."""

    git: pygit2.Repository
    prefix: str
    bare: bool


def find(folder: Path) -> OpenRepository:
    """The repository around a folder; UnreadableProblem when there is none, or it cannot or may not be read.

    The folder's own `.git` counts only where no repository around it has recorded the folder; a folder that is itself
    a bare repository counts only where it holds no tracker.
    """
    real = Path(os.path.realpath(folder))
    bare = all(_exists(real / name) for name in _BARE_SIGNS) and not _exists(real / _TRACKER)
    own = real / ".git" if _has_git(real) else real if bare else None
    around = next((parent for parent in real.parents if _has_git(parent)), None)
    if around is not None:
        # In git a name is bytes, and those of its folders are read as UTF-8, whatever the system takes for its own.
        prefix = os.fsencode(real.relative_to(around).as_posix()).decode("utf-8", "surrogateescape")
        outer = OpenRepository(_open(around / ".git", around), prefix, bare=False)
        if own is None or _records(outer):
            return outer
    if own is None:
        raise UnreadableProblem(
            N_("“{folder}” is in no git repository, so nothing was recorded there; git init begins one"),
            folder=str(folder),
        )
    return OpenRepository(_open(own, real), "", bare=own == real)


def _has_git(folder: Path) -> bool:
    """Whether a repository's work tree begins here; an empty `.git` is passed over, as git does."""
    entry = folder / ".git"
    return entry.is_file() or _exists(entry / "HEAD")


def _exists(path: Path) -> bool:
    return os.path.lexists(path)


def _records(outer: OpenRepository) -> bool:
    """Whether the commit that is checked out has something where the folder lies."""
    try:
        return not outer.prefix or outer.prefix in outer.git.revparse_single("HEAD^{tree}")  # type: ignore[operator]
    except (pygit2.GitError, KeyError, ValueError):
        return False


def _open(git: Path, top: Path) -> pygit2.Repository:
    _check_files(git)
    try:
        repository = pygit2.Repository(str(git), _PLAIN)
    except (pygit2.GitError, KeyError, ValueError, OSError) as error:
        if "not owned by current user" not in str(error):
            raise _refused(top, error) from None
        repository = _open_trusted(git, top)
    common = Path(_common(repository.path))
    _check_files(common)
    if _exists(common / "info" / "grafts"):
        raise UnreadableProblem(
            N_("“{path}” makes git tell another history than was committed; elo reads none until it is removed"),
            path=str(common / "info" / "grafts"),
        )
    return repository


def _open_trusted(git: Path, top: Path) -> pygit2.Repository:
    """A repository of someone else, where the user's `safe.directory` names its work tree."""
    try:
        # Only opened with its work tree is it held to the name that git asks the user to trust.
        trusted = pygit2.Repository(str(git), _FLAGS).workdir
    except (pygit2.GitError, KeyError, ValueError, OSError):
        trusted = None
    if trusted is None or os.path.realpath(trusted) != str(top):
        raise UnreadableProblem(
            N_("git does not trust “{folder}”, which belongs to someone else. If you do: {command}"),
            folder=str(top),
            command=f"git config --global --add safe.directory {shlex.quote(str(top))}",
        )
    pygit2.settings.owner_validation = False
    try:
        return pygit2.Repository(str(git), _PLAIN)
    except (pygit2.GitError, KeyError, ValueError, OSError) as error:
        raise _refused(top, error) from None
    finally:
        pygit2.settings.owner_validation = True


def _common(git: str) -> str:
    """The folder that a second work tree shares with the first; the repository's own folder else."""
    try:
        named = (Path(git) / "commondir").read_text("utf-8").strip()
    except (OSError, ValueError):
        return git
    return os.path.join(git, named)  # noqa: PTH118 - the name may be absolute or not


def _check_files(git: Path) -> None:
    """Refuse what would be waited for without end: a pipe in the place of a file that is read on opening."""
    for name in (*_READ_AT_ONCE, _ALTERNATES):
        try:
            mode = (git / name).stat().st_mode
        except (OSError, ValueError):
            continue
        if not stat.S_ISREG(mode):
            raise UnreadableProblem(N_("“{path}” is no file, so this is no repository"), path=str(git / name))


def _refused(top: Path, error: Exception) -> UnreadableProblem:
    reason = str(error)
    if "object format" in reason or "extension" in reason:
        return UnreadableProblem(
            N_(
                "elo cannot read how the repository “{folder}” is stored ({reason}); right would be a clone "
                "with SHA-1 names and references as files"
            ),
            folder=str(top),
            reason=reason.rpartition(": ")[2],
        )
    return UnreadableProblem(N_("git’s files in “{folder}” cannot be read: {reason}"), folder=str(top), reason=reason)
