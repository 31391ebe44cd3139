"""Backlog: what of all that is due is for today. After weeks away nobody meets a wall of it."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil

from lessons.chance import seed
from lessons.memory.card import Card, recall
from lessons.memory.fsrs6 import DEFAULTS, Parameters
from lessons.memory.scheduling import LAST_WEEK

DAILY = 20  # reviews a day


def for_today(
    cards: Mapping[str, Card], today: date, done: int, cap: int, w: Parameters = DEFAULTS
) -> tuple[str, ...]:
    """The items to ask today, after `done` of at most `cap`: the least remembered of the due first,
    so that none is lost for good while time is short (decision 0020). The rest waits; its day
    needs no change."""
    due = [name for name, card in cards.items() if card.due <= today]
    due.sort(key=lambda name: (recall(cards[name], today, w), seed(name, today)))
    return tuple(due[: max(0, cap - done)])


def allowance(cap: int, today: date, exam: date | None, items: int) -> int:
    """How many reviews today: in the last week before an exam what its `items` need."""
    if exam is None or not exam - timedelta(days=LAST_WEEK) <= today < exam:
        return cap
    return max(cap, ceil(items / (LAST_WEEK - 1)))
