"""What shows that a milestone was reached: the documents brought, what became of each, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import Final, Literal, NamedTuple, TypeVar

from elo_cli.model.period import Period
from elo_cli.model.records.base import Update
from elo_cli.model.records.milestone import Evidence, Milestone
from elo_cli.model.records.request import PaymentRequest
from elo_cli.model.values import LocalText
from elo_cli.tracking.day.state import State

Standing = Literal["missing", "returned", "brought", "verified"]
"""Of a required piece; a document is never missing. What was returned shows nothing."""
Lack = Literal["not-completed", "none", "missing", "returned", "under-goal"]
"""What a milestone lacks of which payment is asked for: its completion, any evidence, required pieces, the goal;
or all that was brought was returned, and nobody has listed what is required."""


Evidenced = TypeVar("Evidenced", bound=Milestone | PaymentRequest)
"""What documents are recorded with."""


class Piece(NamedTuple):
    """A document that was brought, and what became of it."""

    document: Evidence
    standing: Standing
    update: Update | None
    """The update that brought it; None for the promise."""
    place: int
    """Its place in the list of that update, or of the promise."""
    judged: Update | None = None
    """The update that verified or returned it."""

    @property
    def day(self) -> Period | None:
        """When it was verified or returned."""
        return (self.judged.effective or self.judged.date) if self.judged is not None else None

    @property
    def body(self) -> str | None:
        """Who verified or returned it: the one that decided it, else the one that said so."""
        return (self.judged.decided_by or self.judged.by) if self.judged is not None else None


class Required(NamedTuple):
    """A piece of evidence that the verification requires, and how it stands."""

    key: str
    text: LocalText
    standing: Standing


def pieces(state: State[Evidenced]) -> tuple[Piece, ...]:
    """The documents that had been brought, in that order; of one that came again the last version.

    A later version is judged afresh. Of what one update both verifies and returns, nothing is proved.
    """
    if state.promise.evidence is None and "evidence" not in state.set_by:
        return ()
    brought = _Brought()
    brought.add(state.promise.evidence, None)
    for update in state.updates:
        said = update.changes()
        if "evidence" in said:
            if said["evidence"] is None:
                brought.clear()
            brought.add(said["evidence"], update)
        for standing in _JUDGEMENTS:
            brought.judge(said.get(standing), standing, update)
    return brought.pieces()


_JUDGEMENTS: Final[tuple[Literal["verified", "returned"], ...]] = ("verified", "returned")


class _Judgement(NamedTuple):
    number: int
    standing: Standing
    update: Update


class _Brought:
    """The documents brought so far. Each step takes the same time, however many there are already."""

    def __init__(self) -> None:
        self._found: dict[int, Piece] = {}
        """By the number of the step that brought it."""
        self._like: dict[tuple[str | None, ...], dict[int, None]] = defaultdict(dict)
        """The numbers of those that one document may be the next version of."""
        self._judged: dict[str, _Judgement] = {}
        """The last judgement of each key."""
        self._steps = 0

    def clear(self) -> None:
        self._found.clear()
        self._like.clear()

    def add(self, documents: list[Evidence] | None, update: Update | None) -> None:
        for index, document in enumerate(documents or ()):
            numbers = [
                number
                for place in _may_be(document)
                for number in self._like.get(place, ())
                if _is_version(self._found[number].document, document)
            ]
            earlier = [self._stands(number) for number in numbers]
            version = _with_covers(document, earlier)
            if any(piece.document == version and piece.standing == "verified" for piece in earlier):
                continue
            for number in numbers:
                del self._like[_place(self._found.pop(number).document)][number]
            self._steps += 1
            self._found[self._steps] = Piece(version, "brought", update, index)
            self._like[_place(version)][self._steps] = None

    def judge(self, keys: list[str] | None, standing: Standing, update: Update) -> None:
        for key in keys or ():
            self._steps += 1
            self._judged[key] = _Judgement(self._steps, standing, update)

    def pieces(self) -> tuple[Piece, ...]:
        return tuple(map(self._stands, self._found))

    def _stands(self, number: int) -> Piece:
        """A document with the last judgement of it after it was brought."""
        piece = self._found[number]
        keys = (piece.document.label, *(piece.document.covers or ()))
        judgements = [self._judged[key] for key in keys if key is not None and key in self._judged]
        last = max((later for later in judgements if later.number > number), default=None, key=attrgetter("number"))
        return piece._replace(standing=last.standing, judged=last.update) if last is not None else piece


def _place(document: Evidence) -> tuple[str | None, ...]:
    """By what a later version of a document is told: its label, its place in the archive, or its title and address."""
    if document.label is not None:
        return ("label", document.label)
    if document.archive is not None:
        return ("archive", document.archive)
    return ("title", document.title, document.uri)


def _may_be(document: Evidence) -> Iterable[tuple[str | None, ...]]:
    """The places of those that a document may be the next version of."""
    if document.label is not None:
        return (("label", document.label),)
    places = [("title", document.title, document.uri), ("title", document.title, None)]
    return dict.fromkeys(places if document.archive is None else [("archive", document.archive), *places])


def _is_version(document: Evidence, other: Evidence) -> bool:
    """Whether a document is the next version of one before it: by its label, its place in the archive, or its title.

    The title decides where the earlier one had nothing else.
    """
    if document.label is not None or other.label is not None:
        return document.label == other.label
    if document.archive is not None:
        return document.archive == other.archive
    return document == other or (document.uri is None and document.title == other.title)


def _with_covers(document: Evidence, earlier: list[Piece]) -> Evidence:
    """A version that does not say what it covers covers what the earlier one did."""
    if not earlier or (document.label is not None and document.covers is not None):
        return document
    covers = [key for piece in earlier for key in piece.document.covers or ()]
    return document.model_copy(update={"covers": list(dict.fromkeys([*covers, *(document.covers or ())])) or None})


def required(state: State[Milestone]) -> tuple[Required, ...] | None:
    """The pieces that the verification requires, each as the best document that covers it; None without a list."""
    verification = state.now.verification
    if verification is None or verification.evidence is None:
        return None
    known = pieces(state)
    order: tuple[Standing, ...] = ("verified", "brought", "returned")
    return tuple(
        Required(key, text, next((word for word in order if _covered(known, key, word)), "missing"))
        for key, text in verification.evidence.items()
    )


def _covered(known: tuple[Piece, ...], key: str, standing: Standing) -> bool:
    return any(piece.standing == standing and key in (piece.document.covers or ()) for piece in known)


def missing_evidence(state: State[Milestone]) -> tuple[str, ...] | None:
    """Which required pieces of evidence nothing covers, or only what was returned; None when nothing is missing.

    Without a list of required pieces nothing is known to be missing as long as there is one document.
    """
    wanted = required(state)
    if wanted is None:
        return () if state.now.verification is not None and not _has_document(state) else None
    return tuple(piece.key for piece in wanted if piece.standing in {"missing", "returned"}) or None


def _has_document(state: State[Milestone]) -> bool:
    return any(piece.standing != "returned" for piece in pieces(state))


def lacks(state: State[Milestone]) -> tuple[Lack, ...]:
    """What stands in the way of asking for payment of a milestone (2021/241 art. 24(2), (3)), the gravest first."""
    now = state.now
    gaps: list[Lack] = []
    if now.status != "completed":
        gaps.append("not-completed")
    if not pieces(state):
        gaps.append("none")
    elif missing_evidence(state):
        gaps.append("missing")
    elif not _has_document(state):
        gaps.append("returned")
    if now.value is not None and now.indicator is not None and now.indicator.reached(now.value) is False:
        gaps.append("under-goal")
    return tuple(gaps)
