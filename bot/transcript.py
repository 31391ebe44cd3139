"""Conversations as text: read, written and compared (format: docs/transcripts.md).

Pure: text in, lines out. `bot/replay.py` plays them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.render import Attachment, Edit, Part, Poll, Reaction, Text

TUTOR, LEARNER = "tutor", "learner"
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SETTINGS = {
    "language", "timezone", "now", "consent", "course", "lesson", "seed", "platform", "model",
    "exam", "cohort", "calendar",
}  # fmt: skip


class Unreadable(ValueError):
    """A transcript's line that means nothing; the text names the line and what is understood."""


@dataclass(frozen=True, slots=True)
class Speak:
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on the newest message that has the label (`nth` 2: the second newest)."""

    who: str
    label: str
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Wait:
    """Time passes: for so long, or until a moment (learner time when it has no zone)."""

    text: str
    span: timedelta | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class On:
    platform: str


@dataclass(frozen=True, slots=True)
class Operator:
    command: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the tutor says; to somebody named, or to the learner. No text: nothing was said.

    `how` is "edits" or "reacts" where an earlier message was changed or given a sign.
    """

    text: str
    buttons: tuple[str, ...] = ()
    to: str = LEARNER
    how: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    fact: str


@dataclass(frozen=True, slots=True)
class Remark:
    """An empty line or a comment (#), kept when a transcript is rewritten."""

    text: str


Line = Speak | Tap | Wait | On | Operator | Told | Happened | Remark


@dataclass(frozen=True, slots=True)
class Script:
    settings: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()


def read(text: str) -> Script:
    """A transcript. Raises Unreadable with the line number."""
    settings: dict[str, str] = {}
    lines: list[Line] = []
    for number, raw in _joined(text):
        try:
            if number == 1 and raw.startswith("("):
                settings = _settings(raw)
            else:
                lines.append(_line(raw))
        except ValueError as error:
            raise Unreadable(f"line {number}: {error}") from error
    return Script(settings, tuple(lines))


def _joined(text: str) -> list[tuple[int, str]]:
    """The lines with their continuations, and the number of the first."""
    joined: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.startswith("  ") and joined:
            first, said = joined[-1]
            joined[-1] = (first, f"{said}\n{raw[2:].rstrip()}")
        else:
            joined.append((number, raw.rstrip()))
    return joined


def _settings(raw: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in raw.strip("()").split(",") if pair.strip())
    found = {key.strip(): value.strip() for key, _, value in pairs}
    unknown = sorted(set(found) - _SETTINGS)
    if unknown:
        raise ValueError(f"'{unknown[0]}' is no setting: use {', '.join(sorted(_SETTINGS))}")
    return found


def _line(raw: str) -> Line:
    if not raw.strip() or raw.startswith("#"):
        return Remark(raw)
    if raw.startswith("-- "):
        return _stage(raw[3:].strip())
    tap = re.fullmatch(r"(\w+) taps \[(.+?)(?: @(\d+))?\]", raw)
    if tap:
        return Tap(tap[1], tap[2], int(tap[3] or 1))
    head, colon, said = raw.partition(":")
    said = said.removeprefix(" ")
    if not colon:
        raise ValueError("is no line: begin with 'learner:', 'tutor:', 'fact:' or '--'")
    if head == "fact":
        return Happened(said)
    told = re.fullmatch(r"tutor(?: (edits|reacts))?(?: to (\w+))?", head)
    if told:
        return _told(said, told[2] or LEARNER, told[1] or "")
    who = re.fullmatch(r"(\w+)(?: \(.*\))?", head)
    if not who:
        raise ValueError(f"'{head}' is nobody: write 'learner:' or a name of one word")
    return Speak(who[1], said)


def _told(said: str, to: str, how: str) -> Told:
    if said.strip() == "(nothing)":
        return Told("", to=to, how=how)
    buttons: list[str] = []
    while found := re.search(r"(?:^|(?<=\s))\[([^\[\]]+)\]\s*$", said):
        buttons.insert(0, found[1])
        said = said[: found.start()].rstrip()
    return Told(said.replace("\\[", "["), tuple(buttons), to, how)


def _stage(what: str) -> Line:
    if what.startswith("at "):
        return Wait(what, until=datetime.fromisoformat(what[3:].strip()))
    if what.startswith("on "):
        return On(what[3:].strip())
    if what.startswith("operator:"):
        return Operator(what.removeprefix("operator:").strip())
    later = re.fullmatch(r"(\w+) (second|minute|hour|day|week)s? later", what)
    if not later:
        raise ValueError(f"'-- {what}' is not understood: try '-- 2 days later'")
    count = _NUMBERS.index(later[1]) if later[1] in _NUMBERS else int(later[1])
    return Wait(what, span=timedelta(**{f"{later[2]}s": count}))


def told(part: Part, to: str = LEARNER) -> Told:
    """A part of a message as a transcript has it."""
    match part:
        case Text():
            return _words(part, to)
        case Edit():
            return _words(part.text, to, "edits")
        case Reaction():
            return Told(part.sign, to=to, how="reacts")
        case Attachment():
            shown = _words(part.caption, to)
            return replace(shown, text=f"({part.media.kind}) {shown.text}".strip())
        case Poll():
            return Told(part.question, part.options, to)


def _words(text: Text, to: str, how: str = "") -> Told:
    plain = "\n".join(line.rstrip() for line in text.plain.strip().splitlines())
    labels = tuple(choice.label for choice in text.buttons) or text.quick
    return Told(plain, labels, to, how)


def write(script: Script) -> str:
    """The transcript as text; reading it gives the same script."""
    head = ", ".join(f"{key}: {value}" for key, value in script.settings.items())
    lines = [f"({head})"] if script.settings else []
    return "\n".join([*lines, *(line_text(line) for line in script.lines)]) + "\n"


def line_text(line: Line) -> str:
    match line:
        case Speak(who, text):
            return _indented(f"{who}: {text}")
        case Tap(who, label, nth):
            return f"{who} taps [{label}{'' if nth == 1 else f' @{nth}'}]"
        case Wait(text):
            return f"-- {text}"
        case On(platform):
            return f"-- on {platform}"
        case Operator(command):
            return f"-- operator: {command}"
        case Told():
            return _told_text(line)
        case Happened(fact):
            return f"fact: {fact}"
        case Remark(text):
            return text


def _told_text(line: Told) -> str:
    speaker = f"{TUTOR} {line.how}" if line.how else TUTOR
    if line.to != LEARNER:
        speaker = f"{speaker} to {line.to}"
    if not line.text and not line.buttons:
        return f"{speaker}: (nothing)"
    text = re.sub(r"(^|(?<=\s))\[", r"\\[", line.text)
    buttons = " ".join(f"[{label}]" for label in line.buttons)
    joint = "\n" if "\n" in text and buttons else " "
    return _indented(f"{speaker}: {text}{joint if buttons else ''}{buttons}")


def _indented(text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"  {line}" for line in rest)])


def difference(expected: Script, actual: Script) -> Sequence[str]:
    """What the tutor says otherwise than expected, as lines of a unified difference."""
    from difflib import unified_diff

    before, after = (write(script).splitlines() for script in (expected, actual))
    return list(unified_diff(before, after, "expected", "actual", lineterm=""))
