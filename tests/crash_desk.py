"""`hocvu serve` as a child that is killed and started again, beside a fake Telegram of the test."""

import asyncio
import re
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from bot.fake_telegram import FakeTelegram
from lessons.ports import Store
from storage.sql import open_store
from tests.processes import HOCVU, PATIENCE, environment
from tests.telegram_desk import TOKEN, until

LEASE = 30  # seconds: what a killed sender had taken waits so long at most
IN_FLIGHT = 32  # requests of one kind that may be under way when it is killed


class Child:
    """One server after the other on one database; all they print goes into one file."""

    def __init__(self, folder: Path, fake: FakeTelegram, **settings: str) -> None:
        self.url = f"sqlite+aiosqlite:///{folder}/hocvu.db"
        self._folder = folder
        self._log = folder / "serve.log"
        self._process: Process | None = None
        given = {
            "HOCVU_DATABASE_URL": self.url,
            "HOCVU_WEB_PORT": "0",
            "HOCVU_TELEGRAM_TOKEN": TOKEN,
            "HOCVU_TELEGRAM_API_URL": fake.url,
        }
        self._environment = environment(**{**given, **settings})
        self.address = ""

    @property
    def printed(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    async def start(self) -> None:
        """Returns when it serves; a killed predecessor's lease may have to end first."""
        before = len(self.printed)
        with self._log.open("a") as log:
            self._process = await asyncio.create_subprocess_exec(
                HOCVU, "serve", cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )
        found = await until(
            lambda: re.search(r"HocVu is at (http://\S+)", self.printed[before:]), PATIENCE
        )
        self.address = found[1]

    async def kill(self) -> None:
        """kill -9, if it runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def healthy(self) -> bool:
        """Whether the web chat answers."""
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{self.address}/healthz")).status_code == 200

    async def run(self, *words: str) -> str:
        """Another `hocvu` command on the same database; what it prints."""
        process = await asyncio.create_subprocess_exec(
            HOCVU,
            *words,
            cwd=self._folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            printed, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
        finally:
            if process.returncode is None:
                process.kill()
        return printed.decode()


@asynccontextmanager
async def child(folder: Path, fake: FakeTelegram, **settings: str) -> AsyncIterator[Child]:
    """A child that is not started yet, and is ended in any case."""
    found = Child(folder, fake, **settings)
    try:
        yield found
    finally:
        await found.kill()


@asynccontextmanager
async def looked_into(server: Child, fake: FakeTelegram) -> AsyncIterator[Store]:
    """Its database, from beside it."""
    store = await open_store(server.url, fake.world.clock())
    try:
        yield store
    finally:
        await store.close()
