"""What every store does with one text to many: who gets a row, once, and how far it is."""

import asyncio
from collections.abc import Sequence

import pytest

from lessons.broadcasts import Announcement, Listener, Tally
from lessons.messages import Address, Said
from lessons.ports import Repeated, Saving, Store
from tests.stores_desk import ALSO, HOME, NOW, after, claimed, hears, met, say, someone, taken

NAMES = ("an", "binh", "chi", "dung", "em")


def at(name: str) -> Address:
    return Address("web", name)


async def listening(store: Store, *names: str, **fields: object) -> None:
    for name in names:
        learner = someone(name, **{"remind_asked": True, **fields})
        await store.save(Saving(learner, at(name), NOW, hears(f"hello {name}", at=at(name))))


async def next_names(store: Store, limit: int = 9, broadcast: str = "b1") -> list[str]:
    return [who.learner_id for who in await store.listeners(broadcast, limit)]


def rows(listeners: Sequence[Listener], text: str = "news") -> list[Announcement]:
    return [Announcement(who, Said(f"{text} {who.learner_id}", kind="broadcast"), None)
            for who in listeners]  # fmt: skip


async def spread_all(store: Store, *names: str, broadcast: str = "b1") -> None:
    """Everybody has a row."""
    await listening(store, *names)
    await store.announce(broadcast, "news", NOW)
    await store.spread(broadcast, rows(await store.listeners(broadcast, 99)), True, NOW)


class TestListeners:
    async def test_those_who_agreed_and_answered_when_to_be_reminded(self, store: Store) -> None:
        await listening(store, "an", language="fr", timezone="Europe/Paris")
        await listening(store, "no", consent="no")
        await listening(store, "ask", consent="ask")
        await met(store, "unasked", ALSO)
        await store.announce("b1", "news", NOW)
        assert await store.listeners("b1", 9) == [Listener("an", "fr", "Europe/Paris", at("an"))]

    async def test_page_by_page_in_the_order_of_ids(self, store: Store) -> None:
        await listening(store, *reversed(NAMES))
        await store.announce("b1", "news", NOW)
        found = []
        while page := await store.listeners("b1", 2):
            found.append([who.learner_id for who in page])
            await store.spread("b1", rows(page), False, NOW)
        assert found == [["an", "binh"], ["chi", "dung"], ["em"]]
        await listening(store, "phuc")
        assert await next_names(store) == ["phuc"]

    async def test_the_address_last_active_that_was_not_left(self, store: Store) -> None:
        await listening(store, "an")
        await store.issue_code("an", "code", after(10))
        await store.redeem_code("code", ALSO, after(1))
        await store.announce("b1", "news", NOW)
        for gone, address in ((HOME, ALSO), (ALSO, at("an"))):
            await store.left(gone, NOW)
            assert [who.address for who in await store.listeners("b1", 9)] == [address]

    async def test_who_cannot_be_reached_ends_nothing(self, store: Store) -> None:
        await listening(store, *NAMES)
        for name in ("an", "binh", "dung"):
            await store.left(at(name), NOW)
        await store.announce("b1", "news", NOW)
        assert await next_names(store, 1) == ["chi"]
        assert await next_names(store, 2) == ["chi", "em"]

    async def test_nobody_listens_to_what_is_unknown_spread_or_stopped(self, store: Store) -> None:
        await listening(store, "an")
        assert await next_names(store) == []
        for name in ("b1", "b2"):
            await store.announce(name, "news", NOW)
        await store.spread("b1", [], True, NOW)
        await store.stop("b2", NOW)
        assert await next_names(store) == await next_names(store, broadcast="b2") == []


