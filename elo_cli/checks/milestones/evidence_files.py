"""Rules about the files of a folder of evidence (`elo check --evidence DIR`); without a folder they find nothing."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Final, NamedTuple

from elo_cli.checks.milestones.evidence import documents, evidenced, place_of
from elo_cli.checks.rule import Context, RuleFunction, Spot, rule
from elo_cli.model.characters import first_of, short
from elo_cli.model.errors import N_
from elo_cli.model.finding import Level, Phrase, Where
from elo_cli.store.evidence import MOST_ENTRIES, EvidenceFolder, why_unread
from elo_cli.store.tracker import Entry, shown_path
from elo_cli.tracking.day.evidence import pieces

_SUFFIX: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}")
_NAMED: Final = 3
"""Names in a message that stands for many."""


class _Checked(NamedTuple):
    """A document that an archive keeps, held to the folder."""

    entry: Entry
    where: Where
    archive: str
    stated: str | None
    found: str | None = None
    """The file's hash; None where it was not read."""
    missing: bool = False
    unread: Phrase | None = None
    """Why the file was not read."""

    def spot(self, field: str, **args: object) -> Spot:
        """A finding at a field of the document, which names its place in the archive."""
        entry = self.entry
        return Spot(entry.path, (*entry.where, *self.where, field), {"archive": short(self.archive), **args}, entry.id)


def _checked(context: Context) -> list[_Checked]:
    folder = context.evidence
    if folder is None or _reason(folder) is not None:
        return []
    return [
        _held(folder, _Checked(entry, place_of(context, record, piece), archive, piece.document.sha256))
        for entry, record in evidenced(context)
        for piece in pieces(context.view.state(record))
        if (archive := piece.document.archive) is not None
    ]


def _held(folder: EvidenceFolder, document: _Checked) -> _Checked:
    # A reference such as VN/1234/2024 need be nothing here, or it is the folder of a case.
    is_file = document.stated is not None or _SUFFIX.fullmatch(_suffix(document.archive)) is not None
    if not is_file and document.archive in folder.listing.folders:
        return document
    try:
        return document._replace(found=folder.sha256(document.archive))
    except (FileNotFoundError, NotADirectoryError):
        return document._replace(missing=is_file)
    except OSError as error:
        return document._replace(unread=why_unread(error))


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    return name[name.rfind(".") :] if "." in name else ""


def _of_folder(find: Callable[[Context, EvidenceFolder], Iterator[Spot]]) -> RuleFunction:
    """A rule about the folder itself; without one it finds nothing."""

    @wraps(find)
    def function(context: Context) -> Iterator[Spot]:
        return find(context, context.evidence) if context.evidence is not None else iter(())

    return function


def _reason(folder: EvidenceFolder) -> Phrase | None:
    """Why the folder itself cannot be read."""
    return next((reason for path, reason in folder.listing.unread if path == ""), None)


@rule(
    "evidence-folder-unreadable",
    Level.ERROR,
    message=N_("the folder of evidence was not looked through: {reason}"),
    meaning=N_("elo check --evidence DIR holds the files of a folder to the hashes that records state."),
    remedy=N_("Name the folder that holds the files, and let elo read what lies in it: elo check --evidence DIR."),
)
@_of_folder
def folder_unreadable(_context: Context, folder: EvidenceFolder) -> Iterator[Spot]:
    """A folder of evidence, or one in it, that is missing, cannot be listed, or holds too much."""
    for path, reason in folder.listing.unread:
        yield _outside(folder, path, reason=reason)
    if folder.listing.cut:
        reason = Phrase(N_("it holds more than {limit} files and folders"), {"limit": MOST_ENTRIES})
        yield _outside(folder, "", reason=reason)


