"""Answers: each wrong one names its idea, the right one is explained, second forms recall."""

import re
from collections.abc import Iterator

from lessons.authoring import Problem, wording
from lessons.course import Block, Course, Lesson, LessonText, Option, Question
from lessons.course_check.judge import Judge, asked, judge
from lessons.typed import fold

TAG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CONTENT_WORD = 3  # letters; shorter words count only where there are no others
SPELLINGS = re.compile(r"\s+/\s+")


def judged(course: Course, lesson: Lesson, language: str) -> Iterator[Problem]:
    wrong = judge(course, lesson, language)
    text = lesson.texts.get(language)
    if text is None:
        return
    for question in asked(text):
        yield from _misconceptions(question.block, wrong)
        yield from _explanation(question, wrong)
    yield from _second_forms(text, wrong)


def _second_forms(text: LessonText, wrong: Judge) -> Iterator[Problem]:
    """Each recalls another question of the lesson, which is not typed itself, and is typed."""
    first = {question.block.id: question for question in text.questions}
    met: set[str] = set()
    for form in text.second_forms:
        block, known = form.block, first.get(form.block.recalls)
        if known is None:
            yield wrong(block.line, wording.RECALLS_NOTHING, id=block.id, of=block.recalls)
        elif not form.typed or known.typed:
            yield wrong(block.line, wording.RECALLS_WRONGLY, id=block.id, of=block.recalls)
        elif block.recalls in met:
            yield wrong(block.line, wording.RECALLED_TWICE, id=block.id, of=block.recalls)
        met.add(block.recalls)


def _misconceptions(block: Block, wrong: Judge) -> Iterator[Problem]:
    """Each wrong answer names its idea; where none is listed, the question does."""
    for option in block.options:
        if option.right and option.misconception:
            yield wrong(option.line, wording.RIGHT_MISCONCEIVED, id=block.id)
        if not option.right and not option.misconception:
            yield wrong(option.line, wording.OPTION_LACKS, id=block.id, key="misconception")
        if not option.right and not option.feedback:
            yield wrong(option.line, wording.OPTION_LACKS, id=block.id, key="feedback")
    if all(option.right for option in block.options):
        for key, value in (("misconception", block.misconception), ("feedback", block.feedback)):
            if not value:
                yield wrong(block.line, wording.QUESTION_LACKS, id=block.id, key=key)
    holders: tuple[Block | Option, ...] = (block, *block.options)
    for holder in holders:
        if holder.misconception and not TAG.fullmatch(holder.misconception):
            value = holder.misconception
            yield wrong(holder.line, wording.NOT_A_TAG, id=block.id, value=value)


def _explanation(question: Question, wrong: Judge) -> Iterator[Problem]:
    """At least half of the right answer's words occur in its explanation."""
    block = question.block
    if not block.explanation:
        yield wrong(block.line, wording.NO_EXPLANATION, id=block.id)
        return
    explained = frozenset(fold(block.explanation).split())
    nearest = [max(part, key=lambda words: _share(words, explained)) for part in _key(question)]
    key = frozenset[str]().union(*nearest)
    if _share(key, explained) < 0.5:
        yield wrong(block.line, wording.EXPLANATION_OFF, id=block.id, words=", ".join(sorted(key)))


def _key(question: Question) -> list[list[frozenset[str]]]:
    """The parts of the right answer, each with the words of all its spellings.

    A typed answer is one part: any accepted one will do. Of pairs, the right side is the answer.
    """
    block = question.block
    right = [_spellings(option.text) for option in block.options if option.right]
    if question.typed:
        right = [[words for part in right for words in part]] if right else []
    steps = [_spellings(step) for step in block.steps]
    pairs = [[_content_words(side)] for _, side in block.pairs]
    return right + steps + pairs


def _spellings(text: str) -> list[frozenset[str]]:
    return [_content_words(re.split(r"±|\+/?-", each)[0]) for each in SPELLINGS.split(text)]


def _content_words(text: str) -> frozenset[str]:
    words = frozenset(fold(text).split())
    return frozenset(word for word in words if len(word) >= CONTENT_WORD) or words


def _share(words: frozenset[str], explained: frozenset[str]) -> float:
    return len(words & explained) / len(words) if words else 1.0
