"""A time of day as people type it: 6:45, 6h45, 19 giờ, "lúc 8h tối nhé", "remind me at 8 pm"."""

import re
from datetime import time
from functools import cache

from lessons.texts import languages, words
from lessons.typed import fold


@cache
def _phrases(key: str) -> tuple[str, ...]:
    """The folded words under `clock.KEY` of every language, the longest first."""
    every = {fold(word) for language in languages() for word in words(language, f"clock.{key}")}
    return tuple(sorted(every, key=len, reverse=True))


def _without(text: str, key: str) -> tuple[str, bool]:
    """The text without the words of a kind, and whether it had some."""
    found = text
    for phrase in _phrases(key):
        found = re.sub(rf"(?<![a-z]){phrase}(?![a-z])", " ", found)
    return found, found != text


def clock_time(text: str) -> time | None:
    """The time that a text says and nothing else, or None. A bare number is no time."""
    said, half = _without(fold(text), "half")
    said, morning = _without(said, "morning")
    said, evening = _without(said, "evening")
    said, _ = _without(said, "idle")
    said, hours = _without(said, "hour")
    found = re.fullmatch(r"\s*(\d{1,2})(?:\s+(\d{2}))?\s*", said)
    if not found or not (found[2] or half or morning or evening or hours):
        return None
    hour, minute = int(found[1]), 30 if half else int(found[2] or 0)
    if (evening and hour < 12) or (morning and hour == 12):
        hour = (hour + 12) % 24
    return time(hour, minute) if hour < 24 and minute < 60 else None


def reminder_time(text: str, language: str) -> time | None:
    """The time in a whole sentence that asks to be reminded: "nhắc tôi lúc 8h tối"."""
    said = fold(text)
    for word in sorted(words(language, "commands.reminders"), key=len, reverse=True):
        if said.startswith(f"{fold(word)} "):
            return clock_time(said.removeprefix(fold(word)))
    return None
