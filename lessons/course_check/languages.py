"""Every language says the same as the first: the learner's record does not know languages."""

import re
from collections.abc import Iterator

from lessons.authoring import Problem, wording
from lessons.course import Block, Course, Lesson, LessonText, Option, Question
from lessons.course_check.judge import Judge, asked, judge, kind

NUMBER = re.compile(r"[-+±/.,\s\d]*\d")  # or a date, or a number with its tolerance


def judged(course: Course, lesson: Lesson) -> Iterator[Problem]:
    languages = [language for language in course.titles if language in lesson.texts]
    if not languages:
        return
    model, file = lesson.texts[languages[0]], judge(course, lesson, languages[0]).file
    for language in languages[1:]:
        text, wrong = lesson.texts[language], judge(course, lesson, language)
        yield from _counts(text, model, file, wrong)
        questions = {q.block.id: q for q in asked(text)}
        models = {q.block.id: q for q in asked(model)}
        yield from _order(text, (list(questions), list(models)), file, wrong)
        for id, question in questions.items():
            if id in models:
                yield from _differences(question, models[id], file, wrong)


def _order(
    text: LessonText, ids: tuple[list[str], list[str]], file: str, wrong: Judge
) -> Iterator[Problem]:
    """The same ids in the same order, here and in the first language."""
    if ids[0] != ids[1]:
        lines = {question.block.id: question.block.line for question in asked(text)}
        astray = (lines[id] for id, other in zip(*ids, strict=False) if id != other)
        these, those = map(", ".join, ids)
        line = next(astray, text.line)
        yield wrong(line, wording.QUESTIONS_DIFFER, ids=these, others=those, file=file)


def _counts(text: LessonText, model: LessonText, file: str, wrong: Judge) -> Iterator[Problem]:
    for what, count, other in (
        (wording.SCREENS_DIFFER, len(text.screens), len(model.screens)),
        (wording.FACTS_DIFFER, len(text.claims), len(model.claims)),
    ):
        if count != other:
            yield wrong(text.line, what, count=count, other=other, file=file)


def _differences(question: Question, other: Question, file: str, wrong: Judge) -> Iterator[Problem]:
    """Where a question departs from its original; its shape first, then what is in it."""
    block = question.block
    for aspects in (_shape, _content):
        pairs = zip(aspects(question), aspects(other), strict=True)
        found = [(aspect, these, those) for (aspect, these), (_, those) in pairs if these != those]
        for aspect, these, others in found:
            yield wrong(
                block.line,
                wording.QUESTION_DIFFERS,
                id=block.id,
                aspect=aspect,
                file=file,
                others=others or "none",
                these=these or "none",
            )
        if found:
            return


def _shape(question: Question) -> list[tuple[str, str]]:
    block = question.block
    answers = len(block.options) + len(block.steps) + len(block.pairs)
    return [("kind", kind(question)), ("number of answers", str(answers))]


def _content(question: Question) -> list[tuple[str, str]]:
    block = question.block
    right = [n for n, option in enumerate(block.options, 1) if option.right]
    numbers = [
        re.sub(r"\s", "", option.text).replace(",", ".").replace("+/-", "±")
        for option in block.options
        if NUMBER.fullmatch(option.text)
    ]
    holders: tuple[Block | Option, ...] = (*block.options, block)
    tags = [holder.misconception or "-" for holder in holders]
    return [
        ("flags", ", ".join(sorted(block.flags))),
        ("second form", block.recalls),
        ("right answers", ", ".join(f"no. {n}" for n in right)),
        ("numbers", ", ".join(numbers)),
        ("misconceptions", ", ".join(tags)),
    ]
