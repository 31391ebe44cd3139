"""The hour of the reminders: the one chosen, then the one that habit shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import timing
from lessons.calendars import Calendar
from lessons.findings import Standing
from lessons.learner import Learner, Rhythm
from lessons.reminding import Terms, decide, heard, planned
from lessons.reminding.hours import JITTER, between, habit

HANOI = "Asia/Ho_Chi_Minh"
DUE = Standing(3, 0, 5)
EVERY_DAY = Terms(Calendar())
SEVEN = (1200, 1195, 1210, 1190, 1205, 1200, 1230)  # 20:00


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(HANOI)).astimezone(UTC)


def learner(**changes: object) -> Learner:
    chosen = Learner("l", consent="yes", remind_at=time(7, 15), remind_asked=True)
    return replace(chosen, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("starts", "usual"),
    [
        ((420,) * 6, None),
        ((420,) * 7, 420),
        ((420, 425, 430, 435, 440, 960, 970), 435),
        ((1430, 1435, 0, 5, 10, 1439, 3), 0),
    ],
    ids=["too few days", "always the same", "two late evenings", "around midnight"],
)
def test_habit_is_the_circular_median(starts: tuple[int, ...], usual: int | None) -> None:
    assert habit(starts) == usual


def test_only_the_first_message_of_a_learners_day_is_a_start() -> None:
    person = learner()
    for moment in ("2026-11-23T20:00", "2026-11-23T20:10", "2026-11-24T01:00", "2026-11-24T19:55"):
        person = replace(heard(person, at(moment)), active_at=at(moment))
    assert person.rhythm.starts == (1200, 1195)


def test_fourteen_days_are_looked_at() -> None:
    person = learner()
    for n in range(20):
        moment = at("2026-11-01T08:00") + timedelta(days=n, minutes=n)
        person = replace(heard(person, moment), active_at=moment)
    assert person.rhythm.starts == tuple(range(486, 500))


def test_any_message_ends_a_silence() -> None:
    silent = learner(rhythm=Rhythm(sent=(at("2026-11-10T07:15"),), ignored=9))
    assert planned(silent, at("2026-11-24T10:00")).due_at is None
    back = heard(silent, at("2026-11-24T10:00"))
    assert back.rhythm.ignored == 0
    assert planned(back, at("2026-11-24T10:00")).due_at == at("2026-11-25T07:15")


def test_habit_takes_over_says_so_once_and_can_be_refused_with_one_tap() -> None:
    person = planned(learner(rhythm=Rhythm(starts=SEVEN)), at("2026-11-24T07:00"))
    assert person.due_at is not None
    assert abs(person.due_at - at("2026-11-24T20:00")) <= timedelta(minutes=JITTER)
    first = decide(person, DUE, person.due_at)
    assert first.said is not None
    assert "20:00" in first.said.text
    assert first.said.choices[-1].id == "hour:keep"
    assert "07:15" in first.said.choices[-1].label
    assert first.learner.rhythm.hour == "learned"
    assert first.learner.due_at is not None
    second = decide(first.learner, DUE, first.learner.due_at)
    assert second.said is not None
    assert "20:00" not in second.said.text


@pytest.mark.parametrize(
    ("starts", "hour", "due_at"),
    [
        ((440, 445, 450, 455, 460, 450, 450), "chosen", "2026-11-24T07:15"),
        (SEVEN, "kept", "2026-11-24T07:15"),
        (SEVEN[:6], "chosen", "2026-11-24T07:15"),
    ],
    ids=["less than half an hour away", "the learner insists", "six days only"],
)
def test_when_the_chosen_time_stays(starts: tuple[int, ...], hour: str, due_at: str) -> None:
    person = learner(rhythm=Rhythm(starts=starts, hour=hour))  # type: ignore[arg-type]
    assert planned(person, at("2026-11-24T06:40")).due_at == at(due_at)


@given(st.lists(st.integers(0, 1439), min_size=7, max_size=14).map(tuple), st.integers(0, 400))
def test_a_learned_hour_is_never_quiet(starts: tuple[int, ...], days: int) -> None:
    now = at("2026-01-01T12:00") + timedelta(days=days)
    person = planned(learner(rhythm=Rhythm(starts=starts, hour="learned")), now, EVERY_DAY)
    assert person.due_at is not None
    assert not timing.quiet(person.due_at, HANOI)


@given(st.lists(st.integers(0, 1439), min_size=7, max_size=14).map(tuple))
def test_no_other_start_is_nearer_to_all(starts: tuple[int, ...]) -> None:
    usual = habit(starts)
    assert usual in starts
    assert usual is not None
    apart = sum(between(usual, each) for each in starts)
    assert all(apart <= sum(between(other, each) for each in starts) for other in starts)


def test_a_holiday_evening_in_the_learners_own_zone() -> None:
    """Days off are those of the learner's clock, not of Hanoi's."""
    abroad = learner(timezone="America/New_York", remind_at=time(20))
    now = datetime(2026, 12, 31, 14, tzinfo=UTC)
    due_at = planned(abroad, now).due_at
    assert due_at is not None
    assert timing.day(due_at, "America/New_York") == date(2026, 12, 31)
