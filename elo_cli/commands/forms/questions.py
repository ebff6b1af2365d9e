"""The questions of a form, by the types of the model: one a value, and what a record must have comes first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pydantic import BaseModel

from elo_cli.commands.forms.choices import Known
from elo_cli.commands.forms.form import Choice, Form, Question
from elo_cli.commands.forms.new_record import LATER, doubles, free_id, needed_fields, read_id, written
from elo_cli.commands.shared import session
from elo_cli.commands.shared.lookup import right_words
from elo_cli.model.errors import N_, UsageProblem
from elo_cli.model.kind import Kind
from elo_cli.model.kinds import KINDS, id_at
from elo_cli.model.records.base import Source
from elo_cli.model.shape import Shape, fields_of
from elo_cli.render.reading.reader import Reader
from elo_cli.render.reading.records import FileRecords
from elo_cli.render.words import terms
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.names import Names
from elo_cli.store.edit.update import is_needed
from elo_cli.store.edit.values import NOTHING, Typed
from elo_cli.store.lookup import OverlaidSource, RecordFile, find, ids, is_id, neighbourhood
from elo_cli.store.yaml.order import key_order
from elo_cli.store.yaml.strict import Plain
from elo_cli.tracking.day.view import View

_MADE: Final = "+"
"""What stands for a document that is not in the vocabulary yet."""
_LAST_ASKED: Final = frozenset({"own_words", "description", "note"})
_BY_HAND: Final = frozenset({"inferred", "note", "sha256"})
"""What is inferred, a note on it, and a digest are for those who write the file by hand."""


class Questions:
    """The questions to one person about one tracker's values; `new` holds the files that were made on the way."""

    def __init__(self, folder: session.Folder, form: Form, known: Known) -> None:
        """Ask in the reader's language, and offer these records."""
        self.base = folder
        self.form = form
        self.language = folder.language
        self.new: dict[str, bytes] = {}
        self.typed = Typed(folder.config.languages, Reader(folder.language, FileRecords(folder.source)))
        self.known = known

    @property
    def folder(self) -> session.Folder:
        """The tracker with what was made on the way."""
        return self.base._replace(source=OverlaidSource(self.base.source, self.new)) if self.new else self.base

    # An update

    def update(self, file: RecordFile) -> Plain:
        """Ask who says something of a record, and what has changed; an empty mapping when nothing has."""
        kind, model = file.kind, file.kind.update
        if model is None:
            raise UsageProblem(N_("a record of the kind “{kind}” has no updates; elo set changes it"), kind=kind.name)
        names = [name for name in key_order(model) if name in kind.changeable]
        fields = self._standing(file, names)
        said: Plain = {
            "date": self.field("date", model, "date", default=self.language.day(self.base.as_of), required=True)
        }
        # Who said it is told by an organisation or by a source; one of them is enough, and one is needed.
        self._put(said, "by", self.field("by", model, "by"))
        if "by" not in said:
            said["sources"] = self.field("sources", model, "sources", required=True)
        self._changes(said, kind, model, fields)
        if any(name in said for name in names):
            self._put(said, "effective", self.field("effective", model, "effective"))
        if any(name in kind.record.promise_fields for name in said):
            self.form.note(self.language.say(N_("What was promised changes: that needs a reason, and who decided it.")))
            for name in ("reason", "decided_by"):
                said[name] = self.field(name, model, name, required=True)
        elif said.get("confidence", "on-track") != "on-track" or None in said.values():
            self._put(said, "reason", self.field("reason", model, "reason"))
        self._put(said, "note", self.field("note", model, "note"))
        return said if said.keys() - {"date", "by", "sources"} else {}

    def _changes(self, said: Plain, kind: Kind, model: type[BaseModel], fields: Sequence[Choice]) -> None:
        """Ask for fields, one after another, until that is all."""
        number = 0
        while True:
            number += 1
            chosen = self._chosen(f"changed.{number}", N_("What has changed?"), fields, model)
            if chosen is None:
                return
            required = is_needed(kind, chosen) if chosen in kind.record.model_fields else False
            value = self.field(f"{number}.{chosen}", model, chosen, nothing=not required)
            if value is not None:
                said[chosen] = None if value == NOTHING else value

    def _chosen(self, path: str, head: str, fields: Sequence[Choice], model: type[BaseModel]) -> str | None:
        """The field that is chosen, by its name or its heading; None when that is all."""
        names = [choice.value for choice in fields]

        def read(text: str) -> str:
            name = self.typed.reading.field(model, text)
            if name not in names:
                raise UsageProblem(N_("there is no field “{field}”; give its number or its name"), field=text)
            return name

        text = self.language.say(N_("a field; Enter when that is all"))
        chosen = self.form.ask(Question(path, self.language.say(head), read, text, fields))
        return str(chosen) if chosen is not None else None

    @staticmethod
    def _put(said: Plain, name: str, value: object) -> None:
        if value is not None:
            said[name] = value

    def _standing(self, file: RecordFile, names: Sequence[str]) -> list[Choice]:
        """The fields that an update may change, with what they hold now; the record is named."""
        view = View(neighbourhood(self.base.source, file, file.data), self.base.as_of)
        record_id = str(file.where[0] if file.where else id_at(file.path))
        entry = view.tracker.entries.get(record_id)
        if entry is None:
            raise UsageProblem(N_("the record “{id}” cannot be read; elo check says why"), id=record_id)
        texts = FieldText(Names(self.language, view))
        now = view.state(entry.record).now
        self.form.note(f"{terms.kind_word(self.language, file.kind.name)} {record_id}: {self.language.text(now.name)}")
        choices = []
        for name in names:
            value = getattr(now, file.kind.record.update_names.get(name, name), None)
            shown = texts.one(name, value) if value is not None else self.language.say(N_("not stated"))
            choices.append(Choice(name, terms.head(self.language, name), shown))
        return choices

    # A new record

    def record(self, kind: Kind, record_id: str | None = None) -> Plain:
        """Ask for a new record: what it must have, what matters most, then whatever else is known."""
        needed = needed_fields(kind)
        if len(needed) > 1:
            heads = ", ".join(terms.head(self.language, name) for name in needed)
            self.form.note(self.language.say(N_("First what it must have: {fields}."), fields=heads))
        record = self._fields("", kind, needed, required=True)
        self.form.note(self.language.say(N_("That is what it must have. The rest may be left open with Enter.")))
        record |= self._fields("", kind, _main_fields(kind), required=False)
        rest = [
            name
            for name in key_order(kind.record)
            if name not in LATER and name not in needed and name not in _main_fields(kind)
        ]
        fields = [Choice(name, terms.head(self.language, name), self._meaning(kind.record, name)) for name in rest]
        number = 0
        while True:
            number += 1
            chosen = self._chosen(f"more.{number}", N_("Anything else?"), fields, kind.record)
            if chosen is None:
                break
            self._put(record, chosen, self.field(f"{number}.{chosen}", kind.record, chosen))
        self._warn(kind, record)
        return {"id": record_id or self._id("id", record), **record}

    def _fields(self, path: str, kind: Kind, names: Sequence[str], *, required: bool) -> Plain:
        values: Plain = {}
        for name in names:
            if name == "read" and "date" in values:
                # A document is dated by itself, and only one without a date by the day on which it was read.
                continue
            today = self.language.day(self.base.as_of) if name == "read" else ""
            self._put(values, name, self.field(f"{path}{name}", kind.record, name, default=today, required=required))
        return values

    def _id(self, path: str, record: Plain) -> str:
        source = self.folder.source
        question = Question(
            path,
            terms.head(self.language, "id"),
            lambda text: read_id(source, text),
            self.language.say(N_("Small letters, digits and hyphens; it stays for ever.")),
            required=True,
            default=free_id(source, record),
        )
        return str(self.form.ask(question))

    def _warn(self, kind: Kind, record: Plain) -> None:
        for warning in doubles(self.folder.source, kind, record):
            self.form.note(self.language.say_all(warning.message, warning.values))

    def _document(self, path: str) -> str:
        """A document of the vocabulary that is made on the spot; its file is written with the record."""
        kind = KINDS["document"]
        self.form.note(self.language.say(N_("The new document:")))
        record = self._fields(path, kind, ["name"], required=True)
        record |= self._fields(path, kind, ["date", "read", "publisher", "address"], required=False)
        self._warn(kind, record)
        record = {"id": self._id(f"{path}id", record), **record}
        file, content = written(self.folder, kind, record, bare=True)
        self.new[file.path] = content
        return str(record["id"])

    # Values

    def _meaning(self, model: type[BaseModel], name: str) -> str:
        return self.language.say(model.model_fields[name].description or "")

    def field(
        self,
        path: str,
        model: type[BaseModel],
        name: str,
        *,
        default: str = "",
        required: bool = False,
        nothing: bool = False,
    ) -> object:
        """Ask for a field of a model; None for an answer that is left open, NOTHING where that may be said too."""
        shape, text = fields_of(model)[name], self._meaning(model, name)
        question = Question(path, terms.head(self.language, name), str, text, (), required, default)
        if shape.item is not None and shape.item.model is Source:
            return self._sources(question)
        return self._value(question, name, shape, nothing=nothing)

    def _value(self, question: Question, name: str, shape: Shape, *, nothing: bool = False) -> object:
        match shape.form:
            case "texts":
                return self._texts(question)
            case "list" if shape.item is not None and shape.item.model is not None:
                return self._items(question, shape.item.model)
            case "list" if shape.item is not None and shape.item.form == "id":
                return self._records(question, shape, shape.item)
            case "model" if shape.model is not None:
                return self._model(question, shape.model)
            case "map" if shape.item is not None:
                return self._map(question, shape.item)
        return self.form.ask(self._scalar(question, name, shape, nothing=nothing))

    def _scalar(self, question: Question, name: str, shape: Shape, *, nothing: bool = False) -> Question:
        """The question for one value, with the choices that there are."""
        choices: list[Choice] = []
        if shape.form == "word":
            choices = [Choice(word, terms.word(self.language, name, word)) for word in shape.words]
        elif shape.form == "boolean":
            choices = [Choice(word, self.language.say(word)) for word in (N_("yes"), N_("no"))]
        elif shape.form == "id":
            choices = self.known.choices(shape.kinds, self.new)
        if nothing:
            choices = [*choices, Choice(NOTHING, self.language.say(N_("not stated")))] if choices else []

        def read(text: str) -> object:
            return NOTHING if nothing and text == NOTHING else self._read(question.head, shape, text)

        return question._replace(read=read, choices=choices)

    def _read(self, head: str, shape: Shape, answer: str) -> object:
        value = self.typed.value(head, shape, [answer])
        _accepted(head, shape, value)
        for record_id in value if isinstance(value, list) else [value]:
            if kinds := (shape.item or shape).kinds:
                self._exists(str(record_id), kinds)
        return value

    def _exists(self, record_id: str, kinds: tuple[str, ...]) -> None:
        source = self.folder.source
        file = find(source, record_id) if is_id(record_id) else None
        if file is not None and file.kind.name in kinds:
            return
        kind = " / ".join(terms.kind_word(self.language, name) for name in kinds)
        raise UsageProblem(
            N_("there is no {kind} “{given}”; right would be one of {known}"),
            kind=kind,
            given=record_id,
            known=right_words(record_id, ids(source, kinds)),
        )

    def _texts(self, question: Question) -> Mapping[str, object] | None:
        texts: dict[str, object] = {}
        for code in self.base.config.languages:
            required = question.required and not texts
            head = f"{question.head} [{code}]"
            asked = question._replace(path=f"{question.path}.{code}", head=head, required=required)
            answer = self.form.ask(asked._replace(text="") if texts else asked)
            if answer is None and not texts:
                return None
            if answer is not None:
                texts[code] = answer
        return texts

    def _sources(self, question: Question) -> list[object] | None:
        """Documents of the vocabulary with their places, or one that is made on the spot."""
        sources: list[object] = []
        model = fields_of(Source)
        while True:
            path = f"{question.path}.{len(sources) + 1}"
            text = self.language.say(N_("a document, by its title")) if not sources else self._another()
            made = Choice(_MADE, self.language.say(N_("a new document, made now")))
            asked = self._scalar(question._replace(path=path, text=text), "document", model["document"])
            asked = asked._replace(
                choices=[*asked.choices, made],
                read=_or_made(asked.read),
                required=question.required and not sources,
            )
            chosen = self.form.ask(asked)
            if chosen is None:
                return sources or None
            document = self._document(f"{path}.") if chosen == _MADE else chosen
            source: Plain = {"document": document}
            for name in ("page", "slide", "section"):
                self._put(source, name, self.field(f"{path}.{name}", Source, name))
            sources.append(source)

    def _another(self) -> str:
        return self.language.say(N_("one more; Enter when that is all"))

    def _records(self, question: Question, shape: Shape, item: Shape) -> list[object] | None:
        """Records of a list, one after another; several may be given at once, with commas."""
        values: list[object] = []
        number = 0
        while True:
            number += 1
            asked = question._replace(path=f"{question.path}.{number}")
            if values:
                asked = asked._replace(text=self._another(), required=False, default="")
            choices = [choice for choice in self.known.choices(item.kinds, self.new) if choice.value not in values]
            answer = self.form.ask(
                asked._replace(choices=choices, read=lambda text: self._read(question.head, shape, text))
            )
            if not isinstance(answer, list):
                return values or None
            values += [value for value in answer if value not in values]

    def _items(self, question: Question, model: type[BaseModel]) -> list[object] | None:
        items: list[object] = []
        number = 0
        while True:
            number += 1
            path = f"{question.path}.{number}"
            self.form.note(f"{question.head}: {question.text}")
            item = self._model(question._replace(path=path), model)
            items += [item] if item else []
            yes = Shape("boolean", type=bool)
            more = Question(f"{path}.more", self.language.say(N_("One more?")), str)
            if self.form.ask(self._scalar(more, "", yes)) is not True:
                return items or None

    def _model(self, question: Question, model: type[BaseModel]) -> Plain | None:
        values: Plain = {}
        for name in model.model_fields:
            if name not in _BY_HAND:
                required = model.model_fields[name].is_required()
                self._put(values, name, self.field(f"{question.path}.{name}", model, name, required=required))
        return values or None

    def _map(self, question: Question, item: Shape) -> Plain | None:
        values: Plain = {}
        while True:
            path = f"{question.path}.{len(values) + 1}"
            text = self.language.say(N_("Key: a short name in small letters; Enter when that is all"))
            key = self.form.ask(
                question._replace(path=path, text=text, read=_key, required=question.required and not values)
            )
            if key is None:
                return values or None
            inner = Question(f"{path}.value", str(key), str, question.text, required=True)
            values[str(key)] = self._value(inner, str(key), item)


