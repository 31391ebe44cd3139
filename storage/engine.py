"""The way into a database: a file of SQLite or a PostgreSQL server, with the settings each needs.

What is done inside is written once, as plain functions of a Connection. For SQLite they run in
threads, one hop each: through aiosqlite, which hops at every statement, a message took four times
as long (measured). One writer thread and BEGIN IMMEDIATE mean that no update is lost; who waits
for it shares a commit, and readers never wait for it.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import create_async_engine

from lessons.ports import Unavailable
from storage.news import News
from storage.rows import to_json
from storage.together import Together, Work
from storage.trouble import explained

T = TypeVar("T")
READERS = 4
PATIENCE = 5.0  # seconds to wait for another program's lock; a `?timeout=` in the URL wins


class Database(Protocol):
    """Runs work on a connection. Raises Unavailable, and what the work raises."""

    where: str  # for the operator, without the password

    async def read(self, work: Work[T]) -> T:
        """Statements that change nothing, each seeing what was committed before it."""
        ...

    async def write(self, work: Work[T], news: bool = False) -> T:
        """One transaction: committed when the work returns, undone when it raises. With `news` it
        puts something into the outbox, and other processes are told where that is possible."""
        ...

    async def erase(self, work: Work[T]) -> T:
        """As `write`; what the work deletes goes from the bytes of a file as well."""
        ...

    async def news(self, seconds: float) -> None:
        """Until another process wrote `news`, or for the time where nobody tells."""
        ...

    async def close(self) -> None: ...


def database(url: str) -> Database:
    """The database at an async SQLAlchemy URL; nothing is opened yet. Raises Unavailable."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Unavailable("HOCVU_DATABASE_URL cannot be read as an address") from error
    if parsed.get_backend_name() == "postgresql":
        return Server(parsed)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return File(parsed)
    raise Unavailable(
        "HOCVU_DATABASE_URL must begin with sqlite+aiosqlite:///FILE or postgresql+asyncpg://"
    )


class File:
    """A file of SQLite: one writer, a few readers, each in its thread."""

    def __init__(self, url: URL) -> None:
        assert url.database is not None
        self.where = url.database
        self.path = None if url.database.startswith("file:") else Path(url.database)
        self._writer = _sqlite(url, 1)
        self._readers = _sqlite(url, READERS)
        event.listen(self._writer, "connect", _prepare_writer)
        event.listen(self._writer, "begin", _begin_immediate)
        event.listen(self._readers, "connect", _prepare_reader)
        self._writing = ThreadPoolExecutor(1, "hocvu-writer")
        self._reading = ThreadPoolExecutor(READERS, "hocvu-reader")
        self._together = Together(self._commit)

    def make(self) -> None:
        """The folder and an empty file, for their owner only, when there is no such file."""
        if self.path is None or self.path.exists():
            return
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        except OSError as error:
            raise Unavailable(f"{self.where}: it cannot be made: {error.strerror}") from error

    async def copy(self, ending: str) -> Path | None:
        """A consistent copy beside the file; None when the file is not named by a path."""
        if self.path is None:
            return None
        copy = self.path.with_name(f"{self.path.name}.{ending}")
        try:
            copy.touch(mode=0o600, exist_ok=False)
            await self.read(lambda connection: _copy(connection, copy))
        except FileExistsError:
            return copy  # of the same second: another process is copying
        except OSError as error:
            raise Unavailable(f"{copy}: it cannot be made: {error.strerror}") from error
        except Unavailable:
            copy.unlink(missing_ok=True)
            raise
        return copy

    async def read(self, work: Work[T]) -> T:
        def inside() -> T:
            with explained(self.where), self._readers.connect() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._reading, inside)

    async def write(self, work: Work[T], news: bool = False) -> T:  # noqa: ARG002 - a file tells nobody
        done = self._together.add(work)
        self._writing.submit(self._together.do)
        return await asyncio.wrap_future(done)

    def _commit(self, together: Sequence[Work[Any]]) -> list[Any]:
        with explained(self.where), self._writer.begin() as connection:
            return [work(connection) for work in together]

    async def erase(self, work: Work[T]) -> T:
        done = await self.write(work)
        await asyncio.get_running_loop().run_in_executor(self._writing, self._empty_log)
        return done

    def _empty_log(self) -> None:
        """The log still holds what was deleted. While somebody reads it, that is put off until the
        next erasure or the end of the program."""
        connection = self._writer.raw_connection()
        try:
            with suppress(sqlite3.Error):
                _pragmas(connection.driver_connection, "wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    async def news(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Waits for what is being written."""
        for threads, engine in ((self._writing, self._writer), (self._reading, self._readers)):
            await asyncio.to_thread(threads.shutdown)
            engine.dispose()


def _sqlite(url: URL, connections: int) -> Engine:
    patience = {} if "timeout" in url.query else {"timeout": PATIENCE}
    return create_engine(
        url.set(drivername="sqlite"),
        connect_args={"check_same_thread": False, "isolation_level": None, **patience},
        json_serializer=to_json,
        hide_parameters=True,  # an error is logged, and never tells what people wrote
        pool_size=connections,
        max_overflow=0,
    )


def _prepare_writer(connection: Any, _: object) -> None:
    _pragmas(connection, "journal_mode=WAL", "synchronous=NORMAL")
    _pragmas(connection, "foreign_keys=ON", "temp_store=MEMORY", "secure_delete=ON")


def _prepare_reader(connection: Any, _: object) -> None:
    _pragmas(connection, "query_only=ON", "temp_store=MEMORY")


def _pragmas(connection: Any, *settings: str) -> None:
    for setting in settings:
        connection.execute(f"PRAGMA {setting}").close()


def _copy(connection: Connection, copy: Path) -> None:
    """SQLite holds a copy into another file for a change too."""
    connection.exec_driver_sql("PRAGMA query_only=OFF")
    try:
        connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
    finally:
        connection.exec_driver_sql("PRAGMA query_only=ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Server:
    """A PostgreSQL server."""

    def __init__(self, url: URL) -> None:
        self.where = url.render_as_string(hide_password=True)
        limits = {
            "application_name": "hocvu",
            "statement_timeout": "30s",
            "idle_in_transaction_session_timeout": "30s",
            "lock_timeout": "5s",
        }
        self._engine = create_async_engine(
            url,
            connect_args={"timeout": 5, "command_timeout": 30, "server_settings": limits},
            json_serializer=to_json,
            hide_parameters=True,
            pool_size=10,
            max_overflow=5,
            pool_pre_ping=True,
            pool_recycle=1800,
        )
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._news = News(self._reading, self.where)

    async def read(self, work: Work[T]) -> T:
        with explained(self.where):
            async with self._reading.connect() as connection:
                return await connection.run_sync(work)

    async def write(self, work: Work[T], news: bool = False) -> T:
        with explained(self.where):
            async with self._engine.begin() as connection:
                done = await connection.run_sync(work)
        if news:
            self._news.tell()
        return done

    async def erase(self, work: Work[T]) -> T:
        return await self.write(work)

    async def news(self, seconds: float) -> None:
        await self._news.wait(seconds)

    async def close(self) -> None:
        await self._news.close()
        await self._engine.dispose()
