"""Reminders: at the chosen time, when something is due, once a day, never at night."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import timing
from lessons.findings import Standing
from lessons.learner import Learner
from lessons.reminding import decide, planned

HANOI = "Asia/Ho_Chi_Minh"
DUE = Standing(("c6/l1/q1",), 3, 5, date(2026, 11, 24))
NOTHING_DUE = Standing((), 0, 5, date(2026, 11, 27))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(HANOI)).astimezone(UTC)


def learner(**changes: object) -> Learner:
    chosen = Learner(
        "l", consent="yes", remind_at=time(7, 15), remind_asked=True, due_at=at("2026-11-24T07:15")
    )
    return replace(chosen, **changes)  # type: ignore[arg-type]


def test_reminded_at_the_chosen_time_with_the_number_and_the_minutes() -> None:
    reminder = decide(learner(), DUE, at("2026-11-24T07:15"))
    assert reminder.said is not None
    assert "3" in reminder.said.text
    assert reminder.said.kind == "reminder"
    assert [choice.id for choice in reminder.said.choices] == [
        "c:review",
        "snooze:hour",
        "snooze:tomorrow",
    ]
    assert reminder.learner.due_at == at("2026-11-25T07:15")
    assert reminder.learner.reminded_on == date(2026, 11, 24)


def test_with_nothing_due_it_waits_for_the_day_something_is() -> None:
    reminder = decide(learner(), NOTHING_DUE, at("2026-11-24T07:15"))
    assert reminder.said is None
    assert reminder.learner.due_at == at("2026-11-27T07:15")


@pytest.mark.parametrize(
    ("changes", "now", "due_at"),
    [
        ({"studied_on": date(2026, 11, 24)}, "2026-11-24T07:15", "2026-11-25T07:15"),
        ({"reminded_on": date(2026, 11, 24)}, "2026-11-24T07:15", "2026-11-25T07:15"),
        ({"active_at": at("2026-11-24T07:00")}, "2026-11-24T07:15", "2026-11-24T07:30"),
        ({}, "2026-11-24T09:16", "2026-11-25T07:15"),
        ({"due_at": at("2026-11-24T21:40")}, "2026-11-24T21:40", "2026-11-25T06:30"),
    ],
    ids=["studied today", "reminded today", "in the middle of it", "two hours late", "at night"],
)
def test_when_nothing_is_said(changes: dict[str, object], now: str, due_at: str) -> None:
    reminder = decide(learner(**changes), DUE, at(now))
    assert reminder.said is None
    assert reminder.learner.due_at == at(due_at)


def test_a_snooze_comes_on_the_same_day_and_is_not_a_second_reminder() -> None:
    snoozed = learner(reminded_on=date(2026, 11, 24), due_at=at("2026-11-24T08:15"), snoozed=True)
    assert planned(snoozed, at("2026-11-24T07:20")).due_at == at("2026-11-24T08:15")
    reminder = decide(snoozed, DUE, at("2026-11-24T08:15"))
    assert reminder.said is not None
    assert not reminder.learner.snoozed


def test_without_consent_nothing_is_planned() -> None:
    assert planned(learner(consent="no"), at("2026-11-24T07:00")).due_at is None


STARTS = st.integers(1_767_225_600, 1_798_761_600).map(lambda s: datetime.fromtimestamp(s, UTC))


@given(STARTS, st.lists(st.integers(1, 900), max_size=60), st.integers(0, 23))
def test_never_at_night_and_never_unasked_twice_a_day(
    now: datetime, minutes: list[int], hour: int
) -> None:
    """Ticks at any moments, whatever the chosen hour."""
    person = planned(learner(remind_at=time(hour), due_at=None), now)
    days = []
    for step in minutes:
        now += timedelta(minutes=step)
        while person.due_at is not None and person.due_at <= now:
            before = person.due_at
            reminder = decide(person, DUE, now)
            person = reminder.learner
            if reminder.said is not None:
                days.append(timing.day(now, HANOI))
                assert not timing.quiet(now, HANOI)
            assert person.due_at is None or person.due_at > before
    assert len(days) == len(set(days))
