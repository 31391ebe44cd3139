"""Telegram's ear: aiogram receives, by long polling or webhook, and every update becomes a Heard.

It says nothing (decision 0012): what is heard is handed on to be kept, and only then confirmed.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, Message, Update, User
from aiogram.utils.token import TokenValidationError
from pydantic import ValidationError

from lessons.failures import Forged, Unavailable
from lessons.messages import Address, Heard

log = structlog.get_logger(__name__)

PLATFORM = "telegram"
ALLOWED = ["message", "callback_query", "my_chat_member", "poll_answer", "message_reaction",
           "stopped_message_generation"]  # fmt: skip
SECRET = "x-telegram-bot-api-secret-token"
LONG_POLL = 50  # seconds
AT_LEISURE = 3.0  # seconds before a server that is away is asked again
PRIVATE = ChatType.PRIVATE.value
AWAY = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)

Receive = Callable[[Sequence[Heard]], Awaitable[None]]
Tapped = Callable[[str], None]


class Deaf(Exception):
    """Nothing can be heard; the text says why and what to do. `lasting`: until it is changed."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates with the updates as they came: one that cannot be read must not hide the rest."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = 0
    allowed_updates: list[str]


class _Plain(AiohttpSession):
    """Without TLS there is no quarter of a second to wait until it has ended."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class Ear:
    """Hands on what is heard: `receive` keeps it (raises Unavailable), `tapped` answers a tap."""

    def __init__(self, token: str, api_url: str, receive: Receive, tapped: Tapped) -> None:
        """Raises Deaf for a token that cannot be one."""
        try:
            kind = AiohttpSession if api_url.startswith("https:") else _Plain
            session = kind(api=TelegramAPIServer.from_base(api_url))
            self._bot = Bot(token, session=session)
        except TokenValidationError as error:
            raise Deaf(WRONG_TOKEN, lasting=True) from error
        self._receive = receive
        self._tapped = tapped

    async def close(self) -> None:
        await self._bot.session.close()

    async def poll(self, own_url: str, well: Callable[[], None]) -> None:
        """Hear for ever by asking; `well` is called after each answer. Raises Deaf."""
        with_webhook = (await self._asked(self._bot.get_webhook_info())).url
        if with_webhook and with_webhook != own_url:
            raise Deaf(WEBHOOK_ELSEWHERE)
        if with_webhook:
            await self._asked(self._bot.delete_webhook())
        offset: int | None = None
        while True:
            asked = GetRawUpdates(offset=offset, timeout=LONG_POLL, allowed_updates=ALLOWED)
            found = await self._asked(self._bot(asked, request_timeout=LONG_POLL + 10))
            well()
            if found:
                await self._hand_on(found)
                offset = max(int(each["update_id"]) for each in found) + 1

    async def _hand_on(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Until it is kept: what was not kept is not confirmed."""
        read = [self._read(each) for each in updates]
        while True:
            try:
                return await self._receive([each for each in read if each is not None])
            except Unavailable:
                await asyncio.sleep(AT_LEISURE)

    async def register(self, url: str, secret: str) -> None:
        """Let the server send what it hears to this address. Raises Deaf."""
        await self._asked(self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED))

    async def hook(self, secret: str, headers: Mapping[str, str], body: bytes) -> None:
        """An update that was sent to us, kept when this returns. Raises Forged, Unavailable."""
        if not secrets.compare_digest(headers.get(SECRET, "").encode(), secret.encode()):
            raise Forged
        heard = self._read(body)
        if heard is not None:
            await self._receive([heard])

    def _read(self, update: bytes | Mapping[str, Any]) -> Heard | None:
        """None for what says nothing to us, and for what cannot be read: logged without a word."""
        try:
            found = read(update)
        except ValidationError as error:
            places = {".".join(map(str, each["loc"])) for each in error.errors()}
            log.error("update not understood", places=sorted(places))
            return None
        if found.callback_query is not None:
            self._tapped(found.callback_query.id)
        return heard(found)

    async def _asked(self, request: Awaitable[Any]) -> Any:
        """The answer to a request. Raises Deaf with a sentence for the operator."""
        try:
            return await request
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise Deaf(WRONG_TOKEN, lasting=True) from error
        except TelegramConflictError as error:
            raise Deaf(ANOTHER_LISTENS) from error
        except TelegramRetryAfter as error:
            raise Deaf(f"Telegram asks to wait {error.retry_after} s") from error
        except (TelegramNetworkError, TelegramServerError) as error:
            raise Deaf(OUT_OF_REACH) from error
        except TelegramAPIError as error:
            raise Deaf(f"Telegram refuses: {error.message}") from error


WRONG_TOKEN = (
    "Telegram does not know this token: put the one @BotFather gave into HOCVU_TELEGRAM_TOKEN"
)
WEBHOOK_ELSEWHERE = (
    "this bot's messages go to a webhook of another address: stop what serves it and remove the"
    " webhook, or set HOCVU_TELEGRAM_MODE=webhook to take it over"
)
ANOTHER_LISTENS = "another program receives this bot's messages: stop it, or give HocVu its own bot"
OUT_OF_REACH = "Telegram cannot be reached (HOCVU_TELEGRAM_API_URL); it is tried again and again"


def read(update: bytes | Mapping[str, Any]) -> Update:
    """An update typed. Raises ValidationError."""
    if isinstance(update, bytes):
        return Update.model_validate_json(update)
    return Update.model_validate(update)


def heard(update: Update) -> Heard | None:
    """What an update tells us, or None when it tells us nothing."""
    number = str(update.update_id)
    if update.message is not None:
        return _message(number, update.message)
    if update.callback_query is not None:
        return _tap(number, update.callback_query)
    if (vote := update.poll_answer) is not None and vote.user is not None:
        chosen = f"{vote.poll_id}:{','.join(map(str, vote.option_ids))}"
        person = Address(PLATFORM, str(vote.user.id))
        return Heard(person, number, chosen, "vote", _language(vote.user))
    if (member := update.my_chat_member) is not None:
        away = member.new_chat_member.status in AWAY
        chat = Address(PLATFORM, str(member.chat.id))
        return Heard(chat, number, "", "left" if away else "back")
    if (stopped := update.stopped_message_generation) is not None:
        chat = Address(PLATFORM, str(stopped.chat.id))
        return Heard(chat, number, str(stopped.draft_id), "stop")
    return None


def _message(number: str, message: Message) -> Heard | None:
    """In a group only commands are meant for us."""
    chat, person = Address(PLATFORM, str(message.chat.id)), message.from_user
    if message.migrate_to_chat_id is not None:
        return Heard(chat, number, str(message.migrate_to_chat_id), "moved")
    text = message.text or ""
    private = message.chat.type == PRIVATE
    as_group = message.sender_chat is not None and message.sender_chat.id == message.chat.id
    if person is None or (person.is_bot and not as_group):
        return None
    if not private and not text.startswith("/"):
        return None
    return Heard(
        chat,
        number,
        text,
        "text" if text else "other",
        _language(person),
        str(message.message_id),
        sender="" if private else str(message.chat.id if as_group else person.id),
    )


def _tap(number: str, query: CallbackQuery) -> Heard | None:
    message = query.message
    if message is None or query.data is None:
        return None
    private = message.chat.type == PRIVATE
    return Heard(
        Address(PLATFORM, str(message.chat.id)),
        number,
        query.data,
        "tap",
        _language(query.from_user),
        str(message.message_id),
        (message.text or "") if isinstance(message, Message) else "",
        "" if private else str(query.from_user.id),
    )


def _language(person: User) -> str:
    return person.language_code or ""
