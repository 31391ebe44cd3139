"""What a message means, in the order the contract gives: button, slash command, answer, command,
question to the tutor. Pure: it reads the learner and the text, and decides nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lessons.course import Marked, More
from lessons.dialogue import asking
from lessons.dialogue.settings import clock_time
from lessons.dialogue.turns import Sitting
from lessons.learner import Asked
from lessons.messages import Choice, Heard
from lessons.texts import languages, words
from lessons.typed import clean, fold, ours

COMMANDS = (
    "start", "continue", "next", "review", "ask", "progress", "courses", "language", "form",
    "reminders", "data", "delete", "link", "stop", "help", "back", "skip", "agree", "refuse",
)  # fmt: skip
ALWAYS = ("skip", "help", "stop")  # heard even while a typed answer is awaited
SHORTEST_QUESTION = 3  # letters; anything shorter is a slip of the thumb, not a question

Sort = Literal[
    "tap", "command", "answer", "question", "unknown_command", "unreadable", "empty", "short"
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """`what` is the button's id, the command's name ("lang:fr" for a language), or the text;
    `result` is what an answer to the pending question means."""

    sort: Sort
    what: str = ""
    result: Marked | More | None = None


@cache
def _commands(language: str) -> dict[str, str]:
    table = {fold(word): name for name in COMMANDS for word in words(language, f"commands.{name}")}
    for each in languages():  # whoever is in the wrong language must find the way out
        table |= {fold(word): "language" for word in words(each, "commands.language")}
        table |= {fold(word): f"lang:{each}" for word in words(each, "language.words")}
    return table


@cache
def _slash_commands() -> dict[str, str]:
    table = {name: name for name in COMMANDS}
    for language in languages():
        table |= {word.replace(" ", ""): name for word, name in _commands(language).items()}
    return table


def command(text: str, language: str) -> str | None:
    """The command these words are, with or without diacritics; "0" is back and "?" is help."""
    if text == "?":
        return "help"
    return "back" if fold(text) == "0" else _commands(language).get(fold(text))


def meaning(sitting: Sitting, heard: Heard) -> Meaning:
    text = clean(heard.text)
    if heard.medium == "tap":
        return Meaning("tap", text)
    if heard.medium == "other":
        return Meaning("unreadable")
    if not text:
        return Meaning("empty")
    if text.startswith("/") and len(text) > 1:
        name = fold(text[1:].split("@")[0].split()[0] if text[1:].split() else "").replace(" ", "")
        known = _slash_commands().get(name)
        return Meaning("command", known) if known else Meaning("unknown_command", text)
    pending = isinstance(sitting.learner.place, Asked) and asking.pending(sitting)
    found = _in_answer(sitting, text) if pending else None
    return found or _freely(sitting, text)


def _in_answer(sitting: Sitting, text: str) -> Meaning | None:
    """What the text means while a question is pending, or None when it is no answer to it."""
    found, place = asking.pending(sitting), sitting.learner.place
    assert found is not None
    assert isinstance(place, Asked)
    typed = found.question.typed and not place.so_far
    named = command(text, sitting.learner.language)
    ours = f"s{sitting.learner.stamp}:"
    if not any(choice.id.startswith(ours) for choice in sitting.learner.offered):
        menu = _offer(sitting, text)  # a menu is newer than the question
        if menu:
            return Meaning("tap", menu)
    if typed and (named in ALWAYS or (text.endswith("?") and len(text) > 1)):
        return Meaning("command", named) if named in ALWAYS else Meaning("question", text)
    result = found.question.hear(text, place.so_far, asking.order(sitting))
    return None if result is None else Meaning("answer", text, result)


def _freely(sitting: Sitting, text: str) -> Meaning:
    tapped = _offer(sitting, text)
    if tapped:
        return Meaning("tap", tapped)
    named = command(text, sitting.learner.language)
    if named:
        return Meaning("command", named)
    return Meaning("question", text) if len(fold(text)) >= SHORTEST_QUESTION else Meaning("short")


def _offer(sitting: Sitting, text: str) -> str | None:
    """The offered button that a text names; where times are offered, any time is one."""
    offered = sitting.learner.offered
    if any(choice.id.startswith("remind:") for choice in offered):
        at = clock_time(text)
        if at is not None:
            return f"remind:{at:%H:%M}"
    return picked(text, offered)


def picked(text: str, offered: Sequence[Choice]) -> str | None:
    """The offered button that a number (from 1) or its own words name."""
    named = fold(text)
    for choice in offered:
        if ours(choice.label) == named:
            return choice.id
    if named.isdecimal() and len(named) <= 2 and 1 <= int(named) <= len(offered):
        return offered[int(named) - 1].id
    return None
