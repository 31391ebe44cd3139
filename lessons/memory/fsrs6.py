"""FSRS-6: how one review changes what is remembered, and how it fades until the next.

The formulas of github.com/open-spaced-repetition (fsrs 6.3.2, fsrs-rs 6.6.2), which tests hold us
to. `w` are the 21 parameters, `stability` is in learner days, `difficulty` from 1 to 10, `days` are
whole learner days since the review before. Plain numbers: lessons/memory/fitting.py has the same
for whole logs at once.
"""

from collections.abc import Sequence
from math import exp

Parameters = Sequence[float]

ALGORITHM = "FSRS-6"
DEFAULTS: tuple[float, ...] = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
SHORTEST, LONGEST = 0.001, 36_500.0  # stability
EASIEST, HARDEST = 1.0, 10.0  # difficulty
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


def retrievability(w: Parameters, stability: float, days: float) -> float:
    """How likely the item is remembered after `days`: 1 at once, 0.9 after `stability` days."""
    decay = -w[20]
    factor = 0.9 ** (1 / decay) - 1
    return float((1 + factor * days / stability) ** decay)


def interval(w: Parameters, stability: float, retention: float) -> float:
    """Days until retrievability has fallen to `retention`, not rounded."""
    decay = -w[20]
    factor = 0.9 ** (1 / decay) - 1
    return float(stability / factor * (retention ** (1 / decay) - 1))


def first(w: Parameters, grade: int) -> tuple[float, float]:
    """Stability and difficulty after the first review."""
    return _stable(w[grade - 1]), _within(_first_difficulty(w, grade))


def after(
    w: Parameters, stability: float, difficulty: float, days: int, grade: int
) -> tuple[float, float]:
    """Stability and difficulty after a later review; 0 days has a formula of its own."""
    if days < 1:
        stability_after = _same_day(w, stability, grade)
    elif grade == AGAIN:
        stability_after = _forgotten(w, stability, difficulty, days)
    else:
        stability_after = _recalled(w, stability, difficulty, days, grade)
    return _stable(stability_after), _next_difficulty(w, difficulty, grade)


def _same_day(w: Parameters, stability: float, grade: int) -> float:
    growth: float = exp(w[17] * (grade - 3 + w[18])) * stability ** -w[19]
    return stability * (max(growth, 1.0) if grade >= HARD else growth)


def _forgotten(w: Parameters, stability: float, difficulty: float, days: int) -> float:
    fading = exp((1 - retrievability(w, stability, days)) * w[14])
    kept: float = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * fading
    return min(kept, stability / exp(w[17] * w[18]))


def _recalled(w: Parameters, stability: float, difficulty: float, days: int, grade: int) -> float:
    fading = exp((1 - retrievability(w, stability, days)) * w[10]) - 1
    weight = w[15] if grade == HARD else w[16] if grade == EASY else 1.0
    growth: float = exp(w[8]) * (11 - difficulty) * stability ** -w[9] * fading * weight
    return stability * (1 + growth)


def _first_difficulty(w: Parameters, grade: int) -> float:
    return w[4] - exp(w[5] * (grade - 1)) + 1


def _next_difficulty(w: Parameters, difficulty: float, grade: int) -> float:
    damped = difficulty - w[6] * (grade - 3) * (10 - difficulty) / 9
    return _within(w[7] * _first_difficulty(w, EASY) + (1 - w[7]) * damped)


def _within(difficulty: float) -> float:
    return min(max(difficulty, EASIEST), HARDEST)


def _stable(stability: float) -> float:
    return min(max(stability, SHORTEST), LONGEST)
