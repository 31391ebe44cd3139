"""Backlog: after weeks away nobody meets a wall."""

from dataclasses import replace
from datetime import date, timedelta

from lessons.memory import Card, Grade, review
from lessons.memory.backlog import DAILY, allowance, for_today
from lessons.memory.scheduling import Aim, as_any_other, chosen

DAY = date(2026, 11, 23)


def learned(items: int) -> dict[str, Card]:
    """Items of two reviews, all of them due within the next three weeks."""
    known = {}
    for n in range(items):
        item = f"c/l{n // 5}/q{n}"
        first = review(None, Grade.GOOD, DAY - timedelta(days=6 + n % 5))
        card = review(first, Grade.GOOD, first.due)
        known[item] = replace(card, due=DAY + timedelta(days=n % 20))
    return known


def test_the_least_remembered_come_first_and_the_rest_waits() -> None:
    card = review(None, Grade.GOOD, DAY)
    known = {
        "steady": replace(card, stability=9.0),
        "shaky": replace(card, stability=3.0),
        "middling": replace(card, stability=6.0),
        "not due": replace(card, stability=1.0, due=DAY + timedelta(days=9)),
    }
    today = DAY + timedelta(days=5)
    assert for_today(known, today, 0, 5) == ("shaky", "middling", "steady")
    assert for_today(known, today, 3, 5) == ("shaky", "middling")
    assert for_today(known, today, 5, 5) == ()
    assert for_today(known, today, 9, 5) == ()


def test_three_weeks_away_melt_day_by_day() -> None:
    """120 due on the return: never more than the cap, all seen in eight days, then the usual."""
    known = learned(120)
    today, seen, waiting = DAY + timedelta(days=21), set[str](), []
    for _ in range(14):
        asked = for_today(known, today, 0, DAILY)
        assert len(asked) <= DAILY
        for item in asked:
            seen.add(item)
            agenda = {name: card.due for name, card in known.items()}
            card = review(known[item], Grade.GOOD, today)
            known[item] = chosen(item, card, Aim(), agenda, as_any_other, DAILY)
        waiting.append(sum(card.due <= today for card in known.values()))
        today += timedelta(days=1)
        if len(seen) == 120:
            break
    assert waiting[0] == 100
    assert len(waiting) <= 8
    assert waiting == sorted(waiting, reverse=True)


def test_the_last_week_before_an_exam_allows_what_its_items_need() -> None:
    exam = DAY + timedelta(days=30)
    assert allowance(20, exam - timedelta(days=8), exam, 200) == 20
    assert allowance(20, exam - timedelta(days=7), exam, 200) == 34
    assert allowance(20, exam - timedelta(days=1), exam, 200) == 34
    assert allowance(20, exam, exam, 200) == 20
    assert allowance(50, exam - timedelta(days=1), exam, 200) == 50
    assert allowance(20, exam - timedelta(days=1), None, 200) == 20
