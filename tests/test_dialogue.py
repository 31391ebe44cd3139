"""The conversation as a function: whatever is said, wherever the learner is, there is an answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import lessons.curriculum
from interop.formats import markdown
from lessons.dialogue import Sitting, Turn, WantsAnswer, WantsCode, WantsReview, guarded, told, turn
from lessons.findings import Answer, Review, Standing
from lessons.learner import Asked, Learner, place_from, place_row
from lessons.library import Library
from lessons.messages import Address, Heard
from lessons.texts import languages

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HERE = Address("console", "an")
STANDING = Standing(2, 0, 5)
REVIEW = Review(STANDING, ("c6/l1/q1", "c6/l2/q2"))


@cache
def library() -> Library:
    folder = Path(lessons.curriculum.__path__[0]) / "c6"
    course, problems = markdown.read(folder)
    assert course is not None, problems
    return Library([course])


def hear(learner: Learner, text: str, medium: str = "text", minutes: int = 0) -> Turn:
    """One message all its way, with something found for whatever the dialogue wants to know."""
    sitting = Sitting(learner, library(), NOW + timedelta(minutes=minutes))
    done = turn(sitting, Heard(HERE, "1", text, medium))  # type: ignore[arg-type]
    while done.wants is not None:
        found: Review | Standing | Answer | str = STANDING
        if isinstance(done.wants, WantsReview):
            found = REVIEW
        if isinstance(done.wants, WantsAnswer):
            found = Answer("near", near=("c6/l3", "c6/l5"))
        elif isinstance(done.wants, WantsCode):
            found = "ABCDEFGH"
        done = told(replace(sitting, learner=done.learner), done.wants, found)
    return done


SAID = (
    "start", "tiep", "1", "2", "3", "a", "b", "c", "d", "0", "?", "dung", "sai", "on",
    "menu", "fr", "en", "vi", "stop", "skip", "next", "xoa", "7h15", "ma", "2026", "📎",
    "đồng ý", "1a 2b", "7:15",
)  # fmt: skip
WORDS = st.sampled_from(SAID)
TEXTS = st.one_of(WORDS, WORDS, st.text(max_size=60), st.characters().map(lambda c: c * 3))
STEPS = st.lists(st.tuples(TEXTS, st.booleans(), st.integers(0, 5)), max_size=25)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(languages()), STEPS)
def test_any_text_in_any_place_gives_a_reply(
    language: str, steps: list[tuple[str, bool, int]]
) -> None:
    """Typed texts and taps on what is offered, in any order; the place survives its row."""
    learner = Learner("l", language=language)
    for text, tap, which in steps:
        choices = learner.offered
        if tap and choices:
            done = hear(learner, choices[which % len(choices)].id, "tap")
        else:
            done = hear(learner, text)
        assert done.says
        assert all(said.text.strip() for said in done.says)
        assert all(len(choice.id) <= 48 for said in done.says for choice in said.choices)
        learner = replace(done.learner, place=place_from(place_row(done.learner.place)))
        assert learner.place == done.learner.place


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["tap", "other"]))
def test_any_button_id_and_any_medium_gives_a_reply(text: str, medium: str) -> None:
    reading = hear(hear(Learner("l"), "hello").learner, "1").learner
    assert hear(reading, text, medium).says


def test_a_hundred_thousand_characters() -> None:
    reading = hear(hear(Learner("l"), "hello").learner, "1").learner
    assert hear(reading, "dài " * 25_000).says
    assert hear(reading, "\ud800" * 100_000).says


def test_a_double_tap_moves_one_screen() -> None:
    reading = hear(hear(Learner("l"), "hello").learner, "1").learner
    button = reading.offered[0].id
    once = hear(reading, button, "tap").learner
    twice = hear(once, button, "tap").learner
    assert twice.place == once.place


def test_consent_is_never_assumed() -> None:
    learner = hear(Learner("l"), "hello").learner
    for text in ("tiếp", "3", "ok", "?", "c"):
        learner = hear(learner, text).learner
        assert learner.consent == "ask"


def test_a_guarded_message_is_answered_without_its_words() -> None:
    learner = hear(hear(Learner("l"), "hello").learner, "1").learner
    done = guarded(Sitting(learner, library(), NOW))
    assert done.says
    assert done.learner.place == learner.place
    assert not done.facts


def test_a_question_that_the_course_no_longer_has_is_passed_over() -> None:
    place = Asked("c6", 1, "l1", ("c6/l1/gone", "c6/l1/q2"), NOW, total=2)
    done = hear(Learner("l", consent="yes", place=place), "tiếp tục")
    assert isinstance(done.learner.place, Asked)
    assert done.learner.place.item == "c6/l1/q2"


def test_a_lesson_whose_questions_are_all_gone_ends() -> None:
    place = Asked("c6", 1, "l1", ("c6/l1/gone",), NOW, total=1)
    done = hear(Learner("l", consent="yes", place=place), "tiếp tục")
    assert done.learner.done == ("c6/l1",)


def test_a_delete_button_of_long_ago_only_asks_again() -> None:
    learner = hear(hear(Learner("l"), "hello").learner, "1").learner
    learner = hear(hear(learner, "xóa dữ liệu").learner, "giữ lại").learner
    later = hear(learner, "delete:yes", "tap")
    assert not later.forget
    assert hear(later.learner, "delete:yes", "tap").forget
