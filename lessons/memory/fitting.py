"""Fitting: the FSRS-6 parameters that suit a learner or a cohort, from their log (decision 0018).

The most likely parameters given the log and a prior: a bell around the defaults, or around the
cohort's own, half as wide as parameters differ between people. With little to go by the prior
stays; every review moves it a little. Each round solves for where the slopes vanish if the loss
were as curved everywhere as it is here (Fisher scoring, damped as Levenberg does); the first four
parameters are stabilities and are fitted as logarithms. What is found is kept only if it foretells
reviews it has not seen better than the prior does. No chance is involved: the same log gives the
same parameters. NumPy is loaded with this file; the program that talks never imports it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from lessons.memory.fsrs6 import DEFAULTS, Parameters
from lessons.memory.logs import Flags, Log, Numbers, Review, log
from lessons.memory.slopes import COUNT, Steps, arranged, recalls, recalls_and_slopes

# As fsrs-rs and py-fsrs keep them (scheduler.py: LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS).
LOWEST = (
    *(0.001,) * 4, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001, 0.001, 0.001, 0.001, 0.0, 0.0, 1.0,
    0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
HIGHEST = (
    *(100.0,) * 4, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0,
    0.8, 0.8,
)  # fmt: skip
# How far parameters differ between people: fsrs-rs training.rs PARAMS_STDDEV; for the logarithms of
# the first four our own.
SPREAD = (
    *(1.0,) * 4, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31,
    0.32, 0.14, 0.27,
)  # fmt: skip
TRUST = 0.5  # of the spread: how far from the prior a log may easily lead
HESITATION = 100  # reviews; a log of so many leads half the way
LOGS = 4
ROUNDS = 12
ENOUGH = 1e-5  # gain in loss per review that is not worth another round
SURE = 1e-6  # no probability is nearer to 0 or 1
PARTS = (0.4, 0.6, 0.8)  # of the scored reviews: from each on, the next part is foretold


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit led to. `reviews` of the log; `loss_prior` and `loss_fitted` mean cross entropy
    of reviews not seen by the fit (nan where there are none); `parameters` are the prior's own
    unless `accepted`."""

    parameters: tuple[float, ...]
    reviews: int
    loss_prior: float
    loss_fitted: float
    accepted: bool


def fit(reviews: Log | Iterable[Review], prior: Parameters = DEFAULTS) -> Fitted:
    """The parameters for a log in order of time; `prior` the cohort's, or the defaults.

    Plain numbers in and out, so that it may run in a process of its own: a hundred thousand reviews
    take about a second. ValueError when `prior` has not 21 numbers.
    """
    if len(prior) != COUNT:
        raise ValueError(f"{COUNT} parameters are needed, not {len(prior)}")
    given = reviews if isinstance(reviews, Log) else log(reviews)
    kept = tuple(float(each) for each in prior)
    scored = np.flatnonzero(given.scored)
    if not len(scored):
        return Fitted(kept, len(given), float("nan"), float("nan"), accepted=False)
    rows = [*(int(scored[int(len(scored) * part)]) for part in PARTS), len(given)]
    steps = arranged(given)
    before, after = recalls(prior, steps), np.zeros(len(given))
    found = kept
    for start, end in pairwise(rows):
        found = likeliest(given.until(start), prior, found)
        after[start:end] = recalls(found, steps)[start:end]
    unseen = given.scored & (np.arange(len(given)) >= rows[0])
    loss_prior, loss_fitted = (loss(given, each, unseen) for each in (before, after))
    accepted = loss_fitted < loss_prior
    chosen = likeliest(given, prior, found) if accepted else kept
    return Fitted(chosen, len(given), loss_prior, loss_fitted, accepted)


def loss(given: Log, recall: Numbers, rows: Flags) -> float:
    """Mean cross entropy of being right in some rows of a log; nan for none."""
    right = _right(recall[rows], given.guess[rows])
    told = np.log(np.where(given.recalled[rows], right, 1 - right))
    return -float(told.mean()) if len(told) else float("nan")


def likeliest(
    given: Log,
    prior: Parameters = DEFAULTS,
    start: Parameters | None = None,
    trust: float = TRUST,
    hesitation: float = HESITATION,
) -> tuple[float, ...]:
    """The likeliest parameters near a prior, whether or not they are better; `start` looks there
    first."""
    centre = _straight(prior)
    found = _descend(_Slope(given, centre, trust * np.array(SPREAD)), _straight(start or prior))
    share = len(given) / (len(given) + hesitation)
    w = _bent(centre + share * (found - centre))
    w[3], w[1] = max(w[3], w[2]), min(w[1], w[2])  # a better first grade is never less
    w[0] = min(w[0], w[1])
    return tuple(float(each) for each in w)


@dataclass(frozen=True)
class _Slope:
    """The loss near a prior: minus the logarithm of how likely log and parameters are."""

    given: Log
    prior: Numbers
    width: Numbers
    steps: Steps = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", arranged(self.given))

    def at(self, point: Numbers) -> tuple[float, Numbers, Numbers]:
        """Loss, gradient (21,) and curvature (21, 21)."""
        scored = self.given.scored
        w = _bent(point)
        recall, by = recalls_and_slopes(w, self.steps)
        by = by[:, scored]
        by[:LOGS] *= w[:LOGS, None]
        guess, recalled = self.given.guess[scored], self.given.recalled[scored]
        by *= 1 - guess
        right = _right(recall[scored], guess)
        away = (point - self.prior) / self.width
        told = np.log(np.where(recalled, right, 1 - right)).sum()
        gradient = _products(by, (right - recalled) / (right * (1 - right))) + away / self.width
        by /= np.sqrt(right * (1 - right))
        curvature = _products(by, by) + np.diag(self.width**-2.0)
        return float(away @ away / 2 - told), gradient, curvature


def _descend(slope: _Slope, point: Numbers) -> Numbers:
    """The least loss within the bounds, from a point on."""
    lowest, highest = _straight(LOWEST), _straight(HIGHEST)
    point = np.clip(point, lowest, highest)
    lost, gradient, curvature = slope.at(point)
    damping = 1e-3
    for _ in range(ROUNDS):
        free = ~((point <= lowest) & (gradient > 0) | (point >= highest) & (gradient < 0))
        bent = curvature[np.ix_(free, free)]
        step = np.zeros(COUNT)
        step[free] = -np.linalg.solve(bent + damping * np.diag(np.diag(bent)), gradient[free])
        there = np.clip(point + step, lowest, highest)
        if -gradient @ (there - point) / 2 < ENOUGH * len(slope.given):
            break
        new = slope.at(there)
        if new[0] < lost:
            point, (lost, gradient, curvature) = there, new
            damping /= 10
        else:
            damping *= 10
    return point


def _products(one: Numbers, other: Numbers) -> Numbers:
    """Sums of products along the reviews. Not `@`: on a busy machine the threads of its library
    wait for each other ten times as long as the sum takes."""
    return np.asarray(np.einsum("ir,jr->ij" if other.ndim == 2 else "ir,r->i", one, other))


def _right(recall: Numbers, guess: Numbers) -> Numbers:
    return np.clip(guess + (1 - guess) * recall, SURE, 1 - SURE)


def _straight(w: Parameters) -> Numbers:
    """Parameters as they are fitted: the first four as logarithms."""
    point = np.array(w, np.float64)
    point[:LOGS] = np.log(point[:LOGS])
    return point


def _bent(point: Numbers) -> Numbers:
    w = point.copy()
    w[:LOGS] = np.exp(w[:LOGS])
    return w