class TestSpreading:
    async def test_a_name_is_used_once(self, store: Store) -> None:
        await store.announce("b1", "news", NOW)
        with pytest.raises(Repeated):
            await store.announce("b1", "other", NOW)
        assert await store.unspread() == [("b1", "news")]

    async def test_what_is_not_spread_yet_oldest_first(self, store: Store) -> None:
        for minute, name in enumerate(("z", "b", "a")):
            await store.announce(name, f"news {name}", after(minute))
        await store.spread("b", [], True, NOW)
        assert await store.unspread() == [("z", "news z"), ("a", "news a")]
        await store.stop("z", NOW)
        assert await store.unspread() == [("a", "news a")]

    async def test_rows_leave_when_their_time_has_come(self, store: Store) -> None:
        await listening(store, "an", "binh")
        await store.announce("b1", "news", NOW)
        one, two = await store.listeners("b1", 9)
        said = Said("news", kind="broadcast")
        both = [Announcement(one, said, after(30)), Announcement(two, said)]
        await store.spread("b1", both, True, NOW)
        (sent,) = await taken(store)
        assert sent.address == at("binh")
        await store.settle(sent.id, "sent", NOW)
        (sent,) = await taken(store, after(30))
        assert (sent.address, sent.said) == (at("an"), said)

    async def test_a_row_that_is_there_stays(self, store: Store) -> None:
        await listening(store, *NAMES)
        await store.announce("b1", "news", NOW)
        page = await store.listeners("b1", 3)
        for _ in range(2):
            await store.spread("b1", rows(page), False, NOW)
        await store.spread("b1", rows(page, "other"), True, NOW)
        assert await store.tally("b1") == Tally("spread", queued=3)
        assert await claimed(store) == ["news an", "news binh", "news chi"]

    async def test_two_broadcasts_do_not_meet(self, store: Store) -> None:
        await spread_all(store, "an")
        await store.announce("b2", "more", NOW)
        assert await next_names(store, broadcast="b2") == ["an"]
        await store.spread("b2", rows(await store.listeners("b2", 9)), True, NOW)
        assert await store.stop("b1", NOW) == 1
        assert await store.tally("b2") == Tally("spread", queued=1)

    async def test_who_was_forgotten_meanwhile_gets_no_row(self, store: Store) -> None:
        await listening(store, "an", "binh")
        await store.announce("b1", "news", NOW)
        page = await store.listeners("b1", 9)
        await store.forget("an")
        await store.spread("b1", rows(page), True, NOW)
        assert await claimed(store) == ["news binh"]

    async def test_a_forgotten_learners_row_goes(self, store: Store) -> None:
        await spread_all(store, "an", "binh")
        await store.forget("an")
        assert await store.tally("b1") == Tally("spread", queued=1)

    async def test_two_who_spread_at_once_make_each_row_once(self, store: Store) -> None:
        await listening(store, *NAMES)
        await store.announce("b1", "news", NOW)
        page = await store.listeners("b1", 9)
        await asyncio.gather(*(store.spread("b1", rows(page), True, NOW) for _ in range(4)))
        assert await store.tally("b1") == Tally("spread", queued=5)

    async def test_replies_go_first(self, store: Store) -> None:
        await spread_all(store, "an")
        await say(store, await met(store, "b", HOME), Said("reply"))
        assert await claimed(store) == ["reply", "news an"]


class TestStopping:
    async def test_what_has_not_begun_is_cancelled(self, store: Store) -> None:
        await spread_all(store, *NAMES)
        first, second, third = await taken(store, limit=3)
        await store.settle(first.id, "sent", NOW)
        assert await store.sending(second.id, NOW, "one")
        assert await store.stop("b1", NOW) == 3
        assert not await store.sending(third.id, NOW, "one")
        assert await claimed(store, after(60)) == []
        await store.settle(second.id, "sent", NOW)
        assert await store.tally("b1") == Tally("stopped", sent=2, cancelled=3)
        assert await store.stop("b1", NOW) == 0

    async def test_a_late_outcome_of_what_was_cancelled_changes_nothing(self, store: Store) -> None:
        await spread_all(store, "an")
        (sent,) = await taken(store)
        await store.stop("b1", NOW)
        for outcome in ("queued", "failed", "sent"):
            await store.settle(sent.id, outcome, NOW)  # type: ignore[arg-type]
        assert await store.tally("b1") == Tally("stopped", cancelled=1)

    async def test_what_was_stopped_is_not_spread_any_more(self, store: Store) -> None:
        await listening(store, "an")
        await store.announce("b1", "news", NOW)
        page = await store.listeners("b1", 9)
        await store.stop("b1", NOW)
        await store.spread("b1", rows(page), True, NOW)
        assert await store.tally("b1") == Tally("stopped")

    async def test_nothing_of_nobody_is_stopped(self, store: Store) -> None:
        assert await store.stop("b1", NOW) == 0
        assert await store.tally("b1") is None
        await say(store, await met(store), Said("reply"))
        assert await store.stop("", NOW) == await store.resend_unknown("", NOW) == 0
        assert await claimed(store) == ["reply"]


class TestTally:
    async def test_every_outcome_is_counted(self, store: Store) -> None:
        await spread_all(store, *NAMES)
        sent = await taken(store, limit=4)
        for one, outcome in zip(sent, ("sent", "failed", "unknown"), strict=False):
            await store.settle(one.id, outcome, NOW)  # type: ignore[arg-type]
        assert await store.sending(sent[3].id, NOW, "one")
        tally = await store.tally("b1")
        assert tally == Tally("spread", queued=2, sent=1, failed=1, unknown=1)
        assert tally.total == 5

    @pytest.mark.parametrize("stopped", [False, True])
    async def test_the_unknown_can_be_sent_once_more(self, store: Store, stopped: bool) -> None:
        await spread_all(store, "an", "binh")
        for one in await taken(store):
            assert await store.sending(one.id, NOW, "one")
        assert await taken(store, after(1)) == []  # the leases ended while they were being sent
        if stopped:
            await store.stop("b1", after(1))
        assert await store.resend_unknown("b1", after(1)) == 2
        assert await claimed(store, after(1)) == ["news an", "news binh"]
        assert await store.resend_unknown("b1", after(1)) == 0
