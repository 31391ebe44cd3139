"""The store in a database, SQLite or PostgreSQL: each call is one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from lessons.course import Course
from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Sent
from lessons.ports import Outcome, Saving, Standing
from storage import chats, claims, household, people
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
        return await self._write(lambda c: save(c, saving))

    async def cards(self, learner_id: str, items: Sequence[str]) -> Mapping[str, Card]:
        return await self._read(lambda c: people.cards(c, learner_id, items))

    async def standing(self, learner_id: str, on: date, limit: int) -> Standing:
        return await self._read(lambda c: people.standing(c, learner_id, on, limit))

    async def due(self, now: datetime, limit: int) -> Sequence[tuple[Learner, Address]]:
        return await self._read(lambda c: people.due(c, now, limit))

    async def forget(self, learner_id: str) -> None:
        await self._erase(lambda c: people.forget(c, learner_id))

    async def issue_code(self, learner_id: str, code: str, until: datetime) -> None:
        await self._write(lambda c: people.issue_code(c, learner_id, code, until))

    async def redeem_code(self, code: str, address: Address, now: datetime) -> Learner | None:
        return await self._erase(lambda c: people.redeem_code(c, code, address, now))

    async def facts(self, learner_id: str) -> Sequence[Recorded]:
        return await self._read(lambda c: people.facts(c, learner_id))

    # --- courses ---

    async def publish(self, course: Course, now: datetime) -> bool:
        return await self._write(lambda c: household.publish(c, course, now))

    async def course_versions(self) -> Sequence[tuple[str, int]]:
        return await self._read(household.course_versions)

    async def course_files(self, course_id: str, version: int) -> Mapping[str, str]:
        return await self._read(lambda c: household.course_files(c, course_id, version))

    # --- outbox ---

    async def claim(
        self, platform: str, owner: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[Sent]:
        return await self._write(lambda c: claims.claim(c, platform, owner, now, until, limit))

    async def sending(self, message: int, now: datetime, owner: str = "") -> bool:
        return await self._write(lambda c: chats.sending(c, message, now, owner))

    async def settle(
        self, message: int, outcome: Outcome, now: datetime, not_before: datetime | None = None
    ) -> None:
        await self._write(lambda c: chats.settle(c, message, outcome, now, not_before))

    async def history(self, address: Address, after: int, limit: int) -> Sequence[Sent]:
        return await self._read(lambda c: chats.history(c, address, after, limit))

    async def newest(self) -> int:
        return await self._read(chats.newest)

    # --- household ---

    async def secret(self, name: str, fresh: str) -> str:
        return await self._write(lambda c: household.secret(c, name, fresh))

    async def lease(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        return await self._write(lambda c: household.lease(c, name, owner, now, until))

    async def release(self, name: str, owner: str) -> None:
        await self._write(lambda c: household.release(c, name, owner))

    async def close(self) -> None:
        await self._database.close()
