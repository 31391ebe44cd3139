"""`hocvu broadcast`: one text to everybody who agreed, how far it is, and stopping it."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.wiring import House
    from lessons.broadcasts import Tally

app = typer.Typer(no_args_is_help=True, help="Broadcasts: one text to many.")

Name = Annotated[str, typer.Argument(help="The broadcast's name, as `send` printed it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")]
Everybody = Annotated[
    bool, typer.Option("--all", help="To everybody who agreed and said when to be reminded.")
]
Text = Annotated[str, typer.Option(help="What is said.")]


@app.command()
def send(text: Text, everybody: Everybody = False, as_json: AsJson = False) -> None:
    """Put a text into the outbox for everybody; a running `hocvu serve` sends it.

    Outside the quiet hours of each person, replies first.
    """
    if not everybody:
        typer.echo("hocvu: say to whom: --all", err=True)
        raise typer.Exit(2)
    if not text.strip():
        typer.echo("hocvu: a broadcast needs a text: --text", err=True)
        raise typer.Exit(2)
    name = secrets.token_hex(4)

    async def work(house: "House") -> None:
        from lessons.use_cases.broadcast import spread

        await house.store.announce(name, text.strip(), house.now())
        await spread(house.store, house.now())
        _show(name, await house.store.tally(name), as_json)

    _with_house(work)


@app.command()
def status(name: Name, as_json: AsJson = False) -> None:
    """How many are queued, sent, failed, unknown and cancelled."""

    async def work(house: "House") -> None:
        _show(name, await house.store.tally(name), as_json)

    _with_house(work)


@app.command()
def stop(name: Name, as_json: AsJson = False) -> None:
    """Send no more of it: what has not begun to be sent is cancelled."""

    async def work(house: "House") -> None:
        await house.store.stop(name, house.now())
        _show(name, await house.store.tally(name), as_json)

    _with_house(work)


@app.command("resend-unknown")
def resend_unknown(name: Name, as_json: AsJson = False) -> None:
    """Send once more where it may or may not have arrived: some may get it twice."""

    async def work(house: "House") -> None:
        await house.store.resend_unknown(name, house.now())
        _show(name, await house.store.tally(name), as_json)

    _with_house(work)


def _with_house(work: "Callable[[House], Awaitable[None]]") -> None:
    from bot.cli.plain import plainly
    from bot.logs import configure

    async def run() -> None:
        from bot import wiring
        from bot.settings import read

        async with wiring.opened(read()) as house:
            await work(house)

    configure(quiet=True)
    with plainly():
        asyncio.run(run())


def _show(name: str, tally: "Tally | None", as_json: bool) -> None:
    """The figures; exit code 1 for a name nobody knows."""
    if tally is None:
        typer.echo(f"hocvu: there is no broadcast {name}", err=True)
        raise typer.Exit(1)
    figures = {"id": name, **asdict(tally), "total": tally.total}
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    typer.echo("  ".join(f"{key} {value}" for key, value in figures.items()))
    if tally.unknown:
        typer.echo(
            f"unknown: it may or may not have arrived; hocvu broadcast resend-unknown {name}"
        )
    if tally.queued and tally.state != "stopped":
        typer.echo(f"to send no more of it: hocvu broadcast stop {name}")
