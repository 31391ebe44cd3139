"""Keyboards under a message: what Telegram takes and what it refuses."""

import json
from typing import Any

from bot.fake_telegram.errors import bad
from bot.fake_telegram.fields import only

BUTTONS = 100
IN_A_ROW = 8
DATA = 64  # bytes
MARKUP = 10_000  # bytes

_ACTIONS = (
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay disabled"
)
_LOOKS = "text icon_custom_emoji_id style"
_REQUESTS = "request_users request_chat request_contact request_location request_poll web_app"
_KEYBOARD = "keyboard is_persistent resize_keyboard one_time_keyboard input_field_placeholder"


def inline(markup: dict[str, Any]) -> dict[str, Any]:
    """Buttons inside the message. Raises ApiError."""
    only(markup, "inline_keyboard", "reply_markup")
    for button in _buttons(markup.get("inline_keyboard"), markup):
        only(button, f"{_LOOKS} {_ACTIONS}", "an inline keyboard button")
        if not _named(button):
            raise bad("BUTTON_TEXT_INVALID")
        actions = [name for name in _ACTIONS.split() if button.get(name) is not None]
        if len(actions) != 1:
            raise bad("can't parse inline keyboard button: exactly one action is expected")
        if "callback_data" in button and not 1 <= _bytes(button["callback_data"]) <= DATA:
            raise bad("BUTTON_DATA_INVALID")
        if "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
            raise bad("BUTTON_URL_INVALID")
    return markup


def any_markup(markup: dict[str, Any]) -> dict[str, Any]:
    """What a new message may carry: inline buttons, quick replies, the taking away of these."""
    if "inline_keyboard" in markup:
        return inline(markup)
    if "keyboard" in markup:
        only(markup, f"{_KEYBOARD} selective", "reply_markup")
        if len(markup.get("input_field_placeholder", "")) > 64:
            raise bad("input_field_placeholder is too long")
        for button in _buttons(markup["keyboard"], markup):
            if isinstance(button, dict):
                only(button, f"{_LOOKS} {_REQUESTS}", "a keyboard button")
            if not _named(button):
                raise bad("can't parse keyboard button: text is empty")
        return markup
    only(markup, "remove_keyboard force_reply input_field_placeholder selective", "reply_markup")
    if markup.get("remove_keyboard") is not True and markup.get("force_reply") is not True:
        raise bad("can't parse reply keyboard markup JSON object")
    return markup


def labels(rows: list[list[Any]]) -> list[list[str]]:
    """What stands on the buttons of a keyboard."""
    return [[b["text"] if isinstance(b, dict) else b for b in row] for row in rows]


def _buttons(rows: object, markup: dict[str, Any]) -> list[Any]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse reply_markup: an array of arrays of buttons is expected")
    if any(len(row) > IN_A_ROW for row in rows):
        raise bad(f"reply_markup has more than {IN_A_ROW} buttons in a row")
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS or (
        len(buttons) > IN_A_ROW and _bytes(json.dumps(markup, ensure_ascii=False)) > MARKUP
    ):
        raise bad("REPLY_MARKUP_TOO_LONG")
    return buttons


def _named(button: object) -> bool:
    text = button.get("text") if isinstance(button, dict) else button
    return isinstance(text, str) and bool(text.strip())


def _bytes(text: object) -> int:
    return len(str(text).encode())
