"""The store in a database, SQLite or PostgreSQL: each call is one transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from lessons.broadcasts import Announcement, Listener, Tally
from lessons.course import Course
from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Heard, Kind, Quiz, Reach, Said, Sent
from lessons.ports import KINDS, Fit, Logged, Outcome, Received, Saving, Standing
from storage import broadcasts, chats, claims, household, inbox, memories, people, posts, reach
from storage.engine import Database, database
from storage.lines import Recorded
from storage.saving import save
from storage.schema import bring_up_to_date


async def open_store(url: str, now: datetime) -> "SqlStore":
    """The store at an async SQLAlchemy URL, made or brought up to date first. Raises Unavailable.

    A database that is brought up to date and is a file is copied beside itself before.
    """
    opened = database(url)
    try:
        await bring_up_to_date(opened, now)
    except BaseException:
        await opened.close()
        raise
    return SqlStore(opened)


class SqlStore:
    """All that is remembered, in a database whose schema is up to date."""

    def __init__(self, opened: Database) -> None:
        self._database = opened
        self._read, self._write, self._erase = opened.read, opened.write, opened.erase

    # --- learners ---

    async def learner(self, address: Address) -> Learner | None:
        return await self._read(lambda c: people.learner(c, address))

    async def save(self, saving: Saving) -> Learner:
        return await self._write(lambda c: save(c, saving), news=bool(saving.says))

    async def due(self, now: datetime, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        return await self._read(lambda c: people.due(c, now, limit))

    async def left(self, address: Address, now: datetime) -> None:
        await self._write(lambda c: reach.left(c, address, now))

    async def back(self, address: Address, now: datetime) -> None:  # noqa: ARG002 - the port's
        await self._write(lambda c: reach.back(c, address))

    async def moved(self, address: Address, chat: str) -> None:
        await self._erase(lambda c: reach.moved(c, address, chat))

    async def forget(self, learner_id: str) -> None:
        await self._erase(lambda c: people.forget(c, learner_id))

    async def issue_code(self, learner_id: str, code: str, until: datetime) -> None:
        await self._write(lambda c: people.issue_code(c, learner_id, code, until))

    async def redeem_code(self, code: str, address: Address, now: datetime) -> Learner | None:
        return await self._erase(lambda c: people.redeem_code(c, code, address, now))

    async def facts(self, learner_id: str) -> Sequence[Recorded]:
        return await self._read(lambda c: people.facts(c, learner_id))

    # --- memory ---

    async def cards(self, learner_id: str, items: Sequence[str]) -> Mapping[str, Card]:
        return await self._read(lambda c: memories.cards(c, learner_id, items))

    async def all_cards(self, learner_id: str) -> Mapping[str, Card]:
        return await self._read(lambda c: memories.all_cards(c, learner_id))

    async def agenda(self, learner_id: str, first: date, last: date) -> Mapping[str, date]:
        return await self._read(lambda c: memories.agenda(c, learner_id, first, last))

    async def standing(self, learner_id: str, on: date) -> Standing:
        return await self._read(lambda c: memories.standing(c, learner_id, on))

    async def log(self, learner_id: str) -> Sequence[Logged]:
        return await self._read(lambda c: memories.log(c, learner_id))

    async def logs(self, after: str, limit: int) -> Mapping[str, Sequence[Logged]]:
        return await self._read(lambda c: memories.logs(c, after, limit))

    async def to_fit(self, on: date, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        return await self._read(lambda c: memories.to_fit(c, on, limit))

    async def add_fit(self, fit: Fit, now: datetime) -> int:
        return await self._write(lambda c: memories.add_fit(c, fit, now))

    async def fit(self, number: int) -> Fit | None:
        return await self._read(lambda c: memories.fit(c, number))

    async def newest_fit(self) -> int:
        return await self._read(memories.newest_fit)

    async def leeches(self) -> Mapping[str, int]:
        return await self._read(memories.leeches)

    # --- courses ---

    async def publish(self, course: Course, now: datetime) -> bool:
        return await self._write(lambda c: household.publish(c, course, now))

    async def course_versions(self) -> Sequence[tuple[str, int]]:
        return await self._read(household.course_versions)

    async def course_files(self, course_id: str, version: int) -> Mapping[str, str]:
        return await self._read(lambda c: household.course_files(c, course_id, version))

    # --- inbox ---

    async def receive(self, heard: Sequence[Heard], now: datetime) -> int:
        return await self._write(lambda c: inbox.receive(c, heard, now))

    async def received(
        self, platform: str, limit: int, besides: Collection[int] = ()
    ) -> Sequence[Received]:
        return await self._write(lambda c: inbox.received(c, platform, limit, besides))

    async def handled(self, ids: Sequence[int]) -> None:
        await self._write(lambda c: inbox.handled(c, ids))

    async def drop_handled(self, before: datetime) -> int:
        return await self._erase(lambda c: inbox.drop_handled(c, before))

    # --- outbox ---

    async def claim(
        self,
        platform: str,
        owner: str,
        now: datetime,
        until: datetime,
        limit: int,
        kinds: Sequence[Kind] = KINDS,
    ) -> Sequence[Sent]:
        return await self._write(
            lambda c: claims.claim(c, platform, owner, now, until, limit, kinds)
        )

    async def sending(self, message: int, now: datetime, owner: str = "", parts: int = 0) -> bool:
        return await self._write(lambda c: chats.sending(c, message, now, owner, parts))

    async def settle(
        self,
        message: int,
        outcome: Outcome,
        now: datetime,
        not_before: datetime | None = None,
        reference: str = "",
    ) -> None:
        await self._write(lambda c: chats.settle(c, message, outcome, now, not_before, reference))

    async def history(self, address: Address, after: int, limit: int) -> Sequence[Sent]:
        return await self._read(lambda c: chats.history(c, address, after, limit))

    async def newest(self) -> int:
        return await self._read(chats.newest)

    async def news(self, seconds: float) -> None:
        await self._database.news(seconds)

    async def post(self, address: Address, said: Said, now: datetime, key: str) -> None:
        await self._write(lambda c: posts.post(c, address, said, now, key), news=True)

    async def quiz(self, platform: str, reference: str) -> tuple[Address, Quiz] | None:
        return await self._read(lambda c: posts.quiz(c, platform, reference))

    async def quizzes(self, address: Address, limit: int) -> Sequence[str]:
        return await self._read(lambda c: posts.quizzes(c, address, limit))

    async def halted(self, platform: str) -> datetime | None:
        return await self._read(lambda c: household.halted(c, platform))

    async def halt(self, platform: str, until: datetime) -> None:
        await self._write(lambda c: household.halt(c, platform, until))

    # --- broadcasts ---

    async def announce(self, broadcast: str, text: str, now: datetime) -> None:
        await self._write(lambda c: broadcasts.announce(c, broadcast, text, now))

    async def unspread(self) -> Sequence[tuple[str, str]]:
        return await self._read(broadcasts.unspread)

    async def listeners(self, broadcast: str, limit: int) -> Sequence[Listener]:
        return await self._read(lambda c: broadcasts.listeners(c, broadcast, limit))

    async def spread(
        self, broadcast: str, rows: Sequence[Announcement], last: bool, now: datetime
    ) -> None:
        await self._write(lambda c: broadcasts.spread(c, broadcast, rows, last, now), news=True)

    async def stop(self, broadcast: str, now: datetime) -> int:  # noqa: ARG002 - the port's
        return await self._write(lambda c: broadcasts.stop(c, broadcast))

    async def resend_unknown(self, broadcast: str, now: datetime) -> int:
        return await self._write(lambda c: broadcasts.resend_unknown(c, broadcast, now), news=True)

    async def tally(self, broadcast: str) -> Tally | None:
        return await self._read(lambda c: broadcasts.tally(c, broadcast))

    # --- household ---

    async def secret(self, name: str, fresh: str) -> str:
        return await self._write(lambda c: household.secret(c, name, fresh))

    async def lease(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        return await self._write(lambda c: household.lease(c, name, owner, now, until))

    async def release(self, name: str, owner: str) -> None:
        await self._write(lambda c: household.release(c, name, owner))

    async def close(self) -> None:
        await self._database.close()
