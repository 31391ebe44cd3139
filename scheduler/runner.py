"""The only file that knows APScheduler: it ticks, in memory, in every process (decision 0004)."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.jobs import Job

log = structlog.get_logger(__name__)


class Ticker:
    """Runs the timetable on the running event loop until it is stopped."""

    def __init__(self, jobs: Sequence[Job], now: Callable[[], datetime]) -> None:
        self._now = now
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

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    async def _run(self, job: Job) -> None:
        try:
            await job.do(self._now())
        except Exception:
            log.exception("job failed", job=job.name)  # the next tick tries again
