"""Days, months and years of three calendars as intervals of Gregorian days.

Solar Hijri arithmetic is the `jdatetime` library's, never our own. Lunar Hijri dates are not converted: no library
that we carry does so, months begin by sighting, and a wrong year is worse than an unread one.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import jdatetime

from safepassage.core.dates.partial import Calendar, PartialDate, Precision

Interval = tuple[date, date]

GREGORIAN_YEARS = range(1900, 2101)
SOLAR_YEARS = range(1270, 1451)
"""Years of living people's documents: 1270 began in 1891, 1450 begins in 2071. The two ranges don't meet, so a
year tells its calendar."""


def calendar_of_year(year: int) -> Calendar | None:
    """The calendar to which a full year belongs; None if no living person's document bears it."""
    if year in GREGORIAN_YEARS:
        return Calendar.GREGORIAN
    return Calendar.SOLAR_HIJRI if year in SOLAR_YEARS else None


@lru_cache(maxsize=1 << 14)
def day_interval(year: int, month: int, day: int) -> Interval | None:
    """One day, in the calendar that its year tells; None if that calendar has no such day."""
    try:
        if calendar_of_year(year) is Calendar.SOLAR_HIJRI:
            found = jdatetime.date(year, month, day).togregorian()
            moment = date(found.year, found.month, found.day)
        elif calendar_of_year(year) is Calendar.GREGORIAN:
            moment = date(year, month, day)
        else:
            return None
    except ValueError:
        return None
    return moment, moment


@lru_cache(maxsize=1 << 12)
def month_interval(year: int, month: int) -> Interval | None:
    """All days of a month."""
    first = day_interval(year, month, 1)
    if first is None:
        return None
    if year in GREGORIAN_YEARS:
        return first[0], date(year, month, monthrange(year, month)[1])
    following = jdatetime.date(year + month // 12, month % 12 + 1, 1).togregorian()
    return first[0], date(following.year, following.month, following.day) - timedelta(days=1)


@lru_cache(maxsize=1 << 10)
def year_interval(year: int) -> Interval | None:
    """All days of a year; a Solar Hijri year begins in March."""
    first, last = month_interval(year, 1), month_interval(year, 12)
    return (first[0], last[1]) if first and last else None


def solar_parts(moment: date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian day in the Solar Hijri calendar."""
    found = jdatetime.date.fromgregorian(date=moment)
    return found.year, found.month, found.day


def weak_as_year(stated: PartialDate) -> PartialDate:
    """A weak date (1 January, 1 Hamal) as the year that it most likely stands for; others as they are."""
    if not stated.is_weak:
        return stated
    years = [
        solar_parts(first)[0] if stated.calendar is Calendar.SOLAR_HIJRI else first.year
        for first, _ in stated.readings
    ]
    readings = tuple(found for year in years if (found := year_interval(year)))
    return PartialDate(readings, Precision.YEAR, stated.calendar, text=stated.text)
