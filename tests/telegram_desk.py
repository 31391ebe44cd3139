"""A bot on a fake Telegram in one process: a house on a file of SQLite, and people who write."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import wiring
from bot.budget import Rates
from bot.fake_telegram import FakeTelegram
from bot.settings import Settings
from bot.telegram import Telegram
from bot.wiring import House
from lessons.messages import Address, Said
from lessons.ports import Saving

QUICK = Rates(overall=10_000, burst=1_000, group=1_000)  # the fake has no limits of its own
TOKEN = "123456:AAEhBOweik6ad6PsVukTestTestTest0001"
AN, BINH = 7, 8
LOOK_AGAIN = 0.01  # seconds
SOON = 20.0  # seconds until something must have happened; a loaded machine is slow


async def until(happened: Callable[[], object], seconds: float = SOON) -> Any:
    """Wait until it is so, looking often; returns what it is then."""
    for _ in range(int(seconds / LOOK_AGAIN)):
        if found := happened():
            return found
        await asyncio.sleep(LOOK_AGAIN)
    raise AssertionError(f"not within {seconds} s")


@dataclass
class Scene:
    """What plays: the fake, the house behind the bot, and what the operator was told."""

    fake: FakeTelegram
    house: House
    bot: Telegram
    told: list[str] = field(default_factory=list)

    def texts(self, person: int = AN, chat: int | None = None) -> list[str]:
        """What the person sees of the bot, as plain text."""
        return [
            each.get("text", "") for each in self.fake.people.sees(person, chat) if not each["own"]
        ]

    def calls(self, method: str) -> int:
        """How often the bot called a method and it took effect."""
        return sum(call.method == method and call.done for call in self.fake.calls)

    async def said(self, many: int, person: int = AN) -> list[str]:
        """The bot's messages to a person, once there are so many."""
        await until(lambda: len(self.texts(person)) >= many)
        return self.texts(person)

    async def reminded(self, person: int = AN) -> None:
        """Something nobody asked for is put into the outbox for this person, and dealt with."""
        store, here = self.house.store, Address("telegram", str(person))
        learner = await store.learner(here)
        assert learner is not None
        now = self.house.now()
        says = (Said("Có câu đến hạn ôn.", kind="reminder"),)
        await store.save(Saving(learner, here, now, says=says, slot=f"test:{now}"))
        self.house.bell.ring(here)
        for _ in range(200):
            if not [s for s in await store.history(here, 0, 5) if not s.sent and not s.heard]:
                return
            await asyncio.sleep(LOOK_AGAIN)

    async def agreed(self, person: int = AN) -> None:
        """The person has agreed and is on the first screen."""
        before = len(self.texts(person))
        self.fake.people.say(person, "/start")
        await self.said(before + 2, person)
        self.fake.people.tap(person, "Đồng ý")
        await self.said(before + 3, person)

    async def asked(self, person: int = AN) -> None:
        """The first question waits for its answer."""
        await self.agreed(person)
        for label in ("Tiếp", "Tiếp: câu hỏi"):
            before = len(self.texts(person))
            self.fake.people.tap(person, label)
            await self.said(before + 1, person)


@asynccontextmanager
async def playing(
    folder: Path,
    fake: FakeTelegram | None = None,
    url: str = "",
    rates: Rates | None = QUICK,
    **settings: Any,
) -> AsyncIterator[Scene]:
    """A bot that listens. With `fake`, on one that runs already; with `url`, on that database."""
    if fake is None:
        async with (
            FakeTelegram(token=TOKEN) as started,
            playing(folder, started, url, rates, **settings) as scene,
        ):
            yield scene
        return
    given = {
        "database_url": url or f"sqlite+aiosqlite:///{folder}/hocvu.db",
        "telegram_token": TOKEN,
        "telegram_api_url": fake.url,
    }
    chosen = Settings(_env_file=None, **(given | settings))
    told: list[str] = []
    async with wiring.opened(chosen) as house:
        bot = Telegram(house, chosen, told.append, rates)
        running = asyncio.create_task(bot.run())
        try:
            yield Scene(fake, house, bot, told)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
