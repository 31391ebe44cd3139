"""The ear alone: the body of an update, as Telegram posts it, to what the house is handed.

Nothing is kept or sent. Beside it the peers, each from the same bytes to a handler that only
counts: 22 handlers with the filters that cost them least, of which the last one matches.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from typing import Any

from benchmarks.measure import Benchmark, Case, Prepared, Size, rate
from benchmarks.peers import CHAT, ME, TOKEN, Answered, update

HANDLERS = 22
PRESSED = "s12:b"
QUESTION = "Câu 3. Trợ lý AI lấy câu trả lời từ đâu?\n\nHãy chọn một ý đúng nhất."
LABELS = ("Từ một cuốn sách", "Ghép dần từ ngữ", "Từ một người trực", "Từ máy của bạn")

Feed = Callable[[bytes], Awaitable[None]]


def prepare(size: Size, stack: ExitStack) -> Prepared:
    loop = asyncio.new_event_loop()
    stack.callback(loop.close)
    kinds = {
        "text": [update(n).encode() for n in range(size.updates)],
        "tap": [tap(n).encode() for n in range(size.updates)],
    }
    cases, absent = [], []
    for name, start in (
        ("hocvu", _hocvu),
        ("aiogram", _aiogram),
        ("python-telegram-bot", _telegram),
    ):
        try:
            feed, handled = loop.run_until_complete(start())
        except ImportError as error:
            absent.append((name, f"not installed: {error.name}"))
            continue
        cases += [
            Case("ear", f"{name} {kind}", _once(loop, bodies, feed, handled))
            for kind, bodies in kinds.items()
        ]
    return Prepared(cases, tuple(absent))


def _once(
    loop: asyncio.AbstractEventLoop, bodies: Sequence[bytes], feed: Feed, handled: Answered
) -> Callable[[], float]:
    async def all_of_them() -> None:
        for body in bodies:
            await feed(body)

    def once() -> float:
        before = handled()
        figure = rate(len(bodies), lambda: loop.run_until_complete(all_of_them()))
        assert handled() - before == len(bodies), "an update was not handled"
        return 1_000_000 / figure

    return once


def tap(number: int) -> str:
    """A button pressed below a question with four of them, as Telegram sends it."""
    person = {key: value for key, value in CHAT.items() if key != "type"}
    row = [
        {"text": label, "callback_data": f"s12:{n}"}
        for n, label in zip("abcd", LABELS, strict=True)
    ]
    question = {
        "message_id": number,
        "date": 1795395600,
        "chat": CHAT,
        "from": ME,
        "text": QUESTION,
        "reply_markup": {"inline_keyboard": [row[:2], row[2:]]},
    }
    query = {
        "id": f"48{number}",
        "from": {**person, "is_bot": False, "language_code": "vi"},
        "message": question,
        "chat_instance": "-7318",
        "data": PRESSED,
    }
    return json.dumps({"update_id": number, "callback_query": query})


async def _hocvu() -> tuple[Feed, Answered]:
    """All that a webhook's request goes through: the secret compared, typed, heard, handed on."""
    from bot.platforms.telegram import SECRET, Ear
    from lessons.messages import Heard

    handled = [0]
    meant = {"text": "Trợ lý AI lấy câu trả lời từ đâu?", "tap": PRESSED}

    async def receive(heard: Sequence[Heard]) -> None:
        handled[0] += sum(meant[each.medium] == each.text for each in heard)

    ear = Ear(TOKEN, "http://127.0.0.1:1", receive, lambda _: None)
    headers = {SECRET: "secret"}

    async def feed(body: bytes) -> None:
        await ear.hook("secret", headers, body)

    return feed, lambda: handled[0]


async def _aiogram() -> tuple[Feed, Answered]:
    """Asynchronous filters only: any other is run in a thread. No finite-state machine."""
    from aiogram import Bot, Dispatcher
    from aiogram.filters import Command
    from aiogram.filters.callback_data import CallbackData
    from aiogram.types import CallbackQuery, Message, Update

    handled = [0]
    bot, dispatcher = Bot(TOKEN), Dispatcher(disable_fsm=True)

    async def other(_: Message | CallbackQuery) -> None:
        raise AssertionError

    async def handle(_: Message | CallbackQuery) -> None:
        handled[0] += 1

    def buttons(prefix: str) -> Any:
        class Pressed(CallbackData, prefix=prefix):
            choice: str

        return Pressed.filter()

    for n in range(HANDLERS - 1):
        dispatcher.message.register(other, Command(f"c{n}"))
        dispatcher.callback_query.register(other, buttons(f"k{n}"))
    dispatcher.message.register(handle)
    dispatcher.callback_query.register(handle, buttons("s12"))

    async def feed(body: bytes) -> None:
        parsed = Update.model_validate_json(body, context={"bot": bot})
        await dispatcher.feed_update(bot, parsed)

    return feed, lambda: handled[0]


async def _telegram() -> tuple[Feed, Answered]:
    """Updates one after the other, as by default."""
    from telegram import Update
    from telegram.ext import (
        Application,
        CallbackQueryHandler,
        CommandHandler,
        ExtBot,
        MessageHandler,
        filters,
    )

    handled = [0]

    class Bot(ExtBot[None]):
        async def initialize(self) -> None: ...

    async def other(_: Update, __: object) -> None:
        raise AssertionError

    async def handle(_: Update, __: object) -> None:
        handled[0] += 1

    application = Application.builder().bot(Bot(TOKEN)).updater(None).build()
    for n in range(HANDLERS - 1):
        application.add_handler(CommandHandler(f"c{n}", other))
        application.add_handler(CallbackQueryHandler(other, rf"^k{n}:"))
    application.add_handler(MessageHandler(filters.TEXT, handle))
    application.add_handler(CallbackQueryHandler(handle, r"^s12:"))
    await application.initialize()

    async def feed(body: bytes) -> None:
        await application.process_update(Update.de_json(json.loads(body), application.bot))

    return feed, lambda: handled[0]


EAR = Benchmark(
    "ear",
    "µs an update",
    "the body of an update to what the house is handed, beside the peers' routing",
    prepare,
)
