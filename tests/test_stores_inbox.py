"""What every store does with updates: kept until they are handled, in their order, once."""

import pytest

from lessons.messages import Address, Heard
from lessons.ports import Store
from tests.stores_desk import HOME, NOW, after, hears

GROUP = Address("telegram", "-100")
VOTE = Heard(GROUP, "7", "poll:2", "vote", "fr-CA", "31", "17")


async def waiting(store: Store, platform: str = "web", limit: int = 10) -> list[str]:
    return [one.heard.update for one in await store.received(platform, limit)]


async def ids(store: Store, platform: str = "web") -> list[int]:
    return [one.id for one in await store.received(platform, 10)]


class TestInbox:
    async def test_an_update_comes_out_as_it_came_in(self, store: Store) -> None:
        assert await store.receive([VOTE], NOW) == 1
        (received,) = await store.received("telegram", 5)
        assert received.heard == VOTE

    async def test_only_new_updates_count(self, store: Store) -> None:
        assert await store.receive([], NOW) == 0
        assert await store.receive([hears("1"), hears("2"), hears("2")], NOW) == 2
        assert await store.receive([hears("2", "other"), hears("3")], NOW) == 1
        assert await waiting(store) == ["1", "2", "3"]
        (_, second, _) = await store.received("web", 3)
        assert second.heard.text == "chào"

    async def test_each_platform_has_its_own_names(self, store: Store) -> None:
        assert await store.receive([hears("1"), hears("1", at=GROUP)], NOW) == 2
        assert await waiting(store) == await waiting(store, "telegram") == ["1"]
        assert await waiting(store, "zalo") == []

    async def test_numbers_come_in_their_order(self, store: Store) -> None:
        await store.receive([hears("10"), hears("9")], NOW)
        await store.receive([hears("8")], after(1))
        assert await waiting(store) == ["8", "9", "10"]
        assert await waiting(store, limit=2) == ["8", "9"]

    async def test_other_names_come_as_they_arrived(self, store: Store) -> None:
        names = ["b", "a", "²", "9" * 30]
        for name in names:
            await store.receive([hears(name)], NOW)
        assert await waiting(store) == names

    async def test_each_time_it_is_given_out_is_a_try(self, store: Store) -> None:
        await store.receive([hears("1"), hears("2")], NOW)
        assert [one.tries for one in await store.received("web", 1)] == [1]
        assert [one.tries for one in await store.received("web", 2)] == [2, 1]

    async def test_besides_those_that_are_in_hand(self, store: Store) -> None:
        await store.receive([hears(name) for name in "123"], NOW)
        first, second = await store.received("web", 2)
        (third,) = await store.received("web", 2, {first.id, second.id})
        assert (third.heard.update, third.tries) == ("3", 1)
        assert [one.tries for one in await store.received("web", 2)] == [2, 2]

    async def test_what_is_handled_is_over_but_known(self, store: Store) -> None:
        await store.receive([hears("1"), hears("2")], NOW)
        first, second = await ids(store)
        await store.handled([first])
        assert await ids(store) == [second]
        assert await store.receive([hears("1")], NOW) == 0
        await store.handled([])
        await store.handled([first, second, 999])
        assert await ids(store) == []

    async def test_old_names_are_dropped_but_not_what_waits(self, store: Store) -> None:
        await store.receive([hears("1"), hears("2")], NOW)
        await store.receive([hears("3")], after(5))
        first, second, third = await ids(store)
        await store.handled([first, third])
        assert await store.drop_handled(NOW) == 0
        assert await store.drop_handled(after(1)) == 1
        assert await ids(store) == [second]
        assert await store.receive([hears(name) for name in "123"], after(6)) == 1

    @pytest.mark.parametrize("many", [1500])
    async def test_many_at_once(self, store: Store, many: int) -> None:
        updates = [hears(f"{n}") for n in range(1, many + 1)]
        assert await store.receive(updates, NOW) == many
        assert await store.receive(updates, NOW) == 0
        assert len(await store.received("web", many)) == many
        assert [one.heard.address for one in await store.received("web", 1)] == [HOME]
