"""What answers do to memory, through a whole conversation: the stored memory and its log agree."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import wiring
from bot.settings import Settings
from bot.wiring import House
from lessons.authoring import read_course
from lessons.learner import Learner, Resting
from lessons.memory.replay import replayed
from lessons.messages import Address, Heard
from lessons.ports import Saving

HERE = Address("web", "an")
MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
PLAYED = Path(__file__).parent / "courses" / "played"


class Desk:
    """A learner at a house whose clock is set by hand."""

    def __init__(self) -> None:
        self.at = MONDAY
        self.said = 0
        self.house: House

    async def hear(self, *texts: str, later: timedelta = timedelta(0)) -> str:
        for text in texts:
            self.said += 1
            self.at += later
            await self.house.inbox.hear(Heard(HERE, str(self.said), text))
        return (await self.house.store.history(HERE, 0, 99))[-1].said.text

    async def learner(self) -> Learner:
        found = await self.house.store.learner(HERE)
        assert found is not None
        return found

    async def arrive(self, course: str) -> None:
        await wiring.publish(self.house, [PLAYED / course])
        learner = Learner("an", consent="yes", course=course, place=Resting())
        await self.house.store.save(Saving(learner, HERE, self.at))

    async def agrees(self) -> None:
        """The log leads to what is stored, and no day of it lies behind the last review."""
        stored = await self.house.store.all_cards("an")
        assert replayed(await self.house.store.log("an")) == stored
        assert all(card.due > card.last for card in stored.values())


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    async with wiring.rehearsal(Settings(_env_file=None), lambda: desk.at, "1") as house:
        desk.house = house
        yield desk


WORDS = st.sampled_from(
    ["a", "b", "c", "1a 2b 3c", "3 2 1", "2026", "writes, look", "public", "skip", "undo", "review",
     "next", "continue", "exam day", "20/12/2026", "2027-01-15"]
)  # fmt: skip
LATER = st.sampled_from([timedelta(minutes=1), timedelta(days=1), timedelta(days=9)])


@settings(max_examples=12, deadline=None)
@given(steps=st.lists(st.tuples(WORDS, LATER), max_size=30))
async def test_whatever_is_said_the_log_leads_to_the_stored_memory(
    steps: Sequence[tuple[str, timedelta]],
) -> None:
    desk = Desk()
    async with wiring.rehearsal(Settings(_env_file=None), lambda: desk.at, "1") as house:
        desk.house = house
        await desk.arrive("kinds")
        await desk.hear("en", "continue", "next")
        for text, later in steps:
            await desk.hear(text, later=later)
        if (await desk.learner()).exams:  # the log does not tell an exam's day: only what is known
            log = replayed(await house.store.log("an"))
            stored = await house.store.all_cards("an")
            assert {item: replace(card, due=date.max) for item, card in log.items()} == {
                item: replace(card, due=date.max) for item, card in stored.items()
            }
        else:
            await desk.agrees()


async def test_an_answer_taken_back_is_as_if_it_had_not_been_given(desk: Desk) -> None:
    await desk.arrive("one")
    await desk.hear("tiep tuc", "tiep", "kiem")
    before = await desk.house.store.all_cards("an")
    await desk.hear("on", later=timedelta(days=4))
    await desk.hear("chua biet")
    assert await desk.house.store.all_cards("an") != before
    await desk.hear("lay lai")
    assert await desk.house.store.all_cards("an") == before
    await desk.agrees()


async def test_the_first_answer_taken_back_leaves_no_memory(desk: Desk) -> None:
    await desk.arrive("one")
    await desk.hear("tiep tuc", "tiep", "kiem", "lay lai")
    assert await desk.house.store.all_cards("an") == {}


async def test_a_question_whose_key_changed_begins_anew(desk: Desk) -> None:
    """Who is in the middle of a version finishes that one; its memory begins with the new key."""
    await desk.arrive("one")
    await desk.hear("tiep tuc", "tiep", "kiem", "on")
    course = desk.house.shelf.library.course("one")
    assert course is not None
    files = {
        name: text.replace("version: 1", "version: 2").replace("[x] kiểm /", "[x] soát / kiểm /")
        for name, text in course.files.items()
    }
    changed, problems = read_course(files)
    assert changed is not None, problems
    await desk.house.shelf.publish([changed], desk.at)
    await desk.hear("on", later=timedelta(days=4))
    await desk.hear("soat")
    card = (await desk.house.store.all_cards("an"))["one/l1/q1"]
    assert (card.reviews, card.version) == (1, 2)
    log = await desk.house.store.log("an")
    assert [answer.anew for answer in log] == [False, True]
    await desk.agrees()


async def test_an_item_known_too_well_to_need_it_is_asked_once_before_the_exam(desk: Desk) -> None:
    await desk.arrive("one")
    await desk.hear("tiep tuc", "tiep", "kiem")
    for _ in range(3):
        card = (await desk.house.store.all_cards("an"))["one/l1/q1"]
        desk.at = datetime(card.due.year, card.due.month, card.due.day, 1, tzinfo=UTC)
        await desk.hear("on", "kiem")
    due = (await desk.house.store.all_cards("an"))["one/l1/q1"].due
    exam = due - timedelta(days=20)
    assert exam > desk.at.date() + timedelta(days=9)
    await desk.hear("ngay thi", f"{exam:%d/%m/%Y}")
    planned = (await desk.house.store.all_cards("an"))["one/l1/q1"].due
    assert exam - timedelta(days=7) <= planned < exam
    await desk.hear("ngay thi", "không có ngày kiểm tra")
    assert (await desk.house.store.all_cards("an"))["one/l1/q1"].due > exam


async def test_no_more_than_a_day_s_worth_is_asked(desk: Desk) -> None:
    await desk.arrive("many")
    await desk.hear("tiep tuc", "tiep", *(str(n) for n in range(2, 26)))
    desk.at += timedelta(days=21)
    assert "24 câu đến hạn. Hôm nay ôn 20 câu" in await desk.hear("on")
    for _ in range(10):
        said = await desk.hear("chua biet", "chua biet")  # at once, and when it comes back
    assert "Hôm nay còn 10 câu" in said
    await desk.hear("on")
    for _ in range(10):
        said = await desk.hear("chua biet", "chua biet")
    assert "còn" not in said
    assert "chia ra những ngày sau" in await desk.hear("on")
    assert "Hôm nay ôn 20 câu" in await desk.hear("on", later=timedelta(days=1))
