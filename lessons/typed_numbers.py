"""Numbers and dates as people type them: 37,5 or 1.234, hai muoi, 20 years, 1/1/2026."""

import datetime
import re
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import normalize

from lessons.typed import clean, entries, fold, understood, valued

_FIGURE = re.compile(r"(?:(?<!\w)[-−])?\d+(?:[.,'’]\d+| \d{3}(?!\d))*")
_GROUPED = re.compile(r"(-?[1-9]\d{0,2}(?:([ .,'’])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")


def number(text: str) -> Decimal | None:
    """The one number in a text, in figures or in words, in its likeliest reading."""
    return next(iter(readings(text)), None)


def readings(text: str) -> tuple[Decimal, ...]:
    """What the one number in a text may be, the likeliest first: 1.234 is 1234, or 1 and a bit;
    "3 million" is 3000000, or 3 where the question says millions. Empty for none or several.
    """
    small = normalize("NFKC", clean(text)).casefold()
    figures = list(_FIGURE.finditer(small))
    if len(figures) != 1:
        return () if figures else _in_words(fold(small).split())
    found = _values(figures[0][0].replace("−", "-"))
    unit = next(iter(fold(small[figures[0].end() :]).split()), "")
    times = valued("times").get(unit)
    return tuple(value * int(times) for value in found) + found if times else found


def _values(figure: str) -> tuple[Decimal, ...]:
    found = []
    if grouped := _GROUPED.fullmatch(figure):
        found.append(re.sub(r"[ .,'’]", "", grouped[1]) + "." + (grouped[3] or "0"))
    if _DECIMAL.fullmatch(figure):
        found.append(figure.replace(",", "."))
    return tuple(map(Decimal, found))


def _in_words(said: list[str]) -> tuple[Decimal, ...]:
    """Number words, perhaps with a noun behind them: "hai muoi lam", "twenty years"."""
    said = said[next((i for i, w in enumerate(said) if w not in understood("before")), 0) :]
    joining, nouns, times = understood("joining"), understood("number_or_noun"), valued("times")
    whole, part, read = 0, None, 0
    for word, following in pairwise([*said, ""]):
        noun = word in nouns and read and said[read - 1] not in joining and following not in times
        link = word in joining and read
        if noun or not (link or word in times or word in valued("numbers")):
            break
        whole, part = _count(whole, part, word)
        read += 1
    value = whole + (part or 0)
    spoken = read and len(said) - read <= 2 and (value or read == len(said))
    return (Decimal(value),) if spoken else ()


def _count(whole: int, part: int | None, word: str) -> tuple[int, int | None]:
    """Counting on by one word: `whole` thousands are done, `part` is under way."""
    times, more = int(valued("times").get(word, 0)), int(valued("numbers").get(word, 0))
    times_part = times * (1 if part is None else part)
    if times >= 1000:
        return whole + times_part, None
    if times >= 100:
        return whole, times_part
    if times and part and part % 10:  # hai | muoi, quatre | vingt
        return whole, part + part % 10 * (times - 1)
    return whole, (part or 0) + more


@cache
def _months() -> dict[str, str]:
    """Folded name -> number, for every language."""
    return {fold(name): str(i % 12 + 1) for i, name in enumerate(entries("months"))}


def date(text: str) -> datetime.date | None:
    """The one date in a text, day first: 1/1/2026, 01.01.2026, 2026-01-01, 1 January 2026."""
    months = _months()
    words = fold(clean(text)).split()
    found = [months.get(word) or re.sub(r"\D.*", "", word) for word in words]
    parts = [(part, word in months) for part, word in zip(found, words, strict=True) if part]
    if len(parts) != 3:
        return None
    (day, named), (month, _), (year, _) = parts
    if len(day) == 4:
        day, year = year, day
    elif named:
        day, month = month, day
    if len(year) == 2 and re.search(r"\d[/.-]\d", text):
        year = f"20{year}"
    try:
        return datetime.date(int(year), int(month), int(day)) if len(year) == 4 else None
    except (ValueError, OverflowError):
        return None


def same_day(said: str, expected: str) -> bool:
    """Both hold a date, and it is the same one."""
    day = _our_date(expected)
    return day is not None and day == date(said)


_our_date = lru_cache(1024)(date)  # of texts of ours, never of what people type
