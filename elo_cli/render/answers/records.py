"""Lists of records, what was found by words, and one record whole, for the screen."""

from collections.abc import Iterator, Sequence
from typing import Final

from elo_cli.model.characters import folded
from elo_cli.model.errors import N_
from elo_cli.model.finding import Where
from elo_cli.model.kinds import referring
from elo_cli.model.records.base import Correction, Record
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.measure import Measure
from elo_cli.model.records.meeting import Meeting
from elo_cli.model.records.milestone import Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.records.vocabulary import Instrument
from elo_cli.model.words import FIELDS
from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph, Space, Struck, Table, paragraphs
from elo_cli.render.requests.tables import APART, RequestText, of_instrument
from elo_cli.render.requests.words import step_text
from elo_cli.render.words import terms
from elo_cli.render.words.fields import FieldText, field_order
from elo_cli.render.words.filters import filter_text
from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import fill, joined
from elo_cli.render.words.milestones import document_lines, required_lines, stage_lines, value_heads, value_rows
from elo_cli.render.words.names import NAMED_BY_MEASURE, Names
from elo_cli.render.words.timing import forecast_mark, forecast_text, timing_text, waits_text
from elo_cli.store.tracker import Entry, Link
from elo_cli.tracking.day.forecast import forecast
from elo_cli.tracking.day.heard import Recency, recency
from elo_cli.tracking.day.responsibility import responsible
from elo_cli.tracking.day.view import PROPOSED, View
from elo_cli.tracking.day.waiting import waits_for
from elo_cli.tracking.listing import Listed, ListedRecord
from elo_cli.tracking.texts.finding import Hit

_SHOWN: Final = 80
"""Characters of a text in which a word was found."""

_TOLD_WHOLE: Final = frozenset({"evidence", "expected", "value"})
"""Fields whose earlier values are no promise, or stand in a table of their own."""


def listed(language: Language, view: View, listing: Listed) -> list[Block]:
    """The listed records as a table in the reader's language, with the columns that matter for their kind."""
    texts = FieldText(Names(language, view))
    kind, rows = listing.kind, listing.rows
    rare = [name for name in kind.rare_columns if any(getattr(row.state.now, name) is not None for row in rows)]
    columns = (*kind.columns, *rare)
    heads = [
        terms.head(language, "id"),
        terms.head(language, "name"),
        *(terms.head(language, name) for name in columns),
    ]
    if kind.name == "milestone":
        heads.append(language.say(N_("Timing")))
    if kind.name == "request":
        heads.append(terms.head(language, "stage"))
    blocks: list[Block] = [
        *paragraphs(filter_text(texts.names, listing.filters)),
        Table(heads, [_cells(texts, row, columns) for row in rows]),
    ]
    if any(_named_by_measures(view, row.state.now) for row in rows):
        blocks.append(Paragraph(language.say(NAMED_BY_MEASURE)))
    if not rows:
        blocks.append(Paragraph(language.say(N_("Nothing to list."))))
    return blocks


def _cells(texts: FieldText, row: ListedRecord, columns: Sequence[str]) -> list[str]:
    now = row.state.now
    cells = [row.entry.id, texts.language.text(now.name, "–")]
    for name in columns:
        value = getattr(now, name)
        if isinstance(now, Funding) and name == "amount":
            cells.append(texts.amount(now))
        elif isinstance(now, Funding) and name == "stage":
            cells.append(texts.stage(now))
        elif name == "responsible":
            cells.append(_responsible(texts, now))
        elif name in referring():
            ids = [value] if isinstance(value, str) else value
            cells.append(texts.names.shorts(ids) or "–")
        else:
            cells.append(texts.one(name, value))
    if isinstance(now, Milestone):
        timing = texts.language.say(N_("only possible")) if now.possible else "–"
        if row.timing is not None and now.due:
            timing = timing_text(texts.language, row.timing, now.due)
        outlook = forecast(texts.names.view, now)
        cells.append(timing if outlook is None else f"{timing}; {forecast_text(texts.language, outlook)}")
    if isinstance(now, PaymentRequest):
        cells.append(step_text(texts.language, now))
    return cells


def _responsible(texts: FieldText, now: Record) -> str:
    who = responsible(texts.names.view, now)
    return texts.names.shorts(who.ids) + ("*" if who.named_by == "measures" else "") or "–"


def _named_by_measures(view: View, now: Record) -> bool:
    return isinstance(now, Milestone) and responsible(view, now).named_by == "measures"


