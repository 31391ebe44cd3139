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


@dataclass(frozen=True, slots=True)
class Library:
    """Courses by id and version; the order of `newest` is the order in which they are offered."""

    courses: tuple[Course, ...] = ()

    @classmethod
    def of(cls, courses: Iterable[Course]) -> "Library":
        return cls(tuple(sorted(courses, key=lambda course: (course.id, course.version))))

    def newest(self) -> tuple[Course, ...]:
        return tuple({course.id: course for course in self.courses}.values())

    def course(self, course_id: str, version: int = 0) -> Course | None:
        """This version of a course, or its newest one when there is no such version."""
        versions = [course for course in self.courses if course.id == course_id]
        exact = [course for course in versions if course.version == version]
        return next(iter(exact or versions[-1:]), None)

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
