"""The store in dictionaries: for demonstrations, `hocvu chat --replay` and tests.

Nothing is awaited between looking and writing, so each call is one commit.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from lessons.course import Course
from lessons.facts import as_row
from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Heard, Sent
from lessons.ports import Outcome, Repeated, Saving, Stale, Standing
from storage.lines import OPEN, URGENCY, Line, Recorded, changed, code_hash, heard_key, lines


class MemoryStore:
    """All that is remembered, until the process ends. Message ids count up from `first`."""

    def __init__(self, first: int = 1) -> None:
        self._ids = count(first)
        self._learners: dict[str, Learner] = {}
        self._addresses: dict[Address, str] = {}  # whose it is
        self._homes: dict[str, dict[Address, datetime]] = {}  # when a learner was last active there
        self._cards: dict[str, dict[str, Card]] = {}
        self._facts: dict[str, list[Recorded]] = {}
        self._keys: dict[str, datetime] = {}
        self._lines: dict[int, Line] = {}
        self._chats: dict[Address, list[int]] = {}
        self._written: dict[str, list[int]] = {}  # by learner
        self._open: dict[str, dict[int, Address]] = {}  # by platform, the lines still to be sent
        self._codes: dict[str, tuple[str, datetime]] = {}
        self._courses: dict[tuple[str, int], Mapping[str, str]] = {}
        self._secrets: dict[str, str] = {}
        self._leases: dict[str, tuple[str, datetime]] = {}

    # --- learners ---

    async def learner(self, address: Address) -> Learner | None:
        return self._learners.get(self._addresses.get(address, ""))

    async def save(self, saving: Saving) -> Learner:
        added = lines(saving)
        recorded = [(saving.now, *_plain(as_row(fact))) for fact in saving.facts]
        self.check(saving, added)
        learner = replace(saving.learner, version=saving.learner.version + 1)
        self._learners[learner.id] = learner
        self._live(learner.id, saving.address, saving.now)
        for line in added:
            self._add(line)
        self._facts.setdefault(learner.id, []).extend(recorded)
        self._cards.setdefault(learner.id, {}).update(saving.cards)
        return learner

    def check(self, saving: Saving, added: Sequence[Line] = ()) -> None:
        """Raises Repeated or Stale when `saving` cannot be saved."""
        if any(line.key in self._keys for line in added):
            raise Repeated
        known = self._learners.get(saving.learner.id)
        holder = self._addresses.get(saving.address)
        if saving.learner.version != (0 if known is None else known.version):
            raise Stale
        if holder != (None if known is None else known.id):
            raise Stale

    def _live(self, learner_id: str, address: Address, now: datetime) -> None:
        self._addresses[address] = learner_id
        self._homes.setdefault(learner_id, {})[address] = now

    def _add(self, line: Line) -> None:
        if line.key is not None:
            self._keys[line.key] = line.at
        if not line.is_told():
            return
        line = replace(line, id=next(self._ids))
        self._chats.setdefault(line.address, []).append(line.id)
        self._written.setdefault(line.learner_id, []).append(line.id)
        self._put(line)

    def _put(self, line: Line) -> None:
        self._lines[line.id] = line
        waiting = self._open.setdefault(line.address.platform, {})
        if line.status in OPEN:
            waiting[line.id] = line.address
        else:
            waiting.pop(line.id, None)

    async def cards(self, learner_id: str, items: Sequence[str]) -> Mapping[str, Card]:
        known = self._cards.get(learner_id, {})
        return {item: known[item] for item in items if item in known}

    async def standing(self, learner_id: str, on: date, limit: int) -> Standing:
        known = self._cards.get(learner_id, {})
        due = sorted((card.due, item) for item, card in known.items() if card.due <= on)
        later = [card.due for card in known.values() if card.due > on]
        oldest = tuple(item for _, item in due[:limit])
        return Standing(oldest, len(due), len(known), min(later, default=None))

    async def due(self, now: datetime, limit: int) -> Sequence[tuple[Learner, Address]]:
        waiting = [
            (learner.due_at, learner.id)
            for learner in self._learners.values()
            if learner.consent == "yes" and learner.due_at is not None and learner.due_at <= now
        ]
        found = [(self._learners[id], self._last_active(id)) for _, id in sorted(waiting)]
        return [(learner, address) for learner, address in found if address is not None][:limit]

    def _last_active(self, learner_id: str) -> Address | None:
        homes = self._homes.get(learner_id, {})
        return max(homes, key=lambda address: homes[address], default=None)

    async def forget(self, learner_id: str) -> None:
        await self.leave(learner_id)
        for message in self._written.pop(learner_id, ()):
            self.strike(message)

    async def leave(self, learner_id: str) -> None:
        """Forget a learner, but still send what is to be sent."""
        self._learners.pop(learner_id, None)
        self._cards.pop(learner_id, None)
        self._facts.pop(learner_id, None)
        for address in self._homes.pop(learner_id, ()):
            del self._addresses[address]
        self._codes = {code: it for code, it in self._codes.items() if it[0] != learner_id}

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

    async def issue_code(self, learner_id: str, code: str, until: datetime) -> None:
        self._codes = {hash: it for hash, it in self._codes.items() if it[0] != learner_id}
        if learner_id in self._learners:
            self._codes[code_hash(code)] = (learner_id, until)

    async def redeem_code(self, code: str, address: Address, now: datetime) -> Learner | None:
        learner_id, until = self._codes.pop(code_hash(code), ("", now))
        if until <= now or learner_id not in self._learners:
            return None
        former = self._addresses.get(address, learner_id)
        self._live(learner_id, address, now)
        if former != learner_id:
            await self._moved_away(former, address)
        return self._learners[learner_id]

    async def _moved_away(self, former: str, address: Address) -> None:
        """Someone's address now belongs to another learner; who has none left is forgotten."""
        del self._homes[former][address]
        if not self._homes[former]:
            await self.forget(former)
        else:
            before = self._learners[former]
            self._learners[former] = replace(before, version=before.version + 1)

    async def facts(self, learner_id: str) -> Sequence[Recorded]:
        return list(self._facts.get(learner_id, ()))

    # --- courses ---

    async def publish(self, course: Course, now: datetime) -> bool:  # noqa: ARG002 - the port's
        key, files = (course.id, course.version), dict(course.files)
        if key in self._courses and self._courses[key] != files:
            raise ValueError(changed(course))
        return self._courses.setdefault(key, files) is files

    async def course_versions(self) -> Sequence[tuple[str, int]]:
        return sorted(self._courses)

    async def course_files(self, course_id: str, version: int) -> Mapping[str, str]:
        return self._courses[course_id, version]

    # --- outbox ---

    async def claim(
        self, platform: str, owner: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[Sent]:
        waiting = [self._lines[id] for id in sorted(self._open.get(platform, {}))]
        oldest: dict[Address, Line] = {}
        turn: dict[Address, tuple[int, int]] = {}  # of a chat: its first of the most urgent kind
        for line in waiting:
            oldest.setdefault(line.address, line)
            urgent = (URGENCY.index(line.kind), line.id)
            turn[line.address] = min(urgent, turn.get(line.address, urgent))
        ready = [line for line in oldest.values() if line.ready(now)]
        ready.sort(key=lambda line: turn[line.address])
        taken = [line.taken(owner, until) for line in ready[:limit]]
        for line in taken:
            self._put(line)
        return [line.shown() for line in taken if line.status == "claimed"]

    async def sending(self, message: int, now: datetime, owner: str = "") -> bool:
        line = self._lines.get(message)
        if line is None or line.status != "claimed" or line.lapsed(now):
            return False
        if owner and line.owner != owner:
            return False
        self._put(replace(line, status="sending"))
        return True

    async def settle(
        self, message: int, outcome: Outcome, now: datetime, not_before: datetime | None = None
    ) -> None:
        line = self._lines.get(message)
        if line is not None and line.status not in ("heard", "sent"):
            self._put(line.settled(outcome, now, not_before))

    async def history(self, address: Address, after: int, limit: int) -> Sequence[Sent]:
        chat = [self._lines[id] for id in self._chats.get(address, ())]
        told = [line.shown() for line in chat]
        if after == 0:
            return told[-limit:]
        return [sent for sent in told if sent.id > after][:limit]

    async def newest(self) -> int:
        return max(self._lines, default=0)

    # --- household ---

    async def secret(self, name: str, fresh: str) -> str:
        return self._secrets.setdefault(name, fresh)

    async def lease(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        holder, end = self._leases.get(name, (owner, now))
        if holder != owner and end > now:
            return False
        self._leases[name] = (owner, until)
        return True

    async def release(self, name: str, owner: str) -> None:
        if self._leases.get(name, ("",))[0] == owner:
            del self._leases[name]

    async def close(self) -> None:
        """Nothing to close."""

    # --- for storage/volatile.py ---

    def holds(self, learner_id: str) -> bool:
        return learner_id in self._learners

    def all_cards(self, learner_id: str) -> Mapping[str, Card]:
        return self._cards.get(learner_id, {})

    def heard_before(self, heard: Heard) -> bool:
        return heard_key(heard) in self._keys

    def forget_keys(self, before: datetime) -> None:
        self._keys = {key: at for key, at in self._keys.items() if at >= before}

    def waiting(self, address: Address) -> bool:
        """Whether something is still to be sent to this chat."""
        return address in self._open.get(address.platform, {}).values()


def _plain(row: tuple[str, Mapping[str, object]]) -> tuple[str, Mapping[str, object]]:
    """A fact as it comes back from a database. Raises TypeError for what JSON cannot hold."""
    return row[0], json.loads(json.dumps(row[1]))
