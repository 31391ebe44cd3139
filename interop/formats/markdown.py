"""A folder of course files (docs/courses.md): finds it, reads it, names its problems by path."""

import os
from collections.abc import Sequence
from pathlib import Path

from lessons import course_check
from lessons.authoring import COURSE_FILE, Problem, read_course, wording
from lessons.course import Course

LARGEST = 1_000_000  # bytes; a long lesson has ten thousand


def find(folder: Path) -> list[Path]:
    """The course folders at a path: the folder itself if it holds course.md, else its children."""
    if _is_course(folder):
        return [folder]
    found: dict[str, Path] = {}
    for child in _children(folder):
        if _is_course(child):
            found.setdefault(os.path.realpath(child), child)
    return list(found.values())


def read(folder: Path) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course in a folder, or None and its problems; their files are paths that begin as given.

    Only the .md files of the folder itself are read. Never raises, whatever stands there.
    """
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        return None, (Problem(_shown(folder), 1, _refusal(error)),)
    if not _is_course(folder):
        return None, (Problem(COURSE_FILE, 1, wording.NO_COURSE_FILE).within(_shown(folder)),)
    files, refused = _files(paths)
    unread = {problem.file for problem in refused if not files[problem.file]}
    course, found = read_course(files)
    problems = sorted([*refused, *(each for each in found if each.file not in unread)])
    return (None if problems else course), tuple(p.within(_shown(folder)) for p in problems)


def check(folder: Path) -> tuple[Course | None, tuple[Problem, ...]]:
    """As `read`, and a course that can be read comes with what keeps it from being a good one."""
    course, problems = read(folder)
    if course is not None:
        problems = tuple(p.within(_shown(folder)) for p in course_check.problems(course))
    return course, problems


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_course(folder: Path) -> bool:
    return any(child.name.casefold() == COURSE_FILE for child in _children(folder))


def _files(paths: Sequence[Path]) -> tuple[dict[str, str], list[Problem]]:
    """The course files by name, and those that could not be taken as they are."""
    files: dict[str, str] = {}
    refused: list[Problem] = []
    for path in paths:
        if path.suffix.casefold() != ".md" or path.name.startswith(".") or not _is_file(path):
            continue
        name = _shown(Path(path.name))
        try:
            files[name], problem = _text(path)
        except OSError as error:
            files[name], problem = "", (1, _refusal(error))
        if problem:
            refused.append(Problem(name, *problem))
    return files, refused


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # reading it will say why it cannot be read


def _text(path: Path) -> tuple[str, tuple[int, str] | None]:
    """A file's text, and the line where its bytes are wrong. Raises OSError."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        return "", (1, wording.TOO_BIG.format(limit=LARGEST // 1000))
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("latin-1")
        line = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        what = wording.NOT_UTF8.format(byte=error.object[error.start])
        return data.decode("utf-8-sig", "replace"), (line, what)


def _refusal(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return wording.NO_FOLDER
    if isinstance(error, NotADirectoryError):
        return wording.NOT_A_FOLDER
    return wording.UNREADABLE.format(reason=error.strerror)


def _shown(path: Path) -> str:
    """A path as text; bytes of a name that are not UTF-8 show as a replacement character."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
