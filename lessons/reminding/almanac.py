"""Almanac: the calendars of this installation, and what they make of a learner's days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from lessons.calendars import Calendar, bundled
from lessons.learner import Learner
from lessons.memory.scheduling import Ease
from lessons.messages import Reach
from lessons.reminding.planning import Terms

OFF = 0.25  # of the reviews of another day, on a day off or of a sitting


@dataclass(frozen=True, slots=True)
class Almanac:
    """`calendars`: those of units, by name, beside the bundled ones; `windows`: how long after a
    person's last message a platform may be written to, for those that have such a limit."""

    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    windows: Mapping[str, timedelta] = field(default_factory=dict)

    def calendar(self, learner: Learner) -> Calendar:
        return self.calendars.get(learner.calendar) or bundled(learner.calendar)

    def terms(self, learner: Learner, reaches: Sequence[Reach] = ()) -> Terms:
        """What counts for the next reminder besides the learner."""
        return Terms(self.calendar(learner), reaches, self.windows)

    def ease(self, learner: Learner) -> Ease:
        """How much of a working day's reviews each day may be given."""
        calendar, weekends = self.calendar(learner), learner.rhythm.weekends

        def of(day: date) -> float:
            off = calendar.day_off(day)
            free = off and not (off == "weekend" and weekends)
            return OFF if free or calendar.phase(day) == "sitting" else 1.0

        return of
