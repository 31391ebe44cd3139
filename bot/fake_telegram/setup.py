"""Methods about the bot and its chats: who it is, its commands and webhook, who is in a chat."""

import json
import re

from bot.fake_telegram.chats import Chat, Wire
from bot.fake_telegram.errors import bad
from bot.fake_telegram.fields import fields, only
from bot.fake_telegram.world import Webhook, World

COMMANDS = 100
SCOPES = {
    "default": "type",
    "all_private_chats": "type",
    "all_group_chats": "type",
    "all_chat_administrators": "type",
    "chat": "type chat_id",
    "chat_administrators": "type chat_id",
    "chat_member": "type chat_id user_id",
}
_RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories can_send_welcome_messages can_pin_messages"
)


def get_me(world: World, _: Wire) -> Wire:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False}
    return {**world.bot.wire(), **abilities, "supports_inline_queries": False}


def set_webhook(world: World, p: Wire) -> bool:
    url, secret = p["url"], p.get("secret_token", "")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad("secret token contains unallowed characters")
    if url and not re.match(r"https?://[^/\s]+", url):
        raise bad("bad webhook: invalid webhook URL specified")
    at_once = p.get("max_connections", 40)
    if not 1 <= at_once <= 100:
        raise bad("max_connections must be between 1 and 100")
    world.allow(p.get("allowed_updates"))
    if p.get("drop_pending_updates"):
        world.updates.clear()
    world.webhook = Webhook(url, secret, at_once) if url else None
    return True


def delete_webhook(world: World, p: Wire) -> bool:
    if p.get("drop_pending_updates"):
        world.updates.clear()
    world.webhook = None
    return True


def webhook_info(world: World, _: Wire) -> Wire:
    hook = world.webhook
    found: Wire = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
        "allowed_updates": sorted(world.allowed),
    }
    if hook is not None:
        found["max_connections"] = hook.at_once
        if hook.error:
            found |= {"last_error_message": hook.error, "last_error_date": hook.error_at}
    return found


def _place(p: Wire) -> tuple[str, str]:
    """Where a list of commands is for: its scope and language, as a key."""
    scope = p.get("scope", {"type": "default"})
    if scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope")
    names = SCOPES[scope["type"]]
    if set(only(scope, names, "scope")) != set(names.split()):
        raise bad("can't parse BotCommandScope")
    language = p.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language_code specified")
    return json.dumps(scope, sort_keys=True), language


def set_commands(world: World, p: Wire) -> bool:
    if len(p["commands"]) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for each in p["commands"]:
        command = only(each, "command description is_ephemeral", "a command")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command"))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_place(p)] = p["commands"]
    return True


def get_commands(world: World, p: Wire) -> list[Wire]:
    return world.commands.get(_place(p), [])


def delete_commands(world: World, p: Wire) -> bool:
    world.commands.pop(_place(p), None)
    return True


def _describe(world: World, p: Wire, name: str, limit: int) -> bool:
    if len(p.get(name, "")) > limit:
        raise bad(f"bot {name.replace('_', ' ')} is too long")
    world.texts[name, p.get("language_code", "")] = p.get(name, "")
    return True


def set_description(world: World, p: Wire) -> bool:
    return _describe(world, p, "description", 512)


def set_short_description(world: World, p: Wire) -> bool:
    return _describe(world, p, "short_description", 120)


def get_chat(world: World, p: Wire) -> Wire:
    chat = world.found(p["chat_id"])
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
    taken = dict.fromkeys(gifts.split(), False)
    return {
        **chat.wire,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": taken,
    }


def member(world: World, chat: Chat, user_id: int) -> Wire:
    """A ChatMember."""
    user = world.bot if user_id == world.bot.id else world.user(user_id)
    status = chat.status(user_id)
    found: Wire = {"status": status, "user": user.wire()}
    if status == "creator":
        found["is_anonymous"] = False
    elif status == "administrator":
        found |= {
            "can_be_edited": False,
            "is_anonymous": False,
            **dict.fromkeys(_RIGHTS.split(), True),
        }
    elif status == "kicked":
        found["until_date"] = 0
    return found


def get_chat_member(world: World, p: Wire) -> Wire:
    chat = world.reached(p["chat_id"])
    if p["user_id"] != world.bot.id and p["user_id"] not in world.users:
        raise bad("invalid user_id specified")
    return member(world, chat, p["user_id"])


def get_administrators(world: World, p: Wire) -> list[Wire]:
    """Who leads a group; other bots are left out, as by default."""
    chat = world.reached(p["chat_id"])
    if chat.private:
        raise bad("there are no administrators in the private chat")
    bots = p.get("return_bots", False)
    leading = [u for u, status in chat.members.items() if status in ("creator", "administrator")]
    return [member(world, chat, u) for u in leading if bots or u != world.bot.id]


_SCOPE = "scope language_code"

METHODS = {
    "getMe": (fields(""), get_me),
    "setWebhook": (
        fields("url! secret_token allowed_updates max_connections drop_pending_updates ip_address"),
        set_webhook,
    ),
    "deleteWebhook": (fields("drop_pending_updates"), delete_webhook),
    "getWebhookInfo": (fields(""), webhook_info),
    "setMyCommands": (fields(f"commands! {_SCOPE}"), set_commands),
    "getMyCommands": (fields(_SCOPE), get_commands),
    "deleteMyCommands": (fields(_SCOPE), delete_commands),
    "setMyDescription": (fields("description language_code"), set_description),
    "setMyShortDescription": (fields("short_description language_code"), set_short_description),
    "getChat": (fields("chat_id!"), get_chat),
    "getChatMember": (fields("chat_id! user_id!"), get_chat_member),
    "getChatAdministrators": (fields("chat_id! return_bots"), get_administrators),
}
