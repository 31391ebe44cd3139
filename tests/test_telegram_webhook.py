"""Telegram sends what it hears: kept before it is told so, and only from whom it claims to be."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot import wiring
from bot.arrivals import Arrivals
from bot.fake_telegram import FakeTelegram
from bot.platforms.telegram import Ear
from bot.settings import Settings
from bot.wiring import House, WebDoor
from lessons.messages import Address, Heard
from tests.telegram_desk import AN, TOKEN, Scene, playing, until
from tests.web_desk import serving, visit

SECRET = "known_to_Telegram_alone"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
NOWHERE = "http://127.0.0.1:9/telegram/webhook"  # the test brings what the fake cannot
Hook = wiring.Hook


@dataclass
class Postbox:
    """Where updates are brought; `client` is on the way through the whole web application."""

    client: httpx.AsyncClient

    async def put(self, update: Mapping[str, Any] | bytes, secret: str | bytes = SECRET) -> int:
        """Bring an update; the status of the answer."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        headers = {HEADER: secret.encode() if isinstance(secret, str) else secret}
        answer = await self.client.post("/telegram/webhook", content=body, headers=headers)  # type: ignore[arg-type]
        return answer.status_code


@asynccontextmanager
async def hooked(folder: Path) -> AsyncIterator[tuple[Scene, Postbox]]:
    async with playing(
        folder,
        telegram_mode="webhook",
        telegram_webhook_url=NOWHERE,
        telegram_webhook_secret=SECRET,
    ) as scene:
        await until(lambda: scene.calls("setWebhook"))
        async with visit(door(scene.house, scene.bot.hook)) as client:
            yield scene, Postbox(client)


def door(house: House, hook: Hook) -> WebDoor:
    return WebDoor(house, "of the web", {"telegram": hook})


def waiting(fake: FakeTelegram) -> list[dict[str, Any]]:
    """The updates that Telegram has for us; they are brought by whoever takes them here."""
    found = [update.body for update in fake.world.updates.values()]
    fake.world.updates.clear()
    return found


async def test_what_is_brought_with_the_secret_is_answered(tmp_path: Path) -> None:
    async with hooked(tmp_path) as (scene, postbox):
        scene.fake.people.start(AN)
        for update in waiting(scene.fake):
            assert await postbox.put(update) == 200
        assert "Trợ giảng số" in (await scene.said(2))[0]


async def test_what_comes_without_the_secret_is_not_even_kept(tmp_path: Path) -> None:
    async with hooked(tmp_path) as (scene, postbox):
        scene.fake.people.start(AN)
        (update,) = waiting(scene.fake)
        for secret in ("", "guessed", SECRET[:-1], "bí mật", b"\xff\xfe"):
            assert await postbox.put(update, secret) == 403
        assert await scene.house.store.received("telegram", 10) == []
        assert scene.texts() == []


async def test_nothing_is_believed_before_telegram_knows_the_secret(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene, visit(door(scene.house, scene.bot.hook)) as client:
        assert await Postbox(client).put({"update_id": 1}, "") == 403


async def test_what_cannot_be_read_is_taken_and_forgotten(tmp_path: Path) -> None:
    async with hooked(tmp_path) as (scene, postbox):
        for nonsense in (
            b"",
            b"not JSON",
            b"[]",
            b"{}",
            b"\xff\xfe",
            b"[" * 10_000,
            b'{"update_id": 1, "message": 5}',
            b'{"update_id": 2, "message": {"text": "\\ud800"}}',
        ):
            assert await postbox.put(nonsense) in (200, 400)
        assert await postbox.put(b" " * 2_000_000) == 413
        assert await scene.house.store.received("telegram", 10) == []


async def test_ten_taps_at_once_are_one_answer(tmp_path: Path) -> None:
    async with hooked(tmp_path) as (scene, postbox):
        people, fake = scene.fake.people, scene.fake
        people.start(AN)
        for seen, label in enumerate(("Đồng ý", "Tiếp", "Tiếp: câu hỏi"), 2):
            await asyncio.gather(*map(postbox.put, waiting(fake)))
            await scene.said(seen)
            people.tap(AN, label)
        await asyncio.gather(*map(postbox.put, waiting(fake)))
        await until(lambda: "Câu 1/5" in scene.texts()[-1])
        for _ in range(10):
            people.tap(AN, "A")
        taps = waiting(fake)
        people.say(AN, "/tiendo")
        statuses = await asyncio.gather(*(postbox.put(tap) for tap in reversed(taps * 2)))
        assert set(statuses) == {200}
        await asyncio.gather(*map(postbox.put, waiting(fake)))
        await until(lambda: "0/8" in scene.texts()[-1])
        learner = await scene.house.store.learner(Address("telegram", str(AN)))
        assert learner is not None
        facts = await scene.house.store.facts(learner.id)
        assert [name for _, name, _ in facts].count("Answered") == 1


async def test_what_was_taken_and_not_handled_is_handled_by_the_next_process(
    tmp_path: Path,
) -> None:
    """The process ends between its 200 and the first look at the message."""
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite+aiosqlite:///{tmp_path}/hocvu.db",
        telegram_token=TOKEN,
    )
    async with FakeTelegram(token=TOKEN) as fake:
        fake.people.start(AN)
        (update,) = waiting(fake)
        async with wiring.opened(settings) as house:
            ear = listening(house, fake)
            await ear.hook(SECRET, {HEADER.lower(): SECRET}, json.dumps(update).encode())
            await ear.close()
        async with playing(tmp_path, fake) as scene:
            assert "Trợ giảng số" in (await scene.said(2))[0]


def listening(house: House, fake: FakeTelegram) -> Ear:
    """An ear whose arrivals nobody handles."""

    async def nobody(_: Heard) -> None:
        raise AssertionError

    arrivals = Arrivals("telegram", house.store, nobody, house.now)
    return Ear(TOKEN, fake.url, arrivals.receive, lambda _: None)


async def test_what_could_not_be_kept_is_brought_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    database = tmp_path / "hocvu.db"
    async with (
        FakeTelegram(token=TOKEN, backoff=(0.05,)) as fake,
        playing(
            tmp_path,
            fake,
            f"sqlite+aiosqlite:///{database}?timeout=0.05",
            telegram_mode="webhook",
            telegram_webhook_url=f"http://127.0.0.1:{port}/telegram/webhook",
        ) as scene,
        serving(door(scene.house, scene.bot.hook), port),  # type: ignore[arg-type]
    ):
        await until(lambda: scene.calls("setWebhook"))
        other = sqlite3.connect(database, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            fake.people.start(AN)
            await until(lambda: "503" in getattr(fake.world.webhook, "error", ""))
            other.execute("ROLLBACK")
        finally:
            other.close()
        assert len(await scene.said(2)) == 2
        await until(lambda: not fake.world.updates)
