"""How long things may be, counted in characters; and that a lesson is whole and in NFC."""

import re
import unicodedata
from collections.abc import Iterator

from lessons.authoring import Problem, wording
from lessons.course import Block, Claim, Course, Lesson, LessonText
from lessons.course_check.judge import Judge, asked, judge, length

# What fits a small screen and two minutes (docs/courses.md)
LESSON_LIMIT = 900
SCREEN_LIMIT, SCREEN_LEAST, LAST_SCREEN_LEAST = 400, 250, 120
PROMPT_LIMIT, OPTION_LIMIT, OPTIONS_LIMIT = 300, 60, 5


def not_nfc(course: Course) -> Iterator[Problem]:
    for name, text in course.files.items():
        lines = re.split(r"\r\n|\r|\n", text)
        apart = [n for n, raw in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", raw)]
        if apart:
            yield Problem(name, apart[0], wording.NOT_NFC.format(count=len(apart)))


def judged(course: Course, lesson: Lesson, language: str) -> Iterator[Problem]:
    wrong = judge(course, lesson, language)
    text = lesson.texts.get(language)
    if text is None:
        yield wrong(1, wording.NOT_TRANSLATED, language=language)
        return
    yield from _screens(text, wrong)
    for question in asked(text):
        block = question.block
        count, limit = length(block.prompt), PROMPT_LIMIT
        if count > limit:
            yield wrong(block.line, wording.PROMPT_TOO_LONG, id=block.id, count=count, limit=limit)
        if not question.typed:
            yield from _options(block, wrong)
    for claim in text.claims:
        yield from _claim(claim, wrong)


def _screens(text: LessonText, wrong: Judge) -> Iterator[Problem]:
    whole = sum(length(screen) for screen in text.screens) + length(text.action)
    if whole > LESSON_LIMIT:
        yield wrong(text.line, wording.LESSON_TOO_LONG, count=whole, limit=LESSON_LIMIT)
    if not text.action:
        yield wrong(text.line, wording.NO_ACTION)
    if not text.questions:
        yield wrong(text.line, wording.NO_QUESTIONS)
    for index, screen in enumerate(text.screens):
        line = text.screen_lines[index] if text.screen_lines else text.line
        last = index == len(text.screens) - 1
        count, least = length(screen), LAST_SCREEN_LEAST if last else SCREEN_LEAST
        if count > SCREEN_LIMIT:
            yield wrong(line, wording.SCREEN_TOO_LONG, count=count, limit=SCREEN_LIMIT)
        elif count < least:
            yield wrong(line, wording.SCREEN_TOO_SHORT, count=count, limit=least)


def _options(block: Block, wrong: Judge) -> Iterator[Problem]:
    """Options that are shown as they are written: few and short."""
    count, limit = len(block.options), OPTIONS_LIMIT
    if count > limit:
        yield wrong(block.line, wording.TOO_MANY_OPTIONS, id=block.id, count=count, limit=limit)
    for option in block.options:
        count, limit = length(option.text), OPTION_LIMIT
        if count > limit:
            what = wording.OPTION_TOO_LONG
            yield wrong(option.line, what, id=block.id, count=count, limit=limit)


def _claim(claim: Claim, wrong: Judge) -> Iterator[Problem]:
    if not claim.source:
        yield wrong(claim.line, wording.NO_SOURCE)
    if claim.mark not in ("P", "G"):
        yield wrong(claim.line, wording.NOT_A_MARK, value=claim.mark)
    if claim.review_by <= claim.as_of:
        review_by, as_of = claim.review_by, claim.as_of
        yield wrong(claim.line, wording.REVIEW_TOO_EARLY, review_by=review_by, as_of=as_of)
