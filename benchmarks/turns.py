"""The dialogue alone: a walk through course C6 with no store, no platform and no I/O."""

from contextlib import ExitStack

from benchmarks.measure import Benchmark, Case, Prepared, Size, rate
from benchmarks.walk import BEGIN, THINKING, Walk, c6, step, walks
from lessons.dialogue import Sitting
from lessons.library import Library


def prepare(size: Size, _: ExitStack) -> Prepared:
    library = c6()
    all_walks = walks(library, size.learners, size.messages)
    messages = sum(len(walk.messages) for walk in all_walks)
    return Prepared([Case("turns", "c6", lambda: rate(messages, lambda: go(library, all_walks)))])


def go(library: Library, all_walks: list[Walk]) -> None:
    """Every walk from its first message to its last."""
    for walk in all_walks:
        learner, now = walk.learner, BEGIN
        for heard in walk.messages:
            learner = step(Sitting(learner, library, now), heard).learner
            now += THINKING


TURNS = Benchmark("turns", "turns/s", "the pure dialogue on course C6, no I/O", prepare)
