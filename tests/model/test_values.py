"""The small value types accept what people rightly write, and refuse the rest with what would be right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from elo_cli.model import values
from elo_cli.model.records.base import Strict
from elo_cli.model.records.milestone import Rrf


def accepts(kind: Any, value: object) -> bool:  # noqa: ANN401 - an annotated type
    """Return whether a value is one of the type."""
    try:
        TypeAdapter(kind, config=Strict.model_config).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (values.Id, "dsp-services"),
        (values.Id, "2021-forum"),
        (values.Id, "a"),
        (values.Id, "a" * 100),
        (values.LanguageCode, "fi"),
        (values.LanguageCode, "sv-FI"),
        (values.LanguageCode, "sme"),
        (values.Line, "x" * 500),
        (values.Text, "two\nlines"),
        (values.LocalText, {"fi": "yksi", "sv-FI": "ett"}),
        (values.Day, "2024-02-29"),
        (values.Day, date(2021, 1, 1)),
        (values.MonthDay, "04-30"),
        (values.MonthDay, "02-28"),
        (values.Address, "https://example.org/a?b=c#d"),
        (values.Address, "http://example.org"),
        (values.Mailbox, "kirjaamo.okm@gov.fi"),
        (values.Sha256, "0123456789abcdef" * 4),
        (values.ArchiveReference, "VN/1234/2024"),
        (values.ArchiveReference, "2024/Raportti ja liite 1..pdf"),
        (values.ArchiveReference, "a" * 500),
    ],
)
def test_what_is_right_is_accepted(kind: Any, value: object) -> None:  # noqa: ANN401 - an annotated type
    """Each type takes the forms that people use."""
    assert accepts(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (values.ArchiveReference, ""),
        (values.ArchiveReference, "/etc/passwd"),
        (values.ArchiveReference, "C:/report.pdf"),
        (values.ArchiveReference, "../report.pdf"),
        (values.ArchiveReference, "a/../../report.pdf"),
        (values.ArchiveReference, "a/.."),
        (values.ArchiveReference, "./report.pdf"),
        (values.ArchiveReference, "a\\report.pdf"),
        (values.ArchiveReference, "a\x1b[31m.pdf"),
        (values.ArchiveReference, "a\nb"),
        (values.ArchiveReference, "report.pdf\n"),
        (values.ArchiveReference, "a" * 501),
        (values.Id, ""),
        (values.Id, "Dsp"),
        (values.Id, "a_b"),
        (values.Id, "a--b"),
        (values.Id, "-a"),
        (values.Id, "a-"),
        (values.Id, "ä"),
        (values.Id, "a\n"),
        (values.Id, "../a"),
        (values.Id, "a" * 101),
        (values.Id, 1),
        (values.LanguageCode, "finnish"),
        (values.LanguageCode, "FI"),
        (values.LanguageCode, "fi\n"),
        (values.Line, ""),
        (values.Line, "x" * 501),
        (values.Text, "x" * 10_001),
        (values.LocalText, {}),
        (values.LocalText, {"fi": ""}),
        (values.LocalText, {"fi": 1}),
        (values.LocalText, {"Finnish": "yksi"}),
        (values.LocalText, {"fi\n": "yksi"}),
        (values.LocalText, "yksi"),
        (values.LocalName, {"fi": "x" * 501}),
        (values.Day, "2021-02-29"),
        (values.Day, "2021-1-1"),
        (values.Day, "2021-W01-1"),
        (values.Day, "20210101"),
        (values.Day, 2021),
        (values.Day, "٢٠٢١-01-01"),
        (values.MonthDay, "02-29"),
        (values.MonthDay, "13-01"),
        (values.MonthDay, "04-31"),
        (values.MonthDay, "4-3"),
        (values.MonthDay, 430),
        (values.Address, "javascript:alert(1)"),
        (values.Address, "data:text/html,x"),
        (values.Address, "https://example.org/<script>"),
        (values.Address, "https://example.org/a b"),
        (values.Address, 'https://example.org/"'),
        (values.Address, "https://example.org/\n"),
        (values.Address, "HTTPS://"),
        (values.Mailbox, "kirjaamo"),
        (values.Mailbox, "a@b"),
        (values.Mailbox, "a@example.org\n"),
        (values.Mailbox, "a b@example.org"),
        (values.Sha256, "0123456789ABCDEF" * 4),
        (values.Sha256, "0" * 63),
    ],
)
def test_what_is_wrong_is_refused(kind: Any, value: object) -> None:  # noqa: ANN401 - an annotated type
    """Each type refuses what looks like it and is not, a line break at the end among it."""
    assert not accepts(kind, value)


@pytest.mark.parametrize(
    ("value", "number"), [(2000, "2000"), (0.1, "0.1"), (3.5, "3.5"), (-1, "-1"), (Decimal("1.10"), "1.10")]
)
def test_number_is_what_the_file_says(value: object, number: str) -> None:
    """A number is exact: 0.1 is a tenth, and not the nearest binary fraction."""
    assert TypeAdapter(values.Number).validate_python(value) == Decimal(number)


@pytest.mark.parametrize("value", [True, "5", None, float("inf"), float("nan"), []])
def test_what_is_no_number_is_refused(value: object) -> None:
    """Truth values, texts, and what no file can mean are no numbers."""
    assert not accepts(values.Number, value)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans(), st.binary()))
def test_no_value_whatever_fails_in_another_way(value: object) -> None:
    """Any value is of a type or is refused with a message; nothing else is ever raised."""
    for kind in (
        values.Id,
        values.LocalText,
        values.Day,
        values.MonthDay,
        values.Number,
        values.Address,
        values.Mailbox,
    ):
        accepts(kind, value)


def test_reference_knows_its_kinds() -> None:
    """The mark of a field that refers to a record says of which kinds it may be."""
    assert values.ref("goal", "measure").kinds == ("goal", "measure")


@pytest.mark.parametrize(
    ("written", "expected"), [("P3C2I1", ["P3C2I1"]), (["P3C2I1"], ["P3C2I1"]), (["A", "B"], ["A", "B"])]
)
def test_one_code_or_several(written: object, expected: list[str]) -> None:
    """One code alone, as files have had it, and a list are one form inside."""
    assert Rrf.model_validate({"plan_measure": written}).plan_measure == expected


@pytest.mark.parametrize("written", [[], "", [""], ["A", 1], 1, {"A": "B"}, ["x" * 51]])
def test_what_is_no_code_is_refused(written: object) -> None:
    """No code, an empty one, a number or one that is too long is refused."""
    with pytest.raises(ValidationError):
        Rrf.model_validate({"plan_measure": written})


@pytest.mark.parametrize(
    "name", ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
def test_no_id_is_a_name_that_windows_keeps(name: str) -> None:
    """A file of such a name is a device on Windows, with any ending; longer names with it are ids like others."""
    assert not accepts(values.Id, name)
    assert not accepts(values.Id, name.upper())
    assert not accepts(values.Id, f"{name}.")
    assert not accepts(values.Id, f"{name}.x")
    assert accepts(values.Id, f"{name}-x")
    assert accepts(values.Id, f"{name}x")


@pytest.mark.parametrize(
    "name", ["a.", "a ", " a", "a:b", "a/b", "a\\b", "a?", "a*", 'a"', "a<", "a|", "~a", "a\u00b9"]
)
def test_an_id_is_a_file_name_on_every_system(name: str) -> None:
    """Windows cuts a dot and a space at the end away, and takes no colon, slash or sign of a pattern."""
    assert not accepts(values.Id, name)
