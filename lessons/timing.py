"""The learner's own time: which day it is, when it is quiet, when the next reminder may come."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ROLLOVER = time(3)  # a learner's day ends at 03:00: late evening and after midnight are one day
QUIET_FROM, QUIET_TO = time(21, 30), time(6, 30)
A_DAY = 24 * 60  # minutes


def local(now: datetime, zone: str) -> datetime:
    """The same moment on the learner's clock."""
    return now.astimezone(ZoneInfo(zone))


def day(now: datetime, zone: str) -> date:
    """The learner's day at `now`: the calendar date, but changing at ROLLOVER."""
    here = local(now, zone)
    return here.date() if here.time() >= ROLLOVER else here.date() - timedelta(days=1)


def moment(on: date, at: time, zone: str) -> datetime:
    """Date and time of the learner's clock as UTC; in a gap of the clock, a moment after it."""
    here = datetime.combine(on, at, ZoneInfo(zone))
    return here.astimezone(UTC)


def quiet(now: datetime, zone: str) -> bool:
    """Whether `now` lies in the learner's quiet hours."""
    return quiet_time(local(now, zone).time())


def out_of_quiet(when: datetime, zone: str) -> datetime:
    """`when` itself, or the end of the quiet hours it lies in."""
    if not quiet(when, zone):
        return when
    here = local(when, zone)
    on = here.date() + timedelta(days=1) if here.time() >= QUIET_FROM else here.date()
    return moment(on, QUIET_TO, zone)


def next_at(at: time, after: datetime, zone: str, not_before: date | None = None) -> datetime:
    """The first moment after `after`, not before a date, when the learner's clock shows `at`."""
    on = local(after, zone).date()
    if not_before is not None and not_before > on:
        on = not_before
    found = moment(on, at, zone)
    while found <= after:
        on += timedelta(days=1)
        found = moment(on, at, zone)
    return found


def quiet_time(at: time) -> bool:
    """Whether a time of the clock lies in the quiet hours."""
    return at >= QUIET_FROM or at < QUIET_TO


def minutes(at: time) -> int:
    """Minutes after midnight."""
    return at.hour * 60 + at.minute


def allowed(after_midnight: int) -> time:
    """The time of day so many minutes after midnight, or the nearest one that is not quiet."""
    at = after_midnight % A_DAY
    last, first = minutes(QUIET_FROM) - 1, minutes(QUIET_TO)
    if at > last or at < first:
        at = last if (at - last) % A_DAY <= (first - at) % A_DAY else first
    return time(at // 60, at % 60)


def after_an_hour(now: datetime) -> datetime:
    return now + timedelta(hours=1)


def a_day_later(now: datetime) -> datetime:
    return now + timedelta(days=1)


def tomorrow(now: datetime, zone: str) -> date:
    """The calendar date after the learner's day at `now`."""
    return day(now, zone) + timedelta(days=1)
