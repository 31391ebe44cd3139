"""While an answer is made it is shown that somebody is at work, and never a word of the answer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot import clock
from bot.fake_telegram import FakeTelegram
from bot.settings import Settings
from bot.telegram import Telegram
from bot.thinking import AT_FIRST, DRAFT_LASTS, Thinking
from bot.wiring import build, bundled, publish
from lessons.course import Course
from lessons.findings import Answer
from lessons.messages import Address
from lessons.ports import Stopped
from storage.memory import MemoryStore
from tests.fake_time import at_once
from tests.telegram_desk import AN, QUICK, TOKEN, Scene, until

HERE = Address("telegram", "7")


class Signs:
    """A platform's signs, written down with the moment; `drafts` says how many it takes."""

    def __init__(self, drafts: int = 100) -> None:
        self.shown: list[tuple[float, str]] = []
        self._drafts = drafts

    def _now(self) -> float:
        return round(asyncio.get_running_loop().time(), 3)

    async def draft(self, chat: str, number: int) -> bool:
        assert number > 0
        self.shown.append((self._now(), "draft"))
        self._drafts -= 1
        return self._drafts >= 0

    async def typing(self, chat: str) -> bool:
        self.shown.append((self._now(), "typing"))
        return True


def shown_during(seconds: float, signs: Signs) -> list[tuple[float, str]]:
    async def play() -> None:
        thinking = Thinking()
        thinking.signs["telegram"] = signs
        async with thinking.about(HERE):
            await asyncio.sleep(seconds)
        await asyncio.sleep(60)

    at_once(play())
    return signs.shown


def test_a_quick_answer_needs_no_sign() -> None:
    assert shown_during(AT_FIRST / 2, Signs()) == []


def test_a_long_one_is_shown_anew_before_the_sign_fades() -> None:
    shown = shown_during(50, Signs())
    assert shown == [(AT_FIRST + n * DRAFT_LASTS, "draft") for n in range(3)]


def test_where_there_are_no_drafts_it_types() -> None:
    shown = [kind for _, kind in shown_during(10, Signs(drafts=0))]
    assert shown == ["draft", "typing", "typing", "typing"]


def test_the_person_may_stop_it_and_others_go_on() -> None:
    async def play() -> None:
        thinking = Thinking()
        thinking.signs["telegram"] = Signs()

        async def answering(address: Address) -> str:
            try:
                async with thinking.about(address):
                    await asyncio.sleep(5)
            except Stopped:
                return "stopped"
            return "answered"

        other = Address("telegram", "8")
        tasks = [asyncio.create_task(answering(each)) for each in (HERE, other)]
        await asyncio.sleep(1)
        thinking.stop(HERE)
        thinking.stop(Address("telegram", "9"))
        assert await asyncio.gather(*tasks) == ["stopped", "answered"]
        thinking.stop(HERE)

    at_once(play())


def test_the_end_of_the_program_is_not_taken_for_a_stop() -> None:
    async def play() -> None:
        thinking = Thinking()
        thinking.signs["telegram"] = Signs()

        async def answering() -> None:
            async with thinking.about(HERE):
                await asyncio.sleep(5)

        task = asyncio.create_task(answering())
        await asyncio.sleep(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    at_once(play())


# --- on Telegram ---


class Slow:
    """A tutor that answers when it is let."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()

    async def answer(
        self, question: str, courses: Sequence[Course], language: str, avoid: Sequence[str] = ()
    ) -> Answer:
        await self.may_answer.wait()
        return Answer("not_covered")


@asynccontextmanager
async def asking() -> AsyncIterator[tuple[Scene, Slow]]:
    """Somebody has asked a question that takes long, and sees the draft."""
    tutor = Slow()
    async with FakeTelegram(token=TOKEN) as fake:
        settings = Settings(_env_file=None, telegram_token=TOKEN, telegram_api_url=fake.url)
        house = build(MemoryStore(), settings, clock.now, tutor=tutor)
        await publish(house, (bundled(),))
        told: list[str] = []
        bot = Telegram(house, settings, told.append, QUICK)
        running = asyncio.create_task(bot.run())
        scene = Scene(fake, house, bot, told)
        try:
            await scene.agreed()
            fake.people.say(AN, "thủ đô của Pháp là gì?")
            draft = await until(lambda: fake.people.draft(AN))
            assert draft["text"] == ""
            assert draft["can_stop"]
            yield scene, tutor
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_a_draft_always_ends_in_a_message() -> None:
    async with asking() as (scene, tutor):
        tutor.may_answer.set()
        assert "chưa có nội dung này" in (await scene.said(4))[-1]
        assert scene.fake.people.draft(AN) is None


async def test_stopping_the_draft_stops_the_answer() -> None:
    async with asking() as (scene, _):
        scene.fake.people.stop(AN)
        assert "đã dừng tìm" in (await scene.said(4))[-1]
