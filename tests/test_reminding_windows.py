"""Platforms that may be written to only so long after the person's last message there."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from lessons import timing
from lessons.findings import Standing
from lessons.learner import Learner
from lessons.messages import Address, Reach
from lessons.reminding import Terms, counted_on, decide, planned, where

HANOI = "Asia/Ho_Chi_Minh"
DUE = Standing(4, 0, 9)
A_DAY = {"zalo": timedelta(hours=24)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(HANOI)).astimezone(UTC)


def reach(platform: str, active_at: str) -> Reach:
    return Reach(Address(platform, "an"), at(active_at))


def terms(*reaches: Reach) -> Terms:
    return Terms(reaches=reaches, windows=A_DAY)


def learner(**changes: object) -> Learner:
    chosen = Learner("l", consent="yes", remind_at=time(20), remind_asked=True)
    return replace(chosen, **changes)  # type: ignore[arg-type]


def test_the_last_active_place_that_may_be_written_to_is_taken() -> None:
    zalo, telegram = reach("zalo", "2026-11-24T08:00"), reach("telegram", "2026-11-20T08:00")
    both = terms(zalo, telegram)
    assert where(both, at("2026-11-25T07:59")) is zalo
    assert where(both, at("2026-11-25T08:00")) is telegram
    assert where(terms(zalo), at("2026-11-25T08:00")) is None


def test_what_would_come_after_the_window_comes_before_it_closes() -> None:
    """Studied on Tuesday at 10:00; at 20:00 on Wednesday the window is closed."""
    studied = learner(studied_on=date(2026, 11, 24), active_at=at("2026-11-24T10:00"))
    only = terms(reach("zalo", "2026-11-24T10:00"))
    person = planned(studied, at("2026-11-24T10:05"), only)
    assert person.due_at == at("2026-11-25T09:45")
    assert counted_on(person, person.due_at, only) == date(2026, 11, 26)
    reminder = decide(person, DUE, person.due_at, only)
    assert reminder.said is not None
    assert reminder.fact is not None
    assert "4 câu" in reminder.said.text
    assert reminder.fact.reason == "window"
    assert reminder.learner.due_at is None  # and now it waits until something is heard


def test_a_window_that_closes_at_night_is_used_the_evening_before() -> None:
    read = learner(remind_at=time(7, 15), active_at=at("2026-11-24T05:00"))
    person = planned(read, at("2026-11-24T08:00"), terms(reach("zalo", "2026-11-24T05:00")))
    assert person.due_at == at("2026-11-24T21:00")


def test_with_another_place_open_the_hour_stays() -> None:
    early = learner(due_at=at("2026-11-25T09:45"))
    both = terms(reach("zalo", "2026-11-24T10:00"), reach("telegram", "2026-11-20T08:00"))
    reminder = decide(early, DUE, at("2026-11-25T09:45"), both)
    assert reminder.said is None
    assert reminder.learner.due_at == at("2026-11-25T20:00")


def test_a_window_that_closes_over_the_weekend_leaves_the_hour_to_other_places() -> None:
    """The plan is made where something was heard; the tick knows the other addresses."""
    read = learner(studied_on=date(2026, 11, 27), active_at=at("2026-11-27T21:00"))
    zalo, telegram = reach("zalo", "2026-11-27T21:00"), reach("telegram", "2026-11-20T08:00")
    person = planned(read, at("2026-11-27T21:00"), terms(zalo))
    assert person.due_at == at("2026-11-30T20:00")
    assert decide(person, DUE, at("2026-11-30T20:00"), terms(zalo, telegram)).said is not None
    alone = decide(person, DUE, at("2026-11-30T20:00"), terms(zalo))
    assert (alone.said, alone.learner.due_at) == (None, None)


def test_where_nothing_may_be_said_nothing_is_planned() -> None:
    closed = terms(reach("zalo", "2026-11-20T08:00"))
    reminder = decide(learner(due_at=at("2026-11-24T20:00")), DUE, at("2026-11-24T20:00"), closed)
    assert (reminder.said, reminder.learner.due_at) == (None, None)


@given(st.integers(0, 60 * 24 * 400), st.integers(1, 240), st.times(), st.integers(0, 3000))
def test_never_after_the_window_never_at_night(
    begin: int, hours: int, chosen: time, studied: int
) -> None:
    heard = at("2026-01-01T00:00") + timedelta(minutes=begin)
    now = heard + timedelta(minutes=studied)
    window = timedelta(hours=hours)
    only = Terms(reaches=(Reach(Address("zalo", "an"), heard),), windows={"zalo": window})
    person = learner(remind_at=chosen, active_at=heard, studied_on=timing.day(heard, HANOI))
    person = planned(person, now, only)
    for _ in range(20):
        if person.due_at is None:
            break
        assert person.due_at > now
        now = person.due_at
        reminder = decide(person, DUE, now, only)
        person = reminder.learner
        if reminder.said is not None:
            assert now < heard + window
            assert not timing.quiet(now, HANOI)
