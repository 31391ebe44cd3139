"""`hocvu db`: whether the database fits this program, and making it fit."""

import asyncio

import typer

app = typer.Typer(no_args_is_help=True, help="The database: check it, bring it up to date.")


@app.command()
def upgrade() -> None:
    """Bring the tables up to date; an SQLite file is copied beside itself first.

    `hocvu serve` does the same at its start.
    """
    from bot import clock
    from bot.cli.plain import plainly
    from bot.settings import read
    from bot.wiring import schema

    with plainly():
        copy = asyncio.run(schema.upgrade_by_hand(read().database_url, clock.now()))
    if copy is not None:
        typer.echo(f"the file as it was: {copy}")
    typer.echo(f"up to date: {schema.HEAD}")


@app.command()
def check() -> None:
    """Say whether the database is whole and up to date. Exit code 1 when it is not."""
    from bot.cli.plain import plainly
    from bot.settings import read
    from bot.wiring import schema

    with plainly():
        found = asyncio.run(schema.check(read().database_url))
    if found.condition == "current":
        typer.echo(f"up to date: {schema.HEAD}")
        return
    typer.echo(
        f"to be upgraded from {found.revision or 'nothing'} to {schema.HEAD}: hocvu db upgrade"
    )
    raise typer.Exit(1)
