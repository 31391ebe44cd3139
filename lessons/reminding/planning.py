"""The next moment to think of a learner: at the hour, on a day that may be, where it can be said.

Some platforms may be written to only so long after the person's last message there (their window).
When the hour lies behind the last window, the reminder comes before that window closes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from lessons import timing
from lessons.calendars import Calendar, bundled
from lessons.learner import Learner
from lessons.messages import Reach
from lessons.reminding import hours, pace

IN_PROGRESS = timedelta(minutes=30)  # active within this time: do not interrupt
LEEWAY = timedelta(minutes=30)  # a reminder held back by the one before may come this much later
CLOSING = timedelta(minutes=15)  # before a window closes
EVENING = time(21)  # of the day before, when a window closes at night
FAR = 500  # days that are looked through for one without a reason to be silent


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts besides the learner: the calendar (None: the bundled one the learner names),
    where the learner can be written to (nothing: not known), and the windows of the platforms that
    have one."""

    calendar: Calendar | None = None
    reaches: Sequence[Reach] = ()
    windows: Mapping[str, timedelta] = field(default_factory=dict)

    def calendar_of(self, learner: Learner) -> Calendar:
        return self.calendar or bundled(learner.calendar)


PLAIN = Terms()


def planned(learner: Learner, now: datetime, terms: Terms = PLAIN) -> Learner:
    """The learner with `due_at` at the next reminder, or none without one; a snooze stays.

    `terms` need not name every address: when those it names are closed by then, the hour stays, and
    the tick, which knows all, finds another one or waits.
    """
    today = timing.day(now, learner.timezone)
    waits = learner.snoozed and learner.due_at is not None and learner.due_at > now
    if waits and learner.consent == "yes" and learner.studied_on != today:
        return learner
    due_at = next_moment(learner, now, terms)
    if due_at is None and terms.reaches:
        due_at = next_moment(learner, now, replace(terms, reaches=()))
    if due_at == learner.due_at and not learner.snoozed:
        return learner
    return replace(learner, due_at=due_at, snoozed=False)


def next_moment(
    learner: Learner, now: datetime, terms: Terms, not_before: date | None = None
) -> datetime | None:
    """After `now`, and not before a learner day; None where nothing is to be said for now."""
    if learner.consent != "yes" or learner.remind_at is None or pace.silent(learner):
        return None
    calendar = terms.calendar_of(learner)
    moment, day = pace.earliest(learner, now)
    day = max(day, not_before or day)
    found = _at_the_hour(learner, now, moment, day, calendar)
    if found is None or reachable(terms, found):
        return found
    return _before_closing(learner, now, terms, max(moment, now), day)


def next_day(learner: Learner, now: datetime, terms: Terms) -> Learner:
    """The learner with `due_at` not before tomorrow, and no snooze."""
    tomorrow = timing.tomorrow(now, learner.timezone)
    return replace(learner, due_at=next_moment(learner, now, terms, tomorrow), snoozed=False)


def next_working(learner: Learner, now: datetime, day: date, calendar: Calendar) -> datetime | None:
    """The learner's hour on the first day from this one on that is no day off: what was asked for
    knows no other limit."""
    return _at_the_hour(learner, now, now, day, calendar)


def _at_the_hour(
    learner: Learner, now: datetime, earliest: datetime, day: date, calendar: Calendar
) -> datetime | None:
    on = max(day, timing.day(earliest, learner.timezone))
    for _ in range(FAR):
        if not pace.day_off(learner, on, calendar):
            found = hours.on_day(learner, on)
            if found > now and found >= earliest:
                return found
            held_back = now < earliest <= found + LEEWAY and earliest > found
            if held_back and not timing.quiet(earliest, learner.timezone):
                return earliest
        on += pace.DAY
    return None


def _before_closing(
    learner: Learner, now: datetime, terms: Terms, earliest: datetime, day: date
) -> datetime | None:
    """The last moment at which somewhere may still be written to, outside the quiet hours."""
    zone, calendar = learner.timezone, terms.calendar_of(learner)
    last = max(reach.active_at + terms.windows[reach.address.platform] for reach in terms.reaches)
    last -= CLOSING
    if learner.active_at is not None:
        earliest = max(earliest, learner.active_at + IN_PROGRESS)
    on = timing.day(last, zone)
    while on >= day:
        found = min(last, timing.moment(on, EVENING, zone))
        if found < earliest or found <= now:
            return None
        if not timing.quiet(found, zone) and not pace.day_off(learner, on, calendar):
            return found
        on -= pace.DAY
    return None


def reachable(terms: Terms, at: datetime) -> bool:
    """Whether the learner can be written to at a moment, as far as is known."""
    return not terms.reaches or where(terms, at) is not None


def where(terms: Terms, at: datetime) -> Reach | None:
    """The last active address that may be written to at a moment."""
    return next((reach for reach in terms.reaches if _open(terms, reach, at)), None)


def _open(terms: Terms, reach: Reach, at: datetime) -> bool:
    window = terms.windows.get(reach.address.platform)
    return window is None or at < reach.active_at + window
