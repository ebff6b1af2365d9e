"""The pages of the manual that are made from the program say what the program says now."""

from collections.abc import Callable

import pytest

from docs import generate


@pytest.mark.parametrize("name", generate.PAGES)
def test_generated_page_is_up_to_date(name: str) -> None:
    """The page in the repository is the one that `make docs` writes."""
    assert (generate.DOCS / name).read_text("utf-8") == generate.PAGES[name]()


@pytest.mark.parametrize("name", sorted(path.name for path in generate.DOCS.glob("*.md")))
def test_page_is_clean_markdown(name: str, markdownlint: Callable[[str], list[str]]) -> None:
    """Every page of the manual renders as it is meant."""
    assert markdownlint((generate.DOCS / name).read_text("utf-8")) == []
