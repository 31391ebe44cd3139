"""`hocvu eval reminders`: simulated learners through the real engine, and what came of it."""

import json
from typing import Annotated

import typer


def reminders(
    learners: Annotated[int, typer.Option(help="Simulated learners.", min=1)] = 200,
    days: Annotated[int, typer.Option(help="Days of each.", min=1)] = 180,
    seed: Annotated[int, typer.Option(help="The same seed gives the same figures.")] = 1,
    processes: Annotated[int, typer.Option(help="Cores to use.", min=1)] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Habits, absences, journeys, crashes, clocks set back: what the reminders do in all of it.

    Exit code 1 when a rule was broken (docs/reminders.md names them).
    """
    from evaluation.reminders import as_lines, evaluate
    from evaluation.reminders_checks import BROKEN

    figures = evaluate(learners, days, seed, processes)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(as_lines(figures)))
    if any(figures[name] for name in BROKEN):
        raise typer.Exit(1)
