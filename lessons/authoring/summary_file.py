"""Summary: the one page of a course, such as summary.vi.md: a title, lines, and boxes to tick."""

import re
from collections.abc import Mapping, Sequence

from lessons.authoring import wording
from lessons.authoring.page import Line, Page, first_line, prose
from lessons.course import Summary

SUMMARY = "summary"  # what stands in a file name where others have their lesson

# What an author may call the boxes, in vi, en and fr.
NAMES = ("Danh mục kiểm tra", "Checklist", "Liste de contrôle")
CHECKLISTS = {name.casefold() for name in NAMES}
HEADING = re.compile(r"(#+)\s*(.*)")
BOX = re.compile(r"[-*+–]\s*\[\s*\]\s*(\S.*)")

Pages = Mapping[str, Page]  # by language


def read_summaries(pages: Pages, languages: Sequence[str]) -> dict[str, Summary]:
    """The summaries by language, in the order of the course's languages: all of them or none.
    What is wrong with them is noted on the pages."""
    found = {each: read_summary(pages[each]) for each in languages if each in pages}
    files = [f"{SUMMARY}.{each}.md" for each in languages if each not in found]
    for language, page in pages.items():
        if language not in languages:
            page.wrong(1, wording.NOT_DECLARED.format(language=language))
    if not found:
        return {}
    (first, model), *others = found.items()
    if files:
        pages[first].wrong(1, wording.SUMMARY_LACKS.format(files=", ".join(files)))
    for language, summary in others:
        if summary.boxes and len(summary.boxes) != len(model.boxes):
            numbers = {"count": len(summary.boxes), "other": len(model.boxes)}
            what = wording.BOXES_DIFFER.format(file=pages[first].name, **numbers)
            pages[language].wrong(1, what)
    return found


def read_summary(page: Page) -> Summary:
    """One summary file."""
    title, lines, boxes = "", list[Line](), list[str]()
    in_checklist = False
    for line in page.lines:
        heading = HEADING.fullmatch(line.text)
        if heading and len(heading[1]) == 1 and heading[2] and not title and not lines:
            title = heading[2]
        elif heading and heading[2].casefold() in CHECKLISTS and not in_checklist:
            in_checklist = True
        elif heading:
            page.wrong(line.number, wording.SUMMARY_SECTION.format(text=line.shown))
        elif in_checklist:
            boxes += _box(page, line)
        elif line.text or lines:
            lines.append(line)
    start = first_line(page.lines, 1)
    if not title:
        page.wrong(start, wording.SUMMARY_TITLE)
    if not prose(lines):
        page.wrong(start, wording.SUMMARY_EMPTY)
    if not boxes:
        page.wrong(start, wording.CHECKLIST_MISSING)
    return Summary(title, prose(lines), tuple(boxes))


def _box(page: Page, line: Line) -> list[str]:
    box = BOX.fullmatch(line.text)
    if box is None and line.text:
        page.wrong(line.number, wording.NOT_A_BOX.format(text=line.shown))
    return [box[1]] if box else []
