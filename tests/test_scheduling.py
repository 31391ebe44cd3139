"""Scheduling: which day an item is asked again."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.memory import Card, Grade, ideal, recall, review
from lessons.memory.scheduling import (
    HIGHEST,
    LATER,
    Aim,
    as_any_other,
    chosen,
    is_leech,
    looked_at,
    replanned,
    target,
    window,
)

DAY = date(2026, 11, 23)
EXAM = DAY + timedelta(days=60)
CAP = 20

retentions = st.floats(0.7, 0.95)
guesses = st.sampled_from((0.0, 0.2, 0.25, 1 / 3, 0.5))
aims = st.builds(Aim, retentions, guesses)
soon = st.integers(1, 80).map(lambda days: DAY + timedelta(days=days))
exams = st.builds(Aim, retentions, guesses, st.none() | soon)
cards = st.builds(
    lambda stability, difficulty, reviews, due: Card(
        stability, difficulty, DAY + timedelta(days=due), DAY, reviews
    ),
    st.floats(0.01, 3000),
    st.floats(1, 10),
    st.integers(1, 9),
    st.integers(1, 60),
)
agendas = st.dictionaries(
    st.builds("c/l{}/q{}".format, st.integers(1, 9), st.integers(1, 9)),
    st.integers(1, 40).map(lambda days: DAY + timedelta(days=days)),
    max_size=40,
)


def known(stability: float, last: date = DAY, due: int = 5, reviews: int = 3) -> Card:
    return Card(stability, 5.0, last + timedelta(days=due), last, reviews)


def days(start: int, end: int) -> tuple[date, date]:
    return DAY + timedelta(days=start), DAY + timedelta(days=end)


def full(first: int, last: int, of: int = CAP) -> dict[str, date]:
    """So many items of another lesson on each of these days."""
    return {
        f"c/other{day}/q{n}": DAY + timedelta(days=day)
        for day in range(first, last + 1)
        for n in range(of)
    }


@pytest.mark.parametrize(
    ("retention", "guess", "aimed"),
    [(0.85, 0, 0.85), (0.9, 0.25, 0.925), (0.85, 0.5, 0.925), (0.95, 0.5, HIGHEST)],
)
def test_a_question_that_can_be_guessed_aims_higher(
    retention: float, guess: float, aimed: float
) -> None:
    assert target(Aim(retention, guess)) == pytest.approx(aimed)


@pytest.mark.parametrize(
    ("stability", "bounds"), [(0.5, (1, 1)), (2.3, (2, 2)), (10, (8, 12)), (100, (93, 107))]
)
def test_windows_are_those_of_ankis_fuzz(stability: float, bounds: tuple[int, int]) -> None:
    """At retention 0.90 the interval is the stability. Anki: 1 day, and 15, 10 and 5 % of parts."""
    assert window(known(stability), Aim(0.90)) == days(*bounds)


@given(cards, aims, st.integers(0, 40))
def test_a_better_grade_is_never_earlier(card: Card, aim: Aim, gap: int) -> None:
    on = card.last + timedelta(days=gap)
    after = [review(card, grade, on) for grade in Grade]
    for earlier, later in pairwise(after):
        assert ideal(earlier, target(aim)) <= ideal(later, target(aim))
        starts, ends = zip(window(earlier, aim), window(later, aim), strict=True)
        assert starts[0] <= starts[1]
        assert ends[0] <= ends[1]


@given(cards, exams, agendas, st.integers(1, CAP))
def test_the_day_is_in_the_window_or_just_behind_it(
    card: Card, aim: Aim, agenda: Mapping[str, date], cap: int
) -> None:
    due = chosen("c/l1/q1", card, aim, agenda, as_any_other, cap).due
    start, end = window(card, aim)
    assert card.last < start <= due <= end + timedelta(days=LATER)
    assert due <= looked_at(card, aim)[1]
    load = Counter(day for item, day in agenda.items() if item != "c/l1/q1")
    if due > end:
        assert all(load[start + timedelta(days=n)] >= cap for n in range((end - start).days + 1))
    if aim.exam is not None and end < aim.exam:
        assert due < aim.exam


@given(cards, exams, agendas)
def test_the_same_arguments_give_the_same_day(
    card: Card, aim: Aim, agenda: Mapping[str, date]
) -> None:
    again = dict(reversed(agenda.items()))
    assert chosen("c/l1/q1", card, aim, agenda, as_any_other, CAP) == chosen(
        "c/l1/q1", card, aim, again, as_any_other, CAP
    )


def test_the_emptiest_day_of_the_window_is_taken() -> None:
    agenda = full(8, 9, 3) | full(10, 10, 1) | full(11, 12, 3)
    due = chosen("c/l1/q1", known(10), Aim(0.90), agenda, as_any_other, CAP).due
    assert due == DAY + timedelta(days=10)


def test_questions_of_one_lesson_part_company() -> None:
    agenda: dict[str, date] = {}
    for n in range(5):
        item = f"c/l1/q{n}"
        agenda[item] = chosen(item, known(10), Aim(0.90), agenda, as_any_other, CAP).due
    assert len(set(agenda.values())) == 5


def test_a_full_day_pushes_an_item_to_the_next_that_is_not() -> None:
    agenda = full(2, 3)
    due = chosen("c/l1/q1", known(2.3), Aim(0.90), agenda, as_any_other, CAP).due
    assert due == DAY + timedelta(days=4)


def test_where_all_days_are_full_the_emptiest_is_taken() -> None:
    agenda = full(2, 4, 5 * CAP) | full(5, 5, CAP)
    due = chosen("c/l1/q1", known(2.3), Aim(0.90), agenda, as_any_other, CAP).due
    assert due == DAY + timedelta(days=5)


def test_an_easy_day_gets_its_part_and_a_closed_day_nothing() -> None:
    easy, closed = DAY + timedelta(days=8), DAY + timedelta(days=9)

    def ease(day: date) -> float:
        return 0.25 if day == easy else 0.0 if day == closed else 1.0

    agenda: dict[str, date] = {}
    for n in range(40):
        item = f"c/l{n}/q"
        agenda[item] = chosen(item, known(10), Aim(0.90), agenda, ease, 40).due
    load = Counter(agenda.values())
    assert load[closed] == 0
    assert 1 <= load[easy] <= min(load[day] for day in load if day != easy) / 2


def test_before_an_exam_what_would_come_later_comes_in_its_last_week() -> None:
    aim = Aim(0.90, exam=EXAM)
    week = (EXAM - timedelta(days=7), EXAM - timedelta(days=1))
    assert window(known(53), aim) == week
    assert window(known(500), aim) == week
    assert window(known(20), aim) == window(known(20), Aim(0.90))


def test_in_the_last_week_only_the_unsure_comes_again() -> None:
    aim = Aim(0.90, exam=EXAM)
    on = EXAM - timedelta(days=4)
    new, weak, sure = known(30, on, reviews=1), known(4, on), known(30, on)
    assert window(new, aim)[1] < EXAM
    assert recall(weak, EXAM) < 0.95
    assert window(weak, aim)[1] < EXAM
    assert window(sure, aim) == window(sure, Aim(0.90))
    eve = known(30, EXAM - timedelta(days=1), reviews=1)
    assert window(eve, aim) == window(eve, Aim(0.90))


def test_an_exam_that_is_set_moved_and_dropped_moves_days_and_nothing_else() -> None:
    plain = {f"c/l{n // 5}/q{n}": known(60 + n, due=60 + n) for n in range(70)}
    today = DAY + timedelta(days=10)

    def at(exam: date | None) -> Mapping[str, Card]:
        return replanned(plain, lambda _: Aim(0.90, exam=exam), today, as_any_other, CAP)

    assert at(None) == {}
    moved = at(EXAM)
    assert set(moved) == set(plain)
    assert all(card == replace(plain[item], due=card.due) for item, card in moved.items())
    load = Counter(card.due for card in moved.values())
    assert set(load) == {EXAM - timedelta(days=n) for n in range(1, 8)}
    assert max(load.values()) <= 15

    back = replanned({**plain, **moved}, lambda _: Aim(0.90), today, as_any_other, CAP)
    for item, card in {**plain, **moved, **back}.items():
        start, end = window(card, Aim(0.90))
        assert start <= card.due <= end, item


@given(
    st.dictionaries(st.builds("c/l1/q{}".format, st.integers(1, 30)), cards, max_size=12),
    exams,
    st.integers(0, 90),
)
def test_replanning_gives_no_day_in_the_past_and_settles(
    known_cards: Mapping[str, Card], aim: Aim, passed: int
) -> None:
    today = DAY + timedelta(days=passed)
    changed = replanned(known_cards, lambda _: aim, today, as_any_other, CAP)
    assert all(card.due >= today and card.due > card.last for card in changed.values())
    both = {**known_cards, **changed}
    assert replanned(both, lambda _: aim, today, as_any_other, CAP) == {}


def test_an_exam_that_is_over_is_forgotten() -> None:
    later = {"c/l1/q1": known(60, due=60)}
    assert not replanned(later, lambda _: Aim(0.9, exam=DAY), DAY, as_any_other, CAP)


@pytest.mark.parametrize(
    ("before", "after", "leech"), [(7, 8, True), (8, 8, False), (8, 9, False), (11, 12, True)]
)
def test_a_leech_is_named_at_eight_lapses_and_every_four(
    before: int, after: int, leech: bool
) -> None:
    assert is_leech(before, after) is leech
