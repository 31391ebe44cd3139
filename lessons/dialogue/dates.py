"""A day as people type it: 20/12/2026, 20-12, "ngày 20 tháng 12", 2026-12-20."""

import re
from datetime import date

from lessons.typed import fold

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}))?")
IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam)?(?: (\d{4}))?")


def day_of(text: str, today: date) -> date | None:
    """The day a text names, or None; one without a year is the next of that name."""
    said = text.strip()
    if found := ISO.fullmatch(said):
        return _date(found[1], found[2], found[3])
    found = DAY_FIRST.search(said) or IN_WORDS.search(fold(said))
    if found is None:
        return None
    if found[3]:
        return _date(found[3], found[2], found[1])
    this_year = _date(today.year, found[2], found[1])
    if this_year is None or this_year > today:
        return this_year
    return _date(today.year + 1, found[2], found[1])


def _date(year: str | int, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
