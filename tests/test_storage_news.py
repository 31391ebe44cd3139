"""Whether one process learns at once that another has put something into the outbox."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from lessons.messages import Said
from lessons.ports import Repeated, Saving
from storage.engine import database
from storage.sql import SqlStore
from tests.storage_desk import AN, HOME, NOW, at, opened

LONG = 30.0  # seconds; never waited for


async def told(waiting: "asyncio.Task[None]") -> bool:
    """Whether the news came, and long before the time was over."""
    async with asyncio.timeout(LONG / 3):
        await waiting
    return True


async def listening(store: SqlStore) -> "asyncio.Task[None]":
    """A wait for news that has begun to listen."""
    await store.news(0.05)  # opens the connection
    return asyncio.create_task(store.news(LONG))


async def leave(waiting: "asyncio.Task[None]") -> None:
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


class TestNewsOfAFile:
    async def test_time_passes(self, tmp_path: Path) -> None:
        async with opened(at(tmp_path / "var" / "hocvu.db")) as store:
            await store.news(0)


@pytest.mark.slow
class TestNewsOfAServer:
    @pytest.fixture
    async def other(self, postgres_url: str) -> AsyncIterator[SqlStore]:
        async with opened(postgres_url) as store:
            yield store

    async def test_a_message_of_another_process_is_news(
        self, other: SqlStore, postgres_url: str
    ) -> None:
        async with opened(postgres_url) as store:
            waiting = await listening(store)
            learner = await other.save(Saving(AN, HOME, NOW, says=(Said("a"),)))
            assert await told(waiting)
            waiting = await listening(store)
            await other.post(HOME, Said("b"), NOW, "b")
            assert await told(waiting)
            waiting = await listening(store)
            await other.save(Saving(learner, HOME, NOW, says=(Said("c"),)))
            assert await told(waiting)

    async def test_what_came_while_nobody_waited_is_told_at_the_next_wait(
        self, other: SqlStore, postgres_url: str
    ) -> None:
        async with opened(postgres_url) as store:
            await store.news(0.05)
            await other.post(HOME, Said("b"), NOW, "b")
            assert await told(asyncio.create_task(store.news(LONG)))

    async def test_the_last_words_of_a_process_are_told(self, postgres_url: str) -> None:
        async with opened(postgres_url) as store:
            waiting = await listening(store)
            async with opened(postgres_url) as other:
                await other.post(HOME, Said("b"), NOW, "b")
            assert await told(waiting)

    async def test_all_who_wait_are_told(self, other: SqlStore, postgres_url: str) -> None:
        async with opened(postgres_url) as store:
            both = [await listening(store), await listening(store)]
            await other.post(HOME, Said("b"), NOW, "b")
            assert [await told(waiting) for waiting in both] == [True, True]

    async def test_own_messages_and_undone_ones_are_none(
        self, other: SqlStore, postgres_url: str
    ) -> None:
        async with opened(postgres_url) as store:
            waiting = await listening(store)
            await store.post(HOME, Said("b"), NOW, "b")
            with pytest.raises(Repeated):
                await other.post(HOME, Said("b"), NOW, "b")
            await other.save(Saving(AN, HOME, NOW))  # nothing to send
            done, _ = await asyncio.wait([waiting], timeout=0.2)
            assert not done
            await leave(waiting)

    async def test_a_broken_connection_is_opened_again(
        self, other: SqlStore, postgres_url: str
    ) -> None:
        async with opened(postgres_url) as store:
            await leave(await listening(store))
            await cut_all(postgres_url)
            waiting = await listening(store)
            await other.learner(HOME)
            await other.post(HOME, Said("b"), NOW, "b")
            assert await told(waiting)

    async def test_without_a_server_only_the_time_is_waited_for(self) -> None:
        nowhere = database("postgresql+asyncpg://an@127.0.0.1:9/x")
        try:
            await nowhere.news(0.01)
        finally:
            await nowhere.close()


async def cut_all(url: str) -> None:
    """The server ends all other connections of this database."""
    end = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    found = database(url)
    try:
        await found.read(lambda c: c.execute(end).all())
    finally:
        await found.close()
