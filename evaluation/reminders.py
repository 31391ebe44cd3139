"""The reminder engine under simulated learners: what it must never do, and how well it does it.

Every learner is a world of its own (evaluation/reminders_world.py), judged by rules written down a
second time (evaluation/reminders_checks.py).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from statistics import median

from evaluation.reminders_checks import broken, local
from evaluation.reminders_life import WINDOWS, Life, Send, calendar_of
from evaluation.reminders_world import live
from evaluation.scenarios import balancing
from lessons.memory.backlog import DAILY
from lessons.reminding.hours import between

CHUNK = 25  # learners given to a process at once
NEAR = 0.2  # the part by which the time named may differ


@dataclass(slots=True)
class Tally:
    """What is kept of many lives: counts, and the few numbers that a percentile needs."""

    sends: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)
    late: Counter[int] = field(default_factory=Counter)  # tenths of seconds after the plan
    after_restart: list[float] = field(default_factory=list)
    habit_errors: list[int] = field(default_factory=list)
    most: int = 0
    numbers_right: int = 0
    minutes_right: int = 0
    dropped: int = 0

    def add(self, other: "Tally") -> None:
        for name in ("broken", "reasons", "hours", "late"):
            getattr(self, name).update(getattr(other, name))
        for name in ("after_restart", "habit_errors"):
            getattr(self, name).extend(getattr(other, name))
        for name in ("sends", "numbers_right", "minutes_right", "dropped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.most = max(self.most, other.most)


def judged(life: Life) -> Tally:
    """One life as a tally."""
    sends = life.sends
    found = Tally(len(sends), broken(life, calendar_of(life.habits.calendar), WINDOWS))
    for send in sends:
        found.reasons[send.reason] += 1
        here = local(send.at, send.zone)
        found.hours[2 * here.hour + here.minute // 30] += 1
        found.numbers_right += send.questions == send.waiting
        found.minutes_right += _fair(send)
        if send.after_restart is None:
            found.late[int((send.at - send.planned).total_seconds() * 10)] += 1
        else:
            found.after_restart.append(send.after_restart)
    if life.learned is not None and life.habits.replies == 0:  # studies by own habit alone
        found.habit_errors.append(between(life.learned, life.habits.minute))
    found.most = max((send.questions for send in sends), default=0)
    found.dropped = life.dropped
    return found


def _fair(send: Send) -> bool:
    """Whether the minutes named are those it takes at the learner's true pace, give or take a
    fifth, in whole minutes as they are named."""
    least, most = (max(1, round(part * send.seconds / 60)) for part in (1 - NEAR, 1 + NEAR))
    return least <= send.minutes <= most


def _some(numbers: Iterable[int], seed: int, days: int) -> Tally:
    found = Tally()
    for number in numbers:
        found.add(judged(live(number, seed, days)))
    return found


def evaluate(learners: int, days: int, seed: int = 1, processes: int = 1) -> Mapping[str, object]:
    """So many learners for so many days; the same for the same numbers, whatever the processes."""
    chunks = [range(at, min(at + CHUNK, learners)) for at in range(0, learners, CHUNK)]
    one, total = partial(_some, seed=seed, days=days), Tally()
    if processes == 1:
        for chunk in chunks:
            total.add(one(chunk))
    else:
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            for found in pool.map(one, chunks):
                total.add(found)
    return _figures(total, learners, days)


def _figures(found: Tally, learners: int, days: int) -> Mapping[str, object]:
    errors, restarts = sorted(found.habit_errors), found.after_restart
    return {
        "learners": learners,
        "days": days,
        "sends": found.sends,
        **{name: found.broken[name] for name in sorted(found.broken)},
        "punctuality_p50_s": _percentile(found.late, 0.5),
        "punctuality_p99_s": _percentile(found.late, 0.99),
        "after_restart": len(restarts),
        "after_restart_max_s": round(max(restarts, default=0.0), 1),
        "dropped_after_downtime": found.dropped,
        "habit_learners": len(errors),
        "habit_error_p50_min": median(errors) if errors else None,
        "habit_error_p90_min": errors[int(0.9 * len(errors))] if errors else None,
        "habit_within_30_min": _share(sum(each <= 30 for each in errors), len(errors)),
        "number_right": _share(found.numbers_right, found.sends),
        "minutes_within_20_percent": _share(found.minutes_right, found.sends),
        "load_cv": _load_cv(),
        "load_max_by_cap": round(found.most / DAILY, 2),
        "reasons": dict(sorted(found.reasons.items())),
        "half_hours": [found.hours[half] for half in range(48)],
    }


def _load_cv() -> float:
    """How uneven the days are that reminders speak of: of the schedule itself, for 300 items."""
    of_the_product = f"balanced, {DAILY} a day"
    rows = {row["schedule"]: row["load_cv"] for row in balancing(1)}
    return round(float(rows[of_the_product]), 3)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _percentile(tenths: Mapping[int, int], part: float) -> float | None:
    """Seconds, to the tenth."""
    wanted, seen = part * sum(tenths.values()), 0
    for value, count in sorted(tenths.items()):
        seen += count
        if seen >= wanted:
            return (value + 1) / 10
    return None


def as_lines(figures: Mapping[str, object]) -> Sequence[str]:
    """For reading: a figure a line."""
    shown = {
        name: value for name, value in figures.items() if name not in ("half_hours", "reasons")
    }
    lines = [f"{name.replace('_', ' '):28} {value}" for name, value in shown.items()]
    reasons, hours = figures["reasons"], figures["half_hours"]
    assert isinstance(reasons, dict)
    assert isinstance(hours, list)
    lines += [f"{'because of ' + name:28} {count}" for name, count in reasons.items()]
    most = max(hours) or 1
    for half, count in enumerate(hours):
        if count:
            at = f"{half // 2:02}:{half % 2 * 30:02}"
            lines.append(f"{at} {'█' * round(40 * count / most)} {count}")
    return lines
