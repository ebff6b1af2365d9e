"""Reports from templates: Jinja2 in a sandbox, every value of the data escaped for the form that the template writes.

A template that ends in `.md.jinja` (or has another name) writes Markdown; HTML and Word documents are made from that.
One that ends in `.html` or `.html.jinja` writes HTML itself. docs/reports.md lists what a template can use.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from typing import Final, Literal

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

import elo_cli
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Space, Table
from elo_cli.render.forms.escape import BREAK, Markdown, markdown_text
from elo_cli.render.forms.html import html_words
from elo_cli.render.forms.markdown import page, table
from elo_cli.render.forms.text import visible
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import Mark, joined, marked_up

Target = Literal["markdown", "html"]
"""Where the text of a template goes: a Markdown file, or a reader of Markdown that makes HTML or a document of it."""
FOLDER: Final = elo_cli.FOLDER / "templates" / "reports"
_IN_HASH: Final = re.compile(f"(?<=[0-9a-f]{{6}}){BREAK}(?=[0-9a-f])")
_LARGEST: Final = 10_000_000
_HIGHEST_POWER: Final = 1_000
_MANY: Final = re.compile("\n{3,}")


class Written(str):
    """Text in the template's own form already: what a template and its macros have written, and values once escaped.

    Whatever is done to it gives a plain text, which is escaped again: no filter, no operator and no Markup of Jinja's
    can bring a value of the data past `finalize`.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """For `{% autoescape true %}`, which would escape it once more."""
        return str(self)


Escape = Callable[[str], str]


class Template:
    """A template of ours by its report's name, or a user's file."""

    def __init__(self, name: str, text: str, shown: str) -> None:
        """A template by its name, which says what it writes, its text, and its place as messages show it."""
        self.name = name
        self.text = text
        self.shown = shown

    @property
    def writes_html(self) -> bool:
        """Whether it writes HTML itself, and not Markdown."""
        return self.name.removesuffix(".jinja").endswith((".html", ".htm"))


def built_in(report: str) -> Template:
    """The template that comes with elo."""
    name = f"{report}.md.jinja"
    return Template(name, (FOLDER / name).read_text("utf-8"), name)


