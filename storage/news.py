"""What processes tell each other through a PostgreSQL server: that something is in the outbox.

A NOTIFY inside the transaction of each message took a fifth of its throughput (measured): it is a
round trip more, and commits with one queue up. So it follows the commit, one for many; what a crash
leaves untold is found when the others look for themselves.
"""

import asyncio
import secrets
from contextlib import suppress
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from lessons.ports import Unavailable
from storage.trouble import explained

CHANNEL = "hocvu_outbox"
TELL = select(func.pg_notify(CHANNEL, bindparam("who")))
PAUSE = 0.05  # seconds between two NOTIFY at least


class News:
    """One connection that listens, opened when somebody first waits; a broken one is opened again
    at the next wait. What this process tells itself is no news."""

    def __init__(self, engine: AsyncEngine, where: str) -> None:
        """An engine that commits each statement by itself."""
        self._engine = engine
        self._where = where
        self._who = secrets.token_hex(8)
        self._untold = False
        self._telling: asyncio.Task[None] | None = None
        self._connection: AsyncConnection | None = None
        self._driver: Any = None  # asyncpg's connection inside
        self._opening = asyncio.Lock()
        self._arrived = asyncio.Event()

    def tell(self) -> None:
        """To all who listen, at once or after the pause."""
        self._untold = True
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self._untold:
            self._untold = False
            with suppress(Unavailable), explained(self._where):
                async with self._engine.connect() as connection:
                    await connection.execute(TELL, {"who": self._who})
            await asyncio.sleep(PAUSE)

    async def wait(self, seconds: float) -> None:
        """Until something is told, or for the time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                with suppress(Unavailable):
                    await self._listen()
                await self._arrived.wait()
        self._arrived.clear()

    async def _listen(self) -> None:
        async with self._opening:
            if self._driver is not None and not self._driver.is_closed():
                return
            await self._hang_up()
            with explained(self._where):
                self._connection = await self._engine.connect()
                driver = (await self._connection.get_raw_connection()).driver_connection
                assert driver is not None
                await driver.add_listener(CHANNEL, self._hear)
            self._driver = driver

    def _hear(self, _connection: object, _pid: int, _channel: str, who: object) -> None:
        if who != self._who:
            self._arrived.set()

    async def _hang_up(self) -> None:
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()

    async def close(self) -> None:
        """Tells what is still to be told."""
        if self._telling is not None:
            await self._telling
        await self._hang_up()
