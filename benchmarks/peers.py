"""The peers' routing: JSON of a message to their typed update to a handler that answers.

Nothing is decided, saved or sent, so they do less than a message of ours. Each is given the routing
that costs it least, and a stand-in for the network that answers before anything is encoded.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

from benchmarks.measure import Benchmark, Case, Prepared, Size, rate

TOKEN = "42:benchmark"
CHAT = {"id": 7, "type": "private", "first_name": "An"}
ME = {"id": 42, "is_bot": True, "first_name": "Tutor", "username": "tutor_bot"}
Feed = Callable[[str], Awaitable[None]]
Answered = Callable[[], int]


def prepare(size: Size, stack: ExitStack) -> Prepared:
    loop = asyncio.new_event_loop()
    stack.callback(loop.close)
    texts = [update(n) for n in range(size.updates)]
    cases, absent = [], []
    for name, start in (("aiogram", _aiogram), ("python-telegram-bot", _telegram)):
        try:
            feed, answered = loop.run_until_complete(start())
        except ImportError as error:
            absent.append((name, f"not installed: {error.name}"))
            continue
        cases.append(Case("peers", name, _once(loop, texts, feed, answered)))
    return Prepared(cases, tuple(absent))


def _once(
    loop: asyncio.AbstractEventLoop, texts: list[str], feed: Feed, answered: Answered
) -> Callable[[], float]:
    async def all_of_them() -> None:
        for text in texts:
            await feed(text)

    def once() -> float:
        before = answered()
        figure = rate(len(texts), lambda: loop.run_until_complete(all_of_them()))
        assert answered() - before == len(texts), "an update was not answered"
        return figure

    return once


def update(number: int) -> str:
    """A typed message as Telegram sends it."""
    person = {**CHAT, "is_bot": False, "language_code": "vi"}
    del person["type"]
    message = {
        "message_id": number,
        "date": 1795395600,
        "chat": CHAT,
        "from": person,
        "text": "Trợ lý AI lấy câu trả lời từ đâu?",
    }
    return json.dumps({"update_id": number, "message": message})


async def _aiogram() -> tuple[Feed, Answered]:
    """No finite-state machine and no filter: the shortest way through a Dispatcher."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.base import BaseSession
    from aiogram.types import Chat, Message, Update

    sent = Message(
        message_id=1, date=datetime(2026, 11, 23, tzinfo=UTC), chat=Chat.model_validate(CHAT)
    )
    answers = [0]

    class Session(BaseSession):
        async def close(self) -> None: ...

        async def make_request(self, *_: Any, **__: Any) -> Any:
            answers[0] += 1
            return sent

        async def stream_content(self, *_: Any, **__: Any) -> Any:
            yield b""

    bot, dispatcher = Bot(TOKEN, session=Session()), Dispatcher(disable_fsm=True)

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await message.answer("Trợ lý AI ghép dần từ ngữ.")

    async def feed(text: str) -> None:
        parsed = Update.model_validate_json(text, context={"bot": bot})
        await dispatcher.feed_update(bot, parsed)

    return feed, lambda: answers[0]


async def _telegram() -> tuple[Feed, Answered]:
    """One handler for every message; updates one after the other, as by default."""
    from telegram import Chat, Message, Update
    from telegram.ext import Application, ExtBot, MessageHandler, filters

    answers = [0]
    chat = Chat(CHAT["id"], "private")  # type: ignore[arg-type]
    sent = Message(1, datetime(2026, 11, 23, tzinfo=UTC), chat)

    class Bot(ExtBot[None]):
        async def initialize(self) -> None: ...

        async def send_message(self, *_: Any, **__: Any) -> Message:
            answers[0] += 1
            return sent

    application = Application.builder().bot(Bot(TOKEN)).updater(None).build()

    async def answer(update: Update, _: object) -> None:
        assert update.message is not None
        await update.message.reply_text("Trợ lý AI ghép dần từ ngữ.")

    application.add_handler(MessageHandler(filters.ALL, answer))
    await application.initialize()

    async def feed(text: str) -> None:
        await application.process_update(Update.de_json(json.loads(text), application.bot))

    return feed, lambda: answers[0]


PEERS = Benchmark(
    "peers",
    "updates/s",
    "routing alone, so less than `messages`: nothing is decided or saved",
    prepare,
)
