"""Methods that put something new into a chat: sendMessage, media, drafts, chat actions."""

from typing import Any

from bot.fake_telegram.chats import Chat, Draft, Message, User, Wire
from bot.fake_telegram.errors import bad
from bot.fake_telegram.fields import fields, only
from bot.fake_telegram.keyboards import any_markup, labels
from bot.fake_telegram.markup import Entity, checked, parsed, units
from bot.fake_telegram.world import World

TEXT = 4096
CAPTION = 1024
DRAFT = 30  # seconds

_DOING = (
    "typing upload_photo record_video upload_video record_voice upload_voice "
    "upload_document choose_sticker find_location record_video_note upload_video_note"
)
ACTIONS = frozenset(_DOING.split())
COMMON = (
    "chat_id! message_thread_id disable_notification protect_content allow_paid_broadcast "
    "message_effect_id reply_parameters reply_markup "
)
_LINKS = "is_disabled url prefer_small_media prefer_large_media show_above_text"
_REPLY = "message_id chat_id allow_sending_without_reply quote quote_parse_mode quote_entities "
_REPLY += "quote_position ephemeral_message_id"
_EPHEMERAL = "receiver_user_id callback_query_id replace_callback_query_message"


def text_of(p: Wire, name: str = "text", limit: int = TEXT) -> tuple[str, list[Entity]]:
    """The text of a call as it is read, with its entities; `name` is "text" or "caption"."""
    entities = p.get("entities" if name == "text" else "caption_entities")
    if entities and p.get("parse_mode"):
        raise bad("parse_mode and entities can't be given together")
    given = p.get(name, "")
    text, found = checked(given, entities) if entities else parsed(given, p.get("parse_mode"))
    if units(text) > limit:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return text, found


def text_body(p: Wire) -> Wire:
    """The text of a message, ready for its body. Raises ApiError when there is none."""
    text, entities = text_of(p)
    if not text:
        raise bad("message text is empty")
    body: Wire = {"text": text}
    if entities:
        body["entities"] = entities
    if "link_preview_options" in p:
        body["link_preview_options"] = only(
            p["link_preview_options"], _LINKS, "link_preview_options"
        )
    return body


def post(world: World, chat: Chat, p: Wire, body: Wire) -> Message:
    """Put a message of the bot's into a chat, with what every kind of message may carry."""
    markup = any_markup(p["reply_markup"]) if "reply_markup" in p else {}
    if "inline_keyboard" in markup:
        body["reply_markup"] = markup
    if p.get("protect_content"):
        body["has_protected_content"] = True
    if "message_effect_id" in p:
        if not chat.private:
            raise bad("message effects can be used in private chats only")
        body["effect_id"] = p["message_effect_id"]
    if "reply_parameters" in p:
        _reply(world, chat, p["reply_parameters"], body)
    message = world.write(chat, world.bot, body, _receiver(world, chat, p))
    chat.draft, chat.action = None, ""
    if "keyboard" in markup:
        chat.keyboard = labels(markup["keyboard"])
    elif markup.get("remove_keyboard"):
        chat.keyboard = []
    return message


def _reply(world: World, chat: Chat, given: object, body: Wire) -> None:
    reply = only(given, _REPLY, "reply_parameters")
    answered = chat.find(reply.get("message_id", 0))
    if answered is not None:
        body["reply_to_message"] = answered.wire(world.now())
    elif world.keep and not reply.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")


def _receiver(world: World, chat: Chat, p: Wire) -> User | None:
    """The one person an ephemeral message is for."""
    if "ephemeral_message_parameters" not in p:
        return None
    given = only(p["ephemeral_message_parameters"], _EPHEMERAL, "ephemeral_message_parameters")
    if chat.private:
        raise bad("ephemeral messages can be sent in groups only")
    receiver = given.get("receiver_user_id")
    if not isinstance(receiver, int) or not chat.has(receiver):
        raise bad("receiver of the ephemeral message not found")
    if given.get("callback_query_id") and given["callback_query_id"] not in world.queries:
        raise bad("query ID is invalid")
    return world.user(receiver)


def send_message(world: World, p: Wire) -> Wire:
    chat = world.reached(p["chat_id"])
    return post(world, chat, p, text_body(p)).wire(world.now())


def _file(reference: str) -> Wire:
    """What Telegram says of a file: by its address, or by the id it has given itself."""
    if not reference.strip():
        raise bad("there is no file in the request")
    if "://" in reference and not reference.startswith(("http://", "https://")):
        raise bad("wrong file identifier/HTTP URL specified")
    return {"file_id": reference, "file_unique_id": f"u{abs(hash(reference))}"}


def _send_media(world: World, p: Wire, name: str, media: Any) -> Wire:
    chat = world.reached(p["chat_id"])
    body: Wire = {name: media}
    caption, entities = text_of(p, "caption", CAPTION)
    if caption:
        body["caption"] = caption
    if entities:
        body["caption_entities"] = entities
    return post(world, chat, p, body).wire(world.now())


def send_photo(world: World, p: Wire) -> Wire:
    size = {**_file(p["photo"]), "width": 640, "height": 480}
    return _send_media(world, p, "photo", [size])


def send_voice(world: World, p: Wire) -> Wire:
    return _send_media(world, p, "voice", {**_file(p["voice"]), "duration": p.get("duration", 1)})


def send_video(world: World, p: Wire) -> Wire:
    looks = {"duration": p.get("duration", 1), "width": p.get("width", 640)}
    looks["height"] = p.get("height", 480)
    return _send_media(world, p, "video", {**_file(p["video"]), **looks})


def send_draft(world: World, p: Wire) -> bool:
    """A preview that lasts 30 seconds, or until the bot sends a message."""
    chat = world.reached(p["chat_id"])
    if not chat.private:
        raise bad("drafts can be sent in private chats only")
    if not p["draft_id"]:
        raise bad("draft_id must be non-zero")
    text, entities = text_of(p)
    stop, keep = p.get("can_stop", False), p.get("keep_on_stop", False)
    chat.draft = Draft(p["draft_id"], text, entities, stop, keep, world.now() + DRAFT)
    return True


def send_action(world: World, p: Wire) -> bool:
    chat = world.reached(p["chat_id"])
    if p["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat.action = p["action"]
    return True


_MEDIA = COMMON + "ephemeral_message_parameters caption parse_mode caption_entities "
_PLACE = "show_caption_above_media has_spoiler "

METHODS = {
    "sendMessage": (
        fields(
            COMMON + "text! parse_mode entities link_preview_options ephemeral_message_parameters"
        ),
        send_message,
    ),
    "sendPhoto": (fields(_MEDIA + _PLACE + "photo!"), send_photo),
    "sendVoice": (fields(_MEDIA + "voice! duration"), send_voice),
    "sendVideo": (
        fields(
            _MEDIA + _PLACE + "video! duration width height thumbnail cover start_timestamp "
            "supports_streaming"
        ),
        send_video,
    ),
    "sendMessageDraft": (
        fields(
            "chat_id! draft_id! message_thread_id text parse_mode entities can_stop keep_on_stop"
        ),
        send_draft,
    ),
    "sendChatAction": (fields("chat_id! action! message_thread_id"), send_action),
}
