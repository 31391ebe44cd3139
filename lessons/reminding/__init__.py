"""Whether to remind a learner now, and when to think of it again. Pure: the schedule is `due_at`.

`hours` at what time of day; `pace` on which days; `planning` the next moment; `deciding` what the
tick makes of a learner; `wording` in which words; `almanac` the calendars of an installation. The
rules, with their reasons: docs/reminders.md.
"""

from lessons.reminding.almanac import Almanac as Almanac
from lessons.reminding.deciding import Reminder as Reminder
from lessons.reminding.deciding import counted_on as counted_on
from lessons.reminding.deciding import decide as decide
from lessons.reminding.hours import heard as heard
from lessons.reminding.planning import Terms as Terms
from lessons.reminding.planning import next_day as next_day
from lessons.reminding.planning import next_working as next_working
from lessons.reminding.planning import planned as planned
from lessons.reminding.planning import where as where
