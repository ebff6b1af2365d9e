"""The steps of an import: the mapping, the table, the plan, the rules' judgement of it, and the writing."""

import sys
from collections.abc import Iterable
from collections.abc import Mapping as Map
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from elo_cli.commands.shared import session
from elo_cli.commands.shared.asking import reader_of, typed_for
from elo_cli.commands.shared.saving import RefusedProblem, tell_findings, tell_held
from elo_cli.model.characters import first_of
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.finding import Level, Phrase
from elo_cli.model.shape import Shape
from elo_cli.render.reading.reader import Reader
from elo_cli.render.reading.records import TrackerRecords
from elo_cli.render.words.language import Language
from elo_cli.store.loading import load
from elo_cli.store.lookup import PartialSource, read
from elo_cli.store.tables.heads import Located, find_table
from elo_cli.store.tables.mapping import DECISION, SOURCE, Mapping
from elo_cli.store.tables.mapping_file import read_mapping_file
from elo_cli.store.tables.rows import Row, TableForm
from elo_cli.store.tracker import Tracker
from elo_cli.tracking.importing.changes import Provenance
from elo_cli.tracking.importing.files import Files, files_of, removable
from elo_cli.tracking.importing.instruments import with_instrument
from elo_cli.tracking.importing.rows import Plan, Planned, Refusal, plan_records
from elo_cli.tracking.importing.updates import plan_updates
from elo_cli.tracking.importing.values import RowReader

if TYPE_CHECKING:
    from elo_cli.checks.rule import Finding
    from elo_cli.model.records.vocabulary import Document
    from elo_cli.store.disk.writing import Writer

_MANY: Final = 100
"""From so many records on the work is shown as it goes on."""
_ROUNDS: Final = 5
_SHOWN: Final = 5
"""Ids in a message."""


class Given(NamedTuple):
    """What the options say."""

    file: Path
    mapping: str
    form: TableForm
    source: str | None
    by: str | None
    date: str | None
    reason: tuple[str, ...]
    decided_by: str | None
    delete_gone: bool
    withdraw_gone: bool = False
    restore_returned: bool = False


class Done(NamedTuple):
    """What came of an import."""

    tracker: Tracker
    plan: Plan
    located: Located
    rows: list[Row]
    deleted: list[str]
    written: bool


def mapping_of(folder: session.Folder, name: str) -> Mapping:
    """The mapping with this name or in this file; what is wrong with it is told before the UsageProblem."""
    reading = read_mapping_file(name)
    if reading.mapping is not None:
        return reading.mapping
    from elo_cli.checks.all_rules import RULES
    from elo_cli.checks.rule import Finding
    from elo_cli.store.yaml.positions import Place, Positions

    positions = Positions(reading.text)
    findings = []
    for problem in reading.problems:
        at_key = problem.rule in {"schema-unknown-field", "yaml-duplicate-key"}
        there = positions.key(problem.where) if at_key else positions.value(problem.where)
        place = Place(problem.line, problem.column or 1) if problem.line is not None else there
        level = RULES[problem.rule].level
        findings.append(Finding(reading.path, place.line, place.column, level, problem.rule, problem.args, None))
    tell_findings(folder, sorted(findings, key=lambda finding: finding[:3]))
    raise UsageProblem(N_("the mapping “{mapping}” cannot be used before that is mended"), mapping=name)


