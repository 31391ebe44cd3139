"""What the discreet store does more: nothing is kept of who has not agreed."""

from dataclasses import replace
from datetime import datetime

import pytest

from lessons.learner import Learner
from lessons.memory.replay import replayed
from lessons.messages import Address, Said
from lessons.ports import Repeated, Saving, Stale
from storage.memory import MemoryStore
from storage.volatile import Discreet
from tests.stores_desk import (
    ALSO,
    CARD,
    HOME,
    NOW,
    after,
    answered,
    claimed,
    hears,
    met,
    says,
    someone,
    taken,
    texts,
)

MAYBE = Learner("an")  # has not agreed yet


class TestDiscretion:
    """Who has not agreed is remembered in memory only, for half an hour."""

    @pytest.fixture
    def durable(self) -> MemoryStore:
        return MemoryStore()

    @pytest.fixture
    def discreet(self, durable: MemoryStore) -> Discreet:
        return Discreet(durable, MemoryStore(-(2**52)))

    async def agree(self, store: Discreet, learner: Learner, now: datetime = NOW) -> Learner:
        agreed = replace(learner, consent="yes")
        return await store.save(Saving(agreed, HOME, now, hears("yes"), says("Cảm ơn")))

    async def test_a_stranger_leaves_no_trace(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        saving = Saving(
            *(replace(MAYBE, due_at=NOW), HOME, NOW, hears("1"), says("Kính chào")),
            *((answered(),), {"a": CARD}),
        )
        learner = await discreet.save(saving)
        assert await discreet.learner(HOME) == learner
        assert await discreet.cards("an", ["a"]) == {"a": CARD}
        assert (await discreet.standing("an", CARD.due)).due == 1
        assert await discreet.facts("an") == []
        assert await discreet.due(NOW, 5) == []
        assert await durable.learner(HOME) is None
        assert await durable.history(HOME, 0, 9) == []

    async def test_a_stranger_can_be_saved_again(self, discreet: Discreet) -> None:
        first = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1")))
        await discreet.save(Saving(replace(first, stamp=1), HOME, NOW, hears("2")))
        for late in (first, MAYBE):
            with pytest.raises(Stale):
                await discreet.save(Saving(late, HOME, NOW, hears("3")))
        with pytest.raises(Repeated):
            await discreet.save(Saving(first, HOME, NOW, hears("2")))

    async def test_words_go_when_they_were_dealt_with(self, discreet: Discreet) -> None:
        await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        assert texts(await discreet.history(HOME, 0, 9)) == ["a", "b"]
        (sent,) = await taken(discreet)
        assert await discreet.sending(sent.id, NOW, "one")
        await discreet.settle(sent.id, "queued", NOW, after(1))
        assert texts(await discreet.history(HOME, 0, 9)) == ["a", "b"]
        (sent,) = await taken(discreet, after(1))
        await discreet.settle(sent.id, "sent", after(1))
        assert texts(await discreet.history(HOME, 0, 9)) == ["b"]

    async def test_half_an_hour_of_silence_ends_it(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a")))
        await discreet.due(after(29), 1)
        assert await discreet.learner(HOME) == learner
        learner = await discreet.save(Saving(learner, HOME, after(29), hears("2")))
        await discreet.claim("telegram", "one", after(58), after(59), 1)
        assert await discreet.learner(HOME) == learner
        await discreet.claim("telegram", "one", after(59), after(60), 1)
        assert await discreet.learner(HOME) is None
        assert await discreet.history(HOME, 0, 9) == []
        assert await claimed(discreet, after(59)) == []

    async def test_a_clock_set_back_forgets_nobody_early(self, discreet: Discreet) -> None:
        await discreet.due(NOW, 1)
        learner = await discreet.save(Saving(MAYBE, HOME, after(-40), hears("1"), says("a")))
        assert await claimed(discreet, after(-39)) == ["a"]
        assert await discreet.learner(HOME) == learner
        await discreet.due(after(30), 1)
        assert await discreet.learner(HOME) is None

    async def test_who_was_forgotten_meanwhile_begins_anew(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1")))
        with pytest.raises(Stale):
            await discreet.save(Saving(learner, HOME, after(30), hears("2")))
        assert await discreet.learner(HOME) is None

    async def test_with_consent_a_learner_moves_in(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        saving = Saving(MAYBE, HOME, NOW, hears("1"), says("?"), (answered(),), {"a": CARD})
        learner = await discreet.save(saving)
        saved = await self.agree(discreet, learner)
        assert await discreet.learner(HOME) == saved == await durable.learner(HOME)
        assert await durable.cards("an", ["a"]) == {"a": CARD}
        assert [name for _, name, _ in await durable.facts("an")] == ["Brought"]  # no answer
        assert replayed(await durable.log("an")) == {"a": CARD}
        assert texts(await durable.history(HOME, 0, 9)) == ["> chào", "Cảm ơn"]
        await discreet.save(Saving(saved, HOME, after(60), facts=(answered(),)))
        assert len(await discreet.facts("an")) == 2

    async def test_what_was_decided_before_the_move_is_stale(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1")))
        saved = await self.agree(discreet, learner)
        for late in (learner, MAYBE, replace(learner, consent="yes")):
            with pytest.raises(Stale):
                await discreet.save(Saving(late, HOME, NOW, hears("3")))
        assert await discreet.learner(HOME) == saved

    async def test_what_was_heard_before_the_move_stays_heard(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1")))
        saved = await self.agree(discreet, learner)
        for update in ("1", "yes"):
            with pytest.raises(Repeated):
                await discreet.save(Saving(saved, HOME, NOW, hears(update)))

    async def test_what_was_said_before_the_move_arrives_first(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        await self.agree(discreet, learner)
        arrived = []
        while batch := await taken(discreet):
            for sent in batch:
                arrived.append(sent.said.text)
                await discreet.settle(sent.id, "sent", NOW)
        assert arrived == ["a", "b", "Cảm ơn"]

    async def test_a_page_reads_on_through_the_move(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        first, second = await discreet.history(HOME, 0, 9)
        saved = await self.agree(discreet, learner)
        assert texts(await discreet.history(HOME, first.id, 9)) == ["b", "> chào", "Cảm ơn"]
        whole = await discreet.history(HOME, 0, 9)
        assert texts(whole) == ["a", "b", "> chào", "Cảm ơn"]
        assert first.id < second.id < 0 < whole[-1].id
        assert texts(await discreet.history(HOME, 0, 1)) == ["Cảm ơn"]
        await discreet.forget(saved.id)
        assert await discreet.history(HOME, whole[-1].id, 9) == []
        await discreet.save(Saving(Learner("new"), HOME, NOW, hears("5"), says("Kính chào")))
        assert texts(await discreet.history(HOME, whole[-1].id, 9)) == ["Kính chào"]

    async def test_who_no_longer_agrees_is_forgotten(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        saved = await discreet.save(Saving(someone(), HOME, NOW, hears("1"), facts=(answered(),)))
        no = replace(saved, consent="no")
        kept = await discreet.save(Saving(no, HOME, NOW, hears("2"), says("Vâng")))
        assert await discreet.learner(HOME) == kept
        assert await durable.learner(HOME) is None
        assert await durable.facts("an") == []
        with pytest.raises(Stale):
            await discreet.save(Saving(no, HOME, NOW, hears("3")))

    async def test_a_stranger_cannot_link_but_can_be_joined(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a")))
        await discreet.issue_code("an", "code", after(10))
        assert await discreet.redeem_code("code", ALSO, NOW) is None
        agreed = await met(discreet, "binh", ALSO)
        await discreet.issue_code("binh", "code", after(10))
        assert await discreet.redeem_code("code", HOME, NOW) == agreed
        assert await discreet.learner(HOME) == agreed == await durable.learner(HOME)
        assert await discreet.history(HOME, 0, 9) == []

    async def test_a_stranger_who_leaves_is_forgotten(self, discreet: Discreet) -> None:
        await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        await discreet.left(HOME, NOW)
        await discreet.back(HOME, NOW)
        assert await discreet.learner(HOME) is None
        assert await discreet.history(HOME, 0, 9) == []
        assert await claimed(discreet) == []

    async def test_who_agreed_and_leaves_is_sent_nothing_of_before(
        self, discreet: Discreet
    ) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        saved = await self.agree(discreet, learner)
        await discreet.left(HOME, NOW)
        assert await claimed(discreet) == []
        assert await discreet.learner(HOME) == saved

    async def test_a_stranger_moves_with_the_chat(self, discreet: Discreet) -> None:
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a")))
        await discreet.moved(HOME, "new")
        assert await discreet.learner(Address("web", "new")) == learner
        assert await discreet.learner(HOME) is None
        assert [sent.address.chat for sent in await taken(discreet)] == ["new"]

    async def test_groups_broadcasts_and_the_inbox_are_kept_for_good(
        self, discreet: Discreet, durable: MemoryStore
    ) -> None:
        await discreet.receive([hears("1")], NOW)
        await discreet.post(ALSO, Said("?"), NOW, "quiz:1")
        await discreet.announce("b1", "news", NOW)
        assert [one.heard.update for one in await durable.received("web", 5)] == ["1"]
        assert texts(await durable.history(ALSO, 0, 9)) == ["?"]
        assert await durable.unspread() == [("b1", "news")]

    async def test_a_broadcast_goes_to_nobody_who_has_not_agreed(self, discreet: Discreet) -> None:
        stranger = replace(MAYBE, remind_asked=True)
        await discreet.save(Saving(stranger, HOME, NOW, hears("1")))
        await discreet.announce("b1", "news", NOW)
        assert await discreet.listeners("b1", 9) == []

    async def test_nothing_is_left_in_memory(self) -> None:
        volatile = MemoryStore(-(2**52))
        discreet = Discreet(MemoryStore(), volatile)
        before = {
            name: repr(value)
            for name, value in vars(volatile).items()
            if "count(" not in repr(value)
        }
        learner = await discreet.save(Saving(MAYBE, HOME, NOW, hears("1"), says("a", "b")))
        await self.agree(discreet, learner)
        await discreet.save(Saving(Learner("b"), ALSO, NOW, hears("1", at=ALSO), says("a")))
        await discreet.due(after(60), 1)
        left = {name: repr(vars(volatile)[name]) for name in before}
        assert left.pop("_open") == "{'web': {}, 'telegram': {}}"
        before.pop("_open")
        assert left == before
