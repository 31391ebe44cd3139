"""A whole message: heard, decided, committed once, its replies in the outbox.

All learners write at once, each as soon as the last message was dealt with.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import count
from time import perf_counter
from typing import TypeVar

from benchmarks.databases import DATABASES, Fresh, missing
from benchmarks.measure import Benchmark, Case, Prepared, Size
from benchmarks.walk import BEGIN, THINKING, Walk, c6, learner_id, walks
from bot.settings import Settings
from bot.wiring import House, build, bundled, publish
from lessons.ports import Store
from storage.sql import open_store

T = TypeVar("T")


def prepare(size: Size, _: ExitStack) -> Prepared:
    absent = missing()
    all_walks = walks(c6(), size.learners, size.messages)

    def case(name: str) -> Case:
        return Case("messages", name, lambda: asyncio.run(_measured(DATABASES[name], all_walks)))

    return Prepared([case(name) for name in DATABASES if name not in absent], tuple(absent.items()))


async def _measured(fresh: Fresh, all_walks: Sequence[Walk]) -> float:
    async with fresh() as url:
        store = await open_store(url, BEGIN)
        try:
            house = await arrived(store, all_walks)
            began = perf_counter()
            await side_by_side([walk.study for walk in all_walks], house.inbox.hear)
            seconds = perf_counter() - began
            await check(store, all_walks)
        finally:
            await store.close()
    return sum(len(walk.study) for walk in all_walks) / seconds


async def arrived(store: Store, all_walks: Sequence[Walk]) -> House:
    """A house with its course published and its learners' consent given: nothing of it is timed."""
    numbers = count()
    house = build(
        store,
        Settings(language="vi", timezone="Asia/Ho_Chi_Minh"),
        now=clock(len(all_walks)),
        new_id=lambda: learner_id(next(numbers)),
    )
    await publish(house, (bundled(),))
    for walk in all_walks:
        for heard in walk.arrival:
            await house.inbox.hear(heard)
    return house


def clock(learners: int) -> Callable[[], datetime]:
    """A little later at each look: a learner's messages are about THINKING apart."""
    looks, tick = count(), THINKING / max(learners, 1)
    return lambda: BEGIN + tick * next(looks)


async def side_by_side(lanes: Sequence[Sequence[T]], do: Callable[[T], Awaitable[None]]) -> None:
    """Everything of every lane: each lane in its order, all lanes at once."""

    async def walk(lane: Sequence[T]) -> None:
        for one in lane:
            await do(one)

    async with asyncio.TaskGroup() as walking:
        for lane in lanes:
            walking.create_task(walk(lane))


async def check(store: Store, all_walks: Sequence[Walk]) -> None:
    """A figure counts only if everything that happened to every learner is in the store."""
    for walk in all_walks:
        kept = [name for _, name, _ in await store.facts(walk.learner.id)]
        assert kept == list(walk.facts), f"learner {walk.learner.id} was not served as expected"


MESSAGES = Benchmark("messages", "messages/s", "a whole message, into the outbox", prepare)
