"""Scenarios: what the schedule is worth, each rule beside what it is compared with.

Simulated learners of lessons/memory/forecast.py answer 300 items; nothing here was measured on
people. The figures stand in docs/memory.md and come from `hocvu eval scenarios`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from statistics import fmean, pstdev

from lessons.chance import seed
from lessons.memory.backlog import DAILY, for_today
from lessons.memory.card import Card, Grade, recall
from lessons.memory.forecast import Day, Pick, Place, Plan, Pupil, forecast, weakest
from lessons.memory.scheduling import Aim, Ease, chosen, window

BEGIN = date(2026, 11, 24)  # a Tuesday
NO_CAP = 10_000
EASY = 0.25  # of another day

Row = Mapping[str, str | float]


def lived(plan: Plan, learners: int) -> list[tuple[Pupil, tuple[Day, ...]]]:
    """Learners and their days; the same ones for every plan."""
    pupils = [Pupil(plan, Random(seed("scenario", each))) for each in range(learners)]
    return [(pupil, tuple(pupil.live())) for pupil in pupils]


def taught(items: int, a_time: int, days: int) -> dict[date, tuple[str, ...]]:
    """`a_time` new items every so many days; they are one lesson."""
    return {
        BEGIN + timedelta(days=days * lesson): tuple(
            f"c/l{lesson}/q{n}" for n in range(min(a_time, items - lesson * a_time))
        )
        for lesson in range(-(-items // a_time))
    }


def _plan(arrivals: Mapping[date, Sequence[str]], days: int, aim: Aim) -> Plan:
    aims = {item: aim for items in arrivals.values() for item in items}
    return Plan(aims, arrivals, BEGIN, BEGIN + timedelta(days=days), aim.exam, NO_CAP)


def exactly(_: str, card: Card, aim: Aim, *__: object) -> Card:
    """No balancing: the middle of the window."""
    start, end = window(card, aim)
    return replace(card, due=start + (end - start) / 2)


def by_chance(item: str, card: Card, aim: Aim, *_: object) -> Card:
    """Fuzz alone: any day of the window."""
    start, end = window(card, aim)
    share = Random(seed(item, card.reviews)).random()
    return replace(card, due=start + timedelta(days=int(share * ((end - start).days + 1))))


def as_if_known(
    item: str, card: Card, aim: Aim, agenda: Mapping[str, date], ease: Ease, cap: int
) -> Card:
    """The target is not raised for what is right by a guess."""
    return chosen(item, card, replace(aim, guess=0.0), agenda, ease, cap)


def weekend_easy(day: date) -> float:
    return EASY if day.weekday() >= 5 else 1.0


def schedules() -> dict[str, Plan]:
    """300 items, 20 new each Tuesday, retention 0.90, half a year: ways to choose the days."""
    base = _plan(taught(300, 20, 7), 180, Aim(0.90))
    return {
        "none": replace(base, place=exactly),
        "fuzz": replace(base, place=by_chance),
        "balanced, no cap": base,
        f"balanced, {DAILY} a day": replace(base, cap=DAILY),
        "the same, easy weekends": replace(base, cap=DAILY, ease=weekend_easy),
    }


def balancing(learners: int) -> list[Row]:
    """300 items, 20 new each Tuesday, retention 0.90, half a year: how even the days are."""
    return [{"schedule": name, **_evenness(plan, learners)} for name, plan in schedules().items()]


def _evenness(plan: Plan, learners: int) -> dict[str, float]:
    """Of the daily load: coefficient of variation, peak by mean, the weekend's share, and the true
    recall of the items when they were asked."""
    all_days = [days for _, days in lived(plan, learners)]
    loads = [[day.reviews for day in days] for days in all_days]
    reviews = [sum(each) for each in loads]
    at_weekends = (sum(d.reviews for d in days if d.on.weekday() >= 5) for days in all_days)
    return {
        "load_cv": fmean(pstdev(each) / fmean(each) for each in loads),
        "peak_by_mean": fmean(max(each) / fmean(each) for each in loads),
        "weekend_share": fmean(each / of for each, of in zip(at_weekends, reviews, strict=True)),
        "recall_when_asked": _when_asked(all_days),
        "reviews": fmean(reviews),
    }


def _when_asked(all_days: Iterable[Sequence[Day]]) -> float:
    return fmean(sum(d.asked for d in days) / sum(d.reviews for d in days) for days in all_days)


def before_an_exam(learners: int) -> list[Row]:
    """200 items, 5 new a day, an exam on day 90: recall on its morning and half a year later."""
    on = BEGIN + timedelta(days=90)
    arrivals = taught(200, 5, 1)
    aims = {
        "0.85 and a pass in the last week": Aim(0.85, exam=on),
        "0.85": Aim(0.85),
        "0.90": Aim(0.90),
        "0.95": Aim(0.95),
    }
    return [{"retention": name, **_exam(arrivals, aim, learners)} for name, aim in aims.items()]


def _exam(arrivals: Mapping[date, Sequence[str]], aim: Aim, learners: int) -> dict[str, float]:
    plan = _plan(arrivals, 90, aim)
    all_lived = lived(plan, learners)
    on_the_day = [pupil.recalls(plan.end) for pupil, _ in all_lived]
    later = [pupil.recalls(plan.end + timedelta(days=180)) for pupil, _ in all_lived]
    reviews = [[day.reviews for day in days] for _, days in all_lived]
    items = len(plan.aims)
    return {
        "recall": fmean(map(fmean, on_the_day)),
        "weakest_tenth": fmean(fmean(weakest(each)) for each in on_the_day),
        "reviews_an_item": fmean(map(sum, reviews)) / items,
        "in_last_week": fmean(sum(each[-7:]) for each in reviews) / items,
        "recall_180_days_later": fmean(map(fmean, later)),
    }


def workload(learners: int) -> list[Row]:
    """300 items, 5 new a day, a year: what a higher retention costs."""
    rows: list[Row] = []
    for retention in (0.70, 0.80, 0.85, 0.90, 0.93, 0.96):
        found = forecast(_plan(taught(300, 5, 1), 365, Aim(retention)), learners)
        remembered = found.recall * 300
        rows.append(
            {
                "retention": retention,
                "reviews": found.reviews,
                "peak": found.most,
                "remembered": remembered,
                "reviews_per_remembered": found.reviews / remembered,
            }
        )
    return rows


def guessing(learners: int) -> list[Row]:
    """300 items, retention 0.90, a year: how much is really remembered when the tutor believes it
    is 0.90, by the chance of being right without knowing (0: free recall, 0.5: true or false)."""
    cases: tuple[tuple[float, str, Place, Grade], ...] = (
        (0.0, "as it is", chosen, Grade.GOOD),
        (0.25, "as it is", as_if_known, Grade.GOOD),
        (0.25, "raised", chosen, Grade.GOOD),
        (0.5, "as it is", as_if_known, Grade.HARD),
        (0.5, "raised", chosen, Grade.HARD),
        (0.5, "as it is", as_if_known, Grade.GOOD),
        (0.5, "raised", chosen, Grade.GOOD),
    )
    return [
        {
            "guess": guess,
            "target": target,
            "right_is": right.name.title(),
            **_truth(Aim(0.90, guess), place, right, learners),
        }
        for guess, target, place, right in cases
    ]


def _truth(aim: Aim, place: Place, right: Grade, learners: int) -> dict[str, float]:
    plan = replace(_plan(taught(300, 5, 1), 365, aim), place=place, right=right)
    all_lived = lived(plan, learners)
    reviews = fmean(sum(day.reviews for day in days) for _, days in all_lived)
    return {
        "recall_when_asked": _when_asked(days for _, days in all_lived),
        "recall_day_365": fmean(fmean(pupil.recalls(plan.end)) for pupil, _ in all_lived),
        "reviews_an_item": reviews / len(plan.aims),
    }


def backlog(learners: int) -> list[Row]:
    """300 items, 5 new a day, three weeks away from day 75: what is known 30 days after the
    return, by the order in which the due items are asked."""
    away = [BEGIN + timedelta(days=75 + n) for n in range(21)]
    base = _plan(taught(300, 5, 1), 75 + 21 + 30, Aim())
    base = replace(base, studies=lambda day: day not in away)
    rows: list[Row] = []
    for cap in (DAILY // 2, DAILY):
        for name, pick in ORDERS.items():
            found = forecast(replace(base, cap=cap, pick=pick), learners)
            back = found.days[-30:]
            rows.append(
                {
                    "order": name,
                    "a_day": cap,
                    "due_on_return": back[0].reviews + back[0].waiting,
                    "reviews": sum(day.reviews for day in back),
                    "days_until_clear": sum(day.waiting >= 1 for day in back) + 1,
                    "recall": found.recall,
                    "weakest_tenth": found.weakest,
                }
            )
    return rows


def _first(key: Callable[[str, Card, date], float]) -> Pick:
    """An order of what is due: the smallest key first."""

    def pick(cards: Mapping[str, Card], today: date, done: int, cap: int) -> Sequence[str]:
        due = [name for name, card in cards.items() if card.due <= today]
        due.sort(key=lambda name: (key(name, cards[name], today), seed(name, today)))
        return due[: max(0, cap - done)]

    return pick


ORDERS: Mapping[str, Pick] = {
    "least remembered first": for_today,
    "best remembered first": _first(lambda _, card, today: -recall(card, today)),
    "longest due first": _first(lambda _, card, __: card.due.toordinal()),
    "any": _first(lambda item, _, today: seed(item, today)),
}

EVERY: Mapping[str, Callable[[int], list[Row]]] = {
    "balancing": balancing,
    "exam": before_an_exam,
    "workload": workload,
    "guessing": guessing,
    "backlog": backlog,
}
