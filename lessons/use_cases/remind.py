"""Time passed: everybody whose `due_at` is over is reminded or put off. Safe to run twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from lessons import timing
from lessons.learner import Learner
from lessons.messages import Address
from lessons.ports import Learners, Repeated, Saving, Stale, Unavailable
from lessons.reminding import decide

AT_ONCE = 500  # learners of one batch
Trouble = Callable[[str, Exception], None]  # whom it concerns (an id) and what went wrong


async def remind(store: Learners, now: datetime, trouble: Trouble = lambda *_: None) -> int:
    """Go through those who are due, in batches; returns how many reminders were said.

    A learner saved by somebody else meanwhile is left to the next tick. One who cannot be dealt
    with is told to `trouble` and does not keep the others waiting. Raises Unavailable.
    """
    said = 0
    while True:
        due = await store.due(now, AT_ONCE)
        moved = 0
        for learner, address in due:
            try:
                said += await _one(store, learner, address, now)
                moved += 1
            except Stale:
                continue
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001  # the others are not to wait
                trouble(learner.id, error)
                await _put_off(store, learner, address, now)
        if len(due) < AT_ONCE or not moved:
            return said


async def _one(store: Learners, learner: Learner, address: Address, now: datetime) -> int:
    day = timing.day(now, learner.timezone)
    standing = await store.standing(learner.id, day, 1)
    reminder = decide(learner, standing, now)
    if reminder.said is None or reminder.fact is None:
        await store.save(Saving(reminder.learner, address, now))
        return 0
    slot = f"due:{learner.id}:{learner.due_at:%Y-%m-%dT%H:%M}"
    try:
        says, facts = (reminder.said,), (reminder.fact,)
        await store.save(Saving(reminder.learner, address, now, None, says, facts, slot=slot))
    except Repeated:  # said before, as after a clock that was set back: only the plan moves on
        await store.save(Saving(reminder.learner, address, now))
        return 0
    return 1


async def _put_off(store: Learners, learner: Learner, address: Address, now: datetime) -> None:
    """Think of this learner again tomorrow; until then they are not due."""
    later = replace(learner, due_at=timing.a_day_later(now), snoozed=False)
    try:
        await store.save(Saving(later, address, now))
    except (Stale, Repeated):
        return
