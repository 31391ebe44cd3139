"""A bot on a fake Telegram in one process: a house on a file of SQLite, and people who write."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import wiring
from bot.budget import Rates, SendBudget
from bot.fake_telegram import FakeTelegram
from bot.gate import Gate
from bot.limiter import make_bot
from bot.outbox import Lane
from bot.platforms.telegram_mouth import Mouth
from bot.settings import Settings
from bot.telegram import Telegram
from bot.wiring import House
from lessons.learner import Learner, Resting
from lessons.messages import Address, Said
from lessons.ports import Saving, Store, Tally
from lessons.use_cases.broadcast import spread

QUICK = Rates(overall=10_000, burst=1_000, group=1_000)  # the fake has no limits of its own
TOKEN = "123456:AAEhBOweik6ad6PsVukTestTestTest0001"
AN, BINH = 7, 8
LOOK_AGAIN = 0.01  # seconds
STEPS = 60  # taps in a lesson, at most
ANSWERS_WITHIN = 0.2  # seconds, the fake at a post
SOON = 20.0  # seconds until something must have happened; a loaded machine is slow


async def until(happened: Callable[[], object], seconds: float = SOON) -> Any:
    """Wait until it is so, looking often; returns what it is then."""
    for _ in range(int(seconds / LOOK_AGAIN)):
        if found := happened():
            return found
        await asyncio.sleep(LOOK_AGAIN)
    raise AssertionError(f"not within {seconds} s")


@dataclass
class Scene:
    """What plays: the fake, the house behind the bot, and what the operator was told."""

    fake: FakeTelegram
    house: House
    bot: Telegram
    told: list[str] = field(default_factory=list)

    @property
    def troubles(self) -> list[str]:
        """What the operator was told to mend."""
        return [sentence for sentence in self.told if sentence.startswith("hocvu:")]

    def texts(self, person: int = AN, chat: int | None = None) -> list[str]:
        """What the person sees of the bot, as plain text."""
        return [
            each.get("text", "") for each in self.fake.people.sees(person, chat) if not each["own"]
        ]

    def calls(self, method: str) -> int:
        """How often the bot called a method and it took effect."""
        return sum(call.method == method and call.done for call in self.fake.calls)

    async def said(self, many: int, person: int = AN) -> list[str]:
        """The bot's messages to a person, once there are so many."""
        await until(lambda: len(self.texts(person)) >= many)
        return self.texts(person)

    async def reminded(self, person: int = AN) -> None:
        """Something nobody asked for is put into the outbox for this person, and dealt with."""
        store, here = self.house.store, Address("telegram", str(person))
        learner = await store.learner(here)
        assert learner is not None
        now = self.house.now()
        says = (Said("Có câu đến hạn ôn.", kind="reminder"),)
        await store.save(Saving(learner, here, now, says=says, slot=f"test:{now}"))
        self.house.bell.ring(here)
        for _ in range(50):
            if not [s for s in await store.history(here, 0, 5) if not s.sent and not s.heard]:
                return
            await asyncio.sleep(LOOK_AGAIN)

    async def agreed(self, person: int = AN) -> None:
        """The person has agreed and is on the first screen."""
        before = len(self.texts(person))
        self.fake.people.say(person, "/start")
        await self.said(before + 2, person)
        self.fake.people.tap(person, "Đồng ý")
        await self.said(before + 3, person)

    async def asked(self, person: int = AN) -> None:
        """The first question waits for its answer."""
        await self.agreed(person)
        for label in ("Tiếp", "Tiếp: câu hỏi"):
            before = len(self.texts(person))
            self.fake.people.tap(person, label)
            await self.said(before + 1, person)


class Phone:
    """A person who goes through the first lesson by taps, always in the same way; whatever happens
    meanwhile, each tap waits until something else is offered."""

    def __init__(self, fake: FakeTelegram, person: int = AN) -> None:
        self._fake = fake
        self._person = person
        self._last = ""
        self._answered: set[str] = set()

    def _offer(self) -> dict[str, Any] | None:
        """The newest message with buttons of which none like it was answered yet."""
        for shown in reversed(self._fake.people.sees(self._person)):
            if shown["buttons"] and shown["text"] not in self._answered:
                return shown
        return None

    async def lesson(self, seconds: float = SOON) -> None:
        """From "on" to the end of lesson 1; each answer within so many seconds."""
        self._fake.people.say(self._person, "tiếp")
        for _ in range(STEPS):
            offer = await until(self._offer, seconds)
            labels = [label for row in offer["buttons"] for label in row]
            if "Bài tiếp" in labels:
                return
            self._last = self._choice(offer["text"], labels)
            self._answered.add(offer["text"])
            self._fake.people.tap(self._person, self._last, offer["message_id"])
        raise AssertionError(f"no end of the lesson: {self._offer()}")

    def _choice(self, text: str, labels: list[str]) -> str:
        """Some right, some wrong, and each question is given up at the second try."""
        for label in ("Tiếp", "Tiếp: câu hỏi", "07:15", "Chị", "Sai"):
            if label in labels:
                return label
        if "thử lại" in text or "Hỏi lại" in text:
            return "Chưa biết"
        if "Xong" in labels:
            return "Xong" if self._last == "A" else "A"
        return labels[0]


