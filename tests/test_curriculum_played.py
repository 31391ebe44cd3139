"""Every lesson of the curriculum, in every language, taken from its first screen to its end: all
right, all wrong, never known. Each walk is written as a transcript and replayed like any other."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import permutations, product
from pathlib import Path

import pytest

import lessons.curriculum
from bot import transcript
from bot.render import render
from bot.replay import START, play
from bot.settings import Settings
from interop.formats import markdown
from lessons.course import Course, Marked, Question
from lessons.dialogue import Sitting, asking, turn
from lessons.learner import Asked, Learner, Reading, Resting
from lessons.library import Library
from lessons.messages import Address, Heard, Said
from lessons.texts import languages
from tests.platform_caps import EVERY
from tests.render_desk import hold_promises

HERE = Address("console", "learner")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
FOLDER = Path(lessons.curriculum.__path__[0])
PHONES = {name: caps for name, caps in EVERY.items() if name != "pager"}  # of today
WAYS = ("right", "wrong", "unknown")
NEXT = {"vi": "tiếp", "en": "next", "fr": "suivant"}
UNKNOWN = {"vi": "chưa biết", "en": "I don't know", "fr": "je ne sais pas"}


@cache
def library() -> Library:
    read = [markdown.read(folder) for folder in markdown.find(FOLDER)]
    assert all(course for course, _ in read), [problems for _, problems in read if problems]
    return Library([course for course, _ in read if course])


EVERY_LESSON = [
    (course.id, lesson.id, language)
    for course in library().newest()
    for lesson in course.lessons
    for language in languages()
]


def tries(question: Question, order: int) -> Iterator[str]:
    """Answers of every shape, most of them wrong."""
    shown = question.show(order)
    labels = [label for _, label in shown.choices if len(label) == 1]
    yield from (value for value, _ in shown.choices)
    yield from ("c", "77777", "66666")
    for word in ("xyz", "zyx"):
        yield from (", ".join([word] * many) for many in range(1, 5))
    yield from (" ".join(each) for each in permutations(labels)) if len(labels) < 6 else ()
    left = [str(n) for n in range(1, 6)]
    for size in (3, 4, 5):
        for letters in permutations("abcde"[:size]):
            yield " ".join(f"{n}{letter}" for n, letter in zip(left, letters, strict=False))


def wrong(sitting: Sitting, question: Question, place: Asked) -> str:
    """The answer that earns least of those not tried yet; a step towards one, where steps are."""
    order, found = asking.order(sitting), [(1.0, "")]
    for text in tries(question, order):
        heard = question.hear(text, place.so_far, order)
        said = " ".join((*place.so_far, text)).casefold()
        if isinstance(heard, Marked) and said not in place.tried:
            found.append((heard.score, text))
            if heard.score == 0:
                break
    score, text = min(found)
    return text if score < 1 else "xyz"


def answers(sitting: Sitting, way: str) -> tuple[str, ...]:
    """What this learner types now."""
    place, found = sitting.learner.place, asking.pending(sitting)
    language = sitting.learner.language
    if not isinstance(place, Asked) or found is None:
        return (NEXT[language],)
    if way == "unknown":
        return (UNKNOWN[language],)
    if way == "right":
        return found.question.solution(asking.order(sitting))
    return (wrong(sitting, found.question, place),)


def walked(course: str, lesson: str, language: str, way: str) -> list[str]:
    """The lines of the learner, found by walking through the dialogue alone."""
    found = library().lesson(f"{course}/{lesson}")
    assert found is not None
    version = found[0].version
    learner = Learner("learner-1-1", language, consent="yes", course=course)
    at = Reading(course, version, lesson, 0)
    learner = replace(learner, place=at, begun={course: version})
    said: list[str] = []
    while not isinstance(learner.place, Resting):
        assert len(said) < 80, said[-9:]
        for text in answers(Sitting(learner, library(), NOW), way):
            done = turn(Sitting(learner, library(), NOW), Heard(HERE, "1", text))
            for each, caps in product(done.says, EVERY.values()):
                hold_promises(each, render(each, caps), caps)
            said.append(text)
            learner = done.learner
    return said


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("course", "lesson", "language"), EVERY_LESSON)
def test_a_lesson_is_taken_to_its_end(course: str, lesson: str, language: str, way: str) -> None:
    said = walked(course, lesson, language, way)
    found = library().lesson(f"{course}/{lesson}")
    assert found is not None
    many = len(found[1].text(language).questions)
    right = many if way == "right" else 0
    head = f"(language: {language}, consent: yes, course: {course}, lesson: {lesson}, now: {START})"
    end = f"fact: LessonFinished({course}, {found[0].version}, {lesson}, {right}, {many})"
    text = "\n".join([head, *(f"learner: {each}" for each in said), end]) + "\n"
    script = transcript.read(text)
    played = asyncio.run(play(script, Settings(_env_file=None)))
    assert transcript.write(played).count("LessonFinished(") == 1
    assert end in transcript.write(played).splitlines()
    if way == "right":  # what was played is itself a transcript that goes as it is written
        again = asyncio.run(play(played, Settings(_env_file=None)))
        assert not transcript.difference(played, again)


def test_there_is_a_walk_for_every_lesson_language_and_way() -> None:
    assert len(EVERY_LESSON) * len(WAYS) == 44 * 3 * 3


@pytest.mark.parametrize("course", library().newest(), ids=lambda course: course.id)
def test_no_screen_is_over_a_platform_s_limit(course: Course) -> None:
    for lesson, language in product(course.lessons, course.titles):
        for screen in lesson.text(language).screens:
            for name, caps in PHONES.items():
                assert len(render(Said(screen), caps)) == 1, (name, screen)
