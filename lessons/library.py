"""The library: every published course, in every version that somebody may still be in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lessons.course import Course, Lesson, LessonText, Question
from lessons.memory import MUST_KNOW
from lessons.memory.scheduling import Aim


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
    """Courses by id and version; `newest` comes in the order in which they are offered."""

    def __init__(self, courses: Iterable[Course] = ()) -> None:
        self.courses = tuple(sorted(courses, key=lambda course: (course.id, course.version)))
        newest = {course.id: course for course in self.courses}
        by_order = sorted(newest.values(), key=lambda course: (course.order, course.id))
        self._newest = {course.id: course for course in by_order}
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

    def find(
        self, item: str, language: str, version: int = 0, *, recall: bool = False
    ) -> Found | None:
        """The question of an item, or None when the course no longer has it; with `recall` in its
        second form, if it has one."""
        path, _, question_id = item.rpartition("/")
        at = self.lesson(path, version)
        if at is None:
            return None
        text = at[1].text(language)
        found = [q for q in text.questions if q.block.id == question_id]
        if not found:
            return None
        second = text.second_form(question_id) if recall else None
        return Found(*at, text, second or found[0])

    def aim(self, item: str, exams: Mapping[str, date]) -> Aim:
        """What is wanted of an item: its course's retention, more for what must be known, and the
        learner's exam day of that course."""
        course_id = item.partition("/")[0]
        found = self.find(item, "")
        if found is None:
            return Aim(exam=exams.get(course_id))
        must = "must-know" in found.question.block.flags
        retention = max(found.course.retention, MUST_KNOW) if must else found.course.retention
        return Aim(retention, found.question.guess, exams.get(course_id))

    def same_key(self, item: str, language: str, one: int, other: int) -> bool:
        """Whether an item has the same right answer in two versions of its course; where one of
        them is not known any more, nothing tells that it has not."""
        course_id = item.partition("/")[0]
        if one == other or not {(course_id, one), (course_id, other)} <= self._versions.keys():
            return True
        found = [self.find(item, language, version) for version in (one, other)]
        keys = [each and (each.question.NAMES, each.question.solution(0)) for each in found]
        return None in keys or keys[0] == keys[1]
