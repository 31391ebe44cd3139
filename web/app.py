"""The web application, and a server for it that lets go of open pages when it stops."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from lessons.messages import Address
from lessons.ports import Unavailable
from web import chat, joining, page, webhooks
from web.chat import Behind, Door
from web.mishaps import Mishaps, hush
from web.safety import SafeHeaders
from web.streams import Streams
from web.visitors import PLATFORM


def create_app(door: Door) -> FastAPI:
    app = FastAPI(title="HocVu", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.door = door
    app.state.streams = Streams()
    app.include_router(page.router)
    app.include_router(chat.router)
    app.include_router(joining.router)
    app.include_router(webhooks.router)
    app.mount("/static", StaticFiles(directory=page.STATIC))
    for error in (HTTPException, RequestValidationError, Unavailable):
        app.add_exception_handler(error, page.refuse)
    app.add_middleware(GZipMiddleware)
    app.add_middleware(Mishaps, refuse=page.refuse)
    app.add_middleware(SafeHeaders)

    @app.get("/healthz")
    async def healthz(door: Behind) -> dict[str, str]:
        """Whether the web answers and the store behind it too; 503 when it does not."""
        await door.store.history(Address(PLATFORM, ""), 0, 1)
        return {"status": "ok"}

    return app


class Server(uvicorn.Server):
    """Serves the application; when told to stop it first lets go of the open pages.

    uvicorn waits for open connections before the lifespan ends, and event streams never end by
    themselves. No access log: addresses can carry a linking code.
    """

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        super().__init__(config)
        hush()
        self._streams: Streams = app.state.streams

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl-C and SIGTERM end the serving and nothing else, so that whoever started it can tidy
        up; uvicorn's own way raises the signal again afterwards."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._streams.end()
        await super().shutdown(sockets)
