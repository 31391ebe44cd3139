"""Reminders: at the hour, when something is due, once a day, five a week, never at night."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import timing
from lessons.calendars import Calendar, calendar_from
from lessons.findings import Standing
from lessons.learner import Learner, Rhythm
from lessons.memory.backlog import DAILY
from lessons.reminding import Terms, decide, planned

HANOI = "Asia/Ho_Chi_Minh"
DUE = Standing(3, 0, 5, date(2026, 11, 24))
NOTHING_DUE = Standing(0, 0, 5, date(2026, 11, 27))
EVERY_DAY = Terms(Calendar())
PAUSED = Rhythm(paused_until=date(2026, 12, 1))


def at(text: str, zone: str = HANOI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def learner(**changes: object) -> Learner:
    """Tuesday, 24 November 2026."""
    chosen = Learner(
        "l", consent="yes", remind_at=time(7, 15), remind_asked=True, due_at=at("2026-11-24T07:15")
    )
    return replace(chosen, **changes)  # type: ignore[arg-type]


def sent(*moments: str, **changes: object) -> Rhythm:
    return Rhythm(sent=tuple(at(each) for each in moments), **changes)  # type: ignore[arg-type]


def test_reminded_at_the_chosen_time_with_the_number_the_minutes_and_what_can_be_done() -> None:
    reminder = decide(learner(), DUE, at("2026-11-24T07:15"))
    assert reminder.said is not None
    assert "3 câu" in reminder.said.text
    assert "2 phút" in reminder.said.text
    assert reminder.said.kind == "reminder"
    assert [choice.id for choice in reminder.said.choices] == [
        "c:review", "snooze:hour", "snooze:tomorrow", "pause:week", "c:reminders",
    ]  # fmt: skip
    assert reminder.learner.due_at == at("2026-11-25T07:15")
    assert reminder.learner.rhythm == sent("2026-11-24T07:15", ignored=1)


def test_the_record_says_what_why_and_in_which_words() -> None:
    fact = decide(learner(), DUE, at("2026-11-24T07:15")).fact
    assert fact is not None
    assert (fact.questions, fact.minutes, fact.reason, fact.slot) == (3, 2, "due", "2026-11-24")
    assert fact.template.startswith("due_")


def test_with_nothing_due_it_waits_for_the_day_something_is() -> None:
    reminder = decide(learner(), NOTHING_DUE, at("2026-11-24T07:15"))
    assert reminder.said is None
    assert reminder.learner.due_at == at("2026-11-27T07:15")


def test_no_more_is_named_than_a_day_may_ask() -> None:
    reminder = decide(learner(), Standing(40, DAILY - 7, 60), at("2026-11-24T07:15"))
    assert reminder.fact is not None
    assert reminder.fact.questions == 7
    full = decide(learner(), Standing(40, DAILY, 60), at("2026-11-24T07:15"))
    assert full.said is None


@pytest.mark.parametrize(
    ("changes", "now", "due_at"),
    [
        ({"studied_on": date(2026, 11, 24)}, "2026-11-24T07:15", "2026-11-25T07:15"),
        ({"rhythm": sent("2026-11-24T06:50")}, "2026-11-24T07:15", "2026-11-25T07:15"),
        ({"rhythm": sent("2026-11-23T16:00")}, "2026-11-24T07:15", "2026-11-25T07:15"),
        ({"active_at": at("2026-11-24T07:00")}, "2026-11-24T07:15", "2026-11-24T07:30"),
        ({}, "2026-11-24T09:16", "2026-11-25T07:15"),
        ({"due_at": at("2026-11-24T21:40")}, "2026-11-24T21:40", "2026-11-25T06:30"),
        ({"rhythm": PAUSED}, "2026-11-24T07:15", "2026-12-01T07:15"),
        ({"consent": "no"}, "2026-11-24T07:15", None),
        ({"rhythm": sent("2026-11-10T07:15", ignored=9)}, "2026-11-24T07:15", None),
        ({"due_at": at("2026-11-28T07:15")}, "2026-11-28T07:15", "2026-11-30T07:15"),
    ],
    ids=[
        "studied today", "reminded today", "reminded 15 hours ago", "in the middle of it",
        "two hours late", "at night", "paused", "without consent", "after goodbye", "a Saturday",
    ],
)  # fmt: skip
def test_when_nothing_is_said(changes: dict[str, object], now: str, due_at: str | None) -> None:
    reminder = decide(learner(**changes), DUE, at(now))
    assert reminder.said is None
    assert reminder.learner.due_at == (None if due_at is None else at(due_at))


def test_a_reminder_late_by_less_than_two_hours_is_still_said() -> None:
    assert decide(learner(), DUE, at("2026-11-24T09:14")).said is not None


def test_a_snooze_comes_on_the_same_day_and_is_not_a_second_reminder() -> None:
    before = sent("2026-11-24T07:15")
    snoozed = learner(rhythm=before, due_at=at("2026-11-24T08:15"), snoozed=True)
    assert planned(snoozed, at("2026-11-24T07:20")).due_at == at("2026-11-24T08:15")
    reminder = decide(snoozed, DUE, at("2026-11-24T08:15"))
    assert reminder.fact is not None
    assert reminder.fact.reason == "snooze"
    assert not reminder.learner.snoozed
    assert reminder.learner.rhythm.sent == before.sent
    assert reminder.learner.due_at == at("2026-11-25T07:15")


def test_a_snooze_to_another_day_is_that_days_reminder() -> None:
    snoozed = learner(rhythm=sent("2026-11-23T20:00"), due_at=at("2026-11-24T06:30"), snoozed=True)
    reminder = decide(snoozed, DUE, at("2026-11-24T06:30"))
    assert reminder.said is not None
    assert reminder.learner.due_at == at("2026-11-25T07:15")


def test_who_studied_meanwhile_is_not_reminded_by_a_snooze() -> None:
    studied = learner(snoozed=True, studied_on=date(2026, 11, 24))
    assert decide(studied, DUE, at("2026-11-24T07:15")).said is None


def test_what_was_said_yesterday_evening_leaves_this_morning_out_of_the_plan() -> None:
    evening = learner(rhythm=sent("2026-11-23T16:00"), due_at=None)
    assert planned(evening, at("2026-11-24T06:40")).due_at == at("2026-11-25T07:15")
    nearly = learner(rhythm=sent("2026-11-23T13:30"), due_at=None)
    assert planned(nearly, at("2026-11-24T06:40")).due_at == at("2026-11-24T07:30")


def test_without_consent_nothing_is_planned() -> None:
    assert planned(learner(consent="no"), at("2026-11-24T07:00")).due_at is None


def test_at_most_five_in_seven_days() -> None:
    """Who wants reminders on weekends too gets five in a row, and again after a week."""
    person = learner(rhythm=Rhythm(weekends=True))
    days = []
    for n in range(16):
        now = at("2026-11-23T07:15") + timedelta(days=n)
        reminder = decide(replace(person, due_at=now), DUE, now)
        person = replace(reminder.learner, rhythm=replace(reminder.learner.rhythm, ignored=0))
        days += [n] if reminder.said else []
    assert days == [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15]


def test_ignored_reminders_become_rarer_until_one_goodbye() -> None:
    """After 2, 4, 7 unanswered every 2, 4, 7 days; the change is said; then nothing more."""
    person, begin = (
        planned(learner(due_at=None), at("2026-11-24T07:00"), EVERY_DAY),
        date(2026, 11, 24),
    )
    story = []
    while person.due_at is not None:
        now = person.due_at
        reminder = decide(person, DUE, now, EVERY_DAY)
        person = reminder.learner
        if reminder.said and reminder.fact:
            thinner = "thưa hơn" in reminder.said.text
            day = (timing.day(now, HANOI) - begin).days
            story.append((day, reminder.fact.reason, thinner))
    assert story == [
        (0, "due", False), (1, "due", False), (3, "backoff", True), (5, "backoff", False),
        (9, "backoff", True), (13, "backoff", False), (17, "backoff", False),
        (24, "backoff", True), (31, "goodbye", False),
    ]  # fmt: skip


def test_no_wording_twice_in_a_row_and_each_of_six_is_used() -> None:
    person, used = learner(), []
    for n in range(40):
        now = at("2026-11-24T07:15") + timedelta(days=n)
        reminder = decide(replace(person, due_at=now), DUE, now, EVERY_DAY)
        if reminder.fact:
            used.append(reminder.fact.template)
        person = replace(reminder.learner, rhythm=replace(reminder.learner.rhythm, ignored=0))
    assert len(used) > 25
    assert all(one != next_ for one, next_ in pairwise(used))
    assert len(set(used)) == 6


def test_an_exam_that_is_near_is_named() -> None:
    near = learner(exams={"c6": date(2026, 11, 30), "c1": date(2027, 5, 1)})
    reminder = decide(near, DUE, at("2026-11-24T07:15"))
    assert reminder.said is not None
    assert reminder.fact is not None
    assert "C6: 30/11/2026" in reminder.said.text
    assert reminder.fact.reason == "deadline"


SESSION = calendar_from("""
extends = "vn"
[[session]]
name = "Kỳ họp thử"
sittings = [[2026-11-30, 2026-12-04], [2026-12-14, 2026-12-18]]
source = "lịch giả định"
mark = "U"
""")


def test_nobody_is_reminded_while_the_assembly_sits_and_the_change_is_said_once() -> None:
    person, said = learner(), {}
    for n in range(35):
        now = at("2026-11-24T07:15") + timedelta(days=n)
        reminder = decide(replace(person, due_at=now), DUE, now, Terms(SESSION))
        if reminder.said:
            said[f"{timing.day(now, HANOI):%d/%m}"] = reminder.said.text
        person = replace(reminder.learner, rhythm=replace(reminder.learner.rhythm, ignored=0))
    assert " ".join(said) == (
        "24/11 25/11 26/11 27/11 07/12 08/12 09/12 10/12 11/12 21/12 22/12 23/12 24/12 25/12 28/12"
    )
    told = [day for day, text in said.items() if "ỳ họp" in text]
    assert told == ["24/11", "07/12", "21/12"]


def test_holidays_are_kept_even_by_who_wants_reminders_on_weekends() -> None:
    person = learner(rhythm=Rhythm(weekends=True), due_at=None)
    assert planned(person, at("2026-11-27T08:00")).due_at == at("2026-11-28T07:15")
    assert planned(person, at("2027-02-04T08:00")).due_at == at("2027-02-11T07:15")  # Tết


STARTS = st.integers(1_767_225_600, 1_798_761_600).map(lambda s: datetime.fromtimestamp(s, UTC))
ZONES = st.sampled_from([HANOI, "Europe/Paris", "America/New_York", "Pacific/Auckland"])
HABITS = st.lists(st.integers(0, 1439), min_size=0, max_size=14).map(tuple)


@given(STARTS, st.lists(st.integers(1, 900), max_size=60), st.integers(0, 23), ZONES, HABITS)
def test_never_at_night_never_twice_a_day_never_more_than_five_a_week(
    now: datetime, minutes: list[int], hour: int, zone: str, starts: tuple[int, ...]
) -> None:
    """Ticks at any moments, whatever the chosen hour and the habit; some messages between."""
    rhythm = Rhythm(starts=starts, weekends=True)
    person = planned(learner(remind_at=time(hour), due_at=None, rhythm=rhythm, timezone=zone), now)
    moments: list[datetime] = []
    for step in minutes:
        now += timedelta(minutes=step)
        if step % 5 == 0:
            person = planned(person, now)
        while person.due_at is not None and person.due_at <= now:
            reminder = decide(person, DUE, now)
            person = replace(reminder.learner, rhythm=replace(reminder.learner.rhythm, ignored=0))
            if reminder.said is not None:
                moments.append(now)
                assert not timing.quiet(now, zone)
        assert person.due_at is None or person.due_at > now
    days = [timing.day(each, zone) for each in moments]
    assert len(days) == len(set(days))
    for sixth, first in zip(moments[5:], moments, strict=False):
        assert sixth - first >= timedelta(days=7)


@given(STARTS, st.lists(st.tuples(st.integers(1, 900), ZONES), max_size=60))
def test_a_journey_brings_no_second_reminder_a_day(
    now: datetime, journey: list[tuple[int, str]]
) -> None:
    person, moments = planned(learner(remind_at=time(20), due_at=None), now, EVERY_DAY), []
    for step, zone in journey:
        now += timedelta(minutes=step)
        person = planned(replace(person, timezone=zone), now, EVERY_DAY)
        reminder = decide(person, DUE, now, EVERY_DAY)
        person = replace(reminder.learner, rhythm=replace(reminder.learner.rhythm, ignored=0))
        if reminder.said is not None:
            moments.append(now)
    for second, first in zip(moments[1:], moments, strict=False):
        assert second - first >= timedelta(hours=18)
