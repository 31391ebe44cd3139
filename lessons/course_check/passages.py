"""Passages: every line of a course that a learner reads, with its place and what it is part of."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from lessons.authoring.lesson_file import HEADING, MEDIA, SECTIONS
from lessons.authoring.page import BULLET, SCREEN_BREAK, Line
from lessons.authoring.question_list import DETAIL, OPTION, STEP
from lessons.authoring.summary_file import BOX, SUMMARY
from lessons.course import Course, LessonText
from lessons.course_check.judge import asked, judge, of_course

TITLE_ENTRY = re.compile(r"title\.(\w+)\s*:\s*(.*)", re.IGNORECASE)


class Part(Enum):
    """What a line is part of. ACCEPTED is what a typed answer may be: nobody reads it."""

    TITLE = auto()
    OBJECTIVE = auto()
    SCREEN = auto()
    ACTION = auto()
    FACT = auto()
    SOURCE = auto()
    PROMPT = auto()
    ANSWER = auto()
    ACCEPTED = auto()
    FEEDBACK = auto()
    EXPLANATION = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """One line as it is read: without its bullet, key or number."""

    file: str
    line: int
    language: str
    part: Part
    text: str


def passages(course: Course) -> tuple[Passage, ...]:
    """From the course's files, in NFC; a course without files has none."""
    found: list[Passage] = []
    for name, text in course.files.items():
        page, _, language = name.casefold().removesuffix(".md").partition(".")
        if name == of_course(course).file:
            found += _titles(name, _lines(text))
        elif page == SUMMARY:
            found += [Passage(name, *each) for each in _summary(_lines(text), language)]
    for lesson in course.lessons:
        for language, lesson_text in lesson.texts.items():
            file = judge(course, lesson, language).file
            for line, part, words in _read(_lines(course.files.get(file, "")), lesson_text):
                found.append(Passage(file, line.number, language, part, words))
    return tuple(found)


def _lines(text: str) -> list[Line]:
    raws = re.split(r"\r\n|\r|\n", unicodedata.normalize("NFC", text.removeprefix("\ufeff")))
    return [Line(number, raw.rstrip()) for number, raw in enumerate(raws, start=1)]


def _titles(name: str, lines: Sequence[Line]) -> Iterator[Passage]:
    for line in lines:
        if entry := TITLE_ENTRY.fullmatch(line.text):
            yield Passage(name, line.number, entry[1].lower(), Part.TITLE, entry[2])


def _summary(lines: Sequence[Line], language: str) -> Iterator[tuple[int, str, Part, str]]:
    for line in lines:
        heading = HEADING.fullmatch(line.text)
        if heading and len(heading[1]) == 1:
            yield line.number, language, Part.TITLE, heading[2]
        elif line.text and not heading:
            box = BOX.fullmatch(line.text)
            yield line.number, language, Part.SCREEN, box[1] if box else line.text


_Read = Iterator[tuple[Line, Part, str]]


def _read(lines: Sequence[Line], text: LessonText) -> _Read:
    """The lines of a lesson file that are read, section by section."""
    typed = {question.block.line: question.typed for question in asked(text)}
    section, accepted = "front", False
    for line in lines:
        heading = HEADING.fullmatch(line.text)
        if heading and len(heading[1]) == 1:
            section = "screens"
            yield line, Part.TITLE, heading[2]
        elif heading and len(heading[1]) == 2:
            section = SECTIONS.get(heading[2].casefold(), "")
        elif heading:
            accepted = typed.get(line.number, False)
        elif line.text and (found := _words(line, section, accepted)):
            yield line, *found


def _words(line: Line, section: str, accepted: bool) -> tuple[Part, str] | None:
    if section == "front":
        entry = re.fullmatch(r"objective\s*:\s*(.*)", line.text, re.IGNORECASE)
        return (Part.OBJECTIVE, entry[1]) if entry else None
    if section == "screens":
        aside = SCREEN_BREAK.fullmatch(line.text) or MEDIA.fullmatch(line.text)
        return None if aside else (Part.SCREEN, line.text)
    if section == "action":
        return Part.ACTION, line.text
    if section == "facts":
        return _fact(line)
    return _asked(line, accepted) if section == "questions" else None


def _fact(line: Line) -> tuple[Part, str] | None:
    content = BULLET.sub("", line.text, count=1)
    if not line.indented:
        return Part.FACT, content
    detail = DETAIL.fullmatch(content)
    return (Part.SOURCE, detail[2]) if detail and detail[1].lower() == "source" else None


def _asked(line: Line, accepted: bool) -> tuple[Part, str] | None:
    answer = Part.ACCEPTED if accepted else Part.ANSWER
    if line.text.startswith(">"):
        return Part.EXPLANATION, line.text[1:].strip()
    if option := OPTION.fullmatch(line.text):
        return answer, option[2]
    if bullet := BULLET.match(line.text):
        content = line.text[bullet.end() :]
        detail = DETAIL.fullmatch(content)
        if detail and detail[1].lower() == "feedback":
            return Part.FEEDBACK, detail[2]
        return None if detail and detail[1].lower() == "misconception" else (answer, content)
    if step := STEP.fullmatch(line.text):
        return answer, step[2] or ""
    return Part.PROMPT, line.text
