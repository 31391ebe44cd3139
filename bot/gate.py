"""Who goes next: everything that is to be sent to a platform waits here for its turn.

Replies go before reminders before broadcasts; within a kind first come, first served, but a chat
that had too much holds up nobody else.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.budget import SendBudget
from lessons.messages import Kind
from lessons.ports import KINDS, TryLater

PATIENCE = 10.0  # seconds: what would wait longer goes back into the outbox


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    chat: str
    turn: asyncio.Future[None]


class Gate:
    """A budget and those who wait for it. `clock` counts seconds; the event loop's is meant."""

    def __init__(self, budget: SendBudget, clock: Callable[[], float]) -> None:
        self._budget = budget
        self._clock = clock
        self._waiting: dict[Kind, list[_Waiting]] = {kind: [] for kind in KINDS}
        self._wake: asyncio.TimerHandle | None = None

    async def turn(self, chat: str, kind: Kind, patience: float = PATIENCE) -> None:
        """Return when one message may be sent to this chat. Raises TryLater for a longer wait."""
        now = self._clock()
        wait = max(self._budget.overall(now, kind), self._budget.chat(now, chat))
        if wait > patience:
            raise TryLater(wait)
        if wait <= 0 and not any(self._waiting.values()):
            self._budget.spend(now, chat, kind)
            return
        waiting = _Waiting(chat, asyncio.get_running_loop().create_future())
        self._waiting[kind].append(waiting)
        self._advance()
        try:
            await waiting.turn
        finally:
            if waiting in self._waiting[kind]:
                self._waiting[kind].remove(waiting)

    def halt(self, seconds: float) -> None:
        """Everybody waits so long from now."""
        self._budget.halt(self._clock() + seconds)

    def closed_for(self) -> float:
        """How many seconds everybody still has to wait."""
        return max(0.0, self._budget.halted_until - self._clock())

    def _advance(self) -> None:
        """Let through whoever may go, and come back when the next one may."""
        now, soonest = self._clock(), float("inf")
        for kind in KINDS:
            for waiting in list(self._waiting[kind]):
                overall = self._budget.overall(now, kind)
                if overall > 0:
                    soonest = min(soonest, overall)
                    break
                own = self._budget.chat(now, waiting.chat)
                if own > 0:
                    soonest = min(soonest, own)
                elif not waiting.turn.done():
                    self._budget.spend(now, waiting.chat, kind)
                    self._waiting[kind].remove(waiting)
                    waiting.turn.set_result(None)
        if self._wake is not None:
            self._wake.cancel()
        loop, waits = asyncio.get_running_loop(), soonest < float("inf")
        self._wake = loop.call_later(max(soonest, 0.001), self._advance) if waits else None
