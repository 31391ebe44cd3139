"""The only way out: a lane per platform takes its messages from the outbox and sends them in order.

A row is claimed with a lease, marked `sending` just before the call, and settled after it; a lane
that was killed leaves nothing behind that the next one would not take up (decision 0003).
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import structlog

from lessons.messages import Address, Sent
from lessons.ports import (
    Gone,
    Messenger,
    Outbox,
    Outcome,
    Refused,
    Stale,
    TryLater,
    Unavailable,
    Unknown,
)

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
LOOK_AGAIN = 0.5  # seconds: other processes write rows too
AGAIN = timedelta(seconds=5)  # before a reply that may not have arrived is sent once more
AT_ONCE = 50


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
            except (Unavailable, Stale) as reason:
                log.error("unavailable", lane=self._platform, reason=str(reason))
            except Exception:
                log.exception("lane failed", lane=self._platform)  # the next round tries again
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
        except Exception:  # a mistake of ours in the platform's file: not to hold up the others
            log.exception("not sent", lane=self._platform, message=sent.id)
            outcome = "failed"
        await self._store.settle(sent.id, outcome, self._now(), not_before)
