"""What a learner's reminders must never do, found in the list of what happened alone: nothing here
uses the rules of the engine."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from evaluation.reminders_life import Act, Life, Send
from lessons.calendars import Calendar

QUIET = (6 * 60 + 30, 21 * 60 + 30)  # minutes after midnight: the end, the beginning
WEEK, FIVE = timedelta(days=7), 5
GAPS = {2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 7, 8: 7}  # unanswered in a row: days to the next
GOODBYE = 9  # the number of the last one in a row
A_DAY = timedelta(days=1)
BROKEN = (
    "quiet_hours", "duplicates", "over_cap", "after_studying", "interrupting", "paused", "days_off",
    "backoff", "window_closed", "same_wording", "late",
)  # fmt: skip


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def learner_day(at: datetime, zone: str) -> date:
    """A day of the learner changes at three in the morning."""
    return (local(at, zone).replace(tzinfo=None) - timedelta(hours=3)).date()


def broken(life: Life, calendar: Calendar, windows: dict[str, timedelta]) -> Counter[str]:
    """How often each rule was broken."""
    found = Counter(dict.fromkeys(BROKEN, 0))
    found.update(_one_by_one(life, calendar))
    found.update(_among_acts(life.happened, windows))
    found.update(_together([each for each in life.sends if each.reason != "snooze"]))
    wordings = [each.template for each in life.sends if each.template != "again"]
    found["same_wording"] = sum(one == other for one, other in pairwise(wordings))
    found.update(_in_a_row(life.happened))
    return found


def _one_by_one(life: Life, calendar: Calendar) -> Counter[str]:
    found: Counter[str] = Counter()
    for send in life.sends:
        here = local(send.at, send.zone)
        minute, on = here.hour * 60 + here.minute, here.date()
        found["quiet_hours"] += not QUIET[0] <= minute < QUIET[1]
        found["late"] += send.at - send.planned > timedelta(hours=2)
        spans = [span for session in calendar.sessions for span in session.sittings]
        sitting = any(first <= on <= last for first, last in spans)
        found["days_off"] += sitting
        if sitting or send.reason == "snooze":  # which was asked for
            continue
        weekend = on.weekday() in calendar.weekend and not life.habits.weekends
        holiday = on in calendar.holidays or (on.month, on.day) in calendar.every_year
        found["days_off"] += weekend or holiday
    return found


def _together(sends: Sequence[Send]) -> Counter[str]:
    """Of those nobody asked for: one a learner day, five in seven days."""
    days = [learner_day(each.at, each.zone) for each in sends]
    found = Counter(duplicates=len(days) - len(set(days)))
    moments = sorted(each.at for each in sends)
    found["over_cap"] = sum(
        later - first < WEEK for first, later in zip(moments, moments[FIVE:], strict=False)
    )
    return found


def _among_acts(happened: Sequence[Send | Act], windows: dict[str, timedelta]) -> Counter[str]:
    """Beside what was heard before it: the same day's study, the last half hour, a pause."""
    found: Counter[str] = Counter()
    studied: set[date] = set()
    heard: dict[str, datetime] = {}
    last: Act | None = None
    for each in happened:
        if isinstance(each, Act):
            last, heard[each.platform] = each, each.at
            if each.studied:
                studied.add(learner_day(each.at, each.zone))
            continue
        on = learner_day(each.at, each.zone)
        found["after_studying"] += on in studied
        if last is not None:
            found["interrupting"] += timedelta(0) <= each.at - last.at < timedelta(minutes=30)
            paused = last.pause_until is not None and on < last.pause_until
            found["paused"] += paused and each.reason != "snooze"
        window = windows.get(each.platform)
        if window is not None and each.platform in heard:
            found["window_closed"] += each.at - heard[each.platform] >= window
    return found


def _in_a_row(happened: Sequence[Send | Act]) -> Counter[str]:
    """While nothing is heard the reminders become rarer, end with a goodbye, and stay ended."""
    found: Counter[str] = Counter()
    row: list[Send] = []
    for each in happened:
        if isinstance(each, Act):
            row = []
            continue
        if row:
            apart = learner_day(each.at, each.zone) - learner_day(row[-1].at, row[-1].zone)
            too_soon = apart < GAPS.get(len(row), 1) * A_DAY
            found["backoff"] += too_soon or len(row) >= GOODBYE
        row.append(each)
        found["backoff"] += (each.reason == "goodbye") != (len(row) == GOODBYE)
    return found
