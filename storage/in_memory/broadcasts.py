"""In dictionaries: one text to many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lessons.broadcasts import Announcement, Listener, Tally
from lessons.ports import Repeated
from storage.in_memory.memories import MemoryMemories
from storage.lines import OPEN, Line, announcement


@dataclass(slots=True)
class Spreading:
    """A broadcast; `cursor` is the last learner who has a row of it."""

    text: str
    at: datetime
    state: str = "spreading"
    cursor: str = ""


class MemoryBroadcasts(MemoryMemories):
    """ports.Broadcasts, over people and their chats."""

    def __init__(self, first: int = 1) -> None:
        super().__init__(first)
        self._broadcasts: dict[str, Spreading] = {}

    async def announce(self, broadcast: str, text: str, now: datetime) -> None:
        if broadcast in self._broadcasts:
            raise Repeated
        self._broadcasts[broadcast] = Spreading(text, now)

    def _spreading(self, broadcast: str) -> Spreading | None:
        found = self._broadcasts.get(broadcast)
        return found if found is not None and found.state == "spreading" else None

    async def unspread(self) -> Sequence[tuple[str, str]]:
        found = [
            (spreading.at, name, spreading.text)
            for name, spreading in self._broadcasts.items()
            if spreading.state == "spreading"
        ]
        return [(name, text) for _, name, text in sorted(found)]

    async def listeners(self, broadcast: str, limit: int) -> Sequence[Listener]:
        if (spreading := self._spreading(broadcast)) is None:
            return []
        agreed = sorted(
            learner.id
            for learner in self._learners.values()
            if learner.consent == "yes" and learner.remind_asked and learner.id > spreading.cursor
        )
        found = self._reached(agreed, limit)
        return [
            Listener(learner.id, learner.language, learner.timezone, reaches[0].address)
            for learner, reaches in found
        ]

    async def spread(
        self, broadcast: str, rows: Sequence[Announcement], last: bool, now: datetime
    ) -> None:
        if (spreading := self._spreading(broadcast)) is None:
            return
        for row in rows:
            line = announcement(broadcast, row, now)
            if line.key not in self._keys and line.learner_id in self._learners:
                self._add(line)
            spreading.cursor = line.learner_id
        if last:
            spreading.state = "spread"

    def _lines_of(self, broadcast: str) -> list[Line]:
        if broadcast not in self._broadcasts:
            return []
        return [line for line in self._lines.values() if line.broadcast == broadcast]

    async def stop(self, broadcast: str, now: datetime) -> int:  # noqa: ARG002 - the port's
        if broadcast in self._broadcasts:
            self._broadcasts[broadcast].state = "stopped"
        return self._take_back(self._lines_of(broadcast), "cancelled")

    async def resend_unknown(self, broadcast: str, now: datetime) -> int:
        unknown = [line for line in self._lines_of(broadcast) if line.status == "unknown"]
        for line in unknown:
            self._put(line.settled("queued", now, now))
        return len(unknown)

    async def tally(self, broadcast: str) -> Tally | None:
        if (found := self._broadcasts.get(broadcast)) is None:
            return None
        counted: Counter[str] = Counter(line.status for line in self._lines_of(broadcast))
        queued = sum(counted.pop(status, 0) for status in OPEN)
        return Tally(found.state, queued, **counted)
