"""Empty databases to measure on: a file in a temporary folder, a database of its own on a server.
Nothing of them is left afterwards."""

import asyncio
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

DEFAULT_SERVER = "postgresql+asyncpg://root@127.0.0.1:5432/test"
ANSWERS_WITHIN = 3.0  # seconds

Fresh = Callable[[], AbstractAsyncContextManager[str]]


@asynccontextmanager
async def sqlite() -> AsyncIterator[str]:
    """The address of a file that is not there yet."""
    with tempfile.TemporaryDirectory(prefix="hocvu-benchmark-") as folder:
        yield f"sqlite+aiosqlite:///{Path(folder) / 'hocvu.db'}"


@asynccontextmanager
async def postgresql() -> AsyncIterator[str]:
    """The address of an empty database beside the one of HOCVU_TEST_POSTGRES_URL."""
    from sqlalchemy import make_url

    name = f"hocvu_benchmark_{secrets.token_hex(4)}"
    await _on_the_server(f'CREATE DATABASE "{name}"')
    try:
        yield make_url(_server()).set(database=name).render_as_string(hide_password=False)
    finally:
        await _on_the_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


DATABASES: dict[str, Fresh] = {"sqlite": sqlite, "postgresql": postgresql}


def missing() -> dict[str, str]:
    """The databases that cannot be measured here, and why."""
    try:
        asyncio.run(_on_the_server("SELECT 1"))
    except Exception as error:  # noqa: BLE001  # whatever it is, the rest is measured
        return {"postgresql": f"does not answer: {type(error).__name__}"}
    return {}


def _server() -> str:
    return os.environ.get("HOCVU_TEST_POSTGRES_URL") or DEFAULT_SERVER


async def _on_the_server(statement: str) -> None:
    import asyncpg  # type: ignore[import-untyped]
    from sqlalchemy import make_url

    address = make_url(_server()).set(drivername="postgresql")
    connection = await asyncpg.connect(
        address.render_as_string(hide_password=False), timeout=ANSWERS_WITHIN
    )
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
