"""Standing, Review, Answer: what the dialogue wants to know and is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from lessons.memory import Card


@dataclass(frozen=True, slots=True)
class Standing:
    """How a learner's memory stands on a day: how many items are due, how many known ones were
    asked that day already, how many items there are, and the next day something is due."""

    due: int = 0
    done: int = 0
    items: int = 0
    next_day: date | None = None

    def today(self, cap: int) -> int:
        """How many of those due are for today; the others wait for the days that follow."""
        return max(0, min(self.due, cap - self.done))


@dataclass(frozen=True, slots=True)
class Review:
    """What a review may ask now, the most urgent first, with its memory."""

    standing: Standing
    items: tuple[str, ...] = ()
    cards: Mapping[str, Card] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code that joins another device, and the addresses that carry it ("https://…")."""

    code: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tutor found in the courses: a verbatim `quote` of a lesson, or nothing.

    "near" has no quote but up to three lessons ("c6/l5") that come closest; "stopped" is what the
    learner did not want to wait for.
    """

    status: Literal["answered", "near", "not_covered", "stopped"]
    quote: str = ""
    lesson: str = ""
    near: tuple[str, ...] = ()
