"""From an answer to a grade: strict about what was not known, careful with what time tells."""

import pytest

from lessons.memory import Grade, grade
from lessons.memory.grading import KEPT, timed, usual


@pytest.mark.parametrize(
    ("score", "first_try", "expected"),
    [
        (1, True, Grade.GOOD),
        (1, False, Grade.AGAIN),  # the second try, or after the key was given away
        (0.7, True, Grade.HARD),
        (0.6, True, Grade.HARD),
        (0.59, True, Grade.AGAIN),
        (0, True, Grade.AGAIN),
    ],
)
def test_what_was_answered(score: float, first_try: bool, expected: Grade) -> None:
    assert grade(score, first_try=first_try) is expected


@pytest.mark.parametrize(
    ("typed", "seconds", "passes", "expected"),
    [
        (False, 5, 9, Grade.GOOD),  # a choice is never Easy
        (True, 5, 1, Grade.GOOD),  # known only once before
        (True, 5, 2, Grade.EASY),
        (True, 14, 2, Grade.GOOD),  # not quickly enough
        (False, 50, 2, Grade.GOOD),  # just within two and a half times the usual
        (False, 51, 2, Grade.HARD),
        (True, 51, 2, Grade.HARD),
        (True, 301, 2, Grade.GOOD),  # that was an interruption, not thinking
        (True, 0, 2, Grade.GOOD),  # unknown
    ],
)
def test_how_long_it_took(typed: bool, seconds: float, passes: int, expected: Grade) -> None:
    found = grade(1, first_try=True, typed=typed, seconds=seconds, usual=20, passes=passes)
    assert found is expected


def test_time_never_turns_remembered_into_forgotten_nor_the_other_way() -> None:
    for seconds in (0.1, 20, 200, 2000):
        slow = grade(1, first_try=True, seconds=seconds, usual=20)
        assert slow > Grade.AGAIN
        assert grade(0, first_try=True, typed=True, seconds=seconds, usual=20) is Grade.AGAIN


def test_without_a_median_of_ones_own_time_says_nothing() -> None:
    assert grade(1, first_try=True, seconds=200, usual=usual([1, 1, 1, 1])) is Grade.GOOD
    assert grade(1, first_try=True, seconds=200, usual=usual([1, 1, 1, 1, 1])) is Grade.HARD


def test_the_last_answers_are_timed_and_interruptions_are_not() -> None:
    known: tuple[float, ...] = ()
    for seconds in range(1, 30):
        known = timed(known, seconds)
    assert known == tuple(range(30 - KEPT, 30))
    assert timed(known, 301) == timed(known, 0) == known
