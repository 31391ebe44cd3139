"""How much leaves when: never too much in any second, replies first, a halt to its end."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from bot.budget import Rates, SendBudget
from bot.gate import Gate
from lessons.messages import Kind
from lessons.ports import TryLater
from tests.fake_time import at_once

GROUP = "-100200"


@dataclass
class Log:
    """A gate in a time that jumps, and when what left."""

    gate: Gate
    left: list[tuple[float, str, Kind]] = field(default_factory=list)

    async def send(self, chat: str, kind: Kind = "reply") -> float:
        """Returns how long it had to wait."""
        began = now()
        await self.gate.turn(chat, kind, patience=3600)
        self.left.append((now(), chat, kind))
        return now() - began

    def worst_second(self) -> int:
        moments = [moment for moment, _, _ in self.left]
        return max(sum(begin <= each < begin + 1 for each in moments) for begin in moments)


def now() -> float:
    return asyncio.get_running_loop().time()


def played(scene: Callable[[Log], Awaitable[None]], rates: Rates | None = None) -> Log:
    async def play() -> Log:
        log = Log(Gate(SendBudget(rates or Rates()), now))
        await scene(log)
        return log

    return at_once(play())


def test_no_second_holds_more_than_the_rate() -> None:
    async def scene(log: Log) -> None:
        kinds: list[Kind] = ["reply", "broadcast", "reminder"]
        await asyncio.gather(*(log.send(str(n), kinds[n % 3]) for n in range(300)))

    log = played(scene)
    assert len(log.left) == 300
    assert log.worst_second() <= 30


def test_a_reply_passes_a_broadcast_of_hundreds() -> None:
    waited: list[float] = []

    async def scene(log: Log) -> None:
        bulk = [asyncio.create_task(log.send(f"b{n}", "broadcast")) for n in range(300)]
        for n in range(20):
            await asyncio.sleep(0.5)
            waited.append(await log.send(f"r{n}"))
        await asyncio.gather(*bulk)

    log = played(scene)
    assert max(waited) <= 0.15
    assert log.worst_second() <= 30
    assert log.left[-1][0] < 14


def test_twenty_replies_at_once_do_not_wait_for_the_broadcast() -> None:
    async def scene(log: Log) -> None:
        bulk = [asyncio.create_task(log.send(f"b{n}", "broadcast")) for n in range(100)]
        await asyncio.sleep(2)
        waited = await asyncio.gather(*(log.send(f"r{n}") for n in range(20)))
        assert max(waited) < 1
        await asyncio.gather(*bulk)

    played(scene)


def test_a_broadcast_that_is_paid_for_has_a_rate_of_its_own() -> None:
    async def scene(log: Log) -> None:
        await asyncio.gather(
            *(log.send(f"b{n}", "broadcast") for n in range(2000)),
            *(log.send(f"r{n}") for n in range(60)),
        )

    log = played(scene, Rates(paid=1000))
    replies = [moment for moment, _, kind in log.left if kind == "reply"]
    assert max(moment for moment, _, kind in log.left if kind == "broadcast") < 3
    assert max(sum(begin <= each < begin + 1 for each in replies) for begin in replies) <= 30


def test_reminders_go_before_broadcasts() -> None:
    async def scene(log: Log) -> None:
        later = [asyncio.create_task(log.send(f"b{n}", "broadcast")) for n in range(50)]
        sooner = [asyncio.create_task(log.send(f"r{n}", "reminder")) for n in range(50)]
        await asyncio.gather(*later, *sooner)

    kinds = [kind for _, _, kind in played(scene).left]
    assert kinds[:1] == ["broadcast"]  # it was alone
    assert set(kinds[1:51]) == {"reminder"}


def test_tapping_every_two_seconds_never_builds_a_queue() -> None:
    """Five minutes; a tap leads to an edit and a message."""

    async def scene(log: Log) -> None:
        for _ in range(150):
            assert await log.send("7") + await log.send("7") < 1
            await asyncio.sleep(2 - now() % 2)
        assert log.gate.closed_for() == 0

    assert len(played(scene).left) == 300


def test_a_private_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    async def scene(log: Log) -> None:
        await asyncio.gather(*(log.send("7") for _ in range(10)))

    moments = [moment for moment, _, _ in played(scene).left]
    assert moments == pytest.approx([0, 0, 0, 0, 1, 2, 3, 4, 5, 6], abs=0.05)


def test_a_chat_that_had_too_much_holds_up_nobody_else() -> None:
    async def scene(log: Log) -> None:
        many = [asyncio.create_task(log.send("7")) for _ in range(10)]
        assert await log.send("8") == 0
        await asyncio.gather(*many)

    played(scene)


def test_a_group_gets_twenty_a_minute() -> None:
    async def scene(log: Log) -> None:
        await asyncio.gather(*(log.send(GROUP) for _ in range(45)))

    moments = [moment for moment, _, _ in played(scene).left]
    for begin in moments:
        assert sum(begin <= each < begin + 60 for each in moments) <= 20


def test_a_halt_is_kept_to_its_end_by_everybody() -> None:
    async def scene(log: Log) -> None:
        await log.send("1")
        log.gate.halt(30)
        log.gate.halt(2)  # a shorter one does not end it
        assert log.gate.closed_for() == pytest.approx(30)
        await asyncio.gather(*(log.send(str(n), "broadcast") for n in range(5)), log.send("9"))

    assert all(moment >= 30 for moment, _, _ in played(scene).left[1:])


def test_what_would_wait_too_long_is_told_so_at_once() -> None:
    async def scene(log: Log) -> None:
        log.gate.halt(30)
        with pytest.raises(TryLater) as wait:
            await log.gate.turn("7", "reply")
        assert wait.value.seconds == pytest.approx(30)

    played(scene)


def test_who_gives_up_waiting_keeps_nobody_from_going() -> None:
    async def scene(log: Log) -> None:
        log.gate.halt(5)
        first, second = (asyncio.create_task(log.send(chat)) for chat in ("1", "2"))
        await asyncio.sleep(1)
        first.cancel()
        assert await second == pytest.approx(5, abs=0.1)

    assert [chat for _, chat, _ in played(scene).left] == ["2"]


def test_what_is_no_message_of_a_chat_counts_for_all_chats_only() -> None:
    async def scene(log: Log) -> None:
        assert await log.send("") == 0
        await asyncio.gather(*(log.send("") for _ in range(29)))
        assert await log.send("7") > 0.5

    played(scene)


def test_long_silent_chats_are_forgotten() -> None:
    budget = SendBudget(Rates(overall=10**6))
    for n in range(30_000):
        budget.spend(n * 0.01, str(n), "reply")
    assert len(budget._private) < 11_000
