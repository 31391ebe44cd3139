"""What a good course is: short screens, explained answers, sourced facts, languages that agree.

One file for each duty; `problems` judges a course, `bank_problems` several as one question bank.
"""

from collections.abc import Mapping

from lessons.authoring import Problem
from lessons.course import Course
from lessons.course_check import (
    answers,
    balance,
    languages,
    lengths,
    lookalikes,
    sentences,
    spellings,
    stems,
    tags,
    tone,
    whole,
)
from lessons.course_check.passages import passages

__all__ = ["bank_problems", "problems"]


def problems(course: Course) -> tuple[Problem, ...]:
    """Everything that keeps a course from being a good one, by file and line; nothing if it is."""
    read = passages(course)
    found: list[Problem] = [*lengths.not_nfc(course), *whole.judged(course)]
    for lesson in course.lessons:
        for language in course.titles:
            found += lengths.judged(course, lesson, language)
            found += answers.judged(course, lesson, language)
            found += stems.judged(course, lesson, language)
        found += languages.judged(course, lesson)
    found += [*sentences.judged(read), *tone.judged(read), *spellings.judged(read)]
    found += [*balance.judged(course), *lookalikes.judged(course)]
    return tuple(sorted(set(found)))


def bank_problems(courses: Mapping[str, Course]) -> tuple[Problem, ...]:
    """What several courses (folder to course) do together that none of them does alone.

    The files of the problems begin with the folder.
    """
    found: list[Problem] = [*tags.judged_together(courses), *balance.judged_together(courses)]
    found += [*spellings.judged_together(courses), *lookalikes.judged_together(courses)]
    return tuple(sorted(set(found)))
