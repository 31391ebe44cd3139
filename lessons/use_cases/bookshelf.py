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
        self._read: dict[tuple[str, int], Course | None] = {}
        self.library = Library()

    async def refresh(self) -> Library:
        """Take up what was published since, by this process or another one."""
        for course_id, version in await self._store.course_versions():
            if (course_id, version) not in self._read:
                course, _ = read_course(await self._store.course_files(course_id, version))
                self._read[course_id, version] = course
        readable = [course for course in self._read.values() if course is not None]
        if len(readable) != len(self.library.courses):
            self.library = Library(readable)
        return self.library

    def unreadable(self) -> list[tuple[str, int]]:
        """Courses in the store that this program cannot read; they are left out."""
        return [key for key, course in self._read.items() if course is None]

    async def publish(self, courses: Iterable[Course], now: datetime) -> list[Course]:
        """Publish what is new and return it. Raises ValueError for a version that was changed."""
        published = [course for course in courses if await self._store.publish(course, now)]
        await self.refresh()
        return published
