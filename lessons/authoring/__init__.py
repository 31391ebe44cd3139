"""Reading a course: file name to text in, a course or its problems out. Pure (docs/courses.md)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from lessons.authoring import wording
from lessons.authoring.front_matter import Header, read_header
from lessons.authoring.lesson_file import Sheet, read_lesson
from lessons.authoring.page import Page, Problem
from lessons.authoring.question_list import read_questions_in
from lessons.authoring.summary_file import SUMMARY, read_summaries
from lessons.course import Course, Lesson, Miswritten, Question

__all__ = ["COURSE_FILE", "Problem", "read_course", "read_questions"]

COURSE_FILE = "course.md"
NOTES = "readme.md"
LESSON_FILE = re.compile(r"([^.]+)\.([^.]+)\.md")

Sheets = dict[tuple[str, str], tuple[Page, Sheet]]  # by lesson and language


def read_course(files: Mapping[str, str]) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course in some files (name to text), or None and everything that is wrong with them.

    Every lesson of a course has a text in every language of `course.titles`. Capitals in file names
    do not matter; README.md is not read. `course.files` are the files it was read from, as they
    were: reading those again gives the same course, at no cost.
    """
    return _read(tuple(sorted(files.items())))


@lru_cache(maxsize=64)
def _read(named: tuple[tuple[str, str], ...]) -> tuple[Course | None, tuple[Problem, ...]]:
    files = dict(named)
    pages = [Page.of(name, files[name]) for name in sorted(files) if name.casefold() != NOTES]
    heads = [page for page in pages if page.name.casefold() == COURSE_FILE]
    sheets, summaries = _sheets([page for page in pages if page not in heads])
    course = _course(heads[0], read_header(heads[0]), sheets) if heads else None
    if course is not None:
        course = replace(course, summaries=read_summaries(summaries, list(course.titles)))
    _judge_names(pages)
    problems = [problem for page in pages for problem in page.problems]
    if course is None:
        problems.append(Problem(COURSE_FILE, 1, wording.NO_COURSE_FILE))
    if course is None or problems:
        return None, tuple(sorted(set(problems)))
    return replace(course, files={page.name: files[page.name] for page in pages}), ()


def read_questions(text: str, language: str) -> tuple[Question, ...]:
    """The questions in the part of a lesson file below its heading Questions. Raises Miswritten."""
    page = Page.of("", text)
    found = read_questions_in(page, page.lines, language)
    if page.problems:
        first = min(page.problems)
        raise Miswritten(first.line, first.what)
    return found


def _judge_names(pages: Sequence[Page]) -> None:
    met: dict[str, str] = {}
    for page in pages:
        other = met.setdefault(page.name.casefold(), page.name)
        if other != page.name:
            page.wrong(1, wording.SAME_NAME.format(other=other))


def _sheets(pages: Sequence[Page]) -> tuple[Sheets, dict[str, Page]]:
    """The lessons' sheets, and the pages of the summaries by language."""
    sheets: Sheets = {}
    summaries: dict[str, Page] = {}
    for page in pages:
        name = LESSON_FILE.fullmatch(page.name.casefold())
        if name is None:
            page.wrong(1, wording.STRANGE_NAME)
        elif name[1] == SUMMARY:
            summaries[name[2]] = page
        else:
            sheets[name[1], name[2]] = (page, read_lesson(page, name[1], name[2]))
    return sheets, summaries


def _course(head: Page, header: Header, sheets: Sheets) -> Course:
    """The course put together; what does not fit together is noted on the pages."""
    for lesson in header.lessons:
        files = [f"{lesson}.{each}.md" for each in header.titles if (lesson, each) not in sheets]
        if files:
            what = wording.NO_LESSON_FILE.format(lesson=lesson, files=", ".join(files))
            head.wrong(header.lessons_line, what)
    for (lesson, language), (page, _) in sheets.items():
        if header.lessons and lesson not in header.lessons:
            page.wrong(1, wording.NOT_LISTED.format(lesson=lesson))
        if header.titles and language not in header.titles:
            page.wrong(1, wording.NOT_DECLARED.format(language=language))
    return Course(
        id=header.id,
        version=header.version,
        titles=header.titles,
        lessons=tuple(_lesson(lesson, list(header.titles), sheets) for lesson in header.lessons),
        frameworks=header.frameworks,
        licence=header.licence,
        retention=header.retention,
        order=header.order,
        protected=header.protected,
    )


def _lesson(lesson: str, languages: Sequence[str], sheets: Sheets) -> Lesson:
    """A lesson in all languages. Its codes are the first one's; a translation may repeat them."""
    found = [(each, *sheets[lesson, each]) for each in languages if (lesson, each) in sheets]
    if not found:
        return Lesson(lesson, (), {})
    _, first_page, first = found[0]
    for _, page, sheet in found[1:]:
        if sheet.codes and sheet.codes != first.codes:
            page.wrong(sheet.codes_line, wording.OTHER_CODES.format(file=first_page.name))
    texts = {language: sheet.text for language, _, sheet in found}
    return Lesson(lesson, first.codes, texts, first.codes_line)
