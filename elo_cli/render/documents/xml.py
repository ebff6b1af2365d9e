"""Elements of WordprocessingML that python-docx has no names for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def qualified(name: str) -> str:
    """`w:val` as lxml names it."""
    return qn(name)


def element(name: str, **attributes: str) -> Any:  # noqa: ANN401 - lxml elements have no type here
    """An element with attributes of the `w` namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
