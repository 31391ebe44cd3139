"""What a learner says about the reminders: later, not for a while, the old hour, another zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.dialogue import Sitting, rhythm, settings
from lessons.facts import SettingChanged
from lessons.learner import Learner, Rhythm
from lessons.library import Library

HANOI = "Asia/Ho_Chi_Minh"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(HANOI)).astimezone(UTC)


def sitting(now: str = "2026-11-24T07:20", **changes: object) -> Sitting:
    learner = Learner("l", consent="yes", remind_at=time(7, 15), remind_asked=True)
    return Sitting(replace(learner, **changes), Library(), at(now))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "value", "due_at"),
    [
        ("2026-11-24T07:20", "hour", "2026-11-24T08:20"),
        ("2026-11-24T21:00", "hour", "2026-11-25T06:30"),
        ("2026-11-24T07:20", "tomorrow", "2026-11-25T07:15"),
        ("2026-11-27T07:20", "tomorrow", "2026-11-30T07:15"),
        ("2026-11-25T01:30", "tomorrow", "2026-11-25T07:15"),
    ],
    ids=["an hour", "not at night", "tomorrow", "not on Saturday", "after midnight"],
)
def test_later(now: str, value: str, due_at: str) -> None:
    turn = rhythm.tapped(sitting(now), "snooze", value)
    assert (turn.learner.due_at, turn.learner.snoozed) == (at(due_at), True)
    said = turn.says[0].text
    assert due_at[11:] in said
    assert ("/2026" in said) == (due_at[:10] != now[:10])


@pytest.mark.parametrize(
    ("value", "until"),
    [
        ("week", "2026-12-01"),
        ("fortnight", "2026-12-08"),
        ("3", "2026-11-27"),
        ("90", "2027-02-22"),
    ],
)
def test_a_pause_names_the_day_it_ends(value: str, until: str) -> None:
    turn = rhythm.tapped(sitting(due_at=at("2026-11-24T08:15"), snoozed=True), "pause", value)
    assert turn.learner.rhythm.paused_until == date.fromisoformat(until)
    assert not turn.learner.snoozed
    assert f"{date.fromisoformat(until):%d/%m/%Y}" in turn.says[0].text
    assert turn.facts == (SettingChanged("pause", until),)


@pytest.mark.parametrize("value", ["", "0", "91", "x", "-3"])
def test_a_pause_that_makes_no_sense_is_asked_about(value: str) -> None:
    turn = rhythm.tapped(sitting(), "pause", value)
    assert turn.learner.rhythm.paused_until is None
    assert next(choice.id for choice in turn.says[0].choices) == "pause:week"


PAUSED = Rhythm(paused_until=date(2026, 12, 1))


def test_a_pause_ends_by_a_tap_by_going_on_and_by_a_new_hour() -> None:
    paused = sitting(rhythm=PAUSED)
    assert rhythm.tapped(paused, "pause", "end").learner.rhythm == Rhythm()
    assert rhythm.resumed(paused).learner.rhythm == Rhythm()
    assert settings.set_reminder(paused, "20:00")[0].learner.rhythm == Rhythm(hour="kept")


def test_without_reminders_there_is_nothing_to_pause() -> None:
    turn = rhythm.ask_pause(sitting(remind_at=None))
    assert next(choice.id for choice in turn.says[0].choices) == "remind:07:15"


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("nghỉ 3 ngày", "vi", 3),
        ("tam nghi 2 tuan", "vi", 14),
        ("Tạm nghỉ một tuần nhé", "vi", 7),
        ("nghỉ 3ngay", "vi", 3),
        ("đừng nhắc 1 tháng", "vi", 30),
        ("nghỉ 12 tháng", "vi", rhythm.LONGEST),
        ("nghỉ", "vi", None),
        ("nghỉ 3 câu", "vi", None),
        ("nghỉ 0 ngày", "vi", None),
        ("3 ngày nghỉ lễ là gì?", "vi", None),
        ("pause for 3 days", "en", 3),
        ("pause for two weeks", "en", 14),
        ("nghỉ năm ngày", "vi", 5),
        ("take a break of a week", "en", 7),
        ("pause d'une semaine", "fr", 7),
        ("pause 3 jours", "fr", 3),
    ],
)
def test_a_pause_in_words(text: str, language: str, days: int | None) -> None:
    assert rhythm.pause_days(text, language) == days


def test_the_first_hour_may_be_learned_from_habit_a_later_one_is_kept() -> None:
    first, _ = settings.set_reminder(sitting(remind_at=None, remind_asked=False), "20:00")
    assert first.learner.rhythm.hour == "chosen"
    again, _ = settings.set_reminder(first, "07:15")
    assert again.learner.rhythm.hour == "kept"
    learned = sitting(rhythm=Rhythm(hour="learned"))
    turn = rhythm.tapped(learned, "hour", "keep")
    assert turn.learner.rhythm.hour == "kept"
    assert "07:15" in turn.says[0].text


def test_weekends_are_switched_where_the_hour_is_chosen() -> None:
    def offered(at: Sitting) -> list[str]:
        return [choice.id for choice in settings.ask_reminder(at).says[0].choices]

    assert "weekends:yes" in offered(sitting())
    turn = rhythm.tapped(sitting(), "weekends", "yes")
    assert turn.learner.rhythm.weekends
    assert "weekends:no" in offered(replace(sitting(), learner=turn.learner))
    assert not any("weekends" in each for each in offered(sitting(remind_at=None)))


@pytest.mark.parametrize("stamp", ["snooze", "pause", "hour", "weekends"])
def test_without_consent_nothing_changes(stamp: str) -> None:
    stranger = sitting(consent="no", remind_at=None)
    turn = rhythm.tapped(stranger, stamp, "week")
    assert turn.learner == stranger.learner


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Asia/Seoul", "Asia/Seoul"),
        ("america/new york", "America/New_York"),
        ("UTC+9", "Etc/GMT-9"),
        ("gmt -5", "Etc/GMT+5"),
        ("UTC+07:00", "Etc/GMT-7"),
        ("UTC+99", None),
        ("Asia", None),
        ("../etc/passwd", None),
        ("mặt trăng", None),
    ],
)
def test_zones_as_they_are_typed(text: str, zone: str | None) -> None:
    assert rhythm.zone_named(text) == zone


def test_the_clock_of_the_new_zone_is_shown() -> None:
    turn = rhythm.tapped(sitting("2026-11-24T07:20"), "zone", "Europe/Paris")
    assert turn.learner.timezone == "Europe/Paris"
    assert "01:20" in turn.says[0].text
    unknown = rhythm.tapped(sitting(), "zone", "Mars/Base")
    assert unknown.learner.timezone == HANOI
    assert [choice.id for choice in unknown.says[0].choices] == [f"zone:{z}" for z in rhythm.ZONES]


def test_words_mean_a_zone_only_where_one_is_asked_for() -> None:
    asked = rhythm.ask_zone(sitting()).says[0].choices
    assert rhythm.typed(sitting(offered=asked), "UTC+9") == "zone:Etc/GMT-9"
    assert rhythm.typed(sitting(), "UTC+9") is None
    assert rhythm.typed(sitting(), "nghỉ 3 ngày") == "pause:3"


@given(st.text(max_size=40), st.sampled_from(["vi", "en", "fr"]))
def test_any_words_are_a_pause_or_a_zone_or_nothing(text: str, language: str) -> None:
    days = rhythm.pause_days(text, language)
    assert days is None or 1 <= days <= rhythm.LONGEST
    zone = rhythm.zone_named(text)
    if zone is not None:
        assert datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset() is not None
