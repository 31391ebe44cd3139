"""The only file that knows APScheduler: it ticks, in memory, in every process (decision 0004)."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.jobs import Job

log = structlog.get_logger(__name__)


LOOK = 10.0  # seconds between two looks at the clock


class Ticker:
    """Runs the timetable on the running event loop until it is stopped."""

    def __init__(self, jobs: Sequence[Job], now: Callable[[], datetime]) -> None:
        self._now = now
        self._jobs = jobs
        self._latest = now()
        self._looking: asyncio.TimerHandle | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for job in jobs:
            self._scheduler.add_job(
                self._run,
                "interval",
                seconds=job.seconds,
                args=[job],
                id=job.name,
                coalesce=True,  # after a pause once, not once for each tick missed
                max_instances=1,
                misfire_grace_time=None,  # the default drops a job that is a second late
            )

    def start(self) -> None:
        self._scheduler.start()
        self.look()

    def stop(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._scheduler.shutdown(wait=False)

    def look(self) -> None:
        """APScheduler plans by the clock on the wall: one that was put back an hour would stop it
        for that hour, so then everything is done now."""
        now = self._now()
        if now < self._latest:
            for job in self._jobs:
                self._scheduler.modify_job(job.name, next_run_time=now)
        self._latest = now
        self._looking = asyncio.get_running_loop().call_later(LOOK, self.look)

    async def _run(self, job: Job) -> None:
        try:
            await job.do(self._now())
        except Exception:
            log.exception("job failed", job=job.name)  # the next tick tries again
