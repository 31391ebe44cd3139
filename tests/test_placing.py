"""A placement test in the conversation: it keeps the place, leaves memory alone, and ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.cli.course import bundled
from interop.formats import markdown
from lessons.dialogue import Sitting, Turn, turn
from lessons.facts import Placed
from lessons.learner import Asked, Learner, Reading, Resting, place_from, place_row
from lessons.library import Library
from lessons.messages import Address, Heard
from tests.course_desk import FILES, course_in

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
AN = Learner("an", consent="yes", course="c6", place=Resting(), active_at=NOW)


@cache
def library() -> Library:
    return Library(course for course, _ in map(markdown.read, markdown.find(bundled())) if course)


def hear(learner: Learner, text: str, seconds: int = 0) -> Turn:
    heard = Heard(Address("console", "an"), "1", text)
    return turn(Sitting(learner, library(), NOW + timedelta(seconds=seconds)), heard)


def begun(learner: Learner = AN) -> Turn:
    return hear(hear(learner, "kiểm tra đầu vào").learner, "Bắt đầu")


def answer(done: Turn, *, right: bool, seconds: int = 0) -> Turn:
    """The pending question answered."""
    place = done.learner.place
    assert isinstance(place, Asked)
    found = library().find(place.item, "vi")
    assert found is not None
    options = (each.text for each in found.question.block.options if each.right == right)
    return hear(done.learner, next(options), seconds)


def test_who_knows_everything_is_asked_twelve_questions_and_may_choose() -> None:
    done, asked = begun(), 0
    while isinstance(done.learner.place, Asked):
        done, asked = answer(done, right=True, seconds=asked * 15), asked + 1
    assert asked == 12
    assert done.facts == (Placed("", 12),)
    assert "Xin chọn khóa" in done.says[0].text
    assert done.learner.place == Resting()


def test_nothing_of_it_enters_memory_and_nothing_is_given_away() -> None:
    done = begun()
    for right in (True, False, True):
        done = answer(done, right=right)
        assert done.facts == ()
        assert done.says[0].cheer == ""
        assert done.says[0].text.startswith("Kiểm tra đầu vào · Câu")
    assert done.learner.before is None
    assert done.learner.pace == {}


def test_it_ends_after_four_minutes() -> None:
    done = answer(begun(), right=True, seconds=200)
    assert isinstance(done.learner.place, Asked)
    over = answer(done, right=True, seconds=240)
    assert over.facts == (Placed("", 2),)


def test_the_same_answer_sent_twice_counts_once() -> None:
    first = hear(begun().learner, "a", 5)
    again = hear(first.learner, "a", 6)
    assert again.learner.place == first.learner.place
    assert hear(first.learner, "a", 20).learner.place != first.learner.place


def test_the_lesson_under_way_is_kept_behind_it() -> None:
    reading = Reading("c6", 2, "l3", 1)
    done = begun(replace(AN, place=reading))
    assert place_from(place_row(done.learner.place)) == done.learner.place
    assert hear(done.learner, "Kết thúc").learner.place == reading


def test_a_suggested_course_begins_with_its_first_open_lesson() -> None:
    learner = replace(AN, done=("c6/l1",))
    done = begun(learner)
    for _ in range(3):
        done = answer(done, right=False)
    assert done.says[0].choices[0].id == "lesson:c6/l2"


def test_a_finished_course_is_not_suggested() -> None:
    c6 = library().course("c6")
    assert c6 is not None
    done = begun(replace(AN, done=tuple(f"c6/{each.id}" for each in c6.lessons)))
    for _ in range(3):
        done = answer(done, right=False)
    assert done.facts == (Placed("c4", 3),)


def test_courses_without_such_questions_have_no_placement() -> None:
    sitting = Sitting(AN, Library([course_in(FILES)]), NOW)
    done = turn(sitting, Heard(Address("console", "an"), "1", "kiểm tra đầu vào"))
    assert "chưa có câu hỏi" in done.says[0].text