def _main_fields(kind: Kind) -> list[str]:
    """The fields that are asked for one after another: what a list shows, and what a record serves."""
    needed = needed_fields(kind)

    def matters(name: str) -> bool:
        shape = fields_of(kind.record)[name]
        serves = {"goal", "measure"} & set((shape.item or shape).kinds)
        return kind.vocabulary or name in kind.columns or bool(serves)

    return [
        name
        for name in key_order(kind.record)
        if name not in {*LATER, *needed, *_LAST_ASKED, "sources"} and matters(name)
    ]


def _or_made(read: Callable[[str], object]) -> Callable[[str], object]:
    return lambda answer: answer if answer == _MADE else read(answer)


def _key(answer: str) -> str:
    if is_id(answer):
        return answer
    raise UsageProblem(
        N_("“{given}” is no key: small letters, digits and single hyphens, such as first-step"), given=answer
    )


def _accepted(head: str, shape: Shape, value: object) -> None:
    """Refuse at once what the record would refuse, so that the question can be asked again."""
    from pydantic import ValidationError, create_model

    from elo_cli.checks.all_rules import RULES
    from elo_cli.model.records.base import Strict
    from elo_cli.store.schema_problems import problems_of

    try:
        # A field of a model of ours, and no bare type: their engine of patterns knows all of them.
        create_model("Answer", __base__=Strict, answer=(shape.type, ...)).model_validate({"answer": value})
    except ValidationError as error:
        problem = problems_of(error, Strict, "", (), None)[0]
        raise UsageProblem(RULES[problem.rule].message, **{**problem.args, "field": head}) from None
