"""The reminder tick over a store: batches, repeats, learners nobody can deal with."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from benchmarks.measure import Size
from benchmarks.remind import prepare
from lessons.calendars import calendar_from
from lessons.learner import Learner, Rhythm
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
    back = replace(learner, due_at=NOW, rhythm=Rhythm())
    await store.save(Saving(back, Address("console", "l"), NOW))
    assert await remind(store, NOW) == 0
    assert await store.due(NOW, 10) == []


async def test_dropped_after_a_night_of_downtime() -> None:
    store = await a_store(someone("l", remind_at=time(20), due_at=NOW - timedelta(hours=11)))
    assert await remind(store, NOW - timedelta(hours=8)) == 0  # 23:15: quiet, and too late
    learner = await store.learner(Address("console", "l"))
    assert learner is not None
    assert learner.due_at == datetime(2026, 11, 24, 13, tzinfo=UTC)


async def outbox(store: MemoryStore, platform: str, chat: str) -> list[str]:
    sent = await store.history(Address(platform, chat), 0, 10)
    return [each.said.kind for each in sent]


async def on_two_platforms() -> MemoryStore:
    """Last active on Zalo, an hour ago; on Telegram two days ago."""
    store = MemoryStore()
    person = someone("an", due_at=None)
    then = NOW - timedelta(days=2)
    await store.save(Saving(person, Address("telegram", "7"), then, cards={"c6/l1/q1": CARD}))
    await store.issue_code("an", "code", NOW)
    await store.redeem_code("code", Address("zalo", "an"), NOW - timedelta(hours=1))
    found = await store.learner(Address("zalo", "an"))
    assert found is not None
    due = replace(found, due_at=NOW)
    await store.save(Saving(due, Address("zalo", "an"), NOW - timedelta(hours=1)))
    return store


async def test_the_last_active_platform_is_written_to() -> None:
    store = await on_two_platforms()
    assert await remind(store, NOW) == 1
    assert await outbox(store, "zalo", "an") == ["reminder"]
    assert await outbox(store, "telegram", "7") == []


async def test_a_platform_whose_window_is_closed_is_passed_over() -> None:
    store = await on_two_platforms()
    assert await remind(store, NOW, windows={"zalo": timedelta(minutes=50)}) == 1
    assert await outbox(store, "zalo", "an") == []
    assert await outbox(store, "telegram", "7") == ["reminder"]


async def test_where_no_window_is_open_it_waits_until_something_is_heard() -> None:
    store = await on_two_platforms()
    closed = {"zalo": timedelta(minutes=50), "telegram": timedelta(hours=24)}
    assert await remind(store, NOW, windows=closed) == 0
    learner = await store.learner(Address("zalo", "an"))
    assert learner is not None
    assert learner.due_at is None


async def test_the_calendar_of_a_unit_is_kept() -> None:
    holiday = '[[holiday]]\nname = "x"\nfirst = 2026-11-24\nsource = "x"\nmark = "P"'
    own = {"tinh-x": calendar_from(holiday)}
    store = await a_store(someone("l", calendar="tinh-x"), someone("m"))
    assert await remind(store, NOW, calendars=own) == 1
    learner = await store.learner(Address("console", "l"))
    assert learner is not None
    assert learner.due_at == NOW + timedelta(days=1)


async def test_what_was_said_is_recorded_with_reason_and_wording() -> None:
    store = await a_store(someone("l"))
    await remind(store, NOW)
    [(_, name, fields)] = await store.facts("l")
    assert name == "Reminded"
    assert (fields["reason"], fields["questions"]) == ("due", 1)
    assert str(fields["template"]).startswith("due_")


def test_the_benchmark_reminds_all_who_are_due() -> None:
    with ExitStack() as stack:
        cases = prepare(Size(), stack, due=3, everybody=9).cases
        assert [case.name for case in cases] == ["3 of 3", "3 of 9"]
        assert all(isinstance(case.once(), float) for case in cases for _ in range(2))
