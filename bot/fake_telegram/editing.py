"""Methods on messages that are there: edit, delete, react, answer a tap."""

import re

from bot.fake_telegram.chats import Chat, Message, Wire
from bot.fake_telegram.errors import bad
from bot.fake_telegram.fields import fields, only
from bot.fake_telegram.keyboards import inline
from bot.fake_telegram.sending import text_body
from bot.fake_telegram.world import World

QUERY_LASTS = 15.0  # seconds
TOAST = 200  # characters
_SIGN_LIST = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ "
    "🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 "
    "🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
SIGNS = frozenset(_SIGN_LIST.split())
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _own(world: World, p: Wire) -> Message:
    """The bot's own message that is to be edited."""
    chat = world.reached(p["chat_id"])
    return _editable(world, world.message(chat, p["message_id"], "message to edit not found"))


def _editable(world: World, message: Message) -> Message:
    if message.sender is not world.bot:
        raise bad("message can't be edited")
    return message


def _ephemeral(world: World, p: Wire, missing: str) -> tuple[Chat, Message]:
    chat = world.reached(p["chat_id"])
    found = chat.find_ephemeral(p["ephemeral_message_id"], p["receiver_user_id"])
    if found is None:
        raise bad(missing)
    return chat, found


def _replace(world: World, message: Message, kept: tuple[str, ...], body: Wire) -> Wire:
    """Give a message a new body; what is named in `kept` stays. Raises ApiError when it is old."""
    new = {name: value for name, value in message.body.items() if name in kept} | body
    if new == message.body:
        raise bad(NOT_MODIFIED)
    message.body = new
    message.edited = int(world.now())
    return message.wire(world.now())


def _markup(p: Wire) -> Wire:
    """The buttons of an edit: without any, those that were there go."""
    markup = inline(p["reply_markup"]) if "reply_markup" in p else {}
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}


_STAYS = ("has_protected_content", "reply_to_message", "effect_id")


def _new_text(world: World, message: Message, p: Wire) -> Wire:
    if "text" not in message.body:
        raise bad("there is no text in the message to edit")
    return _replace(world, message, _STAYS, text_body(p) | _markup(p))


def edit_text(world: World, p: Wire) -> Wire:
    return _new_text(world, _own(world, p), p)


def edit_markup(world: World, p: Wire) -> Wire:
    message = _own(world, p)
    kept = tuple(name for name in message.body if name != "reply_markup")
    return _replace(world, message, kept, _markup(p))


def delete(world: World, p: Wire) -> bool:
    chat = world.reached(p["chat_id"])
    message = world.message(chat, p["message_id"], "message to delete not found")
    foreign = message.sender is not world.bot and not chat.private
    if foreign and chat.status(world.bot.id) != "administrator":
        raise bad("message can't be deleted")
    chat.messages.remove(message)
    return True


def edit_ephemeral(world: World, p: Wire) -> bool:
    _, message = _ephemeral(world, p, "message to edit not found")
    _new_text(world, message, p)
    return True


def delete_ephemeral(world: World, p: Wire) -> bool:
    chat, message = _ephemeral(world, p, "message to delete not found")
    chat.messages.remove(message)
    return True


def react(world: World, p: Wire) -> bool:
    chat = world.reached(p["chat_id"])
    message = world.message(chat, p["message_id"], "message to react not found")
    signs = p.get("reaction", [])
    if len(signs) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if not signs:
        message.signs.pop(world.bot.id, None)
        return True
    given = only(signs[0], "type emoji", "reaction")
    if given.get("type") != "emoji" or given.get("emoji") not in SIGNS:
        raise bad("REACTION_INVALID")
    message.signs[world.bot.id] = given["emoji"]
    return True


def answer(world: World, p: Wire) -> bool:
    query = world.query(p["callback_query_id"], QUERY_LASTS)
    text = p.get("text", "")
    if len(text) > TOAST:
        raise bad("MESSAGE_TOO_LONG")
    if p.get("url") and not re.match(r"https?://|tg://", p["url"]):
        raise bad("URL_INVALID")
    query.answered, query.toast, query.alert = True, text, p.get("show_alert", False)
    return True


_TEXT = "chat_id! text! parse_mode entities link_preview_options reply_markup "

METHODS = {
    "editMessageText": (fields(_TEXT + "message_id!"), edit_text),
    "editMessageReplyMarkup": (fields("chat_id! message_id! reply_markup"), edit_markup),
    "deleteMessage": (fields("chat_id! message_id!"), delete),
    "editEphemeralMessageText": (
        fields(_TEXT + "receiver_user_id! ephemeral_message_id!"),
        edit_ephemeral,
    ),
    "deleteEphemeralMessage": (
        fields("chat_id! receiver_user_id! ephemeral_message_id!"),
        delete_ephemeral,
    ),
    "setMessageReaction": (fields("chat_id! message_id! reaction is_big"), react),
    "answerCallbackQuery": (
        fields("callback_query_id! text show_alert url cache_time"),
        answer,
    ),
}
