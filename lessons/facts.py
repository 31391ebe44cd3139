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
    """One try at one question. `grade` is 0 while a second try is open: memory skips those."""

    item: str
    version: int
    kind: str
    answer: str
    score: float
    tries: int
    grade: int
    misconception: str
    seconds: float


@dataclass(frozen=True, slots=True)
class TutorAsked:
    """A question put to the tutor and what became of it; the wording is not part of the fact."""

    status: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Reminded:
    questions: int
    slot: str


@dataclass(frozen=True, slots=True)
class Snoozed:
    until: str


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A learner chose a language, a form of address, a reminder time or to stop."""

    setting: str
    value: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Another platform was joined to the same learner."""

    platform: str


Fact = (
    Consented
    | LessonBegun
    | LessonFinished
    | Answered
    | TutorAsked
    | Reminded
    | Snoozed
    | SettingChanged
    | Linked
)


def as_row(fact: Fact) -> tuple[str, Mapping[str, object]]:
    """The fact's name and its fields, as they are stored."""
    return type(fact).__name__, {each.name: getattr(fact, each.name) for each in fields(fact)}


def as_line(name: str, fields: Mapping[str, object]) -> str:
    """A recorded fact as a transcript shows it: `LessonFinished(c6, 1, l1, 4, 5)`."""
    return f"{name}({', '.join(str(value) for value in fields.values())})"
