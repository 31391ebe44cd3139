"""From an answer to a grade, as a strict but kind teacher would (decision 0019).

Forgotten (Again): wrong, "I don't know yet", right only at the second try or after the key was
given away. Remembered: Hard when right in part or slow; Easy only for what was typed quickly and
known at least twice before. Time alone never turns remembered into forgotten: it is read only
beside the learner's own median for the same kind of question. That a right choice may be a lucky
guess is no matter of the grade: the item is asked earlier for it (lessons/memory/scheduling.py).
"""

from collections.abc import Sequence
from statistics import median

from lessons.memory.card import Grade

HALF_RIGHT = 0.6  # a smaller part right is forgotten
SLOW, FAST = 2.5, 0.7  # times the learner's own median
INTERRUPTED = 300.0  # seconds; what took longer was something else than thinking
ENOUGH = 5  # answers of a kind before their median is known
KEPT = 20  # answers of a kind whose seconds are kept
KNOWN = 2  # passes before, for Easy


def grade(
    score: float,
    *,
    first_try: bool,
    typed: bool = False,
    seconds: float | None = None,
    usual: float | None = None,
    passes: int = 0,
) -> Grade:
    """The grade of an answer. `score` 0 to 1; `seconds` it took and `usual` the learner's median
    for this kind of question, where known; `passes` the reviews in a row at which the item was
    remembered before."""
    if not first_try or score < HALF_RIGHT:
        return Grade.AGAIN
    pace = _pace(seconds, usual)
    if score < 1 or pace > SLOW:
        return Grade.HARD
    if typed and pace < FAST and passes >= KNOWN:
        return Grade.EASY
    return Grade.GOOD


def _pace(seconds: float | None, usual: float | None) -> float:
    """How many times the usual an answer took; 1 when that says nothing."""
    if not seconds or not usual or seconds > INTERRUPTED:
        return 1.0
    return seconds / usual


def usual(seconds: Sequence[float]) -> float | None:
    """The learner's median for a kind of question, or None while too few answers are known."""
    return median(seconds) if len(seconds) >= ENOUGH else None


def timed(before: Sequence[float], seconds: float) -> tuple[float, ...]:
    """The seconds of the last answers of a kind with one more; an interrupted one is left out."""
    if not 0 < seconds <= INTERRUPTED:
        return tuple(before)
    return (*before, seconds)[-KEPT:]
