"""A template can put no value of the data in unescaped, whatever it does to it."""

import re
from typing import Final, Literal

import pytest

from elo_cli.model.errors import UsageProblem
from elo_cli.render.reports.template import Template, rendered
from elo_cli.render.words.language import Language
from tests import readers

UNESCAPED: Final = (
    *("x | e", "x | escape", "x | forceescape", "x | urlize", "x | string", "x | trim", "x | default('')", "x | upper"),
    *(
        "x ~ ''",
        "'' ~ x",
        "(x | e) ~ x",
        "x ~ (x | e)",
        "(x | heading) ~ x",
        "[x, x] | join(x)",
        "[x | e, x] | join(' ')",
    ),
    *(
        "'%s' | format(x)",
        "(x ~ '%s') | format(x)",
        "'a' | replace('a', x)",
        "(x | e) | replace('a', x)",
        "x | wordwrap(20)",
    ),
    *(
        "x | tojson",
        "{'a': x} | xmlattr",
        "x | indent",
        "x | center(500)",
        "x | truncate(900)",
        "x | list | join",
        "x[0:]",
    ),
    *(
        "(x | e) + x",
        "x | striptags",
        "[x] | first",
        "x | e | e",
        "x.format(x)",
        "'{}'.format(x)",
        "'%s' % x",
        "x.strip()",
    ),
    *(
        "_('{y}', y=x)",
        "_('{y}', y=x | e)",
        "(x | e)[0:]",
        "(x | e).join([x, x])",
        "x | title",
        "x | pprint",
        "[x] | string",
    ),
    *(
        "x | reverse",
        "x | reverse | reverse",
        "dict(a=x) | dictsort",
        "[x, x] | unique | join",
        "joiner(x)",
        "cycler(x).next()",
    ),
    *(
        "table([x], [[x]])",
        "x | revision",
        "m(x)",
        "m(x) ~ x",
        "m(x) | e",
        "b",
        "b ~ x",
        "b | upper",
        "caller",
        "x | attr('upper')",
    ),
)
"""Expressions that put a value through whatever Jinja has; `x` is the value, `m` a macro and `b` a block."""
ONLY_MARKDOWN: Final = frozenset({"(x | heading) ~ x", "table([x], [[x]])", "x | revision"})


@pytest.mark.parametrize("target", ["markdown", "html"])
@pytest.mark.parametrize(
    "around", ["{}", "{{% autoescape true %}}{}{{% endautoescape %}}", "{{% filter trim %}}{}{{% endfilter %}}"]
)
def test_no_template_puts_a_value_in_unescaped(around: str, target: Literal["markdown", "html"]) -> None:
    """Whatever filters, operators, macros and blocks a value goes through, it is text where it comes out."""
    before = "{% macro m(y) %}**{{ y }}**{% endmacro %}{% set b %}{{ x }}{% endset %}{% set caller = x %}"
    value = "*a* [b](https://e.example) <img src=x onerror=y> @someone #1 `c` _https://e.example/ www.e.example"
    for expression in UNESCAPED:
        if target == "html" and expression in ONLY_MARKDOWN:
            continue
        template = Template(f"t.{target}", before + around.format(f"{{{{ {expression} }}}}"), "t")
        text = rendered(template, {"x": value}, Language("en"), target)
        if target == "html":
            assert not re.search("<(?!/?(?:p|div)>)", text), (expression, text)
        else:
            readers.markdown(text)


def test_what_a_macro_wrote_stays() -> None:
    """What a macro or a block of a template has written is put in as it is, and a value in it is escaped once."""
    text = "{% macro m(y) %}**{{ y }}**{% endmacro %}{% set b %}- {{ x }}{% endset %}{{ m(x) }}\n{{ b }}\n{{ x | e }}"
    assert rendered(Template("t.md", text, "t"), {"x": "*a*"}, Language("en"), "markdown") == (
        "**\\*a\\***\n- \\*a\\*\n\\*a\\*\n"
    )


@pytest.mark.parametrize(
    "text", ["'a' * 2000000000", "2000000000 * 'a'", "[0] * 99999999", "9 ** 9999999", "2.5 ** 9999"]
)
def test_a_few_signs_ask_for_no_memory(text: str) -> None:
    """What would be too large is refused before it is made, and a small product is a product."""
    with pytest.raises(UsageProblem, match="too large"):
        rendered(Template("t.md.jinja", f"{{{{ {text} }}}}", "t"), {}, Language("en"), "markdown")
    assert rendered(Template("t.md.jinja", "{{ 3 * 'ab' }} {{ 2 ** 3 }}", "t"), {}, Language("en"), "markdown") == (
        "ababab 8\n"
    )
