"""FSRS-6: our formulas against the two libraries that define it, and the numbers they publish."""

from datetime import UTC, datetime, timedelta

import fsrs
import fsrs_rs_python
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.memory import fsrs6
from lessons.memory.fitting import HIGHEST, LOWEST
from lessons.memory.fsrs6 import DEFAULTS

START = datetime(2026, 11, 23, tzinfo=UTC)
GRADES = st.integers(1, 4)
GAPS = st.one_of(st.just(0), st.integers(0, 30), st.integers(0, 1000))
HISTORIES = st.lists(st.tuples(GRADES, GAPS), min_size=1, max_size=15)
RETENTIONS = st.sampled_from([0.7, 0.8, 0.85, 0.9, 0.95])
# fsrs-rs src/inference.rs, test_memo_state and test_next_states (19 parameters, filled up)
OTHERS = (
    0.6845422, 1.6790825, 4.7349424, 10.042885, 7.4410233, 0.64219797, 1.071918, 0.0025195254,
    1.432437, 0.1544, 0.8692766, 2.0696752, 0.0953, 0.2975, 2.4691248, 0.19542035, 3.201072,
    0.18046261, 0.121442534, 0.0, 0.5,
)  # fmt: skip


@st.composite
def parameters(draw: st.DrawFn) -> tuple[float, ...]:
    """Parameters within the bounds, better first grades more stable."""
    w = [
        draw(st.floats(max(low, value / 3), min(high, value * 3)))
        for low, value, high in zip(LOWEST, DEFAULTS, HIGHEST, strict=True)
    ]
    return (*sorted(w[:4]), *w[4:])


PARAMETERS = st.one_of(st.just(DEFAULTS), parameters())


