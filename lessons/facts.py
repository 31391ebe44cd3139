"""What happened: appended, never changed. Every figure anywhere is computed from these.

A fact belongs to a learner (an id, never a name) and a moment; both stand beside it in its row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Consented:
    """The learner agreed that answers are kept: to which text, in which language, where."""

    text_version: int
    language: str
    platform: str


@dataclass(frozen=True, slots=True)
class LessonBegun:
    course: str
    version: int
    lesson: str


@dataclass(frozen=True, slots=True)
class LessonFinished:
    course: str
    version: int
    lesson: str
    right_at_once: int
    questions: int


@dataclass(frozen=True, slots=True)
class Answered:
    """One try at one question. `grade` is 0 while a second try is open: memory skips those.

    What memory made of it: the learner `day`, the P(correct) aimed at, the day it is `due`, and
    whether the item's memory began `anew`, its key having changed.
    """

    item: str
    version: int
    kind: str
    answer: str
    score: float
    tries: int
    grade: int
    misconception: str
    seconds: float
    day: str = ""
    target: float = 0.0
    due: str = ""
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What memory had of an item when the learner agreed that it is kept: the log begins here."""

    item: str
    stability: float
    difficulty: float
    due: str
    last: str
    reviews: int
    lapses: int
    passes: int
    version: int


@dataclass(frozen=True, slots=True)
class Undone:
    """The last answer to this item was taken back: memory stands as if it had not been given."""

    item: str


@dataclass(frozen=True, slots=True)
class LeechMet:
    """An item was forgotten again and again: the question or its lesson may be the reason."""

    item: str
    lapses: int


@dataclass(frozen=True, slots=True)
class TutorAsked:
    """A question put to the tutor and what became of it; the wording is not part of the fact."""

    status: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder was put into the outbox: of what, why now, in which words (`template`)."""

    questions: int
    slot: str
    minutes: int = 0
    reason: str = "due"
    template: str = ""


@dataclass(frozen=True, slots=True)
class Snoozed:
    until: str


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A learner chose a language, a form of address, a reminder time or to stop."""

    setting: str
    value: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A placement test ended: the course it suggests, if any, and how many questions were asked.
    How they went is nobody's but the learner's."""

    course: str
    asked: int


@dataclass(frozen=True, slots=True)
class Used:
    """What a lesson ("c6/l6") was good for, days later: "used", "not_yet" or "unfit"."""

    lesson: str
    answer: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Another platform was joined to the same learner."""

    platform: str


Fact = (
    Consented
    | LessonBegun
    | LessonFinished
    | Answered
    | Brought
    | Undone
    | LeechMet
    | TutorAsked
    | Reminded
    | Snoozed
    | SettingChanged
    | Placed
    | Used
    | Linked
)


def as_row(fact: Fact) -> tuple[str, Mapping[str, object]]:
    """The fact's name and its fields, as they are stored."""
    return type(fact).__name__, {each.name: getattr(fact, each.name) for each in fields(fact)}


def as_line(name: str, fields: Mapping[str, object]) -> str:
    """A recorded fact as a transcript shows it: `LessonFinished(c6, 1, l1, 4, 5)`."""
    return f"{name}({', '.join(str(value) for value in fields.values())})"
