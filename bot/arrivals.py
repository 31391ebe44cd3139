"""What a messenger sends is kept first and handled then: nothing that was confirmed can be lost.

Each chat's messages are handled in their order, one at a time; different chats at the same time.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime

import structlog

from lessons.guard import screened
from lessons.messages import Address, Heard
from lessons.ports import Inbox, Received, Stale, Unavailable

log = structlog.get_logger(__name__)

AT_ONCE = 500  # updates that are being handled
LOOK_AGAIN = 2.0  # seconds: another process may receive too
AGAIN = 1.0  # seconds before a store that is away is asked again
TRIES = 20  # a message that was in hand so often when the process ended is left alone

Hear = Callable[[Heard], Awaitable[None]]


class Arrivals:
    """One platform's way in."""

    def __init__(
        self,
        platform: str,
        store: Inbox,
        hear: Hear,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._platform = platform
        self._store = store
        self._hear = hear
        self._now = now
        self._pause = pause
        self._news = asyncio.Event()
        self._known: set[int] = set()
        self._chats: dict[Address, deque[Received]] = {}
        self._working: set[asyncio.Task[None]] = set()

    async def receive(self, heard: Sequence[Heard]) -> None:
        """Keep what arrived, guarded. Raises Unavailable: nothing was kept."""
        try:
            new = await self._store.receive([screened(each) for each in heard], self._now())
        except Stale as error:
            raise Unavailable("two were kept at once, in each other's way") from error
        if new:
            self._news.set()

    async def run(self) -> None:
        """Handle what was kept, for ever; ends by being cancelled."""
        try:
            while True:
                self._news.clear()
                if not await self.take():
                    try:
                        await asyncio.wait_for(self._news.wait(), LOOK_AGAIN)
                    except TimeoutError:
                        continue
        finally:
            for task in self._working:
                task.cancel()
            await asyncio.gather(*self._working, return_exceptions=True)
            self._chats.clear()
            self._known.clear()

    async def take(self) -> int:
        """Give each chat what waits for it; returns how many messages were taken up."""
        room = AT_ONCE - len(self._known)
        try:
            found = await self._store.received(self._platform, room, self._known) if room else ()
        except (Unavailable, Stale) as reason:
            log.error("unavailable", platform=self._platform, reason=str(reason))
            return 0
        for each in found:
            self._known.add(each.id)
            chat = each.heard.address
            if each.heard.medium == "stop":  # it is about the message before it
                self._begin(self._handle(each))
            elif chat in self._chats:
                self._chats[chat].append(each)
            else:
                self._chats[chat] = deque([each])
                self._begin(self._work(chat))
        return len(found)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _work(self, chat: Address) -> None:
        """What is left when this ends early is given out again."""
        waiting = self._chats[chat]
        try:
            while waiting:
                await self._handle(waiting[0])
                waiting.popleft()
        finally:
            del self._chats[chat]
            self._known.difference_update(each.id for each in waiting)

    async def _handle(self, received: Received) -> None:
        """Until it is dealt with: a store that is away is asked again."""
        try:
            if received.tries > TRIES:
                log.error("left alone", platform=self._platform, update=received.heard.update)
            else:
                await self._insist(lambda: self._hear(received.heard))
            await self._insist(lambda: self._store.handled([received.id]))
        finally:
            self._known.discard(received.id)

    async def _insist(self, do: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                return await do()
            except (Unavailable, Stale):
                await self._pause(AGAIN)
