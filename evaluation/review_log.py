"""Reads a log of reviews from a CSV file, and puts every review on its learner day."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from lessons.memory.logs import Log, Whole, columns

COLUMNS = ("card_id", "review_time", "review_rating")
GRADES = ("1", "2", "3", "4")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Unreadable(ValueError):
    """What is wrong with a log, as a sentence with the line."""


@dataclass(frozen=True)
class ReviewLog:
    """Reviews in order of time: `log` on learner days; `seconds` since 1970 of each; `names` of
    the cards by number."""

    log: Log
    seconds: Whole
    names: tuple[str, ...]


def read(lines: Iterable[str], zone: str, rollover: int) -> ReviewLog:
    """A log from the lines of a CSV file with at least the columns card_id, review_time
    (milliseconds since 1970 or ISO 8601; without an offset it is local) and review_rating (1 to 4).

    A learner's day is the calendar date in `zone`, changing at the hour `rollover`. Unreadable
    names the first line that cannot be read and why.
    """
    try:
        here = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise Unreadable(f"{zone!r} is not a known time zone, such as Asia/Ho_Chi_Minh") from None
    if not 0 <= rollover <= 23:
        raise Unreadable(f"a day begins at an hour from 0 to 23, not {rollover}")
    rows = sorted(_rows(lines, here), key=lambda row: row[1])
    if not rows:
        raise Unreadable("the log has no reviews")
    numbers: dict[str, int] = {}
    card = np.array([numbers.setdefault(name, len(numbers)) for name, _, _ in rows], np.int64)
    local = (when.astimezone(here).replace(tzinfo=None) for _, when, _ in rows)
    day = np.array([(at - timedelta(hours=rollover)).toordinal() for at in local], np.int64)
    grade = np.array([grade for _, _, grade in rows], np.int64)
    seconds = np.array([(when - EPOCH) // timedelta(seconds=1) for _, when, _ in rows], np.int64)
    return ReviewLog(columns(card, day, grade, np.zeros(len(rows))), seconds, tuple(numbers))


def _rows(lines: Iterable[str], zone: ZoneInfo) -> Iterator[tuple[str, datetime, int]]:
    reader = csv.DictReader(lines, strict=True)
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise Unreadable(f"line 1: there is no column {', '.join(missing)}")
        for row in reader:
            yield _row(row, reader.line_num, zone)
    except csv.Error as reason:
        raise Unreadable(f"line {reader.reader.line_num}: {reason}") from None


def _row(row: dict[str, str], line: int, zone: ZoneInfo) -> tuple[str, datetime, int]:
    name, when, grade = ((row[column] or "").strip() for column in COLUMNS)
    if not name:
        raise Unreadable(f"line {line}: card_id is empty")
    if grade not in GRADES:
        raise Unreadable(f"line {line}: review_rating is {grade!r}, not 1, 2, 3 or 4")
    try:
        return name, _moment(when, zone), int(grade)
    except (ValueError, OverflowError):
        raise Unreadable(
            f"line {line}: review_time is {when!r}, no moment in milliseconds or ISO 8601"
        ) from None


def _moment(when: str, zone: ZoneInfo) -> datetime:
    if when.lstrip("-").isdecimal():
        moment = EPOCH + timedelta(milliseconds=int(when))
    else:
        moment = datetime.fromisoformat(when)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    if not 1900 <= moment.year <= 2999:
        raise ValueError
    return moment
