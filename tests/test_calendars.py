"""Days off as data: the bundled calendars, and what a unit may write."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from lessons.calendars import WEEKDAYS, bundled, calendar_from
from tests.lunar_desk import lunar

NAMES = sorted(f.name for f in files("lessons.calendars").iterdir() if f.name.endswith(".toml"))


@pytest.mark.parametrize(
    ("year", "new_year"),
    [(2020, "01-25"), (2023, "01-22"), (2025, "01-29"), (2026, "02-17"), (2027, "02-06"),
     (2028, "01-26"), (2029, "02-13"), (2030, "02-02"), (2033, "01-31"), (2034, "02-19")],
)  # fmt: skip
def test_the_lunar_new_year_is_worked_out(year: int, new_year: str) -> None:
    """Published dates of Tết, with leap months before and after, and the odd year 2033."""
    assert lunar(year, 1, 1) == date.fromisoformat(f"{year}-{new_year}")


@pytest.mark.parametrize("year", range(2026, 2031))
def test_the_lunar_holidays_are_in_the_calendar_of_the_country(year: int) -> None:
    holidays = bundled("vn").holidays
    tet, kings = lunar(year, 1, 1), lunar(year, 3, 10)
    silent = sorted(on for on, name in holidays.items() if on.year == year and "Nguyên" in name)
    assert [(on - tet).days for on in silent] == [-1, 0, 1, 2, 3, 4]
    assert [on for on, name in holidays.items() if on.year == year and "Hùng" in name] == [kings]


@pytest.mark.parametrize(
    ("on", "off"),
    [
        ("2026-11-24", ""),
        ("2026-11-28", "weekend"),
        ("2027-01-01", "Tết Dương lịch"),
        ("2027-04-30", "Ngày Chiến thắng"),
        ("2027-02-06", "Tết Nguyên đán"),
        ("2031-09-02", "Quốc khánh"),
    ],
)
def test_days_off(on: str, off: str) -> None:
    assert bundled("vn").day_off(date.fromisoformat(on)) == off


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        ("2024-10-06", ""),
        ("2024-10-07", "before"),
        ("2024-10-21", "sitting"),
        ("2024-11-13", "sitting"),
        ("2024-11-14", "break"),
        ("2024-11-20", "sitting"),
        ("2024-12-01", "after"),
        ("2024-12-14", "after"),
        ("2024-12-15", ""),
    ],
)
def test_the_phases_of_a_session(on: str, phase: str) -> None:
    assert bundled("quoc-hoi").phase(date.fromisoformat(on)) == phase


def test_the_assembly_has_the_holidays_of_the_country_and_the_country_no_sessions() -> None:
    assert bundled("quoc-hoi").day_off(date(2027, 2, 6)) == "Tết Nguyên đán"
    assert bundled("vn").phase(date(2024, 10, 21)) == ""


@pytest.mark.parametrize("name", ["", "nowhere", "../texts/vi"])
def test_without_a_known_name_it_is_the_countrys(name: str) -> None:
    assert bundled(name) == bundled("vn")


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_of_a_bundled_calendar_says_where_it_is_from(name: str) -> None:
    table = tomllib.loads(files("lessons.calendars").joinpath(name).read_text(encoding="utf-8"))
    kinds = ("every_year", "holiday", "session")
    entries = [entry for kind in kinds for entry in table.get(kind, [])]
    assert entries
    assert all(entry["source"] and entry["mark"] in ("P", "G") for entry in entries)
    assert all(entry.get("as_of") for entry in table.get("session", []))


OWN = """
extends = "vn"
weekend = ["sunday"]
[[holiday]]
name = "Ngày truyền thống"
first = 2026-11-26
source = "Thông báo 12/TB"
mark = "P"
[[session]]
name = "Kỳ họp HĐND"
sittings = [[2026-12-08, 2026-12-10]]
source = "Thông báo 13/TB"
mark = "P"
"""


def test_a_unit_adds_to_the_calendar_of_the_country() -> None:
    own = calendar_from(OWN)
    assert own.day_off(date(2026, 11, 26)) == "Ngày truyền thống"
    assert own.day_off(date(2026, 11, 28)) == ""
    assert own.day_off(date(2026, 11, 29)) == "weekend"
    assert own.day_off(date(2027, 2, 6)) == "Tết Nguyên đán"
    assert own.phase(date(2026, 12, 9)) == "sitting"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('weekend = ["sunday"]', 'weekend = ["chủ nhật"]', f"none of {', '.join(WEEKDAYS)}"),
        ('source = "Thông báo 12/TB"\n', "", "'Ngày truyền thống' has no source"),
        ("first = 2026-11-26", 'first = "26/11"', "not two days as 2026-09-02"),
        ("first = 2026-11-26", "first = 2026-11-26\nlast = 2026-11-25", "the first one first"),
        ("sittings = [[2026-12-08, 2026-12-10]]", "", "'Kỳ họp HĐND': sittings are missing"),
        ("weekend", "weekends", "weekends is none of"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_said(old: str, new: str, says: str) -> None:
    assert old in OWN
    with pytest.raises(ValueError, match=says.replace("(", r"\(")):
        calendar_from(OWN.replace(old, new))