def rendered(template: Template, values: Mapping[str, object], language: Language, target: Target) -> str:
    """The template's text with these values put in; UsageProblem with the line where the template fails."""
    html = template.writes_html
    escape = html_words if html else (_markdown if target == "markdown" else _spanned_markdown)
    environment = _Environment(escape, language)
    if not html:
        environment.globals |= {"table": _table(escape), "show": _show(escape), "code": _code}
        environment.filters |= {"heading": _heading(environment.written, target), "revision": _revision(environment)}
    try:
        text = environment.from_string(template.text).render(values)
    except TemplateSyntaxError as error:
        raise UsageProblem(
            N_("the template {path} has a fault in line {line}: {reason}"),
            path=error.filename or template.shown,
            line=error.lineno,
            reason=error.message,
        ) from None
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
        MemoryError,
    ) as error:
        # A template is a program of the user's: whatever it does wrongly is the user's to mend.
        raise UsageProblem(
            N_("the template {path} fails: {reason}"), path=template.shown, reason=str(error) or type(error).__name__
        ) from None
    if html:
        return text
    lines = [line.rstrip() for line in text.split("\n")]
    return _MANY.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja that knows no HTML: every value is escaped by `escape` where it is put in, unless it is `Written`."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, escape: Escape, language: Language) -> None:
        super().__init__(
            loader=FileSystemLoader(FOLDER),
            autoescape=False,
            finalize=self.written,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.escape = escape
        self.globals |= {"_": language.say, "ngettext": language.count}
        self.filters |= {"join": self.joined, "e": self.written, "escape": self.written, "forceescape": self.written}
        # It would promise what it cannot do.
        del self.filters["safe"]

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Multiply and raise to a power, as far as the result stays small: a few signs could ask for any memory."""
        sizes = [len(value) if isinstance(value, Sized) else value for value in (left, right)]
        numbers = [abs(size) for size in sizes if isinstance(size, int | float)]
        if len(numbers) == 2 and (  # noqa: PLR2004 - the two sides
            numbers[0] * numbers[1] > _LARGEST or (operator == "**" and numbers[1] > _HIGHEST_POWER)
        ):
            raise SecurityError(N_("a result of the template is too large"))
        return super().call_binop(context, operator, left, right)

    @staticmethod
    def concat(parts: Iterable[str]) -> Written:
        """What a template, a block or a macro has written."""
        return Written("".join(parts))

    def written(self, value: object) -> Written:
        """A value in the template's form."""
        return value if type(value) is Written else Written(self.escape(_text(value)))

    def joined(self, values: Iterable[object], between: str = "") -> Written:
        """Values one after the other; a separator that is more than space is escaped too."""
        values = list(values)
        if not between and not any(type(value) is Written for value in values):
            # What acts may be in pieces.
            return self.written(joined("", map(_text, values)))
        return Written((self.written(between) if between.strip() else between).join(map(self.written, values)))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else str(value)


def _markdown(text: str) -> str:
    """For a Markdown file: a text in another language carries the language's code in brackets."""

    def told(mark: Mark, inner: str) -> str:
        return f"{inner} ({mark.value})" if mark.kind == "language" else inner

    return markdown_text(marked_up(text, str, told))


def _spanned_markdown(text: str) -> str:
    """For a reader of Markdown of ours: other languages are elements, the only ones that it takes for such.

    What only GitHub would make of a text need not be stopped.
    """

    def spanned(mark: Mark, inner: str) -> str:
        return f'<span lang="{mark.value}">{inner}</span>' if mark.kind == "language" else inner

    return marked_up(text, _unbroken, spanned)


def _unbroken(text: str) -> str:
    # Spaces at the ends belong to the whole that this may be a part of.
    ends = len(text) - len(text.lstrip()), len(text.rstrip())
    return text[: ends[0]] + markdown_text(text, breaks=False) + text[ends[1] :]


def _heading(written: Callable[[object], Written], target: Target) -> Callable[[object], Written]:
    """A text for a heading: linters mistake a full stop at its end for a slip, and a text of the data keeps it."""

    def heading(value: object) -> Written:
        text = written(value)
        return Written(text + BREAK if target == "markdown" and text.endswith(tuple(".,;:!。")) else text)

    return heading


def _revision(environment: _Environment) -> Callable[[object], Written]:
    """A text that names a commit or a fingerprint, which can be copied whole."""

    def revision(value: object) -> Written:
        return Written(_IN_HASH.sub("", environment.written(value)))

    return revision


def _table(escape: Escape) -> Callable[..., Written]:
    """A table of plain values, as `show` makes one of blocks."""

    def make(heads: Sequence[object], rows: Sequence[Sequence[object]], right: Sequence[int] = ()) -> Written:
        cells = [[Markdown(escape(_text(cell))) for cell in row] for row in rows]
        return Written(table([Markdown(escape(_text(head))) for head in heads], cells, right=right))

    return make


def _show(escape: Escape) -> Callable[..., Written]:
    """Blocks of another answer as Markdown, their headings `deeper` by so many levels."""

    def words(text: str) -> Markdown:
        return Markdown(escape(text))

    def one(block: Block, deeper: int) -> Block:
        match block:
            case Heading(text, level):
                return Heading(words(text), min(level + deeper, 6))
            case Paragraph(text, depth, style):
                return Paragraph(words(text), depth, style)
            case Items(lines, depth):
                return Items([words(line) for line in lines], depth)
            case Pairs(rows, depth):
                return Pairs([(words(head), [words(value) for value in values]) for head, values in rows], depth)
            case Table(heads, rows, right):
                cells = [[words(cell) for cell in row] for row in rows]
                return Table([words(head) for head in heads], cells, right)
            case Space():
                return block

    def show(blocks: Sequence[Block], deeper: int = 0) -> Written:
        return Written(page(one(block, deeper) for block in blocks))

    return show


def _code(text: object) -> Written:
    """Lines of code, fenced by more backticks than stand in it."""
    shown = visible(str(text), keep_lines=True)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    return Written(f"{fence}sh\n{shown}\n{fence}")
