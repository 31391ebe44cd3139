"""`hocvu course coverage`, `dump`, `due`: what courses cover, what is in them, what expires."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.course import AsJson, Folders, bundled
from lessons.course import Course
from lessons.coverage import Covered, covered
from lessons.coverage import due as falling_due
from lessons.frameworks import Framework, Title, frameworks


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"{given}: not a date; write it as 2027-05-22") from None


def coverage(folders: Folders = None, as_json: AsJson = False) -> None:
    """Which competences of each framework have lessons and questions, and which have none.

    Without DIR the bundled curriculum is looked at.
    """
    courses = [course for _, course in _read(folders)]
    found = [(framework, covered(framework, courses)) for framework in frameworks().values()]
    if as_json:
        whole = {
            "courses": [course.id for course in courses],
            "frameworks": [_framework(framework, rows) for framework, rows in found],
        }
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    for framework, rows in found:
        typer.echo("\n".join([*_table(framework, rows), ""]))
    typer.echo("near: lessons that carry only a code of another framework which answers to it")
    typer.echo("*     wording of ours: no published one is confirmed")


def dump(
    folders: Folders = None,
    as_json: Annotated[bool, typer.Option("--json", help="The only form there is.")] = True,
) -> None:
    """Print courses as one JSON object: every text in every language, keys, facts and codes.

    Without DIR the bundled curriculum is printed. The shape is described in docs/frameworks.md.
    """
    from bot.cli.course_dump import as_dict

    del as_json
    courses = [course for _, course in _read(folders)]
    typer.echo(json.dumps(as_dict(courses), ensure_ascii=False, indent=2))


def due(
    by: Annotated[
        date,
        typer.Option("--by", metavar="DATE", parser=_day, help="Such as 2027-05-22."),
    ],
    folders: Folders = None,
    as_json: AsJson = False,
) -> None:
    """The facts that must be looked at again on or before a day, earliest first.

    Without DIR the bundled curriculum is looked at.
    """
    read = _read(folders)
    folder_of = {id(course): folder for folder, course in read}
    rows = [
        {
            "course": each.course.id,
            "lesson": each.lesson.id,
            "file": f"{folder_of[id(each.course)].as_posix()}/{each.file}",
            "line": each.claim.line,
            "text": each.claim.text,
            "source": each.claim.source,
            "mark": each.claim.mark,
            "as_of": each.claim.as_of.isoformat(),
            "review_by": each.claim.review_by.isoformat(),
        }
        for each in falling_due([course for _, course in read], by)
    ]
    if as_json:
        whole = {"by": by.isoformat(), "facts": rows}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    for row in rows:
        typer.echo(
            "{file}:{line}: {review_by} {course}/{lesson} [{mark}] {text} ({source})".format(**row)
        )
    typer.echo(f"Facts to look at again by {by.isoformat()}: {len(rows)}")


def _read(folders: Sequence[Path] | None) -> list[tuple[Path, Course]]:
    """The courses at some paths with their folders; names what cannot be read, and then stops."""
    from bot.wiring import markdown

    found = [each for given in folders or [bundled()] for each in markdown.find(given) or [given]]
    courses: list[tuple[Path, Course]] = []
    for folder in found:
        course, problems = markdown.read(folder)
        for problem in problems:
            typer.echo(str(problem), err=True)
        if course is not None:
            courses.append((folder, course))
    if len(courses) < len(found):
        raise typer.Exit(1)
    return courses


def _table(framework: Framework, rows: Sequence[Covered]) -> list[str]:
    """One framework for people: its name, a line for each competence, those without lessons."""
    have = sum(bool(row.lessons) for row in rows)
    width = max(len(_name(row.competence.title)) for row in rows)
    lines = [
        f"{framework.id}: {framework.title.text()}",
        f"  {'code':4}  {'':{width}}  lessons  questions",
    ]
    for row in rows:
        name = f"{row.competence.code:4}  {_name(row.competence.title):{width}}"
        counts = f"{len(row.lessons) or '-':>7}  {row.questions or '-':>9}"
        where = row.lessons or (["near:", *row.near] if row.near else [])
        lines.append(f"  {name}  {counts}  {' '.join(where)}".rstrip())
    without = ", ".join(row.competence.code for row in rows if not row.lessons)
    return [*lines, f"  {have} of {len(rows)} have lessons; without: {without or 'none'}"]


def _name(title: Title) -> str:
    return f"{title.text()} *" if title.is_ours() else title.text()


def _framework(framework: Framework, rows: Sequence[Covered]) -> dict[str, object]:
    return {
        "id": framework.id,
        **_titles(framework.title),
        "source": framework.source,
        "mark": framework.mark,
        "as_of": framework.as_of.isoformat(),
        "covered": [row.competence.code for row in rows if row.lessons],
        "not_covered": [row.competence.code for row in rows if not row.lessons],
        "competences": [
            {
                "code": row.competence.code,
                **_titles(row.competence.title),
                "mark": row.competence.mark,
                "lessons": list(row.lessons),
                "questions": row.questions,
                "near": list(row.near),
            }
            for row in rows
        ],
    }


def _titles(title: Title) -> dict[str, object]:
    return {"titles": dict(title.published), "ours": dict(title.ours)}
