"""python-telegram-bot behind our gate: its bot, our limiter in its place for one, its errors in our
words. A request waits for its turn there, and the outbox is told just before it leaves."""

import os
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import httpx
import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.gate import PATIENCE, Gate
from lessons.failures import Gone, Moved, Refused, TryLater, Unknown
from lessons.messages import Kind

log = structlog.get_logger(__name__)

CONNECTIONS = 128
TIMEOUT = 12.0  # seconds for an answer; the outbox's lease is longer
RESTED = 5.0  # seconds without a try after a server could not be reached
TOKEN_REFUSED = 60.0  # seconds until a refused token is tried again: it may be put right
NOT_IN_A_CHAT = ("answerCallbackQuery", "setMessageReaction", "sendChatAction", "sendMessageDraft")
GONE = ("chat not found", "peer_id_invalid", "user is deactivated", "not enough rights",
        "have no rights", "chat_write_forbidden", "group chat was deleted")  # fmt: skip
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

Begin = Callable[[], Awaitable[None]]
Halted = Callable[[float], Awaitable[None]]


async def _at_once() -> None:
    """Nothing has to be noted before this leaves."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a request is, and what must be done just before it leaves."""

    kind: Kind = "reply"
    begin: Begin = _at_once
    patience: float = PATIENCE


class Limiter(BaseRateLimiter[Turn]):
    """Our gate in the library's place for rate limits. No request is repeated here: a message goes
    back into the outbox, and a halt is told to `halted`."""

    def __init__(self, gate: Gate, halted: Halted) -> None:
        self._gate = gate
        self._halted = halted

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Turn | None,
    ) -> Any:
        turn = rate_limit_args or Turn()
        aside = endpoint in NOT_IN_A_CHAT
        if aside or endpoint.startswith(("send", "edit")):
            chat = "" if aside else str(data["chat_id"])
            await self._gate.turn(chat, turn.kind, turn.patience)
            await turn.begin()
            if halted_meanwhile := self._gate.closed_for():
                raise TryLater(halted_meanwhile)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as wait:
            seconds = _seconds(wait)
            self._gate.halt(seconds)
            await self._halted(seconds)
            raise


def _seconds(wait: RetryAfter) -> float:
    asked = wait.retry_after
    return float(asked if isinstance(asked, int) else asked.total_seconds())


def make_bot(
    token: str, api_url: str, gate: Gate, halted: Halted, timeout: float = TIMEOUT
) -> ExtBot[Turn]:
    """A bot that sends through the gate; nothing is asked of the server yet."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's coming way to tell a wait
    return ExtBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            connect_timeout=5.0,
            write_timeout=5.0,
            read_timeout=timeout,
            pool_timeout=1.0,
            httpx_kwargs={"trust_env": False},
        ),
        rate_limiter=Limiter(gate, halted),
    )


def failure(error: TelegramError, gate: Gate) -> Exception:
    """What the outbox makes of it. Certain not to have arrived, certain to be refused, or
    neither: then it is unknown."""
    match error:
        case RetryAfter():
            return TryLater(_seconds(error))
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Gone(error.message)
        case InvalidToken():
            log.error("the token is refused: see HOCVU_TELEGRAM_TOKEN")
            return TryLater(TOKEN_REFUSED)
        case BadRequest():
            gone = any(sign in error.message.lower() for sign in GONE)
            return Gone(error.message) if gone else Refused(error.message)
        case NetworkError() if isinstance(error.__cause__, NEVER_SENT):
            if not isinstance(error.__cause__, httpx.PoolTimeout):
                gate.halt(RESTED)
            return TryLater(RESTED)
    return Unknown(type(error).__name__)  # such as an answer that nobody can read