def ours(w: fsrs6.Parameters, history: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Stability and difficulty after every review."""
    states = [fsrs6.first(w, history[0][0])]
    for grade, days in history[1:]:
        states.append(fsrs6.after(w, *states[-1], days, grade))
    return states


@settings(deadline=None)
@given(PARAMETERS, HISTORIES, RETENTIONS)
def test_the_reference_in_python_gives_the_same(
    w: tuple[float, ...], history: list[tuple[int, int]], retention: float
) -> None:
    """fsrs, from midnight to midnight; stability, difficulty and the interval, exactly."""
    scheduler = fsrs.Scheduler(w, retention, (), (), enable_fuzzing=False)
    card, now = fsrs.Card(1, due=START), START
    for place, (state, (grade, days)) in enumerate(zip(ours(w, history), history, strict=True)):
        now += timedelta(days=days if place else 0)
        card, _ = scheduler.review_card(card, fsrs.Rating(grade), now)
        assert card.stability is not None
        if card.stability > fsrs6.LONGEST:  # it knows no bound; ours and fsrs-rs stop at a century
            assert state[0] == fsrs6.LONGEST
            return
        assert state == pytest.approx((card.stability, card.difficulty), rel=1e-9)
        exact = fsrs6.interval(w, state[0], retention)
        assert (card.due - now).days == min(max(1, round(exact)), 36_500)


@settings(deadline=None)
@given(PARAMETERS, HISTORIES, RETENTIONS)
def test_the_reference_in_rust_gives_the_same(
    w: tuple[float, ...], history: list[tuple[int, int]], retention: float
) -> None:
    """fsrs-rs computes with half as many digits."""
    model, memory = fsrs_rs_python.FSRS(list(w)), None
    for place, (state, (grade, days)) in enumerate(zip(ours(w, history), history, strict=True)):
        following = model.next_states(memory, retention, days if place else 0)
        chosen = (following.again, following.hard, following.good, following.easy)[grade - 1]
        memory = chosen.memory
        assert state[0] == pytest.approx(memory.stability, rel=1e-3, abs=1e-5)
        assert state[1] == pytest.approx(memory.difficulty, abs=1e-3)
        if 0.01 < state[0] < 30_000:
            exact = fsrs6.interval(w, state[0], retention)
            assert exact == pytest.approx(chosen.interval, rel=1e-3)


@given(PARAMETERS, HISTORIES, GAPS)
def test_a_better_grade_never_leaves_less(
    w: tuple[float, ...], history: list[tuple[int, int]], days: int
) -> None:
    stability, difficulty = ours(w, history)[-1]
    after = [fsrs6.after(w, stability, difficulty, days, grade) for grade in (1, 2, 3, 4)]
    firsts = [fsrs6.first(w, grade) for grade in (1, 2, 3, 4)]
    for states in (after, firsts):
        stabilities = [each for each, _ in states]
        assert stabilities == sorted(stabilities)
        assert [fsrs6.interval(w, each, 0.85) for each in stabilities] == sorted(
            fsrs6.interval(w, each, 0.85) for each in stabilities
        )


@given(PARAMETERS, HISTORIES)
def test_memory_stays_within_its_bounds(
    w: tuple[float, ...], history: list[tuple[int, int]]
) -> None:
    for stability, difficulty in ours(w, history):
        assert fsrs6.SHORTEST <= stability <= fsrs6.LONGEST
        assert 1 <= difficulty <= 10


def test_the_defaults_and_bounds_are_the_librarys() -> None:
    assert DEFAULTS == fsrs.scheduler.DEFAULT_PARAMETERS
    assert LOWER_BOUNDS_PARAMETERS == LOWEST
    assert UPPER_BOUNDS_PARAMETERS == HIGHEST


def test_published_memory_states() -> None:
    """fsrs-rs inference.rs test_memory_state, with and without the same-day formula."""
    history = list(zip([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21], strict=True))
    assert ours(DEFAULTS, history)[-1] == pytest.approx((53.62691, 6.3574867), rel=1e-5)
    flat = (*DEFAULTS[:17], 0.0, 0.0, 0.0, DEFAULTS[20])
    assert ours(flat, history)[-1] == pytest.approx((53.335106, 6.3574867), rel=1e-5)
    days = list(zip([1, 3, 3, 3, 3], [0, 1, 3, 8, 21], strict=True))
    assert ours(OTHERS, days)[-1] == pytest.approx((31.722992, 7.382128), rel=1e-5)
    step = fsrs6.after(OTHERS, 20.925528, 7.005062, 21, 3)
    assert step == pytest.approx((40.87456, 6.9913807), rel=1e-5)


@pytest.mark.parametrize(
    ("grade", "stability", "difficulty"),
    [
        (1, 2.9691455, 8.000659),
        (2, 17.091452, 7.6913934),
        (3, 31.722992, 7.382128),
        (4, 71.7502, 7.0728626),
    ],
)
def test_published_next_states(grade: int, stability: float, difficulty: float) -> None:
    """fsrs-rs inference.rs test_next_states."""
    state = ours(OTHERS, [(1, 0), (3, 1), (3, 3), (3, 8), (grade, 21)])[-1]
    assert state == pytest.approx((stability, difficulty), rel=1e-5)


def test_published_first_reviews() -> None:
    """ts-fsrs FSRS-6.test.ts "first repeat"."""
    states = [fsrs6.first(DEFAULTS, grade) for grade in (1, 2, 3, 4)]
    assert [each for each, _ in states] == [0.212, 1.2931, 2.3065, 8.2956]
    difficulties = [each for _, each in states]
    assert difficulties == pytest.approx([6.4133, 5.11217071, 2.11810397, 1], abs=1e-6)


def test_published_intervals() -> None:
    """fsrs-rs test_next_interval: stability 1, desired retention 0.2 to 1.0."""
    days = [fsrs6.interval(DEFAULTS, 1, tenth / 10) for tenth in range(2, 11)]
    assert [max(1, round(each)) for each in days] == [34793, 2508, 387, 90, 27, 9, 3, 1, 1]


def test_published_forgetting() -> None:
    """fsrs-rs model.rs test_power_forgetting_curve."""
    cases = zip([0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 4, 2], strict=True)
    recall = [fsrs6.retrievability(DEFAULTS, stability, days) for days, stability in cases]
    published = [1.0, 0.9403443, 0.9253786, 0.9185229, 0.9, 0.8261359]
    assert recall == pytest.approx(published, abs=1e-6)


def test_published_difficulties() -> None:
    """ts-fsrs algorithm.test.ts "next_difficulty", from 5."""
    after = [fsrs6.after(DEFAULTS, 5, 5, 1, grade)[1] for grade in (1, 2, 3, 4)]
    published = [8.34176237, 6.66599536, 4.99022837, 3.31446137]
    assert after == pytest.approx(published, abs=1e-6)


def test_published_same_day_reviews() -> None:
    """ts-fsrs algorithm.test.ts "next_stability": short term, from 5."""
    after = [fsrs6.after(DEFAULTS, 5, grade, 0, grade)[0] for grade in (1, 2, 3, 4)]
    assert after == pytest.approx([1.596818, 5, 5, 8.12960956], rel=1e-6)
