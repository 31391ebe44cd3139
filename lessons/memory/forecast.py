"""Forecast: what a plan of learning leads to, lived through by simulated learners.

They answer through the product's own path: `for_today`, `grade`, `review`, `chosen`. What they
really remember is FSRS-6 too, but apart from what the tutor believes: a lucky guess is right for
the tutor and forgotten in truth.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from statistics import fmean

from lessons.chance import seed
from lessons.course import Course
from lessons.memory.backlog import DAILY, allowance, for_today
from lessons.memory.card import MUST_KNOW, RETENTION, Card, Grade, recall, review
from lessons.memory.scheduling import Aim, Ease, as_any_other, chosen

AT_FIRST = 0.75  # how likely the first answer after a lesson is known: assumed, near Anki's users
WEAKEST = 0.1  # part of the items
AFTERWARDS = 60  # days a plan without an exam goes on after the last lesson
CLOSE = 0.01  # recall given away by a budget that is still enough


# Which day a reviewed card is due, and which items are for today: `chosen` and `for_today`, or what
# they are compared with.
Place = Callable[[str, Card, Aim, Mapping[str, date], Ease, int], Card]
Pick = Callable[[Mapping[str, Card], date, int, int], Sequence[str]]


def _every_day(_: date) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Plan:
    """What is learned when: `aims` of all items; `arrivals`, the items learned on a day; `cap`
    reviews a day; from `start` until `end`, on whose morning recall is looked at."""

    aims: Mapping[str, Aim]
    arrivals: Mapping[date, Sequence[str]]
    start: date
    end: date
    exam: date | None = None
    cap: int = DAILY
    ease: Ease = as_any_other
    studies: Callable[[date], bool] = _every_day  # whether the learner comes on a day
    place: Place = chosen
    pick: Pick = for_today
    right: Grade = Grade.GOOD  # what a right answer counts as


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a learner, or the mean of some: items learned, reviews, items left for another day,
    recall of those reviewed when they were asked (summed) and of all learned so far (mean)."""

    on: date
    learned: float
    reviews: float
    waiting: float
    asked: float
    recall: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The days, and how much of the course is remembered on the morning after the last: the mean,
    and the mean of the weakest tenth. What has not been learned is not remembered."""

    days: tuple[Day, ...]
    on: date
    recall: float
    weakest: float
    most: float  # reviews on the fullest day, the mean of the learners

    @property
    def reviews(self) -> float:
        return sum(day.reviews for day in self.days)


def course_plan(
    course: Course, start: date, a_week: float, exam: date | None, cap: int = DAILY
) -> Plan:
    """So many lessons of a course a week, until the exam or 60 days after the last lesson."""
    aims: dict[str, Aim] = {}
    arrivals: dict[date, tuple[str, ...]] = {}
    on = start
    for number, lesson in enumerate(course.lessons):
        on = start + timedelta(days=int(number * 7 / a_week))
        items = {
            f"{course.id}/{lesson.id}/{question.block.id}": Aim(
                MUST_KNOW if "must-know" in question.block.flags else RETENTION,
                question.guess,
                exam,
            )
            for question in next(iter(lesson.texts.values())).questions
        }
        aims |= items
        arrivals[on] = (*arrivals.get(on, ()), *items)
    return Plan(aims, arrivals, start, exam or on + timedelta(days=AFTERWARDS), exam, cap)


@dataclass(slots=True)
class Pupil:
    """One simulated learner: what the tutor believes and what is true."""

    plan: Plan
    chance: Random
    believed: dict[str, Card] = field(default_factory=dict)
    true: dict[str, Card] = field(default_factory=dict)

    def live(self) -> Iterator[Day]:
        """Day after day from the plan's start until the day before its end."""
        on = self.plan.start
        while on < self.plan.end:
            yield self._day(on)
            on += timedelta(days=1)

    def recalls(self, on: date) -> list[float]:
        """What is remembered of every item of the plan, the weakest first."""
        return sorted(
            recall(self.true[item], on) if item in self.true else 0.0 for item in self.plan.aims
        )

    def _day(self, on: date) -> Day:
        plan = self.plan
        due = sum(card.due <= on for card in self.believed.values())
        before = fmean(recall(card, on) for card in self.true.values()) if self.true else 0.0
        if not plan.studies(on):
            return Day(on, 0, 0, due, 0, before)
        asked = 0.0
        today = plan.pick(self.believed, on, 0, self._cap(on)) if due else ()
        for item in today:
            asked += recall(self.true[item], on)
            self._answer(item, on)
        new = plan.arrivals.get(on, ())
        for item in new:
            self._answer(item, on)
        return Day(on, len(new), len(today), due - len(today), asked, before)

    def _answer(self, item: str, on: date) -> None:
        """One question; a miss is asked again at the end of the session, and then known."""
        aim, card, true = self.plan.aims[item], self.believed.get(item), self.true.get(item)
        known = self.chance.random() < (recall(true, on) if true else AT_FIRST)
        right = known or self.chance.random() < aim.guess
        passed = self.plan.right
        card = review(card, passed if right else Grade.AGAIN, on)
        true = review(true, passed if known else Grade.AGAIN, on)
        if not right:
            card, true = review(card, passed, on), review(true, passed, on)
        agenda = {name: each.due for name, each in self.believed.items()}
        cap, ease = self._cap(on), self.plan.ease
        self.believed[item] = self.plan.place(item, card, aim, agenda, ease, cap)
        self.true[item] = true

    def _cap(self, on: date) -> int:
        return allowance(self.plan.cap, on, self.plan.exam, len(self.plan.aims))


def forecast(plan: Plan, learners: int = 5, number: int = 1) -> Forecast:
    """The mean of simulated learners; `number` is the seed, and the same gives the same."""
    pupils = [Pupil(plan, Random(seed(number, each))) for each in range(learners)]
    lived = [tuple(pupil.live()) for pupil in pupils]
    recalls = [pupil.recalls(plan.end) for pupil in pupils]
    return Forecast(
        tuple(_mean(days) for days in zip(*lived, strict=True)),
        plan.end,
        fmean(fmean(each) for each in recalls),
        fmean(fmean(weakest(each)) for each in recalls),
        fmean(max((day.reviews for day in days), default=0) for days in lived),
    )


def weakest(recalls: Sequence[float]) -> Sequence[float]:
    """The first tenth of what is sorted, at least one."""
    return recalls[: max(1, round(len(recalls) * WEAKEST))]


def enough(plan: Plan, learners: int = 3, number: int = 1) -> int:
    """The smallest budget (reviews a day) that no day exceeds and that costs hardly any recall."""
    plenty = forecast(replace(plan, cap=max(1, len(plan.aims))), learners, number)
    low, high = 0, max(1, round(plenty.most))
    while high - low > 1:
        cap = (low + high) // 2
        if _suffices(forecast(replace(plan, cap=cap), learners, number), plenty, cap):
            high = cap
        else:
            low = cap
    return high


def _suffices(found: Forecast, plenty: Forecast, cap: int) -> bool:
    return found.most <= cap and found.recall >= plenty.recall - CLOSE


def _mean(days: Sequence[Day]) -> Day:
    return Day(
        days[0].on,
        fmean(day.learned for day in days),
        fmean(day.reviews for day in days),
        fmean(day.waiting for day in days),
        fmean(day.asked for day in days),
        fmean(day.recall for day in days),
    )
