"""`hocvu eval reminders`: lives that keep every rule, and judges that see a broken one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from evaluation.reminders import as_lines, evaluate, judged
from evaluation.reminders_checks import BROKEN, broken
from evaluation.reminders_life import Act, Habits, Life, Send
from evaluation.reminders_store import OneLearner, together
from evaluation.reminders_world import live
from lessons.calendars import bundled
from lessons.learner import Learner
from lessons.messages import Address
from lessons.ports import Saving, Stale

HANOI = "Asia/Ho_Chi_Minh"
HABITS = Habits(HANOI, ("telegram",), "", False, time(7, 15), 435, 10, 0.1, 0.5, 30, 20)
A_DAY = {"zalo": timedelta(days=1)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(HANOI)).astimezone(UTC)


def send(text: str, **changes: object) -> Send:
    """January 2027 begins on a Friday."""
    moment = at(text)
    made = Send(moment, moment, HANOI, "telegram", "due", 3, 2, text, 3, 90.0, None)
    return replace(made, **changes)  # type: ignore[arg-type]


def act(text: str, **changes: object) -> Act:
    return replace(Act(at(text), HANOI, "telegram", studied=False), **changes)  # type: ignore[arg-type]


def test_simulated_learners_are_reminded_and_no_rule_is_broken() -> None:
    figures = evaluate(8, 200, seed=3)
    sends = figures["sends"]
    assert isinstance(sends, int)
    assert sends > 300
    assert {name: figures[name] for name in BROKEN} == dict.fromkeys(BROKEN, 0)
    assert figures["number_right"] == 1.0
    assert isinstance(figures["punctuality_p50_s"], float)
    assert figures["punctuality_p50_s"] <= 2
    assert "quiet hours" in "\n".join(as_lines(figures))


def test_the_same_seed_lives_the_same_life() -> None:
    assert live(2, 5, 60).happened == live(2, 5, 60).happened
    assert live(2, 5, 60).happened != live(2, 6, 60).happened


@pytest.mark.slow
def test_a_life_holds_what_makes_reminding_hard() -> None:
    lives = [live(number, 1, 150) for number in range(30)]
    acts = [each for life in lives for each in life.happened if isinstance(each, Act)]
    reasons = {each.reason for life in lives for each in life.sends}
    assert {"due", "backoff", "goodbye", "snooze", "window"} <= reasons
    assert len({each.zone for each in acts}) > 3
    assert any(each.pause_until for each in acts)
    assert sum(life.dropped for life in lives) > 0
    pairs = [pair for life in lives for pair in pairwise(life.happened)]
    assert any(one.at > other.at for one, other in pairs)  # the clock was set back between them


@pytest.mark.parametrize(
    ("rule", "happened"),
    [
        ("quiet_hours", [send("2027-01-05T22:00")]),
        ("quiet_hours", [send("2027-01-05T06:29")]),
        ("duplicates", [send("2027-01-05T07:15"), send("2027-01-05T20:00")]),
        ("over_cap", [send(f"2027-01-{day:02}T07:15") for day in (5, 6, 7, 8, 9, 11)]),
        ("after_studying", [act("2027-01-05T07:00", studied=True), send("2027-01-05T12:00")]),
        ("interrupting", [act("2027-01-05T07:00"), send("2027-01-05T07:15")]),
        ("paused", [act("2027-01-05T07:00", pause_until=date(2027, 1, 9)),
                    send("2027-01-06T07:15")]),
        ("days_off", [send("2027-01-09T07:15")]),
        ("days_off", [send("2027-02-08T07:15")]),
        ("backoff", [send(f"2027-01-{day:02}T07:15") for day in (5, 6, 7)]),
        ("backoff", [send("2027-01-05T07:15", reason="goodbye")]),
        ("window_closed", [act("2027-01-04T07:00", platform="zalo"),
                           send("2027-01-05T07:15", platform="zalo")]),
        ("same_wording", [send("2027-01-05T07:15", template="x"),
                          send("2027-01-06T07:15", template="x")]),
        ("late", [send("2027-01-05T12:00", planned=at("2027-01-05T07:15"))]),
    ],
)  # fmt: skip
def test_a_broken_rule_is_seen(rule: str, happened: list[Send | Act]) -> None:
    assert broken(Life(HABITS, happened), bundled("vn"), A_DAY)[rule] > 0


def test_a_life_without_fault_is_judged_so() -> None:
    fine: list[Send | Act] = [
        send("2027-01-05T07:15"), act("2027-01-05T08:00", studied=True), send("2027-01-06T07:15"),
        send("2027-01-07T07:15"), send("2027-01-07T08:15", reason="snooze"),
    ]  # fmt: skip
    fine.insert(4, act("2027-01-07T07:20"))
    assert sum(broken(Life(HABITS, fine), bundled("vn"), A_DAY).values()) == 0


@pytest.mark.parametrize(("minutes", "fair"), [(9, 1), (8, 1), (12, 1), (7, 0), (13, 0)])
def test_the_minutes_named_are_compared_with_the_true_pace(minutes: int, fair: int) -> None:
    life = Life(HABITS, [send("2027-01-05T07:15", questions=20, minutes=minutes, seconds=600.0)])
    assert judged(life).minutes_right == fair


def test_two_schedulers_meet_and_one_of_them_is_too_late() -> None:
    store = OneLearner(Learner("l"), {"telegram": at("2027-01-05T07:00")})
    late: list[str] = []

    async def saving(name: str) -> None:
        seen = store.learner
        try:
            await store.save(Saving(seen, Address("telegram", "l"), at("2027-01-05T07:15")))
        except Stale:
            late.append(name)

    together(saving("first"), saving("second"))
    assert late == ["second"]
