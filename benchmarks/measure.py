"""How figures are taken: case after case, round after round: a busy machine is fair to all."""

import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done in one repetition, and how many repetitions there are."""

    rounds: int = 7
    learners: int = 20
    messages: int = 12  # of each learner
    updates: int = 2000  # given to each peer, and to the ear
    taps: int = 150  # of one learner, every two seconds
    bulk: int = 300  # messages that nobody waits for
    replies: int = 20  # between them
    broadcast: int = 20_000  # people who are written to


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is measured: `once` does it and returns the figure, or several by name."""

    benchmark: str
    name: str
    once: Callable[[], float | Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a benchmark is ready to measure here, and why it cannot measure the rest."""

    cases: Sequence[Case] = ()
    absent: tuple[tuple[str, str], ...] = ()  # a case's name, the reason


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A name for the command line, the unit of its figures, and what they mean. One that takes
    long, or always gives the same, says itself how many rounds it takes."""

    name: str
    unit: str
    duty: str
    prepare: Callable[[Size, ExitStack], Prepared]
    rounds: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of the repetitions, with the smallest and the greatest."""

    median: float
    min: float
    max: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Figure":
        return cls(median(values), min(values), max(values))


Taken = dict[tuple[str, str], list[float]]  # benchmark and case to one value per round


def interleaved(cases: Sequence[Case], rounds: Mapping[str, int]) -> Taken:
    """Every case once, then every case again: a b c, a b c, … as often as its benchmark's rounds.
    The first time is a rehearsal, except where there is only one round."""
    taken: Taken = {}
    for case in cases:
        if rounds[case.benchmark] > 1:
            case.once()
    for number in range(max(rounds.values(), default=0)):
        for case in cases:
            if number < rounds[case.benchmark]:
                gc.collect()
                for name, value in _named(case.name, case.once()).items():
                    taken.setdefault((case.benchmark, name), []).append(value)
    return taken


def _named(case: str, found: float | Mapping[str, float]) -> dict[str, float]:
    """Each figure by its name: the case's, and behind it what is one of several."""
    if isinstance(found, Mapping):
        return {f"{case} {name}": value for name, value in found.items()}
    return {case: found}


def rate(count: int, work: Callable[[], object]) -> float:
    """How many per second, when `work` does `count` of them."""
    began = perf_counter()
    work()
    return count / (perf_counter() - began)
