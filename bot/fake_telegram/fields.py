"""The fields of a call: which a method takes, and what comes as text in a form made to values.

A field has the same type in every method of the Bot API. Where the real server ignores a field it
does not know, this one refuses the call, so that a slip is found.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.fake_telegram.errors import bad

Fields = Mapping[str, bool]  # the name of a field -> whether it must be there

_WORDS = (
    "text parse_mode question question_parse_mode type explanation explanation_parse_mode "
    "description description_parse_mode short_description photo voice video thumbnail cover "
    "caption callback_query_id url secret_token ip_address language_code action message_effect_id"
)
_NUMBERS = (
    "offset limit timeout max_connections message_id message_thread_id user_id draft_id duration "
    "width height open_period close_date correct_option_id cache_time receiver_user_id "
    "ephemeral_message_id start_timestamp"
)
_LISTS = "allowed_updates entities caption_entities options reaction commands correct_option_ids"
_LISTS += " question_entities explanation_entities description_entities"
_OBJECTS = "reply_markup reply_parameters link_preview_options ephemeral_message_parameters scope"


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError
    return int(value)


def _truth(value: object) -> bool:
    found = {"true": True, "1": True, "false": False, "0": False}.get(str(value).lower())
    if found is None:
        raise ValueError
    return found


def _list(value: object) -> list[Any]:
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, list):
        raise ValueError
    return found


def _object(value: object) -> dict[str, Any]:
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, dict):
        raise ValueError
    return found


def _chat(value: object) -> int | str:
    if isinstance(value, str) and value.startswith("@"):
        return value
    return _number(value)


# What is not named here is true or false.
_READ: dict[str, Callable[[object], Any]] = {
    "chat_id": _chat,
    **dict.fromkeys(_WORDS.split(), _word),
    **dict.fromkeys(_NUMBERS.split(), _number),
    **dict.fromkeys(_LISTS.split(), _list),
    **dict.fromkeys(_OBJECTS.split(), _object),
}


def fields(names: str) -> Fields:
    """The fields named in `names`; those with an exclamation mark must be there."""
    return {name.rstrip("!"): name.endswith("!") for name in names.split()}


def read(given: Mapping[str, object], wanted: Fields) -> dict[str, Any]:
    """The values of a call. Raises ApiError for unknown, missing and unreadable fields."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name not in wanted:
            raise bad(f"unknown field {name}")
        if value is None:
            continue
        try:
            found[name] = _READ.get(name, _truth)(value)
        except ValueError:
            raise bad(f"can't parse field {name}") from None
    for name, needed in wanted.items():
        if needed and name not in found:
            raise bad("message text is empty" if name == "text" else f"{name} is empty")
    return found


def only(given: object, names: str, what: str) -> dict[str, Any]:
    """An object inside a field, with no other keys than these. Raises ApiError."""
    if not isinstance(given, dict):
        raise bad(f"can't parse {what}: an object is expected")
    for name in given:
        if name not in names.split():
            raise bad(f"unknown field {name} of {what}")
    return given