async def agreed(store: Store, person: int, now: datetime, **fields: Any) -> Learner:
    """A learner of a fixed id, so that questions are put in the same order, met on Telegram."""
    learner = Learner(f"learner-{person}", consent="yes", place=Resting(), **fields)
    return await store.save(Saving(learner, Address("telegram", str(person)), now))


async def learned(store: Store, person: int) -> dict[str, Any]:
    """What is known of a learner in the end, but for moments and seconds."""
    learner = await store.learner(Address("telegram", str(person)))
    assert learner is not None
    facts = [
        (name, {key: value for key, value in fields.items() if key != "seconds"})
        for _, name, fields in await store.facts(learner.id)
    ]
    cards = await store.cards(learner.id, [f"c6/l1/q{n}" for n in range(1, 6)])
    return {
        "done": learner.done,
        "place": type(learner.place),
        "remind_at": learner.remind_at,
        "form": learner.form,
        "facts": facts,
        "cards": dict(cards),
    }


@asynccontextmanager
async def playing(
    folder: Path,
    fake: FakeTelegram | None = None,
    url: str = "",
    rates: Rates | None = QUICK,
    **settings: Any,
) -> AsyncIterator[Scene]:
    """A bot that listens. With `fake`, on one that runs already; with `url`, on that database."""
    if fake is None:
        async with (
            FakeTelegram(token=TOKEN) as started,
            playing(folder, started, url, rates, **settings) as scene,
        ):
            yield scene
        return
    given = {
        "database_url": url or f"sqlite+aiosqlite:///{folder}/hocvu.db",
        "telegram_token": TOKEN,
        "telegram_api_url": fake.url,
    }
    chosen = Settings(_env_file=None, **(given | settings))
    told: list[str] = []
    async with wiring.opened(chosen) as house:
        bot = Telegram(house, chosen, told.append, rates)
        running = asyncio.create_task(bot.run())
        try:
            yield Scene(fake, house, bot, told)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@dataclass
class Post:
    """A lane and its mouth on a fake, with a clock that is set by hand; nobody listens."""

    fake: FakeTelegram
    house: House
    lane: Lane
    mouth: Mouth
    gate: Gate
    clock: "Clock"

    async def put(self, *said: Said | str, person: int = AN) -> None:
        """Replies to a person who has pressed Start and agreed."""
        store, here = self.house.store, Address("telegram", str(person))
        self.fake.people.crowd(person, person)
        known = await store.learner(here)
        learner = known or await agreed(store, person, self.clock(), remind_asked=True)
        says = tuple(Said(each) if isinstance(each, str) else each for each in said)
        await store.save(Saving(learner, here, self.clock(), says=says))

    async def announce(self, text: str, person: int = BINH) -> None:
        """A broadcast to a person who has agreed, the only one so far."""
        await self.put(person=person)
        await self.house.store.announce(text, text, self.clock())
        await spread(self.house.store, self.clock())

    async def tally(self, text: str) -> Tally:
        found = await self.house.store.tally(text)
        assert found is not None
        return found

    async def delivered(self, after: float = 0.0) -> None:
        """So many seconds later, everything that can be sent is."""
        self.clock.now += timedelta(seconds=after)
        while await self.lane.deliver():
            self.clock.now += timedelta(seconds=0.1)

    def arrived(self, person: int = AN, chat: int | None = None) -> list[str]:
        return [each["text"] for each in self.fake.people.sees(person, chat) if not each["own"]]


class Clock:
    """A morning that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def posting() -> AsyncIterator[Post]:
    clock, loop = Clock(), asyncio.get_running_loop()
    gate = Gate(SendBudget(QUICK), lambda: clock.now.timestamp() + loop.time())
    settings = Settings(_env_file=None)
    async with FakeTelegram(token=TOKEN) as fake, wiring.rehearsal(settings, clock, "1") as house:

        async def halted(seconds: float) -> None:
            await house.store.halt("telegram", clock() + timedelta(seconds=seconds))

        bot = make_bot(TOKEN, fake.url, gate, halted, ANSWERS_WITHIN)
        async with bot:
            mouth = Mouth(bot, gate)
            yield Post(fake, house, house.lane("telegram", mouth), mouth, gate, clock)
