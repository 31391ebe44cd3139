"""An emulator of the Bot API that others wrote: it understands us, and we understand it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

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
from tests.witness_desk import TOKEN, Person, witness

pytestmark = pytest.mark.slow


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
