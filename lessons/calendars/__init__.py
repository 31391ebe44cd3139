"""Calendars: the days on which nobody is to be reminded, as data. Weekends, holidays, sittings.

The folder is the registry: `vn.toml` the country, `quoc-hoi.toml` the National Assembly. A unit
writes its own in the same form (docs/reminders.md). Its own packaged files are read once.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

NATIONAL = "vn"
AROUND = timedelta(days=14)  # before a session and after it
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KEYS = {"extends", "weekend", "every_year", "holiday", "session", "boosters"}

Phase = Literal["", "before", "sitting", "break", "after"]
Span = tuple[date, date]  # both included


@dataclass(frozen=True, slots=True)
class Session:
    """A session of an assembly: its working phases, in order, with breaks between them."""

    name: str
    sittings: tuple[Span, ...]

    def phase(self, on: date) -> Phase:
        first, last = self.sittings[0][0], self.sittings[-1][1]
        if any(start <= on <= end for start, end in self.sittings):
            return "sitting"
        if first < on < last:
            return "break"
        if first - AROUND <= on < first:
            return "before"
        return "after" if last < on <= last + AROUND else ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """`weekend` are days of the week (Monday 0); `every_year` (month, day) and `holidays` carry
    their names; `boosters` are lessons ("c6/l5") worth another look before a session."""

    weekend: frozenset[int] = frozenset()
    every_year: Mapping[tuple[int, int], str] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    boosters: tuple[str, ...] = ()

    def day_off(self, on: date) -> str:
        """The holiday's name, or "weekend", or nothing for a working day."""
        named = self.holidays.get(on) or self.every_year.get((on.month, on.day))
        return named or ("weekend" if on.weekday() in self.weekend else "")

    def phase(self, on: date) -> Phase:
        """Where a day lies in the session around it; a session counts before its neighbours."""
        near = {session.phase(on) for session in self.sessions}
        order: tuple[Phase, ...] = ("sitting", "break", "before", "after")
        return next((phase for phase in order if phase in near), "")


@cache
def bundled(name: str) -> Calendar:
    """The packaged calendar of this name; for a name that has none here, the country's."""
    source = files(__name__).joinpath(f"{name}.toml")
    if not name.replace("-", "").isalnum() or not source.is_file():
        source = files(__name__).joinpath(f"{NATIONAL}.toml")
    return calendar_from(source.read_text(encoding="utf-8"))


def calendar_from(text: str) -> Calendar:
    """The calendar a TOML text describes, with the bundled one it `extends`.

    Raises ValueError with the entry and the reason for a text that is no calendar.
    """
    table = tomllib.loads(text)
    unknown = sorted(table.keys() - KEYS)
    if unknown:
        raise ValueError(f"{unknown[0]} is none of {', '.join(sorted(KEYS))}")
    base = bundled(str(table["extends"])) if "extends" in table else Calendar()
    weekend = base.weekend
    if "weekend" in table:
        weekend = frozenset(_weekday(name) for name in table["weekend"])
    yearly = {_month_day(entry): _name(entry) for entry in table.get("every_year", ())}
    holidays = {on: _name(entry) for entry in table.get("holiday", ()) for on in _days(entry)}
    sessions = tuple(_session(entry) for entry in table.get("session", ()))
    boosters = tuple(str(path) for path in table.get("boosters", base.boosters))
    return Calendar(
        weekend,
        {**base.every_year, **yearly},
        {**base.holidays, **holidays},
        (*base.sessions, *sessions),
        boosters,
    )


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise ValueError(f"weekend: {name!r} is none of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(name)


def _name(entry: Mapping[str, Any]) -> str:
    """The name of an entry; where it was published stands beside it, so that it can be checked."""
    for key in ("name", "source", "mark"):
        if not entry.get(key):
            raise ValueError(f"{entry.get('name', 'an entry')!r} has no {key}")
    return str(entry["name"])


def _month_day(entry: Mapping[str, Any]) -> tuple[int, int]:
    try:
        on = date.fromisoformat(f"2024-{entry['day']}")  # a leap year, for 02-29
    except (KeyError, ValueError):
        raise ValueError(f"{_name(entry)!r}: day is not written as 09-02") from None
    return on.month, on.day


def _days(entry: Mapping[str, Any]) -> Sequence[date]:
    first = entry.get("first")
    start, end = _span((first, entry.get("last", first)), _name(entry))
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _session(entry: Mapping[str, Any]) -> Session:
    name = _name(entry)
    spans = tuple(_span(pair, name) for pair in entry.get("sittings", ()))
    if not spans or list(spans) != sorted(spans):
        raise ValueError(f"{name!r}: sittings are missing or out of order")
    return Session(name, spans)


def _span(pair: Sequence[Any], name: str) -> Span:
    match pair:
        case [date() as start, date() as end] if start <= end:
            return start, end
    raise ValueError(f"{name!r}: not two days as 2026-09-02, the first one first")
