"""The only way out: a lane per platform takes its messages from the outbox and sends them in order.

A row is claimed with a lease, marked `sending` just before each call, and settled after the last; a
lane that was killed leaves nothing behind that the next one would not take up (decision 0003).
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from weakref import WeakSet

import structlog

from bot.bell import LOOK_AGAIN, Bell
from bot.render import Caps, Part, render
from lessons.messages import Address, Kind, Sent
from lessons.ports import (
    KINDS,
    Gone,
    Moved,
    Outcome,
    Refused,
    Stale,
    Store,
    TryLater,
    Unavailable,
    Unknown,
)

log = structlog.get_logger(__name__)

T = TypeVar("T")
Begin = Callable[[], Awaitable[None]]
LEASE = timedelta(seconds=30)
CALL = timedelta(seconds=15)  # a call may take so long: with less of the lease left none begins
LONGEST = 60.0  # seconds before another try; a longer silence is the messenger's `closed_for`
AGAIN = timedelta(seconds=5)  # before a reply that may not have arrived is sent once more
IN_DOUBT = timedelta(hours=1)  # how long: then it is unknown, and holds up its chat no more
INSIST = 60  # times a second's pause, until it is given up to tell a store what became of a message
LETTING_GO = 5.0  # seconds for calls under way when a lane ends


class Lost(Exception):
    """The lease has ended, or the message is not to be sent any more."""


class Messenger(Protocol):
    """A platform's way out. `at_once`: requests of one kind that may be under way."""

    caps: Caps
    at_once: int

    def closed_for(self) -> float:
        """Seconds for which nothing may be sent at all; 0 when the platform may be spoken to."""
        ...

    async def deliver(self, address: Address, part: Part, kind: Kind, begin: Begin) -> str:
        """Send one part; `begin` is awaited just before a call that cannot be undone, and its
        exceptions are let through. Returns the platform's name of a quiz, else "".

        Raises TryLater, Gone, Moved, Refused or Unknown; anything else is a bug."""
        ...


