"""Databases in trouble: what the operator is told."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.exc import DBAPIError

from lessons.messages import Address, Said
from lessons.ports import Saving, Unavailable
from storage import schema
from storage.engine import database
from tests.storage_desk import AN, HOME, NOW, SECRET, at, make_folder, opened, raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "hocvu.db"


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


async def refused(url: str) -> str:
    """The sentence that opening ends with."""
    with pytest.raises(Unavailable) as caught:
        async with opened(url):
            pass
    return str(caught.value)


class TestTrouble:
    async def test_locked_for_too_long(self, path: Path) -> None:
        async with opened(at(path)) as store:
            saved = await store.save(Saving(AN, HOME, NOW))
            with raw(path) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(Unavailable, match=r"hocvu\.db: another program kept it locked"):
                    await store.save(Saving(saved, HOME, NOW))
                assert await store.learner(HOME) == saved  # readers do not wait
                other.execute("ROLLBACK")
            await store.save(Saving(saved, HOME, NOW))

    async def test_read_only(self, path: Path) -> None:
        async with opened(at(path)):
            pass
        async with opened(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true") as store:
            assert await store.learner(HOME) is None
            with pytest.raises(Unavailable, match="can only be read, not written"):
                await store.save(Saving(AN, HOME, NOW))

    async def test_a_folder_in_place_of_the_file(self, path: Path) -> None:
        make_folder(path)
        assert await refused(at(path)) == (
            f"{path}: it cannot be opened: check that its folder exists and may be written"
        )

    async def test_a_file_in_place_of_the_folder(self, path: Path) -> None:
        write(path.parent, b"")
        assert await refused(at(path)) == f"{path}: it cannot be made: File exists"

    async def test_not_a_database(self, path: Path) -> None:
        write(path, b"Hello " * 99)
        assert await refused(at(path)) == f"{path}: this file is not a database"

    async def test_a_disk_that_is_full(self, path: Path) -> None:
        def small(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA max_page_count=60").close()

        event.listen(Engine, "connect", small)
        try:
            async with opened(at(path)) as store:
                learner = await store.save(Saving(AN, HOME, NOW))
                said = (Said("x" * 300_000),)
                with pytest.raises(Unavailable, match="the disk is full"):
                    await store.save(Saving(learner, HOME, NOW, says=said))
                assert await store.save(Saving(learner, HOME, NOW))
        finally:
            event.remove(Engine, "connect", small)

    async def test_a_damaged_file(self, path: Path) -> None:
        async with opened(at(path)) as store:
            await store.save(Saving(AN, HOME, NOW))
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 100_000)
        with pytest.raises(Unavailable, match=r"hocvu\.db: it is damaged"):
            await schema.check(at(path))

    async def test_made_by_a_newer_program(self, path: Path) -> None:
        async with opened(at(path)):
            pass
        with raw(path) as other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
        assert await refused(at(path)) == (
            f"{path}: made by a newer HocVu: its schema is 9999, this program knows {schema.HEAD}"
        )

    async def test_a_place_of_a_newer_program(self, path: Path) -> None:
        async with opened(at(path)) as store:
            await store.save(Saving(AN, HOME, NOW))
            with raw(path) as other:
                other.execute("""UPDATE learner SET place = '{"place": "Flying", "format": 2}'""")
            with pytest.raises(Unavailable, match="made by a newer HocVu"):
                await store.learner(HOME)

    async def test_a_place_of_a_newer_program_keeps_nobody_else_waiting(self, path: Path) -> None:
        def later(n: int) -> datetime:
            return NOW + timedelta(seconds=n)

        async with opened(at(path)) as store:
            for n in range(5):
                learner = replace(AN, id=f"{n}", due_at=later(n))
                await store.save(Saving(learner, Address("web", f"{n}"), NOW))
            with raw(path) as other:
                for id, place in enumerate(UNREADABLE):
                    other.execute("UPDATE learner SET place = ? WHERE id = ?", (place, f"{id}"))
            for limit in (2, 9):
                due = await store.due(later(9), limit)
                assert [learner.id for learner, _ in due] == ["3", "4"]
            assert [learner.id for learner, _ in await store.due(later(9), 1)] == ["3"]

    async def test_the_database_of_another_program(self, path: Path) -> None:
        make_folder(path.parent)
        with raw(path) as other:
            other.execute("CREATE TABLE invoices (id)")
        assert await refused(at(path)) == f"{path}: holds tables that are not HocVu's"

    @pytest.mark.parametrize(
        "url", ["", "hocvu.db", "mysql://x/y", "sqlite+aiosqlite://", "sqlite:///:memory:"]
    )
    async def test_an_address_of_nothing(self, url: str) -> None:
        assert "HOCVU_DATABASE_URL" in await refused(url)

    async def test_no_server(self) -> None:
        reason = await refused("postgresql+asyncpg://an:secret@127.0.0.1:9/x")
        assert reason.startswith("postgresql+asyncpg://an:***@127.0.0.1:9/x: it cannot be reached")

    @pytest.mark.slow
    async def test_no_such_database_on_the_server(self, postgres_url: str) -> None:
        url = make_url(postgres_url).set(database="nowhere")
        reason = await refused(url.render_as_string(hide_password=False))
        assert reason.endswith("/nowhere: there is no database of this name")

    @pytest.mark.slow
    async def test_a_server_that_only_reads(self, postgres_url: str) -> None:
        import asyncpg

        async with opened(postgres_url) as store:
            await store.save(Saving(AN, HOME, NOW))
            name = make_url(postgres_url).database
            dsn = make_url(postgres_url).set(drivername="postgresql")
            other = await asyncpg.connect(dsn.render_as_string(hide_password=False))
            await other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
            await other.execute(f"{end} AND pid <> pg_backend_pid()", name)
            await other.close()
            with pytest.raises(Unavailable, match="can only be read now"):
                await store.save(Saving(replace(AN, version=1), HOME, NOW))

    async def test_an_error_does_not_tell_what_was_written(self, path: Path) -> None:
        make_folder(path.parent)
        await tells_nothing(at(path))

    @pytest.mark.slow
    async def test_nor_does_one_of_a_server(self, postgres_url: str) -> None:
        await tells_nothing(postgres_url)


UNREADABLE = (
    '{"place": "Flying", "format": 2}',
    '["Resting"]',
    '{"place": "Asked", "format": 2, "asked_at": "soon"}',
)


async def tells_nothing(url: str) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(text("SELECT 1 FROM nothing WHERE x = :said"), {"said": SECRET})

    opened = database(url)
    try:
        for run in (opened.read, opened.write):
            with pytest.raises(DBAPIError) as caught:
                await run(fail)
            assert SECRET not in str(caught.value)
    finally:
        await opened.close()
