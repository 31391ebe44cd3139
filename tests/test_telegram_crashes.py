"""The server is killed in the middle of its work, again and again: nothing is lost, little is said
twice, and what must not be said twice never is."""

import asyncio
import json
import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.fake_telegram import FakeTelegram
from bot.platforms.telegram import OUT_OF_REACH, WRONG_TOKEN
from tests.crash_desk import IN_FLIGHT, LEASE, Child, child, looked_into
from tests.telegram_desk import TOKEN, Phone, agreed, learned, playing, until

pytestmark = pytest.mark.slow

MANY = 2000
KILLS = 5
FIRST = 1001  # of the people
NEWS = "Mời Anh/Chị học bài mới"


def where_it_is_day(now: datetime) -> str:
    """A time zone in which it is about noon."""
    hours = now.hour - 12  # "Etc/GMT+5" is five hours behind
    return f"Etc/GMT{hours:+d}" if hours else "UTC"


def arrived(fake: FakeTelegram) -> Counter[Any]:
    """How often the news arrived at each person."""
    return Counter(
        call.params["chat_id"] for call in fake.calls if call.method == "sendMessage" and call.done
    )


async def tally(server: Child, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await server.run("broadcast", *words, "--json"))
    return found


async def test_a_broadcast_whose_sender_is_killed_five_times(tmp_path: Path) -> None:
    chance = random.Random(3)
    async with (
        FakeTelegram(token=TOKEN, keep=False) as fake,
        child(tmp_path, fake, HOCVU_TELEGRAM_RATE="1000") as server,
    ):
        fake.people.crowd(FIRST, FIRST + MANY - 1)
        now = fake.world.clock()
        async with looked_into(server, fake) as store:
            for person in range(FIRST, FIRST + MANY):
                zone = where_it_is_day(now)
                await agreed(store, person, now, remind_asked=True, timezone=zone)
        await server.start()
        name = (await tally(server, "send", "--all", "--text", NEWS))["id"]
        for _ in range(KILLS):
            enough = len(fake.calls) + chance.randrange(100, MANY // (KILLS + 2))
            await until(lambda enough=enough: len(fake.calls) >= enough, 60)
            await server.kill()
            await server.start()
        async with looked_into(server, fake) as store:
            for _ in range(6 * LEASE):
                found = await store.tally(name)
                if found is not None and not found.queued:
                    break
                await asyncio.sleep(0.5)
        counted = await tally(server, "status", name)
        assert counted["queued"] == 0
        done = [counted[key] for key in ("sent", "failed", "unknown", "cancelled")]
        assert sum(done) == counted["total"] == MANY
        assert counted["unknown"] <= KILLS * IN_FLIGHT
        assert set(arrived(fake).values()) == {1}
        assert counted["sent"] <= len(arrived(fake)) <= counted["sent"] + counted["unknown"]
        await tally(server, "resend-unknown", name)
        await until(lambda: len(arrived(fake)) == MANY, 60)


# --- people at their lesson while the server is killed ---


async def walked(fake: FakeTelegram, people: range, seconds: float) -> None:
    """Everybody goes through the first lesson; each answer comes within so many seconds."""
    await asyncio.gather(*(Phone(fake, person).lesson(seconds) for person in people))


def read(fake: FakeTelegram, person: int) -> list[str]:
    return [each["text"] for each in fake.people.sees(person) if not each["own"]]


def within(calm: list[str], read: list[str]) -> bool:
    """Whether everything was read in its order, whatever else was."""
    rest = iter(read)
    return all(text in rest for text in calm)


async def test_a_lesson_of_twenty_people_whose_server_is_killed(tmp_path: Path) -> None:
    people, chance = range(FIRST, FIRST + 20), random.Random(4)
    async with playing(tmp_path, url=f"sqlite+aiosqlite:///{tmp_path}/calm.db") as scene:
        for person in people:
            await agreed(scene.house.store, person, scene.house.now())
        await walked(scene.fake, people, 60)
        calm = {who: scene.texts(who) for who in people}
        known = {who: await learned(scene.house.store, who) for who in people}
    async with (
        FakeTelegram(token=TOKEN) as fake,
        child(tmp_path, fake, HOCVU_TELEGRAM_RATE="1000") as server,
    ):
        async with looked_into(server, fake) as store:
            for person in people:
                await agreed(store, person, fake.world.clock())
        await server.start()
        walking = asyncio.create_task(walked(fake, people, 3 * LEASE))
        for _ in range(KILLS):
            enough = len(fake.calls) + chance.randrange(40, 200)
            await until(lambda enough=enough: len(fake.calls) >= enough, 60)
            await server.kill()
            await server.start()
        await walking
        await until(lambda: all(within(calm[who], read(fake, who)) for who in people), LEASE)
        twice = sum(len(read(fake, who)) - len(calm[who]) for who in people)
        assert 0 <= twice <= KILLS * IN_FLIGHT
        async with looked_into(server, fake) as store:
            assert {who: await learned(store, who) for who in people} == known


# --- what the operator reads ---


def secret_in(printed: str) -> bool:
    return TOKEN in printed or TOKEN.partition(":")[2] in printed


async def test_a_token_is_never_printed(tmp_path: Path) -> None:
    """Neither when all is well nor when the server is away, refuses it, or talks nonsense."""
    async with FakeTelegram(token=TOKEN) as fake, child(tmp_path, fake) as server:
        await server.start()
        fake.people.start(FIRST)
        await until(lambda: len(read(fake, FIRST)) == 2)
        await fake.stop()
        await until(lambda: OUT_OF_REACH in server.printed)
        fake.token = "123456:another"
        await fake.start()
        await until(lambda: WRONG_TOKEN in server.printed)
        assert await server.healthy()
        await server.kill()
        await server.start()
        await until(lambda: server.printed.count(WRONG_TOKEN) == 2)
        assert await server.healthy()
        await server.kill()
        await fake.stop()
        await server.start()
        await until(lambda: server.printed.count(OUT_OF_REACH) == 2)
        assert await server.healthy()
        settings = await server.run("settings")
        assert "HOCVU_TELEGRAM_TOKEN" in settings
        assert "***" in settings
        assert not secret_in(server.printed + settings)


async def test_a_token_that_cannot_be_one_is_said_once(tmp_path: Path) -> None:
    async with (
        FakeTelegram(token=TOKEN) as fake,
        child(tmp_path, fake, HOCVU_TELEGRAM_TOKEN="not a token") as server,
    ):
        await server.start()
        await until(lambda: WRONG_TOKEN in server.printed)
        assert await server.healthy()
        assert "not a token" not in server.printed
