"""Scores of foretold recall, as srs-benchmark computes them, so that figures can be compared.

github.com/open-spaced-repetition/srs-benchmark: utils.py (rmse_matrix), sklearn's log loss and AUC.
"""

from dataclasses import dataclass

import numpy as np

from lessons.memory.logs import Flags, Log, Numbers, Whole

SURE = 1e-6  # probabilities are kept so far from 0 and 1 before a logarithm is taken


@dataclass(frozen=True, slots=True)
class Scores:
    """Of `n` reviews. `log_loss` mean cross entropy; `rmse_bins` how far foretold and observed
    recall lie apart in groups of like reviews; `auc` how well remembered and forgotten are told
    apart (None when all are the same): the first two the lower the better."""

    log_loss: float
    rmse_bins: float
    auc: float | None
    n: int


def scores(foretold: Numbers, recalled: Flags, bins: Whole) -> Scores:
    """Scores of some reviews: columns of equal length; `bins` from `likeness`."""
    return Scores(
        float(losses(foretold, recalled).mean()),
        rmse_bins(foretold, recalled, bins),
        auc(foretold, recalled),
        len(foretold),
    )


def losses(foretold: Numbers, recalled: Flags) -> Numbers:
    """Cross entropy of each review."""
    sure = np.clip(foretold, SURE, 1 - SURE)
    return -np.log(np.where(recalled, sure, 1 - sure))


def auc(foretold: Numbers, recalled: Flags) -> float | None:
    """The chance that of a remembered and a forgotten review the first was foretold higher."""
    _, number, count = np.unique(foretold, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[number]
    passed = int(recalled.sum())
    failed = len(recalled) - passed
    if not passed or not failed:
        return None
    return float((rank[recalled].sum() - passed * (passed + 1) / 2) / (passed * failed))


def rmse_bins(foretold: Numbers, recalled: Flags, bins: Whole) -> float:
    """Root mean square of foretold minus observed recall by bin, weighted by reviews."""
    count = np.bincount(bins)
    kept = count > 0
    apart = np.bincount(bins, foretold - recalled)[kept] / count[kept]
    return float(np.sqrt((count[kept] * apart**2).sum() / count.sum()))


def likeness(log: Log) -> Whole:
    """A bin number for every review of a log: alike in days since the last review, in the number of
    the review (counting days, from 1) and in lapses before it, each in steps of a constant ratio.
    As in srs-benchmark, what happens at a card's first review or again on a day is no lapse."""
    number, lapses = np.ones(len(log)), np.zeros(len(log))
    asked: dict[int, int] = {}
    lapsed: dict[int, int] = {}
    later, missed = log.scored.tolist(), (~log.recalled).tolist()
    for row, card in enumerate(log.card.tolist()):
        asked[card] = asked.get(card, 1) + later[row]
        number[row], lapses[row] = asked[card], lapsed.get(card, 0)
        lapsed[card] = lapsed.get(card, 0) + (later[row] and missed[row])
    steps = (
        _step(np.maximum(log.days, 1), 3.62),
        _step(number, 1.89),
        np.where(lapses > 0, _step(np.maximum(lapses, 1), 1.73), -1),
    )
    return np.unique(np.stack(steps), axis=1, return_inverse=True)[1].ravel()


def _step(values: Numbers | Whole, ratio: float) -> Numbers:
    """Which power of the ratio a value reaches. srs-benchmark names the steps by rounded values in
    their middle, which are all different."""
    return np.asarray(np.floor(np.log(values) / np.log(ratio)))


def calibration(
    foretold: Numbers, recalled: Flags, groups: int = 10
) -> list[tuple[float, float, int]]:
    """Groups of equal size from the least to the most likely to be remembered: mean foretold
    recall, share remembered, number."""
    order = np.argsort(foretold, kind="stable")
    return [
        (float(foretold[part].mean()), float(recalled[part].mean()), len(part))
        for part in np.array_split(order, groups)
        if len(part)
    ]
