"""Memory: FSRS-6's published numbers, and the learner's day instead of 24 hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import timing
from lessons.memory import Card, Grade, review
from lessons.memory.replay import Logged, replayed, taken_back

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


def test_passes_are_the_reviews_in_a_row_that_were_remembered() -> None:
    assert after((3, 0)).passes == 1
    assert after((3, 0), (2, 2), (3, 9)).passes == 3
    assert after((3, 0), (1, 2)).passes == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), GRADES, st.integers(0, 30)), max_size=30))
def test_the_log_leads_to_the_stored_memory(answers: list[tuple[str, Grade, int]]) -> None:
    """Also after the last answer was taken back: nothing is kept that the log does not tell."""
    cards: dict[str, Card] = {}
    log, day, before = [], DAY, {}
    for item, number, days in answers:
        day += timedelta(days=days)
        before = dict(cards)
        card = replace(review(cards.get(item), number, day), version=2)
        cards[item] = card
        log.append(Logged(item, day, number, 2, "single choice", due=card.due))
    assert replayed(log) == cards
    if answers:
        assert replayed(taken_back(log, answers[-1][0])) == before


def test_where_no_day_was_written_down_memory_tells_it() -> None:
    assert replayed([Logged("a", DAY, 3)])["a"].due == after((3, 0)).due


def test_a_try_that_was_not_the_last_leaves_no_trace_and_a_new_key_begins_anew() -> None:
    log = [Logged("a", DAY, 3), Logged("a", DAY + timedelta(days=2), 0)]
    assert replayed(log)["a"].reviews == 1
    changed = Logged("a", DAY + timedelta(days=2), 3, anew=True)
    assert replayed([*log, changed])["a"] == replayed([changed])["a"]


def test_the_log_may_begin_with_what_memory_had() -> None:
    known = replace(after((3, 0), (3, 2)), version=1)
    begun = Logged("a", DAY, 0, brought=known)
    assert replayed([begun]) == {"a": known}
    again = known.last + timedelta(days=8)
    after_it = replayed([begun, Logged("a", again, 3, 1)])["a"]
    assert after_it.stability == review(known, Grade.GOOD, again).stability
    assert taken_back([begun], "a") == [begun]
