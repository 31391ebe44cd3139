"""The bell: one chat's news wake its own pages and the lanes, and nobody else."""

import asyncio
import gc

from bot.outbox import Bell
from lessons.messages import Address

AN, BINH = Address("web", "an"), Address("web", "binh")


async def woken(bell: Bell, rung: Address | None) -> set[str]:
    """Who wakes, of a page of each and a lane."""
    waiting = {
        "an": asyncio.create_task(bell.wait(5, AN)),
        "binh": asyncio.create_task(bell.wait(5, BINH)),
        "lane": asyncio.create_task(bell.wait(5)),
    }
    await asyncio.sleep(0)
    bell.ring(rung)
    await asyncio.sleep(0.01)
    found = {name for name, task in waiting.items() if task.done()}
    for task in waiting.values():
        task.cancel()
    await asyncio.gather(*waiting.values(), return_exceptions=True)
    return found


async def test_the_bell_is_rung_for_one_chat_or_for_all() -> None:
    bell = Bell()
    assert await woken(bell, AN) == {"an", "lane"}
    assert await woken(bell, None) == {"an", "binh", "lane"}
    assert await woken(bell, Address("web", "nobody")) == {"lane"}


async def test_the_bell_wakes_everyone_who_waits_for_a_chat() -> None:
    bell = Bell()
    pages = [asyncio.create_task(bell.wait(5, AN)) for _ in range(2)]
    await asyncio.sleep(0)
    bell.ring(AN)
    await asyncio.wait_for(asyncio.gather(*pages), 1)


async def test_the_bell_remembers_nobody_who_has_left() -> None:
    bell = Bell()
    for n in range(100):
        await bell.wait(0, Address("web", str(n)))
    await woken(bell, BINH)
    await asyncio.sleep(0)
    gc.collect()
    assert len(bell._waiting) == 0
