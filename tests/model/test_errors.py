"""A mistyped name gets the known one that was probably meant, and a long hostile one is compared with none."""

from collections.abc import Iterator

import pytest

from elo_cli.model.errors import all_near, nearest

KNOWN = ("dsp-services", "dsp-training", "guidance-report", "onni")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("dsp-service", "dsp-services"),
        ("guidance-raport", "guidance-report"),
        ("oni", "onni"),
        ("something-else", None),
        ("", None),
    ],
)
def test_nearest(given: str, meant: str | None) -> None:
    """A slip of a letter or two finds its name; what is like none finds none."""
    assert nearest(given, KNOWN) == meant


def test_all_near() -> None:
    """Several names that are near come with the nearest first, and no more than were asked for."""
    assert all_near("dsp-servicing", KNOWN, 3) == ["dsp-services", "dsp-training"]
    assert all_near("dsp-servicing", KNOWN, 1) == ["dsp-services"]


def test_long_name_is_compared_with_none() -> None:
    """A name longer than any id is near to none, and the known names are not even looked at."""

    def known() -> Iterator[str]:
        pytest.fail("a known name was asked for")
        yield ""

    assert nearest("x" * 101, known()) is None
