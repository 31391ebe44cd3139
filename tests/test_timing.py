"""The learner's own time: days, quiet hours, the next reminder, clocks that jump."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import timing

HANOI = "Asia/Ho_Chi_Minh"


def at(text: str, zone: str = HANOI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-23T21:00", "2026-11-23"),
        ("2026-11-24T02:59", "2026-11-23"),
        ("2026-11-24T03:00", "2026-11-24"),
    ],
)
def test_a_learners_day_ends_at_three(moment: str, day: str) -> None:
    assert timing.day(at(moment), HANOI) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("moment", "moved"),
    [
        ("2026-11-23T21:29", "2026-11-23T21:29"),
        ("2026-11-23T21:30", "2026-11-24T06:30"),
        ("2026-11-24T05:00", "2026-11-24T06:30"),
        ("2026-11-24T06:30", "2026-11-24T06:30"),
    ],
)
def test_out_of_the_quiet_hours(moment: str, moved: str) -> None:
    assert timing.out_of_quiet(at(moment), HANOI) == at(moved)


def test_the_next_reminder_is_after_now_and_not_before_a_day() -> None:
    seven = time(7, 15)
    assert timing.next_at(seven, at("2026-11-23T07:14"), HANOI) == at("2026-11-23T07:15")
    assert timing.next_at(seven, at("2026-11-23T07:15"), HANOI) == at("2026-11-24T07:15")
    later = timing.next_at(seven, at("2026-11-23T07:00"), HANOI, date(2026, 11, 26))
    assert later == at("2026-11-26T07:15")


MOMENTS = st.integers(1_577_836_800, 2_051_222_400).map(lambda s: datetime.fromtimestamp(s, UTC))
ZONES = st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Paris", "America/Santiago", "Asia/Kathmandu"])
TIMES = st.times().filter(lambda chosen: not timing.quiet_time(chosen))


@given(MOMENTS, ZONES, TIMES)
def test_the_next_time_is_never_in_the_past_and_never_in_quiet_hours(
    now: datetime, zone: str, chosen: time
) -> None:
    found = timing.next_at(chosen, now, zone)
    assert now < found <= now + timedelta(days=2)
    assert not timing.quiet(timing.out_of_quiet(found, zone), zone)


@given(MOMENTS, ZONES)
def test_days_never_go_back(now: datetime, zone: str) -> None:
    later = now + timedelta(hours=5)
    assert timing.day(now, zone) <= timing.day(later, zone)


@pytest.mark.parametrize(
    ("after_midnight", "at"),
    [(435, "07:15"), (-3, "21:29"), (30, "21:29"), (300, "06:30"), (1380, "21:29"), (389, "06:30")],
)
def test_a_quiet_time_becomes_the_nearest_that_is_not(after_midnight: int, at: str) -> None:
    assert timing.allowed(after_midnight) == time.fromisoformat(at)
