"""The way in: one message at a time per chat, repeats dropped, and the last resort for a mistake.

Any exception ends here: it is logged for the operator, and the learner is told that the message was
not dealt with and that nothing is lost.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakValueDictionary

import structlog

from bot.bell import Bell
from bot.thinking import Thinking
from lessons.messages import Address, Heard
from lessons.ports import Learners, Repeated, Stale, Unavailable
from lessons.use_cases.converse import Converse
from lessons.use_cases.group_quiz import GroupQuiz

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Inbox:
    """Every platform hands its messages to `hear`."""

    converse: Converse
    group: GroupQuiz
    thinking: Thinking
    store: Learners
    bell: Bell
    now: Callable[[], datetime]
    _locks: WeakValueDictionary[Address, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def hear(self, heard: Heard) -> None:
        """One message, all its way into the outbox. Raises Unavailable: nothing was saved."""
        if heard.medium == "stop":  # meant for the message before it, which is being answered
            self.thinking.stop(heard.address)
            return
        lock = self._locks.setdefault(heard.address, asyncio.Lock())
        async with lock:
            try:
                await self._dealt_with(heard)
            except Repeated:
                log.info("repeated", platform=heard.address.platform, update=heard.update)
                return
            except Unavailable as reason:
                log.error("unavailable", reason=str(reason))
                raise
            except Stale as reason:
                raise Unavailable("somebody else saved first") from reason
            except Exception:
                log.exception("failed", platform=heard.address.platform, update=heard.update)
                await self._apologise(heard)
        self.bell.ring(heard.address)

    async def _dealt_with(self, heard: Heard) -> None:
        """To whom it is said, or what has to be noted of what a platform tells."""
        now = self.now()
        match heard.medium:
            case "left":
                await self.store.left(heard.address, now)
            case "back":
                await self.store.back(heard.address, now)
            case "moved":
                await self.store.moved(heard.address, heard.text)
            case "vote":
                await self.group.voted(heard, now)
            case _ if heard.sender:
                await self.group(heard, now)
            case _:
                await self.converse(heard, now)

    async def _apologise(self, heard: Heard) -> None:
        """Where a person waits for an answer."""
        if heard.sender or heard.medium not in ("text", "tap", "other", "guarded"):
            return
        try:
            await self.converse.apologise(heard, self.now())
        except Repeated:
            return
        except Exception as error:
            log.exception("failed to apologise", update=heard.update)
            raise Unavailable("the apology could not be saved either") from error
