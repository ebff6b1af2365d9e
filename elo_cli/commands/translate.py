"""elo translate: the translations that are missing, asked for one by one or by a sheet."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.field_options import YesOption
from elo_cli.commands.shared.options import DataOption, ForceOption, Format, FormatOption, LangOption
from elo_cli.commands.shared.saving import judge, label, show, writing
from elo_cli.model.errors import N_, Exit, UsageProblem, nN_
from elo_cli.store.edit.record import Set, edit, file_shape
from elo_cli.store.loading import load
from elo_cli.store.lookup import RecordFile
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.texts.translations import Untranslated, untranslated

if TYPE_CHECKING:
    from elo_cli.render.forms.write import Content
    from elo_cli.tracking.importing.translations import Translation

EXAMPLES = (
    ("elo translate --to sv", N_("what has no Swedish yet; in a terminal it asks for each")),
    ("elo translate --to sv --sheet swedish.xlsx", N_("the same as a sheet for a translator")),
    ("elo translate --read swedish.xlsx", N_("what the sheet would bring; with --yes it is written")),
)


def run(
    to: Annotated[
        str | None, typer.Option("--to", metavar="LANG", help=N_("Only this language. Default: all but the first."))
    ] = None,
    sheet: Annotated[
        Path | None, typer.Option("--sheet", metavar="FILE", help=N_("Write a workbook for a translator (XLSX)."))
    ] = None,
    read: Annotated[
        Path | None, typer.Option("--read", metavar="FILE", help=N_("Read a filled workbook, and show what it brings."))
    ] = None,
    force: ForceOption = False,
    yes: YesOption = False,
    data: DataOption = None,
    lang: LangOption = None,
    format: FormatOption = "table",
) -> int:
    """List the texts that lack a translation; in a terminal ask for each, or exchange a sheet with a translator.

    A translation needs no reason and is no correction. A row of a sheet is refused when the text that was translated
    has changed since the sheet was written.
    """
    folder = session.open_folder(data, lang)
    if read is not None:
        return _read(folder, read, write=yes)
    tracker = load(folder.source)
    languages = _languages(folder, to)
    missing = untranslated(tracker, languages)
    opened = session.Session(tracker, folder.as_of, folder.language)
    if sheet is not None:
        return _sheet(opened, missing, languages, sheet, force=force)
    from elo_cli.render.forms.write import write

    write(opened.screen, format, FORMS[format](opened, missing))
    if missing and format == "table" and asking.is_terminal():
        _ask(folder, missing)
    return opened.leave()


def _languages(folder: session.Folder, to: str | None) -> list[str]:
    others = folder.config.languages[1:]
    if to is None:
        return list(others)
    if to not in others:
        raise UsageProblem(
            N_("“{lang}” is no language that texts are translated to; right would be one of {known}"),
            lang=to,
            known=", ".join(others) or "–",
        )
    return [to]


def _sheet(
    opened: session.Session, missing: Sequence[Untranslated], languages: Sequence[str], target: Path, *, force: bool
) -> int:
    from elo_cli.render.export.translations import write as workbook
    from elo_cli.store.disk.output import write_file

    content = workbook(opened.language, opened.tracker, missing, languages)
    write_file(target, content, force=force, tell=session.tell_note)
    session.tell(
        opened.language.count(
            *nN_("{n} text written to {target}", "{n} texts written to {target}"), len(missing), target=str(target)
        )
    )
    return opened.leave()


def _ask(folder: session.Folder, missing: Sequence[Untranslated]) -> None:
    """Ask for one translation after the other, and write each at once, so that nothing typed is lost."""
    from elo_cli.render.words import terms
    from elo_cli.tracking.importing.translations import Translation

    say, first = folder.language.say, folder.config.first_language
    if not asking.yes(say(N_("Translate them now, one by one?")), default=False):
        return
    asking.say(say(N_("Enter passes a text over; Ctrl+C ends, and what was written stays.")))
    for text in missing:
        asking.say()
        asking.say(f"{text.entry.id} · {terms.place(folder.language, text.where)}")
        asking.say(f"  [{first}] {text.text[first]}")
        for language in text.languages:
            if answer := asking.line(f"  [{language}]"):
                _write(folder, load(folder.source), [Translation(text.entry.id, text.where, language, answer)])


def _read(folder: session.Folder, path: Path, *, write: bool) -> int:
    """Show what a filled sheet brings, and write it where that is asked for."""
    from elo_cli.store.tables.rows import TableForm
    from elo_cli.store.tables.table import open_table
    from elo_cli.tracking.importing.translations import translations

    sheets = open_table(path, TableForm())
    tracker = load(folder.source)
    say = folder.language.say
    brought, refused = translations(tracker, sheets, path.name)
    for refusal in refused:
        session.tell(say(N_("row {row}: {reason}"), row=refusal.row, reason=refusal.reason))
    if brought:
        _write(folder, tracker, brought, dry_run=not write)
    elif not refused:
        session.tell(say(N_("nothing to change")))
    if brought and not write:
        session.tell(say(N_("nothing is written yet: --yes writes it")))
    return Exit.FINDINGS if refused else Exit.FINE


def _write(
    folder: session.Folder, tracker: Tracker, translations: "Sequence[Translation]", *, dry_run: bool = False
) -> None:
    changes: dict[str, list[Set]] = {}
    kinds = {}
    for translation in translations:
        entry = tracker.entries[translation.record]
        kinds[entry.path] = entry.kind
        changes.setdefault(entry.path, []).append(
            Set((*entry.where, *translation.where, translation.language), translation.text)
        )
    files: dict[str, tuple[bytes | None, bytes | None]] = {}
    for path, sets in changes.items():
        old = tracker.source.read(path)
        new = edit(old, path, sets, file_shape(kinds[path]))
        judge(folder, RecordFile(kinds[path], path, (), old), new)
        files[path] = old, new
    show(folder, files)
    if dry_run:
        return
    with writing(folder) as writer:
        for path, (before, _) in files.items():
            writer.expect(path, before)
        writer.write({path: after for path, (_, after) in files.items()})
    session.tell(folder.language.say(N_("written: {paths}"), paths=", ".join(label(folder, path) for path in files)))


def _blocks(opened: session.Session, missing: Sequence[Untranslated]) -> "Content":
    from elo_cli.render.export.translations import blocks

    return blocks(opened.language, opened.tracker, missing)


def _csv(opened: session.Session, missing: Sequence[Untranslated]) -> "Content":
    from elo_cli.render.export.translations import table

    return [table(opened.language, opened.tracker, missing)]


def _json(opened: session.Session, missing: Sequence[Untranslated]) -> "Content":
    from elo_cli.render.export.translations import answer
    from elo_cli.render.forms.json import document

    return document("translate", opened.tracker, opened.as_of, answer(missing))


FORMS: Final[dict[Format, Callable[[session.Session, Sequence[Untranslated]], "Content"]]] = {
    "table": _blocks,
    "json": _json,
    "csv": _csv,
    "markdown": _blocks,
}
