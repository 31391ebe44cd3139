"""`hocvu plan`: what a course asks of a learner and how much is known on the exam day."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from lessons.course import Course
    from lessons.memory.forecast import Day, Forecast, Plan

WEEK = 7
BAR = 24  # characters of the longest
PUPILS = 5  # simulated
LONGEST = 3 * 366  # days


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan and what came of it; `enough` reviews a day, where the budget is too small."""

    course: str
    plan: "Plan"
    found: "Forecast"
    enough: int | None


def plan(
    course: Annotated[str, typer.Argument(help="A bundled course (c6), or a folder.")] = "",
    budget: Annotated[int | None, typer.Option(help="Reviews a day; 20 unless told.")] = None,
    minutes: Annotated[int | None, typer.Option(help="The budget as minutes a day.")] = None,
    lessons_a_day: Annotated[float | None, typer.Option(help="1 unless told.")] = None,
    lessons_a_week: Annotated[float | None, typer.Option(help="The pace by the week.")] = None,
    exam: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")] = None,
    start: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Today if not told.")] = (
        None
    ),
    seed: Annotated[int, typer.Option(help="Which simulated learners.")] = 1,
    png: Annotated[Path | None, typer.Option(help="Draw it into this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Expected reviews per day and recall on the exam day, for a course and a daily budget.

    Simulated learners go through the real schedule: the figures are no promise about a person.
    """
    from lessons.memory.forecast import course_plan

    begin = _date("--start", start) or _today()
    found = course_named(course)
    wanted = course_plan(
        found,
        begin,
        _pace(lessons_a_day, lessons_a_week),
        _date("--exam", exam),
        _budget(budget, minutes),
    )
    if not 0 < (wanted.end - begin).days <= LONGEST:
        stop(f"from {begin} to {wanted.end}: a plan takes 1 to {LONGEST} days")
    foreseen = outcome(found, wanted, seed)
    if png is not None:
        picture(foreseen, png)
    if as_json:
        typer.echo(json.dumps(_as_dict(foreseen), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_as_lines(foreseen)))


def outcome(course: "Course", wanted: "Plan", seed: int) -> Outcome:
    from lessons.memory.forecast import enough, forecast

    found = forecast(wanted, PUPILS, seed)
    too_small = found.most > wanted.cap or max(day.waiting for day in found.days) >= 1
    need = enough(wanted, number=seed) if too_small else wanted.cap
    return Outcome(course.id, wanted, found, need if need > wanted.cap else None)


def _today() -> date:
    from bot import clock
    from bot.cli.plain import plainly
    from bot.settings import read
    from lessons import timing

    with plainly():
        return timing.day(clock.now(), read().timezone)


def _date(option: str, given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given is not None else None
    except ValueError:
        stop(f"{option} {given}: not a date; write it as 2027-02-22")


def _pace(a_day: float | None, a_week: float | None) -> float:
    """Lessons a week."""
    if a_day is not None and a_week is not None:
        stop("give --lessons-a-day or --lessons-a-week, not both")
    pace = a_week if a_week is not None else WEEK * (1 if a_day is None else a_day)
    if not 0.05 <= pace <= 700:
        stop("the pace must lie between one lesson in 20 weeks and 100 a day")
    return pace


def _budget(reviews: int | None, minutes: int | None) -> int:
    """Reviews a day."""
    from lessons.memory.backlog import DAILY
    from lessons.reminding.wording import SECONDS

    if reviews is not None and minutes is not None:
        stop("give --budget or --minutes, not both")
    found = int(minutes * 60 / SECONDS) if minutes is not None else reviews
    if found is None:
        return DAILY
    if found < 1:
        stop("the budget must be at least one review, or one minute, a day")
    return found


def course_named(given: str) -> "Course":
    from bot.cli.course import bundled
    from bot.wiring import markdown

    folders = markdown.find(Path(given or bundled()))
    if given and not folders:
        folders = [each for each in markdown.find(bundled()) if each.name == given.casefold()]
    if not folders:
        stop(f"{given}: neither a bundled course nor a folder with one")
    read = [markdown.read(folder) for folder in folders]
    found = sorted((course for course, _ in read if course), key=lambda course: course.order)
    if not found:
        stop(str(read[0][1][0]))
    course = found[0]
    if not any(text.questions for lesson in course.lessons for text in lesson.texts.values()):
        stop(f"{course.id}: has no questions, so there is nothing to review")
    return course


def stop(reason: str) -> NoReturn:
    typer.echo(f"hocvu: {reason}", err=True)
    raise typer.Exit(1)


def picture(outcome: Outcome, png: Path) -> None:
    from evaluation import pictures

    days = outcome.found.days
    try:
        pictures.plan(
            png,
            [day.on for day in days],
            [day.reviews for day in days],
            [day.recall for day in days],
            outcome.plan.cap,
            outcome.plan.exam,
        )
    except (OSError, ValueError) as reason:
        stop(f"{png}: cannot be drawn: {reason}")


def _as_lines(outcome: Outcome) -> list[str]:
    plan, found = outcome.plan, outcome.found
    learned = sum(day.learned for day in found.days)
    lines = [
        f"{outcome.course.upper()}: {len(plan.aims)} questions, from {plan.start} to "
        f"{'the exam on ' if plan.exam else ''}{plan.end}, {plan.cap} reviews a day.",
        f"The mean of {PUPILS} simulated learners, no promise about a person.",
        "",
        "week from    new  reviews  fullest day  waiting  recall",
        *_weeks(found.days),
        "",
        f"On {found.on}: {found.recall:.1%} of the course is remembered, "
        f"{found.weakest:.1%} of its weakest tenth.",
        f"{found.reviews:.0f} reviews in all, at most {found.most:.0f} on a day.",
    ]
    if round(learned) < len(plan.aims):
        lines.append(
            f"Only {learned:.0f} of {len(plan.aims)} questions are learned by then: "
            "take more lessons a week, or begin earlier."
        )
    if outcome.enough is not None:
        when = "for this exam" if plan.exam else "for this pace"
        lines.append(f"{plan.cap} reviews a day are too few {when}: {outcome.enough} would do.")
    return lines


def _weeks(days: Sequence["Day"]) -> list[str]:
    weeks = [days[first : first + WEEK] for first in range(0, len(days), WEEK)]
    sums = [sum(day.reviews for day in week) for week in weeks]
    longest = max(sums) or 1
    return [
        f"{week[0].on}  {sum(day.learned for day in week):4.0f}  {total:7.0f}"
        f"  {max(day.reviews for day in week):11.0f}  {week[-1].waiting:7.0f}"
        f"  {week[-1].recall:6.0%}  {'█' * ceil(BAR * total / longest)}"
        for week, total in zip(weeks, sums, strict=True)
    ]


def _as_dict(outcome: Outcome) -> dict[str, object]:
    plan, found = outcome.plan, outcome.found
    days = [{**asdict(day), "on": f"{day.on}"} for day in found.days]
    for day in days:
        del day["asked"]
    return {
        "course": outcome.course,
        "items": len(plan.aims),
        "start": f"{plan.start}",
        "exam": f"{plan.exam}" if plan.exam else None,
        "budget": plan.cap,
        "enough": outcome.enough or plan.cap,
        "learners": PUPILS,
        "learned": sum(day.learned for day in found.days),
        "reviews": found.reviews,
        "fullest_day": found.most,
        "on": f"{found.on}",
        "recall": found.recall,
        "weakest_tenth": found.weakest,
        "days": days,
    }
