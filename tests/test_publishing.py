"""Courses: published once, never changed; who is in the middle finishes what was begun."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import wiring
from bot.settings import Settings
from bot.wiring import House
from lessons.authoring import read_course
from lessons.course import Course
from lessons.learner import Resting
from lessons.messages import Address, Heard
from lessons.ports import Saving

HERE = Address("console", "an")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with wiring.rehearsal(Settings(_env_file=None), lambda: NOW, "1") as opened:
        yield opened


def second_version(course: Course, old: str, new: str) -> Course:
    files = {name: text.replace(old, new) for name, text in course.files.items()}
    files["course.md"] = files["course.md"].replace(
        f"version: {course.version}", f"version: {course.version + 1}"
    )
    changed, problems = read_course(files)
    assert changed is not None, problems
    return changed


async def last(house: House, address: Address, *texts: str) -> str:
    for number, text in enumerate(texts):
        await house.inbox.hear(Heard(address, f"{address.chat}{number}{text}", text))
    return (await house.store.history(address, 0, 50))[-1].said.text


async def test_the_same_version_is_published_once(house: House) -> None:
    course = house.shelf.library.newest()[0]
    assert await house.shelf.publish([course], NOW) == []


async def test_a_version_that_is_out_never_changes(house: House) -> None:
    course = house.shelf.library.newest()[0]
    files = {**course.files, "l1.vi.md": course.files["l1.vi.md"].replace("trôi chảy", "mượt")}
    changed, _ = read_course(files)
    assert changed is not None
    with pytest.raises(ValueError, match="version"):
        await house.shelf.publish([changed], NOW)


async def test_a_running_learner_finishes_the_version_begun(house: House) -> None:
    await last(house, HERE, "hello", "1")
    course = house.shelf.library.newest()[0]
    newer = second_version(course, "Công cụ tra cứu thì khác.", "Công cụ tra cứu khác hẳn.")
    assert await house.shelf.publish([newer], NOW) == [newer]
    assert "Công cụ tra cứu thì khác." in await last(house, HERE, "tiếp")
    somebody_new = Address("console", "binh")
    assert "Công cụ tra cứu khác hẳn." in await last(house, somebody_new, "hello", "1", "tiếp")


async def test_after_the_last_lesson_the_newest_version_is_there(house: House) -> None:
    await last(house, HERE, "hello", "1")
    course = house.shelf.library.newest()[0]
    newer = second_version(course, "Công cụ tra cứu thì khác.", "Công cụ tra cứu khác hẳn.")
    await house.shelf.publish([newer], NOW)
    learner = await house.store.learner(HERE)
    assert learner is not None
    done = tuple(f"c6/{lesson.id}" for lesson in course.lessons)
    await house.store.save(Saving(replace(learner, done=done, place=Resting()), HERE, NOW))
    assert "Công cụ tra cứu khác hẳn." in await last(house, HERE, "bài 1", "tiếp")


async def test_a_course_that_cannot_be_read_any_more_is_left_out(house: House) -> None:
    before = house.shelf.library.newest()
    odd = Course("x1", 1, {"vi": "X"}, (), files={"course.md": "not a course"})
    await house.store.publish(odd, NOW)
    assert (await house.shelf.refresh()).newest() == before
    assert house.shelf.unreadable() == [("x1", 1)]
