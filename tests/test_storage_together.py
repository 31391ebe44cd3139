"""One commit for all who wait for the writer of a file, and only who fails, fails."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from storage.engine import Database, database

PATIENCE = 20.0  # seconds


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    opened = database(f"sqlite+aiosqlite:///{tmp_path}/hocvu.db")
    await opened.write(lambda c: c.exec_driver_sql("CREATE TABLE noted (n INTEGER PRIMARY KEY)"))
    yield opened
    await opened.close()


@pytest.fixture
def commits() -> Iterator[list[Connection]]:
    found: list[Connection] = []

    def listen(connection: Connection) -> None:
        found.append(connection)

    event.listen(Engine, "commit", listen)
    yield found
    event.remove(Engine, "commit", listen)


class Busy:
    """`async with Busy(file):` keeps the writer at work to the end of the block."""

    def __init__(self, file: Database) -> None:
        self._file = file
        self._begun, self._go = threading.Event(), threading.Event()

    def _work(self, _: Connection) -> bool:
        self._begun.set()
        return self._go.wait(PATIENCE)

    async def __aenter__(self) -> None:
        self._working = asyncio.create_task(self._file.write(self._work))
        assert await asyncio.to_thread(self._begun.wait, PATIENCE)

    async def __aexit__(self, *_: object) -> None:
        self._go.set()
        assert await self._working


def note(number: int) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        connection.exec_driver_sql("INSERT INTO noted VALUES (?)", (number,))
        return number

    return work


def noted(connection: Connection) -> list[int]:
    return list(connection.exec_driver_sql("SELECT n FROM noted ORDER BY n").scalars())


async def started(file: Database, *numbers: int) -> list[asyncio.Task[int]]:
    tasks = [asyncio.create_task(file.write(note(number))) for number in numbers]
    await asyncio.sleep(0)
    return tasks


async def test_who_waits_shares_a_commit(file: Database, commits: list[Connection]) -> None:
    async with Busy(file):
        waiting = await started(file, *range(20))
        assert commits == []
    assert await asyncio.gather(*waiting) == list(range(20))
    assert len(commits) == 2  # of the busy one, and of all others
    assert await file.read(noted) == list(range(20))


async def test_what_fails_takes_nothing_along(file: Database) -> None:
    async with Busy(file):
        waiting = await started(file, 1, 2, 2, 3)
    found = await asyncio.gather(*waiting, return_exceptions=True)
    assert [each if isinstance(each, int) else "failed" for each in found] == [1, 2, "failed", 3]
    assert await file.read(noted) == [1, 2, 3]


async def test_it_is_committed_when_it_returns(file: Database) -> None:
    async def written(number: int) -> bool:
        await file.write(note(number))
        return number in await file.read(noted)

    assert all(await asyncio.gather(*(written(number) for number in range(50))))


async def test_what_nobody_waits_for_any_more_is_left_out(file: Database) -> None:
    async with Busy(file):
        given_up, kept = await started(file, 1, 2)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
    assert await kept == 2
    assert given_up.cancelled()
    assert await file.read(noted) == [2]