def show(names: Names, entry: Entry, backlinks: Sequence[Link]) -> list[Block]:
    """One record whole: what it is, how it stands, what was said, what it rests on, and who refers to it."""
    language, view = names.language, names.view
    texts = FieldText(names)
    record = entry.record
    now = view.state(record).now
    blocks: list[Block] = [
        Heading(language.text(now.name, entry.id), 1),
        Paragraph(" · ".join(_what(language, view, entry)), style="dim"),
        *(Paragraph(language.text(text)) for text in (now.description, record.note) if text),
        Space(),
        Pairs(_state_rows(texts, view, entry)),
        *_values(texts, record),
        *(RequestText(names, record).blocks() if isinstance(record, PaymentRequest) else ()),
        *(of_instrument(names, record) if isinstance(record, Instrument) else ()),
        *_words(texts, view, entry),
    ]
    if record.corrections:
        lines = [_corrected(texts, correction) for correction in record.corrections]
        blocks += [Space(), Heading(terms.head(language, "corrections")), Items(lines)]
    if record.sources:
        lines = [texts.source(source) for source in record.sources]
        blocks += [Space(), Heading(terms.head(language, "sources")), Items(lines)]
    return blocks + _linked(names, backlinks)


def _what(language: Language, view: View, entry: Entry) -> list[str]:
    kind = terms.kind_word(language, entry.kind.name)
    type_value = getattr(entry.record, "type", None)
    parts = [entry.id, terms.word(language, "type", type_value) if isinstance(type_value, str) else kind]
    if isinstance(entry.record, Measure) and entry.record.key is not None:
        parts[1] = language.say(N_("key measure") if entry.record.key else N_("related measure"))
    if not language.links:
        # Who reads pages has no files.
        parts.append(view.tracker.shown(entry.path))
    return parts


def _corrected(texts: FieldText, correction: Correction) -> str:
    """What had been written; of a map of entries only those that there were."""
    say, was = texts.language.say, _there(correction.was)
    message = N_("{date}: {field}, formerly “{was}” – {reason}")
    if was in (None, {}):
        message = N_("{date}: {field}, formerly not recorded – {reason}")
    return say(
        message,
        date=texts.language.period(correction.date),
        field=terms.head(texts.language, correction.field),
        was=texts.one(correction.field, was),
        reason=texts.language.text(correction.reason),
    )


def _there(was: object) -> object:
    """What was recorded, without the keys of which nothing was."""
    if not isinstance(was, dict):
        return was
    kept = {key: _there(value) for key, value in was.items()}
    return {key: value for key, value in kept.items() if value not in (None, {})}


def _state_rows(texts: FieldText, view: View, entry: Entry) -> list[tuple[str, list[str]]]:
    language = texts.language
    state = view.state(entry.record)
    now, promise = state.now, entry.record
    timing = view.timing(promise) if isinstance(promise, Milestone) else None
    rows: list[tuple[str, list[str]]] = []
    if isinstance(promise, PaymentRequest):
        rows += RequestText(texts.names, promise).head()
    for name in field_order(type(now).model_fields):
        value, promised = getattr(now, name), getattr(promise, name)
        if name == "key" or (value is None and promised is None):
            continue
        if isinstance(promise, PaymentRequest) and name in APART:
            continue
        lines = texts.lines(name, value)
        if isinstance(now, Funding) and name == "amount":
            lines = [texts.amount(now)]
        elif isinstance(now, Funding) and name == "stage":
            lines = [texts.stage(now)]
        elif name == "due" and value is not None and timing is not None:
            lines = [f"{lines[0]} ({timing_text(language, timing, value)})"]
        elif isinstance(now, Milestone) and isinstance(promise, Milestone):
            lines = _milestone_lines(texts, promise, name, lines)
        elif isinstance(now, Meeting) and name == "decides":
            lines = list(_items_to_decide(texts, now))
        if value != promised and promised is not None and name not in _TOLD_WHOLE:
            before = (
                texts.amount(promise)
                if isinstance(promise, Funding) and name == "amount"
                else texts.one(name, promised)
            )
            # A proposal is no promise.
            message = N_("first stated: {value}") if isinstance(promise, Funding) else N_("promised: {value}")
            lines = [*lines, language.say(message, value=before)]
        rows.append((terms.head(language, name), lines))
    if entry.kind.promises:
        age = recency(view, promise)
        if age.state_as_of is not None:
            rows.append((language.say(N_("Status as of")), [language.period(age.state_as_of)]))
        rows.append((language.say(N_("Last update")), [_last_update(texts.names, age, entry)]))
    if (request := view.request_of.get(promise.id)) is not None:
        rows.append((language.say(N_("Payment request")), [texts.names.with_id(request.id)]))
    rows.append((terms.head(language, "formerly"), list(promise.formerly or ())))
    return rows


def _items_to_decide(texts: FieldText, now: Meeting) -> Iterator[str]:
    """What a meeting is to decide; when it has passed, also of which items nobody has told the decision."""
    view, language = texts.names.view, texts.language
    silent = now.date.passed(view.as_of) and not now.decisions
    for key, text in (now.decides or {}).items():
        line = view.tracker.get(Funding, key)
        open_line = line is None or view.state(line).now.stage in PROPOSED
        item = language.text(text)
        yield language.say(N_("{item}: no update on the decision"), item=item) if silent and open_line else item


