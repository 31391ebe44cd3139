"""Memories: the practice ledger as the log of memory, and the parameters fitted to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from lessons.learner import Learner
from lessons.memory.fsrs6 import Parameters
from lessons.memory.replay import Logged
from lessons.messages import Reach


@dataclass(frozen=True, slots=True)
class Fit:
    """Parameters of the memory and what they were fitted to; `learner_id` "": to everybody."""

    algorithm: str
    parameters: Parameters
    reviews: int
    loss_before: float
    loss_after: float
    learner_id: str = ""
    at: datetime | None = None  # when it was kept


class Memories(Protocol):
    async def log(self, learner_id: str) -> Sequence[Logged]:
        """The answers of a learner, oldest first, without those taken back."""
        ...

    async def logs(self, after: str, limit: int) -> Mapping[str, Sequence[Logged]]:
        """The logs of the next `limit` learners behind this id, in the order of their ids."""
        ...

    async def to_fit(self, on: date, limit: int) -> Sequence[tuple[Learner, Sequence[Reach]]]:
        """Learners whose `fit_on` has come, longest first, as `due` gives them."""
        ...

    async def add_fit(self, fit: Fit, now: datetime) -> int:
        """Keep parameters for ever under a number of their own (from 1)."""
        ...

    async def fit(self, number: int) -> Fit | None:
        """The parameters of this number; they never change."""
        ...

    async def newest_fit(self) -> int:
        """The number of the newest parameters fitted to everybody, 0 without any."""
        ...

    async def leeches(self) -> Mapping[str, int]:
        """How many learners have forgotten each item so often that it is a leech."""
        ...
