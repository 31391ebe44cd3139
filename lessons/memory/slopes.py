"""FSRS-6 for a whole log at once: what each review should have recalled, and its derivatives.

The formulas are those of lessons/memory/fsrs6.py (a test compares them number for number). All
cards go forward together, review by review; with the stability and difficulty of each card go
their derivatives by the 21 parameters (forward mode). That is dearer than going backwards for one
gradient, but gives every review's own derivatives, from which the curvature follows: the fit needs
ten rounds instead of hundreds (lessons/memory/fitting.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lessons.memory.fsrs6 import EASIEST, HARDEST, LONGEST, SHORTEST
from lessons.memory.logs import Log, Numbers, Whole

COUNT = 21
AGAIN, HARD, EASY = 1, 2, 4


@dataclass(frozen=True)
class Steps:
    """A log arranged for going forward: step k are the k-th reviews of all cards that have one,
    cards with more reviews first, so that each step's cards are the first ones of the step before.
    `rows` are the log's rows in that order, step k those from `bounds[k]` to `bounds[k + 1]`."""

    rows: Whole
    bounds: Whole
    days: Numbers
    grade: Whole


def arranged(log: Log) -> Steps:
    """The steps of a log."""
    counts = np.bincount(log.card) if len(log) else np.zeros(0, np.int64)
    place = np.empty(len(counts), np.int64)
    place[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
    order = np.argsort(log.card, kind="stable")
    begins = np.cumsum(counts) - counts
    number = np.empty(len(log), np.int64)
    number[order] = np.arange(len(log)) - begins[log.card[order]]
    rows = np.lexsort((place[log.card], number))
    bounds = np.concatenate([[0], np.cumsum(np.bincount(number))]) if len(log) else np.zeros(1, int)
    return Steps(rows, bounds, log.days[rows].astype(np.float64), log.grade[rows])


class _Round:
    """One way forward through a log with one set of parameters."""

    def __init__(self, w: Sequence[float] | Numbers, cards: int, slopes: bool) -> None:
        self.w = [float(each) for each in w]
        self.slopes = slopes
        self.s, self.d = np.zeros(cards), np.zeros(cards)
        self.by_s = np.zeros((COUNT, cards if slopes else 0))  # derivatives of s
        self.by_d = np.zeros((4, cards if slopes else 0))  # of d, by w4 to w7 alone
        decay = -self.w[20]
        root = 0.9 ** (1 / decay)
        self.decay, self.factor = decay, root - 1
        self.factor_slope = -root * np.log(0.9) / decay**2

    def begin(self, grade: Whole) -> None:
        """First reviews."""
        w = self.w
        raw = np.array(w[:4])[grade - 1]
        away = np.exp(w[5] * (grade - 1))
        difficulty = w[4] - away + 1
        self.s, self.d = np.clip(raw, SHORTEST, LONGEST), np.clip(difficulty, EASIEST, HARDEST)
        if self.slopes:
            self.by_s[grade - 1, np.arange(len(grade))] = 1
            inside = self.d == difficulty
            self.by_d[0] = inside
            self.by_d[1] = -(grade - 1) * away * inside

    def recall(self, days: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Retrievability before a review, its slope by stability, and by w20."""
        s = self.s
        faded = self.factor * days / s
        base = np.log1p(faded)
        r = np.exp(self.decay * base)
        if not self.slopes:
            return r, r, r
        part = self.decay * r / (1 + faded)
        return r, -part * faded / s, -(r * base + part * days / s * self.factor_slope)

    def go(self, days: Numbers, grade: Whole, recall: tuple[Numbers, Numbers, Numbers]) -> None:
        """A later review of the first cards, as many as there are days."""
        s = np.empty_like(self.s)
        by, by_d = np.empty_like(s), np.zeros_like(s)
        direct: list[tuple[int, Whole, Numbers]] = []
        same, again = days < 1, grade == AGAIN
        for which, formula in (
            (same, self._same_day),
            (~same & again, self._forgotten),
            (~same & ~again, self._recalled),
        ):
            at = np.flatnonzero(which)
            if len(at):
                r, r_by_s, r_by_decay = (each[at] for each in recall)
                card = _Asked(self.s[at], self.d[at], grade[at], r, r_by_s, r_by_decay)
                s[at], by[at], by_d[at], more = formula(card)
                direct += [(number, at, slope) for number, slope in more]
        kept = np.clip(s, SHORTEST, LONGEST)
        if self.slopes:
            inside = kept == s
            self.by_s *= by * inside
            self.by_s[4:8] += self.by_d * (by_d * inside)
            for number, at, slope in direct:
                self.by_s[number, at] += slope * inside[at]
        self.s = kept
        self._difficulty(grade)

    def _same_day(self, card: "_Asked") -> "_Moved":
        w, s, grade = self.w, card.s, card.grade
        growth = np.exp(w[17] * (grade - 3 + w[18])) * s ** -w[19]
        held = (grade >= HARD) & (growth <= 1)
        after = s * np.where(held, 1, growth)
        free = np.where(held, 0, after)
        slopes = [
            (17, free * (grade - 3 + w[18])),
            (18, free * w[17]),
            (19, -free * np.log(s)),
        ]
        return after, np.where(held, 1, growth * (1 - w[19])), np.zeros_like(s), slopes

    def _forgotten(self, card: "_Asked") -> "_Moved":
        w, s, d, r = self.w, card.s, card.d, card.r
        power = (s + 1) ** w[13]
        kept = d ** -w[12] * (power - 1) * np.exp((1 - r) * w[14])
        after = w[11] * kept
        most = s / np.exp(w[17] * w[18])
        free = np.where(after < most, after, 0)
        bound = np.where(after < most, 0, most)
        growth = power / (power - 1)
        slopes = [
            (11, np.where(after < most, kept, 0)),
            (12, -free * np.log(d)),
            (13, free * growth * np.log1p(s)),
            (14, free * (1 - r)),
            (17, -bound * w[18]),
            (18, -bound * w[17]),
            (20, -free * w[14] * card.r_by_decay),
        ]
        by = free * (w[13] * growth / (s + 1) - w[14] * card.r_by_s) + bound / s
        return free + bound, by, -free * w[12] / d, slopes

    def _recalled(self, card: "_Asked") -> "_Moved":
        w, s, d, r, grade = self.w, card.s, card.d, card.r, card.grade
        weight = np.array([0, 0, w[15], 1, w[16]])[grade]
        fading = np.exp((1 - r) * w[10])
        plain = np.exp(w[8]) * (11 - d) * s ** (1 - w[9])
        grown = plain * (fading - 1)  # before the grade's weight
        more = grown * weight
        faded = plain * weight * fading
        slopes = [
            (8, more),
            (9, -more * np.log(s)),
            (10, faded * (1 - r)),
            (15, np.where(grade == HARD, grown, 0)),
            (16, np.where(grade == EASY, grown, 0)),
            (20, -faded * w[10] * card.r_by_decay),
        ]
        by = 1 + more / s * (1 - w[9]) - faded * w[10] * card.r_by_s
        return s + more, by, -more / (11 - d), slopes

    def _difficulty(self, grade: Whole) -> None:
        w = self.w
        away = np.exp(w[5] * 3)
        easy = w[4] - away + 1
        lean = (grade - 3) / 9
        damped = self.d - w[6] * lean * (10 - self.d)
        raw = w[7] * easy + (1 - w[7]) * damped
        after = np.clip(raw, EASIEST, HARDEST)
        if self.slopes:
            self.by_d *= (1 - w[7]) * (1 + w[6] * lean)
            self.by_d[0] += w[7]
            self.by_d[1] -= w[7] * 3 * away
            self.by_d[2] -= (1 - w[7]) * lean * (10 - self.d)
            self.by_d[3] += easy - damped
            self.by_d *= after == raw
        self.d = after

    def only(self, cards: int) -> None:
        """Go on with the first cards alone."""
        if cards < len(self.s):
            self.s, self.d = self.s[:cards], self.d[:cards]
            self.by_s, self.by_d = self.by_s[:, :cards], self.by_d[:, :cards]


class _Asked(NamedTuple):
    """Cards at a review: stability, difficulty, grade, retrievability and its slopes."""

    s: Numbers
    d: Numbers
    grade: Whole
    r: Numbers
    r_by_s: Numbers
    r_by_decay: Numbers


# Stability after, its slopes by stability and difficulty before, and by parameters directly.
_Moved = tuple[Numbers, Numbers, Numbers, list[tuple[int, Numbers]]]


def recalls(w: Sequence[float] | Numbers, steps: Steps) -> Numbers:
    """Retrievability before every review, by row of the log; 1 at a card's first."""
    return _forward(w, steps, slopes=False)[0]


def recalls_and_slopes(w: Sequence[float] | Numbers, steps: Steps) -> tuple[Numbers, Numbers]:
    """The same, and its derivatives by the 21 parameters: shapes (rows,) and (21, rows)."""
    return _forward(w, steps, slopes=True)


def _forward(
    w: Sequence[float] | Numbers, steps: Steps, *, slopes: bool
) -> tuple[Numbers, Numbers]:
    recall = np.ones(len(steps.rows))
    by = np.zeros((COUNT, len(steps.rows) if slopes else 0))
    cards = int(steps.bounds[1]) if len(steps.bounds) > 1 else 0
    going = _Round(w, cards, slopes)
    for number, (start, end) in enumerate(zip(steps.bounds[:-1], steps.bounds[1:], strict=True)):
        grade, days = steps.grade[start:end], steps.days[start:end]
        if number == 0:
            going.begin(grade)
            continue
        going.only(end - start)
        r = going.recall(days)
        recall[start:end] = r[0]
        if slopes:
            np.multiply(going.by_s, r[1], out=by[:, start:end])
            by[20, start:end] += r[2]
        going.go(days, grade, r)
    back = np.empty_like(recall)
    back[steps.rows] = recall
    if not slopes:
        return back, by
    slopes_back = np.empty_like(by)
    slopes_back[:, steps.rows] = by
    return back, slopes_back
