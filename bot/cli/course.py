"""`hocvu course`: says whether a course is good, problem by problem, and puts it online."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

import lessons
from lessons.authoring import Problem
from lessons.course import Course

app = typer.Typer(no_args_is_help=True, help="Courses: folders of Markdown files.")

FEW = 5  # people: what concerns fewer is not told apart

Folders = Annotated[
    list[Path] | None,
    typer.Argument(metavar="DIR...", help="Course folders, or folders that hold some."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")]


@app.callback()
def courses() -> None:
    """Courses: folders of Markdown files."""


@app.command()
def check(folders: Folders = None, as_json: AsJson = False) -> None:
    """Name every problem of the courses as file:line: what is wrong and how to put it right.

    Two courses or more are then checked together, as one question bank. Without DIR the bundled
    curriculum is checked. Exit code 1 when there are problems.
    """
    from bot.wiring import markdown
    from lessons import course_check

    found = [
        (folder, *markdown.check(folder))
        for given in folders or [bundled()]
        for folder in markdown.find(given) or [given]
    ]
    bank = {folder.as_posix(): course for folder, course, _ in found if course is not None}
    together = course_check.bank_problems(bank) if len(bank) > 1 else ()
    if as_json:
        problems = [asdict(problem) for problem in together]
        whole = {"courses": [_as_dict(*each) for each in found], "bank": {"problems": problems}}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        for folder, read, problems_of_one in found:
            _tell(problems_of_one, _summary(folder, read, problems_of_one))
        if len(bank) > 1:
            _tell(together, _bank_summary(list(bank.values()), together))
    if together or any(problems for _, _, problems in found):
        raise typer.Exit(1)


def _tell(problems: Sequence[Problem], summary: str) -> None:
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(summary)


@app.command()
def publish(folders: Annotated[list[Path], typer.Argument(metavar="DIR...")]) -> None:
    """Put courses online. People in the middle of an earlier version finish that one.

    A version that is out never changes: raise `version` in course.md for a correction.
    """
    from bot.cli.plain import plainly
    from bot.logs import configure
    from bot.wiring import markdown

    configure(quiet=True)
    courses = []
    for folder in (each for given in folders for each in markdown.find(given) or [given]):
        course, problems = markdown.check(folder)
        for problem in problems:
            typer.echo(str(problem))
        if course is None or problems:
            typer.echo("Nothing was published.", err=True)
            raise typer.Exit(1)
        courses.append(course)
    with plainly():
        asyncio.run(_publish(courses))


async def _publish(courses: Sequence[Course]) -> None:
    from bot import wiring
    from bot.settings import read

    async with wiring.opened(read()) as house:
        for course in courses:
            try:
                new = await house.shelf.publish([course], house.now())
            except ValueError as reason:
                typer.echo(f"hocvu: {reason}", err=True)
                raise typer.Exit(1) from None
            outcome = "published" if new else "was published before"
            typer.echo(f"{course.id.upper()} version {course.version}: {outcome}")


@app.command()
def leeches(as_json: AsJson = False) -> None:
    """Questions that people forget again and again: perhaps badly put, perhaps badly explained.

    How many people, never who; what troubles fewer than five is only counted.
    """
    from bot.cli.plain import plainly
    from bot.logs import configure

    configure(quiet=True)
    with plainly():
        found = asyncio.run(_leeches())
    many = {item: people for item, people in found.items() if people >= FEW}
    few = len(found) - len(many)
    if as_json:
        typer.echo(json.dumps({"leeches": many, "fewer_than_five": few}, indent=2))
        return
    for item, people in sorted(many.items(), key=lambda each: (-each[1], each[0])):
        typer.echo(f"{item}: {people} people")
    typer.echo(f"Questions that trouble fewer than five people: {few}")


async def _leeches() -> Mapping[str, int]:
    from bot import wiring
    from bot.settings import read

    async with wiring.opened(read()) as house:
        return await house.store.leeches()


def bundled() -> Path:
    """The curriculum that comes with the product, as seen from here where that is possible."""
    folder = Path(lessons.__file__).parent / "curriculum"
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _summary(folder: Path, course: Course | None, problems: Sequence[Problem]) -> str:
    """Such as "C6: 8 lessons, 43 questions, vi en fr: no problems"."""
    outcome = _count(len(problems), "problem") if problems else "no problems"
    if course is None:
        return f"{folder.resolve().name.upper()}: {outcome}"
    size = f"{_count(len(course.lessons), 'lesson')}, {_count(_questions(course), 'question')}"
    return f"{course.id.upper()}: {size}, {' '.join(course.titles)}: {outcome}"


def _bank_summary(courses: Sequence[Course], problems: Sequence[Problem]) -> str:
    """Such as "Bank: 6 courses, 249 questions: no problems"."""
    outcome = _count(len(problems), "problem") if problems else "no problems"
    questions = _count(sum(map(_questions, courses)), "question")
    return f"Bank: {_count(len(courses), 'course')}, {questions}: {outcome}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _questions(course: Course) -> int:
    """The number of questions; every language has the same ones."""
    return sum(len(next(iter(each.texts.values())).questions) for each in course.lessons)


def _as_dict(folder: Path, course: Course | None, problems: Sequence[Problem]) -> dict[str, object]:
    return {
        "folder": folder.as_posix(),
        "course": course and course.id,
        "lessons": course and len(course.lessons),
        "questions": course and _questions(course),
        "languages": course and list(course.titles),
        "problems": [asdict(problem) for problem in problems],
    }
