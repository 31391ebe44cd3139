"""`hocvu eval scenarios` and `pictures`: what the schedule's rules are worth, told and drawn."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.plan import course_named, outcome, picture, stop

if TYPE_CHECKING:
    from evaluation.scenarios import Row

LIVES, LIFE = 100, 180  # simulated learners and days of the picture of reminder hours


def scenarios(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="All if none.")] = (
        None
    ),
    learners: Annotated[int, typer.Option(min=1, help="Simulated, for each row.")] = 4,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """What the schedule's rules are worth: balancing, exam, workload, guessing, backlog.

    Each beside what it is compared with, on simulated learners.
    """
    from evaluation.scenarios import EVERY

    for name in names or ():
        if name not in EVERY:
            stop(f"no scenario {name}: there are {', '.join(EVERY)}")
    found = {name: EVERY[name](learners) for name in names or EVERY}
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, rows in found.items():
        typer.echo(f"{name}: {' '.join((EVERY[name].__doc__ or '').split())}\n")
        typer.echo("\n".join(_table(rows)) + "\n")


def draw(
    to: Annotated[Path, typer.Argument(metavar="DIR", help="An existing folder.")],
    log: Annotated[
        Path | None, typer.Option(metavar="LOG.csv", help="As for hocvu eval memory.")
    ] = None,
    zone: Annotated[str, typer.Option("--tz")] = "Asia/Ho_Chi_Minh",
    rollover: Annotated[int, typer.Option()] = 3,
) -> None:
    """Draw the pictures of docs/memory.md and docs/reminders.md; calibration needs --log."""
    from evaluation import pictures
    from evaluation.memory import foretold
    from evaluation.reminders import evaluate
    from evaluation.review_log import read
    from evaluation.scenarios import BEGIN, lived, schedules, workload
    from lessons.memory.forecast import course_plan

    wanted = course_plan(course_named("c6"), BEGIN, 2, BEGIN + timedelta(days=90))
    picture(outcome(course_named("c6"), wanted, 1), to / "plan.png")
    rows = [
        (float(row["retention"]), float(row["reviews"]), float(row["remembered"]))
        for row in workload(2)
    ]
    pictures.workload(to / "workload.png", rows)
    daily = {
        name: [day.reviews for day in lived(plan, 1)[0][1]] for name, plan in schedules().items()
    }
    pictures.loads(to / "loads.png", daily, BEGIN)
    by_half_hour = evaluate(LIVES, LIFE, 1, 1)["half_hours"]
    assert isinstance(by_half_hour, list)
    sent = [half / 2 for half, reminders in enumerate(by_half_hour) for _ in range(reminders)]
    pictures.hours(to / "hours.png", sent)
    if log is not None:
        with log.open(encoding="utf-8", newline="") as lines:
            found = foretold(read(lines, zone, rollover), fitted=True)
        shown = ("product", "product_fitted", "sm2")
        bins = found.calibration(10)
        pictures.calibration(to / "calibration.png", {name: bins[name] for name in shown})


def _table(rows: Sequence["Row"]) -> list[str]:
    """Rows as a Markdown table, as docs/memory.md has them."""
    heads = list(rows[0])
    cells = [[_cell(row[head]) for head in heads] for row in rows]
    titles = [head.replace("_", " ") for head in heads]
    lines = [titles, ["---"] * len(heads), *cells]
    return [f"| {' | '.join(line)} |" for line in lines]


def _cell(value: str | float) -> str:
    if isinstance(value, str | int):
        return str(value)
    for below, digits in ((2, 3), (10, 2), (100, 1)):
        if value < below:
            return f"{value:.{digits}f}"
    return f"{value:,.0f}"
