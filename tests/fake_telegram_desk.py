"""A fake Telegram for tests: a clock that is set by hand, raw calls, and the two bot libraries."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.ext import ExtBot

from bot.fake_telegram import FakeTelegram

AN = 7  # a person who has pressed Start


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Desk:
    """A fake, its clock, and calls to it without any library."""

    fake: FakeTelegram
    clock: Clock
    client: aiohttp.ClientSession

    async def call(self, method: str, **given: Any) -> dict[str, Any]:
        """The whole answer of a call sent as JSON."""
        url = f"{self.fake.url}/bot{self.fake.token}/{method}"
        async with self.client.post(url, json=given) as answer:
            found: dict[str, Any] = await answer.json()
            assert found["ok"] is (answer.status == 200)
            return found

    async def done(self, method: str, **given: Any) -> Any:
        """The result of a call that must succeed."""
        found = await self.call(method, **given)
        assert found["ok"], found
        return found["result"]

    async def refused(self, method: str, **given: Any) -> str:
        """Why a call is refused, after its number."""
        found = await self.call(method, **given)
        assert not found["ok"], found
        return f"{found['error_code']} {found['description']}"

    async def say(self, text: str = "Chào", **given: Any) -> dict[str, Any]:
        """A message of the bot's to An."""
        found: dict[str, Any] = await self.done("sendMessage", chat_id=AN, text=text, **given)
        return found

    async def control(self, path: str, **given: Any) -> Any:
        async with self.client.post(f"{self.fake.url}/_fake/{path}", json=given) as answer:
            return await answer.json()

    async def look(self, path: str) -> Any:
        async with self.client.get(f"{self.fake.url}/_fake/{path}") as answer:
            return await answer.json()

    async def news(self) -> list[dict[str, Any]]:
        """The updates that wait, without their numbers; confirmed by the next look."""
        found = await self.done("getUpdates")
        if found:
            await self.done("getUpdates", offset=found[-1]["update_id"] + 1)
        return [{k: v for k, v in update.items() if k != "update_id"} for update in found]


@asynccontextmanager
async def desk(**options: Any) -> AsyncIterator[Desk]:
    """With one person, An, who has pressed Start."""
    clock = Clock()
    async with (
        FakeTelegram(clock=clock, **options) as fake,
        aiohttp.ClientSession() as client,
    ):
        fake.people.meet(AN, "An", "vi")
        fake.people.crowd(AN, AN)
        yield Desk(fake, clock, client)


@asynccontextmanager
async def aiogram_bot(url: str, token: str) -> AsyncIterator[Bot]:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    async with bot.context():
        yield bot


@asynccontextmanager
async def telegram_bot(url: str, token: str) -> AsyncIterator[ExtBot[None]]:
    async with ExtBot(token, base_url=f"{url}/bot") as bot:
        yield bot


def buttons(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    """Inline buttons: label and data."""
    return {"inline_keyboard": [[{"text": t, "callback_data": d} for t, d in r] for r in rows]}


def as_form(given: dict[str, Any]) -> dict[str, str]:
    """As a form: what is not text is JSON."""
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}
