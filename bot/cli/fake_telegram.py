"""`hocvu fake-telegram`: a Telegram of your own on this machine, to try the bot with no account."""

import asyncio
from typing import Annotated

import typer

Port = Annotated[int, typer.Option(help="Where it listens, on 127.0.0.1; 0: any free port.")]
Token = Annotated[str, typer.Option(help="The token of the bot: a number, a colon, any letters.")]
Limits = Annotated[bool, typer.Option(help="With Telegram's flood control.")]
Bare = Annotated[bool, typer.Option(help="With nobody in it and no messages kept, for measuring.")]


def fake_telegram(
    port: Port = 8081, token: Token = "123456:fake", limits: Limits = False, bare: Bare = False
) -> None:
    """Run a fake Telegram: the Bot API for the bot, and a page where you are its users."""
    number, _, rest = token.partition(":")
    if not number.isdecimal() or not rest:
        raise typer.BadParameter("a token looks like 123456:fake", param_hint="--token")
    asyncio.run(_serve(port, token, limits=limits, bare=bare))


async def _serve(port: int, token: str, *, limits: bool, bare: bool) -> None:
    from bot.fake_telegram import FakeTelegram
    from bot.fake_telegram.page import furnish

    fake = FakeTelegram(port, token, limits=limits, keep=not bare)
    if not bare:
        furnish(fake.people, fake.groups)
    try:
        await fake.start()
    except OSError as reason:
        typer.echo(f"hocvu: {reason}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Fake Telegram is at {fake.url} (Ctrl-C ends). Start the bot beside it with")
    typer.echo(f"HOCVU_TELEGRAM_TOKEN={token} HOCVU_TELEGRAM_API_URL={fake.url} make run")
    try:
        await asyncio.Event().wait()
    finally:
        await fake.stop()
