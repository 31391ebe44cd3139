"""Nothing that was erased is left in a database, whatever else goes on."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from lessons.broadcasts import Announcement, Listener, Tally
from lessons.messages import Address, Heard, Said
from lessons.ports import Saving, Stale
from storage.broadcasts import spread
from storage.engine import database
from storage.rows import to_json
from storage.saving import save
from storage.tables import metadata
from tests.storage_desk import AN, HOME, NOW, SECRET, SOON, at, opened, raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "hocvu.db"


class TestErasure:
    @pytest.fixture
    def careless_sqlite(self) -> Iterator[None]:
        """As sqlite.org builds it; Debian's overwrites what is deleted by itself."""

        def careless(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA secure_delete=OFF").close()

        event.listen(Engine, "connect", careless)
        yield
        event.remove(Engine, "connect", careless)

    async def test_nothing_is_left_in_the_bytes_of_a_file(
        self, path: Path, careless_sqlite: None
    ) -> None:
        async with opened(at(path)) as store:
            await store.save(TOLD)
            assert traces(path) == {SECRET, CHAT.chat}
            await store.forget("an")
            assert traces(path) == set()

    async def test_nor_of_who_moved_to_another_learner(self, path: Path) -> None:
        async with opened(at(path)) as store:
            await store.save(TOLD)
            await store.save(Saving(replace(AN, id="binh"), HOME, NOW))
            await store.issue_code("binh", "code", SOON)
            await store.redeem_code("code", CHAT, NOW)
            assert traces(path) == {CHAT.chat}

    async def test_a_reader_puts_the_log_off_but_not_the_erasure(self, path: Path) -> None:
        async with opened(at(path)) as store:
            await store.save(TOLD)
            with raw(path) as other:
                other.execute("BEGIN")
                other.execute("SELECT * FROM message").fetchall()
                await store.forget("an")
                assert await store.learner(CHAT) is None
                other.execute("ROLLBACK")
            await store.forget("an")
            assert traces(path) == set()

    @pytest.mark.slow
    async def test_a_saving_under_way_leaves_nothing_either(self, postgres_url: str) -> None:
        async with opened(postgres_url) as store:
            learner = await store.save(Saving(AN, CHAT, NOW))
            saving = replace(TOLD, learner=learner)
            async with under_way(postgres_url, lambda c: save(c, saving)):
                erasing = asyncio.create_task(store.forget("an"))
                await somebody_waits(postgres_url)
            await erasing
            with pytest.raises(Stale):
                await store.save(Saving(replace(learner, version=2), CHAT, NOW))
            rows = await read_all(postgres_url)
            assert [row for row in rows if SECRET in row or CHAT.chat in row or "'an'" in row] == []
            assert len(rows) == 1  # that the update was heard

    @pytest.mark.slow
    async def test_nor_does_a_broadcast_that_is_being_spread(self, postgres_url: str) -> None:
        async with opened(postgres_url) as store:
            await store.save(Saving(AN, CHAT, NOW))
            await store.announce("b1", "news", NOW)
            rows = [Announcement(Listener("an", "vi", "Asia/Ho_Chi_Minh", CHAT), Said("news"))]
            async with under_way(postgres_url, lambda c: spread(c, "b1", rows, True, NOW)):
                erasing = asyncio.create_task(store.forget("an"))
                await somebody_waits(postgres_url)
            await erasing
            assert await store.tally("b1") == Tally("spread")

    @pytest.mark.slow
    async def test_joining_who_is_just_arriving_is_stale(self, postgres_url: str) -> None:
        async with opened(postgres_url) as store:
            await store.save(Saving(AN, HOME, NOW))
            await store.issue_code("an", "code", SOON)
            arriving = Saving(replace(AN, id="binh"), CHAT, NOW)
            async with under_way(postgres_url, lambda c: save(c, arriving)):
                joining = asyncio.create_task(store.redeem_code("code", CHAT, NOW))
                await somebody_waits(postgres_url)
            with pytest.raises(Stale):
                await joining
            joined = await store.redeem_code("code", CHAT, NOW)
            assert joined is not None
            assert joined.id == "an"


CHAT = Address("telegram", "4711081500")
TOLD = Saving(AN, CHAT, NOW, Heard(CHAT, "7", SECRET), (Said(f"{SECRET}?"),))


def traces(path: Path) -> set[str]:
    """What of the secret and of the chat is in the bytes of the file or of its log."""
    files = (path, path.with_name(f"{path.name}-wal"))
    content = b"".join(file.read_bytes() for file in files if file.exists())
    return {word for word in (SECRET, CHAT.chat) if word.encode() in content}


@asynccontextmanager
async def under_way(url: str, work: Callable[[Connection], Any]) -> AsyncIterator[None]:
    """The work done on a connection of its own, committed afterwards."""
    engine = create_async_engine(url, json_serializer=to_json)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(work)
            yield
    finally:
        await engine.dispose()


async def somebody_waits(url: str) -> None:
    """Until somebody waits for a lock of this database."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    found = database(url)
    try:
        async with asyncio.timeout(5):
            while not await found.read(lambda c: c.execute(waiting).scalar()):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    finally:
        await found.close()


async def read_all(url: str) -> list[str]:
    """Every row of every table."""

    def rows(connection: Connection) -> list[str]:
        tables = metadata.tables.values()
        return [repr(row) for table in tables for row in connection.execute(select(table))]

    found = database(url)
    try:
        return await found.read(rows)
    finally:
        await found.close()
