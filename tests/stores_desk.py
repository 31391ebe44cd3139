"""For the tests of the stores: an address, a learner, and short words to save and to claim."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from lessons.facts import Answered
from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Choice, Heard, Medium, Said, Sent
from lessons.ports import Saving, Store

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOME = Address("web", "a")
ALSO = Address("telegram", "17")
BUTTONS = (Choice("yes:1", "Đồng ý"), Choice("no:1", "Không"))
CARD = Card(2.5, 5.0, date(2026, 11, 25), date(2026, 11, 23), 3, 1, 2, 1)


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def someone(name: str = "an", **fields: object) -> Learner:
    return replace(Learner(name, consent="yes"), **fields)  # type: ignore[arg-type]


def hears(update: str, text: str = "chào", at: Address = HOME, medium: Medium = "text") -> Heard:
    return Heard(at, update, text, medium)


def says(*texts: str) -> tuple[Said, ...]:
    return tuple(Said(text) for text in texts)


def answered(item: str = "c6/l1/q1", answer: str = "B") -> Answered:
    remembered = ("2026-11-23", 0.875, "2026-11-25")
    return Answered(item, 1, "single", answer, 1.0, 1, 3, "", 4.5, *remembered)


async def met(store: Store, name: str = "an", at: Address = HOME, now: datetime = NOW) -> Learner:
    return await store.save(Saving(someone(name), at, now))


async def say(store: Store, learner: Learner, *said: Said, at: Address = HOME) -> Learner:
    return await store.save(Saving(learner, at, NOW, says=said))


async def claimed(
    store: Store, now: datetime = NOW, platform: str = "web", owner: str = "one", limit: int = 10
) -> list[str]:
    return [sent.said.text for sent in await taken(store, now, platform, owner, limit)]


async def taken(
    store: Store, now: datetime = NOW, platform: str = "web", owner: str = "one", limit: int = 10
) -> Sequence[Sent]:
    """Claims for a minute."""
    return await store.claim(platform, owner, now, now + timedelta(minutes=1), limit)


def texts(chat: Sequence[Sent]) -> list[str]:
    return [("> " if sent.heard else "") + sent.said.text for sent in chat]
