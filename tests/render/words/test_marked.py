"""Marked words: however sentences are built of them, the words are those of plain strings and the marks stay theirs."""

from hypothesis import given
from hypothesis import strategies as st

from elo_cli.render.words.language import Language
from elo_cli.render.words.marked import Mark, fill, joined, marked, marked_up, marks_of

WORDS = st.text("ab <&·", max_size=6)
KINDS = st.sampled_from(["record", "language", "look"])
TEXTS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.builds(marked, inner, KINDS, st.sampled_from(["x", "y"])),
        st.lists(inner, max_size=3).map(lambda parts: joined("; ", parts)),
        st.tuples(inner, st.integers(-7, 7), st.integers(-7, 7)).map(lambda cut: cut[0][cut[1] : cut[2]]),
        inner.map(str.rstrip),
    ),
    max_leaves=6,
)


def tagged(text: str) -> str:
    """The text with each mark as brackets around its words."""
    return marked_up(text, str, lambda mark, inner: f"[{mark.value}:{inner}]")


@given(TEXTS)
def test_marks_hold_words_and_lie_within_each_other(text: str) -> None:
    """After any building and cutting each mark has words, ends before the one around it, and no word is lost."""
    marks = marks_of(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    for at, mark in enumerate(marks):
        for later in marks[at + 1 :]:
            assert later.start >= mark.start
            assert later.start >= mark.end or later.end <= mark.end
    assert marked_up(text, str, lambda _, inner: inner) == str(text)


@given(TEXTS, TEXTS)
def test_what_joins_keeps_words_and_marks(one: str, other: str) -> None:
    """`fill`, `joined` and `+` give the words that plain strings give, and each part's marks around its own words."""
    plain = str(one), str(other)
    for text, same, told in (
        (fill("<{}> {x}!", one, x=other), "<{}> {}!", "<{}> {}!"),
        (joined(", ", (one, other)), "{}, {}", "{}, {}"),
        (one + " – " + other, "{} – {}", "{} – {}"),
        ("– " + one + other, "– {}{}", "– {}{}"),
    ):
        assert text == same.format(*plain)
        assert tagged(text) == told.format(tagged(one), tagged(other))


def test_a_language_marks_what_is_not_in_it() -> None:
    """A text that the language lacks carries the mark of its own, a name that of its record, once, in any message."""
    language = Language("sv", ("fi", "sv"))
    text = language.text({"fi": "Ohjaus"})
    assert marks_of(text) == (Mark(0, 6, "language", "fi"),)
    assert marks_of(language.text({"fi": "Ohjaus", "sv": "Vägledning"})) == ()
    name = language.refer("okm", text)
    assert marks_of(name) == (Mark(0, 6, "record", "okm"), Mark(0, 6, "language", "fi"))
    assert language.refer("other", name) == name
    assert marks_of(language.refer("other", name)) == marks_of(name)
    for said in (
        language.say("{a}: {b}", a="x", b=name),
        language.count("{n} {b}", "{n} {b}", 2, b=name),
        language.join(["a", name, "c"]),
    ):
        assert {mark.kind for mark in marks_of(said)} == {"record", "language"}
        assert all(said[mark.start : mark.end] == "Ohjaus" for mark in marks_of(said))
