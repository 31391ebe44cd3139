"""In dictionaries: learners, where they can be met, what they know and did."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from lessons.facts import as_row
from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Reach
from lessons.ports import Saving, Stale
from storage.in_memory.chats import MemoryChats
from storage.lines import Line, Recorded, code_hash, lines


class MemoryPeople(MemoryChats):
    """ports.Learners; a saving adds to the chats."""

    def __init__(self, first: int = 1) -> None:
        super().__init__(first)
        self._learners: dict[str, Learner] = {}
        self._addresses: dict[Address, str] = {}  # whose it is
        self._homes: dict[str, dict[Address, datetime]] = {}  # when a learner was last active there
        self._gone: set[Address] = set()  # those of the addresses that cannot be written to
        self._cards: dict[str, dict[str, Card]] = {}
        self._facts: dict[str, list[Recorded]] = {}
        self._codes: dict[str, tuple[str, datetime]] = {}

    async def learner(self, address: Address) -> Learner | None:
        return self._learners.get(self._addresses.get(address, ""))

    async def save(self, saving: Saving) -> Learner:
        added = lines(saving, gone=saving.address in self._gone)
        recorded = [(saving.now, *_plain(as_row(fact))) for fact in saving.facts]
        self.check(saving, added)
        learner = replace(saving.learner, version=saving.learner.version + 1)
        self._learners[learner.id] = learner
        self._live(learner.id, saving.address, saving.now)
        if saving.heard is not None:
            self._gone.discard(saving.address)
        for line in added:
            self._add(line)
        self._facts.setdefault(learner.id, []).extend(recorded)
        known = self._cards.setdefault(learner.id, {})
        for item, card in saving.cards.items():
            if card is None:
                known.pop(item, None)
            else:
                known[item] = card
        return learner

    def check(self, saving: Saving, added: Sequence[Line] = ()) -> None:
        """Raises Repeated or Stale when `saving` cannot be saved."""
        self._check_keys(added)
        known = self._learners.get(saving.learner.id)
        holder = self._addresses.get(saving.address)
        if saving.learner.version != (0 if known is None else known.version):
            raise Stale
        if holder != (None if known is None else known.id):
            raise Stale

    def _live(self, learner_id: str, address: Address, now: datetime) -> None:
        self._addresses[address] = learner_id
        self._homes.setdefault(learner_id, {})[address] = now

    async def due(self, now: datetime, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        waiting = [
            (learner.due_at, learner.id)
            for learner in self._learners.values()
            if learner.consent == "yes" and learner.due_at is not None and learner.due_at <= now
        ]
        return self._reached((id for _, id in sorted(waiting)), limit)

    def _reached(self, ids: Iterable[str], limit: int) -> list[tuple[Learner, Sequence[Reach]]]:
        """Those of the learners who can be written to somewhere, and where."""
        found = ((self._learners[id], self._reaches(id)) for id in ids)
        return list(islice(((learner, reaches) for learner, reaches in found if reaches), limit))

    def _reaches(self, learner_id: str) -> list[Reach]:
        """Where a learner can be written to, last active first."""
        homes = self._homes.get(learner_id, {})
        reaches = [Reach(at, heard) for at, heard in homes.items() if at not in self._gone]
        return sorted(reaches, key=lambda reach: reach.active_at, reverse=True)

    async def left(self, address: Address, now: datetime) -> None:  # noqa: ARG002 - the port's
        if address in self._addresses:
            self._gone.add(address)
        self._take_back(self._chat(address), "failed")

    async def back(self, address: Address, now: datetime) -> None:  # noqa: ARG002 - the port's
        self._gone.discard(address)

    async def moved(self, address: Address, chat: str) -> None:
        new = Address(address.platform, chat)
        if new == address:
            return
        learner_id = self._addresses.pop(address, None)
        self._gone.discard(address)
        if learner_id is not None:
            if self._addresses.setdefault(new, learner_id) != learner_id:
                await self._moved_away(learner_id, address)
            else:
                homes = self._homes[learner_id]
                homes.setdefault(new, homes.pop(address))
        self._readdress(address, new)

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
            self._gone.discard(address)
        self._codes = {code: it for code, it in self._codes.items() if it[0] != learner_id}

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
        self._gone.discard(address)
        if former != learner_id:
            await self._moved_away(former, address)
        return self._learners[learner_id]

    async def _moved_away(self, former: str, address: Address) -> None:
        """Someone's address is theirs no longer; who has none left is forgotten."""
        del self._homes[former][address]
        if not self._homes[former]:
            await self.forget(former)
        else:
            before = self._learners[former]
            self._learners[former] = replace(before, version=before.version + 1)

    async def facts(self, learner_id: str) -> Sequence[Recorded]:
        return list(self._facts.get(learner_id, ()))

    # --- for storage/volatile.py ---

    def holds(self, learner_id: str) -> bool:
        return learner_id in self._learners


def _plain(row: tuple[str, Mapping[str, object]]) -> tuple[str, Mapping[str, object]]:
    """A fact as it comes back from a database. Raises TypeError for what JSON cannot hold."""
    return row[0], json.loads(json.dumps(row[1]))
