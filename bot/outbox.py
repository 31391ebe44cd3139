"""The only way out: a lane per platform takes its messages from the outbox and sends them in order.

A row is claimed with a lease, marked `sending` just before the call, and settled after it; a lane
that was killed leaves nothing behind that the next one would not take up (decision 0003).
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from lessons.messages import Sent
from lessons.ports import Gone, Messenger, Outbox, Outcome, Refused, TryLater, Unavailable, Unknown

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
LOOK_AGAIN = 0.5  # seconds: other processes write rows too
AGAIN = timedelta(seconds=5)  # before a reply that may not have arrived is sent once more
AT_ONCE = 50


class Bell:
    """Rung after every commit of this process; whoever waits looks into the outbox."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until it is rung, or the time is over."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)


async def watch(store: Outbox, bell: Bell) -> None:
    """Ring for what other processes have written; ends by being cancelled."""
    seen = 0
    while True:
        try:
            newest = await store.newest()
        except Unavailable:
            newest = seen
        if newest != seen:
            bell.ring()
        seen = newest
        await asyncio.sleep(LOOK_AGAIN)


class Lane:
    """One platform's way out."""

    def __init__(
        self,
        platform: str,
        messenger: Messenger,
        store: Outbox,
        owner: str,
        now: Callable[[], datetime],
    ) -> None:
        self._platform = platform
        self._messenger = messenger
        self._store = store
        self._owner = owner
        self._now = now

    async def run(self, bell: Bell) -> None:
        """Send for ever; ends by being cancelled. A store that is away is asked again."""
        while True:
            try:
                while await self.deliver():
                    pass
            except Unavailable as reason:
                log.error("unavailable", lane=self._platform, reason=str(reason))
            await bell.wait(LOOK_AGAIN)

    async def deliver(self) -> int:
        """Send what can be sent now; returns how many messages were taken up."""
        now = self._now()
        claimed = await self._store.claim(self._platform, self._owner, now, now + LEASE, AT_ONCE)
        for sent in claimed:
            await self._send(sent)
        return len(claimed)

    async def _send(self, sent: Sent) -> None:
        if not await self._store.sending(sent.id, self._now(), self._owner):
            return  # the lease ran out and somebody else has it
        outcome: Outcome = "sent"
        not_before = None
        try:
            await self._messenger.send(sent.address, sent.said)
        except TryLater as wait:
            outcome, not_before = "queued", self._now() + timedelta(seconds=wait.seconds)
        except (Gone, Refused) as reason:
            log.warning("not sent", lane=self._platform, message=sent.id, reason=repr(reason))
            outcome = "failed"
        except Unknown:  # a reply is sent again, anything unasked is not (decision 0003)
            outcome = "unknown" if sent.said.kind != "reply" else "queued"
            not_before = self._now() + AGAIN
        await self._store.settle(sent.id, outcome, self._now(), not_before)
