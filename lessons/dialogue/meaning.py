"""What a message means, in the order the contract gives: button, slash command, answer, command,
question to the tutor. Pure: it reads the learner and the text, and decides nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lessons.course import Marked, More
from lessons.dialogue import asking, exams, glossary, rhythm, summary
from lessons.dialogue.clock import clock_time, reminder_time
from lessons.dialogue.commands import ALWAYS, command, exactly, listed, slash_command
from lessons.dialogue.turns import Sitting
from lessons.learner import Asked
from lessons.messages import Choice, Heard
from lessons.typed import clean, fold, ours

SHORTEST_QUESTION = 3  # letters; anything shorter is a slip of the thumb, not a question
MENUS = (
    "remind:", "form:", "lang:", "stop:", "delete:", "snooze:", "pause:", "zone:", "exam:",
    "placement:",
)  # fmt: skip
ANSWER = 1000  # characters of an answer that are looked at; more is no answer to compare
A_FEW = 4  # words: less than a question, so meant for the menu that is open

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


def meaning(sitting: Sitting, heard: Heard) -> Meaning:
    text = clean(heard.text)
    if heard.medium == "tap":
        return Meaning("tap", text)
    if heard.medium == "other":
        return Meaning("unreadable")
    if not text:
        return Meaning("empty")
    if text.startswith("/") and len(text) > 1:
        known, words = slash_command(text), text.partition(" ")[2].strip()
        if known == "glossary" and words:
            return Meaning("tap", f"term:{words}")
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
    if not _is_question(sitting):
        menu = _offer(sitting, text)  # a menu is newer than the question
        if menu:
            return Meaning("tap", menu)
    always = named if typed else exactly(text, sitting.learner.language)
    if always in ALWAYS:
        return Meaning("command", always)
    if typed and text.endswith("?"):
        return Meaning("question", text)
    text = text[:ANSWER]
    result = found.question.hear(text, place.so_far, asking.order(sitting))
    if result is None:
        return None
    if named and typed and _lost(result, named, text, numeric="number" in found.question.NAMES):
        return Meaning("command", named)
    return Meaning("answer", text, result)


def _is_question(sitting: Sitting) -> bool:
    """Whether the newest buttons are those of what is shown now, not of a menu."""
    ours = f"s{sitting.learner.stamp}:"
    return any(choice.id.startswith(ours) for choice in sitting.learner.offered)


def _lost(result: Marked | More, named: str, text: str, *, numeric: bool) -> bool:
    """Whether command words are no answer: they would only cost a try. A number stays one."""
    if named.startswith("lang:"):
        return True
    return isinstance(result, Marked) and result.score == 0 and not (numeric and text.isdecimal())


def _freely(sitting: Sitting, text: str) -> Meaning:
    learner = sitting.learner
    tapped = _offer(sitting, text)
    if tapped:
        return Meaning("tap", tapped)
    asked_for = (
        rhythm.typed(sitting, text) or summary.typed(sitting, text) or glossary.typed(sitting, text)
    )
    if asked_for:
        return Meaning("tap", asked_for)
    named = command(text, learner.language)
    if named:
        return Meaning("command", named)
    at = reminder_time(text, learner.language)
    if at is not None:
        return Meaning("tap", f"remind:{at:%H:%M}")
    lesson = _lesson(sitting, text)
    if lesson:
        return Meaning("tap", lesson)
    menu = any(choice.id.startswith(MENUS) for choice in learner.offered)
    slip = menu and len(text.split()) <= A_FEW and not text.endswith("?")
    if slip or len(fold(text)) < SHORTEST_QUESTION:
        return Meaning("short")
    return Meaning("question", text)


def _lesson(sitting: Sitting, text: str) -> str | None:
    """The button of a lesson named by its number: "bài 3", "open lesson 5"."""
    *before, number = fold(text).split() or [""]
    course, language = sitting.course, sitting.learner.language
    if course is None or not number.isdecimal() or len(number) > 2:
        return None
    said = " ".join(before)
    for word in listed(language, "answers.lesson"):
        rest = said.removesuffix(word)
        if rest != said and set(rest.split()) <= set(listed(language, "answers.idle")):
            lessons = course.lessons[int(number) - 1 : int(number)] if int(number) else ()
            return f"lesson:{course.id}/{lessons[0].id}" if lessons else f"course:{course.id}"
    return None


def _offer(sitting: Sitting, text: str) -> str | None:
    """The offered button that a text names; where times are offered, any time is one."""
    offered = sitting.learner.offered
    if any(choice.id.startswith("remind:") for choice in offered):
        at = clock_time(text)
        if at is not None:
            return f"remind:{at:%H:%M}"
    return exams.typed(sitting, text) or picked(text, offered) or _agreed(sitting, text)


def _agreed(sitting: Sitting, text: str) -> str | None:
    """The button that a yes or a no means, where the newest message asks for one."""
    said, language = fold(text), sitting.learner.language
    for key, endings in (("no", (":no", ":none")), ("yes", (":yes",))):
        if said in listed(language, f"answers.{key}"):
            fit = [choice.id for choice in sitting.learner.offered if choice.id.endswith(endings)]
            return fit[0] if fit else None
    return None


def picked(text: str, offered: Sequence[Choice]) -> str | None:
    """The offered button that its own words, a number (from 1) or a letter (from a) name. Words
    typed with diacritics must be those very words: "đúng" is not "Dừng", and "à" is not "a"."""
    named = fold(text)
    for choice in offered:
        spelt = text.isascii() or text.casefold().split() == choice.label.casefold().split()
        if ours(choice.label) == named and (spelt or choice.label.isascii()):
            return choice.id
    place = 0
    if named.isdecimal() and len(named) <= 2:
        place = int(named)
    elif len(named) == 1 and text.isascii() and lettered(offered):
        place = ord(named) - ord("a") + 1
    return offered[place - 1].id if 1 <= place <= len(offered) else None


def lettered(offered: Sequence[Choice]) -> bool:
    """Whether letters count the buttons: there are several, and none is itself a letter or digit,
    as those of a question whose options have letters already."""
    return len(offered) > 1 and all(len(ours(choice.label)) != 1 for choice in offered)
