"""What courses cover and rest on: competences, codes that do not exist, facts to look at again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lessons.authoring import Problem
from lessons.course import Claim, Course, Lesson, LessonText
from lessons.frameworks import Competence, Framework, counterparts, frameworks

# What an author reads; the rest of what can be wrong with a course stands in authoring/wording.py.
FRAMEWORK_UNKNOWN = (
    "the framework of '{code}' is not known: use one of {known}, or take the code off"
)
CODE_NOT_THERE = "there is no '{code}': of {framework} use {known}"


@dataclass(frozen=True, slots=True)
class Covered:
    """What is there for a competence. Lessons are named as "c6/l1"; questions have their codes.

    `lessons` carry its code; `near` carry only a code of another framework that answers to it,
    which says where to look and does not count as covered.
    """

    competence: Competence
    lessons: tuple[str, ...]
    questions: int
    near: tuple[str, ...]


def covered(framework: Framework, courses: Iterable[Course]) -> tuple[Covered, ...]:
    """What the courses have for every competence of a framework, in its order."""
    lessons = {f"{course.id}/{each.id}": each for course in courses for each in course.lessons}
    return tuple(_covered(framework.id, each, lessons) for each in framework.competences)


def _covered(framework_id: str, competence: Competence, lessons: Mapping[str, Lesson]) -> Covered:
    code = f"{framework_id} {competence.code}"
    carrying = {path: lesson for path, lesson in lessons.items() if code in lesson.codes}
    answering = counterparts(code)
    near = [path for path, lesson in lessons.items() if answering & {*lesson.codes}]
    return Covered(
        competence,
        tuple(carrying),
        sum(len(first_text(lesson).questions) for lesson in carrying.values()),
        tuple(path for path in near if path not in carrying),
    )


def unknown_codes(course: Course) -> tuple[Problem, ...]:
    """The codes of a course that no framework has, by file and line.

    Codes of frameworks that the course does not declare are left to the check of declarations.
    """
    found = []
    for lesson in course.lessons:
        file = file_of(course, lesson, first_language(lesson))
        for code in lesson.codes:
            what = _unknown(code) if code.partition(" ")[0] in course.frameworks else ""
            if what:
                found.append(Problem(file, lesson.line, what))
    return tuple(found)


def _unknown(code: str) -> str:
    """What is wrong with a code, or nothing."""
    framework_id, _, own = code.partition(" ")
    framework = frameworks().get(framework_id)
    if framework is None:
        return FRAMEWORK_UNKNOWN.format(code=code, known=", ".join(frameworks()))
    if framework.competence(own) is not None:
        return ""
    codes = [each.code for each in framework.competences]
    domain = own.partition(".")[0] + "."
    beside = [each for each in codes if each.startswith(domain)]
    known = ", ".join(beside) or f"{codes[0]} to {codes[-1]}"
    return CODE_NOT_THERE.format(code=code, framework=framework_id, known=known)


@dataclass(frozen=True, slots=True)
class Due:
    """A fact to look at again: the lesson as "c6/l1", the file, and what stands there."""

    course: Course
    lesson: Lesson
    file: str
    claim: Claim


def due(courses: Iterable[Course], by: date) -> tuple[Due, ...]:
    """The facts to look at again on or before a day, earliest first; those that fall on the same
    day as the courses have them. In each lesson's first language: the others state the same."""
    found = [
        Due(course, lesson, file_of(course, lesson, first_language(lesson)), claim)
        for course in courses
        for lesson in course.lessons
        for claim in first_text(lesson).claims
        if claim.review_by <= by
    ]
    return tuple(sorted(found, key=lambda each: each.claim.review_by))


def first_language(lesson: Lesson) -> str:
    """The language with which the others are compared."""
    return next(iter(lesson.texts))


def first_text(lesson: Lesson) -> LessonText:
    return lesson.texts[first_language(lesson)]


def file_of(course: Course, lesson: Lesson, language: str) -> str:
    """The name of a lesson's file, with the capitals it has."""
    name = f"{lesson.id}.{language}.md"
    return next((file for file in course.files if file.casefold() == name), name)
