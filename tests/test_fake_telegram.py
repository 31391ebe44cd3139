"""Both bot libraries hold a conversation on the fake Telegram, and take what it answers."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram import LinkPreviewOptions, ReplyKeyboardMarkup

from tests.fake_telegram_desk import AN, Desk, aiogram_bot, as_form, buttons, desk, telegram_bot


@pytest.fixture
async def here() -> AsyncIterator[Desk]:
    async with desk() as found:
        yield found


async def test_aiogram_starts_is_tapped_and_edits(here: Desk) -> None:
    here.fake.people.start(AN, "m2k")
    async with aiogram_bot(here.fake.url, here.fake.token) as bot:
        assert (await bot.get_me()).username == "hocvu_bot"
        (start,) = await bot.get_updates()
        assert start.message is not None
        assert start.message.text == "/start m2k"
        assert start.message.from_user is not None
        assert start.message.from_user.language_code == "vi"
        button = InlineKeyboardButton(text="Học", callback_data="q:1")
        markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
        said = await bot.send_message(AN, "<b>Chào</b>", parse_mode="HTML", reply_markup=markup)
        assert (said.html_text, said.date) == ("<b>Chào</b>", here.clock())

        query = here.fake.people.tap(AN, "Học")
        (tap,) = await bot.get_updates(offset=start.update_id + 1)
        assert tap.callback_query is not None
        assert tap.callback_query.data == "q:1"
        assert tap.callback_query.message is not None
        assert tap.callback_query.message.message_id == said.message_id
        assert await bot.answer_callback_query(tap.callback_query.id, "Ừ")
        assert query is not None
        assert query.toast == here.fake.people.toast(AN) == "Ừ"
        edited = await bot.edit_message_text("Xong", chat_id=AN, message_id=said.message_id)
        assert not isinstance(edited, bool)
        assert (edited.text, edited.reply_markup) == ("Xong", None)
        thumb = ReactionTypeEmoji(emoji="👍")
        assert await bot.set_message_reaction(AN, start.message.message_id, [thumb])
    assert [(m["html"], m["signs"]) for m in here.fake.people.sees(AN)] == [
        ("/start m2k", ["👍"]),
        ("Xong", []),
    ]


async def test_python_telegram_bot_starts_is_tapped_and_edits(here: Desk) -> None:
    here.fake.people.start(AN)
    async with telegram_bot(here.fake.url, here.fake.token) as bot:
        assert await bot.delete_webhook()
        (start,) = await bot.get_updates()
        said = await bot.send_message(
            AN,
            "Xem &lt;b&gt; <a href='https://example.org/'>đây</a>",
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=Keyboard([[Button("Học", callback_data="q:1")]]),
            protect_content=True,
        )
        assert said.text == "Xem <b> đây"
        assert said.has_protected_content
        assert said.date == here.clock()
        here.fake.people.tap(AN, "Học")
        (tap,) = await bot.get_updates(offset=start.update_id + 1)
        assert tap.callback_query is not None
        assert await tap.callback_query.answer()
        edited = await bot.edit_message_text("Xong", AN, said.message_id)
        assert not isinstance(edited, bool)
        assert edited.text == "Xong"
        quick = ReplyKeyboardMarkup([["Có", "Không"]], one_time_keyboard=True)
        await bot.send_message(AN, "Học tiếp?", reply_markup=quick)
        assert here.fake.people.tap(AN, "Có") is None
    assert here.fake.people.sees(AN)[-1]["text"] == "Có"


async def test_both_libraries_read_polls_media_and_chats(here: Desk) -> None:
    people, groups = here.fake.people, here.fake.groups
    group = groups.found("Lớp", [AN, 8], [8])
    async with (
        aiogram_bot(here.fake.url, here.fake.token) as aiogram,
        telegram_bot(here.fake.url, here.fake.token) as telegram,
    ):
        for bot in (aiogram, telegram):
            asked = await bot.send_poll(
                group, "1 + 1?", ["2", "3", "10"], type="quiz", correct_option_ids=[0, 2],
                allows_multiple_answers=True, is_anonymous=False, explanation="Hệ nhị phân.",
            )  # fmt: skip
            assert asked.poll is not None
            assert list(asked.poll.correct_option_ids or []) == [0, 2]
            people.vote(AN, asked.poll.id, [0, 2])
            told = (await bot.get_updates())[-1].poll_answer
            assert told is not None
            assert (told.poll_id, list(told.option_ids)) == (asked.poll.id, [0, 2])
            closed = await bot.stop_poll(group, asked.message_id)
            assert (closed.is_closed, closed.total_voter_count) == (True, 1)
            photo = await bot.send_photo(AN, "https://example.org/a.png", caption="Một bức ảnh")
            assert photo.photo
            assert photo.photo[-1].file_id == "https://example.org/a.png"
            assert (await bot.send_voice(AN, "file-7")).voice is not None
            assert (await bot.send_video(AN, "file-8", caption="Xem")).caption == "Xem"
            assert (await bot.get_chat(group)).title == "Lớp"
            assert (await bot.get_chat_member(group, AN)).status == "member"
            (leader,) = await bot.get_chat_administrators(group)
            assert (leader.user.id, leader.status) == (8, "creator")
            assert (await bot.get_webhook_info()).url == ""
            assert await bot.set_my_commands([("help", "Trợ giúp")] if bot is telegram else [])
    assert [len(here.fake.people.sees(AN)), len(people.sees(AN, group))] == [6, 3]


async def test_a_call_may_come_in_any_form(here: Desk) -> None:
    url = f"{here.fake.url}/bot{here.fake.token}/sendMessage"
    given = {"chat_id": AN, "text": "1", "reply_markup": buttons([("Có", "c")])}
    form = as_form(given)
    multipart = _multipart(form)
    async with here.client.get(url, params=form) as by_get:
        assert by_get.status == 200
    async with here.client.post(url, data=form) as by_form:
        assert by_form.status == 200
    async with here.client.post(url, data=multipart) as by_parts:
        assert by_parts.status == 200
    await here.done("sendMessage", **given)
    assert [call.params for call in here.fake.calls] == [given] * 4


def _multipart(form: dict[str, str]) -> aiohttp.FormData:
    parts = aiohttp.FormData(default_to_multipart=True)
    for name, value in form.items():
        parts.add_field(name, value)
    return parts


async def test_a_draft_is_seen_until_the_message_comes_or_the_person_stops_it(here: Desk) -> None:
    people = here.fake.people
    async with aiogram_bot(here.fake.url, here.fake.token) as bot:
        assert await bot.send_message_draft(AN, 1, text="Đang", can_stop=True)
        assert people.draft(AN) == {"text": "Đang", "html": "Đang", "can_stop": True}
        people.stop(AN)
        (told,) = await bot.get_updates()
        assert told.stopped_message_generation is not None
        assert told.stopped_message_generation.draft_id == 1
        assert people.draft(AN) is None
        await bot.send_message_draft(AN, 2, text="")
        assert people.draft(AN) is not None
        await bot.send_message(AN, "Đây")
        assert people.draft(AN) is None
        await bot.send_message_draft(AN, 3, text="Lâu quá")
        here.clock.pass_by(31)
        assert people.draft(AN) is None


async def test_an_ephemeral_message_is_seen_by_one_member(here: Desk) -> None:
    people = here.fake.people
    group = here.fake.groups.found("Lớp", [AN, 8], [8])
    async with aiogram_bot(here.fake.url, here.fake.token) as bot:
        said = await bot.send_message(
            group, "Đúng", ephemeral_message_parameters={"receiver_user_id": AN},
            reply_markup=buttons([("Tiếp", "n")]),
        )  # fmt: skip
        assert said.message_id == 0
        assert said.ephemeral_message_id == 1
        assert people.sees(AN, group)[-1]["text"] == "Đúng"
        assert "text" not in people.sees(8, group)[-1]
        people.tap(AN, "Tiếp", chat=group)
        with pytest.raises(ValueError, match="no button"):
            people.tap(8, "Tiếp", chat=group)
        assert await bot.edit_ephemeral_message_text(group, AN, 1, text="Rất đúng")
        assert people.sees(AN, group)[-1]["text"] == "Rất đúng"
        assert await bot.delete_ephemeral_message(group, AN, 1)
    assert "text" not in people.sees(AN, group)[-1]
