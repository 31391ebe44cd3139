"""A learner who answers every two seconds for five minutes: how long each answer waits for its
turn, and whether any of it is left over when the next tap comes.

The whole way but the network, in a time that jumps: inbox, dialogue, outbox, lane, mouth, limiter
and gate at Telegram's rates. So the seconds are those the budget makes people wait, on any machine.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from benchmarks.measure import Benchmark, Case, Prepared, Size
from benchmarks.walk import BEGIN, Pupil, learner_id
from bot.settings import Settings
from bot.wiring import House, rehearsal
from lessons.dialogue import Sitting
from lessons.learner import Learner
from lessons.messages import Address, Heard
from tests.fake_time import at_once

TOKEN = "42:benchmark"
HERE = Address("telegram", "7")
EVERY = 2.0  # seconds between two taps
ENOUGH = 20  # messages: more than are ever open in one chat


def prepare(size: Size, _: ExitStack) -> Prepared:
    try:
        answering = _answering()
    except ImportError as error:
        return Prepared(absent=(("hocvu", f"not installed: {error.name}"),))
    return Prepared([Case("tapping", "hocvu", lambda: at_once(_tapped(size.taps, answering)))])


async def _tapped(taps: int, answering: Callable[[list[float]], Any]) -> Mapping[str, float]:
    seconds = asyncio.get_running_loop().time
    answered: list[float] = []
    mouth = _mouth(answering(answered))
    waits, queues = [], []
    settings = Settings(_env_file=None)
    async with rehearsal(settings, lambda: BEGIN + timedelta(seconds=seconds()), "1") as house:
        running = asyncio.create_task(house.lane(HERE.platform, mouth).run(house.bell))
        pupil = Pupil(0)
        for number in range(taps):
            began, before = seconds(), len(answered)
            await house.inbox.hear(await _heard(house, pupil, number))
            await mouth.answer(str(number))
            await asyncio.sleep(began + EVERY - seconds())
            assert len(answered) > before + 1, "a tap was not answered"
            waits.append(answered[-1] - began)
            shown = await house.store.history(HERE, 0, ENOUGH)
            queues.append(sum(not each.sent and not each.heard for each in shown))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return {
        "longest wait, s": max(waits),
        "longest queue": max(queues),
        "calls": len(answered),
    }


async def _heard(house: House, pupil: Pupil, number: int) -> Heard:
    """What the learner does next, as the message before it leads to: each has a name of its own, so
    that an answered question loses its buttons, which is one more call."""
    learner = await house.store.learner(HERE) or Learner(learner_id(0))
    text, medium = pupil.writes(Sitting(learner, house.shelf.library, house.now()))
    return Heard(HERE, str(number), text, medium, "vi", str(number + 1), "Câu hỏi")


def _mouth(request: Any) -> Any:
    from telegram.ext import ExtBot

    from bot.budget import SendBudget
    from bot.gate import Gate
    from bot.limiter import Limiter
    from bot.platforms.telegram_mouth import Mouth

    async def halted(_: float) -> None:
        raise AssertionError("nobody asks to wait")

    gate = Gate(SendBudget(), asyncio.get_running_loop().time)
    return Mouth(ExtBot(TOKEN, request=request, rate_limiter=Limiter(gate, halted)), gate)


def _answering() -> Callable[[list[float]], Any]:
    """A server's stand-in, which answers at once and notes when. Raises ImportError."""
    from telegram.request import BaseRequest

    sent = {"message_id": 1, "date": 1795395600, "chat": {"id": 7, "type": "private"}}
    message = json.dumps({"ok": True, "result": sent}).encode()
    done = json.dumps({"ok": True, "result": True}).encode()

    class Answering(BaseRequest):
        read_timeout = None

        def __init__(self, answered: list[float]) -> None:
            self._answered = answered

        async def initialize(self) -> None: ...

        async def shutdown(self) -> None: ...

        async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
            self._answered.append(asyncio.get_running_loop().time())
            is_message = url.endswith(("/sendMessage", "/editMessageText"))
            return 200, message if is_message else done

    return Answering


TAPPING = Benchmark(
    "tapping",
    "as named",
    "a learner who taps every 2 s for five minutes, in a time that jumps",
    prepare,
    rounds=1,
)
