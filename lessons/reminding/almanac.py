"""Almanac: the calendars of this installation, and what they make of a learner's days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from lessons.calendars import Calendar, bundled
from lessons.learner import Learner
from lessons.memory.scheduling import Ease
from lessons.messages import Reach
from lessons.reminding import pace
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
        calendar = self.calendar(learner)
        return lambda day: OFF if pace.day_off(learner, day, calendar) else 1.0
