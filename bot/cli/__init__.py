"""The `hocvu` command: one file per group. Each imports what it needs only when it is called, so
that `--help` answers at once."""

import sys

import typer

from bot.cli import (
    broadcast,
    chat,
    course,
    course_coverage,
    db,
    evaluate,
    evaluate_reminders,
    evaluate_schedule,
    fake_telegram,
    memory,
    plan,
    serve,
    settings,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="HocVu: a tutor for digital skills that lives in the messenger people already have open.",
)
app.command(name="serve")(serve.serve)
app.command(name="chat")(chat.chat)
app.command(name="settings")(settings.settings)
app.command(name="plan")(plan.plan)
app.command(name="fake-telegram")(fake_telegram.fake_telegram)
app.add_typer(broadcast.app, name="broadcast")
for each in (course_coverage.coverage, course_coverage.dump, course_coverage.due):
    course.app.command()(each)
app.add_typer(course.app, name="course")
app.add_typer(db.app, name="db")
app.add_typer(memory.app, name="memory")
evaluate.app.command(name="reminders")(evaluate_reminders.reminders)
evaluate.app.command(name="scenarios")(evaluate_schedule.scenarios)
evaluate.app.command(name="pictures")(evaluate_schedule.draw)
app.add_typer(evaluate.app, name="eval")


def main() -> None:
    """The console script; Ctrl-C ends cleanly."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(0)
