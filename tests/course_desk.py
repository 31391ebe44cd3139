"""A small course for the tests of course files, read or written into a folder."""

from collections.abc import Mapping
from pathlib import Path

from bot.cli.course import bundled
from lessons.authoring import read_course
from lessons.course import Course

C6 = bundled() / "c6"
COURSE = """---
id: small
version: 3
languages: vi
lessons: l1
frameworks: TT02, DC3, NQ398
title.vi: Một bài
---
"""
FIRST_LESSON = C6.joinpath("l1.vi.md").read_text(encoding="utf-8")
FILES = {"course.md": COURSE, "l1.vi.md": FIRST_LESSON}


def course_in(files: Mapping[str, str]) -> Course:
    course, problems = read_course(files)
    assert problems == ()
    assert course is not None
    return course


def written(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    return folder
