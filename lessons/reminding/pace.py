"""On which days a learner may be reminded: working days, not too many, ever fewer when ignored."""

from datetime import date, datetime, timedelta

from lessons import timing
from lessons.calendars import Calendar
from lessons.learner import Learner

DAY = timedelta(days=1)
APART = timedelta(hours=18)  # two reminders: a journey or a clock put back make no second one
WEEK, A_WEEK = timedelta(days=7), 5  # reminders at most
GAPS = {7: 7, 4: 4, 2: 2}  # so many unanswered in a row: so many days from one to the next
LAST = 8  # unanswered; then one goodbye, and silence


def gap(ignored: int) -> int:
    """Days from one reminder to the next after so many unanswered ones."""
    return next((days for missed, days in GAPS.items() if ignored >= missed), 1)


def silent(learner: Learner) -> bool:
    """Whether goodbye was said, and nothing was heard since."""
    return learner.rhythm.ignored > LAST


def day_off(learner: Learner, on: date, calendar: Calendar) -> bool:
    """Whether a day is free of reminders; a learner may want them on weekends, and only there."""
    off = calendar.day_off(on)
    wanted = off == "weekend" and learner.rhythm.weekends
    return calendar.phase(on) == "sitting" or (off != "" and not wanted)


def earliest(learner: Learner, now: datetime) -> tuple[datetime, date]:
    """The moment and the learner day before which there is no reminder, whatever the hour."""
    rhythm, zone = learner.rhythm, learner.timezone
    moment, day = now, timing.day(now, zone)
    if learner.studied_on is not None:
        day = max(day, learner.studied_on + DAY)
    if rhythm.paused_until is not None:
        day = max(day, rhythm.paused_until)
    if rhythm.sent:
        moment = max(moment, rhythm.sent[-1] + APART)
        day = max(day, timing.day(rhythm.sent[-1], zone) + gap(rhythm.ignored) * DAY)
    if len(rhythm.sent) >= A_WEEK:
        moment = max(moment, rhythm.sent[-A_WEEK] + WEEK)
    return moment, day


def may(learner: Learner, now: datetime, calendar: Calendar) -> bool:
    """Whether a reminder may come on this day at this moment."""
    moment, day = earliest(learner, now)
    today = timing.day(now, learner.timezone)
    return moment <= now and day <= today and not day_off(learner, today, calendar)
