"""The way out: every outcome of a messenger ends where decision 0003 says, in order per chat."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot import wiring
from bot.bell import Bell, watch
from bot.outbox import LEASE, Begin, Lane
from bot.render import Caps, Part, Text
from bot.settings import Settings
from bot.wiring import House
from lessons.learner import Learner
from lessons.messages import Address, Heard, Kind, Said
from lessons.ports import (
    Gone,
    Refused,
    Saving,
    Stale,
    Store,
    TryLater,
    Unavailable,
    Unknown,
)

HERE = Address("console", "an")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Scripted:
    """A messenger that fails as told, message by message, and then works."""

    caps = Caps(text_max=20)
    at_once = 8

    def __init__(self, *failures: Exception | None) -> None:
        self._failures = list(failures)
        self.sent: list[str] = []
        self.closed = 0.0

    def closed_for(self) -> float:
        return self.closed

    async def deliver(self, address: Address, part: Part, kind: Kind, begin: Begin) -> str:
        assert isinstance(part, Text)
        await begin()
        failure = self._failures.pop(0) if self._failures else None
        if failure is not None:
            raise failure
        self.sent.append(part.plain)
        return ""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def house(clock: Clock) -> AsyncIterator[House]:
    async with wiring.rehearsal(Settings(_env_file=None), clock, "1") as opened:
        yield opened


async def put(house: House, *texts: str, kind: Kind = "reply") -> None:
    learner = await house.store.learner(HERE) or Learner("l", consent="yes")
    says = tuple(Said(text, kind=kind) for text in texts)
    slot = f"slot:{texts[0]}"
    await house.store.save(Saving(learner, HERE, house.now(), says=says, slot=slot))


async def drained(lane: Lane) -> None:
    while await lane.deliver():
        pass


async def test_messages_of_a_chat_leave_in_order(house: House) -> None:
    await put(house, "1", "2", "3")
    messenger = Scripted()
    await drained(house.lane("console", messenger))
    assert messenger.sent == ["1", "2", "3"]


async def test_asked_to_wait_it_waits_and_keeps_the_order(house: House, clock: Clock) -> None:
    await put(house, "1", "2")
    messenger = Scripted(TryLater(30))
    lane = house.lane("console", messenger)
    await drained(lane)
    assert messenger.sent == []
    clock.now += timedelta(seconds=31)
    await drained(lane)
    assert messenger.sent == ["1", "2"]


async def test_what_will_never_arrive_does_not_hold_up_the_rest(house: House) -> None:
    await put(house, "poison", "next")
    messenger = Scripted(Refused("too odd"))
    await drained(house.lane("console", messenger))
    assert messenger.sent == ["next"]


async def test_who_is_gone_is_not_written_to_until_they_come_back(house: House) -> None:
    await put(house, "1", "2")
    messenger = Scripted(Gone("blocked"))
    lane = house.lane("console", messenger)
    await drained(lane)
    await put(house, "unasked", kind="reminder")
    await drained(lane)
    assert messenger.sent == []
    learner = await house.store.learner(HERE)
    assert learner is not None
    heard = Heard(HERE, "u1", "I am back")
    await house.store.save(Saving(learner, HERE, house.now(), heard, (Said("welcome"),)))
    await drained(lane)
    assert messenger.sent == ["welcome"]


async def test_an_uncertain_reminder_is_not_sent_again(house: House, clock: Clock) -> None:
    await put(house, "reminder", kind="reminder")
    messenger = Scripted(Unknown())
    lane = house.lane("console", messenger)
    await drained(lane)
    clock.now += timedelta(minutes=5)
    await drained(lane)
    assert messenger.sent == []


async def test_a_bug_in_a_messenger_costs_one_message_and_not_the_lane(house: House) -> None:
    await put(house, "bad", "good")
    messenger = Scripted(KeyError("a bug"))
    await drained(house.lane("console", messenger))
    assert messenger.sent == ["good"]


async def test_a_message_that_somebody_else_took_over_is_not_sent(house: House) -> None:
    await put(house, "1")
    messenger = Scripted()
    store = TakenOver(house.store)
    await Lane("console", messenger, store, "me", house.now).deliver()  # type: ignore[arg-type]
    assert messenger.sent == []


class TakenOver:
    """A store in which every claimed message is somebody else's by the time it is to be sent."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def sending(self, message: int, now: datetime, owner: str = "", parts: int = 0) -> bool:
        return False

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


class Away:
    """A store that is away twice and then back."""

    def __init__(self, store: Store, *errors: Exception) -> None:
        self._store = store
        self._errors = list(errors)

    async def claim(self, *given: object) -> object:
        if self._errors:
            raise self._errors.pop(0)
        return await self._store.claim(*given)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


async def test_a_lane_outlives_a_store_that_is_away(house: House) -> None:
    await put(house, "after all")
    bell, messenger = Bell(), Scripted()
    store = Away(house.store, Unavailable("locked"), Stale(), RuntimeError("a bug"))
    lane = Lane("console", messenger, store, "me", house.now)  # type: ignore[arg-type]
    running = asyncio.create_task(lane.run(bell))
    for _ in range(200):
        bell.ring()
        await asyncio.sleep(0)
    running.cancel()
    assert messenger.sent == ["after all"]


async def test_an_uncertain_reply_is_sent_again_a_little_later(house: House, clock: Clock) -> None:
    await put(house, "reply")
    messenger = Scripted(Unknown())
    lane = house.lane("console", messenger)
    await drained(lane)
    assert messenger.sent == []
    clock.now += timedelta(seconds=6)
    await drained(lane)
    assert messenger.sent == ["reply"]


class Closing(Scripted):
    """A messenger that is told to be silent once the first part of a message has arrived."""

    async def deliver(self, address: Address, part: Part, kind: Kind, begin: Begin) -> str:
        if len(self.sent) == 1 and not self.closed:
            self.closed = 30.0
            raise TryLater(30)
        return await super().deliver(address, part, kind, begin)


@pytest.mark.parametrize("kind", ["reply", "reminder"])
async def test_a_part_that_has_arrived_is_not_repeated_after_a_wait(
    house: House, clock: Clock, kind: Kind
) -> None:
    await put(house, "The first part.\n\nThe second part.", kind=kind)
    messenger = Closing()
    lane = house.lane("console", messenger)
    await drained(lane)
    assert messenger.sent == ["The first part."]
    clock.now += timedelta(seconds=31)
    await drained(lane)
    assert messenger.sent == ["The first part.", "The second part."]


async def test_a_killed_sender_is_taken_over_when_its_lease_ends(
    house: House, clock: Clock
) -> None:
    await put(house, "1", "2")
    now = clock.now
    await house.store.claim("console", "killed", now, now + LEASE, 50)
    messenger = Scripted()
    lane = house.lane("console", messenger)
    await drained(lane)
    assert messenger.sent == []
    clock.now += LEASE + timedelta(seconds=1)
    await drained(lane)
    assert messenger.sent == ["1", "2"]


async def test_what_another_process_writes_rings_the_bell(house: House) -> None:
    bell = Bell()
    watching = asyncio.create_task(watch(house.store, bell))
    rung = asyncio.create_task(bell.wait(10))
    await asyncio.sleep(0)
    await put(house, "from elsewhere")
    await asyncio.wait_for(rung, 5)
    watching.cancel()


async def test_the_bell_wakes_at_once_and_gives_up_after_a_while() -> None:
    bell = Bell()
    await bell.wait(0.001)
    bell.ring()
    await bell.wait(0.001)
