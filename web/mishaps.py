"""A mistake of ours: the visitor gets a sentence, the operator a line without anyone's words."""

import logging
from collections.abc import Awaitable, Callable

import structlog
from fastapi import Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger(__name__)

Refuse = Callable[[Request, Exception], Awaitable[Response]]


class Mishaps:
    """Wraps the application: no exception gets out, as the server would print all that it quotes.

    An answer that has begun cannot be changed any more; it ends there.
    """

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            if scope["type"] != "http":
                raise
            log.exception("failed", method=scope["method"], path=scope["path"])
            if not begun:
                answer = await self.refuse(Request(scope), error)
                await answer(scope, receive, send)


def say_nothing(record: logging.LogRecord) -> bool:
    """The server's own errors, without the traceback: its messages can quote what people write."""
    record.exc_info = record.exc_text = None
    return True


def hush() -> None:
    logging.getLogger("uvicorn.error").addFilter(say_nothing)
