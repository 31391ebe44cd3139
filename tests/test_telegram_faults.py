"""Telegram, its people and the machine misbehave, and in the end all is as if they had not."""

import asyncio
import sqlite3
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.fake_telegram import FakeTelegram, Fault
from bot.fake_telegram.world import Webhook
from lessons.messages import Address, Heard, Said
from tests.telegram_desk import (
    AN,
    TOKEN,
    Phone,
    Scene,
    agreed,
    learned,
    playing,
    until,
)

WEB = Address("web", "browser")


async def answers(scene: Scene, person: int = AN) -> int:
    """How many answers of a person were counted."""
    learner = await scene.house.store.learner(Address("telegram", str(person)))
    assert learner is not None
    facts = await scene.house.store.facts(learner.id)
    return sum(name == "Answered" for _, name, _ in facts)


async def on_the_web(scene: Scene, update: str) -> int:
    """Somebody writes in the web chat; how many messages wait for them there."""
    await scene.house.inbox.hear(Heard(WEB, update, "chào"))
    return sum(not sent.heard for sent in await scene.house.store.history(WEB, 0, 50))


# --- what Telegram tells ---


async def walked(database: Path, *faults: Fault) -> tuple[list[str], dict[str, Any]]:
    """A person goes through the first lesson: what was read, and what was learned."""
    async with playing(database.parent, url=f"sqlite+aiosqlite:///{database}") as scene:
        scene.fake.faults.all += faults
        await agreed(scene.house.store, AN, scene.house.now())
        await Phone(scene.fake).lesson()
        return scene.texts(), await learned(scene.house.store, AN)


async def test_a_lesson_of_updates_that_come_twice_and_mixed_up_is_the_same(tmp_path: Path) -> None:
    undisturbed = await walked(tmp_path / "a.db")
    assert undisturbed[1]["done"] == ("c6/l1",)
    assert await walked(tmp_path / "b.db", Fault("repeat"), Fault("shuffle")) == undisturbed


