"""What a lesson was good for is asked once, at the beginning of a session, of who agreed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lessons.dialogue import Sitting, Turn, told, turn
from lessons.dialogue.turns import WantsReview
from lessons.facts import Used
from lessons.findings import Review, Standing
from lessons.learner import Asked, Learner, Reading, Resting
from lessons.library import Library
from lessons.messages import Address, Heard
from storage.rows import learner_from, learner_row
from tests.course_desk import FILES, course_in

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
LIBRARY = Library([course_in(FILES)])
ASKED = "đã dùng được điều gì"
FINISHED = Learner(
    "an",
    consent="yes",
    course="small",
    done=("small/l1",),
    finished_on={"small/l1": date(2026, 11, 23)},
    active_at=NOW - timedelta(hours=1),
    place=Resting(),
)


def hear(learner: Learner, text: str, *, tap: bool = False, at: datetime = NOW) -> Turn:
    """A message; where it is wanted, a review of the lesson's first question."""
    sitting = Sitting(learner, LIBRARY, at)
    heard = Heard(Address("console", "an"), "1", text, "tap" if tap else "text")
    done = turn(sitting, heard)
    if isinstance(done.wants, WantsReview):
        review = Review(Standing(1), ("small/l1/q1",))
        done = told(replace(sitting, learner=done.learner), done.wants, review)
    return done


def asks(done: Turn) -> bool:
    return any(ASKED in said.text for said in done.says)


@pytest.mark.parametrize("text", ["ôn", "tiep tuc", "xin chao", "tiếp"])
def test_who_comes_to_study_is_asked(text: str) -> None:
    done = hear(FINISHED, text)
    assert asks(done)
    assert [c.id for c in done.says[-1].choices[-3:]] == [
        "used:small/l1:yes",
        "used:small/l1:no",
        "used:small/l1:unfit",
    ]


def test_the_review_is_not_kept_waiting() -> None:
    done = hear(FINISHED, "ôn")
    assert isinstance(done.learner.place, Asked)
    answered = hear(done.learner, "a", at=NOW + timedelta(minutes=1))
    assert answered.learner.place != done.learner.place


def test_it_is_asked_once_whatever_becomes_of_it() -> None:
    done = hear(FINISHED, "ôn")
    assert done.learner.finished_on == {}
    assert not asks(hear(done.learner, "ôn", at=NOW + timedelta(days=9)))


def test_one_lesson_a_session() -> None:
    two = replace(
        FINISHED, finished_on={"small/l1": date(2026, 11, 1), "small/l2": date(2026, 11, 1)}
    )
    first = hear(two, "tiep tuc")
    assert asks(first)
    assert not asks(hear(first.learner, "tiep tuc", at=NOW + timedelta(minutes=5)))


@pytest.mark.parametrize(
    "learner",
    [
        replace(FINISHED, finished_on={"small/l1": date(2026, 11, 24)}),
        replace(FINISHED, active_at=NOW - timedelta(minutes=20)),
        replace(FINISHED, consent="no"),
        replace(FINISHED, finished_on={"gone/l1": date(2026, 11, 1)}),
    ],
    ids=["too soon", "in a session", "nothing is kept", "the course is gone"],
)
def test_who_is_not_asked(learner: Learner) -> None:
    assert not asks(hear(learner, "ôn"))


@pytest.mark.parametrize("text", ["tiến độ", "b", "ngôn ngữ", "AI là gì?", "0"])
def test_a_look_at_something_is_no_study(text: str) -> None:
    reading = replace(FINISHED, place=Reading("small", 3, "l1", 0))
    assert all(hear(learner, text).learner.finished_on for learner in (FINISHED, reading))


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Đã dùng", "used"), ("co", "used"), ("chua co dip", "not_yet"), ("Không hợp", "unfit")],
)
def test_the_answer_is_recorded(text: str, answer: str) -> None:
    resting = hear(replace(FINISHED, place=Resting()), "xin chao")
    done = hear(resting.learner, text)
    assert done.facts == (Used("small/l1", answer),)


def test_a_button_of_long_ago_records_nothing() -> None:
    assert hear(FINISHED, "used:small/l1:yes", tap=True).facts == ()
    assert hear(FINISHED, "used:", tap=True).facts == ()


def test_the_days_survive_their_row() -> None:
    assert learner_from(learner_row(FINISHED)) == FINISHED


def finish(learner: Learner) -> Learner:
    """The lesson from its first question to its end, every one of them unknown."""
    done = hear(replace(learner, place=Reading("small", 3, "l1", 9)), "tiếp")
    while isinstance(done.learner.place, Asked):
        done = hear(done.learner, "chưa biết")
    return done.learner


def test_a_lesson_is_to_be_asked_about_when_it_is_finished_for_the_first_time() -> None:
    fresh = replace(FINISHED, done=(), finished_on={}, active_at=NOW)
    assert finish(fresh).finished_on == {"small/l1": date(2026, 11, 26)}
    assert finish(replace(fresh, done=("small/l1",))).finished_on == {}
    assert finish(replace(fresh, consent="no")).finished_on == {}