def carry_out(folder: session.Folder, given: Given, writer: "Writer | None") -> Done:
    """Plan the import and judge the plan; write it where there is a writer, who holds the tracker's lock.

    Raises EloError when the table or the mapping cannot be used, or a promise would change without reason or decider.
    """
    mapping = mapping_of(folder, given.mapping)
    located = find_table(given.file, given.form, mapping)
    rows = list(located.rows)
    tracker = load(folder.source)
    _tell_language(folder, mapping)
    word = _word(folder, tracker, mapping, _named(folder, tracker, given))
    documents = {SOURCE: word.source, DECISION: word.decision or (word.source if mapping.is_decision else None)}
    # Nobody is asked about a thousand rows: a cell that is not clear is refused.
    reading = Reader(folder.language, TrackerRecords(tracker))
    reader = RowReader(mapping, located, folder.config.languages, documents, reading)
    if mapping.updates is not None:
        plan = plan_updates(tracker, reader, mapping.updates, rows, word, folder.as_of)
    else:
        plan = plan_records(
            tracker,
            reader,
            rows,
            word,
            withdraw_gone=given.withdraw_gone,
            restore_returned=given.restore_returned,
        )
        speakers = {code: Language(code) for code in folder.config.languages}
        texts = lambda message: {code: speaker.say(message) for code, speaker in speakers.items()}  # noqa: E731
        plan = with_instrument(plan, mapping, tracker, folder.config.languages, texts)
    lacking = [planned.id for planned in plan.planned if planned.promise and not (word.reason and word.decided_by)]
    if lacking and writer is not None:
        raise UsageProblem(_LACKING, ids=first_of(lacking, _SHOWN))
    files = files_of(plan, lambda path: read(folder.source, path), _watched(folder))
    if lacking:
        session.tell(folder.language.say(_LACKING, ids=first_of(lacking, _SHOWN)))
    else:
        plan, files = _judged(folder, tracker, plan, files)
    deleted = _deleted(folder, tracker, plan, files) if given.delete_gone else []
    if writer is not None and files:
        for path, (old, _) in files.items():
            writer.expect(path, old)
        writer.write({path: new for path, (_, new) in files.items()})
    return Done(tracker, plan, located, rows, deleted, writer is not None and bool(files))


def _tell_language(folder: session.Folder, mapping: Mapping) -> None:
    """Tell what happens to texts in a language in which the tracker is not kept."""
    known = folder.config.languages
    if mapping.language is None or mapping.language in known:
        return
    session.tell(
        folder.language.say(
            N_(
                "the table’s texts are in “{language}”, and this tracker is kept in {known}: they are kept and shown "
                "as they are. elo set adds a text in {first} where one is needed; a tracker that is kept in "
                "“{language}” begins with elo init --languages {language}"
            ),
            language=mapping.language,
            known=", ".join(known),
            first=known[0],
        )
    )


_LACKING: Final = N_("what was promised changes ({ids}); that needs --reason and --decided-by")


def _named(folder: session.Folder, tracker: Tracker, given: Given) -> Given:
    """What the options say, with ids for the names and abbreviations among them."""
    reading = reader_of(folder.language, tracker)

    def read(kinds: tuple[str, ...], text: str | None) -> str | None:
        return reading.record(kinds, text) if text is not None else None

    return given._replace(
        source=read(("document",), given.source),
        by=read(("organisation",), given.by),
        decided_by=read(("organisation", "meeting", "document"), given.decided_by),
    )


def _word(folder: session.Folder, tracker: Tracker, mapping: Mapping, given: Given) -> Provenance:
    """What the import says of itself, by the options and the mapping; every id in it is there and of the right kind."""
    source = given.source or mapping.source
    decided_by = given.decided_by or mapping.promise.decided_by
    _hold(tracker, "--source", source, ("document",))
    _hold(tracker, "--by", given.by, ("organisation",))
    _hold(tracker, "--decided-by", decided_by, ("organisation", "meeting", "document"))
    if source is None and (mapping.records is not None or given.by is None):
        raise UsageProblem(
            N_("where is the table from? Right would be --source with the id of a document; elo new document makes one")
            if mapping.records is not None
            else N_(
                "who says what the table says? Right would be --by with an organisation, or --source with a document"
            )
        )
    typed = typed_for(folder)
    reason = typed.value("--reason", Shape("texts"), given.reason) if given.reason else mapping.promise.reason
    first = folder.config.first_language
    if isinstance(reason, Map) and first not in reason:
        raise UsageProblem(
            N_("the reason has no text in {language}, the tracker’s first language: --reason {language}=…"),
            language=first,
        )
    day, said = folder.as_of, folder.as_of.isoformat()
    document = _document(tracker, source)
    if given.date is not None:
        day = session.parse_day(given.date)
        said = day.isoformat()
    elif document is not None and document.date is not None:
        day, said = document.date.word_day, document.date.text
    return Provenance(
        day,
        said,
        given.date is not None or (document is not None and document.date is not None),
        mapping.language or folder.config.first_language,
        source,
        given.by,
        {str(code): str(text) for code, text in reason.items()} if isinstance(reason, Map) else None,
        decided_by,
        decided_by if _document(tracker, decided_by) is not None else None,
    )


