"""One call of the Bot API: its fields read, flood control passed, its method performed."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.fake_telegram import editing, polls, sending, setup
from bot.fake_telegram.chats import Wire
from bot.fake_telegram.errors import ApiError
from bot.fake_telegram.fields import Fields, read
from bot.fake_telegram.world import World

METHODS: dict[str, tuple[Fields, Callable[[World, Wire], Any]]] = {
    **sending.METHODS,
    **editing.METHODS,
    **polls.METHODS,
    **setup.METHODS,
}

# What flood control counts: messages, and the edits and drafts of them.
_COUNTED = (
    "sendMessage sendPhoto sendVoice sendVideo sendPoll sendMessageDraft editMessageText "
    "editMessageReplyMarkup editEphemeralMessageText"
)
MESSAGES = frozenset(_COUNTED.split())


def read_call(name: str, given: Mapping[str, object]) -> Wire:
    """The values of a call. Raises ApiError for an unknown method and for wrong fields."""
    known = METHODS.get(name)
    if known is None:
        raise ApiError(404, "Not Found")
    return read(given, known[0])


def perform(world: World, name: str, p: Wire) -> Any:
    """The result of a call. Raises ApiError."""
    if world.flood is not None and name in MESSAGES and isinstance(p["chat_id"], int):
        paid = p.get("allow_paid_broadcast", False)
        world.flood.pass_one(p["chat_id"], world.now(), paid=paid)
    return METHODS[name][1](world, p)
