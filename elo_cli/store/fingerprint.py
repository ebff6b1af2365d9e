"""One name for the bytes of a whole data folder, with or without git."""

from hashlib import sha256

from elo_cli.store.source import FileSource


def fingerprint(source: FileSource) -> str:
    """SHA-256 over the paths and bytes of all YAML files of a data folder, in hexadecimal.

    Line ends count as one: a checkout on another system is the same data. A file that cannot be read counts by its
    path.
    """
    total = sha256()
    for path in _paths(source, ""):
        try:
            data = source.read(path).replace(b"\r\n", b"\n")
        except OSError:
            data = b""
        total.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        total.update(data)
    return total.hexdigest()


def _paths(source: FileSource, folder: str) -> list[str]:
    paths: list[str] = []
    for listed in sorted(source.listing(folder)):
        if listed.type == "folder" and not folder:
            paths += _paths(source, listed.path)
        elif listed.is_yaml:
            paths.append(listed.path)
    return paths
