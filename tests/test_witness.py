"""An emulator of the Bot API that others wrote: it understands us, and we understand it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiogram import Dispatcher
from aiogram.exceptions import TelegramNotFound
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram import LinkPreviewOptions, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.fake_telegram_desk import aiogram_bot
from tests.telegram_desk import playing
from tests.witness_desk import TOKEN, Person, witness

pytestmark = pytest.mark.slow
STEPS = 20  # answers of a lesson, at most


@pytest.fixture
async def person() -> AsyncIterator[Person]:
    with witness() as url:
        async with aiohttp.ClientSession() as client:
            yield Person(url, client)


async def converse(person: Person) -> None:
    """What the person does, and sees."""
    await person.say("/start m2k")
    await person.hears("Chào")
    await person.tap("Học")
    await person.hears("Xong: q:1")
    (only,) = await person.history()
    assert only["message"]["text"] == "Xong: q:1"


async def test_a_conversation_by_aiogram(person: Person) -> None:
    talk = Dispatcher()

    @talk.message(CommandStart())
    async def start(message: Message) -> None:
        button = InlineKeyboardButton(text="Học", callback_data="q:1")
        markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.answer("<b>Chào</b>", parse_mode="HTML", reply_markup=markup)

    @talk.callback_query()
    async def tap(query: CallbackQuery) -> None:
        assert await query.answer()
        assert isinstance(query.message, Message)
        edited = await query.message.edit_text(f"Xong: {query.data}")
        assert isinstance(edited, Message)
        assert edited.text == "Xong: q:1"

    async with aiogram_bot(person.url, TOKEN) as bot:
        assert (await bot.get_webhook_info()).url == ""
        assert await bot.set_my_commands([])
        with pytest.raises(TelegramNotFound):
            await bot.send_dice(7)
        polling = asyncio.create_task(talk.start_polling(bot, handle_signals=False))
        await converse(person)
        await talk.stop_polling()
        with suppress(asyncio.CancelledError):
            await polling


async def test_a_conversation_by_python_telegram_bot(person: Person) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        said = await update.message.reply_text(
            "<b>Chào</b>",
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=Keyboard([[Button("Học", callback_data="q:1")]]),
        )
        assert said.reply_markup is not None

    async def tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        assert await query.answer()
        edited = await query.edit_message_text(f"Xong: {query.data}")
        assert not isinstance(edited, bool)
        assert edited.text == "Xong: q:1"

    builder = Application.builder().token(TOKEN).base_url(f"{person.url}/bot")
    async with builder.build() as talk:
        talk.add_handler(CommandHandler("start", start))
        talk.add_handler(CallbackQueryHandler(tap))
        assert talk.updater is not None
        await talk.updater.start_polling()
        await talk.start()
        await converse(person)
        await talk.updater.stop()
        await talk.stop()


async def test_a_whole_lesson_with_our_bot(person: Person, tmp_path: Path) -> None:
    """From hello to the last word and the question when to be reminded."""

    async def answered(text: str) -> str:
        before = len(await person.history())
        await person.say(text)
        return await newest(person, before + 1)

    async with playing(tmp_path, Served(person.url), telegram_token=TOKEN):  # type: ignore[arg-type]
        await person.say("/start")
        await person.hears("xin phép lưu")
        for label, said in (
            ("Đồng ý", "Bài 1/8"),
            ("Tiếp", "Công cụ tra cứu"),
            ("Tiếp: câu hỏi", "Câu 1/5"),
        ):
            await person.tap(label)
            await person.hears(said)
        await person.tap("A")
        await person.hears("A. ")
        said = await answered("chua biet")
        for _ in range(STEPS):
            if "Hết bài 1." in said:
                break
            said = await answered("chua biet")
        assert "Việc làm ngay:" in said
        assert "20:00" in await answered("20h")
        edited = [m for m in await person.history() if "A. " in m["message"].get("text", "")]
        assert any(m["message"]["text"].endswith(" A") for m in edited)


@dataclass
class Served:
    """Where somebody else's emulator listens."""

    url: str


async def newest(person: Person, messages: int) -> str:
    """The bot's newest message, once there are so many."""
    for _ in range(400):
        found = await person.history()
        if len(found) >= messages:
            return str(found[-1]["message"]["text"])
        await asyncio.sleep(0.05)
    raise AssertionError(f"fewer than {messages} messages")