@rule(
    "evidence-hash-mismatch",
    Level.ERROR,
    message=N_("“{archive}” is not the file that was recorded: its SHA-256 is {found}"),
    meaning=N_("The hash was recorded so that a document cannot be swapped, or changed, without anybody seeing it."),
    remedy=N_(
        "Find the file that was recorded and put it back; a new version is brought by an update, under the label of "
        "the old one, with its own hash."
    ),
)
def hash_mismatch(context: Context) -> Iterator[Spot]:
    """Files with another hash than their record states."""
    for document in context.once(_checked):
        if document.stated is not None and document.found not in {None, document.stated}:
            yield document.spot("sha256", found=document.found)


@rule(
    "evidence-hash-missing",
    Level.NOTE,
    message=N_("“{archive}” is there, and no hash is recorded; its SHA-256 is {found}"),
    meaning=N_("Without a hash nobody can see that a document was swapped after it was recorded."),
    remedy=N_("Record the document again by an update, under the same label, with this sha256."),
)
def hash_missing(context: Context) -> Iterator[Spot]:
    """Files without a recorded hash."""
    for document in context.once(_checked):
        if document.stated is None and document.found is not None:
            yield document.spot("archive", found=document.found)


@rule(
    "evidence-file-missing",
    Level.WARNING,
    message=N_("there is no file “{archive}” in the folder of evidence"),
    meaning=N_(
        "The record names a file: by a hash, or by a name with a suffix such as .pdf. Without it nothing can be shown."
    ),
    remedy=N_("Put the file there under this path; or record by an update, under the same label, where it is."),
)
def file_missing(context: Context) -> Iterator[Spot]:
    """Files that a record names and that are not there."""
    for document in context.once(_checked):
        if document.missing:
            yield document.spot("archive")


@rule(
    "evidence-file-unreadable",
    Level.ERROR,
    message=N_("“{archive}” was not read: {reason}"),
    meaning=N_("Only plain files are read: no link is followed, since where it leads is not for data to say."),
    remedy=N_("Put the file itself in this place, readable, and no link, folder, pipe or device."),
)
def file_unreadable(context: Context) -> Iterator[Spot]:
    """Files that a record names and that are links, folders, pipes or devices, or cannot be read."""
    for document in context.once(_checked):
        if document.unread is not None:
            yield document.spot("archive", reason=document.unread)


@rule(
    "evidence-folder-links",
    Level.WARNING,
    message=N_("links, pipes or devices in this folder, none of which was followed or read: {n} ({names})"),
    meaning=N_("A folder of evidence holds documents. A link can show another file to everyone who follows it."),
    remedy=N_("Put the files themselves in their place."),
)
@_of_folder
def folder_links(_context: Context, folder: EvidenceFolder) -> Iterator[Spot]:
    """Links, pipes and devices in the folder of evidence, all told at once."""
    if names := (*folder.listing.links, *folder.listing.others):
        yield _outside(folder, "", n=len(names), names=_names(names))


@rule(
    "evidence-file-unnamed",
    Level.NOTE,
    message=N_("files in this folder that no record names: {n} ({names})"),
    meaning=N_("A file that no record names shows nothing; perhaps its record was forgotten."),
    remedy=N_("Record them as evidence by an update with archive and sha256, or take them out of the folder."),
)
@_of_folder
def file_unnamed(context: Context, folder: EvidenceFolder) -> Iterator[Spot]:
    """Files that no document of any record names, once for each folder that holds some."""
    named = {
        document.archive
        for _, record in evidenced(context)
        for _, document in documents(record)
        if document.archive is not None
    }
    by_folder: dict[str, list[str]] = defaultdict(list)
    for path in folder.listing.files:
        parts = path.split("/")
        # What lies in the folder of a case belongs to the case.
        if not any("/".join(parts[:end]) in named for end in range(1, len(parts) + 1)):
            by_folder["/".join(parts[:-1])].append(parts[-1])
    for path, names in by_folder.items():
        yield _outside(folder, path, n=len(names), names=_names(names))


def _names(names: Sequence[str]) -> str:
    return first_of([short(shown_path(name)) for name in names], _NAMED)


def _outside(folder: EvidenceFolder, path: str, **args: object) -> Spot:
    return Spot(f"{folder.label}/{path}".rstrip("/"), args=args, outside=True)
