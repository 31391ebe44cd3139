"""Two stores as one: who has not agreed lives in memory only, and is forgotten after half an hour.

Learners whose consent is not "yes" are served by `volatile`: no facts, no reminders, no linking,
and their messages go as soon as they were dealt with. With consent a learner moves to `durable`.
Volatile versions and message ids are negative, so a number says where it belongs, and a page's
cursor only grows when its reader agrees.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Kind, Reach, Sent
from lessons.ports import KINDS, Logged, Outcome, Repeated, Saving, Stale, Standing, Store
from storage.lines import Recorded, brought
from storage.memory import MemoryStore
from storage.passed_on import PassedOn

SILENCE = timedelta(minutes=30)


class Discreet(PassedOn):
    """All that is remembered, and for those who have not agreed only as long as they are there."""

    def __init__(self, durable: Store, volatile: MemoryStore) -> None:
        """`volatile` counts its messages from a negative number far below zero."""
        super().__init__(durable)
        self._volatile = volatile
        self._active: dict[str, datetime] = {}  # volatile learners, the longest silent first
        self._latest = datetime.min.replace(tzinfo=UTC) + SILENCE
        self._one_at_a_time = asyncio.Lock()

    async def _pass_time(self, now: datetime) -> None:
        """Forget the volatile learners who have been silent for too long."""
        self._latest = max(self._latest, now)
        long_ago = self._latest - SILENCE
        silent = list(takewhile(lambda who: self._active[who] <= long_ago, self._active))
        for learner_id in silent:
            await self._drop(learner_id)
        if silent:
            self._volatile.forget_keys(long_ago)

    async def _drop(self, learner_id: str) -> None:
        self._active.pop(learner_id, None)
        await self._volatile.forget(learner_id)

    # --- learners ---

    async def learner(self, address: Address) -> Learner | None:
        await self._pass_time(self._latest)
        found = await self._volatile.learner(address)
        return await self._durable.learner(address) if found is None else _mirrored(found)

    async def save(self, saving: Saving) -> Learner:
        await self._pass_time(saving.now)
        if saving.heard is not None and self._volatile.heard_before(saving.heard):
            raise Repeated
        agreed, version = saving.learner.consent == "yes", saving.learner.version
        if agreed and version > 0:
            return await self._durable.save(saving)
        async with self._one_at_a_time:
            if agreed:
                return await self._move_in(saving)
            if version >= 0:
                saving = await self._moved_out(saving)
            return await self._keep_in_mind(saving)

    async def _move_in(self, saving: Saving) -> Learner:
        """A learner agrees: what memory has of the questions comes along, nothing else does.

        What was said before and is still to be sent is; it goes with the silent ones at the latest.
        """
        learner_id = saving.learner.id
        self._volatile.check(replace(saving, learner=_mirrored(saving.learner)))
        known = await self._volatile.all_cards(learner_id)
        cards, facts = {**known, **saving.cards}, (*brought(known), *saving.facts)
        moving = replace(saving, learner=replace(saving.learner, version=0), facts=facts)
        saved = await self._durable.save(replace(moving, cards=cards))
        await self._volatile.leave(learner_id)
        return saved

    async def _moved_out(self, saving: Saving) -> Saving:
        """A stranger, or a learner who no longer agrees and is forgotten by the durable store."""
        known = await self._durable.learner(saving.address)
        if (0 if known is None else known.version) != saving.learner.version:
            raise Stale
        if known is not None:
            await self._durable.forget(known.id)
        return replace(saving, learner=replace(saving.learner, version=0))

    async def _keep_in_mind(self, saving: Saving) -> Learner:
        learner = _mirrored(saving.learner)
        saved = await self._volatile.save(replace(saving, learner=learner, facts=()))
        self._active.pop(saved.id, None)
        self._active[saved.id] = self._latest  # a clock set back makes nobody silent
        return _mirrored(saved)

    def _of(self, learner_id: str) -> Store:
        return self._volatile if self._volatile.holds(learner_id) else self._durable

    async def cards(self, learner_id: str, items: Sequence[str]) -> Mapping[str, Card]:
        return await self._of(learner_id).cards(learner_id, items)

    async def all_cards(self, learner_id: str) -> Mapping[str, Card]:
        return await self._of(learner_id).all_cards(learner_id)

    async def agenda(self, learner_id: str, first: date, last: date) -> Mapping[str, date]:
        return await self._of(learner_id).agenda(learner_id, first, last)

    async def standing(self, learner_id: str, on: date) -> Standing:
        return await self._of(learner_id).standing(learner_id, on)

    async def log(self, learner_id: str) -> Sequence[Logged]:
        return await self._of(learner_id).log(learner_id)

    async def due(self, now: datetime, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        await self._pass_time(now)
        return await self._durable.due(now, limit)

    async def left(self, address: Address, now: datetime) -> None:
        """A stranger who leaves is forgotten at once."""
        await self._pass_time(now)
        stranger = await self._volatile.learner(address)
        if stranger is not None:
            await self._drop(stranger.id)
        await self._volatile.left(address, now)
        await self._durable.left(address, now)

    async def back(self, address: Address, now: datetime) -> None:
        await self._durable.back(address, now)

    async def moved(self, address: Address, chat: str) -> None:
        await self._volatile.moved(address, chat)
        await self._durable.moved(address, chat)

    async def forget(self, learner_id: str) -> None:
        await self._drop(learner_id)
        await self._durable.forget(learner_id)

    async def issue_code(self, learner_id: str, code: str, until: datetime) -> None:
        if not self._volatile.holds(learner_id):
            await self._durable.issue_code(learner_id, code, until)

    async def redeem_code(self, code: str, address: Address, now: datetime) -> Learner | None:
        joined = await self._durable.redeem_code(code, address, now)
        stranger = await self._volatile.learner(address)
        if joined is not None and stranger is not None:
            await self._drop(stranger.id)
        return joined

    async def facts(self, learner_id: str) -> Sequence[Recorded]:
        return await self._of(learner_id).facts(learner_id)

    # --- outbox ---

    async def claim(
        self,
        platform: str,
        owner: str,
        now: datetime,
        until: datetime,
        limit: int,
        kinds: Sequence[Kind] = KINDS,
    ) -> Sequence[Sent]:
        """A chat's volatile messages come first: they are the older ones."""
        await self._pass_time(now)
        early = list(await self._volatile.claim(platform, owner, now, until, limit, kinds))
        if (room := limit - len(early)) == 0:
            return early
        for sent in await self._durable.claim(platform, owner, now, until, room, kinds):
            if self._volatile.waiting(sent.address):
                await self._durable.settle(sent.id, "queued", now)
            else:
                early.append(sent)
        return early

    async def sending(self, message: int, now: datetime, owner: str = "", parts: int = 0) -> bool:
        store: Store = self._volatile if message < 0 else self._durable
        return await store.sending(message, now, owner, parts)

    async def settle(
        self,
        message: int,
        outcome: Outcome,
        now: datetime,
        not_before: datetime | None = None,
        reference: str = "",
    ) -> None:
        if message >= 0:
            await self._durable.settle(message, outcome, now, not_before, reference)
        elif outcome == "queued":
            await self._volatile.settle(message, outcome, now, not_before)
        else:
            self._volatile.strike(message)

    async def history(self, address: Address, after: int, limit: int) -> Sequence[Sent]:
        """A reader who no longer agrees comes with a cursor above all volatile messages: 0 then."""
        await self._pass_time(self._latest)
        stranger = await self._volatile.learner(address) is not None
        early: Sequence[Sent] = ()
        if stranger or after <= 0:
            early = await self._volatile.history(address, min(after, 0), limit)
        later = () if stranger else await self._durable.history(address, after, limit)
        told = [*early, *later]
        return told[-limit:] if after == 0 else told[:limit]


def _mirrored(learner: Learner) -> Learner:
    """The learner with the sign of its version changed: negative outside, positive inside."""
    return replace(learner, version=-learner.version)