def _milestone_lines(texts: FieldText, promise: Milestone, name: str, lines: list[str]) -> list[str]:
    """A field of a milestone with what the day makes of it: a forecast, its evidence, what it waits for, its stages."""
    view = texts.names.view
    state = view.state(promise)
    match name:
        case "expected" if (outlook := forecast(view, promise)) and (mark := forecast_mark(texts.language, outlook)):
            return [f"{lines[0]} ({mark})"]
        case "evidence":
            return document_lines(texts, state)
        case "verification" if state.now.verification is not None:
            stated = state.now.verification.model_copy(update={"evidence": None})
            return [*texts.lines(name, stated), *required_lines(texts, state)]
        case "depends_on":
            return [*lines, *waits_text(texts.names, waits_for(view, promise))]
        case _:
            return lines


def _values(texts: FieldText, record: Record) -> Iterator[Block]:
    """The values of a target as a table, and the stages that it is one of."""
    if not isinstance(record, Milestone):
        return
    rows = value_rows(texts, texts.names.view.state(record))
    if rows:
        yield from (
            Space(),
            Heading(terms.head(texts.language, "value")),
            Table(value_heads(texts), rows, right=(1, 2)),
        )
    if lines := stage_lines(texts, texts.names.view.state(record).now):
        yield from (Space(), Heading(texts.language.say(N_("Stages"))), Items(lines))


def _last_update(names: Names, age: Recency, entry: Entry) -> str:
    """When something was last heard, and of which record where it was another one."""
    heard, language = age.heard, names.language
    if heard is None:
        return language.say(N_("none since the original entry"))
    day = language.period(heard.said)
    return day if heard.record == entry.id else fill("{}: {}", day, names.with_id(heard.record))


def _words(texts: FieldText, view: View, entry: Entry) -> list[Block]:
    language = texts.language
    updates = entry.record.all_updates
    if not updates:
        return []
    blocks: list[Block] = [Space(), Heading(terms.head(language, "updates"))]
    for number, update in enumerate(updates, 1):
        who = texts.names.short(update.by) if update.by else ""
        later = "" if update.said_on <= view.as_of else language.say(N_("(said later than the day asked about)"))
        head = joined(" ", (part for part in (f"{number}.", language.period(update.date), who, later) if part))
        if update.retracted is not None:
            head = fill("{} – {}", head, texts.retracted(update.retracted))
        blocks.append(Paragraph(head, 1, "bold"))
        lines = [*texts.changes(update), *texts.grounds(update)]
        if update.effective:
            lines.append(language.say(N_("Happened on: {text}"), text=language.period(update.effective)))
        if note := language.text(update.note):
            lines.append(note)
        lines += [language.say(N_("Source: {text}"), text=texts.source(source)) for source in update.sources or ()]
        blocks.append(Items(struck(language, lines) if update.is_retracted(view.as_of) else lines, 1))
    return blocks


def struck(language: Language, lines: Sequence[str]) -> list[Struck]:
    """The lines of an update that was retracted."""
    word = language.say(N_("retracted"))
    return [Struck(line, word) for line in lines]


def _linked(names: Names, backlinks: Sequence[Link]) -> list[Block]:
    """Who refers to this record, by kind; what it refers to stands in its fields already."""
    known = [link for link in backlinks if names.view.is_made(link)]
    if not known:
        return []
    language = names.language
    groups: dict[str, dict[str, None]] = {}
    for link in known:
        entry = names.tracker.entries[link.origin]
        groups.setdefault(entry.kind.name, {})[link.origin] = None
    rows = [
        (terms.kind_word(language, kind), [names.with_id(origin) for origin in origins])
        for kind, origins in groups.items()
    ]
    return [Space(), Heading(language.say(N_("Referred to by"))), Pairs(rows, 1)]


def found(language: Language, view: View, hits: Sequence[Hit]) -> list[Block]:
    """What was found, a line a record, and how to go on."""
    if not hits:
        return []
    names = Names(language, view)
    heads = [
        terms.head(language, "id"),
        language.say(N_("Kind")),
        terms.head(language, "name"),
        language.say(N_("Found in")),
    ]
    rows = [
        [hit.entry.id, terms.kind_word(language, hit.entry.kind.name), names.long(hit.entry.id), _where(language, hit)]
        for hit in hits
    ]
    return [Table(heads, rows), Paragraph(language.say(N_("elo show ID shows a record whole.")))]


def _where(language: Language, hit: Hit) -> str:
    """The field and the text around the first word; the id and the name stand beside it already."""
    field = _field(hit.where)
    if field == "id":
        return terms.head(language, field)
    return f"{terms.head(language, field)}: {_around(' '.join(hit.text.split()), hit.word)}"


def _around(text: str, word: str) -> str:
    """A text, or so much of it around a word as a line holds."""
    if len(text) <= _SHOWN:
        return text
    # Folding changes a length by a letter or two, and the window has room for that.
    middle = max(folded(text).find(word), 0)
    start = max(min(middle - _SHOWN // 3, len(text) - _SHOWN), 0)
    end = start + _SHOWN
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _field(where: Where) -> str:
    """The last field on the way to a place, without keys of lists and languages."""
    parts = [str(part) for part in where if isinstance(part, str)]
    return next((part for part in reversed(parts) if part in FIELDS), parts[0])
