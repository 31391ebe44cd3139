"""Whether to remind a learner now, and when to think of it again. Pure: the schedule is `due_at`.

A reminder comes at the chosen time, on a day when something is due, once a day, never in the quiet
hours and never to somebody who is studying or has studied that day. A snooze the learner asked for
is not a second reminder, but keeps out of the quiet hours too.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lessons import timing
from lessons.facts import Reminded
from lessons.findings import Standing
from lessons.learner import Learner
from lessons.messages import Choice, Said
from lessons.texts import Voice

IN_PROGRESS = timedelta(minutes=30)  # active within this time: do not interrupt
TOO_LATE = timedelta(hours=2)  # after a longer downtime a reminder is dropped, not delivered late
SECONDS_A_QUESTION = 35


@dataclass(frozen=True, slots=True)
class Reminder:
    """What the tick makes of one learner: the learner afterwards, and perhaps a message."""

    learner: Learner
    said: Said | None = None
    fact: Reminded | None = None


def planned(learner: Learner, now: datetime) -> Learner:
    """The learner with `due_at` at the next chosen time, or none without one; a snooze stays."""
    if learner.consent != "yes":
        return replace(learner, due_at=None, snoozed=False)
    if learner.snoozed and learner.due_at is not None and learner.due_at > now:
        return learner
    due_at = _next(learner, now)
    if due_at == learner.due_at and not learner.snoozed:
        return learner
    return replace(learner, due_at=due_at, snoozed=False)


def _next(learner: Learner, now: datetime) -> datetime | None:
    if learner.remind_at is None:
        return None
    today = timing.day(now, learner.timezone)
    had = today in (learner.studied_on, learner.reminded_on)
    not_before = timing.tomorrow(now, learner.timezone) if had else None
    return timing.next_at(learner.remind_at, now, learner.timezone, not_before)


def decide(learner: Learner, standing: Standing, now: datetime) -> Reminder:
    """For a learner whose `due_at` has passed: remind, or put it off to when it makes sense."""
    zone = learner.timezone
    late = learner.due_at is not None and now - learner.due_at > TOO_LATE
    if timing.quiet(now, zone) and not late:
        return Reminder(replace(learner, due_at=timing.out_of_quiet(now, zone)))
    if learner.active_at is not None and now - learner.active_at < IN_PROGRESS:
        later = timing.out_of_quiet(learner.active_at + IN_PROGRESS, zone)
        return Reminder(replace(learner, due_at=later))
    today = timing.day(now, zone)
    had = not learner.snoozed and today in (learner.studied_on, learner.reminded_on)
    if had or late:
        return Reminder(replace(learner, due_at=_next(learner, now), snoozed=False))
    if not standing.due_count:
        return Reminder(replace(learner, due_at=_when_due(learner, standing, now), snoozed=False))
    said = _said(learner, standing)
    sent = replace(learner, reminded_on=today, snoozed=False, offered=said.choices)
    sent = replace(sent, due_at=_next(sent, now))
    return Reminder(sent, said, Reminded(standing.due_count, f"{today:%Y-%m-%d}"))


def _when_due(learner: Learner, standing: Standing, now: datetime) -> datetime | None:
    """The chosen time on the first day something is due; with nothing to remember, tomorrow."""
    if learner.remind_at is None:
        return None
    tomorrow = timing.tomorrow(now, learner.timezone)
    day = max(standing.next_day or tomorrow, tomorrow)
    return timing.next_at(learner.remind_at, now, learner.timezone, day)


def _said(learner: Learner, standing: Standing) -> Said:
    voice = Voice(learner.language, learner.form)
    minutes = max(1, round(standing.due_count * SECONDS_A_QUESTION / 60))
    text = voice.say(
        "reminder.due",
        questions=voice.count("questions", standing.due_count),
        minutes=voice.count("minutes", minutes),
    )
    choices = (
        Choice("c:review", voice.say("reminder.now")),
        Choice("snooze:hour", voice.say("reminder.hour")),
        Choice("snooze:tomorrow", voice.say("reminder.tomorrow")),
    )
    return Said(text, choices, "reminder")
