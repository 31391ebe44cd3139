"""The Vietnamese lunar calendar, worked out from the moon and the sun, to check bundled dates by.

New moons and the sun's longitude by the series of Jean Meeus, Astronomical Algorithms (1998),
chapters 49 and 25, shortened, at UTC+7; a month without a principal term in a year of 13 months is
the leap month.
"""

from datetime import date, timedelta
from math import floor, pi, radians, sin

EPOCH = date(1970, 1, 1).toordinal() - 2440588  # ordinal of a Julian day number's date
MONTH = 29.530588861
UTC_7 = 7 / 24


def new_moon(k: int) -> int:
    """The Julian day number at UTC+7 of the k-th new moon since that of 6 January 2000."""
    t = k / 1236.85
    mean = 2451550.09766 + MONTH * k + 0.00015437 * t * t
    sun = radians(2.5534 + 29.10535670 * k)
    moon = radians(201.5643 + 385.81693528 * k)
    node = radians(160.7108 + 390.67050284 * k)
    aside = (
        -0.40720 * sin(moon)
        + 0.17241 * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * node)
        + 0.00739 * sin(moon - sun)
        - 0.00514 * sin(moon + sun)
        + 0.00208 * sin(2 * sun)
    )
    seconds = 70 / 86400  # dynamical time is ahead by about so much
    return floor(mean + aside - seconds + 0.5 + UTC_7)


def term(day: int) -> int:
    """The principal term (0 to 11, the winter solstice 9) that the sun has reached on a day."""
    t = (day - 0.5 - UTC_7 - 2451545.0) / 36525
    anomaly = radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly)
    seen = 280.46646 + 36000.76983 * t + centre - 0.00569
    return floor(radians(seen % 360) / pi * 6)


def month_11(year: int) -> int:
    """The number of the new moon whose month holds the winter solstice of a year."""
    k = floor((date(year, 12, 31).toordinal() - EPOCH - 2451550.1) / MONTH)
    return k - 1 if term(new_moon(k)) >= 9 else k


def lunar(year: int, month: int, day: int) -> date:
    """The date of a day of the first ten lunar months, never of a leap month."""
    start, end = month_11(year - 1), month_11(year)
    k = start
    leap_seen = end - start == 12
    number = 11
    while number != month + 12:
        k += 1
        if not leap_seen and term(new_moon(k)) == term(new_moon(k + 1)):
            leap_seen = True
        else:
            number += 1
    return date.fromordinal(new_moon(k) + EPOCH) + timedelta(days=day - 1)
