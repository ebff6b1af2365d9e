"""Brings the catalogues up to date with the sources: `make catalogues`, `make catalogues DOMAIN=checks`.

A tool of development; it is not part of the wheel. It never drops a translation: a message that no source holds any
longer is kept as an obsolete entry, and comes back to life when the message comes back, in whichever domain.
`--drop-unused` removes what is obsolete. Lines, paths and times are not recorded: a second run changes nothing.
"""

import ast
import io
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "elo_cli"
LANGUAGES = ("fi", "sv", "en")

# Which sources speak from which catalogue: the first pattern that fits counts, and `elo` takes the rest.
# A verb loads one catalogue only, so what is read together stands together. `*` spans folders.
DOMAINS: dict[str, tuple[str, ...]] = {
    # Every verb says words; what the fields mean is said by those that explain them.
    "model": ("model/[!w]*",),
    "history": (
        *(
            f"*/{name}.py"
            for name in ("diff*", "log*", "history*", "changes*", "annotations*", "sarif*", "merge*", "change_rules")
        ),
        "store/git*.py",
    ),
    "checks": ("checks/*", "store/schema_problems.py"),
    "imports": ("*/import*.py", "*/mapping*.py", "store/chase_columns.py"),
    "writing": (
        *(
            f"commands/{verb}.py"
            for verb in (
                "new",
                "update",
                "set_",
                "edit",
                "mv",
                "rm",
                "fmt",
                "init",
                "completion",
                "asking*",
                "saving",
                "field_options",
            )
        ),
        "store/edit*.py",
        "store/emit*.py",
        "store/skeleton*.py",
        "store/canonical.py",
        "store/writing*.py",
        "store/plan.py",
        "store/lookup.py",
        "render/writing*.py",
    ),
    "exports": ("*/timeline*.py", "*/calendar*.py", "*/export*.py", "*/money_svg.py"),
    "reports": ("*/report*.py", "*/site*.py", "*/html*.py", "*/docx.py", "store/output.py", "templates/*"),
    "elo": ("*",),
}

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


def domain_of(source: Path) -> str:
    """Return the domain of a file below elo_cli/."""
    name = source.relative_to(PACKAGE).as_posix()
    return next(domain for domain, patterns in DOMAINS.items() if any(fnmatch(name, pattern) for pattern in patterns))


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


def template(domain: str) -> Catalog:
    """Return the messages that the sources of `domain` hold, without translations."""
    catalogue = Catalog(domain=domain, fuzzy=False)
    for source, method in sources():
        if domain_of(source) != domain:
            continue
        if source.suffix == ".py" and (text := help_of(source)):
            catalogue.add(text)
        with source.open("rb") as stream:
            for _, messages, comments, context in extract(
                method, stream, KEYWORDS, COMMENT_TAGS, strip_comment_tags=True
            ):
                catalogue.add(messages, auto_comments=comments, context=context)
    return catalogue


def catalogue_path(language: str, domain: str) -> Path:
    """Return where the catalogue of a language and a domain lies."""
    return PACKAGE / "locales" / language / "LC_MESSAGES" / f"{domain}.po"


def read(language: str, domain: str) -> Catalog:
    """Return a catalogue as it is written, empty when there is none yet."""
    path = catalogue_path(language, domain)
    if not path.exists():
        return Catalog(locale=language, domain=domain, fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain=domain, abort_invalid=True)


def key(message: Message) -> tuple[str, str | None]:
    """Return what names a message: its singular and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0]), message.context


def known(language: str, domain: str) -> dict[tuple[str, str | None], Message]:
    """Return every translation that some catalogue of the language holds, those of `domain` first."""
    found: dict[tuple[str, str | None], Message] = {}
    for name in (domain, *(other for other in DOMAINS if other != domain)):
        catalogue = read(language, name)
        for message in (*catalogue, *catalogue.obsolete.values()):
            if message.id and any(strings(message)):
                found.setdefault(key(message), message)
    return found


def strings(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one a plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def shaped(message: Message, translation: tuple[str, ...]) -> str | tuple[str, ...]:
    """Return a translation in the shape that a message asks for; forms that it lacks stay empty."""
    if isinstance(message.id, str):
        return translation[0]
    return (*translation, "", "")[: len(message.id)]


def updated(language: str, wanted: Catalog, *, drop_unused: bool) -> Catalog:
    """Return the catalogue of a language that holds the messages of `wanted` with every translation known for them.

    English says what the source says, unless someone has written it otherwise.
    """
    domain = wanted.domain or ""
    old, translations = read(language, domain), known(language, domain)
    new = Catalog(locale=language, domain=domain, fuzzy=False)
    for message in wanted:
        if not message.id:
            continue
        have = translations.get(key(message))
        string = shaped(message, strings(have)) if have else None
        if language == "en" and not have:
            string = message.id if isinstance(message.id, str) else tuple(message.id)
        entry = new.add(
            message.id,
            string,
            flags=have.flags & {"fuzzy"} if have else (),
            auto_comments=message.auto_comments,
            user_comments=have.user_comments if have else (),
            context=message.context,
        )
        entry.flags.discard("python-format")  # our placeholders are {named}, and "20 % of" is no format
    if not drop_unused and language != "en":
        used = {key(message) for message in new}
        for message in (*old, *old.obsolete.values()):
            if message.id and any(strings(message)) and key(message) not in used:
                new.obsolete[message.id if message.context is None else (key(message)[0], message.context)] = message
    return new


def written(language: str, catalogue: Catalog) -> bytes:
    """Return a catalogue as the bytes of its file."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER.format(language=language, plural=catalogue.plural_forms).encode() + out.getvalue().rstrip() + b"\n"


def update(domain: str, *, drop_unused: bool = False) -> list[Path]:
    """Bring the catalogues of a domain up to date in every language, and return those that changed."""
    wanted = template(domain)
    changed = []
    for language in LANGUAGES:
        path = catalogue_path(language, domain)
        content = written(language, updated(language, wanted, drop_unused=drop_unused))
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".po.new")
            draft.write_bytes(content)
            draft.replace(path)
            changed.append(path)
    return changed


def main(arguments: list[str]) -> int:
    """Update the domains that are named, or all, and say on stderr what changed and what waits for a translation."""
    drop_unused = "--drop-unused" in arguments
    domains = [word for word in arguments if word != "--drop-unused"] or list(DOMAINS)
    if unknown := set(domains) - set(DOMAINS):
        sys.stderr.write(f"No such domain: {', '.join(sorted(unknown))}. There are: {', '.join(DOMAINS)}.\n")
        return 2
    for domain in domains:
        try:
            changed = update(domain, drop_unused=drop_unused)
        except SyntaxError as error:  # somebody is in the middle of a sentence; the catalogues stay as they are
            sys.stderr.write(f"{domain} is left as it is: {error}\n")
            return 1
        for path in changed:
            sys.stderr.write(f"changed {path.relative_to(ROOT)}\n")
        for language in LANGUAGES:
            missing = [
                key(message)[0] for message in read(language, domain) if message.id and not all(strings(message))
            ]
            if missing:
                sys.stderr.write(
                    f"{language} {domain}: {len(missing)} to translate, the first of them {missing[0]!r}\n"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
