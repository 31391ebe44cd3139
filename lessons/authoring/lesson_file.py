"""Sheet: one lesson file, such as l1.vi.md, read from its front matter to its last question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lessons.authoring import wording
from lessons.authoring.facts import read_facts
from lessons.authoring.front_matter import Front, read_front
from lessons.authoring.page import SCREEN_BREAK, Line, Page, first_line, prose
from lessons.authoring.question_list import read_questions_in
from lessons.course import LessonText
from lessons.messages import Media

# What an author may call a section, in vi, en and fr.
NAMES = {
    "action": ("Việc làm ngay", "Do now", "À faire"),
    "facts": ("Dữ kiện", "Facts", "Faits"),
    "questions": ("Câu hỏi", "Questions", "Questions"),
}
SECTIONS = {name.casefold(): section for section, names in NAMES.items() for name in names}
HEADING = re.compile(r"(#{2,}|#(?=\s|$))\s*(.*)")
MEDIA = re.compile(r"!\[(.*)\]\((\S+)\)")
KINDS: dict[Literal["picture", "voice", "video"], tuple[str, ...]] = {
    "picture": ("jpg", "jpeg", "png", "webp"),
    "voice": ("ogg", "oga", "mp3", "m4a"),
    "video": ("mp4",),
}
BEFORE, SCREENS, SKIPPED = "before", "screens", "skipped"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A lesson in one language, and what its front matter says of the lesson in all languages."""

    lesson: str
    codes: tuple[str, ...]
    codes_line: int
    text: LessonText


@dataclass(slots=True)
class _Body:
    """A lesson file's lines by section, with the title and its line."""

    sections: dict[str, list[Line]] = field(default_factory=dict)
    title: str = ""
    title_line: int = 0
    now: str = BEFORE
    begun: set[str] = field(default_factory=set)


def read_lesson(page: Page, lesson: str, language: str) -> Sheet:
    """A lesson file. `lesson` and `language` are what its file name says."""
    front = read_front(page)
    front.judge(["lesson", "objective"], ["codes"])
    if front.text("lesson") and front.text("lesson") != lesson:
        what = wording.OTHER_LESSON.format(value=front.text("lesson"), lesson=lesson)
        page.wrong(front.line("lesson"), what)
    text = _read_text(page, front, language)
    return Sheet(lesson, front.several("codes"), front.line("codes"), text)


def _read_text(page: Page, front: Front, language: str) -> LessonText:
    body = _read_body(page, front.body)
    screens = _screens(page, body.sections.get(SCREENS, ()))
    if not body.title_line:
        page.wrong(first_line(front.body, 1), wording.TITLE_MISSING)
    elif not screens:
        page.wrong(body.title_line, wording.NO_SCREENS)
    asked = read_questions_in(page, body.sections.get("questions", ()), language)
    return LessonText(
        title=body.title,
        objective=front.text("objective"),
        screens=tuple(text for _, text, _ in screens),
        action=prose(body.sections.get("action", ())),
        questions=tuple(question for question in asked if not question.block.recalls),
        claims=read_facts(page, body.sections.get("facts", ())),
        line=body.title_line,
        screen_lines=tuple(line for line, _, _ in screens),
        second_forms=tuple(question for question in asked if question.block.recalls),
        media=tuple(media for _, _, media in screens) if any(each[2] for each in screens) else (),
    )


def _read_body(page: Page, lines: Sequence[Line]) -> _Body:
    body = _Body()
    for line in lines:
        heading = HEADING.fullmatch(line.text)
        is_break = SCREEN_BREAK.fullmatch(line.text)
        if heading:
            _read_heading(page, body, line, (len(heading[1]), heading[2]))
        elif body.now == BEFORE and line.text and not is_break:
            page.wrong(line.number, wording.BEFORE_TITLE.format(text=line.shown))
        elif is_break and body.now in NAMES:
            page.wrong(line.number, wording.SCREEN_OUTSIDE)
        else:
            body.sections.setdefault(body.now, []).append(line)
    return body


def _read_heading(page: Page, body: _Body, line: Line, heading: tuple[int, str]) -> None:
    level, text = heading
    if level == 1:
        _read_title(page, body, line, text)
    elif level == 2:
        _begin_section(page, body, line, text)
    elif level == 3:
        if body.now not in ("questions", SKIPPED):
            page.wrong(line.number, wording.QUESTION_OUTSIDE.format(text=text))
            body.now = "questions"
        body.sections.setdefault(body.now, []).append(line)
    else:
        page.wrong(line.number, wording.HEADING_TOO_DEEP.format(text=line.shown))


def _read_title(page: Page, body: _Body, line: Line, text: str) -> None:
    if body.title_line:
        page.wrong(line.number, wording.TITLE_TWICE.format(line=body.title_line))
        return
    if not text:
        page.wrong(line.number, wording.TITLE_EMPTY)
    body.title, body.title_line, body.now = text, line.number, SCREENS


def _begin_section(page: Page, body: _Body, line: Line, text: str) -> None:
    section = SECTIONS.get(text.casefold())
    if section is None:
        page.wrong(line.number, wording.SECTION_UNKNOWN.format(text=text))
    elif section in body.begun:
        page.wrong(line.number, wording.SECTION_TWICE.format(text=text))
    body.now = section or SKIPPED
    body.begun.add(body.now)


def _screens(page: Page, lines: Sequence[Line]) -> list[tuple[int, str, Media | None]]:
    """The screens: first line, text, and what each shows or plays. Empty ones, such as before a
    heading, do not count."""
    groups: list[list[Line]] = [[]]
    shown: list[Media | None] = [None]
    for line in lines:
        if SCREEN_BREAK.fullmatch(line.text):
            groups.append([])
            shown.append(None)
        elif found := MEDIA.fullmatch(line.text):
            if shown[-1] is not None:
                page.wrong(line.number, wording.MEDIA_TWICE)
            shown[-1] = _media(page, line, found[1], found[2])
        else:
            groups[-1].append(line)
    pairs = zip(groups, shown, strict=True)
    return [(first_line(group, 0), prose(group), media) for group, media in pairs if prose(group)]


def _media(page: Page, line: Line, words: str, address: str) -> Media | None:
    """What a line such as ![what it shows](https://…/picture.jpg) stands for."""
    ending = address.rpartition(".")[2].lower()
    kind = next((kind for kind, endings in KINDS.items() if ending in endings), None)
    if kind is None or not address.startswith("https://") or not words.strip():
        page.wrong(line.number, wording.MEDIA_WRONG.format(text=line.shown))
        return None
    return Media(kind, address, words.strip())
