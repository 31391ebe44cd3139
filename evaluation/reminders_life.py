"""What is known about one simulated learner: habits drawn by chance, and all that happened."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from lessons.calendars import Calendar, bundled, calendar_from

BEGIN = date(2027, 1, 4)
HOME = "Asia/Ho_Chi_Minh"
ABROAD = (
    "Europe/Paris", "America/New_York", "Europe/London", "Asia/Tokyo", "Australia/Sydney",
    "Pacific/Auckland", "Asia/Kathmandu", "America/Santiago", "Pacific/Honolulu",
)  # fmt: skip
CHOSEN = (time(7, 15), time(12, 15), time(20), time(6, 45), time(21, 10))
HOUR = timedelta(hours=1)
WINDOWS = {"zalo": timedelta(hours=24)}
UNIT = calendar_from(
    "\n".join(
        ['extends = "vn"']
        + [
            f'[[session]]\nname = "{year}"\nsource = "simulated"\nmark = "U"\n'
            f"sittings = [[{year}-05-20, {year}-06-08], [{year}-06-17, {year}-06-28]]\n"
            f'[[session]]\nname = "{year}, autumn"\nsource = "simulated"\nmark = "U"\n'
            f"sittings = [[{year}-10-20, {year}-11-10], [{year}-11-20, {year}-11-30]]"
            for year in range(2027, 2031)
        ]
    )
)
CALENDARS = {"unit": UNIT}


def calendar_of(name: str) -> Calendar:
    return CALENDARS.get(name) or bundled(name)


@dataclass(frozen=True, slots=True)
class Habits:
    """`own`: how likely a day is studied without a reminder, about `minute` after midnight give or
    take `spread`; `replies`: how likely a reminder is answered; `seconds` a question takes;
    `new`: items learned in the end."""

    zone: str
    platforms: tuple[str, ...]
    calendar: str
    weekends: bool
    chosen: time
    minute: int
    spread: float
    own: float
    replies: float
    seconds: float
    new: int


def habits(luck: Random) -> Habits:
    driven = luck.random() < 0.6  # studies when reminded rather than by habit
    unasked = luck.random() < 0.15  # studies by habit alone
    chosen = luck.choice(CHOSEN)
    near = chosen.hour * 60 + chosen.minute + luck.gauss(0, 20)
    minute = near if luck.random() < 0.4 else luck.uniform(300, 1500)
    return Habits(
        zone=HOME if luck.random() < 0.75 else luck.choice(ABROAD),
        platforms=luck.choice((("telegram",), ("telegram",), ("zalo",), ("telegram", "zalo"))),
        calendar=luck.choice(("", "", "quoc-hoi", "unit")),
        weekends=luck.random() < 0.25,
        chosen=chosen,
        minute=round(minute) % 1440,
        spread=luck.uniform(5, 30),
        own=luck.uniform(0.02, 0.15) if driven and not unasked else luck.uniform(0.3, 0.9),
        replies=0.0 if unasked else luck.uniform(0.3, 0.95),
        seconds=luck.uniform(18, 60),
        new=luck.randint(20, 80),
    )


@dataclass(frozen=True, slots=True)
class Away:
    """A time without the learner: on leave with the reminders paused, or just not there."""

    begin: datetime
    end: datetime
    says: bool


@dataclass(frozen=True, slots=True)
class Send:
    """A reminder that was queued. `waiting` and `seconds` are what was truly due that day and how
    long it takes; `after_restart`: seconds since the program was there again, had it been away."""

    at: datetime
    planned: datetime
    zone: str
    platform: str
    reason: str
    questions: int
    minutes: int
    template: str
    waiting: int
    seconds: float
    after_restart: float | None


@dataclass(frozen=True, slots=True)
class Act:
    """Something heard from the learner."""

    at: datetime
    zone: str
    platform: str
    studied: bool
    pause_until: date | None = None


@dataclass(slots=True)
class Life:
    """All that happened, in order. `happened` holds sends and acts as they came, which a clock
    that was set back does not change. `learned` is the habit found at seven active days."""

    habits: Habits
    happened: list[Send | Act] = field(default_factory=list)
    learned: int | None = None
    dropped: int = 0

    @property
    def sends(self) -> list[Send]:
        return [each for each in self.happened if isinstance(each, Send)]


def absences(luck: Random, begin: datetime, days: int) -> list[Away]:
    """A few longer absences a year."""
    found, at = [], begin + timedelta(days=luck.uniform(20, 120))
    while at < begin + timedelta(days=days):
        end = at + timedelta(days=luck.choice((7, 10, 14, 40, 60)))
        found.append(Away(at, end, luck.random() < 0.4))
        at = end + timedelta(days=luck.uniform(30, 150))
    return found


def moments(luck: Random, begin: datetime, days: int, apart: float) -> list[datetime]:
    """Moments about so many days apart."""
    found, at = [], begin + timedelta(days=luck.expovariate(1 / apart))
    while at < begin + timedelta(days=days):
        found.append(at)
        at += timedelta(days=luck.expovariate(1 / apart))
    return found
