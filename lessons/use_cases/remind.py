"""Time passed: everybody whose `due_at` is over is reminded or put off. Safe to run twice."""

from datetime import datetime

from lessons import timing
from lessons.ports import Learners, Repeated, Saving, Stale
from lessons.reminding import decide

AT_ONCE = 500  # learners of one batch


async def remind(store: Learners, now: datetime) -> int:
    """Go through those who are due, in batches; returns how many reminders were said.

    A learner saved by somebody else meanwhile is left to the next tick; the slot makes a second
    reminder for the same moment impossible, whoever else ticks.
    """
    said = 0
    while True:
        due = await store.due(now, AT_ONCE)
        moved = 0
        for learner, address in due:
            day = timing.day(now, learner.timezone)
            standing = await store.standing(learner.id, day, 1)
            reminder = decide(learner, standing, now)
            says = () if reminder.said is None else (reminder.said,)
            facts = () if reminder.fact is None else (reminder.fact,)
            slot = f"due:{learner.id}:{learner.due_at:%Y-%m-%dT%H:%M}" if says else ""
            saving = Saving(reminder.learner, address, now, None, says, facts, slot=slot)
            try:
                await store.save(saving)
            except (Stale, Repeated):
                continue
            moved += 1
            said += len(says)
        if len(due) < AT_ONCE or not moved:
            return said
