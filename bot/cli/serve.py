"""`hocvu serve`: the web chat, the clock and every platform that is set up, in one process."""

import asyncio
import gc
import os
import sys
import webbrowser
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Hook, House

    Running = Callable[[], Coroutine[None, None, None]]

LEASE = timedelta(seconds=6)  # a killed server's successor waits at most this long
RENEW = 2.0  # seconds
NAME = "serve"


def serve() -> None:
    """Run the tutor: web chat, reminders and every platform that is set up."""
    from bot.cli.plain import plainly
    from bot.logs import configure

    configure()
    with plainly():
        asyncio.run(_serve())


async def _serve() -> None:
    from bot import wiring
    from bot.bell import watch
    from bot.settings import read

    settings = read()
    async with wiring.opened(settings) as house:
        await _only_one(house)
        gc.freeze()  # courses and modules stay: no collection need look through them again
        hooks, platforms = _platforms(house, settings)
        server = await wiring.web_server(house, settings, hooks)
        ticker = house.ticker()
        ticker.start()
        meanwhile = [
            asyncio.create_task(_renew(house, server.stop)),
            asyncio.create_task(watch(house.store, house.bell)),
            *(asyncio.create_task(platform()) for platform in platforms),
        ]
        address = f"http://{settings.web_host}:{server.port}"
        typer.echo(f"HocVu is at {address} (Ctrl-C ends)")
        if sys.stdout.isatty() and _has_a_screen():
            await asyncio.to_thread(webbrowser.open, address)
        try:
            await server.run()
        finally:
            ticker.stop()
            for task in meanwhile:
                task.cancel()
            await asyncio.gather(*meanwhile, return_exceptions=True)
            await house.store.release(NAME, house.owner)


def _platforms(house: "House", settings: "Settings") -> "tuple[dict[str, Hook], list[Running]]":
    """The messengers that are set up: what takes their updates from the web, what runs them. One
    that cannot be is told to the operator, and the others go on."""
    if not settings.telegram_token.get_secret_value():
        return {}, []
    from bot.platforms.telegram import PLATFORM, Deaf
    from bot.telegram import Telegram  # takes two seconds to import: only where it is wanted

    def tell(sentence: str) -> None:
        typer.echo(sentence, err=True)

    try:
        telegram = Telegram(house, settings, tell)
    except Deaf as why:
        tell(f"hocvu: Telegram: {why}")
        return {}, []
    return {PLATFORM: telegram.hook}, [telegram.run]


def _has_a_screen() -> bool:
    """Whether a browser window could be opened here; over a remote line there is none."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform == "darwin" or any(os.environ.get(name) for name in screens)


async def _only_one(house: "House") -> None:
    """Take the lease, waiting for a killed server's one to end. Raises Unavailable."""
    from lessons.ports import Unavailable

    for _ in range(int(LEASE.total_seconds()) + 1):
        if await _take(house):
            return
        await asyncio.sleep(1)
    raise Unavailable("another 'hocvu serve' is running on this database: stop it first")


async def _take(house: "House") -> bool:
    now = house.now()
    return await house.store.lease(NAME, house.owner, now, now + LEASE)


async def _renew(house: "House", stop: Callable[[], None]) -> None:
    """Keep the lease; who has lost it (after a long sleep of the machine) stops serving."""
    from lessons.ports import Stale, Unavailable

    while True:
        await asyncio.sleep(RENEW)
        with suppress(Unavailable, Stale):  # tried again; meanwhile nobody else can write either
            if not await _take(house):
                typer.echo("hocvu: another 'hocvu serve' has taken over this database", err=True)
                stop()
                return
