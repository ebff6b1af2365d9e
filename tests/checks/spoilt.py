"""Files that git or an editor would spoil, made as bytes, with the rule that names each and the place it names."""

from typing import Final, NamedTuple


class Spoilt(NamedTuple):
    """What a file holds, what is found in it, and what a file that only looks like it holds."""

    bad: bytes | None
    """None for what only a real folder can hold."""
    place: str
    good: bytes


def record(text: str) -> bytes:
    """Give a milestone with this description."""
    return (
        "id: a\ntype: national\nname: {en: A, sv: A}\n"
        f"description:\n  en: {text}\n  sv: {text}\nsources:\n  - document: plan\n"
    ).encode()


SPOILT: Final[dict[str, Spoilt]] = {
    "file-not-utf8": Spoilt(record("v\u00e4g").replace("\u00e4".encode(), b"\xe4"), "5:8", record("v\u00e4g")),
    "file-too-large": Spoilt(record("x" * (10 << 20)), "1:1", record("x" * 9_000)),
    "file-link-outside": Spoilt(None, "1:1", record("x")),
    "file-unreadable": Spoilt(None, "1:1", record("x")),
    "file-repository-inside": Spoilt(None, "1:1", record("x")),
    "file-name": Spoilt(None, "1:1", record("x")),
    "file-schemas-old": Spoilt(None, "1:1", record("x")),
}
