"""The bot on a fake Telegram: what people do there, and what they see."""

import re
from pathlib import Path

import pytest

from bot.fake_telegram import Fault
from lessons.messages import Address, Choice, Media, Said
from tests.telegram_desk import AN, BINH, TOKEN, playing, until


async def test_a_lesson_begins_within_a_minute_of_hello(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.asked()
        first, second, screen, *_ = scene.texts()
        assert "Trợ giảng số" in first
        assert "xin phép lưu" in second
        assert "Bài 1/8" in screen
        shown = scene.fake.people.sees(AN)[-1]
        assert "<b>Câu 1/5</b>" in shown["html"]
        assert shown["buttons"] == [["A", "B", "C", "D"], ["Chưa biết"]]


async def test_a_tapped_answer_stays_to_be_seen_and_its_buttons_go(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.asked()
        question = scene.fake.people.sees(AN)[-1]["message_id"]
        scene.fake.people.tap(AN, "A")
        await until(lambda: scene.calls("editMessageText"))
        answered = next(m for m in scene.fake.people.sees(AN) if m["message_id"] == question)
        assert answered["buttons"] == []
        assert re.search(r"(👍|Đã chọn:) A$", answered["text"])
        assert scene.calls("answerCallbackQuery") == 4
        methods = [call.method for call in scene.fake.calls][-4:]
        assert methods.index("answerCallbackQuery") < methods.index("sendMessage")


async def test_a_typed_right_answer_gets_a_sign(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.asked()
        written = scene.fake.people.say(AN, "ghep dan tu ngu")
        await until(lambda: scene.calls("setMessageReaction"))
        await until(lambda: "Câu 2/5" in scene.texts()[-1])
        seen = {m["message_id"]: m for m in scene.fake.people.sees(AN)}
        assert seen[written["message_id"]]["signs"] == ["👍"]
        assert "Chính xác" not in scene.texts()[-1]


async def test_what_is_not_text_is_asked_to_be_typed(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.agreed()
        for kind in ("voice", "photo", "sticker"):
            before = len(scene.texts())
            scene.fake.people.show(AN, kind)
            assert "gõ bằng chữ" in (await scene.said(before + 1))[-1]


async def test_a_device_that_speaks_french_is_greeted_in_french(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        scene.fake.people.start(AN, language="fr-CA")
        assert "programme automatique" in (await scene.said(2))[0]


async def test_the_commands_are_listed_in_three_languages(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await until(lambda: scene.calls("setMyCommands") == 5)
        listed = {
            call.params.get("language_code"): call.params["commands"][0]["command"]
            for call in scene.fake.calls
            if call.method == "setMyCommands" and "scope" not in call.params
        }
        ours = {None: "tieptuc", "vi": "tieptuc", "en": "continue", "fr": "continuer"}
        assert listed == ours
        await scene.agreed()
        scene.fake.people.say(AN, "/tiendo")
        assert "0/8" in (await scene.said(4))[-1]


async def test_a_link_brings_the_same_learner_to_telegram(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.agreed(BINH)
        scene.fake.people.say(BINH, "mã")
        code_message = (await scene.said(4, BINH))[-1]
        link = re.search(r"https://t\.me/\w+\?start=(\w+)", code_message)
        assert link is not None
        scene.fake.people.start(AN, link[1])
        assert link[1] in (await scene.said(1))[-1]
        scene.fake.people.tap(AN, "Học tiếp")
        assert "Đã kết nối" in (await scene.said(2))[-1]
        store = scene.house.store
        one, other = [await store.learner(Address("telegram", str(who))) for who in (AN, BINH)]
        assert one is not None
        assert other is not None
        assert one.id == other.id


async def test_who_blocks_the_bot_is_not_written_to_until_they_come_back(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.agreed()
        scene.fake.people.block(AN)
        await scene.reminded()
        before = scene.calls("sendMessage")
        await scene.reminded()
        assert scene.calls("sendMessage") == before
        scene.fake.people.unblock(AN)
        seen = len(scene.texts())
        scene.fake.people.say(AN, "tiep")
        await scene.said(seen + 1)


async def test_a_token_is_in_no_log_and_no_repr(tmp_path: Path, capsys: object) -> None:
    async with playing(tmp_path) as scene:
        await scene.agreed()
        assert TOKEN not in repr(scene.bot)
        assert TOKEN not in str(scene.told)


async def test_a_picture_that_cannot_be_fetched_is_said_in_words(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.agreed()
        store, here = scene.house.store, Address("telegram", str(AN))
        picture = Media("picture", "https://example.org/a.jpg", "Trang chủ")
        scene.fake.faults.add(Fault("400", "sendPhoto", times=1, text="wrong file identifier"))
        for n in range(2):
            seen = len(scene.fake.people.sees(AN))
            said = Said("Đây là trang chủ.", (Choice("c:continue", "Tiếp tục"),), media=picture)
            await store.post(here, said, scene.house.now(), f"p{n}")
            scene.house.bell.ring()
            await until(lambda seen=seen: len(scene.fake.people.sees(AN)) > seen)
        in_words, shown = scene.fake.people.sees(AN)[-2:]
        assert in_words["text"] == "Đây là trang chủ.\n\nTrang chủ: https://example.org/a.jpg"
        assert shown["caption"] == "Đây là trang chủ."
        assert in_words["buttons"] == shown["buttons"] == [["Tiếp tục"]]


@pytest.mark.slow
async def test_the_same_on_a_postgresql_server(tmp_path: Path, postgres_url: str) -> None:
    async with playing(tmp_path, url=postgres_url) as scene:
        await scene.asked()
        scene.fake.people.tap(AN, "A")
        await until(lambda: scene.calls("editMessageText"))
        group = scene.fake.groups.found("Đoàn", [AN, BINH], admins=[AN])
        scene.fake.people.say(AN, "/quiz", group)
        await until(lambda: scene.calls("sendPoll"))


async def test_who_does_not_agree_learns_and_leaves_no_word_behind(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        scene.fake.people.say(AN, "/start")
        await scene.said(2)
        scene.fake.people.tap(AN, "Không")
        assert "Bài 1/8" in (await scene.said(3))[-1]
        scene.fake.people.say(AN, "dieurieng co phai khong?")
        await scene.said(4)
        scene.fake.people.say(AN, "tiep")
        assert "Công cụ tra cứu" in (await scene.said(5))[-1]
        await until(lambda: not scene.bot._arrivals._known)
        await scene.house.store.drop_handled(scene.house.now())
        assert b"dieurieng" not in kept_in(tmp_path)


def kept_in(folder: Path) -> bytes:
    """Every byte of the files there: the database and its log."""
    return b"".join(file.read_bytes() for file in folder.iterdir())
