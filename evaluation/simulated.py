"""Simulated learners: FSRS-6 with parameters of their own, uneven cards, good and bad days.

For choosing methods on logs other than the one that is reported. Not real people: what is true of
them need not be true of anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from random import Random

from lessons.memory import fsrs6
from lessons.memory.fitting import HIGHEST, LOWEST, SPREAD
from lessons.memory.fsrs6 import AGAIN, DEFAULTS, EASY, GOOD, HARD, Parameters
from lessons.memory.logs import Review

NEW, LATE = 8, 0.3  # new cards a day; the chance that a day is skipped


@dataclass(frozen=True, slots=True)
class Kind:
    """How unlike FSRS-6 with default parameters a learner is: `own` the spread of the parameters
    in standard deviations between people, `uneven` of the cards (log of stability), `moody` of the
    days (logit), `drift` of the logit over the whole log, `buttons` 2 (Again, Good) or 4, `guess`
    the chance of being right without knowing."""

    own: float = 1.0
    uneven: float = 0.4
    moody: float = 0.2
    drift: float = 0.0
    buttons: int = 4
    guess: float = 0.0
    around: Parameters = DEFAULTS  # the middle of `own`: a cohort's


def learner(kind: Kind, reviews: int, seed: int) -> list[Review]:
    """A log of at least so many reviews in order of time. Cards are asked when the default
    parameters say that recall has fallen to 0.9; what was missed comes again the same day."""
    chance = Random(seed)
    w = parameters(kind.own, chance, kind.around)
    told: list[Review] = []
    truth: list[tuple[float, float]] = []
    seen: list[tuple[float, float, int]] = []  # as the schedule believes, and the day
    due: dict[int, list[int]] = {}
    day = 0
    while len(told) < reviews:
        day += 1
        mood = chance.gauss(0, kind.moody) + kind.drift * (len(told) / reviews - 0.5)
        cards = due.pop(day, [])
        if chance.random() < LATE:
            due.setdefault(day + 1, []).extend(cards)
            continue
        for card in (*cards, *range(len(truth), len(truth) + NEW)):
            known = card < len(truth)
            grade = _grade(w, truth[card] if known else None, seen, card, day, mood, kind, chance)
            _review(w, truth, seen, card, day, grade, kind, chance)
            told.append(Review(card, day, grade, kind.guess))
            while grade == AGAIN:
                grade = GOOD if chance.random() < 0.8 else AGAIN
                _review(w, truth, seen, card, day, grade, kind, chance)
                told.append(Review(card, day, grade, kind.guess))
            later = max(1, round(fsrs6.interval(DEFAULTS, seen[card][0], 0.9)))
            due.setdefault(day + later, []).append(card)
    return told


def parameters(own: float, chance: Random, around: Parameters = DEFAULTS) -> list[float]:
    """Parameters drawn around others, `own` standard deviations between people away."""
    w = [
        value * exp(own * 0.7 * chance.gauss(0, 1)) if number < 4
        else value + own * spread * chance.gauss(0, 1)
        for number, (value, spread) in enumerate(zip(around, SPREAD, strict=True))
    ]  # fmt: skip
    w[:4] = sorted(w[:4])
    return [min(max(v, lo), hi) for v, lo, hi in zip(w, LOWEST, HIGHEST, strict=True)]


def _grade(
    w: Sequence[float],
    truth: tuple[float, float] | None,
    seen: Sequence[tuple[float, float, int]],
    card: int,
    day: int,
    mood: float,
    kind: Kind,
    chance: Random,
) -> int:
    recalled = 0.6
    if truth is not None:
        recalled = fsrs6.retrievability(w, truth[0], day - seen[card][2])
        odds = log(max(recalled, 1e-9) / max(1 - recalled, 1e-9)) + mood
        recalled = 1 / (1 + exp(-odds))
    if chance.random() >= kind.guess + (1 - kind.guess) * recalled:
        return AGAIN
    if kind.buttons == 2:
        return GOOD
    return chance.choices((HARD, GOOD, EASY), (0.12, 0.78, 0.1))[0]


def _review(
    w: Sequence[float],
    truth: list[tuple[float, float]],
    seen: list[tuple[float, float, int]],
    card: int,
    day: int,
    grade: int,
    kind: Kind,
    chance: Random,
) -> None:
    if card == len(truth):
        s, d = fsrs6.first(w, grade)
        truth.append((s * exp(chance.gauss(0, kind.uneven)), d))
        seen.append((*fsrs6.first(DEFAULTS, grade), day))
        return
    days = day - seen[card][2]
    truth[card] = fsrs6.after(w, *truth[card], days, grade)
    seen[card] = (*fsrs6.after(DEFAULTS, *seen[card][:2], days, grade), day)
