"""What was kept is handled, whatever stops the handling."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.arrivals import Arrivals
from lessons.messages import Address, Heard
from lessons.ports import Stale, Unavailable
from storage.memory import MemoryStore
from tests.stores_desk import NOW

AN = Address("telegram", "7")


class Away(MemoryStore):
    """A store that is away for as many calls as there are errors."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__()
        self.errors = list(errors)

    async def handled(self, ids: Sequence[int]) -> None:
        if self.errors:
            raise self.errors.pop(0)
        await super().handled(ids)


async def no_pause(_: float) -> None:
    await asyncio.sleep(0)


def arriving(store: MemoryStore, heard: list[str], gate: asyncio.Event) -> Arrivals:
    async def hear(each: Heard) -> None:
        await gate.wait()
        heard.append(each.text)

    return Arrivals("telegram", store, hear, lambda: NOW, no_pause)


async def done(heard: list[str], many: int) -> None:
    for _ in range(1000):
        if len(heard) >= many:
            return
        await asyncio.sleep(0.001)
    raise AssertionError(heard)


async def test_what_was_under_way_when_it_stopped_is_handled_when_it_goes_on() -> None:
    heard: list[str] = []
    gate, store = asyncio.Event(), MemoryStore()
    arrivals = arriving(store, heard, gate)
    await arrivals.receive([Heard(AN, "1", "một"), Heard(AN, "2", "hai")])
    running = asyncio.create_task(arrivals.run())
    await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    gate.set()
    running = asyncio.create_task(arrivals.run())
    await done(heard, 2)
    running.cancel()
    assert heard == ["một", "hai"]


@pytest.mark.parametrize("error", [Unavailable("locked"), Stale()])
async def test_a_store_that_is_away_holds_up_nobody_for_ever(error: Exception) -> None:
    heard: list[str] = []
    gate, store = asyncio.Event(), Away(error)
    gate.set()
    arrivals = arriving(store, heard, gate)
    running = asyncio.create_task(arrivals.run())
    await arrivals.receive([Heard(AN, "1", "một"), Heard(AN, "2", "hai")])
    await done(heard, 2)
    await arrivals.receive([Heard(AN, "3", "ba")])
    await done(heard, 3)
    running.cancel()
    assert heard == ["một", "hai", "ba"]
