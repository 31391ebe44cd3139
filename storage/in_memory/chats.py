"""In dictionaries: the messages of all chats, claimed, sent, and read again."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count, islice

from lessons.messages import Address, Heard, Kind, Quiz, Said, Sent
from lessons.ports import KINDS, Outcome, Repeated
from storage.lines import OPEN, UNBEGUN, Line, Status, heard_key


class MemoryChats:
    """ports.Outbox but for its halts."""

    def __init__(self, first: int = 1) -> None:
        self._ids = count(first)
        self._keys: dict[str, datetime] = {}
        self._lines: dict[int, Line] = {}
        self._chats: dict[Address, list[int]] = {}
        self._written: dict[str, list[int]] = {}  # by learner
        self._open: dict[str, dict[int, Address]] = {}  # by platform, the lines still to be sent

    # --- what the other parts of the store do with lines ---

    def _check_keys(self, added: Iterable[Line]) -> None:
        if any(line.key in self._keys for line in added):
            raise Repeated

    def _add(self, line: Line) -> None:
        if line.key is not None:
            self._keys[line.key] = line.at
        if not line.is_told() and line.status not in OPEN:
            return
        line = replace(line, id=next(self._ids))
        self._chats.setdefault(line.address, []).append(line.id)
        if line.learner_id:
            self._written.setdefault(line.learner_id, []).append(line.id)
        self._put(line)

    def _put(self, line: Line) -> None:
        self._lines[line.id] = line
        waiting = self._open.setdefault(line.address.platform, {})
        if line.status in OPEN:
            waiting[line.id] = line.address
        else:
            waiting.pop(line.id, None)

    def _chat(self, address: Address) -> list[Line]:
        return [self._lines[id] for id in self._chats.get(address, ())]

    def _take_back(self, lines: Iterable[Line], status: Status) -> int:
        """Close what has not begun to be sent; how many."""
        unbegun = [line for line in lines if line.status in UNBEGUN]
        for line in unbegun:
            self._put(line.closed(status))
        return len(unbegun)

    def _readdress(self, address: Address, new: Address) -> None:
        moved = self._chats.pop(address, [])
        for id in moved:
            self._put(replace(self._lines[id], address=new))
        if moved:
            self._chats[new] = sorted([*self._chats.get(new, ()), *moved])

    def strike(self, message: int) -> None:
        """Take a message out of the store; a heard one stays known as heard."""
        line = self._lines.pop(message, None)
        if line is None:
            return
        self._open.get(line.address.platform, {}).pop(message, None)
        self._chats[line.address].remove(message)
        if not self._chats[line.address]:
            del self._chats[line.address]
        if line.key is not None and line.status != "heard":
            del self._keys[line.key]

    # --- the outbox ---

    async def claim(
        self,
        platform: str,
        owner: str,
        now: datetime,
        until: datetime,
        limit: int,
        kinds: Sequence[Kind] = KINDS,
    ) -> Sequence[Sent]:
        waiting = [self._lines[id] for id in sorted(self._open.get(platform, {}))]
        oldest: dict[Address, Line] = {}
        turn: dict[Address, tuple[int, int]] = {}  # of a chat: its first of the most urgent kind
        for line in waiting:
            if line.holds(now):
                oldest.setdefault(line.address, line)
            if line.said.kind in kinds and line.is_due(now):
                urgent = (KINDS.index(line.said.kind), line.id)
                turn[line.address] = min(urgent, turn.get(line.address, urgent))
        ready = [oldest[address] for address in sorted(turn, key=lambda chat: turn[chat])]
        ready = [line for line in ready if line.ready(now, owner)]
        taken = [line.taken(owner, until) for line in ready[:limit]]
        for line in taken:
            self._put(line)
        return [line.shown() for line in taken if line.status == "claimed"]

    async def sending(self, message: int, now: datetime, owner: str = "", parts: int = 0) -> bool:
        line = self._lines.get(message)
        if line is None or not line.may_begin(now, owner, parts):
            return False
        self._put(replace(line, status="sending", parts=parts))
        return True

    async def settle(
        self,
        message: int,
        outcome: Outcome,
        now: datetime,
        not_before: datetime | None = None,
        reference: str = "",
    ) -> None:
        line = self._lines.get(message)
        if line is not None:
            self._put(line.settled(outcome, now, not_before, reference))

    async def history(self, address: Address, after: int, limit: int) -> Sequence[Sent]:
        told = [line.shown() for line in self._chat(address) if line.is_told()]
        if after == 0:
            return told[-limit:]
        return [sent for sent in told if sent.id > after][:limit]

    async def newest(self) -> int:
        return max(self._lines, default=0)

    async def news(self, seconds: float) -> None:
        """No other process sees this store."""
        await asyncio.sleep(seconds)

    async def post(self, address: Address, said: Said, now: datetime, key: str) -> None:
        line = Line("", address, said, said.kind, "queued", now, key)
        self._check_keys([line])
        self._add(line)

    async def quiz(self, platform: str, reference: str) -> tuple[Address, Quiz] | None:
        for line in reversed(self._lines.values()):
            if line.address.platform == platform and line.reference == reference:
                quiz = line.said.quiz
                return None if quiz is None else (line.address, quiz)
        return None

    async def quizzes(self, address: Address, limit: int) -> Sequence[str]:
        newest = (line for line in reversed(self._chat(address)) if line.status != "failed")
        items = (line.said.quiz.item for line in newest if line.said.quiz is not None)
        return list(islice(items, limit))

    # --- for storage/volatile.py ---

    def heard_before(self, heard: Heard) -> bool:
        return heard_key(heard) in self._keys

    def forget_keys(self, before: datetime) -> None:
        self._keys = {key: at for key, at in self._keys.items() if at >= before}

    def waiting(self, address: Address) -> bool:
        """Whether something is still to be sent to this chat."""
        return address in self._open.get(address.platform, {}).values()
