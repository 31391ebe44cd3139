"""Calendars of units and windows of platforms, from the settings to the next reminder."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot import wiring
from bot.platforms.console import CAPS, Console
from bot.settings import Settings
from bot.wiring import calendars, rehearsal
from lessons.learner import Learner, Resting
from lessons.messages import Address, Heard, Reach
from lessons.ports import Saving
from lessons.reminding import Almanac, planned

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
PROVINCE = """
extends = "vn"

[[session]]
name = "Kỳ họp thường lệ cuối năm"
sittings = [[2026-11-24, 2026-11-26]]
source = "Thông báo số 13/TB-HĐND"
mark = "P"
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_calendars_are_read_by_name_and_a_broken_one_is_left_out(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "tinh", PROVINCE),
        written(tmp_path, "hong", "weekend = ['someday']"),
        tmp_path / "absent.toml",
    ]
    found = calendars(paths)
    assert list(found) == ["tinh"]
    assert found["tinh"].phase(date(2026, 11, 25)) == "sitting"


def test_days_of_a_sitting_and_days_off_are_given_fewer_reviews(tmp_path: Path) -> None:
    almanac = Almanac(calendars([written(tmp_path, "tinh", PROVINCE)]))
    ease = almanac.ease(Learner("an", calendar="tinh"))
    days = [date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 28), date(2027, 2, 6)]
    assert [ease(day) for day in days] == [1.0, 0.25, 0.25, 0.25]
    weekends = Learner("an", calendar="tinh")
    weekends = replace(weekends, rhythm=replace(weekends.rhythm, weekends=True))
    assert [almanac.ease(weekends)(day) for day in days] == [1.0, 0.25, 1.0, 0.25]


async def test_a_new_learner_has_the_calendar_of_the_installation(tmp_path: Path) -> None:
    path = written(tmp_path, "tinh", PROVINCE)
    settings = Settings(_env_file=None, calendars=(path,), calendar="tinh")
    async with rehearsal(settings, lambda: MONDAY, "1") as house:
        here = Address("web", "an")
        for number, text in enumerate(("xin chào", "1", "nhắc tôi lúc 8h tối")):
            await house.inbox.hear(Heard(here, str(number), text))
        learner = await house.store.learner(here)
        assert learner is not None
        assert learner.calendar == "tinh"
        assert learner.remind_at == time(20)
        assert learner.due_at == datetime(2026, 11, 23, 13, tzinfo=UTC)  # the eve of the sittings
        almanac = house.almanac.terms(learner)
        after = planned(replace(learner, studied_on=date(2026, 11, 23)), MONDAY, almanac)
        assert after.due_at == datetime(2026, 11, 27, 13, tzinfo=UTC)


class Narrow(Console):
    """A platform that may be written to for two days after a message only."""

    caps = replace(CAPS, window=timedelta(hours=48))


async def test_the_window_of_a_platform_is_known_once_it_has_a_lane() -> None:
    async with rehearsal(Settings(_env_file=None), lambda: MONDAY, "1") as house:
        assert house.almanac.windows == {}
        house.lane("narrow", Narrow(lambda _: None, pretty=False))
        assert house.almanac.windows == {"narrow": timedelta(hours=48)}
        here = Address("narrow", "an")
        learner = Learner("an", consent="yes", place=Resting(), remind_at=time(20))
        learner = replace(learner, studied_on=date(2026, 11, 24), remind_asked=True)
        await house.store.save(Saving(learner, here, MONDAY))
        await house.inbox.hear(Heard(here, "1", "cảm ơn"))
        heard = await house.store.learner(here)
        assert heard is not None
        assert heard.due_at is not None  # at 20:00 on Wednesday the window would be closed
        assert MONDAY < heard.due_at < MONDAY + timedelta(hours=48)
        assert house.almanac.terms(heard, (Reach(here, MONDAY),)).windows


def test_a_house_without_settings_has_the_country_s_calendar() -> None:
    assert wiring.calendars(()) == {}
    assert Almanac().calendar(Learner("an", calendar="nowhere")).day_off(date(2027, 4, 30))
