"""Several files in one (ZIP), without a moment of writing: the same content gives the same bytes."""

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def bundled(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files by their names, in this order."""
    out = io.BytesIO()
    with ZipFile(out, "w") as bundle:
        for name, content in files:
            # A ZipInfo without a date says 1980, the first year of the format.
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, content)
    return out.getvalue()


def unbundled(content: bytes) -> list[tuple[str, bytes]]:
    """The names and contents of the files in one."""
    with ZipFile(io.BytesIO(content)) as bundle:
        return [(name, bundle.read(name)) for name in bundle.namelist()]
