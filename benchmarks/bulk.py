"""A bulk of messages with replies between them: what the server sees in its worst second, how long
a reply waits behind the bulk, and how long all of it takes.

Our mouth, limiter and gate at 30 messages a second, and python-telegram-bot's own AIORateLimiter
as it comes, each by one bot to a fake Bot API server of its own, which counts and refuses nobody.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from time import perf_counter
from typing import Any

from benchmarks.measure import Benchmark, Case, Prepared, Size
from benchmarks.server import TOKEN, missing, telegram
from lessons.messages import Address, Kind

TEXT = "Chào bạn. Trung tâm mở cửa lúc 8 giờ sáng thứ Hai."
BETWEEN = 0.5  # seconds between two replies

Send = Callable[[int, Kind], Coroutine[Any, Any, object]]  # to this chat
Sending = Callable[[str], AbstractAsyncContextManager[Send]]  # to the server at this address


def prepare(size: Size, _: ExitStack) -> Prepared:
    names = {"hocvu": (_hocvu, missing()), "AIORateLimiter": (_stock, missing("aiolimiter"))}

    def case(name: str, sending: Sending) -> Case:
        return Case("bulk", name, lambda: asyncio.run(_measured(size, sending)))

    cases = [case(name, sending) for name, (sending, why) in names.items() if not why]
    return Prepared(cases, tuple((name, why) for name, (_, why) in names.items() if why))


async def _measured(size: Size, sending: Sending) -> Mapping[str, float]:
    waits: list[float] = []

    async def answer(chat: int, send: Send) -> None:
        asked = perf_counter()
        await send(chat, "reply")
        waits.append(perf_counter() - asked)

    with telegram(size.bulk + size.replies) as server:
        async with sending(server.url) as send:
            began = perf_counter()
            async with asyncio.TaskGroup() as under_way:
                for chat in range(1, size.bulk + 1):
                    under_way.create_task(send(chat, "broadcast"))
                for reply in range(1, size.replies + 1):
                    await asyncio.sleep(BETWEEN)
                    under_way.create_task(answer(size.bulk + reply, send))
            seconds = perf_counter() - began
        worst = server.worst_second()
    return {"worst second": worst, "slowest reply, ms": 1000 * max(waits), "all, s": seconds}


@asynccontextmanager
async def _hocvu(url: str) -> AsyncIterator[Send]:
    from bot.budget import SendBudget
    from bot.gate import Gate
    from bot.limiter import make_bot
    from bot.platforms.telegram_mouth import Mouth
    from bot.render import Text

    async def halted(_: float) -> None:
        raise AssertionError("nobody asks to wait")

    async def begin() -> None: ...

    gate = Gate(SendBudget(), asyncio.get_running_loop().time)
    async with make_bot(TOKEN, url, gate, halted) as bot:
        mouth = Mouth(bot, gate)

        async def send(chat: int, kind: Kind) -> object:
            return await mouth.deliver(Address("telegram", str(chat)), Text(TEXT), kind, begin)

        yield send


@asynccontextmanager
async def _stock(url: str) -> AsyncIterator[Send]:
    from telegram.ext import AIORateLimiter, ExtBot
    from telegram.request import HTTPXRequest

    from bot.limiter import CONNECTIONS

    request = HTTPXRequest(connection_pool_size=CONNECTIONS)
    bot = ExtBot(TOKEN, f"{url}/bot", request=request, rate_limiter=AIORateLimiter())
    async with bot:

        async def send(chat: int, _: Kind) -> object:
            return await bot.send_message(chat, TEXT)

        yield send


BULK = Benchmark(
    "bulk",
    "as named",
    "300 broadcasts at once, a reply every half second, to a server in its own process",
    prepare,
    rounds=1,
)
