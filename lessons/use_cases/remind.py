"""Time passed: everybody whose `due_at` is over is reminded or put off. Safe to run twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from lessons import timing
from lessons.calendars import Calendar
from lessons.learner import Learner
from lessons.messages import Reach
from lessons.ports import Learners, Repeated, Saving, Stale, Unavailable
from lessons.reminding import Terms, counted_on, decide, next_day, where

AT_ONCE = 500  # learners of one batch
Trouble = Callable[[str, Exception], None]  # whom it concerns (an id) and what went wrong
NO_WINDOWS: Mapping[str, timedelta] = {}
NO_CALENDARS: Mapping[str, Calendar] = {}


async def remind(
    store: Learners,
    now: datetime,
    trouble: Trouble = lambda *_: None,
    windows: Mapping[str, timedelta] = NO_WINDOWS,
    calendars: Mapping[str, Calendar] = NO_CALENDARS,
) -> int:
    """Go through those who are due, in batches; returns how many reminders were said.

    `windows`: how long after a person's last message there a platform may be written to, for those
    that have one. `calendars`: those of units, by name, beside the bundled ones. A learner saved by
    somebody else meanwhile is left to the next tick. One who cannot be dealt with is told to
    `trouble` and does not keep the others waiting. Raises Unavailable.
    """
    said = 0
    while True:
        due = await store.due(now, AT_ONCE)
        moved = 0
        for learner, reaches in due:
            try:
                terms = Terms(calendars.get(learner.calendar), reaches, windows)
                said += await _one(store, learner, terms, now)
                moved += 1
            except Stale:
                continue
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001  # the others are not to wait
                trouble(learner.id, error)
                await _put_off(store, learner, reaches, now)
        if len(due) < AT_ONCE or not moved:
            return said


async def _one(store: Learners, learner: Learner, terms: Terms, now: datetime) -> int:
    standing = await store.standing(learner.id, counted_on(learner, now, terms))
    reminder = decide(learner, standing, now, terms)
    address = (where(terms, now) or terms.reaches[0]).address
    if reminder.said is None or reminder.fact is None:
        await store.save(Saving(reminder.learner, address, now))
        return 0
    try:
        says, facts = (reminder.said,), (reminder.fact,)
        saving = Saving(reminder.learner, address, now, None, says, facts, slot=reminder.slot)
        await store.save(saving)
    except Repeated:  # said before, as after a clock that was set back: only the plan moves on
        await store.save(Saving(next_day(learner, now, terms), address, now))
        return 0
    return 1


async def _put_off(
    store: Learners, learner: Learner, reaches: Sequence[Reach], now: datetime
) -> None:
    """Think of this learner again tomorrow; until then they are not due."""
    later = replace(learner, due_at=timing.a_day_later(now), snoozed=False)
    try:
        await store.save(Saving(later, reaches[0].address, now))
    except (Stale, Repeated):
        return
