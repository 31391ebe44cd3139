"""The way in: one message at a time per chat, repeats dropped, and the last resort for a mistake.

The only place where any exception is caught: it is logged for the operator and the learner is told
that the message was not dealt with and that nothing is lost.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from weakref import WeakValueDictionary

import structlog

from bot.outbox import Bell
from lessons.messages import Address, Heard
from lessons.ports import Repeated, Unavailable
from lessons.use_cases.converse import Converse

log = structlog.get_logger(__name__)


class Inbox:
    """Every platform hands its messages to `hear`."""

    def __init__(self, converse: Converse, bell: Bell, now: Callable[[], datetime]) -> None:
        self._converse = converse
        self._bell = bell
        self._now = now
        self._locks: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    async def hear(self, heard: Heard) -> None:
        """One message, all its way into the outbox. Raises Unavailable: nothing was saved."""
        lock = self._locks.setdefault(heard.address, asyncio.Lock())
        async with lock:
            try:
                await self._converse(heard, self._now())
            except Repeated:
                log.info("repeated", platform=heard.address.platform, update=heard.update)
                return
            except Unavailable as reason:
                log.error("unavailable", reason=str(reason))
                raise
            except Exception:
                log.exception("failed", platform=heard.address.platform, update=heard.update)
                await self._apologise(heard)
        self._bell.ring(heard.address)

    async def _apologise(self, heard: Heard) -> None:
        try:
            await self._converse.apologise(heard, self._now())
        except Repeated:
            return
        except Exception as error:
            log.exception("failed to apologise", update=heard.update)
            raise Unavailable("the apology could not be saved either") from error
