"""Other ways to foretell recall, to stand beside the product's: what each says of every review.

SM-2, HLR and the moving average as github.com/open-spaced-repetition/srs-benchmark has them (its
models/sm2.py, hlr.py, moving_avg.py). All but FSRS-6 in periods of 24 hours see learner days.
"""

from math import exp

import numpy as np

from evaluation.review_log import ReviewLog
from lessons.memory import fsrs6
from lessons.memory.fsrs6 import AGAIN, DEFAULTS
from lessons.memory.logs import Log, Numbers

DAY = 86_400  # seconds
FARTHEST = 36_500  # days


def fsrs6_24h(reviews: ReviewLog) -> Numbers:
    """FSRS-6 with default parameters as `fsrs` counts: whole periods of 24 hours. Who is asked in
    the morning after an evening is taken to remember for certain."""
    recall = np.ones(len(reviews.log))
    known: dict[int, tuple[float, float, int]] = {}
    rows = (reviews.log.card.tolist(), reviews.log.grade.tolist(), reviews.seconds.tolist())
    for row, (card, grade, second) in enumerate(zip(*rows, strict=True)):
        if card not in known:
            known[card] = (*fsrs6.first(DEFAULTS, grade), second)
            continue
        stability, difficulty, last = known[card]
        days = (second - last) // DAY
        recall[row] = fsrs6.retrievability(DEFAULTS, stability, days)
        known[card] = (*fsrs6.after(DEFAULTS, stability, difficulty, days, grade), second)
    return recall


def sm2(log: Log) -> Numbers:
    """SM-2 (Wozniak 1990): recall is taken to be 0.9 when its interval ends, and to halve at a
    constant rate. Reviews on the same day are not known to it."""
    recall = np.ones(len(log))
    known: dict[int, tuple[int, float, int]] = {}
    rows = (log.card.tolist(), log.grade.tolist(), log.days.tolist(), log.first.tolist())
    for row, (card, grade, days, first) in enumerate(zip(*rows, strict=True)):
        if not days and not first:
            continue
        interval, ease, passed = known.get(card, (0, 2.5, 0))
        if days:
            recall[row] = 0.9 ** (days / interval)
        passed = passed + 1 if grade > AGAIN else 0
        next_interval = {0: 1.0, 1: 1.0, 2: 6.0}.get(passed, interval * ease)
        interval = min(max(1, round(next_interval + 0.01)), FARTHEST)
        ease = max(1.3, ease + 0.1 - (4 - grade) * (0.08 + (4 - grade) * 0.02))
        known[card] = (interval, ease, passed)
    return recall


def moving_average(log: Log) -> Numbers:
    """The learner's own success so far, whatever the card: a logit that begins at 1.2 and takes a
    step of 0.3 times the surprise after every scored review."""
    recall = np.ones(len(log))
    form = 1.2
    rows = np.flatnonzero(log.scored)
    for row, recalled in zip(rows.tolist(), log.recalled[rows].tolist(), strict=True):
        recall[row] = 1 / (1 + exp(-form))
        form += 0.3 * (recalled - recall[row])
    return recall


def hlr(log: Log, until: int) -> Numbers:
    """Half-life regression (Settles & Meeder 2016) with the weights that suit the reviews before a
    row: a half-life of 2 to the weighted sum of 1 and the roots of the card's passes and lapses,
    on earlier days; least squares, as its authors fit it."""
    passes, lapses = _tally(log)
    known = np.stack([np.sqrt(passes), np.sqrt(lapses), np.ones(len(log))], axis=1)
    scored = np.flatnonzero(log.scored[:until])
    given, days, recalled = known[scored], log.days[scored], log.recalled[scored]

    def at(weights: Numbers) -> tuple[float, Numbers, Numbers]:
        half_life = _half_life(given @ weights)
        recall = 2 ** (-days / half_life)
        by = (recall * np.log(2) ** 2 * days / half_life)[:, None] * given
        return float(((recall - recalled) ** 2).sum()), by.T @ (recall - recalled), by.T @ by

    weights = np.array([2.5819, -0.8674, 2.7245])  # where srs-benchmark begins
    error, slope, curve = at(weights)
    damping = 1e-2
    for _ in range(60):
        damped = curve + damping * np.diag(np.diag(curve) + 1e-9)
        step = -np.linalg.solve(damped, slope)
        new = at(weights + step)
        if new[0] < error:
            done = error - new[0] < 1e-9 * error
            weights, (error, slope, curve) = weights + step, new
            if done:
                break
            damping /= 10
        else:
            damping *= 10
    return np.asarray(2 ** (-log.days / _half_life(known @ weights)))


def _half_life(power: Numbers) -> Numbers:
    """Days; a quarter of an hour to 274 days, as its authors keep it."""
    return np.clip(2 ** np.clip(power, -30, 30), 15 / 1440, 274)


def _tally(log: Log) -> tuple[Numbers, Numbers]:
    """How often a card was remembered and forgotten before each review, once a day."""
    passes, lapses = np.zeros(len(log)), np.zeros(len(log))
    seen: dict[int, tuple[int, int]] = {}
    counted, recalled = (log.scored | log.first).tolist(), log.recalled.tolist()
    for row, card in enumerate(log.card.tolist()):
        passed, lapsed = passes[row], lapses[row] = seen.get(card, (0, 0))
        if counted[row]:
            seen[card] = (passed + recalled[row], lapsed + (not recalled[row]))
    return passes, lapses
