"""A door for the tests of the web chat: an echo behind it, a real server before it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import httpx

from lessons.learner import Consent, Learner
from lessons.messages import Address, Choice, Heard, Said
from lessons.ports import Saving, Store, Unavailable
from storage.memory import MemoryStore
from storage.volatile import Discreet
from web.app import Server, create_app
from web.chat import Door
from web.visitors import WHO

SITE = "http://hocvu.test"
START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Desk:
    """Every message is answered by its echo and two buttons, and heard once."""

    secret = "of the tests"

    def __init__(self) -> None:
        self.store: Store = Discreet(MemoryStore(), MemoryStore(first=-(2**52)))
        self.heard: list[Heard] = []
        self.codes: set[str] = set()
        self.away = False
        self.consent: Consent = "yes"
        self.joined: Address | None = None
        self.extra: Said | None = None  # said after every echo
        self.waited: set[Address] = set()  # whose news pages have waited for
        self.left = asyncio.Event()  # a page has stopped waiting
        self._committed = asyncio.Event()

    def now(self) -> datetime:
        return START

    async def hear(self, heard: Heard) -> None:
        if self.away:
            raise Unavailable("locked")
        if any(heard.update == earlier.update for earlier in self.heard):
            return
        self.heard.append(heard)
        choices = (Choice(f"a{len(self.heard)}", "Đồng ý"), Choice("no", "Không"))
        await self.commit(heard.address, Said(f"« {heard.text} »", choices), heard)

    async def commit(self, address: Address, said: Said, heard: Heard | None = None) -> None:
        known = await self.store.learner(address)
        learner = known or Learner(address.chat, consent=self.consent)
        says = (said, self.extra) if heard and self.extra else (said,)
        await self.store.save(Saving(learner, address, START, heard, says=says))
        self._committed.set()
        self._committed = asyncio.Event()

    async def known(self, address: Address) -> bool:
        return await self.store.learner(address) is not None

    async def join(self, code: str, address: Address) -> bool:
        if code not in self.codes:
            return False
        self.joined = address
        return True

    async def wait(self, seconds: float, address: Address) -> None:
        self.waited.add(address)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._committed.wait(), seconds)
        finally:
            self.left.set()


@asynccontextmanager
async def serving(desk: Desk, port: int = 0) -> AsyncIterator[tuple[Server, str]]:
    """A server on a free port of this machine, or on the given one."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        server = Server(create_app(desk), "127.0.0.1", port)
        task = asyncio.create_task(server.serve([listening]))
        try:
            yield server, f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


async def tell(browser: httpx.AsyncClient, update: str, **message: str) -> httpx.Response:
    return await browser.post("/chat/say", json={"update": update, **message})


def chat_of(browser: httpx.AsyncClient) -> Address:
    return Address("web", browser.cookies[WHO].rpartition(".")[0])


def visit(desk: Door, site: str = SITE, **headers: str) -> httpx.AsyncClient:
    """A browser that needs no server; event streams need one."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    transport = httpx.ASGITransport(create_app(desk))
    return httpx.AsyncClient(transport=transport, base_url=site, headers=named)
