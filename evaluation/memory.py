"""How well the product foretells what is remembered, beside other ways, on a log of reviews.

As srs-benchmark does: reviews at least a learner day after the card's last are scored, in order of
time, in five parts of a sixth each; what is fitted sees only reviews before the part.
"""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from evaluation import peers
from evaluation.review_log import ReviewLog, Unreadable
from evaluation.scores import Scores, calibration, likeness, losses, scores
from lessons.memory.fitting import fit
from lessons.memory.fsrs6 import DEFAULTS
from lessons.memory.logs import Flags, Numbers, Whole
from lessons.memory.slopes import arranged, recalls

PARTS = 5
TIMES = 1_000  # draws of a bootstrap


@dataclass(frozen=True)
class Foretold:
    """What each model said of the scored reviews of all parts: columns of equal length."""

    models: dict[str, Numbers]
    recalled: Flags
    bins: Whole
    card: Whole

    def scores(self) -> dict[str, Scores]:
        """Scores by model."""
        return {name: scores(each, self.recalled, self.bins) for name, each in self.models.items()}

    def calibration(self, groups: int = 10) -> dict[str, list[tuple[float, float, int]]]:
        """By model, from the least to the most likely: mean foretold, share remembered, number."""
        return {
            name: calibration(each, self.recalled, groups) for name, each in self.models.items()
        }

    def gain(self, model: str, over: str, seed: int = 0) -> tuple[float, float, float]:
        """How much less log loss one model has than another: mean, and the interval that holds 95 %
        of draws of cards with replacement."""
        less = losses(self.models[over], self.recalled) - losses(self.models[model], self.recalled)
        _, number = np.unique(self.card, return_inverse=True)
        total, count = np.bincount(number, less), np.bincount(number)
        drawn = np.random.default_rng(seed).integers(0, len(count), (TIMES, len(count)))
        means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
        low, high = np.quantile(means, (0.025, 0.975))
        return float(less.mean()), float(low), float(high)


def foretold(reviews: ReviewLog, *, fitted: bool) -> Foretold:
    """What the product and its peers say of a log; with `fitted` also the product with parameters
    fitted to the learner. Unreadable when there are too few scored reviews."""
    log = reviews.log
    scored = np.flatnonzero(log.scored)
    size = len(scored) // (PARTS + 1)
    if not size:
        raise Unreadable(
            f"{len(scored)} reviews come a day or more after the card's last; "
            f"at least {PARTS + 1} are needed"
        )
    starts = [int(scored[len(scored) - size * left]) for left in range(PARTS, 0, -1)]
    steps = arranged(log)
    plain = recalls(DEFAULTS, steps)
    everything = {"product": plain}
    if fitted:
        suited = plain.copy()
        for row in starts:
            suited[row:] = recalls(fit(log.until(row)).parameters, steps)[row:]
        everything["product_fitted"] = suited
    everything["fsrs6_24h"] = peers.fsrs6_24h(reviews)
    everything["sm2"] = peers.sm2(log)
    everything["hlr"] = np.zeros(len(log))
    for row in starts:
        everything["hlr"][row:] = peers.hlr(log, row)[row:]
    everything["moving_average"] = peers.moving_average(log)
    tested = scored[len(scored) - size * PARTS :]
    return Foretold(
        {name: each[tested] for name, each in everything.items()},
        log.recalled[tested],
        likeness(log)[tested],
        log.card[tested],
    )


def half(reviews: ReviewLog, number: int) -> ReviewLog:
    """The cards whose name has an even (0) or an odd (1) CRC-32: one half to choose a method by,
    the other to report it."""
    kept = np.array([crc32(name.encode()) % 2 == number for name in reviews.names])
    names = tuple(name for name, keep in zip(reviews.names, kept, strict=True) if keep)
    return ReviewLog(reviews.log.of(kept), reviews.seconds[kept[reviews.log.card]], names)
