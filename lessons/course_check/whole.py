"""A course as a whole: codes it declares, enough questions, enough of them cases from work."""

from collections.abc import Iterator

from lessons.authoring import Problem, wording
from lessons.course import Course
from lessons.course_check.judge import asked, judge, kind, of_course
from lessons.coverage import unknown_codes
from lessons.questions import kinds

QUESTIONS_LEAST = 4  # in a lesson: fewer leave nothing to choose from at a review
SITUATIONS_LEAST = 0.4  # of a course's questions; the official courses have two of five
EVERY_KIND_FROM = 6  # lessons: a course of so many has room for every kind of question


def judged(course: Course) -> Iterator[Problem]:
    yield from _codes(course)
    yield from unknown_codes(course)
    yield from _few_questions(course)
    yield from _situations(course)
    yield from _kinds(course)


def _codes(course: Course) -> Iterator[Problem]:
    for lesson in course.lessons:
        for code in lesson.codes:
            framework = code.split(maxsplit=1)[0]
            if framework not in course.frameworks:
                wrong = judge(course, lesson, next(iter(lesson.texts), ""))
                what = wording.CODE_UNKNOWN
                yield wrong(lesson.line, what, code=code, framework=framework)


def _few_questions(course: Course) -> Iterator[Problem]:
    for lesson in course.lessons:
        language, text = next(iter(lesson.texts.items()), ("", None))
        if text is not None and 0 < len(text.questions) < QUESTIONS_LEAST:
            wrong, count = judge(course, lesson, language), len(text.questions)
            yield wrong(text.line, wording.FEW_QUESTIONS, count=count, least=QUESTIONS_LEAST)


def _situations(course: Course) -> Iterator[Problem]:
    texts = [next(iter(lesson.texts.values()), None) for lesson in course.lessons]
    questions = [question for text in texts if text for question in text.questions]
    cases = sum("situation" in question.block.flags for question in questions)
    if cases < SITUATIONS_LEAST * len(questions):
        count, total, least = cases, len(questions), round(100 * SITUATIONS_LEAST)
        wrong = of_course(course)
        yield wrong(1, wording.FEW_SITUATIONS, count=count, total=total, least=least)


def _kinds(course: Course) -> Iterator[Problem]:
    """Second forms count: what is asked in their kind is asked."""
    texts = [next(iter(lesson.texts.values()), None) for lesson in course.lessons]
    used = {kind(question) for text in texts if text for question in asked(text)}
    missing = sorted({cls.NAMES[1] for cls in kinds().values()} - used)
    if missing and len(course.lessons) >= EVERY_KIND_FROM:
        what, least = wording.KINDS_MISSING, EVERY_KIND_FROM
        yield of_course(course)(1, what, kinds=", ".join(missing), least=least)
