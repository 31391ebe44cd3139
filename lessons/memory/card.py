"""Card: what is known about one learner and one question, and how a review changes it.

Days are the learner's own (lessons/timing.py), never 24-hour periods, which would take an evening
and the next morning for the same day (measured: log loss 0.806 instead of 0.442, decision 0005).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from lessons.memory import fsrs6
from lessons.memory.fsrs6 import DEFAULTS, Parameters

RETENTION = 0.85  # how likely an item is to be remembered on the day it is asked again
MUST_KNOW = 0.90  # the same for what must be known: the law in force, a procedure
FARTHEST = 36_500  # days


class Grade(IntEnum):
    """As in FSRS: Again is forgotten; the other three are remembered."""

    AGAIN = fsrs6.AGAIN
    HARD = fsrs6.HARD
    GOOD = fsrs6.GOOD
    EASY = fsrs6.EASY


@dataclass(frozen=True, slots=True)
class Card:
    """One item of one learner.

    `stability` in learner days, `difficulty` 1 to 10; `due` and `last` are learner days; `lapses`
    counts the days it was forgotten, `passes` the reviews in a row at which it was not; `version`
    is the course's when it was last asked (0: not known).
    """

    stability: float
    difficulty: float
    due: date
    last: date
    reviews: int = 1
    lapses: int = 0
    passes: int = 0
    version: int = 0


def review(
    card: Card | None,
    grade: Grade,
    on: date,
    retention: float = RETENTION,
    w: Parameters = DEFAULTS,
) -> Card:
    """The card after a review on a learner's day, due when recall has fallen to `retention`.

    A day before the card's last (the learner flew west) counts as that last day. What the load of
    other days makes of `due` is lessons/memory/scheduling.py.
    """
    if card is None:
        stability, difficulty = fsrs6.first(w, grade)
        passed = int(grade > Grade.AGAIN)
        fresh = Card(stability, difficulty, on, on, passes=passed)
        return replace(fresh, due=on + ideal(fresh, retention, w))
    on = max(on, card.last)
    days = (on - card.last).days
    stability, difficulty = fsrs6.after(w, card.stability, card.difficulty, days, grade)
    changed = replace(
        card,
        stability=stability,
        difficulty=difficulty,
        last=on,
        reviews=card.reviews + 1,
        lapses=card.lapses + (grade is Grade.AGAIN and days > 0),
        passes=card.passes + 1 if grade > Grade.AGAIN else 0,
    )
    return replace(changed, due=on + ideal(changed, retention, w))


def ideal(card: Card, retention: float, w: Parameters = DEFAULTS) -> timedelta:
    """Whole days, at least one, until recall has fallen to `retention`."""
    days = round(min(fsrs6.interval(w, card.stability, retention), FARTHEST))
    return timedelta(days=max(1, days))


def recall(card: Card, on: date, w: Parameters = DEFAULTS) -> float:
    """How likely the item is remembered on a day (retrievability): what mastery is."""
    return fsrs6.retrievability(w, card.stability, max(0, (on - card.last).days))


def correct(recalled: float, guess: float) -> float:
    """How likely the answer is right: remembered, or else guessed."""
    return guess + (1 - guess) * recalled
