"""Rules about files as such: whether they can be read at all, and whether they belong where they lie."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from elo_cli.checks.rule import MANY_RULE, Context, Spot, reading_rule, rule
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase
from elo_cli.store.schemas import FOLDER, IDS, SUFFIX, difference
from elo_cli.store.source import WorkTree

_REPOSITORY: Final = ("HEAD", "objects", "refs")
_MOST_FOLDERS: Final = 1_000

reading_rule(
    "file-unreadable",
    Level.ERROR,
    message=N_("the file cannot be read: {reason}"),
    meaning=N_("What this file holds is missing from every answer."),
    remedy=N_("Give the file permissions to be read, or put it back."),
)
reading_rule(
    "file-not-utf8",
    Level.ERROR,
    message=N_("the byte {byte} is not UTF-8"),
    meaning=N_(
        "Files are UTF-8, so that ä, ö and å are the same on every machine. This one was saved in another encoding."
    ),
    remedy=N_("Open the file in an editor and save it as UTF-8."),
)
reading_rule(
    "file-conflict-markers",
    Level.ERROR,
    message=N_("a merge was not finished: the marks of a conflict are still here"),
    meaning=N_("git could not join two changes and left both in the file. Which one holds is for a person to decide."),
    remedy=N_("Keep what is right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."),
)
reading_rule(
    "file-empty",
    Level.ERROR,
    message=N_("the file is empty"),
    meaning=N_("A file without content may be a record that was lost on the way."),
    remedy=N_("Fill it in, or delete the file; elo new makes a file with every field explained."),
)
reading_rule(
    "file-not-mapping",
    Level.ERROR,
    message=N_("the file is {found}, and not fields with their values"),
    meaning=N_("A record is a list of fields, each written as its name, a colon and its value."),
    remedy=N_("Begin with id: and the record’s id, as the other files of this folder do."),
)
reading_rule(
    "file-too-large",
    Level.ERROR,
    message=N_("the file has more than {limit} bytes, and is not read"),
    meaning=N_("No record is that large. A file of this size is something else, and would make every answer slow."),
    remedy=N_("Keep documents where they are published, and name them in the vocabulary with their address."),
)
reading_rule(
    "file-link-outside",
    Level.ERROR,
    message=N_("this is a link, and links are not followed"),
    meaning=N_("Data comes from pull requests. A link could show what else lies on the machine that reads it."),
    remedy=N_("Put the file itself here."),
)
reading_rule(
    "file-of-elo",
    Level.ERROR,
    message=N_("this bears the name of a file that elo makes while it writes, and elo keeps none in a tracker"),
    meaning=N_(
        "It was left by a run that was cut off or by an earlier version, or someone put it here to deceive. elo "
        "neither reads nor obeys it."
    ),
    remedy=N_("Delete it, and take it out of git if it is there."),
)
reading_rule(
    "file-unexpected",
    Level.WARNING,
    message=N_("nothing reads this file; right here would be {right}"),
    meaning=N_(
        "A file with another name or in another folder is in no answer, although someone may believe that it is."
    ),
    remedy=N_("Rename or move it; what is no record does not belong into the data folder."),
)
reading_rule(
    "file-name",
    Level.ERROR,
    message=N_("this name cannot stand on every machine: {detail}"),
    meaning=N_(
        "Where names are told apart otherwise, git writes one file over another or cannot write it, and the tracker is "
        "not the same for everyone."
    ),
    remedy=N_("Rename the file: small letters, digits and hyphens, as in the record’s id."),
)
reading_rule(
    MANY_RULE,
    Level.ERROR,
    message=N_("further findings in this file: {n} (errors {errors}, warnings {warnings}, notes {notes})"),
    meaning=N_(
        "A file with more findings than anybody reads is broken in one way that repeats. The gravest 200 are listed, "
        "the others are counted; the level is that of the gravest among those."
    ),
    remedy=N_("Mend what is listed, and check again."),
)


@rule(
    "file-repository-inside",
    Level.ERROR,
    message=N_("here begins a git repository inside the data folder"),
    meaning=N_(
        "The git program believes a folder with HEAD, objects and refs to be a repository, and runs what its settings "
        "name. A pull request can bring such a folder. elo never reads one, but a person’s own git may."
    ),
    remedy=N_("Delete the folder, or what makes it a repository; data is recorded by the repository around it."),
)
def repository_inside(context: Context) -> Iterator[Spot]:
    """Folders that git takes for a repository; the `.git` beside tracker.yaml is the tracker's own."""
    source = context.tracker.source
    if not isinstance(source, WorkTree):
        return
    waiting = [""]
    for _ in range(_MOST_FOLDERS):
        if not waiting:
            return
        folder = waiting.pop()
        at = f"{folder}/" if folder else ""
        if folder and os.path.lexists(source.root / folder / ".git"):
            yield Spot(f"{at}.git")
        elif all(os.path.lexists(source.root / folder / name) for name in _REPOSITORY):
            yield Spot(f"{at}HEAD")
        waiting += [f"{at}{name}" for name in _folders(source.root / folder)]


def _folders(folder: Path) -> list[str]:
    """The folders in a folder, hidden ones too; links are not followed."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.name != ".git" and entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


@rule(
    "file-schemas-old",
    Level.NOTE,
    message=N_("the schemas for editors are old: {detail}"),
    meaning=N_(
        "From the schemas beside the data folder an editor offers ids, words and languages, and marks what is wrong. "
        "Old ones offer what is no more, and mark what is right."
    ),
    remedy=N_("elo schema --write writes them anew."),
)
def schemas_old(context: Context) -> Iterator[Spot]:
    """Schemas beside the data folder that `elo schema --write` would change; none of a tracker without them."""
    tracker = context.tracker
    if not isinstance(tracker.source, WorkTree) or not tracker.config_read:
        return
    # An id that could not be read is not gone.
    ids = None if tracker.incomplete else tracker.by_kind
    if detail := difference(tracker.source.root, tracker.config.languages, ids):
        beside = os.path.normpath(f"{tracker.source.label}/../{FOLDER}")
        yield Spot(f"{Path(beside).as_posix()}/{IDS}{SUFFIX}", args={"detail": Phrase(detail)}, outside=True)
