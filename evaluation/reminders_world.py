"""One learner, one program that crashes now and then, two schedulers in it, and a clock that jumps
from one event to the next and is sometimes set back. The engine in it is the product's."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from math import ceil, log
from random import Random
from typing import cast

from evaluation.reminders_life import (
    ABROAD,
    BEGIN,
    CALENDARS,
    HOUR,
    WINDOWS,
    Act,
    Away,
    Life,
    Send,
    absences,
    habits,
    moments,
)
from evaluation.reminders_store import OneLearner, together
from lessons import memory, timing
from lessons.dialogue import Sitting, rhythm
from lessons.facts import Reminded
from lessons.learner import Learner, Rhythm
from lessons.library import Library
from lessons.memory.backlog import DAILY, for_today
from lessons.memory.grading import timed
from lessons.memory.scheduling import Aim, as_any_other, chosen
from lessons.messages import Reach
from lessons.ports import Learners
from lessons.reminding import Terms, heard, planned
from lessons.reminding.hours import habit
from lessons.use_cases.remind import remind

TICK = 2.0  # seconds between two ticks of a scheduler, as in scheduler/jobs.py
SET_BACK = 0.02  # of the reminders are followed by a clock that is set back, besides other times
NOTHING = Library()


def live(number: int, seed: int, days: int) -> Life:
    """So many days of the learner of this number."""
    return _World(number, seed, days).run()


@dataclass(slots=True)
class _World:
    number: int
    seed: int
    days: int
    luck: Random = field(init=False)
    life: Life = field(init=False)
    store: OneLearner = field(init=False)
    now: datetime = field(init=False)
    end: datetime = field(init=False)
    own: datetime = field(init=False)  # when the learner comes unasked
    own_day: date = field(init=False)
    reply: tuple[datetime, Callable[[], None]] | None = None
    away: list[Away] = field(init=False)
    journeys: list[datetime] = field(init=False)
    down: list[tuple[datetime, datetime]] = field(init=False)
    set_back: list[datetime] = field(init=False)
    phase: float = field(init=False)

    def __post_init__(self) -> None:
        self.luck = luck = Random(f"{self.seed}/{self.number}")
        self.life = Life(habits(luck))
        mine = self.life.habits
        self.now = begin = timing.moment(BEGIN, time(9), mine.zone)
        self.end = begin + timedelta(days=self.days)
        self.away = absences(luck, begin, self.days)
        self.journeys = moments(luck, begin, self.days, 60)
        self.set_back = moments(luck, begin, self.days, 90)
        crashes = moments(luck, begin, self.days, 20)
        self.down = [(at, at + luck.uniform(0, 5) * HOUR) for at in crashes]
        self.phase = luck.uniform(0, TICK)
        learner = Learner(
            f"s{self.number}", timezone=mine.zone, consent="yes", remind_at=mine.chosen,
            remind_asked=True, calendar=mine.calendar, rhythm=Rhythm(weekends=mine.weekends),
        )  # fmt: skip
        self.store = OneLearner(learner, dict.fromkeys(mine.platforms, begin))
        self.own_day, self.own = BEGIN - timedelta(days=1), begin

    def run(self) -> Life:
        self._hear(self._studied)
        self._next_own()
        while True:
            if self.set_back and self.now >= self.set_back[0]:
                self.set_back.pop(0)
                self.now -= self.luck.uniform(0.1, 3) * HOUR
            when, what, up = min(self._coming(), key=lambda each: each[0])
            if when >= self.end:
                return self.life
            self.now = when
            what(up)

    def _coming(self) -> list[tuple[datetime, Callable[[datetime | None], None], datetime | None]]:
        """What may happen next, and since when the program is there again if it was not."""
        found: list[tuple[datetime, Callable[[datetime | None], None], datetime | None]] = []

        def add(at: datetime, what: Callable[[datetime | None], None]) -> None:
            at, up = max(at, self.now), None
            for begin, end in self.down:
                if begin <= at < end:
                    up, at = end, end + timedelta(seconds=self.phase)
            found.append((at, what, up))

        add(self.own, self._comes)
        if self.reply is not None:
            add(self.reply[0], self._replies)
        if self.journeys:
            add(self.journeys[0], self._travels)
        if self.away:
            add(self.away[0].end if self._gone() else self.away[0].begin, self._leaves)
        if self.store.learner.due_at is not None:
            add(self._tick_after(self.store.learner.due_at), self._ticks)
        return found

    def _tick_after(self, at: datetime) -> datetime:
        seconds = max(at, self.now).timestamp() - self.phase
        return datetime.fromtimestamp(ceil(seconds / TICK) * TICK + self.phase, UTC)

    def _gone(self) -> bool:
        return bool(self.away) and self.away[0].begin <= self.now

    # --- the learner ---

    def _next_own(self) -> None:
        """The next day on which the learner comes unasked, about the usual time."""
        mine = self.life.habits
        self.own_day = max(self.own_day + pace(self.luck, mine.own), self._day())
        minute = round(self.luck.gauss(mine.minute, mine.spread)) % timing.A_DAY
        at = time(minute // 60, minute % 60)
        on = self.own_day + timedelta(days=int(at < timing.ROLLOVER))
        self.own = max(timing.moment(on, at, self._zone()), self.now + timedelta(minutes=1))

    def _comes(self, _: datetime | None) -> None:
        if not self._gone():
            self._hear(self._studied if self.luck.random() < 0.85 else self._read)
        self._next_own()

    def _replies(self, _: datetime | None) -> None:
        assert self.reply is not None
        _, does = self.reply
        self.reply = None
        if not self._gone():
            does()

    def _travels(self, _: datetime | None) -> None:
        self.journeys.pop(0)
        home = self.life.habits.zone
        zone = self.luck.choice(ABROAD) if self._zone() == home else home
        if not self._gone():
            self._hear(lambda learner: self._tapped(learner, "zone", zone))

    def _leaves(self, _: datetime | None) -> None:
        """The beginning of an absence, said or not, or its end: most come back by themselves."""
        absence = self.away[0]
        if self.now < absence.end:
            if absence.says:
                days = min((absence.end - self.now).days, rhythm.LONGEST)
                self._hear(lambda learner: self._tapped(learner, "pause", str(max(days, 1))))
            self.away[0] = replace(absence, begin=self.now)
            return
        self.away.pop(0)
        self._hear(self._studied if self.luck.random() < 0.7 else self._read)

    def _hear(self, does: Callable[[Learner], Learner]) -> None:
        """A message, as the conversation deals with it."""
        store, before = self.store, self.store.learner
        learner = replace(heard(before, self.now), active_at=self.now)
        learner = does(learner)
        platform = self.luck.choice(self.life.habits.platforms)
        store.heard_at[platform] = self.now
        here = next(each for each in store.reaches() if each.address.platform == platform)
        store.put(planned(learner, self.now, self._terms(here)))
        if self.life.learned is None:
            self.life.learned = habit(learner.rhythm.starts)
        until = learner.rhythm.paused_until
        studied = learner.studied_on == self._day() and does == self._studied
        self.life.happened.append(Act(self.now, before.timezone, platform, studied, until))

    def _terms(self, *reaches: Reach) -> Terms:
        return Terms(CALENDARS.get(self.life.habits.calendar), reaches, WINDOWS)

    def _read(self, learner: Learner) -> Learner:
        return learner

    def _tapped(self, learner: Learner, stamp: str, value: str) -> Learner:
        return rhythm.tapped(Sitting(learner, NOTHING, self.now), stamp, value).learner

    def _studied(self, learner: Learner) -> Learner:
        """A review of what is due, or with nothing due five new items; an end to a pause."""
        day, cards, mine = (
            timing.day(self.now, learner.timezone),
            self.store.cards,
            self.life.habits,
        )
        known = for_today(cards, day, self.store.asked.get(day, 0), DAILY)
        fresh = (
            [] if known else [f"c6/l{n}" for n in range(len(cards), min(len(cards) + 5, mine.new))]
        )
        pace = learner.pace.get("single_choice", ())
        for item in (*known, *fresh):
            card = cards.get(item)
            knows = self.luck.random() < (memory.recall(card, day) if card else 0.7)
            grade = memory.Grade.GOOD if knows else memory.Grade.AGAIN
            agenda = {name: each.due for name, each in cards.items()}
            cards[item] = chosen(
                item, memory.review(card, grade, day), Aim(), agenda, as_any_other, DAILY
            )
            pace = timed(pace, self.luck.lognormvariate(log(mine.seconds) - 0.08, 0.4))
        self.store.asked[day] = self.store.asked.get(day, 0) + len(known)
        if not (known or fresh):
            return learner
        calm = replace(learner.rhythm, paused_until=None)
        return replace(learner, studied_on=day, pace={"single_choice": pace}, rhythm=calm)

    # --- the program ---

    def _ticks(self, up: datetime | None) -> None:
        """Both schedulers; now and then at the very same time."""
        store, before = cast(Learners, self.store), self.store.learner
        runs = [remind(store, self.now, _fail, WINDOWS, CALENDARS) for _ in range(2)]
        if self.luck.random() < 0.3:
            together(*runs)
        else:
            for run in runs:
                together(run)
        if before.due_at is not None and self.now - before.due_at > 2 * HOUR:
            self.life.dropped += 1
        if up is not None:
            self.phase = self.luck.uniform(0, TICK)
        for saving, due_at in self.store.sent:
            self._receives(before, saving.facts[0], due_at, saving.address.platform, up)
        self.store.sent.clear()

    def _receives(
        self, before: Learner, fact: object, due_at: datetime, platform: str, up: datetime | None
    ) -> None:
        assert isinstance(fact, Reminded)
        mine, day = self.life.habits, self._day()
        ahead = timedelta(days=1 if fact.reason == "window" else 0)
        waiting = sum(card.due <= day + ahead for card in self.store.cards.values())
        waiting = min(waiting, DAILY - self.store.asked.get(day, 0))
        self.life.happened.append(
            Send(
                self.now, due_at, before.timezone, platform, fact.reason, fact.questions,
                fact.minutes, fact.template, waiting, fact.questions * mine.seconds,
                None if up is None else (self.now - up).total_seconds(),
            )
        )  # fmt: skip
        if self.luck.random() < SET_BACK:
            self.now -= self.luck.uniform(0.1, 3) * HOUR
        if not self._gone() and self.luck.random() < mine.replies:
            minutes = max(0.2, self.luck.lognormvariate(log(15), 1.2))
            self.reply = (self.now + timedelta(minutes=minutes), self._answer())

    def _answer(self) -> Callable[[], None]:
        """What a reminder is answered with."""
        taps = (("snooze", "hour"), ("snooze", "tomorrow"), ("pause", "week"), ("hour", "keep"))
        drawn = self.luck.random()
        if drawn < 0.85:
            return lambda: self._hear(self._studied)
        if drawn < 0.9:
            return lambda: self._hear(self._read)
        stamp, value = self.luck.choices(taps, (6, 3, 1, 1))[0]
        return lambda: self._hear(lambda learner: self._tapped(learner, stamp, value))

    def _zone(self) -> str:
        return self.store.learner.timezone

    def _day(self) -> date:
        return timing.day(self.now, self._zone())


def pace(luck: Random, chance: float) -> timedelta:
    """Days until the next one that a chance of each day gives."""
    return timedelta(days=1 + int(log(1 - luck.random()) / log(1 - chance)))


def _fail(learner_id: str, error: Exception) -> None:
    raise AssertionError(learner_id) from error
