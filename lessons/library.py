"""The library: every published course, in every version that somebody may still be in."""

from collections.abc import Iterable
from dataclasses import dataclass

from lessons.course import Course, Lesson, LessonText, Question


@dataclass(frozen=True, slots=True)
class Found:
    """A question where it stands: what an item ("c6/l1/q2") means in one language."""

    course: Course
    lesson: Lesson
    text: LessonText
    question: Question


def item_of(course_id: str, lesson_id: str, question_id: str) -> str:
    return f"{course_id}/{lesson_id}/{question_id}"


class Library:
    """Courses by id and version; the order of `newest` is the order in which they are offered."""

    def __init__(self, courses: Iterable[Course] = ()) -> None:
        self.courses = tuple(sorted(courses, key=lambda course: (course.id, course.version)))
        self._newest = {course.id: course for course in self.courses}
        self._versions = {(course.id, course.version): course for course in self.courses}

    def newest(self) -> tuple[Course, ...]:
        return tuple(self._newest.values())

    def course(self, course_id: str, version: int = 0) -> Course | None:
        """This version of a course, or its newest one when there is no such version."""
        return self._versions.get((course_id, version)) or self._newest.get(course_id)

    def lesson(self, path: str, version: int = 0) -> tuple[Course, Lesson] | None:
        """The lesson of a path such as "c6/l1"."""
        course_id, _, lesson_id = path.partition("/")
        course = self.course(course_id, version)
        if course is None or all(lesson.id != lesson_id for lesson in course.lessons):
            return None
        return course, course.lesson(lesson_id)

    def find(self, item: str, language: str, version: int = 0) -> Found | None:
        """The question of an item, or None when the course no longer has it."""
        path, _, question_id = item.rpartition("/")
        at = self.lesson(path, version)
        if at is None:
            return None
        text = at[1].text(language)
        found = [q for q in text.questions if q.block.id == question_id]
        return Found(*at, text, found[0]) if found else None
