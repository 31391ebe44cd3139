"""Forecast: what a plan leads to; and that the schedule is worth its rules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from evaluation.scenarios import (
    ORDERS,
    backlog,
    balancing,
    before_an_exam,
    guessing,
    taught,
    workload,
)
from lessons.memory import Card
from lessons.memory.backlog import for_today
from lessons.memory.forecast import Plan, Pupil, enough, forecast
from lessons.memory.scheduling import Aim

BEGIN = date(2026, 11, 24)
EXAM = BEGIN + timedelta(days=40)


def plan(items: int = 50, exam: date | None = EXAM, cap: int = 20, guess: float = 0.25) -> Plan:
    """Five new items every second day."""
    arrivals = taught(items, 5, 2)
    aims = {item: Aim(guess=guess, exam=exam) for each in arrivals.values() for item in each}
    return Plan(aims, arrivals, BEGIN, EXAM, exam, cap)


def test_a_forecast_is_the_same_every_time_and_another_seed_another() -> None:
    found = forecast(plan(), learners=2)
    assert found == forecast(plan(), learners=2)
    assert found != forecast(plan(), learners=2, number=2)
    assert len(found.days) == 40
    assert sum(day.learned for day in found.days) == 50
    assert 0.8 < found.weakest < found.recall < 1


def test_every_item_is_asked_in_the_last_week_before_an_exam() -> None:
    asked: Counter[str] = Counter()

    def counted(cards: dict[str, Card], today: date, done: int, cap: int) -> Sequence[str]:
        chosen = for_today(cards, today, done, cap)
        asked.update(item for item in chosen if today >= EXAM - timedelta(days=7))
        return chosen

    pupil = Pupil(replace(plan(), pick=counted), Random(3))
    days = list(pupil.live())
    assert set(asked) == set(pupil.plan.aims)
    assert all(card.last >= EXAM - timedelta(days=7) for card in pupil.true.values())
    assert max(day.reviews for day in days) <= 20


def test_what_has_not_been_learned_is_not_remembered() -> None:
    half = plan(items=200)
    assert 80 < sum(len(new) for day, new in half.arrivals.items() if day < EXAM) < 120
    assert forecast(half, learners=1).recall < 0.6
    assert forecast(half, learners=1).weakest == 0


def test_a_budget_suffices_when_no_day_exceeds_it() -> None:
    need = enough(plan(), learners=1)
    assert 5 < need <= 20
    assert forecast(plan(cap=need), learners=1).most <= need
    assert forecast(plan(cap=need // 2), learners=1).most > need // 2


def test_a_learner_who_stays_away_forgets() -> None:
    steady = forecast(plan(exam=None), learners=2)
    away = replace(plan(exam=None), studies=lambda day: day.day < 6)
    assert forecast(away, learners=2).recall < steady.recall


@pytest.mark.slow
def test_days_are_evener_and_nothing_is_lost_by_it() -> None:
    """20 new items each Tuesday: the coefficient of variation of the daily load, and recall."""
    rows = {str(row["schedule"]): row for row in balancing(learners=1)}
    none, ours, easy = rows["none"], rows["balanced, 20 a day"], rows["the same, easy weekends"]
    assert float(none["load_cv"]) > 0.7
    assert float(ours["load_cv"]) <= 0.56
    assert float(ours["peak_by_mean"]) < float(rows["fuzz"]["peak_by_mean"])
    assert float(ours["recall_when_asked"]) >= float(none["recall_when_asked"]) - 0.002
    assert float(easy["weekend_share"]) < 0.16
    assert float(easy["recall_when_asked"]) >= float(none["recall_when_asked"]) - 0.002


@pytest.mark.slow
def test_a_pass_in_the_last_week_beats_a_higher_retention_all_the_time() -> None:
    rows = {str(row["retention"]): row for row in before_an_exam(learners=2)}
    ours, higher = rows["0.85 and a pass in the last week"], rows["0.95"]
    assert float(ours["recall"]) >= 0.98
    assert float(ours["recall"]) > float(higher["recall"])
    assert float(ours["weakest_tenth"]) >= 0.94
    assert float(ours["reviews_an_item"]) < 0.7 * float(higher["reviews_an_item"])


@pytest.mark.slow
def test_a_raised_target_makes_up_for_guessing() -> None:
    rows = {
        (row["guess"], row["target"]): float(row["recall_when_asked"])
        for row in guessing(learners=1)
        if row["right_is"] == "Good"
    }
    assert rows[0.25, "as it is"] < 0.885 < rows[0.25, "raised"]
    assert rows[0.5, "as it is"] < 0.87 < rows[0.5, "raised"]


@pytest.mark.slow
def test_a_higher_retention_costs_more_and_more() -> None:
    rows = workload(learners=1)
    costs = [float(row["reviews_per_remembered"]) for row in rows]
    assert costs == sorted(costs)


@pytest.mark.slow
def test_the_least_remembered_first_loses_the_fewest_when_time_is_short() -> None:
    rows = {row["order"]: row for row in backlog(learners=3) if row["a_day"] == 10}
    assert list(rows) == list(ORDERS)
    ours = rows["least remembered first"]
    assert float(ours["weakest_tenth"]) >= max(float(r["weakest_tenth"]) for r in rows.values())
    assert float(ours["recall"]) >= max(float(row["recall"]) for row in rows.values()) - 0.005
    assert float(ours["recall"]) > float(rows["best remembered first"]["recall"]) + 0.01
