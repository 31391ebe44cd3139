"""Telegram's mouth: python-telegram-bot sends every part, in its turn, and says how it went.

The only sender to Telegram (decision 0012).
"""

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Any, cast

import structlog
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram.error import BadRequest, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.gate import Gate
from bot.limiter import Begin, Turn, failure
from bot.render import Attachment, Caps, Edit, Part, Poll, Reaction, Text
from lessons.failures import TryLater
from lessons.messages import Address, Choice, Kind

log = structlog.get_logger(__name__)

CAPS = Caps(
    text_max=4096,
    unit="utf16",
    caption_max=1024,
    buttons="inline",
    buttons_max=100,
    label_max=64,
    payload_max=64,
    markup="html",
    edit=True,
    react=True,
    quiz=True,
    draft=True,
    only=True,
)
AT_ONCE = 32  # requests of one kind under way
ROW_WIDTH, PADDING = 34, 4  # characters of a row of buttons, and what a button needs besides
ROW_MAX = 8


class Mouth:
    """Sends parts. Raises TryLater, Gone, Moved, Refused or Unknown."""

    caps = CAPS
    at_once = AT_ONCE

    def __init__(self, bot: ExtBot[Turn], gate: Gate, *, paid: bool = False) -> None:
        self._bot = bot
        self._gate = gate
        self._paid = paid

    def closed_for(self) -> float:
        return self._gate.closed_for()

    async def deliver(self, address: Address, part: Part, kind: Kind, begin: Begin) -> str:
        """One part; `begin` is awaited before each request. Returns the name of a quiz sent."""
        turn = Turn(kind, begin)
        chat = int(address.chat)
        try:
            match part:
                case Text():
                    await self._text(chat, part, turn)
                case Edit():
                    await self._edit(chat, part, turn)
                case Reaction():
                    await self._react(chat, part, turn)
                case Attachment():
                    await self._attach(chat, part, turn)
                case Poll():
                    return await self._poll(chat, part, turn)
        except TelegramError as error:
            raise failure(error, self._gate) from error
        return ""

    async def _text(self, chat: int, text: Text, turn: Turn) -> None:
        try:
            await self._say(chat, text, text.markup, turn)
        except BadRequest as error:
            if not text.markup or "can't parse entities" not in error.message.lower():
                raise
            log.error("markup refused", reason=error.message)
            await self._say(chat, text, "", turn)

    async def _say(self, chat: int, text: Text, markup: str, turn: Turn) -> None:
        await self._bot.send_message(
            chat,
            markup or text.plain,
            parse_mode="HTML" if markup else None,
            reply_markup=_keyboard(text.buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            protect_content=text.protected or None,
            allow_paid_broadcast=self._pays(turn),
            api_kwargs=_only(text.only),
            rate_limit_args=turn,
        )

    def _pays(self, turn: Turn) -> bool | None:
        return True if self._paid and turn.kind == "broadcast" else None

    async def _edit(self, chat: int, edit: Edit, turn: Turn) -> None:
        """A message that cannot be changed any more is no failure: what it said was said."""
        try:
            await self._bot.edit_message_text(
                edit.text.markup or edit.text.plain,
                chat,
                int(edit.target),
                parse_mode="HTML" if edit.text.markup else None,
                reply_markup=_keyboard(edit.text.buttons),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                rate_limit_args=turn,
            )
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return
            log.info("not changed", reason=error.message)
            if edit.or_else is not None:
                await self._text(chat, edit.or_else, turn)

    async def _react(self, chat: int, reaction: Reaction, turn: Turn) -> None:
        """A sign that cannot be put is left out: the message that follows says enough."""
        try:
            await self._bot.set_message_reaction(
                chat, int(reaction.target), reaction.sign, rate_limit_args=turn
            )
        except RetryAfter:
            raise
        except TelegramError as error:
            log.info("no reaction", reason=type(error).__name__)

    async def _attach(self, chat: int, part: Attachment, turn: Turn) -> None:
        send: Any = {
            "picture": self._bot.send_photo,
            "voice": self._bot.send_voice,
            "video": self._bot.send_video,
        }[part.media.kind]
        caption = part.caption
        try:
            await send(
                chat,
                part.media.reference,
                caption=caption.markup or caption.plain or None,
                parse_mode="HTML" if caption.markup else None,
                reply_markup=_keyboard(caption.buttons),
                protect_content=caption.protected or None,
                allow_paid_broadcast=self._pays(turn),
                rate_limit_args=turn,
            )
        except BadRequest as error:  # the server cannot fetch it: what it shows is said in words
            log.warning("media refused", reason=error.message)
            words = f"{caption.plain}\n\n{part.media.in_words()}".strip()
            await self._say(chat, replace(caption, plain=words), "", turn)

    async def _poll(self, chat: int, part: Poll, turn: Turn) -> str:
        """In a quiz of a group every vote is told, so it is not anonymous."""
        sent = await self._bot.send_poll(
            chat,
            part.question,
            part.options,
            type="quiz",
            is_anonymous=False,
            correct_option_ids=cast(Any, list(part.quiz.right)),
            allows_multiple_answers=len(part.quiz.right) > 1,
            explanation=part.explanation or None,
            protect_content=part.protected or None,
            rate_limit_args=turn,
        )
        return sent.poll.id if sent.poll is not None else ""

    # --- what leaves without a row, inside the budget ---

    async def answer(self, query: str) -> None:
        """A tap was received: the button stops turning. Too late is no harm."""
        await self._aside(self._bot.answer_callback_query(query, rate_limit_args=Turn()))

    async def draft(self, chat: str, number: int) -> bool:
        """Shows for half a minute that an answer is being made; the person may stop it."""
        turn = Turn(patience=0.0)
        return await self._aside(
            self._bot.send_message_draft(
                int(chat), number, "", api_kwargs={"can_stop": True}, rate_limit_args=turn
            )
        )

    async def typing(self, chat: str) -> bool:
        turn = Turn(patience=0.0)
        return await self._aside(
            self._bot.send_chat_action(int(chat), "typing", rate_limit_args=turn)
        )

    async def _aside(self, request: Awaitable[object]) -> bool:
        """Something nobody misses when it does not arrive; whether it did."""
        try:
            await request
        except (TelegramError, TryLater) as error:
            log.info("left out", reason=type(error).__name__)
            return False
        return True

    async def leads(self, chat: str, person: str) -> bool:
        """Whether this person runs this group. When it cannot be found out: no."""
        try:
            member = await self._bot.get_chat_member(int(chat), int(person))
        except TelegramError:
            return False
        return member.status in ("creator", "administrator")

    async def register(
        self, commands: Sequence[tuple[str, str]], language: str = "", *, groups: bool = False
    ) -> None:
        """The list of commands (name, what it does) for a language, or for all others."""
        scope = BotCommandScopeAllGroupChats() if groups else None
        listed = [BotCommand(name, what) for name, what in commands]
        await self._bot.set_my_commands(listed, scope, language_code=language or None)


def _only(person: str) -> dict[str, Any] | None:
    """For the eyes of one member of a group (Bot API 10.2, which the library does not know yet)."""
    return {"ephemeral_message_parameters": {"receiver_user_id": int(person)}} if person else None


def _keyboard(buttons: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """Side by side as many as can be read: the buttons of a row are all of one width."""
    rows: list[list[Choice]] = []
    for button in buttons:
        wider = [*(rows[-1] if rows else ()), button]
        width = len(wider) * (max(len(each.label) for each in wider) + PADDING)
        if rows and width <= ROW_WIDTH and len(wider) <= ROW_MAX:
            rows[-1] = wider
        else:
            rows.append([button])
    keys = [
        [InlineKeyboardButton(each.label, callback_data=each.id) for each in row] for row in rows
    ]
    return InlineKeyboardMarkup(keys) if keys else None
