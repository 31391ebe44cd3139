"""What a store around another one only passes on: nothing of it is about who has not agreed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from lessons.broadcasts import Announcement, Listener, Tally
from lessons.course import Course
from lessons.learner import Learner
from lessons.messages import Address, Heard, Quiz, Reach, Said
from lessons.ports import Fit, Logged, Received, Store


class PassedOn:
    """Courses, household, broadcasts, fits, and the inbox: its texts go as soon as handled."""

    def __init__(self, durable: Store) -> None:
        self._durable = durable

    # --- inbox ---

    async def receive(self, heard: Sequence[Heard], now: datetime) -> int:
        return await self._durable.receive(heard, now)

    async def received(
        self, platform: str, limit: int, besides: Collection[int] = ()
    ) -> Sequence[Received]:
        return await self._durable.received(platform, limit, besides)

    async def handled(self, ids: Sequence[int]) -> None:
        await self._durable.handled(ids)

    async def drop_handled(self, before: datetime) -> int:
        return await self._durable.drop_handled(before)

    # --- memory: parameters are fitted for those who agreed ---

    async def logs(self, after: str, limit: int) -> Mapping[str, Sequence[Logged]]:
        return await self._durable.logs(after, limit)

    async def to_fit(self, on: date, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        return await self._durable.to_fit(on, limit)

    async def add_fit(self, fit: Fit, now: datetime) -> int:
        return await self._durable.add_fit(fit, now)

    async def fit(self, number: int) -> Fit | None:
        return await self._durable.fit(number)

    async def newest_fit(self) -> int:
        return await self._durable.newest_fit()

    async def leeches(self) -> Mapping[str, int]:
        return await self._durable.leeches()

    # --- outbox ---

    async def newest(self) -> int:
        return await self._durable.newest()

    async def news(self, seconds: float) -> None:
        await self._durable.news(seconds)

    async def post(self, address: Address, said: Said, now: datetime, key: str) -> None:
        await self._durable.post(address, said, now, key)

    async def quiz(self, platform: str, reference: str) -> tuple[Address, Quiz] | None:
        return await self._durable.quiz(platform, reference)

    async def quizzes(self, address: Address, limit: int) -> Sequence[str]:
        return await self._durable.quizzes(address, limit)

    async def halted(self, platform: str) -> datetime | None:
        return await self._durable.halted(platform)

    async def halt(self, platform: str, until: datetime) -> None:
        await self._durable.halt(platform, until)

    # --- broadcasts ---

    async def announce(self, broadcast: str, text: str, now: datetime) -> None:
        await self._durable.announce(broadcast, text, now)

    async def unspread(self) -> Sequence[tuple[str, str]]:
        return await self._durable.unspread()

    async def listeners(self, broadcast: str, limit: int) -> Sequence[Listener]:
        return await self._durable.listeners(broadcast, limit)

    async def spread(
        self, broadcast: str, rows: Sequence[Announcement], last: bool, now: datetime
    ) -> None:
        await self._durable.spread(broadcast, rows, last, now)

    async def stop(self, broadcast: str, now: datetime) -> int:
        return await self._durable.stop(broadcast, now)

    async def resend_unknown(self, broadcast: str, now: datetime) -> int:
        return await self._durable.resend_unknown(broadcast, now)

    async def tally(self, broadcast: str) -> Tally | None:
        return await self._durable.tally(broadcast)

    # --- courses and household ---

    async def publish(self, course: Course, now: datetime) -> bool:
        return await self._durable.publish(course, now)

    async def course_versions(self) -> Sequence[tuple[str, int]]:
        return await self._durable.course_versions()

    async def course_files(self, course_id: str, version: int) -> Mapping[str, str]:
        return await self._durable.course_files(course_id, version)

    async def secret(self, name: str, fresh: str) -> str:
        return await self._durable.secret(name, fresh)

    async def lease(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        return await self._durable.lease(name, owner, now, until)

    async def release(self, name: str, owner: str) -> None:
        await self._durable.release(name, owner)

    async def close(self) -> None:
        await self._durable.close()
