"""Ways to fit, compared as they would be used: fit to the first reviews, foretell the next."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from evaluation.simulated import Kind, learner
from lessons.memory.fitting import fit, likeliest, loss
from lessons.memory.fsrs6 import DEFAULTS, Parameters
from lessons.memory.logs import Log, log
from lessons.memory.slopes import arranged, recalls

SIZES = (50, 100, 200, 500, 1_000, 2_000, 3_500)
AHEAD = 1_000  # reviews to foretell
KINDS = tuple(
    Kind(own, uneven, moody, drift, buttons)
    for own, uneven, moody, drift, buttons in (
        (1.0, 0.2, 0.0, 0.0, 4),
        (0.5, 0.5, 0.3, 0.0, 2),
        (1.0, 0.5, 0.0, 1.0, 2),
        (0.5, 0.2, 0.3, 0.0, 4),
    )
)
WAYS: Mapping[str, Callable[[Log], Parameters]] = {
    "the likeliest, no prior": partial(likeliest, trust=1_000, hesitation=0),
    "no prior, n/(n+500) of it": partial(likeliest, trust=1_000, hesitation=500),
    "prior as wide as people": partial(likeliest, trust=1, hesitation=0),
    "half as wide": partial(likeliest, trust=0.5, hesitation=0),
    "half, n/(n+100) of it": likeliest,
    "the same, if better": lambda given: fit(given).parameters,
}


def gains(given: Log, sizes: Sequence[int] = SIZES) -> dict[str, list[float]]:
    """By way, for every size there are reviews after: how much less log loss than the default
    parameters have, on the reviews that follow (shape: sizes)."""
    steps = arranged(given)
    plain = recalls(DEFAULTS, steps)
    row = np.arange(len(given))
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for size in (each for each in sizes if each + AHEAD / 2 <= len(given)):
        ahead = given.scored & (row >= size) & (row < size + AHEAD)
        seen = given.until(size)
        for name, way in WAYS.items():
            suited = recalls(way(seen), steps)
            found[name].append(loss(given, plain, ahead) - loss(given, suited, ahead))
    return found


def simulated(learners: int) -> list[Log]:
    """Logs of 4,500 reviews by learners of four kinds in turn."""
    return [log(learner(KINDS[each % len(KINDS)], 4_500, each)) for each in range(learners)]
