"""The stores that tests run on (memory, SQLite, PostgreSQL), and the option --update."""

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from bot.logs import configure
from lessons.ports import Store
from storage.memory import MemoryStore
from storage.sql import open_store
from storage.volatile import Discreet

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ANY_SERVER = "postgresql+asyncpg://root@127.0.0.1:5432/test"


@pytest.fixture(autouse=True, scope="session")
def _logs() -> None:
    """As in the product: without the words of learners, and without drawing tracebacks."""
    configure(quiet=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the conversations")


@pytest.fixture(
    params=["memory", "discreet", "sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]
)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store of each kind; `discreet` is what the product uses, around one in memory."""
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "discreet":
        yield Discreet(MemoryStore(), MemoryStore(-(2**52)))
    elif request.param == "sqlite":
        async with opened(f"sqlite+aiosqlite:///{tmp_path}/var/hocvu.db") as found:
            yield found
    else:
        async with fresh_postgres() as url, opened(url) as found:
            yield found


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    """An empty database of its own."""
    async with fresh_postgres() as url:
        yield url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    found = await open_store(url, NOW)
    try:
        yield found
    finally:
        await found.close()


@asynccontextmanager
async def fresh_postgres() -> AsyncIterator[str]:
    """The URL of a database made for this test, dropped after it. Skips when no server answers."""
    server = make_url(os.environ.get("HOCVU_TEST_POSTGRES_URL", ANY_SERVER))
    dsn = server.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = await asyncpg.connect(dsn, timeout=1)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        reason = f"no PostgreSQL at {server}: {error or type(error).__name__}"
        if "postgres" in os.environ.get("HOCVU_REQUIRE", "").split(","):
            pytest.fail(reason)
        pytest.skip(reason)
    name = f"hocvu_test_{secrets.token_hex(6)}"
    try:
        await connection.execute(f'CREATE DATABASE "{name}"')
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.close()
