"""Memory: FSRS-6's published numbers, and the learner's day instead of 24 hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import timing
from lessons.memory import Card, Grade, grade, review

DAY = date(2026, 11, 23)
GRADES = st.sampled_from(Grade)


def after(*reviews: tuple[int, int]) -> Card:
    """The card after grades at days from the first."""
    card: Card | None = None
    for number, days in reviews:
        card = review(card, Grade(number), DAY + timedelta(days=days))
    assert card is not None
    return card


def test_the_published_sequence_of_fsrs_6() -> None:
    """fsrs-rs inference.rs test_memory_state: ratings 1,3,3,3,3,3 at 0,0,1,3,8,21 days apart."""
    days = [0, 0, 1, 4, 12, 33]
    card = after(*zip([1, 3, 3, 3, 3, 3], days, strict=True))
    assert card.stability == pytest.approx(53.62691, rel=1e-4)
    assert card.difficulty == pytest.approx(6.3574867, abs=1e-4)


@pytest.mark.parametrize(
    ("first", "stability"), [(1, 0.212), (2, 1.2931), (3, 2.3065), (4, 8.2956)]
)
def test_first_reviews(first: int, stability: float) -> None:
    assert after((first, 0)).stability == pytest.approx(stability, rel=1e-4)


def test_evening_then_next_morning_is_one_day() -> None:
    """21:00 in Hanoi, then 08:30 the next morning: 11.5 hours, one learner day."""
    zone = "Asia/Ho_Chi_Minh"
    evening = datetime(2026, 11, 23, 14, tzinfo=UTC)
    morning = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    first = review(None, Grade.GOOD, timing.day(evening, zone))
    again = review(first, Grade.GOOD, timing.day(morning, zone))
    assert first.due > first.last
    assert again.stability == pytest.approx(after((3, 0), (3, 1)).stability)
    assert again.stability > 5  # in the same day it would stay near 2.3


def test_due_does_not_depend_on_the_hour() -> None:
    zone = "Asia/Ho_Chi_Minh"
    hours = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (0, 5, 12, 16))
    assert len({review(None, Grade.GOOD, timing.day(hour, zone)).due for hour in hours}) == 1


def test_a_lapse_is_counted_once_a_day() -> None:
    assert after((3, 0), (1, 4)).lapses == 1
    assert after((3, 0), (1, 4), (1, 4)).lapses == 1
    assert after((1, 0), (1, 0)).lapses == 0


@given(st.lists(st.tuples(GRADES, st.integers(0, 400)), min_size=1, max_size=12))
def test_never_due_before_the_next_day(reviews: list[tuple[Grade, int]]) -> None:
    card, day = None, DAY
    for number, days in reviews:
        day += timedelta(days=days)
        card = review(card, number, day)
        assert card.due > day
        assert card.stability > 0
        assert 1 <= card.difficulty <= 10


@given(GRADES, st.integers(1, 60))
def test_a_better_grade_is_never_due_earlier(first: Grade, days: int) -> None:
    card = review(None, first, DAY)
    due = [review(card, each, DAY + timedelta(days=days)).due for each in Grade]
    assert due == sorted(due)


@pytest.mark.parametrize(
    ("score", "first_try", "certain", "expected"),
    [
        (1, True, True, Grade.GOOD),
        (1, True, False, Grade.HARD),
        (1, False, True, Grade.AGAIN),
        (0.7, True, True, Grade.HARD),
        (0.5, True, True, Grade.AGAIN),
        (0, True, True, Grade.AGAIN),
    ],
)
def test_grades(score: float, first_try: bool, certain: bool, expected: Grade) -> None:
    assert grade(score, first_try=first_try, certain=certain) is expected
