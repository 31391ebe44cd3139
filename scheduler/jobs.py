"""When -> which use case: the whole timetable. Every job may run twice, in any process."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from lessons.ports import Learners
from lessons.use_cases.bookshelf import Bookshelf
from lessons.use_cases.remind import remind

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds."""

    name: str
    seconds: int
    do: Callable[[datetime], Awaitable[object]]


def timetable(store: Learners, shelf: Bookshelf, rang: Callable[[], None]) -> tuple[Job, ...]:
    """`rang` is called when something was put into the outbox."""

    def trouble(learner_id: str, error: Exception) -> None:
        log.error("not reminded", learner=learner_id, exception=type(error).__name__)

    async def reminders(now: datetime) -> None:
        if await remind(store, now, trouble):
            rang()

    async def courses(now: datetime) -> None:  # noqa: ARG001  # published is published at any time
        await shelf.refresh()

    return (Job("reminders", 5, reminders), Job("courses", 30, courses))
