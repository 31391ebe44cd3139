"""At what time of day a learner is reminded: the time chosen, until habit shows another one.

Habit is the circular median of the times at which the last active days began: a late evening now
and then, before or after midnight, does not move it.
"""

from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache

from lessons import timing
from lessons.chance import seed
from lessons.learner import Learner

ACTIVE_DAYS = 7  # before there is a habit
KEPT = 14  # active days that are looked at
APART = 30  # minutes between habit and choice from which habit takes over
JITTER = 5  # minutes; a whole office is not reminded in one second


def heard(learner: Learner, now: datetime) -> Learner:
    """The learner after any message, before `active_at` is set: a first one of the day shows when
    this person studies, and every one ends a silence."""
    before, rhythm = learner.active_at, replace(learner.rhythm, ignored=0)
    today = timing.day(now, learner.timezone)
    if before is None or timing.day(before, learner.timezone) < today:
        begun = timing.minutes(timing.local(now, learner.timezone).time())
        rhythm = replace(rhythm, starts=(*rhythm.starts, begun)[-KEPT:])
    return learner if rhythm == learner.rhythm else replace(learner, rhythm=rhythm)


@lru_cache(maxsize=4096)
def habit(starts: tuple[int, ...]) -> int | None:
    """Minutes after midnight at which the days usually begin, or None before ACTIVE_DAYS of them:
    the start from which all the others are least far, either way round the clock."""
    if len(starts) < ACTIVE_DAYS:
        return None
    return min(sorted(starts), key=lambda at: sum(between(at, other) for other in starts))


def between(one: int, other: int) -> int:
    """Minutes between two times of day, the shorter way round."""
    apart = abs(one - other) % timing.A_DAY
    return min(apart, timing.A_DAY - apart)


def taken_over(learner: Learner) -> int | None:
    """The habit, in minutes, where the reminders follow it instead of the time chosen."""
    rhythm, chosen = learner.rhythm, learner.remind_at
    usual = None if rhythm.hour == "kept" else habit(rhythm.starts)
    if usual is None or chosen is None:
        return None
    near = between(usual, timing.minutes(chosen)) < APART
    return None if near and rhythm.hour == "chosen" else usual


def on_day(learner: Learner, on: date) -> datetime:
    """The moment of that day's reminder. Needs a chosen time (`remind_at`)."""
    assert learner.remind_at is not None
    usual = taken_over(learner)
    if usual is None:
        return timing.moment(on, learner.remind_at, learner.timezone)
    aside = seed(learner.id, on) % (2 * JITTER + 1) - JITTER
    return timing.moment(on, timing.allowed(usual + aside), learner.timezone)


def shown(learner: Learner) -> time:
    """The time of day to tell the learner, without the few minutes aside."""
    usual = taken_over(learner)
    assert learner.remind_at is not None
    return learner.remind_at if usual is None else timing.allowed(usual)
