"""Databases in trouble: what the operator is told; schemas, copies, indexes, several processes."""

import asyncio
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from typer.testing import CliRunner

from bot.cli.db import app
from lessons.facts import Answered, LessonBegun
from lessons.learner import Learner
from lessons.memory import Card
from lessons.messages import Address, Heard, Said
from lessons.ports import Saving, Stale, Unavailable
from storage import schema
from storage.engine import database
from storage.rows import to_json
from storage.saving import save
from storage.sql import SqlStore, open_store
from storage.tables import metadata

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
HOME = Address("web", "a")
AN = Learner("an", consent="yes")
ROOT = Path(__file__).parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "hocvu.db"


def at(path: Path | str, timeout: float = 0.1) -> str:
    return f"sqlite+aiosqlite:///{path}?timeout={timeout}"


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[SqlStore]:
    store = await open_store(url, NOW)
    try:
        yield store
    finally:
        await store.close()


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def make_folder(path: Path) -> None:
    path.mkdir(parents=True)


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def copies(path: Path) -> list[Path]:
    return list(path.parent.glob("*.bak"))


async def refused(url: str) -> str:
    """The sentence that opening ends with."""
    with pytest.raises(Unavailable) as caught:
        async with opened(url):
            pass
    return str(caught.value)


async def migrated(url: str, work: Callable[..., Any], *words: str) -> None:
    opened = database(url)
    try:
        await opened.write(lambda connection: work(connection, *words))
    finally:
        await opened.close()


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


SECRET, CHAT = "bí mật của tôi", Address("telegram", "4711081500")
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


class TestSchema:
    def test_head_is_the_newest_revision(self) -> None:
        assert schema.revisions()[0] == schema.HEAD

    async def test_a_new_file_is_what_the_migrations_make(self, path: Path) -> None:
        async with opened(at(path)):
            pass
        other = path.with_name("migrated.db")
        await migrated(at(other), schema.upgrade)
        assert tables_of(path) == tables_of(other)
        assert "alembic_version" in {name for _, name, _ in tables_of(path)}

    async def test_the_migrations_make_what_the_tables_say(self, path: Path) -> None:
        make_folder(path.parent)
        await agrees(at(path))

    @pytest.mark.slow
    async def test_on_postgresql_too(self, postgres_url: str) -> None:
        await agrees(postgres_url)

    async def test_a_new_file_opens_at_once_and_is_its_owners_only(self, path: Path) -> None:
        begun = time.perf_counter()
        async with opened(at(path)):
            assert time.perf_counter() - begun < 0.5
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)

    async def test_an_older_file_is_copied_then_migrated(self, path: Path) -> None:
        async with opened(at(path)):
            pass
        await migrated(at(path), schema.downgrade, "base")
        with raw(path) as other:
            other.execute("CREATE TABLE left_over (x)")
        async with opened(at(path)) as store:
            await store.save(Saving(AN, HOME, NOW))
        (copy,) = copies(path)
        assert copy.name == f"hocvu.db.before-{schema.HEAD}-20261123T010000Z.bak"
        assert mode(copy) == 0o600
        assert {name for _, name, _ in tables_of(copy)} == {"alembic_version", "left_over"}

    def test_the_commands(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOCVU_DATABASE_URL", at(path))
        monkeypatch.chdir(path.parent.parent)
        assert ran("check") == (1, f"hocvu: {path}: there is no such file yet: {UPGRADE}\n")
        assert ran("upgrade") == (0, f"up to date: {schema.HEAD}\n")
        assert ran("check") == (0, f"up to date: {schema.HEAD}\n")
        asyncio.run(migrated(at(path), schema.downgrade, "base"))
        assert ran("check") == (
            1,
            f"to be upgraded from nothing to {schema.HEAD}: hocvu db upgrade\n",
        )
        code, told = ran("upgrade")
        assert (code, told.splitlines()[1]) == (0, f"up to date: {schema.HEAD}")
        assert Path(told.splitlines()[0].removeprefix("the file as it was: ")).exists()


UPGRADE = "hocvu db upgrade makes it"


def ran(word: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [word])
    return done.exit_code, done.output


def tables_of(path: Path) -> list[tuple[str, str, str]]:
    with raw(path) as connection:
        return connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL"
            " AND name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
        ).fetchall()


