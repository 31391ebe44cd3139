"""The clock is put back an hour, or it is night: nothing sticks, and nothing is said twice."""

from datetime import timedelta

from lessons import timing
from lessons.messages import Said
from lessons.ports import Saving, Store
from lessons.use_cases.broadcast import spread
from tests.stores_desk import HOME, NOW, claimed, met, say, someone, taken
from tests.telegram_desk import AN, BINH, posting

AN_HOUR = timedelta(hours=1)


async def test_what_was_claimed_before_the_clock_was_put_back_is_taken_up(store: Store) -> None:
    learner = await met(store)
    await say(store, learner, Said("một"))
    assert await claimed(store, owner="killed") == ["một"]
    assert await claimed(store, NOW - AN_HOUR, owner="killed") == []
    assert await claimed(store, NOW - AN_HOUR, owner="next") == ["một"]


async def test_a_short_wait_from_before_the_clock_was_put_back_is_over(store: Store) -> None:
    await say(store, await met(store), Said("một"))
    (first,) = await taken(store)
    await store.settle(first.id, "queued", NOW, NOW + timedelta(seconds=60))
    assert await claimed(store) == []
    assert await claimed(store, NOW - AN_HOUR) == ["một"]


async def test_a_lease_from_before_the_clock_was_put_back_is_over(store: Store) -> None:
    seconds = timedelta(seconds=6)
    assert await store.lease("serve", "killed", NOW, NOW + seconds)
    assert not await store.lease("serve", "next", NOW, NOW + seconds)
    earlier = NOW - AN_HOUR
    assert await store.lease("serve", "next", earlier, earlier + seconds)


async def test_a_clock_put_back_in_the_middle_says_nothing_twice() -> None:
    async with posting() as post:
        await post.put("một", "hai")
        await post.announce("Tin", BINH)
        (first, news) = await post.house.store.claim(
            "telegram", post.house.owner, post.clock(), post.clock() + timedelta(seconds=30), 10
        )
        assert await post.house.store.sending(news.id, post.clock(), post.house.owner)
        await post.delivered(after=-3600)
        assert post.arrived(AN) == []  # it is still being sent
        await post.house.store.settle(first.id, "sent", post.clock())
        await post.house.store.settle(news.id, "sent", post.clock())
        await post.delivered()
        assert post.arrived(AN) == ["hai"]
        assert (await post.tally("Tin")).sent == 1


async def test_who_writes_at_night_is_answered_though_a_broadcast_waits(store: Store) -> None:
    night = NOW.replace(hour=16)
    known = someone(remind_asked=True)
    learner = await store.save(Saving(known, HOME, night))
    assert timing.quiet(night, learner.timezone)
    await store.announce("news", "Tin", night)
    await spread(store, night)
    await say(store, learner, Said("trả lời"))
    (reply,) = await taken(store, night)
    assert reply.said.text == "trả lời"
    await store.settle(reply.id, "sent", night)
    assert await claimed(store, night + timedelta(hours=7)) == []
    assert await claimed(store, night + timedelta(hours=8)) == ["Tin"]