class Lane:
    """One platform's way out. `pause` is how it waits for a store that is away."""

    def __init__(
        self,
        platform: str,
        messenger: Messenger,
        store: Store,
        owner: str,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._platform = platform
        self._messenger = messenger
        self._store = store
        self._owner = owner
        self._now = now
        self._pause = pause
        self._under_way: dict[asyncio.Task[None], Kind] = {}
        self._calling: WeakSet[asyncio.Task[None]] = WeakSet()  # those whose call was noted

    async def run(self, bell: Bell) -> None:
        """Send for ever, many at once; ends by being cancelled. A store that is away is asked
        again."""
        try:
            while True:
                taken: list[Sent] = []
                closed_for = self._messenger.closed_for()
                try:
                    if not closed_for:
                        taken = await self._take()
                except (Unavailable, Stale) as reason:
                    log.error("unavailable", lane=self._platform, reason=str(reason))
                except Exception:
                    log.exception("lane failed", lane=self._platform)  # the next round tries again
                for sent in taken:
                    task = asyncio.create_task(self._send(sent))
                    self._under_way[task] = sent.said.kind
                    task.add_done_callback(self._ended)
                if not taken:
                    await self._until_news(bell, max(closed_for, LOOK_AGAIN))
        finally:
            await self._let_go()

    async def deliver(self) -> int:
        """Send what can be sent now, one after the other; returns how many were taken up."""
        claimed = await self._claim(KINDS, 50)
        for sent in claimed:
            await self._send(sent)
        return len(claimed)

    async def _take(self) -> list[Sent]:
        """More for each kind that has half its room free: so that claims stay few, and so that a
        broadcast never keeps a reply from being sent."""
        busy, most = Counter(self._under_way.values()), self._messenger.at_once
        free = [kind for kind in KINDS if busy[kind] <= most // 2]
        if not free:
            return []
        return await self._claim(free, min(most - busy[kind] for kind in free))

    async def _claim(self, kinds: "tuple[Kind, ...] | list[Kind]", limit: int) -> list[Sent]:
        now = self._now()
        until = now + LEASE
        return list(await self._store.claim(self._platform, self._owner, now, until, limit, kinds))

    async def _until_news(self, bell: Bell, seconds: float) -> None:
        """Until something was committed, a call has ended, or the time is over."""
        rung = asyncio.create_task(bell.wait(seconds))
        try:
            await asyncio.wait(
                {rung, *self._under_way}, return_when=asyncio.FIRST_COMPLETED, timeout=seconds
            )
        finally:
            rung.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("not settled", lane=self._platform, reason=type(error).__name__)

    async def _let_go(self) -> None:
        """Calls under way may end; what still waits for its turn goes back into the outbox."""
        tasks = list(self._under_way)
        for task in tasks:
            if task not in self._calling:
                task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=LETTING_GO)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _send(self, sent: Sent) -> None:
        """All parts of one message that have not arrived yet, and what became of it."""
        begun: set[int] = set()
        outcome: Outcome = "sent"
        wait, reference = timedelta(0), ""
        try:
            reference = await self._deliver(sent, begun)
        except (Lost, Unavailable, Stale):
            return  # somebody else has it, or it is taken up again when the lease ends
        except asyncio.CancelledError:
            if not begun:
                with suppress(Unavailable, Stale):
                    await self._store.settle(sent.id, "queued", self._now())
            raise
        except Exception as error:  # noqa: BLE001  # a mistake of ours is not to hold up the others
            outcome, wait = await self._failed(sent, error)
        not_before = self._now() + wait if wait else None
        await self._insist(
            lambda: self._store.settle(sent.id, outcome, self._now(), not_before, reference)
        )

    async def _deliver(self, sent: Sent, begun: set[int]) -> str:
        """The parts in their order; `begun` are those whose call was noted. Returns the name of a
        quiz that was sent. Raises Lost, and what the platform raises."""
        reference, kind = "", sent.said.kind
        parts = render(sent.said, self._messenger.caps)
        for number, part in enumerate(parts):

            async def begin(number: int = number) -> None:
                if number not in begun:  # a part may take more than one request
                    await self._begin(sent, number)
                    begun.add(number)

            if number >= sent.parts:
                found = await self._messenger.deliver(sent.address, part, kind, begin)
                reference = found or reference
                if number + 1 < len(parts):  # it has arrived, however long the next has to wait
                    await self._begin(sent, number + 1)
        return reference

    async def _begin(self, sent: Sent, part: int) -> None:
        """Note that a part is about to leave; its call must fit into what is left of the lease."""
        ends = self._now() + CALL
        if not await self._insist(lambda: self._store.sending(sent.id, ends, self._owner, part)):
            raise Lost
        if (task := asyncio.current_task()) in self._under_way:
            self._calling.add(task)

    async def _failed(self, sent: Sent, error: Exception) -> tuple[Outcome, timedelta]:
        """What becomes of the message, and how long it has to wait for another try."""
        told = log.bind(lane=self._platform, message=sent.id)
        match error:
            case TryLater():
                return "queued", timedelta(seconds=min(error.seconds, LONGEST))
            case Moved():
                await self._insist(lambda: self._store.moved(sent.address, error.chat))
                return "queued", timedelta(0)
            case Unknown():  # a reply is sent again, anything unasked is not (decision 0003)
                again = sent.said.kind == "reply" and self._now() - sent.at < IN_DOUBT
                return ("queued", AGAIN) if again else ("unknown", timedelta(0))
            case Gone():
                told.warning("gone")
                await self._insist(lambda: self._store.left(sent.address, self._now()))
            case Refused():
                told.warning("refused", reason=str(error))
            case _:
                told.error("not sent", exc_info=error)
        return "failed", timedelta(0)

    async def _insist(self, do: Callable[[], Awaitable[T]]) -> T:
        """Tell a store that is away for a while. Raises Unavailable when it stays away."""
        for _ in range(INSIST):
            try:
                return await do()
            except (Unavailable, Stale):
                await self._pause(1.0)
        return await do()
