"""getUpdates: a long poll that a new update ends at once, and a second poll too."""

import asyncio
from contextlib import suppress

from bot.fake_telegram.chats import Wire
from bot.fake_telegram.errors import ApiError
from bot.fake_telegram.faults import Faults
from bot.fake_telegram.fields import fields, read
from bot.fake_telegram.world import Update, World

FIELDS = fields("offset limit timeout allowed_updates")
LONGEST = 50  # seconds
OTHER = "other getUpdates request; make sure that only one bot instance is running"


class Polling:
    """Hands out what waits in the world, to one caller at a time."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._waiting: asyncio.Future[None] | None = None

    @property
    def waits(self) -> bool:
        return self._waiting is not None and not self._waiting.done()

    def news(self, _: Update) -> None:
        """Something new waits."""
        if self._waiting is not None and self.waits:
            self._waiting.set_result(None)

    def end(self, by: str) -> None:
        """The poll that is running fails."""
        if self._waiting is not None and self.waits:
            self._waiting.set_exception(ApiError(409, f"Conflict: terminated by {by}"))

    async def ask(self, p: Wire) -> list[Wire]:
        """The updates a bot that polls gets. Raises ApiError."""
        if self._world.webhook is not None:
            reason = "can't use getUpdates method while webhook is active"
            raise ApiError(
                409, f"Conflict: {reason}; use deleteWebhook to delete the webhook first"
            )
        self._world.allow(p.get("allowed_updates"))
        self.end(OTHER)
        self._confirm(p.get("offset", 0))
        if not self._world.updates and p.get("timeout", 0) > 0:
            await self._wait(min(p["timeout"], LONGEST))
        limit = min(max(p.get("limit", 100), 1), 100)
        batch = [update.body for update in list(self._world.updates.values())[:limit]]
        if len(batch) > 1 and (fault := self._faults.delivery("shuffle")):
            fault.chance.shuffle(batch)
        return batch

    def _confirm(self, offset: int) -> None:
        updates = self._world.updates
        if offset < 0:
            offset = max((u.id for u in updates.values()), default=0) + 1 + offset
        while updates:
            first = next(iter(updates.values()))
            if first.id >= offset:
                break
            del updates[first.number]

    async def _wait(self, seconds: float) -> None:
        self._waiting = waiting = asyncio.get_running_loop().create_future()
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(waiting, seconds)
        finally:
            if self._waiting is waiting:
                self._waiting = None


def read_poll(given: Wire) -> Wire:
    """The values of a getUpdates call. Raises ApiError."""
    return read(given, FIELDS)
