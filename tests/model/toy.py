"""A kind that elo does not have, for the test that adds it: what CONTRIBUTING asks for, and nothing else.

The three files that it touches are the model's own, the table of kinds and the table of words.
"""

from pathlib import Path

MODEL = '''\
"""A risk: what may keep a measure from being carried out."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from elo_cli.model.records.base import Fields, Record, Update
from elo_cli.model.errors import N_
from elo_cli.model.money import Money
from elo_cli.model.period import Period
from elo_cli.model.values import LocalText, ref

Likelihood = Literal["low", "high"]


class RiskFields(Fields):
    """What a risk states."""

    promise_fields: ClassVar[frozenset[str]] = frozenset({"name", "measures", "window"})

    measures: list[Annotated[str, ref("measure")]] | None = Field(
        None, min_length=1, description=N_("The measures that it threatens.")
    )
    watcher: Annotated[str, ref("organisation")] | None = Field(None, description=N_("Who watches it."))
    likelihood: Likelihood | None = Field(None, description=N_("How likely it is."))
    window: Period | None = Field(None, description=N_("When it may come."))
    damage: Money | None = Field(None, description=N_("What it would cost."))
    losses: dict[Annotated[str, ref("organisation")], Money] | None = Field(
        None, min_length=1, description=N_("Who would lose how much.")
    )
    response: LocalText | None = Field(None, description=N_("What is done about it."))


class RiskUpdate(Update, RiskFields):
    """A dated word on a risk."""


class Risk(Record, RiskFields):
    """A risk and its updates; the file is `data/risks/<id>.yaml`."""

    updates: list[RiskUpdate] | None = Field(None, min_length=1, description=N_("Dated updates, the oldest first."))

    @property
    def words(self) -> list[RiskUpdate]:
        """The updates, the oldest first."""
        return self.updates or []
'''
KIND = """\
    Kind(
        "risk",
        "risks",
        Risk,
        RiskUpdate,
        KindNames(
            N_("risk"), N_("a risk"), N_("Risks"), nN_("{n} risk", "{n} risks"), nN_("{n} new risk", "{n} new risks")
        ),
        N_("The risks, as they stand on the day."),
        columns=("likelihood", "measures", "damage", "window"),
        sheets=("losses",),
        owners=("watcher",),
        example={
            "id": "first-risk",
            "name": Phrase(N_("First risk")),
            "measures": ["first-measure"],
            "window": "{year}/{later}",
            "sources": _page(5),
        },
    ),
"""
FIELDS = {
    "damage": "Damage",
    "likelihood": "Likelihood",
    "losses": "Losses",
    "response": "Response",
    "watcher": "Watched by",
    "window": "Window of time",
}
VALUES = {"low": "not to be expected", "high": "to be expected"}
RECORD = """\
id: no-counsellors
name: {en: Too few counsellors, sv: För få handledare}
measures: [guidance]
watcher: okm
likelihood: low
window: 2021/2023
damage: 2 M€
losses:
  okm: 1.5 M€
response: {en: More are trained, sv: Fler utbildas}
sources:
  - document: plan
updates:
  - date: 2021-05-10
    by: okm
    likelihood: high
    damage: 3 M€
    note: {en: Many have left, sv: Många har slutat}
"""


def add(tree: Path) -> None:
    """Add the kind to a copy of the tree, as its recipe says."""
    model = tree / "elo_cli" / "model"
    (model / "records" / "risk.py").write_text(MODEL, "utf-8")
    _insert(
        model / "kinds.py",
        "from elo_cli.model.shape import",
        "from elo_cli.model.records.risk import Risk, RiskUpdate\n",
    )
    _insert(model / "kinds.py", ")\n_VOCABULARIES", KIND)
    words = "".join(f'        "{value}": N_("{word}"),\n' for value, word in VALUES.items())
    _insert(model / "words.py", '}\n"""The word for each value', f'    "likelihood": {{\n{words}    }},\n')
    fields = "".join(f'    "{name}": N_("{word}"),\n' for name, word in FIELDS.items())
    _insert(model / "words.py", '}\n"""Each field as a heading', fields)


def _insert(path: Path, before: str, text: str) -> None:
    content = path.read_text("utf-8")
    assert content.count(before) == 1, f"{path.name} has no one place “{before}”"
    path.write_text(content.replace(before, text + before), "utf-8")
