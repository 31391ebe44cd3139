"""While an answer is being made: the platform shows it, and the person may stop it.

What is shown is never a word of the answer: only a message that was verified says something.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from lessons.failures import Stopped
from lessons.messages import Address

AT_FIRST = 0.5  # seconds: a quick answer needs no sign
DRAFT_LASTS = 20.0  # seconds until it is shown anew; Telegram lets it go after 30
TYPING_LASTS = 4.0  # seconds; Telegram lets it go after 5


class Signs(Protocol):
    """How a platform shows that somebody is at work; False when it could not."""

    async def draft(self, chat: str, number: int) -> bool: ...

    async def typing(self, chat: str) -> bool: ...


@dataclass(slots=True, eq=False)
class _Answering:
    task: "asyncio.Task[object]"
    stopped: bool = False


class Thinking:
    """The answers that are being made, by chat, and the signs of each platform."""

    def __init__(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.signs: dict[str, Signs] = {}
        self._pause = pause
        self._answering: dict[Address, _Answering] = {}
        self._numbers = count(1)  # of drafts; none is 0

    @asynccontextmanager
    async def about(self, address: Address) -> AsyncIterator[None]:
        """Shows it as long as the block lasts. Raises Stopped when the person stops it."""
        task = asyncio.current_task()
        signs = self.signs.get(address.platform)
        if task is None or signs is None:
            yield
            return
        answering = self._answering[address] = _Answering(task)
        showing = asyncio.create_task(self._show(signs, address.chat))
        try:
            yield
        except asyncio.CancelledError:
            if not answering.stopped:
                raise
            task.uncancel()
            raise Stopped from None
        finally:
            showing.cancel()
            self._answering.pop(address, None)

    def stop(self, address: Address) -> None:
        """The person does not want to wait; without an answer under way nothing happens."""
        answering = self._answering.pop(address, None)
        if answering is not None:
            answering.stopped = True
            answering.task.cancel()

    async def _show(self, signs: Signs, chat: str) -> None:
        await self._pause(AT_FIRST)
        number = next(self._numbers)
        while await signs.draft(chat, number):
            await self._pause(DRAFT_LASTS)
        while await signs.typing(chat):
            await self._pause(TYPING_LASTS)
