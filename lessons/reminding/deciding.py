"""What the tick makes of a learner whose `due_at` has passed: a reminder, or another moment."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lessons import timing
from lessons.facts import Reminded
from lessons.findings import Standing
from lessons.learner import Learner
from lessons.messages import Said
from lessons.reminding import hours, pace, wording
from lessons.reminding.planning import (
    IN_PROGRESS,
    PLAIN,
    Terms,
    next_moment,
    reachable,
)

TOO_LATE = timedelta(hours=2)  # after a longer downtime a reminder is dropped, not delivered late
EXAM_NEAR = 7  # days
KEPT = 2 * len(wording.WORDINGS)  # moments: cut by as many as there are wordings, so that their
# number still tells which wording is next


@dataclass(frozen=True, slots=True)
class Reminder:
    """What the tick makes of one learner: the learner afterwards, and perhaps a message. `slot`
    names it: of two reminders with one slot only the first is said."""

    learner: Learner
    said: Said | None = None
    fact: Reminded | None = None
    slot: str = ""


def counted_on(learner: Learner, now: datetime, terms: Terms = PLAIN) -> date:
    """The learner day up to which due items count: today; where this is the last that can be said
    before every window closes, the day after the reminder that it comes instead of."""
    then = None if learner.snoozed else _not_yet(learner, now, terms)
    if then is None or reachable(terms, then):
        return timing.day(now, learner.timezone)
    return timing.tomorrow(then, learner.timezone)


def _not_yet(learner: Learner, now: datetime, terms: Terms) -> datetime | None:
    """The hour that is still to come, when `now` is before it."""
    if learner.remind_at is None:
        return None
    today = timing.day(now, learner.timezone)
    closed = pace.day_off(learner, today, terms.calendar_of(learner))
    if not closed and hours.on_day(learner, today) <= now:
        return None
    return next_moment(learner, now, replace(terms, reaches=()))


def decide(learner: Learner, standing: Standing, now: datetime, terms: Terms = PLAIN) -> Reminder:
    """For a learner whose `due_at` has passed: remind, or put it off to when it makes sense.

    `standing` is that of the day `counted_on`.
    """
    if learner.consent != "yes" or (learner.remind_at is None and not learner.snoozed):
        return Reminder(replace(learner, due_at=None, snoozed=False))
    if learner.due_at is not None and now - learner.due_at > TOO_LATE:
        return _anew(learner, now, terms)
    later = _undisturbed(learner, now)
    if later > now:
        return Reminder(replace(learner, due_at=later))
    if not _may(learner, now, terms):
        return _anew(learner, now, terms)
    if not learner.snoozed:
        then = _not_yet(learner, now, terms)
        if then is not None and reachable(terms, then):
            return Reminder(replace(learner, due_at=then))
    today = timing.day(now, learner.timezone)
    count = standing.today(learner.daily(today, standing.items))
    if not count:
        tomorrow = timing.tomorrow(now, learner.timezone)
        return _anew(learner, now, terms, max(standing.next_day or tomorrow, tomorrow))
    return _reminded(learner, count, now, terms)


def _anew(
    learner: Learner, now: datetime, terms: Terms, not_before: date | None = None
) -> Reminder:
    due_at = next_moment(learner, now, terms, not_before)
    return Reminder(replace(learner, due_at=due_at, snoozed=False))


def _undisturbed(learner: Learner, now: datetime) -> datetime:
    """`now`, or when the quiet hours and what the learner is doing are over."""
    when = now
    if learner.active_at is not None and now - learner.active_at < IN_PROGRESS:
        when = max(now, learner.active_at + IN_PROGRESS)
    return timing.out_of_quiet(when, learner.timezone)


def _may(learner: Learner, now: datetime, terms: Terms) -> bool:
    if not reachable(terms, now):
        return False
    calendar, today = terms.calendar_of(learner), timing.day(now, learner.timezone)
    if learner.snoozed:
        return learner.studied_on != today and calendar.phase(today) != "sitting"
    return not pace.silent(learner) and pace.may(learner, now, calendar)


def _reminded(learner: Learner, count: int, now: datetime, terms: Terms) -> Reminder:
    today, rhythm = timing.day(now, learner.timezone), learner.rhythm
    exam = _exam(learner, today)
    reason = _reason(learner, now, terms, exam)
    words = wording.Words(learner, count, reason, exam)
    said, template = wording.said(words, today, terms.calendar_of(learner))
    asked_for = learner.snoozed and wording.sent_on(learner, today)
    sent = rhythm.sent if asked_for else (*rhythm.sent, now)
    sent = sent[len(wording.WORDINGS) :] if len(sent) == KEPT else sent
    moved = hours.taken_over(learner) is not None and not learner.snoozed
    rhythm = replace(
        rhythm, sent=sent, ignored=rhythm.ignored + 1, hour="learned" if moved else rhythm.hour
    )
    after = replace(learner, rhythm=rhythm, snoozed=False, offered=said.choices)
    after = replace(after, due_at=next_moment(after, now, terms))
    slot = f"{today:%Y-%m-%d}" if reason != "snooze" else f"{learner.due_at:%Y-%m-%dT%H:%M}"
    fact = Reminded(words.count, slot, words.minutes, reason, template)
    name = "snooze" if reason == "snooze" else "remind"
    return Reminder(after, said, fact, f"{name}:{learner.id}:{slot}")


def _reason(
    learner: Learner, now: datetime, terms: Terms, exam: tuple[str, date] | None
) -> wording.Reason:
    if learner.snoozed:
        return "snooze"
    if learner.rhythm.ignored >= pace.LAST:
        return "goodbye"
    if _not_yet(learner, now, terms) is not None:
        return "window"
    if exam is not None:
        return "deadline"
    return "backoff" if pace.gap(learner.rhythm.ignored) > 1 else "due"


def _exam(learner: Learner, today: date) -> tuple[str, date] | None:
    """The course and day of the next exam, when it is near."""
    near = [
        (on, course) for course, on in learner.exams.items() if 0 <= (on - today).days <= EXAM_NEAR
    ]
    return (min(near)[1], min(near)[0]) if near else None
