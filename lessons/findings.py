"""Standing and Answer: what the dialogue wants to know and is told by the store and the tutor."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Standing:
    """How a learner's memory stands on a day: what is due (oldest first, at most as many as asked
    for), how many are due in all, how many items there are, and the next day something is due."""

    due: tuple[str, ...]
    due_count: int
    items: int
    next_day: date | None


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
