"""Every verb with forms of its answer has a table of them, which holds each form that its option offers."""

from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from elo_cli.cli import VERBS
from tests.running import Runner

WORDS = {
    "list": ["list", "measures"],
    "show": ["show", "okm"],
    "find": ["find", "okm"],
    "log": ["log", "dsp-services"],
    "report": ["report", "summary"],
    "export": ["export", "-"],
}
"""What a verb needs beside its name; import, which needs a table, is left to its own tests."""


def _offered(annotation: object) -> Iterator[str]:
    for part in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield part
        else:
            yield from _offered(part)


FORMS = {
    verb: sorted(_offered(option.annotation))
    for verb, known in VERBS.items()
    if (option := signature(import_module(f"elo_cli.commands.{known.module}").run).parameters.get("format"))
}


@pytest.mark.parametrize("verb", FORMS)
def test_table_of_forms_holds_what_the_option_offers(verb: str) -> None:
    """A form that the option takes stands in the verb's table, and the table has no other: mypy holds neither."""
    assert sorted(import_module(f"elo_cli.commands.{VERBS[verb].module}").FORMS) == FORMS[verb]


@pytest.mark.parametrize(
    ("verb", "form"), [(verb, form) for verb, forms in FORMS.items() for form in forms if verb != "import"]
)
def test_every_form_says_something(elo: Runner, tmp_path: Path, verb: str, form: str) -> None:
    """No form of an answer is empty, as diff's was in CSV; what has no place on stdout is written to a file."""
    words, target = WORDS.get(verb, [verb]), tmp_path / (f"answer.{form}" if form in {"docx", "pdf"} else "answer")
    if verb == "export" and form in {"csv", "parquet", "all"}:
        assert elo("export", str(target), "--format", form).code == 0
        assert list(target.iterdir())
    elif form in {"docx", "pdf", "xlsx", "sqlite"}:
        words = [*words, "-o", str(target)] if verb == "report" else ["export", str(target)]
        assert elo(*words, "--format", form).code == 0
        assert target.stat().st_size
    else:
        run = elo(*words, "--format", form)
        assert run.code == 0, run.err
        # A check that finds nothing has no annotation to make.
        assert run.out or (verb, form) == ("check", "github")
