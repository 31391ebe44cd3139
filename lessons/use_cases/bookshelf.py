"""Courses are published into the store and read from it; a version that is out never changes."""

from collections.abc import Iterable
from datetime import datetime

from lessons.authoring import read_course
from lessons.course import Course
from lessons.library import Library
from lessons.ports import Courses


class Bookshelf:
    """The library as the store has it, read once and again when something was published."""

    def __init__(self, store: Courses) -> None:
        self._store = store
        self._read: dict[tuple[str, int], Course] = {}
        self.library = Library()

    async def refresh(self) -> Library:
        """Take up what was published since, by this process or another one."""
        for course_id, version in await self._store.course_versions():
            if (course_id, version) not in self._read:
                course, problems = read_course(await self._store.course_files(course_id, version))
                if course is None:
                    raise ValueError(f"{course_id} {version}: {problems[0]}")
                self._read[course_id, version] = course
        if len(self._read) != len(self.library.courses):
            self.library = Library(self._read.values())
        return self.library

    async def publish(self, courses: Iterable[Course], now: datetime) -> list[Course]:
        """Publish what is new and return it. Raises ValueError for a version that was changed."""
        published = [course for course in courses if await self._store.publish(course, now)]
        await self.refresh()
        return published
