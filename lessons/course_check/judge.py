"""Judge: says of one lesson file what is wrong where; and the words all checks share."""

import unicodedata
from dataclasses import dataclass

from lessons.authoring import COURSE_FILE, Problem
from lessons.course import Course, Lesson, LessonText, Question
from lessons.coverage import file_of

SINGLE, SEVERAL, TRUE_FALSE = "single choice", "several choices", "true or false"


@dataclass(frozen=True, slots=True)
class Judge:
    """Names the file of one lesson in one language in everything that is found there."""

    file: str

    def __call__(self, line: int, what: str, **values: object) -> Problem:
        return Problem(self.file, line, what.format(**values))


def judge(course: Course, lesson: Lesson, language: str) -> Judge:
    return Judge(file_of(course, lesson, language))


def of_course(course: Course) -> Judge:
    """For what concerns the course as a whole."""
    return Judge(next((f for f in course.files if f.casefold() == COURSE_FILE), COURSE_FILE))


def length(text: str) -> int:
    """Characters, in NFC."""
    return len(unicodedata.normalize("NFC", text))


def asked(text: LessonText) -> tuple[Question, ...]:
    """The questions of a lesson, then their second forms."""
    return (*text.questions, *text.second_forms)


def kind(question: Question) -> str:
    """The English name of its type."""
    return question.NAMES[1]
