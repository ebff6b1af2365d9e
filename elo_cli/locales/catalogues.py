"""Brings the catalogues up to date with the sources: `make catalogues`.

A tool of development; it is not part of the wheel. It never drops a translation: a message that no source holds any
longer is kept as an obsolete entry, and comes back to life when the message comes back.
`--drop-unused` removes what is obsolete. Lines, paths and times are not recorded: a second run changes nothing.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from elo_cli.model.languages import LANGUAGES, SOURCE
from elo_cli.render.words.language import DOMAIN

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "elo_cli"
TRANSLATED = tuple(code for code in LANGUAGES if code != SOURCE)
"""The languages with a catalogue: the sources speak English, which needs none."""

# What marks a message: `_("text")` and `N_("text")`; `ngettext` and `nN_` with singular and plural; `p_` with a
# context before it.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "nN_": (1, 2),
    "p_": ((1, "c"), 2),
}
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract", ".jinja": "jinja2.ext:babel_extract"}
COMMENT_TAGS = ("Translators:",)

# What a file says of itself: fixed, since a date or a version of a tool would make every run a change.
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plural}\n"

"""


def sources() -> Iterator[tuple[Path, str]]:
    """Yield every file that may hold messages, and the method that reads it."""
    for source in sorted(PACKAGE.rglob("*")):
        # `page.html.jinja`, `report.md.jinja`: the last suffix says how a file is read.
        method = METHODS.get(source.suffix)
        if method and source != Path(__file__) and source.is_file():
            yield source, method


def help_of(source: Path) -> str:
    """Return what `--help` says of a verb: the docstring of its `run`, each paragraph on one line."""
    if source.parent != PACKAGE / "commands":
        return ""
    for node in ast.parse(source.read_bytes(), source.name).body:
        if isinstance(node, ast.FunctionDef) and node.name == "run":
            return "\n\n".join(" ".join(part.split()) for part in (ast.get_docstring(node) or "").split("\n\n"))
    return ""


def template() -> Catalog:
    """Return the messages that the sources hold, without translations."""
    catalogue = Catalog(domain=DOMAIN, fuzzy=False)
    for source, method in sources():
        if source.suffix == ".py" and (text := help_of(source)):
            catalogue.add(text)
        with source.open("rb") as stream:
            for _, messages, comments, context in extract(
                method, stream, KEYWORDS, COMMENT_TAGS, strip_comment_tags=True
            ):
                catalogue.add(messages, auto_comments=comments, context=context)
    return catalogue


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return PACKAGE / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Return a catalogue as it is written, empty when there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain=DOMAIN, abort_invalid=True)


def key(message: Message) -> tuple[str, str | None]:
    """Return what names a message: its singular and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0]), message.context


def strings(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one a plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def shaped(message: Message, translation: tuple[str, ...]) -> str | tuple[str, ...]:
    """Return a translation in the shape that a message asks for; forms that it lacks stay empty."""
    if isinstance(message.id, str):
        return translation[0]
    return (*translation, "", "")[: len(message.id)]


def updated(language: str, wanted: Catalog, *, drop_unused: bool) -> Catalog:
    """Return the catalogue of a language that holds the messages of `wanted` with every translation known for them."""
    old = read(language)
    had = {key(message): message for message in (*old.obsolete.values(), *old) if message.id and any(strings(message))}
    new = Catalog(locale=language, domain=DOMAIN, fuzzy=False)
    for message in wanted:
        if not message.id:
            continue
        have = had.pop(key(message), None)
        entry = new.add(
            message.id,
            shaped(message, strings(have)) if have else None,
            flags=have.flags & {"fuzzy"} if have else (),
            auto_comments=message.auto_comments,
            user_comments=have.user_comments if have else (),
            context=message.context,
        )
        entry.flags.discard("python-format")  # our placeholders are {named}, and "20 % of" is no format
    for message in () if drop_unused else had.values():
        new.obsolete[message.id if message.context is None else (key(message)[0], message.context)] = message
    return new


def written(language: str, catalogue: Catalog) -> bytes:
    """Return a catalogue as the bytes of its file."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER.format(language=language, plural=catalogue.plural_forms).encode() + out.getvalue().rstrip() + b"\n"


def update(*, drop_unused: bool = False) -> list[Path]:
    """Bring the catalogue of every language up to date, and return those that changed."""
    wanted = template()
    changed = []
    for language in TRANSLATED:
        path = catalogue_path(language)
        content = written(language, updated(language, wanted, drop_unused=drop_unused))
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".po.new")
            draft.write_bytes(content)
            draft.replace(path)
            changed.append(path)
    return changed


def main(arguments: list[str]) -> int:
    """Update the catalogues, and say on stderr what changed and what waits for a translation."""
    try:
        changed = update(drop_unused="--drop-unused" in arguments)
    except SyntaxError as error:  # somebody is in the middle of a sentence; the catalogues stay as they are
        sys.stderr.write(f"the catalogues are left as they are: {error}\n")
        return 1
    for path in changed:
        sys.stderr.write(f"changed {path.relative_to(ROOT)}\n")
    for language in TRANSLATED:
        missing = [key(message)[0] for message in read(language) if message.id and not all(strings(message))]
        if missing:
            sys.stderr.write(f"{language}: {len(missing)} to translate, the first of them {missing[0]!r}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
