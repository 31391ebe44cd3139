"""What every store does with messages: claimed in turn, sent, and read again in their chat."""

import asyncio
from dataclasses import replace

import pytest

from lessons.messages import Address, Said, Sent
from lessons.ports import Saving, Store
from tests.stores_desk import (
    ALSO,
    BUTTONS,
    HOME,
    NOW,
    after,
    claimed,
    hears,
    say,
    says,
    someone,
    taken,
    texts,
)


class TestSending:
    async def test_a_message_comes_as_it_was_said(self, store: Store) -> None:
        said = Said("Kính chào.\n\n😀", BUTTONS)
        await store.save(Saving(someone(), HOME, NOW, says=(said,)))
        (sent,) = await taken(store)
        assert sent == Sent(sent.id, HOME, said, NOW)

    async def test_one_at_a_time_and_in_order_per_chat(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a1", "a2")))
        await store.save(Saving(someone("b"), Address("web", "b"), NOW, says=says("b1")))
        first, other = await taken(store)
        assert (first.said.text, other.said.text) == ("a1", "b1")
        assert await claimed(store) == []
        assert await store.sending(first.id, NOW)
        assert await claimed(store) == []
        await store.settle(first.id, "sent", NOW)
        assert await claimed(store) == ["a2"]

    async def test_each_platform_has_its_lane(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        assert await claimed(store, platform="telegram") == []

    async def test_no_more_than_asked_for(self, store: Store) -> None:
        for name in "abc":
            await store.save(Saving(someone(name), Address("web", name), NOW, says=says(name)))
        assert await claimed(store, limit=2) == ["a", "b"]
        assert await claimed(store, limit=2) == ["c"]

    async def test_replies_before_reminders_before_broadcasts(self, store: Store) -> None:
        async def tell(name: str, *said: Said) -> None:
            await store.save(Saving(someone(name), Address("web", name), NOW, says=said))

        await tell("a", Said("all", kind="broadcast"))
        await tell("b", Said("review", kind="reminder"))
        await tell("c", Said("all first", kind="broadcast"), Said("answer"))
        await tell("d", Said("reply"))
        assert await claimed(store, limit=2) == ["all first", "reply"]
        assert await claimed(store, limit=2) == ["review", "all"]

    async def test_the_chat_that_waits_longest_comes_first(self, store: Store) -> None:
        async def tell(name: str, *said: Said) -> None:
            await store.save(Saving(someone(name), Address("web", name), NOW, says=said))

        await tell("a", Said("all", kind="broadcast"), Said("day", kind="reminder"))
        await tell("b", Said("early", kind="reminder"), Said("late", kind="reminder"))
        await tell("c", Said("news", kind="broadcast"))
        assert await claimed(store, limit=1) == ["all"]
        assert await claimed(store, limit=1) == ["early"]
        assert await claimed(store) == ["news"]

    async def test_what_is_put_back_holds_its_chat(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a1", "a2")))
        (first,) = await taken(store)
        await store.settle(first.id, "queued", NOW, after(5))
        assert await claimed(store, after(4)) == []
        assert await claimed(store, after(5)) == ["a1"]

    @pytest.mark.parametrize("outcome", ["sent", "failed", "unknown"])
    async def test_what_is_settled_is_over(self, store: Store, outcome: str) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a1", "a2")))
        (first,) = await taken(store)
        await store.settle(first.id, outcome, NOW)  # type: ignore[arg-type]
        assert await claimed(store, after(60)) == ["a2"]

    async def test_an_unknown_one_can_be_sent_again_but_not_a_sent_one(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        (sent,) = await taken(store)
        await store.settle(sent.id, "unknown", NOW)
        await store.settle(sent.id, "queued", NOW)
        assert await claimed(store) == ["a"]
        await store.settle(sent.id, "sent", NOW)
        await store.settle(sent.id, "queued", NOW)
        assert await claimed(store, after(60)) == []

    async def test_a_lease_ends(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        (sent,) = await taken(store, owner="one")
        assert await claimed(store, after(0.9)) == []
        assert not await store.sending(sent.id, after(1), "one")
        assert await claimed(store, after(1), owner="two") == ["a"]
        assert not await store.sending(sent.id, after(1.5), "one")
        assert await store.sending(sent.id, after(1.5), "two")
        assert not await store.sending(sent.id, after(1.6), "two")

    async def test_nothing_of_nobody_can_be_sent(self, store: Store) -> None:
        assert not await store.sending(123456, NOW)
        await store.settle(123456, "sent", NOW)

    @pytest.mark.parametrize(
        ("kind", "again"), [("reply", ["it"]), ("reminder", []), ("broadcast", [])]
    )
    async def test_only_a_reply_is_sent_twice(
        self, store: Store, kind: str, again: list[str]
    ) -> None:
        said = Said("it", kind=kind)  # type: ignore[arg-type]
        learner = await store.save(Saving(someone(), HOME, NOW, says=(said,)))
        (sent,) = await taken(store)
        assert await store.sending(sent.id, NOW)
        assert await claimed(store, after(1)) == again
        for left in again:
            assert left == "it"
            await store.settle(sent.id, "sent", after(1))
        await say(store, learner, Said("next"))
        assert await claimed(store, after(2)) == ["next"]

    async def test_sixteen_senders_take_each_message_once(self, store: Store) -> None:
        for n in range(24):
            await store.save(
                Saving(someone(f"{n}"), Address("web", f"{n}"), NOW, says=says(f"{n}"))
            )
        found = await asyncio.gather(
            *(claimed(store, owner=f"{owner}", limit=3) for owner in range(16))
        )
        rest = await claimed(store, limit=100)
        everything = [text for batch in found for text in batch] + rest
        assert sorted(everything, key=int) == [f"{n}" for n in range(24)]


class TestHistory:
    async def test_heard_and_said_in_one_order(self, store: Store) -> None:
        saved = await store.save(Saving(someone(), HOME, NOW, hears("1", "một"), says("a", "b")))
        await store.save(Saving(saved, HOME, after(1), hears("2", "hai"), says("c")))
        chat = await store.history(HOME, 0, 10)
        assert texts(chat) == ["> một", "a", "b", "> hai", "c"]
        assert [sent.id for sent in chat] == sorted({sent.id for sent in chat})
        assert (chat[0].text, chat[1].text, chat[4].at) == ("một", "", after(1))

    async def test_from_a_message_on(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says(*"abcde")))
        newest = await store.history(HOME, 0, 2)
        assert texts(newest) == ["d", "e"]
        whole = await store.history(HOME, 0, 9)
        assert texts(await store.history(HOME, whole[0].id, 2)) == ["b", "c"]
        assert await store.history(HOME, whole[-1].id, 2) == []

    async def test_only_of_this_chat(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        assert await store.history(ALSO, 0, 9) == []

    async def test_what_became_of_a_message_leaves_it_in_the_history(self, store: Store) -> None:
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        (sent,) = await taken(store)
        assert not sent.sent
        await store.settle(sent.id, "sent", NOW)
        assert await store.history(HOME, 0, 9) == [replace(sent, sent=True)]

    async def test_the_newest_message_grows(self, store: Store) -> None:
        assert await store.newest() == 0
        await store.save(Saving(someone(), HOME, NOW, says=says("a")))
        assert await store.newest() == (await store.history(HOME, 0, 1))[0].id

    async def test_a_voice_message_or_a_guarded_text_is_not_shown(self, store: Store) -> None:
        guarded = hears("1", "guard: secret", medium="other")
        await store.save(Saving(someone(), HOME, NOW, guarded, says("a")))
        assert texts(await store.history(HOME, 0, 9)) == ["a"]
