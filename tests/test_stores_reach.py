"""What every store does with chats that were left, entered again or moved."""

from dataclasses import replace

import pytest

from lessons.learner import Learner
from lessons.messages import Address, Said
from lessons.ports import Repeated, Saving, Store
from tests.stores_desk import (
    ALSO,
    HOME,
    NOW,
    after,
    answered,
    claimed,
    hears,
    met,
    say,
    says,
    someone,
    taken,
    texts,
)

THIRD = Address("web", "c")


async def due(store: Store, limit: int = 9) -> list[tuple[str, Address]]:
    return [(who.id, reaches[0].address) for who, reaches in await store.due(NOW, limit)]


async def joined(store: Store, learner: Learner, address: Address, minutes: float = 0) -> Learner:
    """The learner at one more address, last active there."""
    await store.issue_code(learner.id, "code", after(60))
    found = await store.redeem_code("code", address, after(minutes))
    assert found is not None
    return found


class TestLeft:
    async def test_what_is_open_fails_and_the_rest_of_the_platform_goes_on(
        self, store: Store
    ) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a", "b")))
        await store.save(Saving(someone("c"), THIRD, NOW, says=says("c")))
        await store.left(HOME, NOW)
        assert await claimed(store) == ["c"]
        assert await claimed(store, after(60)) == ["c"]

    async def test_what_was_claimed_must_not_be_sent(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        (sent,) = await taken(store)
        await store.left(HOME, NOW)
        assert not await store.sending(sent.id, NOW, "one")

    async def test_what_is_being_sent_gets_its_own_outcome(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a", "b")))
        (sent,) = await taken(store)
        assert await store.sending(sent.id, NOW, "one")
        await store.left(HOME, NOW)
        await store.settle(sent.id, "sent", NOW)
        assert [(one.said.text, one.sent) for one in await store.history(HOME, 0, 9)] == [
            *(("a", True), ("b", False))
        ]
        assert await claimed(store, after(60)) == []

    async def test_a_group_can_be_left(self, store: Store) -> None:
        await store.post(HOME, Said("quiz"), NOW, "q1")
        await store.left(HOME, NOW)
        assert await claimed(store) == []
        await store.post(HOME, Said("quiz"), NOW, "q2")
        assert await claimed(store) == ["quiz"]

    async def test_nothing_unasked_is_added_but_its_slot_is_used(self, store: Store) -> None:
        learner = await met(store)
        await store.left(HOME, NOW)
        remind = Saving(learner, HOME, NOW, says=(Said("now", kind="reminder"),), slot="due:1")
        learner = await store.save(remind)
        assert await claimed(store, after(60)) == []
        with pytest.raises(Repeated):
            await store.save(replace(remind, learner=learner))

    async def test_a_message_from_there_brings_it_back(self, store: Store) -> None:
        learner = await met(store)
        await store.left(HOME, NOW)
        learner = await store.save(Saving(learner, HOME, NOW, hears("1"), says("hello again")))
        await say(store, learner, Said("remember", kind="reminder"))
        (sent,) = await taken(store)
        assert sent.said.text == "hello again"
        await store.settle(sent.id, "sent", NOW)
        assert await claimed(store) == ["remember"]

    async def test_the_platform_brings_it_back(self, store: Store) -> None:
        learner = await met(store)
        await store.left(HOME, NOW)
        await store.back(HOME, NOW)
        await say(store, learner, Said("remember", kind="reminder"))
        assert await claimed(store) == ["remember"]

    async def test_so_does_whoever_links_it_to_another_device(self, store: Store) -> None:
        learner = await joined(store, await met(store), ALSO)
        await store.left(ALSO, NOW)
        learner = await joined(store, learner, ALSO)
        await say(store, learner, Said("remember"), at=ALSO)
        assert await claimed(store, platform="telegram") == ["remember"]

    async def test_the_learner_is_still_known(self, store: Store) -> None:
        learner = await met(store)
        await store.left(HOME, NOW)
        await store.left(ALSO, NOW)
        await store.back(ALSO, NOW)
        assert await store.learner(HOME) == learner
        assert await store.learner(ALSO) is None

    async def test_a_newcomer_at_a_chat_that_was_left_begins_fresh(self, store: Store) -> None:
        learner = await met(store)
        await store.left(HOME, NOW)
        await store.forget(learner.id)
        learner = await met(store, "new")
        await say(store, learner, Said("remember"))
        assert await claimed(store) == ["remember"]


class TestDue:
    async def test_the_next_address_is_named_when_the_last_one_was_left(self, store: Store) -> None:
        learner = await store.save(Saving(someone(due_at=NOW), HOME, after(-9)))
        await joined(store, learner, ALSO)
        assert await due(store) == [("an", ALSO)]
        await store.left(ALSO, NOW)
        assert await due(store) == [("an", HOME)]
        await store.back(ALSO, NOW)
        assert await due(store) == [("an", ALSO)]

    async def test_who_cannot_be_reached_starves_nobody(self, store: Store) -> None:
        for n in range(7):
            address = Address("web", f"{n}")
            await store.save(Saving(someone(f"{n}", due_at=after(n - 9)), address, NOW))
            if n not in (3, 5):
                await store.left(address, NOW)
        both = [(f"{n}", Address("web", f"{n}")) for n in (3, 5)]
        for limit in (2, 3, 9):
            assert await due(store, limit) == both
        assert await due(store, 1) == both[:1]
        await store.back(Address("web", "0"), NOW)
        assert [name for name, _ in await due(store, 2)] == ["0", "3"]


class TestMoved:
    async def test_learner_and_messages_go_along(self, store: Store) -> None:
        saving = Saving(someone(), HOME, NOW, hears("1"), says("a", "b"))
        learner = await store.save(saving)
        (sent,) = await taken(store)
        await store.settle(sent.id, "sent", NOW)
        for _ in range(2):
            await store.moved(HOME, "new")
            new = Address("web", "new")
            assert await store.learner(new) == learner
            assert await store.learner(HOME) is None
            assert texts(await store.history(new, 0, 9)) == ["> chào", "a", "b"]
            assert await store.history(HOME, 0, 9) == []
        (sent,) = await taken(store)
        assert (sent.address, sent.said.text) == (new, "b")
        await store.save(Saving(learner, new, NOW, hears("2", at=new)))

    async def test_what_was_said_in_both_is_in_one_order(self, store: Store) -> None:
        for at, text in ((HOME, "a"), (THIRD, "b"), (HOME, "c")):
            await store.post(at, Said(text), NOW, text)
        await store.moved(HOME, THIRD.chat)
        assert texts(await store.history(THIRD, 0, 9)) == ["a", "b", "c"]
        assert await claimed(store) == ["a"]

    async def test_where_nobody_is_nothing_moves(self, store: Store) -> None:
        await store.moved(HOME, "new")
        assert await store.learner(Address("web", "new")) is None

    async def test_to_the_same_name_changes_nothing(self, store: Store) -> None:
        learner = await met(store)
        await store.moved(HOME, HOME.chat)
        assert await store.learner(HOME) == learner

    async def test_a_learner_of_both_keeps_one(self, store: Store) -> None:
        learner = await joined(store, await met(store), THIRD)
        await store.moved(HOME, THIRD.chat)
        assert await store.learner(THIRD) == learner
        assert await store.learner(HOME) is None
        await store.save(Saving(learner, THIRD, NOW))

    async def test_who_is_at_the_new_name_stays_there(self, store: Store) -> None:
        former = await joined(store, await met(store), ALSO)
        other = await met(store, "binh", THIRD)
        await store.moved(HOME, THIRD.chat)
        assert await store.learner(THIRD) == other
        left = await store.learner(ALSO)
        assert left is not None
        assert left.id == former.id

    async def test_who_has_no_address_left_is_forgotten(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, facts=(answered(),)))
        other = await met(store, "binh", THIRD)
        await store.moved(HOME, THIRD.chat)
        assert await store.learner(THIRD) == other
        assert await store.facts("an") == []

    async def test_a_chat_that_moved_is_there_again(self, store: Store) -> None:
        await store.save(Saving(someone(due_at=NOW), HOME, NOW))
        await store.left(HOME, NOW)
        await store.moved(HOME, "new")
        assert await due(store) == [("an", Address("web", "new"))]