async def agrees(url: str) -> None:
    """Up, down and up again; then Alembic sees no difference to storage/tables.py."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def differences(connection: Any) -> list[Any]:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(found, metadata)

    opened = database(url)
    try:
        await opened.write(schema.migrate)
        await opened.write(lambda connection: schema.downgrade(connection, "base"))
        await opened.write(schema.upgrade)
        assert await opened.read(differences) == []
    finally:
        await opened.close()


class TestProcesses:
    async def test_two_processes_make_a_file_and_lose_nothing(self, path: Path) -> None:
        both = [start(at(path, 5)) for _ in range(2)]
        assert [ended(one) for one in both] == ["done\n", "done\n"]
        async with opened(at(path)) as store:
            learner = await store.learner(HOME)
        assert learner is not None
        assert learner.stamp == 100


PROCESS = """
import asyncio, sys
from dataclasses import replace
from datetime import UTC, datetime
from lessons.learner import Learner
from lessons.messages import Address
from lessons.ports import Saving, Stale
from storage.sql import open_store

HOME, NOW = Address("web", "a"), datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

async def main():
    store = await open_store(sys.argv[1], NOW)
    done = 0
    while done < 50:
        learner = await store.learner(HOME) or Learner("an", consent="yes")
        try:
            await store.save(Saving(replace(learner, stamp=learner.stamp + 1), HOME, NOW))
            done += 1
        except Stale:
            pass
    await store.close()
    print("done")

asyncio.run(main())
"""


def start(url: str) -> subprocess.Popen[str]:
    """Another process that adds fifty to the stamp of the learner."""
    command = [sys.executable, "-c", PROCESS, url]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> str:
    """What it printed."""
    with process:
        return process.communicate(timeout=60)[0]


class TestIndexes:
    async def test_no_statement_reads_a_whole_table(self, path: Path) -> None:
        told: list[tuple[str, Any]] = []

        def listen(_c: Any, _k: Any, statement: str, given: Any, _x: Any, many: bool) -> None:
            told.append((statement, given[0] if many else given))

        async with opened(at(path)) as store:
            event.listen(Engine, "before_cursor_execute", listen)
            try:
                await everything(store)
            finally:
                event.remove(Engine, "before_cursor_execute", listen)
        with raw(path) as other:
            plans = [(s, plan(other, s, given)) for s, given in told if not s.startswith("BEGIN")]
        assert len(plans) > 35
        # what is called anon is the few learners just found to be due
        whole = [(s, p) for s, p in plans if "SCAN" in p.replace("SCAN anon_1", "")]
        assert whole == []
        claims = [p for s, p in plans if s.startswith("\n    UPDATE")]
        assert all("ix_message_open_chat" in p for p in claims)
        # however many wait, no more of them are looked at than can be taken
        assert not any("TEMP B-TREE" in p for p in claims)


def plan(connection: sqlite3.Connection, statement: str, given: Any) -> str:
    steps = connection.execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()
    return "; ".join(step[3] for step in steps)


async def everything(store: SqlStore) -> None:
    """Each statement of the store, at least once."""
    card = Card(1.0, 5.0, NOW.date(), NOW.date())
    answered = Answered("c6/l1/q1", 1, "single", "B", 1.0, 1, 3, "", 4.5)
    facts = (answered, LessonBegun("c6", 1, "l1"))
    heard, said = Heard(HOME, "1", "a"), (Said("b"),)
    learner = await store.save(Saving(AN, HOME, NOW, heard, said, facts, {"a": card}))
    await store.save(Saving(learner, HOME, NOW))
    await store.learner(HOME)
    await store.cards("an", ["a", "b"])
    await store.standing("an", NOW.date(), 3)
    await store.due(NOW, 3)
    await store.facts("an")
    for sent in await store.claim("web", "one", NOW, SOON, 5):
        await store.sending(sent.id, NOW)
        await store.sending(sent.id, NOW, "one")
        await store.settle(sent.id, "sent", NOW)
    await store.history(HOME, 0, 5)
    await store.history(HOME, 1, 5)
    await store.issue_code("an", "code", SOON)
    await store.redeem_code("code", Address("telegram", "1"), NOW)
    await store.secret("web", "x")
    await store.lease("serve", "one", NOW, SOON)
    await store.release("serve", "one")
    await store.forget("an")