def _document(tracker: Tracker, source: str | None) -> "Document | None":
    from elo_cli.model.records.vocabulary import Document

    return tracker.get(Document, source)


def _hold(tracker: Tracker, option: str, record_id: str | None, kinds: tuple[str, ...]) -> None:
    if record_id is None:
        return
    entry = tracker.entries.get(record_id)
    if entry is None or entry.kind.name not in kinds:
        raise UsageProblem(
            N_("{option}: there is no {kind} “{id}” in this tracker; elo new {kind} makes one"),
            option=option,
            kind=kinds[0],
            id=record_id,
        )


def _judged(folder: session.Folder, tracker: Tracker, plan: Plan, files: Files) -> tuple[Plan, Files]:
    """The plan without the records that would bring an error into the tracker; these are refused with the finding."""
    before: set[object] | None = None
    for _ in range(_ROUNDS):
        planned = {record.id: record for record in plan.planned if record.action != "unchanged"}
        if not planned:
            break
        errors = [finding for finding in _errors(folder, tracker, files) if finding.record in planned]
        if errors and before is None:
            before = {finding.identity for finding in _errors(folder, tracker, {})}
        fresh = [finding for finding in errors if finding.identity not in (before or ())]
        if not fresh:
            break
        refused = list(plan.refused)
        from elo_cli.checks.rule import RULES

        for finding in fresh:
            record = planned[str(finding.record)]
            refused.append(
                Refusal(next(iter(record.rows), 0), "", record.id, Phrase(RULES[finding.rule].message, finding.args))
            )
        bad = {finding.record for finding in fresh}
        plan = plan._replace(
            planned=tuple(record for record in plan.planned if record.id not in bad),
            withdrawn=tuple(name for name in plan.withdrawn if name not in bad),
            restored=tuple(name for name in plan.restored if name not in bad),
            refused=tuple(sorted(refused, key=lambda refusal: refusal.row)),
        )
        files = files_of(plan, lambda path: read(folder.source, path))
    else:
        raise RefusedProblem(N_("not written: what stands above would bring errors into the tracker"))
    return plan, files


def _errors(folder: session.Folder, tracker: Tracker, files: Files) -> "list[Finding]":
    """The errors of the tracker as it would be with these files."""
    from elo_cli.checks.all_rules import RULES
    from elo_cli.checks.run import check

    new = {path: content for path, (_, content) in files.items()}
    there = {entry.path for entry in tracker.entries.values()} | {"tracker.yaml"}
    seen = load(PartialSource(folder.source, there, new)) if new else tracker
    # Where warnings and notes stand costs more to find out than the errors themselves.
    return check(seen, folder.as_of, [rule for rule in RULES.values() if rule.level is Level.ERROR])


def _deleted(folder: session.Folder, tracker: Tracker, plan: Plan, files: Files) -> list[str]:
    """Take what is gone out of the files; what others still refer to stays, and is told."""
    going, held = removable(tracker, plan)
    tell_held(folder, held)
    for name in going:
        path = tracker.entries[name].path
        files[path] = (read(folder.source, path), None)
    return going


def _watched(folder: session.Folder) -> "_Watch":
    return _Watch(folder.language.say(N_("Preparing the records")))


class _Watch:
    """Shows on a terminal's stderr how far long work is; says nothing into a pipe."""

    def __init__(self, title: str) -> None:
        self.title = title

    def __call__(self, planned: Iterable[Planned]) -> Iterable[Planned]:
        """The records, with a bar that goes on as they are taken."""
        held = list(planned)
        if len(held) < _MANY or not sys.stderr.isatty():
            return held
        from rich.console import Console
        from rich.progress import track

        return track(held, self.title, console=Console(stderr=True, markup=False), transient=True)
