"""The process whose sending is measured, so that its time and its memory are nobody else's.

`python -m benchmarks.sending COUNT SERVER [DATABASE]` writes to the people 1, 2, … COUNT and prints
its figures as one JSON object: out of the database's outbox, or by a bare bot without one.
"""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from telegram import LinkPreviewOptions
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from benchmarks.server import TOKEN
from benchmarks.walk import BEGIN
from bot.budget import Rates, SendBudget
from bot.gate import Gate
from bot.limiter import CONNECTIONS, make_bot
from bot.outbox import Begin
from bot.platforms.telegram_mouth import AT_ONCE, Mouth
from bot.render import Part
from bot.settings import Settings
from bot.wiring import build
from lessons.messages import Address, Kind
from lessons.use_cases.broadcast import spread
from storage.sql import open_store

TEXT = "Chào bạn. Tuần này trung tâm mở cửa lúc 8 giờ sáng thứ Hai; mời bạn ghé thăm."
NAME = "benchmark"
UNLIMITED = Rates(overall=10**6, burst=10**6)
WARM = 10  # the memory is steady after one in so many
LOOKS = 40  # at the memory
STATM = Path("/proc/self/statm")


@dataclass
class Figures:
    """What it took, counted from the first message that arrived to the last one."""

    count: int
    arrived: int = 0
    all_arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _memory: list[float] = field(default_factory=list)
    _began: float = field(default_factory=perf_counter)
    _worked: float = field(default_factory=process_time)

    def one_arrived(self) -> None:
        self.arrived += 1
        if self.arrived % max(1, self.count // LOOKS) == 0 and STATM.exists():
            self._memory.append(_megabytes())
        if self.arrived == self.count:
            self.all_arrived.set()

    def shown(self) -> dict[str, float]:
        """When everything is settled."""
        seconds, worked = perf_counter() - self._began, process_time() - self._worked
        rates = {
            "messages/s": self.count / seconds,
            "CPU, µs a message": 1_000_000 * worked / self.count,
        }
        steady = self._memory[len(self._memory) // WARM :]
        return rates | ({"memory grown, MB": max(steady) - steady[0]} if steady else {})


def _megabytes() -> float:
    """What of this process is in memory now."""
    pages = int(STATM.read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def out_of_the_outbox(count: int, server: str, database: str) -> dict[str, float]:
    """Spread and sent as the product does, its budget lifted."""
    began = perf_counter()

    def now() -> datetime:
        return BEGIN + timedelta(seconds=perf_counter() - began)

    async def halted(_: float) -> None:
        raise AssertionError("nobody asks to wait")

    store = await open_store(database, BEGIN)
    gate = Gate(SendBudget(UNLIMITED), asyncio.get_running_loop().time)
    try:
        async with make_bot(TOKEN, server, gate, halted) as bot:
            house = build(store, Settings(_env_file=None), now)
            await house.store.announce(NAME, TEXT, now())
            began_to_spread = perf_counter()
            assert await spread(house.store, now()) == count
            rows = count / (perf_counter() - began_to_spread)
            figures = Figures(count)
            lane = house.lane("telegram", Counting(Mouth(bot, gate), figures))
            running = asyncio.create_task(lane.run(house.bell))
            await figures.all_arrived.wait()
            running.cancel()  # what is under way is settled first
            await asyncio.gather(running, return_exceptions=True)
            found = figures.shown()
            tally = await store.tally(NAME)
    finally:
        await store.close()
    assert tally is not None
    assert tally.sent == count, tally
    return {**found, "spread, rows/s": rows}


class Counting:
    """The mouth, and how much of what it sends has arrived."""

    def __init__(self, mouth: Mouth, figures: Figures) -> None:
        self._mouth = mouth
        self._figures = figures
        self.caps, self.at_once, self.closed_for = mouth.caps, mouth.at_once, mouth.closed_for

    async def deliver(self, address: Address, part: Part, kind: Kind, begin: Begin) -> str:
        found = await self._mouth.deliver(address, part, kind, begin)
        self._figures.one_arrived()
        return found


async def by_a_bare_bot(count: int, server: str) -> dict[str, float]:
    """As many at once as a lane has under way, and nothing noted down."""
    request = HTTPXRequest(connection_pool_size=CONNECTIONS)
    chats = iter(range(1, count + 1))
    async with ExtBot(TOKEN, f"{server}/bot", request=request) as bot:
        figures = Figures(count)

        async def send() -> None:
            for chat in chats:
                preview = LinkPreviewOptions(is_disabled=True)
                await bot.send_message(chat, TEXT, "HTML", link_preview_options=preview)
                figures.one_arrived()

        async with asyncio.TaskGroup() as sending:
            for _ in range(AT_ONCE):
                sending.create_task(send())
        return figures.shown()


def main(count: str, *where: str) -> None:
    send: Callable[..., Awaitable[dict[str, float]]]
    send = out_of_the_outbox if len(where) > 1 else by_a_bare_bot
    print(json.dumps(asyncio.run(send(int(count), *where))))


if __name__ == "__main__":
    main(*sys.argv[1:])
