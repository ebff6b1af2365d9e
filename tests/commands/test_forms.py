"""Every verb with forms of its answer has a table of them, which holds each form that its option offers."""

from importlib import import_module
from inspect import signature
from typing import Any, get_args

import pytest
import typer

from elo_cli.cli import VERBS
from tests.running import Runner


def _forms(verb: str) -> tuple[Any, set[str]]:
    """The module of a verb, and the words that its option --format takes; no word where it has none."""
    module = import_module(VERBS[verb].module)
    option = signature(module.run).parameters.get("format")
    return module, set(_words(option.annotation)) if option is not None else set()


def _words(annotation: object) -> list[str]:
    parts = get_args(annotation)
    return [word for part in parts for word in ([part] if isinstance(part, str) else _words(part))]
