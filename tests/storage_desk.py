"""For the tests of databases: files, how they are opened, and what is seen in them from outside."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lessons.learner import Learner
from lessons.messages import Address
from storage.sql import SqlStore, open_store

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
HOME = Address("web", "a")
AN = Learner("an", consent="yes")
SECRET = "bí mật của tôi"


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
