"""Scheduling: the day an item is asked again. Memory gives a window, the other items the day in it.

The window is that of Anki's fuzz (rslib states/fuzz.rs), in which recall hardly differs. Of it the
day with the least to do is taken, an easy day being filled less, so that a learner's days become
alike (decision 0020). Before an exam every item is seen once more in the last week.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt

from lessons.chance import mixed, seed
from lessons.memory import fsrs6
from lessons.memory.card import FARTHEST, RETENTION, Card, correct, ideal, recall
from lessons.memory.fsrs6 import DEFAULTS, Parameters

HIGHEST = 0.96  # target; beyond it every further percent doubles the reviews
# From, to (days of interval), and how much of what lies between may be added and taken away.
FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
LATER = 3  # days behind the window that a full or closed day may push an item
STRETCH = 14  # days of a longer window that are compared; which ones is left to chance
LAST_WEEK = 7  # days before an exam in which every item is seen once more
SURE = 0.95  # recall on the exam's day of an item seen in that week, to be left alone
LEECH, AND_EVERY = 8, 4  # lapses: as in Anki
DAY = timedelta(days=1)

Ease = Callable[[date], float]  # of a day: 1 as any other, 0.25 a quarter of that, 0 closed
Loads = Counter[object]  # items by day, and by (lesson, day)


@dataclass(frozen=True, slots=True)
class Aim:
    """What is wanted of one item: `retention` when it is asked again; `guess`, the chance of being
    right without knowing; `exam`, the learner day on which it must be known."""

    retention: float = RETENTION
    guess: float = 0.0
    exam: date | None = None


def as_any_other(_: date) -> float:
    """The ease of days when none is easy."""
    return 1.0


def target(aim: Aim) -> float:
    """How likely the answer shall be right on the day: a guess counts, so the aim is raised."""
    return min(correct(aim.retention, aim.guess), HIGHEST)


def window(card: Card, aim: Aim, w: Parameters = DEFAULTS) -> tuple[date, date]:
    """The earliest and the latest day for the item, both after its last; an exam counted in: in the
    week before it every item is asked, and again what that week does not make sure."""
    start, end = _around_ideal(card, aim, w)
    if aim.exam is None or card.last >= aim.exam - DAY:
        return start, end
    first, final = aim.exam - timedelta(days=LAST_WEEK), aim.exam - DAY
    if card.last >= first:
        sure = card.reviews > 1 and recall(card, aim.exam, w) >= SURE
        return (start, end) if sure else (min(start, final), min(end, final))
    if card.last + ideal(card, target(aim), w) < first:
        return start, min(end, final)
    return first, final


def _around_ideal(card: Card, aim: Aim, w: Parameters) -> tuple[date, date]:
    """Where recall hardly differs from the target. Both ends grow with stability, so a better grade
    is never earlier."""
    days = min(fsrs6.interval(w, card.stability, target(aim)), FARTHEST)
    aside = 1.0 if days >= FUZZ[0][0] else 0.0
    for start, end, part in FUZZ:
        aside += part * max(0.0, min(days, end) - start)
    earliest, latest = (max(1, round(each)) for each in (days - aside, days + aside))
    return card.last + timedelta(days=earliest), card.last + timedelta(days=latest)


def looked_at(card: Card, aim: Aim, w: Parameters = DEFAULTS) -> tuple[date, date]:
    """The first and the last day whose other items `chosen` wants to know."""
    start, end = window(card, aim, w)
    return start, _latest(end, aim)


def _latest(end: date, aim: Aim) -> date:
    """How far a full day may push an item: not over an exam."""
    later = end + timedelta(days=LATER)
    return min(later, aim.exam - DAY) if aim.exam is not None and end < aim.exam else later


def chosen(
    item: str,
    card: Card,
    aim: Aim,
    agenda: Mapping[str, date],
    ease: Ease,
    cap: int,
    w: Parameters = DEFAULTS,
) -> Card:
    """The card, due on the day of its window with the least to do.

    `agenda`: the days of the learner's other items, at least of those in `looked_at`; `cap`: as
    many items a day, while there is another day. The same every time for the same arguments.
    """
    first, last = looked_at(card, aim, w)
    near = [(name, day) for name, day in agenda.items() if first <= day <= last and name != item]
    return replace(card, due=_day(item, card, aim, _loads(near), ease, cap, w))


def replanned(
    cards: Mapping[str, Card],
    aims: Callable[[str], Aim],
    today: date,
    ease: Ease,
    cap: int,
    w: Parameters = DEFAULTS,
) -> Mapping[str, Card]:
    """Only the cards whose day changes when an exam or an aim is set, moved or dropped, or the
    parameters are new. No day is before today; what is known of an item stays as it is."""
    ahead = {name: _ahead(aims(name), today) for name in cards}
    out = {name for name, card in cards.items() if not _fits(card, ahead[name], today, w)}
    loads = _loads((name, max(card.due, today)) for name, card in cards.items() if name not in out)
    changed: dict[str, Card] = {}
    for name in mixed(sorted(out), seed(today)):
        day = _day(name, cards[name], ahead[name], loads, ease, cap, w, today)
        loads.update((day, (_lesson(name), day)))
        if day != cards[name].due:
            changed[name] = replace(cards[name], due=day)
    return changed


def _ahead(aim: Aim, today: date) -> Aim:
    """The aim without an exam that is over."""
    return replace(aim, exam=None) if aim.exam is not None and aim.exam <= today else aim


def _fits(card: Card, aim: Aim, today: date, w: Parameters) -> bool:
    """Whether the day a card has is one it may have."""
    start, end = window(card, aim, w)
    if card.due <= today:
        return start <= today
    return start <= card.due <= _latest(end, aim)


def _day(
    item: str,
    card: Card,
    aim: Aim,
    loads: Loads,
    ease: Ease,
    cap: int,
    w: Parameters,
    not_before: date = date.min,
) -> date:
    start, end = (max(each, not_before) for each in window(card, aim, w))
    behind = _days(end + DAY, _latest(end, aim))
    if (spare := (end - start).days - STRETCH) > 0:
        start += timedelta(days=seed(item, card.reviews) % (spare + 1))
    inside = _days(start, min(end, start + timedelta(days=STRETCH)))
    free = [day for day in inside if loads[day] < cap and ease(day) > 0]
    if not free:
        free = [day for day in behind if loads[day] < cap and ease(day) > 0][:1]
    if len(free) == 1:
        return free[0]
    lesson = _lesson(item)

    def burden(day: date) -> float:
        """What there is to do, the same lesson counting twice, for how easy the day is meant. The
        later days are the emptier ones so far, and would draw all items to them."""
        farther = sqrt((day - card.last).days)
        return (loads[day] + loads[lesson, day] + 1) * farther / max(ease(day), 1e-9)

    return min(mixed(free or [*inside, *behind], seed(item, card.reviews)), key=burden)


def _days(start: date, end: date) -> Sequence[date]:
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _loads(agenda: Iterable[tuple[str, date]]) -> Loads:
    loads: Loads = Counter()
    for item, day in agenda:
        loads[day] += 1
        loads[_lesson(item), day] += 1
    return loads


def _lesson(item: str) -> str:
    """The lesson of an item: "c6/l1" of "c6/l1/q2"."""
    return item.rpartition("/")[0]


def is_leech(before: int, after: int) -> bool:
    """Whether the lapse that has just been counted shows that an item does not stick."""
    return after > before and after >= LEECH and (after - LEECH) % AND_EVERY == 0
