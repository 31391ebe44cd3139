"""The reminder tick over a store: batches, repeats, learners nobody can deal with."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address
from lessons.ports import Saving
from lessons.use_cases.remind import remind
from storage.memory import MemoryStore

NOW = datetime(2026, 11, 24, 0, 15, tzinfo=UTC)  # 07:15 in Hanoi
CARD = Card(1.0, 5.0, date(2026, 11, 24), date(2026, 11, 23))


async def a_store(*people: Learner) -> MemoryStore:
    store = MemoryStore()
    for person in people:
        cards = {"c6/l1/q1": CARD}
        await store.save(Saving(person, Address("console", person.id), NOW, cards=cards))
    return store


def someone(name: str, **changes: object) -> Learner:
    person = Learner(name, consent="yes", remind_at=time(7, 15), due_at=NOW)
    return replace(person, **changes)  # type: ignore[arg-type]


async def test_everybody_who_is_due_is_reminded_once() -> None:
    store = await a_store(*(someone(f"l{n}") for n in range(7)))
    assert await remind(store, NOW) == 7
    assert await remind(store, NOW + timedelta(seconds=5)) == 0


async def test_one_who_cannot_be_dealt_with_does_not_keep_the_others_waiting() -> None:
    odd = someone("odd", timezone="Mars/Base", due_at=NOW - timedelta(minutes=1))
    store = await a_store(odd, *(someone(f"l{n}") for n in range(5)))
    told: list[str] = []
    assert await remind(store, NOW, lambda who, _: told.append(who)) == 5
    assert told == ["odd"]
    assert await store.due(NOW, 10) == []


async def test_after_a_clock_that_was_set_back_the_plan_moves_on() -> None:
    store = await a_store(someone("l"))
    assert await remind(store, NOW) == 1
    learner = await store.learner(Address("console", "l"))
    assert learner is not None
    back = replace(learner, due_at=NOW, reminded_on=None)
    await store.save(Saving(back, Address("console", "l"), NOW))
    assert await remind(store, NOW) == 0
    assert await store.due(NOW, 10) == []


async def test_dropped_after_a_night_of_downtime() -> None:
    store = await a_store(someone("l", remind_at=time(20), due_at=NOW - timedelta(hours=11)))
    assert await remind(store, NOW - timedelta(hours=8)) == 0  # 23:15: quiet, and too late
    learner = await store.learner(Address("console", "l"))
    assert learner is not None
    assert learner.due_at == datetime(2026, 11, 24, 13, tzinfo=UTC)
