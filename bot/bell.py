"""Who waits for news of the outbox, and who rings when there are some."""

import asyncio
from contextlib import suppress
from weakref import WeakValueDictionary

from lessons.messages import Address
from lessons.ports import Outbox, Stale, Unavailable

LOOK_AGAIN = 0.5  # seconds: other processes write rows too


class Bell:
    """Rung after every commit of this process; whoever waits looks into the outbox."""

    def __init__(self) -> None:
        # Held by those who wait, so that nobody else is remembered. None waits for every chat.
        self._waiting: WeakValueDictionary[Address | None, asyncio.Event] = WeakValueDictionary()

    def ring(self, address: Address | None = None) -> None:
        """For news of one chat, or for any of them."""
        for each in list(self._waiting) if address is None else (address, None):
            if (rung := self._waiting.pop(each, None)) is not None:
                rung.set()

    async def wait(self, seconds: float, address: Address | None = None) -> None:
        """Until it is rung for this chat (for any, without one), or the time is over."""
        rung = self._waiting.setdefault(address, asyncio.Event())
        with suppress(TimeoutError):
            await asyncio.wait_for(rung.wait(), seconds)


async def watch(store: Outbox, bell: Bell) -> None:
    """Ring for what other processes have written; ends by being cancelled."""
    seen = 0
    while True:
        try:
            newest = await store.newest()
        except (Unavailable, Stale):
            newest = seen
        if newest != seen:
            bell.ring()
        seen = newest
        await store.news(LOOK_AGAIN)
