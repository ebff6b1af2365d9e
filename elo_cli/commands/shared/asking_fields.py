"""Asks for the fields of a record or an update, one question a value, by the types of the model."""

from collections.abc import Mapping
from typing import cast

from pydantic import BaseModel

from elo_cli.commands.shared import asking, session
from elo_cli.commands.shared.lookup import right_words
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import id_at
from elo_cli.model.shape import Shape, fields_of
from elo_cli.render.words import terms
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.names import Names
from elo_cli.store.lookup import RecordFile, find, is_id, neighbourhood
from elo_cli.store.yaml.order import key_order
from elo_cli.store.yaml.strict import Plain
from elo_cli.tracking.day.view import View


class Questions:
    """The questions to one person about one tracker's values."""

    def __init__(self, folder: session.Folder) -> None:
        """Ask in the reader's language, and know the tracker's languages."""
        self.folder = folder
        self.language = folder.language
        self.typed = asking.typed_for(folder)

    def update(self, file: RecordFile) -> Plain:
        """Ask what has changed in a record, and who says so; an empty mapping when nothing has."""
        kind = file.kind
        model = kind.update
        if model is None:
            raise UsageProblem(N_("a record of the kind “{kind}” has no updates; elo set changes it"), kind=kind.name)
        names = [name for name in key_order(model) if name in kind.changeable]
        self._show_state(file, names)
        said: Plain = {}
        while True:
            chosen = asking.until(
                self.language.say(N_("What has changed? A number or a name; Enter when that is all")),
                lambda answer: self._field(answer, model, names),
            )
            if chosen is None:
                break
            name = str(chosen)
            value = self.field(model, name)
            if value is not None:
                said[name] = value
        asking.say()
        said["date"] = self.field(model, "date", default=self.folder.as_of.isoformat(), empty=False)
        for name in ("by", "sources", "effective"):
            self._meta(said, name, model)
        if any(name in kind.record.promise_fields for name in said):
            asking.say(self.language.say(N_("What was promised changes: that needs a reason, and who decided it.")))
            for name in ("reason", "decided_by"):
                said[name] = self.field(model, name, empty=False)
        elif "confidence" in said and said["confidence"] != "on-track":
            self._meta(said, "reason", model)
        self._meta(said, "note", model)
        return said

    def _meta(self, said: Plain, name: str, model: type[BaseModel]) -> None:
        # Who said it is told by an organisation or by a source; one of them is enough.
        if name == "sources" and "by" in said:
            return
        value = self.field(model, name)
        if value is not None:
            said[name] = value

    def _show_state(self, file: RecordFile, names: list[str]) -> None:
        view = View(neighbourhood(self.folder.source, file, file.data), self.folder.as_of)
        record_id = file.where[0] if file.where else id_at(file.path)
        entry = view.tracker.entries.get(str(record_id))
        if entry is None:
            raise UsageProblem(N_("the record “{id}” cannot be read; elo check says why"), id=record_id)
        texts = FieldText(Names(self.language, view))
        now = view.state(entry.record).now
        asking.say(f"{terms.kind_word(self.language, file.kind.name)} {record_id}: {self.language.text(now.name)}")
        for number, name in enumerate(names, 1):
            value = getattr(now, file.kind.record.update_names.get(name, name), None)
            shown = texts.one(name, value) if value is not None else "–"
            asking.say(f"  {number:>2}  {terms.head(self.language, name)}: {shown}  ({name})")

    def _field(self, answer: str, model: type[BaseModel], names: list[str]) -> str:
        if answer in names:
            return answer
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(names):
            return names[int(answer) - 1]
        if (name := self.typed.reading.field(model, answer)) in names:
            return name
        raise UsageProblem(N_("there is no field “{field}”; give its number or its name"), field=answer)

    def field(self, model: type[BaseModel], name: str, *, default: str = "", empty: bool = True) -> object:
        """Ask for a field of a model; None for an empty answer, where that is allowed."""
        text = model.model_fields[name].description or ""
        return self.value(name, fields_of(model)[name], text, default=default, empty=empty)

    def value(self, name: str, shape: Shape, text: str = "", *, default: str = "", empty: bool = True) -> object:
        """Ask for a value of this shape, of which `text` says what it means."""
        head = terms.head(self.language, name)
        question = (f"{head}: {self.language.say(text)}" if text else head).rstrip(".")
        match shape.form:
            case "word":
                asking.say(question)
                shown = [terms.word(self.language, name, word) for word in shape.words]
                return asking.choose(
                    head, shape.words, shown, empty=empty, read=lambda answer: self.typed.reading.value(shape, answer)
                )
            case "texts":
                return self._local(question, empty=empty)
            case "list" if shape.item is not None and shape.item.model is not None:
                asking.say(question)
                return self._items(shape.item.model)
            case "model" if shape.model is not None:
                asking.say(question)
                return self._model(shape.model)
            case "map" if shape.item is not None:
                asking.say(question)
                return self._map(shape.item)
            case "boolean":
                yes, no = (self.language.say(word) for word in (N_("yes"), N_("no")))
                return asking.until(f"{question} ({yes}/{no})", self._yes)
            case "id":
                question += " (id)"
            case "list" if shape.item is not None and shape.item.form == "id":
                question += " (" + self.language.say(N_("ids")) + ")"
        return asking.until(question, lambda answer: self._read(head, shape, answer), default=default, empty=empty)

    def _yes(self, answer: str) -> bool:
        yes, no = self.language.say(N_("yes")), self.language.say(N_("no"))
        if answer.lower() in {yes, "yes", "true"}:
            return True
        if answer.lower() in {no, "no", "false"}:
            return False
        raise UsageProblem(N_("{option}: “{text}” is neither yes nor no"), option="", text=answer)

    def _read(self, head: str, shape: Shape, answer: str) -> object:
        value = self.typed.value(head, shape, [answer])
        _accepted(head, shape, value)
        for record_id in value if isinstance(value, list) else [value]:
            if kinds := (shape.item or shape).kinds:
                self._known(str(record_id), kinds)
        return value

    def _known(self, record_id: str, kinds: tuple[str, ...]) -> None:
        from elo_cli.store.lookup import ids

        file = find(self.folder.source, record_id) if is_id(record_id) else None
        if file is not None and file.kind.name in kinds:
            return
        kind = " / ".join(terms.kind_word(self.language, name) for name in kinds)
        raise UsageProblem(
            N_("there is no {kind} “{given}”; right would be one of {known}"),
            kind=kind,
            given=record_id,
            known=right_words(record_id, ids(self.folder.source, kinds)),
        )

    def _local(self, question: str, *, empty: bool) -> Mapping[str, object] | None:
        texts: dict[str, object] = {}
        for number, code in enumerate(self.folder.config.languages):
            answer = asking.until(f"{question} [{code}]", str, empty=empty or number > 0)
            if answer is None:
                if number == 0:
                    return None
                continue
            texts[code] = answer
        return texts

    def _items(self, model: type[BaseModel]) -> list[object] | None:
        items: list[object] = []
        while True:
            items.append(self._model(model))
            if not asking.yes(self.language.say(N_("One more?")), default=False):
                kept = [item for item in items if item]
                return kept or None

    def _model(self, model: type[BaseModel]) -> Plain | None:
        values: Plain = {}
        for name in model.model_fields:
            # What is inferred, and a note on it, are for those who write the file by hand.
            if name in {"inferred", "note", "sha256"}:
                continue
            value = self.field(model, name)
            if value is not None:
                values[name] = value
        return values or None

    def _map(self, item: Shape) -> Plain | None:
        values: Plain = {}
        while True:
            key = asking.until(
                self.language.say(N_("Key: a short name in small letters; Enter when that is all")), self._key
            )
            if key is None:
                return values or None
            value = self.value(cast("str", key), item)
            if value is not None:
                values[cast("str", key)] = value

    def _key(self, answer: str) -> str:
        if is_id(answer):
            return answer
        raise UsageProblem(
            N_("“{given}” is no key: small letters, digits and single hyphens, such as first-step"), given=answer
        )


def _accepted(head: str, shape: Shape, value: object) -> None:
    """Refuse at once what the record would refuse, so that the question can be asked again."""
    from pydantic import TypeAdapter, ValidationError

    from elo_cli.checks.all_rules import RULES
    from elo_cli.model.records.base import Strict
    from elo_cli.store.schema_problems import problems_of

    try:
        TypeAdapter(shape.type).validate_python(value, strict=True)
    except ValidationError as error:
        problem = problems_of(error, Strict, "", (), None)[0]
        raise UsageProblem(RULES[problem.rule].message, **{**problem.args, "field": head}) from None


def asked_update(folder: session.Folder, file: RecordFile) -> Plain:
    """The update that the person at the terminal tells."""
    return Questions(folder).update(file)


def asked_record(folder: session.Folder, kind: Kind, given: Plain) -> Plain:
    """The fields of a new record that the person at the terminal tells, beside those that are given."""
    questions = Questions(folder)
    record = dict(given)
    for name in key_order(kind.record):
        if name in {"id", "formerly", "corrections", "updates", "note"} or name in record:
            continue
        required = kind.record.model_fields[name].is_required() or name == "name"
        value = questions.field(kind.record, name, empty=not required)
        if value is not None:
            record[name] = value
    return record
