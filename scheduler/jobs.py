"""When -> which use case: the whole timetable. Every job may run twice, in any process."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from lessons.calendars import Calendar
from lessons.ports import Store
from lessons.use_cases.bookshelf import Bookshelf
from lessons.use_cases.broadcast import spread
from lessons.use_cases.remind import NO_CALENDARS, NO_WINDOWS, remind

log = structlog.get_logger(__name__)


REPEATED_WITHIN = timedelta(days=3)  # messengers repeat an update for a day at most


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds."""

    name: str
    seconds: int
    do: Callable[[datetime], Awaitable[object]]


def timetable(
    store: Store,
    shelf: Bookshelf,
    rang: Callable[[], None],
    refit: Callable[[datetime], Awaitable[object]],
    windows: Mapping[str, timedelta] = NO_WINDOWS,
    calendars: Mapping[str, Calendar] = NO_CALENDARS,
) -> tuple[Job, ...]:
    """`rang` is called when something was put into the outbox; `refit` fits the memory to those
    whose day has come; `windows` and `calendars` are what
    reminders have to know (lessons/use_cases/remind.py)."""

    def trouble(learner_id: str, error: Exception) -> None:
        log.error("not reminded", learner=learner_id, exception=type(error).__name__)

    async def reminders(now: datetime) -> None:
        if await remind(store, now, trouble, windows, calendars):
            rang()

    async def courses(now: datetime) -> None:  # noqa: ARG001  # published is published at any time
        await shelf.refresh()

    async def broadcasts(now: datetime) -> None:
        if await spread(store, now):
            rang()

    async def updates(now: datetime) -> None:
        await store.drop_handled(now - REPEATED_WITHIN)

    return (
        Job("reminders", 2, reminders),
        Job("broadcasts", 5, broadcasts),
        Job("courses", 30, courses),
        Job("updates", 600, updates),
        Job("memory", 3600, refit),
    )
