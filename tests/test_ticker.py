"""The clock that ticks: every job when its time has come, whatever is done to the clock."""

import asyncio
from datetime import UTC, datetime, timedelta

from scheduler.jobs import Job
from scheduler.runner import Ticker


class Clock:
    """The real one, put back by hand."""

    def __init__(self) -> None:
        self.put_back = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(asyncio.get_running_loop().time(), UTC) - self.put_back


async def test_a_clock_that_is_put_back_stops_nothing() -> None:
    done: list[datetime] = []
    ticked = asyncio.Event()

    async def job(now: datetime) -> None:
        done.append(now)
        ticked.set()

    clock = Clock()
    ticker = Ticker([Job("job", 3600, job)], clock)
    ticker.start()
    try:
        clock.put_back = timedelta(hours=1)
        ticker.look()
        await asyncio.wait_for(ticked.wait(), 5)
    finally:
        ticker.stop()
    assert len(done) == 1


async def test_a_clock_that_goes_on_changes_nothing() -> None:
    done: list[datetime] = []

    async def job(now: datetime) -> None:
        done.append(now)

    ticker = Ticker([Job("job", 3600, job)], Clock())
    ticker.start()
    ticker.look()
    await asyncio.sleep(0)
    ticker.stop()
    assert done == []
