"""The way in: repeats change nothing, a learner's messages go one at a time, mistakes are said."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import wiring
from bot.settings import Settings
from bot.wiring import House
from lessons.findings import Answer
from lessons.learner import Learner, Reading
from lessons.messages import Address, Heard, Sent
from lessons.ports import Saving, Stale, Unavailable

HERE = Address("console", "an")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with wiring.rehearsal(Settings(_env_file=None), lambda: NOW, "1") as opened:
        yield opened


async def hear(house: House, *texts: str) -> None:
    for number, text in enumerate(texts):
        await house.inbox.hear(Heard(HERE, f"{text}-{number}", text))


async def said(house: House) -> Sequence[Sent]:
    return [sent for sent in await house.store.history(HERE, 0, 50) if not sent.heard]


async def test_the_same_update_twice_is_answered_once(house: House) -> None:
    await hear(house, "hello", "1")
    before = await said(house)
    await house.inbox.hear(Heard(HERE, "1-1", "1"))
    assert await said(house) == before


async def test_the_same_update_ten_times_at_once_is_answered_once(house: House) -> None:
    await hear(house, "hello")
    before = len(await said(house))
    await asyncio.gather(*(house.inbox.hear(Heard(HERE, "u", "1")) for _ in range(10)))
    assert len(await said(house)) == before + 1


async def test_two_at_once_from_one_learner_are_answered_one_after_the_other(house: House) -> None:
    await hear(house, "hello", "1")
    await asyncio.gather(*(house.inbox.hear(Heard(HERE, f"n{n}", "tiếp")) for n in range(2)))
    learner = await house.store.learner(HERE)
    assert learner is not None
    assert not isinstance(learner.place, Reading)  # two screens on: at the first question


async def test_messages_of_a_chat_are_answered_in_the_order_they_came(house: House) -> None:
    await hear(house, "hello", "1")
    words = ["tiếp", "quay lại", "tiếp", "tiếp"]
    heard = (Heard(HERE, f"o{n}", word) for n, word in enumerate(words))
    await asyncio.gather(*(house.inbox.hear(each) for each in heard))
    assert not isinstance((await _learner(house)).place, Reading)


async def test_saved_by_somebody_else_first_is_decided_anew(house: House) -> None:
    """Two devices of one learner: two addresses, two locks, one row."""
    await hear(house, "hello", "1")
    await house.store.issue_code((await _learner(house)).id, "CODE", NOW.replace(hour=2))
    there = Address("web", "an")
    await house.store.redeem_code("CODE", there, NOW)
    both = (house.inbox.hear(Heard(at, "both", "tiếp")) for at in (HERE, there))
    await asyncio.gather(*both)
    assert not isinstance((await _learner(house)).place, Reading)


async def _learner(house: House) -> Learner:
    learner = await house.store.learner(HERE)
    assert learner is not None
    return learner


class BrokenTutor:
    """A tutor with a bug."""

    async def answer(self, *_: object, **__: object) -> Answer:
        raise RuntimeError("a bug")


async def test_a_mistake_of_ours_is_said_and_loses_nothing(house: House) -> None:
    await hear(house, "hello", "1")
    before = await _learner(house)
    broken = replace(house.inbox, converse=replace(house.converse, tutor=BrokenTutor()))
    await broken.hear(Heard(HERE, "q", "Vì sao AI hay bịa?"))
    assert "Chỗ đang học vẫn nguyên" in (await said(house))[-1].said.text
    assert (await _learner(house)).place == before.place
    await hear(house, "tiếp")
    assert isinstance((await _learner(house)).place, Reading)


class LockedStore:
    """A store that cannot be written to, or is always a step behind."""

    def __init__(self, house: House, error: Exception) -> None:
        self._house = house
        self._error = error

    async def save(self, saving: Saving) -> None:
        raise self._error

    def __getattr__(self, name: str) -> object:
        return getattr(self._house.store, name)


@pytest.mark.parametrize("error", [Unavailable("locked"), Stale()])
async def test_a_store_that_cannot_save_is_told_to_the_door(house: House, error: Exception) -> None:
    store = LockedStore(house, error)
    inbox = replace(house.inbox, converse=replace(house.converse, store=store))  # type: ignore[arg-type]
    with pytest.raises(Unavailable):
        await inbox.hear(Heard(HERE, "x", "hello"))


async def test_what_must_not_be_kept_is_kept_nowhere(house: House) -> None:
    await hear(house, "hello", "1")
    leak = "Số căn cước của tôi là 001204012345"
    await house.inbox.hear(Heard(HERE, "leak", leak))
    learner = await _learner(house)
    history = await house.store.history(HERE, 0, 50)
    kept = f"{history} {await house.store.facts(learner.id)} {learner}"
    assert "001204012345" not in kept
    assert "không lưu" in (await said(house))[-1].said.text
