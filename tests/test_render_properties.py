"""Whatever is said, on whatever platform: it fits, it is whole, and the same choice comes back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import render
from lessons.messages import Choice, Media, Quiz, Said
from lessons.typed import clean, fold
from tests.platform_caps import EVERY, served
from tests.render_desk import hold_limits, hold_promises

ODD = st.sampled_from(
    [
        *("<b>", "&amp;", "*a*", "\0", "\ud83d", "👩‍🏫", "🇻🇳", "e\u0323\u0302", "\u200b", "\u202e"),
        *("א", "ٱلسلام", "\n\n", "\n", " ", "A", "1", "x" * 50, "chữ " * 30, "câu.\n" * 40),
    ]
)
ANY = st.lists(ODD | st.text(st.characters(), max_size=20), max_size=12).map("".join)
LABELS = st.sampled_from(["A", "b", "C", "1", "12", "Đồng ý", "Không", "Chưa biết", "07:15", "→"])
NAMES = LABELS | st.text(st.characters(codec="utf-8"), max_size=30).map(clean).filter(fold)
IDS = st.text(st.characters(codec="ascii"), min_size=1, max_size=48) | st.just("x" * 80)


@st.composite
def offers(draw: st.DrawFn) -> tuple[Choice, ...]:
    """Choices as the dialogue makes them: no two with the same id or the same words."""
    labels = draw(st.lists(NAMES, max_size=9, unique_by=lambda label: fold(label) or label))
    ids = draw(st.lists(IDS, min_size=len(labels), max_size=len(labels), unique=True))
    return tuple(map(Choice, ids, labels))


QUIZZES = st.builds(
    Quiz,
    st.just("c6/l1/q1"),
    st.just(1),
    st.integers(0, 9),
    ANY,
    st.lists(ANY, max_size=4).map(tuple),
    st.lists(st.integers(-1, 4), max_size=2).map(tuple),
    ANY,
)
MEDIA = st.builds(Media, st.just("picture"), st.sampled_from(["", "https://e.vn/a", "Ag1"]), ANY)


@st.composite
def sayings(draw: st.DrawFn) -> Said:
    text, cheer = draw(ANY), draw(st.sampled_from(["", "Chính xác.", "x"]))
    places = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
    names = st.sampled_from(["head", "quote", "code"])
    return Said(
        cheer + draw(st.sampled_from(["", " ", "\n"])) + text,
        draw(offers()),
        styles=tuple((draw(names), text[start : start + n]) for start, n in places),
        media=draw(st.none() | MEDIA),
        quiz=draw(st.none() | QUIZZES),
        about=draw(st.sampled_from(["", "17"])),
        cheer=cheer,
        closing=draw(st.just("") | ANY),
        instead=draw(st.booleans()),
        protected=draw(st.booleans()),
        only=draw(st.sampled_from(["", "5"])),
    )


@pytest.mark.parametrize("platform", sorted(EVERY))
@settings(max_examples=40, deadline=None)
@given(said=sayings())
def test_every_message_arrives_whole_on_every_platform(platform: str, said: Said) -> None:
    hold_promises(said, render(said, EVERY[platform]), EVERY[platform])


@pytest.mark.parametrize("platform", sorted(EVERY))
@settings(max_examples=20, deadline=None)
@given(labels=st.lists(ANY, max_size=40), ids=st.lists(ANY, min_size=40, max_size=40))
def test_choices_no_dialogue_would_make_do_no_harm(
    platform: str, labels: list[str], ids: list[str]
) -> None:
    choices = tuple(map(Choice, ids, labels))
    hold_limits(render(Said("?", choices), EVERY[platform]), EVERY[platform])


def test_a_huge_text_is_no_trouble() -> None:
    for text in ("🇻🇳" * 50_000, "\u0301" * 50_000, "<" * 50_000, "a\n" * 50_000, "🇻" * 9_999 + "x"):
        for caps in EVERY.values():
            said = Said(text, (Choice("a", "Tiếp"),), closing=text, about="1")
            assert len(render(said, caps)) >= len(text) // caps.text_max


def test_every_platform_says_what_it_can_show() -> None:
    assert "console" in served()
