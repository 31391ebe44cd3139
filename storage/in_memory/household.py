"""In dictionaries: courses, secrets, leases, halts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lessons.course import Course
from storage.lines import LONGEST, changed, halt_name


class MemoryHousehold:
    """ports.Courses and ports.Household, and the halts of ports.Outbox."""

    def __init__(self) -> None:
        self._courses: dict[tuple[str, int], Mapping[str, str]] = {}
        self._secrets: dict[str, str] = {}
        self._leases: dict[str, tuple[str, datetime]] = {}

    async def publish(self, course: Course, now: datetime) -> bool:  # noqa: ARG002 - the port's
        key, files = (course.id, course.version), dict(course.files)
        if key in self._courses and self._courses[key] != files:
            raise ValueError(changed(course))
        return self._courses.setdefault(key, files) is files

    async def course_versions(self) -> Sequence[tuple[str, int]]:
        return sorted(self._courses)

    async def course_files(self, course_id: str, version: int) -> Mapping[str, str]:
        return self._courses[course_id, version]

    async def secret(self, name: str, fresh: str) -> str:
        return self._secrets.setdefault(name, fresh)

    async def lease(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        holder, end = self._leases.get(name, (owner, now))
        if holder != owner and now < end <= now + LONGEST:
            return False
        self._leases[name] = (owner, until)
        return True

    async def release(self, name: str, owner: str) -> None:
        if self._leases.get(name, ("",))[0] == owner:
            del self._leases[name]

    async def halted(self, platform: str) -> datetime | None:
        _, until = self._leases.get(halt_name(platform), ("", None))
        return until

    async def halt(self, platform: str, until: datetime) -> None:
        before = await self.halted(platform)
        end = until if before is None else max(before, until)
        self._leases[halt_name(platform)] = ("", end)
