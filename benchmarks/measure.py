"""How figures are taken: case after case, round after round: a busy machine is fair to all."""

import gc
from collections.abc import Callable, Sequence
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
    updates: int = 2000  # given to each peer


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is measured: `once` does it and returns the figure."""

    benchmark: str
    name: str
    once: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a benchmark is ready to measure here, and why it cannot measure the rest."""

    cases: Sequence[Case] = ()
    absent: tuple[tuple[str, str], ...] = ()  # a case's name, the reason


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A name for the command line, the unit of its figures, and what they mean."""

    name: str
    unit: str
    duty: str
    prepare: Callable[[Size, ExitStack], Prepared]


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


def interleaved(cases: Sequence[Case], rounds: int) -> Taken:
    """Every case once, then every case again: a b c, a b c, … The first round is a rehearsal."""
    taken: Taken = {(case.benchmark, case.name): [] for case in cases}
    for case in cases:
        case.once()
    for _ in range(rounds):
        for case in cases:
            gc.collect()
            taken[case.benchmark, case.name].append(case.once())
    return taken


def rate(count: int, work: Callable[[], object]) -> float:
    """How many per second, when `work` does `count` of them."""
    began = perf_counter()
    work()
    return count / (perf_counter() - began)
