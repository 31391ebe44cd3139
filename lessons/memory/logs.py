"""Logs of reviews as columns of numbers: what is fitted and what is judged."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Review(NamedTuple):
    """One answer: which card, on which learner day (any whole count), its grade 1 to 4, and how
    likely it is right by guessing alone."""

    card: str | int
    day: int
    grade: int
    guess: float = 0.0


@dataclass(frozen=True)
class Log:
    """Reviews in order of time, one per row: `card` numbered from 0, `days` since the same card's
    review before (0 for its first), `first` whether it is that, `grade` 1 to 4, `guess`."""

    card: Whole
    days: Whole
    first: Flags
    grade: Whole
    guess: Numbers

    def __len__(self) -> int:
        return len(self.card)

    @cached_property
    def scored(self) -> Flags:
        """At least one learner day after the review before. Others change what is known, but say
        nothing of forgetting."""
        return self.days > 0

    @cached_property
    def recalled(self) -> Flags:
        return self.grade > 1

    def until(self, row: int) -> "Log":
        """The reviews before a row."""
        return self._of(slice(row))

    def of(self, cards: Flags) -> "Log":
        """The reviews of some cards, given as one flag a card; their numbers close up."""
        kept = self._of(cards[self.card])
        return replace(kept, card=(np.cumsum(cards) - 1)[kept.card])

    def _of(self, rows: slice | Flags) -> "Log":
        return Log(
            self.card[rows], self.days[rows], self.first[rows], self.grade[rows], self.guess[rows]
        )


def log(reviews: Iterable[Review]) -> Log:
    """A log from reviews in order of time. A day before the card's last counts as that day."""
    rows = list(reviews)
    names: dict[str | int, int] = {}
    card = np.array([names.setdefault(each.card, len(names)) for each in rows], np.int64)
    day = np.array([each.day for each in rows], np.int64)
    grade = np.array([each.grade for each in rows], np.int64)
    return columns(card, day, grade, np.array([each.guess for each in rows], np.float64))


def columns(card: Whole, day: Whole, grade: Whole, guess: Numbers) -> Log:
    """A log from columns in order of time; `card` numbered from 0 in any order."""
    days, first = np.zeros_like(day), np.zeros(len(day), np.bool_)
    order = np.argsort(card, kind="stable")
    by_card, of_day = card[order], day[order]
    new = np.ones(len(day), np.bool_)
    new[1:] = by_card[1:] != by_card[:-1]
    starts = np.flatnonzero(new)
    # Days never run backwards: the running greatest within a card, found with cards set far apart.
    if len(day):
        apart = (np.cumsum(new) - 1) * (int(of_day.max() - of_day.min()) + 1)
        of_day = np.maximum.accumulate(of_day + apart) - apart
    gaps = np.diff(of_day, prepend=of_day[:1])
    gaps[starts] = 0
    days[order], first[order] = gaps, new
    return Log(card, days, first, grade, guess)