async def test_ten_taps_on_one_button_are_one_answer(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.asked()
        for _ in range(10):
            scene.fake.people.tap(AN, "A")
        scene.fake.people.say(AN, "/tiendo")
        await until(lambda: "0/8" in scene.texts()[-1])
        assert await answers(scene) == 1
        await until(lambda: scene.calls("answerCallbackQuery") == 3 + 10)


async def test_an_update_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.agreed()
        scene.fake.people.say(AN, "/tiendo")
        scene.fake.world.tell("message", {"message_id": "of another world"}, AN)
        scene.fake.people.say(AN, "tiếp")
        *_, progress, screen = await scene.said(5)
        assert "0/8" in progress
        assert "Cách chọn" in screen


@pytest.mark.slow
async def test_who_blocks_the_bot_is_met_again_where_they_left(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.asked()
        seen = scene.texts()
        scene.fake.people.tap(AN, "Chưa biết")
        scene.fake.people.block(AN)
        await scene.reminded()
        tried = len(scene.fake.calls)
        await scene.reminded()
        assert [c.method for c in scene.fake.calls[tried:]] == []
        assert scene.texts()[: len(seen) - 1] == seen[:-1]
        scene.fake.people.unblock(AN)
        scene.fake.people.say(AN, "tiếp")
        await until(lambda: len(scene.texts()) > len(seen))
        assert await answers(scene) == 1
        assert "Câu 2/5" in scene.texts()[-1]


@pytest.mark.slow
async def test_what_waits_for_a_group_goes_along_when_it_moves(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await until(lambda: scene.calls("getMe"))
        group = scene.fake.groups.found("Lớp", [AN])
        scene.fake.faults.add(Fault("429", chat=group, times=1))
        old = Address("telegram", str(group))
        await scene.house.store.post(old, Said("Xin chào cả lớp"), scene.house.now(), "hello")
        scene.house.bell.ring()
        await until(lambda: any(call.status == 429 for call in scene.fake.calls))
        new = scene.fake.groups.migrate(group)
        await until(lambda: "Xin chào cả lớp" in scene.texts(AN, new))
        tried = [c.params["chat_id"] for c in scene.fake.calls if c.method == "sendMessage"]
        assert tried == [group, new]


# --- what keeps Telegram from being heard: one sentence, and the rest goes on ---


async def polled_elsewhere(fake: FakeTelegram) -> None:
    """Another program asks for the updates of this bot."""
    async with httpx.AsyncClient() as client:
        with suppress(httpx.TimeoutException):
            await client.get(f"{fake.url}/bot{TOKEN}/getUpdates?timeout=50", timeout=0.2)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("wrong token", "does not know this token"),
        ("away", "cannot be reached"),
        ("webhook", "go to a webhook of another address"),
        ("revoked", "does not know this token"),
        ("two", "another program receives"),
    ],
)
async def test_one_sentence_says_why_nothing_is_heard(
    tmp_path: Path, trouble: str, sentence: str
) -> None:
    fake = FakeTelegram(token="123456:another" if trouble == "wrong token" else TOKEN)
    async with fake:
        if trouble == "webhook":
            fake.world.webhook = Webhook("https://elsewhere.example/hook")
        if trouble == "away":
            await fake.stop()
        async with playing(tmp_path, fake) as scene:
            if trouble in ("revoked", "two"):
                await scene.agreed()
                await until(lambda: fake.polled)
            if trouble == "revoked":
                fake.token = "123456:another"
                fake.people.say(AN, "tiếp")
            if trouble == "two":
                await polled_elsewhere(fake)
            await until(lambda: scene.troubles)
            assert await on_the_web(scene, "1") > 0
            (told,) = scene.troubles
            assert told.startswith("hocvu: Telegram: ")
            assert sentence in told


@pytest.mark.slow
async def test_a_server_that_is_away_for_a_while_loses_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as scene:
        await scene.asked()
        read = scene.texts()
        await scene.fake.stop()
        await scene.reminded()
        scene.fake.people.tap(AN, "Chưa biết")
        await until(lambda: scene.troubles)
        assert await on_the_web(scene, "1") > 0
        await scene.fake.start()
        await until(lambda: "Câu 2/5" in scene.texts()[-1])
        assert len(scene.texts()) == len(read) + 2
        assert await answers(scene) == 1
        assert len(scene.troubles) == 1
        await scene.fake.stop()
        await until(lambda: len(scene.troubles) == 2)
        assert scene.troubles[0] == scene.troubles[1]


@pytest.mark.slow
async def test_a_storm_of_429_loses_nothing_and_is_obeyed(tmp_path: Path) -> None:
    people = range(100, 140)
    async with playing(tmp_path) as scene:
        await until(lambda: scene.calls("getMe"))
        scene.fake.people.crowd(people[0], people[-1])
        scene.fake.faults.add(Fault("429", method="sendMessage", share=0.3))
        for person in people:
            here = Address("telegram", str(person))
            await scene.house.store.post(here, Said("Tin"), scene.house.now(), f"news {person}")
        scene.house.bell.ring()
        await until(lambda: scene.calls("sendMessage") == len(people), 60)
        assert [scene.texts(person) for person in people] == [["Tin"]] * len(people)
        calls = [call for call in scene.fake.calls if call.method == "sendMessage"]
        refused = [call.at for call in calls if call.status == 429]
        assert refused
        under_way = 0.3  # seconds in which what has left already arrives
        for at in refused:
            assert not [c for c in calls if at + under_way < c.at < at + 0.95]
        assert await scene.house.store.halted("telegram") is not None


@pytest.mark.slow
async def test_a_halt_is_kept_by_the_next_process(tmp_path: Path) -> None:
    async with FakeTelegram(token=TOKEN) as fake:
        async with playing(tmp_path, fake) as scene:
            await scene.agreed()
            until_then = scene.house.now() + timedelta(seconds=3)
            await scene.house.store.halt("telegram", until_then)
        async with playing(tmp_path, fake) as scene:
            before = scene.calls("sendMessage")
            fake.people.say(AN, "tiếp")
            await until(lambda: scene.calls("sendMessage") > before)
            assert scene.house.now() >= until_then


# --- what keeps the house from remembering ---


@pytest.mark.slow
async def test_a_database_that_is_locked_for_a_while_loses_nothing(tmp_path: Path) -> None:
    database = tmp_path / "hocvu.db"
    async with playing(tmp_path, url=f"sqlite+aiosqlite:///{database}?timeout=0.1") as scene:
        await scene.asked()
        before = len(scene.texts())
        scene.fake.people.tap(AN, "Chưa biết")
        other = sqlite3.connect(database, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            scene.fake.people.tap(AN, "Chưa biết")
            scene.fake.people.say(AN, "/tiendo")
            await asyncio.sleep(10)  # as a copy being made would hold it
            other.execute("ROLLBACK")
        finally:
            other.close()
        await until(lambda: "0/8" in scene.texts()[-1])
        assert await answers(scene) == 1
        assert sum("Câu 2/5" in text for text in scene.texts()[before:]) <= 2
        assert sum("0/8" in text for text in scene.texts()) == 1
